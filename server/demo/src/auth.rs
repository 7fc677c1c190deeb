//! Signature Version 4: reads what a request claims to be signed with, and computes what it should be signed as.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
//!
//! Only the `Authorization` header is read: the services here are called by POST, never by presigned URL.

use std::fmt::Write as _;

use hmac::{Hmac, Mac as _};
use http::{HeaderMap, Method, Uri};
use sha2::{Digest as _, Sha256};
use time::{PrimitiveDateTime, format_description::BorrowedFormatItem, macros::format_description};

use crate::clock::{MINUTE, Millis, SECOND};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");
/// How far the date of a signature may be from now.
const SKEW: Millis = 15 * MINUTE;

/// What the `Authorization` header says.
#[derive(Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    pub access_key_id: &'a str,
    /// `YYYYMMDD`
    date: &'a str,
    pub region: &'a str,
    pub service: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

/// Why a claim cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unreadable {
    Missing,
    Malformed,
}

impl<'a> Claim<'a> {
    pub fn read(headers: &'a HeaderMap) -> Result<Self, Unreadable> {
        let header = headers.get(http::header::AUTHORIZATION).ok_or(Unreadable::Missing)?;
        let header = header.to_str().map_err(|_| Unreadable::Malformed)?;
        let fields = header.strip_prefix(ALGORITHM).ok_or(Unreadable::Malformed)?;
        let field = |name: &str| {
            fields
                .split(',')
                .find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='))
                .filter(|value| !value.is_empty())
                .ok_or(Unreadable::Malformed)
        };
        let scope: Vec<_> = field("Credential")?.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = scope[..] else {
            return Err(Unreadable::Malformed);
        };
        let signed_headers: Vec<_> = field("SignedHeaders")?.split(';').collect();
        // A signature that does not cover the host could be sent to any.
        if !signed_headers.contains(&"host") {
            return Err(Unreadable::Malformed);
        }
        Ok(Self { access_key_id, date, region, service, signed_headers, signature: field("Signature")? })
    }
}

/// How a claim fails.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The request was changed, or signed with another secret.
    Mismatch,
    /// The date is missing or does not fit the scope.
    Date,
    /// Signed too long ago, or in the future.
    Skewed,
}

/// A request as far as its signature covers it.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub method: &'a Method,
    pub uri: &'a Uri,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

impl Request<'_> {
    /// Whether the request is signed with this secret, at about `now`.
    pub fn verify(&self, claim: &Claim<'_>, secret: &str, now: Millis) -> Result<(), Failure> {
        let date = self.headers.get("x-amz-date").and_then(|date| date.to_str().ok()).ok_or(Failure::Date)?;
        let at = PrimitiveDateTime::parse(date, DATE).map_err(|_| Failure::Date)?.assume_utc().unix_timestamp() * SECOND;
        if !date.starts_with(claim.date) {
            return Err(Failure::Date);
        }
        let signature = unhex(claim.signature).ok_or(Failure::Mismatch)?;
        // Compares in constant time.
        self.signature(claim, date, secret).ok_or(Failure::Mismatch)?.verify_slice(&signature).map_err(|_| Failure::Mismatch)?;
        if (now - at).abs() > SKEW { Err(Failure::Skewed) } else { Ok(()) }
    }

    /// What the signature should be; `None` where it cannot be computed.
    fn signature(&self, claim: &Claim<'_>, date: &str, secret: &str) -> Option<Hmac<Sha256>> {
        let scope = format!("{}/{}/{}/aws4_request", claim.date, claim.region, claim.service);
        let canonical = hex(&Sha256::digest(self.canonical(claim)?));
        let to_sign = format!("{ALGORITHM}\n{date}\n{scope}\n{canonical}");
        let key = [claim.date, claim.region, claim.service, "aws4_request"]
            .iter()
            .fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part.as_bytes()).finalize().into_bytes().to_vec());
        Some(mac(&key, to_sign.as_bytes()))
    }

    /// The canonical request; `None` where a signed header is missing or the body is not what its header says.
    fn canonical(&self, claim: &Claim<'_>) -> Option<String> {
        let mut query: Vec<_> = self
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .collect();
        query.sort_unstable();
        let query: Vec<_> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut text = format!("{}\n{}\n{}\n", self.method, self.uri.path(), query.join("&"));
        for name in &claim.signed_headers {
            let values: Option<Vec<_>> = self.headers.get_all(*name).iter().map(|value| value.to_str().ok().map(squeeze)).collect();
            let values = values.filter(|values| !values.is_empty()).or_else(|| {
                // HTTP/2 and in-process requests carry the host in the address only.
                (*name == "host").then(|| self.uri.authority().map(|host| vec![host.to_string()])).flatten()
            })?;
            let _ = writeln!(text, "{name}:{}", values.join(","));
        }
        let computed = hex(&Sha256::digest(self.body));
        let body = match self.headers.get("x-amz-content-sha256").map(|value| value.to_str()) {
            None => computed,
            Some(Ok("UNSIGNED-PAYLOAD")) => "UNSIGNED-PAYLOAD".to_owned(),
            Some(Ok(said)) if said == computed => computed,
            Some(_) => return None,
        };
        let _ = write!(text, "\n{}\n{body}", claim.signed_headers.join(";"));
        Some(text)
    }
}

