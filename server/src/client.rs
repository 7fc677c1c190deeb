//! Who a request comes from, and whether over TLS: what the connection says, and what proxies say of it, if they are ours.

use std::net::{IpAddr, Ipv4Addr};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::Response,
};

use crate::{app::App, config::Networks};

/// The other end of a connection, as an extension of its requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    pub address: IpAddr,
    /// We speak TLS with it.
    pub tls: bool,
}

/// Who sent a request, as an extension of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    pub scheme: Scheme,
}

/// How the browser reached whatever it reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
    /// Somebody in front knows, and does not say.
    Unsaid,
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

impl Client {
    /// Headers are believed where they come from one of ours; of several addresses the last one that is not ours, for what stands before it
    /// was sent by whoever that is.
    pub fn of(peer: Peer, headers: &HeaderMap, ours: &Networks) -> Self {
        let own = Self { address: peer.address, scheme: if peer.tls { Scheme::Https } else { Scheme::Http } };
        if !ours.contain(peer.address) {
            return own;
        }
        let mut address = peer.address;
        for said in words(headers, &FORWARDED_FOR).into_iter().rev() {
            // What is no address was not written by one of ours.
            let Some(said) = parse(said) else { break };
            address = said;
            if !ours.contain(said) {
                break;
            }
        }
        let scheme = match words(headers, &FORWARDED_PROTO).last() {
            _ if peer.tls => Scheme::Https,
            Some(said) if said.eq_ignore_ascii_case("https") => Scheme::Https,
            Some(_) => Scheme::Http,
            None => Scheme::Unsaid,
        };
        Self { address, scheme }
    }

    /// Whether somebody says another address, who is not believed.
    pub fn is_disputed(&self, headers: &HeaderMap) -> bool {
        let said = words(headers, &FORWARDED_FOR);
        !said.is_empty() && said.into_iter().all(|said| parse(said) != Some(self.address))
    }

    /// What a request is when nobody said: of this machine, in tests.
    pub fn here() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), scheme: Scheme::Http }
    }
}

fn words<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<&'a str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// An address, with a port perhaps, as proxies write it.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.parse().ok().or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()));
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare.or_else(bracketed).map(|address: IpAddr| address.to_canonical())
}

/// Puts the [`Client`] into every request.
pub async fn find(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let client = match peer {
        Some(peer) => Client::of(Peer { address: peer.address.to_canonical(), ..peer }, request.headers(), &app.limits.trusted_proxies),
        None => Client::here(),
    };
    request.extensions_mut().insert(client);
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, headers: &[(HeaderName, &str)]) -> (String, Scheme) {
        let ours: Networks = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap()).into_iter().collect();
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect();
        let client = Client::of(Peer { address: peer.parse().unwrap(), tls: false }, &headers, &ours);
        (client.address.to_string(), client.scheme)
    }

    #[test]
    fn headers_of_strangers_are_not_believed() {
        for said in ["1.2.3.4", "127.0.0.1", "10.0.0.1", "nonsense"] {
            let seen = client("203.0.113.7", &[(FORWARDED_FOR, said), (FORWARDED_PROTO, "https")]);
            assert_eq!(seen, ("203.0.113.7".to_owned(), Scheme::Http), "{said}");
        }
    }

    #[test]
    fn of_what_ours_say_the_last_address_that_is_not_ours_counts() {
        for (said, address) in [
            ("198.51.100.9", "198.51.100.9"),
            ("1.2.3.4, 198.51.100.9", "198.51.100.9"),
            ("198.51.100.9, 10.1.1.1", "198.51.100.9"),
            ("198.51.100.9:4711", "198.51.100.9"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711, fd00::1", "2001:db8::1"),
            ("::ffff:198.51.100.9", "198.51.100.9"),
            ("198.51.100.9, <script>, 10.1.1.1", "10.1.1.1"),
            ("unknown", "10.0.0.1"),
            ("", "10.0.0.1"),
        ] {
            assert_eq!(client("10.0.0.1", &[(FORWARDED_FOR, said)]).0, address, "{said}");
        }
        let twice = client("10.0.0.1", &[(FORWARDED_FOR, "1.2.3.4"), (FORWARDED_FOR, "198.51.100.9")]);
        assert_eq!(twice.0, "198.51.100.9", "the first of two headers is the client's own");
    }

    #[test]
    fn the_scheme_is_what_the_nearest_of_ours_says() {
        for (said, scheme) in [("https", Scheme::Https), ("HTTPS", Scheme::Https), ("http", Scheme::Http), ("https, http", Scheme::Http)] {
            assert_eq!(client("10.0.0.1", &[(FORWARDED_PROTO, said)]).1, scheme, "{said}");
        }
        assert_eq!(client("10.0.0.1", &[]).1, Scheme::Unsaid);
    }
}
