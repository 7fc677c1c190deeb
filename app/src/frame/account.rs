//! Who is signed in, as whom else, and the ways to another and out.

use api::{
    kind::Kind,
    session::{CloudKind, SessionInfo},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_navigate};

use super::bar::context;
use crate::{
    client::{self, Method},
    identity,
    lazy::{self, parts},
    locale::{self, Locale, t, tf},
    paths,
    session::{Session, use_region},
    storage,
    theme::remember,
    ui::{Dialogs, Menu, MenuItem, Toasts, Variant, use_dialogs, use_toasts},
    version::Version,
};

#[component]
pub fn Account() -> impl IntoView {
    let session: Session = expect_context();
    let (path, region) = (use_location().pathname, use_region());
    let navigate = use_navigate();
    let go = Callback::new(move |path: String| navigate(&paths::with_region(&path, &region.get_untracked()), Default::default()));
    let ways = Ways { dialogs: use_dialogs(), toasts: use_toasts(), version: expect_context(), go };
    let user = Signal::derive(move || session.info.with(|info| info.as_ref().map(|info| info.name().to_owned()).unwrap_or_default()));
    let items = Signal::derive(move || {
        let Some(own) = session.info.get() else { return Vec::new() };
        let here = untrack(|| (path.get(), region.get()));
        session.identities.with(|identities| ways.items(&own, identities, &here))
    });
    let header = move || session.info.get().map(|info| view! { <Header info/> });
    view! { <div class="account"><Menu label=user data=true icon="circle-user" variant=Variant::Quiet items header/></div> }
}

/// Who this document is for. Drawn when the menu opens, and so it looks then who else there is by now: another tab may have changed it.
#[component]
fn Header(info: SessionInfo) -> impl IntoView {
    let identities = expect_context::<Session>().identities;
    Effect::new(move || {
        spawn_local(async move {
            // What is not known now stays as it was.
            if let Ok(now) = client::get_once::<Vec<SessionInfo>>(&paths::identities()).await
                && identities.try_with_untracked(|before| *before != now) == Some(true)
            {
                identities.set(now);
            }
        });
    });
    view! {
        <div class="menu-header account-header">
            <div class="account-user" translate="no">{info.name().to_owned()}</div>
            <div>{tf("Account {account}", &[("account", info.account)])}</div>
            <div class="account-arn mono" translate="no">{info.arn}</div>
        </div>
    }
}

/// What leads to another identity needs.
#[derive(Clone, Copy)]
struct Ways {
    dialogs: Dialogs,
    toasts: Toasts,
    version: Version,
    go: Callback<String>,
}

impl Ways {
    /// `here` is the path and the region that are looked at.
    fn items(self, own: &SessionInfo, identities: &[SessionInfo], here: &(String, String)) -> Vec<MenuItem> {
        let others: Vec<_> = identities.iter().filter(|info| info.identity != own.identity).cloned().collect();
        let mut items = Vec::new();
        for info in &others {
            let is_back = own.assumed.as_ref().is_some_and(|assumed| assumed.from == info.identity);
            let label = if is_back { tf("Back to {name}", &[("name", info.name().to_owned())]) } else { info.name().to_owned() };
            let (to, page) = (info.clone(), page_for(info, &here.0, &here.1));
            items.push(MenuItem {
                mark: Some(context(info)),
                note: Some(format!("{} · {}", info.cloud.label, info.account)),
                ..MenuItem::new(label, move || self.leave(|| identity::switch(&to, &page)))
            });
        }
        let full = (others.len() + 1 >= SessionInfo::MOST).then(|| t("As many as fit into one session. Sign out of one first."));
        let from = own.clone();
        items.push(MenuItem {
            icon: Some("plus"),
            reason: full.clone(),
            ..MenuItem::new(t("Add another identity"), move || {
                self.leave(|| self.dialogs.open(|| lazy::dialog(parts::add_identity, ())));
            })
        });
        items.push(MenuItem {
            icon: Some("arrow-left-right"),
            reason: full,
            ..MenuItem::new(t("Switch role"), move || {
                let from = from.clone();
                self.leave(|| self.dialogs.open(|| lazy::dialog(parts::switch_role, (from, None))));
            })
        });
        if own.is_user() {
            let of = own.clone();
            let open = move || {
                let of = of.clone();
                self.dialogs.open(|| lazy::dialog(parts::own_password, of));
            };
            items.push(MenuItem { icon: Some("lock"), ..MenuItem::new(t("Change password"), open) });
        }
        items.push(MenuItem { icon: Some("monitor"), ..MenuItem::new(t("Sessions"), move || self.go.run(paths::sessions())) });
        // The second language is a test of the console; it has no business in anybody's real account.
        if own.cloud.kind == CloudKind::Demo {
            items.extend(Locale::ALL.iter().filter(|&&other| other != locale::current()).map(|&other| MenuItem {
                icon: Some("globe"),
                ..MenuItem::new(tf("Language: {language}", &[("language", other.label().to_owned())]), move || speak(other))
            }));
        }
        let back = own.assumed.as_ref().and_then(|assumed| others.iter().find(|info| info.identity == assumed.from));
        let Some(next) = back.or_else(|| others.first()).cloned() else {
            items.push(MenuItem { icon: Some("log-out"), ..MenuItem::new(t("Sign out"), move || self.sign_out()) });
            return items;
        };
        let one = own.identity.clone();
        let label = tf("Sign out of {name}", &[("name", own.name().to_owned())]);
        items.push(MenuItem { icon: Some("log-out"), ..MenuItem::new(label, move || self.sign_out_of(one.clone(), next.clone())) });
        items.push(MenuItem { icon: Some("power"), ..MenuItem::new(t("Sign out of all"), move || self.sign_out()) });
        items
    }

