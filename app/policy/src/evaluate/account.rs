//! The users, groups, roles and policies of an account, to be asked.

use super::{
    context::{Context, Facts},
    decision::{Decision, Layer, Layers, Question},
    principal::Asking,
    ready::Ready,
    scan::{Asked, Scan, source},
};

/// A policy of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub usize);

/// A group of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub usize);

/// A user or role of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrincipalId(pub usize);

/// An account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    policies: Vec<Ready>,
    /// Which say the same whoever asks.
    is_fixed: Vec<bool>,
    groups: Vec<Vec<PolicyId>>,
    principals: Vec<Principal>,
}

/// A user or a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A user.
    User,
    /// A role.
    Role,
}

/// A user or role with what hangs on it.
#[derive(Clone, Debug, Default)]
pub struct Entity<'a> {
    /// Its ARN, which says what it is, its account and its name.
    pub arn: &'a str,
    /// Its unique id, where it is known.
    pub id: Option<&'a str>,
    /// Its tags, where they are known.
    pub tags: Option<&'a [(String, String)]>,
    /// Its policies, managed and inline.
    pub policies: Vec<PolicyId>,
    /// The groups that it is in.
    pub groups: Vec<GroupId>,
    /// Its permissions boundary.
    pub boundary: Option<PolicyId>,
}

#[derive(Clone, Debug)]
struct Principal {
    arn: String,
    account: String,
    kind: EntityKind,
    facts: Context,
    policies: Vec<PolicyId>,
    groups: Vec<GroupId>,
    boundary: Option<PolicyId>,
}

impl Account {
    /// An account of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a policy, managed or inline.
    pub fn add_policy(&mut self, policy: Ready) -> PolicyId {
        self.is_fixed.push(policy.is_fixed());
        self.policies.push(policy);
        PolicyId(self.policies.len() - 1)
    }

    /// Takes in a group.
    pub fn add_group(&mut self, policies: Vec<PolicyId>) -> GroupId {
        self.groups.push(policies);
        GroupId(self.groups.len() - 1)
    }

    /// Takes in a user or role.
    pub fn add_principal(&mut self, entity: Entity<'_>) -> PrincipalId {
        let (kind, account, facts) = facts(&entity);
        let Entity { arn, policies, groups, boundary, .. } = entity;
        self.principals.push(Principal { arn: arn.to_owned(), account, kind, facts, policies, groups, boundary });
        PrincipalId(self.principals.len() - 1)
    }

    /// Everybody who was taken in.
    pub fn principals(&self) -> impl Iterator<Item = PrincipalId> {
        (0..self.principals.len()).map(PrincipalId)
    }

    /// The ARN of a user or role.
    pub fn arn(&self, principal: PrincipalId) -> &str {
        &self.principals[principal.0].arn
    }

    /// Whether it is a user or a role.
    pub fn kind(&self, principal: PrincipalId) -> EntityKind {
        self.principals[principal.0].kind
    }

    /// Whether a user or role can do it, and by what.
    pub fn ask(&self, principal: PrincipalId, question: &Question<'_>) -> Decision {
        self.answer(&self.principals[principal.0], question, &question.action.to_ascii_lowercase(), &mut [])
    }

    /// Everybody who can do it, or perhaps can. What a policy says to everybody alike is looked up once.
    pub fn who_can(&self, question: &Question<'_>) -> Vec<(PrincipalId, Decision)> {
        let action = question.action.to_ascii_lowercase();
        let mut kept = vec![None; self.policies.len()];
        let answers = self.principals().map(|id| (id, self.answer(&self.principals[id.0], question, &action, &mut kept)));
        answers.filter(|(_, decision)| matches!(decision, Decision::Allowed(_) | Decision::Depends { .. })).collect()
    }

    fn answer(&self, principal: &Principal, question: &Question<'_>, action: &str, kept: &mut [Option<Scan>]) -> Decision {
        let asked = Asked { action, resource: question.resource, facts: Facts { principal: &principal.facts, request: question.context } };
        let mut identity = Scan::default();
        for id in &principal.policies {
            self.look(&mut identity, *id, Layer::Identity, asked, kept);
        }
        for group in &principal.groups {
            for id in &self.groups[group.0] {
                self.look(&mut identity, *id, Layer::Group(*group), asked, kept);
            }
        }
        let boundary = principal.boundary.map(|id| {
            let mut scan = Scan::default();
            self.look(&mut scan, id, Layer::Boundary, asked, kept);
            scan
        });
        let session = question.session.filter(|session| !session.policies.is_empty()).map(|session| {
            let mut scan = Scan::default();
            for (index, policy) in session.policies.iter().enumerate() {
                scan.add(policy, asked, |statement| source(Layer::Session, index, statement));
            }
            scan
        });
        let asking = Asking {
            arn: &principal.arn,
            account: &principal.account,
            session: question.session.map(|session| session.arn),
            is_role: principal.kind == EntityKind::Role,
        };
        Layers { identity, boundary, session, asking, asked }.decide(question)
    }

    /// Adds what a policy says, or said before to the same question. Nothing is kept where there is no room for it.
    fn look(&self, scan: &mut Scan, id: PolicyId, layer: Layer, asked: Asked<'_>, kept: &mut [Option<Scan>]) {
        let policy = &self.policies[id.0];
        let from = |statement: &_| source(layer, id.0, statement);
        match kept.get_mut(id.0).filter(|_| self.is_fixed[id.0]) {
            Some(place) => {
                let said = place.get_or_insert_with(|| {
                    let mut said = Scan::default();
                    said.add(policy, asked, from);
                    said
                });
                scan.join(said, |source| super::Source { layer, ..source.clone() });
            }
            None => scan.add(policy, asked, from),
        }
    }
}

/// What follows from who asks. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
fn facts(entity: &Entity<'_>) -> (EntityKind, String, Context) {
    let mut fields = entity.arn.splitn(6, ':').skip(4);
    let account = fields.next().unwrap_or_default().to_owned();
    let path = fields.next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let kind = if path.starts_with("role/") { EntityKind::Role } else { EntityKind::User };
    let mut facts = Context::new()
        .with("aws:PrincipalArn", entity.arn)
        .with("aws:PrincipalAccount", &account)
        .with("aws:PrincipalIsAWSService", "false")
        .without("aws:PrincipalServiceName");
    match kind {
        EntityKind::User => {
            facts = facts.with("aws:PrincipalType", "User").with("aws:username", name);
            if let Some(id) = entity.id {
                facts = facts.with("aws:userid", id);
            }
        }
        EntityKind::Role => facts = facts.with("aws:PrincipalType", "AssumedRole").without("aws:username"),
    }
    if let Some(tags) = entity.tags {
        facts = facts.closed_under("aws:PrincipalTag/");
        for (key, value) in tags {
            facts = facts.with(&format!("aws:PrincipalTag/{key}"), value);
        }
    }
    (kind, account, facts)
}
