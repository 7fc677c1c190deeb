//! What was measured of a resource.

use api::{
    error::ApiError,
    metric::{Metrics, Window},
};
use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::{here::Here, kind_of};
use crate::{app::App, encoding, error::Failure};

/// The charts of `?range=` and `?period=`, both in seconds.
pub async fn show(
    State(app): State<App>,
    Path((kind, id)): Path<(String, String)>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let args = here.args(&["range", "period"])?;
    // What is missing or no number is none of the ranges.
    let number = |name: &str| args.get(name).and_then(|text| text.parse().ok()).unwrap_or_default();
    let window = Window { range: number("range"), period: number("period") };
    let errors = window.check();
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors).into());
    }
    let of = (kind_of(&kind)?, id);
    let metrics = app.metrics.of(&here.cloud, here.scope.clone(), of, window, encoding::wants_reload(&headers)).await?;
    Ok(Json::<&Metrics>(&metrics).into_response())
}
