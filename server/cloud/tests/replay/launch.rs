//! Launches: what `RunInstances` is asked for, and the instance profile behind a role.

use api::{
    error::ErrorCode,
    instance::{BlockDevice, Instance, InstanceDraft},
    tag::Tag,
};
use cloud::Backend;

use crate::recorded::{AGES, Recorded, asked, lines};

const LAUNCHED: &str = r#"<RunInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
  <reservationId>r-1a2b3c4d</reservationId>
  <instancesSet>
    <item><instanceId>i-b</instanceId><amiLaunchIndex>1</amiLaunchIndex></item>
    <item><instanceId>i-a</instanceId><amiLaunchIndex>0</amiLaunchIndex></item>
  </instancesSet>
</RunInstancesResponse>"#;

const NO_PROFILE: &str = r#"<ListInstanceProfilesForRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListInstanceProfilesForRoleResult><InstanceProfiles/><IsTruncated>false</IsTruncated></ListInstanceProfilesForRoleResult>
</ListInstanceProfilesForRoleResponse>"#;

const PROFILE: &str = "<Path>/</Path><InstanceProfileName>Webserver</InstanceProfileName><InstanceProfileId>AIPACKCEVSQ6C2EXAMPLE</InstanceProfileId>\
    <Arn>arn:aws:iam::123456789012:instance-profile/Webserver</Arn><CreateDate>2012-05-09T16:11:10Z</CreateDate><Roles/>";

fn draft() -> InstanceDraft {
    InstanceDraft { image_id: "ami-1".into(), instance_type: "t3.micro".into(), count: 2, ..InstanceDraft::default() }
}

#[tokio::test]
async fn a_plain_launch_asks_for_no_more_than_it_says() {
    let (cloud, log) = Recorded::new().answer("RunInstances", LAUNCHED).cloud();
    let created = Instance::create(&cloud, &draft()).await.unwrap();
    assert_eq!(created.ids, ["i-a", "i-b"], "in the order of their launch");
    let call = &asked(&log, "RunInstances")[0];
    assert_eq!(lines(call), ["ImageId=ami-1", "InstanceType=t3.micro", "MaxCount=2", "MinCount=2"]);
    assert!(call["ClientToken"].len() >= 32, "a repeated call must not launch twice");
}

#[tokio::test]
async fn everything_that_a_draft_says_reaches_the_cloud() {
    let (cloud, log) = Recorded::new().answer("RunInstances", LAUNCHED).cloud();
    let full = InstanceDraft {
        names: vec!["web".into()],
        subnet_id: "subnet-1".into(),
        public_ip: Some(true),
        key_name: "ops".into(),
        security_group_ids: vec!["sg-1".into(), "sg-2".into()],
        user_data: "IyEvYmluL3NoCg==".into(),
        tags: vec![Tag::new("env", "prod")],
        monitoring: true,
        termination_protection: true,
        block_devices: vec![
            BlockDevice {
                device: "/dev/sdf".into(),
                size: Some(20),
                volume_type: "gp3".into(),
                encrypted: true,
                delete_on_termination: true,
                ..BlockDevice::default()
            },
            BlockDevice { device: "/dev/sdg".into(), snapshot_id: "snap-1".into(), ..BlockDevice::default() },
        ],
        ..draft()
    };
    Instance::create(&cloud, &full).await.unwrap();
    let expected = [
        "BlockDeviceMapping.1.DeviceName=/dev/sdf",
        "BlockDeviceMapping.1.Ebs.DeleteOnTermination=true",
        "BlockDeviceMapping.1.Ebs.Encrypted=true",
        "BlockDeviceMapping.1.Ebs.VolumeSize=20",
        "BlockDeviceMapping.1.Ebs.VolumeType=gp3",
        "BlockDeviceMapping.2.DeviceName=/dev/sdg",
        "BlockDeviceMapping.2.Ebs.DeleteOnTermination=false",
        "BlockDeviceMapping.2.Ebs.SnapshotId=snap-1",
        "DisableApiTermination=true",
        "ImageId=ami-1",
        "InstanceType=t3.micro",
        "KeyName=ops",
        "MaxCount=2",
        "MinCount=2",
        "Monitoring.Enabled=true",
        "NetworkInterface.1.AssociatePublicIpAddress=true",
        "NetworkInterface.1.DeleteOnTermination=true",
        "NetworkInterface.1.DeviceIndex=0",
        "NetworkInterface.1.SecurityGroupId.1=sg-1",
        "NetworkInterface.1.SecurityGroupId.2=sg-2",
        "NetworkInterface.1.SubnetId=subnet-1",
        "TagSpecification.1.ResourceType=instance",
        "TagSpecification.1.Tag.1.Key=env",
        "TagSpecification.1.Tag.1.Value=prod",
        "TagSpecification.1.Tag.2.Key=Name",
        "TagSpecification.1.Tag.2.Value=web",
        "UserData=IyEvYmluL3NoCg==",
    ];
    assert_eq!(lines(&asked(&log, "RunInstances")[0]), expected);
}

