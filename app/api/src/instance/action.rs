//! What can be done to instances.

use serde::{Deserialize, Serialize};

use super::user_data_error;
use crate::{command::Command, error::FieldErrors, kind::Kind, resource::Mutation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum InstanceAction {
    Start,
    Stop {
        /// Without giving the system time to write its caches.
        force: bool,
    },
    Reboot,
    Terminate,
    SetTerminationProtection {
        enabled: bool,
    },
    /// While it is stopped.
    SetType {
        instance_type: String,
    },
    /// While it is stopped.
    SetUserData {
        /// In clear: it is encoded on its way to the cloud.
        user_data: String,
    },
    /// While it is stopped; for instances that boot with a kernel of the cloud's. What is empty stays as it is.
    SetKernel {
        kernel_id: String,
        ramdisk_id: String,
    },
    SetSecurityGroups {
        security_group_ids: Vec<String>,
    },
    SetSourceDestCheck {
        enabled: bool,
    },
    /// Detailed monitoring: a value a minute instead of one in five.
    SetMonitoring {
        enabled: bool,
    },
    /// Instead of the role that it has, if any.
    SetRole {
        /// Its name; the instance profile is found, or made, by the proxy.
        role: String,
    },
    RemoveRole,
}

impl Mutation for InstanceAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Terminate => &[Kind::Instance, Kind::Volume, Kind::NetworkInterface, Kind::Address],
            Self::SetSecurityGroups { .. } | Self::SetSourceDestCheck { .. } => &[Kind::Instance, Kind::NetworkInterface],
            _ => &[Kind::Instance],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Start => &["ec2:StartInstances"],
            Self::Stop { .. } => &["ec2:StopInstances"],
            Self::Reboot => &["ec2:RebootInstances"],
            Self::Terminate => &["ec2:TerminateInstances"],
            Self::SetTerminationProtection { .. }
            | Self::SetType { .. }
            | Self::SetUserData { .. }
            | Self::SetKernel { .. }
            | Self::SetSecurityGroups { .. }
            | Self::SetSourceDestCheck { .. } => &["ec2:ModifyInstanceAttribute"],
            Self::SetMonitoring { enabled: true } => &["ec2:MonitorInstances"],
            Self::SetMonitoring { enabled: false } => &["ec2:UnmonitorInstances"],
            Self::SetRole { .. } => &[
                "iam:ListInstanceProfilesForRole",
                "iam:CreateInstanceProfile",
                "iam:AddRoleToInstanceProfile",
                "iam:PassRole",
                "ec2:DescribeIamInstanceProfileAssociations",
                "ec2:AssociateIamInstanceProfile",
                "ec2:ReplaceIamInstanceProfileAssociation",
            ],
            Self::RemoveRole => &["ec2:DescribeIamInstanceProfileAssociations", "ec2:DisassociateIamInstanceProfile"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let on_all = |operation: &str| vec![Command::ec2(operation).args("--instance-ids", ids)];
        let modify = |change: &dyn Fn(Command) -> Command| {
            ids.iter().map(|id| change(Command::ec2("modify-instance-attribute").arg("--instance-id", id))).collect()
        };
        let switch = |on: bool, yes: &'static str, no: &'static str| modify(&|call| call.flag(if on { yes } else { no }, true));
        match self {
            Self::Start => on_all("start-instances"),
            Self::Stop { force } => vec![Command::ec2("stop-instances").args("--instance-ids", ids).flag("--force", *force)],
            Self::Reboot => on_all("reboot-instances"),
            Self::Terminate => on_all("terminate-instances"),
            Self::SetTerminationProtection { enabled } => switch(*enabled, "--disable-api-termination", "--no-disable-api-termination"),
            Self::SetType { instance_type } => modify(&|call| call.arg("--instance-type", format!("Value={instance_type}"))),
            Self::SetUserData { user_data } if user_data.is_empty() => modify(&|call| call.arg("--user-data", "Value=")),
            Self::SetUserData { .. } => modify(&|call| call.arg("--attribute", "userData").arg("--value", "file://user-data.base64")),
            Self::SetKernel { kernel_id, ramdisk_id } => {
                let said = [("--kernel", kernel_id, ramdisk_id.is_empty()), ("--ramdisk", ramdisk_id, false)];
                let each = said.into_iter().filter(|(_, id, always)| *always || !id.is_empty()).map(|(name, id, _)| (name, id));
                each.flat_map(|(name, id)| modify(&|call| call.arg(name, format!("Value={id}")))).collect()
            }
            Self::SetSecurityGroups { security_group_ids } => modify(&|call| call.args("--groups", security_group_ids)),
            Self::SetSourceDestCheck { enabled } => switch(*enabled, "--source-dest-check", "--no-source-dest-check"),
            Self::SetMonitoring { enabled: true } => on_all("monitor-instances"),
            Self::SetMonitoring { enabled: false } => on_all("unmonitor-instances"),
            Self::SetRole { role } => {
                let find = Command::iam("list-instance-profiles-for-role").arg("--role-name", role);
                let associate = ids.iter().map(|id| {
                    let call = Command::ec2("associate-iam-instance-profile").arg("--instance-id", id);
                    call.arg("--iam-instance-profile", format!("Name={role}"))
                });
                std::iter::once(find).chain(associate).collect()
            }
            // The association has an id of its own, which is looked up first.
            Self::RemoveRole => ids
                .iter()
                .flat_map(|id| {
                    let find = Command::ec2("describe-iam-instance-profile-associations");
                    let remove = Command::ec2("disassociate-iam-instance-profile").arg("--association-id", "iip-assoc-FOUND");
                    [find.arg("--filters", format!("Name=instance-id,Values={id}")), remove]
                })
                .collect(),
        }
    }

    fn check(&self) -> FieldErrors {
        let wrong = |key: &str, message: String| FieldErrors::from([(key.to_owned(), message)]);
        match self {
            Self::SetType { instance_type } if instance_type.is_empty() => wrong("instance_type", "Choose an instance type.".into()),
            Self::SetUserData { user_data } => {
                user_data_error(user_data.len()).map(|message| wrong("user_data", message)).unwrap_or_default()
            }
            Self::SetKernel { kernel_id, ramdisk_id } if kernel_id.is_empty() && ramdisk_id.is_empty() => {
                wrong("kernel_id", "Enter a kernel or a RAM disk.".into())
            }
            Self::SetKernel { kernel_id, .. } if !is_boot_image(kernel_id, "ki-") => {
                wrong("kernel_id", "A kernel ID looks like aki-0123abcd.".into())
            }
            Self::SetKernel { ramdisk_id, .. } if !is_boot_image(ramdisk_id, "ri-") => {
                wrong("ramdisk_id", "A RAM disk ID looks like ari-0123abcd.".into())
            }
            Self::SetSecurityGroups { security_group_ids } if security_group_ids.is_empty() => {
                wrong("security_group_ids", "Choose at least one security group.".into())
            }
            Self::SetRole { role } if role.is_empty() => wrong("role", "Choose a role.".into()),
            _ => FieldErrors::new(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::Start => Some(Self::Stop { force: false }),
            Self::Stop { .. } => Some(Self::Start),
            Self::SetTerminationProtection { enabled } => Some(Self::SetTerminationProtection { enabled: !enabled }),
            Self::SetSourceDestCheck { enabled } => Some(Self::SetSourceDestCheck { enabled: !enabled }),
            Self::SetMonitoring { enabled } => Some(Self::SetMonitoring { enabled: !enabled }),
            // What it was before is not part of the change.
            _ => None,
        }
    }
}

/// `aki-…` and `ari-…`, `eki-…` and `eri-…` on Eucalyptus, with hexadecimal digits; or nothing.
fn is_boot_image(id: &str, kind: &str) -> bool {
    let digits = ["a", "e"].iter().find_map(|cloud| id.strip_prefix(cloud)?.strip_prefix(kind));
    id.is_empty() || digits.is_some_and(|digits| digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(action: &InstanceAction) -> String {
        let lines: Vec<_> = action.commands(&["i-1".to_owned(), "i-2".to_owned()]).iter().map(|command| command.line("")).collect();
        lines.join("\n")
    }

    #[test]
    fn an_inverse_leads_back() {
        for action in [
            InstanceAction::SetTerminationProtection { enabled: true },
            InstanceAction::SetSourceDestCheck { enabled: false },
            InstanceAction::SetMonitoring { enabled: true },
        ] {
            assert_eq!(action.inverse().and_then(|undo| undo.inverse()), Some(action));
        }
        assert_eq!(InstanceAction::Terminate.inverse(), None);
    }

    #[test]
    fn one_call_for_all_where_the_api_takes_many() {
        assert_eq!(line(&InstanceAction::SetMonitoring { enabled: true }), "aws ec2 monitor-instances --instance-ids i-1 i-2");
        let kernel = InstanceAction::SetKernel { kernel_id: "eki-12345678".into(), ramdisk_id: String::new() };
        assert_eq!(
            line(&kernel),
            "aws ec2 modify-instance-attribute --instance-id i-1 --kernel Value=eki-12345678\n\
             aws ec2 modify-instance-attribute --instance-id i-2 --kernel Value=eki-12345678"
        );
    }

    #[test]
    fn no_user_data_stands_in_a_command_line() {
        assert!(!line(&InstanceAction::SetUserData { user_data: "PASSWORD=1".into() }).contains("PASSWORD"));
    }

    #[test]
    fn what_the_cloud_would_refuse_is_said_before() {
        let wrong = |action: InstanceAction| action.check().into_keys().next().unwrap_or_default();
        let kernel = |kernel: &str, ramdisk: &str| InstanceAction::SetKernel { kernel_id: kernel.into(), ramdisk_id: ramdisk.into() };
        assert_eq!(wrong(InstanceAction::SetType { instance_type: String::new() }), "instance_type");
        assert_eq!(wrong(InstanceAction::SetUserData { user_data: "x".repeat(16_384) }), "");
        assert_eq!(wrong(InstanceAction::SetUserData { user_data: "ü".repeat(8_193) }), "user_data");
        assert_eq!(wrong(InstanceAction::SetSecurityGroups { security_group_ids: vec![] }), "security_group_ids");
        assert_eq!(wrong(InstanceAction::SetRole { role: String::new() }), "role");
        assert_eq!(
            (wrong(kernel("", "")), wrong(kernel("ami-12345678", "")), wrong(kernel("aki-12345678", ""))),
            ("kernel_id".into(), "kernel_id".into(), String::new())
        );
        assert_eq!((wrong(kernel("", "eri-1A2B3C4D")), wrong(kernel("", "aki-12345678"))), (String::new(), "ramdisk_id".into()));
    }
}
