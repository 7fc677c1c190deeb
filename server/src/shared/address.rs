//! Where the store is.

use std::{fmt, str::FromStr};

use url::Url;

/// A store by its address. It may hold a password, which neither `Debug` nor `Display` shows.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// `redis://`, or `rediss://` for TLS: Redis and Valkey.
    Redis(String),
    /// `memcached://`: host and port.
    Memcached(String),
}

impl Address {
    /// Whether it is reached over TLS.
    pub fn is_tls(&self) -> bool {
        matches!(self, Self::Redis(url) if url.to_ascii_lowercase().starts_with("rediss:"))
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // The text itself may hold a password: it is not repeated.
        const EXPECTED: &str = "this is no store: expected redis://host:port, rediss://user:password@host:port/0 or memcached://host:port";
        let url = Url::parse(text).map_err(|_| EXPECTED.to_owned())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(EXPECTED)?;
        match url.scheme() {
            "redis" | "rediss" => Ok(Self::Redis(text.to_owned())),
            "memcached" if matches!(url.path(), "" | "/") && url.query().is_none() && url.username().is_empty() => {
                Ok(Self::Memcached(format!("{host}:{}", url.port().unwrap_or(11211))))
            }
            _ => Err(EXPECTED.to_owned()),
        }
    }
}

/// The address without what only Canopy may know.
pub(super) fn place(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return "redis".to_owned() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redis(url) => f.write_str(&place(url)),
            Self::Memcached(host) => write!(f, "memcached://{host}"),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}
