//! Network interfaces: what connects instances, and services of the cloud, to subnets.

use api::{
    address::Address,
    instance::Instance,
    kind::Kind,
    network_interface::{NetworkInterface, NetworkInterfaceAction, NetworkInterfaceDraft},
    resource::Resource,
    route_table::RouteTable,
    security_group::SecurityGroup,
    subnet::Subnet,
};

use crate::{
    area::Area,
    spec::{
        Depends, Empty, Item, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick, Values},
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<NetworkInterface>;
type Facet = facet::Facet<NetworkInterface>;
type Action = action::Action<NetworkInterface>;

pub static SPEC: Spec<NetworkInterface> = Spec {
    area: Area::Network,
    title: "Network interfaces",
    icon: "ethernet-port",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |n| cell::named_link(Kind::NetworkInterface, &n.id, n.name())).width(Width::Wide).narrow(),
        Column::new("id", "Interface ID", |n| cell::code(&n.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("description", "Description", |n| cell::text(&n.description)).width(Width::Wide),
        Column::new("instance", "Instance", |n| cell::link(Kind::Instance, &n.instance_id)).width(Width::Id),
        Column::new("private_ip", "Private address", |n| cell::code(&n.private_ip)).narrow(),
        Column::new("public_ip", "Public address", |n| cell::code(&n.public_ip)),
        Column::new("subnet", "Subnet", |n| cell::link(Kind::Subnet, &n.subnet_id)).width(Width::Id),
        Column::new("vpc", "VPC", |n| cell::link(Kind::Vpc, &n.vpc_id)).width(Width::Id).hidden(),
        Column::new("zone", "Zone", |n| cell::text(&n.zone)).hidden(),
        Column::new("groups", "Security groups", groups).hidden(),
        Column::new("type", "Type", |n| cell::text(&n.interface_type)).hidden(),
        Column::new("mac", "MAC address", |n| cell::code(&n.mac_address)).hidden(),
        Column::new("tags", "Tags", |n| cell::tags(&n.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("state", "State", |n| &n.status).alias("status"),
        Facet::one("type", "Type", |n| &n.interface_type),
        Facet::one("vpc", "VPC", |n| &n.vpc_id).alias("vpc_id"),
        Facet::one("subnet", "Subnet", |n| &n.subnet_id).alias("subnet_id"),
        Facet::one("zone", "Zone", |n| &n.zone).alias("availability_zone"),
        Facet::one("instance", "Instance", |n| &n.instance_id).alias("instance_id"),
        Facet::many("group", "Security group", |n| n.security_groups.iter().map(|group| group.name.as_str()).collect()),
    ],
    scopes: &[],
    actions: &[
        Action::form("attach", "Attach to instance", "plug", ("{name} is attached", "{n} interfaces are attached"), &ATTACH, |_| {
            NetworkInterfaceAction::Attach { instance_id: String::new(), device_index: 1 }
        })
        .when(|n| Allow::when(n.status == "available", "Only an interface that is attached to nothing can be attached.")),
        Action::send("detach", "Detach", "unplug", ("{name} is being detached", "{n} interfaces are being detached"), || {
            NetworkInterfaceAction::Detach { force: false }
        })
        .when(can_detach)
        .ask("The instance loses this connection, and what listens on its addresses cannot be reached."),
        Action::send(
            "force-detach",
            "Force detach",
            "unlink",
            ("{name} is being detached by force", "{n} interfaces are being detached by force"),
            || NetworkInterfaceAction::Detach { force: true },
        )
        .when(can_detach)
        .ask("The system inside gets no time to let go of it. Try to detach it without force first.")
        .single(),
        Action::form(
            "groups",
            "Change security groups",
            "shield",
            ("The groups of {name} are changed", "The groups of {n} interfaces are changed"),
            &GROUPS,
            |n| NetworkInterfaceAction::SetSecurityGroups {
                security_group_ids: n.security_groups.iter().map(|group| group.id.clone()).collect(),
            },
        )
        .when(is_own),
        Action::form(
            "description",
            "Change description",
            "pencil",
            ("The description of {name} is changed", "The descriptions of {n} interfaces are changed"),
            &DESCRIPTION,
            |n| NetworkInterfaceAction::SetDescription { description: n.description.clone() },
        )
        .when(is_own),
        Action::send(
            "check",
            "Turn on source/destination check",
            "lock",
            ("{name} passes on nothing", "{n} interfaces pass on nothing"),
            || NetworkInterfaceAction::SetSourceDestCheck { enabled: true },
        )
        .when(|n| Allow::when(n.source_dest_check == Some(false), "It is on already."))
        .single(),
        Action::send(
            "uncheck",
            "Turn off source/destination check",
            "lock-open",
            ("{name} passes on traffic of others", "{n} interfaces pass on traffic of others"),
            || NetworkInterfaceAction::SetSourceDestCheck { enabled: false },
        )
        .when(|n| Allow::when(n.source_dest_check == Some(true), "It is off already."))
        .single(),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} interfaces are deleted"), || NetworkInterfaceAction::Delete)
            .when(can_delete)
            .ends("This cannot be undone. Its private address is free for others.")
            .depends(&[
                Depends::on(
                    Kind::Address,
                    |_| vec![],
                    |n, item| item.get::<Address>().network_interface_id == n.id,
                    "These elastic addresses stay yours, and go on to cost:",
                ),
                Depends::on(
                    Kind::RouteTable,
                    |n| vec![("vpc", n.vpc_id.clone())],
                    |n, item| item.get::<RouteTable>().leads_to(&n.id),
                    "Route tables lead to it:",
                ),
            ]),
    ],
    tabs: &[Tab::new(
        "general",
        "General",
        &[
            Section::Facts {
                title: "Network interface",
                columns: &["id", "state", "description", "type", "vpc", "subnet", "zone", "groups", "mac"],
                more: &[
                    Fact::new("Source and destination check", |n| cell::maybe(n.source_dest_check)),
                    Fact::new("Kept by a service of the cloud", |n| cell::yes_no(n.requester_managed)),
                    Fact::new("Owner", |n| cell::code(&n.owner)),
                ],
            },
            Section::Facts {
                title: "Addresses",
                columns: &["private_ip", "public_ip"],
                more: &[
                    Fact::new("Elastic address", |n| cell::link(Kind::Address, &n.allocation_id)),
                    Fact::new("Further private addresses", |n| cell::code(&n.secondary_ips.join(", "))),
                    Fact::new("IPv6 addresses", |n| cell::code(&n.ipv6_addresses.join(", "))),
                    Fact::new("Private DNS name", |n| cell::code(&n.private_dns)),
                    Fact::new("Public DNS name", |n| cell::code(&n.public_dns)),
                ],
            },
            Section::Facts {
                title: "Attachment",
                columns: &["instance"],
                more: &[
                    Fact::new("Attachment", |n| cell::code(&n.attachment_id)),
                    Fact::new("Status", |n| cell::text(&n.attachment_status)),
                    Fact::new("Device index", |n| n.device_index.map_or(Cell::Empty, |index| Cell::Count(index.into()))),
                    Fact::new("Attached", |n| cell::time(n.attached_at)),
                    Fact::new("Deleted on termination", |n| cell::maybe(n.delete_on_termination)),
                ],
            },
        ],
    )],
    has_tags: true,
    status: Some(state),
    notice: Some(|n| n.requester_managed.then_some("A service of the cloud made this interface and keeps it: most changes are refused.")),
    primary: Some(&Primary::Create { label: "Create network interface", form: &CREATE, draft: NetworkInterfaceDraft::default }),
    empty: &Empty { title: "No network interfaces", body: "Every instance comes with one; more can be made and moved between instances." },
};

static CREATE: Form = Form {
    title: "Create network interface",
    intro: "",
    submit: "Create network interface",
    fields: &[
        Field::new("vpc_id", "VPC", Input::Pick(Pick::of(Kind::Vpc).none("Any"))).optional(),
        Field::new("subnet_id", "Subnet", Input::Pick(Pick::of(Kind::Subnet).args(IN_VPC).suggests("vpc_id", vpc_of_subnet))),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new("private_ip", "Private address", Input::Code).help("The cloud chooses one of the subnet if it stays empty.").optional(),
        Field::new("security_group_ids", "Security groups", Input::Picks(Pick::of(Kind::SecurityGroup).args(IN_VPC)))
            .help("The default group of the VPC, if none is chosen.")
            .optional(),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

const IN_VPC: &[(&str, &str)] = &[("vpc", "vpc_id")];

fn vpc_of_subnet(item: &Item) -> String {
    item.get::<Subnet>().vpc_id.clone()
}

static ATTACH: Form = Form {
    title: "Attach {name}",
    intro: "The instance must be in the interface's zone.",
    submit: "Attach",
    fields: &[
        Field::new("instance_id", "Instance", Input::Pick(Pick::of(Kind::Instance).fits(is_in_zone))),
        Field::new("device_index", "Device index", Input::Number("")).help("0 is the interface of the launch; the next is 1."),
    ],
};

static GROUPS: Form = Form {
    title: "Security groups of {name}",
    intro: "",
    submit: "Save",
    fields: &[Field::new("security_group_ids", "Security groups", Input::Picks(Pick::of(Kind::SecurityGroup).fits(is_in_vpc)))],
};

static DESCRIPTION: Form = Form {
    title: "Description of {name}",
    intro: "",
    submit: "Save",
    fields: &[Field::new("description", "Description", Input::Text).optional()],
};

fn is_in_zone(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    let instance = item.get::<Instance>();
    let alive = matches!(instance.state.as_str(), "running" | "stopped");
    alive && subject.is_none_or(|subject| subject.get::<NetworkInterface>().zone == instance.zone)
}

fn is_in_vpc(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    subject.is_none_or(|subject| subject.get::<NetworkInterface>().vpc_id == item.get::<SecurityGroup>().vpc_id)
}

fn is_own(interface: &NetworkInterface) -> Allow {
    Allow::when(!interface.requester_managed, "A service of the cloud keeps this interface.")
}

fn can_detach(interface: &NetworkInterface) -> Allow {
    match interface.device_index {
        None => Allow::No("It is attached to nothing."),
        Some(0) => Allow::No("The interface of the launch stays with its instance."),
        Some(_) => is_own(interface),
    }
}

fn can_delete(interface: &NetworkInterface) -> Allow {
    if interface.status == "available" { is_own(interface) } else { Allow::No("It is in use. Detach it first.") }
}

fn groups(interface: &NetworkInterface) -> Cell {
    let links: Vec<_> = interface.security_groups.iter().map(|group| Link::new(Kind::SecurityGroup, &group.id, &group.name)).collect();
    if links.is_empty() { Cell::Empty } else { Cell::Links(links) }
}

fn state(interface: &NetworkInterface) -> Cell {
    let tone = match interface.status.as_str() {
        "in-use" | "associated" => Tone::Good,
        "available" => Tone::Idle,
        "pending" | "attaching" | "detaching" => Tone::Busy,
        _ => Tone::Neutral,
    };
    cell::status(tone, &interface.status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_interface_stays_with_its_instance() {
        let interface = |device_index, status: &str| NetworkInterface { device_index, status: status.into(), ..NetworkInterface::sample() };
        assert_eq!(can_detach(&interface(Some(1), "in-use")), Allow::Yes);
        assert!(can_detach(&interface(Some(0), "in-use")).reason().is_some());
        assert!(can_detach(&interface(None, "available")).reason().is_some());
        assert_eq!(can_delete(&interface(None, "available")), Allow::Yes);
        assert!(can_delete(&interface(Some(1), "in-use")).reason().is_some());
    }
}
