//! What is sent to make a volume: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html>.

use serde::{Deserialize, Serialize};

use super::volume_type::Wanted;
use crate::{
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::Mutation,
    tag::{self, Tag},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VolumeDraft {
    pub name: String,
    /// Where its content comes from; empty for an empty volume.
    pub snapshot_id: String,
    pub zone: String,
    /// GiB; `None` takes the snapshot's.
    pub size: Option<u32>,
    /// Empty for the cloud's default.
    pub volume_type: String,
    pub iops: Option<u32>,
    pub throughput: Option<u32>,
    /// A volume of an encrypted snapshot is encrypted in any case.
    pub encrypted: bool,
    /// Without `Name`, which `name` sets.
    pub tags: Vec<Tag>,
}

impl VolumeDraft {
    fn wanted(&self) -> Wanted<'_> {
        Wanted { volume_type: &self.volume_type, size: self.size, iops: self.iops, throughput: self.throughput }
    }

    /// The rate, if the type takes one.
    pub fn iops(&self) -> Option<u32> {
        self.wanted().iops()
    }

    /// The rate, if the type takes one.
    pub fn throughput(&self) -> Option<u32> {
        self.wanted().throughput()
    }
}

impl Mutation for VolumeDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Volume]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:CreateVolume", "ec2:CreateTags"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        vec![
            Command::ec2("create-volume")
                .arg("--availability-zone", &self.zone)
                .arg("--snapshot-id", &self.snapshot_id)
                .maybe("--size", self.size)
                .arg("--volume-type", &self.volume_type)
                .maybe("--iops", self.iops())
                .maybe("--throughput", self.throughput())
                .flag("--encrypted", self.encrypted)
                .arg("--tag-specifications", tag::specification("volume", &tag::named(&self.name, &self.tags))),
        ]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = tag::check_named(&self.name, &self.tags);
        errors.extend(self.wanted().check());
        if self.zone.is_empty() {
            errors.insert("zone".into(), "Choose a zone.".into());
        }
        if self.size.is_none() && self.snapshot_id.is_empty() {
            errors.insert("size".into(), "Enter the size in GiB.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volume_needs_a_zone_and_a_size_or_a_snapshot() {
        let keys = |draft: VolumeDraft| draft.check().into_keys().collect::<Vec<_>>();
        assert_eq!(keys(VolumeDraft::default()), ["size", "zone"]);
        let zone = "us-east-1a".to_owned();
        assert!(keys(VolumeDraft { zone: zone.clone(), size: Some(8), ..VolumeDraft::default() }).is_empty());
        assert!(keys(VolumeDraft { zone, snapshot_id: "snap-1".into(), ..VolumeDraft::default() }).is_empty());
    }

    #[test]
    fn the_command_says_what_is_sent() {
        let draft = VolumeDraft {
            name: "data".into(),
            zone: "us-east-1a".into(),
            size: Some(8),
            volume_type: "gp2".into(),
            iops: Some(3_000),
            ..VolumeDraft::default()
        };
        let line = draft.commands(&[])[0].line("us-east-1");
        assert!(line.starts_with("aws ec2 create-volume --availability-zone us-east-1a --size 8 --volume-type gp2 --tag-specifications "));
    }
}
