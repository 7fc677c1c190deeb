//! Who may use an image or a snapshot besides its owner: all, or some accounts. Both kinds are told in the same two ways.

use crate::{
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    world::Text,
};

/// Who is added, and who is removed.
#[derive(Default)]
pub struct Change {
    add: Vec<String>,
    remove: Vec<String>,
}

/// Everybody, among the accounts.
const ALL: &str = "all";

impl Change {
    /// `LaunchPermission.Add.1.UserId=…`, or `OperationType=add&UserId.1=…&UserGroup.1=all`.
    pub fn read(scope: &Scope<'_>, structure: &str) -> Result<Self, Refusal> {
        let named = |list: &str| {
            let entries = scope.structure(structure).structures(list);
            entries.iter().filter_map(|entry| entry.text("UserId").or(entry.text("Group"))).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut change = Self { add: named("Add"), remove: named("Remove") };
        let flat = scope.list("UserId").into_iter().chain(scope.list("UserGroup")).map(str::to_owned);
        match scope.text("OperationType") {
            Some("add") => change.add.extend(flat),
            Some("remove") => change.remove.extend(flat),
            None => {}
            Some(other) => return Err(Refusal::invalid_value("operationType", other, "")),
        }
        let is_account = |id: &str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(wrong) = change.add.iter().chain(&change.remove).find(|id| *id != ALL && !is_account(id)) {
            return Err(Refusal::new("InvalidUserID.Malformed", format!("Invalid user id: \"{wrong}\"")));
        }
        Ok(change)
    }

    pub fn makes_public(&self) -> bool {
        self.add.iter().any(|id| id == ALL)
    }

    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }

    pub fn apply(&self, public: &mut bool, users: &mut Vec<Text>) {
        for id in &self.add {
            if id == ALL {
                *public = true;
            } else if !users.iter().any(|known| **known == **id) {
                users.push(id.as_str().into());
            }
        }
        for id in &self.remove {
            if id == ALL {
                *public = false;
            }
            users.retain(|known| **known != **id);
        }
    }
}

pub fn show(public: bool, users: &[Text]) -> Value {
    let everybody = public.then(|| map! { "group" => ALL });
    Value::list(everybody.into_iter().chain(users.iter().map(|id| map! { "userId" => id })))
}
