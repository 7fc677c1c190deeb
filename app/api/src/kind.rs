//! The closed list of resource types. Routes, dispatch, cache namespaces and navigation all follow from it, checked by the compiler.

use serde::{Deserialize, Serialize};

/// Declares [`Kind`], the dispatch macro `with_kind!`, and `each_kind!` for whoever has something of each kind, such as its module: all from one
/// list of `Variant module "slug" "singular" "plural"`.
macro_rules! kinds {
    ($($variant:ident $module:ident $slug:literal $one:literal $many:literal;)*) => {
        /// A type of resource that a cloud holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($variant),* }

        impl Kind {
            /// Every kind, in the order of the navigation.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// The kind's name in URLs, of pages and of the API alike.
            pub const fn slug(self) -> &'static str {
                match self { $(Kind::$variant => $slug),* }
            }

            /// What one of them is called, in lower case: "key pair".
            pub const fn one(self) -> &'static str {
                match self { $(Kind::$variant => $one),* }
            }

            /// What several of them are called, in lower case: "key pairs".
            pub const fn many(self) -> &'static str {
                match self { $(Kind::$variant => $many),* }
            }
        }

        /// Hands the list of kinds to another macro, as `Variant module;` each.
        #[macro_export]
        macro_rules! each_kind {
            ($take:ident) => { $take! { $($variant $module;)* } };
        }

        /// Expands `$body` with `$T` as the resource type of `$kind`: run-time kind to compile-time type, exhaustively.
        ///
        /// `with_kind!(kind, T => list::<T>(cloud))`
        #[macro_export]
        macro_rules! with_kind {
            ($kind:expr, $T:ident => $body:expr) => {
                match $kind {
                    $($crate::kind::Kind::$variant => { type $T = $crate::$module::$variant; $body })*
                }
            };
        }
    };
}

kinds! {
    Instance      instance       "instances"      "instance"       "instances";
    InstanceType  instance_type  "instance-types" "instance type"  "instance types";
    LaunchTemplate launch_template "launch-templates" "launch template" "launch templates";
    Image         image          "images"         "image"          "images";
    Volume        volume         "volumes"        "volume"         "volumes";
    Snapshot      snapshot       "snapshots"      "snapshot"       "snapshots";
    KeyPair       key_pair       "keypairs"       "key pair"       "key pairs";
    SecurityGroup security_group "securitygroups" "security group" "security groups";
    Address       address        "addresses"      "elastic address" "elastic addresses";
    NetworkInterface network_interface "network-interfaces" "network interface" "network interfaces";
    Vpc           vpc            "vpcs"           "VPC"            "VPCs";
    Subnet        subnet         "subnets"        "subnet"         "subnets";
    RouteTable    route_table    "route-tables"   "route table"    "route tables";
    InternetGateway internet_gateway "internet-gateways" "internet gateway" "internet gateways";
    NatGateway    nat_gateway    "nat-gateways"   "NAT gateway"    "NAT gateways";
    NetworkAcl    network_acl    "network-acls"   "network ACL"    "network ACLs";
    VpcEndpoint   vpc_endpoint   "vpc-endpoints"  "VPC endpoint"   "VPC endpoints";
    VpcPeering    vpc_peering    "vpc-peerings"   "VPC peering"    "VPC peerings";
    PrefixList    prefix_list    "prefix-lists"   "prefix list"    "prefix lists";
    Region        region         "regions"        "region"         "regions";
    Zone          zone           "zones"          "zone"           "zones";
    User          user           "users"          "user"           "users";
    Group         group          "groups"         "group"          "groups";
    Role          role           "roles"          "role"           "roles";
    Policy        policy         "policies"       "policy"         "policies";
    CredentialReport credential_report "credential-report" "reported user" "reported users";
    ServerCertificate server_certificate "server-certificates" "server certificate" "server certificates";
}

impl Kind {
    /// The kind of this slug, if there is one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }

    /// Whether there is one list of them for all regions: IAM knows none.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/disaster-recovery-resiliency.html>
    pub const fn is_global(self) -> bool {
        matches!(self, Self::User | Self::Group | Self::Role | Self::Policy | Self::CredentialReport | Self::ServerCertificate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Resource;

    #[test]
    fn slugs_lead_back_to_their_kind() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::from_slug(kind.slug()), Some(kind));
        }
        assert_eq!(Kind::from_slug("elephants"), None);
    }

    #[test]
    fn every_kind_dispatches_to_the_type_that_names_it() {
        for &kind in Kind::ALL {
            assert_eq!(with_kind!(kind, T => T::KIND), kind);
        }
    }

    #[test]
    fn every_sample_survives_the_wire() {
        for &kind in Kind::ALL {
            with_kind!(kind, T => {
                let sample = T::sample();
                let json = serde_json::to_string(&sample).expect("samples serialise");
                let back: T = serde_json::from_str(&json).expect("samples parse");
                assert_eq!(back, sample);
                assert!(!back.id().is_empty());
            });
        }
    }
}
