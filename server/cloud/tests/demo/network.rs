//! Elastic addresses, network interfaces and rules of security groups on the demo cloud: made, changed, refused and removed.

use api::{
    address::{Address, AddressAction, AddressDraft},
    error::ErrorCode,
    instance::Instance,
    network_interface::{NetworkInterface, NetworkInterfaceAction, NetworkInterfaceDraft},
    outcome::Outcome,
    resource::Resource,
    security_group::{Delta, Peer, Rule, RulesChange, SecurityGroup, SecurityGroupAction, SecurityGroupDraft},
    session::DemoOptions,
    tag::Tag,
};
use cloud::{Backend, Cloud};

use crate::{Demo, every};

async fn world() -> Cloud {
    Demo::new().session(&DemoOptions::default()).await
}

/// Does it to one, and says what it was refused for.
async fn act<T: Backend>(cloud: &Cloud, action: T::Action, id: &str) -> Option<ErrorCode> {
    let outcomes: Vec<Outcome> = T::act(cloud, &action, &[id.to_owned()]).await;
    assert_eq!(outcomes.len(), 1);
    outcomes.into_iter().next().and_then(|outcome| outcome.error).map(|error| error.code)
}

fn to_instance(id: &str) -> AddressAction {
    AddressAction::Associate { instance_id: id.into(), network_interface_id: String::new(), private_ip: String::new(), reassociate: false }
}

#[tokio::test]
async fn an_address_comes_leads_somewhere_and_goes() {
    let cloud = world().await;
    let before = every::<Address>(&cloud).await.len();
    let draft = AddressDraft { count: 2, tags: vec![Tag::new("Name", "journey")] };
    let made = Address::create(&cloud, &draft).await.unwrap();
    assert_eq!((made.ids.len(), every::<Address>(&cloud).await.len()), (2, before + 2));
    let id = &made.ids[0];
    let free = Address::get(&cloud, id).await.unwrap();
    assert_eq!((free.name(), free.is_associated()), ("journey", false));

    let bastion = every::<Instance>(&cloud).await.into_iter().find(|row| row.state == "stopped").unwrap();
    assert_eq!(act::<Address>(&cloud, to_instance(&bastion.id), id).await, None);
    let held = Address::get(&cloud, id).await.unwrap();
    assert_eq!((held.instance_id.as_str(), held.private_ip.as_str()), (bastion.id.as_str(), bastion.private_ip.as_str()));
    assert_eq!(Instance::get(&cloud, &bastion.id).await.unwrap().public_ip, held.public_ip);
    let interface = NetworkInterface::get(&cloud, &held.network_interface_id).await.unwrap();
    assert_eq!((interface.allocation_id.as_str(), interface.device_index), (id.as_str(), Some(0)));

    assert_eq!(act::<Address>(&cloud, to_instance(&bastion.id), &made.ids[1]).await, Some(ErrorCode::Conflict));
    assert_eq!(act::<Address>(&cloud, AddressAction::Release, id).await, Some(ErrorCode::Conflict));
    assert_eq!(act::<Address>(&cloud, AddressAction::Disassociate, id).await, None);
    assert_eq!(act::<Address>(&cloud, AddressAction::Disassociate, id).await, None, "there is nothing left to do");
    assert_eq!(Instance::get(&cloud, &bastion.id).await.unwrap().public_ip, "");
    let released = Address::act(&cloud, &AddressAction::Release, &made.ids).await;
    assert!(released.iter().all(|outcome| outcome.error.is_none()), "{released:?}");
    assert_eq!(every::<Address>(&cloud).await.len(), before);
}

#[tokio::test]
async fn what_was_allocated_before_the_quota_stays_and_is_told() {
    let cloud = world().await;
    let made = Address::create(&cloud, &AddressDraft { count: 50, tags: vec![] }).await.unwrap();
    assert!(!made.ids.is_empty() && made.ids.len() < 50);
    assert_eq!(made.warnings[0].code, ErrorCode::Quota);
    let none = Address::create(&cloud, &AddressDraft { count: 1, tags: vec![] }).await.unwrap_err();
    assert_eq!(none.code, ErrorCode::Quota);
}

