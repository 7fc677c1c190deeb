//! Tags: on every kind, given at creation (`TagSpecification`) or later.

use crate::{
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    world::Text,
};

/// In the order in which they were set.
pub type Tags = Vec<(Text, Text)>;

const MAX_TAGS: usize = 50;

pub fn show(tags: &Tags) -> Value {
    Value::list(tags.iter().map(|(key, value)| map! { "key" => key, "value" => value }))
}

/// Sets a tag, in place where the key is there.
pub fn set(tags: &mut Tags, key: &str, value: &str) {
    match tags.iter_mut().find(|(known, _)| &**known == key) {
        Some((_, old)) => *old = value.into(),
        None => tags.push((key.into(), value.into())),
    }
}

/// The tags in `Tag.N.Key` and `Tag.N.Value`, as EC2 accepts them.
pub fn read(scope: &Scope<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let mut tags: Vec<(String, String)> = vec![];
    for tag in scope.structures("Tag") {
        let key = tag.get("Key").unwrap_or_default();
        let value = tag.get("Value").unwrap_or_default();
        if key.is_empty() {
            return Err(Refusal::new("InvalidParameterValue", "Tag key cannot be empty."));
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Refusal::new("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use"));
        }
        if key.chars().count() > 128 {
            return Err(Refusal::new("InvalidParameterValue", "Tag key exceeds the maximum length of 128 characters"));
        }
        if value.chars().count() > 256 {
            return Err(Refusal::new("InvalidParameterValue", "Tag value exceeds the maximum length of 256 characters"));
        }
        if tags.iter().any(|(known, _)| known == key) {
            return Err(Refusal::new("InvalidParameterValue", format!("Duplicate tag key '{key}' specified.")));
        }
        tags.push((key.to_owned(), value.to_owned()));
    }
    Ok(tags)
}

/// The tags that `TagSpecification.N` gives to a type of resource. One for a type the call does not make is refused.
pub fn specified(scope: &Scope<'_>, wanted: &str, made: &[&str]) -> Result<Tags, Refusal> {
    let mut tags = Tags::new();
    for specification in scope.structures("TagSpecification") {
        let kind = specification.get("ResourceType").unwrap_or_default();
        if !made.contains(&kind) {
            return Err(Refusal::new(
                "InvalidParameterValue",
                format!("'{kind}' is not a valid taggable resource type for this operation."),
            ));
        }
        if kind == wanted {
            for (key, value) in read(&specification)? {
                set(&mut tags, &key, &value);
            }
        }
    }
    check_count(&tags)?;
    Ok(tags)
}

pub fn check_count(tags: &Tags) -> Result<(), Refusal> {
    let own = tags.iter().filter(|(key, _)| !key.starts_with("aws:")).count();
    if own > MAX_TAGS {
        Err(Refusal::new("TagLimitExceeded", "The maximum number of Tags for a resource has been reached."))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::params::Params;

    fn read_query(query: &str) -> Result<Vec<(String, String)>, Refusal> {
        read(&Params::parse(query.as_bytes()).scope())
    }

    #[test]
    fn tags_are_checked() {
        assert_eq!(read_query("Tag.1.Key=a&Tag.1.Value=b&Tag.2.Key=c").unwrap(), [("a".into(), "b".into()), ("c".into(), String::new())]);
        for bad in ["Tag.1.Value=b", "Tag.1.Key=AWS:x", "Tag.1.Key=a&Tag.2.Key=a"] {
            assert_eq!(read_query(bad).unwrap_err().code, "InvalidParameterValue", "{bad}");
        }
    }

    #[test]
    fn a_specification_is_for_its_type_alone() {
        let params =
            Params::parse(b"TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=web");
        let made = ["instance", "volume"];
        assert_eq!(specified(&params.scope(), "instance", &made).unwrap(), [("Name".into(), "web".into())]);
        assert!(specified(&params.scope(), "volume", &made).unwrap().is_empty());
        assert!(specified(&params.scope(), "key-pair", &["key-pair"]).is_err());
    }
}
