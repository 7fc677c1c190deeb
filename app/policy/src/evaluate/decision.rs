//! Questions, and how they are decided.

use super::{
    context::Context,
    principal::{Asking, Named, named},
    ready::Ready,
    scan::{Asked, Scan, source},
    truth::Truth,
};

/// What is asked of an account.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// `ec2:RunInstances`
    pub action: &'a str,
    /// The ARN of what it is done to, or `*` where it is done to nothing in particular.
    pub resource: &'a str,
    /// What else is known of the request.
    pub context: &'a Context,
    /// The policy of the resource, where it has one.
    pub resource_policy: Option<ResourcePolicy<'a>>,
    /// The session that asks, where it is one.
    pub session: Option<Session<'a>>,
    /// Policies that the organization puts over the account: each of these sets has to allow.
    pub guardrails: &'a [Vec<Ready>],
}

/// A policy of a resource, or who may take a role.
#[derive(Clone, Copy, Debug)]
pub struct ResourcePolicy<'a> {
    /// The policy.
    pub policy: &'a Ready,
    /// The account that the resource is in.
    pub account: &'a str,
    /// Whether nobody gets at it by identity alone, as with roles and keys of KMS.
    pub is_required: bool,
}

/// A session of a role or of a federated user.
#[derive(Clone, Copy, Debug)]
pub struct Session<'a> {
    /// `arn:aws:sts::123456789012:assumed-role/role/session`
    pub arn: &'a str,
    /// The policies that were handed over when it began; none is no limit.
    pub policies: &'a [Ready],
}

/// Which policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Those of the user or role itself, managed and inline.
    Identity,
    /// Those of a group that the user is in.
    Group(super::GroupId),
    /// The permissions boundary.
    Boundary,
    /// Those of the session.
    Session,
    /// That of the resource.
    Resource,
    /// Those of the organization, one of their sets.
    Guardrail(usize),
}

/// A statement that decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which policies it is of.
    pub layer: Layer,
    /// Which policy: the number of its `PolicyId` for those of the account, its place in the list otherwise.
    pub policy: usize,
    /// Which statement of it.
    pub statement: usize,
    /// What the statement is called.
    pub sid: Option<String>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes, by this statement.
    Allowed(Source),
    /// No: this statement denies it, whatever allows it.
    ExplicitDeny(Source),
    /// No: these policies do not allow it.
    ImplicitDeny(Layer),
    /// It depends on condition keys of which nothing is known.
    Depends {
        /// Which.
        on: Vec<String>,
        /// The statement that has the condition.
        by: Source,
    },
}

impl Decision {
    /// Whether it is allowed for certain.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// What the layers say together.
pub struct Layers<'a> {
    pub identity: Scan,
    pub boundary: Option<Scan>,
    pub session: Option<Scan>,
    pub asking: Asking<'a>,
    pub asked: Asked<'a>,
}

/// A truth with what it rests on.
struct Grant {
    truth: Truth,
    by: Option<Source>,
    unknown: Vec<String>,
    /// The layer that does not allow.
    missing: Layer,
}

impl Grant {
    fn of(scan: &Scan, layer: Layer) -> Self {
        Self { truth: scan.allow, by: scan.allow_by.clone(), unknown: scan.allow_unknown.clone(), missing: layer }
    }

    /// Both have to allow; what allows is the first.
    fn and(self, other: Option<Self>) -> Self {
        let Some(other) = other else { return self };
        let truth = self.truth.and(other.truth);
        let missing = if self.truth == Truth::No { self.missing } else { other.missing };
        let is_others = truth == Truth::Unknown && self.truth == Truth::Yes;
        let by = if is_others { other.by } else { self.by };
        let mut unknown = if self.truth == Truth::Unknown { self.unknown } else { Vec::new() };
        if other.truth == Truth::Unknown {
            unknown.extend(other.unknown);
        }
        Self { truth, by, unknown, missing }
    }

