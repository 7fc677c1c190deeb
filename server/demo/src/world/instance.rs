//! Instances, and how they go from state to state.

use std::net::Ipv4Addr;

use crate::{
    clock::{HOUR, MINUTE, Millis, iso},
    filter::Names,
    noun::Noun,
    ops,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{
        Change, Text, World,
        network_interface::{self, NetworkInterface, attachment_id},
        security_group::SecurityGroup,
        subnet,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Pending,
    Running,
    ShuttingDown,
    Terminated,
    Stopping,
    Stopped,
}

impl State {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::ShuttingDown => "shutting-down",
            Self::Terminated => "terminated",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
        }
    }

    pub const fn code(self) -> u32 {
        match self {
            Self::Pending => 0,
            Self::Running => 16,
            Self::ShuttingDown => 32,
            Self::Terminated => 48,
            Self::Stopping => 64,
            Self::Stopped => 80,
        }
    }

    pub fn show(self) -> Value {
        map! { "code" => self.code(), "name" => self.name() }
    }
}

#[expect(clippy::struct_excessive_bools, clippy::struct_field_names, reason = "the attributes of EC2, by its names")]
pub struct Instance {
    pub state: State,
    /// When it came into this state.
    pub since: Millis,
    /// EC2's code for why it came into this state by somebody's will, such as `Client.UserInitiatedShutdown`.
    pub reason: Option<&'static str>,
    pub reservation: Text,
    pub launch_index: u32,
    pub client_token: Text,
    pub launched_at: Millis,
    pub image: Text,
    pub architecture: &'static str,
    pub windows: bool,
    pub platform_details: &'static str,
    pub instance_type: Text,
    pub zone: Text,
    pub tenancy: Text,
    pub key_name: Option<Text>,
    pub vpc: Text,
    pub subnet: Text,
    pub groups: Vec<Text>,
    pub private_ip: Ipv4Addr,
    pub public_ip: Option<Ipv4Addr>,
    /// Whether it gets a public address when it starts.
    pub wants_public_ip: bool,
    pub interface: Interface,
    /// The interfaces that were attached later.
    pub further_interfaces: Vec<Text>,
    pub root_device: &'static str,
    pub devices: Vec<Device>,
    pub monitoring: bool,
    pub profile: Option<Profile>,
    pub protected: bool,
    pub source_dest_check: bool,
    pub ebs_optimized: bool,
    pub terminate_on_shutdown: bool,
    /// Base64.
    pub user_data: Option<Text>,
    pub tags: Tags,
}

pub struct Interface {
    pub id: Text,
    pub mac: u32,
}

pub struct Device {
    pub name: Text,
    pub volume: Text,
    pub attached_at: Millis,
    pub delete_on_termination: bool,
    /// It is being taken off.
    pub detaching: bool,
}

impl Device {
    /// The word for how far its attachment is.
    pub fn status(&self, instance: &Instance, now: Millis) -> &'static str {
        match () {
            () if self.detaching => "detaching",
            () if instance.state == State::Pending || now < self.attached_at => "attaching",
            () => "attached",
        }
    }
}

/// An instance profile, as an instance refers to it.
#[derive(Clone)]
pub struct Profile {
    pub arn: Text,
    pub id: Text,
    /// The id of the association.
    pub association: Text,
}

impl Instance {
    /// Whether it still has volumes, addresses and groups.
    pub fn is_alive(&self) -> bool {
        self.state != State::Terminated
    }

    /// All its network interfaces, that of its launch first.
    pub fn interfaces(&self) -> impl Iterator<Item = &Text> {
        std::iter::once(&self.interface.id).chain(&self.further_interfaces)
    }
}

/// Puts an instance into a state, now; what follows by itself is put on the agenda.
pub fn enter(world: &mut World, id: &Text, state: State) {
    let (now, transition) = (world.now, world.transition);
    let Some(instance) = world.instances.get_mut(id) else { return };
    instance.state = state;
    instance.since = now;
    let next = match state {
        State::Pending => Some(State::Running),
        State::Stopping => Some(State::Stopped),
        State::ShuttingDown => Some(State::Terminated),
        _ => None,
    };
    if let Some(to) = next {
        world.later(transition, Change::Instance { id: id.clone(), from: state, to });
    }
}

/// What was due happens, unless the instance is no longer in the state it was due in.
pub fn advance(world: &mut World, id: &Text, from: State, to: State) {
    if world.instances.get(id).is_none_or(|instance| instance.state != from) {
        return;
    }
    enter(world, id, to);
    match to {
        State::Stopped => release_public_address(world, id),
        State::Terminated => {
            release(world, id);
            world.later(HOUR, Change::Forget { id: id.clone() });
        }
        _ => {}
    }
}

