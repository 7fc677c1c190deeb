//! Plans, held to what the proxy asks of each change: a step that it would refuse makes half a network.

use api::{
    error::FieldErrors,
    plan::{Call, Step},
    resource::{Mutation, Resource},
    vpc::network::{Nat, Network},
    with_kind,
};
use proptest::prelude::*;
use serde_json::Value;

/// What the proxy would say.
fn refused(step: &Step) -> FieldErrors {
    match &step.call {
        Call::Create { kind, draft, .. } => with_kind!(*kind, T => check::<<T as Resource>::Draft>(draft)),
        Call::Act { kind, action, .. } => with_kind!(*kind, T => check::<<T as Resource>::Action>(action)),
        Call::Wait { .. } => FieldErrors::new(),
    }
}

fn check<M: Mutation>(change: &Value) -> FieldErrors {
    serde_json::from_value::<M>(change.clone()).expect("a change of this kind").check()
}

proptest! {
    #[test]
    fn no_step_of_a_network_is_refused(
        bits in 16..=24_u32,
        zones in 1..=3_u32,
        private in 0..=3_u32,
        nat in prop_oneof![Just(Nat::None), Just(Nat::One), Just(Nat::PerZone)],
        name in prop_oneof![Just(String::new()), Just("shop".to_owned())],
    ) {
        let network = Network {
            name,
            cidr_block: format!("10.3.0.0/{bits}"),
            zones: Some(zones),
            public: Some(1),
            private: Some(private),
            nat,
            internet_gateway: true,
            dns_support: true,
            zone_names: ["a", "b", "c"].map(|zone| format!("us-east-1{zone}")).to_vec(),
            ..Network::default()
        };
        prop_assume!(network.check().is_empty());
        let steps = network.steps();
        prop_assert!(steps.len() >= 6);
        for step in &steps {
            prop_assert_eq!(refused(step), FieldErrors::new(), "{:?}", step);
        }
    }
}
