//! Wildcards: `*` for any characters, `?` for one.

/// A piece of a pattern.
const STAR: u16 = 256;
const ONE: u16 = 257;
/// The same within a field of an ARN, whose colons they do not pass.
const FIELD_STAR: u16 = 258;
const FIELD_ONE: u16 = 259;

/// A pattern, made ready to be compared many times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Glob {
    tokens: Vec<u16>,
}

impl Glob {
    /// A pattern with wildcards.
    pub fn new(pattern: &str) -> Self {
        let mut glob = Self::default();
        glob.push_pattern(pattern);
        glob
    }

    /// A text that is compared as such.
    pub fn literal(text: &str) -> Self {
        let mut glob = Self::default();
        glob.push_text(text);
        glob
    }

    /// Appends a text that is compared as such.
    pub fn push_text(&mut self, text: &str) {
        self.tokens.extend(text.bytes().map(u16::from));
    }

    /// Appends a part with wildcards.
    pub fn push_pattern(&mut self, pattern: &str) {
        self.tokens.extend(pattern.bytes().map(|b| match b {
            b'*' => STAR,
            b'?' => ONE,
            b => u16::from(b),
        }));
    }

    /// Makes it the pattern of an ARN: in the first five fields wildcards stay within their field, but for a star that ends it, which may go on
    /// beyond; fields that are left out may be anything.
    pub fn into_arn(mut self) -> Self {
        if self.tokens == [STAR] || !self.starts_with(b"arn:") {
            return self;
        }
        let mut fields = 0;
        for at in 0..self.tokens.len() {
            let next = self.tokens.get(at + 1).copied();
            match self.tokens[at] {
                token if token == u16::from(b':') => fields += 1,
                STAR if fields < 5 && !matches!(next, None | Some(0x3A)) => self.tokens[at] = FIELD_STAR,
                ONE if fields < 5 => self.tokens[at] = FIELD_ONE,
                _ => {}
            }
        }
        for _ in fields..5 {
            self.tokens.extend([u16::from(b':'), STAR]);
        }
        self
    }

    /// Makes it blind to case. What it is compared with is to be in lower case.
    pub fn into_lower_case(mut self) -> Self {
        for token in &mut self.tokens {
            if let Ok(byte) = u8::try_from(*token) {
                *token = u16::from(byte.to_ascii_lowercase());
            }
        }
        self
    }

    /// Whether it is `*` alone.
    pub fn is_all(&self) -> bool {
        self.tokens == [STAR]
    }

    /// Whether it has no wildcards.
    pub fn is_literal(&self) -> bool {
        self.tokens.iter().all(|token| *token < STAR)
    }

    /// Whether the text fits.
    pub fn matches(&self, text: &str) -> bool {
        let (pattern, text) = (self.tokens.as_slice(), text.as_bytes());
        let (mut p, mut t) = (0, 0);
        // Where to go on after the last star takes one character more: of those that stay within a field, and of those that do not.
        let mut again: [Option<(usize, usize)>; 2] = [None, None];
        loop {
            match pattern.get(p) {
                Some(&(STAR | FIELD_STAR)) => {
                    again[usize::from(pattern[p] == FIELD_STAR)] = Some((p + 1, t));
                    if pattern[p] == STAR {
                        again[1] = None;
                    }
                    p += 1;
                    continue;
                }
                Some(&token) if t < text.len() => {
                    let length = fits(token, &text[t..]);
                    if length > 0 {
                        t += length;
                        p += 1;
                        continue;
                    }
                }
                None if t == text.len() => return true,
                _ => {}
            }
            if let Some((from, taken)) = again[1].filter(|(_, taken)| text.get(*taken).is_some_and(|b| *b != b':')) {
                again[1] = Some((from, taken + 1));
                (p, t) = (from, taken + 1);
            } else if let Some((from, taken)) = again[0].filter(|(_, taken)| *taken < text.len()) {
                again = [Some((from, taken + 1)), None];
                (p, t) = (from, taken + 1);
            } else {
                return false;
            }
        }
    }

