//! What handlers share.

use std::time::Duration;

use crate::{
    assets::Assets,
    cache::Lists,
    clock::Clock,
    clouds::Clouds,
    config::{Config, Origin},
    metrics::Metrics,
    session::{Cookies, Sessions},
};

/// Everything a request may need. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub sessions: Sessions,
    pub cookies: Cookies,
    pub lists: Lists,
    pub metrics: Metrics,
    pub clouds: Clouds,
    pub assets: Assets,
    pub limits: Limits,
}

/// What every request is held to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Until the answer begins.
    pub request_timeout: Duration,
    /// How browsers reach the server, where that is not what they put into `Host`.
    pub public_origin: Option<Origin>,
}

impl App {
    /// As configured, with these clouds and this bundle.
    pub fn new(config: &Config, clouds: Clouds, assets: Assets, clock: Clock) -> Self {
        Self {
            sessions: Sessions::new(config.session, clock.clone()),
            cookies: Cookies::new(config.is_secure()),
            lists: Lists::new(config.terms.clone(), config.cache_capacity, clock.clone()),
            metrics: Metrics::new(clock),
            clouds,
            assets,
            limits: Limits { request_timeout: config.request_timeout, public_origin: config.public_origin.clone() },
        }
    }
}
