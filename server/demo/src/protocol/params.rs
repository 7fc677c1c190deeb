//! Form parameters: `Filter.1.Name=…&InstanceId.2=…`, read as scopes, lists and structures.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::refusal::Refusal;

/// The parameters of one request.
#[derive(Clone, Debug, Default)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    pub fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    pub fn scope(&self) -> Scope<'_> {
        Scope { params: &self.0, prefix: String::new() }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Those below a structure, by their names in it.
    pub fn below(&self, structure: &str) -> Self {
        let name = |key: &String| Some(key.strip_prefix(structure)?.strip_prefix('.')?.to_owned());
        Self(self.0.iter().filter_map(|(key, value)| Some((name(key)?, value.clone()))).collect())
    }

    /// These, and of the others what these say nothing about.
    pub fn or(&self, others: &Self) -> Self {
        let first = |key: &str| key.split('.').next().unwrap_or_default().to_owned();
        let said: BTreeSet<_> = self.0.keys().map(|key| first(key)).collect();
        let rest = others.0.iter().filter(|(key, _)| !said.contains(&first(key)));
        Self(self.0.iter().chain(rest).map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of it as one text: what two requests must share to be the same.
    pub fn fingerprint(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

/// The parameters below a prefix, such as those of `NetworkInterface.1.`.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    params: &'a BTreeMap<String, String>,
    prefix: String,
}

impl<'a> Scope<'a> {
    /// The value, where it is given; an empty one is given too.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.params.get(&format!("{}{name}", self.prefix)).map(String::as_str)
    }

    /// The value, where it is given and not empty.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    pub fn require(&self, name: &str) -> Result<&'a str, Refusal> {
        self.text(name)
            .ok_or_else(|| Refusal::new("MissingParameter", format!("The request must contain the parameter {}", self.name(name))))
    }

    pub fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.text(name) {
            None => Ok(None),
            Some("true" | "True" | "1") => Ok(Some(true)),
            Some("false" | "False" | "0") => Ok(Some(false)),
            Some(value) => Err(Refusal::new(
                "InvalidParameterValue",
                format!("Value ({value}) for parameter {} is invalid. Expecting a boolean.", self.name(name)),
            )),
        }
    }

    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Refusal> {
        self.text(name)
            .map(|value| {
                value.parse().map_err(|_| {
                    Refusal::new(
                        "InvalidParameterValue",
                        format!("Value ({value}) for parameter {} is invalid. Expecting a number.", self.name(name)),
                    )
                })
            })
            .transpose()
    }

    /// `Name.1`, `Name.2`, … or `Name.member.1`, …, in the order of their numbers.
    pub fn list(&self, name: &str) -> Vec<&'a str> {
        self.numbered(name).into_iter().filter_map(|key| self.params.get(&key).map(String::as_str)).collect()
    }

    /// The structures `Name.1.…`, `Name.2.…`, in the order of their numbers.
    pub fn structures(&self, name: &str) -> Vec<Scope<'a>> {
        self.numbered(name).into_iter().map(|key| Scope { params: self.params, prefix: format!("{key}.") }).collect()
    }

    /// The structure `Name.…`; it may be empty.
    pub fn structure(&self, name: &str) -> Scope<'a> {
        Scope { params: self.params, prefix: format!("{}{name}.", self.prefix) }
    }

    /// What the parameter is called in full, the way AWS's messages write it.
    fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The distinct prefixes `Name.N` (or `Name.member.N`), by number.
    fn numbered(&self, name: &str) -> Vec<String> {
        let base = format!("{}{name}.", self.prefix);
        let mut found = BTreeMap::new();
        for key in self.params.range(base.clone()..).map(|(key, _)| key).take_while(|key| key.starts_with(&base)) {
            let mut end = base.len();
            let mut rest = &key[end..];
            if let Some(after) = rest.strip_prefix("member.") {
                end += "member.".len();
                rest = after;
            }
            let digits = rest.split('.').next().unwrap_or_default();
            if let Ok(number) = digits.parse::<u32>() {
                found.insert(number, key[..end + digits.len()].to_owned());
            }
        }
        found.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_the_order_of_their_numbers() {
        let params = Params::parse(b"InstanceId.10=j&InstanceId.2=b&InstanceId.1=a&InstanceIdX.1=no");
        assert_eq!(params.scope().list("InstanceId"), ["a", "b", "j"]);
        let params = Params::parse(b"Names.member.2=b&Names.member.1=a");
        assert_eq!(params.scope().list("Names"), ["a", "b"]);
    }

    #[test]
    fn structures_nest() {
        let params = Params::parse(b"Filter.1.Name=tag%3AName&Filter.1.Value.1=web*&Filter.1.Value.2=a+b&Filter.2.Name=x");
        let filters = params.scope().structures("Filter");
        assert_eq!(filters.len(), 2);
        assert_eq!(filters[0].get("Name"), Some("tag:Name"));
        assert_eq!(filters[0].list("Value"), ["web*", "a b"]);
        assert!(filters[1].list("Value").is_empty());
        assert_eq!(params.scope().structure("Filter").structure("2").get("Name"), Some("x"));
        assert_eq!(params.scope().structure("Placement").get("Name"), None);
    }

    #[test]
    fn what_is_said_goes_before_what_a_template_says() {
        let sent = Params::parse(b"LaunchTemplateData.ImageId=ami-1&LaunchTemplateData.Ebs.Size=8&Name=x&LaunchTemplateDataX=no");
        let template = sent.below("LaunchTemplateData");
        assert_eq!((template.get("ImageId"), template.get("Ebs.Size"), template.get("X")), (Some("ami-1"), Some("8"), None));
        let both = Params::parse(b"Ebs.Type=gp3&Count=2").or(&template);
        assert_eq!((both.get("ImageId"), both.get("Ebs.Size"), both.get("Count")), (Some("ami-1"), None, Some("2")));
    }

    #[test]
    fn wrong_numbers_and_flags_are_refused() {
        let params = Params::parse(b"MaxCount=x&DryRun=maybe");
        assert_eq!(params.scope().number::<u32>("MaxCount").unwrap_err().code, "InvalidParameterValue");
        assert_eq!(params.scope().flag("DryRun").unwrap_err().code, "InvalidParameterValue");
        assert_eq!(params.scope().require("ImageId").unwrap_err().code, "MissingParameter");
    }
}
