//! The users, groups, roles and policies that were read, made ready to be asked.

use std::collections::HashMap;

use api::{
    access::{Able, Allowed, Answer, Holder, Question},
    error::ApiError,
    group::Group,
    kind::Kind,
    permissions::Permissions,
    role::Role,
    tag::Tag,
    user::User,
};
use policy::evaluate::{self, Account, Context, Decision, Entity, GroupId, PolicyId, PrincipalId, Ready, ResourcePolicy};

use super::{given::context, told};
use crate::error::not_found;

/// What was read of an account.
#[derive(Default)]
pub struct Found {
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    pub roles: Vec<Role>,
    /// The texts of managed policies, by ARN.
    pub documents: HashMap<String, String>,
}

/// Policies that can be asked as often as one likes.
#[derive(Debug, Default)]
pub struct Known {
    account: Account,
    /// By the number of their `PolicyId`.
    pub(super) policies: Vec<Text>,
    /// By the number of their `GroupId`.
    pub(super) groups: Vec<Members>,
    /// By the number of their `PrincipalId`.
    principals: Vec<Person>,
    by_arn: HashMap<String, PrincipalId>,
    /// The trust policies of roles, by ARN.
    trusts: HashMap<String, Trust>,
}

/// A policy as it is called and written.
#[derive(Debug)]
pub(super) struct Text {
    pub name: String,
    /// Empty where it is part of its holder.
    pub arn: String,
    pub holder: Option<Holder>,
    pub document: String,
}

/// What a group gives to its users.
#[derive(Debug)]
pub(super) struct Members {
    pub name: String,
    pub policies: Vec<PolicyId>,
    unread: Vec<String>,
}

/// A user or a role.
#[derive(Debug)]
pub(super) struct Person {
    kind: Kind,
    name: String,
    pub policies: Vec<PolicyId>,
    pub groups: Vec<GroupId>,
    pub boundary: Option<PolicyId>,
    unread: Vec<String>,
}

/// Who may take a role on.
#[derive(Debug)]
pub(super) struct Trust {
    pub role: String,
    pub document: String,
    ready: Ready,
}

/// Takes what was read in, each managed policy once.
struct Taking {
    known: Known,
    documents: HashMap<String, String>,
    managed: HashMap<String, Option<PolicyId>>,
}

impl Found {
    /// The ARNs of policies that somebody has and whose texts are not there yet.
    pub fn missing(&self) -> Vec<String> {
        let permissions = self.users.iter().filter_map(|user| user.permissions.as_ref());
        let permissions = permissions.chain(self.groups.iter().filter_map(|group| group.permissions.as_ref()));
        let permissions = permissions.chain(self.roles.iter().filter_map(|role| role.permissions.as_ref()));
        let arns = permissions.flat_map(|one| one.attached.iter().map(|policy| &policy.arn).chain([&one.boundary]));
        let mut missing: Vec<_> = arns.filter(|arn| !arn.is_empty() && !self.documents.contains_key(*arn)).cloned().collect();
        missing.sort();
        missing.dedup();
        missing
    }
}

impl Known {
    pub(super) fn of(found: Found) -> Self {
        let Found { users, groups, roles, documents } = found;
        let mut taking = Taking { known: Self::default(), documents, managed: HashMap::new() };
        let mut ids = HashMap::new();
        for group in groups {
            let (policies, _, unread) = taking.permissions(Kind::Group, &group.name, group.permissions.as_ref());
            ids.insert(group.name.clone(), taking.known.account.add_group(policies.clone()));
            taking.known.groups.push(Members { name: group.name, policies, unread });
        }
        for user in users {
            let mut person = taking.person(Kind::User, &user.name, user.permissions.as_ref());
            for name in user.groups.iter().flatten() {
                match ids.get(name) {
                    Some(id) => person.groups.push(*id),
                    None => person.unread.push(name.clone()),
                }
            }
            taking.add(&user.arn, &user.user_id, &user.tags, person);
        }
        for role in roles {
            let person = taking.person(Kind::Role, &role.name, role.permissions.as_ref());
            taking.add(&role.arn, &role.role_id, &role.tags, person);
            if let Some(ready) = Ready::parse(&role.trust) {
                taking.known.trusts.insert(role.arn, Trust { role: role.name, document: role.trust, ready });
            }
        }
        taking.known
    }

    /// What a principal may do, and what of its policies could not be read.
    pub fn answers(&self, question: &Question) -> Result<(Vec<Answer>, Vec<String>), ApiError> {
        let id =
            self.by_arn.get(&question.principal).ok_or_else(|| not_found("iam:GetAccountAuthorizationDetails", &question.principal))?;
        let context = context(&question.given);
        let answer = |action: &String| {
            let trust = self.trust(action, question);
            let decision = self.account.ask(*id, &asked(action, question, &context, trust));
            self.told(action, decision, trust)
        };
        Ok((question.actions.iter().map(answer).collect(), self.unread(*id)))
    }

