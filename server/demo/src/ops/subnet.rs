//! Subnets.

use crate::{
    noun,
    ops::{Call, Reply},
    world::subnet::Subnet,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &Subnet| true).map(|rows| rows.reply("subnetSet"))
}
