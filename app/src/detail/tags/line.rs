//! One tag in the editor.

use api::error::FieldErrors;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    detail::tags_form::{Line, TagsForm},
    locale::{t, tf},
    ui::{Icon, IconButton},
};

fn field_id(field: &str, number: usize) -> String {
    format!("tag-{field}-{number}")
}

/// Puts the focus into the key of a line that was just added.
pub fn focus_key(number: usize) {
    // The line is in the document only after the event that added it.
    request_animation_frame(move || {
        if let Some(input) = document().get_element_by_id(&field_id("key", number)) {
            let _ = input.unchecked_into::<HtmlElement>().focus();
        }
    });
}

#[component]
pub fn TagLine(number: usize, form: RwSignal<TagsForm>, errors: Memo<FieldErrors>) -> impl IntoView {
    let line = Memo::new(move |_| form.with(|form| form.line(number).cloned()));
    let is = move |of: fn(&Line) -> bool| line.with(|line| line.as_ref().is_some_and(of));
    let text = move |of: fn(&Line) -> &String| line.with(|line| line.as_ref().map(of).cloned().unwrap_or_default());
    let key = move || text(|line| &line.tag.key);
    let removed = move || is(|line| line.removed);
    let is_old = untrack(|| is(|line| line.is_old));
    let reserved = untrack(|| is(|line| line.is_old && line.tag.is_reserved()));
    let error = move |field: &'static str| errors.with(|errors| errors.get(&format!("{field}.{number}")).cloned());
    let error_id = move |field: &'static str| format!("{}-error", field_id(field, number));
    let message =
        move |field: &'static str| move || error(field).map(|error| view! { <p class="field-error" id=error_id(field)>{error}</p> });
    let end = move || {
        if reserved {
            let why = t("The cloud sets this tag itself.");
            view! { <span class="tags-reserved" title=why.clone()><Icon name="lock"/><span class="visually-hidden">{why.clone()}</span></span> }.into_any()
        } else if removed() {
            let keep = move || form.update(|form| form.change_line(number, |line| line.removed = false));
            view! { <IconButton icon="undo-2" label=tf("Keep {key}", &[("key", key())]) on_click=keep/> }.into_any()
        } else {
            let label = Signal::derive(move || tf("Remove {key}", &[("key", key())]));
            view! { <IconButton icon="trash-2" label on_click=move || form.update(|form| form.remove(number))/> }.into_any()
        }
    };
    // Only being removed or kept draws the end anew.
    let removed_now = Memo::new(move |_| removed());
    let attributes = view! {
        <{..}
            id=field_id("value", number)
            aria-label=move || tf("Value of {key}", &[("key", key())])
            autocomplete="off"
            spellcheck="false"
            translate="no"
            readonly=reserved
            disabled=removed
            aria-invalid=move || error("value").map(|_| "true")
            aria-describedby=move || error("value").map(|_| error_id("value"))
            prop:value=move || text(|line| &line.tag.value)
            on:input=move |event| form.update(|form| form.change_line(number, |line| line.tag.value = event_target_value(&event)))
        />
    };
    // A field of one line would drop the breaks of what stands in it.
    let n_lines = untrack(|| text(|line| &line.tag.value)).lines().count();
    let value = if n_lines > 1 {
        view! { <textarea class="input" rows=n_lines.min(6).to_string() {..attributes}></textarea> }.into_any()
    } else {
        view! { <input class="input" {..attributes}/> }.into_any()
    };
    view! {
        <li class="tags-line" class:tags-line-removed=removed>
            <div class="tags-field">
                <input
                    class="input"
                    id=field_id("key", number)
                    aria-label=t("Key")
                    autocomplete="off"
                    spellcheck="false"
                    translate="no"
                    readonly=is_old
                    disabled=removed
                    aria-invalid=move || error("key").map(|_| "true")
                    aria-describedby=move || error("key").map(|_| error_id("key"))
                    prop:value=key
                    on:input:target=move |event| form.update(|form| form.change_line(number, |line| line.tag.key = event.target().value()))
                />
                {message("key")}
            </div>
            <div class="tags-field">
                {value}
                {message("value")}
            </div>
            <div class="tags-end">
                {move || {
                    removed_now.track();
                    untrack(end)
                }}
            </div>
        </li>
    }
}
