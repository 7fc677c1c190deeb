//! VPC endpoints: looked at and deleted.

use crate::{
    noun::Noun as _,
    ops::{Call, Reply},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    world::vpc_endpoint::VpcEndpoint,
};

/// What is not there is told in the answer, which is none of an error.
pub fn delete(call: &mut Call<'_>) -> Reply {
    let ids = call.scope().list("VpcEndpointId");
    if ids.is_empty() {
        return Err(Refusal::missing("VpcEndpointId"));
    }
    let mut unsuccessful = vec![];
    for id in ids {
        match VpcEndpoint::key(call.world, id) {
            Ok(id) => _ = call.world.vpc_endpoints.remove(&id),
            Err(refusal) => unsuccessful.push(map! {
                "resourceId" => id,
                "error" => map! { "code" => &*refusal.code, "message" => refusal.message },
            }),
        }
    }
    Ok(map! { "unsuccessful" => Value::List(unsuccessful) })
}
