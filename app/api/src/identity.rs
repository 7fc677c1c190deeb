//! What names of IAM must look like, and who would be left to administer an account.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{error::FieldErrors, group::Group, permissions::Permissions, user::User};

/// What is wrong with a name of at most so many characters.
pub fn name_problem(name: &str, most: usize) -> Option<String> {
    if name.is_empty() {
        Some("Enter a name.".into())
    } else if name.chars().count() > most {
        Some(format!("A name has at most {most} characters."))
    } else if !name.chars().all(|c| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c)) {
        Some("A name has letters, digits and + = , . @ _ - only.".into())
    } else {
        None
    }
}

/// What is wrong with what a policy or a role is said to be for.
pub fn description_problem(description: &str) -> Option<String> {
    (description.chars().count() > 1_000).then(|| "A description has at most 1000 characters.".into())
}

/// Paths begin and end with a slash.
pub fn check_path(path: &str, errors: &mut FieldErrors) {
    let is_path = path.is_empty() || path == "/" || (path.len() > 2 && path.starts_with('/') && path.ends_with('/'));
    if !is_path || path.len() > 512 || !path.chars().all(|c| c.is_ascii_graphic()) {
        errors.insert("path".into(), "A path begins and ends with a slash, as in /engineering/.".into());
    }
}

/// What is wrong with another name, of at most so many characters, and another path.
pub fn check_renamed(name: &str, most: usize, path: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.extend(name_problem(name, most).map(|problem| ("name".to_owned(), problem)));
    check_path(path, &mut errors);
    errors
}

/// Where a path is worth sending.
pub fn given_path(path: &str) -> Option<&str> {
    Some(path).filter(|path| !path.is_empty() && *path != "/")
}

/// The policy with which AWS lets somebody do everything.
pub fn is_administrator_access(arn: &str) -> bool {
    arn.ends_with(":iam::aws:policy/AdministratorAccess")
}

/// Whether these permissions alone let somebody do everything. A boundary, which may take it away again, is not looked at.
pub fn administers(permissions: &Permissions) -> bool {
    permissions.attached.iter().any(|policy| is_administrator_access(&policy.arn))
        || permissions.inline.iter().any(|policy| allows_everything(&policy.document))
}

/// Whether a policy of this text lets somebody do everything, whatever the circumstances.
pub fn allows_everything(document: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(document) else { return false };
    let has_star = |value: &Value| one_or_many(value).any(|value| value == "*");
    one_or_many(&policy["Statement"]).any(|statement| {
        statement["Effect"] == "Allow"
            && has_star(&statement["Action"])
            && has_star(&statement["Resource"])
            && statement.get("Condition").is_none()
    })
}

/// Policies may leave out the brackets around a single value.
pub fn one_or_many(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice).iter()
}

/// The users who administer the account, by policies of their own or of a group.
pub fn administrators<'a>(users: &'a [User], groups: &[Group]) -> BTreeSet<&'a str> {
    let of_group = |name: &String| groups.iter().any(|group| group.name == *name && group.permissions.as_ref().is_some_and(administers));
    let administers = |user: &&User| user.permissions.as_ref().is_some_and(administers) || user.groups.iter().flatten().any(of_group);
    users.iter().filter(administers).map(|user| user.name.as_str()).collect()
}

/// Whether nobody of them would administer the account any more without this user.
pub fn is_last_administrator(name: &str, users: &[User], groups: &[Group]) -> bool {
    administrators(users, groups).into_iter().eq([name])
}

/// Whether there are administrators, all of whom are so by this group alone.
pub fn makes_all_administrators(name: &str, users: &[User], groups: &[Group]) -> bool {
    let others: Vec<_> = groups.iter().filter(|group| group.name != name).cloned().collect();
    !administrators(users, groups).is_empty() && administrators(users, &others).is_empty()
}

/// The name of the user in the ARN of one.
pub fn user_name(arn: &str) -> Option<&str> {
    let (_, user) = arn.split_once(":user/")?;
    user.rsplit('/').next()
}

/// The name of the role in the ARN of somebody who has taken it on.
pub fn assumed_role(arn: &str) -> Option<&str> {
    let (_, role) = arn.split_once(":assumed-role/")?;
    role.split('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::{Attached, Inline};

    const ALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":["*"]}}"#;

    fn user(name: &str, groups: &[&str], document: &str) -> User {
        let inline = vec![Inline { name: "p".into(), document: document.into() }];
        User {
            name: name.into(),
            groups: Some(groups.iter().map(|&group| group.into()).collect()),
            permissions: Some(Permissions { inline, ..Permissions::default() }),
            ..User::default()
        }
    }

    fn administrators_group() -> Group {
        let attached = vec![Attached { name: "AdministratorAccess".into(), arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }];
        Group { name: "admins".into(), permissions: Some(Permissions { attached, ..Permissions::default() }), ..Group::default() }
    }

    #[test]
    fn names_and_paths_are_checked_as_iam_does() {
        assert_eq!(name_problem("a.b+c=d,e@f_g-h", 64), None);
        for bad in ["", "a b", "a/b", "ü", &"x".repeat(65)] {
            assert!(name_problem(bad, 64).is_some(), "{bad:?}");
        }
        for (path, is_good) in
            [("", true), ("/", true), ("/a/", true), ("/a/b/", true), ("a", false), ("/a", false), ("//", false), ("/ /", false)]
        {
            let mut errors = FieldErrors::new();
            check_path(path, &mut errors);
            assert_eq!(errors.is_empty(), is_good, "{path:?}");
        }
    }

    #[test]
    fn the_last_administrator_is_told_from_others() {
        let groups = [administrators_group()];
        let conditional = ALL.replace(r#""Effect""#, r#""Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}},"Effect""#);
        let users = [user("ann", &["admins"], ""), user("bob", &[], ""), user("cleo", &[], &conditional)];
        assert!(is_last_administrator("ann", &users, &groups) && !is_last_administrator("bob", &users, &groups));
        assert!(makes_all_administrators("admins", &users, &groups) && !makes_all_administrators("other", &users, &groups));
        let two = [user("ann", &["admins"], ""), user("bob", &[], ALL)];
        assert!(!is_last_administrator("ann", &two, &groups) && !makes_all_administrators("admins", &two, &groups));
    }

    #[test]
    fn who_is_signed_in_is_named_by_the_arn() {
        assert_eq!(user_name("arn:aws:iam::123456789012:user/engineering/amara"), Some("amara"));
        assert_eq!(user_name("arn:aws:sts::123456789012:assumed-role/admin/me"), None);
        assert_eq!(assumed_role("arn:aws:sts::123456789012:assumed-role/admin/me"), Some("admin"));
        assert_eq!(assumed_role("arn:aws:iam::123456789012:user/me"), None);
    }
}
