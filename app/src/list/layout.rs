//! How the user wants to see a kind's list: as a table of these columns, dense or not, or as tiles. The browser remembers it.

use leptos::prelude::*;

use super::{
    columns::{Column, Columns},
    storage,
};
use crate::spec::AnySpec;

/// Heights of a row in pixels: `--row` in the style sheet.
pub const ROW: f64 = 36.0;
const COMPACT_ROW: f64 = 28.0;

/// Found by context in a list page.
#[derive(Clone, Copy)]
pub struct Layout {
    pub spec: &'static dyn AnySpec,
    pub tiles: RwSignal<bool>,
    pub compact: RwSignal<bool>,
    pub columns: RwSignal<Columns>,
    /// How wide the columns are on the screen.
    pub widths: StoredValue<Vec<(Column, u16)>>,
}

pub fn use_layout() -> Layout {
    expect_context()
}

impl Layout {
    pub fn provide(spec: &'static dyn AnySpec) -> Self {
        let columns = RwSignal::new(Columns::usual(spec));
        let layout = Self { spec, tiles: RwSignal::new(false), compact: RwSignal::new(false), columns, widths: StoredValue::default() };
        provide_context(layout);
        Effect::new(move || {
            let read = |what| storage::read(what, spec.kind());
            layout.tiles.set(read("layout").as_deref() == Some("tiles"));
            layout.compact.set(read("density").as_deref() == Some("compact"));
            if let Some(text) = read("table") {
                layout.columns.set(Columns::parse(&text, spec));
            }
        });
        layout
    }

    pub fn set_tiles(self, tiles: bool) {
        self.tiles.set(tiles);
        storage::write("layout", self.spec.kind(), if tiles { "tiles" } else { "table" });
    }

    pub fn set_compact(self, compact: bool) {
        self.compact.set(compact);
        storage::write("density", self.spec.kind(), if compact { "compact" } else { "comfortable" });
    }

    /// The height of a row.
    pub fn row(self) -> f64 {
        if self.compact.get() { COMPACT_ROW } else { ROW }
    }

    /// Changes the columns, and remembers them.
    pub fn change(self, change: impl FnOnce(&mut Columns)) {
        self.columns.update(change);
        self.remember();
    }

    /// Writes down what a movement of the pointer has changed step by step.
    pub fn remember(self) {
        storage::write("table", self.spec.kind(), &self.columns.with_untracked(|columns| columns.print(self.spec)));
    }
}

/// The columns that are shown until the user says otherwise.
pub fn usual(spec: &dyn AnySpec) -> Vec<usize> {
    spec.columns().iter().enumerate().filter(|(_, head)| head.shown).map(|(index, _)| index).collect()
}
