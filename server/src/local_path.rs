//! Paths to go to after signing in. They come from the address bar, so they may lead anywhere: only what stays here is taken.

use url::Url;

/// A path of this server, with its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPath(String);

impl Default for LocalPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl LocalPath {
    /// Reads it as a browser would and takes what that comes to.
    pub fn parse(text: &str) -> Option<Self> {
        let here = Url::parse("http://here.invalid").expect("a URL");
        let url = here.join(text).ok()?;
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        // A path may come out as `//host` although it went in as something else, such as `/.//host`.
        let stays = text.starts_with('/') && url.origin() == here.origin() && !path.starts_with("//");
        stays.then_some(Self(path))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sign-in page that leads here.
    pub fn login(&self) -> String {
        if self.0 == "/" {
            return "/login".to_owned();
        }
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("then", &self.0).finish();
        format!("/login?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_here_is_taken() {
        for (text, path) in [
            ("/", "/"),
            ("/instances?region=us-east-1&q=a%26b", "/instances?region=us-east-1&q=a%26b"),
            ("/images/ami-1?tab=tags#x", "/images/ami-1?tab=tags"),
            ("/a/../b", "/b"),
        ] {
            assert_eq!(LocalPath::parse(text).as_ref().map(LocalPath::as_str), Some(path), "{text}");
        }
    }

    #[test]
    fn what_leads_away_is_not() {
        for text in [
            "",
            "instances",
            "https://evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "/.//evil.example",
            "/a/..//evil.example",
            "javascript:alert(1)",
            "http:evil",
        ] {
            assert_eq!(LocalPath::parse(text), None, "{text:?} was taken");
        }
    }

    #[test]
    fn the_sign_in_page_knows_the_way_back() {
        let path = LocalPath::parse("/instances?region=us-east-1").unwrap();
        assert_eq!(path.login(), "/login?then=%2Finstances%3Fregion%3Dus-east-1");
        assert_eq!(LocalPath::default().login(), "/login");
    }
}
