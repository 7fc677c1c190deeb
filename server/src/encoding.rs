//! What a client can read, and what it has already.

use std::io::Write;

use axum::http::{HeaderMap, HeaderName, header};
use flate2::{Compression, write::GzEncoder};

/// Content encodings that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The encodings of an `Accept-Encoding`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    brotli: bool,
    gzip: bool,
}

impl Accepted {
    pub fn takes(self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Brotli => self.brotli,
            Encoding::Gzip => self.gzip,
        }
    }
}

pub fn accepted(request: &HeaderMap) -> Accepted {
    let mut accepted = Accepted::default();
    for item in list(request, header::ACCEPT_ENCODING) {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        // `q=0` says "not this one"; any other weight is fine, for the order of preference is ours.
        let weight = parameters.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
        let wanted = weight.is_none_or(|q| q > 0.0);
        match name.trim().to_ascii_lowercase().as_str() {
            "br" => accepted.brotli = wanted,
            "gzip" | "x-gzip" => accepted.gzip = wanted,
            _ => {}
        }
    }
    accepted
}

/// A small text, compressed.
pub fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

/// Whether the client has what carries this entity tag: `If-None-Match`, compared weakly as it is defined.
pub fn is_unchanged(request: &HeaderMap, etag: &[u8]) -> bool {
    let opaque = |tag: &[u8]| tag.strip_prefix(b"W/").unwrap_or(tag).to_owned();
    list(request, header::IF_NONE_MATCH).any(|item| item == "*" || opaque(item.as_bytes()) == opaque(etag))
}

/// Whether the client wants nothing that was kept.
pub fn wants_reload(request: &HeaderMap) -> bool {
    list(request, header::CACHE_CONTROL).any(|item| item.eq_ignore_ascii_case("no-cache"))
}

/// Whether the client asks for one JSON array rather than a stream of lines.
pub fn wants_array(request: &HeaderMap) -> bool {
    list(request, header::ACCEPT).any(|item| item.split(';').next().is_some_and(|name| name.trim() == "application/json"))
}

fn list(request: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    request.get_all(name).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn encodings_are_read_with_their_weights() {
        for (value, brotli, gzip) in [
            ("gzip, deflate, br, zstd", true, true),
            ("gzip", false, true),
            ("br;q=1.0, gzip;q=0.8", true, true),
            ("br;q=0, gzip", false, true),
            ("GZIP", false, true),
            ("identity", false, false),
            ("", false, false),
        ] {
            assert_eq!(accepted(&headers(header::ACCEPT_ENCODING, value)), Accepted { brotli, gzip }, "{value:?}");
        }
        assert_eq!(accepted(&HeaderMap::new()), Accepted::default());
    }

    #[test]
    fn tags_are_compared_weakly() {
        for (value, unchanged) in [("W/\"a\"", true), ("\"a\"", true), ("\"b\", W/\"a\"", true), ("*", true), ("\"b\"", false)] {
            assert_eq!(is_unchanged(&headers(header::IF_NONE_MATCH, value), b"W/\"a\""), unchanged, "{value}");
        }
    }

    #[test]
    fn an_array_is_sent_only_where_json_is_asked_for() {
        for (value, array) in
            [("application/json", true), ("text/html, application/json;q=0.9", true), ("*/*", false), ("application/x-ndjson", false)]
        {
            assert_eq!(wants_array(&headers(header::ACCEPT, value)), array, "{value}");
        }
    }
}
