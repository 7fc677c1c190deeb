//! What uses a security group: the network interfaces in it, with their instances, and the groups whose rules name it.

use api::{error::ApiError, kind::Kind, network_interface::NetworkInterface, resource::Resource, security_group::SecurityGroup};
use leptos::{prelude::*, task::spawn_local};

use super::sections::SmallTable;
use crate::{
    client,
    locale::t,
    resources::security_group::names,
    session::use_region,
    spec::cell::{self, Cell},
    ui::{ErrorPanel, Skeleton},
};

/// The rows that were found; `None` while they are looked for.
type Found = RwSignal<Option<Result<Vec<Vec<Cell>>, ApiError>>>;

#[component]
pub fn GroupUses(id: String, vpc_id: String) -> impl IntoView {
    let region = use_region();
    let interfaces: Found = RwSignal::new(None);
    let groups: Found = RwSignal::new(None);
    Effect::new(move |_| {
        let (region, id, vpc_id) = (region.get(), id.clone(), vpc_id.clone());
        spawn_local(async move {
            let found = client::list::<NetworkInterface>(&region, &[("group", &id)]).await;
            interfaces.try_set(Some(found.map(|rows| rows.iter().map(interface).collect())));
            let of_vpc: &[(&str, &str)] = if vpc_id.is_empty() { &[] } else { &[("vpc", &vpc_id)] };
            let found = client::list::<SecurityGroup>(&region, of_vpc).await;
            groups.try_set(Some(found.map(|rows| rows.iter().filter(|other| names(other, &id)).map(group).collect())));
        });
    });
    view! {
        <Uses
            title="Network interfaces in it"
            heads=&["Interface", "Instance", "Private address", "Description"]
            found=interfaces
            empty="No network interface is in it."
        />
        <Uses
            title="Groups whose rules name it"
            heads=&["Security group", "Description"]
            found=groups
            empty="No rule of another group names it."
        />
    }
}

fn interface(row: &NetworkInterface) -> Vec<Cell> {
    vec![
        cell::named_link(Kind::NetworkInterface, &row.id, row.name()),
        cell::link(Kind::Instance, &row.instance_id),
        cell::code(&row.private_ip),
        cell::text(&row.description),
    ]
}

fn group(row: &SecurityGroup) -> Vec<Cell> {
    vec![cell::named_link(Kind::SecurityGroup, &row.id, &row.name), cell::text(&row.description)]
}

#[component]
fn Uses(title: &'static str, heads: &'static [&'static str], found: Found, empty: &'static str) -> impl IntoView {
    let body = move || match found.get() {
        None => view! { <div aria-busy="true"><Skeleton lines=3/></div> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error/> }.into_any(),
        Some(Ok(rows)) if rows.is_empty() => view! { <p class="detail-none">{t(empty)}</p> }.into_any(),
        Some(Ok(rows)) => view! { <SmallTable title heads rows/> }.into_any(),
    };
    view! { <section class="detail-section"><h2 class="detail-section-title">{t(title)}</h2>{body}</section> }
}
