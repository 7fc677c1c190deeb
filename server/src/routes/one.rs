//! Single resources, always as the cloud has them now.

use api::{
    instance::{ConsoleOutput, PasswordData},
    with_kind,
};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use cloud::Backend;

use super::{here::Here, kind_of};
use crate::error::Failure;

pub async fn show(Path((kind, id)): Path<(String, String)>, here: Here) -> Result<Response, Failure> {
    here.args(&[])?;
    with_kind!(kind_of(&kind)?, T => Ok(Json(T::get(&here.cloud, &id).await?).into_response()))
}

pub async fn console_output(Path(id): Path<String>, here: Here) -> Result<Json<ConsoleOutput>, Failure> {
    here.args(&[])?;
    Ok(Json(cloud::console_output(&here.cloud, &id).await?))
}

pub async fn password_data(Path(id): Path<String>, here: Here) -> Result<Json<PasswordData>, Failure> {
    here.args(&[])?;
    Ok(Json(cloud::password_data(&here.cloud, &id).await?))
}
