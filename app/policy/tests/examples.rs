//! The policies that AWS documents as examples, in all their spellings: one statement or several, strings or lists, elements in any order. They are
//! facts about the language, with names of our own in the place of AWS's; each line of the data names its page below
//! https://docs.aws.amazon.com/IAM/latest/UserGuide/.

use policy::{
    Catalog, Place, Severity,
    evaluate::Ready,
    json::{Value, compact, parse, pretty},
    lint,
    model::Policy,
};

/// Page, place and policy of each line.
fn documented() -> Vec<(String, Place, Value)> {
    let lines = include_str!("data/documented.jsonl").lines();
    let read = |line: &str| {
        let value = parse(line).value.expect(line);
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let place = match text("place").as_str() {
            "trust" => Place::Trust,
            "resource" => Place::Resource,
            _ => Place::Managed,
        };
        (text("source"), place, value.get("policy").expect("a policy").clone())
    };
    lines.map(read).collect()
}

#[test]
fn there_are_enough() {
    let all = documented();
    assert!(all.len() >= 40 && all.iter().all(|(source, ..)| source.contains(".html")), "{}", all.len());
}

#[test]
fn nothing_is_lost() {
    for (source, _, value) in documented() {
        let text = pretty(&value, 4);
        let parsed = parse(&text);
        assert!(parsed.findings.is_empty(), "{source}");
        assert_eq!(parsed.value.as_ref(), Some(&value), "{source}");
        let policy = Policy::read(&value);
        assert_eq!(policy.write(), value, "{source}");
        assert!(policy.hidden().is_empty(), "{source}: the builder shows all of it");
    }
}

/// Set again, each part by itself, it says the same, and the text is the same where nothing was changed.
#[test]
fn parts_that_are_taken_out_and_put_back() {
    for (source, _, value) in documented() {
        let whole = Policy::read(&value);
        let mut policy = whole.clone();
        for index in 0..policy.statements.len() {
            let before = policy.statements[index].clone();
            let statement = &mut policy.statements[index];
            (statement.actions, statement.resources, statement.conditions) = (None, None, Vec::new());
            let bare = Policy::read(&policy.write());
            assert!(bare.statements[index].actions.is_none() && bare.statements[index].conditions.is_empty(), "{source}");
            let statement = &mut policy.statements[index];
            (statement.actions, statement.resources, statement.conditions) = (before.actions, before.resources, before.conditions);
        }
        assert_eq!(compact(&policy.write()), compact(&value), "{source}");
    }
}

#[test]
fn nothing_is_found_in_them() {
    let catalog = Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list");
    let mut told = Vec::new();
    for (source, place, value) in documented() {
        let report = lint(&pretty(&value, 2), place, Some(&catalog));
        assert!(!report.is_refused(), "{source}: {:?}", report.findings);
        told.extend(
            report
                .findings
                .iter()
                .filter(|found| found.severity == Severity::Warning)
                .map(|found| format!("{source}: {}", found.message())),
        );
        assert!(Ready::parse(&compact(&value)).is_some(), "{source}");
    }
    assert_eq!(told, Vec::<String>::new());
}
