//! What a list shows, as its address says it: what is searched for, order and scope.
//!
//! `?state=running&state=stopped&tag:env=prod&q=web&sort=state,-launched`: see docs/search.md for the search. Parameters that the list does
//! not know (the region is one) are nobody's business here: they are kept as they are.

use search::{Clause, Join, SortKey, query::url};

use super::shape::Shape;
use crate::spec::AnySpec;

/// Resources that the user has just made, a parameter each: they are marked.
pub const NEW: &str = "new";

/// What is asked of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub search: search::Query,
    /// Columns by weight, by their keys; empty for the kind's own order.
    pub sort: Vec<SortKey>,
    /// The value of the chosen scope; empty for the first.
    pub scope: String,
    /// Parameters that are not the list's.
    pub others: Vec<(String, String)>,
}

impl Query {
    /// Reads the query part of an address. Never fails: what makes no sense here stays among the others.
    pub fn parse(search: &str, spec: &dyn AnySpec) -> Self {
        let shape = Shape::of(spec);
        let scope_arg = spec.scopes().first().map(|scope| scope.arg);
        let mut query = Self::default();
        let mut rest = Vec::new();
        for (key, value) in url::decode(search) {
            let sort = if key == "sort" { sort_keys(&value, &shape) } else { Vec::new() };
            if !sort.is_empty() {
                query.sort = sort;
            } else if Some(key.as_str()) == scope_arg && spec.scopes().iter().any(|scope| scope.value == value) {
                query.scope = value;
            } else {
                rest.push((key, value));
            }
        }
        (query.search, query.others) = url::read(rest, &shape.schema);
        query
    }

    /// The query part of the address, without the question mark.
    pub fn to_search(&self, spec: &dyn AnySpec) -> String {
        let mut pairs = url::write(&self.search);
        if !self.sort.is_empty() {
            pairs.push(("sort".to_owned(), SortKey::print(&self.sort)));
        }
        if let Some(scope) = spec.scopes().first().filter(|_| !self.scope.is_empty()) {
            pairs.push((scope.arg.to_owned(), self.scope.clone()));
        }
        pairs.extend(self.others.iter().cloned());
        url::encode(&pairs)
    }

    /// Whether the address calls this resource a new one, as it does after a launch.
    pub fn is_new(&self, id: &str) -> bool {
        self.others.iter().any(|(key, value)| key == NEW && value == id)
    }

    /// Whether anything is asked, even if it is switched off.
    pub fn narrows(&self) -> bool {
        !self.search.clauses().is_empty()
    }

    /// The columns that the list is sorted by.
    pub fn order(&self, spec: &dyn AnySpec) -> Vec<SortKey> {
        if self.sort.is_empty() { SortKey::parse(spec.sort()) } else { self.sort.clone() }
    }

    /// Sorts by a column; by the only column again turns the order round.
    pub fn sort_by(&mut self, key: &str, spec: &dyn AnySpec) {
        let now = self.order(spec);
        let turned = matches!(now.as_slice(), [only] if only.property == key && !only.is_descending);
        self.sort = vec![SortKey { property: key.to_owned(), is_descending: turned }];
    }

    /// Sorts by a column where the others leave rows equal; by one of them again turns it round in its place.
    pub fn sort_also_by(&mut self, key: &str, spec: &dyn AnySpec) {
        let mut keys = self.order(spec);
        match keys.iter_mut().find(|known| known.property == key) {
            Some(known) => known.is_descending = !known.is_descending,
            None => keys.push(SortKey { property: key.to_owned(), is_descending: false }),
        }
        self.sort = keys;
    }

    /// The arguments of the list that the cloud is asked for.
    pub fn args(&self, spec: &dyn AnySpec) -> Vec<(&'static str, String)> {
        let chosen = spec.scopes().iter().find(|scope| scope.value == self.scope).or(spec.scopes().first());
        chosen.map(|scope| (scope.arg, scope.value.to_owned())).into_iter().collect()
    }
}

/// What is asked when something is typed beside a search: it goes on in the way in which the search is joined.
#[must_use]
pub fn with(search: &search::Query, more: search::Query) -> search::Query {
    if more.clauses().is_empty() {
        return search.clone();
    }
    if search.clauses().is_empty() || more.join() != Join::Facets {
        return search::Query::all(vec![search.clone(), more]);
    }
    let mut clauses = search.clauses().to_vec();
    clauses.extend(more.clauses().iter().filter(|clause| !search.clauses().contains(clause)).cloned().collect::<Vec<Clause>>());
    search::Query::new(search.join(), clauses)
}

