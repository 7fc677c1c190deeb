//! Instances: lists, single ones, actions, console output.

use api::{
    error::ErrorCode,
    instance::{AttachedVolume, GroupRef, Instance, InstanceAction, InterfaceRef},
    tag::Tag,
};
use cloud::{Args, Backend, console_output, password_data};
use futures::StreamExt;

use crate::recorded::{Recorded, all, args, asked, lines, list};

pub const TWO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>8f7724cf-496f-496e-8fe3-example</requestId>
  <reservationSet>
    <item>
      <reservationId>r-1234567890abcdef0</reservationId>
      <ownerId>123456789012</ownerId>
      <groupSet/>
      <instancesSet>
        <item>
          <instanceId>i-1234567890abcdef0</instanceId>
          <imageId>ami-bff32ccc</imageId>
          <instanceState><code>16</code><name>running</name></instanceState>
          <privateDnsName>ip-192-168-1-88.eu-west-1.compute.internal</privateDnsName>
          <dnsName>ec2-54-194-252-215.eu-west-1.compute.amazonaws.com</dnsName>
          <reason/>
          <keyName>my_keypair</keyName>
          <amiLaunchIndex>0</amiLaunchIndex>
          <productCodes/>
          <instanceType>t2.micro</instanceType>
          <launchTime>2018-05-08T16:46:19.000Z</launchTime>
          <placement><availabilityZone>eu-west-1c</availabilityZone><groupName/><tenancy>default</tenancy></placement>
          <monitoring><state>disabled</state></monitoring>
          <subnetId>subnet-56f5f000</subnetId>
          <vpcId>vpc-11112222</vpcId>
          <privateIpAddress>192.168.1.88</privateIpAddress>
          <ipAddress>54.194.252.215</ipAddress>
          <sourceDestCheck>true</sourceDestCheck>
          <groupSet><item><groupId>sg-e4076000</groupId><groupName>SecurityGroup1</groupName></item></groupSet>
          <architecture>x86_64</architecture>
          <rootDeviceType>ebs</rootDeviceType>
          <rootDeviceName>/dev/xvda</rootDeviceName>
          <blockDeviceMapping>
            <item>
              <deviceName>/dev/xvda</deviceName>
              <ebs>
                <volumeId>vol-1234567890abcdef0</volumeId>
                <status>attached</status>
                <attachTime>2018-05-08T16:46:20.000Z</attachTime>
                <deleteOnTermination>true</deleteOnTermination>
              </ebs>
            </item>
          </blockDeviceMapping>
          <virtualizationType>hvm</virtualizationType>
          <clientToken>xMcwG14507example</clientToken>
          <tagSet>
            <item><key>aws:autoscaling:groupName</key><value>web</value></item>
            <item><key>Name</key><value>Server_1</value></item>
          </tagSet>
          <hypervisor>xen</hypervisor>
          <networkInterfaceSet>
            <item>
              <networkInterfaceId>eni-551ba000</networkInterfaceId>
              <subnetId>subnet-56f5f000</subnetId>
              <status>in-use</status>
              <macAddress>02:dd:2c:5e:01:69</macAddress>
              <privateIpAddress>192.168.1.88</privateIpAddress>
              <association><publicIp>54.194.252.215</publicIp><ipOwnerId>amazon</ipOwnerId></association>
            </item>
          </networkInterfaceSet>
          <iamInstanceProfile><arn>arn:aws:iam::123456789012:instance-profile/AdminRole</arn><id>ABCAJEDNCAA64SSD123AB</id></iamInstanceProfile>
        </item>
        <item>
          <instanceId>i-0598c7d356eba48d7</instanceId>
          <instanceState><code>80</code><name>stopped</name></instanceState>
          <reason>User initiated (2018-05-09 10:00:00 GMT)</reason>
          <platform>windows</platform>
          <monitoring><state>enabled</state></monitoring>
          <stateReason><code>Client.UserInitiatedShutdown</code><message>Client.UserInitiatedShutdown: User initiated shutdown</message></stateReason>
        </item>
      </instancesSet>
    </item>
  </reservationSet>
</DescribeInstancesResponse>"#;

fn page(id: &str, next: &str) -> String {
    format!(
        "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>{id}</instanceId></item></instancesSet></item>\
         </reservationSet><nextToken>{next}</nextToken></DescribeInstancesResponse>"
    )
}

