//! Route tables of VPCs. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html>

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    security_group::check_cidr,
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RouteTable {
    pub id: String,
    pub vpc_id: String,
    pub routes: Vec<Route>,
    pub associations: Vec<Association>,
    pub tags: Vec<Tag>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Route {
    /// An address block of either family, or the id of a prefix list.
    pub destination: String,
    /// What the traffic is sent to, by its id; `local` within the VPC.
    pub target: String,
    /// `active`, or `blackhole` where the target is gone.
    pub state: String,
    /// Who made it: `CreateRouteTable`, `CreateRoute`, `EnableVgwRoutePropagation`.
    pub origin: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Association {
    pub id: String,
    /// Empty where the VPC itself is meant: this is its main table.
    pub subnet_id: String,
}

impl RouteTable {
    /// Whether it is the table of the subnets that have none of their own.
    pub fn is_main(&self) -> bool {
        self.associations.iter().any(|association| association.subnet_id.is_empty())
    }

    pub fn leads_to(&self, target: &str) -> bool {
        self.routes.iter().any(|route| route.target == target)
    }

    /// The subnets that were given this table.
    pub fn subnets(&self) -> impl Iterator<Item = &str> {
        self.associations.iter().map(|association| association.subnet_id.as_str()).filter(|id| !id.is_empty())
    }
}

impl Route {
    /// Whether somebody made it, who can also remove it.
    pub fn is_made(&self) -> bool {
        self.origin == "CreateRoute"
    }
}

impl Resource for RouteTable {
    const KIND: Kind = Kind::RouteTable;
    type Draft = RouteTableDraft;
    type Action = RouteTableAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        let route = |destination: &str, target: &str, origin: &str| Route {
            destination: destination.into(),
            target: target.into(),
            state: "active".into(),
            origin: origin.into(),
        };
        Self {
            id: "rtb-0123456789abcdef0".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            routes: vec![route("10.0.0.0/16", "local", "CreateRouteTable"), route("0.0.0.0/0", "igw-0123456789abcdef0", "CreateRoute")],
            associations: vec![Association { id: "rtbassoc-0123456789abcdef0".into(), subnet_id: "subnet-0123456789abcdef0".into() }],
            tags: vec![Tag::new("Name", "public")],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum RouteTableAction {
    AddRoute(NewRoute),
    RemoveRoute {
        destination: String,
    },
    /// Gives a subnet this table, whichever it has.
    Associate {
        subnet_id: String,
    },
    /// Gives a subnet the main table again.
    Disassociate {
        association_id: String,
    },
    /// Makes it the table of the subnets that have none of their own.
    MakeMain,
    Delete,
}

/// A route to be, as a form fills it in: one target of each sort, of which only the chosen sort counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewRoute {
    pub destination: String,
    pub via: Via,
    pub internet_gateway: String,
    pub nat_gateway: String,
    pub instance: String,
    pub vpc_peering: String,
    /// The id of anything else that traffic can be sent to.
    pub other: String,
}

/// What a route leads through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    #[default]
    InternetGateway,
    NatGateway,
    Instance,
    VpcPeering,
    Other,
}

impl NewRoute {
    /// The field that the target stands in, and the target.
    pub fn target(&self) -> (&'static str, &str) {
        match self.via {
            Via::InternetGateway => ("internet_gateway", &self.internet_gateway),
            Via::NatGateway => ("nat_gateway", &self.nat_gateway),
            Via::Instance => ("instance", &self.instance),
            Via::VpcPeering => ("vpc_peering", &self.vpc_peering),
            Via::Other => ("other", &self.other),
        }
    }
}

/// The argument of a route's target, and what the API calls it, by what the id begins with; also for what a plan is yet to make, `$nat-a`.
pub fn target_argument(id: &str) -> Option<&'static str> {
    Some(match id.trim_start_matches('$').split('-').next()? {
        "igw" | "vgw" => "--gateway-id",
        "nat" => "--nat-gateway-id",
        "eni" => "--network-interface-id",
        "i" => "--instance-id",
        "pcx" => "--vpc-peering-connection-id",
        "tgw" => "--transit-gateway-id",
        "eigw" => "--egress-only-internet-gateway-id",
        "vpce" => "--vpc-endpoint-id",
        _ => return None,
    })
}

/// The argument of a route's destination.
fn destination_argument(destination: &str) -> &'static str {
    if destination.starts_with("pl-") {
        "--destination-prefix-list-id"
    } else if destination.contains(':') {
        "--destination-ipv6-cidr-block"
    } else {
        "--destination-cidr-block"
    }
}

