//! A configured cloud: where its services are, how one gets there, and how patient one is.

use std::{collections::BTreeMap, fmt, time::Duration};

use api::session::CloudInfo;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ec2::config::{BehaviorVersion, IdentityCache, Region};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::{retry::RetryConfig, timeout::TimeoutConfig};
use aws_types::{SdkConfig, app_name::AppName};
use url::Url;

use crate::transport::Transport;

/// A service whose endpoint can be configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    CloudWatch,
    Ec2,
    Iam,
    Sts,
}

impl Service {
    pub const ALL: &'static [Service] = &[Self::CloudWatch, Self::Ec2, Self::Iam, Self::Sts];
    /// Those without which there is nothing to sign in to.
    pub const NEEDED: &'static [Service] = &[Self::Ec2, Self::Iam, Self::Sts];

    /// Its name in configuration and in endpoint patterns.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CloudWatch => "cloudwatch",
            Self::Ec2 => "ec2",
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    /// What Eucalyptus calls the component that answers for it: the last part of a path such as `/services/Euare`, or, in lower case, the first
    /// of a host name.
    pub const fn component(self) -> &'static str {
        match self {
            Self::CloudWatch => "CloudWatch",
            Self::Ec2 => "compute",
            Self::Iam => "Euare",
            Self::Sts => "Tokens",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|service| service.key() == key)
    }
}

/// Where the services are: URL patterns in which `{region}` and `{service}` stand for their names, and `{component}` for what Eucalyptus calls
/// the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// For every service that has no pattern of its own; `None` for AWS's own rules.
    pub pattern: Option<String>,
    pub by_service: BTreeMap<Service, String>,
}

impl Endpoints {
    /// AWS's own, in all its partitions.
    pub fn aws() -> Self {
        Self::default()
    }

    pub fn pattern(pattern: impl Into<String>) -> Self {
        Self { pattern: Some(pattern.into()), by_service: BTreeMap::new() }
    }

    fn url(&self, service: Service, region: &str) -> Option<String> {
        let pattern = self.by_service.get(&service).or(self.pattern.as_ref())?;
        Some(fill(pattern, service, region))
    }

    /// Whether every pattern makes a plain http(s) URL.
    fn check(&self) -> Result<(), TargetError> {
        for pattern in self.pattern.iter().chain(self.by_service.values()) {
            let filled = fill(pattern, Service::Iam, "us-east-1");
            let refuse = |why: &str| Err(TargetError::Endpoint { pattern: pattern.clone(), why: why.to_owned() });
            if filled.contains(['{', '}']) {
                return refuse("only {region}, {service} and {component} can stand in it");
            }
            match Url::parse(&filled) {
                Err(err) => return refuse(&err.to_string()),
                Ok(url) if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() => {
                    return refuse("it must begin with http:// or https:// and a host");
                }
                Ok(url) if !url.username().is_empty() || url.password().is_some() => return refuse("it must not hold credentials"),
                Ok(url) if url.query().is_some() || url.fragment().is_some() => return refuse("it must end with the path"),
                Ok(_) => {}
            }
        }
        Ok(())
    }
}

fn fill(pattern: &str, service: Service, region: &str) -> String {
    let filled = pattern.replace("{region}", region).replace("{service}", service.key());
    // Host names go into signatures as they are written, and clients write them in lower case; paths count letter by letter.
    let end_of_host = filled.find("://").and_then(|at| filled[at + 3..].find('/').map(|slash| at + 3 + slash)).unwrap_or(filled.len());
    let (host, path) = filled.split_at(end_of_host);
    host.replace("{component}", &service.component().to_ascii_lowercase()) + &path.replace("{component}", service.component())
}

/// How patient one is with a cloud.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// To make a connection.
    pub connect_timeout: Duration,
    /// For one try, from the request to the end of the answer.
    pub attempt_timeout: Duration,
    /// For a call with all its tries. A list makes one call per page.
    pub call_timeout: Duration,
    /// How often to try in all; 1 never tries again.
    pub max_attempts: u32,
    /// The wait before the second try; it doubles from there, with jitter.
    pub initial_backoff: Duration,
    /// How many rows to ask for at once; `None` for clouds that do not know pages.
    pub page_size: Option<u16>,
    /// How long the temporary credentials of a sign-in are to last.
    pub session_length: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(30),
            call_timeout: Duration::from_secs(60),
            max_attempts: 4,
            initial_backoff: Duration::from_millis(300),
            page_size: Some(1000),
            session_length: Duration::from_secs(12 * 3600),
        }
    }
}