#[tokio::test]
async fn every_fact_of_an_instance_is_taken_over() {
    let (cloud, _) = Recorded::new().answer("DescribeInstances", TWO).cloud();
    let [first, second]: [Instance; 2] = list(&cloud).await.try_into().unwrap();
    let expected = Instance {
        id: "i-1234567890abcdef0".into(),
        tags: vec![Tag::new("Name", "Server_1"), Tag::new("aws:autoscaling:groupName", "web")],
        state: "running".into(),
        instance_type: "t2.micro".into(),
        image_id: "ami-bff32ccc".into(),
        zone: "eu-west-1c".into(),
        launched_at: Some(1_525_797_979),
        key_name: "my_keypair".into(),
        private_ip: "192.168.1.88".into(),
        public_ip: "54.194.252.215".into(),
        private_dns: "ip-192-168-1-88.eu-west-1.compute.internal".into(),
        public_dns: "ec2-54-194-252-215.eu-west-1.compute.amazonaws.com".into(),
        vpc_id: "vpc-11112222".into(),
        subnet_id: "subnet-56f5f000".into(),
        security_groups: vec![GroupRef { id: "sg-e4076000".into(), name: "SecurityGroup1".into() }],
        architecture: "x86_64".into(),
        root_device_type: "ebs".into(),
        root_device_name: "/dev/xvda".into(),
        virtualization_type: "hvm".into(),
        instance_profile_arn: "arn:aws:iam::123456789012:instance-profile/AdminRole".into(),
        reservation_id: "r-1234567890abcdef0".into(),
        owner: "123456789012".into(),
        block_devices: vec![AttachedVolume {
            device: "/dev/xvda".into(),
            volume_id: "vol-1234567890abcdef0".into(),
            status: "attached".into(),
            attached_at: Some(1_525_797_980),
            delete_on_termination: Some(true),
        }],
        network_interfaces: vec![InterfaceRef {
            id: "eni-551ba000".into(),
            subnet_id: "subnet-56f5f000".into(),
            private_ip: "192.168.1.88".into(),
            public_ip: "54.194.252.215".into(),
            public_ip_owner: "amazon".into(),
            mac_address: "02:dd:2c:5e:01:69".into(),
            status: "in-use".into(),
        }],
        source_dest_check: Some(true),
        auto_scaling_group: "web".into(),
        ..Instance::default()
    };
    assert_eq!(first, expected);
    assert_eq!((second.state.as_str(), second.platform.as_str(), second.monitoring), ("stopped", "windows", true));
    assert_eq!(second.state_reason, "Client.UserInitiatedShutdown: User initiated shutdown");
}

#[tokio::test]
async fn groups_that_are_told_of_only_at_the_interface_are_the_instances() {
    let at_interface =
        TWO.replace("<groupSet><item><groupId>sg-e4076000</groupId><groupName>SecurityGroup1</groupName></item></groupSet>", "<groupSet/>");
    let at_interface = at_interface
        .replace("<macAddress>", "<groupSet><item><groupId>sg-1</groupId><groupName>web</groupName></item></groupSet><macAddress>");
    let (cloud, _) = Recorded::new().answer("DescribeInstances", &at_interface).cloud();
    assert_eq!(list::<Instance>(&cloud).await[0].security_groups, [GroupRef { id: "sg-1".into(), name: "web".into() }]);
}

#[tokio::test]
async fn pages_are_followed_to_the_end_and_arrive_one_by_one() {
    let recorded = Recorded::new().pages_of(500);
    let recorded = recorded.answer("DescribeInstances", &page("i-1", "t1")).answer("DescribeInstances", &page("i-2", "t2"));
    let (cloud, log) = recorded.answer("DescribeInstances", &page("i-3", "")).cloud();
    let mut pages = Instance::list(&cloud, &Args::new());
    for (number, id) in ["i-1", "i-2", "i-3"].into_iter().enumerate() {
        let rows = pages.next().await.unwrap().unwrap();
        assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [id]);
        assert_eq!(asked(&log, "DescribeInstances").len(), number + 1, "no page is asked for before the one before it is taken");
    }
    assert!(pages.next().await.is_none());
    let calls = asked(&log, "DescribeInstances");
    assert!(calls.iter().all(|call| call["MaxResults"] == "500"));
    let tokens: Vec<_> = calls.iter().map(|call| call.get("NextToken").map(String::as_str)).collect();
    assert_eq!(tokens, [None, Some("t1"), Some("t2")]);
}

