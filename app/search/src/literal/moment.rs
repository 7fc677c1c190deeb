//! Dates and ages.

/// What a written date means depends on when and where it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// How far the local time is ahead of UTC, in seconds.
    pub utc_offset: i64,
}

/// A written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A span of local time, in seconds: the second, the minute, the day, the month or the year that was named.
    Span { from: i64, to: i64, is_utc: bool },
    /// So many units of so many seconds ago.
    Age { amount: i64, unit: i64 },
    /// So many days before today.
    Day { ago: i64 },
}

const DAY: i64 = 86_400;

/// `2026`, `2026-01`, `2026-01-31`, `2026-01-31T12:30`, `…:05`, these with `Z` behind; `today`, `yesterday`; the ages `90s`, `5m`, `3h`, `7d`,
/// `2w` and `1y`.
pub fn moment(text: &str) -> Option<Moment> {
    match text.to_ascii_lowercase().as_str() {
        "today" => Some(Moment::Day { ago: 0 }),
        "yesterday" => Some(Moment::Day { ago: 1 }),
        text => age(text).or_else(|| span(text)),
    }
}

impl Moment {
    /// The first second and the last one.
    pub fn bounds(self, clock: Clock) -> (i64, i64) {
        match self {
            Self::Span { from, to, is_utc: true } => (from, to),
            Self::Span { from, to, is_utc: false } => (from - clock.utc_offset, to - clock.utc_offset),
            Self::Age { amount, unit } => {
                let to = clock.now.saturating_sub(amount.saturating_mul(unit));
                (to.saturating_sub(unit - 1), to)
            }
            Self::Day { ago } => {
                let local = clock.now + clock.utc_offset;
                let from = (local.div_euclid(DAY) - ago) * DAY - clock.utc_offset;
                (from, from + DAY - 1)
            }
        }
    }

    /// Whether it is told by its age: more of it means earlier.
    pub fn is_age(self) -> bool {
        matches!(self, Self::Age { .. })
    }
}

fn age(text: &str) -> Option<Moment> {
    let (unit, amount) = [("s", 1), ("m", 60), ("h", 3600), ("d", DAY), ("w", 7 * DAY), ("y", 365 * DAY)]
        .iter()
        .find_map(|&(suffix, unit)| text.strip_suffix(suffix).map(|amount| (unit, amount)))?;
    let amount = digits(amount, 1..=9)?;
    Some(Moment::Age { amount, unit })
}

fn span(text: &str) -> Option<Moment> {
    let (text, is_utc) = text.strip_suffix('z').map_or((text, false), |text| (text, true));
    let (date, time) = text.split_once(['t', ' ']).map_or((text, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4..=4)?;
    let month =
        parts.next().map(|part| digits(part, 2..=2).filter(|month| (1..=12).contains(month))).map_or(Some(None), |m| m.map(Some))?;
    let day = parts.next().map(|part| digits(part, 2..=2)).map_or(Some(None), |d| d.map(Some))?;
    if parts.next().is_some() || day.is_some_and(|day| day < 1 || day > length(year, month.unwrap_or(1))) {
        return None;
    }
    let from = days(year, month.unwrap_or(1), day.unwrap_or(1)) * DAY;
    let Some(time) = time else {
        let to = match (month, day) {
            (None, _) | (Some(12), None) => days(year + 1, 1, 1) * DAY,
            (Some(month), None) => days(year, month + 1, 1) * DAY,
            (Some(_), Some(_)) => from + DAY,
        };
        return Some(Moment::Span { from, to: to - 1, is_utc });
    };
    day?;
    let mut parts = time.split(':').map(|part| digits(part, 2..=2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next());
    let (at, length) = match second {
        None => (0, 60),
        Some(second) => (second?, 1),
    };
    let is_time = parts.next().is_none() && hour < 24 && minute < 60 && at < 60;
    let from = from + hour * 3600 + minute * 60 + at;
    is_time.then_some(Moment::Span { from, to: from + length - 1, is_utc })
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let are_digits = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| are_digits)
}

fn length(year: i64, month: i64) -> i64 {
    if month == 12 { 31 } else { days(year, month + 1, 1) - days(year, month, 1) }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, counted in years that begin in March, so that the leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCK: Clock = Clock { now: 1_767_225_600 + 3600, utc_offset: 0 }; // 2026-01-01T01:00:00Z

    fn bounds(text: &str) -> Option<(i64, i64)> {
        moment(text).map(|moment| moment.bounds(CLOCK))
    }

    #[test]
    fn dates_are_as_long_as_what_is_named() {
        assert_eq!(bounds("1970"), Some((0, 365 * DAY - 1)));
        assert_eq!(bounds("1970-01-01"), Some((0, DAY - 1)));
        assert_eq!(bounds("2026-01-01"), Some((1_767_225_600, 1_767_225_600 + DAY - 1)));
        assert_eq!(bounds("2024-02").map(|(from, to)| to - from + 1), Some(29 * DAY));
        assert_eq!(bounds("1970-01-01T00:01"), Some((60, 119)));
        assert_eq!(bounds("1970-01-01T00:01:05Z"), Some((65, 65)));
        assert_eq!(bounds("1970-12"), Some((334 * DAY, 365 * DAY - 1)));
    }

    #[test]
    fn local_time_is_ahead_of_utc_or_behind() {
        let clock = Clock { now: 0, utc_offset: 3600 };
        assert_eq!(moment("1970-01-01").map(|m| m.bounds(clock)), Some((-3600, DAY - 3601)));
        assert_eq!(moment("1970-01-01T00:00Z").map(|m| m.bounds(clock)), Some((0, 59)));
        assert_eq!(moment("today").map(|m| m.bounds(clock)), Some((-3600, DAY - 3601)));
    }

    #[test]
    fn an_age_is_so_long_ago() {
        assert_eq!(bounds("0h"), Some((CLOCK.now - 3599, CLOCK.now)));
        assert_eq!(bounds("7d"), Some((CLOCK.now - 8 * DAY + 1, CLOCK.now - 7 * DAY)));
        assert_eq!(bounds("yesterday"), Some((1_767_225_600 - DAY, 1_767_225_600 - 1)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        let wrong =
            ["", "7", "d", "2026-13", "2025-02-29", "2026-1-1", "2026-01-01T24:00", "2026-01T10:00", "2026-01-01T1", "2026-01-01-01", "é"];
        assert!(wrong.iter().all(|text| moment(text).is_none()), "{:?}", wrong.map(moment));
    }
}
