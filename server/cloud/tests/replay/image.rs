//! Images.

use api::{error::ErrorCode, image::Image, instance::BlockDevice};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines, list};

pub const ONE: &str = r#"<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
  <imagesSet>
    <item>
      <imageId>ami-1234567890EXAMPLE</imageId>
      <imageLocation>123456789012/Windows_Server</imageLocation>
      <imageState>available</imageState>
      <imageOwnerId>123456789012</imageOwnerId>
      <isPublic>true</isPublic>
      <architecture>x86_64</architecture>
      <imageType>machine</imageType>
      <platform>windows</platform>
      <platformDetails>Windows</platformDetails>
      <imageOwnerAlias>amazon</imageOwnerAlias>
      <creationDate>2024-09-30T12:00:00.000Z</creationDate>
      <deprecationTime>2026-09-30T12:00:00.000Z</deprecationTime>
      <rootDeviceType>ebs</rootDeviceType>
      <rootDeviceName>/dev/sda1</rootDeviceName>
      <blockDeviceMapping>
        <item>
          <deviceName>/dev/sda1</deviceName>
          <ebs>
            <snapshotId>snap-1234567890abcdef0</snapshotId>
            <volumeSize>30</volumeSize>
            <deleteOnTermination>true</deleteOnTermination>
            <volumeType>gp3</volumeType>
            <encrypted>false</encrypted>
          </ebs>
        </item>
        <item><deviceName>xvdca</deviceName><virtualName>ephemeral0</virtualName></item>
      </blockDeviceMapping>
      <name>Windows_Server</name>
      <virtualizationType>hvm</virtualizationType>
      <hypervisor>xen</hypervisor>
      <tagSet/>
    </item>
  </imagesSet>
</DescribeImagesResponse>"#;

const PERMISSIONS: &str = r#"<DescribeImageAttributeResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <imageId>ami-1234567890EXAMPLE</imageId>
  <launchPermission><item><group>all</group></item><item><userId>495219933132</userId></item></launchPermission>
</DescribeImageAttributeResponse>"#;

fn images(ids: &[&str]) -> String {
    let items: String = ids.iter().map(|id| format!("<item><imageId>{id}</imageId></item>")).collect();
    format!("<DescribeImagesResponse><imagesSet>{items}</imagesSet></DescribeImagesResponse>")
}

#[tokio::test]
async fn every_fact_of_an_image_is_taken_over() {
    let recorded = Recorded::new().answer("DescribeImages", ONE);
    let (cloud, log) = recorded.answer("DescribeImageAttribute", PERMISSIONS).cloud();
    let expected = Image {
        id: "ami-1234567890EXAMPLE".into(),
        name: "Windows_Server".into(),
        state: "available".into(),
        owner: "123456789012".into(),
        owner_alias: "amazon".into(),
        public: true,
        architecture: "x86_64".into(),
        platform: "windows".into(),
        platform_details: "Windows".into(),
        image_type: "machine".into(),
        root_device_type: "ebs".into(),
        root_device_name: "/dev/sda1".into(),
        virtualization_type: "hvm".into(),
        hypervisor: "xen".into(),
        created_at: Some(1_727_697_600),
        deprecated_at: Some(1_790_769_600),
        location: "123456789012/Windows_Server".into(),
        block_devices: vec![BlockDevice {
            device: "/dev/sda1".into(),
            snapshot_id: "snap-1234567890abcdef0".into(),
            size: Some(30),
            volume_type: "gp3".into(),
            delete_on_termination: true,
            encrypted: false,
        }],
        launch_permissions: Some(vec!["495219933132".into()]),
        ..Image::default()
    };
    assert_eq!(Image::get(&cloud, "ami-1234567890EXAMPLE").await.unwrap(), expected);
    let call = &asked(&log, "DescribeImageAttribute")[0];
    assert_eq!(lines(call), ["Attribute=launchPermission", "ImageId=ami-1234567890EXAMPLE"]);
}

#[tokio::test]
async fn mine_are_the_accounts_own_and_those_shared_with_it_each_once() {
    let recorded = Recorded::new().answer("DescribeImages", &images(&["ami-1", "ami-2"]));
    let (cloud, log) = recorded.answer("DescribeImages", &images(&["ami-2", "ami-3"])).cloud();
    let ids: Vec<_> = list::<Image>(&cloud).await.into_iter().map(|image| image.id).collect();
    assert_eq!(ids, ["ami-1", "ami-2", "ami-3"]);
    let calls: Vec<_> = asked(&log, "DescribeImages").iter().map(lines).collect();
    assert_eq!(calls, [["Owner.1=self"], ["ExecutableBy.1=self"]]);
}

#[tokio::test]
async fn each_owner_is_asked_for_in_the_clouds_words() {
    for (owner, expected) in [
        ("self", vec!["Owner.1=self"]),
        ("shared", vec!["ExecutableBy.1=self"]),
        ("amazon", vec!["Owner.1=amazon"]),
        ("marketplace", vec!["Owner.1=aws-marketplace"]),
        ("all", vec![]),
    ] {
        let (cloud, log) = Recorded::new().answer("DescribeImages", &images(&["ami-1"])).cloud();
        all(Image::list(&cloud, &args(&[("owner", owner)]))).await.unwrap();
        assert_eq!(lines(&asked(&log, "DescribeImages")[0]), expected, "{owner}");
    }
}

#[tokio::test]
async fn an_unknown_owner_is_refused_without_asking_the_cloud() {
    let (cloud, _) = Recorded::new().cloud();
    let error = all(Image::list(&cloud, &args(&[("owner", "nobody")]))).await.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("owner")), (ErrorCode::Invalid, true));
}

#[tokio::test]
async fn an_answer_without_the_image_is_not_found() {
    let recorded = Recorded::new().answer("DescribeImages", &images(&[]));
    let (cloud, _) = recorded.refuse("DescribeImageAttribute", 400, "InvalidAMIID.NotFound", "The image id does not exist").cloud();
    assert_eq!(Image::get(&cloud, "ami-1").await.unwrap_err().code, ErrorCode::NotFound);
}
