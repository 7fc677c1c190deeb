//! A query made ready for a store: what is asked of values is decided once per value, not once per row.

mod number;
mod text;

use std::ops::Range;

use self::number::Bounds;
use crate::{
    bits::ones,
    fold::fold,
    literal::Clock,
    needle::Needle,
    query::{Field, Token, problem},
    store::{Column, Store, Values},
    term::Term,
};

/// So many words of bits are looked at together, 4,096 rows: enough to search their words at once.
pub(crate) const BLOCK: usize = 64;

/// Rows of a block, a bit each.
pub(crate) type Block = [u64; BLOCK];

/// What rows are asked, for a store as it was when the plan was made.
#[derive(Debug)]
pub(crate) enum Plan {
    /// Fits no row.
    Nothing,
    Texts(Fitting),
    Numbers {
        property: usize,
        bounds: Bounds,
    },
    Text {
        /// The searched properties and the tags, with the values that contain the text.
        columns: Vec<Fitting>,
        needle: Box<Needle>,
    },
    Not(Box<Plan>),
    All(Vec<Plan>),
    Any(Vec<Plan>),
}

/// Which numbers of rows fit in a column of texts.
#[derive(Debug)]
pub(crate) struct Fitting {
    column: TextColumn,
    by_row_code: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
enum TextColumn {
    Property(usize),
    Tags,
}

impl Plan {
    pub fn new(terms: &[Term], store: &Store, clock: Clock) -> Self {
        let mut parts: Vec<_> = terms.iter().map(|term| Self::of_term(term, store, clock)).collect();
        // What looks at numbers leaves less to do for what looks at words.
        parts.sort_by_key(Self::is_text);
        Self::All(parts)
    }

    fn of_term(term: &Term, store: &Store, clock: Clock) -> Self {
        match term {
            Term::Token(token) => Self::of_token(token, store, clock),
            Term::All(terms) => Self::new(terms, store, clock),
            Term::Any(terms) => Self::Any(terms.iter().map(|term| Self::of_term(term, store, clock)).collect()),
        }
    }

    fn of_token(token: &Token, store: &Store, clock: Clock) -> Self {
        if problem(token, store.schema()).is_some() {
            return Self::Nothing;
        }
        let plan = match token.field() {
            Field::Text => Self::of_text(token.value(), store),
            Field::Tag(key) => {
                let values = store.tags();
                let fitting = text::of_tag(token, key, &values.dictionary);
                Self::Texts(Fitting { column: TextColumn::Tags, by_row_code: values.by_row_code(fitting) })
            }
            Field::Property(key) => {
                let property = store.schema().position(key).expect("tokens of unknown properties have a problem");
                let described = &store.schema().properties[property];
                match store.column(property) {
                    Column::Texts(values) => {
                        let fitting = text::of_property(token, described, &values.dictionary);
                        Self::Texts(Fitting { column: TextColumn::Property(property), by_row_code: values.by_row_code(fitting) })
                    }
                    Column::Numbers(_) => {
                        Bounds::new(token, described.kind, clock).map_or(Self::Nothing, |bounds| Self::Numbers { property, bounds })
                    }
                }
            }
        };
        if token.is_negated() { Self::Not(Box::new(plan)) } else { plan }
    }

    fn of_text(text: &str, store: &Store) -> Self {
        let text = fold(text);
        if text.is_empty() {
            return Self::All(Vec::new());
        }
        let needle = Needle::new(&text);
        let properties = store.schema().properties.iter().enumerate().filter(|(_, property)| property.is_searched);
        let columns = properties.filter_map(|(index, _)| match store.column(index) {
            Column::Texts(values) => {
                let by_row_code = values.by_row_code(values.dictionary.containing(&needle));
                Some(Fitting { column: TextColumn::Property(index), by_row_code })
            }
            Column::Numbers(_) => None,
        });
        let mut columns: Vec<_> = columns.collect();
        let tags = store.tags();
        columns.push(Fitting { column: TextColumn::Tags, by_row_code: tags.by_row_code(text::of_tags(&text, &tags.dictionary)) });
        Self::Text { columns, needle: Box::new(needle) }
    }

