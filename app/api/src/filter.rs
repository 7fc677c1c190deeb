//! What a cloud can look for itself: the filters of EC2's API that ask exactly what a facet of the console asks.
//!
//! A list takes them as one argument, `filters={"instance-state-name":["running"]}`: several filters have to fit all, of one filter's values
//! any. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html>

use std::collections::{BTreeMap, BTreeSet};

use crate::kind::Kind;

/// The argument of a list that they are.
pub const ARG: &str = "filters";
/// No longer argument is taken.
pub const MOST_BYTES: usize = 2048;
/// EC2 refuses more values in one request.
pub const MOST_VALUES: usize = 200;

/// Values by the names of filters, each in one order, so that the same question is the same text.
pub type Filters = BTreeMap<String, BTreeSet<String>>;

/// The filters of a kind by the keys of its facets: those whose value is, sign by sign, the one that the cloud answers. None for kinds of
/// which nobody has so many that waiting for all is felt.
pub const fn of(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::Instance => &[
            ("state", "instance-state-name"),
            ("type", "instance-type"),
            ("zone", "availability-zone"),
            ("key", "key-name"),
            ("image", "image-id"),
            ("vpc", "vpc-id"),
            ("subnet", "subnet-id"),
        ],
        Kind::Image => &[("architecture", "architecture"), ("root", "root-device-type"), ("state", "state"), ("visibility", "is-public")],
        Kind::Volume => &[
            ("state", "status"),
            ("type", "volume-type"),
            ("zone", "availability-zone"),
            ("attached_to", "attachment.instance-id"),
            ("encrypted", "encrypted"),
        ],
        Kind::Snapshot => &[("state", "status"), ("volume", "volume-id"), ("encrypted", "encrypted")],
        _ => &[],
    }
}

/// The filter that asks what this facet asks.
pub fn name(kind: Kind, facet: &str) -> Option<&'static str> {
    of(kind).iter().find(|(key, _)| *key == facet).map(|(_, name)| *name)
}

/// As the argument.
pub fn write(filters: &Filters) -> String {
    serde_json::to_string(filters).expect("texts are always JSON")
}

/// Reads the argument.
///
/// # Errors
/// In words, where it is none, has a filter that lists of this kind do not take, or a value that would mean more than itself.
pub fn read(text: &str, kind: Kind) -> Result<Filters, String> {
    let filters: Filters = serde_json::from_str(text).map_err(|_| r#"Write filters as JSON: {"name":["value"]}."#.to_owned())?;
    let is_known =
        |name: &str| of(kind).iter().any(|(_, known)| *known == name) || name == "tag-key" || name.len() > 4 && name.starts_with("tag:");
    if let Some(unknown) = filters.keys().find(|name| !is_known(name)) {
        return Err(format!("This list has no filter {unknown}."));
    }
    let n_values: usize = filters.values().map(BTreeSet::len).sum();
    if filters.values().any(BTreeSet::is_empty) || !(1..=MOST_VALUES).contains(&n_values) {
        return Err(format!("Give each filter a value, and all of them at most {MOST_VALUES}."));
    }
    if filters.values().flatten().any(|value| !is_literal(value)) {
        return Err("A value is meant as it stands: it is not empty and has no *, ? or backslash.".to_owned());
    }
    Ok(filters)
}

/// Whether a filter means just this value. An empty one and the signs of patterns mean different things to different clouds.
pub fn is_literal(value: &str) -> bool {
    !value.is_empty() && !value.contains(['*', '?', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_in_one_order() {
        let text = r#"{"tag:a b":["ü"],"instance-state-name":["stopped","running","stopped"]}"#;
        let filters = read(text, Kind::Instance).expect("they are known");
        let written = write(&filters);
        assert_eq!(written, r#"{"instance-state-name":["running","stopped"],"tag:a b":["ü"]}"#);
        assert_eq!(read(&written, Kind::Instance), Ok(filters));
    }

    #[test]
    fn what_is_not_exact_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"colour":["red"]}"#,
            r#"{"tag:":["x"]}"#,
            r#"{"instance-state-name":[]}"#,
            r#"{"instance-state-name":["run*"]}"#,
            r#"{"instance-state-name":["r?n"]}"#,
            r#"{"tag:x":["a\\b"]}"#,
            r#"{"tag:x":[""]}"#,
        ] {
            assert!(read(text, Kind::Instance).is_err(), "{text}");
        }
        assert!(read(r#"{"instance-state-name":["running"]}"#, Kind::Volume).is_err(), "the filter of another kind");
    }
}
