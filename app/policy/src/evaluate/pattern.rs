//! Patterns with wildcards and variables.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use super::{
    context::{Facts, Known},
    truth::Truth,
};
use crate::glob::Glob;

/// How a pattern is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// As it is written; only `${*}` and the like are more than text.
    Exact,
    /// The same, in whatever case.
    IgnoreCase,
    /// With wildcards.
    Like,
    /// With wildcards within the fields of an ARN.
    Arn,
}

/// A pattern, made ready.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// It is the same for all requests.
    Fixed(Glob, How),
    /// It differs by what the request says.
    Variable(Vec<Piece>, How),
}

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub enum Piece {
    /// As it is written.
    Written(String),
    /// A character that would be a wildcard.
    Literal(String),
    /// What the request says of a key, or what to take where it says nothing.
    Key { lower: String, name: String, default: Option<String> },
}

impl Pattern {
    /// Makes a pattern ready. Without `variables`, `${…}` is text as any other.
    pub fn new(text: &str, how: How, variables: bool) -> Self {
        let pieces = if variables { pieces(text) } else { vec![Piece::Written(text.to_owned())] };
        if pieces.iter().any(|piece| matches!(piece, Piece::Key { .. })) {
            return Self::Variable(pieces, how);
        }
        let mut glob = Glob::default();
        for piece in &pieces {
            piece.push(&mut glob, how, "");
        }
        Self::Fixed(finish(glob, how), how)
    }

    /// Whether it is the same for all requests.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(..))
    }

    /// Whether a text fits. Keys that are not known are put down.
    pub fn matches(&self, text: &str, facts: Facts<'_>, unknown: &mut Vec<String>) -> Truth {
        match self {
            Self::Fixed(glob, how) => fits(glob, *how, text).into(),
            Self::Variable(pieces, how) => {
                let mut glob = Glob::default();
                for piece in pieces {
                    let value = match piece {
                        Piece::Key { lower, name, default } => match (facts.get(lower), default) {
                            (Known::Values([value]), _) => value.as_str(),
                            (Known::Absent, Some(default)) => default,
                            // A variable that has no value, or several, fits nothing.
                            (Known::Values(_) | Known::Absent, _) => return Truth::No,
                            (Known::Unknown, _) => {
                                unknown.push(name.clone());
                                return Truth::Unknown;
                            }
                        },
                        _ => "",
                    };
                    piece.push(&mut glob, *how, value);
                }
                fits(&finish(glob, *how), *how, text).into()
            }
        }
    }
}

impl Piece {
    fn push(&self, glob: &mut Glob, how: How, value: &str) {
        match self {
            Self::Written(text) if matches!(how, How::Like | How::Arn) => glob.push_pattern(text),
            Self::Written(text) | Self::Literal(text) => glob.push_text(text),
            Self::Key { .. } => glob.push_text(value),
        }
    }
}

fn finish(glob: Glob, how: How) -> Glob {
    match how {
        How::Arn => glob.into_arn(),
        How::IgnoreCase => glob.into_lower_case(),
        How::Exact | How::Like => glob,
    }
}

fn fits(glob: &Glob, how: How, text: &str) -> bool {
    if how == How::IgnoreCase { glob.matches(&text.to_ascii_lowercase()) } else { glob.matches(text) }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, inner, after)) = rest.split_once("${").and_then(|(before, after)| {
        let (inner, after) = after.split_once('}')?;
        Some((before, inner, after))
    }) {
        pieces.push(Piece::Written(before.to_owned()));
        pieces.push(match inner {
            "*" | "?" | "$" => Piece::Literal(inner.to_owned()),
            _ => {
                let (name, default) = inner.split_once(',').map_or((inner, None), |(name, default)| (name, Some(default)));
                let name = name.trim().to_owned();
                let default = default.map(|default| default.trim().trim_matches('\'').to_owned());
                Piece::Key { lower: name.to_ascii_lowercase(), name, default }
            }
        });
        rest = after;
    }
    pieces.push(Piece::Written(rest.to_owned()));
    pieces
}
