//! docs/search.md once more, row by row and without a thought of speed.

use search::{
    Clause, Clock, Field, Join, Kind, Operator, Property, Query, Schema, Token,
    literal::{moment, network, number, size},
    query::pattern,
};

use super::items::Item;

pub fn fits(item: &Item, query: &Query, schema: &Schema, clock: Clock) -> bool {
    let naive = Naive { item, schema, clock };
    let parts = query.clauses().iter().filter_map(|clause| match clause {
        Clause::Token(token) => (!token.is_off()).then(|| (Some(token.clone()), naive.token(token))),
        Clause::Group(group) => {
            let tokens: Vec<_> = group.tokens().iter().filter(|token| !token.is_off()).collect();
            let parts: Vec<_> = tokens.iter().map(|token| (Some((*token).clone()), naive.token(token))).collect();
            (!tokens.is_empty()).then(|| (None, joined(group.join(), &parts)))
        }
    });
    joined(query.join(), &parts.collect::<Vec<_>>())
}

/// The parts, with the token where one is, and whether they fit.
fn joined(join: Join, parts: &[(Option<Token>, bool)]) -> bool {
    match join {
        Join::And => parts.iter().all(|(_, fits)| *fits),
        Join::Or => parts.is_empty() || parts.iter().any(|(_, fits)| *fits),
        Join::Facets => parts.iter().all(|(token, fits)| {
            let asks_for_value = |token: &Token| {
                let is_bound =
                    matches!(token.operator(), Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual);
                !token.is_negated() && !is_bound && *token.field() != Field::Text
            };
            match token {
                Some(token) if asks_for_value(token) => parts
                    .iter()
                    .any(|(other, fits)| *fits && other.as_ref().is_some_and(|o| asks_for_value(o) && o.field() == token.field())),
                _ => *fits,
            }
        }),
    }
}

struct Naive<'a> {
    item: &'a Item,
    schema: &'a Schema,
    clock: Clock,
}

impl Naive<'_> {
    fn token(&self, token: &Token) -> bool {
        let fits = match token.field() {
            Field::Text => Some(self.text(token.value())),
            Field::Tag(key) => {
                let tag = self.item.tags.iter().find(|(other, _)| other == key);
                Some(tag.is_some_and(|(_, value)| token.operator() == Operator::Exists || compare(token, value)))
            }
            Field::Property(key) => self.property(token, self.schema.property(key).expect("the schema of the tests")),
        };
        // A value that makes no sense matches no row, negated or not.
        fits.is_some_and(|fits| fits != token.is_negated())
    }

    fn text(&self, text: &str) -> bool {
        let mut places = vec![self.item.id.clone(), self.item.note.clone(), self.item.name.clone()];
        places.extend(self.item.groups.clone());
        places.extend(self.item.tags.iter().map(|(key, value)| format!("{key}={value}")));
        places.iter().any(|place| lower(place).contains(&lower(text)))
    }

    fn property(&self, token: &Token, property: &Property) -> Option<bool> {
        let item = self.item;
        let values = match property.key.as_str() {
            "name" => vec![&item.name],
            "state" => vec![&item.state],
            "key" => vec![&item.key],
            "pair" => vec![&item.pair],
            "ip" => vec![&item.ip],
            "group" => item.groups.iter().collect(),
            "cores" => return self.number(token, property, item.cores),
            "size" => return self.number(token, property, item.size),
            "launched" => return self.number(token, property, item.launched),
            key => panic!("{key}"),
        };
        let none = String::new();
        let values = if values.is_empty() { vec![&none] } else { values };
        let wanted = token.value();
        let contains = |value: &str| network(value).zip(network(wanted)).is_some_and(|(value, wanted)| wanted.contains(value));
        let fits: Box<dyn Fn(&str) -> bool> = match (property.kind, token.operator()) {
            (Kind::Address, Operator::Is) if !wanted.is_empty() => {
                network(wanted)?;
                Box::new(contains)
            }
            (Kind::Address, Operator::Has) if network(wanted).is_some() => Box::new(contains),
            (Kind::Choice, operator) if operator != Operator::Is => {
                let same = |text: &str| lower(text) == lower(wanted) && !wanted.is_empty();
                match property.choices.iter().find(|choice| same(&choice.value) || same(&choice.label)) {
                    Some(choice) if operator == Operator::Has => Box::new(move |value| value == choice.value),
                    _ => Box::new(|value| compare(token, value) || compare(token, property.label_of(value))),
                }
            }
            _ => Box::new(|value| compare(token, value)),
        };
        Some(values.iter().any(|value| fits(value)))
    }

    fn number(&self, token: &Token, property: &Property, value: Option<f64>) -> Option<bool> {
        let wanted = token.value();
        let is_equality = matches!(token.operator(), Operator::Is | Operator::Has);
        if wanted.is_empty() {
            return (token.operator() == Operator::Is).then_some(value.is_none());
        }
        #[expect(clippy::cast_precision_loss, reason = "dates are small")]
        let (from, to, is_age) = match property.kind {
            Kind::Number => number(wanted).map(|number| (number, number, false))?,
            Kind::Size { unit } => size(wanted, unit).map(|size| (size, size, false))?,
            _ => {
                let moment = moment(wanted)?;
                let (from, to) = moment.bounds(self.clock);
                (from as f64, to as f64, moment.is_age())
            }
        };
        let Some(value) = value else { return Some(false) };
        Some(match token.operator() {
            _ if is_equality => from <= value && value <= to,
            Operator::Less if is_age => value > to,
            Operator::LessEqual if is_age => value >= to,
            Operator::Greater if is_age => value < to,
            Operator::GreaterEqual if is_age => value <= to,
            Operator::Less => value < from,
            Operator::LessEqual => value <= to,
            Operator::Greater => value > to,
            _ => value >= from,
        })
    }
}

fn compare(token: &Token, value: &str) -> bool {
    let (value, wanted) = (value.to_owned(), token.value());
    match token.operator() {
        Operator::Is => value == wanted,
        Operator::Starts => lower(&value).starts_with(&lower(wanted)),
        Operator::Like => pattern::fits(&pattern::pieces(&lower(wanted)), &lower(&value)),
        _ => lower(&value).contains(&lower(wanted)),
    }
}

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
