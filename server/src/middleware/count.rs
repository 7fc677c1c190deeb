//! Counts requests by the route that answered them.

use std::{sync::atomic::Ordering, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::app::App;

pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    // What has no route is a page or a file, of which there are too many to count each.
    let route = request.extensions().get::<MatchedPath>().map_or("page", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let begun = Instant::now();
    let mut response = next.run(request).await;
    app.telemetry.requests.answered(&route, method.as_str(), response.status().as_u16(), begun.elapsed());
    if app.draining.load(Ordering::Relaxed) {
        // The connection would break soon: whoever is at its other end takes another one, to another replica.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
