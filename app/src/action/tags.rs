//! Tags of many resources at once: what is named is set or removed, everything else stays as it is on each of them.

use api::{error::ApiError, kind::Kind, tag::TagChange};
use leptos::{prelude::*, task::spawn_local};

use super::{Actions, bulk, count, ids};
use crate::{
    form::{FormDialog, Send, sending},
    lazy::{self, parts},
    list::refresh,
    locale::tf,
    spec::{
        AnySpec, Change, Item,
        form::{Field, Form, Input},
    },
    ui::Deed,
};

static TAGS: Form = Form {
    title: "Edit the tags of {name}",
    intro: "Tags that are not named here stay as they are.",
    submit: "Save tags",
    fields: &[
        Field::new("set", "Set these tags", Input::Tags),
        Field::new("remove", "Remove the tags with these keys", Input::Lines).optional().help("One key a line."),
    ],
};

impl Actions {
    /// Asks which tags to set and to remove on all of these.
    pub fn edit_tags(self, spec: &'static dyn AnySpec, items: Vec<Item>) {
        self.dialogs.open(move || lazy::dialog(parts::edit_tags, (self, spec, items)));
    }

    pub(crate) fn tags_dialog(self, spec: &'static dyn AnySpec, items: &[Item]) -> AnyView {
        let kind = spec.kind();
        let ids = ids(spec, items);
        let send: Send = Callback::new({
            let ids = ids.clone();
            move |change: Change| {
                let ids = ids.clone();
                sending(async move {
                    // The form has checked it.
                    let is_empty = change.read::<TagChange>().is_none_or(|change| change.is_empty());
                    if !is_empty {
                        self.retag(kind, change, ids).await?;
                    }
                    Ok(None)
                })
            }
        });
        let title = tf(TAGS.title, &[("name", count(kind, ids.len()))]);
        let change = Change::tags(kind, &TagChange::default());
        view! { <FormDialog title=title form=&TAGS change ids subject=items.first().cloned() send/> }.into_any()
    }

    /// Sends it for all, tells what became of each, and offers another try for those that failed.
    async fn retag(self, kind: Kind, change: Change, ids: Vec<String>) -> Result<(), ApiError> {
        let region = self.region.get_untracked();
        let what = count(kind, ids.len());
        let outcomes = bulk::carry_out(self.toasts, change.clone(), region, ids).await?;
        let failed: Vec<_> = outcomes.iter().filter(|outcome| outcome.error.is_some()).map(|outcome| outcome.id.clone()).collect();
        let said =
            if failed.is_empty() { tf("The tags of {what} are saved", &[("what", what)]) } else { tf(TAGS.title, &[("name", what)]) };
        let again = move || {
            let retag = self.retag(kind, change.clone(), failed.clone());
            spawn_local(async move {
                if let Err(error) = retag.await {
                    self.toasts.error(error);
                }
            });
        };
        self.toasts.outcome_or(said, &outcomes, Some(Deed::again(again)));
        refresh(&[kind]);
        Ok(())
    }
}
