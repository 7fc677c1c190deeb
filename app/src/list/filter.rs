//! Which rows a query shows: several pills of one facet mean any of them, different facets and the words of the text all have to fit.

use super::{
    query::{Query, TAG},
    row::Row,
};
use crate::spec::AnySpec;

/// A query made ready for many rows.
pub struct Filter<'a> {
    spec: &'a dyn AnySpec,
    groups: Vec<Group<'a>>,
    words: Vec<String>,
}

/// The pills of one facet.
struct Group<'a> {
    source: Source<'a>,
    wanted: Vec<&'a str>,
}

#[derive(PartialEq)]
enum Source<'a> {
    Facet(usize),
    Tag(&'a str),
}

impl<'a> Filter<'a> {
    /// `text` stands for the query's own text, because while somebody types it is ahead of the address.
    pub fn new(spec: &'a dyn AnySpec, query: &'a Query, text: &str) -> Self {
        let facets = spec.facets();
        let mut groups: Vec<Group<'a>> = Vec::new();
        for pill in &query.pills {
            let source = match pill.facet.strip_prefix(TAG) {
                Some(key) => Source::Tag(key),
                None => match facets.iter().position(|head| head.key == pill.facet) {
                    Some(index) => Source::Facet(index),
                    None => continue,
                },
            };
            match groups.iter_mut().find(|group| group.source == source) {
                Some(group) => group.wanted.push(&pill.value),
                None => groups.push(Group { source, wanted: vec![&pill.value] }),
            }
        }
        let words = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        Self { spec, groups, words }
    }

    pub fn shows(&self, row: &Row) -> bool {
        self.words.iter().all(|word| row.words().contains(word.as_str())) && self.groups.iter().all(|group| self.fits(group, row))
    }

    fn fits(&self, group: &Group<'_>, row: &Row) -> bool {
        match group.source {
            Source::Facet(facet) => {
                let mut fits = false;
                self.spec.facet_values(facet, row.item(), &mut |value| fits |= group.wanted.contains(&value));
                fits
            }
            // A pill without a value asks for the key, whatever its value: "tagged with env".
            Source::Tag(key) => {
                let tag = self.spec.tags(row.item()).iter().find(|tag| tag.key == key);
                tag.is_some_and(|tag| group.wanted.iter().any(|wanted| wanted.is_empty() || *wanted == tag.value))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use api::{
        instance::{GroupRef, Instance},
        kind::Kind,
        tag::Tag,
    };
    use proptest::prelude::*;

    use super::*;
    use crate::{
        list::query::Pill,
        spec::{self, Item},
    };

    fn spec() -> &'static dyn AnySpec {
        spec::of(Kind::Instance).expect("instances have a page")
    }

    fn row(id: &str, state: &str, groups: &[&str], tags: &[(&str, &str)]) -> Row {
        let instance = Instance {
            id: id.into(),
            state: state.into(),
            security_groups: groups.iter().map(|name| GroupRef { id: format!("sg-{name}"), name: (*name).into() }).collect(),
            tags: tags.iter().map(|(key, value)| Tag::new(*key, *value)).collect(),
            ..Instance::default()
        };
        Row::new(spec(), Item::new(instance))
    }

    fn shown(pills: &[(&str, &str)], text: &str) -> Vec<&'static str> {
        let rows = [
            ("i-1", row("i-1", "running", &["web", "ssh"], &[("Name", "Web 1"), ("env", "prod")])),
            ("i-2", row("i-2", "stopped", &["db"], &[("Name", "db"), ("env", "test")])),
            ("i-3", row("i-3", "pending", &[], &[])),
        ];
        let query = Query { pills: pills.iter().map(|(facet, value)| Pill::new(*facet, *value)).collect(), ..Query::default() };
        let filter = Filter::new(spec(), &query, text);
        rows.iter().filter(|(_, row)| filter.shows(row)).map(|(id, _)| *id).collect()
    }

    #[test]
    fn one_facet_is_or_and_several_are_and() {
        assert_eq!(shown(&[("state", "running"), ("state", "stopped")], ""), ["i-1", "i-2"]);
        assert_eq!(shown(&[("state", "running"), ("state", "stopped"), ("group", "db")], ""), ["i-2"]);
    }

    #[test]
    fn every_value_of_a_list_counts_and_none_can_be_asked_for() {
        assert_eq!(shown(&[("group", "ssh")], ""), ["i-1"]);
        assert_eq!(shown(&[("group", "")], ""), ["i-3"]);
        assert_eq!(shown(&[("key", "")], ""), ["i-1", "i-2", "i-3"]);
    }

    #[test]
    fn tags_fit_by_value_or_by_key_alone() {
        assert_eq!(shown(&[("tag:env", "prod")], ""), ["i-1"]);
        assert_eq!(shown(&[("tag:env", "")], ""), ["i-1", "i-2"]);
        assert!(shown(&[("tag:team", "")], "").is_empty());
    }

    #[test]
    fn text_fits_in_any_case_anywhere_and_all_of_its_words_have_to() {
        assert_eq!(shown(&[], "WEB"), ["i-1"]);
        assert_eq!(shown(&[], "web prod"), ["i-1"]);
        assert!(shown(&[], "web test").is_empty());
        assert_eq!(shown(&[], "env=test"), ["i-2"]);
        assert_eq!(shown(&[], "  "), ["i-1", "i-2", "i-3"]);
    }

    proptest! {
        #[test]
        fn another_pill_of_a_facet_never_hides_and_another_facet_never_shows_more(
            one in prop::sample::select(vec!["running", "stopped", "pending", ""]),
            two in prop::sample::select(vec!["running", "stopped", "pending", ""]),
            group in prop::sample::select(vec!["web", "db", ""]),
        ) {
            let narrow = shown(&[("state", one)], "");
            let wide = shown(&[("state", one), ("state", two)], "");
            prop_assert!(narrow.iter().all(|id| wide.contains(id)));
            let both = shown(&[("state", one), ("group", group)], "");
            prop_assert!(both.iter().all(|id| narrow.contains(id)));
        }
    }
}
