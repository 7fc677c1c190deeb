//! Faceted search over rows in memory: a language of queries with its four faces, a columnar store that is filled while it is asked, sorting
//! as people count, live counts and suggestions.
//!
//! It knows no kind of row and no interface: what can be asked is a [`Schema`], rows come as [`Record`]s, answers are row numbers.
//! docs/search.md says what queries mean; it is the contract that `tests/` hold the engine to.
#![forbid(unsafe_code)]

pub mod literal;
pub mod query;
pub mod schema;

pub use self::{
    query::{Clause, Field, Group, Join, Operator, Query, Token},
    schema::{Choice, Kind, Property, Schema},
};
