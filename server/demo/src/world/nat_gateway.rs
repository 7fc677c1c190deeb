//! NAT gateways, and how they go from state to state.

use std::net::Ipv4Addr;

use crate::{
    clock::{HOUR, Millis, iso},
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Change, Text, World, network_interface},
};

pub struct NatGateway {
    pub state: State,
    pub vpc: Text,
    pub subnet: Text,
    /// The elastic address; `None` where it is private.
    pub allocation: Option<Text>,
    pub private_ip: Ipv4Addr,
    pub interface: Text,
    pub created_at: Millis,
    pub deleted_at: Option<Millis>,
    pub tags: Tags,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Pending,
    Available,
    /// With a code and a sentence.
    Failed(&'static str, String),
    Deleting,
    Deleted,
}

impl State {
    const fn name(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Available => "available",
            Self::Failed(..) => "failed",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }

    /// Whether it is there and not on its way out.
    pub const fn is_alive(&self) -> bool {
        matches!(self, Self::Pending | Self::Available)
    }

    /// Whether it still keeps its subnet and its address.
    pub const fn holds(&self) -> bool {
        matches!(self, Self::Pending | Self::Available | Self::Deleting)
    }
}

/// Puts it into a state; what follows by itself is put on the agenda.
pub fn enter(world: &mut World, id: &Text, state: State) {
    let (now, transition) = (world.now, world.transition);
    let next = match state {
        State::Deleting => Some((transition, Change::NatGateway { id: id.clone(), to: State::Deleted })),
        State::Deleted | State::Failed(..) => Some((HOUR, Change::ForgetNatGateway { id: id.clone() })),
        State::Pending | State::Available => None,
    };
    let Some(row) = world.nat_gateways.get_mut(id) else { return };
    // It may have been deleted before it was ready.
    if state == State::Available && row.state != State::Pending {
        return;
    }
    if state == State::Deleted {
        row.deleted_at = Some(now);
    }
    // One that failed keeps nothing either.
    let interface = (!state.holds()).then(|| row.interface.clone());
    row.state = state;
    if let Some(interface) = interface {
        network_interface::remove(world, &interface);
    }
    if let Some((after, change)) = next {
        world.later(after, change);
    }
}

impl Noun for NatGateway {
    const ID: &'static str = "NatGatewayId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("nat-", "NatGatewayMalformed"));
    const FILTERS: Names = &[
        ("nat-gateway-id", "natGatewayId"),
        ("state", "state"),
        ("subnet-id", "subnetId"),
        ("vpc-id", "vpcId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.nat_gateways
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("NatGatewayNotFound", format!("NAT gateway {id} was not found"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let failure = if let State::Failed(code, message) = &self.state { Some((*code, message)) } else { None };
        let public_ip = self.allocation.as_ref().and_then(|id| world.addresses.get(id)).map(|address| address.ip);
        map! {
            "natGatewayId" => id,
            "state" => self.state.name(),
            "vpcId" => &self.vpc,
            "subnetId" => &self.subnet,
            "connectivityType" => if self.allocation.is_some() { "public" } else { "private" },
            "createTime" => iso(self.created_at),
            "deleteTime" => self.deleted_at.map(iso),
            "failureCode" => failure.map(|(code, _)| code),
            "failureMessage" => failure.map(|(_, message)| message),
            "natGatewayAddressSet" => Value::list([map! {
                "allocationId" => self.allocation.as_ref(),
                "publicIp" => public_ip,
                "privateIp" => self.private_ip,
                "networkInterfaceId" => &self.interface,
                "isPrimary" => true,
            }]),
            "tagSet" => tag::show(&self.tags),
        }
    }
}
