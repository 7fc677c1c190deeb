//! The smallest parts of the text: words, quoted texts, blanks.

use super::pattern::push_escaped;

/// Where the reading stands.
pub(crate) struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
}

/// A value as it was written.
#[derive(Debug, Default)]
pub(crate) struct Word {
    /// What it stands for.
    pub text: String,
    /// The pattern, where a star was written that was meant as one.
    pub pattern: Option<String>,
    pub is_quoted: bool,
    /// Whether its quotation marks were closed, if it had any.
    pub is_closed: bool,
}

impl<'a> Cursor<'a> {
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn eat(&mut self, c: char) -> bool {
        let is_there = self.peek() == Some(c);
        if is_there {
            self.at += c.len_utf8();
        }
        is_there
    }

    pub fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// What stands between quotation marks; the first of them is next.
    pub fn quoted(&mut self) -> Word {
        let mut word = Word { is_quoted: true, ..Word::default() };
        self.at += 1;
        let mut chars = self.rest().char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    word.is_closed = true;
                    return word;
                }
                '\\' => word.text.push(chars.next().map_or('\\', |(_, c)| c)),
                c => word.text.push(c),
            }
        }
        self.at = self.text.len();
        word
    }

    /// What stands until the next blank or, in a group, its end. A backslash takes the meaning from the next character.
    pub fn bare(&mut self, in_group: bool) -> Word {
        let mut word = Word { is_closed: true, ..Word::default() };
        let mut pattern = String::new();
        let mut is_pattern = false;
        let mut chars = self.rest().char_indices();
        let mut end = self.rest().len();
        while let Some((at, c)) = chars.next() {
            match c {
                c if ends_word(c, in_group) => {
                    end = at;
                    break;
                }
                '\\' => {
                    let c = chars.next().map_or('\\', |(_, c)| c);
                    word.text.push(c);
                    push_escaped(&mut pattern, c);
                }
                '*' => {
                    word.text.push(c);
                    pattern.push(c);
                    is_pattern = true;
                }
                c => {
                    word.text.push(c);
                    pattern.push(c);
                }
            }
        }
        self.at += end;
        word.pattern = is_pattern.then_some(pattern);
        word
    }

    /// A value: quoted or bare.
    pub fn word(&mut self, in_group: bool) -> Word {
        if self.peek() == Some('"') { self.quoted() } else { self.bare(in_group) }
    }

    /// Goes past a group and all groups in it; its opening parenthesis is next.
    pub fn skip_group(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.quoted();
                    continue;
                }
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            self.at += c.len_utf8();
            if depth == 0 {
                return;
            }
        }
    }
}

pub(super) fn ends_word(c: char, in_group: bool) -> bool {
    c.is_whitespace() || (in_group && c == ')')
}
