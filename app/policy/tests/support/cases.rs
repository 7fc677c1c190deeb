//! Cases of the evaluator: who asks for what under which policies, and what the documentation says of it.

use policy::evaluate::{Account, Context, Decision, Entity, Layer, Question, Ready, ResourcePolicy, Session};

/// What is to come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Allowed,
    Denied,
    NotAllowed(Layer),
    Depends(&'static [&'static str]),
}

/// A case. What it says nothing of is not there.
#[derive(Clone)]
pub struct Case {
    /// The page of AWS's documentation that has the rule.
    pub page: &'static str,
    arn: &'static str,
    tags: Option<Vec<(String, String)>>,
    version: &'static str,
    identity: Vec<&'static str>,
    group: Vec<&'static str>,
    boundary: Option<&'static str>,
    resource_policy: Option<(&'static str, &'static str, bool)>,
    session: Option<(&'static str, &'static [&'static str])>,
    guardrails: &'static [&'static [&'static str]],
    action: &'static str,
    resource: &'static str,
    context: Context,
}

pub const ACCOUNT: &str = "111122223333";

/// A case of a user called Anna, about an object.
pub fn on(page: &'static str) -> Case {
    Case {
        page,
        arn: "arn:aws:iam::111122223333:user/team/Anna",
        tags: None,
        version: "2012-10-17",
        identity: Vec::new(),
        group: Vec::new(),
        boundary: None,
        resource_policy: None,
        session: None,
        guardrails: &[],
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/key",
        context: Context::new(),
    }
}

impl Case {
    pub fn has(mut self, statements: &[&'static str]) -> Self {
        self.identity = statements.to_vec();
        self
    }

    pub fn in_group(mut self, statements: &[&'static str]) -> Self {
        self.group = statements.to_vec();
        self
    }

    pub fn boundary(mut self, statement: &'static str) -> Self {
        self.boundary = Some(statement);
        self
    }

    pub fn on_resource(mut self, statement: &'static str) -> Self {
        self.resource_policy = Some((statement, ACCOUNT, false));
        self
    }

    pub fn of_account(mut self, account: &'static str) -> Self {
        if let Some(policy) = &mut self.resource_policy {
            policy.1 = account;
        }
        self
    }

    pub fn required(mut self) -> Self {
        if let Some(policy) = &mut self.resource_policy {
            policy.2 = true;
        }
        self
    }

    pub fn role(mut self) -> Self {
        self.arn = "arn:aws:iam::111122223333:role/Reader";
        self
    }

    pub fn session(mut self, arn: &'static str, policies: &'static [&'static str]) -> Self {
        self.session = Some((arn, policies));
        self
    }

    pub fn under(mut self, sets: &'static [&'static [&'static str]]) -> Self {
        self.guardrails = sets;
        self
    }

    pub fn version(mut self, version: &'static str) -> Self {
        self.version = version;
        self
    }

    pub fn tagged(mut self, tags: &[(&str, &str)]) -> Self {
        self.tags = Some(tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect());
        self
    }

    pub fn asks(mut self, action: &'static str, resource: &'static str) -> Self {
        (self.action, self.resource) = (action, resource);
        self
    }

    pub fn with(mut self, key: &str, values: &[&str]) -> Self {
        self.context = self.context.with_all(key, values.iter().copied());
        self
    }

    pub fn without(mut self, key: &str) -> Self {
        self.context = self.context.without(key);
        self
    }

    fn ready(&self, statement: &str) -> Ready {
        let text = format!(r#"{{"Version":"{}","Statement":[{statement}]}}"#, self.version);
        Ready::parse(&text).unwrap_or_else(|| panic!("{text}"))
    }

    fn all(&self, statements: &[&str]) -> Vec<Ready> {
        statements.iter().map(|statement| self.ready(statement)).collect()
    }

    /// Asks.
    pub fn decide(&self) -> Decision {
        let mut account = Account::new();
        let add =
            |account: &mut Account, statements: &[&str]| self.all(statements).into_iter().map(|ready| account.add_policy(ready)).collect();
        let policies = add(&mut account, &self.identity);
        let of_group = add(&mut account, &self.group);
        let groups = vec![account.add_group(of_group)];
        let boundary = self.boundary.map(|statement| account.add_policy(self.ready(statement)));
        let id = account.add_principal(Entity {
            arn: self.arn,
            id: Some("AIDAEXAMPLE"),
            tags: self.tags.as_deref(),
            policies,
            groups,
            boundary,
        });
        let on_resource = self.resource_policy.map(|(statement, account, is_required)| (self.ready(statement), account, is_required));
        let resource_policy =
            on_resource.as_ref().map(|(policy, account, is_required)| ResourcePolicy { policy, account, is_required: *is_required });
        let handed = self.session.map(|(arn, policies)| (arn, self.all(policies)));
        let session = handed.as_ref().map(|(arn, policies)| Session { arn, policies });
        let guardrails: Vec<Vec<Ready>> = self.guardrails.iter().map(|set| self.all(set)).collect();
        let question = Question {
            action: self.action,
            resource: self.resource,
            context: &self.context,
            resource_policy,
            session,
            guardrails: &guardrails,
        };
        let decision = account.ask(id, &question);
        // The other way of asking says the same.
        let can = account.who_can(&question).into_iter().find(|(who, _)| *who == id).map(|(_, decision)| decision);
        let is_open = matches!(decision, Decision::Allowed(_) | Decision::Depends { .. });
        assert_eq!(can, is_open.then(|| decision.clone()), "{}", self.page);
        decision
    }

    /// Asks, and compares.
    #[track_caller]
    pub fn is(self, wanted: Answer) {
        let decision = self.decide();
        let came = match &decision {
            Decision::Allowed(_) => wanted == Answer::Allowed,
            Decision::ExplicitDeny(_) => wanted == Answer::Denied,
            Decision::ImplicitDeny(layer) => wanted == Answer::NotAllowed(*layer),
            Decision::Depends { on, .. } => {
                matches!(wanted, Answer::Depends(keys) if keys.iter().copied().eq(on.iter().map(String::as_str)))
            }
        };
        assert!(came, "{}\nwanted {wanted:?}, came {decision:?}", self.page);
    }
}
