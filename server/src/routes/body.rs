//! Bodies as values, checked at the border.

use api::{
    error::{ApiError, ErrorCode, FieldErrors},
    outcome::Act,
    resource::Mutation,
};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::error::Failure;

/// A body as a value. What is wrong with it is said without quoting it: it may hold a secret.
pub fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|err| {
        let place = format!("line {}, column {}", err.line(), err.column());
        Failure::new(ErrorCode::Invalid, format!("The request is not of the form that is expected here ({place})."))
    })
}

/// What was checked in the form is checked again: the form may not have been ours.
pub fn check(change: &impl Mutation) -> Result<(), Failure> {
    refuse(change.check())
}

/// The same for a change to existing resources, of which there must be some and not too many.
pub fn check_act<A: Mutation>(act: &Act<A>) -> Result<(), Failure> {
    let mut errors = act.action.check();
    if act.ids.is_empty() || act.ids.len() > Act::<A>::MAX_IDS {
        errors.insert("ids".to_owned(), format!("Name between 1 and {} resources.", Act::<A>::MAX_IDS));
    }
    refuse(errors)
}

/// Refuses what is wrong, by field.
pub fn refuse(errors: FieldErrors) -> Result<(), Failure> {
    if errors.is_empty() { Ok(()) } else { Err(ApiError::invalid(errors).into()) }
}
