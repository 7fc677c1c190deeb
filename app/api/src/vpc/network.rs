//! A VPC with all that makes it a network: subnets over several zones, gateways, routes. Filled in as one form, made as one plan.

use serde::{Deserialize, Serialize};

use super::{Vpc, VpcDraft};
use crate::{
    address::{Address, AddressDraft},
    cidr::{self, Block},
    command::Command,
    error::FieldErrors,
    internet_gateway::{InternetGateway, InternetGatewayDraft},
    kind::Kind,
    nat_gateway::{NatGateway, NatGatewayDraft},
    plan::{Step, Until},
    resource::Mutation,
    route_table::{NewRoute, RouteTable, RouteTableAction, RouteTableDraft, Via},
    subnet::{Subnet, SubnetDraft},
    tag::Tag,
};

/// What is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The VPC with subnets, gateways and routes.
    #[default]
    Network,
    /// The VPC alone.
    Vpc,
}

/// What a network is to have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    pub scope: Scope,
    /// What the names of all its parts begin with.
    pub name: String,
    pub cidr_block: String,
    /// Over how many zones it goes.
    pub zones: Option<u32>,
    /// How many subnets of a sort each zone gets.
    pub public: Option<u32>,
    pub private: Option<u32>,
    /// The blocks of the subnets, in the order in which they are made; empty for the proposed ones.
    pub blocks: Vec<String>,
    pub internet_gateway: bool,
    pub nat: Nat,
    /// `default` or `dedicated`.
    pub tenancy: String,
    pub dns_support: bool,
    pub dns_hostnames: bool,
    /// Of all its parts, beside their names.
    pub tags: Vec<Tag>,
    /// The names of the zones that there are, by which the plan takes them.
    pub zone_names: Vec<String>,
}

/// How private subnets reach the internet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nat {
    #[default]
    None,
    /// By one NAT gateway: cheaper, and gone for all when its zone is.
    One,
    PerZone,
}

/// The most subnets that a plan has: as many as blocks of the least size still leave room in a small VPC, and more than a screen shows.
const MOST: u32 = 24;

/// A subnet to be.
#[derive(Clone, Debug, PartialEq)]
struct Planned {
    /// Unique in the plan: `public-a`, `private-b-2`.
    key: String,
    zone: usize,
    public: bool,
    block: Block,
}

/// The first block of private addresses that overlaps none of those, of the size that most VPCs have.
pub fn free_block(taken: &[String]) -> Option<Block> {
    let taken: Vec<Block> = taken.iter().filter_map(|text| text.parse().ok()).collect();
    // <https://datatracker.ietf.org/doc/html/rfc1918>
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].iter().find_map(|range| range.parse::<Block>().ok()?.free(&taken, 16))
}

impl Network {
    fn number(value: Option<u32>) -> u32 {
        value.unwrap_or_default()
    }

    fn count(&self) -> u32 {
        let per_zone = Self::number(self.public).saturating_add(Self::number(self.private));
        Self::number(self.zones).saturating_mul(per_zone)
    }

    /// The blocks that are proposed: as large as the VPC has room for, but no larger than /20.
    fn proposed(&self, whole: Block) -> Option<Vec<Block>> {
        let bits = (whole.bits() + self.count().next_power_of_two().trailing_zeros()).max(20).max(whole.bits());
        let mut taken = vec![];
        for _ in 0..self.count() {
            taken.push(whole.free(&taken, bits).filter(|_| bits <= 28)?);
        }
        Some(taken)
    }

    fn blocks(&self) -> Result<Vec<Block>, FieldErrors> {
        let wrong = |key: &str, message: String| FieldErrors::from([(key.to_owned(), message)]);
        let whole = cidr::network(&self.cidr_block).map_err(|message| wrong("cidr_block", message))?;
        if self.blocks.is_empty() {
            let none = || wrong("cidr_block", "It has no room for so many subnets.".to_owned());
            return self.proposed(whole).ok_or_else(none);
        }
        let own: Result<Vec<_>, _> = self.blocks.iter().map(|text| cidr::network(text)).collect();
        let own = own.map_err(|message| wrong("blocks", message))?;
        if own.len() != usize::try_from(self.count()).unwrap_or(usize::MAX) {
            let message = format!("There are {} blocks for {} subnets.", own.len(), self.count());
            return Err(wrong("blocks", message));
        }
        if let Some(outside) = own.iter().find(|block| !whole.contains(**block)) {
            return Err(wrong("blocks", format!("{outside} is not in {whole}.")));
        }
        for (index, block) in own.iter().enumerate() {
            if let Some(other) = own[..index].iter().find(|other| other.overlaps(*block)) {
                return Err(wrong("blocks", format!("{block} overlaps {other}.")));
            }
        }
        Ok(own)
    }

