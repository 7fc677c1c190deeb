//! What a list shows, as its address says it: facets, free text, order and scope.
//!
//! `?state=running&state=stopped&tag:env=prod&q=web&sort=-launched`: a parameter per pill, in the order of the pills. Parameters that the
//! list does not know (the region is one) are nobody's business here: they are kept as they are.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::spec::AnySpec;

/// Facets of tags carry the tag's key behind this.
pub const TAG: &str = "tag:";
/// Resources that the user has just made, a parameter each: they are marked.
pub const NEW: &str = "new";

/// What may not stand in a query as it is. Colons, slashes and commas may, which keeps addresses readable.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'%').add(b'&').add(b'+').add(b'=').add(b'?');

/// One pill: a facet and one value of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pill {
    /// The key of a facet, or `tag:` and the key of a tag.
    pub facet: String,
    pub value: String,
}

/// What is asked of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub pills: Vec<Pill>,
    pub text: String,
    /// A column's key, with `-` in front for descending; empty for the kind's own order.
    pub sort: String,
    /// The value of the chosen scope; empty for the first.
    pub scope: String,
    /// Parameters that are not the list's.
    pub others: Vec<(String, String)>,
}

impl Pill {
    pub fn new(facet: impl Into<String>, value: impl Into<String>) -> Self {
        Self { facet: facet.into(), value: value.into() }
    }
}

impl Query {
    /// Reads the query part of an address. Never fails: what makes no sense here stays among the others.
    pub fn parse(search: &str, spec: &dyn AnySpec) -> Self {
        let facets = spec.facets();
        let scope_arg = spec.scopes().first().map(|scope| scope.arg);
        let mut query = Self::default();
        for (key, value) in pairs(search) {
            let facet = facets.iter().find(|head| head.key == key || (!head.alias.is_empty() && head.alias == key));
            if let Some(head) = facet {
                query.add(Pill::new(head.key, value));
            } else if key.strip_prefix(TAG).is_some_and(|tag| !tag.is_empty()) && spec.has_tags() {
                query.add(Pill::new(key, value));
            } else if key == "q" {
                query.text = value;
            } else if key == "sort" && is_sort(&value, spec) {
                query.sort = value;
            } else if Some(key.as_str()) == scope_arg && spec.scopes().iter().any(|scope| scope.value == value) {
                query.scope = value;
            } else {
                query.others.push((key, value));
            }
        }
        query
    }

    /// The query part of the address, without the question mark.
    pub fn to_search(&self, spec: &dyn AnySpec) -> String {
        let mut pairs: Vec<(&str, &str)> = self.pills.iter().map(|pill| (pill.facet.as_str(), pill.value.as_str())).collect();
        let scope_arg = spec.scopes().first().map_or("", |scope| scope.arg);
        pairs
            .extend([("q", self.text.as_str()), ("sort", &self.sort), (scope_arg, &self.scope)].into_iter().filter(|(_, v)| !v.is_empty()));
        pairs.extend(self.others.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        let pairs: Vec<_> =
            pairs.into_iter().map(|(k, v)| format!("{}={}", utf8_percent_encode(k, ENCODED), utf8_percent_encode(v, ENCODED))).collect();
        pairs.join("&")
    }

    /// Whether the address calls this resource a new one, as it does after a launch.
    pub fn is_new(&self, id: &str) -> bool {
        self.others.iter().any(|(key, value)| key == NEW && value == id)
    }

    /// Adds a pill unless it is there.
    pub fn add(&mut self, pill: Pill) {
        if !self.pills.contains(&pill) {
            self.pills.push(pill);
        }
    }

    /// Whether it narrows the list at all.
    pub fn narrows(&self) -> bool {
        !self.pills.is_empty() || !self.text.trim().is_empty()
    }

    /// The column that the list is sorted by, and whether descending.
    pub fn order<'a>(&'a self, spec: &dyn AnySpec) -> (&'a str, bool) {
        let sort: &str = if self.sort.is_empty() { spec.sort() } else { &self.sort };
        sort.strip_prefix('-').map_or((sort, false), |key| (key, true))
    }

