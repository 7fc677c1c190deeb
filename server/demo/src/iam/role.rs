//! Roles, as they are kept.

use super::{Entity, Grants, Iam, Permissions, encoded};
use crate::{
    clock::{Millis, iso},
    protocol::value::{Value, map},
    tag::Tags,
};

pub struct Role {
    pub entity: Entity,
    pub description: String,
    /// In seconds.
    pub max_session: u32,
    pub last_used_at: Option<Millis>,
    /// The trust policy, as JSON.
    pub trust: String,
    pub permissions: Permissions,
    pub grants: Grants,
    pub tags: Tags,
}

impl Iam {
    pub fn show_role(&self, name: &str, role: &Role) -> Value {
        map! {
            "Path" => &role.entity.path,
            "RoleName" => name,
            "RoleId" => &role.entity.id,
            "Arn" => role.entity.arn(&self.account, "role", name),
            "CreateDate" => iso(role.entity.created_at),
            "AssumeRolePolicyDocument" => encoded(&role.trust),
            "Description" => (!role.description.is_empty()).then_some(&role.description),
            "MaxSessionDuration" => role.max_session,
            "RoleLastUsed" => map! { "LastUsedDate" => role.last_used_at.map(iso), "Region" => role.last_used_at.map(|_| "us-east-1") },
        }
    }
}
