//! What can be typed next: properties, operators, and values with how many rows they would leave.

mod draft;

use std::{borrow::Cow, cell::OnceCell, ops::Range};

pub use self::draft::{Draft, Stage};
use crate::{
    bits::Bits,
    counts::{Wanted, counts, tag_keys, without_field},
    fold::fold,
    literal::Clock,
    query::{Field, Operator, Query, TAG, Token, parse},
    search::Search,
    store::Store,
};

/// So many values of a property are offered at once; typing narrows them.
const MOST_VALUES: usize = 50;
/// So many values of all properties are offered beside these.
const MOST_MIXED: usize = 8;

/// What can take the place of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestions {
    /// The part of the text that is replaced.
    pub span: Range<usize>,
    /// What has to be set off in the labels.
    pub typed: String,
    pub items: Vec<Suggestion>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub offer: Offer,
    /// What the part is replaced by.
    pub text: String,
    /// As shown: of a property its label, of a tag its key, of a value its label, of an operator its sign.
    pub label: String,
    pub n_rows: Option<usize>,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// To go on with this field.
    Field(Field),
    Operator(Operator),
    /// A whole token.
    Token(Token),
}

/// What can be typed at the cursor, beside a query that is there already. Counts are of the rows that the query and the rest of the text find.
pub fn suggest(store: &Store, query: &Query, clock: Clock, text: &str, cursor: usize) -> Suggestions {
    let draft = Draft::at(text, cursor, store.schema());
    let (rest, problems) = parse(&format!("{} {}", &text[..draft.span.start], &text[draft.span.end..]), store.schema());
    // Half of an `or` says nothing yet.
    let rest = if problems.is_empty() { rest } else { Query::default() };
    let counter = Counter { store, query: Query::all(vec![query.clone(), rest]), clock, rows: OnceCell::new() };
    let (typed, items) = match &draft.stage {
        Stage::Word(typed) => (typed.clone(), counter.word(&draft, typed)),
        Stage::Value { field, operator, is_negated, typed } => {
            let wanted = Wanted { text: typed, most: MOST_VALUES };
            (typed.clone(), counter.values(&draft, field, (*operator, *is_negated), wanted))
        }
    };
    Suggestions { span: draft.span, typed, items }
}

impl Suggestions {
    /// What Tab completes: the only one, once something was typed or a property chosen.
    pub fn completion(&self) -> Option<&Suggestion> {
        if let [only] = self.items.as_slice() { Some(only) } else { None }
    }

    /// What Enter takes where no line is chosen: the value that was typed in full, in any case, or the only one.
    pub fn accepted(&self) -> Option<&Suggestion> {
        let typed = fold(self.typed.trim());
        let values = || self.items.iter().filter_map(|item| if let Offer::Token(token) = &item.offer { Some((item, token)) } else { None });
        let named = values().find(|(item, token)| !typed.is_empty() && (fold(&item.label) == typed || fold(token.value()) == typed));
        named.map(|(item, _)| item).or_else(|| self.completion().filter(|item| !typed.is_empty() && matches!(item.offer, Offer::Token(_))))
    }
}

struct Counter<'a> {
    store: &'a Store,
    query: Query,
    clock: Clock,
    /// What the query finds: looked for once, however many properties are counted.
    rows: OnceCell<Bits>,
}

