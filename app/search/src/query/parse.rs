//! From text to a query. Nothing fails and nothing is lost: what cannot be understood is a token that says so, or text to be searched for.

use std::ops::Range;

use super::{
    Clause, Group, Join, Operator, Problem, Query, Reason, Token, check,
    lex::{Cursor, Word},
    name::{self, TAG},
};
use crate::schema::Schema;

/// Reads a text. The problems stand in the order of the text.
pub fn parse(text: &str, schema: &Schema) -> (Query, Vec<Problem>) {
    let mut parser = Parser::new(text, schema);
    let items = parser.items(false);
    let query = assemble(items, false).map(|(join, clauses)| Query::new(join, clauses));
    let query = query.unwrap_or_else(|| {
        let start = text.len() - text.trim_start().len();
        let clause = parser.literal(start..text.trim_end().len(), Reason::TooDeep);
        Query::new(Join::default(), vec![clause.into()])
    });
    parser.problems.sort_by_key(|problem| problem.span.start);
    (query, parser.problems)
}

/// Where the tokens of a text stand.
pub(crate) fn spans(text: &str, schema: &Schema) -> Vec<Range<usize>> {
    let mut parser = Parser::new(text, schema);
    parser.items(false);
    parser.spans
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    schema: &'a Schema,
    problems: Vec<Problem>,
    spans: Vec<Range<usize>>,
}

/// What a level of the text is made of.
enum Item {
    Part(Clause),
    Join(Join, Range<usize>),
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, schema: &'a Schema) -> Self {
        Self { cursor: Cursor { text, at: 0 }, schema, problems: Vec::new(), spans: Vec::new() }
    }

    /// The clauses up to the end.
    fn items(&mut self, in_group: bool) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            self.cursor.skip_blanks();
            match self.cursor.peek() {
                None => break,
                Some(')') if in_group => break,
                Some('(') => items.push(Item::Part(self.group(in_group))),
                Some(_) => {
                    let start = self.cursor.at;
                    items.push(self.join(in_group).unwrap_or_else(|| Item::Part(self.token(in_group).into())));
                    self.spans.push(start..self.cursor.at);
                }
            }
        }
        self.settle_joins(items)
    }

    /// Joins with nothing on one of their sides are words after all.
    fn settle_joins(&mut self, items: Vec<Item>) -> Vec<Item> {
        let mut settled: Vec<Item> = Vec::with_capacity(items.len());
        let mut items = items.into_iter().peekable();
        while let Some(item) = items.next() {
            settled.push(match item {
                Item::Join(_, span) if !matches!(settled.last(), Some(Item::Part(_))) || !matches!(items.peek(), Some(Item::Part(_))) => {
                    Item::Part(self.report(span, Reason::LoneJoin).into())
                }
                item => item,
            });
        }
        settled
    }

    fn join(&mut self, in_group: bool) -> Option<Item> {
        let start = self.cursor.at;
        self.cursor.bare(in_group);
        let join = match &self.cursor.text[start..self.cursor.at] {
            word if word.eq_ignore_ascii_case("and") => Join::And,
            word if word.eq_ignore_ascii_case("or") => Join::Or,
            _ => {
                self.cursor.at = start;
                return None;
            }
        };
        Some(Item::Join(join, start..self.cursor.at))
    }

    fn group(&mut self, in_group: bool) -> Clause {
        let start = self.cursor.at;
        if in_group {
            self.cursor.skip_group();
            return self.literal(start..self.cursor.at, Reason::TooDeep).into();
        }
        self.cursor.at += 1;
        let items = self.items(true);
        let is_closed = self.cursor.eat(')');
        let span = start..self.cursor.at;
        if items.is_empty() {
            return self.literal(span, Reason::EmptyGroup).into();
        }
        let tokens = assemble(items, true);
        let group = tokens.and_then(|(join, clauses)| Group::new(join, clauses.into_iter().flat_map(|c| c.tokens().to_vec()).collect()));
        let Some(group) = group else { return self.literal(span, Reason::TooDeep).into() };
        if !is_closed {
            self.problems.push(Problem { span, reason: Reason::UnclosedGroup });
        }
        Clause::Group(group)
    }

    fn token(&mut self, in_group: bool) -> Token {
        let start = self.cursor.at;
        let is_off = self.prefix("~");
        let is_negated = self.prefix("-!");
        let mut token = match self.cursor.peek() {
            Some('(') => {
                self.cursor.skip_group();
                return self.literal(start..self.cursor.at, Reason::NegatedGroup);
            }
            Some(')') if !in_group => {
                self.cursor.at += 1;
                self.report(self.cursor.at - 1..self.cursor.at, Reason::UnopenedGroup)
            }
            _ => self.named(in_group).unwrap_or_else(|| self.text(in_group)),
        };
        if is_negated {
            token = token.negated();
        }
        if is_off { token.switched() } else { token }
    }

    /// One of these signs, if something follows that it can belong to.
    fn prefix(&mut self, signs: &str) -> bool {
        let mut rest = self.cursor.rest().chars();
        let is_there = rest.next().is_some_and(|c| signs.contains(c)) && rest.next().is_some_and(|c| !c.is_whitespace() && c != ')');
        self.cursor.at += usize::from(is_there);
        is_there
    }

    /// A token that begins with the name of a property or a tag.
    fn named(&mut self, in_group: bool) -> Option<Token> {
        let start = self.cursor.at;
        let head = name::head(&mut self.cursor, self.schema, in_group)?;
        let name = start..self.cursor.at;
        if !head.is_closed {
            self.problems.push(Problem { span: name.clone(), reason: Reason::UnclosedQuote });
        }
        let Some((operator, is_negated)) = head.operator else { return Some(Token::new(head.field, Operator::Exists, "")) };
        self.cursor.skip_blanks();
        let value_start = self.cursor.at;
        let word = self.cursor.word(in_group);
        let value = value_start..self.cursor.at;
        self.check_closed(&word, &value);
        let token = match word.pattern {
            Some(pattern) if matches!(operator, Operator::Is | Operator::Has) => Token::new(head.field, Operator::Like, pattern),
            _ => Token::new(head.field, operator, word.text),
        };
        if token.value().is_empty() && !word.is_quoted {
            self.problems.push(Problem { span: name, reason: Reason::MissingValue });
        } else if let Some(reason) = check::problem(&token, self.schema) {
            let span = if reason == Reason::Operator { name } else { value };
            self.problems.push(Problem { span, reason });
        }
        Some(if is_negated { token.negated() } else { token })
    }

    fn text(&mut self, in_group: bool) -> Token {
        let start = self.cursor.at;
        let word = self.cursor.word(in_group);
        let span = start..self.cursor.at;
        self.check_closed(&word, &span);
        let written = &self.cursor.text[span.clone()];
        if written.eq_ignore_ascii_case(TAG) && self.schema.has_tags {
            self.problems.push(Problem { span, reason: Reason::MissingValue });
        } else if let Some(name) = unknown_name(written) {
            self.problems.push(Problem { span: start..start + name.len(), reason: Reason::UnknownProperty });
        }
        Token::text(word.text)
    }

    fn check_closed(&mut self, word: &Word, span: &Range<usize>) {
        if !word.is_closed {
            self.problems.push(Problem { span: span.clone(), reason: Reason::UnclosedQuote });
        }
    }

    /// The text as it stands, to be searched for; what was found in it before counts no more.
    fn literal(&mut self, span: Range<usize>, reason: Reason) -> Token {
        self.problems.retain(|problem| problem.span.end <= span.start || problem.span.start >= span.end);
        self.report(span, reason)
    }

    fn report(&mut self, span: Range<usize>, reason: Reason) -> Token {
        self.problems.push(Problem { span: span.clone(), reason });
        Token::text(&self.cursor.text[span])
    }
}

