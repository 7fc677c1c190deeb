//! Tags and the rules for them: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions>.

use serde::{Deserialize, Serialize};

use crate::{
    command::{Command, shorthand},
    error::FieldErrors,
    kind::Kind,
    resource::Mutation,
};

/// How many tags one resource may have; those the cloud sets itself do not count.
pub const MAX_TAGS: usize = 50;
/// Characters, not bytes.
pub const MAX_KEY: usize = 128;
/// Characters, not bytes.
pub const MAX_VALUE: usize = 256;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

impl Tag {
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }

    /// `Key=env,Value=prod`
    pub fn shorthand(&self) -> String {
        shorthand([("Key", self.key.clone()), ("Value", self.value.clone())])
    }

    /// Whether the cloud owns this tag: it can be seen but neither set nor removed, and does not count.
    pub fn is_reserved(&self) -> bool {
        is_reserved(&self.key)
    }
}

/// As the CLI's `--tag-specifications` takes tags of something new: `ResourceType=volume,Tags=[{Key=env,Value=prod}]`; empty without tags.
pub fn specification(resource_type: &str, tags: &[Tag]) -> String {
    let tags: Vec<_> = tags.iter().map(|tag| format!("{{{}}}", tag.shorthand())).collect();
    if tags.is_empty() { String::new() } else { format!("ResourceType={resource_type},Tags=[{}]", tags.join(",")) }
}

fn is_reserved(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with("aws:") || key.starts_with("euca:")
}

/// What is wrong with a list of tags, by `tags.index.key` and `tags.index.value`.
pub fn check_tags(tags: &[Tag]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for (index, tag) in tags.iter().enumerate() {
        if let Some(message) = key_error(&tag.key, tags.iter().take(index)) {
            errors.insert(format!("tags.{index}.key"), message);
        }
        if tag.value.chars().count() > MAX_VALUE {
            errors.insert(format!("tags.{index}.value"), format!("A value has at most {MAX_VALUE} characters."));
        }
    }
    if tags.iter().filter(|tag| !tag.is_reserved()).count() > MAX_TAGS {
        errors.insert("tags".into(), format!("A resource has at most {MAX_TAGS} tags."));
    }
    errors
}

/// What is wrong with tags beside a name that has a field of its own: it is a tag as well.
pub fn check_named(name: &str, tags: &[Tag]) -> FieldErrors {
    let mut errors = check_tags(tags);
    let mut say = |key: String, message: String| {
        errors.entry(key).or_insert(message);
    };
    if name.chars().count() > MAX_VALUE {
        say("name".into(), format!("A name has at most {MAX_VALUE} characters."));
    }
    if let Some(index) = tags.iter().position(|tag| tag.key == "Name") {
        say(format!("tags.{index}.key"), "The name has a field of its own.".into());
    }
    if tags.len() == MAX_TAGS && !name.is_empty() {
        say("tags".into(), format!("A resource has at most {MAX_TAGS} tags, and the name is one of them."));
    }
    errors
}

/// The tags with the name among them.
pub fn named(name: &str, tags: &[Tag]) -> Vec<Tag> {
    let name = (!name.is_empty()).then(|| Tag::new("Name", name));
    name.into_iter().chain(tags.iter().cloned()).collect()
}

fn key_error<'a>(key: &str, mut before: impl Iterator<Item = &'a Tag>) -> Option<String> {
    if key.is_empty() {
        Some("A tag needs a key.".into())
    } else if key.chars().count() > MAX_KEY {
        Some(format!("A key has at most {MAX_KEY} characters."))
    } else if is_reserved(key) {
        Some("Keys that begin with aws: or euca: belong to the cloud.".into())
    } else if before.any(|tag| tag.key == key) {
        Some("This key is there twice.".into())
    } else {
        None
    }
}

/// What to change in the tags of resources: only what is named is touched, so that two people editing different tags do not collide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagChange {
    pub set: Vec<Tag>,
    /// Keys to remove.
    pub remove: Vec<String>,
}

impl TagChange {
    /// The smallest change that leads from one list to the other; reserved tags are left alone.
    pub fn between(before: &[Tag], after: &[Tag]) -> Self {
        Self {
            set: after.iter().filter(|tag| !tag.is_reserved() && !before.contains(tag)).cloned().collect(),
            remove: before
                .iter()
                .filter(|tag| !tag.is_reserved() && !after.iter().any(|kept| kept.key == tag.key))
                .map(|tag| tag.key.clone())
                .collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty()
    }
}

impl TagChange {
    /// The command lines for a kind: IAM has calls of its own for each of its kinds.
    pub fn commands_for(&self, kind: Kind, ids: &[String]) -> Vec<Command> {
        let (word, argument) = match kind {
            Kind::User => ("user", "--user-name"),
            Kind::Role => ("role", "--role-name"),
            Kind::Policy => ("policy", "--policy-arn"),
            Kind::ServerCertificate => ("server-certificate", "--server-certificate-name"),
            Kind::KeyPair => return self.commands_for_key_pairs(ids),
            _ => return self.commands(ids),
        };
        let of = |id: &String| {
            let about = |operation: &str| Command::iam(&format!("{operation}-{word}")).arg(argument, id);
            let set = (!self.set.is_empty()).then(|| about("tag").args("--tags", self.set.iter().map(Tag::shorthand)));
            let remove = (!self.remove.is_empty()).then(|| about("untag").args("--tag-keys", &self.remove));
            set.into_iter().chain(remove).collect::<Vec<_>>()
        };
        ids.iter().flat_map(of).collect()
    }

