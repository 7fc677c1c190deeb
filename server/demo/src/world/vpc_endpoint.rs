//! VPC endpoints.

use crate::{
    clock::{Millis, iso},
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

pub struct VpcEndpoint {
    pub vpc: Text,
    /// Such as `com.amazonaws.us-east-1.s3`.
    pub service: Text,
    pub created_at: Millis,
    /// Of a gateway endpoint; one with subnets is an interface endpoint.
    pub route_tables: Vec<Text>,
    pub subnets: Vec<Text>,
    pub tags: Tags,
}

impl Noun for VpcEndpoint {
    const ID: &'static str = "VpcEndpointId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("vpce-", "InvalidVpcEndpointId.Malformed"));
    const FILTERS: Names = &[
        ("vpc-endpoint-id", "vpcEndpointId"),
        ("vpc-id", "vpcId"),
        ("service-name", "serviceName"),
        ("vpc-endpoint-state", "state"),
        ("vpc-endpoint-type", "vpcEndpointType"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.vpc_endpoints
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidVpcEndpointId.NotFound", format!("The Vpc Endpoint Id '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        map! {
            "vpcEndpointId" => id,
            "vpcEndpointType" => if self.subnets.is_empty() { "Gateway" } else { "Interface" },
            "vpcId" => &self.vpc,
            "serviceName" => &self.service,
            "state" => "available",
            "ownerId" => &world.account,
            "creationTimestamp" => iso(self.created_at),
            "routeTableIdSet" => Value::list(&self.route_tables),
            "subnetIdSet" => Value::list(&self.subnets),
            "privateDnsEnabled" => !self.subnets.is_empty(),
            "requesterManaged" => false,
            "tagSet" => tag::show(&self.tags),
        }
    }
}
