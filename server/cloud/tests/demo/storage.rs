//! Volumes, snapshots and images on the demo cloud: made, changed, refused and removed, with the states that take time.

use std::time::Duration;

use api::{
    error::{ApiError, ErrorCode},
    image::{Image, ImageAction, ImageDraft},
    instance::Instance,
    resource::Resource,
    session::DemoOptions,
    sharing::{Everybody, Sharing},
    snapshot::{Snapshot, SnapshotAction, SnapshotDraft},
    tag::Tag,
    volume::{Volume, VolumeAction, VolumeDraft},
};
use cloud::{Args, Backend, Cloud};
use futures::TryStreamExt;

use crate::{Demo, every};

/// Longer than anything takes.
const A_WHILE: Duration = Duration::from_secs(60);

async fn act<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) -> Option<ApiError> {
    T::act(cloud, &action, &[id.to_owned()]).await.remove(0).error
}

/// Why it was refused.
async fn refused<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) -> ErrorCode {
    act::<T>(cloud, action, id).await.unwrap().code
}

async fn done<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) {
    assert_eq!(act::<T>(cloud, action, id).await, None);
}

async fn make<T: Backend>(cloud: &Cloud, draft: &T::Draft) -> String {
    T::create(cloud, draft).await.unwrap().ids.remove(0)
}

async fn is_listed<T: Backend>(cloud: &Cloud, id: &str) -> bool {
    every::<T>(cloud).await.iter().any(|row| row.id() == id)
}

async fn running(cloud: &Cloud) -> Instance {
    every::<Instance>(cloud).await.into_iter().find(|row| row.state == "running").unwrap()
}

fn attach(instance: &Instance, device: &str) -> VolumeAction {
    VolumeAction::Attach { instance_id: instance.id.clone(), device: device.into() }
}

fn volume_in(zone: &str) -> VolumeDraft {
    let tags = vec![Tag::new("env", "test")];
    VolumeDraft { name: "disk".into(), zone: zone.into(), size: Some(10), volume_type: "gp3".into(), tags, ..VolumeDraft::default() }
}

#[tokio::test]
async fn a_volume_comes_is_used_grows_and_goes() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let instance = running(&cloud).await;
    let id = make::<Volume>(&cloud, &volume_in(&instance.zone)).await;
    let volume = Volume::get(&cloud, &id).await.unwrap();
    assert_eq!((volume.state.as_str(), volume.in_transition(), volume.name()), ("creating", true, "disk"));
    assert_eq!((volume.iops, volume.throughput), (Some(3_000), Some(125)));
    assert_eq!(refused::<Volume>(&cloud, attach(&instance, ""), &id).await, ErrorCode::Conflict);
    demo.clock.advance(A_WHILE);
    assert!(is_listed::<Volume>(&cloud, &id).await);

    let taken = &instance.block_devices[0].device;
    let error = act::<Volume>(&cloud, attach(&instance, taken), &id).await.unwrap();
    assert!(error.fields.contains_key("device"), "{error:?}");
    done::<Volume>(&cloud, attach(&instance, ""), &id).await;
    let volume = Volume::get(&cloud, &id).await.unwrap();
    assert_eq!((volume.state.as_str(), volume.attachment.as_str(), volume.is_live_root), ("in-use", "attaching", Some(false)));
    assert!(volume.device.starts_with("/dev/sd") && volume.device != *taken, "{}", volume.device);
    demo.clock.advance(A_WHILE);
    assert_eq!(Volume::get(&cloud, &id).await.unwrap().attachment, "attached");
    assert_eq!(refused::<Volume>(&cloud, VolumeAction::Delete, &id).await, ErrorCode::Conflict);

    let grow = |size| VolumeAction::Modify { volume_type: "gp3".into(), size: Some(size), iops: Some(4_000), throughput: None };
    let shrunk = act::<Volume>(&cloud, grow(5), &id).await.unwrap();
    assert!(shrunk.fields.contains_key("size"), "{shrunk:?}");
    done::<Volume>(&cloud, grow(20), &id).await;
    let volume = Volume::get(&cloud, &id).await.unwrap();
    assert_eq!((volume.size, volume.iops, volume.throughput), (20, Some(4_000), Some(125)));

    done::<Volume>(&cloud, VolumeAction::Detach { force: false }, &id).await;
    assert_eq!(Volume::get(&cloud, &id).await.unwrap().attachment, "detaching");
    demo.clock.advance(A_WHILE);
    assert_eq!(Volume::get(&cloud, &id).await.unwrap().state, "available");
    done::<Volume>(&cloud, VolumeAction::Delete, &id).await;
    assert!(!is_listed::<Volume>(&cloud, &id).await);
}

