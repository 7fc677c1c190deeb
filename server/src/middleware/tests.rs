use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
    routing::get,
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::around;
use crate::{App, assets::Assets, clock::Clock, clouds::Clouds, config::Config};

async fn ask(path: &str) -> (StatusCode, ApiError) {
    let routes = Router::new()
        .route("/panic", get(async || -> &'static str { panic!("in a handler") }))
        .route("/hang", get(std::future::pending::<&'static str>));
    let config = Config::parse("canopy.toml".as_ref(), "[timeouts]\nrequest = 7", crate::config::Options::default()).unwrap();
    let app = App::new(&config, Clouds::new(vec![], None), Assets::none(), Clock::system());
    let router = around(routes, &app);
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_panic_in_a_handler_is_an_error_like_any_other() {
    let (status, error) = ask("/panic").await;
    assert_eq!((status, error.code), (StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal));
    assert!(!error.request_id.is_empty());
    assert!(!error.message.contains("in a handler"), "the panic's own words were sent");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_begin_is_given_up() {
    let begun = tokio::time::Instant::now();
    let (status, error) = ask("/hang").await;
    assert_eq!((status, error.code), (StatusCode::GATEWAY_TIMEOUT, ErrorCode::Timeout));
    assert_eq!(begun.elapsed(), Duration::from_secs(7));
}
