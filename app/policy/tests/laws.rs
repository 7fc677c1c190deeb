//! What holds of the evaluator whatever the policies say.

use policy::{
    Policy,
    evaluate::{Account, Context, Decision, Entity, Question, Ready},
};
use proptest::prelude::*;

const ACTIONS: [&str; 3] = ["ec2:StartInstances", "ec2:DescribeInstances", "s3:GetObject"];
const RESOURCES: [&str; 3] = ["*", "arn:aws:s3:::bucket/Anna/key", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1"];
/// Keys of which a question may say nothing.
const KEYS: [&str; 3] = ["aws:SourceIp", "aws:RequestTag/team", "s3:max-keys"];

/// A question without its principal: action, resource, and what is known of each key. An empty list is a key that the request does not have.
type Asked = (&'static str, &'static str, Vec<Option<Vec<&'static str>>>);

fn question() -> impl Strategy<Value = Asked> {
    let known = prop::collection::vec(prop::option::of(values()), KEYS.len());
    (prop::sample::select(&ACTIONS[..]), prop::sample::select(&RESOURCES[..]), known)
}

fn values() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(&["10.1.2.3", "192.0.2.1", "blue", "Red", "5", "50"][..]), 0..3)
}

/// A statement that is about such questions, more often than not.
fn statement(effect: &'static [&'static str]) -> impl Strategy<Value = String> {
    let action = prop::sample::select(&["\"*\"", "\"ec2:*\"", "\"s3:Get*\"", "[\"ec2:Start?nstances\",\"s3:*\"]", "\"iam:*\""][..]);
    let resource = prop::sample::select(
        &[
            "\"*\"",
            "\"arn:aws:s3:::bucket/${aws:username}/*\"",
            "[\"arn:aws:ec2:*:*:instance/*\"]",
            "\"arn:aws:s3:::${aws:RequestTag/team, 'bucket'}/*\"",
        ][..],
    );
    let condition = prop::sample::select(
        &[
            "",
            r#","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#,
            r#","Condition":{"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8"]}}"#,
            r#","Condition":{"StringLikeIfExists":{"aws:RequestTag/team":"b*"},"NumericLessThan":{"s3:max-keys":"10"}}"#,
            r#","Condition":{"ForAllValues:StringEquals":{"aws:RequestTag/team":["blue","Red"]}}"#,
            r#","Condition":{"ForAnyValue:StringNotEqualsIgnoreCase":{"aws:RequestTag/team":"red"}}"#,
            r#","Condition":{"Null":{"aws:RequestTag/team":"true"}}"#,
            r#","Condition":{"StringEquals":{"aws:RequestTag/team":"${aws:username}"}}"#,
        ][..],
    );
    let turned = (any::<bool>(), any::<bool>());
    (prop::sample::select(effect), action, resource, condition, turned).prop_map(|(effect, action, resource, condition, (a, r))| {
        let (a, r) = (if a { "NotAction" } else { "Action" }, if r { "NotResource" } else { "Resource" });
        format!(r#"{{"Effect":"{effect}","{a}":{action},"{r}":{resource}{condition}}}"#)
    })
}

const BOTH: &[&str] = &["Allow", "Allow", "Deny"];

fn statements() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(statement(BOTH), 0..5)
}

fn document(statements: &[String]) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

fn decide(policy: Ready, boundary: Option<&String>, (action, resource, known): &Asked) -> Decision {
    let mut account = Account::new();
    let boundary =
        boundary.map(|statement| account.add_policy(Ready::parse(&document(std::slice::from_ref(statement))).expect("it is JSON")));
    let policies = vec![account.add_policy(policy)];
    let arn = "arn:aws:iam::111122223333:user/Anna";
    let anna = account.add_principal(Entity { arn, policies, boundary, ..Entity::default() });
    let given = KEYS.iter().zip(known).filter_map(|(key, values)| Some((key, values.as_ref()?)));
    let context = given.fold(Context::new(), |context, (key, values)| context.with_all(key, values.iter().copied()));
    account.ask(anna, &Question { action, resource, context: &context, resource_policy: None, session: None, guardrails: &[] })
}