#[tokio::test]
async fn roots_stay_and_zones_are_kept_apart() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let instance = running(&cloud).await;
    let root = Volume::get(&cloud, &instance.block_devices[0].volume_id).await.unwrap();
    assert_eq!(root.is_live_root, Some(true));
    assert_eq!(refused::<Volume>(&cloud, VolumeAction::Detach { force: true }, &root.id).await, ErrorCode::Conflict);

    let elsewhere = ["a", "b", "c"].map(|letter| format!("us-east-1{letter}")).into_iter().find(|zone| *zone != instance.zone).unwrap();
    let far = make::<Volume>(&cloud, &volume_in(&elsewhere)).await;
    demo.clock.advance(A_WHILE);
    let error = act::<Volume>(&cloud, attach(&instance, "/dev/sdz"), &far).await.unwrap();
    assert!(error.fields.contains_key("instance_id"), "{error:?}");
    let nowhere = Volume::create(&cloud, &volume_in("us-east-1z")).await.unwrap_err();
    assert!(nowhere.fields.contains_key("zone"), "{nowhere:?}");
}

#[tokio::test]
async fn a_snapshot_is_taken_shared_copied_and_deleted() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let volume = every::<Volume>(&cloud).await.into_iter().find(|row| !row.encrypted && row.state == "available").unwrap();
    let draft = SnapshotDraft { volume_id: volume.id.clone(), name: "copy".into(), description: "By hand".into(), tags: vec![] };
    let id = make::<Snapshot>(&cloud, &draft).await;
    let begun = Snapshot::get(&cloud, &id).await.unwrap();
    assert_eq!((begun.state.as_str(), begun.in_transition(), begun.size), ("pending", true, volume.size));
    demo.clock.advance(Duration::from_secs(6));
    let progress = Snapshot::get(&cloud, &id).await.unwrap().progress;
    assert!(!matches!(progress.as_str(), "0%" | "100%"), "{progress}");
    demo.clock.advance(A_WHILE);
    assert_eq!(Snapshot::get(&cloud, &id).await.unwrap().progress, "100%");

    let sharing = Sharing { everybody: Everybody::Public, add: vec!["111122223333".into()], remove: vec![] };
    done::<Snapshot>(&cloud, SnapshotAction::Share(sharing), &id).await;
    let shared = Snapshot::get(&cloud, &id).await.unwrap();
    assert_eq!((shared.public, shared.shared_with), (Some(true), Some(vec!["111122223333".to_owned()])));

    let copy = SnapshotAction::Copy { region: "eu-west-1".into(), description: "From afar".into(), encrypted: true };
    done::<Snapshot>(&cloud, copy, &id).await;
    let near = SnapshotAction::Copy { region: "us-east-1".into(), description: "From near".into(), encrypted: false };
    done::<Snapshot>(&cloud, near, &id).await;
    let described = every::<Snapshot>(&cloud).await.into_iter().map(|row| row.description).collect::<Vec<_>>();
    assert!(described.contains(&"From near".to_owned()) && !described.contains(&"From afar".to_owned()));

    done::<Snapshot>(&cloud, SnapshotAction::Delete { with_images: false }, &id).await;
    assert!(!is_listed::<Snapshot>(&cloud, &id).await);
}

#[tokio::test]
async fn nobody_gets_the_public_snapshots_of_the_world() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let mut counts = vec![];
    for owner in ["self", "shared", "mine"] {
        let args = Args::from([("owner".to_owned(), owner.to_owned())]);
        let rows: Vec<Snapshot> = Snapshot::list(&cloud, &args).try_concat().await.unwrap();
        assert!(!rows.is_empty() && !rows.iter().any(|row| row.description.starts_with("ubuntu/")), "{owner}");
        counts.push(rows.len());
    }
    assert_eq!(counts[0] + counts[1], counts[2]);
    assert_eq!(every::<Snapshot>(&cloud).await.len(), counts[0], "one's own, unless others are wanted");
}