    /// Everybody who may do the one action of a question, or may if conditions hold.
    pub fn allowed(&self, question: &Question) -> Allowed {
        let action = question.actions.first().map_or("", String::as_str);
        let (context, trust) = (context(&question.given), self.trust(action, question));
        let found = self.account.who_can(&asked(action, question, &context, trust));
        let able = |(id, decision): (PrincipalId, Decision)| {
            let Person { kind, name, .. } = &self.principals[id.0];
            let arn = self.account.arn(id).to_owned();
            Able { arn, kind: *kind, name: name.clone(), answer: self.told(action, decision, trust) }
        };
        let mut principals: Vec<_> = found.into_iter().map(able).collect();
        principals.sort_by(|one, other| (one.kind, &one.name, &one.arn).cmp(&(other.kind, &other.name, &other.arn)));
        let mut unread: Vec<_> = self.account.principals().flat_map(|id| self.unread(id)).collect();
        unread.sort();
        unread.dedup();
        Allowed { principals, asked: self.principals.len(), unread }
    }

    /// The one of this ARN.
    pub(super) fn person(&self, arn: &str) -> Option<&Person> {
        self.by_arn.get(arn).map(|id| &self.principals[id.0])
    }

    fn unread(&self, id: PrincipalId) -> Vec<String> {
        let person = &self.principals[id.0];
        let of_groups = person.groups.iter().flat_map(|group| &self.groups[group.0].unread);
        person.unread.iter().chain(of_groups).cloned().collect()
    }

    /// The policy of the role that is to be taken on. Of other resources no policy is read.
    fn trust(&self, action: &str, question: &Question) -> Option<&Trust> {
        let takes_on = action.to_ascii_lowercase().starts_with("sts:assumerole");
        self.trusts.get(question.resource()).filter(|_| takes_on)
    }

    fn told(&self, action: &str, decision: Decision, trust: Option<&Trust>) -> Answer {
        told::answer(self, action, decision, trust)
    }
}

fn asked<'a>(action: &'a str, question: &'a Question, context: &'a Context, trust: Option<&'a Trust>) -> evaluate::Question<'a> {
    let account = question.resource().split(':').nth(4).unwrap_or_default();
    let resource_policy = trust.map(|trust| ResourcePolicy { policy: &trust.ready, account, is_required: true });
    evaluate::Question { action, resource: question.resource(), context, resource_policy, session: None, guardrails: &[] }
}

impl Taking {
    fn person(&mut self, kind: Kind, name: &str, permissions: Option<&Permissions>) -> Person {
        let (policies, boundary, unread) = self.permissions(kind, name, permissions);
        Person { kind, name: name.to_owned(), policies, groups: vec![], boundary, unread }
    }

    fn add(&mut self, arn: &str, id: &str, tags: &[Tag], person: Person) {
        let Known { account, principals, by_arn, .. } = &mut self.known;
        let tags: Vec<_> = tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect();
        let entity = Entity {
            arn,
            id: Some(id).filter(|id| !id.is_empty()),
            tags: Some(&tags),
            policies: person.policies.clone(),
            groups: person.groups.clone(),
            boundary: person.boundary,
        };
        by_arn.insert(arn.to_owned(), account.add_principal(entity));
        principals.push(person);
    }

    /// The policies of an identity, its boundary, and what of it could not be read.
    fn permissions(&mut self, kind: Kind, name: &str, permissions: Option<&Permissions>) -> (Vec<PolicyId>, Option<PolicyId>, Vec<String>) {
        let Some(permissions) = permissions else { return (vec![], None, vec![name.to_owned()]) };
        let (mut ids, mut unread) = (vec![], vec![]);
        for policy in &permissions.attached {
            match self.managed(&policy.arn, &policy.name) {
                Some(id) => ids.push(id),
                None => unread.push(policy.arn.clone()),
            }
        }
        for policy in &permissions.inline {
            let holder = Some(Holder { kind, name: name.to_owned() });
            match self.policy(Text { name: policy.name.clone(), arn: String::new(), holder, document: policy.document.clone() }) {
                Some(id) => ids.push(id),
                None => unread.push(policy.name.clone()),
            }
        }
        let arn = permissions.boundary.as_str();
        let boundary = (!arn.is_empty()).then(|| {
            self.managed(arn, arn.rsplit('/').next().unwrap_or_default()).unwrap_or_else(|| {
                unread.push(arn.to_owned());
                // What is not known to lie within the boundary is not said to be allowed.
                self.add_policy(Text { name: arn.to_owned(), arn: arn.to_owned(), holder: None, document: String::new() }, Ready::default())
            })
        });
        (ids, boundary, unread)
    }

    fn managed(&mut self, arn: &str, name: &str) -> Option<PolicyId> {
        if let Some(known) = self.managed.get(arn) {
            return *known;
        }
        let text = |document| Text { name: name.to_owned(), arn: arn.to_owned(), holder: None, document };
        let id = self.documents.remove(arn).and_then(|document| self.policy(text(document)));
        self.managed.insert(arn.to_owned(), id);
        id
    }

    fn policy(&mut self, text: Text) -> Option<PolicyId> {
        Ready::parse(&text.document).map(|ready| self.add_policy(text, ready))
    }

    fn add_policy(&mut self, text: Text, ready: Ready) -> PolicyId {
        self.known.policies.push(text);
        self.known.account.add_policy(ready)
    }
}
