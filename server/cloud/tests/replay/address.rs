//! Elastic addresses. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html>

use api::{
    address::{Address, AddressAction, AddressDraft},
    error::ErrorCode,
    tag::Tag,
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines, list};

const ADDRESSES: &str = r#"<DescribeAddressesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
   <requestId>f7de5e98-491a-4c19-a92d-908d6EXAMPLE</requestId>
   <addressesSet>
      <item>
         <publicIp>203.0.113.41</publicIp>
         <allocationId>eipalloc-08229861</allocationId>
         <domain>vpc</domain>
         <instanceId>i-0598c7d356eba48d7</instanceId>
         <associationId>eipassoc-f0229899</associationId>
         <networkInterfaceId>eni-ef229886</networkInterfaceId>
         <networkInterfaceOwnerId>053230519467</networkInterfaceOwnerId>
         <privateIpAddress>10.0.0.228</privateIpAddress>
         <networkBorderGroup>us-east-1</networkBorderGroup>
         <tagSet><item><key>Name</key><value>www</value></item></tagSet>
      </item>
      <item>
         <publicIp>198.51.100.2</publicIp>
         <domain>standard</domain>
         <instanceId>i-c5eeeb23 (arn:aws:euare::000207880426:user/admin)</instanceId>
      </item>
      <item><publicIp>198.51.100.3</publicIp><domain>standard</domain><instanceId>available (arn:aws:euare::1:user/admin)</instanceId></item>
   </addressesSet>
</DescribeAddressesResponse>"#;

#[tokio::test]
async fn addresses_of_both_generations_are_read() {
    let (cloud, _) = Recorded::new().answer("DescribeAddresses", ADDRESSES).cloud();
    let rows = list::<Address>(&cloud).await;
    let expected = Address {
        id: "eipalloc-08229861".into(),
        public_ip: "203.0.113.41".into(),
        domain: "vpc".into(),
        association_id: "eipassoc-f0229899".into(),
        instance_id: "i-0598c7d356eba48d7".into(),
        network_interface_id: "eni-ef229886".into(),
        private_ip: "10.0.0.228".into(),
        network_border_group: "us-east-1".into(),
        tags: vec![Tag::new("Name", "www")],
    };
    assert_eq!(rows[0], expected);
    assert_eq!((rows[1].id.as_str(), rows[1].instance_id.as_str()), ("198.51.100.2", "i-c5eeeb23"));
    assert_eq!((rows[2].instance_id.as_str(), rows[2].is_associated()), ("", false));
}

#[tokio::test]
async fn each_address_is_a_call_and_a_quota_ends_it() {
    const MADE: &str =
        "<AllocateAddressResponse><publicIp>198.51.100.1</publicIp><allocationId>eipalloc-1</allocationId></AllocateAddressResponse>";
    let recorded = Recorded::new().answer("AllocateAddress", MADE);
    let recorded = recorded.refuse("AllocateAddress", 400, "AddressLimitExceeded", "The maximum number of addresses has been reached.");
    let (cloud, log) = recorded.cloud();
    let draft = AddressDraft { count: 3, tags: vec![Tag::new("env", "prod")] };
    let made = Address::create(&cloud, &draft).await.unwrap();
    assert_eq!((made.ids.as_slice(), made.warnings[0].code), (&["eipalloc-1".to_owned()][..], ErrorCode::Quota));
    let expected = [
        "Domain=vpc",
        "TagSpecification.1.ResourceType=elastic-ip",
        "TagSpecification.1.Tag.1.Key=env",
        "TagSpecification.1.Tag.1.Value=prod",
    ];
    assert_eq!(lines(&asked(&log, "AllocateAddress")[0]), expected);
    assert_eq!(asked(&log, "AllocateAddress").len(), 2);
}

#[tokio::test]
async fn an_address_is_disassociated_by_its_association() {
    let recorded = Recorded::new().answer("DescribeAddresses", ADDRESSES);
    let (cloud, log) = recorded.answer("DisassociateAddress", "<DisassociateAddressResponse/>").cloud();
    let outcomes = Address::act(&cloud, &AddressAction::Disassociate, &["eipalloc-08229861".into()]).await;
    assert_eq!(outcomes[0].error, None);
    assert_eq!(lines(&asked(&log, "DescribeAddresses")[0]), ["AllocationId.1=eipalloc-08229861"]);
    assert_eq!(lines(&asked(&log, "DisassociateAddress")[0]), ["AssociationId=eipassoc-f0229899"]);
}

#[tokio::test]
async fn where_there_are_no_allocations_the_address_is_named() {
    let recorded = Recorded::new().answer("AssociateAddress", "<AssociateAddressResponse/>");
    let recorded = recorded.answer("DisassociateAddress", "<DisassociateAddressResponse/>");
    let (cloud, log) = recorded.answer("ReleaseAddress", "<ReleaseAddressResponse/>").cloud();
    let ids = ["198.51.100.2".to_owned()];
    let associate = AddressAction::Associate {
        instance_id: "i-1".into(),
        network_interface_id: String::new(),
        private_ip: String::new(),
        reassociate: false,
    };
    for action in [associate, AddressAction::Disassociate, AddressAction::Release] {
        assert_eq!(Address::act(&cloud, &action, &ids).await[0].error, None);
    }
    assert_eq!(lines(&asked(&log, "AssociateAddress")[0]), ["InstanceId=i-1", "PublicIp=198.51.100.2"]);
    assert_eq!(lines(&asked(&log, "DisassociateAddress")[0]), ["PublicIp=198.51.100.2"]);
    assert_eq!(lines(&asked(&log, "ReleaseAddress")[0]), ["PublicIp=198.51.100.2"]);
}
