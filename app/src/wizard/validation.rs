//! Which errors of a form are on the screen, and when.
//!
//! What is wrong is always known ([`FieldErrors`] of the form as it stands); it is shown once a field was left, or once the user wanted to
//! go on. What the cloud refused is shown at once, and until that field is edited. Wizards and dialogs alike use this.

use std::collections::BTreeSet;

use api::error::FieldErrors;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

/// The errors of one form. A component finds its own by key; the form's element carries [`Validation::on_input`] and
/// [`Validation::on_focusout`], which find the key in the nearest `data-field`, else in the control's `name`, so that fields need no wiring.
#[derive(Clone, Copy)]
pub struct Validation {
    errors: Memo<FieldErrors>,
    shown: RwSignal<Shown>,
    edited: RwSignal<bool>,
}

/// What the user has done so far, as far as it decides what is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    touched: BTreeSet<String>,
    /// Fields whose errors are shown touched or not, with everything below them.
    demanded: BTreeSet<&'static str>,
    refused: FieldErrors,
}

impl Shown {
    fn error<'a>(&'a self, key: &str, errors: &'a FieldErrors) -> Option<&'a String> {
        self.refused.get(key).or_else(|| {
            let due = self.touched.contains(key) || self.demanded.iter().any(|field| is_within(key, field));
            due.then(|| errors.get(key)).flatten()
        })
    }

    fn edited(&mut self, key: &str) {
        self.refused.retain(|refused, _| !is_within(refused, key) && !is_within(key, refused));
    }
}

/// Whether a key is the field itself or something inside it: `tags.0.key` is within `tags`.
fn is_within(key: &str, field: &str) -> bool {
    key.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl Validation {
    /// `check` is what is wrong with the form as it stands; it is followed like any memo.
    pub fn new(check: impl Fn() -> FieldErrors + Send + Sync + 'static) -> Self {
        Self { errors: Memo::new(move |_| check()), shown: RwSignal::default(), edited: RwSignal::new(false) }
    }

    /// What to show at a field now.
    pub fn error(self, key: impl Into<String>) -> Signal<Option<String>> {
        let key = key.into();
        Signal::derive(move || self.errors.with(|errors| self.shown.with(|shown| shown.error(&key, errors).cloned())))
    }

    /// What to show at a field that stands for everything inside it, such as a group of checkboxes.
    pub fn error_within(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.errors.with(|errors| {
                self.shown.with(|shown| {
                    let mut keys = shown.refused.keys().chain(errors.keys()).filter(|key| is_within(key, field));
                    keys.find_map(|key| shown.error(key, errors).cloned())
                })
            })
        })
    }

    /// Whether any of the fields has an error on the screen.
    pub fn is_wrong(self, fields: &[&str]) -> bool {
        self.errors.with(|errors| {
            self.shown.with(|shown| {
                let mut keys = shown.refused.keys().chain(errors.keys());
                keys.any(|key| fields.iter().any(|field| is_within(key, field)) && shown.error(key, errors).is_some())
            })
        })
    }

    /// Whether any of the fields has an error, shown or not.
    pub fn has_errors(self, fields: &[&str]) -> bool {
        self.errors.with(|errors| errors.keys().any(|key| fields.iter().any(|field| is_within(key, field))))
    }

    /// Shows the errors of these fields from now on.
    pub fn demand(self, fields: &[&'static str]) {
        self.shown.update(|shown| shown.demanded.extend(fields));
    }

    /// Shows what the cloud refused, each until it is edited.
    pub fn refuse(self, fields: FieldErrors) {
        self.shown.update(|shown| shown.refused = fields);
    }

    pub fn touch(self, key: &str) {
        // The form may be gone by now.
        if self.shown.try_with_untracked(|shown| shown.touched.contains(key)) == Some(false) {
            self.shown.update(|shown| _ = shown.touched.insert(key.to_owned()));
        }
    }

    /// Says that the user changed a field. Widgets that are not native inputs call it themselves.
    pub fn edit(self, key: &str) {
        self.edited.set(true);
        self.shown.maybe_update(|shown| {
            let before = shown.refused.len();
            shown.edited(key);
            shown.refused.len() != before
        });
    }

    /// Whether there is anything of the user's to lose.
    pub fn is_edited(self) -> Signal<bool> {
        self.edited.into()
    }

    pub fn on_input(self, event: &ev::Event) {
        if let Some(key) = key_of(event) {
            self.edit(&key);
        }
    }

    pub fn on_focusout(self, event: &ev::FocusEvent) {
        if let Some(key) = key_of(event) {
            after_press(move || self.touch(&key));
        }
    }
}

