//! What is wrong with a document, at its place and in plain words.

use crate::span::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The cloud refuses the document.
    Error,
    /// The document is taken, and does not do what it seems to say.
    Warning,
    /// It works; there is something to know.
    Hint,
}

/// Which rule found it, for those who sort, count or test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The text is no JSON.
    Syntax,
    /// No element of the policy language has this name.
    UnknownElement,
    /// An element is there twice.
    Duplicate,
    /// A required element is not there.
    Missing,
    /// An element stands where it may not, or beside one that excludes it.
    Misplaced,
    /// A value of another type than the element has.
    WrongType,
    /// A value that the element does not take.
    WrongValue,
    /// The version of the language.
    Version,
    /// The bundled list has no such service.
    UnknownService,
    /// The bundled list has no such action in the service.
    UnknownAction,
    /// The wildcard stands for no action.
    EmptyWildcard,
    /// The resource is not of a type that the action acts on.
    ResourceType,
    /// No operator of conditions has this name.
    UnknownOperator,
    /// The actions do not know the condition key.
    ConditionKey,
    /// Operator and key, or operator and value, are of different types.
    ConditionType,
    /// The conditions cannot all hold.
    NeverMatches,
    /// The document is too long for its place.
    Size,
    /// It gives more than most intend.
    Broad,
}

/// A finding. Its text is a template in English, so that it can be translated before it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Which rule found it.
    pub rule: Rule,
    /// Where.
    pub span: Span,
    /// What is wrong and what to do, with `{names}` in the place of values.
    pub text: &'static str,
    /// What takes the place of the names.
    pub values: Vec<(&'static str, String)>,
    /// What would be right in the place of the text there, where that is certain enough to be offered.
    pub fix: Option<String>,
}

impl Finding {
    /// Something that the cloud refuses.
    pub fn error(rule: Rule, span: Span, text: &'static str) -> Self {
        Self { severity: Severity::Error, rule, span, text, values: Vec::new(), fix: None }
    }

    /// Something that does not do what it seems to.
    pub fn warning(rule: Rule, span: Span, text: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, text) }
    }

    /// Something to know.
    pub fn hint(rule: Rule, span: Span, text: &'static str) -> Self {
        Self { severity: Severity::Hint, ..Self::error(rule, span, text) }
    }

    /// Says what takes the place of `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// Says what would be right in its place.
    #[must_use]
    pub fn fixed_by(mut self, text: impl Into<String>) -> Self {
        self.fix = Some(text.into());
        self
    }

    /// The text in English, filled.
    pub fn message(&self) -> String {
        let mut message = String::with_capacity(self.text.len());
        let mut rest = self.text;
        while let Some((before, after)) = rest.split_once('{') {
            message.push_str(before);
            let filled = after.split_once('}').and_then(|(name, after)| {
                let value = self.values.iter().find(|(known, _)| *known == name)?;
                Some((value.1.as_str(), after))
            });
            let (value, after) = filled.unwrap_or(("{", after));
            message.push_str(value);
            rest = after;
        }
        message + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_their_places_once() {
        let finding = Finding::error(Rule::Syntax, Span::default(), "{a} and {b} in {} {c}").with("a", "{b}").with("b", "2");
        assert_eq!(finding.message(), "{b} and 2 in {} {c}");
    }
}
