//! Users and groups on the demo cloud: made, changed, refused to go while something hangs on them, and torn down by plan.

use api::{
    error::ErrorCode,
    group::{self, Group, GroupAction, GroupDraft},
    permissions::PermissionChange,
    plan::Step,
    resource::Resource,
    session::{DemoOptions, SignIn},
    tag::{Tag, TagChange},
    user::{self, User, UserAction, UserDraft},
};
use cloud::{Backend, Cloud, sign_in};

use crate::{Demo, every, plan::carry_out};

const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}"#;

/// Does it to one, and says what it was refused for.
pub async fn act<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) -> Option<ErrorCode> {
    T::act(cloud, &action, &[id.to_owned()]).await.remove(0).error.map(|error| error.code)
}

#[tokio::test]
async fn a_group_and_three_users_from_the_first_to_the_last() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let draft = GroupDraft { name: "readers".into(), path: "/e2e/".into(), users: vec!["amara".into(), "nobody".into()] };
    let made = Group::create(&cloud, &draft).await.unwrap();
    assert_eq!(made.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [ErrorCode::NotFound]);
    let again = Group::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((again.code, again.fields.contains_key("name")), (ErrorCode::Conflict, true));
    let put = PermissionChange::Put { name: "read".into(), document: DOCUMENT.into() };
    assert_eq!(act::<Group>(&cloud, put.into(), "readers").await, None);
    let attach = PermissionChange::Attach { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into(), scope: String::new() };
    assert_eq!(act::<Group>(&cloud, attach.clone().into(), "readers").await, None);

    let draft = UserDraft {
        names: ["ann", "bob", "demo"].map(str::to_owned).to_vec(),
        path: "/e2e/".into(),
        groups: vec!["readers".into()],
        password: true,
        access_key: true,
        tags: vec![Tag::new("team", "blue")],
    };
    let made = User::create(&cloud, &draft).await.unwrap();
    assert_eq!(made.ids, ["ann", "bob"]);
    assert_eq!(made.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [ErrorCode::Conflict], "demo is there already");
    let file = made.secret.unwrap();
    let lines: Vec<Vec<&str>> = file.content.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!((lines.len(), lines[1][0], lines[2][0]), (3, "ann", "bob"));

    let listed = every::<User>(&cloud).await.into_iter().find(|user| user.name == "ann").unwrap();
    let shown = User::get(&cloud, "ann").await.unwrap();
    assert_eq!(listed, User { password: None, access_keys: None, mfa_devices: None, credentials: None, ..shown.clone() });
    assert_eq!((shown.groups.as_deref(), shown.password, shown.path.as_str()), (Some(&["readers".to_owned()][..]), Some(true), "/e2e/"));
    let group = every::<Group>(&cloud).await.into_iter().find(|group| group.name == "readers").unwrap();
    assert_eq!(group, Group::get(&cloud, "readers").await.unwrap().sorted());

    // The key that was handed over signs in, until it is deactivated.
    let typed = SignIn { access_key_id: lines[1][2].into(), secret_access_key: lines[1][3].into(), ..SignIn::default() };
    let signed = sign_in(&demo.target, &typed).await.unwrap();
    assert!(signed.arn.ends_with(":user/e2e/ann"), "{}", signed.arn);
    let key_id = lines[1][2].to_owned();
    assert_eq!(act::<User>(&cloud, UserAction::Deactivate { key_id: key_id.clone() }, "ann").await, None);
    assert_eq!(sign_in(&demo.target, &typed).await.unwrap_err().code, ErrorCode::CredentialsRefused);
    assert_eq!(act::<User>(&cloud, UserAction::Activate { key_id }, "ann").await, None);
    assert!(sign_in(&demo.target, &typed).await.is_ok());

    // A second key, and a password instead of the first, come with their secrets; a third key is one too many.
    let ids = ["ann".to_owned(), "bob".to_owned()];
    let keys = User::act(&cloud, &UserAction::CreateAccessKey, &ids).await;
    assert!(keys.iter().all(|outcome| outcome.secret.as_ref().is_some_and(|file| file.content.contains(",AKIA"))), "{keys:?}");
    assert_eq!(act::<User>(&cloud, UserAction::CreateAccessKey, "ann").await, Some(ErrorCode::Quota));
    let passwords = User::act(&cloud, &UserAction::SetPassword, &ids[..1]).await;
    assert!(passwords[0].secret.as_ref().is_some_and(|file| !file.content.contains(lines[1][1])));

    let change = TagChange { set: vec![Tag::new("team", "red")], remove: vec!["none".into()] };
    assert!(User::retag(&cloud, &change, &ids[..1]).await[0].error.is_none());
    assert_eq!(User::get(&cloud, "ann").await.unwrap().tags, [Tag::new("team", "red")]);

    for (refused, id) in [
        (act::<User>(&cloud, UserAction::Delete, "ann").await, "ann"),
        (act::<Group>(&cloud, GroupAction::Delete, "readers").await, "readers"),
    ] {
        assert_eq!(refused, Some(ErrorCode::Conflict), "{id}");
    }
    for name in &ids {
        let steps = user::teardown::steps(&User::get(&cloud, name).await.unwrap());
        assert!(steps.len() > 3, "{steps:?}");
        carry_out(&demo, &cloud, steps).await;
        assert_eq!(User::get(&cloud, name).await.unwrap_err().code, ErrorCode::NotFound);
    }
    carry_out(&demo, &cloud, group::teardown::steps(&Group::get(&cloud, "readers").await.unwrap())).await;
    assert_eq!(Group::get(&cloud, "readers").await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn every_user_and_every_group_can_be_torn_down() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let own = |user: &User| user.name == "demo";
    for user in every::<User>(&cloud).await.iter().filter(|user| !own(user)) {
        let steps: Vec<Step> = user::teardown::steps(&User::get(&cloud, &user.name).await.unwrap());
        carry_out(&demo, &cloud, steps).await;
    }
    for group in every::<Group>(&cloud).await {
        carry_out(&demo, &cloud, group::teardown::steps(&Group::get(&cloud, group.id()).await.unwrap())).await;
    }
    assert_eq!(every::<User>(&cloud).await.len(), 1);
    assert!(every::<Group>(&cloud).await.is_empty());
}

#[tokio::test]
async fn what_may_not_be_looked_at_leaves_the_rest_to_be_seen() {
    let demo = Demo::new();
    let faults = "GetAccountAuthorizationDetails:AccessDenied,GetLoginProfile:AccessDenied,ListSSHPublicKeys:AccessDenied";
    let cloud = demo.session(&DemoOptions { faults: faults.into(), ..DemoOptions::default() }).await;
    let users = every::<User>(&cloud).await;
    assert!(users.len() > 10 && users.iter().all(|user| user.groups.is_none() && user.created_at.is_some()));
    let user = User::get(&cloud, "amara").await.unwrap();
    assert_eq!((user.password, user.credentials.as_deref(), user.groups.map(|groups| groups.len())), (None, Some(&[][..]), Some(1)));
}

/// Members come in the order of the users, or of their coming.
trait Sorted {
    fn sorted(self) -> Self;
}

impl Sorted for Group {
    fn sorted(mut self) -> Self {
        self.users.iter_mut().for_each(|users| users.sort());
        self
    }
}