    /// The subnets: all public ones first, zone by zone, then the private ones.
    fn subnets(&self) -> Result<Vec<Planned>, FieldErrors> {
        let mut blocks = self.blocks()?.into_iter();
        let mut planned = vec![];
        for (public, sort, per_zone) in [(true, "public", self.public), (false, "private", self.private)] {
            for zone in 0..Self::number(self.zones) {
                for number in 1..=Self::number(per_zone) {
                    let zone = usize::try_from(zone).unwrap_or_default();
                    let Some(block) = blocks.next() else { return Ok(planned) };
                    let mut key = format!("{sort}-{}", self.letter(zone));
                    if Self::number(per_zone) > 1 {
                        key = format!("{key}-{number}");
                    }
                    planned.push(Planned { key, zone, public, block });
                }
            }
        }
        Ok(planned)
    }

    /// What the name of a zone ends with: `a` of `us-east-1a`; its number where names are of another sort.
    fn letter(&self, zone: usize) -> String {
        let name = self.zone_names.get(zone).map_or("", String::as_str);
        let suffix = name.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let is_letter = suffix.len() == 1 && name.len() > 1;
        if is_letter { suffix.to_owned() } else { (zone + 1).to_string() }
    }

    fn tags(&self, part: &str) -> Vec<Tag> {
        let name = self.named(part);
        let name = (!name.is_empty()).then(|| Tag::new("Name", &name));
        name.into_iter().chain(self.tags.iter().cloned()).collect()
    }

    /// What a part is called; nothing where the network has no name.
    fn named(&self, part: &str) -> String {
        if self.name.is_empty() || part.is_empty() { self.name.clone() } else { format!("{}-{part}", self.name) }
    }

    /// What a step is about, also where the part has no name.
    fn said(&self, part: &str) -> String {
        let name = self.named(part);
        if name.is_empty() { part.to_owned() } else { name }
    }

    /// Everything in order; empty where [`Network::check`] has something to say.
    pub fn steps(&self) -> Vec<Step> {
        if !self.check().is_empty() {
            return vec![];
        }
        let subnets = if self.scope == Scope::Network { self.subnets().unwrap_or_default() } else { vec![] };
        let vpc = self.vpc();
        let block = format!("{} {}", self.name, self.cidr_block).trim().to_owned();
        let mut steps = vec![
            Step::create::<Vpc>("Create VPC {name}", block.clone(), "$vpc", &vpc),
            Step::wait("Wait until VPC {name} is available", block, Kind::Vpc, "$vpc", Until::Available),
        ];
        if self.scope == Scope::Vpc {
            return steps;
        }
        if self.internet_gateway {
            let draft = InternetGatewayDraft { vpc_id: "$vpc".into(), tags: self.tags("igw") };
            steps.push(Step::create::<InternetGateway>("Create internet gateway {name} and attach it", self.said("igw"), "$igw", &draft));
        }
        steps.extend(subnets.iter().map(|subnet| self.subnet(subnet)));
        if subnets.iter().any(|subnet| subnet.public) {
            let public = subnets.iter().filter(|subnet| subnet.public);
            steps.extend(self.table("public", Some((Via::InternetGateway, "$igw")), public));
        }
        steps.extend(self.private(&subnets));
        steps
    }

    fn vpc(&self) -> VpcDraft {
        VpcDraft {
            cidr_block: self.cidr_block.clone(),
            tenancy: self.tenancy.clone(),
            dns_support: self.dns_support,
            dns_hostnames: self.dns_hostnames,
            tags: self.tags(""),
        }
    }