/// Outer spaces go, inner runs become one.
fn squeeze(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn mac(key: &[u8], data: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length").chain_update(data)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

/// Signs as a client does, for tests: the `Authorization` header of a request whose headers are there already.
#[cfg(test)]
pub fn sign(request: &Request<'_>, access_key_id: &str, secret: &str, service: &str, region: &str) -> String {
    let date = request.headers["x-amz-date"].to_str().unwrap();
    let claim = Claim { access_key_id, date: &date[..8], region, service, signed_headers: vec!["host", "x-amz-date"], signature: "" };
    let signature = hex(&request.signature(&claim, date, secret).unwrap().finalize().into_bytes());
    format!(
        "{ALGORITHM} Credential={access_key_id}/{}/{region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}",
        claim.date
    )
}

/// A moment as signatures carry it.
#[cfg(test)]
pub fn amz_date(at: Millis) -> String {
    time::OffsetDateTime::from_unix_timestamp(at / SECOND).unwrap().format(DATE).unwrap()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    /// 2015-08-30T12:36:00Z, the date of AWS's test suite.
    const NOW: Millis = 1_440_938_160_000;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect()
    }

    fn authorization(signed: &str, signature: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signed}, Signature={signature}"
        )
    }

    /// `post-x-www-form-urlencoded` of the `aws-sig-v4-test-suite` that AWS publishes.
    fn published(secret: &str, body: &str, now: Millis) -> Result<(), Failure> {
        let authorization =
            authorization("content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
        let headers = headers(&[
            ("content-type", "application/x-www-form-urlencoded"),
            ("host", "example.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
            ("authorization", &authorization),
        ]);
        let uri = Uri::from_static("/");
        let request = Request { method: &Method::POST, uri: &uri, headers: &headers, body: body.as_bytes() };
        let claim = Claim::read(&headers).unwrap();
        assert_eq!((claim.access_key_id, claim.region, claim.service), ("AKIDEXAMPLE", "us-east-1", "service"));
        request.verify(&claim, secret, now)
    }

    #[test]
    fn awss_published_form_post_verifies() {
        assert_eq!(published(SECRET, "Param1=value1", NOW), Ok(()));
        assert_eq!(published(SECRET, "Param1=value1", NOW + 14 * MINUTE), Ok(()));
    }

    #[test]
    fn another_secret_body_or_time_does_not() {
        assert_eq!(published("another", "Param1=value1", NOW), Err(Failure::Mismatch));
        assert_eq!(published(SECRET, "Param1=value2", NOW), Err(Failure::Mismatch));
        assert_eq!(published(SECRET, "Param1=value1", NOW + 16 * MINUTE), Err(Failure::Skewed));
        assert_eq!(published(SECRET, "Param1=value1", NOW - 16 * MINUTE), Err(Failure::Skewed));
    }

    /// `get-vanilla-query-order-key-case` of the same suite: the query is sorted.
    #[test]
    fn awss_published_query_verifies() {
        let authorization = authorization("host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
        let headers = headers(&[("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z"), ("authorization", &authorization)]);
        let uri = Uri::from_static("/?Param2=value2&Param1=value1");
        let request = Request { method: &Method::GET, uri: &uri, headers: &headers, body: b"" };
        assert_eq!(request.verify(&Claim::read(&headers).unwrap(), SECRET, NOW), Ok(()));
    }

    #[test]
    fn claims_that_cannot_be_read() {
        assert_eq!(Claim::read(&HeaderMap::new()), Err(Unreadable::Missing));
        for bad in [
            "Basic abc".to_owned(),
            "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00".to_owned(),
            authorization("x-amz-date", "00"),
            authorization("host", ""),
        ] {
            assert_eq!(Claim::read(&headers(&[("authorization", &bad)])), Err(Unreadable::Malformed), "{bad}");
        }
    }
}
