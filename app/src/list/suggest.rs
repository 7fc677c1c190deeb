//! What the search box offers: facets and their values, narrowed by what is being typed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    query::{Pill, TAG},
    row::Row,
    sort::natural,
};
use crate::{
    locale::{t, tf},
    spec::AnySpec,
};

/// How many values are offered at once; typing narrows them.
const MOST_VALUES: usize = 50;
/// How many values are offered beside the facets while no facet is chosen.
const MOST_MIXED: usize = 8;

/// A facet with all that it offers now.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The parameter: a facet's key, or `tag:` and a tag's.
    pub facet: String,
    /// As shown.
    pub label: String,
    pub values: Vec<Value>,
    /// Whether a value may be typed that is not among these.
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub value: String,
    /// As shown.
    pub label: String,
    pub n_rows: usize,
}

/// What is being typed: perhaps into a facet that was chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub facet: Option<String>,
    pub text: String,
}

/// One line of the list below the box.
#[derive(Clone, Debug, PartialEq)]
pub enum Suggestion {
    /// Go on with this facet.
    Facet { facet: String, label: String },
    /// Add this pill.
    Pill { pill: Pill, facet_label: String, label: String, n_rows: usize },
}

/// All facets with their values: the fixed ones in their order, then those that the rows have, as people count. Tags come last, by key.
pub fn offers(spec: &dyn AnySpec, rows: &[Row]) -> Vec<Offer> {
    let mut offers: Vec<Offer> = spec
        .facets()
        .iter()
        .enumerate()
        .map(|(index, head)| {
            let mut counts: BTreeMap<String, usize> = head.options.iter().map(|(value, _)| ((*value).to_owned(), 0)).collect();
            for row in rows {
                spec.facet_values(index, row.item(), &mut |value| count(&mut counts, value));
            }
            let fixed = head.options.iter().map(|(value, label)| {
                let n_rows = counts.remove(*value).unwrap_or_default();
                Value { value: (*value).to_owned(), label: t(label), n_rows }
            });
            let mut values: Vec<_> = fixed.collect();
            values.extend(found(counts));
            Offer { facet: head.key.to_owned(), label: t(head.label), values, open: false }
        })
        .collect();
    offers.extend(tag_offers(spec, rows));
    offers
}

fn tag_offers(spec: &dyn AnySpec, rows: &[Row]) -> Vec<Offer> {
    let mut by_key: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for tag in rows.iter().flat_map(|row| spec.tags(row.item())).filter(|tag| tag.key != "Name") {
        count(by_key.entry(&tag.key).or_default(), &tag.value);
    }
    by_key
        .into_iter()
        .map(|(key, counts)| {
            let n_rows = counts.values().sum();
            let any = Value { value: String::new(), label: t("any value"), n_rows };
            let values = std::iter::once(any).chain(found(counts).into_iter().filter(|value| !value.value.is_empty())).collect();
            Offer { facet: format!("{TAG}{key}"), label: tf("Tag {key}", &[("key", key.to_owned())]), values, open: true }
        })
        .collect()
}

fn count(counts: &mut BTreeMap<String, usize>, value: &str) {
    match counts.get_mut(value) {
        Some(n) => *n += 1,
        None => {
            counts.insert(value.to_owned(), 1);
        }
    }
}

fn found(counts: BTreeMap<String, usize>) -> Vec<Value> {
    let mut values: Vec<_> = counts
        .into_iter()
        .map(|(value, n_rows)| Value { label: if value.is_empty() { t("none") } else { value.clone() }, value, n_rows })
        .collect();
    values.sort_by(|one, other| natural(&one.value, &other.value));
    values
}

