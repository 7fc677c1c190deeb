//! A VPC as a picture: its subnets by zone, the way out of each, what is in it. Everything that has a page is a link, and everything that the
//! picture says stands in it as text.

use std::collections::BTreeMap;

use api::{
    instance::Instance, internet_gateway::InternetGateway, kind::Kind, nat_gateway::NatGateway, resource::Resource,
    route_table::RouteTable, subnet::Subnet, vpc::Vpc,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    client,
    locale::{plural, t, tf},
    paths,
    session::use_region,
    ui::{ErrorPanel, Skeleton},
};

const COLUMN: usize = 250;
const BOX_WIDTH: usize = 230;
const BOX_HEIGHT: usize = 130;
/// From one link to the next.
const LINE: usize = 21;
const GAP: usize = 10;
/// So high that the gateway is no nearer to a zone than a finger is wide.
const HEAD: usize = 108;

/// All that the picture is drawn from.
#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    subnets: Vec<Subnet>,
    tables: Vec<RouteTable>,
    internet: Vec<InternetGateway>,
    nats: Vec<NatGateway>,
    instances: Vec<Instance>,
}

/// What the picture says of a subnet.
#[derive(Clone, Debug, PartialEq)]
struct Spot {
    id: String,
    name: String,
    cidr: String,
    /// The route table: its id and name.
    table: Option<(String, String)>,
    way: Way,
    nats: Vec<(String, String)>,
    instances: usize,
}

/// How traffic leaves for the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Public,
    Nat,
    None,
}

/// The subnets by zone.
fn plan(found: &Found) -> BTreeMap<String, Vec<Spot>> {
    let mut zones: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for subnet in &found.subnets {
        let own = found.tables.iter().find(|table| table.subnets().any(|id| id == subnet.id));
        let table = own.or_else(|| found.tables.iter().find(|table| table.is_main()));
        let default = table.and_then(|table| table.routes.iter().find(|route| route.destination == "0.0.0.0/0" && route.state == "active"));
        let way = match default.and_then(|route| route.target.split('-').next()) {
            Some("igw") => Way::Public,
            Some("nat") => Way::Nat,
            _ => Way::None,
        };
        let nats = found.nats.iter().filter(|nat| nat.subnet_id == subnet.id && nat.is_there());
        zones.entry(subnet.zone.clone()).or_default().push(Spot {
            id: subnet.id.clone(),
            name: named(subnet),
            cidr: subnet.cidr_block.clone(),
            table: table.map(|table| (table.id.clone(), named(table))),
            way,
            nats: nats.map(|nat| (nat.id.clone(), named(nat))).collect(),
            instances: found.instances.iter().filter(|row| row.subnet_id == subnet.id).count(),
        });
    }
    for spots in zones.values_mut() {
        spots.sort_by(|a, b| a.name.cmp(&b.name));
    }
    zones
}

fn named(resource: &impl Resource) -> String {
    if resource.name().is_empty() { resource.id() } else { resource.name() }.to_owned()
}

