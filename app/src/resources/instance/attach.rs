//! What is attached to an instance and taken off it again: volumes, elastic addresses, network interfaces. The changes are those of the other
//! kinds; the forms choose which one.

use api::{
    address::{Address, AddressAction},
    instance::Instance,
    kind::Kind,
    network_interface::{NetworkInterface, NetworkInterfaceAction},
    volume::{Volume, VolumeAction},
};

use super::is_there;
use crate::spec::{
    Change, Item,
    action::{self, Allow},
    form::{Field, Form, Input, Pick, Values},
};

type Action = action::Action<Instance>;

pub const VOLUME: Action =
    Action::form_on("attach-volume", "Attach volume", "hard-drive", "Attaching a volume to {name}", &VOLUME_FORM, |i| {
        let attach = VolumeAction::Attach { instance_id: i.id.clone(), device: i.next_device().unwrap_or_default() };
        Change::act_on::<Volume>(&attach, "volume_id")
    })
    .when(takes_more);

static VOLUME_FORM: Form = Form {
    title: "Attach a volume to {name}",
    intro: "",
    submit: "Attach",
    fields: &[
        Field::new("volume_id", "Volume", Input::Pick(Pick::of(Kind::Volume).fits(is_free_volume)))
            .help("Available volumes in the zone of the instance."),
        Field::new("device", "Device", Input::Code)
            .optional()
            .help("Empty for the first that is free. The system may give it another name, such as /dev/xvdf or /dev/nvme1n1."),
    ],
};

pub const NO_VOLUME: Action =
    Action::form_on("detach-volume", "Detach volume", "unplug", "Detaching a volume from {name}", &NO_VOLUME_FORM, |_| {
        Change::act_on::<Volume>(&VolumeAction::Detach { force: false }, "volume_id")
    })
    .when(|i| match i.detachable().next() {
        Some(_) => is_there(i),
        None if i.block_devices.is_empty() => Allow::Absent,
        None => Allow::No("It has only its root device: stop the instance before you detach that."),
    });

static NO_VOLUME_FORM: Form = Form {
    title: "Detach a volume from {name}",
    intro: "Unmount its file systems first: what the instance has not written yet would be lost. The root device stays while the instance runs.",
    submit: "Detach",
    fields: &[
        Field::new("volume_id", "Volume", Input::Own(volumes)),
        Field::new("force", "By force", Input::Check)
            .help("Only where an ordinary detach hangs: what is not written is lost, and the file system may be damaged."),
    ],
};

pub const ADDRESS: Action =
    Action::form_on("associate-address", "Associate elastic address", "map-pin", "{name} has an elastic address", &ADDRESS_FORM, |i| {
        let associate = AddressAction::Associate {
            instance_id: i.id.clone(),
            network_interface_id: String::new(),
            private_ip: String::new(),
            reassociate: true,
        };
        Change::act_on::<Address>(&associate, "address_id")
    })
    .when(|i| {
        let can = matches!(i.state.as_str(), "pending" | "running" | "stopping" | "stopped");
        Allow::when(can, "It is terminated already.")
    });

static ADDRESS_FORM: Form = Form {
    title: "Associate an elastic address with {name}",
    intro: "The public address that the instance has now is given up.",
    submit: "Associate",
    fields: &[Field::new("address_id", "Elastic address", Input::Pick(Pick::of(Kind::Address).fits(is_free_address)))],
};

pub const NO_ADDRESS: Action = Action::form_on(
    "disassociate-address",
    "Disassociate elastic address",
    "unlink",
    "The elastic address of {name} is disassociated",
    &NO_ADDRESS_FORM,
    |_| Change::act_on::<Address>(&AddressAction::Disassociate, "address_id"),
)
.when(|i| if may_have_elastic(i) { is_there(i) } else { Allow::Absent });

static NO_ADDRESS_FORM: Form = Form {
    title: "Disassociate an elastic address from {name}",
    intro: "Nothing can be reached under this address until it is associated again. It stays yours.",
    submit: "Disassociate",
    fields: &[Field::new("address_id", "Elastic address", Input::Pick(Pick::of(Kind::Address).fits(leads_here)))],
};

pub const INTERFACE: Action = Action::form_on(
    "attach-interface",
    "Attach network interface",
    "ethernet-port",
    "A network interface is attached to {name}",
    &INTERFACE_FORM,
    |i| {
        let device_index = u32::try_from(i.network_interfaces.len()).unwrap_or(1);
        let attach = NetworkInterfaceAction::Attach { instance_id: i.id.clone(), device_index };
        Change::act_on::<NetworkInterface>(&attach, "network_interface_id")
    },
)
.when(|i| if i.vpc_id.is_empty() { Allow::Absent } else { takes_more(i) });

static INTERFACE_FORM: Form = Form {
    title: "Attach a network interface to {name}",
    intro: "",
    submit: "Attach",
    fields: &[
        Field::new("network_interface_id", "Network interface", Input::Pick(Pick::of(Kind::NetworkInterface).fits(is_free_interface)))
            .help("Interfaces in the zone of the instance that are attached to nothing."),
        Field::new("device_index", "Device index", Input::Number("")).help("0 is the interface of the launch; the next is 1."),
    ],
};

