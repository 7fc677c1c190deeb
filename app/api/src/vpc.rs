//! Virtual private clouds. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html>

use serde::{Deserialize, Serialize};

use crate::{
    kind::Kind,
    resource::{Never, Resource},
    tag::Tag,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vpc {
    pub id: String,
    pub state: String,
    pub cidr_block: String,
    pub is_default: bool,
    pub tags: Vec<Tag>,
}

impl Resource for Vpc {
    const KIND: Kind = Kind::Vpc;
    type Draft = Never;
    type Action = Never;

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
            id: "vpc-0123456789abcdef0".into(),
            state: "available".into(),
            cidr_block: "10.0.0.0/16".into(),
            is_default: true,
            tags: vec![],
        }
    }
}
