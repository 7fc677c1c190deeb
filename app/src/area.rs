//! The areas of a cloud: under which heading a kind stands, in the navigation and on the dashboard.

use api::kind::Kind;

use crate::spec::sign;

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

    /// Under which the kind's description puts it.
    pub fn of(kind: Kind) -> Option<Self> {
        sign(kind).map(|sign| sign.area)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Compute => "Compute",
            Self::Storage => "Storage",
            Self::Network => "Network and security",
            Self::Vpc => "Virtual private cloud",
            Self::Identity => "Identity and access",
        }
    }
}
