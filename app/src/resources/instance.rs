//! Instances: the list, what can be done to them, and their page.

use api::{
    address::Address,
    instance::{Instance, InstanceAction},
    kind::Kind,
    launch_template::{LaunchTemplate, LaunchTemplateDraft},
    volume::Volume,
};

use super::{flag, launch_template};
use crate::{
    area::Area,
    form,
    lazy::{self, parts},
    paths,
    spec::{
        Depends, Empty, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

mod attach;
mod change;

type Column = column::Column<Instance>;
type Facet = facet::Facet<Instance>;
type Action = action::Action<Instance>;

pub static SPEC: Spec<Instance> = Spec {
    area: Area::Compute,
    title: "Instances",
    icon: "server",
    sort: "-launched",
    columns: &[
        Column::new("name", "Name", |i| cell::named_link(Kind::Instance, &i.id, name(i))).width(Width::Wide).narrow(),
        Column::new("id", "Instance ID", |i| cell::code(&i.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("type", "Type", |i| cell::text(&i.instance_type)),
        Column::new("zone", "Zone", |i| cell::text(&i.zone)),
        Column::new("public_ip", "Public address", |i| cell::code(&i.public_ip)),
        Column::new("private_ip", "Private address", |i| cell::code(&i.private_ip)),
        Column::new("key", "Key pair", |i| cell::link(Kind::KeyPair, &i.key_name)),
        Column::new("launched", "Launched", |i| cell::time(i.launched_at)),
        Column::new("image", "Image", |i| cell::link(Kind::Image, &i.image_id)).width(Width::Id).hidden(),
        Column::new("groups", "Security groups", groups).hidden(),
        Column::new("tags", "Tags", |i| cell::tags(&i.tags)).width(Width::Wide).unsorted().hidden(),
        Column::new("vpc", "VPC", |i| cell::link(Kind::Vpc, &i.vpc_id)).width(Width::Id).hidden(),
        Column::new("subnet", "Subnet", |i| cell::link(Kind::Subnet, &i.subnet_id)).width(Width::Id).hidden(),
        Column::new("platform", "Platform", platform).hidden(),
        Column::new("monitoring", "Monitoring", monitoring).hidden(),
        Column::new("profile", "Instance profile", |i| cell::text(profile(i))).hidden(),
        Column::new("scaling_group", "Auto scaling group", |i| cell::text(&i.auto_scaling_group)).hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |i| &i.state)
            .options(&[
                ("running", "Running"),
                ("pending", "Pending"),
                ("stopping", "Stopping"),
                ("stopped", "Stopped"),
                ("shutting-down", "Shutting down"),
                ("terminated", "Terminated"),
            ])
            .alias("status"),
        Facet::one("type", "Type", |i| &i.instance_type).alias("instance_type"),
        Facet::one("zone", "Zone", |i| &i.zone).alias("availability_zone"),
        Facet::one("key", "Key pair", |i| &i.key_name).alias("key_name"),
        Facet::many("group", "Security group", |i| i.security_groups.iter().map(|group| group.name.as_str()).collect())
            .alias("security_groups"),
        Facet::one("image", "Image", |i| &i.image_id).alias("image_id"),
        Facet::one("vpc", "VPC", |i| &i.vpc_id).alias("vpc_id"),
        Facet::one("subnet", "Subnet", |i| &i.subnet_id).alias("subnet_id"),
        Facet::one("platform", "Platform", |i| &i.platform).options(&[("", "Linux/UNIX"), ("windows", "Windows")]),
        Facet::one("monitoring", "Monitoring", |i| flag(i.monitoring)).options(&[("true", "Detailed"), ("false", "Basic")]),
        Facet::one("root", "Root device", |i| &i.root_device_type).alias("root_device_type"),
        Facet::one("profile", "Instance profile", profile).alias("roles"),
        Facet::one("scaling_group", "Auto scaling group", |i| &i.auto_scaling_group),
    ],
    scopes: &[],
    actions: &[
        Action::open("connect", "Connect", "terminal", |instance| lazy::dialog(parts::connect, instance)).when(can_connect),
        Action::open("password", "Get Windows password", "key-round", |instance| lazy::dialog(parts::password, instance))
            .when(|i| if i.platform == "windows" { is_there(i) } else { Allow::Absent }),
        Action::send("start", "Start", "play", ("Starting {name}", "Starting {n} instances"), || InstanceAction::Start).when(can_start),
        Action::send("stop", "Stop", "square", ("Stopping {name}", "Stopping {n} instances"), || InstanceAction::Stop { force: false })
            .when(can_stop)
            .ask("What is in memory and on instance-store volumes is lost. Public addresses that are not elastic change."),
        Action::send("force-stop", "Force stop", "circle-stop", ("Stopping {name} by force", "Stopping {n} instances by force"), || {
            InstanceAction::Stop { force: true }
        })
        .when(can_force_stop)
        .ask("The system gets no time to write its caches: file systems may need a check at the next start.")
        .single(),
        Action::send("reboot", "Reboot", "rotate-cw", ("Rebooting {name}", "Rebooting {n} instances"), || InstanceAction::Reboot)
            .when(can_reboot)
            .ask("It cannot be reached while it restarts."),
        super::image::form::CREATE,
        Action::open("create-template", "Create launch template", "layout-template", |i| {
            form::create::<LaunchTemplate>(
                &launch_template::CREATE,
                &LaunchTemplateDraft { instance_id: i.id, ..LaunchTemplateDraft::default() },
            )
        })
        .when(|i| Allow::when(i.state != "terminated", "It is gone.")),
        Action::go("more", "Launch more like this", "copy", |i| paths::with_query(&paths::launch(), &[("like", &i.id)])),
        attach::VOLUME,
        attach::NO_VOLUME,
        attach::ADDRESS,
        attach::NO_ADDRESS,
        attach::INTERFACE,
        attach::NO_INTERFACE,
        change::TYPE,
        change::GROUPS,
        change::ROLE,
        change::NO_ROLE,
        change::USER_DATA,
        change::KERNEL,
        change::CHECK,
        change::UNCHECK,
        change::MONITOR,
        change::UNMONITOR,
        Action::send(
            "protect",
            "Turn on termination protection",
            "lock",
            ("{name} is protected from termination", "{n} instances are protected from termination"),
            || InstanceAction::SetTerminationProtection { enabled: true },
        )
        .when(can_protect)
        .single(),
        Action::send(
            "unprotect",
            "Turn off termination protection",
            "lock-open",
            ("{name} is no longer protected from termination", "{n} instances are no longer protected from termination"),
            || InstanceAction::SetTerminationProtection { enabled: false },
        )
        .when(can_unprotect)
        .single(),
        Action::send("terminate", "Terminate", "trash-2", ("Terminating {name}", "Terminating {n} instances"), || {
            InstanceAction::Terminate
        })
        .when(can_terminate)
        .danger("This cannot be undone. Volumes that are set to be deleted on termination are deleted with everything on them.")
        .depends(&[
            Depends::on(Kind::Volume, |_| vec![], |i, item| goes_with(item.get(), &i.id), "These volumes are deleted with it:"),
            Depends::on(
                Kind::Address,
                |_| vec![],
                |i, item| item.get::<Address>().instance_id == i.id,
                "These elastic addresses stay yours, and go on to cost:",
            ),
        ]),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[
                Section::Facts {
                    title: "Instance",
                    columns: &["state", "type", "zone", "key", "launched", "image", "platform", "monitoring", "scaling_group"],
                    more: &[
                        Fact::new("Reason for the state", |i| cell::text(&i.state_reason)),
                        Fact::new("Architecture", |i| cell::text(&i.architecture)),
                        Fact::new("Termination protection", protection),
                        Fact::new("Role", role),
                        Fact::new("Virtualization", |i| cell::text(&i.virtualization_type)),
                        Fact::new("Kernel", |i| cell::code(&i.kernel_id)),
                        Fact::new("RAM disk", |i| cell::code(&i.ramdisk_id)),
                        Fact::new("Reservation", |i| cell::code(&i.reservation_id)),
                        Fact::new("Owner", |i| cell::code(&i.owner)),
                    ],
                },
                Section::View(|i| lazy::draw(parts::user_data, i.user_data.clone())),
            ],
        ),
        Tab::new(
            "storage",
            "Storage",
            &[
                Section::Facts {
                    title: "Root device",
                    columns: &[],
                    more: &[
                        Fact::new("Type", |i| cell::text(&i.root_device_type)),
                        Fact::new("Device", |i| cell::code(&i.root_device_name)),
                    ],
                },
                Section::Table {
                    title: "Volumes",
                    heads: &["Device", "Volume", "Status", "Attached", "Deleted on termination"],
                    rows: volumes,
                    empty: "No volumes are attached.",
                },
            ],
        ),
        Tab::new(
            "networking",
            "Networking",
            &[
                Section::Facts {
                    title: "Addresses",
                    columns: &["public_ip", "private_ip"],
                    more: &[
                        Fact::new("Public DNS name", |i| cell::code(&i.public_dns)),
                        Fact::new("Private DNS name", |i| cell::code(&i.private_dns)),
                    ],
                },
                Section::Facts {
                    title: "Placement",
                    columns: &["vpc", "subnet", "zone", "groups"],
                    more: &[Fact::new("Source and destination check", |i| cell::maybe(i.source_dest_check))],
                },
                Section::Table {
                    title: "Network interfaces",
                    heads: &["Interface", "Subnet", "Private address", "Public address", "MAC address", "Status"],
                    rows: interfaces,
                    empty: "It has no network interfaces.",
                },
            ],
        ),
        Tab::new(
            "monitoring",
            "Monitoring",
            &[Section::View(|i| lazy::draw(parts::monitoring, (Kind::Instance, i.id.clone(), i.monitoring, unmeasured(i))))],
        ),
        Tab::new("console", "Console output", &[Section::View(|i| lazy::draw(parts::console_output, i.id.clone()))]),
    ],
    has_tags: true,
    status: Some(state),
    notice: Some(notice),
    primary: Some(&Primary::Go { label: "Launch instances", path: paths::launch }),
    empty: &Empty {
        title: "No instances yet",
        body: "An instance is a virtual machine. Launch the first one; it is ready in about a minute.",
    },
};

/// Whether a volume is deleted with the instance that it is attached to.
fn goes_with(volume: &Volume, instance: &str) -> bool {
    volume.instance_id == instance && volume.delete_on_termination == Some(true)
}

fn name(instance: &Instance) -> &str {
    api::resource::Resource::name(instance)
}

fn state(instance: &Instance) -> Cell {
    let tone = match instance.state.as_str() {
        "running" => Tone::Good,
        "pending" | "stopping" | "shutting-down" => Tone::Busy,
        "stopped" => Tone::Idle,
        _ => Tone::Neutral,
    };
    cell::status(tone, &instance.state)
}

fn groups(instance: &Instance) -> Cell {
    let links: Vec<_> = instance.security_groups.iter().map(|group| Link::new(Kind::SecurityGroup, &group.id, &group.name)).collect();
    if links.is_empty() { Cell::Empty } else { Cell::Links(links) }
}

fn platform(instance: &Instance) -> Cell {
    match instance.platform.as_str() {
        "" => Cell::Text("Linux/UNIX".to_owned()),
        "windows" => Cell::Text("Windows".to_owned()),
        other => Cell::Text(other.to_owned()),
    }
}

fn monitoring(instance: &Instance) -> Cell {
    Cell::Word(if instance.monitoring { "Detailed" } else { "Basic" })
}

/// Its name, which the ARN ends with; most often that of the role in it.
fn profile(instance: &Instance) -> &str {
    instance.instance_profile_arn.rsplit('/').next().unwrap_or_default()
}

/// The profile where the role in it is not known: not everybody may ask IAM.
fn role(instance: &Instance) -> Cell {
    match instance.role.as_deref() {
        Some(role) => cell::link(Kind::Role, role),
        None => cell::code(&instance.instance_profile_arn),
    }
}

/// Why there may be no metrics.
fn unmeasured(instance: &Instance) -> &'static str {
    match (instance.state.as_str(), instance.monitoring) {
        ("running", true) => {
            "Detailed monitoring brings a point every minute, the first some minutes after the start. Some clouds measure nothing."
        }
        ("running", false) => {
            "Basic monitoring brings a point every five minutes, the first some minutes after the start; turn on detailed monitoring for one every \
             minute. Some clouds measure nothing."
        }
        _ => "An instance measures only while it runs.",
    }
}

fn protection(instance: &Instance) -> Cell {
    instance.termination_protection.map_or(Cell::Empty, |on| Cell::Word(if on { "On" } else { "Off" }))
}

fn notice(instance: &Instance) -> Option<&'static str> {
    (instance.termination_protection == Some(true)).then_some("Termination protection is on: the cloud refuses to terminate this instance.")
}

