//! Moments, as the W3C's note on ISO 8601 writes them, or in seconds since 1970. <https://www.w3.org/TR/NOTE-datetime>

use super::number;

/// Seconds since 1970.
pub fn moment(text: &str) -> Option<f64> {
    // Four digits are a year: as seconds they would all be in the first three hours of 1970.
    let is_count = text.len() != 4 && !text.get(1..).is_some_and(|rest| rest.contains('-'));
    if is_count {
        return number(text);
    }
    let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
    let mut fields = date.split('-');
    let year = digits(fields.next()?, 4)?;
    let month = fields.next().map_or(Some(1), |field| digits(field, 2))?;
    let day = fields.next().map_or(Some(1), |field| digits(field, 2))?;
    if fields.next().is_some() || !(1..=12).contains(&month) || !(1..=days(year, month)).contains(&day) {
        return None;
    }
    let seconds = match time {
        Some(time) => clock(time)?,
        None => 0.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "days of four-digit years are far below 2^53")]
    let midnight = since_1970(year, month, day) as f64 * 86_400.0;
    Some(midnight + seconds)
}

/// Seconds since midnight in UTC.
fn clock(time: &str) -> Option<f64> {
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => match time.find(['+', '-']) {
            Some(at) => (&time[..at], zone(&time[at..])?),
            None => (time, 0),
        },
    };
    let mut fields = time.split(':');
    let hour = digits(fields.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(fields.next()?, 2).filter(|minute| *minute < 60)?;
    let second = match fields.next() {
        Some(field) => {
            number(field).filter(|second| (0.0..61.0).contains(second) && field.as_bytes().first().is_some_and(u8::is_ascii_digit))?
        }
        None => 0.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "a day has 1440 minutes")]
    let whole = ((hour * 60 + minute - offset) * 60) as f64;
    fields.next().is_none().then_some(whole + second)
}

/// Minutes that a zone is ahead.
fn zone(text: &str) -> Option<i64> {
    let (hours, minutes) = text[1..].split_once(':').or_else(|| text.get(1..3).zip(text.get(3..)))?;
    let minutes = digits(hours, 2)? * 60 + digits(minutes, 2)?;
    Some(if text.starts_with('-') { -minutes } else { minutes })
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn days(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970, by years that begin in March, so that the day that leap years have comes last.
fn since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        assert_eq!(moment("1970-01-01T00:00:00Z"), Some(0.0));
        assert_eq!(moment("2020-02-29T12:30:15.5Z"), Some(1_582_979_415.5));
        assert_eq!(moment("2020-02-29T13:30+01:00"), Some(1_582_979_400.0));
        assert_eq!(moment("2020-02-29T13:30+0100"), moment("2020-02-29T13:30+01:00"));
        assert_eq!([moment("2020"), moment("2020-01")], [moment("2020-01-01"); 2]);
        assert_eq!(moment("1582979400"), Some(1_582_979_400.0));
        assert!(
            ["", "2021-02-29", "2020-13-01", "2020-1-1", "2020-01-01T24:00Z", "2020-01-01T10Z", "soon", "2020-01-01T10:00:+1Z"]
                .iter()
                .all(|text| moment(text).is_none())
        );
    }
}
