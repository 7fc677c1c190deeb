//! Patterns: `*` stands for anything, `\*` for a star, `\\` for a backslash.

/// The pattern with no more backslashes than it needs.
pub fn canonical(pattern: &str) -> String {
    let mut canonical = String::with_capacity(pattern.len());
    for part in parts(pattern) {
        match part {
            Part::Any => canonical.push('*'),
            Part::Char(c) => push_escaped(&mut canonical, c),
        }
    }
    canonical
}

/// The text that a pattern without a star stands for.
pub fn literal(pattern: &str) -> Option<String> {
    parts(pattern).map(|part| if let Part::Char(c) = part { Some(c) } else { None }).collect()
}

/// The texts between the stars, of which there are one less.
pub fn pieces(pattern: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for part in parts(pattern) {
        match part {
            Part::Any => pieces.push(String::new()),
            Part::Char(c) => pieces.last_mut().expect("there is a first piece").push(c),
        }
    }
    pieces
}

/// Whether a text is these pieces with anything between them.
pub fn fits(pieces: &[String], text: &str) -> bool {
    let [first, between @ .., last] = pieces else { return pieces.first().is_some_and(|piece| piece == text) };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for piece in between {
        // The first place is the best one: it leaves the most to what follows.
        let Some(at) = rest.find(piece.as_str()) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last.as_str())
}

pub(super) enum Part {
    Any,
    Char(char),
}

pub(super) fn parts(pattern: &str) -> impl Iterator<Item = Part> {
    let mut chars = pattern.chars();
    std::iter::from_fn(move || {
        Some(match chars.next()? {
            '*' => Part::Any,
            '\\' => Part::Char(chars.next().unwrap_or('\\')),
            c => Part::Char(c),
        })
    })
}

pub(super) fn push_escaped(pattern: &mut String, c: char) {
    if matches!(c, '*' | '\\') {
        pattern.push('\\');
    }
    pattern.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        fits(&pieces(pattern), text)
    }

    #[test]
    fn a_star_is_anything() {
        assert!(matches("t3.*", "t3.micro") && matches("t3.*", "t3.") && !matches("t3.*", "at3.micro"));
        assert!(matches("*a*b", "xaxbxb") && !matches("*a*b", "ba"));
        assert!(matches("a*a", "aa") && !matches("a*a", "a"), "the ends do not overlap");
        assert!(matches("*", "") && matches("**", "x"));
    }

    #[test]
    fn an_escaped_star_is_a_star() {
        assert!(matches(r"\**", "*x") && !matches(r"\**", "x"));
        assert_eq!(literal(r"a\*b\\"), Some(r"a*b\".to_owned()));
        assert_eq!(literal("a*"), None);
        assert_eq!(canonical(r"\a*\"), r"a*\\");
    }
}
