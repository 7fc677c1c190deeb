//! Volumes.

use api::{
    error::ErrorCode,
    tag::Tag,
    volume::{Volume, VolumeAction, VolumeDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines};

/// The example of `DescribeVolumes`, with what the reference has besides.
const VOLUMES: &str = r#"<DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <volumeSet>
    <item>
      <volumeId>vol-1234567890abcdef0</volumeId>
      <size>80</size>
      <snapshotId/>
      <availabilityZone>us-east-1a</availabilityZone>
      <status>in-use</status>
      <createTime>2012-06-26T01:19:00.000Z</createTime>
      <attachmentSet>
        <item>
          <volumeId>vol-1234567890abcdef0</volumeId>
          <instanceId>i-1234567890abcdef0</instanceId>
          <device>/dev/sdh</device>
          <status>attached</status>
          <attachTime>2012-06-26T01:19:00.000Z</attachTime>
          <deleteOnTermination>false</deleteOnTermination>
        </item>
      </attachmentSet>
      <volumeType>gp3</volumeType>
      <iops>4000</iops>
      <throughput>250</throughput>
      <encrypted>true</encrypted>
      <tagSet><item><key>Name</key><value>data</value></item></tagSet>
    </item>
    <item><volumeId>vol-2</volumeId><size>1</size><status>available</status><attachmentSet/></item>
  </volumeSet>
</DescribeVolumesResponse>"#;

fn instance(root: &str, state: &str, devices: &[&str]) -> String {
    let devices: String = devices.iter().map(|name| format!("<item><deviceName>{name}</deviceName></item>")).collect();
    format!(
        "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>\
         <instanceState><name>{state}</name></instanceState><rootDeviceName>{root}</rootDeviceName>\
         <blockDeviceMapping>{devices}</blockDeviceMapping></item></instancesSet></item></reservationSet></DescribeInstancesResponse>"
    )
}

#[tokio::test]
async fn every_fact_of_a_volume_is_taken_over() {
    let (cloud, log) = Recorded::new().answer("DescribeVolumes", VOLUMES).cloud();
    let volumes = all(Volume::list(&cloud, &args(&[("instance", "i-1234567890abcdef0")]))).await.unwrap();
    let expected = Volume {
        id: "vol-1234567890abcdef0".into(),
        state: "in-use".into(),
        size: 80,
        volume_type: "gp3".into(),
        iops: Some(4000),
        throughput: Some(250),
        zone: "us-east-1a".into(),
        encrypted: true,
        created_at: Some(1_340_673_540),
        instance_id: "i-1234567890abcdef0".into(),
        device: "/dev/sdh".into(),
        attachment: "attached".into(),
        attached_at: Some(1_340_673_540),
        delete_on_termination: Some(false),
        tags: vec![Tag::new("Name", "data")],
        ..Volume::default()
    };
    assert_eq!(volumes[0], expected);
    assert_eq!((volumes[1].instance_id.as_str(), volumes[1].delete_on_termination), ("", None));
    let filter = ["Filter.1.Name=attachment.instance-id", "Filter.1.Value.1=i-1234567890abcdef0"];
    assert_eq!(lines(&asked(&log, "DescribeVolumes")[0]), filter);
}

#[tokio::test]
async fn one_volume_knows_whether_it_is_the_root_of_an_instance_that_runs() {
    for (root, state, expected) in [("/dev/sdh", "running", true), ("/dev/sdh", "stopped", false), ("/dev/xvda", "running", false)] {
        let recorded = Recorded::new().answer("DescribeVolumes", VOLUMES);
        let (cloud, _) = recorded.answer("DescribeInstances", &instance(root, state, &[])).cloud();
        let volume = Volume::get(&cloud, "vol-1234567890abcdef0").await.unwrap();
        assert_eq!(volume.is_live_root, Some(expected), "{root}, {state}");
    }
}

#[tokio::test]
async fn a_volume_is_made_with_what_its_type_takes() {
    let made = "<CreateVolumeResponse><volumeId>vol-1</volumeId></CreateVolumeResponse>";
    let (cloud, log) = Recorded::new().answer("CreateVolume", made).answer("CreateVolume", made).cloud();
    let draft = VolumeDraft {
        name: "data".into(),
        zone: "us-east-1a".into(),
        size: Some(80),
        volume_type: "gp3".into(),
        iops: Some(4000),
        throughput: Some(250),
        encrypted: true,
        tags: vec![Tag::new("env", "test")],
        ..VolumeDraft::default()
    };
    assert_eq!(Volume::create(&cloud, &draft).await.unwrap().ids, ["vol-1"]);
    let expected = [
        "AvailabilityZone=us-east-1a",
        "Encrypted=true",
        "Iops=4000",
        "Size=80",
        "TagSpecification.1.ResourceType=volume",
        "TagSpecification.1.Tag.1.Key=Name",
        "TagSpecification.1.Tag.1.Value=data",
        "TagSpecification.1.Tag.2.Key=env",
        "TagSpecification.1.Tag.2.Value=test",
        "Throughput=250",
        "VolumeType=gp3",
    ];
    assert_eq!(lines(&asked(&log, "CreateVolume")[0]), expected);

    let of_snapshot = VolumeDraft { snapshot_id: "snap-1".into(), zone: "us-east-1a".into(), ..VolumeDraft::default() };
    Volume::create(&cloud, &of_snapshot).await.unwrap();
    assert_eq!(lines(&asked(&log, "CreateVolume")[1]), ["AvailabilityZone=us-east-1a", "SnapshotId=snap-1"]);
}

#[tokio::test]
async fn a_refused_size_is_said_at_the_size() {
    let message = "Size of volume is smaller than snapshot 'snap-1', expect size >= 8GB";
    let (cloud, _) = Recorded::new().refuse("CreateVolume", 400, "InvalidParameterValue", message).cloud();
    let draft = VolumeDraft { zone: "us-east-1a".into(), size: Some(1), snapshot_id: "snap-1".into(), ..VolumeDraft::default() };
    let error = Volume::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("size")), (ErrorCode::Invalid, true));
}