    fn subnet(&self, subnet: &Planned) -> Step {
        let draft = SubnetDraft {
            vpc_id: "$vpc".into(),
            zone: self.zone_names.get(subnet.zone).cloned().unwrap_or_default(),
            cidr_block: subnet.block.to_string(),
            public_ip_on_launch: subnet.public,
            tags: self.tags(&subnet.key),
            ..SubnetDraft::default()
        };
        let name = format!("{} {}", self.said(&subnet.key), subnet.block);
        Step::create::<Subnet>("Create subnet {name}", name, format!("$subnet-{}", subnet.key), &draft)
    }

    /// NAT gateways, each with its address, and the tables of the private subnets. The gateways are made at once and waited for afterwards.
    fn private(&self, subnets: &[Planned]) -> Vec<Step> {
        let private = |zone: Option<usize>| subnets.iter().filter(move |row| !row.public && zone.is_none_or(|zone| row.zone == zone));
        let zones: Vec<usize> = match self.nat {
            Nat::None => vec![],
            Nat::One => vec![0],
            Nat::PerZone => (0..usize::try_from(Self::number(self.zones)).unwrap_or_default()).collect(),
        };
        if private(None).next().is_none() {
            return vec![];
        }
        if zones.is_empty() {
            return self.table("private", None, private(None));
        }
        let mut steps = vec![];
        for &zone in &zones {
            let Some(home) = subnets.iter().find(|subnet| subnet.public && subnet.zone == zone) else { continue };
            let part = format!("nat-{}", self.letter(zone));
            let address = AddressDraft { count: 1, tags: self.tags(&part) };
            let draft = NatGatewayDraft {
                connectivity: "public".into(),
                subnet_id: format!("$subnet-{}", home.key),
                allocation_id: format!("$address-{part}"),
                tags: self.tags(&part),
            };
            steps.push(Step::create::<Address>("Allocate elastic address {name}", self.said(&part), format!("$address-{part}"), &address));
            steps.push(Step::create::<NatGateway>("Create NAT gateway {name}", self.said(&part), format!("${part}"), &draft));
        }
        for &zone in &zones {
            let part = format!("nat-{}", self.letter(zone));
            let key = format!("${part}");
            steps.push(Step::wait(
                "Wait until NAT gateway {name} is available",
                self.said(&part),
                Kind::NatGateway,
                &key,
                Until::Available,
            ));
            let (table, of) = match self.nat {
                Nat::PerZone => (format!("private-{}", self.letter(zone)), Some(zone)),
                _ => ("private".to_owned(), None),
            };
            steps.extend(self.table(&table, Some((Via::NatGateway, &key)), private(of)));
        }
        steps
    }

    /// A route table with its way out and its subnets.
    fn table<'a>(&self, part: &str, out: Option<(Via, &str)>, subnets: impl Iterator<Item = &'a Planned>) -> Vec<Step> {
        let table = format!("$table-{part}");
        let draft = RouteTableDraft { vpc_id: "$vpc".into(), tags: self.tags(part) };
        let mut steps = vec![Step::create::<RouteTable>("Create route table {name}", self.said(part), &table, &draft)];
        if let Some((via, target)) = out {
            let route = NewRoute { destination: "0.0.0.0/0".into(), via, ..NewRoute::default() };
            let (text, route) = match via {
                Via::NatGateway => {
                    ("Route the internet through the NAT gateway in {name}", NewRoute { nat_gateway: target.into(), ..route })
                }
                _ => ("Route the internet through the internet gateway in {name}", NewRoute { internet_gateway: target.into(), ..route }),
            };
            steps.push(Step::act::<RouteTable>(text, self.said(part), &RouteTableAction::AddRoute(route), &table));
        }
        steps.extend(subnets.map(|subnet| {
            let action = RouteTableAction::Associate { subnet_id: format!("$subnet-{}", subnet.key) };
            let name = format!("{} → {}", self.said(&subnet.key), self.said(part));
            Step::act::<RouteTable>("Associate subnet with route table: {name}", name, &action, &table)
        }));
        steps
    }
}

