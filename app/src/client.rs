//! The only user of HTTP in the browser. Everything that goes wrong becomes an [`ApiError`]; an ended session is renewed and the request
//! sent again, without its caller noticing.

mod lines;

use std::cell::Cell;

use api::{
    Timestamp,
    error::{ApiError, ErrorCode},
    kind::Kind,
    list::Chunk,
    outcome::{Act, Created, Outcome},
    resource::Resource,
    session::IDENTITY_HEADER,
    tag::TagChange,
};
pub use gloo_net::http::Method;
use gloo_net::http::{RequestBuilder, Response};
use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use crate::{
    client::lines::Lines,
    format, identity,
    locale::{t, tf},
    paths::{encode, with_query},
    session,
    spec::{AnySpec, Item},
};

/// Stops a request that nobody waits for any more. Clones stop the same request. For the browser's main thread only.
#[derive(Clone)]
pub struct Abort(SendWrapper<AbortController>);

impl Abort {
    pub fn new() -> Self {
        Self(SendWrapper::new(AbortController::new().expect("browsers with WebAssembly have AbortController")))
    }

    pub fn abort(&self) {
        self.0.abort();
    }

    pub fn is_aborted(&self) -> bool {
        self.0.signal().aborted()
    }
}

impl Default for Abort {
    fn default() -> Self {
        Self::new()
    }
}

/// `/api/instances/i-1?region=us-east-1&…`; `rest` is a path below the kind, already encoded, or empty.
pub fn kind_path(kind: Kind, rest: &str, region: &str, args: &[(&str, &str)]) -> String {
    let mut path = format!("/api/{}", kind.slug());
    if !rest.is_empty() {
        path.push('/');
        path.push_str(rest);
    }
    with_query(&with_query(&path, &[("region", region)]), args)
}

/// Reads what is at this path.
pub async fn get<O: DeserializeOwned>(path: &str) -> Result<O, ApiError> {
    json(exchange(|| request(path).header("accept", "application/json").build()).await?).await
}

/// The same, past whatever is kept on the way.
pub async fn get_anew<O: DeserializeOwned>(path: &str) -> Result<O, ApiError> {
    let request = || request(path).header("accept", "application/json").header("cache-control", "no-cache").build();
    json(exchange(request).await?).await
}

/// Reads a file of the console's own.
pub async fn bytes(path: &str) -> Result<Vec<u8>, ApiError> {
    exchange(|| RequestBuilder::new(path).build()).await?.binary().await.map_err(|_| cut_off())
}

/// Sends a body and reads the answer, `()` where there is none.
pub async fn send<I: Serialize, O: DeserializeOwned>(method: Method, path: &str, body: &I) -> Result<O, ApiError> {
    json(exchange(|| change(&method, path).json(body)).await?).await
}

/// The same, where a session that is over is an answer like any other: for what is sent to begin one.
pub async fn send_once<I: Serialize, O: DeserializeOwned>(method: Method, path: &str, body: &I) -> Result<O, ApiError> {
    json(attempt(&|| change(&method, path).json(body)).await?).await
}

/// As [`get`], where a session that is over is an answer like any other.
pub async fn get_once<O: DeserializeOwned>(path: &str) -> Result<O, ApiError> {
    json(attempt(&|| request(path).header("accept", "application/json").build()).await?).await
}

/// A request that says whom it is for.
fn request(path: &str) -> RequestBuilder {
    let request = RequestBuilder::new(path);
    match identity::own() {
        Some(identity) => request.header(IDENTITY_HEADER, &identity),
        None => request,
    }
}

/// The header is what a form of another site cannot send.
fn change(method: &Method, path: &str) -> RequestBuilder {
    request(path).method(method.clone()).header("accept", "application/json").header("x-canopy", "1")
}

/// Sends a question that is too long for an address. With `reload`, past whatever is kept on the way.
pub async fn ask<I: Serialize, O: DeserializeOwned>(path: &str, question: &I, reload: bool) -> Result<O, ApiError> {
    let request = || {
        let request = change(&Method::POST, path);
        if reload { request.header("cache-control", "no-cache") } else { request }.json(question)
    };
    json(exchange(request).await?).await
}

/// Whether Canopy answers, asked past the session and the service worker.
pub async fn is_reached() -> bool {
    RequestBuilder::new("/healthz").cache(web_sys::RequestCache::NoStore).send().await.is_ok_and(|answer| answer.ok())
}

/// Streams a list's lines as they arrive. With `reload`, caches on the way are told to ask the cloud. Ends early and quietly when aborted.
pub async fn lines(path: &str, reload: bool, abort: &Abort, mut on_line: impl FnMut(&str)) -> Result<(), ApiError> {
    let signal: AbortSignal = abort.0.signal();
    let request = || {
        let request = request(path).header("accept", "application/x-ndjson").abort_signal(Some(&signal));
        if reload { request.header("cache-control", "no-cache") } else { request }.build()
    };
    let streamed = async {
        let Some(body) = exchange(request).await?.body() else { return Ok(()) };
        let reader: web_sys::ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let mut lines = Lines::default();
        loop {
            let read = JsFuture::from(reader.read()).await.map_err(|_| cut_off())?;
            match js_sys::Reflect::get(&read, &"value".into()).map(JsCast::dyn_into::<js_sys::Uint8Array>) {
                Ok(Ok(bytes)) => lines.feed(&bytes.to_vec(), &mut on_line),
                // No value: the stream is done.
                _ => break,
            }
        }
        lines.finish(&mut on_line);
        Ok(())
    };
    let result = streamed.await;
    if abort.is_aborted() { Ok(()) } else { result }
}

