//! What can be done to security groups.

use serde::{Deserialize, Serialize};

use super::RulesChange;
use crate::{command::Command, error::FieldErrors, kind::Kind, resource::Mutation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum SecurityGroupAction {
    /// Of one group: what is to change follows from the rules that it has.
    ChangeRules(RulesChange),
    Delete,
}

impl Mutation for SecurityGroupAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::SecurityGroup]
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::ChangeRules(_) => &[
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
                "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
                "ec2:RevokeSecurityGroupIngress",
                "ec2:RevokeSecurityGroupEgress",
            ],
            Self::Delete => &["ec2:DeleteSecurityGroup"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        match self {
            Self::ChangeRules(change) => ids.iter().flat_map(|id| change.commands(id)).collect(),
            Self::Delete => ids.iter().map(|id| Command::ec2("delete-security-group").arg("--group-id", id)).collect(),
        }
    }

    fn check(&self) -> FieldErrors {
        match self {
            Self::ChangeRules(change) => change.check(),
            Self::Delete => FieldErrors::new(),
        }
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::ChangeRules(change) => Some(Self::ChangeRules(change.inverse())),
            Self::Delete => None,
        }
    }
}
