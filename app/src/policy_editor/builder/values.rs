//! A list of strings, each in a field of its own.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    locale::{t, tf},
    ui::{Button, Each, IconButton},
};

/// How a value is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub placeholder: &'static str,
    pub inputmode: &'static str,
    /// `true` or `false`, and nothing else.
    pub is_bool: bool,
}

#[component]
pub fn Values(
    /// What one of them is called, for screen readers: "Resource".
    label: String,
    add: String,
    values: Memo<Vec<String>>,
    on_change: Callback<Vec<String>>,
    #[prop(into)] sort: Signal<Sort>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let count = Memo::new(move |_| values.with(Vec::len));
    let label = StoredValue::new(label);
    let change = move |at: usize, text: String| {
        let mut all = values.get_untracked();
        if let Some(value) = all.get_mut(at) {
            *value = text;
            on_change.run(all);
        }
    };
    let remove = move |at: usize| {
        let mut all = values.get_untracked();
        if at < all.len() {
            all.remove(at);
            on_change.run(all);
        }
    };
    let push = Callback::new(move |()| {
        let mut all = values.get_untracked();
        all.push(if sort.get_untracked().is_bool { "true".to_owned() } else { String::new() });
        on_change.run(all);
        request_animation_frame(move || focus_last(node));
    });
    let row = move |at: usize| {
        let value = Memo::new(move |_| values.with(|values| values.get(at).cloned().unwrap_or_default()));
        let name = move || format!("{} {}", label.get_value(), at + 1);
        let gone = Callback::new(move |()| remove(at));
        let field = move || {
            let Sort { placeholder, inputmode, is_bool } = sort.get();
            // What is neither stays in a field that can show it.
            if is_bool && value.with(|value| matches!(value.as_str(), "true" | "false")) {
                let option = |text: &'static str| view! { <option value=text prop:selected=move || value.with(|value| value == text)>{text}</option> };
                return view! {
                    <select class="input" aria-label=name translate="no" on:change:target=move |event| change(at, event.target().value())>
                        {option("true")}
                        {option("false")}
                    </select>
                }
                .into_any();
            }
            view! {
                <input
                    class="input input-mono"
                    type="text"
                    aria-label=name
                    placeholder=placeholder
                    inputmode=inputmode
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    translate="no"
                    prop:value=move || value.get()
                    on:input:target=move |event| change(at, event.target().value())
                />
            }
            .into_any()
        };
        // The field is drawn anew when it becomes one of another sort, and not by what is typed into it.
        let sort_now =
            Memo::new(move |_| (sort.get(), sort.get().is_bool && value.with(|value| matches!(value.as_str(), "true" | "false"))));
        let field = move || {
            sort_now.track();
            untrack(field)
        };
        let remove_name = Signal::derive(move || {
            let value = value.get();
            if value.is_empty() { tf("Remove {what}", &[("what", name())]) } else { tf("Remove {what}", &[("what", value)]) }
        });
        view! {
            <div class="policy-value">
                {field}
                <IconButton icon="x" label=remove_name on_click=gone/>
            </div>
        }
    };
    view! {
        <div class="policy-values" node_ref=node>
            <Each each=move || 0..count.get() key=|at| *at children=row/>
            <div>
                <Button small=true icon="plus" on_click=push>{add}</Button>
            </div>
        </div>
    }
}

/// What an empty list means to nobody who looks at it.
pub fn nothing(text: &'static str) -> impl IntoView {
    view! { <p class="policy-none">{t(text)}</p> }
}

fn focus_last(node: NodeRef<html::Div>) {
    let Some(Some(node)) = node.try_get_untracked() else { return };
    let Ok(found) = node.query_selector_all(".policy-value > .input") else { return };
    if let Some(last) = found.length().checked_sub(1).and_then(|at| found.item(at)) {
        let _ = last.unchecked_into::<HtmlElement>().focus();
    }
}