impl Counter<'_> {
    /// Properties and tags of such a name, operators behind a whole name, and values that contain the word.
    fn word(&self, draft: &Draft, typed: &str) -> Vec<Suggestion> {
        let schema = self.store.schema();
        let wanted = fold(typed);
        let rows = self.rows();
        let mut items = Vec::new();
        for property in &schema.properties {
            let field = Field::Property(property.key.clone());
            if property.names().any(|name| fold(name).contains(&wanted)) {
                items.push(self.field(draft, field.clone(), &property.label, None));
            }
            let behind = property.names().filter(|name| !name.is_empty()).find_map(|name| wanted.strip_prefix(&fold(name)));
            if let Some(behind) = behind {
                items.extend(self.operators(draft, &field, behind));
            }
        }
        if schema.has_tags {
            let key = wanted.strip_prefix(TAG).unwrap_or(&wanted);
            let tags = tag_keys(self.store, rows).into_iter().filter(|count| fold(&count.value).contains(key)).take(MOST_VALUES);
            items.extend(tags.map(|count| self.field(draft, Field::Tag(count.value.clone()), &count.label, Some(count.n_rows))));
        }
        if !typed.is_empty() {
            let wanted = Wanted { text: typed, most: MOST_MIXED };
            let fields = schema.properties.iter().map(|property| Field::Property(property.key.clone()));
            let of_field = |field: Field| self.values(draft, &field, (Operator::Is, false), wanted);
            let mut values: Vec<_> = fields.flat_map(of_field).filter(|value| value.n_rows > Some(0) && !value.label.is_empty()).collect();
            // Stable: properties keep their order among equally frequent values.
            values.sort_by_key(|value| std::cmp::Reverse(value.n_rows));
            values.truncate(MOST_MIXED);
            items.extend(values);
        }
        items
    }

    /// The values of a field, but those that the query asks for already.
    fn values(&self, draft: &Draft, field: &Field, (operator, is_negated): (Operator, bool), wanted: Wanted<'_>) -> Vec<Suggestion> {
        let rows = self.rows_without(field);
        // A value from the list is meant as it stands, also where what was typed was only a part of it.
        let operator = if matches!(operator, Operator::Has | Operator::Like) { Operator::Is } else { operator };
        let offered = counts(self.store, field, &rows, wanted).into_iter().filter_map(|count| {
            let token = Token::new(field.clone(), operator, count.value);
            let token = draft.complete(if is_negated { token.negated() } else { token });
            let is_new = !self.query.tokens().any(|other| *other == token);
            is_new.then(|| Suggestion {
                text: token.to_string(),
                offer: Offer::Token(token),
                label: count.label,
                n_rows: Some(count.n_rows),
            })
        });
        offered.collect()
    }

    fn field(&self, draft: &Draft, field: Field, label: &str, n_rows: Option<usize>) -> Suggestion {
        // The usual operator stands behind the name at once.
        let usual = self.store.schema().operators(&field).first().copied().unwrap_or(Operator::Is);
        let text = format!("{}{field}{}", draft.prefix, usual.sign());
        Suggestion { offer: Offer::Field(field), text, label: label.to_owned(), n_rows }
    }

    fn operators(&self, draft: &Draft, field: &Field, typed: &str) -> Vec<Suggestion> {
        let operators = self.store.schema().operators(field).iter().filter(|operator| **operator != Operator::Like);
        let signs = operators.flat_map(|operator| {
            let negated = operator.negated_sign();
            std::iter::once(operator.sign()).chain(negated).map(move |sign| (*operator, sign))
        });
        let fitting = signs.filter(|(_, sign)| sign.starts_with(typed.trim_start()));
        let suggestion = |(operator, sign): (Operator, &str)| Suggestion {
            offer: Offer::Operator(operator),
            text: format!("{}{field}{sign}", draft.prefix),
            label: sign.to_owned(),
            n_rows: None,
        };
        fitting.map(suggestion).collect()
    }

    fn rows(&self) -> &Bits {
        self.rows.get_or_init(|| self.found(&self.query))
    }

    /// What is found but for the tokens of this field: most have none, and share what is found.
    fn rows_without(&self, field: &Field) -> Cow<'_, Bits> {
        let others = without_field(&self.query, field);
        if others == self.query { Cow::Borrowed(self.rows()) } else { Cow::Owned(self.found(&others)) }
    }

    fn found(&self, query: &Query) -> Bits {
        Search::new(self.store, query, self.clock).finish(self.store).hits().clone()
    }
}
