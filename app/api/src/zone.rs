//! Availability zones. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AvailabilityZone.html>

use serde::{Deserialize, Serialize};

use crate::{
    kind::Kind,
    resource::{Never, Resource},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Zone {
    /// Such as `us-east-1a`.
    pub name: String,
    pub state: String,
    pub region: String,
}

impl Resource for Zone {
    const KIND: Kind = Kind::Zone;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn status(&self) -> Option<&str> {
        Some(&self.state)
    }

    fn sample() -> Self {
        Self { name: "us-east-1a".into(), state: "available".into(), region: "us-east-1".into() }
    }
}
