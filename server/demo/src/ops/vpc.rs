//! VPCs.

use crate::{
    noun,
    ops::{Call, Reply},
    world::vpc::Vpc,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &Vpc| true).map(|rows| rows.reply("vpcSet"))
}
