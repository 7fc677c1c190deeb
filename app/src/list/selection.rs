//! Which rows are chosen, by their identifiers: rows come and go, the choice stays.

use std::collections::HashSet;

/// The chosen rows, and where a range begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ids: HashSet<String>,
    /// The row that was clicked last.
    anchor: Option<String>,
}

/// How much of what is shown is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    None,
    Some,
    All,
}

impl Selection {
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Chooses a row or lets go of it.
    pub fn set(&mut self, id: &str, chosen: bool) {
        if chosen {
            self.ids.insert(id.to_owned());
        } else {
            self.ids.remove(id);
        }
        self.anchor = Some(id.to_owned());
    }

    /// Does to all rows from the one clicked last to this one what is done to this one. Without a row to begin at, this one alone.
    pub fn set_range<'a>(&mut self, shown: impl Iterator<Item = &'a str> + Clone, id: &str, chosen: bool) {
        let at = |wanted: &str| shown.clone().position(|id| id == wanted);
        let (Some(from), Some(to)) = (self.anchor.as_deref().and_then(at), at(id)) else {
            return self.set(id, chosen);
        };
        for id in shown.clone().skip(from.min(to)).take(from.abs_diff(to) + 1) {
            if chosen {
                self.ids.insert(id.to_owned());
            } else {
                self.ids.remove(id);
            }
        }
        self.anchor = Some(id.to_owned());
    }

    /// Chooses all that are shown, or lets go of them if all are chosen. Those that are not shown stay as they are.
    pub fn toggle_all<'a>(&mut self, shown: impl Iterator<Item = &'a str> + Clone) {
        let choose = self.extent(shown.clone()) != Extent::All;
        for id in shown {
            if choose {
                self.ids.insert(id.to_owned());
            } else {
                self.ids.remove(id);
            }
        }
        self.anchor = None;
    }

    /// Chooses all of these as they are now: what comes later is not among them.
    pub fn add_all<'a>(&mut self, shown: impl Iterator<Item = &'a str>) {
        self.ids.extend(shown.map(str::to_owned));
        self.anchor = None;
    }

    pub fn extent<'a>(&self, shown: impl Iterator<Item = &'a str>) -> Extent {
        if self.is_empty() {
            return Extent::None;
        }
        let (mut any, mut all) = (false, true);
        for id in shown {
            if self.contains(id) {
                any = true;
            } else {
                all = false;
            }
            if any && !all {
                return Extent::Some;
            }
        }
        if any { Extent::All } else { Extent::None }
    }

    /// Lets go of rows that are no longer there; says whether there were any.
    pub fn retain(&mut self, is_there: impl Fn(&str) -> bool) -> bool {
        let before = self.ids.len();
        self.ids.retain(|id| is_there(id));
        before != self.ids.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SHOWN: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn chosen(selection: &Selection) -> String {
        SHOWN.into_iter().filter(|id| selection.contains(id)).collect()
    }

    #[test]
    fn a_range_takes_both_ends_in_both_directions() {
        let mut selection = Selection::default();
        selection.set("d", true);
        selection.set_range(SHOWN.into_iter(), "b", true);
        assert_eq!(chosen(&selection), "bcd");
        selection.set_range(SHOWN.into_iter(), "c", false);
        assert_eq!(chosen(&selection), "d");
    }

    #[test]
    fn a_range_without_a_beginning_is_one_row() {
        let mut selection = Selection::default();
        selection.set_range(SHOWN.into_iter(), "c", true);
        assert_eq!(chosen(&selection), "c");
        selection.set("gone", true);
        selection.set_range(SHOWN.into_iter(), "e", true);
        assert_eq!(chosen(&selection), "ce");
    }

    #[test]
    fn all_touches_only_what_is_shown() {
        let mut selection = Selection::default();
        selection.set("hidden", true);
        selection.toggle_all(SHOWN.into_iter());
        assert_eq!((selection.len(), selection.extent(SHOWN.into_iter())), (6, Extent::All));
        selection.toggle_all(SHOWN.into_iter());
        assert_eq!((selection.len(), selection.contains("hidden")), (1, true));
        assert_eq!(selection.extent(SHOWN.into_iter()), Extent::None);
        assert_eq!(selection.extent(std::iter::empty()), Extent::None);
    }

    #[test]
    fn rows_that_went_are_let_go() {
        let mut selection = Selection::default();
        selection.set("a", true);
        assert!(!selection.retain(|id| id == "a"));
        assert!(selection.retain(|_| false));
        assert!(selection.is_empty());
    }

    proptest! {
        #[test]
        fn all_twice_leads_to_none_or_back(start in prop::collection::btree_set(prop::sample::select(SHOWN.to_vec()), 0..5)) {
            let mut selection = Selection::default();
            for id in start {
                selection.set(id, true);
            }
            selection.toggle_all(SHOWN.into_iter());
            selection.toggle_all(SHOWN.into_iter());
            prop_assert_ne!(selection.extent(SHOWN.into_iter()), Extent::Some);
        }
    }
}