#[tokio::test]
async fn an_error_part_way_ends_the_list_after_the_rows_before_it() {
    let recorded = Recorded::new().answer("DescribeInstances", &page("i-1", "t1"));
    let (cloud, _) = recorded.refuse("DescribeInstances", 403, "ExpiredToken", "The security token is expired").cloud();
    let mut pages = Instance::list(&cloud, &Args::new());
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap_err().code, ErrorCode::SessionExpired);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn one_instance_comes_with_its_attributes() {
    let protection = "<DescribeInstanceAttributeResponse><disableApiTermination><value>true</value></disableApiTermination></DescribeInstanceAttributeResponse>";
    let profile = "<GetInstanceProfileResponse><GetInstanceProfileResult><InstanceProfile><Path>/</Path>\
        <InstanceProfileName>AdminRole</InstanceProfileName><InstanceProfileId>AIPA</InstanceProfileId><Arn>a</Arn>\
        <CreateDate>2012-05-09T16:11:10Z</CreateDate><Roles><member><Path>/</Path><RoleName>Admin</RoleName><RoleId>AROA</RoleId>\
        <Arn>b</Arn><CreateDate>2012-05-09T16:11:10Z</CreateDate></member></Roles></InstanceProfile></GetInstanceProfileResult>\
        </GetInstanceProfileResponse>";
    let (cloud, log) = Recorded::new()
        .answer("DescribeInstances", TWO)
        .answer("GetInstanceProfile", profile)
        .answer("DescribeInstanceAttribute", protection)
        .answer("DescribeInstanceAttribute", "<DescribeInstanceAttributeResponse><userData/></DescribeInstanceAttributeResponse>")
        .cloud();
    let instance = Instance::get(&cloud, "i-1234567890abcdef0").await.unwrap();
    assert_eq!((instance.termination_protection, instance.user_data.as_deref()), (Some(true), Some("")));
    assert_eq!(instance.role.as_deref(), Some("Admin"));
    assert_eq!(asked(&log, "GetInstanceProfile")[0]["InstanceProfileName"], "AdminRole");
    let attributes: Vec<_> = asked(&log, "DescribeInstanceAttribute").iter().map(|call| call["Attribute"].clone()).collect();
    assert_eq!(attributes, ["disableApiTermination", "userData"]);
}

#[tokio::test]
async fn one_instance_is_shown_even_where_the_cloud_has_no_attributes() {
    let (cloud, _) = Recorded::new()
        .answer("DescribeInstances", TWO)
        .refuse("GetInstanceProfile", 403, "AccessDenied", "User is not authorized to perform: iam:GetInstanceProfile")
        .fail("DescribeInstanceAttribute", 500, "<!doctype html><title>500</title>")
        .refuse("DescribeInstanceAttribute", 403, "UnauthorizedOperation", "You are not authorized.")
        .cloud();
    let instance = Instance::get(&cloud, "i-1234567890abcdef0").await.unwrap();
    assert_eq!((instance.termination_protection, instance.user_data, instance.role), (None, None, None));
}

#[tokio::test]
async fn an_instance_that_is_gone_is_not_found() {
    let nothing = "<DescribeInstanceAttributeResponse/>";
    let recorded = Recorded::new().answer("DescribeInstanceAttribute", nothing).answer("DescribeInstanceAttribute", nothing);
    let (cloud, _) =
        recorded.refuse("DescribeInstances", 400, "InvalidInstanceID.NotFound", "The instance ID 'i-9' does not exist").cloud();
    let error = Instance::get(&cloud, "i-9").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    assert_eq!(error.cloud_code.as_deref(), Some("InvalidInstanceID.NotFound"));
    assert_eq!((error.operation.as_deref(), error.request_id.as_str()), (Some("ec2:DescribeInstances"), "req-1"));
}

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_bulk_action_is_one_call_where_the_cloud_takes_it() {
    let (cloud, log) = Recorded::new().answer("StopInstances", "<StopInstancesResponse><instancesSet/></StopInstancesResponse>").cloud();
    let outcomes = Instance::act(&cloud, &InstanceAction::Stop { force: true }, &ids(&["i-1", "i-2"])).await;
    assert!(outcomes.iter().all(|outcome| outcome.error.is_none()));
    let calls = asked(&log, "StopInstances");
    assert_eq!((calls.len(), calls[0]["InstanceId.1"].as_str(), calls[0]["InstanceId.2"].as_str()), (1, "i-1", "i-2"));
    assert_eq!(calls[0]["Force"], "true");
}

#[tokio::test]
async fn one_protected_instance_does_not_keep_the_others() {
    let protected = "The instance 'i-2' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.";
    let done = "<TerminateInstancesResponse><instancesSet/></TerminateInstancesResponse>";
    // i-1 to i-4, refused; i-1 and i-2, refused; i-3 and i-4, done; i-1, done; i-2, refused.
    let (cloud, log) = Recorded::new()
        .refuse("TerminateInstances", 400, "OperationNotPermitted", protected)
        .refuse("TerminateInstances", 400, "OperationNotPermitted", protected)
        .answer("TerminateInstances", done)
        .answer("TerminateInstances", done)
        .refuse("TerminateInstances", 400, "OperationNotPermitted", protected)
        .cloud();
    let all = ids(&["i-1", "i-2", "i-3", "i-4"]);
    let outcomes = Instance::act(&cloud, &InstanceAction::Terminate, &all).await;
    assert_eq!(outcomes.iter().map(|outcome| outcome.id.clone()).collect::<Vec<_>>(), all);
    let failed: Vec<_> = outcomes.iter().filter_map(|outcome| Some((outcome.id.as_str(), outcome.error.as_ref()?.code))).collect();
    assert_eq!(failed, [("i-2", ErrorCode::Conflict)]);
    assert_eq!(asked(&log, "TerminateInstances").len(), 5);
}

