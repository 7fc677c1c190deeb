//! Changes of instances on the demo cloud: made, read back, refused.

use std::time::Duration;

use api::{
    error::{ApiError, ErrorCode},
    image::Image,
    instance::{Instance, InstanceAction, InstanceDraft},
    key_pair::{KeyPair, KeyPairDraft},
    launch_template::{LaunchTemplate, LaunchTemplateDraft},
    network_interface::{NetworkInterface, NetworkInterfaceAction, NetworkInterfaceDraft},
    resource::Resource,
    role::Role,
    security_group::SecurityGroup,
    session::DemoOptions,
};
use cloud::{Args, Backend, Cloud, password_data};
use futures::TryStreamExt;

use crate::{Demo, every};

/// Longer than anything takes.
const A_WHILE: Duration = Duration::from_secs(60);

async fn act<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) -> Option<ApiError> {
    T::act(cloud, &action, &[id.to_owned()]).await.remove(0).error
}

async fn in_state(cloud: &Cloud, state: &str) -> Instance {
    let fits = |row: &Instance| row.state == state && row.architecture == "x86_64" && row.platform.is_empty();
    let found = every::<Instance>(cloud).await.into_iter().find(fits).unwrap();
    Instance::get(cloud, &found.id).await.unwrap()
}

#[tokio::test]
async fn what_boots_differently_is_changed_while_it_is_stopped() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let id = in_state(&cloud, "running").await.id;
    let new_type = || InstanceAction::SetType { instance_type: "m5.large".into() };
    let user_data = || InstanceAction::SetUserData { user_data: "#!/bin/sh\necho ü\n".into() };
    for action in [new_type(), user_data()] {
        let error = act::<Instance>(&cloud, action, &id).await.unwrap();
        assert_eq!((error.code, error.cloud_code.as_deref()), (ErrorCode::Conflict, Some("IncorrectInstanceState")));
    }
    assert_eq!(act::<Instance>(&cloud, InstanceAction::Stop { force: false }, &id).await, None);
    demo.clock.advance(A_WHILE);
    for action in [new_type(), user_data()] {
        assert_eq!(act::<Instance>(&cloud, action, &id).await, None);
    }
    let changed = Instance::get(&cloud, &id).await.unwrap();
    assert_eq!((changed.instance_type.as_str(), changed.user_data.as_deref()), ("m5.large", Some("IyEvYmluL3NoCmVjaG8gw7wK")));
    let unfit = InstanceAction::SetType { instance_type: "t4g.micro".into() };
    assert!(act::<Instance>(&cloud, unfit, &id).await.unwrap().fields.contains_key("instance_type"));
    let kernel = InstanceAction::SetKernel { kernel_id: "aki-12345678".into(), ramdisk_id: String::new() };
    let error = act::<Instance>(&cloud, kernel, &id).await.unwrap();
    assert!(error.fields.contains_key("kernel_id") || error.code == ErrorCode::Conflict, "{error:?}");
    assert_eq!(act::<Instance>(&cloud, InstanceAction::SetUserData { user_data: String::new() }, &id).await, None);
    assert_eq!(Instance::get(&cloud, &id).await.unwrap().user_data.as_deref(), Some(""));
}

#[tokio::test]
async fn groups_check_and_monitoring_are_changed_while_it_runs() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let instance = in_state(&cloud, "running").await;
    let groups: Vec<_> = every::<SecurityGroup>(&cloud).await.into_iter().filter(|group| group.vpc_id == instance.vpc_id).take(2).collect();
    let ids: Vec<_> = groups.iter().map(|group| group.id.clone()).collect();
    let to = |ids: &[String]| InstanceAction::SetSecurityGroups { security_group_ids: ids.to_vec() };
    assert_eq!(act::<Instance>(&cloud, to(&ids), &instance.id).await, None);
    let check = InstanceAction::SetSourceDestCheck { enabled: false };
    assert_eq!(act::<Instance>(&cloud, check.clone(), &instance.id).await, None);
    assert_eq!(act::<Instance>(&cloud, InstanceAction::SetMonitoring { enabled: !instance.monitoring }, &instance.id).await, None);
    let changed = Instance::get(&cloud, &instance.id).await.unwrap();
    assert_eq!(changed.security_groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>(), ids);
    assert_eq!((changed.source_dest_check, changed.monitoring), (Some(false), !instance.monitoring));

    let elsewhere = every::<SecurityGroup>(&cloud).await.into_iter().find(|group| group.vpc_id != instance.vpc_id);
    if let Some(foreign) = elsewhere {
        let error = act::<Instance>(&cloud, to(&[foreign.id]), &instance.id).await.unwrap();
        assert!(error.fields.contains_key("security_group_ids"), "{error:?}");
    }

    // With a second interface it is no longer clear which one is meant.
    let draft = NetworkInterfaceDraft { subnet_id: instance.subnet_id.clone(), ..NetworkInterfaceDraft::default() };
    let second = NetworkInterface::create(&cloud, &draft).await.unwrap().ids.remove(0);
    let attach = NetworkInterfaceAction::Attach { instance_id: instance.id.clone(), device_index: 1 };
    assert_eq!(act::<NetworkInterface>(&cloud, attach, &second).await, None);
    for action in [to(&ids), check] {
        let error = act::<Instance>(&cloud, action, &instance.id).await.unwrap();
        assert_eq!(error.cloud_code.as_deref(), Some("InvalidInstanceID"));
    }
}

