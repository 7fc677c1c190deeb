//! Says that the browser has no connection, and how old what is on the screen is at most.

use api::kind::Kind;
use leptos::{ev, prelude::*};

use crate::{
    client, format, list,
    locale::{t, tf},
    ui::Icon,
};

#[component]
pub fn Offline() -> impl IntoView {
    let notice = RwSignal::new(None::<String>);
    let look = move || {
        let text = || client::answered_at().map_or_else(|| t("Offline"), |at| tf("Offline, as of {time}", &[("time", format::time(at))]));
        notice.set((!window().navigator().on_line()).then(text));
    };
    Effect::new(move || {
        look();
        let offline = window_event_listener(ev::offline, move |_| look());
        let online = window_event_listener(ev::online, move |_| {
            look();
            list::refresh(Kind::ALL);
        });
        on_cleanup(move || {
            offline.remove();
            online.remove();
        });
    });
    view! {
        <div class="expiry" role="status">
            {move || notice.get().map(|notice| view! { <span class="expiry-text offline"><Icon name="wifi-off"/><span>{notice}</span></span> })}
        </div>
    }
}
