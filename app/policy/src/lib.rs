//! IAM's policies: documents read and written without loss ([`json`]), findings at their place ([`mod@lint`]), the actions there are ([`catalog`])
//! and how one chooses among them ([`choose`]), the parts that a visual builder edits ([`model`]), policies to begin with ([`template`]), words for an editor to colour ([`token`]), and who can
//! do what ([`evaluate`]).
//!
//! It makes no request and draws nothing, so that it is the same in a browser, in the proxy and in a test. The list of actions is a file that the
//! caller fetches and hands over.
#![forbid(unsafe_code)]

pub mod arn;
pub mod catalog;
pub mod choose;
pub mod evaluate;
pub mod finding;
pub mod glob;
pub mod json;
pub mod lint;
pub mod model;
mod near;
pub mod operator;
pub mod span;
pub mod template;
pub mod token;
pub mod written;

pub use self::{
    catalog::Catalog,
    finding::{Finding, Rule, Severity},
    lint::{Place, Report, lint},
    model::Policy,
    operator::Operator,
    span::{Lines, Position, Span},
};
