//! What a call says that it made.

use api::{
    error::{ApiError, ErrorCode},
    outcome::Created,
};

/// One resource. An answer without its id is none of the protocol: nobody could say what became of it.
pub fn one(id: Option<String>) -> Result<Created, ApiError> {
    let id = id.filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| ApiError::new(ErrorCode::CloudFailure, "The cloud did not say what it made."))?;
    Ok(Created { ids: vec![id], secret: None, warnings: vec![] })
}
