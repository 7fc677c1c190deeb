//! The policy simulator: what the policies of a user, a group or a role say to a request.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use policy::{
    Lines, Span,
    evaluate::{Account, Context, Decision, Entity, Layer, PolicyId, PrincipalId, Question, Ready, Source},
    model,
};

use crate::{
    iam::{Grants, Iam, constraint, no_such},
    ops::{Call, Reply, policy::no_policy},
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    tag::Tags,
};

/// Whoever is simulated, with the texts of what it has.
#[derive(Default)]
struct Simulated {
    account: Account,
    /// By the number of their `PolicyId`: what the simulator calls a policy, its sort, and its text.
    texts: Vec<(String, &'static str, String)>,
}

/// Who is asked about.
struct Who<'a> {
    arn: String,
    id: &'a str,
    tags: Option<&'a Tags>,
    /// With their sort and name: its own, and those of its groups.
    grants: Vec<(&'static str, &'a str, &'a Grants)>,
}

pub fn of_principal(call: &mut Call<'_>) -> Reply {
    let (scope, iam) = (call.scope(), &*call.iam);
    let who = who(iam, scope.require("PolicySourceArn")?)?;
    let actions = scope.list("ActionNames");
    if actions.is_empty() {
        return Err(Refusal::missing("ActionNames"));
    }
    if let Some(odd) = actions.iter().find(|action| !action.contains(':') || action.contains(['*', '?'])) {
        return Err(Refusal::new("InvalidInput", format!("Invalid Action Name: {odd}")));
    }
    let resources = match scope.list("ResourceArns") {
        none if none.is_empty() => vec!["*"],
        some => some,
    };
    let context = given(&scope)?;
    let (simulated, principal) = Simulated::of(iam, &who)?;
    let pairs = actions.iter().flat_map(|action| resources.iter().map(move |resource| (*action, *resource)));
    let mut results: Vec<_> = pairs.map(|(action, resource)| simulated.result(principal, action, resource, &context)).collect();
    let limit = match scope.number::<usize>("MaxItems")? {
        Some(limit @ 1..=1000) => limit,
        None => 100,
        Some(limit) => return Err(constraint(limit, "maxItems", "Member must have value between 1 and 1000")),
    };
    let from = scope.number::<usize>("Marker")?.unwrap_or(0).min(results.len());
    let rest = results.split_off(from);
    let next = (rest.len() > limit).then_some(from + limit);
    let page = Value::list(rest.into_iter().take(limit));
    Ok(map! { "EvaluationResults" => page, "IsTruncated" => next.is_some(), "Marker" => next })
}

fn who<'a>(iam: &'a Iam, arn: &str) -> Result<Who<'a>, Refusal> {
    let path = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let (sort, rest) = path.split_once('/').unwrap_or((path, ""));
    let name = rest.rsplit('/').next().unwrap_or_default();
    let found = match sort {
        "user" => iam.users.get_key_value(name).map(|(name, user)| {
            let groups = iam.groups.iter().filter(|(_, group)| group.users.contains(name));
            let own = ("user", &**name, &user.grants);
            let grants = [own].into_iter().chain(groups.map(|(name, group)| ("group", &**name, &group.grants))).collect();
            Who { arn: user.entity.arn(&iam.account, "user", name), id: &user.entity.id, tags: Some(&user.tags), grants }
        }),
        "group" => iam.groups.get_key_value(name).map(|(name, group)| {
            let grants = vec![("group", &**name, &group.grants)];
            Who { arn: group.entity.arn(&iam.account, "group", name), id: &group.entity.id, tags: None, grants }
        }),
        "role" => iam.roles.get_key_value(name).map(|(name, role)| {
            let grants = vec![("role", &**name, &role.grants)];
            Who { arn: role.entity.arn(&iam.account, "role", name), id: &role.entity.id, tags: Some(&role.tags), grants }
        }),
        _ => return Err(Refusal::new("InvalidInput", format!("Invalid Entity Arn: {arn} does not clearly define entity type and name."))),
    };
    found.filter(|who| who.arn == arn).ok_or_else(|| no_such(sort, name))
}

