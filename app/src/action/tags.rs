//! Tags of many resources at once: what is named is set or removed, everything else stays as it is on each of them.

use api::tag::TagChange;
use leptos::prelude::*;

use super::{Actions, count, ids};
use crate::{
    client,
    form::{FormDialog, Send, sending},
    lazy::{self, parts},
    list::refresh,
    locale::tf,
    spec::{
        AnySpec, Change, Item,
        form::{Field, Form, Input},
    },
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
                let (ids, region) = (ids.clone(), self.region.get_untracked());
                sending(async move {
                    // The form has checked it.
                    let Some(change) = change.read::<TagChange>().filter(|change| !change.is_empty()) else { return Ok(()) };
                    let outcomes = client::retag(kind, &region, &change, &ids).await?;
                    let said = tf("The tags of {what} are saved", &[("what", count(kind, ids.len()))]);
                    self.toasts.outcome(said, &outcomes);
                    refresh(&[kind]);
                    Ok(())
                })
            }
        });
        let title = tf(TAGS.title, &[("name", count(kind, ids.len()))]);
        let change = Change::tags(&TagChange::default());
        view! { <FormDialog title=title form=&TAGS change ids send/> }.into_any()
    }
}
