//! The kinds that are only read.

use api::{
    instance_type::InstanceType,
    prefix_list::{Entry, PrefixList},
    subnet::Subnet,
    vpc::Vpc,
    zone::Zone,
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines, list};

#[tokio::test]
async fn vpcs_and_subnets() {
    let vpcs = r#"<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet><item>
      <vpcId>vpc-081ec835f303f720e</vpcId><state>available</state><cidrBlock>10.0.0.0/16</cidrBlock><isDefault>true</isDefault><tagSet/>
    </item></vpcSet></DescribeVpcsResponse>"#;
    let subnets = r#"<DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><subnetSet><item>
      <subnetId>subnet-0bb1c79de3EXAMPLE</subnetId><state>available</state><vpcId>vpc-081ec835f303f720e</vpcId><cidrBlock>10.0.1.0/24</cidrBlock>
      <availableIpAddressCount>251</availableIpAddressCount><availabilityZone>us-east-1d</availabilityZone>
      <defaultForAz>false</defaultForAz><mapPublicIpOnLaunch>true</mapPublicIpOnLaunch><tagSet/>
    </item></subnetSet></DescribeSubnetsResponse>"#;
    let (cloud, log) = Recorded::new().answer("DescribeVpcs", vpcs).answer("DescribeSubnets", subnets).cloud();
    let vpc = Vpc {
        id: "vpc-081ec835f303f720e".into(),
        state: "available".into(),
        cidr_block: "10.0.0.0/16".into(),
        is_default: true,
        ..Vpc::default()
    };
    assert_eq!(list::<Vpc>(&cloud).await, [vpc]);
    let found = all(Subnet::list(&cloud, &args(&[("vpc", "vpc-081ec835f303f720e")]))).await.unwrap();
    let subnet = Subnet {
        id: "subnet-0bb1c79de3EXAMPLE".into(),
        state: "available".into(),
        vpc_id: "vpc-081ec835f303f720e".into(),
        zone: "us-east-1d".into(),
        cidr_block: "10.0.1.0/24".into(),
        free_addresses: 251,
        public_ip_on_launch: true,
        default_for_zone: false,
        tags: vec![],
    };
    assert_eq!(found, [subnet]);
    assert_eq!(lines(&asked(&log, "DescribeSubnets")[0]), ["Filter.1.Name=vpc-id", "Filter.1.Value.1=vpc-081ec835f303f720e"]);
}

#[tokio::test]
async fn zones() {
    let reply = r#"<DescribeAvailabilityZonesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><availabilityZoneInfo>
      <item><zoneName>us-east-1a</zoneName><zoneState>available</zoneState><regionName>us-east-1</regionName><messageSet/></item>
    </availabilityZoneInfo></DescribeAvailabilityZonesResponse>"#;
    let (cloud, _) = Recorded::new().answer("DescribeAvailabilityZones", reply).cloud();
    let zone = Zone { name: "us-east-1a".into(), state: "available".into(), region: "us-east-1".into() };
    assert_eq!(list::<Zone>(&cloud).await, [zone]);
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html>
#[tokio::test]
async fn a_prefix_list_and_what_is_in_it() {
    let lists = r#"<DescribeManagedPrefixListsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><prefixListSet><item>
      <addressFamily>IPv4</addressFamily><maxEntries>10</maxEntries><ownerId>123456789012</ownerId>
      <prefixListArn>arn:aws:ec2:us-west-2:123456789012:prefix-list/pl-0123123123123abcd</prefixListArn>
      <prefixListId>pl-0123123123123abcd</prefixListId><prefixListName>vpc-cidrs</prefixListName>
      <state>create-complete</state><version>1</version><tagSet/>
    </item></prefixListSet></DescribeManagedPrefixListsResponse>"#;
    let entries = r#"<GetManagedPrefixListEntriesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><entrySet>
      <item><cidr>10.0.0.0/16</cidr><description>vpc-a</description></item><item><cidr>10.2.0.0/16</cidr></item>
    </entrySet></GetManagedPrefixListEntriesResponse>"#;
    let recorded = Recorded::new().answer("DescribeManagedPrefixLists", lists).answer("DescribeManagedPrefixLists", lists);
    let (cloud, log) = recorded.answer("GetManagedPrefixListEntries", entries).cloud();
    let listed = PrefixList {
        id: "pl-0123123123123abcd".into(),
        name: "vpc-cidrs".into(),
        state: "create-complete".into(),
        family: "IPv4".into(),
        owner: "123456789012".into(),
        max_entries: Some(10),
        ..PrefixList::default()
    };
    assert_eq!(list::<PrefixList>(&cloud).await, std::slice::from_ref(&listed));
    let entry = |cidr_block: &str, description: &str| Entry { cidr_block: cidr_block.into(), description: description.into() };
    let whole = PrefixList { entries: vec![entry("10.0.0.0/16", "vpc-a"), entry("10.2.0.0/16", "")], ..listed };
    assert_eq!(PrefixList::get(&cloud, "pl-0123123123123abcd").await, Ok(whole));
    assert_eq!(lines(&asked(&log, "GetManagedPrefixListEntries")[0]), ["PrefixListId=pl-0123123123123abcd"]);
}

#[tokio::test]
async fn instance_types() {
    let reply = r#"<DescribeInstanceTypesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instanceTypeSet><item>
      <instanceType>m5d.large</instanceType><currentGeneration>true</currentGeneration><freeTierEligible>false</freeTierEligible>
      <processorInfo><supportedArchitectures><item>x86_64</item></supportedArchitectures></processorInfo>
      <vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>8192</sizeInMiB></memoryInfo>
      <instanceStorageInfo><totalSizeInGB>75</totalSizeInGB></instanceStorageInfo>
      <networkInfo><networkPerformance>Up to 10 Gigabit</networkPerformance></networkInfo>
    </item><item><instanceType>zz9.plural</instanceType></item></instanceTypeSet></DescribeInstanceTypesResponse>"#;
    let (cloud, log) = Recorded::new().pages_of(1000).answer("DescribeInstanceTypes", reply).cloud();
    let types: Vec<InstanceType> = list(&cloud).await;
    let expected = InstanceType {
        name: "m5d.large".into(),
        vcpus: 2,
        memory: 8192,
        architectures: vec!["x86_64".into()],
        storage: 75,
        network: "Up to 10 Gigabit".into(),
        current_generation: true,
        free_tier: false,
    };
    assert_eq!(types[0], expected);
    assert_eq!(types[1].name, "zz9.plural", "a type that the SDK does not know");
    assert_eq!(asked(&log, "DescribeInstanceTypes")[0]["MaxResults"], "100", "EC2 takes no more");
}