impl Mutation for Network {
    fn touches(&self) -> &'static [Kind] {
        &[
            Kind::Vpc,
            Kind::Subnet,
            Kind::InternetGateway,
            Kind::RouteTable,
            Kind::NatGateway,
            Kind::Address,
            Kind::NetworkAcl,
            Kind::SecurityGroup,
        ]
    }

    fn operations(&self) -> &'static [&'static str] {
        &[
            "ec2:CreateVpc",
            "ec2:ModifyVpcAttribute",
            "ec2:CreateInternetGateway",
            "ec2:AttachInternetGateway",
            "ec2:CreateSubnet",
            "ec2:ModifySubnetAttribute",
            "ec2:CreateRouteTable",
            "ec2:CreateRoute",
            "ec2:AssociateRouteTable",
            "ec2:AllocateAddress",
            "ec2:CreateNatGateway",
        ]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        self.steps().iter().flat_map(Step::commands).collect()
    }

    fn check(&self) -> FieldErrors {
        // The tags as they were typed: with the name among them, theirs would be other rows.
        let mut errors = VpcDraft { tags: self.tags.clone(), ..self.vpc() }.check();
        if self.name.chars().count() > 200 {
            errors.insert("name".into(), "Use at most 200 characters.".into());
        }
        if self.scope == Scope::Network {
            errors.extend(self.check_parts());
            if errors.is_empty() {
                errors.extend(self.blocks().err().unwrap_or_default());
            }
        }
        errors
    }
}

