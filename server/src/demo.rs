//! The demo cloud among the others: a target whose transport leads to a router in this process.

use std::{error::Error, sync::Arc};

use crate::{clouds::Clouds, config::Config};

/// The clouds of this configuration, the demo among them if it is on.
pub fn clouds(config: &Config) -> Result<Clouds, Box<dyn Error>> {
    let targets: Vec<_> = config.targets.iter().map(Arc::clone).collect();
    Ok(Clouds::new(targets, None))
}
