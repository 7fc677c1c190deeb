//! The clouds that one can sign in to: AWS unless switched off, and those of the file.

use std::{collections::BTreeMap, num::NonZeroU32, ops::Range, path::PathBuf, sync::Arc};

use api::session::{CloudInfo, CloudKind};
use cloud::{
    target::{Endpoints, Service, Settings, Target},
    transport::{self, Trust},
};
use serde::Deserialize;
use toml::Spanned;

use super::{aws, file::Source, options::Options, problem::Problem};

/// One `[[clouds]]` of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CloudOptions {
    key: Spanned<String>,
    #[serde(default)]
    label: String,
    kind: Kind,
    regions: Spanned<Vec<String>>,
    endpoint: Option<Spanned<String>>,
    #[serde(default)]
    endpoints: BTreeMap<ServiceName, Spanned<String>>,
    ca_bundle: Option<Spanned<PathBuf>>,
    page_size: Option<u16>,
    max_attempts: Option<NonZeroU32>,
}

/// The kinds that can be configured; the demo is no matter of configuration.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Aws,
    Eucalyptus,
    Generic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
struct ServiceName(Service);

impl TryFrom<String> for ServiceName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let known = || Service::ALL.iter().map(|service| service.key()).collect::<Vec<_>>().join(", ");
        Service::from_key(&text).map(Self).ok_or_else(|| format!("{text:?} is no service: expected one of {}", known()))
    }
}

/// The demo cloud's key, which no other cloud can have.
pub const DEMO_KEY: &str = "demo";
const AWS_KEY: &str = "aws";

pub(super) fn targets(
    options: &Options,
    settings: &Settings,
    source: Option<&Source<'_>>,
    demo: bool,
) -> Result<Vec<Arc<Target>>, Problem> {
    let mut targets = Vec::new();
    // What has been taken, whether or not AWS and the demo are on: they may be, next time.
    let mut keys = vec![AWS_KEY.to_owned(), DEMO_KEY.to_owned(), format!("{DEMO_KEY}-eucalyptus")];
    if options.aws.enabled.unwrap_or(true) {
        targets.push(Arc::new(amazon(options, settings)?));
    }
    for cloud in &options.clouds {
        let at = |span: Range<usize>, message: String| match source {
            Some(source) => source.problem(&span, message),
            None => Problem::plain(message),
        };
        let key = cloud.get_ref().key.get_ref();
        let span = cloud.get_ref().key.span();
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return Err(at(span, format!("{key:?} is no key: expected lower-case letters, digits and hyphens")));
        }
        if keys.contains(key) {
            return Err(at(span, format!("there is another cloud with the key {key:?}: expected one of its own")));
        }
        keys.push(key.clone());
        targets.push(Arc::new(target(cloud.get_ref(), settings, at)?));
    }
    if targets.is_empty() && !demo {
        return Err(Problem::plain("there is no cloud to sign in to: expected AWS or the demo to be on, or a [[clouds]]".to_owned()));
    }
    Ok(targets)
}

fn amazon(options: &Options, settings: &Settings) -> Result<Target, Problem> {
    let regions = match &options.aws.regions {
        Some(regions) => regions.clone(),
        None => aws::REGIONS.iter().map(ToString::to_string).collect(),
    };
    if let Some(message) = region_problem(&regions) {
        return Err(Problem { key: Some("aws.regions".to_owned()), ..Problem::plain(message) });
    }
    let info = CloudInfo { key: AWS_KEY.to_owned(), label: "AWS".to_owned(), kind: CloudKind::Aws, regions };
    let transport = transport::network(Trust::System).map_err(|err| Problem::plain(err.to_string()))?;
    Target::new(info, Endpoints::aws(), transport, settings.clone()).map_err(|err| Problem::plain(err.to_string()))
}

fn target(cloud: &CloudOptions, settings: &Settings, at: impl Fn(Range<usize>, String) -> Problem) -> Result<Target, Problem> {
    if let Some(message) = region_problem(cloud.regions.get_ref()) {
        return Err(at(cloud.regions.span(), message));
    }
    let kind = match cloud.kind {
        Kind::Aws => CloudKind::Aws,
        Kind::Eucalyptus => CloudKind::Eucalyptus,
        Kind::Generic => CloudKind::Generic,
    };
    let missing = Service::NEEDED.iter().find(|service| !cloud.endpoints.contains_key(&ServiceName(**service)));
    if let (None, Some(service), CloudKind::Eucalyptus | CloudKind::Generic) = (&cloud.endpoint, missing, kind) {
        let message = format!("the endpoint of {} is missing: expected `endpoint`, or one for it in `endpoints`", service.key());
        return Err(at(cloud.key.span(), message));
    }
    let trust = match &cloud.ca_bundle {
        None => Trust::System,
        Some(path) => {
            let pem = std::fs::read(path.get_ref());
            Trust::Bundle(pem.map_err(|err| at(path.span(), format!("{} cannot be read: {err}", path.get_ref().display())))?)
        }
    };
    let bundle_span = cloud.ca_bundle.as_ref().map_or(cloud.key.span(), Spanned::span);
    let transport = transport::network(trust).map_err(|err| at(bundle_span, err.to_string()))?;
    let patterns = cloud.endpoint.iter().chain(cloud.endpoints.values());
    let settings = Settings {
        page_size: match cloud.page_size {
            None => settings.page_size,
            Some(0) => None,
            Some(rows) => Some(rows),
        },
        max_attempts: cloud.max_attempts.map_or(settings.max_attempts, NonZeroU32::get),
        ..settings.clone()
    };
    let label = if cloud.label.is_empty() { cloud.key.get_ref().clone() } else { cloud.label.clone() };
    let info = CloudInfo { key: cloud.key.get_ref().clone(), label, kind, regions: cloud.regions.get_ref().clone() };
    let mut span = cloud.key.span();
    for pattern in patterns {
        span = pattern.span();
        // One at a time, so that the message points at the one that is wrong.
        let alone = Endpoints::pattern(pattern.get_ref());
        let probe = Target::new(info.clone(), alone, transport.clone(), settings.clone());
        probe.map_err(|err| at(pattern.span(), err.to_string()))?;
    }
    let endpoints = Endpoints {
        pattern: cloud.endpoint.as_ref().map(|pattern| pattern.get_ref().clone()),
        by_service: cloud.endpoints.iter().map(|(service, pattern)| (service.0, pattern.get_ref().clone())).collect(),
    };
    Target::new(info, endpoints, transport, settings).map_err(|err| at(span, err.to_string()))
}

fn region_problem(regions: &[String]) -> Option<String> {
    if regions.is_empty() {
        return Some("expected at least one region".to_owned());
    }
    let bad = regions.iter().find(|region| !is_region(region))?;
    Some(format!("{bad:?} is no region: expected lower-case letters, digits and hyphens"))
}

/// As the cloud crate takes them: they go into host names.
fn is_region(text: &str) -> bool {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=63).contains(&text.len()) && text.chars().all(part) && !text.starts_with('-') && !text.ends_with('-')
}
