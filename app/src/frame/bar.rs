//! The bar at the top: where one is, as whom, and what concerns all pages.

use api::session::SessionInfo;
use leptos::prelude::*;

use super::{
    account::Account, expiry::Expiry, nav::DrawerButton, offline::Offline, region::RegionChoice, theme_button::ThemeButton, update::Update,
};
use crate::{locale::t, session::use_session};

/// How many colours `style/frame.css` has for contexts.
const CONTEXTS: u32 = 6;

#[component]
pub fn Bar() -> impl IntoView {
    let session = use_session();
    let colour = move || session.with(|session| session.as_ref().map_or(0, context));
    let cloud = move || session.with(|session| session.as_ref().map(|session| session.cloud.label.clone()));
    let account = move || session.with(|session| session.as_ref().map(|session| session.account.clone()));
    view! {
        <header class=move || format!("frame-bar context-{}", colour())>
            <DrawerButton/>
            <div class="context" role="group" aria-label=t("Signed in to")>
                <span class="context-mark" aria-hidden="true"></span>
                <span class="context-cloud" translate="no">{cloud}</span>
                <span class="context-account mono" translate="no">{account}</span>
                <RegionChoice/>
            </div>
            <div class="bar-end">
                <Offline/>
                <Update/>
                <Expiry/>
                <ThemeButton/>
                <Account/>
            </div>
        </header>
    }
}

/// The same colour for the same account at all times, so that it becomes familiar; a role that was taken on has another.
pub(super) fn context(info: &SessionInfo) -> u32 {
    let role = info.assumed.as_ref().map_or("", |assumed| &assumed.role);
    colour([&info.cloud.key, &info.account, role])
}

fn colour(parts: [&str; 3]) -> u32 {
    // FNV-1a: the standard hashers do not promise the same answer in the next version.
    let hash =
        parts.into_iter().flat_map(str::bytes).fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash % CONTEXTS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_colour_is_somebodys() {
        let found: BTreeSet<_> = (0..100).map(|n| colour(["aws", &format!("{n:012}"), ""])).collect();
        assert_eq!(found.len(), CONTEXTS as usize);
    }
}
