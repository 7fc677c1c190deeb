//! What stands in one place of a table, a tile or a page of details, as a value: drawing, searching and sorting all start from it.

use api::{Timestamp, kind::Kind, tag::Tag};

use crate::ui::Tone;

/// One value of a resource, with what it means. Data is never translated; a [`Cell::Word`] is the console's own and always is.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    /// As the cloud says it.
    Text(String),
    /// What is read character by character: identifiers, addresses, fingerprints.
    Code(String),
    /// A word of the console, translated when drawn.
    Word(&'static str),
    Status {
        tone: Tone,
        text: String,
    },
    /// To the page of another resource.
    Link(Link),
    Links(Vec<Link>),
    Time(Timestamp),
    Count(u64),
    /// GiB.
    Gib(u64),
    /// MiB.
    Mib(u64),
    Tags(Vec<Tag>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub kind: Kind,
    pub id: String,
    /// What is shown: a name, or the identifier again.
    pub text: String,
}

/// What a column is sorted by. The order of the variants does not matter: one column has one sort of key, or none for a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// Compared as people count: `web-9` before `web-10`.
    Text(String),
    Number(i64),
    /// Always last, in both directions.
    Missing,
}

pub fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

pub fn code(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Code(text.to_owned()) }
}

pub fn yes_no(value: bool) -> Cell {
    Cell::Word(if value { "Yes" } else { "No" })
}

/// Yes, no, or nothing where the cloud does not say.
pub fn maybe(value: Option<bool>) -> Cell {
    value.map_or(Cell::Empty, yes_no)
}

pub fn status(tone: Tone, text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Status { tone, text: text.to_owned() } }
}

pub fn time(at: Option<Timestamp>) -> Cell {
    at.map_or(Cell::Empty, Cell::Time)
}

/// To another resource by its identifier; nothing where there is none.
pub fn link(kind: Kind, id: &str) -> Cell {
    named_link(kind, id, id)
}

/// To another resource by its name, or its identifier where it has no name.
pub fn named_link(kind: Kind, id: &str, name: &str) -> Cell {
    if id.is_empty() { Cell::Empty } else { Cell::Link(Link::new(kind, id, name)) }
}

pub fn tags(tags: &[Tag]) -> Cell {
    let tags: Vec<_> = tags.iter().filter(|tag| tag.key != "Name").cloned().collect();
    if tags.is_empty() { Cell::Empty } else { Cell::Tags(tags) }
}

impl Link {
    pub fn new(kind: Kind, id: &str, name: &str) -> Self {
        Self { kind, id: id.to_owned(), text: if name.is_empty() { id } else { name }.to_owned() }
    }
}

impl Cell {
    /// What it is sorted by.
    pub fn key(&self) -> Key {
        match self {
            Self::Empty => Key::Missing,
            Self::Text(text) | Self::Code(text) | Self::Status { text, .. } => Key::Text(text.clone()),
            Self::Word(word) => Key::Text((*word).to_owned()),
            Self::Link(link) => Key::Text(link.text.clone()),
            Self::Links(links) => links.first().map_or(Key::Missing, |link| Key::Text(link.text.clone())),
            Self::Time(at) => Key::Number(*at),
            Self::Count(n) | Self::Gib(n) | Self::Mib(n) => Key::Number(i64::try_from(*n).unwrap_or(i64::MAX)),
            Self::Tags(tags) => tags.first().map_or(Key::Missing, |tag| Key::Text(format!("{}={}", tag.key, tag.value))),
        }
    }

    /// Adds the words that free text finds it by. Moments and yes or no are left out: nobody types them, and they would match by accident.
    pub fn push_words(&self, words: &mut String) {
        let mut push = |text: &str| {
            words.push_str(text);
            words.push('\n');
        };
        match self {
            Self::Empty | Self::Word(_) | Self::Time(_) => {}
            Self::Text(text) | Self::Code(text) | Self::Status { text, .. } => push(text),
            Self::Link(link) => push_link(link, &mut push),
            Self::Links(links) => links.iter().for_each(|link| push_link(link, &mut push)),
            Self::Count(n) | Self::Gib(n) | Self::Mib(n) => push(&n.to_string()),
            Self::Tags(tags) => tags.iter().for_each(|tag| push(&format!("{}={}", tag.key, tag.value))),
        }
    }

    /// What the copy button takes; `None` where copying makes no sense.
    pub fn copied(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Code(text) => Some(text.clone()),
            Self::Link(link) => Some(link.id.clone()),
            _ => None,
        }
    }
}

fn push_link(link: &Link, push: &mut impl FnMut(&str)) {
    push(&link.text);
    if link.id != link.text {
        push(&link.id);
    }
}
