//! The order of the kinds within their areas, as this browser's user likes it.

use api::kind::Kind;
use leptos::prelude::*;

use crate::{
    area::Area,
    locale::{t, tf},
    spec, storage,
};

const KEY: &str = "dashboard-tiles";

/// Which kind stands where. Starts in the order of the navigation; what the browser remembers is taken up after hydration.
#[derive(Clone, Copy)]
pub struct Order {
    kinds: RwSignal<Vec<Kind>>,
    dragged: RwSignal<Option<Kind>>,
    said: RwSignal<String>,
}

impl Order {
    pub fn new(kinds: Vec<Kind>) -> Self {
        let order = Self { kinds: RwSignal::new(kinds), dragged: RwSignal::new(None), said: RwSignal::new(String::new()) };
        Effect::new(move || {
            if let Some(remembered) = storage::read(KEY) {
                order.kinds.update(|kinds| arrange(kinds, &remembered));
            }
        });
        order
    }

    pub fn kinds(self, area: Area) -> Vec<Kind> {
        self.kinds.with(|kinds| kinds.iter().copied().filter(|&kind| Area::of(kind) == Some(area)).collect())
    }

    /// Where the kind stands in its area, and how many there are.
    pub fn place(self, kind: Kind) -> (usize, usize) {
        let kinds = Area::of(kind).map_or_else(Vec::new, |area| self.kinds(area));
        (kinds.iter().position(|&other| other == kind).unwrap_or_default(), kinds.len())
    }

    /// What happened last, for those who do not see it.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// Moves the kind to a place in its area, and keeps it there.
    pub fn put(self, kind: Kind, to: usize) {
        self.kinds.update(|kinds| put(kinds, kind, to));
        let slugs: Vec<_> = self.kinds.with_untracked(|kinds| kinds.iter().map(|kind| kind.slug()).collect());
        storage::write(KEY, Some(&slugs.join(",")));
        let (at, of) = untrack(|| self.place(kind));
        let title = spec::sign(kind).map_or_else(String::new, |sign| t(sign.title));
        let values = [("what", title), ("n", (at + 1).to_string()), ("of", of.to_string())];
        self.said.set(tf("{what}: place {n} of {of}", &values));
    }

    pub fn drag(self, kind: Kind) {
        self.dragged.set(Some(kind));
    }

    pub fn is_dragged(self, kind: Kind) -> bool {
        self.dragged.get() == Some(kind)
    }

    /// What is dragged takes the place of the one it is over, in its own area.
    pub fn drag_over(self, kind: Kind) {
        if let Some(dragged) = self.dragged.get_untracked()
            && dragged != kind
            && Area::of(dragged) == Area::of(kind)
        {
            let (to, _) = untrack(|| self.place(kind));
            self.put(dragged, to);
        }
    }

    pub fn drop(self) {
        self.dragged.set(None);
    }
}

/// Those of other areas stay where they are among each other, which nobody sees.
fn put(kinds: &mut Vec<Kind>, kind: Kind, to: usize) {
    kinds.retain(|&other| other != kind);
    let area = |other: Kind| Area::of(other) == Area::of(kind);
    let at = kinds.iter().enumerate().filter(|&(_, &other)| area(other)).map(|(at, _)| at).nth(to);
    kinds.insert(at.unwrap_or(kinds.len()), kind);
}

/// Puts those that are remembered first, in their order; new kinds follow in theirs, and those that are gone are forgotten.
fn arrange(kinds: &mut [Kind], remembered: &str) {
    let slugs: Vec<_> = remembered.split(',').collect();
    kinds.sort_by_key(|kind| slugs.iter().position(|slug| *slug == kind.slug()).unwrap_or(usize::MAX));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_moves_among_those_of_its_area() {
        let mut kinds = vec![Kind::Instance, Kind::Volume, Kind::Image, Kind::Snapshot, Kind::InstanceType];
        put(&mut kinds, Kind::InstanceType, 1);
        assert_eq!(kinds, [Kind::Instance, Kind::Volume, Kind::InstanceType, Kind::Image, Kind::Snapshot]);
        put(&mut kinds, Kind::Instance, 2);
        assert_eq!(kinds, [Kind::Volume, Kind::InstanceType, Kind::Image, Kind::Snapshot, Kind::Instance]);
    }

    #[test]
    fn what_is_remembered_comes_first_and_the_rest_keeps_its_order() {
        let mut kinds = [Kind::Instance, Kind::Image, Kind::Volume, Kind::KeyPair];
        arrange(&mut kinds, "keypairs,elephants,images");
        assert_eq!(kinds, [Kind::KeyPair, Kind::Image, Kind::Instance, Kind::Volume]);
    }
}
