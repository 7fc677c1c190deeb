//! Clouds that nobody configured: named by whoever signs in, where that is switched on.
//!
//! Such a cloud is its own key, `custom:REGION@ENDPOINT`, so that every replica can tell from a session where it leads, and so that no two of
//! them share a list. Each is held to the settings again whenever it is made of its key. One endpoint answers for all services, and no other
//! is ever dialled, whatever the cloud says of its regions.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use api::session::{CUSTOM, CloudInfo, CloudKind};
use cloud::{
    Endpoints, Settings, Target,
    transport::{Guard, Transport, guarded},
};
use url::{Host, Url};

use crate::config::{CustomSettings, Origin};

/// Clouds that are named again and again are made once; more than so many are not kept.
const MOST: usize = 200;
const MAX_LENGTH: usize = 300;
/// What most that are no AWS call theirs, and what signatures say where nothing else is typed.
const USUAL_REGION: &str = "us-east-1";

/// What is wrong with an endpoint that somebody has typed, by its field.
pub type Wrong = (&'static str, &'static str);

/// Makes targets of what was typed.
pub struct Custom {
    ports: Vec<u16>,
    guard: Guard,
    transport: Transport,
    settings: Settings,
    /// Canopy's own: there is nothing to sign in to.
    own: Option<Origin>,
    made: Mutex<HashMap<String, Arc<Target>>>,
}

impl Custom {
    pub fn new(custom: &CustomSettings, settings: &Settings, own: Option<Origin>) -> Self {
        let networks = custom.networks.clone();
        let guard = Guard::new(move |address| networks.contain(address));
        Self::by(custom, guard.clone(), guarded(guard), settings, own)
    }

    /// The same over another transport: the guard of this one is the transport's own matter.
    pub fn by(custom: &CustomSettings, guard: Guard, transport: Transport, settings: &Settings, own: Option<Origin>) -> Self {
        Self { ports: custom.ports.clone(), guard, transport, settings: settings.clone(), own, made: Mutex::default() }
    }

    /// What the sign-in page offers: a cloud without an address yet.
    pub fn info() -> CloudInfo {
        let regions = vec![USUAL_REGION.to_owned()];
        CloudInfo { key: CUSTOM.to_owned(), label: "Another cloud".to_owned(), kind: CloudKind::Generic, regions }
    }

    /// The cloud at this endpoint.
    pub fn named(&self, endpoint: &str, region: &str) -> Result<Arc<Target>, Wrong> {
        let region = if region.trim().is_empty() { USUAL_REGION } else { region.trim() };
        if !is_region(region) {
            return Err(("endpoint_region", "A region has lower-case letters, digits and hyphens."));
        }
        let endpoint = self.checked(endpoint.trim()).map_err(|message| ("endpoint", message))?;
        let key = format!("{CUSTOM}:{region}@{endpoint}");
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(target) = made.get(&key) {
            return Ok(Arc::clone(target));
        }
        let label = endpoint.trim_start_matches("https://").split('/').next().unwrap_or_default().to_owned();
        let info = CloudInfo { key: key.clone(), label, kind: CloudKind::Generic, regions: vec![region.to_owned()] };
        let target = Target::new(info, Endpoints::pattern(endpoint), self.transport.clone(), self.settings.clone());
        let target = Arc::new(target.map_err(|_| ("endpoint", NO_ADDRESS))?);
        if made.len() >= MOST {
            made.clear();
        }
        made.insert(key, Arc::clone(&target));
        Ok(target)
    }

    /// The cloud of a session that began somewhere, perhaps at another replica.
    pub fn target(&self, key: &str) -> Option<Arc<Target>> {
        let (region, endpoint) = key.strip_prefix(CUSTOM)?.strip_prefix(':')?.split_once('@')?;
        self.named(endpoint, region).ok()
    }

    /// The endpoint in the one spelling that is dialled. Names are looked at again, by their addresses, whenever one is dialled.
    fn checked(&self, endpoint: &str) -> Result<String, &'static str> {
        if endpoint.is_empty() {
            return Err("Enter the address of the cloud, such as https://cloud.example.org:8773/services/{component}.");
        }
        let url = Url::parse(endpoint).map_err(|_| NO_ADDRESS)?;
        if url.scheme() != "https" {
            return Err("The address begins with https://: over anything else your keys could be read on the way.");
        }
        if endpoint.len() > MAX_LENGTH || !url.username().is_empty() || url.password().is_some() || endpoint.contains('@') {
            return Err(NO_ADDRESS);
        }
        if url.query().is_some() || url.fragment().is_some() || endpoint.contains(['?', '#', '\\']) {
            return Err("The address ends with its path.");
        }
        if !self.ports.contains(&url.port_or_known_default().unwrap_or_default()) {
            return Err("Clouds at this port cannot be signed in to here. Ask whoever runs Canopy to allow it.");
        }
        let Some(host) = url.host() else { return Err(NO_ADDRESS) };
        let is_name = match &host {
            Host::Domain(name) => is_host_name(name),
            Host::Ipv4(_) | Host::Ipv6(_) => self.guard.lets_host(&host.to_string()),
        };
        let is_own = self.own.as_ref().is_some_and(|own| Url::parse(own.as_str()).is_ok_and(|own| own.host() == url.host()));
        if !is_name || is_own {
            return Err("Clouds at this address cannot be signed in to here. Ask whoever runs Canopy to add it to the configuration.");
        }
        // As it was written: placeholders stand in it.
        let path = endpoint.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("");
        if !path.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~{}".contains(c)) || path.contains("..") {
            return Err("There are characters in the path that do not belong into an address.");
        }
        // The usual port is not written, nor is it in `Host`, which signatures cover.
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Ok(format!("https://{host}{port}{}", path.trim_end_matches('/')))
    }
}