#[tokio::test]
async fn what_is_not_about_single_instances_is_not_asked_again_for_each() {
    let (cloud, log) = Recorded::new().refuse("StartInstances", 503, "RequestLimitExceeded", "Request limit exceeded.").cloud();
    let outcomes = Instance::act(&cloud, &InstanceAction::Start, &ids(&["i-1", "i-2", "i-3"])).await;
    assert!(outcomes.iter().all(|outcome| outcome.error.as_ref().is_some_and(|error| error.code == ErrorCode::Throttled)));
    assert_eq!((outcomes.len(), asked(&log, "StartInstances").len()), (3, 1));
}

#[tokio::test]
async fn protection_is_set_instance_by_instance() {
    let done = "<ModifyInstanceAttributeResponse><return>true</return></ModifyInstanceAttributeResponse>";
    let (cloud, log) = Recorded::new().answer("ModifyInstanceAttribute", done).answer("ModifyInstanceAttribute", done).cloud();
    let outcomes = Instance::act(&cloud, &InstanceAction::SetTerminationProtection { enabled: false }, &ids(&["i-1", "i-2"])).await;
    assert!(outcomes.iter().all(|outcome| outcome.error.is_none()));
    let calls = asked(&log, "ModifyInstanceAttribute");
    assert_eq!(calls.iter().map(|call| call["InstanceId"].as_str()).collect::<Vec<_>>(), ["i-1", "i-2"]);
    assert!(calls.iter().all(|call| call["DisableApiTermination.Value"] == "false"));
}

#[tokio::test]
async fn console_output_is_decoded() {
    let reply = "<GetConsoleOutputResponse><instanceId>i-1</instanceId><timestamp>2010-10-14T01:12:41.000Z</timestamp>\
        <output>TGludXggdmVyc2lvbiAyLjYuMTYt\neGVuVQo=</output></GetConsoleOutputResponse>";
    let (cloud, _) = Recorded::new().answer("GetConsoleOutput", reply).cloud();
    let output = console_output(&cloud, "i-1").await.unwrap();
    assert_eq!((output.text.as_str(), output.at), ("Linux version 2.6.16-xenU\n", Some(1_287_018_761)));
}

#[tokio::test]
async fn an_instance_that_wrote_nothing_yet_has_empty_output() {
    let reply = "<GetConsoleOutputResponse><instanceId>i-1</instanceId></GetConsoleOutputResponse>";
    let (cloud, _) = Recorded::new().answer("GetConsoleOutput", reply).cloud();
    assert_eq!(console_output(&cloud, "i-1").await.unwrap().text, "");
}

#[tokio::test]
async fn a_password_stays_encrypted() {
    let reply = "<GetPasswordDataResponse><instanceId>i-1</instanceId><timestamp>2009-10-24T15:00:00.000Z</timestamp>\
        <passwordData>\nTGludXggdmVyc2lvbiAy\nLjYuMTYt\n</passwordData></GetPasswordDataResponse>";
    let none = "<GetPasswordDataResponse><instanceId>i-1</instanceId><passwordData></passwordData></GetPasswordDataResponse>";
    let (cloud, log) = Recorded::new().answer("GetPasswordData", reply).answer("GetPasswordData", none).cloud();
    assert_eq!(password_data(&cloud, "i-1").await.unwrap().encrypted, "TGludXggdmVyc2lvbiAy\nLjYuMTYt");
    assert_eq!(password_data(&cloud, "i-1").await.unwrap().encrypted, "");
    assert_eq!(asked(&log, "GetPasswordData")[0]["InstanceId"], "i-1");
}

#[tokio::test]
async fn what_of_a_search_the_cloud_can_look_for_is_asked_by_its_filters() {
    let (cloud, log) = Recorded::new().answer("DescribeInstances", TWO).cloud();
    let filters = r#"{"instance-state-name":["running","stopped"],"tag:env":["prod"]}"#;
    let found: Vec<Instance> = all(Instance::list(&cloud, &args(&[("filters", filters)]))).await.unwrap();
    assert!(!found.is_empty());
    let expected = [
        "Filter.1.Name=instance-state-name",
        "Filter.1.Value.1=running",
        "Filter.1.Value.2=stopped",
        "Filter.2.Name=tag:env",
        "Filter.2.Value.1=prod",
    ];
    let sent = lines(&asked(&log, "DescribeInstances")[0]);
    assert_eq!(sent.iter().filter(|line| line.starts_with("Filter.")).collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
}
