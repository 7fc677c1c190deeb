//! The text itself: an ordinary text field, with its colours painted behind it line by line. All that is typed, chosen, undone or read aloud is
//! the browser's doing.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use leptos::{ev, prelude::*};

use super::{
    edit::Sheet,
    looked::Looks,
    paint::{self, Line, Piece},
};
use crate::ui::Each;

#[component]
pub fn Code(
    id: String,
    value: RwSignal<String>,
    sheet: Sheet,
    looks: Looks,
    /// Nothing was typed yet, so nothing is marked.
    is_quiet: Memo<bool>,
    required: bool,
    invalid: Signal<bool>,
    described_by: Signal<String>,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let findings = if is_quiet.get() { Vec::new() } else { looks.here() };
        value.with(|text| paint::lines(text, &findings))
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let plain = !(event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
        if event.key() == "Enter" && plain {
            event.prevent_default();
            sheet.new_line();
        }
    };
    view! {
        <div class="policy-code" class:policy-code-wrong=move || invalid.get() node_ref=sheet.frame>
            <div class="policy-sheet">
                <div class="policy-paint" aria-hidden="true" translate="no">
                    <Each each=move || keyed(lines.get()) key=|(key, _)| *key children=|(_, line)| draw(line)/>
                </div>
                <textarea
                    class="policy-input"
                    id=id
                    node_ref=sheet.input
                    rows="1"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    translate="no"
                    aria-required=required.then_some("true")
                    aria-invalid=move || invalid.get().then_some("true")
                    aria-describedby=move || described_by.get()
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                    on:keydown=on_key
                ></textarea>
            </div>
        </div>
    }
}

/// Lines with what tells them from each other: what they say, and which of those that say so they are. A line that stays is not drawn again.
fn keyed(lines: Vec<Line>) -> Vec<(u64, Line)> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let key = |line: &Line, nth: usize| {
        let mut hasher = DefaultHasher::new();
        (line, nth).hash(&mut hasher);
        hasher.finish()
    };
    let keyed = lines.into_iter().map(|line| {
        let nth = seen.entry(key(&line, 0)).and_modify(|nth| *nth += 1).or_default();
        (key(&line, *nth), line)
    });
    keyed.collect()
}

fn draw(line: Line) -> impl IntoView {
    let pieces = line.pieces.into_iter().map(|Piece { text, class, wrong }| {
        if class.is_none() && wrong.is_none() {
            return text.into_any();
        }
        view! { <span class=class data-wrong=wrong>{text}</span> }.into_any()
    });
    let pieces = pieces.collect::<Vec<_>>();
    view! { <div class="policy-line" data-mark=line.mark>{pieces}</div> }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn lines_that_say_the_same_have_keys_of_their_own() {
        let text = "{\n}\n}\n}\n";
        let keys: HashSet<u64> = keyed(paint::lines(text, &[])).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), 5);
    }
}