/// A public address that is not elastic goes when the instance stops.
fn release_public_address(world: &mut World, id: &Text) {
    let elastic = world.instances.get(id).is_some_and(|row| NetworkInterface::elastic(&row.interface.id, world).is_some());
    if !elastic && let Some(instance) = world.instances.get_mut(id) {
        instance.public_ip = None;
    }
}

/// What a terminated instance leaves: volumes that are to go are gone, others are free; addresses are free.
fn release(world: &mut World, id: &Text) {
    let Some(instance) = world.instances.get_mut(id) else { return };
    instance.public_ip = None;
    instance.groups.clear();
    instance.subnet = "".into();
    let interfaces: Vec<_> = instance.interfaces().cloned().collect();
    instance.further_interfaces.clear();
    for device in std::mem::take(&mut instance.devices) {
        if device.delete_on_termination {
            world.volumes.remove(&device.volume);
        } else if let Some(volume) = world.volumes.get_mut(&device.volume) {
            volume.instance = None;
        }
    }
    network_interface::release(world, id, &interfaces);
}

/// The groups of an instance, as it shows them.
pub fn show_groups(groups: &[Text], world: &World) -> Value {
    let name = |id: &Text| world.security_groups.get(id).map(|group: &SecurityGroup| group.name.clone());
    Value::list(groups.iter().map(|id| map! { "groupId" => id, "groupName" => name(id).as_ref() }))
}

