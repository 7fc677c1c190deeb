//! What handlers share.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use crate::{
    access::Access,
    assets::Assets,
    audit::Audit,
    cache::Lists,
    clock::Clock,
    clouds::Clouds,
    config::{Config, Networks, Origin},
    metrics::Metrics,
    session::{Cookies, Sessions},
    shared::Shared,
    telemetry::Telemetry,
    throttle::Throttle,
};

/// Everything a request may need. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub sessions: Sessions,
    pub cookies: Cookies,
    pub lists: Lists,
    pub metrics: Metrics,
    pub access: Access,
    pub clouds: Clouds,
    pub assets: Assets,
    pub limits: Limits,
    pub telemetry: Telemetry,
    pub throttle: Throttle,
    pub audit: Audit,
    /// The server was told to end, and does so when those who are here have been served.
    pub draining: Arc<AtomicBool>,
}

/// What every request is held to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Until the answer begins.
    pub request_timeout: Duration,
    /// How browsers reach the server, where that is not what they put into `Host`.
    pub public_origin: Option<Origin>,
    /// Whether browsers are to reach it over TLS alone.
    pub is_secure: bool,
    /// Whose word about clients is believed.
    pub trusted_proxies: Networks,
}

impl App {
    /// As configured, with these clouds and this bundle.
    pub fn new(config: &Config, clouds: Clouds, assets: Assets, clock: Clock) -> Self {
        Self::with(config, clouds, assets, clock, None, Telemetry::default())
    }

    /// The same, with a shared store if there is one.
    pub fn with(config: &Config, clouds: Clouds, assets: Assets, clock: Clock, shared: Option<Shared>, telemetry: Telemetry) -> Self {
        let of_sessions = shared.clone().map(|shared| (shared, clouds.clone()));
        let lists = Lists::new(config.terms.clone(), config.cache_capacity, clock.clone(), shared, telemetry.clone());
        Self {
            sessions: Sessions::new(config.session, clock.clone(), of_sessions),
            cookies: Cookies::new(config.is_secure()),
            access: Access::new(lists.clone()),
            lists,
            metrics: Metrics::new(clock.clone()),
            clouds,
            assets,
            limits: Limits {
                request_timeout: config.request_timeout,
                public_origin: config.public_origin.clone(),
                is_secure: config.is_secure(),
                trusted_proxies: config.trusted_proxies.clone(),
            },
            throttle: Throttle::new(config.sign_ins.0, config.sign_ins.1, clock),
            audit: Audit::stderr(),
            draining: Arc::default(),
            telemetry,
        }
    }
}
