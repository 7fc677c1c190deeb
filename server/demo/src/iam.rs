//! What an account has in IAM, which knows no regions: users, groups, roles and instance profiles.

pub mod certificate;
pub mod mfa;
mod policy;
mod role;

use std::{collections::BTreeMap, sync::Arc};

use fastrand::Rng;

pub use self::{
    policy::{ManagedPolicy, Version},
    role::Role,
};
use crate::{
    clock::{Millis, iso},
    page::{self, Table},
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    tag::Tags,
};

pub struct Iam {
    pub account: Arc<str>,
    pub rng: Rng,
    pub alias: Option<String>,
    pub users: Table<User>,
    pub groups: Table<Group>,
    pub roles: Table<Role>,
    pub instance_profiles: Table<InstanceProfile>,
    /// By ARN.
    pub policies: Table<ManagedPolicy>,
    pub certificates: Table<certificate::ServerCertificate>,
    /// By serial number, whether somebody has them or not.
    pub devices: Table<mfa::VirtualDevice>,
}

pub struct User {
    pub entity: Entity,
    pub password_last_used: Option<Millis>,
    /// With which it signs in where the cloud has passwords; nobody else reads it.
    pub password: Option<Password>,
    /// The ARN of the device whose codes it must give.
    pub mfa_device: Option<String>,
    pub permissions: Permissions,
    pub grants: Grants,
    pub keys: Vec<AccessKey>,
    pub tags: Tags,
}

/// What is shown of a key; the secret is with [`crate::account::Keys`].
pub struct AccessKey {
    pub id: String,
    pub is_active: bool,
    pub created_at: Millis,
    pub last_used_at: Option<Millis>,
}

/// The policies of a user, a group or a role. What they count for is said by [`Permissions`].
#[derive(Default)]
pub struct Grants {
    /// ARNs, in the order in which they were attached.
    pub attached: Vec<Arc<str>>,
    /// Documents by name.
    pub inline: BTreeMap<String, String>,
    /// ARN of the policy beyond which no other goes.
    pub boundary: Option<Arc<str>>,
}

impl Grants {
    pub fn has(&self, arn: &str) -> bool {
        self.attached.iter().any(|known| &**known == arn)
    }
}

pub struct Password {
    pub text: String,
    pub created_at: Millis,
    /// It still proves who one is, and is good for nothing but to choose another.
    pub is_expired: bool,
}

pub struct Group {
    pub entity: Entity,
    pub users: Vec<Arc<str>>,
    pub grants: Grants,
}

pub struct InstanceProfile {
    pub entity: Entity,
    /// At most one.
    pub roles: Vec<Arc<str>>,
}

/// What everything in IAM has; the name is the table's key.
pub struct Entity {
    pub path: String,
    pub id: String,
    pub created_at: Millis,
}

impl Entity {
    pub fn arn(&self, account: &str, kind: &str, name: &str) -> String {
        format!("arn:aws:iam::{account}:{kind}{}{name}", self.path)
    }
}

/// What a principal may do. Policies are read for users that are made here alone: those that are there from the start tell a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permissions {
    Everything,
    /// Actions such as `ec2:Describe*`.
    Only(&'static [&'static str]),
    /// Everything, once an MFA device's code was given.
    WithMfa,
    /// What its policies let a user do: see [`crate::ops::evaluation`].
    ByPolicies,
}

impl Permissions {
    /// Whatever policies say.
    pub fn allow(self, action: &str, mfa: bool) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(patterns) => patterns.iter().any(|pattern| crate::filter::matches(pattern, action)),
            Self::WithMfa => mfa,
            Self::ByPolicies => false,
        }
    }
}

impl Iam {
    pub fn new(account: Arc<str>, seed: u64) -> Self {
        Self {
            account,
            rng: Rng::with_seed(seed ^ 0x1a3),
            alias: None,
            users: Table::new(),
            groups: Table::new(),
            roles: Table::new(),
            instance_profiles: Table::new(),
            policies: Table::new(),
            certificates: Table::new(),
            devices: Table::new(),
        }
    }

    /// An id of IAM's: the prefix says the kind, such as `AIDA` for users.
    pub fn id(&mut self, prefix: &str) -> String {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let tail = (0..17).map(|_| char::from(letters[self.rng.usize(..letters.len())]));
        prefix.chars().chain(tail).collect()
    }

    pub fn entity(&mut self, prefix: &str, path: &str, created_at: Millis) -> Entity {
        Entity { path: path.to_owned(), id: self.id(prefix), created_at }
    }

    pub fn show_user(&self, name: &str, user: &User) -> Value {
        map! {
            "Path" => &user.entity.path,
            "UserName" => name,
            "UserId" => &user.entity.id,
            "Arn" => user.entity.arn(&self.account, "user", name),
            "CreateDate" => iso(user.entity.created_at),
            "PasswordLastUsed" => user.password_last_used.map(iso),
        }
    }

    pub fn show_group(&self, name: &str, group: &Group) -> Value {
        map! {
            "Path" => &group.entity.path,
            "GroupName" => name,
            "GroupId" => &group.entity.id,
            "Arn" => group.entity.arn(&self.account, "group", name),
            "CreateDate" => iso(group.entity.created_at),
        }
    }

    pub fn show_profile(&self, name: &str, profile: &InstanceProfile) -> Value {
        map! {
            "Path" => &profile.entity.path,
            "InstanceProfileName" => name,
            "InstanceProfileId" => &profile.entity.id,
            "Arn" => profile.entity.arn(&self.account, "instance-profile", name),
            "CreateDate" => iso(profile.entity.created_at),
            "Roles" => Value::list(profile.roles.iter().filter_map(|role| Some(self.show_role(role, self.roles.get(role)?)))),
        }
    }
}

