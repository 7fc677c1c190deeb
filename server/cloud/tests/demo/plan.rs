//! Plans carried out on the demo cloud, which refuses what comes too early: networks made, and torn down with all that is in them.

use std::time::Duration;

use api::{
    address::Address,
    error::{ApiError, ErrorCode},
    instance::{Instance, InstanceAction},
    kind::Kind,
    plan::{Call, Made, Step, Until, Waited},
    resource::Resource,
    session::DemoOptions,
    subnet::Subnet,
    vpc::{
        Vpc,
        network::{Nat, Network},
        teardown::{Contents, Extent},
    },
    with_kind,
};
use cloud::{Backend, Cloud};
use serde_json::Value;

use crate::{Demo, every};

async fn create<T: Backend>(cloud: &Cloud, draft: Value) -> Result<String, ApiError> {
    let draft = serde_json::from_value::<T::Draft>(draft).unwrap();
    Ok(T::create(cloud, &draft).await?.ids.remove(0))
}

async fn act<T: Backend>(cloud: &Cloud, action: Value, id: String) -> Result<(), ApiError> {
    let action = serde_json::from_value::<T::Action>(action).unwrap();
    T::act(cloud, &action, &[id]).await.remove(0).error.map_or(Ok(()), Err)
}

async fn state<T: Backend>(cloud: &Cloud, id: &str) -> Option<String> {
    match T::get(cloud, id).await {
        Ok(found) => Some(serde_json::to_value(found).unwrap()["state"].as_str().unwrap().to_owned()),
        Err(error) if error.code == ErrorCode::NotFound => None,
        Err(error) => panic!("{error:?}"),
    }
}

/// Does what the browser does, but waits by moving the clock.
pub async fn carry_out(demo: &Demo, cloud: &Cloud, steps: Vec<Step>) -> Made {
    let mut made = Made::new();
    for step in steps {
        let (said, makes) = (format!("{} {}", step.text, step.name), step.makes.clone());
        match step.resolved(&made).call {
            Call::Create { kind, draft, .. } => {
                let id = with_kind!(kind, T => create::<T>(cloud, draft).await);
                made.insert(makes, id.unwrap_or_else(|error| panic!("{said}: {error:?}")));
            }
            Call::Act { kind, action, id, .. } => match with_kind!(kind, T => act::<T>(cloud, action, id).await) {
                Err(error) if error.code != ErrorCode::NotFound => panic!("{said}: {error:?}"),
                _ => {}
            },
            Call::Wait { kind, id, until } => wait(demo, cloud, kind, &id, until).await,
        }
    }
    made
}

async fn wait(demo: &Demo, cloud: &Cloud, kind: Kind, id: &str, until: Until) {
    // Some of the demo cloud's instances take a minute and a half.
    for _ in 0..40 {
        let state = with_kind!(kind, T => state::<T>(cloud, id).await);
        match until.judge(state.as_deref()) {
            Waited::Done => return,
            Waited::Never => panic!("{id} is {state:?}"),
            Waited::NotYet => demo.clock.advance(Duration::from_secs(5)),
        }
    }
    panic!("{id} takes for ever");
}

async fn contents(cloud: &Cloud, vpc: Vpc) -> Contents {
    Contents {
        vpc,
        instances: every(cloud).await,
        nat_gateways: every(cloud).await,
        network_interfaces: every(cloud).await,
        endpoints: every(cloud).await,
        peerings: every(cloud).await,
        route_tables: every(cloud).await,
        subnets: every(cloud).await,
        internet_gateways: every(cloud).await,
        network_acls: every(cloud).await,
        security_groups: every(cloud).await,
    }
}

#[tokio::test]
async fn a_network_is_made_as_planned_and_leaves_nothing_behind() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let before = (every::<Vpc>(&cloud).await.len(), every::<Subnet>(&cloud).await.len(), every::<Address>(&cloud).await.len());
    let network = Network {
        name: "plan".into(),
        cidr_block: "10.66.0.0/16".into(),
        zones: Some(3),
        public: Some(1),
        private: Some(2),
        internet_gateway: true,
        nat: Nat::PerZone,
        dns_support: true,
        dns_hostnames: true,
        zone_names: ["a", "b", "c"].map(|zone| format!("us-east-1{zone}")).to_vec(),
        ..Network::default()
    };
    let made = carry_out(&demo, &cloud, network.steps()).await;
    let vpc = Vpc::get(&cloud, &made["$vpc"]).await.unwrap();
    let here = contents(&cloud, vpc).await;
    let subnets: Vec<_> = here.subnets.iter().filter(|subnet| subnet.vpc_id == here.vpc.id).collect();
    assert_eq!(subnets.len(), 9);
    for subnet in subnets {
        let table = here.route_tables.iter().find(|table| table.subnets().any(|id| id == subnet.id)).unwrap();
        let out = table.routes.iter().find(|route| route.destination == "0.0.0.0/0").unwrap();
        let expected = if subnet.name().contains("public") { "igw-" } else { "nat-" };
        assert!(out.target.starts_with(expected) && out.state == "active", "{}: {out:?}", subnet.name());
        assert_eq!(subnet.public_ip_on_launch, expected == "igw-");
    }
    carry_out(&demo, &cloud, here.steps(Extent { instances: false, addresses: true })).await;
    let after = (every::<Vpc>(&cloud).await.len(), every::<Subnet>(&cloud).await.len(), every::<Address>(&cloud).await.len());
    assert_eq!(after, before);
}

#[tokio::test]
async fn every_vpc_can_be_torn_down_with_all_that_is_in_it() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let ids: Vec<_> = every::<Instance>(&cloud).await.into_iter().map(|instance| instance.id).collect();
    Instance::act(&cloud, &InstanceAction::SetTerminationProtection { enabled: false }, &ids).await;
    for vpc in every::<Vpc>(&cloud).await {
        let here = contents(&cloud, vpc).await;
        carry_out(&demo, &cloud, here.steps(Extent { instances: true, addresses: true })).await;
    }
    assert!(every::<Vpc>(&cloud).await.is_empty() && every::<Subnet>(&cloud).await.is_empty());
}