/// As much as has room: text in a picture does not wrap.
fn short(text: &str) -> String {
    const MOST: usize = 28;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

#[component]
pub fn VpcMap(vpc: Vpc) -> impl IntoView {
    let region = use_region();
    let found = RwSignal::new(None);
    let error = RwSignal::new(None);
    let id = vpc.id.clone();
    Effect::new(move |_| {
        let (region, id) = (region.get(), id.clone());
        spawn_local(async move {
            let args: &[(&str, &str)] = &[("vpc", &id)];
            let load = async {
                Ok(Found {
                    subnets: client::list::<Subnet>(&region, args).await?,
                    tables: client::list::<RouteTable>(&region, args).await?,
                    internet: client::list::<InternetGateway>(&region, args).await?,
                    nats: client::list::<NatGateway>(&region, args).await?,
                    instances: client::list::<Instance>(&region, &[]).await?,
                })
            };
            match load.await {
                Ok(all) => _ = found.try_set(Some(all)),
                Err(failed) => _ = error.try_set(Some(failed)),
            }
        });
    });
    let title = tf("Picture of {name}", &[("name", named(&vpc))]);
    let cidr = vpc.cidr_block;
    move || match (found.get(), error.get()) {
        (_, Some(error)) => view! { <ErrorPanel error/> }.into_any(),
        (None, None) => view! { <div aria-busy="true"><Skeleton lines=6/></div> }.into_any(),
        (Some(found), None) => draw(&found, &title, &cidr, &region.get()),
    }
}

fn draw(found: &Found, title: &str, cidr: &str, region: &str) -> AnyView {
    let zones = plan(found);
    if zones.is_empty() {
        return view! { <p class="detail-none">{t("There are no subnets in it yet.")}</p> }.into_any();
    }
    let tallest = zones.values().map(Vec::len).max().unwrap_or_default();
    let width = zones.len() * COLUMN + GAP;
    let height = HEAD + tallest * (BOX_HEIGHT + GAP) + GAP;
    let gateway = match found.internet.first() {
        Some(gateway) => {
            link(GAP * 2, 56, tf("Internet gateway {name}", &[("name", named(gateway))]), Kind::InternetGateway, &gateway.id, region)
        }
        None => text(GAP * 2, 56, "vpc-map-faint", t("No internet gateway")),
    };
    let mut columns = Vec::new();
    for (column, (zone, spots)) in zones.into_iter().enumerate() {
        let x = GAP + column * COLUMN;
        columns.push(text(x + GAP, HEAD - GAP, "vpc-map-zone", zone));
        for (row, spot) in spots.into_iter().enumerate() {
            columns.push(draw_spot(x, HEAD + row * (BOX_HEIGHT + GAP), &spot, region));
        }
    }
    view! {
        <section class="detail-section">
            <div class="vpc-map" tabindex="0" role="region" aria-label=title.to_owned()>
                <svg translate="no" role="group" aria-label=title.to_owned() width=width.to_string() height=height.to_string() viewBox=format!("0 0 {width} {height}")>
                    <rect class="vpc-map-frame" x="1" y="1" width=(width - 2).to_string() height=(height - 2).to_string() rx="8"></rect>
                    {text(GAP * 2, 28, "vpc-map-cidr", cidr.to_owned())}
                    {gateway}
                    {columns}
                </svg>
            </div>
        </section>
    }
    .into_any()
}

fn draw_spot(x: usize, y: usize, spot: &Spot, region: &str) -> AnyView {
    let (class, way) = match spot.way {
        Way::Public => ("vpc-map-subnet vpc-map-public", t("Out through the internet gateway")),
        Way::Nat => ("vpc-map-subnet vpc-map-nat", t("Out through a NAT gateway")),
        Way::None => ("vpc-map-subnet", t("No way to the internet")),
    };
    let inside = x + GAP;
    let instances = plural(u32::try_from(spot.instances).unwrap_or(u32::MAX), "{n} instance", "{n} instances");
    let mut line = y + 76 - LINE;
    let mut next = || {
        line += LINE;
        line
    };
    let table = spot.table.as_ref().map(|(id, name)| link(inside, next(), name.clone(), Kind::RouteTable, id, region));
    let nat = spot.nats.first().map(|(id, name)| link(inside, next(), format!("NAT {name}"), Kind::NatGateway, id, region));
    let instances = match spot.instances {
        0 => text(inside, next(), "vpc-map-faint", instances),
        _ => anchor(inside, next(), instances, &paths::with_query(&paths::list(Kind::Instance), &[("subnet", &spot.id)]), region),
    };
    view! {
        <g>
            <rect class=class x=x.to_string() y=y.to_string() width=BOX_WIDTH.to_string() height=BOX_HEIGHT.to_string() rx="6"></rect>
            {link(inside, y + 20, spot.name.clone(), Kind::Subnet, &spot.id, region)}
            {text(inside, y + 38, "vpc-map-faint", spot.cidr.clone())}
            {text(inside, y + 57, "vpc-map-faint", way)}
            {table}
            {nat}
            {instances}
        </g>
    }
    .into_any()
}

fn text(x: usize, y: usize, class: &'static str, content: String) -> AnyView {
    view! { <text class=class x=x.to_string() y=y.to_string()>{content}</text> }.into_any()
}

fn link(x: usize, y: usize, content: String, kind: Kind, id: &str, region: &str) -> AnyView {
    anchor(x, y, content, &paths::detail(kind, id), region)
}

fn anchor(x: usize, y: usize, content: String, path: &str, region: &str) -> AnyView {
    let path = paths::with_region(path, region);
    let inner = text(x, y, "vpc-map-link", short(&content));
    leptos::svg::a().attr("href", path).attr("aria-label", content).child(inner).into_any()
}

#[cfg(test)]
mod tests {
    use api::route_table::{Association, Route};

    use super::*;

    fn table(id: &str, subnet: &str, target: &str) -> RouteTable {
        let route = Route { destination: "0.0.0.0/0".into(), target: target.into(), state: "active".into(), ..Route::default() };
        let association = Association { id: "rtbassoc-1".into(), subnet_id: subnet.into() };
        RouteTable { id: id.into(), routes: vec![route], associations: vec![association], ..RouteTable::default() }
    }

    #[test]
    fn a_subnet_leaves_by_its_own_table_or_by_the_main_one() {
        let subnet = |id: &str, zone: &str| Subnet { id: id.into(), zone: zone.into(), ..Subnet::default() };
        let found = Found {
            subnets: vec![subnet("subnet-1", "a"), subnet("subnet-2", "a"), subnet("subnet-3", "b")],
            tables: vec![table("rtb-main", "", "igw-1"), table("rtb-2", "subnet-2", "nat-1"), table("rtb-3", "subnet-3", "local")],
            instances: vec![Instance { subnet_id: "subnet-2".into(), ..Instance::default() }],
            ..Found::default()
        };
        let zones = plan(&found);
        let seen: Vec<_> = zones.values().flatten().map(|spot| (spot.id.as_str(), spot.way, spot.instances)).collect();
        assert_eq!(seen, [("subnet-1", Way::Public, 0), ("subnet-2", Way::Nat, 1), ("subnet-3", Way::None, 0)]);
    }
}
