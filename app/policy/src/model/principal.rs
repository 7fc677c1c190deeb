//! Whom a statement is about.

use super::element::{list, strings};
use crate::json::{Member, Node, Value};

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// Whether everybody else is meant.
    pub not: bool,
    /// Who.
    pub who: Who,
}

/// Who a statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// `"*"`
    Everyone,
    /// By kind (`AWS`, `Service`, `Federated`, `CanonicalUser`).
    Listed(Vec<(String, Vec<String>)>),
}

impl Principals {
    /// Services, accounts or others of one kind.
    pub fn of<T: Into<String>>(kind: &str, values: impl IntoIterator<Item = T>) -> Self {
        Self { not: false, who: Who::Listed(vec![(kind.to_owned(), values.into_iter().map(Into::into).collect())]) }
    }

    pub(super) fn read(member: Option<&Member>) -> Option<Self> {
        let member = member?;
        let who = match member.value.as_str() {
            Some("*") => Who::Everyone,
            Some(_) => return None,
            None => {
                let kinds = member.value.as_object()?.iter().map(|kind| Some((kind.name.clone(), strings(&kind.value)?)));
                Who::Listed(kinds.collect::<Option<_>>()?)
            }
        };
        Some(Self { not: member.name.starts_with("Not"), who })
    }

    pub(super) fn write(&self, origin: Option<&Member>) -> Member {
        let value = match &self.who {
            Who::Everyone => Value::string("*"),
            Who::Listed(kinds) => {
                let members = kinds.iter().map(|(kind, values)| {
                    let origin = origin.and_then(|member| member.value.get(kind));
                    let same = origin.filter(|origin| strings(origin).as_ref() == Some(values));
                    Member::new(kind, same.cloned().unwrap_or_else(|| list(values, origin)))
                });
                Node::Object(members.collect()).into()
            }
        };
        Member::new(if self.not { "NotPrincipal" } else { "Principal" }, value)
    }
}