impl Network {
    fn check_parts(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut wrong = |key: &str, message: String| _ = errors.insert(key.to_owned(), message);
        let (zones, public, private) = (Self::number(self.zones), Self::number(self.public), Self::number(self.private));
        let there = u32::try_from(self.zone_names.len()).unwrap_or(u32::MAX);
        if zones == 0 || zones > there {
            wrong("zones", format!("There are {there} zones: take 1 to {there}."));
        }
        if public > 1 {
            wrong("public", "A zone needs no more than one public subnet.".into());
        }
        if public == 0 && private == 0 || self.count() > MOST {
            wrong("private", format!("Together 1 to {MOST} subnets."));
        }
        if public > 0 && !self.internet_gateway {
            wrong("internet_gateway", "Public subnets need an internet gateway.".into());
        }
        if self.nat != Nat::None && (public == 0 || private == 0) {
            wrong("nat", "A NAT gateway is in a public subnet, for private ones.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::plan::unknown;

    fn network() -> Network {
        Network {
            name: "shop".into(),
            cidr_block: "10.3.0.0/16".into(),
            zones: Some(2),
            public: Some(1),
            private: Some(1),
            internet_gateway: true,
            dns_support: true,
            zone_names: ["a", "b", "c"].map(|zone| format!("us-east-1{zone}")).to_vec(),
            ..Network::default()
        }
    }

    fn texts(network: &Network) -> Vec<String> {
        network.steps().iter().map(|step| step.text.replace("{name}", &step.name)).collect()
    }

    #[test]
    fn a_network_is_made_from_the_outside_to_the_inside() {
        let expected = [
            "Create VPC shop 10.3.0.0/16",
            "Wait until VPC shop 10.3.0.0/16 is available",
            "Create internet gateway shop-igw and attach it",
            "Create subnet shop-public-a 10.3.0.0/20",
            "Create subnet shop-public-b 10.3.16.0/20",
            "Create subnet shop-private-a 10.3.32.0/20",
            "Create subnet shop-private-b 10.3.48.0/20",
            "Create route table shop-public",
            "Route the internet through the internet gateway in shop-public",
            "Associate subnet with route table: shop-public-a → shop-public",
            "Associate subnet with route table: shop-public-b → shop-public",
            "Allocate elastic address shop-nat-a",
            "Create NAT gateway shop-nat-a",
            "Wait until NAT gateway shop-nat-a is available",
            "Create route table shop-private",
            "Route the internet through the NAT gateway in shop-private",
            "Associate subnet with route table: shop-private-a → shop-private",
            "Associate subnet with route table: shop-private-b → shop-private",
        ];
        assert_eq!(texts(&Network { nat: Nat::One, ..network() }), expected);
        let route = &Network { nat: Nat::One, ..network() }.steps()[15];
        assert_eq!(
            route.commands()[0].line(""),
            "aws ec2 create-route --route-table-id '$table-private' --destination-cidr-block 0.0.0.0/0 --nat-gateway-id '$nat-a'"
        );
    }

    #[test]
    fn what_makes_no_network_is_said_at_its_field() {
        let keys = |network: Network| network.check().into_keys().collect::<Vec<_>>();
        assert!(keys(network()).is_empty());
        assert_eq!(keys(Network { zones: Some(4), ..network() }), ["zones"]);
        assert_eq!(keys(Network { public: Some(0), private: Some(0), ..network() }), ["private"]);
        assert_eq!(keys(Network { internet_gateway: false, ..network() }), ["internet_gateway"]);
        assert_eq!(keys(Network { nat: Nat::One, private: None, ..network() }), ["nat"]);
        assert_eq!(keys(Network { cidr_block: "10.0.0.0/28".into(), ..network() }), ["cidr_block"]);
        let blocks = |blocks: &[&str]| Network { blocks: blocks.iter().map(ToString::to_string).collect(), private: None, ..network() };
        assert!(keys(blocks(&["10.3.0.0/24", "10.3.9.0/24"])).is_empty());
        for bad in [&["10.3.0.0/24"][..], &["10.3.0.0/24", "10.4.0.0/24"], &["10.3.0.0/23", "10.3.1.0/24"], &["10.3.0.0/24", "x"]] {
            assert_eq!(keys(blocks(bad)), ["blocks"], "{bad:?}");
        }
        assert!(blocks(&["x"]).steps().is_empty());
        // What there is none of is not looked at.
        let alone = Network { scope: Scope::Vpc, zones: None, ..network() };
        assert_eq!((keys(alone.clone()), alone.steps().len()), (vec![], 2));
    }

    #[test]
    fn the_first_free_block_is_proposed() {
        assert_eq!(free_block(&[]).map(|block| block.to_string()).as_deref(), Some("10.0.0.0/16"));
        let taken = ["10.0.0.0/16".to_owned(), "10.1.4.0/24".to_owned(), "172.31.0.0/16".to_owned()];
        assert_eq!(free_block(&taken).map(|block| block.to_string()).as_deref(), Some("10.2.0.0/16"));
        assert_eq!(free_block(&["10.0.0.0/8".to_owned()]).map(|block| block.to_string()).as_deref(), Some("172.16.0.0/16"));
    }

    fn any_network() -> impl Strategy<Value = Network> {
        let nat = prop_oneof![Just(Nat::None), Just(Nat::One), Just(Nat::PerZone)];
        (16..=24_u32, 1..=3_u32, 0..=1_u32, 0..=3_u32, nat, any::<bool>()).prop_map(|(bits, zones, public, private, nat, named)| Network {
            name: if named { "shop".into() } else { String::new() },
            cidr_block: format!("10.3.0.0/{bits}"),
            zones: Some(zones),
            public: Some(public),
            private: Some(private),
            nat,
            ..network()
        })
    }

    proptest! {
        #[test]
        fn subnets_lie_in_the_vpc_and_never_on_each_other(network in any_network()) {
            prop_assume!(network.check().is_empty());
            let whole: Block = network.cidr_block.parse().unwrap();
            let subnets = network.subnets().unwrap();
            prop_assert_eq!(subnets.len(), network.count() as usize);
            for (index, subnet) in subnets.iter().enumerate() {
                prop_assert!(whole.contains(subnet.block) && subnet.block.bits() <= 28);
                prop_assert!(subnets[..index].iter().all(|other| !other.block.overlaps(subnet.block)));
            }
        }

        #[test]
        fn every_step_knows_what_it_refers_to(network in any_network()) {
            prop_assume!(network.check().is_empty());
            let steps = network.steps();
            prop_assert_eq!(unknown(&steps), Vec::<String>::new());
            let made: Vec<_> = steps.iter().filter(|step| !step.makes.is_empty()).map(|step| step.makes.as_str()).collect();
            prop_assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len(), "a name is given twice");
        }

        #[test]
        fn every_subnet_gets_one_table(network in any_network()) {
            prop_assume!(network.check().is_empty());
            let steps = network.steps();
            let count = |text: &str| steps.iter().filter(|step| step.text.starts_with(text)).count();
            prop_assert_eq!(count("Associate"), count("Create subnet"));
        }
    }
}