/// The name that somebody seems to have meant: letters, one operator, a value. Addresses and the like have more than one colon.
fn unknown_name(word: &str) -> Option<&str> {
    let at = word.find(|c: char| !c.is_ascii_alphabetic() && c != '_')?;
    let (name, rest) = word.split_at(at);
    let (_, _, length) = Operator::read(rest)?;
    let value = &rest[length..];
    let is_one = name.len() > 1 && !value.is_empty() && !value.contains([':', '=']) && !value.starts_with('/');
    is_one.then_some(name)
}

/// Puts parts and joins together: what stands side by side binds closest, then `and`, then `or`. What needs groups for it makes them, unless
/// it would be groups within groups.
fn assemble(items: Vec<Item>, in_group: bool) -> Option<(Join, Vec<Clause>)> {
    let mut alternatives = vec![vec![Vec::new()]];
    for item in items {
        let runs = alternatives.last_mut().expect("there is a first alternative");
        match item {
            Item::Part(part) => runs.last_mut().expect("there is a first run").push(part),
            Item::Join(Join::Or, _) => alternatives.push(vec![Vec::new()]),
            Item::Join(..) => runs.push(Vec::new()),
        }
    }
    if alternatives.len() == 1 {
        return conjunction(alternatives.pop()?, in_group);
    }
    let parts = alternatives.into_iter().map(|runs| {
        // One that is joined by `and` has no room left for groups.
        let (join, clauses) = conjunction(runs, true)?;
        nest(join, clauses, in_group)
    });
    Some((Join::Or, parts.collect::<Option<_>>()?))
}

fn conjunction(mut runs: Vec<Vec<Clause>>, in_group: bool) -> Option<(Join, Vec<Clause>)> {
    if runs.len() == 1 {
        return Some((Join::Facets, runs.pop()?));
    }
    let parts = runs.into_iter().map(|run| nest(Join::Facets, run, in_group));
    Some((Join::And, parts.collect::<Option<_>>()?))
}

fn nest(join: Join, mut clauses: Vec<Clause>, in_group: bool) -> Option<Clause> {
    if clauses.len() == 1 {
        return clauses.pop();
    }
    let tokens = clauses.into_iter().map(|clause| if let Clause::Token(token) = clause { Some(token) } else { None });
    let tokens = tokens.collect::<Option<_>>().filter(|_| !in_group)?;
    Group::new(join, tokens).map(Clause::Group)
}
