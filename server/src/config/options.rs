//! What can be said, each key once: the same types are read from the file and from the command line.

use std::{collections::BTreeMap, num::NonZeroU32, path::PathBuf};

use api::session::DemoOptions;
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

use super::{
    clouds::CloudOptions,
    custom::CustomOptions,
    network::Network,
    store::StoreOptions,
    tls::TlsOptions,
    values::{KindName, Listen, Origin},
};
use crate::cache::Term;

/// A web console for AWS and other clouds that answer the EC2 API.
#[derive(Debug, Parser)]
#[command(name = "canopy", version, about, after_long_help = FILE_HELP)]
pub struct Cli {
    /// Configuration file [default: ./canopy.toml or /etc/canopy/canopy.toml, where there is one]
    #[arg(long, env = "CANOPY_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the configuration, say what is wrong with it or what it comes to, and end
    CheckConfig,
}

const FILE_HELP: &str = include_str!("file_help.txt");

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8888]
    #[arg(long, env = "CANOPY_LISTEN", value_name = "ADDRESS")]
    pub(super) listen: Option<Listen>,
    /// Folder of what the browser loads [default: `site` beside the program, else target/site]
    #[arg(long, env = "CANOPY_SITE", value_name = "FOLDER")]
    pub(super) site: Option<PathBuf>,
    /// How browsers reach Canopy where a proxy stands before it, such as <https://console.example.org>
    #[arg(long, env = "CANOPY_PUBLIC_ORIGIN", value_name = "ORIGIN")]
    pub(super) public_origin: Option<Origin>,
    /// Networks of the proxies that stand before Canopy, separated by commas: what they say of clients is believed
    #[arg(long, env = "CANOPY_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',')]
    pub(super) trusted_proxies: Option<Vec<Network>>,
    /// Expect the PROXY protocol from those networks [default: false]
    #[arg(long, env = "CANOPY_PROXY_PROTOCOL", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) proxy_protocol: Option<bool>,
    /// Address and port of the numbers for Prometheus: /metrics [default: none]
    #[arg(long, env = "CANOPY_METRICS", value_name = "ADDRESS")]
    pub(super) metrics: Option<Listen>,
    /// File to which each change and each sign-in adds a line of JSON [default: standard error]
    #[arg(long, env = "CANOPY_AUDIT", value_name = "FILE")]
    pub(super) audit: Option<PathBuf>,
    /// Seconds for which new requests are still served after SIGTERM, while /readyz says no [default: 0]
    #[arg(long, env = "CANOPY_DRAIN", value_name = "SECONDS")]
    pub(super) drain: Option<u32>,
    /// Folder of the keys that are made at first start [default: state]
    #[arg(long, env = "CANOPY_STATE", value_name = "FOLDER")]
    pub(super) state: Option<PathBuf>,
    #[command(flatten)]
    pub(super) tls: TlsOptions,
    #[command(flatten)]
    pub(super) limits: LimitOptions,
    #[command(flatten)]
    pub(super) session: SessionOptions,
    #[command(flatten)]
    pub(super) store: StoreOptions,
    #[command(flatten)]
    pub(super) cache: CacheOptions,
    #[command(flatten)]
    pub(super) timeouts: TimeoutOptions,
    #[command(flatten)]
    pub(super) log: LogOptions,
    #[command(flatten)]
    pub(super) demo: DemoSettings,
    #[command(flatten)]
    pub(super) aws: AwsOptions,
    #[command(flatten)]
    pub(super) custom: CustomOptions,
    #[arg(skip)]
    pub(super) clouds: Vec<toml::Spanned<CloudOptions>>,
}

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Sessions")]
pub(super) struct SessionOptions {
    /// Seconds without a request after which a session ends [default: 1800]
    #[arg(long = "session-idle", env = "CANOPY_SESSION_IDLE", value_name = "SECONDS")]
    pub(super) idle: Option<NonZeroU32>,
    /// Seconds after which a session ends in any case [default: 43200]
    #[arg(long = "session-absolute", env = "CANOPY_SESSION_ABSOLUTE", value_name = "SECONDS")]
    pub(super) absolute: Option<NonZeroU32>,
}

