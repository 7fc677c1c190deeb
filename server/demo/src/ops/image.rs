//! Images.

use crate::{
    noun,
    ops::{Call, Reply},
    world::image::{Access, Image},
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (owners, users) = (scope.list("Owner"), scope.list("ExecutableBy"));
    let all = scope.flag("IncludeDeprecated")?.unwrap_or(false);
    let by_id = !scope.list("ImageId").is_empty();
    let (account, now) = (&*call.world.account, call.world.now);
    let pick = |image: &Image| {
        let owned = |owner: &str| match owner {
            "self" => image.owner.is_none(),
            "amazon" | "aws-marketplace" | "aws-backup-vault" => image.owner_alias == Some(owner),
            id => image.owner.as_deref().unwrap_or(account) == id,
        };
        let executable = |user: &str| match user {
            "all" => image.access == Access::Everybody,
            "self" => image.access == Access::Shared,
            id => id == account && image.access == Access::Shared,
        };
        (owners.is_empty() || owners.iter().any(|owner| owned(owner)))
            && (users.is_empty() || users.iter().any(|user| executable(user)))
            // Deprecated images of others are shown only to those who ask for them.
            && (all || by_id || image.owner.is_none() || image.deprecated_at.is_none_or(|at| at > now))
    };
    noun::describe(&scope, call.world, pick).map(|rows| rows.reply("imagesSet"))
}
