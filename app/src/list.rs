//! The list page of every kind: search, table and tiles, choice and bulk actions, and all the states in between, written once.
//!
//! What is asked stands in the address (`query`), what arrives comes page by page (`loader`), what is shown follows from both (`state`), and
//! the parts speak through the [`bus`]. Finding, sorting and counting are the crate `search`, which is told by `shape` what a kind's rows are made
//! of, holds them beside `rows`, and is asked by `finder` in slices ([why](docs/adr/0010-search-engine.md)). Nothing here knows a kind: see
//! [`crate::spec`].

mod bar;
pub mod bus;
pub mod cells;
mod clock;
mod columns;
pub mod columns_panel;
mod early;
mod export;
mod finder;
mod grid;
mod header;
mod heading;
mod keys;
mod kit;
pub mod layout;
mod loader;
mod measure;
mod picker;
pub mod poll;
pub mod query;
mod row;
mod rows;
mod scroll;
mod search;
pub mod selection;
pub mod shape;
mod sorting;
mod stale;
mod state;
mod states;
pub mod storage;
mod table;
mod tiles;
mod value_menu;
mod widths;
mod window;

use api::kind::Kind;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use self::{
    bar::Bar,
    header::Header,
    layout::Layout,
    query::Query,
    search::Search,
    state::List,
    states::{NoMatch, Nothing, Show, Trouble, Waiting},
    table::Table,
    tiles::Tiles,
};
pub use self::{
    kit::KitPage,
    picker::Picker,
    stale::{Gone, on_stale, refresh, refresh_without},
};
use crate::{paths, spec};

/// The list of a kind. The kind has to have a description, which the routes see to.
#[component]
pub fn ListPage(kind: Kind) -> impl IntoView {
    let spec = spec::of(kind).expect("the routes lead only to kinds that have a page");
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    // The question of another list is not for this one, which may hear of it before it is gone.
    let is_here = Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == paths::list(kind)));
    let query = Memo::new(move |before: Option<&Query>| {
        before.filter(|_| !is_here.get()).cloned().unwrap_or_else(|| Query::parse(&search.read(), spec))
    });
    let navigate = use_navigate();
    let ask = Callback::new(move |query: Query| {
        let path = format!("{}?{}", paths::list(kind), query.to_search(spec));
        navigate(&path, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    // What the list opens with, where the address asks for nothing.
    let navigate = use_navigate();
    Effect::new(move |before: Option<()>| {
        let asks = query.with_untracked(|query| query.narrows() || !query.sort.is_empty());
        if before.is_none()
            && !asks
            && let Some(first) = search::saved::first(kind)
        {
            let others = query.with_untracked(|query| query.others.clone());
            let first = Query { others, ..Query::parse(&first, spec) };
            let path = format!("{}?{}", paths::list(kind), first.to_search(spec));
            navigate(&path, NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() });
        }
    });
    let list = List::provide(spec, query.into(), ask);
    let layout = Layout::provide(spec);
    // For the way back from a page of details.
    Effect::new(move || {
        if is_here.get() {
            search.with(|search| storage::write_in_tab("query", kind, search));
        }
    });
    let show = Memo::new(move |before: Option<&Show>| Show::of(list, before.copied()));
    view! {
        <div class="list-page">
            <Header/>
            <Search/>
            <Bar/>
            <Trouble/>
            {move || match show.get() {
                Show::Skeleton => view! { <Waiting/> }.into_any(),
                Show::Rows if layout.tiles.get() => view! { <Tiles/> }.into_any(),
                Show::Rows => view! { <Table/> }.into_any(),
                Show::Empty => view! { <Nothing/> }.into_any(),
                Show::NoMatch => view! { <NoMatch/> }.into_any(),
                Show::Error => ().into_any(),
            }}
        </div>
    }
}
