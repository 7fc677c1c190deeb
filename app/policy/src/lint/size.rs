//! How long a policy may be. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use super::{Look, Place};
use crate::{
    finding::{Finding, Rule},
    span::Span,
};

/// The length of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Its characters, without the white space that is outside strings.
    pub used: usize,
    /// How many there may be, where IAM says it. For inline policies: all of one user, group or role together.
    pub limit: Option<usize>,
}

impl Size {
    /// By how many characters it is too long.
    pub fn over(self) -> Option<usize> {
        self.used.checked_sub(self.limit?).filter(|over| *over > 0)
    }
}

/// How many characters a policy may have.
fn limit(place: Place) -> Option<usize> {
    match place {
        Place::Managed => Some(6144),
        Place::User | Place::Trust | Place::Session => Some(2048),
        Place::Group => Some(5120),
        Place::Role => Some(10240),
        Place::Resource => None,
    }
}

/// Counts. What is no JSON is counted too, as it is being typed.
pub fn measure(text: &str, place: Place) -> Size {
    let (mut used, mut is_string, mut is_escaped) = (0, false, false);
    for character in text.chars() {
        used += usize::from(is_string || !character.is_ascii_whitespace());
        match character {
            '"' if !is_escaped => is_string = !is_string,
            // No string goes on in the next line: one that is being typed is not to swallow the rest.
            '\n' => is_string = false,
            _ => {}
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    Size { used, limit: limit(place) }
}

pub fn check(look: &mut Look<'_>, size: Size, text: &str) {
    let (Some(over), Some(limit)) = (size.over(), size.limit) else { return };
    let end = text.chars().next().map_or(0, char::len_utf8);
    let text = match look.place {
        Place::Trust => {
            "This is {over} characters too long: {used}, and a role's trust policy has {limit} at most unless AWS raised the quota."
        }
        Place::Managed => {
            "This is {over} characters too long: {used}, and a managed policy has {limit} at most. Use wildcards, or make two policies of it."
        }
        Place::Session => "This is {over} characters too long: {used}, and a session's policy has {limit} at most.",
        _ => {
            "This is {over} characters too long: {used}, and all inline policies together have {limit} at most. A managed policy may be longer."
        }
    };
    let finding = Finding::error(Rule::Size, Span::new(0, end), text);
    look.say(finding.with("over", over.to_string()).with("used", size.used.to_string()).with("limit", limit.to_string()));
}
