//! Who can do what: questions about users and roles, and answers with the statements that decide.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use serde::{Deserialize, Serialize};

use crate::{error::FieldErrors, kind::Kind};

/// What somebody wants to know: of one user or role, or, without a principal, of all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// ARN of a user or role; empty where everybody is meant.
    pub principal: String,
    /// `ec2:StartInstances`, without wildcards.
    pub actions: Vec<String>,
    /// ARN of what it is done to; empty or `*` where it is nothing in particular.
    pub resource: String,
    /// What else the request would say.
    pub given: Vec<Given>,
}

/// A condition key with the values that a request has for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub key: String,
    pub values: Vec<String>,
}

impl Question {
    pub const MAX_ACTIONS: usize = 50;
    const MAX_GIVEN: usize = 30;
    /// No ARN and no value of a condition key is longer.
    const MAX_TEXT: usize = 2_048;

    /// ARN of what it is done to, or `*`.
    pub fn resource(&self) -> &str {
        if self.resource.is_empty() { "*" } else { &self.resource }
    }

    /// What is wrong with a question about one principal, by field.
    pub fn check(&self) -> FieldErrors {
        let mut errors = self.check_who();
        if self.sort().is_none() {
            errors.insert("principal".to_owned(), "Choose a user or a role, or enter the ARN of one.".to_owned());
        }
        errors
    }

    /// What is wrong with a question about everybody, by field: it is about one action.
    pub fn check_one(&self) -> FieldErrors {
        let mut errors = self.check_who();
        if self.actions.len() > 1 {
            errors.insert("actions".to_owned(), "Choose one action only.".to_owned());
        }
        errors
    }

    /// What is wrong with it, whoever it is about.
    fn check_who(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut wrong = |field: &str, message: String| _ = errors.insert(field.to_owned(), message);
        let odd = self.actions.iter().find(|action| !is_action(action));
        if self.actions.is_empty() {
            wrong("actions", "Choose an action.".to_owned());
        } else if self.actions.len() > Self::MAX_ACTIONS {
            wrong("actions", format!("Choose at most {} actions.", Self::MAX_ACTIONS));
        } else if let Some(odd) = odd {
            wrong("actions", format!("{odd:?} is no single action: write it as in ec2:StartInstances, without wildcards."));
        }
        let resource = self.resource();
        if resource.len() > Self::MAX_TEXT || (resource != "*" && !is_arn(resource)) {
            wrong("resource", "Enter an ARN, or * for nothing in particular.".to_owned());
        }
        let is_odd = |given: &Given| {
            let values = given.values.iter().all(|value| !value.is_empty() && value.len() <= Self::MAX_TEXT);
            !given.key.contains(':') || given.key.contains(char::is_whitespace) || given.values.is_empty() || !values
        };
        if self.given.len() > Self::MAX_GIVEN || self.given.iter().any(is_odd) {
            wrong(
                "given",
                format!("Write a key and a value on each line, as in aws:SourceIp = 192.0.2.1; at most {} keys.", Self::MAX_GIVEN),
            );
        }
        errors
    }

    /// Whether it is a user or a role who is asked about, and what it is called.
    pub fn sort(&self) -> Option<(Kind, &str)> {
        sort(&self.principal)
    }
}

/// Whether an ARN is a user's or a role's, and what it is called.
pub fn sort(arn: &str) -> Option<(Kind, &str)> {
    let path = Some(arn).filter(|arn| arn.starts_with("arn:") && arn.len() <= Question::MAX_TEXT)?.splitn(6, ':').nth(5)?;
    let (kind, name) =
        [(Kind::User, "user/"), (Kind::Role, "role/")].into_iter().find_map(|(kind, begin)| Some((kind, path.strip_prefix(begin)?)))?;
    name.rsplit('/').next().filter(|name| !name.is_empty()).map(|name| (kind, name))
}

fn is_action(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
    text.len() <= 128 && text.split_once(':').is_some_and(|(service, name)| is_word(service) && is_word(name))
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.split(':').count() >= 6 && !text.contains(char::is_whitespace)
}

/// Who answered: the cloud's own simulator knows more than the console can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnsweredBy {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
    Cloud,
    /// The console, from the policies that it could read.
    Console,
}

/// What one principal may do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    pub by: AnsweredBy,
    /// Why the cloud did not answer itself, in its words; empty where it did.
    pub why: String,
    /// What could not be read, so that the answer may be another.
    pub unread: Vec<String>,
    /// One for each action, in the order of the question.
    pub answers: Vec<Answer>,
}

