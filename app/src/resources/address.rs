//! Elastic addresses: allocate them, lead them somewhere, give them back.

use api::{
    address::{Address, AddressAction, AddressDraft},
    instance::Instance,
    kind::Kind,
    network_interface::NetworkInterface,
    resource::Resource,
};

use super::flag;
use crate::{
    area::Area,
    spec::{
        Empty, Item, Primary, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick, Values},
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

type Column = column::Column<Address>;
type Facet = facet::Facet<Address>;
type Action = action::Action<Address>;

pub static SPEC: Spec<Address> = Spec {
    area: Area::Network,
    title: "Elastic addresses",
    icon: "map-pin",
    sort: "ip",
    columns: &[
        Column::new("ip", "Address", |a| cell::named_link(Kind::Address, &a.id, &a.public_ip)).narrow(),
        Column::new("name", "Name", |a| cell::text(a.name())).width(Width::Wide).narrow(),
        Column::new("id", "Allocation ID", |a| cell::code(&a.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("instance", "Instance", |a| cell::link(Kind::Instance, &a.instance_id)).width(Width::Id),
        Column::new("interface", "Network interface", |a| cell::link(Kind::NetworkInterface, &a.network_interface_id)).width(Width::Id),
        Column::new("private_ip", "Private address", |a| cell::code(&a.private_ip)),
        Column::new("domain", "Scope", |a| cell::text(&a.domain)).width(Width::Narrow).hidden(),
        Column::new("tags", "Tags", |a| cell::tags(&a.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("assignment", "Assignment", |a| flag(a.is_associated())).options(&[("true", "Associated"), ("false", "Free")]),
        Facet::one("instance", "Instance", |a| &a.instance_id).alias("instance_id"),
        Facet::one("domain", "Scope", |a| &a.domain),
    ],
    scopes: &[],
    actions: &[
        Action::form(
            "associate",
            "Associate with instance",
            "link",
            ("{name} is associated", "{n} addresses are associated"),
            &TO_INSTANCE,
            |_| associate(),
        )
        .when(can_associate),
        Action::form(
            "associate-interface",
            "Associate with network interface",
            "ethernet-port",
            ("{name} is associated", "{n} addresses are associated"),
            &TO_INTERFACE,
            |_| associate(),
        )
        .when(can_associate),
        Action::send("disassociate", "Disassociate", "unlink", ("{name} is disassociated", "{n} addresses are disassociated"), || {
            AddressAction::Disassociate
        })
        .when(|a| Allow::when(a.is_associated(), "It is associated with nothing."))
        .ask("Nothing can be reached under this address until it is associated again."),
        Action::send("release", "Release", "trash-2", ("{name} is released", "{n} addresses are released"), || AddressAction::Release)
            .when(|a| Allow::when(!a.is_associated(), "It is in use. Disassociate it first."))
            .ends("The address goes back to the cloud, which may give it to somebody else. It is rarely possible to get it back."),
    ],
    tabs: &[Tab::new(
        "general",
        "General",
        &[Section::Facts {
            title: "Elastic address",
            columns: &["ip", "id", "state", "instance", "interface", "private_ip", "domain"],
            more: &[
                Fact::new("Association", |a| cell::code(&a.association_id)),
                Fact::new("Network border group", |a| cell::text(&a.network_border_group)),
            ],
        }],
    )],
    has_tags: true,
    status: Some(state),
    notice: None,
    primary: Some(&Primary::Create { label: "Allocate addresses", form: &ALLOCATE, draft: || AddressDraft { count: 1, tags: vec![] } }),
    empty: &Empty {
        title: "No elastic addresses",
        body: "An elastic address is a public address that stays yours when instances come and go.",
    },
};

static ALLOCATE: Form = Form {
    title: "Allocate elastic addresses",
    intro: "An address that is associated with nothing costs money too.",
    submit: "Allocate",
    fields: &[Field::new("count", "How many", Input::Number("")), Field::new("tags", "Tags", Input::Tags).optional()],
};

static TO_INSTANCE: Form = Form {
    title: "Associate {name} with an instance",
    intro: "An instance has one public address: the one it has now is given up.",
    submit: "Associate",
    fields: &[Field::new("instance_id", "Instance", Input::Pick(Pick::of(Kind::Instance).fits(takes_address))), REASSOCIATE],
};

static TO_INTERFACE: Form = Form {
    title: "Associate {name} with a network interface",
    intro: "",
    submit: "Associate",
    fields: &[
        Field::new("network_interface_id", "Network interface", Input::Pick(Pick::of(Kind::NetworkInterface).fits(is_own))),
        Field::new("private_ip", "Private address", Input::Code)
            .help("Where the interface has several: the one that it leads to. The primary one, if it stays empty.")
            .optional(),
        REASSOCIATE,
    ],
};

const REASSOCIATE: Field =
    Field::new("reassociate", "Take over from an address or a place that is associated already", Input::Check).optional();

fn takes_address(item: &Item, _: &Values, _: Option<&Item>) -> bool {
    let instance = item.get::<Instance>();
    matches!(instance.state.as_str(), "pending" | "running" | "stopping" | "stopped")
}

/// Interfaces of services are the services' own.
fn is_own(item: &Item, _: &Values, _: Option<&Item>) -> bool {
    !item.get::<NetworkInterface>().requester_managed
}

fn associate() -> AddressAction {
    AddressAction::Associate {
        instance_id: String::new(),
        network_interface_id: String::new(),
        private_ip: String::new(),
        reassociate: false,
    }
}

fn can_associate(address: &Address) -> Allow {
    Allow::when(!address.is_associated(), "It is associated already. Disassociate it first.")
}

fn state(address: &Address) -> Cell {
    if address.is_associated() { cell::status(Tone::Good, "associated") } else { cell::status(Tone::Idle, "free") }
}