pub const NO_INTERFACE: Action = Action::form_on(
    "detach-interface",
    "Detach network interface",
    "unplug",
    "A network interface is being detached from {name}",
    &NO_INTERFACE_FORM,
    |_| Change::act_on::<NetworkInterface>(&NetworkInterfaceAction::Detach { force: false }, "network_interface_id"),
)
.when(|i| if i.network_interfaces.len() > 1 { is_there(i) } else { Allow::Absent });

static NO_INTERFACE_FORM: Form = Form {
    title: "Detach a network interface from {name}",
    intro: "The instance loses this connection. The interface of the launch stays.",
    submit: "Detach",
    fields: &[
        Field::new("network_interface_id", "Network interface", Input::Pick(Pick::of(Kind::NetworkInterface).fits(is_further))),
        Field::new("force", "By force", Input::Check).help("The system inside gets no time to let go of it."),
    ],
};

fn takes_more(instance: &Instance) -> Allow {
    Allow::when(matches!(instance.state.as_str(), "running" | "stopped"), "It has to be running or stopped.")
}

fn is_free_volume(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    let volume = item.get::<Volume>();
    volume.state == "available" && subject.is_none_or(|subject| subject.get::<Instance>().zone == volume.zone)
}

/// What can be detached as the instance is now.
fn volumes(item: &Item) -> Vec<(String, String)> {
    let label = |volume: &api::instance::AttachedVolume| format!("{} · {}", volume.volume_id, volume.device);
    item.get::<Instance>().detachable().map(|volume| (volume.volume_id.clone(), label(volume))).collect()
}

fn is_free_address(item: &Item, _: &Values, _: Option<&Item>) -> bool {
    !item.get::<Address>().is_associated()
}

fn leads_here(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    subject.is_none_or(|subject| subject.get::<Instance>().id == item.get::<Address>().instance_id)
}

/// Whether a public address may be an elastic one: the cloud's own belong to `amazon`, where it says whose they are.
fn may_have_elastic(instance: &Instance) -> bool {
    let interfaces = &instance.network_interfaces;
    if interfaces.is_empty() {
        return !instance.public_ip.is_empty();
    }
    interfaces.iter().any(|interface| !interface.public_ip.is_empty() && interface.public_ip_owner != "amazon")
}

fn is_free_interface(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    let interface = item.get::<NetworkInterface>();
    interface.status == "available" && subject.is_none_or(|subject| subject.get::<Instance>().zone == interface.zone)
}

/// Not that of the launch.
fn is_further(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    let interface = item.get::<NetworkInterface>();
    interface.device_index.is_some_and(|index| index > 0)
        && subject.is_none_or(|subject| subject.get::<Instance>().id == interface.instance_id)
}

#[cfg(test)]
mod tests {
    use api::{
        instance::{AttachedVolume, InterfaceRef},
        resource::Resource,
    };

    use super::*;

    fn device(device: &str, volume_id: &str) -> AttachedVolume {
        AttachedVolume { device: device.into(), volume_id: volume_id.into(), ..AttachedVolume::default() }
    }

    #[test]
    fn the_root_device_of_a_running_instance_is_not_offered() {
        let devices = vec![device("/dev/xvda", "vol-root"), device("/dev/sdf", "vol-data")];
        let running = Instance { block_devices: devices, ..Instance::sample() };
        let offered = |instance: &Instance| {
            let volumes = volumes(&Item::new(instance.clone()));
            volumes.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(offered(&running), ["vol-data"]);
        assert_eq!(offered(&Instance { state: "stopped".into(), ..running.clone() }), ["vol-root", "vol-data"]);
        assert_eq!(running.next_device().as_deref(), Some("/dev/sdg"));
        assert!((NO_VOLUME.allow)(&Instance::sample()).reason().is_some_and(|reason| reason.contains("root device")));
    }

    #[test]
    fn only_what_may_be_elastic_is_disassociated() {
        let with = |owner: &str| {
            let interface = InterfaceRef { public_ip: "203.0.113.17".into(), public_ip_owner: owner.into(), ..InterfaceRef::default() };
            (NO_ADDRESS.allow)(&Instance { network_interfaces: vec![interface], ..Instance::sample() })
        };
        assert_eq!((with("amazon"), with("123456789012"), with("")), (Allow::Absent, Allow::Yes, Allow::Yes));
        let none = Instance { public_ip: String::new(), ..Instance::sample() };
        assert_eq!((NO_ADDRESS.allow)(&none), Allow::Absent);
    }

    #[test]
    fn only_what_is_free_and_near_is_offered() {
        let instance = Item::new(Instance::sample());
        let volume = |zone: &str, state: &str| {
            let volume = Volume { zone: zone.into(), state: state.into(), ..Volume::sample() };
            is_free_volume(&Item::new(volume), &Values::default(), Some(&instance))
        };
        assert!(volume("us-east-1a", "available") && !volume("us-east-1b", "available") && !volume("us-east-1a", "in-use"));
        let further = |index, id: &str| {
            let interface = NetworkInterface { device_index: index, instance_id: id.into(), ..NetworkInterface::sample() };
            is_further(&Item::new(interface), &Values::default(), Some(&instance))
        };
        let own = Instance::sample().id;
        assert!(further(Some(1), &own) && !further(Some(0), &own) && !further(Some(1), "i-other"));
    }
}
