//! Instance types: what a machine can be. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html>

use serde::{Deserialize, Serialize};

use crate::{
    kind::Kind,
    resource::{Never, Resource},
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstanceType {
    /// Such as `t3.micro`.
    pub name: String,
    pub vcpus: u32,
    /// MiB.
    pub memory: u64,
    pub architectures: Vec<String>,
    /// GiB of instance store in all; 0 where there is none.
    pub storage: u64,
    /// The cloud's word, such as "Up to 5 Gigabit".
    pub network: String,
    pub current_generation: bool,
    pub free_tier: bool,
}

impl Resource for InstanceType {
    const KIND: Kind = Kind::InstanceType;
    type Draft = Never;
    type Action = Never;

    fn id(&self) -> &str {
        &self.name
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn sample() -> Self {
        Self {
            name: "t3.micro".into(),
            vcpus: 2,
            memory: 1024,
            architectures: vec!["x86_64".into()],
            network: "Up to 5 Gigabit".into(),
            current_generation: true,
            ..Self::default()
        }
    }
}
