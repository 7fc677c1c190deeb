//! What is known of a request beside its action and resource: the keys of conditions and their values.

use std::collections::HashMap;

/// What is known of a request. Names of keys are the same in whatever case.
#[derive(Clone, Debug, Default)]
pub struct Context {
    known: HashMap<String, Vec<String>>,
    /// Beginnings of keys of which all are known.
    whole: Vec<String>,
    is_closed: bool,
}

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// The request has it, with these values.
    Values(&'a [String]),
    /// The request does not have it.
    Absent,
    /// Nobody said.
    Unknown,
}

impl Context {
    /// A request of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// A key has this value.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.with_all(key, [value])
    }

    /// A key has these values.
    #[must_use]
    pub fn with_all<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.known.insert(key.to_ascii_lowercase(), values.into_iter().map(Into::into).collect());
        self
    }

    /// The request does not have the key.
    #[must_use]
    pub fn without(self, key: &str) -> Self {
        self.with_all::<String>(key, [])
    }

    /// The request does not have any key that is not given, as the policy simulator takes it.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.is_closed = true;
        self
    }

    /// The request does not have any key that begins like this and is not given: `aws:PrincipalTag/`.
    #[must_use]
    pub fn closed_under(mut self, beginning: &str) -> Self {
        self.whole.push(beginning.to_ascii_lowercase());
        self
    }

    /// What is known of a key, whose name is in lower case.
    pub(super) fn get(&self, key: &str) -> Known<'_> {
        match self.known.get(key) {
            Some(values) if values.is_empty() => Known::Absent,
            Some(values) => Known::Values(values),
            None if self.is_closed || self.whole.iter().any(|beginning| key.starts_with(beginning.as_str())) => Known::Absent,
            None => Known::Unknown,
        }
    }
}

/// What is known of a request and of who makes it.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// What follows from who asks. It goes first.
    pub principal: &'a Context,
    /// What the question says.
    pub request: &'a Context,
}

impl<'a> Facts<'a> {
    pub fn get(self, key: &str) -> Known<'a> {
        match self.principal.get(key) {
            Known::Unknown => self.request.get(key),
            known => known,
        }
    }
}
