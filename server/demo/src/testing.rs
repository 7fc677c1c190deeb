//! A client for tests: signs as an SDK does and reads replies by the names of their elements.

use axum::{Router, body::Body};
use http::{HeaderMap, HeaderValue, Method, Uri};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::{DemoCloud, auth, clock};

#[derive(Clone)]
pub struct Caller {
    pub router: Router,
    pub access_key_id: String,
    pub secret: String,
    pub token: Option<String>,
    pub region: &'static str,
}

impl Caller {
    pub fn new(cloud: &DemoCloud, access_key_id: &str, secret: &str) -> Self {
        let (access_key_id, secret) = (access_key_id.to_owned(), secret.to_owned());
        Self { router: cloud.router(), access_key_id, secret, token: None, region: "us-east-1" }
    }

    /// Calls with the temporary key of a reply of STS.
    pub fn of_session(cloud: &DemoCloud, reply: &str) -> Self {
        let field = |name| text_of(reply, name).unwrap_or_else(|| panic!("no {name} in {reply}"));
        Self { token: Some(field("SessionToken").to_owned()), ..Self::new(cloud, field("AccessKeyId"), field("SecretAccessKey")) }
    }

    /// The status and the body of the answer.
    pub async fn call(&self, service: &str, action: &str, params: &[(&str, &str)]) -> (u16, String) {
        self.send(service, action, params).await.expect("a whole body")
    }

    pub async fn send(&self, service: &str, action: &str, params: &[(&str, &str)]) -> Result<(u16, String), axum::Error> {
        let body = url::form_urlencoded::Serializer::new(String::new()).append_pair("Action", action).extend_pairs(params).finish();
        let (method, uri) = (Method::POST, Uri::from_static("/"));
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("demo.invalid"));
        headers.insert("x-amz-date", auth::amz_date(clock::wall()).parse().unwrap());
        if let Some(token) = &self.token {
            headers.insert("x-amz-security-token", token.parse().unwrap());
        }
        let request = auth::Request { method: &method, uri: &uri, headers: &headers, body: body.as_bytes() };
        let authorization = auth::sign(&request, &self.access_key_id, &self.secret, service, self.region);
        headers.insert("authorization", authorization.parse().unwrap());
        let mut request = http::Request::post("/").body(Body::from(body)).unwrap();
        *request.headers_mut() = headers;
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await?.to_bytes();
        Ok((status, String::from_utf8(bytes.to_vec()).unwrap()))
    }
}

/// The text of the first element with this name.
pub fn text_of<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    texts_of(xml, name).into_iter().next()
}

pub fn texts_of<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).collect()
}

/// How many elements there are with this name.
pub fn number_of(xml: &str, name: &str) -> usize {
    texts_of(xml, name).len()
}
