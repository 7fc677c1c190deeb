//! Reading values. A small mistake (a comma too many or missing, a comment, the wrong quotation marks) is noted and read over, so that the rest
//! of the document is looked at while it is typed.

use super::{Member, Node, Value, quoted, string::unescape};
use crate::{
    finding::{Finding, Rule},
    span::Span,
};

/// Deeper than any policy, and far from the end of the stack.
const DEEPEST: usize = 64;

/// What was read, and what was wrong with it.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The value; none where it could not be read to its end.
    pub value: Option<Value>,
    /// What is wrong, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Reads a text.
pub fn parse(text: &str) -> Parsed {
    let mut reader = Reader { text, at: 0, findings: Vec::new() };
    let value = reader.document().ok();
    Parsed { value, findings: reader.findings }
}

/// Reading cannot go on; why is among the findings.
struct Stop;

type Read<T> = Result<T, Stop>;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn document(&mut self) -> Read<Value> {
        self.space()?;
        if self.at == self.text.len() {
            return self.stop(Span::new(0, 0), "There is no policy yet: begin with { or choose a template.");
        }
        let value = self.value(0)?;
        self.space()?;
        if self.at < self.text.len() {
            let rest = Span::new(self.at, self.text.trim_end().len());
            return self.stop(rest, "The policy has ended before this: remove it, or remove the bracket that closes too early.");
        }
        Ok(value)
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        let start = self.at;
        let node = match self.peek() {
            _ if depth == DEEPEST => return self.stop(self.character(), "This is nested too deeply for a policy."),
            Some(b'{') => Node::Object(self.list(b'}', |reader| reader.member(depth + 1))?),
            Some(b'[') => Node::Array(self.list(b']', |reader| reader.value(depth + 1))?),
            Some(b'"' | b'\'') => Node::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'$') => self.word(),
            None => return self.stop(self.end(), "The policy ends here, but a value is still to come."),
            Some(_) => return self.stop(self.character(), "A value is expected here: a string, a list in [ ] or an object in { }."),
        };
        Ok(Value { node, span: Span::new(start, self.at) })
    }

    fn member(&mut self, depth: usize) -> Read<Member> {
        let start = self.at;
        let name = match self.peek() {
            Some(b'"' | b'\'') => self.string()?,
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                let name = self.letters();
                let found = Finding::error(Rule::Syntax, Span::new(start, self.at), "Names stand in double quotation marks: \"{name}\".");
                self.findings.push(found.with("name", &name).fixed_by(quoted(&name)));
                name
            }
            _ => return self.stop(self.character(), "The name of an element in double quotation marks is expected here."),
        };
        let name_span = Span::new(start, self.at);
        self.space()?;
        if self.peek() == Some(b':') {
            self.at += 1;
        } else {
            let text = "A colon and a value are missing after this name.";
            if !matches!(self.peek(), Some(b'"' | b'{' | b'[')) {
                return self.stop(name_span, text);
            }
            self.note(name_span, text, None);
        }
        self.space()?;
        Ok(Member { name, name_span, value: self.value(depth)? })
    }

    /// What stands between brackets, with commas.
    fn list<T>(&mut self, close: u8, one: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let open = Span::new(self.at, self.at + 1);
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.space()?;
            match self.peek() {
                Some(b) if b == close => break,
                None => {
                    return self
                        .stop(open, if close == b'}' { "This { is never closed: add a }." } else { "This [ is never closed: add a ]." });
                }
                Some(b'}') => return self.stop(self.character(), "The list is still open here: close it with ] before this }."),
                Some(b']') => return self.stop(self.character(), "The object is still open here: close it with } before this ]."),
                Some(b',') => {
                    self.note(self.character(), "There is nothing before this comma: remove it.", Some(String::new()));
                    self.at += 1;
                    continue;
                }
                Some(_) => items.push(one(self)?),
            }
            let end = self.at;
            self.space()?;
            if self.peek() == Some(b',') {
                let comma = self.character();
                self.at += 1;
                self.space()?;
                if self.peek() == Some(close) {
                    self.note(comma, "Nothing follows this comma: remove it.", Some(String::new()));
                }
            } else if !matches!(self.peek(), Some(b'}' | b']') | None) {
                let last = self.before(end);
                self.note(last, "A comma is missing after this.", Some(format!("{},", last.of(self.text))));
            }
        }
        self.at += 1;
        Ok(items)
    }

    fn string(&mut self) -> Read<String> {
        let start = self.at;
        let quote = self.text.as_bytes()[start];
        let mut end = start + 1;
        loop {
            match self.text.as_bytes().get(end) {
                Some(b'\\') => end += 2,
                Some(b) if *b == quote => break,
                Some(b'\n') | None => {
                    let line = self.text.len().min(end);
                    let stopped = Span::new(start, start + self.text[start..line].trim_end().len());
                    return self.stop(stopped, "This string is never closed: add a quotation mark.");
                }
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        if quote == b'\'' {
            let inner = &self.text[start + 1..end];
            let fix = (!inner.contains('\\')).then(|| quoted(inner));
            self.note(Span::new(start, self.at), "Strings stand in double quotation marks.", fix);
        }
        let raw = &self.text[start + 1..end];
        match unescape(raw) {
            Ok(text) => Ok(text),
            Err((at, text)) => {
                let wrong = raw[at..].chars().take(2).map(char::len_utf8).sum::<usize>();
                self.note(Span::new(start + 1 + at, start + 1 + at + wrong), text, None);
                Ok(raw.to_owned())
            }
        }
    }

    fn number(&mut self) -> Node {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E')) {
            self.at += 1;
        }
        let span = Span::new(start, self.at);
        let number = span.of(self.text).to_owned();
        if !is_number(&number) {
            self.note(span, "This is no number as JSON writes them: put it in quotation marks, or correct it.", Some(quoted(&number)));
        }
        Node::Number(number)
    }

    fn word(&mut self) -> Node {
        let start = self.at;
        let word = self.letters();
        let span = Span::new(start, self.at);
        match word.as_str() {
            "null" => return Node::Null,
            "true" => return Node::Bool(true),
            "false" => return Node::Bool(false),
            _ => {}
        }
        let found = Finding::error(Rule::Syntax, span, "Strings stand in double quotation marks: \"{word}\".");
        self.findings.push(found.with("word", &word).fixed_by(quoted(&word)));
        Node::String(word)
    }

    /// A word without quotation marks, to where something of JSON comes.
    fn letters(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end =
            rest.find(|c: char| c.is_whitespace() || c == ',' || c == '"' || (c == ':' && !rest.starts_with("arn:")) || "[]{}".contains(c));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word.to_owned()
    }

    /// White space, and comments, which are none of JSON's.
    fn space(&mut self) -> Read<()> {
        loop {
            let rest = &self.text[self.at..];
            let space = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
            self.at += space;
            let rest = &rest[space..];
            let comment = if rest.starts_with("//") || rest.starts_with('#') {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                let Some(end) = rest.find("*/") else {
                    return self.stop(Span::new(self.at, self.at + 2), "Policies have no comments, and this one never ends: remove it.");
                };
                end + 2
            } else if rest.starts_with('\u{a0}') {
                '\u{a0}'.len_utf8()
            } else {
                return Ok(());
            };
            let span = Span::new(self.at, self.at + comment);
            let is_space = rest.starts_with('\u{a0}');
            self.note(
                span,
                if is_space {
                    "This space is none of JSON's: type it anew."
                } else {
                    "Policies have no comments: remove it, or say it in a Sid."
                },
                Some(if is_space { " ".to_owned() } else { String::new() }),
            );
            self.at += comment;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn character(&self) -> Span {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.at, self.at + length)
    }

    /// The last character that is no white space.
    fn end(&self) -> Span {
        self.before(self.text.trim_end().len())
    }

    /// The character before a byte.
    fn before(&self, end: usize) -> Span {
        Span::new(end - self.text[..end].chars().next_back().map_or(0, char::len_utf8), end)
    }

    fn note(&mut self, span: Span, text: &'static str, fix: Option<String>) {
        self.findings.push(Finding { fix, ..Finding::error(Rule::Syntax, span, text) });
    }

    fn stop<T>(&mut self, span: Span, text: &'static str) -> Read<T> {
        self.note(span, text, None);
        Err(Stop)
    }
}

/// Whether JSON writes numbers like this.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(fraction)
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}
