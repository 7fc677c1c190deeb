//! What can be said, each key once: the same types are read from the file and from the command line.

use std::{collections::BTreeMap, fmt, num::NonZeroU32, path::PathBuf};

use api::session::DemoOptions;
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

use super::{
    clouds::CloudOptions,
    network::Network,
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

const FILE_HELP: &str = r#"The configuration file is TOML. Flags go before the environment, the environment before the file.

  listen = "127.0.0.1:8888"
  site = "/usr/share/canopy/site"
  public_origin = "https://console.example.org"

  trusted_proxies = ["10.0.0.0/8"]             # whose X-Forwarded-For and -Proto are believed
  proxy_protocol = false
  metrics = "127.0.0.1:8889"   # /metrics, for Prometheus
  audit = "/var/log/canopy/audit.jsonl"
  drain = 10                   # seconds
  state = "/var/lib/canopy"

  [tls]                        # where nothing in front does it
  certificate = "/etc/canopy/tls.crt"
  key = "/etc/canopy/tls.key"
  self_signed = false

  [limits]
  sign_in_tries = 10
  sign_in_pause = 12           # seconds
  cloud_tries = 120

  [session]                    # seconds
  idle = 1800
  absolute = 43200

  [cache]                      # seconds; capacity in MiB
  short = 60
  default = 300
  long = 3600
  extra_long = 43200
  capacity = 256
  terms = { images = "long", vpcs = "none" }   # none, short, default, long, extra-long

  [store]                      # shared by replicas; without it, one process keeps everything itself
  address = "rediss://user:password@store.example.org:6380/0"   # redis://, rediss://, memcached://
  key_file = "/etc/canopy/store.key"                            # the same on every replica
  ca_bundle = "/etc/canopy/store-ca.pem"                        # for rediss://, if the system does not know its authority
  timeout = 250                # milliseconds

  [timeouts]                   # seconds
  connect = 5
  attempt = 30
  call = 60
  request = 90

  [log]
  format = "text"              # or "json"
  filter = "info"

  [demo]
  enabled = true
  instances = 5000
  images = 14000
  delay = 300                  # milliseconds
  faults = "DescribeInstances:RequestLimitExceeded@0.1"

  [aws]
  enabled = true
  regions = ["eu-central-1", "us-east-1"]      # the first is where people start

  [[clouds]]
  key = "own"                  # stays the same for ever
  label = "Our own cloud"
  kind = "eucalyptus"          # aws, eucalyptus, generic
  regions = ["eucalyptus"]
  # {service} is ec2, iam, sts, cloudwatch; {component} what Eucalyptus calls them, by path or by name; {region} can stand there too
  endpoint = "https://ufs.cloud.example.org:8773/services/{component}"    # or "https://{component}.cloud.example.org:8773"
  endpoints = { cloudwatch = "https://metrics.cloud.example.org" }        # where one is elsewhere
  ca_bundle = "/etc/canopy/own-ca.pem"
  page_size = 500              # 0 for clouds that do not know pages
  max_attempts = 4

Canopy never uses credentials of the machine it runs on."#;

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

/// TLS of our own, where nothing in front does it.
#[derive(Debug, Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "TLS")]
pub(super) struct TlsOptions {
    /// File of the certificate and those that vouch for it, PEM
    #[arg(long = "tls-certificate", env = "CANOPY_TLS_CERTIFICATE", value_name = "FILE")]
    pub(super) certificate: Option<PathBuf>,
    /// File of its private key, PEM
    #[arg(id = "tls_key", long = "tls-key", env = "CANOPY_TLS_KEY", value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
    /// Make a certificate in the state folder at first start, which browsers warn of [default: false]
    #[arg(long = "tls-self-signed", env = "CANOPY_TLS_SELF_SIGNED", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(super) self_signed: Option<bool>,
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

/// Where replicas share sessions and lists.
#[derive(Default, Deserialize, Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Shared store")]
pub(super) struct StoreOptions {
    // Text, for whoever parses arguments repeats those that are wrong, and this one may hold a password.
    /// Store of sessions and lists: redis://, rediss:// or memcached:// [default: none, the process keeps them itself]
    #[arg(id = "store", long = "store", env = "CANOPY_STORE", value_name = "ADDRESS", hide_env_values = true)]
    pub(super) address: Option<String>,
    /// Keys that seal what is kept there: base64 of 32 bytes each, separated by commas, the one to seal with first
    #[arg(long = "store-keys", env = "CANOPY_STORE_KEYS", value_name = "KEYS", hide_env_values = true)]
    pub(super) keys: Option<String>,
    /// File of such keys, one a line; made if it is not there [default: store.key in the state folder]
    #[arg(long = "store-key-file", env = "CANOPY_STORE_KEY_FILE", value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,
    /// File of the certificates that vouch for it over rediss://, PEM [default: those of the system]
    #[arg(long = "store-ca-bundle", env = "CANOPY_STORE_CA_BUNDLE", value_name = "FILE")]
    pub(super) ca_bundle: Option<PathBuf>,
    /// Milliseconds that a call to it may take [default: 250]
    #[arg(long = "store-timeout", env = "CANOPY_STORE_TIMEOUT", value_name = "MS")]
    pub(super) timeout: Option<NonZeroU32>,
}

impl fmt::Debug for StoreOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreOptions").finish_non_exhaustive()
    }
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
            tls: TlsOptions {
                certificate: self.tls.certificate.or(other.tls.certificate),
                key: self.tls.key.or(other.tls.key),
                self_signed: self.tls.self_signed.or(other.tls.self_signed),
            },
            limits: LimitOptions {
                sign_in_tries: self.limits.sign_in_tries.or(other.limits.sign_in_tries),
                sign_in_pause: self.limits.sign_in_pause.or(other.limits.sign_in_pause),
                cloud_tries: self.limits.cloud_tries.or(other.limits.cloud_tries),
            },
            state: self.state.or(other.state),
            store: StoreOptions {
                address: self.store.address.or(other.store.address),
                keys: self.store.keys.or(other.store.keys),
                key_file: self.store.key_file.or(other.store.key_file),
                ca_bundle: self.store.ca_bundle.or(other.store.ca_bundle),
                timeout: self.store.timeout.or(other.store.timeout),
            },
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
            clouds: other.clouds,
        }
    }
}