    /// Sorts by a column; by the same column again turns the order round.
    pub fn sort_by(&mut self, key: &str, spec: &dyn AnySpec) {
        let (now, descending) = self.order(spec);
        self.sort = if now == key && !descending { format!("-{key}") } else { key.to_owned() };
    }

    /// The arguments of the list that the cloud is asked for.
    pub fn args(&self, spec: &dyn AnySpec) -> Vec<(&'static str, String)> {
        let chosen = spec.scopes().iter().find(|scope| scope.value == self.scope).or(spec.scopes().first());
        chosen.map(|scope| (scope.arg, scope.value.to_owned())).into_iter().collect()
    }
}

fn is_sort(value: &str, spec: &dyn AnySpec) -> bool {
    let key = value.strip_prefix('-').unwrap_or(value);
    spec.columns().iter().any(|head| head.sorted && head.key == key)
}

fn pairs(search: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;
    use proptest::prelude::*;

    use super::*;
    use crate::spec;

    fn instances() -> &'static dyn AnySpec {
        spec::of(Kind::Instance).expect("instances have a page")
    }

    #[test]
    fn an_address_is_read() {
        let query = Query::parse("?region=us-east-1&state=running&state=stopped&tag:env=a%20b&q=web+1&sort=-name", instances());
        let pills = [Pill::new("state", "running"), Pill::new("state", "stopped"), Pill::new("tag:env", "a b")];
        assert_eq!(query.pills, pills);
        assert_eq!((query.text.as_str(), query.sort.as_str()), ("web 1", "-name"));
        assert_eq!(query.others, [("region".to_owned(), "us-east-1".to_owned())]);
        assert_eq!(query.to_search(instances()), "state=running&state=stopped&tag:env=a%20b&q=web%201&sort=-name&region=us-east-1");
    }

    #[test]
    fn bookmarks_of_old_mean_the_same() {
        let query = Query::parse("status=running&availability_zone=us-east-1a", instances());
        assert_eq!(query.pills, [Pill::new("state", "running"), Pill::new("zone", "us-east-1a")]);
    }

    #[test]
    fn a_sort_by_a_column_that_is_not_there_is_not_taken() {
        assert_eq!(Query::parse("sort=elephants", instances()).sort, "");
        assert_eq!(Query::parse("sort=-tags", instances()).sort, "", "tags cannot be sorted");
    }

    #[test]
    fn sorting_again_turns_round() {
        let mut query = Query::default();
        assert_eq!(query.order(instances()), ("launched", true));
        query.sort_by("launched", instances());
        assert_eq!(query.order(instances()), ("launched", false));
        query.sort_by("launched", instances());
        assert_eq!(query.order(instances()), ("launched", true));
        query.sort_by("name", instances());
        assert_eq!(query.order(instances()), ("name", false));
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

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            values in prop::collection::vec((prop::sample::select(vec!["state", "zone", "tag:env", "tag:a=b&c", "tag:ü"]), ".*"), 0..6),
            text in ".*",
            sort in prop::sample::select(vec!["", "name", "-launched"]),
            others in prop::collection::vec(("[a-z]{9,12}", ".*"), 0..3),
        ) {
            let mut query = Query { text, sort: sort.to_owned(), others, ..Query::default() };
            for (facet, value) in values {
                query.add(Pill::new(facet, value));
            }
            prop_assert_eq!(Query::parse(&query.to_search(instances()), instances()), query);
        }

        #[test]
        fn any_address_is_read_without_harm(search in ".*") {
            let query = Query::parse(&search, instances());
            prop_assert_eq!(Query::parse(&query.to_search(instances()), instances()), query);
        }
    }
}