#[tokio::test]
async fn without_a_wish_for_an_address_subnet_zone_and_groups_stand_for_themselves() {
    let (cloud, log) = Recorded::new().answer("RunInstances", LAUNCHED).answer("RunInstances", LAUNCHED).cloud();
    let groups = vec!["sg-1".to_owned()];
    let in_subnet = InstanceDraft { subnet_id: "subnet-1".into(), zone: "z".into(), security_group_ids: groups.clone(), ..draft() };
    let in_zone = InstanceDraft { zone: "us-east-1a".into(), ..draft() };
    Instance::create(&cloud, &in_subnet).await.unwrap();
    Instance::create(&cloud, &in_zone).await.unwrap();
    let calls = asked(&log, "RunInstances");
    assert_eq!((calls[0]["SubnetId"].as_str(), calls[0]["SecurityGroupId.1"].as_str()), ("subnet-1", "sg-1"));
    assert!(!calls[0].contains_key("Placement.AvailabilityZone"));
    assert_eq!(calls[1]["Placement.AvailabilityZone"], "us-east-1a");
}

#[tokio::test]
async fn each_instance_gets_its_name_and_one_that_cannot_be_named_is_a_warning() {
    let recorded = Recorded::new().answer("RunInstances", LAUNCHED);
    let recorded = recorded.answer("CreateTags", "<CreateTagsResponse><return>true</return></CreateTagsResponse>");
    let (cloud, log) = recorded.refuse("CreateTags", 400, "InvalidInstanceID.NotFound", "The ID 'i-b' is not valid").cloud();
    let named = InstanceDraft { names: vec!["one".into(), "two".into()], ..draft() };
    let created = Instance::create(&cloud, &named).await.unwrap();
    let calls: Vec<_> = asked(&log, "CreateTags").iter().map(lines).collect();
    assert_eq!(calls[0], ["ResourceId.1=i-a", "Tag.1.Key=Name", "Tag.1.Value=one"]);
    assert_eq!(calls[1], ["ResourceId.1=i-b", "Tag.1.Key=Name", "Tag.1.Value=two"]);
    assert_eq!(created.ids.len(), 2);
    let warnings: Vec<_> = created.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["i-b was launched, but could not be named two: The ID 'i-b' is not valid"]);
}

fn with_role() -> InstanceDraft {
    InstanceDraft { role: "Webserver".into(), ..draft() }
}

#[tokio::test]
async fn a_role_brings_the_profile_that_holds_it() {
    let found = format!(
        "<ListInstanceProfilesForRoleResponse><ListInstanceProfilesForRoleResult><InstanceProfiles><member>{}</member></InstanceProfiles>\
         <IsTruncated>false</IsTruncated></ListInstanceProfilesForRoleResult></ListInstanceProfilesForRoleResponse>",
        PROFILE.replace("<InstanceProfileName>Webserver", "<InstanceProfileName>web-profile")
    );
    let (cloud, log) = Recorded::new().answer("ListInstanceProfilesForRole", &found).answer("RunInstances", LAUNCHED).cloud();
    Instance::create(&cloud, &with_role()).await.unwrap();
    assert_eq!(asked(&log, "RunInstances")[0]["IamInstanceProfile.Name"], "web-profile");
}