    /// Key pairs go by their names, and their tags by their IDs, which have to be looked up.
    fn commands_for_key_pairs(&self, names: &[String]) -> Vec<Command> {
        if self.is_empty() {
            return vec![];
        }
        let look = Command::ec2("describe-key-pairs").args("--key-names", names).arg("--query", "KeyPairs[].KeyPairId");
        let ids: Vec<_> = names.iter().map(|name| format!("key-ID-of-{name}")).collect();
        std::iter::once(look).chain(self.commands(&ids)).collect()
    }
}

impl Mutation for TagChange {
    fn touches(&self) -> &'static [Kind] {
        // The kind whose tags change is known only to the route that takes it, which adds it.
        &[]
    }

    fn operations(&self) -> &'static [&'static str] {
        match (self.set.is_empty(), self.remove.is_empty()) {
            (false, false) => &["ec2:CreateTags", "ec2:DeleteTags"],
            (false, true) => &["ec2:CreateTags"],
            _ => &["ec2:DeleteTags"],
        }
    }

    fn commands(&self, ids: &[String]) -> Vec<Command> {
        let on = |operation: &str, tags: Vec<String>| {
            let has_tags = !tags.is_empty();
            has_tags.then(|| Command::ec2(operation).args("--resources", ids).args("--tags", tags))
        };
        let set = self.set.iter().map(Tag::shorthand).collect();
        let remove = self.remove.iter().map(|key| shorthand([("Key", key.clone())])).collect();
        on("create-tags", set).into_iter().chain(on("delete-tags", remove)).collect()
    }

    fn check(&self) -> FieldErrors {
        let named = |(key, message): (String, String)| (key.replacen("tags", "set", 1), message);
        let mut errors: FieldErrors = check_tags(&self.set).into_iter().map(named).collect();
        if let Some(tag) = self.set.iter().find(|tag| self.remove.contains(&tag.key)) {
            errors.insert("remove".into(), format!("{} is to be set as well.", tag.key));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_only_what_differs() {
        let before = [Tag::new("Name", "web"), Tag::new("env", "prod"), Tag::new("aws:x", "1")];
        let after = [Tag::new("Name", "web"), Tag::new("team", "blue")];
        let change = TagChange::between(&before, &after);
        assert_eq!(change, TagChange { set: vec![Tag::new("team", "blue")], remove: vec!["env".into()] });
        assert!(TagChange::between(&before, &before).is_empty());
    }

    #[test]
    fn users_are_tagged_by_calls_of_their_own() {
        let change = TagChange { set: vec![Tag::new("team", "blue")], remove: vec!["env".into()] };
        let lines: Vec<_> = change.commands_for(Kind::User, &["ann".into()]).iter().map(|command| command.line("")).collect();
        assert_eq!(
            lines,
            ["aws iam tag-user --user-name ann --tags Key=team,Value=blue", "aws iam untag-user --user-name ann --tag-keys env"]
        );
        assert_eq!(change.commands_for(Kind::Vpc, &["vpc-1".into()]), change.commands(&["vpc-1".into()]));
    }

    #[test]
    fn key_pairs_are_tagged_by_an_id_that_is_looked_up() {
        let change = TagChange { set: vec![Tag::new("team", "blue")], remove: vec![] };
        let lines = |change: &TagChange| {
            let commands = change.commands_for(Kind::KeyPair, &["web".into()]);
            commands.iter().map(|command| command.line("")).collect::<Vec<_>>()
        };
        assert_eq!(
            lines(&change),
            [
                "aws ec2 describe-key-pairs --key-names web --query 'KeyPairs[].KeyPairId'",
                "aws ec2 create-tags --resources key-ID-of-web --tags Key=team,Value=blue"
            ]
        );
        assert!(lines(&TagChange::default()).is_empty());
    }

    #[test]
    fn keys_and_values_are_checked_as_the_api_does() {
        let tags = [
            Tag::new("", "x"),
            Tag::new("AWS:name", "x"),
            Tag::new("k".repeat(128), "v".repeat(256)),
            Tag::new("ü".repeat(129), "x"),
            Tag::new("a", "v".repeat(257)),
            Tag::new("a", ""),
        ];
        let errors = check_tags(&tags);
        let keys: Vec<_> = errors.keys().map(String::as_str).collect();
        assert_eq!(keys, ["tags.0.key", "tags.1.key", "tags.3.key", "tags.4.value", "tags.5.key"]);
    }

    #[test]
    fn fifty_tags_are_allowed_and_one_more_is_not() {
        let tags: Vec<_> = (0..50).map(|n| Tag::new(format!("k{n}"), "")).collect();
        assert!(check_tags(&tags).is_empty());
        let tags: Vec<_> = (0..51).map(|n| Tag::new(format!("k{n}"), "")).collect();
        assert!(check_tags(&tags).contains_key("tags"));
    }
}