/// What is said of the request.
fn given(scope: &Scope<'_>) -> Result<Context, Refusal> {
    scope
        .structures("ContextEntries")
        .iter()
        .try_fold(Context::new(), |context, entry| Ok(context.with_all(entry.require("ContextKeyName")?, entry.list("ContextKeyValues"))))
}

impl Simulated {
    fn of(iam: &Iam, who: &Who<'_>) -> Result<(Self, PrincipalId), Refusal> {
        let mut simulated = Self::default();
        let (mut policies, mut boundary) = (vec![], None);
        for (sort, name, grants) in &who.grants {
            for arn in &grants.attached {
                policies.push(simulated.managed(iam, arn)?);
            }
            for (inline, document) in &grants.inline {
                policies.push(simulated.policy(format!("{sort}_{name}_{inline}"), sort, document));
            }
            if let Some(arn) = &grants.boundary {
                boundary = Some(simulated.managed(iam, arn)?);
            }
        }
        let tags: Option<Vec<_>> = who.tags.map(|tags| tags.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect());
        let entity = Entity { arn: &who.arn, id: Some(who.id), tags: tags.as_deref(), policies, groups: vec![], boundary };
        let principal = simulated.account.add_principal(entity);
        Ok((simulated, principal))
    }

    fn managed(&mut self, iam: &Iam, arn: &str) -> Result<PolicyId, Refusal> {
        let policy = iam.policies.get(arn).ok_or_else(|| no_policy(arn))?;
        let sort = if policy.is_aws { "aws-managed" } else { "user-managed" };
        Ok(self.policy(policy.name.clone(), sort, &policy.default_version().document))
    }

    fn policy(&mut self, called: String, sort: &'static str, document: &str) -> PolicyId {
        self.texts.push((called, sort, document.to_owned()));
        self.account.add_policy(Ready::parse(document).unwrap_or_default())
    }

    /// What is not given is taken for absent, and said to be missing.
    fn result(&self, principal: PrincipalId, action: &str, resource: &str, given: &Context) -> Value {
        let ask = |context: &Context| {
            self.account.ask(principal, &Question { action, resource, context, resource_policy: None, session: None, guardrails: &[] })
        };
        let missing = match ask(given) {
            Decision::Depends { on, .. } => on,
            _ => vec![],
        };
        let decision = ask(&given.clone().closed());
        let (word, by, is_bounded) = match &decision {
            Decision::Allowed(by) => ("allowed", Some(by), true),
            Decision::ExplicitDeny(by) => ("explicitDeny", Some(by), true),
            Decision::ImplicitDeny(layer) => ("implicitDeny", None, *layer != Layer::Boundary),
            Decision::Depends { .. } => ("implicitDeny", None, true),
        };
        let boundary = (!is_bounded).then(|| map! { "AllowedByPermissionsBoundary" => false });
        map! {
            "EvalActionName" => action,
            "EvalResourceName" => resource,
            "EvalDecision" => word,
            "MatchedStatements" => Value::list(by.map(|by| self.statement(by))),
            "MissingContextValues" => Value::list(missing),
            "PermissionsBoundaryDecisionDetail" => boundary,
        }
    }

    fn statement(&self, by: &Source) -> Value {
        let (called, sort, document) = &self.texts[by.policy];
        let span = model::places(document).get(by.statement).copied().unwrap_or_default();
        map! {
            "SourcePolicyId" => called,
            "SourcePolicyType" => *sort,
            "StartPosition" => place(document, Span::new(span.start, span.start)),
            "EndPosition" => place(document, Span::new(span.end, span.end)),
        }
    }
}

fn place(document: &str, at: Span) -> Value {
    let position = Lines::new(document).position(at.start);
    map! { "Line" => position.line, "Column" => position.column }
}

