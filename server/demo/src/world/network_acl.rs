//! Network ACLs. Each subnet is associated with one of them.

use crate::{
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct NetworkAcl {
    pub vpc: Text,
    pub is_default: bool,
    pub entries: Vec<Entry>,
    /// The id of the association, and the subnet.
    pub associations: Vec<(Text, Text)>,
    pub tags: Tags,
}

/// A rule. The last one, which refuses the rest, stands in no list: every ACL has it in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub number: u32,
    pub egress: bool,
    pub allow: bool,
    /// A number, `-1` for all.
    pub protocol: String,
    pub cidr: String,
    pub ports: Option<(i32, i32)>,
    /// Type and code.
    pub icmp: Option<(i32, i32)>,
}

/// The number of the rule that refuses what no other has let pass.
const LAST: u32 = 32_767;

impl Entry {
    pub fn everything(number: u32, egress: bool, allow: bool) -> Self {
        Self { number, egress, allow, protocol: "-1".into(), cidr: "0.0.0.0/0".into(), ports: None, icmp: None }
    }

    fn show(&self) -> Value {
        let cidr = if self.cidr.contains(':') { "ipv6CidrBlock" } else { "cidrBlock" };
        map! {
            "ruleNumber" => self.number,
            "protocol" => &self.protocol,
            "ruleAction" => if self.allow { "allow" } else { "deny" },
            "egress" => self.egress,
            "portRange" => self.ports.map(|(from, to)| map! { "from" => from, "to" => to }),
            "icmpTypeCode" => self.icmp.map(|(kind, code)| map! { "type" => kind, "code" => code }),
        }
        .with(cidr, &self.cidr)
    }
}

/// The ACL that a VPC's subnets begin with.
pub fn default_of(world: &World, vpc: &str) -> Option<Text> {
    world.network_acls.iter().find(|(_, acl)| acl.is_default && &*acl.vpc == vpc).map(|(id, _)| id.clone())
}

/// Associates a subnet with an ACL, and with no other; the id of the association is new.
pub fn associate(world: &mut World, acl: &Text, subnet: &Text) -> Text {
    world.network_acls.values_mut().for_each(|row| row.associations.retain(|(_, known)| known != subnet));
    let id = world.id("aclassoc-");
    if let Some(row) = world.network_acls.get_mut(acl) {
        row.associations.push((id.clone(), subnet.clone()));
    }
    id
}

impl Noun for NetworkAcl {
    const ID: &'static str = "NetworkAclId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("acl-", "InvalidNetworkAclId.Malformed"));
    const FILTERS: Names = &[
        ("network-acl-id", "networkAclId"),
        ("vpc-id", "vpcId"),
        ("default", "default"),
        ("association.association-id", "associationSet.networkAclAssociationId"),
        ("association.network-acl-id", "associationSet.networkAclId"),
        ("association.subnet-id", "associationSet.subnetId"),
        ("entry.cidr", "entrySet.cidrBlock"),
        ("entry.protocol", "entrySet.protocol"),
        ("entry.rule-action", "entrySet.ruleAction"),
        ("entry.rule-number", "entrySet.ruleNumber"),
        ("entry.egress", "entrySet.egress"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.network_acls
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidNetworkAclID.NotFound", format!("The networkAcl ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        let mut entries = self.entries.clone();
        entries.extend([true, false].map(|egress| Entry::everything(LAST, egress, false)));
        entries.sort_by_key(|entry| (!entry.egress, entry.number));
        map! {
            "networkAclId" => id,
            "vpcId" => &self.vpc,
            "ownerId" => &world.account,
            "default" => self.is_default,
            "entrySet" => Value::list(entries.iter().map(Entry::show)),
            "associationSet" => Value::list(self.associations.iter().map(|(association, subnet)| map! {
                "networkAclAssociationId" => association,
                "networkAclId" => id,
                "subnetId" => subnet,
            })),
            "tagSet" => tag::show(&self.tags),
        }
    }
}
