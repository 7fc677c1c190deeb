//! Making, changing and deregistering images.

use api::{
    error::ErrorCode,
    image::{Image, ImageAction, ImageDraft},
    sharing::{Everybody, Sharing},
    tag::Tag,
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines};

fn made_of(images: &[(&str, &[&str])]) -> String {
    let ebs = |id: &&str| format!("<item><deviceName>/dev/sda1</deviceName><ebs><snapshotId>{id}</snapshotId></ebs></item>");
    let item = |(id, snapshots): &(&str, &[&str])| {
        let mapping: String = snapshots.iter().map(ebs).collect();
        format!("<item><imageId>{id}</imageId><blockDeviceMapping>{mapping}</blockDeviceMapping></item>")
    };
    let items: String = images.iter().map(item).collect();
    format!("<DescribeImagesResponse><imagesSet>{items}</imagesSet></DescribeImagesResponse>")
}

#[tokio::test]
async fn an_image_is_made_of_an_instance() {
    let made = "<CreateImageResponse><imageId>ami-4fa54026</imageId></CreateImageResponse>";
    let (cloud, log) = Recorded::new().answer("CreateImage", made).cloud();
    let draft = ImageDraft::Instance {
        instance_id: "i-1234567890abcdef0".into(),
        name: "standard-web-server-v1.0".into(),
        description: "Standard Web Server AMI".into(),
        no_reboot: true,
        tags: vec![Tag::new("env", "test")],
    };
    assert_eq!(Image::create(&cloud, &draft).await.unwrap().ids, ["ami-4fa54026"]);
    let expected = [
        "Description=Standard Web Server AMI",
        "InstanceId=i-1234567890abcdef0",
        "Name=standard-web-server-v1.0",
        "NoReboot=true",
        "TagSpecification.1.ResourceType=image",
        "TagSpecification.1.Tag.1.Key=env",
        "TagSpecification.1.Tag.1.Value=test",
    ];
    assert_eq!(lines(&asked(&log, "CreateImage")[0]), expected);
}

#[tokio::test]
async fn an_image_is_registered_from_a_snapshot_and_a_taken_name_is_said_at_the_name() {
    let made = "<RegisterImageResponse><imageId>ami-1a2b3c4d</imageId></RegisterImageResponse>";
    let message = "AMI name web is already in use by AMI ami-1a2b3c4d";
    let recorded = Recorded::new().answer("RegisterImage", made);
    let (cloud, log) = recorded.refuse("RegisterImage", 400, "InvalidAMIName.Duplicate", message).cloud();
    let draft = ImageDraft::Snapshot {
        snapshot_id: "snap-1".into(),
        name: "web".into(),
        description: String::new(),
        architecture: "arm64".into(),
        root_device: "/dev/xvda".into(),
        volume_type: String::new(),
        delete_on_termination: true,
        tags: vec![],
    };
    assert_eq!(Image::create(&cloud, &draft).await.unwrap().ids, ["ami-1a2b3c4d"]);
    let expected = [
        "Architecture=arm64",
        "BlockDeviceMapping.1.DeviceName=/dev/xvda",
        "BlockDeviceMapping.1.Ebs.DeleteOnTermination=true",
        "BlockDeviceMapping.1.Ebs.SnapshotId=snap-1",
        "EnaSupport=true",
        "Name=web",
        "RootDeviceName=/dev/xvda",
        "VirtualizationType=hvm",
    ];
    assert_eq!(lines(&asked(&log, "RegisterImage")[0]), expected);
    let error = Image::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((error.code, error.fields["name"].as_str()), (ErrorCode::Conflict, message));
}

#[tokio::test]
async fn launch_permissions_change_only_for_who_is_named() {
    let done = "<ModifyImageAttributeResponse><return>true</return></ModifyImageAttributeResponse>";
    let (cloud, log) = Recorded::new().answer("ModifyImageAttribute", done).answer("ModifyImageAttribute", done).cloud();
    let ids = ["ami-1".to_owned()];
    let change = Sharing { everybody: Everybody::Public, add: vec!["111122223333".into()], remove: vec![] };
    Image::act(&cloud, &ImageAction::Share(change), &ids).await;
    let expected = ["ImageId=ami-1", "LaunchPermission.Add.1.UserId=111122223333", "LaunchPermission.Add.2.Group=all"];
    assert_eq!(lines(&asked(&log, "ModifyImageAttribute")[0]), expected);
    Image::act(&cloud, &ImageAction::Describe { description: "New".into() }, &ids).await;
    assert_eq!(lines(&asked(&log, "ModifyImageAttribute")[1]), ["Description.Value=New", "ImageId=ami-1"]);
}

#[tokio::test]
async fn a_copy_carries_its_own_name() {
    let copied = "<CopyImageResponse><imageId>ami-2</imageId></CopyImageResponse>";
    let (cloud, log) = Recorded::new().regions(&["us-east-1", "us-west-2"]).answer("CopyImage", copied).cloud();
    let copy =
        ImageAction::Copy { region: "us-west-2".into(), name: "My-Standard-AMI".into(), description: "AMI".into(), encrypted: false };
    assert_eq!(Image::act(&cloud, &copy, &["ami-1".to_owned()]).await[0].error, None);
    let expected = ["Description=AMI", "Name=My-Standard-AMI", "SourceImageId=ami-1", "SourceRegion=us-east-1"];
    assert_eq!(lines(&asked(&log, "CopyImage")[0]), expected);
    assert_eq!(log.lock().unwrap()[0].host, "ec2.us-west-2.cloud.example");
}

#[tokio::test]
async fn snapshots_that_other_images_are_made_of_are_kept() {
    let recorded = Recorded::new().answer("DescribeImages", &made_of(&[("ami-1", &["snap-1", "snap-2"])]));
    let recorded = recorded.answer("DescribeImages", &made_of(&[("ami-1", &["snap-1", "snap-2"]), ("ami-2", &["snap-2"])]));
    let recorded = recorded.answer("DeregisterImage", "<DeregisterImageResponse><return>true</return></DeregisterImageResponse>");
    let (cloud, log) = recorded.answer("DeleteSnapshot", "<DeleteSnapshotResponse><return>true</return></DeleteSnapshotResponse>").cloud();
    let outcomes = Image::act(&cloud, &ImageAction::Deregister { with_snapshots: true }, &["ami-1".to_owned()]).await;
    assert_eq!(outcomes[0].error, None);
    assert_eq!(lines(&asked(&log, "DeregisterImage")[0]), ["ImageId=ami-1"]);
    let deleted: Vec<_> = asked(&log, "DeleteSnapshot").iter().map(lines).collect();
    assert_eq!(deleted, [["SnapshotId=snap-1"]]);
}

#[tokio::test]
async fn a_snapshot_that_stays_is_told_of() {
    let recorded = Recorded::new().answer("DescribeImages", &made_of(&[("ami-1", &["snap-1"])])).answer("DescribeImages", &made_of(&[]));
    let recorded = recorded.answer("DeregisterImage", "<DeregisterImageResponse/>");
    let (cloud, _) = recorded.refuse("DeleteSnapshot", 403, "UnauthorizedOperation", "You are not authorized.").cloud();
    let outcomes = Image::act(&cloud, &ImageAction::Deregister { with_snapshots: true }, &["ami-1".to_owned()]).await;
    let error = outcomes[0].error.as_ref().unwrap();
    assert_eq!(error.code, ErrorCode::Forbidden);
    assert_eq!(error.message, "The image is deregistered, but its snapshot snap-1 could not be deleted: You are not authorized.");
}