impl Mutation for RouteTableAction {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::RouteTable]
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::AddRoute(_) => &["ec2:CreateRoute"],
            Self::RemoveRoute { .. } => &["ec2:DeleteRoute"],
            Self::Associate { .. } => &["ec2:DescribeRouteTables", "ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
            Self::Disassociate { .. } => &["ec2:DisassociateRouteTable"],
            Self::MakeMain => &["ec2:DescribeRouteTables", "ec2:ReplaceRouteTableAssociation"],
            Self::Delete => &["ec2:DeleteRouteTable"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let command = |id: &String| {
            let on = |operation: &str| Command::ec2(operation).arg("--route-table-id", id);
            match self {
                Self::AddRoute(route) => {
                    let (_, target) = route.target();
                    let command = on("create-route").arg(destination_argument(&route.destination), &route.destination);
                    command.arg(target_argument(target).unwrap_or("--gateway-id"), target)
                }
                Self::RemoveRoute { destination } => on("delete-route").arg(destination_argument(destination), destination),
                Self::Associate { subnet_id } => on("associate-route-table").arg("--subnet-id", subnet_id),
                Self::Disassociate { association_id } => Command::ec2("disassociate-route-table").arg("--association-id", association_id),
                Self::MakeMain => on("replace-route-table-association").arg("--association-id", "$MAIN_ASSOCIATION_ID"),
                Self::Delete => on("delete-route-table"),
            }
        };
        ids.iter().map(command).collect()
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let mut need = |key: &str, value: &str, message: &str| {
            if value.is_empty() {
                errors.insert(key.to_owned(), message.to_owned());
            }
        };
        match self {
            Self::AddRoute(route) => {
                let (field, target) = route.target();
                if target_argument(target).is_none() {
                    errors.insert(field.into(), "Choose where the traffic is sent to.".into());
                }
                if !route.destination.starts_with("pl-")
                    && let Err(message) = check_cidr(&route.destination)
                {
                    errors.insert("destination".into(), message);
                }
            }
            Self::RemoveRoute { destination } => need("destination", destination, "Choose a route."),
            Self::Associate { subnet_id } => need("subnet_id", subnet_id, "Choose a subnet."),
            Self::Disassociate { association_id } => need("association_id", association_id, "Choose a subnet."),
            Self::MakeMain | Self::Delete => {}
        }
        errors
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RouteTableDraft {
    pub vpc_id: String,
    pub tags: Vec<Tag>,
}

impl Mutation for RouteTableDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::RouteTable]
    }

    fn operations(&self) -> &'static [&'static str] {
        &["ec2:CreateRouteTable"]
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let tags = tag::specification("route-table", &self.tags);
        vec![Command::ec2("create-route-table").arg("--vpc-id", &self.vpc_id).arg("--tag-specifications", tags)]
    }

    fn check(&self) -> FieldErrors {
        let mut errors = check_tags(&self.tags);
        if self.vpc_id.is_empty() {
            errors.insert("vpc_id".into(), "Choose a VPC.".into());
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_written_by_what_its_ends_are() {
        let add = |destination: &str, target: &str| {
            RouteTableAction::AddRoute(NewRoute {
                destination: destination.into(),
                via: Via::Other,
                other: target.into(),
                internet_gateway: "igw-no".into(),
                ..NewRoute::default()
            })
        };
        let line = |action: RouteTableAction| action.commands(&["rtb-1".to_owned()])[0].line("");
        assert_eq!(
            line(add("0.0.0.0/0", "nat-1")),
            "aws ec2 create-route --route-table-id rtb-1 --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1"
        );
        assert_eq!(
            line(add("::/0", "eigw-1")),
            "aws ec2 create-route --route-table-id rtb-1 --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id eigw-1"
        );
        assert!(add("pl-63a5400a", "igw-1").check().is_empty());
        assert_eq!(add("10.0.0.0", "").check().into_keys().collect::<Vec<_>>(), ["destination", "other"]);
    }
}