    /// One of both has to allow.
    fn or(self, other: Self) -> Self {
        if self.truth == Truth::Unknown && other.truth == Truth::Unknown {
            let unknown = self.unknown.into_iter().chain(other.unknown).collect();
            return Self { unknown, ..other };
        }
        if other.truth > self.truth { other } else { self }
    }
}

impl Layers<'_> {
    /// Decides.
    pub fn decide(self, question: &Question<'_>) -> Decision {
        let resource = question.resource_policy.map(|with| self.resource(with));
        let guardrails: Vec<Scan> = question.guardrails.iter().enumerate().map(|(set, policies)| self.guardrail(set, policies)).collect();
        let scans = [Some(&self.identity), self.boundary.as_ref(), self.session.as_ref()].into_iter().flatten();
        let scans: Vec<&Scan> = scans.chain(resource.iter().map(|(all, _)| all)).chain(&guardrails).collect();
        if let Some(by) = scans.iter().filter(|scan| scan.deny == Truth::Yes).find_map(|scan| scan.deny_by.clone()) {
            return Decision::ExplicitDeny(by);
        }
        let limits = |grant: Grant| {
            let boundary = self.boundary.as_ref().map(|scan| Grant::of(scan, Layer::Boundary));
            grant.and(boundary).and(self.session.as_ref().map(|scan| Grant::of(scan, Layer::Session)))
        };
        let own = limits(Grant::of(&self.identity, Layer::Identity));
        let granted = match (&resource, question.resource_policy) {
            (Some((_, by)), Some(with)) => {
                let [account, entity, asker] = by.each_ref().map(|scan| Grant::of(scan, Layer::Resource));
                if with.account != self.asking.account {
                    let other_side = account.or(entity).or(asker);
                    own.and(Some(other_side))
                } else if with.is_required {
                    // The account is named: its own policies say who of it.
                    account.and(Some(own)).or(limits(entity)).or(asker)
                } else {
                    own.or(limits(entity)).or(asker)
                }
            }
            _ => own,
        };
        let granted =
            guardrails.iter().enumerate().fold(granted, |granted, (set, scan)| granted.and(Some(Grant::of(scan, Layer::Guardrail(set)))));
        let doubt = scans.iter().find(|scan| scan.deny == Truth::Unknown);
        match (granted.truth, doubt) {
            (Truth::No, _) => Decision::ImplicitDeny(granted.missing),
            (Truth::Yes, None) => granted.by.map_or(Decision::ImplicitDeny(granted.missing), Decision::Allowed),
            (truth, doubt) => {
                let mut on = if truth == Truth::Unknown { granted.unknown } else { Vec::new() };
                on.extend(scans.iter().filter(|scan| scan.deny == Truth::Unknown).flat_map(|scan| scan.deny_unknown.iter().cloned()));
                on.sort();
                on.dedup();
                let by = doubt.and_then(|scan| scan.deny_by.clone()).or(granted.by);
                by.map_or(Decision::ImplicitDeny(granted.missing), |by| Decision::Depends { on, by })
            }
        }
    }

    /// What the policy of the resource says: altogether, and by how it names who asks (account, entity, asker).
    fn resource(&self, with: ResourcePolicy<'_>) -> (Scan, [Scan; 3]) {
        let mut all = Scan::default();
        let mut by = [Scan::default(), Scan::default(), Scan::default()];
        for statement in &with.policy.statements {
            let place = match named(statement.principals.as_ref(), self.asking) {
                Named::No => continue,
                Named::Account => 0,
                Named::Entity => 1,
                Named::Asker => 2,
            };
            let from = |statement: &_| source(Layer::Resource, 0, statement);
            all.add_statement(statement, self.asked, from);
            by[place].add_statement(statement, self.asked, from);
        }
        (all, by)
    }

    fn guardrail(&self, set: usize, policies: &[Ready]) -> Scan {
        let mut scan = Scan::default();
        for (index, policy) in policies.iter().enumerate() {
            scan.add(policy, self.asked, |statement| source(Layer::Guardrail(set), index, statement));
        }
        scan
    }
}
