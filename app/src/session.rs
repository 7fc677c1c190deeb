//! Who is signed in, in which region they look, and how a session that ended is renewed where the user stands.
//!
//! Requests that meet an ended session wait in [`renewed`] while the sign-in dialog is open, then are sent again. The browser knows identity
//! and end of a session and nothing else of it: the credentials stay with the proxy.

use std::{cell::RefCell, sync::OnceLock};

use api::session::{CloudInfo, SessionInfo};
use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The session as the components see it.
#[derive(Clone, Copy)]
pub struct Session {
    pub info: RwSignal<Option<SessionInfo>>,
    /// Whether the sign-in dialog is wanted.
    pub ask: RwSignal<bool>,
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
    pub(crate) fn provide(info: Option<SessionInfo>, clouds: Vec<CloudInfo>) -> Self {
        let session = Self { info: RwSignal::new(info), ask: RwSignal::new(false), clouds: StoredValue::new(clouds) };
        provide_context(session);
        Effect::new(move || {
            let _ = OF_DOCUMENT.set(session);
        });
        session
    }

    /// Takes up the new session and lets all waiting requests go on.
    pub fn renew(self, info: SessionInfo) {
        self.info.set(Some(info));
        self.ask.set(false);
        if let Some((_, resolve)) = RENEWAL.with(RefCell::take) {
            resolve.call0(&JsValue::UNDEFINED).expect("resolving a promise does not throw");
        }
    }
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
        session.ask.set(true);
    }
    JsFuture::from(promise).await.expect("the renewal is never rejected");
}

/// Who is signed in, if anybody is.
pub fn use_session() -> Signal<Option<SessionInfo>> {
    expect_context::<Session>().info.into()
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
