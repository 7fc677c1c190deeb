//! Who is signed in, in which region they look, and how a session that ended is renewed where the user stands.
//!
//! Requests that meet an ended session wait in [`renewed`] while the sign-in dialog is open, then are sent again. The browser knows identity
//! and end of a session and nothing else of it: the credentials stay with the proxy.

use std::{cell::RefCell, sync::OnceLock};

use api::session::{Boot, CloudInfo, CloudKind, SessionInfo};
use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::identity;

/// The session as the components see it.
#[derive(Clone, Copy)]
pub struct Session {
    pub info: RwSignal<Option<SessionInfo>>,
    /// All whom this browser is signed in as, this one among them.
    pub identities: RwSignal<Vec<SessionInfo>>,
    /// Whether the sign-in dialog is wanted.
    pub ask: RwSignal<bool>,
    /// Whether the proxy has said that it is over.
    pub over: RwSignal<bool>,
    /// The clouds that the proxy knows.
    pub clouds: StoredValue<Vec<CloudInfo>>,
}

/// The session of this document, for code that runs outside components. Never set on the server, which has many at once.
static OF_DOCUMENT: OnceLock<Session> = OnceLock::new();

thread_local! {
    /// What the requests that met an ended session are waiting for, and how to let them go on.
    static RENEWAL: RefCell<Option<(Promise, Function)>> = const { RefCell::new(None) };
}

impl Session {
    pub(crate) fn provide(boot: &Boot) -> Self {
        let no = || RwSignal::new(false);
        let (info, identities) = (RwSignal::new(boot.session.clone()), RwSignal::new(boot.identities.clone()));
        let session = Self { info, identities, ask: no(), over: no(), clouds: StoredValue::new(boot.clouds.clone()) };
        provide_context(session);
        identity::follow();
        Effect::new(move || {
            let _ = OF_DOCUMENT.set(session);
        });
        session
    }

    /// Takes up the new session and lets all waiting requests go on. Somebody else's session starts on a new document: what is on the
    /// screen belongs to who was signed in before.
    pub fn renew(self, info: SessionInfo) {
        if !self.info.with_untracked(|before| before.as_ref().is_some_and(|before| is_same_principal(before, &info))) {
            let location = window().location();
            let here = [location.pathname(), location.search()].into_iter().flatten().collect::<String>();
            identity::switch(&info, &here);
            return;
        }
        let before = identity::own();
        identity::take_up(&info.identity);
        self.identities.update(|all| {
            all.retain(|other| Some(&other.identity) != before.as_ref() && other.identity != info.identity);
            all.push(info.clone());
        });
        self.info.set(Some(info));
        self.ask.set(false);
        self.over.set(false);
        if let Some((_, resolve)) = RENEWAL.with(RefCell::take) {
            resolve.call0(&JsValue::UNDEFINED).expect("resolving a promise does not throw");
        }
    }
}

/// Every demo session has an account of its own, all of them alike: there, whoever signs in goes on in the same place.
fn is_same_principal(before: &SessionInfo, now: &SessionInfo) -> bool {
    before.cloud.key == now.cloud.key && (now.cloud.kind == CloudKind::Demo || (before.account == now.account && before.arn == now.arn))
}

/// Waits until the user has signed in again. All who wait share one dialog.
pub(crate) async fn renewed() {
    let promise = RENEWAL.with_borrow_mut(|renewal| {
        let (promise, _) = renewal.get_or_insert_with(|| {
            let mut settle = None;
            let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
            (promise, settle.expect("a promise calls its executor at once"))
        });
        promise.clone()
    });
    if let Some(session) = OF_DOCUMENT.get() {
        session.over.set(true);
        session.ask.set(true);
    }
    JsFuture::from(promise).await.expect("the renewal is never rejected");
}

/// Who is signed in, if anybody is.
pub fn use_session() -> Signal<Option<SessionInfo>> {
    expect_context::<Session>().info.into()
}

/// The ARN of who is signed in; empty where nobody is.
pub fn own_arn(session: Signal<Option<SessionInfo>>) -> String {
    session.with_untracked(|session| session.as_ref().map(|session| session.arn.clone()).unwrap_or_default())
}

#[derive(Clone, Copy)]
struct Region(Signal<String>);

/// Makes the region of the address known to everything inside the router.
pub(crate) fn provide_region() {
    let session = expect_context::<Session>().info;
    let query = use_query_map();
    let region = Memo::new(move |_| {
        session.with(|session| {
            let Some(session) = session else { return String::new() };
            // Only a region that the cloud has: the address is anybody's to write.
            query
                .with(|query| query.get("region"))
                .filter(|region| session.cloud.regions.contains(region))
                .unwrap_or_else(|| session.region.clone())
        })
    });
    provide_context(Region(region.into()));
}

/// The region looked at: the address's, else the session's; empty where nobody is signed in.
pub fn use_region() -> Signal<String> {
    expect_context::<Region>().0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_in(kind: CloudKind, account: &str, user: &str) -> SessionInfo {
        let cloud = CloudInfo { key: "c".into(), label: "C".into(), kind, regions: vec!["r".into()] };
        let arn = format!("arn:aws:iam::{account}:user/{user}");
        SessionInfo {
            identity: arn.clone(),
            cloud,
            account: account.into(),
            account_name: None,
            arn,
            user: user.into(),
            region: "r".into(),
            expires_at: 0,
            assumed: None,
        }
    }

    #[test]
    fn only_who_was_there_goes_on_in_place() {
        let ann = signed_in(CloudKind::Aws, "111111111111", "ann");
        assert!(is_same_principal(&ann, &SessionInfo { expires_at: 9, region: "s".into(), ..ann.clone() }));
        assert!(!is_same_principal(&ann, &signed_in(CloudKind::Aws, "111111111111", "bob")));
        assert!(!is_same_principal(&ann, &signed_in(CloudKind::Aws, "222222222222", "ann")));
        let demo = signed_in(CloudKind::Demo, "111111111111", "demo");
        assert!(is_same_principal(&demo, &signed_in(CloudKind::Demo, "222222222222", "demo")));
    }
}
