//! The services of AWS, their actions, resource types and condition keys, as `app/policy/generate` wrote them.
//!
//! The file is text, a line for each thing; its first character says what: `=` a service (prefix, name), `+` a type of resource (name, ARN without
//! its beginning, the keys that every action on it knows), `?` a condition key (type, name), and a letter for the access level of an action (name, the types that it acts on, the keys that
//! it knows, each named by one character that counts them). It is read where it lies: only the places of the services are looked up at once.

use crate::{arn::ArnFields, glob::Glob};

/// What the file has to begin with.
const MAGIC: &str = "canopy-actions 1\t";

/// The list.
#[derive(Clone, Debug)]
pub struct Catalog {
    text: String,
    /// Where each service begins, in the order of the prefixes.
    services: Vec<(usize, usize)>,
}

/// What an action does to what it acts on, as AWS classifies them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Says what there is.
    List,
    /// Says what is in it.
    Read,
    /// Changes tags alone.
    Tagging,
    /// Makes, changes or deletes.
    Write,
    /// Changes who may do what.
    Permissions,
}

/// The type of a condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyType {
    /// Text.
    String,
    /// An ARN.
    Arn,
    /// Yes or no.
    Bool,
    /// A number.
    Numeric,
    /// A moment.
    Date,
    /// An address or network.
    Ip,
    /// Bytes in base64.
    Binary,
}

/// A service.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// What its actions begin with.
    pub prefix: &'a str,
    /// What it is called.
    pub name: &'a str,
    lines: &'a str,
}

/// An action of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action<'a> {
    /// Its name without the service.
    pub name: &'a str,
    /// Its access level.
    pub level: Level,
    resources: &'a str,
    keys: &'a str,
}

/// A type of resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceType<'a> {
    /// What it is called.
    pub name: &'a str,
    prefix: &'a str,
    pattern: &'a str,
    keys: &'a str,
}

/// A condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name; a part in `${}` or `<>` is chosen by who writes the policy.
    pub name: String,
    /// Its type.
    pub kind: KeyType,
    /// Whether a request has several values of it.
    pub is_list: bool,
}

impl Catalog {
    /// Reads the file. Nothing for a file of another version.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        let text = String::from_utf8(bytes).ok().filter(|text| text.starts_with(MAGIC))?;
        let mut starts: Vec<usize> = text.match_indices("\n=").map(|(at, _)| at + 1).collect();
        starts.push(text.len());
        let services = starts.windows(2).map(|range| (range[0], range[1])).collect();
        Some(Self { text, services })
    }

    /// When the list was made, and of what.
    pub fn source(&self) -> (&str, &str) {
        let line = self.text[MAGIC.len()..].lines().next().unwrap_or_default();
        line.split_once('\t').unwrap_or((line, ""))
    }

    /// All services, by prefix.
    pub fn services(&self) -> impl Iterator<Item = Service<'_>> {
        (0..self.services.len()).map(|index| self.at(index))
    }

    /// The service of a prefix, however it is capitalised.
    pub fn service(&self, prefix: &str) -> Option<Service<'_>> {
        let prefix = prefix.to_ascii_lowercase();
        let index =
            self.services.binary_search_by(|(start, _)| self.text[start + 1..].split('\t').next().cmp(&Some(prefix.as_str()))).ok()?;
        Some(self.at(index))
    }

    /// The action of a full name: `ec2:RunInstances`.
    pub fn action(&self, name: &str) -> Option<(Service<'_>, Action<'_>)> {
        let (prefix, name) = name.split_once(':')?;
        let service = self.service(prefix)?;
        Some((service, service.action(name)?))
    }

    /// The actions that a pattern stands for: `ec2:Describe*`, `*`.
    pub fn matching<'a>(&'a self, pattern: &str) -> Vec<(Service<'a>, Action<'a>)> {
        let Some((prefix, name)) = pattern.split_once(':') else {
            return if pattern == "*" { self.services().flat_map(|s| s.actions().map(move |a| (s, a))).collect() } else { Vec::new() };
        };
        let name = Glob::new(name).into_lower_case();
        let fits = |action: &Action<'_>| name.matches(&action.name.to_ascii_lowercase());
        if let Some(service) = self.service(prefix) {
            return service.actions().filter(fits).map(|action| (service, action)).collect();
        }
        let prefix = Glob::new(prefix).into_lower_case();
        let services = self.services().filter(|service| prefix.matches(service.prefix));
        services.flat_map(|service| service.actions().filter(fits).map(move |action| (service, action)).collect::<Vec<_>>()).collect()
    }

    fn at(&self, index: usize) -> Service<'_> {
        let (start, end) = self.services[index];
        let (head, lines) = self.text[start + 1..end].split_once('\n').unwrap_or_default();
        let (prefix, name) = head.split_once('\t').unwrap_or((head, head));
        Service { prefix, name, lines }
    }
}

