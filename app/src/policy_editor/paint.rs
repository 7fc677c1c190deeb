//! The text as it is painted under the caret: lines of pieces, each with its colour and with what is wrong with it.

use policy::{
    Finding, Severity, Span,
    token::{TokenKind, tokens},
};

/// A line, with how bad the worst is that begins on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Line {
    pub pieces: Vec<Piece>,
    pub mark: Option<&'static str>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    pub text: String,
    /// Its colour; none for what is as any text.
    pub class: Option<&'static str>,
    /// How bad it is, as styles call it.
    pub wrong: Option<&'static str>,
}

/// How styles call it.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

/// The lines of a text with its findings.
pub fn lines(text: &str, findings: &[Finding]) -> Vec<Line> {
    let tokens = tokens(text);
    let wrong: Vec<(Span, Severity)> = findings.iter().map(|finding| (visible(text, finding.span), finding.severity)).collect();
    let mut cuts: Vec<usize> =
        tokens.iter().map(|token| token.span).chain(wrong.iter().map(|(span, _)| *span)).flat_map(|s| [s.start, s.end]).collect();
    cuts.extend(text.match_indices('\n').flat_map(|(at, _)| [at, at + 1]));
    cuts.extend([0, text.len()]);
    cuts.retain(|at| text.is_char_boundary(*at));
    cuts.sort_unstable();
    cuts.dedup();
    let mut lines = vec![Line::default()];
    let mut next = 0;
    for cut in cuts.windows(2) {
        let (start, piece) = (cut[0], Span::new(cut[0], cut[1]).of(text));
        let begins = wrong.iter().filter(|(span, _)| span.start == start).map(|(_, severity)| *severity).min();
        let line = lines.last_mut().expect("there is one");
        line.mark = worse(line.mark, begins.map(severity));
        if piece == "\n" {
            lines.push(Line::default());
            continue;
        }
        while tokens.get(next).is_some_and(|token| token.span.end <= start) {
            next += 1;
        }
        let token = tokens.get(next).filter(|token| token.span.start <= start);
        let covers = wrong.iter().filter(|(span, _)| span.start <= start && start < span.end).map(|(_, severity)| *severity).min();
        line.pieces.push(Piece {
            text: piece.to_owned(),
            class: token.and_then(|token| class(token.kind)),
            // White space between words is not underlined.
            wrong: covers.filter(|_| token.is_some()).map(severity),
        });
    }
    lines
}

/// Something to underline, also where a finding has no length of its own.
fn visible(text: &str, span: Span) -> Span {
    let start = span.start.min(text.len());
    let one = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(start, span.end.clamp(start, text.len()).max(start + one))
}

fn worse(one: Option<&'static str>, other: Option<&'static str>) -> Option<&'static str> {
    let rank = |mark: &Option<&str>| ["error", "warning", "hint"].iter().position(|name| Some(*name) == *mark).unwrap_or(3);
    if rank(&one) <= rank(&other) { one } else { other }
}

fn class(kind: TokenKind) -> Option<&'static str> {
    Some(match kind {
        TokenKind::Punctuation => return None,
        TokenKind::Element => "tok-element",
        TokenKind::Name => "tok-name",
        TokenKind::String => "tok-string",
        TokenKind::Variable => "tok-variable",
        TokenKind::Wildcard => "tok-wildcard",
        TokenKind::Number | TokenKind::Literal => "tok-literal",
        TokenKind::Invalid => "tok-invalid",
    })
}

#[cfg(test)]
mod tests {
    use policy::{Rule, lint};
    use proptest::prelude::*;

    use super::*;

    fn text_of(lines: &[Line]) -> String {
        let line = |line: &Line| line.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_wrong_is_marked_at_its_place() {
        let text = "{\n  \"Statement\": [,]\n}";
        let findings = lint(text, policy::Place::Managed, None).findings;
        let lines = lines(text, &findings);
        assert_eq!(text_of(&lines), text);
        let comma = lines[1].pieces.iter().find(|piece| piece.text == ",").expect("it is a piece of its own");
        assert_eq!((comma.wrong, lines[1].mark), (Some("error"), Some("error")));
        assert_eq!(lines[1].pieces[1], Piece { text: "\"Statement\"".into(), class: Some("tok-element"), wrong: None });
        assert_eq!(lines[2].mark, None);
    }

    #[test]
    fn a_finding_over_lines_is_marked_where_it_begins_and_leaves_white_space_alone() {
        let text = "[\n  1,\n\n  2\n]";
        let lines = lines(text, &[Finding::warning(Rule::Broad, Span::new(0, text.len()), "")]);
        assert_eq!(lines.iter().map(|line| line.mark).collect::<Vec<_>>(), [Some("warning"), None, None, None, None]);
        assert_eq!(lines[1].pieces.iter().map(|piece| piece.wrong).collect::<Vec<_>>(), [None, Some("warning"), Some("warning")]);
    }

    #[test]
    fn an_empty_text_is_a_line() {
        assert_eq!(lines("", &lint("", policy::Place::Managed, None).findings), [Line::default()]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_painted_whole(text in "[\\PC\n]{0,80}", spans in proptest::collection::vec((0usize..400, 0usize..400), 0..6)) {
            let findings: Vec<Finding> =
                spans.into_iter().map(|(a, b)| Finding::error(Rule::Syntax, Span::new(a.min(b), a.max(b)), "")).collect();
            prop_assert_eq!(text_of(&lines(&text, &findings)), text.clone());
            prop_assert_eq!(lines(&text, &findings).len(), text.matches('\n').count() + 1);
        }
    }
}
