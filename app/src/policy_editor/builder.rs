//! The other face of the text: its statements as forms. What is not changed in them stays as it was written, and what they cannot show stays too.

pub mod actions;
mod arn;
mod conditions;
mod draft;
mod picker;
mod principals;
mod resources;
mod statement;
mod values;

use leptos::prelude::*;
use policy::Place;

use self::{
    draft::{Draft, Row},
    statement::StatementCard,
};
use super::{edit::Sheet, looked::Looks, names::Names};
use crate::{
    locale::{t, tf},
    ui::{Button, Each, Icon},
};

#[component]
pub fn Builder(place: Place, sheet: Sheet, looks: Looks, names: Names) -> impl IntoView {
    let draft = Draft::new(sheet.value, place);
    let add = Callback::new(move |()| draft.add());
    let to_json = Callback::new(move |()| sheet.go_to(looks.first_error()));
    let cards = move || {
        view! {
            <ol class="policy-statements" aria-label=t("Statements")>
                <Each
                    each=move || draft.rows.get()
                    key=|row: &Row| row.id
                    children=move |row| view! { <StatementCard row draft place names/> }
                />
            </ol>
            {move || {
                let hidden = draft.hidden();
                (!hidden.is_empty()).then(|| view! { <Hidden text=tf("Only the JSON shows this of the policy, and keeps it: {names}.", &[("names", hidden)])/> })
            }}
            <div>
                <Button icon="plus" on_click=add>{t("Add a statement")}</Button>
            </div>
        }
    };
    let unreadable = move || {
        view! {
            <div class="policy-unreadable" role="note">
                <Icon name="triangle-alert"/>
                <p>{t("The JSON cannot be read as it stands, so there is nothing to build with. Correct it first; nothing of it is lost.")}</p>
                <Button small=true on_click=to_json>{t("Show the place")}</Button>
            </div>
        }
    };
    move || if draft.is_readable.get() { cards().into_any() } else { unreadable().into_any() }
}

/// What only the JSON shows.
#[component]
fn Hidden(text: String) -> impl IntoView {
    view! { <p class="policy-hidden"><Icon name="info"/><span>{text}</span></p> }
}
