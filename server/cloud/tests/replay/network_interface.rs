//! Network interfaces. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>

use api::{
    instance::GroupRef,
    network_interface::{NetworkInterface, NetworkInterfaceAction, NetworkInterfaceDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines};

const INTERFACES: &str = r#"<DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <requestId>fc45294c-006b-457b-bab9-012f5b3b0e40</requestId>
    <networkInterfaceSet>
      <item>
        <networkInterfaceId>eni-0f62d866</networkInterfaceId>
        <subnetId>subnet-c53c87ac</subnetId>
        <vpcId>vpc-cc3c87a5</vpcId>
        <availabilityZone>us-east-1b</availabilityZone>
        <description>DR interface</description>
        <ownerId>053230519467</ownerId>
        <requesterManaged>false</requesterManaged>
        <status>in-use</status>
        <macAddress>02:81:60:cb:27:37</macAddress>
        <privateIpAddress>10.0.0.146</privateIpAddress>
        <sourceDestCheck>true</sourceDestCheck>
        <groupSet><item><groupId>sg-3f4b5653</groupId><groupName>default</groupName></item></groupSet>
        <attachment>
          <attachmentId>eni-attach-6537fc0c</attachmentId>
          <instanceId>i-1234567890abcdef0</instanceId>
          <instanceOwnerId>053230519467</instanceOwnerId>
          <deviceIndex>1</deviceIndex>
          <status>attached</status>
          <attachTime>2012-07-01T21:45:27.000Z</attachTime>
          <deleteOnTermination>true</deleteOnTermination>
        </attachment>
        <association><publicIp>198.51.100.7</publicIp><allocationId>eipalloc-1</allocationId></association>
        <privateIpAddressesSet>
          <item><privateIpAddress>10.0.0.146</privateIpAddress><primary>true</primary></item>
          <item><privateIpAddress>10.0.0.148</privateIpAddress><primary>false</primary></item>
        </privateIpAddressesSet>
        <ipv6AddressesSet/>
        <interfaceType>interface</interfaceType>
        <tagSet/>
      </item>
    </networkInterfaceSet>
</DescribeNetworkInterfacesResponse>"#;

#[tokio::test]
async fn an_interface_is_read_whole() {
    let (cloud, log) = Recorded::new().answer("DescribeNetworkInterfaces", INTERFACES).cloud();
    let rows = all(NetworkInterface::list(&cloud, &args(&[("group", "sg-3f4b5653"), ("vpc", "vpc-cc3c87a5")]))).await.unwrap();
    let expected = NetworkInterface {
        id: "eni-0f62d866".into(),
        status: "in-use".into(),
        description: "DR interface".into(),
        interface_type: "interface".into(),
        vpc_id: "vpc-cc3c87a5".into(),
        subnet_id: "subnet-c53c87ac".into(),
        zone: "us-east-1b".into(),
        private_ip: "10.0.0.146".into(),
        secondary_ips: vec!["10.0.0.148".into()],
        public_ip: "198.51.100.7".into(),
        allocation_id: "eipalloc-1".into(),
        mac_address: "02:81:60:cb:27:37".into(),
        security_groups: vec![GroupRef { id: "sg-3f4b5653".into(), name: "default".into() }],
        source_dest_check: Some(true),
        owner: "053230519467".into(),
        attachment_id: "eni-attach-6537fc0c".into(),
        instance_id: "i-1234567890abcdef0".into(),
        device_index: Some(1),
        attachment_status: "attached".into(),
        attached_at: Some(1_341_179_127),
        delete_on_termination: Some(true),
        ..NetworkInterface::default()
    };
    assert_eq!(rows, [expected]);
    let filters = lines(&asked(&log, "DescribeNetworkInterfaces")[0]);
    assert_eq!(
        filters,
        ["Filter.1.Name=vpc-id", "Filter.1.Value.1=vpc-cc3c87a5", "Filter.2.Name=group-id", "Filter.2.Value.1=sg-3f4b5653"]
    );
}

#[tokio::test]
async fn an_interface_is_made_with_what_was_given_alone() {
    const MADE: &str = "<CreateNetworkInterfaceResponse><networkInterface><networkInterfaceId>eni-1</networkInterfaceId></networkInterface></CreateNetworkInterfaceResponse>";
    let (cloud, log) = Recorded::new().answer("CreateNetworkInterface", MADE).cloud();
    let draft =
        NetworkInterfaceDraft { subnet_id: "subnet-1".into(), security_group_ids: vec!["sg-1".into()], ..NetworkInterfaceDraft::default() };
    assert_eq!(NetworkInterface::create(&cloud, &draft).await.unwrap().ids, ["eni-1"]);
    assert_eq!(lines(&asked(&log, "CreateNetworkInterface")[0]), ["SecurityGroupId.1=sg-1", "SubnetId=subnet-1"]);
}

#[tokio::test]
async fn an_interface_is_detached_by_its_attachment() {
    let recorded = Recorded::new().answer("DescribeNetworkInterfaces", INTERFACES);
    let (cloud, log) = recorded.answer("DetachNetworkInterface", "<DetachNetworkInterfaceResponse/>").cloud();
    let outcomes = NetworkInterface::act(&cloud, &NetworkInterfaceAction::Detach { force: true }, &["eni-0f62d866".into()]).await;
    assert_eq!(outcomes[0].error, None);
    assert_eq!(lines(&asked(&log, "DetachNetworkInterface")[0]), ["AttachmentId=eni-attach-6537fc0c", "Force=true"]);
}
