//! What whoever runs the server looks at, on a listener of its own that is not for the public.

mod guard;
mod page;

use std::sync::atomic::Ordering;

use api::kind::Kind;
use axum::{
    Extension, Form, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use self::guard::Token;
use crate::{app::App, middleware};

/// Numbers for a machine, the same for people, and a way to drop what is kept.
pub fn router(app: &App) -> Router {
    let pages = Router::new()
        .route("/", get(show))
        .route("/namespaces/{namespace}/drop", post(drop_namespace))
        .layer(from_fn(guard::by_address))
        .layer(Extension(Token::random()));
    let routes = pages.route("/metrics", get(metrics)).route("/watch.css", get(style)).with_state(app.clone());
    middleware::around_watch(routes, app)
}

async fn metrics(State(app): State<App>) -> Response {
    let text = app.telemetry.text(app.sessions.count(), app.draining.load(Ordering::Relaxed));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("watch/page.css")).into_response()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    /// The namespace that was dropped just now.
    dropped: String,
}

async fn show(State(app): State<App>, Extension(token): Extension<Token>, Query(shown): Query<Shown>) -> Response {
    let page = Html(page::page(&app, &token, Kind::from_slug(&shown.dropped)));
    ([(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(page::POLICY))], page).into_response()
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    token: String,
}

async fn drop_namespace(
    State(app): State<App>,
    Extension(token): Extension<Token>,
    Path(namespace): Path<String>,
    Form(given): Form<Given>,
) -> Response {
    if !token.is(&given.token) {
        return (StatusCode::FORBIDDEN, "This page is older than the server. Load it again, then drop the namespace.\n").into_response();
    }
    let Some(kind) = Kind::from_slug(&namespace).filter(|&kind| app.lists.keeps(kind)) else {
        return (StatusCode::NOT_FOUND, "Nothing is kept under this name.\n").into_response();
    };
    app.lists.drop_all(kind).await;
    tracing::info!(namespace = kind.slug(), "a namespace was dropped");
    Redirect::to(&format!("/?dropped={}", kind.slug())).into_response()
}
