//! The crate on the demo cloud: the same calls that a cloud far away would get, signed, checked, answered and understood.

#![expect(clippy::unwrap_used, reason = "what is set up for a test may fail only by failing it")]

mod access;
mod identity;
mod instance;
mod metric;
mod network;
mod plan;
mod policy;
mod storage;
mod vpc;

use std::{sync::Arc, time::Duration};

use api::{
    error::ErrorCode,
    instance::{Instance, InstanceAction, InstanceDraft},
    key_pair::{KeyPair, KeyPairDraft},
    kind::Kind,
    resource::Resource,
    security_group::{Peer, Rule, SecurityGroup, SecurityGroupDraft},
    session::{CloudInfo, CloudKind, DemoOptions, HealthState, SignIn},
    tag::{Tag, TagChange},
    with_kind,
};
use cloud::{Args, Backend, Cloud, Endpoints, Settings, Target, console_output, health, regions, sign_in, transport};
use demo_cloud::{Clock, DemoCloud, DemoConfig};
use futures::{StreamExt, TryStreamExt};

struct Demo {
    clock: Clock,
    cloud: DemoCloud,
    target: Arc<Target>,
}

impl Demo {
    fn new() -> Self {
        let clock = Clock::default();
        let cloud = DemoCloud::new(DemoConfig { clock: clock.clone(), ..DemoConfig::default() }).unwrap();
        let info = CloudInfo {
            key: "demo".into(),
            label: "Demo".into(),
            kind: CloudKind::Demo,
            regions: vec!["us-east-1".into(), "eu-west-1".into()],
        };
        let endpoints = Endpoints::pattern("https://{service}.{region}.demo.example");
        let settings = Settings { page_size: Some(1000), max_attempts: 3, ..Settings::default() };
        let target = Target::new(info, endpoints, transport::in_process(cloud.router()), settings).unwrap();
        Self { clock, cloud, target: Arc::new(target) }
    }

    /// A session in a new world of these options.
    async fn session(&self, options: &DemoOptions) -> Cloud {
        let keys = self.cloud.open_account(options).unwrap();
        let typed = SignIn { access_key_id: keys.access_key_id, secret_access_key: keys.secret_access_key, ..SignIn::default() };
        let signed = sign_in(&self.target, &typed).await.unwrap();
        assert_eq!(signed.account, keys.account);
        assert!(signed.credentials.token.is_some(), "the long-term key was exchanged");
        Cloud::new(self.target.clone(), &signed.credentials, "us-east-1").unwrap()
    }
}

async fn every<T: Backend>(cloud: &Cloud) -> Vec<T> {
    T::list(cloud, &Args::new()).try_concat().await.unwrap()
}

#[tokio::test]
async fn every_kind_is_listed_and_each_of_it_found_by_its_id() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    for &kind in Kind::ALL {
        with_kind!(kind, T => {
            let rows = every::<T>(&cloud).await;
            assert!(!rows.is_empty(), "no {}", kind.many());
            let one = T::get(&cloud, rows[0].id()).await.unwrap();
            assert_eq!((one.id(), one.name(), one.tags()), (rows[0].id(), rows[0].name(), rows[0].tags()));
            let missing = T::get(&cloud, "no-such-thing").await.unwrap_err();
            assert!(matches!(missing.code, ErrorCode::NotFound | ErrorCode::Invalid), "{kind:?}: {missing:?}");
        });
    }
}

#[tokio::test]
async fn from_launch_to_termination() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let vpc_id = every::<api::vpc::Vpc>(&cloud).await.into_iter().find(|vpc| vpc.is_default).unwrap().id;
    let ssh = Rule {
        protocol: "tcp".into(),
        from_port: Some(22),
        to_port: Some(22),
        peer: Peer::Cidr("203.0.113.0/24".into()),
        description: "office".into(),
    };
    let group =
        SecurityGroupDraft { name: "journey".into(), description: "Journey".into(), vpc_id, ingress: vec![ssh.clone()], egress: None };
    let group = SecurityGroup::create(&cloud, &group).await.unwrap().ids.remove(0);
    assert_eq!(SecurityGroup::get(&cloud, &group).await.unwrap().ingress, [ssh]);

    let key = KeyPairDraft { name: "journey".into(), key_type: "ed25519".into(), ..KeyPairDraft::default() };
    let made = KeyPair::create(&cloud, &key).await.unwrap();
    assert!(made.secret.unwrap().content.contains("PRIVATE KEY"));
    let again = KeyPair::create(&cloud, &key).await.unwrap_err();
    assert_eq!((again.code, again.fields.contains_key("name")), (ErrorCode::Conflict, true));

    let image = every::<api::image::Image>(&cloud).await.into_iter().find(|image| image.architecture == "x86_64").unwrap();
    let draft = InstanceDraft {
        image_id: image.id,
        instance_type: "t3.micro".into(),
        count: 2,
        names: vec!["one".into(), "two".into()],
        key_name: "journey".into(),
        security_group_ids: vec![group.clone()],
        user_data: "IyEvYmluL3NoCg==".into(),
        termination_protection: true,
        tags: vec![Tag::new("env", "test")],
        ..InstanceDraft::default()
    };
    let created = Instance::create(&cloud, &draft).await.unwrap();
    assert_eq!((created.ids.len(), created.warnings.as_slice()), (2, &[][..]));
    let first = Instance::get(&cloud, &created.ids[0]).await.unwrap();
    assert_eq!((first.name(), first.state.as_str(), first.in_transition()), ("one", "pending", true));
    assert_eq!((first.termination_protection, first.user_data.as_deref()), (Some(true), Some("IyEvYmluL3NoCg==")));
    assert_eq!((first.key_name.as_str(), first.security_groups[0].id.as_str()), ("journey", group.as_str()));

    demo.clock.advance(Duration::from_secs(600));
    assert_eq!(Instance::get(&cloud, &created.ids[1]).await.unwrap().state, "running");
    assert!(!console_output(&cloud, &created.ids[0]).await.unwrap().text.is_empty());

    let change = TagChange { set: vec![Tag::new("owner", "me")], remove: vec!["env".into()] };
    assert!(Instance::retag(&cloud, &change, &created.ids).await.iter().all(|outcome| outcome.error.is_none()));
    assert_eq!(Instance::get(&cloud, &created.ids[0]).await.unwrap().tags, [Tag::new("Name", "one"), Tag::new("owner", "me")]);

    // One protected, one not, and one that never was.
    let open = InstanceAction::SetTerminationProtection { enabled: false };
    assert_eq!(Instance::act(&cloud, &open, &created.ids[1..]).await[0].error, None);
    let all = [created.ids[0].clone(), created.ids[1].clone(), "i-00000000000000000".to_owned()];
    let outcomes = Instance::act(&cloud, &InstanceAction::Terminate, &all).await;
    let codes: Vec<_> = outcomes.iter().map(|outcome| outcome.error.as_ref().map(|error| error.code)).collect();
    assert_eq!(codes, [Some(ErrorCode::Conflict), None, Some(ErrorCode::NotFound)]);
    assert_eq!(Instance::get(&cloud, &created.ids[1]).await.unwrap().state, "shutting-down");
}