fn volumes(instance: &Instance) -> Vec<Vec<Cell>> {
    let row = |volume: &api::instance::AttachedVolume| {
        vec![
            cell::code(&volume.device),
            cell::link(Kind::Volume, &volume.volume_id),
            cell::text(&volume.status),
            cell::time(volume.attached_at),
            cell::maybe(volume.delete_on_termination),
        ]
    };
    instance.block_devices.iter().map(row).collect()
}

fn interfaces(instance: &Instance) -> Vec<Vec<Cell>> {
    let row = |interface: &api::instance::InterfaceRef| {
        vec![
            cell::code(&interface.id),
            cell::link(Kind::Subnet, &interface.subnet_id),
            cell::code(&interface.private_ip),
            cell::code(&interface.public_ip),
            cell::code(&interface.mac_address),
            cell::text(&interface.status),
        ]
    };
    instance.network_interfaces.iter().map(row).collect()
}

fn can_connect(instance: &Instance) -> Allow {
    Allow::when(instance.state == "running", "Only running instances can be connected to.")
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
fn can_start(instance: &Instance) -> Allow {
    Allow::when(instance.state == "stopped", "Only stopped instances can be started.")
}

fn can_stop(instance: &Instance) -> Allow {
    if instance.root_device_type == "instance-store" {
        return Allow::No("Instances with an instance-store root device cannot be stopped.");
    }
    Allow::when(instance.state == "running", "Only running instances can be stopped.")
}

fn can_force_stop(instance: &Instance) -> Allow {
    // Forcing helps most where an ordinary stop hangs.
    if instance.state == "stopping" { Allow::Yes } else { can_stop(instance) }
}

fn can_reboot(instance: &Instance) -> Allow {
    Allow::when(instance.state == "running", "Only running instances can be rebooted.")
}

fn can_protect(instance: &Instance) -> Allow {
    match instance.termination_protection {
        Some(true) => Allow::Absent,
        _ => is_there(instance),
    }
}

fn can_unprotect(instance: &Instance) -> Allow {
    match instance.termination_protection {
        Some(false) => Allow::Absent,
        _ => is_there(instance),
    }
}

fn can_terminate(instance: &Instance) -> Allow {
    // A list does not know the protection: it would take a call per instance. There the cloud's refusal is shown per instance.
    match instance.termination_protection {
        Some(true) => Allow::No("Termination protection is on. Turn it off first."),
        _ => is_there(instance),
    }
}

fn is_there(instance: &Instance) -> Allow {
    Allow::when(!matches!(instance.state.as_str(), "terminated" | "shutting-down"), "It is terminated already.")
}

#[cfg(test)]
mod tests {
    use api::resource::Resource;

    use super::*;

    fn in_state(state: &str) -> Instance {
        Instance { state: state.into(), ..Instance::sample() }
    }

    #[test]
    fn each_state_allows_what_ec2_allows() {
        let allowed = |state: &str| {
            let instance = in_state(state);
            type Rule = (&'static str, fn(&Instance) -> Allow);
            let rules: [Rule; 5] =
                [("start", can_start), ("stop", can_stop), ("force", can_force_stop), ("reboot", can_reboot), ("terminate", can_terminate)];
            rules.into_iter().filter(|(_, rule)| rule(&instance) == Allow::Yes).map(|(key, _)| key).collect::<Vec<_>>()
        };
        assert_eq!(allowed("pending"), ["terminate"]);
        assert_eq!(allowed("running"), ["stop", "force", "reboot", "terminate"]);
        assert_eq!(allowed("stopping"), ["force", "terminate"]);
        assert_eq!(allowed("stopped"), ["start", "terminate"]);
        assert!(allowed("shutting-down").is_empty());
        assert!(allowed("terminated").is_empty());
    }

    #[test]
    fn protection_that_is_known_is_said_before_the_cloud_refuses() {
        let protected = Instance { termination_protection: Some(true), ..in_state("running") };
        assert_eq!(can_terminate(&protected).reason(), Some("Termination protection is on. Turn it off first."));
        assert!(notice(&protected).is_some());
        assert_eq!(can_terminate(&in_state("running")), Allow::Yes);
    }

    #[test]
    fn an_instance_store_root_cannot_be_stopped() {
        let ephemeral = Instance { root_device_type: "instance-store".into(), ..in_state("running") };
        assert!(can_stop(&ephemeral).reason().is_some());
    }
}
