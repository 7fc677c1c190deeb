//! Internet gateways of VPCs. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html>

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    error::FieldErrors,
    kind::Kind,
    resource::{Mutation, Resource},
    tag::{self, Tag, check_tags},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InternetGateway {
    pub id: String,
    /// Empty while it is attached to none.
    pub vpc_id: String,
    /// Of the attachment: `attaching`, `available`, `detaching`; `detached` where there is none.
    pub state: String,
    pub owner: String,
    pub tags: Vec<Tag>,
}

impl Resource for InternetGateway {
    const KIND: Kind = Kind::InternetGateway;
    type Draft = InternetGatewayDraft;
    type Action = InternetGatewayAction;

    fn id(&self) -> &str {
        &self.id
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn in_transition(&self) -> bool {
        matches!(self.state.as_str(), "attaching" | "detaching")
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sample() -> Self {
        Self {
            id: "igw-0123456789abcdef0".into(),
            vpc_id: "vpc-0123456789abcdef0".into(),
            state: "available".into(),
            owner: "123456789012".into(),
            tags: vec![Tag::new("Name", "production")],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum InternetGatewayAction {
    Attach {
        vpc_id: String,
    },
    /// From the VPC that it is attached to.
    Detach {
        vpc_id: String,
    },
    Delete,
}

impl Mutation for InternetGatewayAction {
    fn touches(&self) -> &'static [Kind] {
        match self {
            Self::Attach { .. } | Self::Delete => &[Kind::InternetGateway],
            // Routes that led there lead nowhere.
            Self::Detach { .. } => &[Kind::InternetGateway, Kind::RouteTable],
        }
    }

    fn operations(&self) -> &'static [&'static str] {
        match self {
            Self::Attach { .. } => &["ec2:AttachInternetGateway"],
            Self::Detach { .. } => &["ec2:DetachInternetGateway"],
            Self::Delete => &["ec2:DeleteInternetGateway"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let command = |id: &String| {
            let on = |operation: &str| Command::ec2(operation).arg("--internet-gateway-id", id);
            match self {
                Self::Attach { vpc_id } => on("attach-internet-gateway").arg("--vpc-id", vpc_id),
                Self::Detach { vpc_id } => on("detach-internet-gateway").arg("--vpc-id", vpc_id),
                Self::Delete => on("delete-internet-gateway"),
            }
        };
        ids.iter().map(command).collect()
    }

    fn inverse(&self) -> Option<Self> {
        match self {
            Self::Attach { vpc_id } => Some(Self::Detach { vpc_id: vpc_id.clone() }),
            Self::Detach { vpc_id } => Some(Self::Attach { vpc_id: vpc_id.clone() }),
            Self::Delete => None,
        }
    }

    fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if let Self::Attach { vpc_id } | Self::Detach { vpc_id } = self
            && vpc_id.is_empty()
        {
            errors.insert("vpc_id".into(), "Choose a VPC.".into());
        }
        errors
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InternetGatewayDraft {
    /// Attached to this VPC at once; empty for none.
    pub vpc_id: String,
    pub tags: Vec<Tag>,
}

impl Mutation for InternetGatewayDraft {
    fn touches(&self) -> &'static [Kind] {
        &[Kind::InternetGateway]
    }

    fn operations(&self) -> &'static [&'static str] {
        if self.vpc_id.is_empty() { &["ec2:CreateInternetGateway"] } else { &["ec2:CreateInternetGateway", "ec2:AttachInternetGateway"] }
    }

    fn commands(&self, _: &[String]) -> Vec<Command> {
        let tags = tag::specification("internet-gateway", &self.tags);
        let mut commands = vec![Command::ec2("create-internet-gateway").arg("--tag-specifications", tags)];
        if !self.vpc_id.is_empty() {
            let attach = InternetGatewayAction::Attach { vpc_id: self.vpc_id.clone() };
            commands.extend(attach.commands(&["$INTERNET_GATEWAY_ID".to_owned()]));
        }
        commands
    }

    fn check(&self) -> FieldErrors {
        check_tags(&self.tags)
    }
}
