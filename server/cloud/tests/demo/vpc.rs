//! The VPC family on the demo cloud: a network is made, connected, guarded, refused to be torn down in the wrong order, and torn down.

use std::time::Duration;

use api::{
    address::Address,
    error::ErrorCode,
    instance::Instance,
    internet_gateway::{InternetGateway, InternetGatewayAction, InternetGatewayDraft},
    launch_template::{LaunchTemplate, LaunchTemplateAction, LaunchTemplateDraft},
    nat_gateway::{NatGateway, NatGatewayAction, NatGatewayDraft},
    network_acl::{Direction, NetworkAcl, NetworkAclAction, NetworkAclDraft, rule_key},
    resource::Resource,
    route_table::{NewRoute, RouteTable, RouteTableAction, RouteTableDraft, Via},
    session::DemoOptions,
    subnet::{Subnet, SubnetAction, SubnetDraft},
    tag::Tag,
    vpc::{Switch, Vpc, VpcAction, VpcDraft},
};
use cloud::{Backend, Cloud};

use crate::{Demo, every};

/// Does it to one, and says what it was refused for.
async fn act<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) -> Option<ErrorCode> {
    let outcomes = T::act(cloud, &action, &[id.to_owned()]).await;
    assert_eq!(outcomes.len(), 1);
    outcomes.into_iter().next().and_then(|outcome| outcome.error).map(|error| error.code)
}

async fn make<T: Backend>(cloud: &Cloud, draft: T::Draft) -> String {
    let made = T::create(cloud, &draft).await.unwrap();
    assert_eq!((made.ids.len(), made.warnings.as_slice()), (1, &[][..]));
    made.ids.into_iter().next().unwrap()
}

async fn make_vpc(cloud: &Cloud) -> String {
    let tags = vec![Tag::new("Name", "journey")];
    let draft = VpcDraft { cidr_block: "10.7.0.0/16".into(), tenancy: "default".into(), dns_support: true, dns_hostnames: true, tags };
    make::<Vpc>(cloud, draft).await
}

async fn make_subnet(cloud: &Cloud, vpc_id: &str, cidr_block: &str) -> String {
    let draft = SubnetDraft { vpc_id: vpc_id.into(), cidr_block: cidr_block.into(), public_ip_on_launch: true, ..SubnetDraft::default() };
    make::<Subnet>(cloud, draft).await
}

#[tokio::test]
async fn a_vpc_comes_with_its_own_and_goes_when_nothing_else_is_in_it() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let vpc = make_vpc(&cloud).await;
    let found = Vpc::get(&cloud, &vpc).await.unwrap();
    assert_eq!((found.name(), found.dns_support, found.dns_hostnames), ("journey", Some(true), Some(true)));
    let off = VpcAction::SetDns { support: Switch::Off, hostnames: Switch::Off };
    assert_eq!(act::<Vpc>(&cloud, off, &vpc).await, None);
    let found = Vpc::get(&cloud, &vpc).await.unwrap();
    assert_eq!((found.dns_support, found.dns_hostnames), (Some(false), Some(false)));
    assert!(every::<RouteTable>(&cloud).await.iter().any(|table| table.vpc_id == vpc && table.is_main()));
    assert!(every::<NetworkAcl>(&cloud).await.iter().any(|acl| acl.vpc_id == vpc && acl.is_default));

    let subnet = make_subnet(&cloud, &vpc, "10.7.1.0/24").await;
    for (cidr, code) in [("10.7.1.0/25", "InvalidSubnet.Conflict"), ("10.9.0.0/24", "InvalidSubnet.Range")] {
        let draft = SubnetDraft { vpc_id: vpc.clone(), cidr_block: cidr.into(), ..SubnetDraft::default() };
        let refused = Subnet::create(&cloud, &draft).await.unwrap_err();
        assert_eq!((refused.cloud_code.as_deref(), refused.fields.contains_key("cidr_block")), (Some(code), true));
    }
    let private = SubnetAction::SetPublicIpOnLaunch { enabled: false };
    assert_eq!(act::<Subnet>(&cloud, private, &subnet).await, None);
    let found = Subnet::get(&cloud, &subnet).await.unwrap();
    assert_eq!((found.public_ip_on_launch, found.free_addresses), (false, 251));

    assert_eq!(act::<Vpc>(&cloud, VpcAction::Delete, &vpc).await, Some(ErrorCode::Conflict));
    assert_eq!(act::<Subnet>(&cloud, SubnetAction::Delete, &subnet).await, None);
    assert_eq!(act::<Vpc>(&cloud, VpcAction::Delete, &vpc).await, None);
    assert_eq!(Vpc::get(&cloud, &vpc).await.unwrap_err().code, ErrorCode::NotFound);
    assert!(every::<RouteTable>(&cloud).await.iter().all(|table| table.vpc_id != vpc));
}

