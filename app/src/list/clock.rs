//! How long something may take before the user goes first, and what time it is for a search.

use search::Clock;

/// So many milliseconds of work leave room in a frame for what has to be drawn.
const SLICE: f64 = 8.0;

/// A piece of work that ends in time.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    end: f64,
}

impl Slice {
    pub fn new() -> Self {
        Self { end: js_sys::Date::now() + SLICE }
    }

    #[cfg(test)]
    pub fn endless() -> Self {
        Self { end: f64::INFINITY }
    }

    pub fn is_over(self) -> bool {
        self.end.is_finite() && js_sys::Date::now() >= self.end
    }
}

/// By the minute: within it, a search can go on from the one before.
#[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 and minutes of a day are far below 2^53")]
pub fn now() -> Clock {
    let now = js_sys::Date::new_0();
    Clock { now: (now.get_time() / 60_000.0) as i64 * 60, utc_offset: -(now.get_timezone_offset() as i64) * 60 }
}
