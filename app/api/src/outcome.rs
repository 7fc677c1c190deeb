//! What became of a change: per item, because a bulk action can fail for some and not for others.

use serde::{Deserialize, Serialize};

use crate::{error::ApiError, tag::TagChange};

/// A request to act on existing resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act<A> {
    pub action: A,
    /// At least one, at most [`Act::<A>::MAX_IDS`].
    pub ids: Vec<String>,
}

impl<A> Act<A> {
    /// How many resources one request may name. EC2 takes 1,000 in one call; the browser sends more in several requests.
    pub const MAX_IDS: usize = 500;
}

/// A request to change the tags of existing resources.
pub type Retag = Act<TagChange>;

/// What became of one resource of a bulk action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ApiError>,
    /// As in [`Created::secret`]. Those of several are tables with the same head, which make one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<OneTimeFile>,
}

impl Outcome {
    pub fn done(id: impl Into<String>) -> Self {
        Self { id: id.into(), error: None, secret: None }
    }

    pub fn failed(id: impl Into<String>, error: ApiError) -> Self {
        Self { id: id.into(), error: Some(error), secret: None }
    }
}

/// What a creation made.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Created {
    /// In the order in which they were asked for.
    pub ids: Vec<String>,
    /// Shown and downloaded once; nobody can get it a second time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<OneTimeFile>,
    /// What did not work although the resources were made, such as naming the third instance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<ApiError>,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("ids", &self.ids).field("warnings", &self.warnings).finish_non_exhaustive()
    }
}

/// A file that exists only in this answer: a new private key, or a table of passwords and access keys.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OneTimeFile {
    pub file_name: String,
    pub content: String,
}

impl std::fmt::Debug for OneTimeFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OneTimeFile").field("file_name", &self.file_name).finish_non_exhaustive()
    }
}

impl OneTimeFile {
    /// The files of several outcomes as one: the first, with the lines of the others below its head.
    pub fn joined(files: impl IntoIterator<Item = Self>) -> Option<Self> {
        files.into_iter().reduce(|mut all, file| {
            all.content.extend(file.content.split_inclusive('\n').skip(1));
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_several_have_one_head() {
        let file = |content: &str| OneTimeFile { file_name: "credentials.csv".into(), content: content.into() };
        let joined = OneTimeFile::joined([file("head\r\na\r\n"), file("head\r\nb\r\n")]).unwrap();
        assert_eq!(joined.content, "head\r\na\r\nb\r\n");
        assert!(OneTimeFile::joined([]).is_none());
    }
}
