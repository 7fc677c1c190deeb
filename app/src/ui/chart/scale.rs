//! Where things stand in a chart: axes whose numbers people like, and what becomes of gaps. Knows nothing of documents.

use api::{Timestamp, metric::Point};

/// The numbers of the axis of values, from zero to the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    pub top: f64,
    pub ticks: Vec<f64>,
}

/// An axis with room for this value. With `binary`, its numbers are round as multiples of 1,024.
pub fn values(most: f64, binary: bool) -> Values {
    if most <= 0.0 {
        return Values { top: 1.0, ticks: vec![0.0, 1.0] };
    }
    let mut unit = 1.0;
    while binary && most / unit >= 1024.0 {
        unit *= 1024.0;
    }
    let step = nice(most / unit / 4.0) * unit;
    let mut ticks = vec![0.0];
    while ticks[ticks.len() - 1] < most {
        #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
        ticks.push(step * ticks.len() as f64);
    }
    Values { top: ticks[ticks.len() - 1], ticks }
}

/// The smallest of 1, 2, 2.5, 5 and their tenfolds that is not below.
fn nice(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0];
    // Numbers that should be equal may differ in their last digit.
    let step = steps.into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const STEPS: [i64; 13] =
    [5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY];

/// The moments that an axis of time names: at most five, round by clocks that are `offset` seconds ahead of UTC; and whether each is a day's
/// beginning, named by its date.
pub fn times(start: Timestamp, end: Timestamp, offset: i64) -> Vec<(Timestamp, bool)> {
    let step = STEPS.into_iter().find(|step| (end - start) / step <= 4).unwrap_or(7 * DAY);
    let first = (start + offset + step - 1).div_euclid(step) * step - offset;
    let ticks = std::iter::successors(Some(first), |at| Some(at + step)).take_while(|at| *at <= end);
    ticks.map(|at| (at, (at + offset).rem_euclid(DAY) == 0)).collect()
}

/// The points that belong together: where some are missing, the line is broken rather than drawn through what nobody measured.
pub fn runs(points: &[Point]) -> Vec<&[Point]> {
    let usual = points.windows(2).map(|pair| pair[1].at - pair[0].at).min().unwrap_or_default();
    points.chunk_by(|a, b| b.at - a.at <= usual * 2).collect()
}

/// The point that is nearest in time.
pub fn nearest(points: &[Point], at: Timestamp) -> Option<usize> {
    (0..points.len()).min_by_key(|&index| (points[index].at - at).abs())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_axis_has_round_numbers_and_room_for_the_most() {
        assert_eq!(values(0.0, false), Values { top: 1.0, ticks: vec![0.0, 1.0] });
        assert_eq!(values(37.2, false).ticks, [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(values(100.0, false).ticks, [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(values(3.0 * 1024.0 * 1024.0, true).ticks.last(), Some(&(3.0 * 1024.0 * 1024.0)));
        assert_eq!(values(900.0, true).ticks, [0.0, 250.0, 500.0, 750.0, 1000.0]);
    }

    proptest! {
        #[test]
        fn every_value_has_an_axis(most in 1e-9..1e15_f64, binary: bool) {
            let Values { top, ticks } = values(most, binary);
            prop_assert!(top >= most && top <= most * 3.0, "{top}");
            prop_assert!((2..=6).contains(&ticks.len()), "{ticks:?}");
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn every_span_has_times(start in 0..4_000_000_000_i64, length in 3600..1_209_600_i64, hours in -12..=14_i64) {
            let ticks = times(start, start + length, hours * HOUR);
            prop_assert!((1..=6).contains(&ticks.len()), "{ticks:?}");
            prop_assert!(ticks.iter().all(|(at, _)| (start..=start + length).contains(at)));
            prop_assert!(ticks.iter().all(|(at, is_day)| ((at + hours * HOUR) % DAY == 0) == *is_day));
        }
    }

    #[test]
    fn a_day_begins_where_the_user_is() {
        // 2023-11-15 is a day old at 01:00 in Berlin when it begins in UTC.
        let midnight_utc = 1_700_006_400;
        assert!(times(midnight_utc - DAY, midnight_utc + DAY, HOUR).contains(&(midnight_utc - HOUR, true)));
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let at = |at| Point { at, value: 1.0 };
        let points = [at(0), at(300), at(600), at(1500), at(1800)];
        let runs: Vec<_> = runs(&points).into_iter().map(<[Point]>::len).collect();
        assert_eq!(runs, [3, 2]);
        assert!(super::runs(&[]).is_empty());
        assert_eq!((nearest(&points, 1000), nearest(&points, 1100), nearest(&[], 0)), (Some(2), Some(3), None));
    }
}
