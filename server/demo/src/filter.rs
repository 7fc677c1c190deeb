//! `Filter.N`: which rows a describe call returns. Written once for all kinds: a filter is a name and a path into the row's reply.

use crate::protocol::{params::Scope, refusal::Refusal, value::Value};

/// The filters a kind takes: EC2's name, and where in the reply the value stands.
pub type Names = &'static [(&'static str, &'static str)];

/// The filters of one request. Several filters must all hold; of one filter's values, one must.
#[derive(Debug)]
pub struct Filters<'a>(Vec<Filter<'a>>);

#[derive(Debug)]
struct Filter<'a> {
    test: Test<'a>,
    values: Vec<&'a str>,
}

#[derive(Debug)]
enum Test<'a> {
    Path(&'static str),
    /// `tag:Key`
    Tag(&'a str),
}

impl<'a> Filters<'a> {
    /// Reads the filters; one that the kind does not have is refused, never ignored.
    pub fn read(scope: &Scope<'a>, names: Names) -> Result<Self, Refusal> {
        scope
            .structures("Filter")
            .into_iter()
            .map(|filter| {
                let name = filter.get("Name").unwrap_or_default();
                let test = if let Some(key) = name.strip_prefix("tag:") {
                    Test::Tag(key)
                } else if let Some((_, path)) = names.iter().find(|(known, _)| *known == name) {
                    Test::Path(path)
                } else {
                    return Err(Refusal::new("InvalidParameterValue", format!("The filter '{name}' is invalid")));
                };
                let values = filter.list("Value");
                if values.is_empty() {
                    return Err(Refusal::new("InvalidParameterValue", "The filter 'null' is invalid"));
                }
                Ok(Filter { test, values })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn hold(&self, row: &Value) -> bool {
        self.0.iter().all(|filter| filter.holds(row))
    }
}

impl Filter<'_> {
    fn holds(&self, row: &Value) -> bool {
        let mut held = false;
        let mut test = |text: &str| held = held || self.values.iter().any(|pattern| matches(pattern, text));
        match self.test {
            Test::Path(path) => row.visit(path, &mut test),
            Test::Tag(key) => {
                if let Value::Map(fields) = row
                    && let Some((_, Value::List(tags))) = fields.iter().find(|(name, _)| *name == "tagSet")
                {
                    for tag in tags {
                        let mut is_key = false;
                        tag.visit("key", &mut |text| is_key = text == key);
                        if is_key {
                            tag.visit("value", &mut test);
                        }
                    }
                }
            }
        }
        held
    }
}

/// EC2's wildcards: `*` for any run of characters, `?` for one, a backslash before either for itself.
pub fn matches(pattern: &str, text: &str) -> bool {
    fn step(pattern: &[char], text: &[char]) -> bool {
        let (mut p, mut t) = (0, 0);
        // Where to go on when what follows the last `*` fails: that star, and one character more.
        let mut retry: Option<(usize, usize)> = None;
        while t < text.len() {
            let literal = match pattern.get(p) {
                Some('*') => {
                    retry = Some((p, t));
                    p += 1;
                    continue;
                }
                Some('?') => Some((1, text[t])),
                Some('\\') if p + 1 < pattern.len() => Some((2, pattern[p + 1])),
                Some(&c) => Some((1, c)),
                None => None,
            };
            match (literal, retry) {
                (Some((width, c)), _) if c == text[t] => {
                    p += width;
                    t += 1;
                }
                (_, Some((star, from))) => {
                    retry = Some((star, from + 1));
                    p = star + 1;
                    t = from + 1;
                }
                _ => return false,
            }
        }
        pattern[p..].iter().all(|&c| c == '*')
    }
    if !pattern.contains(['*', '?', '\\']) {
        return pattern == text;
    }
    step(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::protocol::{params::Params, value::map};

    const NAMES: Names =
        &[("instance-state-name", "instanceState.name"), ("tag-key", "tagSet.key"), ("instance.group-id", "groupSet.groupId")];

    fn row() -> Value {
        map! {
            "instanceState" => map! { "name" => "running" },
            "groupSet" => Value::list([map! { "groupId" => "sg-1" }, map! { "groupId" => "sg-2" }]),
            "tagSet" => Value::list([map! { "key" => "Name", "value" => "web-1" }, map! { "key" => "env", "value" => "prod" }]),
        }
    }

    fn holds(query: &str) -> bool {
        let params = Params::parse(query.as_bytes());
        Filters::read(&params.scope(), NAMES).unwrap().hold(&row())
    }

    #[test]
    fn filters_are_all_to_hold_and_of_values_one() {
        assert!(holds(""));
        assert!(holds("Filter.1.Name=instance-state-name&Filter.1.Value.1=stopped&Filter.1.Value.2=running"));
        assert!(holds("Filter.1.Name=instance.group-id&Filter.1.Value.1=sg-2&Filter.2.Name=tag-key&Filter.2.Value.1=en?"));
        assert!(!holds("Filter.1.Name=instance.group-id&Filter.1.Value.1=sg-2&Filter.2.Name=tag-key&Filter.2.Value.1=nope"));
    }

    #[test]
    fn a_tag_filter_reads_the_value_of_its_own_key() {
        assert!(holds("Filter.1.Name=tag%3AName&Filter.1.Value.1=web-*"));
        assert!(!holds("Filter.1.Name=tag%3Aenv&Filter.1.Value.1=web-*"));
        assert!(!holds("Filter.1.Name=tag%3Aname&Filter.1.Value.1=web-1"));
    }

    #[test]
    fn an_unknown_filter_is_refused() {
        let params = Params::parse(b"Filter.1.Name=colour&Filter.1.Value.1=red");
        let refusal = Filters::read(&params.scope(), NAMES).unwrap_err();
        assert_eq!((&*refusal.code, &*refusal.message), ("InvalidParameterValue", "The filter 'colour' is invalid"));
    }

    #[test]
    fn wildcards() {
        for (pattern, text) in
            [("*", ""), ("*web*", "a-web-b"), ("web-?", "web-1"), ("a*b*c", "aXbYbZc"), (r"a\*b", "a*b"), ("", ""), ("é?", "éü")]
        {
            assert!(matches(pattern, text), "{pattern} should match {text}");
        }
        for (pattern, text) in
            [("web", "web-1"), ("web-?", "web-12"), ("a*b*c", "aXbY"), (r"a\*b", "aXb"), ("", "x"), ("Web", "web"), ("?", "")]
        {
            assert!(!matches(pattern, text), "{pattern} should not match {text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_matches_itself_with_any_part_starred(text in "[a-z]{0,12}", from in 0usize..13, to in 0usize..13) {
            let (from, to) = (from.min(text.len()), to.min(text.len()));
            let (from, to) = (from.min(to), from.max(to));
            let pattern = format!("{}*{}", &text[..from], &text[to..]);
            prop_assert!(matches(&pattern, &text));
        }
    }
}