impl Noun for Instance {
    const ID: &'static str = "InstanceId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("i-", "InvalidInstanceID.Malformed"));
    const DEFAULT_RESULTS: usize = 1000;
    const FILTERS: Names = &[
        ("instance-id", "instanceId"),
        ("image-id", "imageId"),
        ("instance-state-name", "instanceState.name"),
        ("instance-state-code", "instanceState.code"),
        ("instance-type", "instanceType"),
        ("availability-zone", "placement.availabilityZone"),
        ("tenancy", "placement.tenancy"),
        ("key-name", "keyName"),
        ("launch-time", "launchTime"),
        ("launch-index", "amiLaunchIndex"),
        ("client-token", "clientToken"),
        ("architecture", "architecture"),
        ("platform", "platform"),
        ("platform-details", "platformDetails"),
        ("root-device-name", "rootDeviceName"),
        ("root-device-type", "rootDeviceType"),
        ("virtualization-type", "virtualizationType"),
        ("hypervisor", "hypervisor"),
        ("monitoring-state", "monitoring.state"),
        ("reason", "reason"),
        ("state-reason-code", "stateReason.code"),
        ("state-reason-message", "stateReason.message"),
        ("source-dest-check", "sourceDestCheck"),
        ("vpc-id", "vpcId"),
        ("subnet-id", "subnetId"),
        ("group-id", "groupSet.groupId"),
        ("group-name", "groupSet.groupName"),
        ("instance.group-id", "groupSet.groupId"),
        ("instance.group-name", "groupSet.groupName"),
        ("private-ip-address", "privateIpAddress"),
        ("private-dns-name", "privateDnsName"),
        ("ip-address", "ipAddress"),
        ("dns-name", "dnsName"),
        ("iam-instance-profile.arn", "iamInstanceProfile.arn"),
        ("iam-instance-profile.id", "iamInstanceProfile.id"),
        ("block-device-mapping.device-name", "blockDeviceMapping.deviceName"),
        ("block-device-mapping.volume-id", "blockDeviceMapping.ebs.volumeId"),
        ("block-device-mapping.status", "blockDeviceMapping.ebs.status"),
        ("block-device-mapping.attach-time", "blockDeviceMapping.ebs.attachTime"),
        ("block-device-mapping.delete-on-termination", "blockDeviceMapping.ebs.deleteOnTermination"),
        ("network-interface.network-interface-id", "networkInterfaceSet.networkInterfaceId"),
        ("network-interface.subnet-id", "networkInterfaceSet.subnetId"),
        ("network-interface.vpc-id", "networkInterfaceSet.vpcId"),
        ("owner-id", "ownerId"),
        ("reservation-id", "reservationId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.instances
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidInstanceID.NotFound", format!("The instance ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let alive = self.is_alive();
        let public_ip = self.public_ip;
        let status = if self.state == State::Pending { "attaching" } else { "attached" };
        let reason = self.reason.map(|code| match code {
            "Client.UserInitiatedShutdown" => map! { "code" => code, "message" => format!("{code}: User initiated shutdown") },
            "Server.SpotInstanceTermination" => map! { "code" => code, "message" => format!("{code}: Spot instance termination") },
            _ => map! { "code" => code, "message" => format!("{code}: Instance initiated shutdown") },
        });
        let association = || {
            let owner = if NetworkInterface::elastic(&self.interface.id, world).is_some() { &*world.account } else { "amazon" };
            public_ip.map(|ip| map! { "publicIp" => ip, "publicDnsName" => world.region.public_dns(ip), "ipOwnerId" => owner })
        };
        map! {
            "instanceId" => id,
            "imageId" => &self.image,
            "instanceState" => self.state.show(),
            "privateDnsName" => if alive { world.region.private_dns(self.private_ip) } else { String::new() },
            "dnsName" => public_ip.map(|ip| world.region.public_dns(ip)).unwrap_or_default(),
            "reason" => self.reason.map(|_| format!("User initiated ({} GMT)", iso(self.since)[..19].replace('T', " "))).unwrap_or_default(),
            "keyName" => self.key_name.as_ref(),
            "amiLaunchIndex" => self.launch_index,
            "productCodes" => vec![],
            "instanceType" => &self.instance_type,
            "launchTime" => iso(self.launched_at),
            "placement" => map! { "availabilityZone" => &self.zone, "groupName" => "", "tenancy" => &self.tenancy },
            "monitoring" => map! { "state" => if self.monitoring { "enabled" } else { "disabled" } },
            "subnetId" => alive.then_some(&self.subnet),
            "vpcId" => alive.then_some(&self.vpc),
            "privateIpAddress" => alive.then_some(self.private_ip),
            "ipAddress" => public_ip,
            "sourceDestCheck" => alive.then_some(self.source_dest_check),
            "groupSet" => show_groups(&self.groups, world),
            "stateReason" => reason,
            "architecture" => self.architecture,
            "platform" => self.windows.then_some("windows"),
            "platformDetails" => self.platform_details,
            "usageOperation" => if self.windows { "RunInstances:0002" } else { "RunInstances" },
            "rootDeviceType" => "ebs",
            "rootDeviceName" => self.root_device,
            "blockDeviceMapping" => Value::list(self.devices.iter().map(|device| map! {
                "deviceName" => &device.name,
                "ebs" => map! {
                    "volumeId" => &device.volume,
                    "status" => device.status(self, world.now),
                    "attachTime" => iso(device.attached_at),
                    "deleteOnTermination" => device.delete_on_termination,
                },
            })),
            "virtualizationType" => "hvm",
            "clientToken" => &self.client_token,
            "hypervisor" => "xen",
            "networkInterfaceSet" => Value::list(alive.then(|| map! {
                "networkInterfaceId" => &self.interface.id,
                "subnetId" => &self.subnet,
                "vpcId" => &self.vpc,
                "description" => "",
                "ownerId" => &world.account,
                "status" => "in-use",
                "macAddress" => mac(self.interface.mac),
                "privateIpAddress" => self.private_ip,
                "privateDnsName" => world.region.private_dns(self.private_ip),
                "sourceDestCheck" => self.source_dest_check,
                "groupSet" => show_groups(&self.groups, world),
                "attachment" => map! {
                    "attachmentId" => attachment_id(&self.interface.id),
                    "deviceIndex" => 0u32,
                    "status" => status,
                    "attachTime" => iso(self.launched_at),
                    "deleteOnTermination" => true,
                    "networkCardIndex" => 0u32,
                },
                "association" => association(),
                "privateIpAddressesSet" => Value::list([map! {
                    "privateIpAddress" => self.private_ip,
                    "privateDnsName" => world.region.private_dns(self.private_ip),
                    "primary" => true,
                    "association" => association(),
                }]),
                "interfaceType" => "interface",
            }).into_iter().chain(ops::network_interface::further(self, world))),
            "iamInstanceProfile" => self.profile.as_ref().map(|profile| map! { "arn" => &profile.arn, "id" => &profile.id }),
            "ebsOptimized" => self.ebs_optimized,
            "enaSupport" => true,
            "metadataOptions" => map! {
                "state" => "applied",
                "httpTokens" => "required",
                "httpPutResponseHopLimit" => 2u32,
                "httpEndpoint" => "enabled",
            },
            "tagSet" => tag::show(&self.tags),
        }
    }
}

/// A locally administered MAC address.
pub fn mac(number: u32) -> String {
    let [a, b, c, d] = number.to_be_bytes();
    format!("0e:5a:{a:02x}:{b:02x}:{c:02x}:{d:02x}")
}

/// The row of `DescribeInstanceStatus`.
pub fn show_status(instance: &Instance, id: &str, world: &World) -> Value {
    let (status, detail) = match instance.state {
        State::Running if world.now - instance.since < 2 * MINUTE => ("initializing", "initializing"),
        State::Running => ("ok", "passed"),
        State::Pending => ("initializing", "initializing"),
        _ => ("not-applicable", ""),
    };
    let check = || {
        let details = (!detail.is_empty()).then(|| map! { "name" => "reachability", "status" => detail });
        map! { "status" => status, "details" => Value::list(details) }
    };
    map! {
        "instanceId" => id,
        "availabilityZone" => &instance.zone,
        "availabilityZoneId" => subnet::zone_id(world, &instance.zone),
        "instanceState" => instance.state.show(),
        "systemStatus" => check(),
        "instanceStatus" => check(),
        "attachedEbsStatus" => check(),
    }
}
