//! The version of the console that this page runs, and the next one when it comes.
//!
//! The browser keeps the files of a version by a service worker (`bundle/src/worker.js`). A new one is fetched in the background and then
//! waits: only the user can say when what is on the screen may go. What the worker keeps, and what not, is its own business.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventInit, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState, VisibilityState};

/// Whether a new version waits.
#[derive(Clone, Copy)]
pub struct Version {
    ready: RwSignal<bool>,
    waiting: StoredValue<Option<ServiceWorker>, LocalStorage>,
}

impl Version {
    pub(crate) fn provide() {
        let version = Self { ready: RwSignal::new(false), waiting: StoredValue::new_local(None) };
        provide_context(version);
        Effect::new(move || {
            if let Some(container) = container() {
                // Where the user has forbidden it, the console works as well, with a connection.
                spawn_local(async move { _ = version.watch(&container).await });
            }
        });
    }

    pub fn is_ready(self) -> bool {
        self.ready.get()
    }

    /// Whether something was typed on this page that a reload would lose: whoever would ask before it is left, is asked.
    pub fn loses_input(self) -> bool {
        let init = EventInit::new();
        init.set_cancelable(true);
        let event = Event::new_with_event_init_dict("beforeunload", &init).expect("it is a name of an event");
        !window().dispatch_event(&event).expect("it is not being dispatched")
    }

    /// Loads this page anew, in the new version.
    pub fn take(self) {
        let reload = || _ = window().location().reload();
        let Some((worker, container)) = self.waiting.get_value().zip(container()) else { return reload() };
        if worker.state() != ServiceWorkerState::Installed {
            // Another tab was first: it rules already.
            return reload();
        }
        let taken = Closure::once_into_js(reload);
        container.set_oncontrollerchange(Some(taken.unchecked_ref()));
        worker.post_message(&JsValue::from_str("activate")).expect("a text can be sent");
    }

    async fn watch(self, container: &ServiceWorkerContainer) -> Result<(), JsValue> {
        let registration: ServiceWorkerRegistration = JsFuture::from(container.register("/sw.js")).await?.dyn_into()?;
        if let Some(worker) = registration.waiting() {
            self.follow(worker);
        }
        let found = {
            let registration = registration.clone();
            Closure::<dyn Fn()>::new(move || {
                if let Some(worker) = registration.installing() {
                    self.follow(worker);
                }
            })
        };
        registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
        found.forget();
        // Browsers look for a new version when a page is loaded, which may be days ago: look when somebody comes back to it.
        let look = Closure::<dyn Fn()>::new(move || {
            if document().visibility_state() == VisibilityState::Visible
                && let Ok(update) = registration.update()
            {
                // Fails without a connection; then it is for the next time.
                spawn_local(async move { _ = JsFuture::from(update).await });
            }
        });
        document().add_event_listener_with_callback("visibilitychange", look.as_ref().unchecked_ref())?;
        look.forget();
        Ok(())
    }

    /// Says when this worker is ready. The very first one is no news: nothing older runs.
    fn follow(self, worker: ServiceWorker) {
        let look = {
            let worker = worker.clone();
            move || {
                let is_next = container().is_some_and(|container| container.controller().is_some());
                if worker.state() == ServiceWorkerState::Installed && is_next {
                    self.waiting.set_value(Some(worker.clone()));
                    self.ready.set(true);
                }
            }
        };
        look();
        let look = Closure::<dyn Fn()>::new(look);
        worker.set_onstatechange(Some(look.as_ref().unchecked_ref()));
        look.forget();
    }
}

/// `None` over plain http from elsewhere: browsers offer it to secure pages alone.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or_default().then(|| navigator.service_worker())
}