/// Does it now, or where the pointer is pressed after that is over: an error that comes between a press and its release moves what is
/// pressed from under the pointer, and the click is lost.
fn after_press(act: impl FnOnce() + 'static) {
    let is_pressed = matches!(document().query_selector(":active"), Ok(Some(_)));
    if !is_pressed {
        return act();
    }
    let once = web_sys::AddEventListenerOptions::new();
    once.set_once(true);
    // The frame comes after the click that belongs to the release.
    let released = Closure::once_into_js(move || request_animation_frame(act));
    let listen = window().add_event_listener_with_callback_and_add_event_listener_options("pointerup", released.unchecked_ref(), &once);
    listen.expect("a window takes listeners");
}

/// The key of the field in which an event happened.
fn key_of(event: &ev::Event) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let field = target.closest("[data-field]").ok().flatten();
    field.and_then(|field| field.get_attribute("data-field")).or_else(|| target.get_attribute("name"))
}

/// Moves the focus to the first field that is marked as wrong, once the marks are painted.
pub fn focus_first_wrong(root: NodeRef<leptos::html::Div>) {
    request_animation_frame(move || {
        let wrong = root.get_untracked().and_then(|root| {
            let found = root.query_selector_all("[aria-invalid='true'], [data-invalid='true']").ok()?;
            (0..found.length())
                .filter_map(|index| found.item(index)?.dyn_into::<web_sys::HtmlElement>().ok())
                // An element inside a hidden step has no box.
                .find(|element| element.offset_parent().is_some())
        });
        if let Some(element) = wrong {
            _ = element.focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(keys: &[&str]) -> FieldErrors {
        keys.iter().map(|key| ((*key).to_owned(), format!("{key} is wrong"))).collect()
    }

    fn form() -> (Owner, Validation) {
        let owner = Owner::new();
        let validation = owner.with(|| Validation::new(|| errors(&["count", "name", "tags.0.key"])));
        (owner, validation)
    }

    #[test]
    fn an_error_waits_until_its_field_was_left() {
        let (_owner, form) = form();
        let error = form.error("name");
        assert_eq!(error.get_untracked(), None);
        form.touch("name");
        assert_eq!(error.get_untracked().as_deref(), Some("name is wrong"));
        assert_eq!(form.error("count").get_untracked(), None);
    }

    #[test]
    fn going_on_shows_the_errors_of_the_step_and_of_no_other() {
        let (_owner, form) = form();
        form.demand(&["count", "tags"]);
        assert!(form.error("count").get_untracked().is_some());
        assert!(form.error("tags.0.key").get_untracked().is_some());
        assert!(form.error_within("tags").get_untracked().is_some());
        assert_eq!(form.error("name").get_untracked(), None);
        assert!(form.is_wrong(&["tags"]));
        assert!(!form.is_wrong(&["name"]));
        assert!(form.has_errors(&["name"]));
    }

    #[test]
    fn a_refusal_stands_until_its_field_is_edited() {
        let (_owner, form) = form();
        form.refuse(errors(&["key_name", "tags"]));
        assert!(form.error("key_name").get_untracked().is_some());
        form.edit("tags.3.value");
        assert_eq!(form.error("tags").get_untracked(), None);
        assert!(form.error("key_name").get_untracked().is_some());
        form.edit("key_name");
        assert_eq!(form.error("key_name").get_untracked(), None);
        assert!(form.is_edited().get_untracked());
    }

    #[test]
    fn a_field_is_not_within_one_whose_name_it_begins_with() {
        assert!(is_within("names", "names"));
        assert!(is_within("names.2", "names"));
        assert!(!is_within("names", "name"));
    }
}