fn making_a_profile() -> Recorded {
    let made = format!(
        "<CreateInstanceProfileResponse><CreateInstanceProfileResult><InstanceProfile>{PROFILE}</InstanceProfile></CreateInstanceProfileResult></CreateInstanceProfileResponse>"
    );
    Recorded::new()
        .answer("ListInstanceProfilesForRole", NO_PROFILE)
        .answer("CreateInstanceProfile", &made)
        .answer("AddRoleToInstanceProfile", "<AddRoleToInstanceProfileResponse/>")
}

const UNKNOWN_PROFILE: &str = "Value (Webserver) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name";

#[tokio::test(start_paused = true)]
async fn a_new_profile_is_waited_for() {
    let recorded = making_a_profile().refuse("RunInstances", 400, "InvalidParameterValue", UNKNOWN_PROFILE);
    let recorded = recorded.refuse("RunInstances", 400, "InvalidParameterValue", UNKNOWN_PROFILE);
    let (cloud, log) = recorded.answer("RunInstances", LAUNCHED).cloud();
    let created = tokio::time::timeout(AGES, Instance::create(&cloud, &with_role())).await.unwrap().unwrap();
    assert_eq!(created.ids.len(), 2);
    assert_eq!(asked(&log, "RunInstances").len(), 3);
    assert_eq!(lines(&asked(&log, "AddRoleToInstanceProfile")[0]), ["InstanceProfileName=Webserver", "RoleName=Webserver"]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_launch_leaves_no_profile_behind() {
    let recorded = making_a_profile().refuse("RunInstances", 400, "InvalidAMIID.NotFound", "The image id '[ami-1]' does not exist");
    let recorded = recorded.answer("RemoveRoleFromInstanceProfile", "<RemoveRoleFromInstanceProfileResponse/>");
    let (cloud, log) = recorded.answer("DeleteInstanceProfile", "<DeleteInstanceProfileResponse/>").cloud();
    let error = Instance::create(&cloud, &with_role()).await.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("image_id")), (ErrorCode::NotFound, true));
    assert_eq!(asked(&log, "RunInstances").len(), 1, "another error is not waited out");
    assert_eq!(asked(&log, "DeleteInstanceProfile").len(), 1);
}

#[tokio::test]
async fn a_role_that_is_not_there_is_said_at_its_field() {
    let recorded = Recorded::new();
    let (cloud, _) =
        recorded.refuse("ListInstanceProfilesForRole", 404, "NoSuchEntity", "The role with name Webserver cannot be found.").cloud();
    let error = Instance::create(&cloud, &with_role()).await.unwrap_err();
    assert_eq!(error.fields["role"], "The role with name Webserver cannot be found.");
}

#[tokio::test]
async fn a_template_is_sent_with_what_differs_from_it() {
    let (cloud, log) = Recorded::new()
        .answer("RunInstances", LAUNCHED)
        .refuse("RunInstances", 400, "InvalidLaunchTemplateId.VersionNotFound", "Could not find the specified version 9")
        .cloud();
    let by_template = |version| InstanceDraft {
        launch_template_id: "lt-1".into(),
        launch_template_version: version,
        count: 2,
        ..InstanceDraft::default()
    };
    Instance::create(&cloud, &by_template(None)).await.unwrap();
    assert_eq!(lines(&asked(&log, "RunInstances")[0]), ["LaunchTemplate.LaunchTemplateId=lt-1", "MaxCount=2", "MinCount=2"]);
    let error = Instance::create(&cloud, &by_template(Some(9))).await.unwrap_err();
    assert_eq!(asked(&log, "RunInstances")[1]["LaunchTemplate.Version"], "9");
    assert!(error.fields.contains_key("launch_template_version"), "{error:?}");
}
