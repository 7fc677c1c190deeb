//! What an operator decides: read from a file, the environment and flags, checked once, and handed on as plain values.
//!
//! Flags go before the environment, the environment before the file, the file before what is built in. This is the only place that reads
//! the environment, and it reads only `CANOPY_*`: credentials that lie around on the machine are none of Canopy's business.

mod aws;
mod clouds;
mod custom;
mod file;
mod network;
mod options;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod tls;
mod values;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use api::session::DemoOptions;
use cloud::target::{Settings, Target};

use tracing_subscriber::EnvFilter;

use crate::{
    cache::{Lifetimes, Terms},
    throttle::Allowance,
};

pub use clouds::DEMO_KEY;
pub use custom::CustomSettings;
pub use network::{Network, Networks};
pub use options::{Cli, Command, LogFormat, Options};
pub use problem::Problem;
pub use store::StoreSettings;
pub use tls::TlsSettings;
pub use values::Origin;

/// Everything that can be decided, decided.
#[derive(Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// Where the bundle is: what the browser loads.
    pub site: PathBuf,
    /// How browsers reach Canopy, where that is not the listening address: behind a proxy that speaks TLS.
    pub public_origin: Option<Origin>,
    /// TLS of our own, where nothing in front does it.
    pub tls: Option<TlsSettings>,
    /// The networks of what stands in front.
    pub trusted_proxies: Networks,
    /// Whether they speak the PROXY protocol.
    pub proxy_protocol: bool,
    /// Where the numbers are read.
    pub metrics: Option<SocketAddr>,
    /// Where changes are written down; standard error if nowhere.
    pub audit: Option<PathBuf>,
    /// How long the server goes on after it was told to end.
    pub drain: Duration,
    /// Failed sign-ins: from an address or to an account, and at a cloud.
    pub sign_ins: (Allowance, Allowance),
    pub session: SessionLimits,
    /// Where replicas share sessions and lists, if they do.
    pub store: Option<StoreSettings>,
    pub terms: Terms,
    /// How many bytes of lists are kept at most.
    pub cache_capacity: u64,
    /// How long a request may take until its answer begins.
    pub request_timeout: Duration,
    pub log_format: LogFormat,
    /// What is logged, in the words of `tracing_subscriber::EnvFilter`.
    pub log_filter: String,
    /// The demo cloud, if it is on, and how its worlds are unless a session says otherwise.
    pub demo: Option<DemoOptions>,
    /// Whether the demo cloud shows its other face, too.
    pub demo_eucalyptus: bool,
    /// How patient to be with clouds.
    pub settings: Settings,
    /// Clouds that users name, if they may.
    pub custom: Option<CustomSettings>,
    /// All clouds but the demo.
    pub targets: Vec<Arc<Target>>,
    /// The file that was read, if any.
    pub file: Option<PathBuf>,
}

/// How long sessions live, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without a request.
    pub idle: u32,
    /// In all.
    pub absolute: u32,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: 30 * 60, absolute: 12 * 3600 }
    }
}

/// Where the file is looked for when none is named.
const USUAL_FILES: [&str; 2] = ["canopy.toml", "/etc/canopy/canopy.toml"];

impl Config {
    /// Reads the file that the options name, or one at a usual place, and lays the options over it.
    pub fn load(config: Option<&Path>, options: Options) -> Result<Self, Problem> {
        let path = config.map(Path::to_owned).or_else(|| USUAL_FILES.iter().map(PathBuf::from).find(|path| path.is_file()));
        let Some(path) = path else { return Self::decide(options, None) };
        let text = std::fs::read_to_string(&path).map_err(|err| Problem::of_file(&path, format!("cannot be read: {err}")))?;
        Self::parse(&path, &text, options)
    }

    /// As [`Config::load`], with the text of the file.
    pub fn parse(path: &Path, text: &str, options: Options) -> Result<Self, Problem> {
        let source = file::Source { path, text };
        let from_file = source.parse()?;
        Self::decide(options.or(from_file), Some(source))
    }