const NO_ADDRESS: &str = "This is no address: it has https://, a host, perhaps a port and a path, and nothing else.";

/// A name of the world's, with a dot in it and none at its end: what has none is somebody's own machine.
fn is_host_name(name: &str) -> bool {
    const OWN: [&str; 5] = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
    let name = name.to_ascii_lowercase();
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    is_plain && name.contains('.') && !name.ends_with('.') && !OWN.iter().any(|own| name.ends_with(own))
}

/// As the cloud crate takes them.
fn is_region(text: &str) -> bool {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=63).contains(&text.len()) && text.chars().all(part) && !text.starts_with('-') && !text.ends_with('-')
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom").field("ports", &self.ports).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(networks: &[&str]) -> Custom {
        let networks = networks.iter().map(|network| network.parse().unwrap()).collect();
        let own = Some("https://console.example.org".parse().unwrap());
        Custom::new(&CustomSettings { ports: vec![443, 8773], networks }, &Settings::default(), own)
    }

    #[test]
    fn only_addresses_of_clouds_outside_are_taken() {
        let custom = custom(&[]);
        for (endpoint, dialled) in [
            ("https://cloud.example.com", "https://cloud.example.com"),
            (" https://Cloud.Example.com:8773/services/{component}/ ", "https://cloud.example.com:8773/services/{component}"),
            ("https://8.8.8.8:8773", "https://8.8.8.8:8773"),
            ("https://[2600:1f18::1]/", "https://[2600:1f18::1]"),
            ("https://xn--e1afmkfd.example/", "https://xn--e1afmkfd.example"),
        ] {
            let target = custom.named(endpoint, "").unwrap_or_else(|wrong| panic!("{endpoint}: {wrong:?}"));
            assert_eq!(target.info.key, format!("custom:us-east-1@{dialled}"));
            assert_eq!(custom.target(&target.info.key).map(|again| again.info.clone()), Some(target.info.clone()), "{endpoint}");
        }
        for refused in [
            "",
            "cloud.example.com",
            "http://cloud.example.com",
            "ftp://cloud.example.com",
            "javascript:alert(1)",
            "https://",
            "https://127.0.0.1",
            "https://localhost",
            "https://cloud",
            "https://a.localhost",
            "https://[::1]",
            "https://0.0.0.0",
            "https://2130706433",
            "https://0x7f.1",
            "https://0177.0.0.1",
            "https://127.1",
            "https://169.254.169.254",
            "https://[::ffff:a9fe:a9fe]",
            "https://[64:ff9b::a9fe:a9fe]",
            "https://[fd00:ec2::254]",
            "https://100.64.0.1",
            "https://10.1.2.3",
            "https://metadata.google.internal",
            "https://user:pw@cloud.example.com",
            "https://cloud.example.com@evil.example",
            "https://evil.example/#cloud.example.com",
            "https://evil.example/?a=b",
            "https://evil.example\\@cloud.example.com",
            "https://cloud.example.com:22",
            "https://cloud.example.com:25",
            "https://cloud.example.com:6379",
            "https://cloud.example.com:11211",
            "https://cloud.example.com.",
            "https://{service}.example.com",
            "https://cloud.example.com/{secret}",
            "https://cloud.example.com/a/../b",
            "https://cloud.example.com/a b",
            "https://console.example.org",
            "https://CONSOLE.example.org:8773/x",
        ] {
            assert_eq!(custom.named(refused, "").err().map(|(field, _)| field), Some("endpoint"), "{refused}");
        }
        for region in ["US", "a.b", "-a", "a/b", "a@b"] {
            assert_eq!(
                custom.named("https://cloud.example.com", region).err().map(|(field, _)| field),
                Some("endpoint_region"),
                "{region}"
            );
        }
    }

    #[test]
    fn networks_of_ones_own_are_opened_by_who_runs_the_server() {
        assert!(custom(&["10.1.0.0/16"]).named("https://10.1.2.3", "").is_ok());
        assert!(custom(&["10.1.0.0/16"]).named("https://10.2.2.3", "").is_err());
        assert!(custom(&["0.0.0.0/0", "::/0"]).named("https://127.0.0.1", "").is_err());
    }

    #[test]
    fn two_endpoints_or_regions_are_two_clouds_and_a_key_of_another_make_is_none() {
        let custom = custom(&[]);
        let key = |endpoint, region| custom.named(endpoint, region).unwrap().info.key.clone();
        assert_ne!(key("https://a.example.com", "one"), key("https://a.example.com", "two"));
        assert_ne!(key("https://a.example.com", "one"), key("https://b.example.com", "one"));
        for bad in ["custom", "custom:", "custom:one@http://a.example.com", "custom:one@https://127.0.0.1:443", "aws"] {
            assert!(custom.target(bad).is_none(), "{bad}");
        }
    }
}
