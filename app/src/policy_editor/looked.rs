//! What a look at the text gave. The text is looked at when typing pauses; until then, what was found moves along with the text around it.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use policy::{Finding, Place, Severity, Span, lint, lint::Size};

use super::names::Names;

/// Long enough that a word that is being typed is no error, and short enough to be an answer to it.
const PAUSE: Duration = Duration::from_millis(250);

/// A look at a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub text: String,
    pub findings: Vec<Finding>,
    pub size: Size,
    /// Whether the text can be laid out anew: it is JSON, without a mistake.
    pub is_json: bool,
}

impl Look {
    fn at(text: String, place: Place) -> Self {
        let report = lint(&text, place, Names::catalog());
        Self { findings: report.findings, size: report.size, is_json: report.is_json, text }
    }

    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// The latest look.
#[derive(Clone, Copy)]
pub struct Looks {
    look: RwSignal<Look>,
    value: RwSignal<String>,
}

impl Looks {
    pub fn new(value: RwSignal<String>, place: Place, names: Names) -> Self {
        let look = RwSignal::new(Look::at(value.get_untracked(), place));
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let again = move || {
            if let Some(text) = value.try_get_untracked() {
                look.try_set(Look::at(text, place));
            }
        };
        let stop = move || {
            if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
                handle.clear();
            }
        };
        Effect::new(move |before: Option<bool>| {
            let is_here = names.is_here();
            value.track();
            stop();
            // When the list of names arrives nobody is typing it.
            if before.is_some_and(|before| before == is_here) {
                waiting.set_value(set_timeout_with_handle(again, PAUSE).ok());
            } else if before.is_some() {
                again();
            }
            is_here
        });
        on_cleanup(stop);
        Self { look, value }
    }

    /// Where the first error is, or the first of all.
    pub fn first_error(self) -> Span {
        let first = |look: &Look| {
            let error = look.findings.iter().find(|finding| finding.severity == Severity::Error);
            error.or(look.findings.first()).map(|finding| finding.span)
        };
        self.look.with_untracked(first).unwrap_or_default()
    }

    /// Whether it was this text that was looked at last.
    pub fn is_of(self, text: &str) -> bool {
        self.look.with_untracked(|look| look.text == text)
    }

    pub fn with<T>(self, read: impl FnOnce(&Look) -> T) -> T {
        self.look.with(read)
    }

    /// The findings, each where its text is now.
    pub fn here(self) -> Vec<Finding> {
        self.value.with(|text| self.look.with(|look| moved(&look.findings, &look.text, text)))
    }
}

/// Findings of a text in the text that it has become: those in what has changed are left out.
fn moved(findings: &[Finding], before: &str, now: &str) -> Vec<Finding> {
    if before == now {
        return findings.to_vec();
    }
    let same = |one: &[u8], other: &[u8]| one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (was, is) = (before.as_bytes(), now.as_bytes());
    let head = same(was, is);
    let (was, is) = (&was[head..], &is[head..]);
    let tail = was.iter().rev().zip(is.iter().rev()).take_while(|(one, other)| one == other).count();
    let place = |span: Span| {
        if span.end <= head {
            Some(span)
        } else if span.start >= before.len() - tail {
            Some(Span::new(span.start + now.len() - before.len(), span.end + now.len() - before.len()))
        } else {
            None
        }
    };
    findings.iter().filter_map(|finding| Some(Finding { span: place(finding.span)?, ..finding.clone() })).collect()
}

#[cfg(test)]
mod tests {
    use policy::Rule;

    use super::*;

    fn at(spans: &[(usize, usize)]) -> Vec<Finding> {
        spans.iter().map(|(start, end)| Finding::error(Rule::Syntax, Span::new(*start, *end), "")).collect()
    }

    #[test]
    fn what_was_found_moves_with_the_text_around_it() {
        let findings = at(&[(0, 2), (3, 5), (6, 9)]);
        assert_eq!(moved(&findings, "ab cd efg", "ab cd efg"), findings);
        assert_eq!(moved(&findings, "ab cd efg", "ab XYcd efg"), at(&[(0, 2), (5, 7), (8, 11)]));
        assert_eq!(moved(&findings, "ab cd efg", "ab cXd efg"), at(&[(0, 2), (7, 10)]));
        assert_eq!(moved(&findings, "ab cd efg", "ab "), at(&[(0, 2)]));
        assert_eq!(moved(&findings, "ab cd efg", ""), []);
        assert_eq!(moved(&at(&[(0, 1)]), "aa", "aaa"), at(&[(0, 1)]));
    }
}
