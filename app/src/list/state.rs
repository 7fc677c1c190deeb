//! The state of one list: what was asked, what arrived, what of it is shown. Everything derived is a memo, so that it is worked out once.

use leptos::prelude::*;
use search::SortKey;

use super::{
    bus::{ListBus, Loaded},
    early::Question,
    finder::{Finder, Shown, Wanted},
    loader::{Loader, Phase, Why},
    poll,
    query::{self, Query},
    row::Row,
    rows::{Held, Rows},
    search::live,
    selection::Selection,
    stale::on_stale,
};
use crate::{client, session::use_region, spec::AnySpec};

/// A list, as its parts see it. Found by context, beside its [`ListBus`].
#[derive(Clone, Copy)]
pub struct List {
    pub spec: &'static dyn AnySpec,
    pub bus: ListBus,
    pub loader: Loader,
    pub region: Signal<String>,
    /// All rows that have come, by number.
    pub rows: Rows,
    /// The numbers of those that fit the query, in its order.
    pub shown: RwSignal<Shown>,
    pub finder: Finder,
}

pub fn use_list() -> List {
    expect_context()
}

impl List {
    /// Makes the list of a kind and its bus, provides both to what is below, and has it loaded.
    pub fn provide(spec: &'static dyn AnySpec, query: Signal<Query>, ask: Callback<Query>) -> Self {
        let list = Self::bare(spec, query, ask);
        list.keep_loaded();
        list
    }

    /// The same, of rows that whoever makes it brings.
    pub fn bare(spec: &'static dyn AnySpec, query: Signal<Query>, ask: Callback<Query>) -> Self {
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
        let rows = loader.rows;
        let wanted = Memo::new(move |_| {
            let query = query.read();
            rows.with(|held| Wanted {
                query: query::with(&query.search, live(&bus.text.read(), &held.shape.schema)),
                keys: query.order(spec).iter().filter_map(|key| by_property(held, key)).collect(),
                is_growing: matches!(loader.phase.get(), Phase::Waiting | Phase::Loading { .. }),
            })
        });
        let finder = Finder::new(rows, wanted);
        let list = Self { spec, bus, loader, region, rows, shown: finder.shown, finder };
        provide_context(bus);
        provide_context(list);
        list.tell();
        list
    }

    /// Loads in the browser: at first, when region or scope change, when told to, and while something is in transition.
    fn keep_loaded(self) {
        let Self { spec, bus, loader, region, rows, .. } = self;
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
        let question = Memo::new(move |_| {
            loader
                .is_long
                .get()
                .then(|| bus.query.with(|query| rows.with(|held| Question::of(&query.search, &held.shape.schema, spec.kind()))))
        });
        Effect::new(move || match (question.get().flatten(), path.get_untracked()) {
            (Some(question), Some(path)) => loader.ask_early(&path, question),
            _ => loader.early.stop(),
        });
        Effect::watch(move || bus.refresh.track(), move |(), _, _| load(Why::Refresh), false);
        on_stale(spec.kind(), Callback::new(move |_| load(Why::Look)));
        let in_transition = Memo::new(move |_| rows.news.with(|news| news.n_in_transition > 0));
        let at_rest = move || matches!(loader.phase.get(), Phase::Complete | Phase::Partial);
        poll::while_visible(move || in_transition.get() && at_rest(), move || load(Why::Look));
    }

    /// Tells what has arrived, and lets go of chosen rows that have gone.
    fn tell(self) {
        let Self { bus, loader, rows, .. } = self;
        Effect::new(move |before: Option<usize>| {
            let complete = loader.phase.get() == Phase::Complete;
            let total = rows.news.with(|news| news.n_rows);
            let sequence = before.unwrap_or_default() + 1;
            bus.loaded.set(Some(Loaded { sequence, total, complete }));
            if complete {
                let_go(bus, rows);
            }
            sequence
        });
    }

    /// The chosen rows, in the order in which they came.
    pub fn chosen(self) -> Vec<Row> {
        self.rows.news.track();
        self.bus.selected.with(|selected| self.rows.with(|held| held.all().filter(|row| selected.contains(row.id())).cloned().collect()))
    }

    /// So many of the rows that are shown, from the one in this place on.
    pub fn shown_rows(self, first: usize, end: usize) -> Vec<Row> {
        self.shown.with(|shown| {
            let numbers = &shown.numbers[first.min(shown.len())..end.min(shown.len())];
            self.rows.with(|held| numbers.iter().filter_map(|number| held.row(*number).cloned()).collect())
        })
    }

    /// Hands over the identifiers of the rows that are shown. Tracked.
    pub fn with_shown_ids<O>(self, look: impl FnOnce(ShownIds<'_>) -> O) -> O {
        self.shown.with(|shown| self.rows.with(|held| look(ShownIds { numbers: &shown.numbers, held })))
    }

    /// How many rows are shown.
    pub fn n_shown(self) -> usize {
        self.shown.with(Shown::len)
    }
}

/// The identifiers of the rows that are shown.
#[derive(Clone, Copy)]
pub struct ShownIds<'a> {
    numbers: &'a [u32],
    held: &'a Held,
}

impl<'a> ShownIds<'a> {
    pub fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        self.numbers.iter().map(move |number| self.held.store.id(*number as usize))
    }
}

/// The key of the store that stands for the key of a column.
fn by_property(held: &Held, key: &SortKey) -> Option<SortKey> {
    let property = held.shape.sorted_by(&key.property)?.to_owned();
    Some(SortKey { property, is_descending: key.is_descending })
}

/// Lets go of chosen rows that the cloud no longer has.
fn let_go(bus: ListBus, rows: Rows) {
    if bus.selected.with_untracked(|selected| selected.is_empty()) {
        return;
    }
    bus.selected.maybe_update(|selected| rows.with(|held| selected.retain(|id| held.store.row(id).is_some())));
}
