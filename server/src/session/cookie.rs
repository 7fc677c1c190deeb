//! The cookie that holds a session's id.

use api::session::IDENTITY_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::SessionId;

/// How the cookie is called and guarded. With TLS the `__Host-` prefix makes browsers refuse what another host or plain HTTP sets; over
/// plain HTTP, which is for this machine alone, they would refuse the prefix itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookies {
    secure: bool,
}

impl Cookies {
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    pub fn name(self) -> &'static str {
        if self.secure { "__Host-canopy" } else { "canopy" }
    }

    /// The id in a request's cookie, whether or not it is alive.
    pub fn read(self, headers: &HeaderMap) -> Option<SessionId> {
        SessionId::parse(CookieJar::from_headers(headers).get(self.name())?.value())
    }

    /// Makes the browser hold this id until it closes.
    pub fn set(self, id: &SessionId) -> HeaderValue {
        header(&self.cookie(id.expose()))
    }

    /// Makes the browser forget it.
    pub fn clear(self) -> HeaderValue {
        let mut cookie = self.cookie(String::new());
        cookie.make_removal();
        header(&cookie)
    }

    /// Has the next document painted for this identity, as pages do it themselves.
    pub fn shown(self, identity: &str) -> HeaderValue {
        let cookie =
            Cookie::build((IDENTITY_COOKIE, identity.to_owned())).path("/").secure(self.secure).same_site(SameSite::Strict).build();
        HeaderValue::try_from(cookie.to_string()).expect("identities are hexadecimal")
    }

    fn cookie(self, value: String) -> Cookie<'static> {
        Cookie::build((self.name(), value)).path("/").http_only(true).secure(self.secure).same_site(SameSite::Strict).build()
    }
}

fn header(cookie: &Cookie<'static>) -> HeaderValue {
    let mut value = HeaderValue::try_from(cookie.to_string()).expect("name and base64 are visible ASCII");
    value.set_sensitive(true);
    value
}
