//! New security groups.

use serde::{Deserialize, Serialize};

use super::{Delta, Rule, RulesChange, everywhere};
use crate::{command::Command, error::FieldErrors, kind::Kind, resource::Mutation};

/// A new group with its first rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityGroupDraft {
    pub name: String,
    pub description: String,
    pub vpc_id: String,
    pub ingress: Vec<Rule>,
    /// `None` for what the cloud gives a new group: in a VPC, everything may leave.
    pub egress: Option<Vec<Rule>>,
}

impl SecurityGroupDraft {
    /// From a group as it is made to the one that is wanted.
    pub fn rules(&self, made: &[Rule]) -> RulesChange {
        let egress = self.egress.as_ref().map(|wanted| Delta::between(made, wanted)).unwrap_or_default();
        RulesChange { ingress: Delta::between(&[], &self.ingress), egress }
    }
}

impl Mutation for SecurityGroupDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::SecurityGroup]
    }

    fn operations(&self) -> &'static [&'static str] {
        match (self.ingress.is_empty(), &self.egress) {
            (true, None) => &["ec2:CreateSecurityGroup"],
            (false, None) => &["ec2:CreateSecurityGroup", "ec2:AuthorizeSecurityGroupIngress"],
            _ => &[
                "ec2:CreateSecurityGroup",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupEgress",
            ],
        }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let create = Command::ec2("create-security-group")
            .arg("--group-name", &self.name)
            .arg("--description", &self.description)
            .arg("--vpc-id", &self.vpc_id);
        std::iter::once(create).chain(self.rules(&[everywhere()]).commands("sg-NEW")).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
        for (key, text, what) in [("name", &self.name, "name"), ("description", &self.description, "description")] {
            if text.trim().is_empty() {
                errors.insert(key.into(), format!("Enter a {what}."));
            } else if text.chars().count() > 255 {
                errors.insert(key.into(), format!("A {what} has at most 255 characters."));
            } else if let Some(c) = text.chars().find(|&c| !(c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c))) {
                errors.insert(key.into(), format!("A {what} cannot hold the character {c}."));
            }
        }
        if !errors.contains_key("name") && self.name.to_ascii_lowercase().starts_with("sg-") {
            errors.insert("name".into(), "A name cannot begin with sg-.".into());
        }
        errors.extend(check_rules("ingress", &self.ingress));
        errors.extend(check_rules("egress", self.egress.as_deref().unwrap_or_default()));
        errors
    }
}

/// What is wrong with rules of one direction, by its name, their place and the field.
pub fn check_rules(direction: &str, rules: &[Rule]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for (index, rule) in rules.iter().enumerate() {
        for (field, message) in rule.check() {
            errors.insert(format!("{direction}.{index}.{field}"), message);
        }
        if rules.iter().take(index).any(|other| other.same_traffic(rule)) {
            errors.entry(format!("{direction}.{index}.peer")).or_insert("This rule is there twice.".into());
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security_group::Peer;

    #[test]
    fn a_rule_twice_and_a_reversed_range_are_found() {
        let rule = Rule {
            protocol: "tcp".into(),
            from_port: Some(22),
            to_port: Some(22),
            peer: Peer::Cidr("0.0.0.0/0".into()),
            ..Rule::default()
        };
        let reversed = Rule { from_port: Some(90), to_port: Some(80), ..rule.clone() };
        let draft = SecurityGroupDraft {
            name: "web".into(),
            description: "web".into(),
            ingress: vec![rule.clone(), Rule { description: "again".into(), ..rule }, reversed],
            ..SecurityGroupDraft::default()
        };
        let keys: Vec<_> = draft.check().into_keys().collect();
        assert_eq!(keys, ["ingress.1.peer", "ingress.2.to_port"]);
    }
}
