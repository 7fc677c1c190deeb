//! How the user wants to see a kind's list: as a table of these columns, or as tiles. The browser remembers it.

use leptos::prelude::*;

use super::storage;
use crate::spec::AnySpec;

/// Found by context in a list page.
#[derive(Clone, Copy)]
pub struct Layout {
    spec: &'static dyn AnySpec,
    pub tiles: RwSignal<bool>,
    /// Numbers of the columns shown, in the order of the description.
    pub columns: RwSignal<Vec<usize>>,
}

pub fn use_layout() -> Layout {
    expect_context()
}

impl Layout {
    pub fn provide(spec: &'static dyn AnySpec) -> Self {
        let layout = Self { spec, tiles: RwSignal::new(false), columns: RwSignal::new(usual(spec)) };
        provide_context(layout);
        Effect::new(move || {
            layout.tiles.set(storage::read("layout", spec.kind()).as_deref() == Some("tiles"));
            if let Some(columns) = storage::read("columns", spec.kind()).and_then(|text| parse(spec, &text)) {
                layout.columns.set(columns);
            }
        });
        layout
    }

    pub fn set_tiles(self, tiles: bool) {
        self.tiles.set(tiles);
        storage::write("layout", self.spec.kind(), if tiles { "tiles" } else { "table" });
    }

    pub fn toggle(self, column: usize) {
        self.columns.update(|columns| match columns.binary_search(&column) {
            Ok(at) => {
                columns.remove(at);
            }
            Err(at) => columns.insert(at, column),
        });
        let heads = self.spec.columns();
        let keys: Vec<_> = self.columns.with_untracked(|columns| columns.iter().map(|&column| heads[column].key).collect());
        storage::write("columns", self.spec.kind(), &keys.join(","));
    }
}

/// The columns that are shown until the user says otherwise.
pub fn usual(spec: &dyn AnySpec) -> Vec<usize> {
    spec.columns().iter().enumerate().filter(|(_, head)| head.shown).map(|(index, _)| index).collect()
}

/// The columns by their keys. The first is always among them: it leads to the page of the resource.
fn parse(spec: &dyn AnySpec, text: &str) -> Option<Vec<usize>> {
    let keys: Vec<_> = text.split(',').collect();
    let heads = spec.columns();
    let columns: Vec<_> = (0..heads.len()).filter(|&index| index == 0 || keys.contains(&heads[index].key)).collect();
    (columns.len() > 1).then_some(columns)
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;

    use super::*;
    use crate::spec;

    #[test]
    fn remembered_columns_come_back_and_unknown_ones_are_forgotten() {
        let spec = spec::of(Kind::KeyPair).expect("key pairs have a page");
        assert_eq!(parse(spec, "type,elephants"), Some(vec![0, 2]));
        assert_eq!(parse(spec, ""), None);
        assert!(usual(spec).contains(&0));
    }
}
