//! The tag editor: adds, changes and removes, checks as the API does, and saves only what differs.

mod line;

use api::{
    error::{ApiError, FieldErrors},
    tag::TagChange,
};
use leptos::{prelude::*, task::spawn_local};

use self::line::{TagLine, focus_key};
use super::{Detail, tags_form::TagsForm};
use crate::{
    action::{name, tell_with_undo},
    client,
    list::refresh,
    locale::{plural, t, tf},
    spec::Change,
    ui::{Button, Each, ErrorPanel, Variant, use_toasts},
};

#[component]
pub fn TagEditor(detail: Detail) -> impl IntoView {
    let Detail { spec, item, region, .. } = detail;
    let tags = Memo::new(move |_| item.with(|item| item.as_ref().map(|item| spec.tags(item).to_vec()).unwrap_or_default()));
    let form = RwSignal::new(TagsForm::new(&tags.get_untracked()));
    let error = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    // Errors are told once saving was tried: nobody wants to be corrected while typing a key.
    let tried = RwSignal::new(false);
    let toasts = use_toasts();
    // What others have changed shows at once, unless it would take away what is typed.
    Effect::watch(
        move || tags.get(),
        move |tags, _, _| {
            if !form.with_untracked(TagsForm::is_changed) {
                form.set(TagsForm::new(tags));
            }
        },
        false,
    );
    let errors = Memo::new(move |_| if tried.get() { form.with(TagsForm::errors) } else { FieldErrors::new() });
    let changed = Memo::new(move |_| form.with(TagsForm::is_changed));
    let full = Memo::new(move |_| form.with(TagsForm::n_free) == 0);
    let reset = move || {
        form.set(TagsForm::new(&tags.get_untracked()));
        tried.set(false);
        error.set(None);
    };
    let save = move || {
        tried.set(true);
        let Some(resource) = item.get_untracked() else { return };
        if !form.with_untracked(|form| form.is_changed() && form.errors().is_empty()) {
            return;
        }
        busy.set(true);
        error.set(None);
        let (change, after) = form.with_untracked(|form| (form.change(), form.after()));
        let said = tf("The tags of {name} are saved", &[("name", name(spec, &resource))]);
        let ids = [spec.id(&resource).to_owned()];
        let before = spec.tags(&resource).to_vec();
        let region = region.get_untracked();
        spawn_local(async move {
            let failed = match client::retag(spec.kind(), &region, &change, &ids).await {
                Ok(outcomes) => outcomes.into_iter().find_map(|outcome| outcome.error),
                Err(failed) => Some(failed),
            };
            busy.try_set(false);
            if failed.is_some() {
                // What was typed stays, to be tried again.
                error.try_set(failed);
                return;
            }
            form.try_set(TagsForm::new(&after));
            tried.try_set(false);
            let back = Change::tags(spec.kind(), &TagChange::between(&after, &before));
            tell_with_undo(toasts, said, back, region, ids.to_vec());
            refresh(&[spec.kind()]);
        });
    };
    let add = move || {
        let mut number = 0;
        form.update(|form| number = form.add());
        focus_key(number);
    };
    let numbers = move || form.with(|form| form.lines.iter().map(|line| line.number).collect::<Vec<_>>());
    let is_empty = move || form.with(|form| form.lines.is_empty());
    view! {
        <section class="detail-section">
            <h2 class="detail-section-title">{t("Tags")}</h2>
            <form
                class="tags"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <p class="detail-none" hidden=move || !is_empty()>{t("It has no tags.")}</p>
                <div class="tags-heads" aria-hidden="true" hidden=is_empty>
                    <span>{t("Key")}</span>
                    <span>{t("Value")}</span>
                </div>
                <ul class="tags-lines">
                    <Each each=numbers key=|number| *number let:number><TagLine number form errors/></Each>
                </ul>
                <p class="field-error" role="alert">{move || errors.with(|errors| errors.get("tags").cloned())}</p>
                {move || error.get().map(|error| view! { <ErrorPanel error/> })}
                <div class="tags-foot">
                    <Button
                        small=true
                        icon="plus"
                        reason=Signal::derive(move || full.get().then(|| t("A resource has at most 50 tags.")))
                        on_click=add
                    >
                        {t("Add tag")}
                    </Button>
                    <span class="cell-aside">{move || plural(form.with(TagsForm::n_free), "{n} more possible", "{n} more possible")}</span>
                    <div class="list-do">
                        {move || {
                            changed
                                .get()
                                .then(|| view! { <Button small=true variant=Variant::Quiet on_click=reset>{t("Discard changes")}</Button> })
                        }}
                        <Button
                            small=true
                            variant=Variant::Primary
                            kind="submit"
                            busy=busy
                            reason=Signal::derive(move || (!changed.get()).then(|| t("There is nothing to save.")))
                        >
                            {t("Save tags")}
                        </Button>
                    </div>
                </div>
            </form>
        </section>
    }
}
