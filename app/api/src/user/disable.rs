//! A user who can do nothing for a while, and is not forgotten: without a password, and with keys that are refused.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html#id_users_deactivating>

use super::{AccessKey, User, UserAction};
use crate::plan::Step;

/// By what a look at the one user tells. The password is deleted: there is no call that only refuses it.
pub fn disable(user: &User) -> Vec<Step> {
    let password = (user.password == Some(true))
        .then(|| Step::act::<User>("Delete the password of {name}", &user.name, &UserAction::DeletePassword, &user.name));
    let off = |key: &AccessKey| {
        let action = UserAction::Deactivate { key_id: key.id.clone() };
        Step::act::<User>("Deactivate access key {name}", &key.id, &action, &user.name)
    };
    password.into_iter().chain(user.access_keys.iter().flatten().filter(|key| key.active).map(off)).collect()
}

/// The way back, as far as there is one: a new password is made by an action of its own.
pub fn enable(user: &User) -> Vec<Step> {
    let on = |key: &AccessKey| {
        let action = UserAction::Activate { key_id: key.id.clone() };
        Step::act::<User>("Activate access key {name}", &key.id, &action, &user.name)
    };
    user.access_keys.iter().flatten().filter(|key| !key.active).map(on).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    fn lines(steps: &[Step]) -> Vec<String> {
        steps.iter().flat_map(Step::commands).map(|command| command.line("")).collect()
    }

    #[test]
    fn what_is_taken_comes_back_but_for_the_password() {
        let mut user = User::sample();
        let update = "aws iam update-access-key --user-name amara --access-key-id AKIAIOSFODNN7EXAMPLE --status";
        let expected = ["aws iam delete-login-profile --user-name amara".to_owned(), format!("{update} Inactive")];
        assert_eq!(lines(&disable(&user)), expected);
        assert_eq!(enable(&user), []);
        user.password = Some(false);
        user.access_keys.iter_mut().flatten().for_each(|key| key.active = false);
        assert_eq!(disable(&user), []);
        assert_eq!(lines(&enable(&user)), [format!("{update} Active")]);
    }
}
