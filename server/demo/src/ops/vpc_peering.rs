//! Peering connections: looked at and deleted.

use crate::{
    clock::HOUR,
    noun,
    ops::{Call, Reply},
    protocol::{refusal::Refusal, value::map},
    world::{Change, vpc_peering::VpcPeering},
};

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<VpcPeering>(call, "VpcPeeringConnectionId")?;
    let world = &mut *call.world;
    if let Some(row) = world.vpc_peerings.get_mut(&id) {
        if row.status == "deleted" {
            let message = format!("The vpcPeeringConnection {id} is in the state deleted");
            return Err(Refusal::new("InvalidStateTransition", message));
        }
        row.status = "deleted";
    }
    world.later(HOUR, Change::ForgetVpcPeering { id });
    Ok(map! { "return" => true })
}
