//! Where a key leads in a grid, after the ARIA Authoring Practices.

/// A cell: its row, the header being the first, and its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub row: usize,
    pub column: usize,
}

/// How many there are of each, the header among the rows, and how many rows a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub rows: usize,
    pub columns: usize,
    pub page: usize,
}

/// The cell that a key leads to from another; `None` where the key is none of the grid's.
pub fn destination(key: &str, ctrl: bool, from: Place, size: Size) -> Option<Place> {
    let (last_row, last_column) = (size.rows.saturating_sub(1), size.columns.saturating_sub(1));
    let Place { row, column } = from;
    let (row, column) = match (key, ctrl) {
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowDown", false) => (row + 1, column),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("ArrowRight", false) => (row, column + 1),
        ("Home", false) => (row, 0),
        ("End", false) => (row, last_column),
        // The first and the last row of the list: the header is not what somebody looks for.
        ("Home", true) => (1, 0),
        ("End", true) => (last_row, last_column),
        ("PageUp", false) => (if row > 1 { row.saturating_sub(size.page.max(1)).max(1) } else { row }, column),
        ("PageDown", false) => (row + size.page.max(1), column),
        _ => return None,
    };
    Some(Place { row: row.min(last_row), column: column.min(last_column) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: Size = Size { rows: 101, columns: 5, page: 20 };

    fn from(row: usize, column: usize, key: &str, ctrl: bool) -> Option<(usize, usize)> {
        destination(key, ctrl, Place { row, column }, SIZE).map(|place| (place.row, place.column))
    }

    #[test]
    fn keys_lead_as_in_any_grid() {
        assert_eq!(from(1, 0, "ArrowUp", false), Some((0, 0)), "the header is the row above the first");
        assert_eq!(from(0, 4, "ArrowRight", false), Some((0, 4)));
        assert_eq!(from(3, 2, "Home", false), Some((3, 0)));
        assert_eq!(from(3, 2, "End", false), Some((3, 4)));
        assert_eq!(from(60, 2, "Home", true), Some((1, 0)));
        assert_eq!(from(60, 2, "End", true), Some((100, 4)));
        assert_eq!(from(60, 2, "PageDown", false), Some((80, 2)));
        assert_eq!(from(90, 2, "PageDown", false), Some((100, 2)));
        assert_eq!(from(10, 2, "PageUp", false), Some((1, 2)));
        assert_eq!(from(10, 2, "x", false), None);
        assert_eq!(from(10, 2, "ArrowUp", true), None, "belongs to the browser");
    }

    proptest! {
        #[test]
        fn no_key_leads_out_of_the_grid(
            row in 0usize..200, column in 0usize..20, rows in 0usize..200, columns in 0usize..20, page in 0usize..50, ctrl: bool,
            key in prop::sample::select(vec!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]),
        ) {
            if let Some(to) = destination(key, ctrl, Place { row, column }, Size { rows, columns, page }) {
                prop_assert!(to.row < rows.max(1) && to.column < columns.max(1));
            }
        }
    }
}
