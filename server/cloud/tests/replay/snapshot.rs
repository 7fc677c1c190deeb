//! Snapshots.

use api::{
    error::ErrorCode,
    sharing::{Everybody, Sharing},
    snapshot::{Snapshot, SnapshotAction, SnapshotDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines};

/// The example of `DescribeSnapshots`, with what the reference has besides.
const ONE: &str = r#"<DescribeSnapshotsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <snapshotSet>
    <item>
      <snapshotId>snap-1234567890abcdef0</snapshotId>
      <volumeId>vol-1234567890abcdef0</volumeId>
      <status>pending</status>
      <startTime>2014-02-28T21:28:32.000Z</startTime>
      <progress>30%</progress>
      <ownerId>111122223333</ownerId>
      <volumeSize>15</volumeSize>
      <description>Daily Backup</description>
      <encrypted>true</encrypted>
      <storageTier>standard</storageTier>
      <tagSet/>
    </item>
  </snapshotSet>
</DescribeSnapshotsResponse>"#;

const PERMISSIONS: &str = r"<DescribeSnapshotAttributeResponse>
  <snapshotId>snap-1234567890abcdef0</snapshotId>
  <createVolumePermission><item><userId>495219933132</userId></item></createVolumePermission>
</DescribeSnapshotAttributeResponse>";

fn owned(rows: &[(&str, &str)]) -> String {
    let items: String =
        rows.iter().map(|(id, owner)| format!("<item><snapshotId>{id}</snapshotId><ownerId>{owner}</ownerId></item>")).collect();
    format!("<DescribeSnapshotsResponse><snapshotSet>{items}</snapshotSet></DescribeSnapshotsResponse>")
}

#[tokio::test]
async fn every_fact_of_a_snapshot_is_taken_over() {
    let recorded = Recorded::new().answer("DescribeSnapshots", ONE);
    let (cloud, _) = recorded.answer("DescribeSnapshotAttribute", PERMISSIONS).cloud();
    let expected = Snapshot {
        id: "snap-1234567890abcdef0".into(),
        state: "pending".into(),
        progress: "30%".into(),
        volume_id: "vol-1234567890abcdef0".into(),
        size: 15,
        description: "Daily Backup".into(),
        encrypted: true,
        owner: "111122223333".into(),
        started_at: Some(1_393_622_912),
        storage_tier: "standard".into(),
        public: Some(false),
        shared_with: Some(vec!["495219933132".into()]),
        ..Snapshot::default()
    };
    assert_eq!(Snapshot::get(&cloud, "snap-1234567890abcdef0").await.unwrap(), expected);
}

#[tokio::test]
async fn only_ones_own_are_asked_for_unless_others_are_wanted() {
    for (owner, expected) in [("", vec!["Owner.1=self"]), ("self", vec!["Owner.1=self"]), ("mine", vec!["RestorableBy.1=self"])] {
        let (cloud, log) = Recorded::new().answer("DescribeSnapshots", &owned(&[])).cloud();
        let args = if owner.is_empty() { args(&[]) } else { args(&[("owner", owner)]) };
        all(Snapshot::list(&cloud, &args)).await.unwrap();
        assert_eq!(lines(&asked(&log, "DescribeSnapshots")[0]), expected, "{owner}");
    }
    let (cloud, _) = Recorded::new().cloud();
    let error = all(Snapshot::list(&cloud, &args(&[("owner", "all")]))).await.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("owner")), (ErrorCode::Invalid, true));
}

#[tokio::test]
async fn shared_are_those_that_belong_to_others() {
    let identity = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult>\
                    </GetCallerIdentityResponse>";
    let recorded = Recorded::new().answer("GetCallerIdentity", identity);
    let (cloud, log) = recorded.answer("DescribeSnapshots", &owned(&[("snap-1", "111122223333"), ("snap-2", "444455556666")])).cloud();
    let found = all(Snapshot::list(&cloud, &args(&[("owner", "shared"), ("volume", "vol-1")]))).await.unwrap();
    assert_eq!(found.iter().map(|snapshot| snapshot.id.as_str()).collect::<Vec<_>>(), ["snap-2"]);
    let expected = ["Filter.1.Name=volume-id", "Filter.1.Value.1=vol-1", "RestorableBy.1=self"];
    assert_eq!(lines(&asked(&log, "DescribeSnapshots")[0]), expected);
}

