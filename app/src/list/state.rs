//! The state of one list: what was asked, what arrived, what of it is shown. Everything derived is a memo, so that it is worked out once.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    bus::{ListBus, Loaded},
    filter::Filter,
    loader::{Loader, Phase, Why},
    poll,
    query::Query,
    row::Row,
    selection::Selection,
    sort::sorted,
    stale::on_stale,
    suggest::{self, Offer},
};
use crate::{client, session::use_region, spec::AnySpec};

/// A list, as its parts see it. Found by context, beside its [`ListBus`].
#[derive(Clone, Copy)]
pub struct List {
    pub spec: &'static dyn AnySpec,
    pub bus: ListBus,
    pub loader: Loader,
    pub region: Signal<String>,
    /// The rows that fit the query, in its order.
    pub shown: Memo<Arc<Vec<Row>>>,
    /// What the search box can offer.
    pub offers: Memo<Arc<Vec<Offer>>>,
}

pub fn use_list() -> List {
    expect_context()
}

impl List {
    /// Makes the list of a kind and its bus, and provides both to what is below.
    pub fn provide(spec: &'static dyn AnySpec, query: Signal<Query>, ask: Callback<Query>) -> Self {
        let region = use_region();
        let bus = ListBus {
            query,
            text: RwSignal::default(),
            refresh: Trigger::new(),
            loaded: RwSignal::default(),
            selected: RwSignal::default(),
            ask,
        };
        let loader = Loader::new(spec);
        let order = Memo::new(move |_| {
            query.with(|query| {
                let (key, descending) = query.order(spec);
                let column = spec.columns().iter().position(|head| head.key == key);
                (column.unwrap_or_default(), descending)
            })
        });
        // Sorting and filtering are two steps, so that a key stroke in the search box does not sort again.
        let in_order = Memo::new(move |_| {
            let (column, descending) = order.get();
            loader.rows.with(|rows| Arc::new(sorted(spec, rows, column, descending)))
        });
        let shown = Memo::new(move |_| {
            let query = query.read();
            let text = format!("{} {}", query.text, bus.text.read());
            let filter = Filter::new(spec, &query, &text);
            in_order.with(|rows| Arc::new(rows.iter().filter(|row| filter.shows(row)).cloned().collect::<Vec<_>>()))
        });
        let offers = Memo::new(move |_| loader.rows.with(|rows| Arc::new(suggest::offers(spec, rows))));
        let list = Self { spec, bus, loader, region, shown, offers };
        provide_context(bus);
        provide_context(list);
        list.keep_loaded();
        list
    }

    /// Loads in the browser: at first, when region or scope change, when told to, and while something is in transition.
    fn keep_loaded(self) {
        let Self { spec, bus, loader, region, .. } = self;
        let path = Memo::new(move |_| {
            let region = region.get();
            let args = bus.query.with(|query| query.args(spec));
            let args: Vec<_> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
            (!region.is_empty()).then(|| client::kind_path(spec.kind(), "", &region, &args))
        });
        let load = move |why| {
            if let Some(path) = path.get_untracked() {
                loader.load(path, why);
            }
        };
        Effect::new(move || {
            if path.with(Option::is_some) {
                bus.selected.set(Selection::default());
                load(Why::New);
            }
        });
        Effect::watch(move || bus.refresh.track(), move |(), _, _| load(Why::Refresh), false);
        on_stale(spec.kind(), Callback::new(move |()| load(Why::Look)));
        let in_transition = Memo::new(move |_| loader.rows.with(|rows| rows.iter().any(Row::in_transition)));
        let at_rest = move || matches!(loader.phase.get(), Phase::Complete | Phase::Partial);
        poll::while_visible(move || in_transition.get() && at_rest(), move || load(Why::Look));
        Effect::new(move |before: Option<usize>| {
            let complete = loader.phase.get() == Phase::Complete;
            let total = loader.rows.with(|rows| rows.len());
            let sequence = before.unwrap_or_default() + 1;
            bus.loaded.set(Some(Loaded { sequence, total, complete }));
            if complete {
                loader.rows.with_untracked(|rows| let_go(bus, rows));
            }
            sequence
        });
    }

    /// The chosen rows, in the order shown first.
    pub fn chosen(self) -> Vec<Row> {
        self.bus
            .selected
            .with(|selected| self.loader.rows.with(|rows| rows.iter().filter(|row| selected.contains(row.id())).cloned().collect()))
    }
}

/// Lets go of chosen rows that the cloud no longer has.
fn let_go(bus: ListBus, rows: &[Row]) {
    if bus.selected.with_untracked(|selected| selected.is_empty()) {
        return;
    }
    let ids: std::collections::BTreeSet<_> = rows.iter().map(Row::id).collect();
    bus.selected.maybe_update(|selected| selected.retain(|id| ids.contains(id)));
}
