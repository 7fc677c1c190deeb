//! A query: what all four faces (pills, text, address, builder) show and change.

mod check;
mod lex;
mod name;
mod operator;
mod parse;
pub mod pattern;
mod print;
mod problem;
mod token;
pub mod url;

pub(crate) use self::{
    lex::Cursor,
    name::{TAG, head},
    parse::spans,
};

pub use self::{
    check::problem,
    operator::Operator,
    parse::parse,
    print::print,
    problem::{Problem, Reason},
    token::{Field, Token},
};

/// How the parts of a query, or of a group, work together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Join {
    /// As facets do: several wanted values of one field are any of them, everything else has to fit.
    #[default]
    Facets,
    And,
    Or,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Clause {
    Token(Token),
    Group(Group),
}

/// Tokens in parentheses. Groups have no groups in them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    join: Join,
    tokens: Vec<Token>,
}

/// What is asked of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    join: Join,
    clauses: Vec<Clause>,
}

impl Group {
    /// The join of a single token means nothing, so it is kept the same for all; without a token there is no group.
    pub fn new(join: Join, tokens: Vec<Token>) -> Option<Self> {
        let join = if tokens.len() > 1 { join } else { Join::default() };
        (!tokens.is_empty()).then_some(Self { join, tokens })
    }

    pub fn join(&self) -> Join {
        self.join
    }

    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

impl Clause {
    pub fn tokens(&self) -> &[Token] {
        match self {
            Self::Token(token) => std::slice::from_ref(token),
            Self::Group(group) => &group.tokens,
        }
    }
}

impl From<Token> for Clause {
    fn from(token: Token) -> Self {
        Self::Token(token)
    }
}

impl From<Token> for Query {
    fn from(token: Token) -> Self {
        Self::new(Join::Facets, vec![token.into()])
    }
}

impl Query {
    /// The join of a single clause means nothing, so it is kept the same for all.
    pub fn new(join: Join, clauses: Vec<Clause>) -> Self {
        Self { join: if clauses.len() > 1 { join } else { Join::default() }, clauses }
    }

    pub fn join(&self) -> Join {
        self.join
    }

    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// All tokens, those in groups too.
    pub fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.clauses.iter().flat_map(Clause::tokens)
    }

    /// Whether nothing is asked: no clause, or all switched off.
    pub fn is_idle(&self) -> bool {
        self.tokens().all(Token::is_off)
    }

    /// Adds a clause unless it is there.
    pub fn add(&mut self, clause: impl Into<Clause>) {
        let clause = clause.into();
        if !self.clauses.contains(&clause) {
            self.clauses.push(clause);
        }
    }

    /// The query with a clause in another's place.
    #[must_use]
    pub fn replaced(&self, index: usize, clause: impl Into<Clause>) -> Self {
        let mut clauses = self.clauses.clone();
        clauses[index] = clause.into();
        Self::new(self.join, clauses)
    }

    /// The query without a clause.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let mut clauses = self.clauses.clone();
        clauses.remove(index);
        Self::new(self.join, clauses)
    }

    /// The query with these tokens in a clause's place, each for itself. What was all of the query is joined as they were.
    #[must_use]
    pub fn spread(&self, index: usize, join: Join, tokens: Vec<Token>) -> Self {
        let mut clauses = self.clauses.clone();
        clauses.splice(index..=index, tokens.into_iter().map(Clause::from));
        Self::new(if self.clauses.len() == 1 { join } else { self.join }, clauses)
    }

    /// The query with its clauses joined otherwise.
    #[must_use]
    pub fn joined(&self, join: Join) -> Self {
        Self::new(join, self.clauses.clone())
    }

    /// All of these at once, as facets: one that is joined otherwise becomes a group. What cannot, because it has groups itself, is searched
    /// for as text, which finds nothing rather than too much.
    #[must_use]
    pub fn all(mut parts: Vec<Self>) -> Self {
        parts.retain(|part| !part.clauses.is_empty());
        if parts.len() == 1 {
            return parts.pop().unwrap_or_default();
        }
        let clauses = parts.into_iter().flat_map(|part| match (part.join, part.all_tokens()) {
            (Join::Facets, _) => part.clauses,
            (join, Some(tokens)) => Group::new(join, tokens).map(Clause::Group).into_iter().collect(),
            (_, None) => vec![Token::text(print(&part)).into()],
        });
        Self::new(Join::Facets, clauses.collect())
    }

    /// The tokens, where there are no groups among them.
    fn all_tokens(&self) -> Option<Vec<Token>> {
        self.clauses.iter().map(|clause| if let Clause::Token(token) = clause { Some(token.clone()) } else { None }).collect()
    }
}
