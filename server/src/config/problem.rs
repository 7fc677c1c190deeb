//! What is wrong with a configuration, so that it can be found and put right.

use std::{
    fmt,
    ops::Range,
    path::{Path, PathBuf},
};

/// What is wrong, and where: `canopy.toml:7: session.idle: expected …`.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: Option<PathBuf>,
    /// From 1.
    pub line: Option<usize>,
    /// With its sections: `session.idle`.
    pub key: Option<String>,
    pub message: String,
}

impl Problem {
    pub(super) fn of_file(file: &Path, message: String) -> Self {
        Self { file: Some(file.to_owned()), line: None, key: None, message }
    }

    /// Of something that no file says.
    pub(crate) fn plain(message: String) -> Self {
        Self { file: None, line: None, key: None, message }
    }

    /// At a place in the file, given as bytes.
    pub(super) fn at(file: &Path, text: &str, span: &Range<usize>, message: String) -> Self {
        let start = span.start.min(text.len());
        let before = text.get(..start).unwrap_or(text);
        let number = before.matches('\n').count();
        Self { file: Some(file.to_owned()), line: Some(number + 1), key: key_at(text, number), message }
    }
}

/// The key that a line sets, with the section it stands in.
fn key_at(text: &str, number: usize) -> Option<String> {
    let section_of = |line: &str| {
        let inner = line.trim().strip_prefix('[')?.split(']').next()?;
        Some(inner.trim_start_matches('[').trim().to_owned())
    };
    let lines: Vec<_> = text.lines().take(number + 1).collect();
    let line = lines.last()?;
    let section = lines.iter().rev().find_map(|line| section_of(line));
    match line.split_once('=') {
        Some((key, _)) if section_of(line).is_none() => {
            let key = key.trim().trim_matches('"');
            Some(section.map_or_else(|| key.to_owned(), |section| format!("{section}.{key}")))
        }
        _ => section,
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        if let Some(key) = &self.key {
            write!(f, "{key}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