#[tokio::test]
async fn routes_lead_through_gateways_until_these_are_gone() {
    let demo = Demo::new();
    let cloud = demo.session(&DemoOptions::default()).await;
    let vpc = make_vpc(&cloud).await;
    let subnet = make_subnet(&cloud, &vpc, "10.7.1.0/24").await;
    let table = make::<RouteTable>(&cloud, RouteTableDraft { vpc_id: vpc.clone(), ..RouteTableDraft::default() }).await;
    let gateway = make::<InternetGateway>(&cloud, InternetGatewayDraft { vpc_id: vpc.clone(), ..InternetGatewayDraft::default() }).await;
    let attached = InternetGateway::get(&cloud, &gateway).await.unwrap();
    assert_eq!((attached.vpc_id.as_str(), attached.state.as_str()), (vpc.as_str(), "available"));
    let add = || NewRoute { destination: "0.0.0.0/0".into(), internet_gateway: gateway.clone(), ..NewRoute::default() };
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::AddRoute(add()), &table).await, None);
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::AddRoute(add()), &table).await, Some(ErrorCode::Conflict));

    let associate = || RouteTableAction::Associate { subnet_id: subnet.clone() };
    assert_eq!(act::<RouteTable>(&cloud, associate(), &table).await, None);
    let other = make::<RouteTable>(&cloud, RouteTableDraft { vpc_id: vpc.clone(), ..RouteTableDraft::default() }).await;
    assert_eq!(act::<RouteTable>(&cloud, associate(), &other).await, None, "one table is replaced by another");
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::Delete, &other).await, Some(ErrorCode::Conflict));
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::MakeMain, &table).await, None);
    assert!(RouteTable::get(&cloud, &table).await.unwrap().is_main());
    let association_id = RouteTable::get(&cloud, &other).await.unwrap().associations[0].id.clone();
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::Disassociate { association_id }, &other).await, None);
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::Delete, &other).await, None);

    let free = every::<Address>(&cloud).await.into_iter().find(|address| !address.is_associated()).unwrap().id;
    let draft = NatGatewayDraft { connectivity: "public".into(), subnet_id: subnet, allocation_id: free.clone(), tags: vec![] };
    let nat = make::<NatGateway>(&cloud, draft.clone()).await;
    assert!(NatGateway::get(&cloud, &nat).await.unwrap().in_transition());
    let second = make::<NatGateway>(&cloud, draft).await;
    demo.clock.advance(Duration::from_secs(60));
    assert_eq!(NatGateway::get(&cloud, &nat).await.unwrap().state, "available");
    let failed = NatGateway::get(&cloud, &second).await.unwrap();
    assert_eq!((failed.state.as_str(), failed.failure.contains("already associated")), ("failed", true));
    let through = NewRoute { destination: "192.0.2.0/24".into(), via: Via::NatGateway, nat_gateway: nat.clone(), ..NewRoute::default() };
    assert_eq!(act::<RouteTable>(&cloud, RouteTableAction::AddRoute(through), &table).await, None);

    let detach = || InternetGatewayAction::Detach { vpc_id: vpc.clone() };
    assert_eq!(
        act::<InternetGateway>(&cloud, detach(), &gateway).await,
        Some(ErrorCode::Conflict),
        "the NAT gateway's address is in the way"
    );
    assert_eq!(act::<NatGateway>(&cloud, NatGatewayAction::Delete, &nat).await, None);
    assert_eq!(NatGateway::get(&cloud, &nat).await.unwrap().state, "deleting");
    demo.clock.advance(Duration::from_secs(60));
    assert_eq!(NatGateway::get(&cloud, &nat).await.unwrap().state, "deleted");
    assert!(!Address::get(&cloud, &free).await.unwrap().is_associated());
    assert_eq!(act::<InternetGateway>(&cloud, InternetGatewayAction::Delete, &gateway).await, Some(ErrorCode::Conflict));
    assert_eq!(act::<InternetGateway>(&cloud, detach(), &gateway).await, None);
    let states: Vec<_> = RouteTable::get(&cloud, &table).await.unwrap().routes.into_iter().map(|route| route.state).collect();
    assert_eq!(states, ["active", "blackhole", "blackhole"]);
    let remove = RouteTableAction::RemoveRoute { destination: "0.0.0.0/0".into() };
    assert_eq!(act::<RouteTable>(&cloud, remove, &table).await, None);
    assert_eq!(act::<InternetGateway>(&cloud, InternetGatewayAction::Delete, &gateway).await, None);
    demo.clock.advance(Duration::from_secs(2 * 3600));
    assert_eq!(NatGateway::get(&cloud, &nat).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn rules_of_a_network_acl_come_and_go() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let vpc = make_vpc(&cloud).await;
    let subnet = make_subnet(&cloud, &vpc, "10.7.1.0/24").await;
    let id = make::<NetworkAcl>(&cloud, NetworkAclDraft { vpc_id: vpc, ..NetworkAclDraft::default() }).await;
    let add = |direction, protocol: &str, ports: Option<u32>| NetworkAclAction::AddRule {
        direction,
        number: Some(100),
        action: "allow".into(),
        protocol: protocol.into(),
        from_port: ports,
        to_port: ports,
        cidr: "0.0.0.0/0".into(),
    };
    assert_eq!(act::<NetworkAcl>(&cloud, add(Direction::Ingress, "tcp", Some(443)), &id).await, None);
    assert_eq!(act::<NetworkAcl>(&cloud, add(Direction::Egress, "-1", None), &id).await, None);
    assert_eq!(act::<NetworkAcl>(&cloud, add(Direction::Ingress, "udp", Some(53)), &id).await, Some(ErrorCode::Conflict));
    let acl = NetworkAcl::get(&cloud, &id).await.unwrap();
    assert_eq!((acl.ingress.len(), acl.egress.len()), (2, 2), "the last rule of each direction is the cloud's own");
    assert_eq!((acl.ingress[0].protocol.as_str(), acl.ingress[0].from_port, acl.ingress[0].allow), ("6", Some(443), true));

    assert_eq!(act::<NetworkAcl>(&cloud, NetworkAclAction::Associate { subnet_id: subnet.clone() }, &id).await, None);
    assert_eq!(NetworkAcl::get(&cloud, &id).await.unwrap().subnets, std::slice::from_ref(&subnet));
    assert_eq!(act::<NetworkAcl>(&cloud, NetworkAclAction::Delete, &id).await, Some(ErrorCode::Conflict));
    let rule = rule_key(Direction::Ingress, 100);
    assert_eq!(act::<NetworkAcl>(&cloud, NetworkAclAction::RemoveRule { rule }, &id).await, None);
    assert_eq!(NetworkAcl::get(&cloud, &id).await.unwrap().ingress.len(), 1);
    assert_eq!(act::<Subnet>(&cloud, SubnetAction::Delete, &subnet).await, None);
    assert_eq!(act::<NetworkAcl>(&cloud, NetworkAclAction::Delete, &id).await, None);
}

