//! A query as logic: what all has to fit, and the alternatives in it.

use crate::{
    fold::fold,
    query::{Clause, Field, Join, Query, Token},
};

/// A token, or a few of them joined. Nothing in it is switched off.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    Token(Token),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// What all has to fit.
pub(crate) fn terms(query: &Query) -> Vec<Term> {
    let parts = query.clauses().iter().filter_map(|clause| match clause {
        Clause::Token(token) => live(token),
        Clause::Group(group) => single(joined(group.join(), group.tokens().iter().filter_map(live).collect())),
    });
    joined(query.join(), parts.collect())
}

fn live(token: &Token) -> Option<Term> {
    (!token.is_off()).then(|| Term::Token(token.clone()))
}

fn joined(join: Join, parts: Vec<Term>) -> Vec<Term> {
    match join {
        Join::And => parts,
        Join::Or if parts.is_empty() => parts,
        Join::Or => vec![Term::Any(parts)],
        Join::Facets => facets(parts),
    }
}

/// Puts the alternatives of each field together, at the place of the first.
fn facets(parts: Vec<Term>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::with_capacity(parts.len());
    let mut places: Vec<(Field, usize)> = Vec::new();
    for part in parts {
        let field =
            if let Term::Token(token) = &part { Some(token).filter(|t| t.is_alternative()).map(|t| t.field().clone()) } else { None };
        let Some(field) = field else {
            terms.push(part);
            continue;
        };
        if let Some((_, place)) = places.iter().find(|(other, _)| *other == field) {
            if let Term::Any(alternatives) = &mut terms[*place] {
                alternatives.push(part);
            }
        } else {
            places.push((field, terms.len()));
            terms.push(Term::Any(vec![part]));
        }
    }
    terms
}

fn single(mut terms: Vec<Term>) -> Option<Term> {
    if terms.len() > 1 { Some(Term::All(terms)) } else { terms.pop() }
}

/// Whether rows that fit the new terms all fit the old ones, as far as that can be seen without looking at rows.
pub(crate) fn narrows(new: &[Term], old: &[Term]) -> bool {
    old.iter().all(|old| new.iter().any(|new| new == old || extends(new, old)))
}

/// Whether somebody has gone on typing.
fn extends(new: &Term, old: &Term) -> bool {
    let (Term::Token(new), Term::Token(old)) = (new, old) else { return false };
    let are_texts = [new, old].iter().all(|token| *token.field() == Field::Text && !token.is_negated());
    are_texts && fold(new.value()).contains(&fold(old.value()))
}