/// A whole list at once, for pickers.
pub async fn list<T: Resource>(region: &str, args: &[(&str, &str)]) -> Result<Vec<T>, ApiError> {
    whole(&kind_path(T::KIND, "", region, args), |line| serde_json::from_str(line)).await
}

/// As [`list`], for a kind that only its description knows.
pub async fn items(spec: &'static dyn AnySpec, region: &str, args: &[(&str, String)]) -> Result<Vec<Item>, ApiError> {
    let args: Vec<_> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
    whole(&kind_path(spec.kind(), "", region, &args), |line| spec.parse(line)).await
}

/// All rows of the list at this path, or why they are not all.
async fn whole<R>(path: &str, parse: impl Fn(&str) -> Result<Chunk<R>, serde_json::Error>) -> Result<Vec<R>, ApiError> {
    let mut rows = Vec::new();
    let mut end = Err(cut_off());
    lines(path, false, &Abort::new(), |line| match parse(line) {
        Ok(Chunk::Rows(page)) => rows.extend(page),
        Ok(Chunk::End(_)) => end = Ok(()),
        Ok(Chunk::Error(error)) => end = Err(error),
        Err(error) => end = Err(unreadable(&error)),
    })
    .await?;
    end.map(|()| rows)
}

pub async fn fetch<T: Resource>(region: &str, id: &str) -> Result<T, ApiError> {
    get(&kind_path(T::KIND, &encode(id), region, &[])).await
}

pub async fn create<T: Resource>(region: &str, draft: &T::Draft) -> Result<Created, ApiError> {
    send(Method::POST, &kind_path(T::KIND, "", region, &[]), draft).await
}

/// Acts on at most [`Act::MAX_IDS`] resources; [`crate::action`] sends more in portions.
pub async fn act<T: Resource>(region: &str, action: &T::Action, ids: &[String]) -> Result<Vec<Outcome>, ApiError> {
    let act = Act { action: action.clone(), ids: ids.to_vec() };
    send(Method::POST, &kind_path(T::KIND, "actions", region, &[]), &act).await
}

/// Changes the tags of at most [`Act::MAX_IDS`] resources.
pub async fn retag(kind: Kind, region: &str, change: &TagChange, ids: &[String]) -> Result<Vec<Outcome>, ApiError> {
    let act = Act { action: change.clone(), ids: ids.to_vec() };
    send(Method::POST, &kind_path(kind, "tags", region, &[]), &act).await
}

thread_local! {
    static ANSWERED_AT: Cell<Option<Timestamp>> = const { Cell::new(None) };
}

/// When the proxy has last answered: nothing on the screen is newer.
pub fn answered_at() -> Option<Timestamp> {
    ANSWERED_AT.get()
}

/// Sends the request until it meets a session that lives.
async fn exchange(request: impl Fn() -> Result<gloo_net::http::Request, gloo_net::Error>) -> Result<Response, ApiError> {
    loop {
        match attempt(&request).await {
            Err(error) if error.code == ErrorCode::SessionExpired => session::renewed().await,
            answered => return answered,
        }
    }
}

async fn attempt(request: &impl Fn() -> Result<gloo_net::http::Request, gloo_net::Error>) -> Result<Response, ApiError> {
    let request = request().map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))?;
    let response = request.send().await.map_err(|_| unreachable())?;
    ANSWERED_AT.set(Some(format::now()));
    if response.ok() { Ok(response) } else { Err(refusal(response).await) }
}

/// What the proxy says; where something in front of it answered instead, its status.
async fn refusal(response: Response) -> ApiError {
    let status = response.status();
    response.json().await.unwrap_or_else(|_| match status {
        502..=504 => unreachable(),
        _ => ApiError::new(ErrorCode::Internal, tf("Canopy answered with status {status}.", &[("status", status.to_string())])),
    })
}

async fn json<O: DeserializeOwned>(response: Response) -> Result<O, ApiError> {
    let text = response.text().await.map_err(|_| cut_off())?;
    serde_json::from_str(if text.is_empty() { "null" } else { &text }).map_err(|error| unreadable(&error))
}

fn unreachable() -> ApiError {
    ApiError::new(ErrorCode::Unreachable, t("Canopy cannot be reached. Check the connection, then try again."))
}

fn cut_off() -> ApiError {
    ApiError::new(ErrorCode::Unreachable, t("The connection broke before the answer was complete. Try again."))
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    let detail = error.to_string();
    ApiError::new(
        ErrorCode::Internal,
        tf("Canopy’s answer could not be read ({detail}). Reload the page to get its latest version.", &[("detail", detail)]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_api_are_encoded() {
        assert_eq!(
            kind_path(Kind::KeyPair, &encode("my key"), "us-east-1", &[("owner", "a b")]),
            "/api/keypairs/my%20key?region=us-east-1&owner=a%20b"
        );
        assert_eq!(kind_path(Kind::Image, "summary", "r", &[]), "/api/images/summary?region=r");
    }
}
