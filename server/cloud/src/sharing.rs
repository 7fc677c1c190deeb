//! Sharing of images and snapshots, to and from the SDK's two sets of types for it.

use api::sharing::{Everybody, Sharing};
use aws_sdk_ec2::types::{
    CreateVolumePermission, CreateVolumePermissionModifications, LaunchPermission, LaunchPermissionModifications, PermissionGroup,
};

/// Whom a change lets in, or lets in no more.
enum Who<'a> {
    Everybody,
    Account(&'a str),
}

fn sides<'a>(sharing: &'a Sharing) -> (Vec<Who<'a>>, Vec<Who<'a>>) {
    let accounts = |ids: &'a [String]| ids.iter().map(|id| Who::Account(id)).collect::<Vec<_>>();
    let (mut add, mut remove) = (accounts(&sharing.add), accounts(&sharing.remove));
    match sharing.everybody {
        Everybody::AsItIs => {}
        Everybody::Public => add.push(Who::Everybody),
        Everybody::Private => remove.push(Who::Everybody),
    }
    (add, remove)
}

/// `None` for a side without anybody.
fn list<T>(who: Vec<Who<'_>>, one: impl Fn(Who<'_>) -> T) -> Option<Vec<T>> {
    (!who.is_empty()).then(|| who.into_iter().map(one).collect())
}

/// Of an image.
pub fn launch(sharing: &Sharing) -> LaunchPermissionModifications {
    let one = |who: Who<'_>| match who {
        Who::Everybody => LaunchPermission::builder().group(PermissionGroup::All).build(),
        Who::Account(id) => LaunchPermission::builder().user_id(id).build(),
    };
    let (add, remove) = sides(sharing);
    LaunchPermissionModifications::builder().set_add(list(add, one)).set_remove(list(remove, one)).build()
}

/// Of a snapshot.
pub fn create_volume(sharing: &Sharing) -> CreateVolumePermissionModifications {
    let one = |who: Who<'_>| match who {
        Who::Everybody => CreateVolumePermission::builder().group(PermissionGroup::All).build(),
        Who::Account(id) => CreateVolumePermission::builder().user_id(id).build(),
    };
    let (add, remove) = sides(sharing);
    CreateVolumePermissionModifications::builder().set_add(list(add, one)).set_remove(list(remove, one)).build()
}
