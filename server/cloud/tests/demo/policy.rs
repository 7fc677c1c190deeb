//! Managed policies and roles on the demo cloud: made, attached, changed, refused to go while something hangs on them, and torn down by plan.

use api::{
    error::ErrorCode,
    group::Group,
    permissions::PermissionChange,
    policy::{self, Holders, Policy, PolicyAction, PolicyDraft},
    role::{self, Role, RoleAction, RoleDraft},
    session::DemoOptions,
    tag::{Tag, TagChange},
    user::User,
};
use cloud::{Args, Backend, Cloud};
use futures::TryStreamExt;

use crate::{Demo, every, identity::act, plan::carry_out};

const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}"#;

fn draft(name: &str) -> PolicyDraft {
    PolicyDraft { name: name.into(), document: DOCUMENT.into(), ..PolicyDraft::default() }
}

async fn of_aws(cloud: &Cloud) -> Vec<Policy> {
    Policy::list(cloud, &Args::from([("scope".to_owned(), "aws".to_owned())])).try_concat().await.unwrap()
}

#[tokio::test]
async fn a_policy_from_the_first_to_the_last() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let draft = PolicyDraft { path: "/e2e/".into(), description: "Reads".into(), tags: vec![Tag::new("team", "blue")], ..draft("reads") };
    let arn = Policy::create(&cloud, &draft).await.unwrap().ids.remove(0);
    assert!(arn.ends_with(":policy/e2e/reads"), "{arn}");
    let again = Policy::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((again.code, again.fields.contains_key("name")), (ErrorCode::Conflict, true));
    let wrong = PolicyDraft { document: r#"{"Version":"2012-10-17","Statement":[{}]}"#.into(), name: "wrong".into(), ..draft.clone() };
    let wrong = Policy::create(&cloud, &wrong).await.unwrap_err();
    assert_eq!((wrong.code, wrong.fields.contains_key("document")), (ErrorCode::Invalid, true));

    // Four more versions, of which each holds; a sixth has no room, unless another makes it.
    let edit =
        |action: &str, replaces: &str| PolicyAction::Edit { document: DOCUMENT.replace("s3:Get*", action), replaces: replaces.into() };
    for action in ["s3:List*", "s3:Put*", "s3:Head*", "s3:*"] {
        assert_eq!(act::<Policy>(&cloud, edit(action, ""), &arn).await, None);
    }
    assert_eq!(act::<Policy>(&cloud, edit("ec2:*", ""), &arn).await, Some(ErrorCode::Quota));
    assert_eq!(act::<Policy>(&cloud, edit("ec2:*", "v1"), &arn).await, None);
    let shown = Policy::get(&cloud, &arn).await.unwrap();
    assert_eq!(shown.versions.iter().map(|version| version.number()).collect::<Vec<_>>(), [6, 5, 4, 3, 2]);
    assert!(shown.document().contains("ec2:*") && shown.versions.iter().all(|version| !version.document.is_empty()));
    assert_eq!((shown.description.as_str(), shown.default_version.as_str()), ("Reads", "v6"));
    assert_eq!(act::<Policy>(&cloud, PolicyAction::DeleteVersion { version: "v6".into() }, &arn).await, Some(ErrorCode::Conflict));
    assert_eq!(act::<Policy>(&cloud, PolicyAction::SetDefault { version: "v2".into() }, &arn).await, None);
    assert_eq!(act::<Policy>(&cloud, PolicyAction::DeleteVersion { version: "v6".into() }, &arn).await, None);
    assert!(Policy::get(&cloud, &arn).await.unwrap().document().contains("s3:List*"));

    // From its own side and from theirs.
    let holders = Holders { users: vec!["amara".into()], groups: vec!["developers".into()], roles: vec!["web-server".into()] };
    assert_eq!(act::<Policy>(&cloud, PolicyAction::Attach(holders.clone()), &arn).await, None);
    let shown = Policy::get(&cloud, &arn).await.unwrap();
    assert_eq!((shown.attachments, Holders { users: shown.users, groups: shown.groups, roles: shown.roles }), (3, holders.clone()));
    let user = User::get(&cloud, "amara").await.unwrap().permissions.unwrap();
    assert_eq!(user.attached.iter().map(|policy| policy.arn.as_str()).collect::<Vec<_>>(), [arn.as_str()]);
    assert_eq!(act::<Policy>(&cloud, PolicyAction::Delete, &arn).await, Some(ErrorCode::Conflict));
    let detach = PermissionChange::Detach { policy_arn: arn.clone() };
    assert_eq!(act::<Group>(&cloud, detach.clone().into(), "developers").await, None);
    assert_eq!(act::<Group>(&cloud, detach.into(), "developers").await, Some(ErrorCode::NotFound));
    let attach = PermissionChange::Attach { policy_arn: arn.replace("reads", "none"), scope: String::new() };
    assert_eq!(act::<Group>(&cloud, attach.into(), "developers").await, Some(ErrorCode::NotFound));
    // Who has it no more is no reason to refuse.
    assert_eq!(act::<Policy>(&cloud, PolicyAction::Detach(Holders { roles: vec![], ..holders }), &arn).await, None);

    let change = TagChange { set: vec![Tag::new("team", "red")], remove: vec!["none".into()] };
    assert!(Policy::retag(&cloud, &change, std::slice::from_ref(&arn)).await[0].error.is_none());
    let policy = Policy::get(&cloud, &arn).await.unwrap();
    assert_eq!(policy.tags, [Tag::new("team", "red")]);
    carry_out(&demo, &cloud, policy::teardown::steps(&policy)).await;
    assert_eq!(Policy::get(&cloud, &arn).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn what_is_aws_can_be_attached_and_not_changed() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let (own, aws) = (every::<Policy>(&cloud).await, of_aws(&cloud).await);
    assert!(own.iter().all(|policy| !policy.is_aws()) && aws.iter().all(Policy::is_aws) && !own.is_empty() && aws.len() > 5);
    let administrator = aws.iter().find(|policy| policy.name == "AdministratorAccess").unwrap();
    assert!(Policy::get(&cloud, &administrator.arn).await.unwrap().administers());
    let edit = PolicyAction::Edit { document: DOCUMENT.into(), replaces: String::new() };
    assert_eq!(act::<Policy>(&cloud, edit, &administrator.arn).await, Some(ErrorCode::Forbidden));
    // Ten are as many as one may have.
    let mut refused = None;
    for policy in &aws {
        let attach = PermissionChange::Attach { policy_arn: policy.arn.clone(), scope: String::new() };
        refused = act::<User>(&cloud, attach.into(), "amara").await.or(refused);
    }
    assert_eq!(refused, Some(ErrorCode::Quota));
    assert_eq!(User::get(&cloud, "amara").await.unwrap().permissions.unwrap().attached.len(), 10);
}

#[tokio::test]
async fn a_role_from_the_first_to_the_last() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let draft = RoleDraft { name: "builder".into(), description: "Builds".into(), max_session: Some(7_200), ..RoleDraft::default() };
    assert_eq!(Role::create(&cloud, &draft).await.unwrap().warnings, []);
    let again = Role::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((again.code, again.fields.contains_key("name")), (ErrorCode::Conflict, true));
    let role = Role::get(&cloud, "builder").await.unwrap();
    assert_eq!((role.for_ec2, role.max_session, role.trusted()), (true, Some(7_200), vec!["ec2.amazonaws.com".to_owned()]));
    assert_eq!(role.profiles.as_ref().map(|profiles| profiles[0].name.as_str()), Some("builder"));
    assert_eq!(every::<Role>(&cloud).await.into_iter().find(|row| row.name == "builder"), Some(role.clone()));

    let partner = RoleDraft { trusts: "account".into(), account: "111122223333".into(), external_id: "shared".into(), ..draft };
    let trust = RoleAction::SetTrust { document: partner.trust_policy() };
    assert_eq!(act::<Role>(&cloud, trust, "builder").await, None);
    let describe = RoleAction::Describe { description: "Builds more".into(), max_session: Some(3_600) };
    assert_eq!(act::<Role>(&cloud, describe, "builder").await, None);
    let bound = |policy_arn: &str| PermissionChange::Bound { policy_arn: policy_arn.into(), scope: String::new() };
    assert_eq!(act::<Role>(&cloud, bound("arn:aws:iam::aws:policy/PowerUserAccess").into(), "builder").await, None);
    let boundary = Role::get(&cloud, "builder").await.unwrap().permissions.unwrap().boundary;
    assert_eq!(boundary, "arn:aws:iam::aws:policy/PowerUserAccess");
    let power = of_aws(&cloud).await.into_iter().find(|policy| policy.arn == boundary).unwrap();
    assert_eq!((power.boundaries, Policy::get(&cloud, &boundary).await.unwrap().roles), (1, vec![]), "whom it bounds does not have it");
    assert_eq!(act::<Role>(&cloud, bound("arn:aws:iam::aws:policy/None").into(), "builder").await, Some(ErrorCode::NotFound));
    assert_eq!(act::<Role>(&cloud, bound("").into(), "builder").await, None);
    assert_eq!(Role::get(&cloud, "builder").await.unwrap().permissions.unwrap().boundary, "");
    let wrong = RoleAction::SetTrust { document: DOCUMENT.into() };
    let wrong = Role::act(&cloud, &wrong, &["builder".to_owned()]).await.remove(0).error.unwrap();
    assert!(wrong.fields.contains_key("document"), "{wrong:?}");
    let attach = PermissionChange::Attach { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into(), scope: String::new() };
    assert_eq!(act::<Role>(&cloud, attach.into(), "builder").await, None);
    let put = PermissionChange::Put { name: "own".into(), document: DOCUMENT.into() };
    assert_eq!(act::<Role>(&cloud, put.into(), "builder").await, None);
    let change = TagChange { set: vec![Tag::new("team", "red")], remove: vec![] };
    assert!(Role::retag(&cloud, &change, &["builder".to_owned()]).await[0].error.is_none());
    let role = Role::get(&cloud, "builder").await.unwrap();
    assert_eq!(
        (role.trusted(), role.description.as_str(), role.max_session),
        (vec!["111122223333".to_owned()], "Builds more", Some(3_600))
    );
    assert_eq!((role.for_ec2, role.permissions.as_ref().map(|permissions| permissions.len())), (false, Some(2)));
    assert_eq!(role.tags, [Tag::new("team", "red")]);

    assert_eq!(act::<Role>(&cloud, RoleAction::Delete, "builder").await, Some(ErrorCode::Conflict));
    carry_out(&demo, &cloud, role::teardown::steps(&role)).await;
    assert_eq!(Role::get(&cloud, "builder").await.unwrap_err().code, ErrorCode::NotFound);
    assert!(act::<Role>(&cloud, RoleAction::Delete, "AWSServiceRoleForEC2Spot").await.is_some(), "a service keeps it");
}

#[tokio::test]
async fn every_policy_and_every_role_can_be_torn_down() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    for policy in every::<Policy>(&cloud).await {
        carry_out(&demo, &cloud, policy::teardown::steps(&Policy::get(&cloud, &policy.arn).await.unwrap())).await;
    }
    for role in every::<Role>(&cloud).await.iter().filter(|role| !role.is_service_linked()) {
        carry_out(&demo, &cloud, role::teardown::steps(&Role::get(&cloud, &role.name).await.unwrap())).await;
    }
    assert!(every::<Policy>(&cloud).await.is_empty() && every::<Role>(&cloud).await.iter().all(Role::is_service_linked));
}
