//! Where a cloud that its user has named may be: nowhere inside.
//!
//! What is looked at is the address that is dialled, each time one is: a name is looked up here and nowhere else, so it cannot lead to one
//! address while it is looked at and to another when it is used. Hosts that are addresses already are never looked up, and so are looked at
//! before each request. <https://owasp.org/www-community/attacks/Server_Side_Request_Forgery>

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        dns::{DnsFuture, ResolveDns, ResolveDnsError},
        http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector},
        orchestrator::HttpRequest,
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use http::Uri;

/// Never, whatever is configured: this machine, its neighbours on the wire, and what tells machines their secrets.
const NEVER: [&str; 7] = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"];
const NEVER_V6: [&str; 13] = [
    // Unspecified, loopback, and IPv4 as it was once written.
    "::/96",
    // NAT64 of networks' own, discarded, Teredo and other tunnels, documentation.
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    // AWS's instance metadata and its neighbours, amid what may be allowed.
    "fd00:ec2::/32",
    "fd20:ce::/32",
];
/// Not unless somebody who runs the server says so: networks' own.
const PRIVATE: [&str; 8] = [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
];
const PRIVATE_V6: [&str; 1] = ["fc00::/7"];
/// A cloud's own: Alibaba's instance metadata lies in what carriers share.
const NEVER_AMID: [&str; 1] = ["100.100.100.200/32"];

/// Says which addresses may be dialled. Cheap to clone.
#[derive(Clone)]
pub struct Guard(Arc<dyn Fn(IpAddr) -> bool + Send + Sync>);

impl Guard {
    /// Of what is not the internet's, only what is `allowed`, and of that nothing that must never be dialled.
    pub fn new(allowed: impl Fn(IpAddr) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(allowed))
    }

    /// Whether this may be dialled.
    pub fn lets(&self, address: IpAddr) -> bool {
        match innermost(address) {
            IpAddr::V4(address) => {
                let is_in = |networks: &[&str]| networks.iter().any(|network| contains_v4(network, address));
                !is_in(&NEVER) && !is_in(&NEVER_AMID) && (!is_in(&PRIVATE) || (self.0)(address.into()))
            }
            IpAddr::V6(address) => {
                let is_in = |networks: &[&str]| networks.iter().any(|network| contains_v6(network, address));
                !is_in(&NEVER_V6) && (!is_in(&PRIVATE_V6) || (self.0)(address.into()))
            }
        }
    }

    /// Whether this host may be dialled, where it is an address; of a name nothing can be said before it is looked up.
    pub fn lets_host(&self, host: &str) -> bool {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        bare.parse().map_or(true, |address| self.lets(address))
    }

    /// All addresses, or none: whoever names an inner one beside an outer one means harm.
    fn checked(&self, found: Vec<IpAddr>) -> Result<Vec<IpAddr>, ResolveDnsError> {
        match found.iter().find(|address| !self.lets(**address)) {
            Some(_) => Err(ResolveDnsError::new(Refused)),
            None => Ok(found),
        }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

/// IPv4 as it is written in IPv6: mapped, and by the well-known prefix of NAT64 (RFC 6052).
fn innermost(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if address.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0] => {
            let [.., a, b, c, d] = address.octets();
            Ipv4Addr::new(a, b, c, d).into()
        }
        address => address,
    }
}

fn contains_v4(network: &str, address: Ipv4Addr) -> bool {
    let (own, bits) = network.split_once('/').expect("networks are written with their bits");
    let (own, bits): (Ipv4Addr, u32) = (own.parse().expect("an address"), bits.parse().expect("a number"));
    (u32::from(own) ^ u32::from(address)).leading_zeros() >= bits
}

fn contains_v6(network: &str, address: Ipv6Addr) -> bool {
    let (own, bits) = network.split_once('/').expect("networks are written with their bits");
    let (own, bits): (Ipv6Addr, u32) = (own.parse().expect("an address"), bits.parse().expect("a number"));
    (u128::from(own) ^ u128::from(address)).leading_zeros() >= bits
}

#[derive(Debug, thiserror::Error)]
#[error("this address is not one that a cloud may be at")]
struct Refused;

/// Looks names up, and hands on only what may be dialled.
#[derive(Clone, Debug)]
pub(super) struct Guarded<R> {
    pub(super) guard: Guard,
    pub(super) resolver: R,
}

