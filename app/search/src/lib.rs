//! Faceted search over rows in memory: a language of queries with its four faces, a columnar store that is filled while it is asked, sorting
//! as people count, live counts and suggestions.
//!
//! It knows no kind of row and no interface: what can be asked is a [`Schema`], rows come as [`Record`]s, answers are row numbers.
//! docs/search.md says what queries mean; it is the contract that `tests/` hold the engine to.
#![forbid(unsafe_code)]

mod bits;
pub mod counts;
mod fold;
pub mod literal;
mod natural;
mod needle;
pub mod order;
mod plan;
pub mod pushdown;
pub mod query;
pub mod schema;
mod search;
pub mod store;
pub mod suggest;
mod term;

pub use self::{
    bits::Bits,
    literal::Clock,
    natural::natural,
    order::{SortKey, Sorter, view},
    query::{Clause, Field, Group, Join, Operator, Query, Token},
    schema::{Choice, Kind, Property, Schema},
    search::Search,
    store::{Record, Store},
};