#[tokio::test]
async fn a_template_is_made_of_an_instance() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let instance = every::<Instance>(&cloud).await.into_iter().find(|row| row.state == "running").unwrap();
    let draft = LaunchTemplateDraft { name: "more-of-it".into(), instance_id: instance.id.clone(), ..LaunchTemplateDraft::default() };
    let id = make::<LaunchTemplate>(&cloud, draft.clone()).await;
    let made = LaunchTemplate::get(&cloud, &id).await.unwrap();
    let [version] = made.versions.as_slice() else { panic!("{} versions", made.versions.len()) };
    let groups: Vec<_> = instance.security_groups.iter().map(|group| group.id.clone()).collect();
    assert_eq!((&version.image_id, &version.instance_type), (&instance.image_id, &instance.instance_type));
    assert_eq!((&version.subnet_id, &version.security_groups), (&instance.subnet_id, &groups));
    let refused = LaunchTemplate::create(&cloud, &draft).await.unwrap_err();
    assert_eq!((refused.code, refused.fields.contains_key("name")), (ErrorCode::Conflict, true));
    assert_eq!(act::<LaunchTemplate>(&cloud, LaunchTemplateAction::Delete, &id).await, None);
    assert_eq!(LaunchTemplate::get(&cloud, &id).await.unwrap_err().code, ErrorCode::NotFound);
}
