//! A group deleted with all that hangs on it, in the order that the cloud accepts.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_delete.html>

use super::{Group, GroupAction};
use crate::{permissions, plan::Step};

pub fn steps(group: &Group) -> Vec<Step> {
    let leave = |user: &String| {
        Step::act::<Group>("Remove user {name} from it", user, &GroupAction::RemoveUsers { users: vec![user.clone()] }, &group.name)
    };
    let mut steps: Vec<_> = group.users.iter().flatten().map(leave).collect();
    steps.extend(permissions::teardown(group));
    steps.push(Step::end::<Group>("Delete group {name}", &group.name, &GroupAction::Delete, &group.name));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    #[test]
    fn members_and_policies_go_first() {
        let lines: Vec<_> = steps(&Group::sample()).iter().flat_map(Step::commands).map(|command| command.line("")).collect();
        let expected = [
            "aws iam remove-user-from-group --group-name developers --user-name amara",
            "aws iam delete-group-policy --group-name developers --policy-name look",
            "aws iam delete-group --group-name developers",
        ];
        assert_eq!(lines, expected);
    }
}
