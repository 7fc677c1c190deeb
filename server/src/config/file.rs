//! The configuration file: TOML, in which every key must be known.

use std::{ops::Range, path::Path};

use super::{options::Options, problem::Problem};

/// The file, for messages that point into it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Source<'_> {
    pub(super) fn parse(&self) -> Result<Options, Problem> {
        toml::from_str(self.text).map_err(|err| {
            let message = with_nearest_key(err.message());
            match err.span() {
                Some(span) => self.problem(&span, message),
                None => Problem::of_file(self.path, message),
            }
        })
    }

    pub(super) fn problem(&self, span: &Range<usize>, message: String) -> Problem {
        Problem::at(self.path, self.text, span, message)
    }
}

/// Adds to serde's "unknown field `x`, expected one of `a`, `b`" which of them was probably meant.
fn with_nearest_key(message: &str) -> String {
    let message = message.trim().replace("unknown field", "unknown key");
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (true, Some(unknown)) = (message.starts_with("unknown"), quoted.next()) else { return message };
    let nearest = quoted.map(|known| (strsim::normalized_damerau_levenshtein(unknown, known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((likeness, known)) if likeness > 0.5 => format!("{message}; did you mean `{known}`?"),
        _ => message,
    }
}