/// The lines to offer. Pills that are there are not offered again.
pub fn suggest(offers: &[Offer], draft: &Draft, pills: &[Pill]) -> Vec<Suggestion> {
    let typed = draft.text.trim().to_lowercase();
    let there: BTreeSet<(&str, &str)> = pills.iter().map(|pill| (pill.facet.as_str(), pill.value.as_str())).collect();
    let pill = |offer: &Offer, value: &Value| Suggestion::Pill {
        pill: Pill::new(&offer.facet, &value.value),
        facet_label: offer.label.clone(),
        label: value.label.clone(),
        n_rows: value.n_rows,
    };
    let is_free = |offer: &Offer, value: &Value| !there.contains(&(offer.facet.as_str(), value.value.as_str()));
    if let Some(facet) = &draft.facet {
        let Some(offer) = offers.iter().find(|offer| offer.facet == *facet) else { return Vec::new() };
        let fits = |value: &&Value| is_free(offer, value) && value.label.to_lowercase().contains(&typed);
        return offer.values.iter().filter(fits).take(MOST_VALUES).map(|value| pill(offer, value)).collect();
    }
    let has_more = |offer: &&Offer| offer.open || offer.values.iter().any(|value| is_free(offer, value));
    let facets = offers.iter().filter(has_more).filter(|offer| offer.label.to_lowercase().contains(&typed));
    let mut suggestions: Vec<_> =
        facets.map(|offer| Suggestion::Facet { facet: offer.facet.clone(), label: offer.label.clone() }).collect();
    if !typed.is_empty() {
        let values = offers.iter().flat_map(|offer| offer.values.iter().map(move |value| (offer, value)));
        let fits = |(offer, value): &(&Offer, &Value)| {
            value.n_rows > 0 && !value.value.is_empty() && is_free(offer, value) && value.label.to_lowercase().contains(&typed)
        };
        suggestions.extend(values.filter(fits).take(MOST_MIXED).map(|(offer, value)| pill(offer, value)));
    }
    suggestions
}

/// The pill that Enter makes of what was typed into a facet: the value of that name in any case, the only one that fits, or, where the facet
/// is open, what was typed.
pub fn accept(offers: &[Offer], draft: &Draft, pills: &[Pill]) -> Option<Pill> {
    let offer = offers.iter().find(|offer| Some(&offer.facet) == draft.facet.as_ref())?;
    let typed = draft.text.trim();
    let named = |value: &&Value| value.label.eq_ignore_ascii_case(typed) || (!typed.is_empty() && value.value.eq_ignore_ascii_case(typed));
    if let Some(value) = offer.values.iter().find(named) {
        return Some(Pill::new(&offer.facet, &value.value));
    }
    match suggest(offers, draft, pills).as_slice() {
        [Suggestion::Pill { pill, .. }] if !typed.is_empty() => Some(pill.clone()),
        _ if offer.open && !typed.is_empty() => Some(Pill::new(&offer.facet, typed)),
        _ => None,
    }
}

/// Whether a facet's name and a colon or equals sign were typed; the facet, and what follows.
pub fn typed_facet(offers: &[Offer], text: &str) -> Option<Draft> {
    let (name, rest) = text.split_once([':', '='])?;
    let name = name.trim();
    let names = |offer: &&Offer| offer.label.eq_ignore_ascii_case(name) || offer.facet.eq_ignore_ascii_case(name);
    offers.iter().find(names).map(|offer| Draft { facet: Some(offer.facet.clone()), text: rest.trim_start().to_owned() })
}

