//! What of a query a cloud can evaluate itself, by the filters of EC2's API.

use crate::{
    query::{Field, Operator, Query, Token},
    schema::Schema,
    term::{Term, terms},
};

/// A filter of a request: any of the values. Several filters have to fit all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudFilter {
    pub name: String,
    /// None of them empty or a pattern: what those mean differs from cloud to cloud.
    pub values: Vec<String>,
    /// The tokens that it stands for.
    pub tokens: Vec<Token>,
}

/// The filters that a query implies: whatever fits the query fits them too. What they let through still has to be searched, because not
/// everything that can be asked can be asked of a cloud.
pub fn cloud_filters(query: &Query, schema: &Schema) -> Vec<CloudFilter> {
    let mut filters: Vec<CloudFilter> = Vec::new();
    for filter in terms(query).iter().filter_map(|term| filter(term, schema)) {
        // A request has each filter once; one of two conditions lets through more than both, never less.
        if filters.iter().all(|other| other.name != filter.name) {
            filters.push(filter);
        }
    }
    filters
}

fn filter(term: &Term, schema: &Schema) -> Option<CloudFilter> {
    match term {
        Term::Token(token) => of_token(token, schema),
        Term::All(_) => None,
        Term::Any(terms) => {
            let mut filters = terms.iter().map(|term| filter(term, schema)).collect::<Option<Vec<_>>>()?.into_iter();
            let mut together = filters.next()?;
            for other in filters {
                // Alternatives of different fields are nothing that filters could say.
                if other.name != together.name {
                    return None;
                }
                together.values.extend(other.values);
                together.tokens.extend(other.tokens);
            }
            Some(together)
        }
    }
}

fn of_token(token: &Token, schema: &Schema) -> Option<CloudFilter> {
    if token.is_negated() {
        return None;
    }
    let is_literal = |text: &str| !text.is_empty() && !text.contains(['*', '?', '\\']);
    let (name, value) = match (token.field(), token.operator()) {
        (Field::Property(key), Operator::Is) => (schema.property(key)?.cloud_filter.clone()?, token.value()),
        (Field::Tag(key), Operator::Is) if schema.has_tags && is_literal(key) => (format!("tag:{key}"), token.value()),
        (Field::Tag(key), Operator::Exists) if schema.has_tags => ("tag-key".to_owned(), key.as_str()),
        _ => return None,
    };
    is_literal(value).then(|| CloudFilter { name, values: vec![value.to_owned()], tokens: vec![token.clone()] })
}