#[tokio::test]
async fn a_role_is_given_replaced_and_taken_away() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let roles: Vec<_> = every::<Role>(&cloud).await.into_iter().filter(|role| role.for_ec2).map(|role| role.name).collect();
    let id = in_state(&cloud, "running").await.id;
    for role in &roles {
        assert_eq!(act::<Instance>(&cloud, InstanceAction::SetRole { role: role.clone() }, &id).await, None);
        assert_eq!(Instance::get(&cloud, &id).await.unwrap().role.as_ref(), Some(role));
    }
    assert!(roles.len() > 1, "there is one to replace");
    for _ in 0..2 {
        assert_eq!(act::<Instance>(&cloud, InstanceAction::RemoveRole, &id).await, None);
        let bare = Instance::get(&cloud, &id).await.unwrap();
        assert_eq!((bare.role, bare.instance_profile_arn.as_str()), (None, ""));
    }
    let missing = act::<Instance>(&cloud, InstanceAction::SetRole { role: "nobody".into() }, &id).await.unwrap();
    assert_eq!((missing.code, missing.fields.contains_key("role")), (ErrorCode::NotFound, true));
}

#[tokio::test]
async fn windows_has_a_password_once_it_runs_and_linux_has_none() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let key = KeyPairDraft { name: "windows".into(), key_type: "rsa".into(), ..KeyPairDraft::default() };
    KeyPair::create(&cloud, &key).await.unwrap();
    let amazon = Args::from([("owner".to_owned(), "amazon".to_owned())]);
    let images: Vec<Image> = Image::list(&cloud, &amazon).try_concat().await.unwrap();
    for (platform, has_one) in [("windows", true), ("", false)] {
        let image = images.iter().find(|image| image.platform == platform && image.architecture == "x86_64").unwrap();
        let draft = InstanceDraft {
            image_id: image.id.clone(),
            instance_type: "t3.large".into(),
            count: 1,
            key_name: "windows".into(),
            ..InstanceDraft::default()
        };
        let id = Instance::create(&cloud, &draft).await.unwrap().ids.remove(0);
        assert_eq!(password_data(&cloud, &id).await.unwrap().encrypted, "", "it has only begun to start");
        demo.clock.advance(A_WHILE);
        // 256 bytes for a key of 2048 bits.
        let length = if has_one { 344 } else { 0 };
        assert_eq!(password_data(&cloud, &id).await.unwrap().encrypted.len(), length);
    }
}

#[tokio::test]
async fn a_template_launches_what_it_was_made_of() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let model = in_state(&cloud, "running").await;
    let template = LaunchTemplateDraft { name: "e2e-fleet".into(), instance_id: model.id.clone(), ..LaunchTemplateDraft::default() };
    let template = LaunchTemplate::create(&cloud, &template).await.unwrap().ids.remove(0);
    let draft = |version| InstanceDraft {
        launch_template_id: template.clone(),
        launch_template_version: version,
        count: 2,
        names: vec!["one".into(), "two".into()],
        ..InstanceDraft::default()
    };
    let ids = Instance::create(&cloud, &draft(Some(1))).await.unwrap().ids;
    let launched = Instance::get(&cloud, &ids[1]).await.unwrap();
    assert_eq!((ids.len(), launched.name()), (2, "two"));
    assert_eq!((&launched.image_id, &launched.instance_type, &launched.key_name), (&model.image_id, &model.instance_type, &model.key_name));
    assert!(Instance::create(&cloud, &draft(Some(9))).await.unwrap_err().fields.contains_key("launch_template_version"));
}
