//! Internet gateways.

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

pub struct InternetGateway {
    /// The VPC it is attached to.
    pub vpc: Option<Text>,
    pub tags: Tags,
}

impl Noun for InternetGateway {
    const ID: &'static str = "InternetGatewayId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("igw-", "InvalidInternetGatewayId.Malformed"));
    const FILTERS: Names = &[
        ("internet-gateway-id", "internetGatewayId"),
        ("attachment.vpc-id", "attachmentSet.vpcId"),
        ("attachment.state", "attachmentSet.state"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
    ];

    fn table(world: &World) -> &Table<Self> {
        &world.internet_gateways
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidInternetGatewayID.NotFound", format!("The internetGateway ID '{id}' does not exist"))
    }

    fn show(&self, id: &str, world: &World) -> Value {
        map! {
            "internetGatewayId" => id,
            "ownerId" => &world.account,
            "attachmentSet" => Value::list(self.vpc.as_ref().map(|vpc| map! { "vpcId" => vpc, "state" => "available" })),
            "tagSet" => tag::show(&self.tags),
        }
    }
}
