//! What depends on the things that are about to be destroyed, found by asking the cloud, named and linked.

use api::{error::ApiError, kind::Kind};
use leptos::{prelude::*, task::spawn_local};

use super::{name, use_actions};
use crate::{
    client,
    locale::{t, tf},
    paths::{self, Go},
    session::use_region,
    spec::{self, AnySpec, Item},
    ui::{ErrorNotice, Icon, Spinner},
};

/// For how many of the chosen it is looked up: each costs a list, if one that is mostly cached.
const LOOKED_AT: usize = 10;
/// How many are named; the rest is counted.
const NAMED: usize = 8;

#[derive(Clone)]
struct Found {
    kind: Kind,
    says: &'static str,
    /// Ids and names.
    dependents: Vec<(String, String)>,
}

#[component]
pub fn Dependents(spec: &'static dyn AnySpec, action: usize, items: Vec<Item>) -> impl IntoView {
    let actions = use_actions();
    let region = use_region();
    let found = RwSignal::new(Vec::<Found>::new());
    let busy = RwSignal::new(true);
    let error = RwSignal::new(None::<ApiError>);
    let items = StoredValue::new(items);
    Effect::new(move |_| {
        let region = region.get_untracked();
        spawn_local(async move {
            let asked: Vec<_> = items.get_value().into_iter().take(LOOKED_AT).collect();
            for (index, head) in spec.depends(action).into_iter().enumerate() {
                match look_up(spec, action, index, &asked, &region).await {
                    Ok(dependents) if dependents.is_empty() => {}
                    Ok(dependents) => _ = found.try_update(|found| found.push(Found { kind: head.kind, says: head.says, dependents })),
                    Err(failed) => _ = error.try_set(Some(failed)),
                }
            }
            busy.try_set(false);
        });
    });
    let group = move |Found { kind, says, dependents }: Found| {
        let more = dependents.len().saturating_sub(NAMED);
        let links = dependents
            .into_iter()
            .take(NAMED)
            .map(|(id, name)| {
                view! { <li on:click=move |_| actions.close()><Go to=paths::detail(kind, &id)>{name}</Go></li> }
            })
            .collect_view();
        view! {
            <div class="dependents-group">
                <p>{t(says)}</p>
                <ul class="dependents-list" translate="no">{links}</ul>
                {(more > 0).then(|| view! { <p>{tf("and {n} more", &[("n", crate::format::number(more))])}</p> })}
            </div>
        }
    };
    let view = move || {
        if busy.get() && found.with(Vec::is_empty) {
            return view! { <p class="dependents-busy"><Spinner/>{t("Looking for what depends on it…")}</p> }.into_any();
        }
        if found.with(Vec::is_empty) {
            return match error.get() {
                Some(error) => view! { <ErrorNotice error/> }.into_any(),
                None => view! { <p class="dependents-none"><Icon name="circle-check"/>{t("Nothing was found that depends on it.")}</p> }
                    .into_any(),
            };
        }
        found.get().into_iter().map(group).collect_view().into_any()
    };
    view! { <div class="dependents" role="status">{view}</div> }
}

/// The arguments of a list, and what it holds.
type Listed = (Vec<(&'static str, String)>, Vec<Item>);

async fn look_up(
    spec: &'static dyn AnySpec,
    action: usize,
    index: usize,
    asked: &[Item],
    region: &str,
) -> Result<Vec<(String, String)>, ApiError> {
    let kind = spec.depends(action)[index].kind;
    let Some(of) = spec::of(kind) else { return Ok(Vec::new()) };
    let mut dependents = Vec::new();
    let mut listed: Option<Listed> = None;
    for item in asked {
        let args = spec.depends_args(action, index, item);
        let others = match listed.take() {
            Some((same, others)) if same == args => others,
            _ => client::items(of, region, &args).await?,
        };
        let fitting = others.iter().filter(|other| spec.does_depend(action, index, item, other));
        dependents.extend(fitting.map(|other| (of.id(other).to_owned(), name(of, other))));
        listed = Some((args, others));
    }
    dependents.sort();
    dependents.dedup();
    Ok(dependents)
}
