//! Choosing among the actions there are.

use std::collections::BTreeSet;

use policy::{
    Catalog,
    catalog::Level,
    choose::{patterns, search, with_actions},
};

fn catalog() -> Catalog {
    Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list that the generator wrote")
}

#[test]
fn what_one_types_is_found_the_best_of_it_first() {
    let catalog = catalog();
    let first = |words: &str| {
        let found = search(&catalog, words, 20);
        found.actions.first().map(|(service, action)| format!("{}:{}", service.prefix, action.name))
    };
    assert_eq!(first("ec2 runinst").as_deref(), Some("ec2:RunInstances"));
    assert_eq!(first("ec2:RunInstances").as_deref(), Some("ec2:RunInstances"));
    assert_eq!(first("runinstances").as_deref(), Some("ec2:RunInstances"));
    assert_eq!(first("sqs send").as_deref(), Some("sqs:SendMessage"));
    assert_eq!(first("nothing-like-this"), None);
    assert_eq!(first("  "), None);
    let found = search(&catalog, "ec2", 20);
    assert_eq!(found.actions.len(), 20);
    assert!(found.total > 600, "{}", found.total);
}

#[test]
fn wildcards_stand_for_what_was_chosen_and_for_nothing_else() {
    let catalog = catalog();
    for service in catalog.services() {
        for levels in [vec![Level::List], vec![Level::Read, Level::List], vec![Level::Write, Level::Permissions], Level::ALL.to_vec()] {
            let wanted: BTreeSet<&str> =
                service.actions().filter(|action| levels.contains(&action.level)).map(|action| action.name).collect();
            let patterns = patterns(service, |action| levels.contains(&action.level));
            let said: BTreeSet<&str> =
                patterns.iter().flat_map(|pattern| catalog.matching(pattern)).map(|(_, action)| action.name).collect();
            assert_eq!(said, wanted, "{}: {patterns:?}", service.prefix);
            assert!(patterns.len() <= wanted.len());
        }
    }
    let ec2 = catalog.service("ec2").expect("there is one");
    assert_eq!(patterns(ec2, |_| true), ["ec2:*"]);
    assert_eq!(patterns(ec2, |_| false), [""; 0]);
    assert_eq!(patterns(ec2, |action| action.name == "RunInstances"), ["ec2:RunInstances"]);
}

#[test]
fn a_level_is_put_in_and_taken_out_again() {
    let catalog = catalog();
    let sqs = catalog.service("sqs").expect("there is one");
    let listed: Vec<String> = ["s3:GetObject", "sqs:SendMessage", "sqs:*Permission", "sqs:NoSuchThing"].map(str::to_owned).into();
    let is_read = |action: &policy::catalog::Action<'_>| action.level == Level::Read;
    let more = with_actions(&catalog, &listed, sqs, is_read, true);
    let stands_for =
        |listed: &[String]| listed.iter().flat_map(|one| catalog.matching(one)).map(|(_, one)| one.name).collect::<BTreeSet<_>>();
    let level: BTreeSet<&str> = sqs.actions().filter(is_read).map(|action| action.name).collect();
    assert!(!level.is_empty() && stands_for(&more) == stands_for(&listed).union(&level).copied().collect());
    assert!(["s3:GetObject", "sqs:*Permission", "sqs:NoSuchThing"].iter().all(|kept| more.iter().any(|one| one == kept)), "{more:?}");
    assert_eq!(with_actions(&catalog, &more, sqs, is_read, false), listed);
    assert_eq!(with_actions(&catalog, &listed, sqs, is_read, false), listed);
    let all = with_actions(&catalog, &["sqs:*".to_owned()], sqs, |action| action.name == "SendMessage", false);
    assert_eq!(stands_for(&all).len(), sqs.actions().count() - 1);
    assert!(!all.contains(&"sqs:*".to_owned()) && !stands_for(&all).contains("SendMessage"));
}
