//! Pages that are not about one kind of resource.

pub mod dashboard;
pub mod login;
pub mod not_found;
pub mod offline;
pub mod sessions;