#[tokio::test]
async fn a_role_brings_its_instance_profile() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let role = every::<api::role::Role>(&cloud).await.into_iter().find(|role| role.for_ec2).unwrap();
    let image = every::<api::image::Image>(&cloud).await.into_iter().find(|image| image.architecture == "x86_64").unwrap();
    let draft =
        InstanceDraft { image_id: image.id, instance_type: "t3.micro".into(), count: 1, role: role.name, ..InstanceDraft::default() };
    let created = Instance::create(&cloud, &draft).await.unwrap();
    let launched = Instance::get(&cloud, &created.ids[0]).await.unwrap();
    assert!(launched.instance_profile_arn.contains(":instance-profile/"), "{}", launched.instance_profile_arn);
}

#[tokio::test]
async fn a_large_account_comes_page_by_page() {
    let options = DemoOptions { instances: Some(2500), ..DemoOptions::default() };
    let cloud = Demo::new().session(&options).await;
    let sizes: Vec<_> = Instance::list(&cloud, &Args::new()).map(|page| page.unwrap().len()).collect().await;
    assert!(sizes.len() >= 3 && sizes.iter().all(|&size| size <= 1000), "{sizes:?}");
    assert_eq!(sizes.iter().sum::<usize>(), 2500);
}

#[tokio::test(start_paused = true)]
async fn faults_of_the_cloud_come_through_as_what_they_are() {
    let demo = Demo::new();
    for (fault, expected) in [
        ("RequestLimitExceeded", ErrorCode::Throttled),
        ("UnauthorizedOperation", ErrorCode::Forbidden),
        ("InternalError", ErrorCode::CloudFailure),
        ("truncate", ErrorCode::CloudFailure),
        ("garbage", ErrorCode::CloudFailure),
        ("hang", ErrorCode::Timeout),
    ] {
        let options = DemoOptions { faults: format!("DescribeInstances:{fault}"), ..DemoOptions::default() };
        let cloud = demo.session(&options).await;
        let error = Instance::list(&cloud, &Args::new()).try_concat().await.unwrap_err();
        assert_eq!(error.code, expected, "{fault}: {error:?}");
    }
}

#[tokio::test]
async fn wrong_secrets_and_old_sessions_are_refused() {
    let demo = Demo::new();
    let keys = demo.cloud.open_account(&DemoOptions { session_seconds: Some(900), ..DemoOptions::default() }).unwrap();
    let typed = SignIn { access_key_id: keys.access_key_id, secret_access_key: "wrong".into(), ..SignIn::default() };
    assert_eq!(sign_in(&demo.target, &typed).await.unwrap_err().code, ErrorCode::CredentialsRefused);

    let typed = SignIn { secret_access_key: keys.secret_access_key, ..typed };
    let signed = sign_in(&demo.target, &typed).await.unwrap();
    let cloud = Cloud::new(demo.target.clone(), &signed.credentials, "us-east-1").unwrap();
    assert!(!every::<Instance>(&cloud).await.is_empty());
    demo.clock.advance(Duration::from_secs(901));
    let error = Instance::list(&cloud, &Args::new()).try_concat().await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SessionExpired);
}

#[tokio::test]
async fn regions_and_health() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    assert!(regions(&cloud).await.unwrap().contains(&"us-east-1".to_owned()));
    let health = health(&cloud).await;
    assert!(health.iter().all(|service| service.state == HealthState::Up), "{health:?}");
}
