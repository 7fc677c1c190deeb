//! Whom a policy of a resource is about, seen from who asks.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::model::{Principals, Who};

/// How somebody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// Not at all.
    No,
    /// By the account: whoever the account lets.
    Account,
    /// By the role, or the user, that the session is of: what limits those limits this.
    Entity,
    /// Who makes the request, by name or as everybody.
    Asker,
}

/// Who makes a request.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The user or role.
    pub arn: &'a str,
    /// Its account.
    pub account: &'a str,
    /// The session, where there is one.
    pub session: Option<&'a str>,
    /// Whether it is a role, which asks by a session even where nobody said which.
    pub is_role: bool,
}

/// How a statement names who asks. Nothing said is nobody.
pub fn named(principals: Option<&Principals>, asking: Asking<'_>) -> Named {
    let Some(Principals { not, who }) = principals else { return Named::No };
    let Who::Listed(kinds) = who else { return if *not { Named::No } else { Named::Asker } };
    let listed = || kinds.iter().filter(|(kind, _)| kind == "AWS").flat_map(|(_, names)| names).map(|name| one(name, asking));
    if *not {
        // The account may be looked at before the user or role is: who is to be left out is listed together with it.
        let is_out = listed().any(|named| named >= Named::Entity) && listed().any(|named| named == Named::Account);
        return if is_out { Named::No } else { Named::Asker };
    }
    listed().max().unwrap_or(Named::No)
}

fn one(name: &str, asking: Asking<'_>) -> Named {
    if name == "*" || asking.session == Some(name) {
        return Named::Asker;
    }
    if name == asking.arn {
        return if asking.session.is_some() || asking.is_role { Named::Entity } else { Named::Asker };
    }
    let account = name.strip_suffix(":root").map_or(name, |arn| arn.rsplit(':').next().unwrap_or_default());
    if account == asking.account && !account.is_empty() { Named::Account } else { Named::No }
}
