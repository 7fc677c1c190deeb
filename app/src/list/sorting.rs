//! What the heads of columns do to the order of a list.

use search::SortKey;

use super::{columns::Column, query::Query};
use crate::spec::AnySpec;

/// What a column has to do with the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    pub is_descending: bool,
    /// Its weight among so many: the first counts most.
    pub at: usize,
    pub of: usize,
}

/// What is asked of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// By this column alone; descending or not.
    Only(bool),
    /// By this column where those before it leave rows equal.
    Also(bool),
    /// No longer by this column.
    Without,
}

/// Whether a list can be sorted by a column.
pub fn can(column: &Column, spec: &dyn AnySpec) -> bool {
    match column {
        Column::Fact(index) => spec.columns()[*index].sorted,
        Column::Tag(_) => true,
    }
}

pub fn rank(query: &Query, spec: &dyn AnySpec, key: &str) -> Option<Rank> {
    let keys = query.order(spec);
    let at = keys.iter().position(|known| known.property == key)?;
    Some(Rank { is_descending: keys[at].is_descending, at, of: keys.len() })
}

/// A click on the head of a column; with Shift, `also`.
pub fn click(query: &mut Query, spec: &dyn AnySpec, key: &str, also: bool) {
    if also { query.sort_also_by(key, spec) } else { query.sort_by(key, spec) }
}

pub fn run(query: &mut Query, spec: &dyn AnySpec, key: &str, deed: Deed) {
    let by = |is_descending| SortKey { property: key.to_owned(), is_descending };
    let mut keys = query.order(spec);
    match deed {
        Deed::Only(is_descending) => keys = vec![by(is_descending)],
        Deed::Also(is_descending) => match keys.iter_mut().find(|known| known.property == key) {
            Some(known) => known.is_descending = is_descending,
            None => keys.push(by(is_descending)),
        },
        Deed::Without => keys.retain(|known| known.property != key),
    }
    query.sort = keys;
}

/// What can be asked of a column beside the others, for its menu.
pub fn more(rank: Option<Rank>) -> Vec<(&'static str, &'static str, Deed)> {
    match rank {
        None => vec![("Then sort ascending", "arrow-up", Deed::Also(false)), ("Then sort descending", "arrow-down", Deed::Also(true))],
        Some(Rank { of: 1, .. }) => Vec::new(),
        Some(Rank { is_descending, .. }) => {
            vec![("Turn round in its place", "arrow-up-down", Deed::Also(!is_descending)), ("Take out of the order", "x", Deed::Without)]
        }
    }
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;

    use super::*;
    use crate::spec;

    #[test]
    fn columns_join_the_order_and_leave_it() {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let mut query = Query::default();
        let order = |query: &Query| SortKey::print(&query.order(spec));
        run(&mut query, spec, "state", Deed::Also(false));
        assert_eq!(order(&query), "-launched,state");
        assert_eq!(rank(&query, spec, "state"), Some(Rank { is_descending: false, at: 1, of: 2 }));
        run(&mut query, spec, "launched", Deed::Also(false));
        click(&mut query, spec, "state", true);
        assert_eq!(order(&query), "launched,-state");
        run(&mut query, spec, "launched", Deed::Without);
        assert_eq!(order(&query), "-state");
        run(&mut query, spec, "name", Deed::Only(true));
        assert_eq!((order(&query).as_str(), rank(&query, spec, "state")), ("-name", None));
        assert!(more(rank(&query, spec, "name")).is_empty(), "an order needs a column");
    }
}
