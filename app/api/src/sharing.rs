//! Who may use an image or a snapshot besides its owner.
//!
//! A change names who is let in and who is not any more, and leaves all others as they are: so it can be made to many at once, and two people
//! sharing with different accounts do not undo each other's work.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;

/// What changes in who may use it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sharing {
    pub everybody: Everybody,
    /// Accounts, of twelve digits.
    pub add: Vec<String>,
    pub remove: Vec<String>,
}

/// What changes for all the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Everybody {
    #[default]
    AsItIs,
    Public,
    Private,
}

impl Sharing {
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        for (key, accounts) in [("add", &self.add), ("remove", &self.remove)] {
            if let Some(wrong) = accounts.iter().find(|id| !is_account(id)) {
                errors.insert(key.into(), format!("An account ID has twelve digits; {wrong} has not."));
            }
        }
        if let Some(both) = self.add.iter().find(|id| self.remove.contains(id)) {
            errors.entry("remove".into()).or_insert_with(|| format!("{both} is among those to let in, too."));
        }
        if self.is_empty() {
            errors.insert("add".into(), "Say who is let in, or who is not any more.".into());
        }
        errors
    }

    fn is_empty(&self) -> bool {
        self.everybody == Everybody::AsItIs && self.add.is_empty() && self.remove.is_empty()
    }

    /// As the `aws` command takes it: `Add=[{UserId=123456789012},{Group=all}]`.
    pub fn shorthand(&self) -> String {
        let list = |name: &str, accounts: &[String], all: bool| {
            let accounts = accounts.iter().map(|id| format!("{{UserId={id}}}")).chain(all.then(|| "{Group=all}".to_owned()));
            let accounts: Vec<_> = accounts.collect();
            (!accounts.is_empty()).then(|| format!("{name}=[{}]", accounts.join(",")))
        };
        let add = list("Add", &self.add, self.everybody == Everybody::Public);
        let remove = list("Remove", &self.remove, self.everybody == Everybody::Private);
        add.into_iter().chain(remove).collect::<Vec<_>>().join(",")
    }
}

/// Twelve digits.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sharing(everybody: Everybody, add: &[&str], remove: &[&str]) -> Sharing {
        let own = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        Sharing { everybody, add: own(add), remove: own(remove) }
    }

    #[test]
    fn accounts_have_twelve_digits_and_are_on_one_side() {
        let keys = |sharing: Sharing| sharing.check().into_keys().collect::<Vec<_>>();
        assert_eq!(keys(Sharing::default()), ["add"]);
        assert_eq!(keys(sharing(Everybody::AsItIs, &["1234"], &["12345678901a"])), ["add", "remove"]);
        assert_eq!(keys(sharing(Everybody::AsItIs, &["111122223333"], &["111122223333"])), ["remove"]);
        assert!(keys(sharing(Everybody::Public, &[], &["111122223333"])).is_empty());
    }

    #[test]
    fn the_shorthand_is_that_of_the_aws_command() {
        assert_eq!(sharing(Everybody::Public, &["111122223333"], &[]).shorthand(), "Add=[{UserId=111122223333},{Group=all}]");
        let both = sharing(Everybody::Private, &["111122223333"], &["444455556666"]);
        assert_eq!(both.shorthand(), "Add=[{UserId=111122223333}],Remove=[{UserId=444455556666},{Group=all}]");
    }
}