    /// Whether some text fits both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (&self.tokens, &other.tokens);
        let is_star = |token: u16| matches!(token, STAR | FIELD_STAR);
        // Which ends of the other can be reached with what was read of this one so far.
        let mut reached = vec![false; b.len() + 1];
        reached[0] = true;
        let skip = |reached: &mut [bool]| {
            for (j, token) in b.iter().enumerate() {
                reached[j + 1] |= reached[j] && is_star(*token);
            }
        };
        skip(&mut reached);
        for token in a {
            let mut next = vec![false; b.len() + 1];
            for j in 0..=b.len() {
                if is_star(*token) {
                    next[j] |= reached[j] || (j > 0 && next[j - 1]);
                } else {
                    // A star of the other takes this character too.
                    next[j] |= (j < b.len() && reached[j] && is_star(b[j])) || (j > 0 && reached[j - 1] && same(*token, b[j - 1]));
                }
            }
            skip(&mut next);
            reached = next;
        }
        reached[b.len()]
    }

    fn starts_with(&self, text: &[u8]) -> bool {
        self.tokens.len() >= text.len() && text.iter().zip(&self.tokens).all(|(b, token)| u16::from(*b) == *token)
    }
}

/// How many bytes of the text the token takes.
fn fits(token: u16, text: &[u8]) -> usize {
    match token {
        FIELD_ONE if text[0] == b':' => 0,
        ONE | FIELD_ONE => 1 + text[1..].iter().take_while(|b| **b & 0xC0 == 0x80).count(),
        token => usize::from(token == u16::from(text[0])),
    }
}

fn same(one: u16, other: u16) -> bool {
    one == other || matches!(one, ONE | FIELD_ONE) || matches!(other, ONE | FIELD_ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        let fits = |pattern: &str, text: &str| Glob::new(pattern).matches(text);
        assert!(["*", "a*", "*c", "a?c", "a*b*c", "abc", "a**c", "???"].iter().all(|pattern| fits(pattern, "abc")));
        assert!(["", "a", "?", "b*", "*b", "abcd", "a?", "????"].iter().all(|pattern| !fits(pattern, "abc")));
        assert!(fits("*aab", "aaaab") && fits("?", "é") && !fits("?", "") && fits("*", ""));
        assert!(!Glob::literal("a*").matches("ab") && Glob::literal("a*").matches("a*"));
    }

    #[test]
    fn fields_of_arns() {
        let fits = |pattern: &str, text: &str| Glob::new(pattern).into_arn().matches(text);
        assert!(fits("arn:aws:s3:::b*t/*", "arn:aws:s3:::bucket/a:b"));
        assert!(fits("arn:aws:sqs", "arn:aws:sqs:eu-west-1:123:queue"));
        assert!(fits("arn:aws:ec2:us-*:123:*", "arn:aws:ec2:us-east-1:123:instance/i-1"));
        assert!(fits("arn:*", "arn:aws:ec2:us-east-1:123:instance/i-1"));
        assert!(!fits("arn:aws:ec2:us-*t:123:*", "arn:aws:ec2:us-east-1:123:t:123:instance/i-1"));
        assert!(fits("arn:aws:ec2:u*1:*:instance/*1", "arn:aws:ec2:us-east-1:123:instance/i-1:1"));
    }

    #[test]
    fn overlaps() {
        let both = |a: &str, b: &str| {
            let (a, b) = (Glob::new(a), Glob::new(b));
            assert_eq!(a.overlaps(&b), b.overlaps(&a));
            a.overlaps(&b)
        };
        assert!(both("a*", "*b") && both("*", "") && both("a?c", "ab*") && both("*a*", "*b*") && both("x", "x"));
        assert!(!both("a*", "b*") && !both("", "?") && !both("ab", "a") && !both("*a", "*b") && !both("a*c", "ab"));
    }
}
