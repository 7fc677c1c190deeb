//! Regions of a cloud. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Region.html>

use serde::{Deserialize, Serialize};

use crate::{
    kind::Kind,
    resource::{Never, Resource},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Region {
    /// Such as `us-east-1`.
    pub name: String,
    /// Whether the account may use it: `opt-in-not-required`, `opted-in`, `not-opted-in`. Empty where the cloud knows no such thing.
    pub opt_in: String,
    /// Where its EC2 is.
    pub endpoint: String,
}

impl Region {
    /// Whether the account can use it.
    pub fn is_open(&self) -> bool {
        self.opt_in != "not-opted-in"
    }
}

impl Resource for Region {
    const KIND: Kind = Kind::Region;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn status(&self) -> Option<&str> {
        Some(&self.opt_in)
    }

    fn sample() -> Self {
        Self { name: "us-east-1".into(), opt_in: "opt-in-not-required".into(), endpoint: "ec2.us-east-1.amazonaws.com".into() }
    }
}
