//! Which kinds have a page, what it is called and what it looks like in the navigation.

use api::kind::Kind;

/// Title and icon.
pub const fn page_of(kind: Kind) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::Instance => Some(("Instances", "server")),
        Kind::InstanceType => Some(("Instance types", "cpu")),
        Kind::Image => Some(("Images", "disc")),
        Kind::Volume => Some(("Volumes", "hard-drive")),
        Kind::KeyPair => Some(("Key pairs", "key-round")),
        Kind::SecurityGroup => Some(("Security groups", "shield")),
        Kind::Vpc => Some(("VPCs", "network")),
        Kind::Subnet => Some(("Subnets", "waypoints")),
        Kind::Role => Some(("Roles", "id-card")),
        Kind::Zone => None,
    }
}
