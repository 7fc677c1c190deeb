//! Subnets of VPCs. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html>

use serde::{Deserialize, Serialize};

use crate::{
    cidr::{self, Block},
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subnet {
    pub id: String,
    pub state: String,
    pub vpc_id: String,
    pub zone: String,
    pub cidr_block: String,
    pub free_addresses: u32,
    /// Whether instances get a public address when the launch does not say.
    pub public_ip_on_launch: bool,
    pub default_for_zone: bool,
    pub tags: Vec<Tag>,
}

impl Resource for Subnet {
    const KIND: Kind = Kind::Subnet;
    type Draft = SubnetDraft;
    type Action = SubnetAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        self.state == "pending"
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "subnet-0123456789abcdef0".into(),
            state: "available".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            zone: "us-east-1a".into(),
            cidr_block: "10.0.1.0/24".into(),
            free_addresses: 251,
            public_ip_on_launch: true,
            default_for_zone: true,
            tags: vec![],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum SubnetAction {
    SetPublicIpOnLaunch { enabled: bool },
    Delete,
}

impl Mutation for SubnetAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::SetPublicIpOnLaunch { .. } => &[Kind::Subnet],
            // It leaves its route table and its network ACL.
            Self::Delete => &[Kind::Subnet, Kind::RouteTable, Kind::NetworkAcl],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::SetPublicIpOnLaunch { .. } => &["ec2:ModifySubnetAttribute"],
            Self::Delete => &["ec2:DeleteSubnet"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let command = |id: &String| match self {
            Self::SetPublicIpOnLaunch { enabled } => Command::ec2("modify-subnet-attribute")
                .arg("--subnet-id", id)
                .flag("--map-public-ip-on-launch", *enabled)
                .flag("--no-map-public-ip-on-launch", !*enabled),
            Self::Delete => Command::ec2("delete-subnet").arg("--subnet-id", id),
        };
        ids.iter().map(command).collect()
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::SetPublicIpOnLaunch { enabled } => Some(Self::SetPublicIpOnLaunch { enabled: !enabled }),
            Self::Delete => None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubnetDraft {
    pub vpc_id: String,
    /// Empty for one of the cloud's choice.
    pub zone: String,
    pub cidr_block: String,
    pub public_ip_on_launch: bool,
    pub tags: Vec<Tag>,
    /// What is known of the VPC, so that what the cloud would refuse is said while it is typed.
    pub room: Room,
}

/// The addresses of a VPC, and those that its subnets have; empty where they are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Room {
    pub within: Vec<String>,
    pub taken: Vec<String>,
}

impl Room {
    /// The first block that is free, with sixteen times fewer addresses than the VPC.
    pub fn suggestion(&self) -> Option<Block> {
        let taken = blocks(&self.taken);
        let free = |within: Block| within.free(&taken, (within.bits() + 4).min(28));
        blocks(&self.within).into_iter().find_map(free)
    }

    fn check(&self, block: Block) -> Result<(), String> {
        let within = blocks(&self.within);
        if !within.is_empty() && !within.iter().any(|whole| whole.contains(block)) {
            return Err(format!("This is not in the VPC, which has {}.", self.within.join(", ")));
        }
        match blocks(&self.taken).iter().find(|other| other.overlaps(block)) {
            Some(other) => Err(format!("Another subnet has {other}.")),
            None => Ok(()),
        }
    }
}

fn blocks(texts: &[String]) -> Vec<Block> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

impl Mutation for SubnetDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::Subnet, Kind::NetworkAcl]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.public_ip_on_launch { &["ec2:CreateSubnet", "ec2:ModifySubnetAttribute"] } else { &["ec2:CreateSubnet"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let create = Command::ec2("create-subnet").arg("--vpc-id", &self.vpc_id).arg("--cidr-block", &self.cidr_block);
        let create = create.arg("--availability-zone", &self.zone).arg("--tag-specifications", tag::specification("subnet", &self.tags));
        let public = SubnetAction::SetPublicIpOnLaunch { enabled: true };
        let public = self.public_ip_on_launch.then(|| public.commands(&["$SUBNET_ID".to_owned()]));
        std::iter::once(create).chain(public.into_iter().flatten()).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if self.vpc_id.is_empty() {
            errors.insert("vpc_id".into(), "Choose a VPC.".into());
        }
        if let Err(message) = cidr::network(&self.cidr_block).and_then(|block| self.room.check(block)) {
            errors.insert("cidr_block".into(), message);
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(cidr: &str) -> SubnetDraft {
        let room = Room { within: vec!["10.0.0.0/16".into()], taken: vec!["10.0.0.0/20".into(), "10.0.32.0/20".into()] };
        SubnetDraft { vpc_id: "vpc-1".into(), cidr_block: cidr.into(), room, ..SubnetDraft::default() }
    }

    #[test]
    fn a_block_has_to_be_in_the_vpc_and_free() {
        assert!(draft("10.0.16.0/20").check().is_empty());
        for bad in ["10.1.0.0/24", "10.0.15.0/24", "10.0.0.0/16", "10.0.16.0/29", "x"] {
            assert_eq!(draft(bad).check().into_keys().collect::<Vec<_>>(), ["cidr_block"], "{bad}");
        }
        // Nothing is known of the VPC: the cloud has the word.
        assert!(SubnetDraft { room: Room::default(), ..draft("10.1.0.0/24") }.check().is_empty());
    }

    #[test]
    fn the_first_free_block_is_suggested() {
        assert_eq!(draft("").room.suggestion().map(|block| block.to_string()).as_deref(), Some("10.0.16.0/20"));
        assert_eq!(Room::default().suggestion(), None);
    }
}
