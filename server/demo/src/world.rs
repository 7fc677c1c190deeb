//! What an account has in one region: the tables of all kinds, the ids it gives out, and what is due to happen.

pub mod address;
pub mod image;
pub mod instance;
pub mod instance_type;
pub mod internet_gateway;
pub mod key_pair;
pub mod launch_template;
pub mod metric;
pub mod nat_gateway;
pub mod network_acl;
pub mod network_interface;
pub mod route_table;
pub mod security_group;
pub mod snapshot;
pub mod subnet;
pub mod tagged;
pub mod volume;
pub mod vpc;
pub mod vpc_endpoint;
pub mod vpc_peering;

use std::{
    collections::{BTreeMap, HashMap},
    net::Ipv4Addr,
    sync::Arc,
};

use fastrand::Rng;

use crate::{
    clock::Millis,
    page::Table,
    region::Region,
    world::{
        address::Address, image::Image, instance::Instance, internet_gateway::InternetGateway, key_pair::KeyPair,
        launch_template::LaunchTemplate, nat_gateway::NatGateway, network_acl::NetworkAcl, network_interface::NetworkInterface,
        route_table::RouteTable, security_group::SecurityGroup, snapshot::Snapshot, subnet::Subnet, volume::Volume, vpc::Vpc,
        vpc_endpoint::VpcEndpoint, vpc_peering::VpcPeering,
    },
};

/// Text that many rows share: a hundred thousand instances hold one copy of their type's name.
pub type Text = Arc<str>;

pub struct World {
    pub account: Text,
    pub region: &'static Region,
    /// When the request now served came in.
    pub now: Millis,
    /// How long an instance takes from one state to the next.
    pub transition: Millis,
    pub rng: Rng,
    pub vpcs: Table<Vpc>,
    pub subnets: Table<Subnet>,
    pub route_tables: Table<RouteTable>,
    pub internet_gateways: Table<InternetGateway>,
    pub nat_gateways: Table<NatGateway>,
    pub network_acls: Table<NetworkAcl>,
    pub vpc_endpoints: Table<VpcEndpoint>,
    pub vpc_peerings: Table<VpcPeering>,
    pub launch_templates: Table<LaunchTemplate>,
    pub security_groups: Table<SecurityGroup>,
    pub key_pairs: Table<KeyPair>,
    pub images: Table<Image>,
    pub snapshots: Table<Snapshot>,
    pub volumes: Table<Volume>,
    pub instances: Table<Instance>,
    pub network_interfaces: Table<NetworkInterface>,
    pub addresses: Table<Address>,
    /// What was measured by those who asked for it to be kept.
    pub metrics: metric::Metrics,
    /// Launches by client token: the request's fingerprint and the instances it made.
    pub launches: HashMap<String, (String, Vec<Text>)>,
    agenda: BTreeMap<(Millis, u64), Change>,
    changes: u64,
    public_addresses: u32,
}

/// What happens by itself, later.
#[derive(Clone, Debug)]
pub enum Change {
    /// An instance goes on to its next state, unless something else befell it meanwhile.
    Instance { id: Text, from: instance::State, to: instance::State },
    /// A terminated instance is no longer shown.
    Forget { id: Text },
    /// A volume is off its instance.
    Detached { volume: Text },
    /// A NAT gateway goes on to its next state.
    NatGateway { id: Text, to: nat_gateway::State },
    /// One that is gone is no longer shown.
    ForgetNatGateway { id: Text },
    /// A peering connection that was deleted is no longer shown.
    ForgetVpcPeering { id: Text },
}

impl World {
    /// An account's part of a region with nothing in it.
    pub fn new(account: Text, region: &'static Region, now: Millis, transition: Millis, seed: u64) -> Self {
        // The region takes part, so that ids differ between regions as they do on AWS.
        let seed = region.name.bytes().fold(seed, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        Self {
            account,
            region,
            now,
            transition,
            rng: Rng::with_seed(seed),
            vpcs: Table::new(),
            subnets: Table::new(),
            route_tables: Table::new(),
            internet_gateways: Table::new(),
            nat_gateways: Table::new(),
            network_acls: Table::new(),
            vpc_endpoints: Table::new(),
            vpc_peerings: Table::new(),
            launch_templates: Table::new(),
            security_groups: Table::new(),
            key_pairs: Table::new(),
            images: Table::new(),
            snapshots: Table::new(),
            volumes: Table::new(),
            instances: Table::new(),
            network_interfaces: Table::new(),
            addresses: Table::new(),
            metrics: metric::Metrics::default(),
            launches: HashMap::new(),
            agenda: BTreeMap::new(),
            changes: 0,
            public_addresses: 0,
        }
    }

    /// A new id: the prefix, `0`, and sixteen hexadecimal digits.
    pub fn id(&mut self, prefix: &str) -> Text {
        format!("{prefix}0{:016x}", self.rng.u64(..)).into()
    }

    pub fn arn(&self, resource: &str) -> String {
        format!("arn:aws:ec2:{}:{}:{resource}", self.region.name, self.account)
    }

    /// A public address of 198.18.0.0/15, which is kept for benchmarks and routed nowhere (RFC 2544).
    pub fn public_address(&mut self) -> Ipv4Addr {
        self.public_addresses += 1;
        let base = u32::from(Ipv4Addr::new(198, 18, 0, 0));
        Ipv4Addr::from(base + self.public_addresses % (1 << 17))
    }

    pub fn later(&mut self, after: Millis, change: Change) {
        self.changes += 1;
        self.agenda.insert((self.now + after, self.changes), change);
    }

    /// Brings the world to a moment: all that is due by then happens, in its order.
    pub fn settle(&mut self, now: Millis) {
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
            let (at, _) = *entry.key();
            let change = entry.remove();
            self.now = at.max(self.now);
            match change {
                Change::Instance { id, from, to } => instance::advance(self, &id, from, to),
                Change::Forget { id } => {
                    self.instances.remove(&id);
                }
                Change::Detached { volume } => volume::take_off(self, &volume),
                Change::NatGateway { id, to } => nat_gateway::enter(self, &id, to),
                Change::ForgetNatGateway { id } => {
                    self.nat_gateways.remove(&id);
                }
                Change::ForgetVpcPeering { id } => {
                    self.vpc_peerings.remove(&id);
                }
            }
        }
        self.now = now.max(self.now);
    }
}
