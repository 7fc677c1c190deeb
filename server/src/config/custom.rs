//! Whether people may sign in to a cloud that nobody configured, and where it may be.

use clap::Args;
use serde::Deserialize;

use super::network::{Network, Networks};

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Clouds that users name")]
pub(super) struct CustomOptions {
    /// Let whoever signs in name the endpoint of a cloud: read docs/security.md first [default: false]
    #[arg(id = "custom", long = "custom", env = "CANOPY_CUSTOM", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) enabled: Option<bool>,
    /// Ports that it may have, separated by commas [default: 443,8443,8773]
    #[arg(long = "custom-ports", env = "CANOPY_CUSTOM_PORTS", value_name = "PORTS", value_delimiter = ',')]
    pub(super) ports: Option<Vec<u16>>,
    /// Networks of your own that it may be in, separated by commas; never this machine or what tells machines their secrets [default: none]
    #[arg(long = "custom-networks", env = "CANOPY_CUSTOM_NETWORKS", value_name = "NETWORKS", value_delimiter = ',')]
    pub(super) networks: Option<Vec<Network>>,
}

impl CustomOptions {
    pub(super) fn or(self, other: Self) -> Self {
        Self { enabled: self.enabled.or(other.enabled), ports: self.ports.or(other.ports), networks: self.networks.or(other.networks) }
    }

    /// `None` where it is off, as it is unless somebody has decided otherwise.
    pub(super) fn settings(&self) -> Option<CustomSettings> {
        self.enabled.unwrap_or(false).then(|| CustomSettings {
            ports: self.ports.clone().unwrap_or_else(|| vec![443, 8443, 8773]),
            networks: self.networks.iter().flatten().copied().collect(),
        })
    }
}

/// Where clouds that users name may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomSettings {
    pub ports: Vec<u16>,
    /// Of networks' own, those that may be dialled.
    pub networks: Networks,
}