/// How a pill reads: facet and value.
pub fn pill_labels(offers: &[Offer], pill: &Pill) -> (String, String) {
    let offer = offers.iter().find(|offer| offer.facet == pill.facet);
    let facet = match (offer, pill.facet.strip_prefix(TAG)) {
        (Some(offer), _) => offer.label.clone(),
        (None, Some(key)) => tf("Tag {key}", &[("key", key.to_owned())]),
        (None, None) => pill.facet.clone(),
    };
    let value = offer.and_then(|offer| offer.values.iter().find(|value| value.value == pill.value)).map(|value| value.label.clone());
    let value = value.unwrap_or_else(|| match (pill.value.as_str(), pill.facet.starts_with(TAG)) {
        ("", true) => t("any value"),
        ("", false) => t("none"),
        (value, _) => value.to_owned(),
    });
    (facet, value)
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, kind::Kind, tag::Tag};

    use super::*;
    use crate::spec::{self, Item};

    fn all() -> Vec<Offer> {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let row = |id: &str, state: &str, kind: &str, env: &str| {
            let tags = if env.is_empty() { vec![] } else { vec![Tag::new("Name", id), Tag::new("env", env)] };
            let instance = Instance { id: id.into(), state: state.into(), instance_type: kind.into(), tags, ..Instance::default() };
            Row::new(spec, Item::new(instance))
        };
        offers(
            spec,
            &[
                row("i-1", "running", "m5.10xlarge", "prod"),
                row("i-2", "running", "m5.2xlarge", "test"),
                row("i-3", "stopped", "t3.micro", ""),
            ],
        )
    }

    fn offer<'a>(offers: &'a [Offer], facet: &str) -> &'a Offer {
        offers.iter().find(|offer| offer.facet == facet).expect("the facet is offered")
    }

    fn draft(facet: &str, text: &str) -> Draft {
        Draft { facet: (!facet.is_empty()).then(|| facet.to_owned()), text: text.to_owned() }
    }

    #[test]
    fn values_are_counted_and_ordered_as_people_count() {
        let offers = all();
        let types: Vec<_> = offer(&offers, "type").values.iter().map(|value| (value.value.as_str(), value.n_rows)).collect();
        assert_eq!(types, [("m5.2xlarge", 1), ("m5.10xlarge", 1), ("t3.micro", 1)]);
        let states: Vec<_> = offer(&offers, "state").values.iter().map(|value| (value.label.as_str(), value.n_rows)).collect();
        assert_eq!(states[..2], [("Running", 2), ("Pending", 0)]);
        assert_eq!(offer(&offers, "key").values[0].label, "none");
    }

    #[test]
    fn each_tag_is_a_facet_but_the_name() {
        let offers = all();
        let values: Vec<_> = offer(&offers, "tag:env").values.iter().map(|value| value.label.as_str()).collect();
        assert_eq!(values, ["any value", "prod", "test"]);
        assert!(!offers.iter().any(|offer| offer.facet == "tag:Name"));
    }

    #[test]
    fn an_empty_box_offers_facets_and_text_finds_values_too() {
        let offers = all();
        assert!(suggest(&offers, &draft("", ""), &[]).iter().all(|suggestion| matches!(suggestion, Suggestion::Facet { .. })));
        let found = suggest(&offers, &draft("", "run"), &[]);
        assert!(matches!(&found[..], [Suggestion::Pill { pill, n_rows: 2, .. }] if *pill == Pill::new("state", "running")), "{found:?}");
    }

    #[test]
    fn a_pill_that_is_there_is_not_offered_again() {
        let offers = all();
        let there = [Pill::new("state", "running")];
        let labels: Vec<_> = suggest(&offers, &draft("state", ""), &there)
            .into_iter()
            .map(|suggestion| if let Suggestion::Pill { label, .. } = suggestion { label } else { String::new() })
            .collect();
        assert!(!labels.contains(&"Running".to_owned()) && labels.contains(&"Stopped".to_owned()));
    }

    #[test]
    fn enter_takes_the_named_value_the_only_one_or_what_was_typed() {
        let offers = all();
        assert_eq!(accept(&offers, &draft("state", "RUNNING"), &[]), Some(Pill::new("state", "running")));
        assert_eq!(accept(&offers, &draft("state", "runn"), &[]), Some(Pill::new("state", "running")));
        assert_eq!(accept(&offers, &draft("state", "ing"), &[]), None, "several fit");
        assert_eq!(accept(&offers, &draft("tag:env", "other"), &[]), Some(Pill::new("tag:env", "other")));
        assert_eq!(accept(&offers, &draft("", "running"), &[]), None);
    }

    #[test]
    fn a_facet_can_be_typed() {
        let offers = all();
        assert_eq!(typed_facet(&offers, "state: sto"), Some(draft("state", "sto")));
        assert_eq!(typed_facet(&offers, "Tag env=pr"), Some(draft("tag:env", "pr")));
        assert_eq!(typed_facet(&offers, "tag"), None);
        assert_eq!(typed_facet(&offers, "elephant:x"), None);
    }
}
