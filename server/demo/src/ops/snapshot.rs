//! Snapshots.

use crate::{
    noun,
    ops::{Call, Reply},
    world::snapshot::Snapshot,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    let owners = call.scope().list("Owner");
    let account = &*call.world.account;
    let restorable_by = call.scope().list("RestorableBy");
    let pick = |row: &Snapshot| {
        let owner = row.owner.as_deref().unwrap_or(account);
        (owners.is_empty() || owners.iter().any(|&wanted| wanted == owner || (wanted == "self" && row.owner.is_none())))
            && (restorable_by.is_empty()
                || restorable_by.iter().any(|&user| (user == "all" && row.public) || (user == "self" && row.owner.is_none())))
    };
    noun::describe(&call.scope(), call.world, pick).map(|rows| rows.reply("snapshotSet"))
}
