//! Volumes.

use crate::{
    noun,
    ops::{Call, Reply},
    world::volume::Volume,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::describe(&call.scope(), call.world, |_: &Volume| true).map(|rows| rows.reply("volumeSet"))
}
