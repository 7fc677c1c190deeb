//! The characters that IAM takes. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names>

use super::Look;
use crate::{
    finding::{Finding, Rule},
    span::Span,
};

/// Says where characters beyond Latin 1 stand, each stretch of them once.
pub fn check(look: &mut Look<'_>, text: &str) {
    let is_taken = |character: char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{ff}');
    let mut at = 0;
    while let Some(start) = text[at..].find(|character| !is_taken(character)).map(|found| at + found) {
        let end = text[start..].find(is_taken).map_or(text.len(), |length| start + length);
        let said = "IAM takes letters of Western Europe alone, and refuses {characters}: write it in other letters.";
        look.say(Finding::error(Rule::WrongValue, Span::new(start, end), said).with("characters", &text[start..end]));
        at = end;
    }
}
