//! A new subnet of a known VPC: a free block is suggested, and what would overlap is said while it is typed.

use api::{
    subnet::{Room, Subnet, SubnetDraft},
    vpc::Vpc,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{client, form, resources::subnet::CREATE, session::use_region};

#[component]
pub fn CreateSubnet(vpc: Vpc) -> impl IntoView {
    let region = use_region();
    let draft = RwSignal::new(None::<SubnetDraft>);
    Effect::new(move |_| {
        let (region, vpc) = (region.get_untracked(), vpc.clone());
        spawn_local(async move {
            // Without them nothing is suggested, and the cloud says what it thinks of the block.
            let others = client::list::<Subnet>(&region, &[("vpc", &vpc.id)]).await.ok();
            let room = others
                .map(|others| Room { within: vec![vpc.cidr_block], taken: others.into_iter().map(|subnet| subnet.cidr_block).collect() });
            let room = room.unwrap_or_default();
            let cidr_block = room.suggestion().map(|block| block.to_string()).unwrap_or_default();
            draft.try_set(Some(SubnetDraft { vpc_id: vpc.id, cidr_block, room, ..SubnetDraft::default() }));
        });
    });
    move || draft.get().map(|draft| form::create::<Subnet>(&CREATE, &draft))
}
