//! Who may do one thing.

use api::access::{Able, Allowed};
use leptos::prelude::*;

use super::{
    answers::Unread,
    ask::Ask,
    asked::{Asked, Face},
    because::{Because, Word},
    reply::Reply,
};
use crate::{
    locale::{plural, t, tf},
    paths::{self, Go},
    ui::{Button, Empty, ErrorPanel, Notice, Skeleton},
};

/// How many rows are drawn, and how many more each time they are asked for.
const PAGE: usize = 100;

#[component]
pub fn OfEverybody(asked: Memo<Asked>, go: Callback<Asked>) -> impl IntoView {
    let reply = Reply::<Allowed>::new(asked, Face::Everybody, "/api/access/principals");
    let Reply { answer, error, busy, again } = reply;
    view! {
        <Ask face=Face::Everybody asked go again busy=busy.into()/>
        <section class="access-result" aria-label=t("Answer") aria-busy=move || busy.get().to_string()>
            {move || match (answer.get(), error.get()) {
                (Some(allowed), _) => view! { <Said allowed/> }.into_any(),
                (None, Some(error)) => view! { <ErrorPanel error on_retry=again/> }.into_any(),
                (None, None) if busy.get() => view! { <Skeleton lines=6/> }.into_any(),
                (None, None) => view! {
                    <Empty icon="users" title=t("Who may do this?") body=t("Choose an action: the users and roles of the account are looked through.")/>
                }
                .into_any(),
            }}
        </section>
    }
}

#[component]
fn Said(allowed: Allowed) -> impl IntoView {
    let Allowed { principals, asked, unread } = allowed;
    let found = principals.len();
    let shown = RwSignal::new(PAGE);
    let principals = StoredValue::new(principals);
    let rows = move || principals.with_value(|all| all.iter().take(shown.get()).cloned().map(row).collect_view());
    let more = Callback::new(move |()| shown.update(|shown| *shown += PAGE * 5));
    let label = t("Who may do it");
    let count = tf("{found} of {asked} users and roles", &[("found", found.to_string()), ("asked", asked.to_string())]);
    let table = if found == 0 {
        view! { <Empty icon="ban" title=t("Nobody may do it") body=t("No policy of a user or a role allows it.")/> }.into_any()
    } else {
        view! {
            <p class="access-count" role="status">{count}</p>
            <div class="detail-table-box" tabindex="0" role="region" aria-label=label>
                <table class="detail-table access-table" aria-label=label.clone()>
                    <thead>
                        <tr>
                            <th scope="col">{t("Name")}</th>
                            <th scope="col">{t("Sort")}</th>
                            <th scope="col">{t("Answer")}</th>
                            <th scope="col">{t("Because")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {move || (shown.get() < found).then(|| view! {
                <div class="access-more">
                    <span>{plural(found - shown.get(), "1 more", "{n} more")}</span>
                    <Button small=true on_click=more>{t("Show more")}</Button>
                </div>
            })}
        }
        .into_any()
    };
    view! {
        <Notice>
            {t("The console says so, from the policies that it could read. Policies of resources, but for trust policies, and of the organization are not among them.")}
        </Notice>
        <Unread unread/>
        {table}
    }
}

fn row(able: Able) -> impl IntoView {
    let Able { kind, name, answer, .. } = able;
    view! {
        <tr>
            <th scope="row"><Go to=paths::detail(kind, &name)><span translate="no">{name.clone()}</span></Go></th>
            <td>{t(kind.one())}</td>
            <td><Word verdict=answer.verdict/></td>
            <td class="access-why"><Because answer/></td>
        </tr>
    }
}
