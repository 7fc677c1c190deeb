//! What can be done to network interfaces.

use serde::{Deserialize, Serialize};

use crate::{command::Command, error::FieldErrors, kind::Kind, resource::Mutation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum NetworkInterfaceAction {
    Attach {
        instance_id: String,
        /// The first free one; 0 is the interface of the launch.
        device_index: u32,
    },
    Detach {
        /// Without waiting for the system inside.
        force: bool,
    },
    SetSourceDestCheck {
        enabled: bool,
    },
    SetSecurityGroups {
        security_group_ids: Vec<String>,
    },
    SetDescription {
        description: String,
    },
    Delete,
}

impl Mutation for NetworkInterfaceAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::SetDescription { .. } => &[Kind::NetworkInterface],
            Self::Delete => &[Kind::NetworkInterface, Kind::Subnet, Kind::Address],
            _ => &[Kind::NetworkInterface, Kind::Instance],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Attach { .. } => &["ec2:AttachNetworkInterface"],
            Self::Detach { .. } => &["ec2:DescribeNetworkInterfaces", "ec2:DetachNetworkInterface"],
            Self::SetSourceDestCheck { .. } | Self::SetSecurityGroups { .. } | Self::SetDescription { .. } => {
                &["ec2:ModifyNetworkInterfaceAttribute"]
            }
            Self::Delete => &["ec2:DeleteNetworkInterface"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let each = |operation: &str| ids.iter().map(|id| Command::ec2(operation).arg("--network-interface-id", id)).collect::<Vec<_>>();
        let modify = |change: &dyn Fn(Command) -> Command| each("modify-network-interface-attribute").into_iter().map(change).collect();
        match self {
            Self::Attach { instance_id, device_index } => {
                let with = |line: Command| line.arg("--instance-id", instance_id).arg("--device-index", device_index);
                each("attach-network-interface").into_iter().map(with).collect()
            }
            // The attachment has an id of its own, which is looked up first.
            Self::Detach { force } => {
                std::iter::once(Command::ec2("describe-network-interfaces").args("--network-interface-ids", ids))
                    .chain(ids.iter().map(|_| {
                        Command::ec2("detach-network-interface").arg("--attachment-id", "eni-attach-FOUND").flag("--force", *force)
                    }))
                    .collect()
            }
            Self::SetSourceDestCheck { enabled } => {
                let switch = if *enabled { "--source-dest-check" } else { "--no-source-dest-check" };
                modify(&|line| line.flag(switch, true))
            }
            Self::SetSecurityGroups { security_group_ids } => modify(&|line| line.args("--groups", security_group_ids)),
            Self::SetDescription { description } => modify(&|line| line.arg("--description", format!("Value={description}"))),
            Self::Delete => each("delete-network-interface"),
        }
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        match self {
            Self::Attach { instance_id, device_index } => {
                if instance_id.is_empty() {
                    errors.insert("instance_id".into(), "Choose an instance.".into());
                }
                if !(1..=15).contains(device_index) {
                    errors.insert("device_index".into(), "The number of a further interface goes from 1 to 15.".into());
                }
            }
            Self::SetSecurityGroups { security_group_ids } if security_group_ids.is_empty() => {
                errors.insert("security_group_ids".into(), "An interface has at least one security group.".into());
            }
            _ => {}
        }
        errors
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::SetSourceDestCheck { enabled } => Some(Self::SetSourceDestCheck { enabled: !enabled }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attachment_needs_an_instance_and_a_place_that_is_not_the_first() {
        let errors = |instance: &str, device_index| {
            NetworkInterfaceAction::Attach { instance_id: instance.into(), device_index }.check().into_keys().collect::<Vec<_>>()
        };
        assert!(errors("i-1", 1).is_empty());
        assert_eq!(errors("", 0), ["device_index", "instance_id"]);
    }
}
