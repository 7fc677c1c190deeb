//! A number for every request, in its answer, its log line and its error, so that the three can be brought together.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::error::Failure;

pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, as an extension of it.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives a number to the request; one that came with it is not believed.
pub async fn set(mut request: Request, next: Next) -> Response {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    let id = bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    request.extensions_mut().insert(RequestId(id.clone()));
    let response = next.run(request).await;
    let mut response = named(response, &id);
    response.headers_mut().insert(HEADER, HeaderValue::try_from(id).expect("hexadecimal digits are visible ASCII"));
    response
}

/// Puts the number into an error that has none from the cloud.
fn named(mut response: Response, id: &str) -> Response {
    let Some(Failure(mut error, _)) = response.extensions_mut().remove::<Failure>() else { return response };
    if !error.request_id.is_empty() {
        return response;
    }
    id.clone_into(&mut error.request_id);
    let status: StatusCode = response.status();
    // What else was to be said stands in the headers, which it keeps.
    let mut renewed = Failure::from(error).into_response();
    *renewed.status_mut() = status;
    for (name, value) in response.headers() {
        if !matches!(*name, header::CONTENT_LENGTH | header::CONTENT_TYPE) {
            renewed.headers_mut().append(name, value.clone());
        }
    }
    renewed
}
