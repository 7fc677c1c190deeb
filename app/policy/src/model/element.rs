//! Elements among the members of an object: finding, putting and hiding them.

use crate::json::{Member, Node, Value};

/// Strings, or what is not them: `Action` and `NotAction`, `Resource` and `NotResource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Whether what is not listed is meant.
    pub not: bool,
    /// What is listed.
    pub values: Vec<String>,
}

impl List {
    /// These.
    pub fn of<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        Self { not: false, values: values.into_iter().map(Into::into).collect() }
    }

    /// All but these.
    pub fn all_but<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        Self { not: true, ..Self::of(values) }
    }

    pub(super) fn read(member: Option<&Member>) -> Option<Self> {
        let member = member?;
        Some(Self { not: member.name.starts_with("Not"), values: strings(&member.value)? })
    }

    pub(super) fn write(&self, names: [&str; 2], origin: Option<&Member>) -> Member {
        let origin = origin.map(|member| &member.value);
        Member::new(names[usize::from(self.not)], list(&self.values, origin))
    }
}

/// The strings of a value, if it is nothing else.
pub fn strings(value: &Value) -> Option<Vec<String>> {
    value.several().iter().map(|one| one.as_str().map(str::to_owned)).collect()
}

/// Strings as they were written: with brackets if there are several, or if there were some.
pub fn list(values: &[String], origin: Option<&Value>) -> Value {
    let had_brackets = origin.is_some_and(|value| value.as_array().is_some());
    match values {
        [one] if !had_brackets => Value::string(one),
        several => Node::Array(several.iter().map(Value::string).collect()).into(),
    }
}

/// The first member that has one of the names.
pub fn find<'v>(members: &'v [Member], names: &[&str]) -> Option<&'v Member> {
    members.iter().find(|member| names.contains(&member.name.as_str()))
}

/// Puts a member in the place of the first that has one of the names, or where the order has it. Nothing takes all of them away.
pub fn put(members: &mut Vec<Member>, names: &[&str], member: Option<Member>, order: &[&str]) {
    let Some(member) = member else {
        members.retain(|member| !names.contains(&member.name.as_str()));
        return;
    };
    if let Some(at) = members.iter().position(|member| names.contains(&member.name.as_str())) {
        members[at] = member;
        return;
    }
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let own = rank(&member.name);
    let before = members.iter().rposition(|other| rank(&other.name).is_some_and(|rank| Some(rank) < own));
    members.insert(before.map_or(0, |at| at + 1), member);
}

/// The names of members that the parts do not hold: unknown, of a wrong type, or behind another of the same kind.
pub fn hidden<'v>(members: &'v [Member], kinds: &[&[&str]], is_held: impl Fn(&str) -> bool) -> Vec<&'v str> {
    let mut seen: Vec<usize> = Vec::new();
    let hidden = members.iter().filter(|member| {
        let name = member.name.as_str();
        let Some(kind) = kinds.iter().position(|names| names.contains(&name)) else { return true };
        let is_first = !seen.contains(&kind);
        seen.push(kind);
        !is_first || !is_held(name)
    });
    hidden.map(|member| member.name.as_str()).collect()
}
