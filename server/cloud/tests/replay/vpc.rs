//! The VPC family, on the examples of the API's documentation.

use api::{
    error::ErrorCode,
    internet_gateway::{InternetGateway, InternetGatewayDraft},
    nat_gateway::NatGateway,
    network_acl::{AclRule, NetworkAcl},
    region::Region,
    route_table::{Association, NewRoute, Route, RouteTable, RouteTableAction, Via},
    vpc_endpoint::{VpcEndpoint, VpcEndpointAction},
    vpc_peering::{Side, VpcPeering},
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines, list};

const NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

fn reply(operation: &str, content: &str) -> String {
    format!(r#"<{operation}Response xmlns="{NAMESPACE}"><requestId>1</requestId>{content}</{operation}Response>"#)
}

#[tokio::test]
async fn route_tables_with_their_routes_and_associations() {
    let tables = reply(
        "DescribeRouteTables",
        "<routeTableSet><item><routeTableId>rtb-f9ad4890</routeTableId><vpcId>vpc-11ad4878</vpcId><routeSet>\
         <item><destinationCidrBlock>10.0.0.0/22</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state>\
         <origin>CreateRouteTable</origin></item>\
         <item><destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock><egressOnlyInternetGatewayId>eigw-0a1b</egressOnlyInternetGatewayId>\
         <state>active</state><origin>CreateRoute</origin></item>\
         <item><destinationPrefixListId>pl-63a5400a</destinationPrefixListId><gatewayId>vpce-9d00a5f4</gatewayId><state>blackhole</state>\
         <origin>CreateRoute</origin></item></routeSet><associationSet>\
         <item><routeTableAssociationId>rtbassoc-faad4893</routeTableAssociationId><routeTableId>rtb-f9ad4890</routeTableId>\
         <subnetId>subnet-15ad487c</subnetId><main>false</main></item>\
         <item><routeTableAssociationId>rtbassoc-edge</routeTableAssociationId><gatewayId>igw-1</gatewayId><main>false</main></item>\
         </associationSet><tagSet/></item></routeTableSet>",
    );
    let (cloud, log) = Recorded::new().answer("DescribeRouteTables", &tables).cloud();
    let route = |destination: &str, target: &str, state: &str, origin: &str| Route {
        destination: destination.into(),
        target: target.into(),
        state: state.into(),
        origin: origin.into(),
    };
    let expected = RouteTable {
        id: "rtb-f9ad4890".into(),
        vpc_id: "vpc-11ad4878".into(),
        routes: vec![
            route("10.0.0.0/22", "local", "active", "CreateRouteTable"),
            route("::/0", "eigw-0a1b", "active", "CreateRoute"),
            route("pl-63a5400a", "vpce-9d00a5f4", "blackhole", "CreateRoute"),
        ],
        associations: vec![Association { id: "rtbassoc-faad4893".into(), subnet_id: "subnet-15ad487c".into() }],
        tags: vec![],
    };
    let found = all(RouteTable::list(&cloud, &args(&[("vpc", "vpc-11ad4878")]))).await.unwrap();
    assert_eq!((found.as_slice(), expected.is_main()), (&[expected.clone()][..], false));
    assert_eq!(lines(&asked(&log, "DescribeRouteTables")[0]), ["Filter.1.Name=vpc-id", "Filter.1.Value.1=vpc-11ad4878"]);
}

#[tokio::test]
async fn a_route_names_its_ends_as_what_they_are() {
    let done = reply("CreateRoute", "<return>true</return>");
    let (cloud, log) = Recorded::new().answer("CreateRoute", &done).answer("CreateRoute", &done).cloud();
    let ids = ["rtb-1".to_owned()];
    for (destination, other) in [("0.0.0.0/0", "nat-1"), ("::/0", "tgw-1")] {
        let route = NewRoute { destination: destination.into(), via: Via::Other, other: other.into(), ..NewRoute::default() };
        assert_eq!(RouteTable::act(&cloud, &RouteTableAction::AddRoute(route), &ids).await[0].error, None);
    }
    let calls: Vec<_> = asked(&log, "CreateRoute").iter().map(lines).collect();
    assert_eq!(calls[0], ["DestinationCidrBlock=0.0.0.0/0", "NatGatewayId=nat-1", "RouteTableId=rtb-1"]);
    assert_eq!(calls[1], ["DestinationIpv6CidrBlock=::/0", "RouteTableId=rtb-1", "TransitGatewayId=tgw-1"]);
}

#[tokio::test]
async fn a_subnet_that_has_a_table_of_its_own_is_given_another() {
    let before = reply(
        "DescribeRouteTables",
        "<routeTableSet><item><routeTableId>rtb-1</routeTableId><associationSet>\
         <item><routeTableAssociationId>rtbassoc-1</routeTableAssociationId><subnetId>subnet-other</subnetId></item>\
         <item><routeTableAssociationId>rtbassoc-2</routeTableAssociationId><subnetId>subnet-1</subnetId></item>\
         </associationSet></item></routeTableSet>",
    );
    let done = reply("ReplaceRouteTableAssociation", "<newAssociationId>rtbassoc-3</newAssociationId>");
    let (cloud, log) = Recorded::new().answer("DescribeRouteTables", &before).answer("ReplaceRouteTableAssociation", &done).cloud();
    let action = RouteTableAction::Associate { subnet_id: "subnet-1".into() };
    assert_eq!(RouteTable::act(&cloud, &action, &["rtb-2".to_owned()]).await[0].error, None);
    assert_eq!(lines(&asked(&log, "ReplaceRouteTableAssociation")[0]), ["AssociationId=rtbassoc-2", "RouteTableId=rtb-2"]);
}

#[tokio::test]
async fn gateways_attached_or_not() {
    let gateways = reply(
        "DescribeInternetGateways",
        "<internetGatewaySet><item><internetGatewayId>igw-eaad4883EXAMPLE</internetGatewayId><attachmentSet><item>\
         <vpcId>vpc-11ad4878</vpcId><state>available</state></item></attachmentSet><tagSet/></item>\
         <item><internetGatewayId>igw-free</internetGatewayId><attachmentSet/><tagSet/></item></internetGatewaySet>",
    );
    let (cloud, _) = Recorded::new().answer("DescribeInternetGateways", &gateways).cloud();
    let found: Vec<InternetGateway> = list(&cloud).await;
    let seen: Vec<_> = found.iter().map(|gateway| (gateway.vpc_id.as_str(), gateway.state.as_str())).collect();
    assert_eq!(seen, [("vpc-11ad4878", "available"), ("", "detached")]);
}

#[tokio::test]
async fn a_gateway_that_cannot_be_attached_is_made_all_the_same_and_said_so() {
    let made = reply("CreateInternetGateway", "<internetGateway><internetGatewayId>igw-1</internetGatewayId></internetGateway>");
    let recorded = Recorded::new().answer("CreateInternetGateway", &made);
    let (cloud, _) = recorded.refuse("AttachInternetGateway", 400, "Resource.AlreadyAssociated", "It has one.").cloud();
    let draft = InternetGatewayDraft { vpc_id: "vpc-1".into(), tags: vec![] };
    let created = InternetGateway::create(&cloud, &draft).await.unwrap();
    assert_eq!((created.ids.as_slice(), created.warnings[0].message.as_str()), (&["igw-1".to_owned()][..], "It has one."));
}

#[tokio::test]
async fn nat_gateways_with_their_first_address() {
    let gateways = reply(
        "DescribeNatGateways",
        "<natGatewaySet><item><subnetId>subnet-1a2a3a4a</subnetId><natGatewayAddressSet><item><networkInterfaceId>eni-00e37850</networkInterfaceId>\
         <publicIp>198.18.125.129</publicIp><allocationId>eipalloc-37fc1a52</allocationId><privateIp>10.0.2.147</privateIp></item>\
         </natGatewayAddressSet><createTime>2015-11-25T14:00:55.416Z</createTime><vpcId>vpc-4e20d42b</vpcId>\
         <natGatewayId>nat-04e77a5e9c34432f9</natGatewayId><state>failed</state><failureCode>Gateway.NotAttached</failureCode>\
         <failureMessage>Network vpc-4e20d42b has no Internet gateway attached</failureMessage><connectivityType>public</connectivityType>\
         </item></natGatewaySet>",
    );
    let (cloud, log) = Recorded::new().answer("DescribeNatGateways", &gateways).cloud();
    let found = all(NatGateway::list(&cloud, &args(&[("subnet", "subnet-1a2a3a4a")]))).await.unwrap();
    let expected = NatGateway {
        id: "nat-04e77a5e9c34432f9".into(),
        state: "failed".into(),
        failure: "Network vpc-4e20d42b has no Internet gateway attached".into(),
        connectivity: "public".into(),
        vpc_id: "vpc-4e20d42b".into(),
        subnet_id: "subnet-1a2a3a4a".into(),
        public_ip: "198.18.125.129".into(),
        private_ip: "10.0.2.147".into(),
        allocation_id: "eipalloc-37fc1a52".into(),
        network_interface_id: "eni-00e37850".into(),
        created_at: Some(1_448_460_055),
        deleted_at: None,
        tags: vec![],
    };
    assert_eq!(found, [expected]);
    assert_eq!(lines(&asked(&log, "DescribeNatGateways")[0]), ["Filter.1.Name=subnet-id", "Filter.1.Value.1=subnet-1a2a3a4a"]);
}

#[tokio::test]
async fn rules_of_network_acls_by_direction_and_number() {
    let acls = reply(
        "DescribeNetworkAcls",
        "<networkAclSet><item><networkAclId>acl-5566953c</networkAclId><vpcId>vpc-5266953b</vpcId><default>true</default><entrySet>\
         <item><ruleNumber>32767</ruleNumber><protocol>-1</protocol><ruleAction>deny</ruleAction><egress>false</egress>\
         <cidrBlock>0.0.0.0/0</cidrBlock></item>\
         <item><ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction><egress>false</egress>\
         <cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>49152</from><to>65535</to></portRange></item>\
         <item><ruleNumber>110</ruleNumber><protocol>1</protocol><ruleAction>allow</ruleAction><egress>true</egress>\
         <ipv6CidrBlock>::/0</ipv6CidrBlock><icmpTypeCode><code>-1</code><type>8</type></icmpTypeCode></item>\
         </entrySet><associationSet><item><networkAclAssociationId>aclassoc-5c659635</networkAclAssociationId>\
         <networkAclId>acl-5d659634</networkAclId><subnetId>subnet-ff669596</subnetId></item></associationSet><tagSet/></item></networkAclSet>",
    );
    let (cloud, _) = Recorded::new().answer("DescribeNetworkAcls", &acls).cloud();
    let acl = list::<NetworkAcl>(&cloud).await.remove(0);
    assert_eq!(acl.ingress.iter().map(|rule| (rule.number, rule.allow)).collect::<Vec<_>>(), [(100, true), (32_767, false)]);
    assert_eq!((acl.ingress[0].from_port, acl.ingress[0].to_port), (Some(49_152), Some(65_535)));
    let ping = AclRule { number: 110, allow: true, protocol: "1".into(), from_port: Some(8), to_port: None, cidr: "::/0".into() };
    assert_eq!((acl.egress.as_slice(), acl.subnets.as_slice()), (&[ping][..], &["subnet-ff669596".to_owned()][..]));
}

#[tokio::test]
async fn endpoints_and_peerings() {
    let endpoints = reply(
        "DescribeVpcEndpoints",
        "<vpcEndpointSet><item><vpcEndpointId>vpce-02deb9002EXAMPLE</vpcEndpointId><vpcEndpointType>Gateway</vpcEndpointType>\
         <vpcId>vpc-1a2b3c4d</vpcId><serviceName>com.amazonaws.us-east-1.s3</serviceName><state>available</state>\
         <creationTimestamp>2017-09-05T20:41:28Z</creationTimestamp><routeTableIdSet><item>rtb-3d560345</item></routeTableIdSet>\
         <privateDnsEnabled>false</privateDnsEnabled></item></vpcEndpointSet>",
    );
    let peerings = reply(
        "DescribeVpcPeeringConnections",
        "<vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-111aaa22</vpcPeeringConnectionId><requesterVpcInfo>\
         <ownerId>777788889999</ownerId><vpcId>vpc-1a2b3c4d</vpcId><cidrBlock>172.31.0.0/16</cidrBlock><region>us-west-2</region></requesterVpcInfo>\
         <accepterVpcInfo><ownerId>111122223333</ownerId><vpcId>vpc-aa22cc33</vpcId></accepterVpcInfo>\
         <status><code>pending-acceptance</code><message>Pending Acceptance by 111122223333</message></status><tagSet/></item>\
         </vpcPeeringConnectionSet>",
    );
    let recorded = Recorded::new().answer("DescribeVpcEndpoints", &endpoints);
    let (cloud, _) = recorded.answer("DescribeVpcPeeringConnections", &peerings).cloud();
    let endpoint = list::<VpcEndpoint>(&cloud).await.remove(0);
    assert_eq!((endpoint.route_tables.as_slice(), endpoint.created_at), (&["rtb-3d560345".to_owned()][..], Some(1_504_644_088)));
    let peering = list::<VpcPeering>(&cloud).await.remove(0);
    let accepter = Side { vpc_id: "vpc-aa22cc33".into(), owner: "111122223333".into(), ..Side::default() };
    assert_eq!((peering.state.as_str(), peering.accepter), ("pending-acceptance", accepter));
}

#[tokio::test]
async fn an_endpoint_that_stays_is_told_although_the_call_succeeds() {
    let done = reply("DeleteVpcEndpoints", "<unsuccessful/>");
    let refused = reply(
        "DeleteVpcEndpoints",
        "<unsuccessful><item><resourceId>vpce-2</resourceId><error><code>InvalidVpcEndpointId.NotFound</code>\
         <message>The Vpc Endpoint Id 'vpce-2' does not exist</message></error></item></unsuccessful>",
    );
    let (cloud, log) = Recorded::new().answer("DeleteVpcEndpoints", &done).answer("DeleteVpcEndpoints", &refused).cloud();
    let first = VpcEndpoint::act(&cloud, &VpcEndpointAction::Delete, &["vpce-1".to_owned()]).await.remove(0);
    assert_eq!(first.error, None);
    let error = VpcEndpoint::act(&cloud, &VpcEndpointAction::Delete, &["vpce-2".to_owned()]).await.remove(0).error.unwrap();
    assert_eq!((error.code, error.operation.as_deref()), (ErrorCode::NotFound, Some("ec2:DeleteVpcEndpoints")));
    assert_eq!(error.message, "The Vpc Endpoint Id 'vpce-2' does not exist");
    assert_eq!(lines(&asked(&log, "DeleteVpcEndpoints")[0]), ["VpcEndpointId.1=vpce-1"]);
}

#[tokio::test]
async fn regions_with_those_that_are_not_open() {
    let regions = reply(
        "DescribeRegions",
        "<regionInfo><item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint>\
         <optInStatus>opt-in-not-required</optInStatus></item><item><regionName>af-south-1</regionName>\
         <regionEndpoint>ec2.af-south-1.amazonaws.com</regionEndpoint><optInStatus>not-opted-in</optInStatus></item></regionInfo>",
    );
    // Eucalyptus says nothing of opting in, and has one region of its own name.
    let own = reply(
        "DescribeRegions",
        "<regionInfo><item><regionName>eucalyptus</regionName><regionEndpoint>http://compute.cloud.example:8773/</regionEndpoint></item></regionInfo>",
    );
    let (cloud, log) = Recorded::new().answer("DescribeRegions", &regions).answer("DescribeRegions", &own).cloud();
    let found: Vec<_> = list::<Region>(&cloud).await.into_iter().map(|region| (region.is_open(), region.name)).collect();
    assert_eq!(found, [(true, "us-east-1".to_owned()), (false, "af-south-1".to_owned())]);
    assert_eq!(lines(&asked(&log, "DescribeRegions")[0]), ["AllRegions=true"]);
    let own = list::<Region>(&cloud).await.remove(0);
    assert_eq!((own.is_open(), own.opt_in.as_str(), own.endpoint.as_str()), (true, "", "http://compute.cloud.example:8773/"));
}