    fn decide(options: Options, source: Option<file::Source<'_>>) -> Result<Self, Problem> {
        let listen = options.listen.map_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8888)), |listen| listen.0);
        let usual = SessionLimits::default();
        let session = SessionLimits {
            idle: options.session.idle.map_or(usual.idle, Into::into),
            absolute: options.session.absolute.map_or(usual.absolute, Into::into),
        };
        let usual = Lifetimes::default();
        let cache = &options.cache;
        let lifetimes = Lifetimes {
            short: cache.short.unwrap_or(usual.short),
            default: cache.default.unwrap_or(usual.default),
            long: cache.long.unwrap_or(usual.long),
            extra_long: cache.extra_long.unwrap_or(usual.extra_long),
        };
        let overrides: BTreeMap<_, _> = cache.terms.iter().map(|(kind, term)| (kind.0, *term)).collect();
        let usual = Settings::default();
        let seconds = |given: Option<std::num::NonZeroU32>, usual: Duration| given.map_or(usual, |s| Duration::from_secs(s.get().into()));
        let settings = Settings {
            connect_timeout: seconds(options.timeouts.connect, usual.connect_timeout),
            attempt_timeout: seconds(options.timeouts.attempt, usual.attempt_timeout),
            call_timeout: seconds(options.timeouts.call, usual.call_timeout),
            session_length: Duration::from_secs(session.absolute.into()).max(SHORTEST_STS_SESSION),
            ..usual
        };
        let demo = options.demo.enabled.unwrap_or(false).then(|| options.demo.world());
        let state = options.state.clone().unwrap_or_else(|| PathBuf::from("state"));
        let store = store::settings(&options.store, &state)?;
        let tls = tls::settings(&options.tls, &state)?;
        let trusted_proxies: Networks = options.trusted_proxies.iter().flatten().copied().collect();
        let proxy_protocol = options.proxy_protocol.unwrap_or(false);
        if proxy_protocol && trusted_proxies.is_empty() {
            let message = "the PROXY protocol is believed from known networks alone: expected `trusted_proxies`".to_owned();
            return Err(Problem { key: Some("proxy_protocol".to_owned()), ..Problem::plain(message) });
        }
        let limits = &options.limits;
        let each =
            Allowance { at_once: limits.sign_in_tries.map_or(10, Into::into), pause_seconds: limits.sign_in_pause.map_or(12, Into::into) };
        let sign_ins = (each, Allowance { at_once: limits.cloud_tries.map_or(120, Into::into), pause_seconds: 1 });
        let custom = options.custom.settings();
        let targets = clouds::targets(&options, &settings, source.as_ref(), demo.is_some() || custom.is_some())?;
        Ok(Self {
            listen,
            site: options.site.unwrap_or_else(usual_site),
            public_origin: options.public_origin,
            tls,
            trusted_proxies,
            proxy_protocol,
            metrics: options.metrics.map(|listen| listen.0),
            audit: options.audit,
            drain: Duration::from_secs(options.drain.unwrap_or(0).into()),
            sign_ins,
            session,
            store,
            terms: Terms { lifetimes, overrides },
            cache_capacity: u64::from(cache.capacity.map_or(256, Into::into)) * 1024 * 1024,
            request_timeout: seconds(options.timeouts.request, Duration::from_secs(90)),
            log_format: options.log.format.unwrap_or_default(),
            log_filter: options.log.filter.unwrap_or_else(|| "info".to_owned()),
            demo_eucalyptus: options.demo.eucalyptus.unwrap_or(false),
            demo,
            custom,
            settings,
            targets,
            file: source.map(|source| source.path.to_owned()),
        })
    }

    /// What is logged. Refused where the filter cannot be read.
    pub fn log_filter(&self) -> Result<EnvFilter, Problem> {
        EnvFilter::try_new(&self.log_filter).map_err(|err| Problem {
            key: Some("log.filter".to_owned()),
            ..Problem::plain(format!("{:?} is no filter ({err}): expected something like `info` or `warn,server=debug`", self.log_filter))
        })
    }

    /// What it comes to, for `canopy check-config`.
    pub fn summary(&self) -> Result<String, Problem> {
        self.log_filter()?;
        let file = self.file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
        let origin = self.public_origin.as_ref().map_or("none", Origin::as_str);
        let store = self.store.as_ref().map_or_else(|| "none".to_owned(), |store| store.address.to_string());
        let clouds = self.targets.iter().map(|target| target.info.label.as_str()).chain(self.demo.as_ref().map(|_| "Demo"));
        Ok(format!(
            "The configuration is fine.\nfile           {file}\nlisten         {}\nsite           {}\npublic origin  {origin}\n\
             sessions       {} s idle, {} s in all\nshared store   {store}\nclouds         {}\n",
            self.listen,
            self.site.display(),
            self.session.idle,
            self.session.absolute,
            clouds.collect::<Vec<_>>().join(", "),
        ))
    }

    /// Whether browsers reach Canopy over TLS, so that cookies can say so. Plain HTTP is for this machine alone.
    pub fn is_secure(&self) -> bool {
        self.tls.is_some() || self.public_origin.as_ref().map_or(!self.listen.ip().is_loopback(), Origin::is_https)
    }
}

/// STS refuses shorter ones: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>.
const SHORTEST_STS_SESSION: Duration = Duration::from_mins(15);

/// The bundle beside the program, as it is installed, or where the build puts it.
fn usual_site() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned));
    let places = beside.iter().flat_map(|folder| [folder.join("site"), folder.join("../site")]);
    places.into_iter().find(|place| place.join("manifest.json").is_file()).unwrap_or_else(|| PathBuf::from("target/site"))
}