#[tokio::test]
async fn an_image_is_made_changed_and_deregistered_with_its_snapshots() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let instance = running(&cloud).await;
    let (name, description) = ("journey".to_owned(), String::new());
    let draft = ImageDraft::Instance { instance_id: instance.id, name, description, no_reboot: true, tags: vec![] };
    let id = make::<Image>(&cloud, &draft).await;
    let taken = Image::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((taken.code, taken.fields.contains_key("name")), (ErrorCode::Conflict, true));
    let image = Image::get(&cloud, &id).await.unwrap();
    assert_eq!((image.state.as_str(), image.in_transition()), ("pending", true));
    assert_eq!(image.block_devices.len(), instance.block_devices.len());
    demo.clock.advance(A_WHILE);

    let sharing = Sharing { add: vec!["111122223333".into()], ..Sharing::default() };
    done::<Image>(&cloud, ImageAction::Share(sharing), &id).await;
    done::<Image>(&cloud, ImageAction::Describe { description: "Made by hand".into() }, &id).await;
    let image = Image::get(&cloud, &id).await.unwrap();
    assert_eq!((image.public, image.launch_permissions), (false, Some(vec!["111122223333".to_owned()])));
    assert_eq!((image.state.as_str(), image.description.as_str()), ("available", "Made by hand"));

    let copy =
        |name: &str| ImageAction::Copy { region: "eu-west-1".into(), name: name.into(), description: String::new(), encrypted: false };
    done::<Image>(&cloud, copy("journey copy"), &id).await;
    assert_eq!(refused::<Image>(&cloud, copy("journey copy"), &id).await, ErrorCode::Conflict, "the copy is there, and has the name");

    let snapshot = image.block_devices[0].snapshot_id.clone();
    assert_eq!(refused::<Snapshot>(&cloud, SnapshotAction::Delete { with_images: false }, &snapshot).await, ErrorCode::Conflict);
    done::<Image>(&cloud, ImageAction::Deregister { with_snapshots: true }, &id).await;
    assert_eq!(Image::get(&cloud, &id).await.unwrap_err().code, ErrorCode::NotFound);
    assert!(!is_listed::<Snapshot>(&cloud, &snapshot).await);

    let foreign = every::<Image>(&cloud).await.into_iter().find(|row| row.owner == "111122223333").unwrap();
    let refusal = refused::<Image>(&cloud, ImageAction::Deregister { with_snapshots: false }, &foreign.id).await;
    assert_eq!(refusal, ErrorCode::Forbidden);
}

#[tokio::test]
async fn a_snapshot_becomes_a_volume_and_an_image_and_takes_the_image_along() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let snapshot = every::<Snapshot>(&cloud).await.into_iter().find(|row| row.state == "completed").unwrap();
    let small = VolumeDraft { snapshot_id: snapshot.id.clone(), size: Some(snapshot.size - 1), ..volume_in("us-east-1a") };
    let error = Volume::create(&cloud, &small).await.unwrap_err();
    assert!(error.fields.contains_key("size"), "{error:?}");
    let volume = make::<Volume>(&cloud, &VolumeDraft { size: None, ..small }).await;
    let volume = Volume::get(&cloud, &volume).await.unwrap();
    assert_eq!((volume.size, volume.snapshot_id.as_str()), (snapshot.size, snapshot.id.as_str()));

    let draft = ImageDraft::Snapshot {
        snapshot_id: snapshot.id.clone(),
        name: "from snapshot".into(),
        description: "Registered".into(),
        architecture: "arm64".into(),
        root_device: "/dev/xvda".into(),
        volume_type: "gp3".into(),
        delete_on_termination: false,
        tags: vec![],
    };
    let image = make::<Image>(&cloud, &draft).await;
    let registered = Image::get(&cloud, &image).await.unwrap();
    assert_eq!((registered.architecture.as_str(), registered.root_device_name.as_str()), ("arm64", "/dev/xvda"));
    assert!(!registered.block_devices[0].delete_on_termination);
    done::<Snapshot>(&cloud, SnapshotAction::Delete { with_images: true }, &snapshot.id).await;
    assert!(!is_listed::<Snapshot>(&cloud, &snapshot.id).await && !is_listed::<Image>(&cloud, &image).await);
}
