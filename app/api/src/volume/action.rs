//! What can be done to volumes.

use serde::{Deserialize, Serialize};

use super::volume_type::Wanted;
use crate::{command::Command, error::FieldErrors, kind::Kind, resource::Mutation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum VolumeAction {
    Attach {
        instance_id: String,
        /// Such as `/dev/sdf`; empty for the first that is free.
        device: String,
    },
    Detach {
        /// Without giving the instance time to write its caches.
        force: bool,
    },
    /// Larger, of another type, or of another rate; while it is in use, too.
    Modify {
        volume_type: String,
        size: Option<u32>,
        iops: Option<u32>,
        throughput: Option<u32>,
    },
    Delete,
}

/// What a volume is modified to: only the rates that its type takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rates {
    iops: Option<u32>,
    throughput: Option<u32>,
}

impl VolumeAction {
    fn wanted(&self) -> Option<Wanted<'_>> {
        match self {
            Self::Modify { volume_type, size, iops, throughput } => {
                Some(Wanted { volume_type, size: *size, iops: *iops, throughput: *throughput })
            }
            _ => None,
        }
    }

    fn rates(&self) -> Rates {
        self.wanted()
            .map_or(Rates { iops: None, throughput: None }, |wanted| Rates { iops: wanted.iops(), throughput: wanted.throughput() })
    }

    /// The rate that a modification sends.
    pub fn iops(&self) -> Option<u32> {
        self.rates().iops
    }

    /// The rate that a modification sends.
    pub fn throughput(&self) -> Option<u32> {
        self.rates().throughput
    }
}

impl Mutation for VolumeAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Attach { .. } | Self::Detach { .. } => &[Kind::Volume, Kind::Instance],
            Self::Modify { .. } | Self::Delete => &[Kind::Volume],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Attach { device, .. } if device.is_empty() => &["ec2:DescribeInstances", "ec2:AttachVolume"],
            Self::Attach { .. } => &["ec2:AttachVolume"],
            Self::Detach { .. } => &["ec2:DescribeVolumes", "ec2:DetachVolume"],
            Self::Modify { .. } => &["ec2:ModifyVolume"],
            Self::Delete => &["ec2:DeleteVolume"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let each = |operation: &'static str| ids.iter().map(move |id| Command::ec2(operation).arg("--volume-id", id));
        match self {
            Self::Attach { instance_id, device } => {
                let device = if device.is_empty() { "/dev/sdf" } else { device };
                each("attach-volume").map(|call| call.arg("--instance-id", instance_id).arg("--device", device)).collect()
            }
            Self::Detach { force } => each("detach-volume").map(|call| call.flag("--force", *force)).collect(),
            Self::Modify { volume_type, size, .. } => each("modify-volume")
                .map(|call| {
                    let call = call.maybe("--size", *size).arg("--volume-type", volume_type);
                    call.maybe("--iops", self.iops()).maybe("--throughput", self.throughput())
                })
                .collect(),
            Self::Delete => each("delete-volume").collect(),
        }
    }

    fn check(&self) -> FieldErrors {
        match self {
            Self::Attach { instance_id, .. } if instance_id.is_empty() => {
                FieldErrors::from([("instance_id".into(), "Choose an instance.".into())])
            }
            Self::Attach { device, .. } if !device.is_empty() && !crate::instance::is_device(device) => {
                FieldErrors::from([("device".into(), "A device name looks like /dev/sdf.".into())])
            }
            _ => self.wanted().map(|wanted| wanted.check()).unwrap_or_default(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        matches!(self, Self::Attach { .. }).then_some(Self::Detach { force: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attaching_needs_an_instance_and_takes_any_free_device() {
        let attach = |instance: &str, device: &str| VolumeAction::Attach { instance_id: instance.into(), device: device.into() }.check();
        assert!(attach("", "/dev/sdf").contains_key("instance_id"));
        assert!(attach("i-1", "C:").contains_key("device"));
        assert!(attach("i-1", "").is_empty() && attach("i-1", "/dev/sdf").is_empty());
    }

    #[test]
    fn a_modification_sends_only_what_its_type_takes() {
        let to = |volume_type: &str| VolumeAction::Modify {
            volume_type: volume_type.into(),
            size: Some(9),
            iops: Some(4_000),
            throughput: Some(200),
        };
        assert_eq!(
            to("gp3").commands(&["vol-1".into()])[0].line(""),
            "aws ec2 modify-volume --volume-id vol-1 --size 9 --volume-type gp3 --iops 4000 --throughput 200"
        );
        assert_eq!(to("gp2").commands(&["vol-1".into()])[0].line(""), "aws ec2 modify-volume --volume-id vol-1 --size 9 --volume-type gp2");
    }
}