/// How much anybody may ask for.
#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitOptions {
    /// Failed sign-ins at once, from an address and to an account [default: 10]
    #[arg(long = "limit-sign-in-tries", env = "CANOPY_LIMIT_SIGN_IN_TRIES", value_name = "N")]
    pub(super) sign_in_tries: Option<NonZeroU32>,
    /// Seconds until one more [default: 12]
    #[arg(long = "limit-sign-in-pause", env = "CANOPY_LIMIT_SIGN_IN_PAUSE", value_name = "SECONDS")]
    pub(super) sign_in_pause: Option<NonZeroU32>,
    /// Failed sign-ins at once at one cloud, by everybody together; one more comes each second [default: 120]
    #[arg(long = "limit-cloud-tries", env = "CANOPY_LIMIT_CLOUD_TRIES", value_name = "N")]
    pub(super) cloud_tries: Option<NonZeroU32>,
}

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Cache")]
pub(super) struct CacheOptions {
    /// Seconds of the short term [default: 60]
    #[arg(long = "cache-short", env = "CANOPY_CACHE_SHORT", value_name = "SECONDS")]
    pub(super) short: Option<u32>,
    /// Seconds of the default term [default: 300]
    #[arg(long = "cache-default", env = "CANOPY_CACHE_DEFAULT", value_name = "SECONDS")]
    pub(super) default: Option<u32>,
    /// Seconds of the long term [default: 3600]
    #[arg(long = "cache-long", env = "CANOPY_CACHE_LONG", value_name = "SECONDS")]
    pub(super) long: Option<u32>,
    /// Seconds of the extra long term [default: 43200]
    #[arg(long = "cache-extra-long", env = "CANOPY_CACHE_EXTRA_LONG", value_name = "SECONDS")]
    pub(super) extra_long: Option<u32>,
    /// MiB of lists that are kept at most [default: 256]
    #[arg(long = "cache-capacity", env = "CANOPY_CACHE_CAPACITY", value_name = "MIB")]
    pub(super) capacity: Option<NonZeroU32>,
    /// Terms of kinds that are to have another than usual.
    #[arg(skip)]
    pub(super) terms: BTreeMap<KindName, Term>,
}

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Timeouts")]
pub(super) struct TimeoutOptions {
    /// Seconds to connect to a cloud [default: 5]
    #[arg(long = "timeout-connect", env = "CANOPY_TIMEOUT_CONNECT", value_name = "SECONDS")]
    pub(super) connect: Option<NonZeroU32>,
    /// Seconds for one try of a call to a cloud [default: 30]
    #[arg(long = "timeout-attempt", env = "CANOPY_TIMEOUT_ATTEMPT", value_name = "SECONDS")]
    pub(super) attempt: Option<NonZeroU32>,
    /// Seconds for a call to a cloud with all its tries [default: 60]
    #[arg(long = "timeout-call", env = "CANOPY_TIMEOUT_CALL", value_name = "SECONDS")]
    pub(super) call: Option<NonZeroU32>,
    /// Seconds until the answer to a browser begins [default: 90]
    #[arg(long = "timeout-request", env = "CANOPY_TIMEOUT_REQUEST", value_name = "SECONDS")]
    pub(super) request: Option<NonZeroU32>,
}

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Log")]
pub(super) struct LogOptions {
    /// How the log is written [default: text]
    #[arg(long = "log-format", env = "CANOPY_LOG_FORMAT", value_name = "FORMAT")]
    pub(super) format: Option<LogFormat>,
    /// What is logged, such as `info` or `warn,server=debug` [default: info]
    #[arg(long = "log-filter", env = "CANOPY_LOG_FILTER", value_name = "FILTER")]
    pub(super) filter: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// The demo cloud, and how its worlds are unless a session says otherwise.
#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Demo cloud")]
pub(super) struct DemoSettings {
    /// Offer the demo cloud [default: false]
    #[arg(id = "demo", long = "demo", env = "CANOPY_DEMO", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) enabled: Option<bool>,
    /// Offer the demo cloud as Eucalyptus too, with account, user and password [default: false]
    #[arg(long = "demo-eucalyptus", env = "CANOPY_DEMO_EUCALYPTUS", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) eucalyptus: Option<bool>,
    /// How many instances a world has [default: about 40]
    #[arg(long = "demo-instances", env = "CANOPY_DEMO_INSTANCES", value_name = "N")]
    pub(super) instances: Option<u32>,
    /// How many images a world has [default: about 200]
    #[arg(long = "demo-images", env = "CANOPY_DEMO_IMAGES", value_name = "N")]
    pub(super) images: Option<u32>,
    /// How long each call takes, in milliseconds [default: 0]
    #[arg(long = "demo-delay", env = "CANOPY_DEMO_DELAY", value_name = "MS")]
    pub(super) delay: Option<u32>,
    /// What fails: `Operation:Fault[@rate][#from]`, separated by commas
    #[arg(long = "demo-faults", env = "CANOPY_DEMO_FAULTS", value_name = "FAULTS")]
    pub(super) faults: Option<String>,
    /// How long credentials last, in seconds [default: as long as asked for]
    #[arg(long = "demo-session-seconds", env = "CANOPY_DEMO_SESSION_SECONDS", value_name = "SECONDS")]
    pub(super) session_seconds: Option<u32>,
}

impl DemoSettings {
    pub(super) fn world(&self) -> DemoOptions {
        DemoOptions {
            instances: self.instances,
            images: self.images,
            delay: self.delay.unwrap_or(0),
            faults: self.faults.clone().unwrap_or_default(),
            session_seconds: self.session_seconds,
        }
    }
}

#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "AWS")]
pub(super) struct AwsOptions {
    /// Offer AWS [default: true]
    #[arg(id = "aws", long = "aws", env = "CANOPY_AWS", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) enabled: Option<bool>,
    /// Regions to offer, separated by commas, the one where people start first
    #[arg(long = "aws-regions", env = "CANOPY_AWS_REGIONS", value_name = "REGIONS", value_delimiter = ',')]
    pub(super) regions: Option<Vec<String>>,
}

impl Options {
    /// These, and where they say nothing, the others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            site: self.site.or(other.site),
            public_origin: self.public_origin.or(other.public_origin),
            trusted_proxies: self.trusted_proxies.or(other.trusted_proxies),
            proxy_protocol: self.proxy_protocol.or(other.proxy_protocol),
            metrics: self.metrics.or(other.metrics),
            audit: self.audit.or(other.audit),
            drain: self.drain.or(other.drain),
            tls: self.tls.or(other.tls),
            limits: LimitOptions {
                sign_in_tries: self.limits.sign_in_tries.or(other.limits.sign_in_tries),
                sign_in_pause: self.limits.sign_in_pause.or(other.limits.sign_in_pause),
                cloud_tries: self.limits.cloud_tries.or(other.limits.cloud_tries),
            },
            state: self.state.or(other.state),
            store: self.store.or(other.store),
            session: SessionOptions {
                idle: self.session.idle.or(other.session.idle),
                absolute: self.session.absolute.or(other.session.absolute),
            },
            cache: CacheOptions {
                short: self.cache.short.or(other.cache.short),
                default: self.cache.default.or(other.cache.default),
                long: self.cache.long.or(other.cache.long),
                extra_long: self.cache.extra_long.or(other.cache.extra_long),
                capacity: self.cache.capacity.or(other.cache.capacity),
                terms: other.cache.terms,
            },
            timeouts: TimeoutOptions {
                connect: self.timeouts.connect.or(other.timeouts.connect),
                attempt: self.timeouts.attempt.or(other.timeouts.attempt),
                call: self.timeouts.call.or(other.timeouts.call),
                request: self.timeouts.request.or(other.timeouts.request),
            },
            log: LogOptions { format: self.log.format.or(other.log.format), filter: self.log.filter.or(other.log.filter) },
            demo: DemoSettings {
                enabled: self.demo.enabled.or(other.demo.enabled),
                eucalyptus: self.demo.eucalyptus.or(other.demo.eucalyptus),
                instances: self.demo.instances.or(other.demo.instances),
                images: self.demo.images.or(other.demo.images),
                delay: self.demo.delay.or(other.demo.delay),
                faults: self.demo.faults.or(other.demo.faults),
                session_seconds: self.demo.session_seconds.or(other.demo.session_seconds),
            },
            aws: AwsOptions { enabled: self.aws.enabled.or(other.aws.enabled), regions: self.aws.regions.or(other.aws.regions) },
            custom: self.custom.or(other.custom),
            clouds: other.clouds,
        }
    }
}
