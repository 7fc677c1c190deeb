//! Which rows are drawn: those in sight and a few around them, so that a list of any length costs the same.

/// How a long list lies in its scrolling box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// How far it is scrolled down, in pixels.
    pub scroll: f64,
    /// Height of the box.
    pub height: f64,
    /// Height of one row of the layout, the gap below it included.
    pub row: f64,
    /// How many resources lie in one row of the layout: 1 in a table, more among tiles.
    pub per_row: usize,
}

/// What is drawn, as numbers of resources, and how much room is left above and below it, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    pub first: usize,
    /// One past the last.
    pub end: usize,
    pub above: f64,
    pub below: f64,
}

/// Rows drawn above and below those in sight, so that scrolling finds them there.
const AROUND: usize = 10;
/// The window moves in steps of so many rows: drawing a few at a time costs less than one at a time.
const STEP: usize = 4;

#[expect(clippy::cast_precision_loss, reason = "no list has 2^52 rows")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scroll offsets are small and clamped to be positive")]
pub fn window(total: usize, geometry: Geometry) -> Window {
    let Geometry { scroll, height, row, per_row } = geometry;
    let per_row = per_row.max(1);
    let n_rows = total.div_ceil(per_row);
    let in_sight = (height.max(0.0) / row).ceil() as usize + 1;
    // A list that became shorter while it was scrolled down is shown from its end.
    let top = ((scroll.max(0.0) / row) as usize).min(n_rows.saturating_sub(in_sight.saturating_sub(1)));
    let first = top.saturating_sub(AROUND) / STEP * STEP;
    let end = ((top + in_sight + AROUND).div_ceil(STEP) * STEP).min(n_rows);
    Window {
        first: first * per_row,
        end: (end * per_row).min(total),
        above: first as f64 * row,
        below: n_rows.saturating_sub(end) as f64 * row,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(scroll: f64) -> Geometry {
        Geometry { scroll, height: 720.0, row: 36.0, per_row: 1 }
    }

    #[test]
    fn short_lists_are_drawn_whole() {
        assert_eq!(window(12, table(0.0)), Window { first: 0, end: 12, above: 0.0, below: 0.0 });
        assert_eq!(window(0, table(500.0)), Window::default());
    }

    #[test]
    fn long_lists_are_drawn_around_what_is_in_sight() {
        let window = window(14_000, table(36_000.0));
        assert!(window.first <= 990 && window.end >= 1021, "{window:?}");
        assert!(window.end - window.first < 60, "{window:?}");
    }

    proptest! {
        #[test]
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        fn what_is_in_sight_is_drawn_and_the_height_never_changes(
            total in 0usize..20_000, scroll in 0.0..800_000.0, height in 0.0..3_000.0, per_row in 1usize..7,
        ) {
            let row = 36.0;
            let n_rows = total.div_ceil(per_row);
            let full = n_rows as f64 * row;
            // Browsers do not scroll past the end.
            let scroll = f64::min(scroll, f64::max(full - height, 0.0));
            let window = window(total, Geometry { scroll, height, row, per_row });
            prop_assert!(window.first <= window.end && window.end <= total);
            prop_assert_eq!(window.first % per_row, 0);
            prop_assert!(window.above <= scroll);
            let drawn = (window.end - window.first).div_ceil(per_row) as f64 * row;
            prop_assert!((window.above + drawn + window.below - full).abs() < 0.01);
            prop_assert!(window.above + drawn >= f64::min(scroll + height, full) - 0.01);
        }
    }
}