    /// Does what leads to another document, unless something typed would be lost by it.
    fn leave(self, go: impl FnOnce()) {
        if self.version.loses_input() {
            self.toasts.failure(t("What you have entered on this page would be lost. Finish it or leave the page, then try again."));
        } else {
            go();
        }
    }

    /// Ends the session, with all identities.
    fn sign_out(self) {
        spawn_local(async move {
            match client::send_once::<_, ()>(Method::DELETE, "/api/session", &()).await {
                // A new document, so that nothing of the session stays in memory.
                Ok(()) => {
                    identity::forget();
                    let _ = window().location().assign(&paths::login());
                }
                Err(error) => self.toasts.error(error),
            }
        });
    }

    /// Ends this identity, and goes on as the next.
    fn sign_out_of(self, identity: String, next: SessionInfo) {
        spawn_local(async move {
            match client::send_once::<_, ()>(Method::DELETE, &paths::identity(&identity), &()).await {
                Ok(()) => {
                    storage::forget_tab();
                    identity::switch(&next, &paths::dashboard());
                }
                Err(error) => self.toasts.error(error),
            }
        });
    }
}

/// The document in another language.
fn speak(locale: Locale) {
    remember("locale", locale.tag());
    // Fails only in sandboxed documents, which Canopy's are not.
    let _ = window().location().reload();
}

/// The page that another identity finds where this one is: the same list or page. What is one's own, such as a resource or a search, is not the
/// other's; a region is, where the other's cloud has it.
fn page_for(other: &SessionInfo, path: &str, region: &str) -> String {
    let detail_of = path.strip_prefix('/').and_then(|path| path.split_once('/')).filter(|_| path != paths::launch());
    let list = detail_of.and_then(|(slug, _)| Kind::from_slug(slug)).map(paths::list);
    let region = if other.cloud.regions.iter().any(|known| known == region) { region } else { &other.region };
    paths::with_region(list.as_deref().unwrap_or(path), region)
}

#[cfg(test)]
mod tests {
    use api::session::CloudInfo;

    use super::*;

    #[test]
    fn another_finds_the_same_list_and_nothing_of_ones_own() {
        let cloud = CloudInfo { key: "c".into(), label: "C".into(), kind: CloudKind::Aws, regions: vec!["a".into(), "b".into()] };
        let other = SessionInfo {
            identity: "1".into(),
            cloud,
            account: "111111111111".into(),
            account_name: None,
            arn: "arn:aws:iam::111111111111:user/ann".into(),
            user: "ann".into(),
            region: "a".into(),
            expires_at: 0,
            assumed: None,
        };
        assert_eq!(page_for(&other, "/instances", "b"), "/instances?region=b");
        assert_eq!(page_for(&other, "/instances/i-1", "elsewhere"), "/instances?region=a");
        assert_eq!(page_for(&other, "/roles/admin", "b"), "/roles?region=b");
        assert_eq!(page_for(&other, "/instances/new", "b"), "/instances/new?region=b");
        assert_eq!(page_for(&other, "/", ""), "/?region=a");
    }
}