    fn is_text(&self) -> bool {
        match self {
            Self::Text { .. } => true,
            Self::Not(part) => part.is_text(),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_text),
            Self::Nothing | Self::Texts(_) | Self::Numbers { .. } => false,
        }
    }

    /// Takes away the rows that do not fit, of those from the row `base` on.
    pub fn keep(&self, store: &Store, base: usize, rows: &mut Block) {
        match self {
            Self::Nothing => rows.fill(0),
            Self::Texts(fitting) => fitting.keep(store, base, rows),
            Self::Numbers { property, bounds } => {
                let Column::Numbers(numbers) = store.column(*property) else { unreachable!("the plan was made for this store") };
                keep(rows, base, numbers, |number| bounds.fit(*number));
            }
            Self::Text { columns, needle } => {
                let found = alternatives(rows, columns, |fitting, rest| fitting.keep(store, base, rest));
                let mut rest = *rows;
                take_away(&mut rest, &found);
                keep_words(needle, store, base, &mut rest);
                rows.iter_mut().zip(found.iter().zip(&rest)).for_each(|(row, (one, other))| *row = one | other);
            }
            Self::Not(part) => {
                let mut found = *rows;
                part.keep(store, base, &mut found);
                take_away(rows, &found);
            }
            Self::All(parts) => {
                for part in parts {
                    if rows.iter().all(|word| *word == 0) {
                        return;
                    }
                    part.keep(store, base, rows);
                }
            }
            Self::Any(parts) => *rows = alternatives(rows, parts, |part, rest| part.keep(store, base, rest)),
        }
    }
}

impl Fitting {
    fn keep(&self, store: &Store, base: usize, rows: &mut Block) {
        let values: &Values = match self.column {
            TextColumn::Tags => store.tags(),
            TextColumn::Property(property) => match store.column(property) {
                Column::Texts(values) => values,
                Column::Numbers(_) => unreachable!("the plan was made for this store"),
            },
        };
        keep(rows, base, values.rows(), |code| self.by_row_code[*code as usize]);
    }
}

/// The rows that fit any of the parts; each part is asked only for those that fit none before.
fn alternatives<T>(rows: &Block, parts: &[T], keep: impl Fn(&T, &mut Block)) -> Block {
    let mut found = [0; BLOCK];
    let mut rest = *rows;
    for part in parts {
        let mut fitting = rest;
        keep(part, &mut fitting);
        take_away(&mut rest, &fitting);
        found.iter_mut().zip(&fitting).for_each(|(found, fitting)| *found |= fitting);
    }
    found
}

fn take_away(rows: &mut Block, others: &Block) {
    rows.iter_mut().zip(others).for_each(|(row, other)| *row &= !other);
}

/// Asks each row of a column.
fn keep<T>(rows: &mut Block, base: usize, column: &[T], fits: impl Fn(&T) -> bool) {
    let chunks = column.get(base..).unwrap_or_default().chunks(64);
    for (word, chunk) in rows.iter_mut().zip(chunks).filter(|(word, _)| **word != 0) {
        // All of them without a branch is quicker than some of them, unless they are few.
        *word = if word.count_ones() > 8 {
            *word & chunk.iter().rev().fold(0, |bits, value| bits << 1 | u64::from(fits(value)))
        } else {
            ones(*word).filter(|bit| fits(&chunk[*bit])).fold(0, |bits, bit| bits | 1 << bit)
        };
    }
}

fn keep_words(needle: &Needle, store: &Store, base: usize, rows: &mut Block) {
    let n_left: u32 = rows.iter().map(|word| word.count_ones()).sum();
    let words = store.words();
    if n_left < 512 {
        for (index, word) in rows.iter_mut().enumerate() {
            *word = words.containing(needle, base + index * 64, *word);
        }
        return;
    }
    let mut found = [0_u64; BLOCK];
    let range: Range<usize> = base..store.stamp().n_rows.min(base + BLOCK * 64);
    words.each_containing(needle, range, |row| found[(row - base) / 64] |= 1 << (row % 64));
    rows.iter_mut().zip(&found).for_each(|(row, found)| *row &= found);
}