/// Whether one action is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub action: String,
    pub verdict: Verdict,
    /// The statements that decide; none where nothing allows it.
    pub statements: Vec<Deciding>,
    /// The policies that do not allow it, where that is why.
    pub not_by: Option<Layer>,
    /// Condition keys of which the question says nothing and on which the answer depends.
    pub missing: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Allowed,
    /// A statement denies it, whatever allows it.
    Denied,
    /// Nothing allows it.
    NotAllowed,
    /// It depends on condition keys of which the question says nothing.
    Depends,
}

/// Which policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Those of the user or role, and of the user's groups.
    Identity,
    Boundary,
    /// That of the resource; of a role, its trust policy.
    Resource,
    Organization,
}

/// A statement that decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deciding {
    pub layer: Layer,
    /// The policy's name.
    pub policy: String,
    /// The policy's ARN; empty where it is part of its holder.
    pub arn: String,
    /// The group through which it applies, or the identity that the policy is part of.
    pub holder: Option<Holder>,
    /// From 1; nothing where the cloud did not say which, or the policy could not be read.
    pub statement: Option<usize>,
    /// What the statement is called; empty where it has no name.
    pub sid: String,
    /// The statement as it is written; empty where it could not be read.
    pub text: String,
}

/// A user, group or role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub kind: Kind,
    pub name: String,
}

/// Who may do one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Allowed {
    /// Users first, then roles, by name: those who may, or may if conditions hold.
    pub principals: Vec<Able>,
    /// How many users and roles were looked at.
    pub asked: usize,
    /// As in [`Answers::unread`].
    pub unread: Vec<String>,
}

/// Somebody who may do it, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Able {
    pub arn: String,
    pub kind: Kind,
    pub name: String,
    pub answer: Answer,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        Question {
            principal: "arn:aws:iam::123456789012:user/engineering/amara".into(),
            actions: vec!["ec2:StartInstances".into()],
            resource: "arn:aws:ec2:us-east-1:123456789012:instance/i-1".into(),
            given: vec![Given { key: "aws:SourceIp".into(), values: vec!["192.0.2.1".into()] }],
        }
    }

    #[test]
    fn what_is_no_question_is_said_by_field() {
        assert!(question().check().is_empty());
        assert!(Question { principal: String::new(), resource: String::new(), ..question() }.check_one().is_empty());
        let two = vec!["ec2:StartInstances".to_owned(), "ec2:StopInstances".to_owned()];
        assert!(Question { actions: two.clone(), ..question() }.check().is_empty());
        assert!(Question { actions: two, ..question() }.check_one().contains_key("actions"));
        let wrong = |question: Question| question.check().into_keys().collect::<Vec<_>>();
        assert_eq!(wrong(Question { principal: "amara".into(), ..question() }), ["principal"]);
        assert_eq!(wrong(Question { principal: "arn:aws:iam::123456789012:group/developers".into(), ..question() }), ["principal"]);
        assert_eq!(wrong(Question { principal: "arn:aws:iam::123456789012:root".into(), ..question() }), ["principal"]);
        for actions in [vec![], vec!["ec2:*".to_owned()], vec!["ec2".to_owned()], vec!["ec2:A b".to_owned()], vec!["a:B".to_owned(); 51]] {
            assert_eq!(wrong(Question { actions, ..question() }), ["actions"]);
        }
        for resource in ["i-1", "arn:aws:ec2", "arn:aws:ec2:::instance/a b"] {
            assert_eq!(wrong(Question { resource: resource.into(), ..question() }), ["resource"]);
        }
        for (key, values) in [("SourceIp", vec!["1"]), ("aws:SourceIp", vec![]), ("aws:SourceIp", vec![""]), ("aws: x", vec!["1"])] {
            let given = vec![Given { key: key.into(), values: values.into_iter().map(Into::into).collect() }];
            assert_eq!(wrong(Question { given, ..question() }), ["given"]);
        }
    }

    #[test]
    fn an_arn_says_what_it_is_and_how_it_is_called() {
        assert_eq!(sort("arn:aws:iam::123456789012:user/engineering/amara"), Some((Kind::User, "amara")));
        assert_eq!(sort("arn:aws-cn:iam::123456789012:role/web"), Some((Kind::Role, "web")));
        for other in ["", "web", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:user/", "arn:aws:sts::1:assumed-role/a/b"] {
            assert_eq!(sort(other), None, "{other}");
        }
    }
}
