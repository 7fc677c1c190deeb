//! A role deleted with its instance profiles and policies, in the order that the cloud accepts.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html>

use super::{Role, RoleAction};
use crate::{
    kind::Kind,
    permissions,
    plan::{Call, Step},
};

/// By what a look at the one role tells.
pub fn steps(role: &Role) -> Vec<Step> {
    let profiles = role.profiles.iter().flatten();
    let mut steps: Vec<_> = profiles
        .map(|profile| {
            let delete = RoleAction::DeleteProfile { profile: profile.name.clone() };
            Step::act::<Role>("Delete instance profile {name}", &profile.name, &delete, &role.name)
        })
        .collect();
    steps.extend(permissions::teardown(role));
    steps.push(Step::end::<Role>("Delete role {name}", &role.name, &RoleAction::Delete, &role.name));
    steps
}

/// A plan that goes on where another stopped: the fresh one, with the profiles that had still to be deleted. One that the role is out of
/// already is no longer known by it, and would stay behind.
pub fn resumed(undone: Vec<Step>, fresh: Vec<Step>) -> Vec<Step> {
    let is_profile = |step: &Step| matches!(&step.call, Call::Act { kind: Kind::Role, action, .. } if action["do"] == "delete_profile");
    let left = undone.into_iter().filter(|step| is_profile(step) && !fresh.contains(step)).collect::<Vec<_>>();
    left.into_iter().chain(fresh).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    #[test]
    fn a_profile_that_the_role_is_out_of_is_not_left_behind() {
        let all = steps(&Role::sample());
        let later = steps(&Role { profiles: Some(vec![]), ..Role::sample() });
        assert_eq!(resumed(all.clone(), later), all);
        assert_eq!(resumed(all.clone(), all.clone()), all, "nothing is done twice");
    }

    #[test]
    fn profiles_and_policies_go_before_the_role() {
        let lines: Vec<_> = steps(&Role::sample()).iter().flat_map(Step::commands).map(|command| command.line("")).collect();
        let expected = [
            "aws iam remove-role-from-instance-profile --role-name web-server --instance-profile-name web-server",
            "aws iam delete-instance-profile --instance-profile-name web-server",
            "aws iam detach-role-policy --role-name web-server --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess",
            "aws iam delete-role --role-name web-server",
        ];
        assert_eq!(lines, expected);
    }
}
