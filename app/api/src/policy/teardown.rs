//! A managed policy deleted with its versions, after it was detached from whoever has it.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>

use super::{Policy, PolicyAction};
use crate::{
    group::Group,
    permissions::{PermissionChange, Permitted},
    plan::Step,
    role::Role,
    user::User,
};

/// By what a look at the one policy tells.
pub fn steps(policy: &Policy) -> Vec<Step> {
    let mut steps = detach::<User>("Detach it from user {name}", policy, &policy.users);
    steps.extend(detach::<Group>("Detach it from group {name}", policy, &policy.groups));
    steps.extend(detach::<Role>("Detach it from role {name}", policy, &policy.roles));
    let versions = policy.versions.iter().filter(|version| !version.is_default);
    steps.extend(versions.map(|version| {
        let delete = PolicyAction::DeleteVersion { version: version.id.clone() };
        Step::act::<Policy>("Delete version {name}", &version.id, &delete, &policy.arn)
    }));
    steps.push(Step::end::<Policy>("Delete policy {name}", &policy.name, &PolicyAction::Delete, &policy.arn));
    steps
}

fn detach<T: Permitted>(text: &'static str, policy: &Policy, names: &[String]) -> Vec<Step>
where
    T::Action: From<PermissionChange>,
{
    let change = T::Action::from(PermissionChange::Detach { policy_arn: policy.arn.clone() });
    names.iter().map(|name| Step::act::<T>(text, name, &change, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    #[test]
    fn nobody_has_it_and_no_version_is_left_when_it_goes() {
        let said: Vec<_> = steps(&Policy::sample()).iter().map(|step| step.text.replace("{name}", &step.name)).collect();
        let expected = [
            "Detach it from user amara",
            "Detach it from group developers",
            "Detach it from role web-server",
            "Delete version v1",
            "Delete policy read-reports",
        ];
        assert_eq!(said, expected);
    }
}