impl<'a> Service<'a> {
    /// Its actions, by name.
    pub fn actions(self) -> impl Iterator<Item = Action<'a>> {
        self.lines.lines().filter_map(|line| {
            let level = Level::of(line.as_bytes().first().copied()?)?;
            let mut parts = line[1..].split('\t');
            let mut part = || parts.next().unwrap_or_default();
            Some(Action { name: part(), level, resources: part(), keys: part() })
        })
    }

    /// The action of a name, however it is capitalised.
    pub fn action(self, name: &str) -> Option<Action<'a>> {
        self.actions().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// Its types of resources, by name.
    pub fn resources(self) -> impl Iterator<Item = ResourceType<'a>> {
        self.lines.lines().filter_map(move |line| {
            let mut parts = line.strip_prefix('+')?.split('\t');
            let mut part = || parts.next().unwrap_or_default();
            Some(ResourceType { name: part(), prefix: self.prefix, pattern: part(), keys: part() })
        })
    }

    /// The condition keys that its actions know, by name.
    pub fn keys(self) -> impl Iterator<Item = Key> {
        let lines = self.lines.lines().filter_map(|line| line.strip_prefix('?'));
        lines.filter_map(move |line| {
            let kind = line.as_bytes().first().copied()?;
            let name = &line[1..];
            let name = if name.starts_with(':') { format!("{}{name}", self.prefix) } else { name.to_owned() };
            Some(Key { name, kind: KeyType::of(kind.to_ascii_lowercase())?, is_list: kind.is_ascii_uppercase() })
        })
    }

    /// The types of resources that actions act on; none where they can only be allowed on all.
    pub fn resources_of(self, actions: &[Action<'a>]) -> Vec<ResourceType<'a>> {
        chosen(self.resources(), actions.iter().map(|action| action.resources))
    }

    /// The condition keys that actions know, by themselves or by what they act on, beside those that every action knows.
    pub fn keys_of(self, actions: &[Action<'a>]) -> Vec<Key> {
        let of_resources = self.resources_of(actions);
        chosen(self.keys(), actions.iter().map(|action| action.keys).chain(of_resources.iter().map(|one| one.keys)))
    }
}

impl ResourceType<'_> {
    /// Its ARN, with names in `${}` for what differs.
    pub fn arn(&self) -> String {
        match self.pattern.strip_prefix('~') {
            Some(rest) => format!("arn:${{Partition}}:{}:${{Region}}:${{Account}}:{rest}", self.prefix),
            None => format!("arn:${{Partition}}:{}", self.pattern),
        }
    }

    /// The pattern that all its ARNs fit.
    pub fn fields(&self) -> ArnFields {
        ArnFields::new(&self.arn())
    }
}

impl Key {
    /// Whether a key that is written in a policy is this one: `aws:RequestTag/${TagKey}` is every `aws:RequestTag/…`.
    pub fn is(&self, written: &str) -> bool {
        match self.name.find(['$', '<']) {
            Some(end) => written.get(..end).is_some_and(|start| start.eq_ignore_ascii_case(&self.name[..end])) && written.len() > end,
            None => self.name.eq_ignore_ascii_case(written),
        }
    }
}

impl Level {
    /// All, from harmless to powerful.
    pub const ALL: [Self; 5] = [Self::List, Self::Read, Self::Tagging, Self::Write, Self::Permissions];

    /// What AWS calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Tagging => "Tagging",
            Self::Write => "Write",
            Self::Permissions => "Permissions management",
        }
    }

    fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b'l' => Self::List,
            b'r' => Self::Read,
            b't' => Self::Tagging,
            b'w' => Self::Write,
            b'p' => Self::Permissions,
            _ => return None,
        })
    }
}

impl KeyType {
    fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b's' => Self::String,
            b'a' => Self::Arn,
            b'b' => Self::Bool,
            b'n' => Self::Numeric,
            b'd' => Self::Date,
            b'i' => Self::Ip,
            b'x' => Self::Binary,
            _ => return None,
        })
    }
}

/// Those of the things that the marks count.
fn chosen<'m, T>(things: impl Iterator<Item = T>, marks: impl Iterator<Item = &'m str>) -> Vec<T> {
    let place = |mark: char| if mark as usize > 0xA0 { mark as usize - 0xA1 + 94 } else { mark as usize - 0x21 };
    let mut wanted = Vec::new();
    for place in marks.flat_map(str::chars).map(place) {
        if wanted.len() <= place {
            wanted.resize(place + 1, false);
        }
        wanted[place] = true;
    }
    things.zip(wanted).filter_map(|(thing, is_wanted)| is_wanted.then_some(thing)).collect()
}
