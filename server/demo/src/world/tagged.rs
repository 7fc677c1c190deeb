//! Every kind that has tags, in one list: what its ids begin with, what `DescribeTags` calls it, and its table.

use crate::{
    noun::Noun as _,
    protocol::refusal::Refusal,
    tag::Tags,
    world::{
        World, address::Address, image::Image, instance::Instance, internet_gateway::InternetGateway, launch_template::LaunchTemplate,
        nat_gateway::NatGateway, network_acl::NetworkAcl, network_interface::NetworkInterface, route_table::RouteTable,
        security_group::SecurityGroup, snapshot::Snapshot, subnet::Subnet, volume::Volume, vpc::Vpc, vpc_endpoint::VpcEndpoint,
        vpc_peering::VpcPeering,
    },
};

macro_rules! tagged {
    ($($prefix:literal $name:literal $table:ident $Noun:ty;)*) => {
        impl World {
            /// The tags of whatever has this id.
            pub fn tags_mut(&mut self, id: &str) -> Option<&mut Tags> {
                Some(match prefix(id)? {
                    $($prefix => &mut self.$table.get_mut(id)?.tags,)*
                    // Their table's key is the name.
                    "key" => &mut self.key_pairs.values_mut().find(|pair| &*pair.id == id)?.tags,
                    _ => return None,
                })
            }

            /// Hands over the type, the id and the tags of each.
            pub fn each_tagged(&self, take: &mut dyn FnMut(&str, &str, &Tags)) {
                $(self.$table.iter().for_each(|(id, row)| take($name, id, &row.tags));)*
                self.key_pairs.values().for_each(|pair| take("key-pair", &pair.id, &pair.tags));
            }
        }

        /// The refusal of the kind that the id looks like.
        pub fn unknown(id: &str) -> Refusal {
            match prefix(id) {
                $(Some($prefix) => <$Noun>::unknown(id),)*
                Some("key") => Refusal::new("InvalidKeyPair.NotFound", format!("The key pair ID '{id}' does not exist")),
                _ => Refusal::new("InvalidID", format!("The ID '{id}' is not valid")),
            }
        }
    };
}

tagged! {
    "i"        "instance"       instances       Instance;
    "vol"      "volume"         volumes         Volume;
    "snap"     "snapshot"       snapshots       Snapshot;
    "ami"      "image"          images          Image;
    "sg"       "security-group" security_groups SecurityGroup;
    "vpc"      "vpc"            vpcs            Vpc;
    "subnet"   "subnet"         subnets         Subnet;
    "eni"      "network-interface" network_interfaces NetworkInterface;
    "eipalloc" "elastic-ip"     addresses       Address;
    "rtb"      "route-table"    route_tables    RouteTable;
    "igw"      "internet-gateway" internet_gateways InternetGateway;
    "nat"      "natgateway"     nat_gateways    NatGateway;
    "acl"      "network-acl"    network_acls    NetworkAcl;
    "vpce"     "vpc-endpoint"   vpc_endpoints   VpcEndpoint;
    "pcx"      "vpc-peering-connection" vpc_peerings VpcPeering;
    "lt"       "launch-template" launch_templates LaunchTemplate;
}

fn prefix(id: &str) -> Option<&str> {
    id.rsplit_once('-').map(|(prefix, _)| prefix)
}
