//! Resources of another kind that belong to the one on the page: looked up in their own list, and shown by their own columns.

use std::cmp::Ordering;

use api::error::ApiError;
use leptos::{prelude::*, task::spawn_local};

use super::{Detail, sections::SmallTable};
use crate::{
    action::{self, use_actions},
    client,
    list::{on_stale, poll},
    locale::t,
    spec::{self, AnyRelated, AnySpec, Item, cell::Key},
    ui::{Button, ErrorPanel, Skeleton},
};

/// They are looked up again when something has changed one of their kind, and while one of them is in transition.
#[component]
pub fn Related(detail: Detail, related: AnyRelated) -> impl IntoView {
    let AnyRelated { head, columns, empty, args, fits, make } = related;
    let spec = spec::of(head.kind).expect("a law test looks up what is related");
    let found = RwSignal::new(None::<Result<Vec<Item>, ApiError>>);
    let loading = RwSignal::new(false);
    let (args, fits) = (StoredValue::new(args), StoredValue::new(fits));
    let load = move || {
        let (region, args) = (detail.region.get_untracked(), args.get_value());
        loading.set(true);
        spawn_local(async move {
            let answer = client::items(spec, &region, &args).await;
            // The tab may have been left since.
            if loading.try_set(false).is_some() {
                return;
            }
            let mine = |items: Vec<Item>| {
                let mut mine: Vec<_> = items.into_iter().filter(|item| fits.with_value(|fits| fits(item))).collect();
                sort(spec, &mut mine);
                mine
            };
            found.set(Some(answer.map(mine)));
        });
    };
    Effect::new(move |_| load());
    on_stale(head.kind, Callback::new(move |_| load()));
    let moving = move || found.with(|found| matches!(found, Some(Ok(items)) if items.iter().any(|item| spec.in_transition(item))));
    poll::while_visible(move || moving() && !loading.get(), load);
    let body = move || match found.get() {
        None => view! { <div aria-busy="true"><Skeleton lines=3/></div> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=Callback::new(move |()| load())/> }.into_any(),
        Some(Ok(items)) if items.is_empty() => view! { <p class="detail-none">{t(empty)}</p> }.into_any(),
        Some(Ok(items)) => {
            let columns: Vec<_> = columns.iter().filter_map(|key| column(spec, key)).collect();
            let rows = items.iter().map(|item| columns.iter().map(|(index, _)| spec.cell(*index, item)).collect()).collect();
            view! { <SmallTable title=head.says heads=columns.iter().map(|(_, label)| *label).collect() rows/> }.into_any()
        }
    };
    view! {
        <section class="detail-section">
            <div class="console-head">
                <h2 class="detail-section-title">{t(head.says)}</h2>
                <div class="list-do">{make.map(|action| view! { <Make detail action/> })}</div>
            </div>
            {body}
        </section>
    }
}

/// Makes another one, by an action of the resource on the page.
#[component]
fn Make(detail: Detail, action: usize) -> impl IntoView {
    let Detail { spec, item, .. } = detail;
    let actions = use_actions();
    let head = spec.actions()[action];
    let reason = Signal::derive(move || item.with(|item| action::reason(spec, action, item.as_slice())));
    let start = move || actions.start(spec, action, item.get_untracked().into_iter().collect());
    view! { <Button small=true icon=head.icon reason=reason on_click=start>{t(head.label)}</Button> }
}

/// Place and label of the column with this key.
fn column(spec: &dyn AnySpec, key: &str) -> Option<(usize, &'static str)> {
    spec.columns().into_iter().enumerate().find(|(_, head)| head.key == key).map(|(index, head)| (index, head.label))
}

/// In the order in which their own list begins.
fn sort(spec: &dyn AnySpec, items: &mut [Item]) {
    let by = spec.sort();
    let Some((index, _)) = column(spec, by.trim_start_matches('-')) else { return };
    items.sort_by(|one, other| {
        let order = match (spec.cell(index, one).key(), spec.cell(index, other).key()) {
            (Key::Number(one), Key::Number(other)) => one.cmp(&other),
            (Key::Text(one), Key::Text(other)) => one.cmp(&other),
            _ => Ordering::Equal,
        };
        if by.starts_with('-') { order.reverse() } else { order }
    });
}

#[cfg(test)]
mod tests {
    use api::{kind::Kind, resource::Resource, snapshot::Snapshot};

    use super::*;

    #[test]
    fn the_newest_snapshots_come_first() {
        let spec = spec::of(Kind::Snapshot).expect("snapshots have a page");
        let at = |id: &str, started_at| Item::new(Snapshot { id: id.into(), started_at: Some(started_at), ..Snapshot::sample() });
        let mut items = vec![at("old", 1), at("new", 3), at("middle", 2)];
        sort(spec, &mut items);
        assert_eq!(items.iter().map(|item| spec.id(item)).collect::<Vec<_>>(), ["new", "middle", "old"]);
    }
}
