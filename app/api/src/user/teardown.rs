//! A user deleted with all that hangs on it, in the order that the cloud accepts.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html>

use super::{User, UserAction};
use crate::{permissions, plan::Step};

/// By what a look at the one user tells.
pub fn steps(user: &User) -> Vec<Step> {
    let act = |text, name: &String, action: UserAction| Step::act::<User>(text, name, &action, &user.name);
    // Without credentials first: what stops half-way leaves somebody who can do less, not more.
    let mut steps = vec![];
    if user.password == Some(true) {
        steps.push(act("Delete the password of {name}", &user.name, UserAction::DeletePassword));
    }
    let keys = user.access_keys.iter().flatten();
    steps.extend(keys.map(|key| act("Delete access key {name}", &key.id, UserAction::DeleteAccessKey { key_id: key.id.clone() })));
    let others = user.credentials.iter().flatten();
    steps.extend(others.map(|credential| {
        let name = format!("{} ({})", credential.id, credential.sort.label());
        act("Delete credential {name}", &name, UserAction::DeleteCredential { sort: credential.sort, id: credential.id.clone() })
    }));
    let devices = user.mfa_devices.iter().flatten();
    steps
        .extend(devices.map(|device| {
            act("Deactivate MFA device {name}", &device.serial, UserAction::DeactivateMfa { serial: device.serial.clone() })
        }));
    let groups = user.groups.iter().flatten();
    steps.extend(
        groups.map(|group| act("Remove it from group {name}", group, UserAction::RemoveFromGroups { groups: vec![group.clone()] })),
    );
    steps.extend(permissions::teardown(user));
    steps.push(Step::end::<User>("Delete user {name}", &user.name, &UserAction::Delete, &user.name));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    #[test]
    fn all_that_hangs_on_a_user_goes_first() {
        let lines: Vec<_> = steps(&User::sample()).iter().flat_map(Step::commands).map(|command| command.line("")).collect();
        let expected = [
            "delete-login-profile --user-name amara",
            "delete-access-key --user-name amara --access-key-id AKIAIOSFODNN7EXAMPLE",
            "delete-ssh-public-key --user-name amara --ssh-public-key-id APKAEXAMPLE",
            "deactivate-mfa-device --user-name amara --serial-number arn:aws:iam::123456789012:mfa/amara",
            "delete-virtual-mfa-device --serial-number arn:aws:iam::123456789012:mfa/amara",
            "remove-user-from-group --user-name amara --group-name developers",
            "detach-user-policy --user-name amara --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess",
            "delete-user --user-name amara",
        ];
        assert_eq!(lines, expected.map(|line| format!("aws iam {line}")));
    }
}
