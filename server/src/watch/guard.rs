//! Who may press a button on the administrators' page: whoever sees it, and no page of somebody else's in the same browser.

use std::{fmt, net::IpAddr};

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// What the page holds and no other page knows. Another one after each start.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// For the form.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Hashes are compared, so that how long it takes says nothing.
    pub fn is(&self, given: &str) -> bool {
        Sha256::digest(&self.0) == Sha256::digest(given)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([REDACTED])")
    }
}

/// Only by an address or as this machine: a name in somebody else's hands can be made to lead here, and its page would be taken for ours.
pub async fn by_address(request: Request, next: Next) -> Response {
    if is_address(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "Open this page by the server's address, such as http://127.0.0.1:8889, and not by a name.\n").into_response()
}

fn is_address(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    };
    name.is_some_and(|name| name == "localhost" || name.parse::<IpAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_others_are_not_answered() {
        for (host, is_ours) in [
            ("127.0.0.1:8889", true),
            ("localhost:8889", true),
            ("[::1]:8889", true),
            ("10.1.2.3", true),
            ("evil.example:8889", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
            assert_eq!(is_address(&headers), is_ours, "{host:?}");
        }
        assert!(!is_address(&HeaderMap::new()));
    }

    #[test]
    fn a_token_is_itself_alone_and_is_not_shown() {
        let (one, other) = (Token::random(), Token::random());
        assert!(one.is(one.expose()) && !one.is(other.expose()) && !one.is(""));
        assert!(!format!("{one:?}").contains(one.expose()));
    }
}