#[tokio::test]
async fn an_interface_is_made_attached_changed_detached_and_deleted() {
    let cloud = world().await;
    let instance = every::<Instance>(&cloud).await.into_iter().find(|row| row.state == "running").unwrap();
    let group = instance.security_groups[0].id.clone();
    let draft = NetworkInterfaceDraft {
        subnet_id: instance.subnet_id.clone(),
        description: "Journey".into(),
        security_group_ids: vec![group.clone()],
        tags: vec![Tag::new("Name", "journey")],
        ..NetworkInterfaceDraft::default()
    };
    let id = NetworkInterface::create(&cloud, &draft).await.unwrap().ids.remove(0);
    let made = NetworkInterface::get(&cloud, &id).await.unwrap();
    assert_eq!((made.name(), made.status.as_str(), made.zone.as_str()), ("journey", "available", instance.zone.as_str()));
    assert_eq!(made.security_groups[0].id, group);

    let attach = |device_index| NetworkInterfaceAction::Attach { instance_id: instance.id.clone(), device_index };
    assert_eq!(act::<NetworkInterface>(&cloud, attach(0), &id).await, Some(ErrorCode::Invalid));
    assert_eq!(act::<NetworkInterface>(&cloud, attach(2), &id).await, None);
    assert_eq!(act::<NetworkInterface>(&cloud, attach(3), &id).await, Some(ErrorCode::Conflict));
    let attached = NetworkInterface::get(&cloud, &id).await.unwrap();
    assert_eq!((attached.instance_id.as_str(), attached.device_index), (instance.id.as_str(), Some(2)));
    assert!(Instance::get(&cloud, &instance.id).await.unwrap().network_interfaces.iter().any(|interface| interface.id == id));

    assert_eq!(act::<NetworkInterface>(&cloud, NetworkInterfaceAction::SetSourceDestCheck { enabled: false }, &id).await, None);
    let text = NetworkInterfaceAction::SetDescription { description: "Changed".into() };
    assert_eq!(act::<NetworkInterface>(&cloud, text, &id).await, None);
    let changed = NetworkInterface::get(&cloud, &id).await.unwrap();
    assert_eq!((changed.source_dest_check, changed.description.as_str()), (Some(false), "Changed"));

    assert_eq!(act::<NetworkInterface>(&cloud, NetworkInterfaceAction::Delete, &id).await, Some(ErrorCode::Invalid));
    assert_eq!(act::<NetworkInterface>(&cloud, NetworkInterfaceAction::Detach { force: false }, &id).await, None);
    assert_eq!(act::<NetworkInterface>(&cloud, NetworkInterfaceAction::Delete, &id).await, None);
    assert_eq!(NetworkInterface::get(&cloud, &id).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn rules_are_edited_in_both_directions_and_back() {
    let cloud = world().await;
    let vpc_id = every::<api::vpc::Vpc>(&cloud).await.remove(0).id;
    let rule = |port, block: &str| Rule {
        protocol: "tcp".into(),
        from_port: Some(port),
        to_port: Some(port),
        peer: Peer::Cidr(block.into()),
        description: String::new(),
    };
    let draft = SecurityGroupDraft {
        name: "edited".into(),
        description: "Edited".into(),
        vpc_id,
        ingress: vec![rule(22, "10.0.0.0/8")],
        egress: Some(vec![rule(443, "0.0.0.0/0"), rule(443, "::/0")]),
    };
    let id = SecurityGroup::create(&cloud, &draft).await.unwrap().ids.remove(0);
    let made = SecurityGroup::get(&cloud, &id).await.unwrap();
    assert_eq!((made.ingress.len(), made.egress.clone()), (1, draft.egress.clone().unwrap()));

    // A block with the bits of a host is the same block; the group lets its own members in.
    let own = Rule { peer: Peer::Group { id: id.clone(), owner: String::new(), name: String::new() }, ..rule(5432, "") };
    let wanted = [Rule { description: "intranet".into(), ..rule(22, "10.9.9.9/8") }, own];
    let change = RulesChange { ingress: Delta::between(&made.ingress, &wanted), egress: Delta::between(&made.egress, &made.egress[..1]) };
    let action = SecurityGroupAction::ChangeRules(change.clone());
    assert_eq!(act::<SecurityGroup>(&cloud, action.clone(), &id).await, None);
    let changed = SecurityGroup::get(&cloud, &id).await.unwrap();
    assert!(Delta::between(&changed.ingress, &wanted).is_empty() && changed.egress.len() == 1);
    assert_eq!(changed.ingress.iter().find(|rule| rule.from_port == Some(22)).unwrap().description, "intranet");
    assert_eq!(act::<SecurityGroup>(&cloud, action, &id).await, Some(ErrorCode::Conflict), "it is done already");

    let back = SecurityGroupAction::ChangeRules(change.inverse());
    assert_eq!(act::<SecurityGroup>(&cloud, back, &id).await, None);
    let restored = SecurityGroup::get(&cloud, &id).await.unwrap();
    assert!(Delta::between(&restored.ingress, &made.ingress).is_empty() && Delta::between(&restored.egress, &made.egress).is_empty());
    assert_eq!(act::<SecurityGroup>(&cloud, SecurityGroupAction::Delete, &id).await, None);
    assert_eq!(SecurityGroup::get(&cloud, &id).await.unwrap_err().code, ErrorCode::NotFound);
}