/// Columns by their keys; nothing unless all of them can be sorted by.
fn sort_keys(text: &str, shape: &Shape) -> Vec<SortKey> {
    let keys = SortKey::parse(text);
    if keys.iter().all(|key| shape.sorted_by(&key.property).is_some()) { keys } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;
    use proptest::prelude::*;
    use search::{Field, Token};

    use super::*;
    use crate::spec;

    fn instances() -> &'static dyn AnySpec {
        spec::of(Kind::Instance).expect("instances have a page")
    }

    fn key(key: &str, is_descending: bool) -> SortKey {
        SortKey { property: key.to_owned(), is_descending }
    }

    #[test]
    fn an_address_is_read() {
        let query = Query::parse("?region=us-east-1&state=running&state=stopped&tag:env=a%20b&q=web+1&sort=-name", instances());
        assert_eq!(query.search.to_string(), "state=running state=stopped tag:env=\"a b\" web 1");
        assert_eq!(query.sort, [key("name", true)]);
        assert_eq!(query.others, [("region".to_owned(), "us-east-1".to_owned())]);
        assert_eq!(query.to_search(instances()), "state=running&state=stopped&tag:env=a%20b&q=web%201&sort=-name&region=us-east-1");
    }

    #[test]
    fn bookmarks_of_old_mean_the_same() {
        let query = Query::parse("status=running&availability_zone=us-east-1a&tags=x", instances());
        let tokens: Vec<_> = query.search.tokens().cloned().collect();
        assert_eq!(tokens, [Token::is("state", "running"), Token::is("zone", "us-east-1a"), Token::text("x")]);
    }

    #[test]
    fn a_sort_by_a_column_that_is_not_there_is_not_taken() {
        assert!(Query::parse("sort=elephants", instances()).sort.is_empty());
        assert!(Query::parse("sort=-tags", instances()).sort.is_empty(), "all tags at once have no order");
        assert_eq!(Query::parse("sort=-tag:a%252Cb", instances()).sort, [key("tag:a,b", true)]);
        assert!(Query::parse("sort=name,elephants", instances()).sort.is_empty());
    }

    #[test]
    fn several_columns_sort_by_weight() {
        let query = Query::parse("sort=state,-launched,state", instances());
        assert_eq!(query.sort, [key("state", false), key("launched", true)]);
        assert_eq!(query.to_search(instances()), "sort=state,-launched");
    }

    #[test]
    fn sorting_again_turns_round() {
        let mut query = Query::default();
        assert_eq!(query.order(instances()), [key("launched", true)]);
        query.sort_by("launched", instances());
        assert_eq!(query.order(instances()), [key("launched", false)]);
        query.sort_by("launched", instances());
        assert_eq!(query.order(instances()), [key("launched", true)]);
        query.sort_also_by("name", instances());
        query.sort_also_by("launched", instances());
        assert_eq!(query.order(instances()), [key("launched", false), key("name", false)]);
        query.sort_by("launched", instances());
        assert_eq!(query.order(instances()), [key("launched", false)]);
    }

    #[test]
    fn the_scope_becomes_an_argument() {
        let images = spec::of(Kind::Image).expect("images have a page");
        let query = Query::parse("owner=amazon&platform=windows", images);
        assert_eq!(query.args(images), [("owner", "amazon".to_owned())]);
        assert_eq!(Query::default().args(images), [("owner", "mine".to_owned())]);
        assert_eq!(Query::parse("owner=elephants", images).args(images), [("owner", "mine".to_owned())]);
        assert!(Query::default().args(instances()).is_empty());
    }

    #[test]
    fn what_is_typed_goes_on_as_the_search_is_joined() {
        let schema = Shape::of(instances()).schema;
        let parse = |text: &str| search::query::parse(text, &schema).0;
        assert_eq!(with(&parse("state=running or web"), parse("db")).to_string(), "state=running or web or db");
        assert_eq!(with(&parse("state=running"), parse("web or db")).to_string(), "state=running (web or db)");
        assert_eq!(with(&parse("state=running"), parse("state=running")).to_string(), "state=running");
        assert_eq!(with(&parse(""), parse("web or db")).to_string(), "web or db");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            values in prop::collection::vec((prop::sample::select(vec!["state", "zone", "tag:env", "tag:a=b&c", "tag:ü"]), ".*"), 0..6),
            text in ".*",
            sort in prop::sample::select(vec!["", "name", "-launched", "state,-name"]),
            others in prop::collection::vec(("[a-z]{9,12}", ".*"), 0..3),
        ) {
            let mut query = Query { others, sort: Query::parse(&format!("sort={sort}"), instances()).sort, ..Query::default() };
            for (name, value) in values {
                let field = name.strip_prefix("tag:").map_or(Field::Property(name.to_owned()), |key| Field::Tag(key.to_owned()));
                query.search.add(Token::new(field, search::Operator::Is, value));
            }
            query.search.add(Token::text(text));
            prop_assert_eq!(Query::parse(&query.to_search(instances()), instances()), query);
        }

        #[test]
        fn any_address_is_read_without_harm(search in ".*") {
            let query = Query::parse(&search, instances());
            prop_assert_eq!(Query::parse(&query.to_search(instances()), instances()), query);
        }
    }
}