#[tokio::test]
async fn without_a_device_the_first_free_ones_are_taken() {
    let attached = "<AttachVolumeResponse><status>attaching</status></AttachVolumeResponse>";
    let recorded = Recorded::new().answer("DescribeInstances", &instance("/dev/xvda", "running", &["/dev/xvda", "/dev/xvdf"]));
    let (cloud, log) = recorded.answer("AttachVolume", attached).answer("AttachVolume", attached).cloud();
    let action = VolumeAction::Attach { instance_id: "i-1".into(), device: String::new() };
    let outcomes = Volume::act(&cloud, &action, &["vol-1".to_owned(), "vol-2".to_owned()]).await;
    assert!(outcomes.iter().all(|outcome| outcome.error.is_none()), "{outcomes:?}");
    let calls: Vec<_> = asked(&log, "AttachVolume").iter().map(lines).collect();
    assert_eq!(calls[0], ["Device=/dev/sdg", "InstanceId=i-1", "VolumeId=vol-1"]);
    assert_eq!(calls[1], ["Device=/dev/sdh", "InstanceId=i-1", "VolumeId=vol-2"]);
}

#[tokio::test]
async fn detaching_modifying_and_deleting_are_told_of_each() {
    let attached = "<DescribeVolumesResponse><volumeSet><item><volumeId>vol-1</volumeId><attachmentSet><item>\
                    <instanceId>i-1</instanceId></item></attachmentSet></item></volumeSet></DescribeVolumesResponse>";
    let recorded = Recorded::new().answer("DescribeVolumes", attached).answer("DetachVolume", "<DetachVolumeResponse/>");
    let recorded = recorded.answer("ModifyVolume", "<ModifyVolumeResponse/>");
    let recorded = recorded.answer("DeleteVolume", "<DeleteVolumeResponse><return>true</return></DeleteVolumeResponse>");
    let (cloud, log) = recorded.refuse("DeleteVolume", 400, "VolumeInUse", "Volume vol-2 is currently attached to i-1").cloud();
    let one = ["vol-1".to_owned()];
    Volume::act(&cloud, &VolumeAction::Detach { force: true }, &one).await;
    assert_eq!(lines(&asked(&log, "DetachVolume")[0]), ["Force=true", "InstanceId=i-1", "VolumeId=vol-1"]);
    let modify = VolumeAction::Modify { volume_type: "gp2".into(), size: Some(9), iops: Some(3000), throughput: Some(125) };
    Volume::act(&cloud, &modify, &one).await;
    assert_eq!(lines(&asked(&log, "ModifyVolume")[0]), ["Size=9", "VolumeId=vol-1", "VolumeType=gp2"]);
    let outcomes = Volume::act(&cloud, &VolumeAction::Delete, &["vol-1".to_owned(), "vol-2".to_owned()]).await;
    let codes: Vec<_> = outcomes.iter().map(|outcome| outcome.error.as_ref().map(|error| error.code)).collect();
    assert_eq!(codes, [None, Some(ErrorCode::Conflict)]);
}
