//! The policies of users, groups and roles: the same seven operations for each of the three.

use std::sync::Arc;

use crate::{
    iam::{Grants, Iam, encoded, holds, no_such},
    ops::{Call, Reply, document, policy::no_policy},
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

/// How many managed policies one has at most.
const MOST_ATTACHED: usize = 10;

/// Whose policies an operation is about.
pub trait Identity {
    const NAME: &'static str;
    const KIND: &'static str;

    fn grants<'a>(iam: &'a mut Iam, name: &str) -> Option<&'a mut Grants>;
}

macro_rules! identity {
    ($identity:ident, $name:literal, $table:ident) => {
        pub struct $identity;

        impl Identity for $identity {
            const NAME: &'static str = $name;
            const KIND: &'static str = stringify!($identity);

            fn grants<'a>(iam: &'a mut Iam, name: &str) -> Option<&'a mut Grants> {
                iam.$table.get_mut(name).map(|row| &mut row.grants)
            }
        }
    };
}

identity!(User, "UserName", users);
identity!(Group, "GroupName", groups);
identity!(Role, "RoleName", roles);

impl Grants {
    /// Whether its identity may go.
    pub fn check_empty(&self) -> Result<(), Refusal> {
        if !self.attached.is_empty() {
            Err(holds("detach all policies"))
        } else if !self.inline.is_empty() {
            Err(holds("delete policies"))
        } else {
            Ok(())
        }
    }

    pub fn show_attached(&self) -> Value {
        Value::list(self.attached.iter().map(|arn| map! { "PolicyName" => name_of(arn), "PolicyArn" => arn }))
    }

    pub fn show_boundary(&self) -> Value {
        let shown = |arn: &Arc<str>| map! { "PermissionsBoundaryType" => "Policy", "PermissionsBoundaryArn" => arn };
        Value::from(self.boundary.as_ref().map(shown))
    }

    pub fn show_inline(&self) -> Value {
        Value::list(self.inline.iter().map(|(name, document)| map! { "PolicyName" => name, "PolicyDocument" => encoded(document) }))
    }
}

fn name_of(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or_default()
}

fn grants<'a, I: Identity>(call: &'a mut Call<'_>) -> Result<&'a mut Grants, Refusal> {
    let name = call.scope().require(I::NAME)?;
    I::grants(call.iam, name).ok_or_else(|| no_such(I::KIND, name))
}

pub fn attach<I: Identity>(call: &mut Call<'_>) -> Reply {
    let arn = call.scope().require("PolicyArn")?;
    if !call.iam.policies.contains_key(arn) {
        return Err(no_policy(arn));
    }
    let grants = grants::<I>(call)?;
    if grants.has(arn) {
        return Ok(Value::Absent);
    }
    if grants.attached.len() >= MOST_ATTACHED {
        return Err(Refusal::new("LimitExceeded", format!("Cannot exceed quota for PoliciesPer{}: {MOST_ATTACHED}", I::KIND)));
    }
    grants.attached.push(arn.into());
    Ok(Value::Absent)
}

pub fn detach<I: Identity>(call: &mut Call<'_>) -> Reply {
    let arn = call.scope().require("PolicyArn")?;
    let grants = grants::<I>(call)?;
    let before = grants.attached.len();
    grants.attached.retain(|known| &**known != arn);
    if grants.attached.len() == before {
        return Err(Refusal::new("NoSuchEntity", format!("Policy {arn} was not found.")));
    }
    Ok(Value::Absent)
}

pub fn bind<I: Identity>(call: &mut Call<'_>) -> Reply {
    let arn = call.scope().require("PermissionsBoundary")?;
    if !call.iam.policies.contains_key(arn) {
        return Err(Refusal::new("NoSuchEntity", format!("Scope ARN: {arn} does not exist or is not attachable.")));
    }
    grants::<I>(call)?.boundary = Some(arn.into());
    Ok(Value::Absent)
}

pub fn unbind<I: Identity>(call: &mut Call<'_>) -> Reply {
    grants::<I>(call)?.boundary = None;
    Ok(Value::Absent)
}

pub fn attached<I: Identity>(call: &mut Call<'_>) -> Reply {
    Ok(map! { "AttachedPolicies" => grants::<I>(call)?.show_attached(), "IsTruncated" => false })
}

pub fn put<I: Identity>(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (name, text) = (scope.require("PolicyName")?, scope.require("PolicyDocument")?);
    document::check(text)?;
    grants::<I>(call)?.inline.insert(name.to_owned(), text.to_owned());
    Ok(Value::Absent)
}

fn no_inline(name: &str) -> Refusal {
    no_such("policy", name)
}

pub fn get<I: Identity>(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (of, name) = (scope.require(I::NAME)?, scope.require("PolicyName")?);
    let document = grants::<I>(call)?.inline.get(name).ok_or_else(|| no_inline(name))?;
    let shown = map! { "PolicyName" => name, "PolicyDocument" => encoded(document) };
    Ok(shown.with(I::NAME, of))
}

pub fn delete<I: Identity>(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require("PolicyName")?;
    grants::<I>(call)?.inline.remove(name).map(|_| Value::Absent).ok_or_else(|| no_inline(name))
}

pub fn list<I: Identity>(call: &mut Call<'_>) -> Reply {
    let names = Value::list(grants::<I>(call)?.inline.keys());
    Ok(map! { "PolicyNames" => names, "IsTruncated" => false })
}
