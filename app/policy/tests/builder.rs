//! The parts of a policy: through them and back nothing is lost, and what is changed is what changes.

#[path = "support/documents.rs"]
mod documents;

use policy::{
    json::{self, Value, compact},
    model::{Condition, Effect, List, Policy, Principals, Statement, Who},
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn nothing_is_lost(value in prop_oneof![documents::policy(), documents::any_value()]) {
        prop_assert_eq!(Policy::read(&value).write(), value);
    }

    /// Of whatever policy: what is set is there when it is read again, and everything else is what it was.
    #[test]
    fn what_is_changed_is_what_changes(
        value in documents::policy(),
        sid in prop::option::of("[A-Z]{3}"),
        actions in prop::option::of((any::<bool>(), prop::collection::vec("[a-z]{3}:[A-Z]{2}", 0..4))),
        deny in any::<bool>(),
        conditions in prop::collection::btree_map(("(StringEquals|Bool|Null)", "[a-c]:x"), prop::collection::vec("[xyz]", 0..3), 0..4),
    ) {
        let before = Policy::read(&value);
        prop_assume!(value.as_object().is_some() && value.get("Statement").is_some_and(|all| all.several().iter().all(|one| one.as_object().is_some())));
        for index in 0..before.statements.len() {
            let mut policy = before.clone();
            let statement = &mut policy.statements[index];
            statement.sid.clone_from(&sid);
            statement.effect = Some(if deny { Effect::Deny } else { Effect::Allow });
            statement.actions = actions.clone().map(|(not, values)| List { not, values });
            statement.conditions = conditions.iter().map(|((operator, key), values)| Condition::new(operator, key, values)).collect();
            let again = Policy::read(&policy.write());
            prop_assert_eq!(again.statements.len(), before.statements.len());
            for (other, (now, then)) in again.statements.iter().zip(&before.statements).enumerate() {
                if other == index {
                    let (now, wanted) = (now.clone(), &policy.statements[index]);
                    prop_assert_eq!(now.sid.as_ref(), wanted.sid.as_ref());
                    prop_assert_eq!((now.effect, &now.actions), (wanted.effect, &wanted.actions));
                    prop_assert_eq!((&now.principals, &now.resources), (&then.principals, &then.resources));
                    prop_assert_eq!(sorted(now.conditions.clone()), sorted(wanted.conditions.clone()));
                } else {
                    prop_assert_eq!(now, then);
                }
            }
            prop_assert_eq!((&again.version, &again.id), (&before.version, &before.id));
        }
    }
}

fn sorted(mut conditions: Vec<Condition>) -> Vec<Condition> {
    conditions.sort_by(|a, b| (&a.operator, &a.key, &a.values).cmp(&(&b.operator, &b.key, &b.values)));
    conditions
}

fn read(text: &str) -> Policy {
    Policy::parse(text).expect(text)
}

#[test]
fn only_what_changes_is_written_anew() {
    let text = r#"{"Id":"x","Version":"2012-10-17","Statement":{"Note":1,"Resource":["*"],"Action":"ec2:*","Effect":"Allow","Condition":{"Bool":{"a:b":true},"StringEquals":{"a:c":["d"],"a:e":"f"}}}}"#;
    let mut policy = read(text);
    let statement = &mut policy.statements[0];
    statement.actions = Some(List::of(["ec2:*", "s3:*"]));
    statement.resources = Some(List::all_but(["arn:aws:s3:::b"]));
    statement.conditions.remove(2);
    statement.conditions.push(Condition::new("StringEquals", "a:g", ["h"]));
    statement.sid = Some("One".to_owned());
    let wanted = r#"{"Id":"x","Version":"2012-10-17","Statement":{"Sid":"One","Note":1,"NotResource":["arn:aws:s3:::b"],"Action":["ec2:*","s3:*"],"Effect":"Allow","Condition":{"Bool":{"a:b":true},"StringEquals":{"a:c":["d"],"a:g":"h"}}}}"#;
    assert_eq!(compact(&policy.write()), wanted);
    assert_eq!(policy.hidden(), [(Some(0), "Note")]);
}

#[test]
fn a_second_statement_brings_brackets() {
    let mut policy = read(r#"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}"#);
    policy.statements.push(Statement::new(Effect::Deny, List::of(["c:d"]), List::of(["*"])));
    policy.version = Some("2012-10-17".to_owned());
    let wanted = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"},{"Effect":"Deny","Action":"c:d","Resource":"*"}]}"#;
    assert_eq!(compact(&policy.write()), wanted);
}

#[test]
fn a_new_policy() {
    let mut policy = Policy::new();
    let mut statement = Statement::new(Effect::Allow, List::of(["sts:AssumeRole"]), List::default());
    statement.resources = None;
    statement.principals = Some(Principals::of("Service", ["ec2.amazonaws.com"]));
    policy.statements.push(statement);
    let text = policy.to_text(2);
    let wanted = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    assert_eq!(json::parse(&text).value.as_ref().map(compact).as_deref(), Some(wanted));
    assert!(policy::lint(&text, policy::Place::Trust, None).findings.is_empty());
    assert_eq!(compact(&Policy::new().write()), r#"{"Version":"2012-10-17","Statement":[]}"#);
}

#[test]
fn principals_keep_their_spelling() {
    let mut policy = read(r#"{"Statement":[{"Principal":{"AWS":["1"],"Service":"s"}}]}"#);
    let Some(Principals { who: Who::Listed(kinds), .. }) = &mut policy.statements[0].principals else { panic!("they are listed") };
    kinds[1].1.push("t".to_owned());
    assert_eq!(compact(&policy.write()), r#"{"Statement":[{"Principal":{"AWS":["1"],"Service":["s","t"]}}]}"#);
}

#[test]
fn what_only_the_document_shows() {
    let policy =
        read(r#"{"Versoin":1,"Statement":[{"Effect":"allow","Action":5,"NotAction":"x","Condition":{"Bool":1}},{"Effect":"Deny"}]}"#);
    let hidden = policy.hidden();
    assert_eq!(hidden, [(None, "Versoin"), (Some(0), "Effect"), (Some(0), "Action"), (Some(0), "NotAction"), (Some(0), "Condition")]);
    assert_eq!(Value::string("x").as_str(), Some("x"));
}
