//! Lists as they travel: newline-delimited JSON, one [`Chunk`] a line, so that the first page is on the screen while the rest is under way.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;

/// One line of a list's stream: `{"rows":[…]}` any number of times, then exactly one `{"end":{…}}` or `{"error":{…}}`.
///
/// A stream that closes without either was cut off: the rows so far are true, the list is not complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chunk<T> {
    /// The resources of one page of the cloud's answer, in its order.
    Rows(Vec<T>),
    End(End),
    /// The cloud failed part-way; the rows before this line stay true.
    Error(ApiError),
}

/// How a complete list ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// How many rows the stream carried.
    pub total: usize,
}

/// How many there are, in all and by status: what a dashboard tile shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub total: usize,
    /// By the cloud's word for the state, for kinds that have one.
    pub by_status: std::collections::BTreeMap<String, usize>,
}