#[cfg(test)]
mod tests {
    use crate::{
        DemoCloud, DemoConfig, STANDING_KEYS,
        testing::{Caller, text_of, texts_of},
    };

    fn caller() -> Caller {
        let cloud = DemoCloud::new(DemoConfig::default()).unwrap();
        let (_, id, secret) = STANDING_KEYS.iter().find(|(name, ..)| *name == "demo").unwrap();
        Caller::new(&cloud, id, secret)
    }

    async fn simulate(caller: &Caller, principal: &str, more: &[(&str, &str)]) -> (u16, String) {
        let arn = format!("arn:aws:iam::123456789012:{principal}");
        caller.call("iam", "SimulatePrincipalPolicy", &[&[("PolicySourceArn", arn.as_str())], more].concat()).await
    }

    #[tokio::test]
    async fn the_statement_that_decides_is_named_with_its_place() {
        let caller = caller();
        let actions = [("ActionNames.member.1", "ec2:StartInstances"), ("ActionNames.member.2", "ec2:TerminateInstances")];
        let (status, body) = simulate(&caller, "user/operations/farid", &actions).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(texts_of(&body, "EvalDecision"), ["allowed", "implicitDeny"]);
        assert_eq!(text_of(&body, "SourcePolicyId"), Some("group_operations_restart-instances"));
        assert_eq!((text_of(&body, "SourcePolicyType"), text_of(&body, "Line")), (Some("group"), Some("1")));
        let (_, first) = simulate(&caller, "user/operations/farid", &[&actions[..], &[("MaxItems", "1")]].concat()).await;
        assert_eq!((texts_of(&first, "EvalActionName"), text_of(&first, "Marker")), (vec!["ec2:StartInstances"], Some("1")));
        let (_, second) = simulate(&caller, "user/operations/farid", &[&actions[..], &[("Marker", "1")]].concat()).await;
        assert_eq!((texts_of(&second, "EvalActionName"), text_of(&second, "IsTruncated")), (vec!["ec2:TerminateInstances"], Some("false")));
    }

    #[tokio::test]
    async fn what_is_not_given_is_missing_and_taken_for_absent() {
        let caller = caller();
        let document = r#"{"Version":"2012-10-17","Statement":[
            {"Effect":"Deny","Action":"ec2:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}"#;
        let put = [("UserName", "elena"), ("PolicyName", "near"), ("PolicyDocument", document)];
        assert_eq!(caller.call("iam", "PutUserPolicy", &put).await.0, 200);
        let asked = [("ActionNames.member.1", "ec2:StartInstances")];
        let (_, body) = simulate(&caller, "user/operations/elena", &asked).await;
        assert_eq!(
            (text_of(&body, "EvalDecision"), texts_of(&body, "MissingContextValues")),
            (Some("explicitDeny"), vec!["<member>aws:SourceIp</member>"])
        );
        let near =
            [("ContextEntries.member.1.ContextKeyName", "aws:SourceIp"), ("ContextEntries.member.1.ContextKeyValues.member.1", "10.1.2.3")];
        let (_, body) = simulate(&caller, "user/operations/elena", &[&asked[..], &near].concat()).await;
        assert_eq!((text_of(&body, "EvalDecision"), text_of(&body, "SourcePolicyId")), (Some("allowed"), Some("AdministratorAccess")));
    }

    #[tokio::test]
    async fn what_is_no_question_is_refused() {
        let caller = caller();
        let asked = [("ActionNames.member.1", "ec2:StartInstances")];
        for (principal, params, code) in [
            ("user/nobody", &asked[..], "NoSuchEntity"),
            ("user/farid", &asked[..], "NoSuchEntity"),
            ("root", &asked[..], "InvalidInput"),
            ("role/web-server", &[][..], "MissingParameter"),
            ("role/web-server", &[("ActionNames.member.1", "ec2:*")][..], "InvalidInput"),
        ] {
            let (_, body) = simulate(&caller, principal, params).await;
            assert_eq!(text_of(&body, "Code"), Some(code), "{principal}: {body}");
        }
    }
}