fn of(statements: &[String], boundary: Option<&String>, asked: &Asked) -> Decision {
    decide(Ready::parse(&document(statements)).expect("it is JSON"), boundary, asked)
}

/// How much is open: nothing, perhaps something, all that is asked.
fn openness(decision: &Decision) -> u8 {
    match decision {
        Decision::ExplicitDeny(_) | Decision::ImplicitDeny(_) => 0,
        Decision::Depends { .. } => 1,
        Decision::Allowed(_) => 2,
    }
}

/// What is said, whichever statement says it.
fn said(decision: &Decision) -> (u8, Vec<String>) {
    match decision {
        Decision::Allowed(_) => (0, vec![]),
        Decision::ExplicitDeny(_) => (1, vec![]),
        Decision::ImplicitDeny(_) => (2, vec![]),
        Decision::Depends { on, .. } => (3, on.clone()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn one_more_deny_opens_nothing(all in statements(), deny in statement(&["Deny"]), boundary in prop::option::of(statement(BOTH)), asked in question()) {
        let before = of(&all, boundary.as_ref(), &asked);
        let after = of(&[all, vec![deny]].concat(), boundary.as_ref(), &asked);
        prop_assert!(openness(&after) <= openness(&before), "{before:?} became {after:?}");
    }

    #[test]
    fn one_more_allow_closes_nothing(all in statements(), allow in statement(&["Allow"]), boundary in prop::option::of(statement(BOTH)), asked in question()) {
        let before = of(&all, boundary.as_ref(), &asked);
        let after = of(&[all, vec![allow]].concat(), boundary.as_ref(), &asked);
        prop_assert!(openness(&after) >= openness(&before), "{before:?} became {after:?}");
    }

    #[test]
    fn a_boundary_opens_nothing(all in statements(), boundary in statement(BOTH), asked in question()) {
        prop_assert!(openness(&of(&all, Some(&boundary), &asked)) <= openness(&of(&all, None, &asked)));
    }

    #[test]
    fn the_order_of_statements_says_nothing((all, shuffled) in statements().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())), asked in question()) {
        prop_assert_eq!(said(&of(&all, None, &asked)), said(&of(&shuffled, None, &asked)));
    }

    #[test]
    fn what_is_read_and_written_again_says_the_same(all in statements(), indent in 0..5usize, asked in question()) {
        let text = document(&all);
        let policy = Policy::parse(&text).expect("it is JSON");
        let again = Policy::parse(&policy.to_text(indent)).expect("it is JSON");
        prop_assert_eq!(decide(Ready::new(&policy), None, &asked), decide(Ready::new(&again), None, &asked));
        // Also where nothing is left of how it was written.
        let mut anew = Policy::new();
        anew.statements.clone_from(&policy.statements);
        let anew = Policy::parse(&anew.to_text(indent)).expect("it is JSON");
        prop_assert_eq!(decide(Ready::new(&policy), None, &asked), decide(Ready::new(&anew), None, &asked));
    }

    /// An answer that does not depend on what is not known stays as it is when that becomes known.
    #[test]
    fn what_is_certain_stays_so(all in statements(), boundary in prop::option::of(statement(BOTH)), asked in question(), more in prop::collection::vec(values(), KEYS.len())) {
        let before = of(&all, boundary.as_ref(), &asked);
        let known = asked.2.iter().zip(more).map(|(known, more)| known.clone().or(Some(more))).collect();
        let after = of(&all, boundary.as_ref(), &(asked.0, asked.1, known));
        prop_assert!(!matches!(after, Decision::Depends { .. }), "everything is known: {after:?}");
        if !matches!(before, Decision::Depends { .. }) {
            // Which of all that says no says it first is another matter.
            prop_assert_eq!(openness(&before), openness(&after));
        }
    }
}
