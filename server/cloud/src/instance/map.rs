//! From the SDK's instances to the console's.

use api::instance::{AttachedVolume, GroupRef, Instance, InterfaceRef};
use aws_sdk_ec2::types;

use crate::{tag::tags, time::seconds, word::word};

/// The instances of all reservations.
pub fn instances(reservations: Option<Vec<types::Reservation>>) -> Vec<Instance> {
    reservations.unwrap_or_default().into_iter().flat_map(of_reservation).collect()
}

fn of_reservation(reservation: types::Reservation) -> impl Iterator<Item = Instance> {
    let id = reservation.reservation_id.unwrap_or_default();
    let owner = reservation.owner_id.unwrap_or_default();
    reservation.instances.unwrap_or_default().into_iter().map(move |found| Instance {
        reservation_id: id.clone(),
        owner: owner.clone(),
        ..instance(found)
    })
}

fn instance(found: types::Instance) -> Instance {
    let tags = tags(found.tags);
    // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html: set on every member, and the only trace here.
    let auto_scaling_group = tags.iter().find(|tag| tag.key == "aws:autoscaling:groupName").map(|tag| tag.value.clone());
    let interfaces = found.network_interfaces.unwrap_or_default();
    // Where groups were given to an interface, some clouds tell of them only there.
    let of_first_interface = || interfaces.first().and_then(|interface| interface.groups.clone());
    let groups = found.security_groups.filter(|groups| !groups.is_empty()).or_else(of_first_interface).unwrap_or_default();
    let reason = found.state_reason.and_then(|reason| reason.message).filter(|message| !message.is_empty());
    Instance {
        id: found.instance_id.unwrap_or_default(),
        state: word(found.state.and_then(|state| state.name)),
        state_reason: reason.or(found.state_transition_reason).unwrap_or_default(),
        instance_type: word(found.instance_type),
        image_id: found.image_id.unwrap_or_default(),
        zone: found.placement.and_then(|placement| placement.availability_zone).unwrap_or_default(),
        launched_at: seconds(found.launch_time.as_ref()),
        key_name: found.key_name.unwrap_or_default(),
        private_ip: found.private_ip_address.unwrap_or_default(),
        public_ip: found.public_ip_address.unwrap_or_default(),
        private_dns: found.private_dns_name.unwrap_or_default(),
        public_dns: found.public_dns_name.unwrap_or_default(),
        vpc_id: found.vpc_id.unwrap_or_default(),
        subnet_id: found.subnet_id.unwrap_or_default(),
        security_groups: groups.into_iter().map(group).collect(),
        architecture: word(found.architecture),
        platform: word(found.platform).to_lowercase(),
        root_device_type: word(found.root_device_type),
        root_device_name: found.root_device_name.unwrap_or_default(),
        virtualization_type: word(found.virtualization_type),
        monitoring: matches!(
            found.monitoring.and_then(|monitoring| monitoring.state),
            Some(types::MonitoringState::Enabled | types::MonitoringState::Pending)
        ),
        instance_profile_arn: found.iam_instance_profile.and_then(|profile| profile.arn).unwrap_or_default(),
        block_devices: found.block_device_mappings.unwrap_or_default().into_iter().map(volume).collect(),
        network_interfaces: interfaces.into_iter().map(interface).collect(),
        source_dest_check: found.source_dest_check,
        kernel_id: found.kernel_id.unwrap_or_default(),
        ramdisk_id: found.ramdisk_id.unwrap_or_default(),
        auto_scaling_group: auto_scaling_group.unwrap_or_default(),
        tags,
        ..Instance::default()
    }
}

fn group(group: types::GroupIdentifier) -> GroupRef {
    GroupRef { id: group.group_id.unwrap_or_default(), name: group.group_name.unwrap_or_default() }
}

fn volume(mapping: types::InstanceBlockDeviceMapping) -> AttachedVolume {
    let device = mapping.device_name.unwrap_or_default();
    mapping.ebs.map_or_else(AttachedVolume::default, |ebs| AttachedVolume {
        device,
        volume_id: ebs.volume_id.unwrap_or_default(),
        status: word(ebs.status),
        attached_at: seconds(ebs.attach_time.as_ref()),
        delete_on_termination: ebs.delete_on_termination,
    })
}

fn interface(interface: types::InstanceNetworkInterface) -> InterfaceRef {
    let association = interface.association.unwrap_or_else(|| types::InstanceNetworkInterfaceAssociation::builder().build());
    InterfaceRef {
        id: interface.network_interface_id.unwrap_or_default(),
        subnet_id: interface.subnet_id.unwrap_or_default(),
        private_ip: interface.private_ip_address.unwrap_or_default(),
        public_ip: association.public_ip.unwrap_or_default(),
        public_ip_owner: association.ip_owner_id.unwrap_or_default(),
        mac_address: interface.mac_address.unwrap_or_default(),
        status: word(interface.status),
    }
}
