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
/// Browsers draw nothing that lies deeper: Firefox from 17.8 million pixels on, Chromium from 33.5. Longer lists scroll faster than the wheel.
const TALLEST: f64 = 12_000_000.0;

#[expect(clippy::cast_precision_loss, reason = "no list has 2^52 rows")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scroll offsets are small and clamped to be positive")]
impl Geometry {
    /// The height of the whole list, as the browser is told.
    fn content(self, total: usize) -> f64 {
        self.full(total).min(TALLEST)
    }

    /// The height that it would have if browsers knew no end.
    fn full(self, total: usize) -> f64 {
        total.div_ceil(self.per_row.max(1)) as f64 * self.row
    }

    /// Near both ends a pixel is a pixel; between them, lists that are too tall are passed in longer steps.
    fn ends(self) -> f64 {
        self.height + (2 * (AROUND + STEP)) as f64 * self.row
    }

    /// How far down the list the top of the box is.
    pub fn offset(self, total: usize) -> f64 {
        let (full, content, ends) = (self.full(total), self.content(total), self.ends());
        let scroll = self.scroll.max(0.0);
        if scroll <= ends || full <= content {
            scroll
        } else if scroll >= content - ends {
            full - (content - scroll)
        } else {
            ends + (scroll - ends) * (full - 2.0 * ends) / (content - 2.0 * ends)
        }
    }

    /// How far it has to be scrolled for the top of the box to be there: the inverse of [`Geometry::offset`].
    pub fn scroll_to(self, total: usize, offset: f64) -> f64 {
        let (full, content, ends) = (self.full(total), self.content(total), self.ends());
        let offset = offset.max(0.0);
        if offset <= ends || full <= content {
            offset
        } else if offset >= full - ends {
            content - (full - offset)
        } else {
            ends + (offset - ends) * (content - 2.0 * ends) / (full - 2.0 * ends)
        }
    }

    /// Where a resource begins.
    pub fn top_of(self, place: usize) -> f64 {
        (place / self.per_row.max(1)) as f64 * self.row
    }

    /// The first resource in sight.
    pub fn first_in_sight(self, total: usize) -> usize {
        (self.offset(total) / self.row) as usize * self.per_row.max(1)
    }
}

#[expect(clippy::cast_precision_loss, reason = "no list has 2^52 rows")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scroll offsets are small and clamped to be positive")]
pub fn window(total: usize, geometry: Geometry) -> Window {
    let Geometry { height, row, per_row, .. } = geometry;
    let per_row = per_row.max(1);
    let n_rows = total.div_ceil(per_row);
    let in_sight = (height.max(0.0) / row).ceil() as usize + 1;
    let offset = geometry.offset(total);
    // A list that became shorter while it was scrolled down is shown from its end.
    let top = ((offset / row) as usize).min(n_rows.saturating_sub(in_sight.saturating_sub(1)));
    let first = top.saturating_sub(AROUND) / STEP * STEP;
    let end = ((top + in_sight + AROUND).div_ceil(STEP) * STEP).min(n_rows);
    let (content, full) = (geometry.content(total), geometry.full(total));
    // In a list that is too tall, what is drawn goes along with what is scrolled.
    let above = if full > content { (geometry.scroll - (offset - first as f64 * row)).max(0.0) } else { first as f64 * row };
    Window {
        first: first * per_row,
        end: (end * per_row).min(total),
        above,
        below: (content - above - (end - first) as f64 * row).max(0.0),
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

        #[test]
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        fn lists_that_no_browser_could_draw_are_drawn_where_they_are_seen(
            total in 400_000usize..3_000_000, part in 0.0..=1.0, height in 300.0..2_000.0,
        ) {
            let row = 36.0;
            let geometry = Geometry { scroll: f64::floor(part * (TALLEST - height)), height, row, per_row: 1 };
            let window = window(total, geometry);
            let drawn = (window.end - window.first) as f64 * row;
            prop_assert!((window.above + drawn + window.below - TALLEST).abs() < 0.01);
            prop_assert!(window.end - window.first < 100);
            prop_assert!(window.above <= geometry.scroll && window.above + drawn >= geometry.scroll + height - 0.01);
            // What is drawn at the top of the box is what the offset says.
            let offset = geometry.offset(total);
            prop_assert!((geometry.scroll - window.above + window.first as f64 * row - offset).abs() < 0.01);
            prop_assert!((geometry.scroll_to(total, offset) - geometry.scroll).abs() < 0.01);
        }
    }
}
