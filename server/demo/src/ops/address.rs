//! Elastic addresses.

use crate::{
    noun,
    ops::{Call, Reply},
    world::address::Address,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &Address| true).map(|rows| rows.reply("addressesSet"))
}
