//! From the SDK's network interfaces to the console's.

use api::{instance::GroupRef, network_interface::NetworkInterface};
use aws_sdk_ec2::types;

use crate::{
    tag::tags,
    time::seconds,
    word::{natural, word},
};

pub fn interface(found: types::NetworkInterface) -> NetworkInterface {
    let attachment = found.attachment.unwrap_or_else(|| types::NetworkInterfaceAttachment::builder().build());
    let association = found.association.unwrap_or_else(|| types::NetworkInterfaceAssociation::builder().build());
    let group =
        |group: types::GroupIdentifier| GroupRef { id: group.group_id.unwrap_or_default(), name: group.group_name.unwrap_or_default() };
    let addresses = found.private_ip_addresses.unwrap_or_default().into_iter();
    NetworkInterface {
        id: found.network_interface_id.unwrap_or_default(),
        status: word(found.status),
        description: found.description.unwrap_or_default(),
        interface_type: word(found.interface_type),
        vpc_id: found.vpc_id.unwrap_or_default(),
        subnet_id: found.subnet_id.unwrap_or_default(),
        zone: found.availability_zone.unwrap_or_default(),
        private_ip: found.private_ip_address.unwrap_or_default(),
        secondary_ips: addresses.filter(|address| address.primary != Some(true)).filter_map(|address| address.private_ip_address).collect(),
        ipv6_addresses: found.ipv6_addresses.unwrap_or_default().into_iter().filter_map(|address| address.ipv6_address).collect(),
        private_dns: found.private_dns_name.unwrap_or_default(),
        public_ip: association.public_ip.unwrap_or_default(),
        public_dns: association.public_dns_name.unwrap_or_default(),
        allocation_id: association.allocation_id.unwrap_or_default(),
        mac_address: found.mac_address.unwrap_or_default(),
        security_groups: found.groups.unwrap_or_default().into_iter().map(group).collect(),
        source_dest_check: found.source_dest_check,
        requester_managed: found.requester_managed.unwrap_or_default(),
        owner: found.owner_id.unwrap_or_default(),
        attachment_id: attachment.attachment_id.unwrap_or_default(),
        instance_id: attachment.instance_id.unwrap_or_default(),
        device_index: natural(attachment.device_index),
        attachment_status: word(attachment.status),
        attached_at: seconds(attachment.attach_time.as_ref()),
        delete_on_termination: attachment.delete_on_termination,
        tags: tags(found.tag_set),
    }
}