impl<R: ResolveDns> ResolveDns for Guarded<R> {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(async move { self.guard.checked(self.resolver.resolve_dns(name).await?) })
    }
}

/// As this machine looks names up.
#[derive(Clone, Copy, Debug)]
pub(super) struct System;

impl ResolveDns for System {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(async move {
            let found = tokio::net::lookup_host((name, 0)).await.map_err(ResolveDnsError::new)?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Refuses hosts that are addresses and may not be dialled: nobody looks them up.
#[derive(Debug)]
pub(super) struct ByAddress<T> {
    pub(super) guard: Guard,
    pub(super) inner: T,
}

impl HttpClient for ByAddress<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(ByAddress { guard: self.guard.clone(), inner })
    }
}

impl HttpConnector for ByAddress<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let host = request.uri().parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
        if host.is_some_and(|host| self.guard.lets_host(&host)) {
            return self.inner.call(request);
        }
        HttpConnectorFuture::ready(Err(ConnectorError::io(BoxError::from(Refused))))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn guard(allowed: &'static [&'static str]) -> Guard {
        Guard::new(move |address| match address {
            IpAddr::V4(address) => allowed.iter().filter(|network| !network.contains(':')).any(|network| contains_v4(network, address)),
            IpAddr::V6(address) => allowed.iter().filter(|network| network.contains(':')).any(|network| contains_v6(network, address)),
        })
    }

    #[test]
    fn nowhere_inside_is_dialled() {
        let (closed, open) = (guard(&[]), guard(&["0.0.0.0/0", "::/0"]));
        for never in [
            "0.0.0.0",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "192.0.0.192",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "100.100.100.200",
            "168.63.129.16",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::a9fe:a9fe",
            "2002:7f00:1::",
            "2001:0:a9fe:a9fe::",
            "2001:db8::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
        ] {
            let address = never.parse().unwrap();
            assert!(!closed.lets(address) && !open.lets(address), "{never}");
        }
        let some = guard(&["10.1.0.0/16", "192.168.4.0/24", "fd12::/16"]);
        for (address, is_allowed) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("64:ff9b::10.1.2.3", true),
            ("10.2.2.3", false),
            ("192.168.4.9", true),
            ("192.168.5.9", false),
            ("172.16.0.1", false),
            ("100.64.0.1", false),
            ("198.18.0.1", false),
            ("fd12::1", true),
            ("fd13::1", false),
        ] {
            let found: IpAddr = address.parse().unwrap();
            assert_eq!(some.lets(found), is_allowed, "{address}");
            assert!(!closed.lets(found), "{address}");
        }
        for outside in ["8.8.8.8", "52.95.0.1", "172.32.0.1", "11.0.0.1", "100.128.0.1", "2600:1f18::1", "64:ff9b::8.8.8.8"] {
            assert!(closed.lets(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn hosts_that_are_addresses_are_looked_at_themselves() {
        let guard = guard(&[]);
        for host in ["127.0.0.1", "[::1]", "[::ffff:a9fe:a9fe]", "10.1.2.3"] {
            assert!(!guard.lets_host(host), "{host}");
        }
        for host in ["8.8.8.8", "[2600:1f18::1]", "cloud.example"] {
            assert!(guard.lets_host(host), "{host}");
        }
    }

    /// Answers each look with the next of these.
    #[derive(Debug)]
    struct Rebinds(Mutex<Vec<Vec<&'static str>>>);

    impl ResolveDns for Rebinds {
        fn resolve_dns<'a>(&'a self, _: &'a str) -> DnsFuture<'a> {
            let next = self.0.lock().unwrap().remove(0);
            DnsFuture::ready(Ok(next.into_iter().map(|address| address.parse().unwrap()).collect()))
        }
    }

    #[tokio::test]
    async fn every_look_counts_and_every_address_of_it() {
        let answers = vec![vec!["8.8.8.8"], vec!["127.0.0.1"], vec!["8.8.8.8", "169.254.169.254"], vec!["8.8.4.4", "2600:1f18::1"]];
        let looks = Guarded { guard: guard(&[]), resolver: Rebinds(Mutex::new(answers)) };
        let mut dialled = vec![];
        for _ in 0..4 {
            dialled.push(looks.resolve_dns("rebinds.example").await.map_or(0, |found| found.len()));
        }
        assert_eq!(dialled, [1, 0, 0, 2]);
    }
}