/// A cloud of the configuration, ready to be called.
pub struct Target {
    pub info: CloudInfo,
    pub settings: Settings,
    endpoints: Endpoints,
    transport: Transport,
}

/// What is wrong with a target's configuration.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    #[error("{pattern:?} is no endpoint: {why}")]
    Endpoint { pattern: String, why: String },
}

impl Target {
    pub fn new(info: CloudInfo, endpoints: Endpoints, transport: Transport, settings: Settings) -> Result<Self, TargetError> {
        endpoints.check()?;
        Ok(Self { info, settings, endpoints, transport })
    }

    /// The URL of a service; `None` where AWS's own rules decide.
    pub(crate) fn endpoint(&self, service: Service, region: &str) -> Option<String> {
        self.endpoints.url(service, region)
    }

    pub(crate) fn client(&self) -> SharedHttpClient {
        self.transport.client()
    }

    /// The part of every service's configuration that is the same. Built by hand: nothing of it comes from the environment.
    pub(crate) fn sdk_config(&self, region: &str, credentials: SharedCredentialsProvider) -> SdkConfig {
        let settings = &self.settings;
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(settings.connect_timeout)
            .operation_attempt_timeout(settings.attempt_timeout)
            .operation_timeout(settings.call_timeout);
        let retry = RetryConfig::standard().with_max_attempts(settings.max_attempts.max(1)).with_initial_backoff(settings.initial_backoff);
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .app_name(AppName::new("canopy").expect("a name of letters is accepted"))
            .region(Region::new(region.to_owned()))
            .credentials_provider(credentials)
            // The provider holds fixed keys: there is nothing to keep, and nothing that could leak from one session to another.
            .identity_cache(IdentityCache::no_cache())
            .http_client(self.transport.client())
            .timeout_config(timeouts.build())
            .retry_config(retry)
            .build()
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("info", &self.info).field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_makes_the_url_of_each_service() {
        let mut endpoints = Endpoints::pattern("https://{service}.{region}.cloud.example/services/{service}");
        endpoints.by_service.insert(Service::Iam, "https://euare.cloud.example".into());
        assert!(endpoints.check().is_ok());
        assert_eq!(endpoints.url(Service::Ec2, "one").as_deref(), Some("https://ec2.one.cloud.example/services/ec2"));
        assert_eq!(endpoints.url(Service::Iam, "one").as_deref(), Some("https://euare.cloud.example"));
        assert_eq!(Endpoints::aws().url(Service::Ec2, "one"), None);
    }

    #[test]
    fn eucalyptus_is_reached_by_path_or_by_name() {
        let by_path = Endpoints::pattern("https://ufs.example:8773/services/{component}");
        let by_name = Endpoints::pattern("https://{component}.cloud.example:8773");
        for endpoints in [&by_path, &by_name] {
            assert!(endpoints.check().is_ok());
        }
        let urls = |endpoints: &Endpoints| Service::ALL.iter().map(|&service| endpoints.url(service, "r").unwrap()).collect::<Vec<_>>();
        let paths = ["CloudWatch", "compute", "Euare", "Tokens"].map(|name| format!("https://ufs.example:8773/services/{name}"));
        assert_eq!(urls(&by_path), paths);
        assert_eq!(urls(&by_name)[2..], ["https://euare.cloud.example:8773", "https://tokens.cloud.example:8773"]);
    }

    #[test]
    fn what_is_no_endpoint_is_refused() {
        for bad in [
            "",
            "cloud.example",
            "ftp://cloud.example",
            "https://",
            "https://u:p@cloud.example",
            "https://{zone}.example",
            "https://a/?x=1",
        ] {
            assert!(Endpoints::pattern(bad).check().is_err(), "{bad:?} was accepted");
        }
    }
}
