//! The areas of a cloud: under which heading a kind stands, in the navigation and on the dashboard.

use api::kind::Kind;

/// In the order of the headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Compute,
    Storage,
    Network,
    Vpc,
    Identity,
}

impl Area {
    pub const ALL: [Self; 5] = [Self::Compute, Self::Storage, Self::Network, Self::Vpc, Self::Identity];

    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Instance | Kind::InstanceType | Kind::LaunchTemplate | Kind::Image => Self::Compute,
            Kind::Volume | Kind::Snapshot => Self::Storage,
            Kind::KeyPair | Kind::SecurityGroup | Kind::Address | Kind::NetworkInterface => Self::Network,
            Kind::Vpc
            | Kind::Subnet
            | Kind::RouteTable
            | Kind::InternetGateway
            | Kind::NatGateway
            | Kind::NetworkAcl
            | Kind::VpcEndpoint
            | Kind::VpcPeering
            | Kind::Region
            | Kind::Zone => Self::Vpc,
            Kind::Role => Self::Identity,
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Compute => "Compute",
            Self::Storage => "Storage",
            Self::Network => "Network and security",
            Self::Vpc => "Virtual private cloud",
            Self::Identity => "Identity",
        }
    }
}