#[tokio::test]
async fn a_snapshot_is_taken_once() {
    let made = "<CreateSnapshotResponse><snapshotId>snap-1</snapshotId><status>pending</status></CreateSnapshotResponse>";
    let (cloud, log) = Recorded::new().answer("CreateSnapshot", made).cloud();
    let draft =
        SnapshotDraft { volume_id: "vol-1".into(), name: "daily".into(), description: "Daily Backup".into(), ..SnapshotDraft::default() };
    assert_eq!(Snapshot::create(&cloud, &draft).await.unwrap().ids, ["snap-1"]);
    let expected = [
        "Description=Daily Backup",
        "TagSpecification.1.ResourceType=snapshot",
        "TagSpecification.1.Tag.1.Key=Name",
        "TagSpecification.1.Tag.1.Value=daily",
        "VolumeId=vol-1",
    ];
    assert_eq!(lines(&asked(&log, "CreateSnapshot")[0]), expected);
}

#[tokio::test]
async fn a_copy_is_asked_for_where_it_goes() {
    let copied = "<CopySnapshotResponse><snapshotId>snap-2</snapshotId></CopySnapshotResponse>";
    let (cloud, log) = Recorded::new().regions(&["us-east-1", "eu-west-1"]).answer("CopySnapshot", copied).cloud();
    let copy = |region: &str| SnapshotAction::Copy { region: region.into(), description: String::new(), encrypted: true };
    let ids = ["snap-1".to_owned()];
    assert_eq!(Snapshot::act(&cloud, &copy("eu-west-1"), &ids).await[0].error, None);
    assert_eq!(lines(&asked(&log, "CopySnapshot")[0]), ["Encrypted=true", "SourceRegion=us-east-1", "SourceSnapshotId=snap-1"]);
    assert_eq!(log.lock().unwrap().last().unwrap().host, "ec2.eu-west-1.cloud.example");
    // Nothing is sent to a host that nobody chose.
    let refused = Snapshot::act(&cloud, &copy("evil"), &ids).await.remove(0).error.unwrap();
    assert_eq!((refused.code, refused.fields.contains_key("region")), (ErrorCode::Invalid, true));
    assert_eq!(asked(&log, "CopySnapshot").len(), 1);
}

#[tokio::test]
async fn sharing_changes_only_who_is_named() {
    let (cloud, log) = Recorded::new().answer("ModifySnapshotAttribute", "<ModifySnapshotAttributeResponse/>").cloud();
    let change = Sharing { everybody: Everybody::Private, add: vec!["111122223333".into()], remove: vec!["444455556666".into()] };
    Snapshot::act(&cloud, &SnapshotAction::Share(change), &["snap-1".to_owned()]).await;
    let expected = [
        "Attribute=createVolumePermission",
        "CreateVolumePermission.Add.1.UserId=111122223333",
        "CreateVolumePermission.Remove.1.UserId=444455556666",
        "CreateVolumePermission.Remove.2.Group=all",
        "SnapshotId=snap-1",
    ];
    assert_eq!(lines(&asked(&log, "ModifySnapshotAttribute")[0]), expected);
}

#[tokio::test]
async fn deleting_takes_the_images_along_only_where_it_is_wanted() {
    let images = "<DescribeImagesResponse><imagesSet><item><imageId>ami-1</imageId></item></imagesSet></DescribeImagesResponse>";
    let done = "<DeleteSnapshotResponse><return>true</return></DeleteSnapshotResponse>";
    let message = "The snapshot snap-1 is currently in use by ami-1";
    let recorded = Recorded::new().refuse("DeleteSnapshot", 400, "InvalidSnapshot.InUse", message);
    let recorded = recorded.answer("DescribeImages", images).answer("DeregisterImage", "<DeregisterImageResponse/>");
    let (cloud, log) = recorded.answer("DeleteSnapshot", done).cloud();
    let ids = ["snap-1".to_owned()];
    let alone = Snapshot::act(&cloud, &SnapshotAction::Delete { with_images: false }, &ids).await.remove(0).error.unwrap();
    assert_eq!((alone.code, alone.message.as_str()), (ErrorCode::Conflict, message));
    assert_eq!(Snapshot::act(&cloud, &SnapshotAction::Delete { with_images: true }, &ids).await[0].error, None);
    let expected = ["Filter.1.Name=block-device-mapping.snapshot-id", "Filter.1.Value.1=snap-1", "Owner.1=self"];
    assert_eq!(lines(&asked(&log, "DescribeImages")[0]), expected);
    assert_eq!(lines(&asked(&log, "DeregisterImage")[0]), ["ImageId=ami-1"]);
}
