//! Images. Making them is in [`super::image_making`].

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply, permission, snapshot::check_description},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    world::{
        Text,
        image::{Access, Image},
    },
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
            id if id == account => image.access == Access::Shared,
            id => image.users.iter().any(|known| &**known == id),
        };
        (owners.is_empty() || owners.iter().any(|owner| owned(owner)))
            && (users.is_empty() || users.iter().any(|user| executable(user)))
            // Deprecated images of others are shown only to those who ask for them.
            && (all || by_id || image.owner.is_none() || image.deprecated_at.is_none_or(|at| at > now))
    };
    noun::describe(&scope, call.world, pick).map(|rows| rows.reply("imagesSet"))
}

/// The image that a request names; one of another account is not the caller's to change.
fn own(call: &Call<'_>) -> Result<Text, Refusal> {
    let id = Image::key(call.world, call.scope().require("ImageId")?)?;
    if call.world.images[&id].owner.is_some() {
        return Err(Refusal::new("AuthFailure", format!("Not authorized for image:{id}")));
    }
    Ok(id)
}

pub fn deregister(call: &mut Call<'_>) -> Reply {
    let id = own(call)?;
    call.world.images.remove(&id);
    Ok(map! { "return" => true })
}

pub fn describe_attribute(call: &mut Call<'_>) -> Reply {
    let id = own(call)?;
    let row = &call.world.images[&id];
    match call.scope().require("Attribute")? {
        "launchPermission" => {
            let permissions = permission::show(row.access == Access::Everybody, &row.users);
            Ok(map! { "imageId" => &id, "launchPermission" => permissions })
        }
        "description" => Ok(map! { "imageId" => &id, "description" => map! { "value" => &row.description } }),
        "productCodes" => Ok(map! { "imageId" => &id, "productCodes" => vec![] }),
        other => Err(Refusal::invalid_value("attribute", other, "Unknown attribute.")),
    }
}

pub fn modify_attribute(call: &mut Call<'_>) -> Reply {
    let id = own(call)?;
    let scope = call.scope();
    let change = permission::Change::read(&scope, "LaunchPermission")?;
    let flat = scope.get("Value").filter(|_| scope.text("Attribute") == Some("description"));
    let description = scope.structure("Description").get("Value").or(flat);
    if let Some(text) = description {
        check_description(text)?;
    }
    if change.is_empty() && description.is_none() {
        return Err(Refusal::new("InvalidParameterCombination", "No attributes specified."));
    }
    let Some(row) = call.world.images.get_mut(&id) else { return Err(Image::unknown(&id)) };
    let mut public = row.access == Access::Everybody;
    change.apply(&mut public, &mut row.users);
    row.access = if public { Access::Everybody } else { Access::Owner };
    if let Some(text) = description {
        row.description = text.into();
    }
    Ok(Value::Absent)
}
