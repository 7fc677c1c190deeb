//! The question as it is typed and as the address holds it.

use api::{
    access::{Given, Question},
    error::FieldErrors,
};
use policy::Catalog;

use crate::paths;

/// Whom it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    #[default]
    One,
    Everybody,
}

impl Face {
    pub const ALL: [Self; 2] = [Self::One, Self::Everybody];

    pub const fn key(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Everybody => "everybody",
        }
    }

    /// English.
    pub const fn label(self) -> &'static str {
        match self {
            Self::One => "What may one do?",
            Self::Everybody => "Who may do this?",
        }
    }

    pub fn of(key: &str) -> Self {
        Self::ALL.into_iter().find(|face| face.key() == key).unwrap_or_default()
    }
}

/// What is asked, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub face: Face,
    pub principal: String,
    pub actions: Vec<String>,
    pub resource: String,
    /// Condition keys, one on each line: `aws:SourceIp = 192.0.2.1`.
    pub given: String,
}

impl Asked {
    /// What the arguments of an address say.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |key| get(key).unwrap_or_default();
        let actions = text("actions");
        Self {
            face: Face::of(&text("ask")),
            principal: text("principal"),
            actions: actions.split(',').filter(|action| !action.is_empty()).map(str::to_owned).collect(),
            resource: text("resource"),
            given: text("given"),
        }
    }

    /// The address of it; what is not said is left out.
    pub fn path(&self) -> String {
        let actions = self.actions.join(",");
        let ask = if self.face == Face::default() { "" } else { self.face.key() };
        let resource = if self.resource == "*" { "" } else { &self.resource };
        let args = [("ask", ask), ("principal", &self.principal), ("actions", &actions), ("resource", resource), ("given", &self.given)];
        let said: Vec<_> = args.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        paths::with_query(&paths::access(), &said)
    }

    /// As the proxy takes it. A line without a value is a key without values, which is refused there.
    pub fn question(&self) -> Question {
        let mut given: Vec<Given> = vec![];
        for line in self.given.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (key, value) = line.split_once('=').map_or((line, None), |(key, value)| (key.trim(), Some(value.trim().to_owned())));
            match given.iter_mut().find(|known| known.key == key) {
                Some(known) => known.values.extend(value),
                None => given.push(Given { key: key.to_owned(), values: value.into_iter().collect() }),
            }
        }
        let principal = if self.face == Face::One { self.principal.trim() } else { "" };
        Question { principal: principal.to_owned(), actions: self.actions.clone(), resource: self.resource.trim().to_owned(), given }
    }

    /// What is wrong with it, by field.
    pub fn check(&self) -> FieldErrors {
        match self.face {
            Face::One => self.question().check(),
            Face::Everybody => self.question().check_one(),
        }
    }

    /// Each action by its name: those for which wildcards stand are looked up.
    pub fn spelled(self, catalog: Option<&Catalog>) -> Self {
        let mut actions: Vec<String> = vec![];
        for pattern in &self.actions {
            let is_pattern = pattern.contains(['*', '?']);
            let found = catalog.filter(|_| is_pattern).map(|catalog| catalog.matching(pattern)).filter(|found| !found.is_empty());
            let names = match found {
                Some(found) => found.iter().map(|(service, action)| format!("{}:{}", service.prefix, action.name)).collect(),
                None => vec![pattern.clone()],
            };
            for name in names {
                if !actions.contains(&name) {
                    actions.push(name);
                }
            }
        }
        Self { actions, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn asked() -> Asked {
        Asked {
            face: Face::One,
            principal: "arn:aws:iam::123456789012:user/engineering/amara".into(),
            actions: vec!["ec2:StartInstances".into(), "s3:GetObject".into()],
            resource: "arn:aws:s3:::bucket/a&b=c".into(),
            given: "aws:SourceIp = 192.0.2.1\naws:RequestTag/team=a=b\n\naws:SourceIp=10.0.0.0/8".into(),
        }
    }

    #[test]
    fn the_address_holds_the_question() {
        for face in Face::ALL {
            let asked = Asked { face, ..asked() };
            let address = url(&asked.path());
            assert_eq!(Asked::read(|key| address.get(key).cloned()), asked);
        }
        assert_eq!(Asked { resource: "*".into(), ..Asked::default() }.path(), "/access");
        assert_eq!(Asked::read(|_| None), Asked::default());
        let address = url(&paths::who_may("sts:AssumeRole", "arn:aws:iam::123456789012:role/web"));
        let asked = Asked::read(|key| address.get(key).cloned());
        assert_eq!((asked.face, asked.actions.as_slice()), (Face::Everybody, &["sts:AssumeRole".to_owned()][..]));
        assert!(asked.check().is_empty());
        let address = url(&paths::may_do("arn:aws:iam::123456789012:role/web"));
        let asked = Asked::read(|key| address.get(key).cloned());
        assert!(asked.face == Face::One && asked.check().contains_key("actions") && !asked.check().contains_key("principal"));
    }

    /// The arguments of an address, as a browser reads them.
    fn url(path: &str) -> BTreeMap<String, String> {
        let decoded = |text: &str| {
            let mut bytes = vec![];
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('%') {
                bytes.extend(before.bytes());
                bytes.push(u8::from_str_radix(&after[..2], 16).expect("two digits"));
                rest = &after[2..];
            }
            bytes.extend(rest.bytes());
            String::from_utf8(bytes).expect("it is text")
        };
        let (_, query) = path.split_once('?').expect("it asks for something");
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (decoded(key), decoded(value))).collect()
    }

    #[test]
    fn lines_are_keys_with_their_values() {
        let question = asked().question();
        let given: Vec<_> = question.given.iter().map(|given| (given.key.as_str(), given.values.join("|"))).collect();
        assert_eq!(given, [("aws:SourceIp", "192.0.2.1|10.0.0.0/8".to_owned()), ("aws:RequestTag/team", "a=b".to_owned())]);
        assert!(asked().check().is_empty());
        assert!(Asked { given: "aws:SourceIp".into(), ..asked() }.check().contains_key("given"));
        let everybody = Asked { face: Face::Everybody, actions: vec!["ec2:StartInstances".into()], ..asked() };
        assert!(everybody.check().is_empty() && everybody.question().principal.is_empty());
    }

    #[test]
    fn wildcards_are_spelled_out() {
        let catalog = Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list");
        let asked = |actions: &[&str]| Asked { actions: actions.iter().map(|&action| action.into()).collect(), ..Asked::default() };
        let spelled = asked(&["ec2:St?pInstances", "ec2:StopInstances", "own:Thing*"]).spelled(Some(&catalog));
        assert_eq!(spelled.actions, ["ec2:StopInstances", "own:Thing*"]);
        assert_eq!(asked(&["ec2:St*"]).spelled(None).actions, ["ec2:St*"]);
    }
}
