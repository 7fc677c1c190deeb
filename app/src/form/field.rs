//! One field of a form, drawn after its sort of input.

use leptos::{prelude::*, task::spawn_local};

use super::{
    pick::{PickMany, PickOne},
    region::RegionField,
    state::{InputState, State},
};
use crate::{
    file::{self, FileInput},
    lazy::{self, parts},
    locale::{t, tf},
    policy_editor,
    spec::{
        Item,
        form::{Field, Input, Values},
    },
    ui::{Checkbox, NumberField, Select, TextArea, TextField},
    wizard::{TagRows, Validation},
};

#[component]
pub fn FieldView(
    field: &'static Field,
    state: State,
    input: InputState,
    values: Memo<Values>,
    validation: Validation,
    subject: StoredValue<Option<Item>>,
) -> impl IntoView {
    let key = field.key;
    let error = if matches!(field.input, Input::Tags) { validation.error(key) } else { validation.error_within(key) };
    let help = (!field.help.is_empty()).then(|| t(field.help));
    let (label, required) = (t(field.label), field.required);
    let drawn = match (&field.input, input) {
        (Input::Area | Input::Lines, InputState::Text(value)) => {
            let rows = if matches!(field.input, Input::Lines) { 4 } else { 6 };
            view! { <TextArea label value error help required rows mono=true/> }.into_any()
        }
        (Input::File, InputState::Text(value)) => {
            let picked = Callback::new(move |picked: web_sys::File| {
                spawn_local(async move {
                    // The dialog may be closed by now.
                    if let Ok(bytes) = file::read(&picked).await
                        && value.try_set(String::from_utf8_lossy(&bytes).into_owned()).is_none()
                    {
                        validation.edit(key);
                        validation.touch(key);
                    }
                });
            });
            let from_file = tf("{field} from a file", &[("field", label.clone())]);
            view! { <TextArea label value error help required rows=4 mono=true/><FileInput label=from_file on_pick=picked/> }.into_any()
        }
        (Input::Policy(place), InputState::Text(value)) => {
            lazy::draw(parts::policy_editor, policy_editor::Field { place: *place, label, value, error, help, required })
        }
        (Input::Number(unit), InputState::Text(value)) => {
            let label = if unit.is_empty() { label } else { format!("{label} ({unit})") };
            view! { <NumberField label value error help required/> }.into_any()
        }
        (Input::Choice(options), InputState::Text(value)) => {
            let options = options.iter().map(|(value, label)| ((*value).to_owned(), t(label))).collect::<Vec<_>>();
            view! { <Select label value options=Signal::stored(options) error help required/> }.into_any()
        }
        (Input::Pick(pick), InputState::Text(value)) => {
            view! { <PickOne pick label value state values subject error help required/> }.into_any()
        }
        (Input::Region, InputState::Text(value)) => view! { <RegionField label value error help required/> }.into_any(),
        (Input::Own(options), InputState::Text(value)) => {
            let mut own = subject.with_value(|subject| subject.as_ref().map(options)).unwrap_or_default();
            own.insert(0, (String::new(), t("Choose…")));
            view! { <Select label value options=Signal::stored(own) error help required/> }.into_any()
        }
        (Input::Picks(pick), InputState::Several(chosen)) => {
            let on_change = Callback::new(move |()| validation.edit(key));
            view! { <PickMany pick label chosen values subject error help required on_change/> }.into_any()
        }
        (Input::Check, InputState::Check(value)) => view! { <Checkbox label value error help/> }.into_any(),
        (Input::Tags, InputState::Tags(rows)) => view! { <TagRows label rows validation prefix=key error/> }.into_any(),
        (input, InputState::Text(value)) => {
            view! { <TextField label value error help required mono=matches!(input, Input::Code)/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { <div data-field=key>{drawn}</div> }
}