/// IAM sends policies percent-encoded.
pub fn encoded(document: &str) -> String {
    url::form_urlencoded::byte_serialize(document.as_bytes()).collect::<String>().replace('+', "%20")
}

/// Tags as IAM writes them.
pub fn show_tags(tags: &Tags) -> Value {
    Value::list(tags.iter().map(|(key, value)| map! { "Key" => key, "Value" => value }))
}

/// The refusal of a name that is not there.
pub fn no_such(kind: &str, name: &str) -> Refusal {
    Refusal::new(
        "NoSuchEntity",
        match kind {
            "Instance Profile" => format!("Instance Profile {name} cannot be found."),
            kind => format!("The {} with name {name} cannot be found.", kind.to_lowercase()),
        },
    )
}

/// The refusal of a second one of a name.
pub fn exists(kind: &str, name: &str) -> Refusal {
    Refusal::new("EntityAlreadyExists", format!("{kind} with name {name} already exists."))
}

/// A page of a table, as IAM pages: `PathPrefix`, `MaxItems` and `Marker`.
pub fn list<T>(
    scope: &Scope<'_>,
    table: &Table<T>,
    set: &'static str,
    path: impl Fn(&T) -> &str,
    show: impl Fn(&str, &T) -> Value,
) -> Result<Value, Refusal> {
    let prefix = scope.text("PathPrefix").unwrap_or("/");
    let limit = match scope.number::<usize>("MaxItems")? {
        Some(limit @ 1..=1000) => limit,
        None => 100,
        Some(limit) => return Err(constraint(limit, "maxItems", "Member must have value between 1 and 1000")),
    };
    let page = page::page(table, scope.text("Marker"), limit, |name, row| path(row).starts_with(prefix).then(|| show(name, row)))
        .ok_or_else(|| Refusal::new("ValidationError", "Invalid Marker."))?;
    Ok(Value::Map(vec![(set, Value::List(page.rows)), ("IsTruncated", page.next.is_some().into()), ("Marker", page.next.into())]))
}

/// Gives a row the name and the path that are new, where there are any; tells what it is called now. Another may have the name as little as
/// when one is made.
pub fn rename<T>(
    table: &mut Table<T>,
    kind: &str,
    name: &str,
    (new_name, new_path): (Option<&str>, Option<&str>),
    entity: impl Fn(&mut T) -> &mut Entity,
) -> Result<Arc<str>, Refusal> {
    let new_name = new_name.unwrap_or(name);
    if !table.contains_key(name) {
        return Err(no_such(kind, name));
    }
    if table.keys().any(|known| &**known != name && known.eq_ignore_ascii_case(new_name)) {
        return Err(exists(kind, new_name));
    }
    let mut row = table.remove(name).expect("it was there a moment ago");
    if let Some(path) = new_path {
        path.clone_into(&mut entity(&mut row).path);
    }
    let new_name: Arc<str> = new_name.into();
    table.insert(new_name.clone(), row);
    Ok(new_name)
}

/// The refusal to delete what something still hangs on.
pub fn holds(what: &str) -> Refusal {
    Refusal::new("DeleteConflict", format!("Cannot delete entity, must {what} first."))
}

/// `ValidationError`, in the words of the query services.
pub fn constraint(value: impl std::fmt::Display, name: &str, rule: &str) -> Refusal {
    Refusal::new(
        "ValidationError",
        format!("1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: {rule}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::params::Params;

    fn iam() -> Iam {
        let mut iam = Iam::new("123456789012".into(), 1);
        for (name, path) in [("amara", "/"), ("ben", "/dev/"), ("chen", "/dev/")] {
            let entity = iam.entity("AIDA", path, 0);
            let user = User {
                entity,
                password_last_used: None,
                password: None,
                mfa_device: None,
                permissions: Permissions::Everything,
                grants: Grants::default(),
                keys: vec![],
                tags: vec![],
            };
            iam.users.insert(name.into(), user);
        }
        iam
    }

    fn names(query: &str) -> Result<(Vec<String>, Option<String>), Refusal> {
        let (iam, params) = (iam(), Params::parse(query.as_bytes()));
        let reply = list(&params.scope(), &iam.users, "Users", |user| &user.entity.path, |name, user| iam.show_user(name, user))?;
        let mut found = vec![];
        reply.visit("Users.UserName", &mut |name| found.push(name.to_owned()));
        Ok((found, reply.at("Marker").map(str::to_owned)))
    }

    #[test]
    fn lists_are_paged_and_narrowed_by_path() {
        let (first, marker) = names("MaxItems=2").unwrap();
        assert_eq!(first, ["amara", "ben"]);
        let (second, end) = names(&format!("MaxItems=2&Marker={}", marker.unwrap())).unwrap();
        assert_eq!((second, end), (vec!["chen".to_owned()], None));
        assert_eq!(names("PathPrefix=/dev/").unwrap().0, ["ben", "chen"]);
        assert_eq!(names("MaxItems=0").unwrap_err().code, "ValidationError");
        assert_eq!(names("Marker=zzz").unwrap_err().code, "ValidationError");
    }

    #[test]
    fn permissions() {
        let reader = Permissions::Only(&["ec2:Describe*"]);
        assert!(reader.allow("ec2:DescribeInstances", false) && !reader.allow("ec2:RunInstances", true));
        assert!(Permissions::WithMfa.allow("ec2:RunInstances", true) && !Permissions::WithMfa.allow("ec2:RunInstances", false));
    }
}
