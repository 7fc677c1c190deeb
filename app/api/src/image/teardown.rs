//! An image deregistered together with the snapshots that it alone is made of, in the order that the cloud accepts.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html>

use super::{Image, ImageAction};
use crate::{
    plan::{Step, called},
    snapshot::{Snapshot, SnapshotAction},
};

/// An image with what has to be known before it goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    pub image: Image,
    /// The account's images, also this one.
    pub images: Vec<Image>,
    /// The account's snapshots, at least those of the image.
    pub snapshots: Vec<Snapshot>,
}

impl Contents {
    /// The account's snapshots that the image is made of. Those of others are theirs.
    fn own(&self) -> impl Iterator<Item = &Snapshot> {
        self.snapshots.iter().filter(|snapshot| self.image.is_made_of(&snapshot.id))
    }

    /// The other images of the account that are made of a snapshot.
    fn others(&self, snapshot: &Snapshot) -> impl Iterator<Item = &Image> {
        self.images.iter().filter(|other| other.id != self.image.id && other.is_made_of(&snapshot.id))
    }

    /// The snapshots that nothing else of the account is made of.
    pub fn going(&self) -> impl Iterator<Item = &Snapshot> {
        self.own().filter(|snapshot| self.others(snapshot).next().is_none())
    }

    /// The snapshots that stay, each with an image that is made of it, too.
    pub fn staying(&self) -> impl Iterator<Item = (&Snapshot, &Image)> {
        self.own().filter_map(|snapshot| Some((snapshot, self.others(snapshot).next()?)))
    }

    /// Everything in order: the cloud refuses to delete a snapshot before the image is gone that is made of it.
    pub fn steps(&self, with_snapshots: bool) -> Vec<Step> {
        let deregister = ImageAction::Deregister { with_snapshots: false };
        let mut steps = vec![Step::end::<Image>("Deregister image {name}", called(&self.image), &deregister, &self.image.id)];
        if with_snapshots {
            let delete = SnapshotAction::Delete { with_images: false };
            steps.extend(self.going().map(|row| Step::act::<Snapshot>("Delete snapshot {name}", called(row), &delete, &row.id)));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{instance::BlockDevice, tag::Tag};

    fn image(id: &str, snapshots: &[&str]) -> Image {
        let device = |id: &&str| BlockDevice { snapshot_id: (*id).into(), ..BlockDevice::default() };
        Image { id: id.into(), name: format!("{id}-name"), block_devices: snapshots.iter().map(device).collect(), ..Image::default() }
    }

    fn contents() -> Contents {
        let snapshot = |id: &str, name: &str| Snapshot { id: id.into(), tags: vec![Tag::new("Name", name)], ..Snapshot::default() };
        Contents {
            // The third snapshot is somebody else's, and in no list of ours.
            image: image("ami-1", &["snap-1", "snap-2", "snap-3", ""]),
            images: vec![image("ami-1", &["snap-1", "snap-2"]), image("ami-2", &["snap-2", "snap-4"])],
            snapshots: vec![snapshot("snap-1", "root"), snapshot("snap-2", "shared"), snapshot("snap-4", "other")],
        }
    }

    #[test]
    fn the_image_goes_first_and_only_what_nothing_else_needs_follows() {
        let said = |with| contents().steps(with).iter().map(|step| step.text.replace("{name}", &step.name)).collect::<Vec<_>>();
        assert_eq!(said(false), ["Deregister image ami-1-name (ami-1)"]);
        assert_eq!(said(true), ["Deregister image ami-1-name (ami-1)", "Delete snapshot root (snap-1)"]);
    }

    #[test]
    fn what_stays_is_told_with_what_keeps_it() {
        let contents = contents();
        let staying: Vec<_> = contents.staying().map(|(snapshot, image)| (snapshot.id.as_str(), image.id.as_str())).collect();
        assert_eq!(staying, [("snap-2", "ami-2")]);
    }
}
