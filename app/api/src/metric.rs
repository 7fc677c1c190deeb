//! What CloudWatch measured: the charts that a kind has, the window they show, and their points.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html>

use serde::{Deserialize, Serialize};

use crate::{Timestamp, error::FieldErrors, kind::Kind};

/// One line of a chart, as it was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Series {
    /// CloudWatch's name: `CPUUtilization`.
    pub metric: String,
    /// `Average`, `Sum`, `Maximum`.
    pub statistic: String,
    /// CloudWatch's word: `Percent`, `Bytes`, `Count`, `Seconds`.
    pub unit: String,
    /// How many seconds each point stands for.
    pub period: u32,
    /// By time, the earliest first. Where nothing was measured there is no point.
    pub points: Vec<Point>,
}

/// The charts of a resource over one span of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// By the proxy's clock: the browser's may be wrong.
    pub start: Timestamp,
    pub end: Timestamp,
    /// In the order of the kind's charts.
    pub series: Vec<Series>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// When its period begins.
    pub at: Timestamp,
    pub value: f64,
}

/// A chart that is drawn of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    pub metric: &'static str,
    pub statistic: &'static str,
    pub unit: &'static str,
    /// What people call it, in English.
    pub title: &'static str,
}

const fn chart(metric: &'static str, statistic: &'static str, unit: &'static str, title: &'static str) -> Chart {
    Chart { metric, statistic, unit, title }
}

/// What is measured of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub namespace: &'static str,
    /// The dimension whose value is the resource's id.
    pub dimension: &'static str,
    pub charts: &'static [Chart],
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html>
static INSTANCE: Measured = Measured {
    namespace: "AWS/EC2",
    dimension: "InstanceId",
    charts: &[
        chart("CPUUtilization", "Average", "Percent", "Processor use"),
        chart("NetworkIn", "Sum", "Bytes", "Network received"),
        chart("NetworkOut", "Sum", "Bytes", "Network sent"),
        chart("NetworkPacketsIn", "Sum", "Count", "Packets received"),
        chart("NetworkPacketsOut", "Sum", "Count", "Packets sent"),
        chart("DiskReadBytes", "Sum", "Bytes", "Disk read"),
        chart("DiskWriteBytes", "Sum", "Bytes", "Disk written"),
        chart("DiskReadOps", "Sum", "Count", "Disk read operations"),
        chart("DiskWriteOps", "Sum", "Count", "Disk write operations"),
        chart("StatusCheckFailed", "Maximum", "Count", "Failed status checks"),
    ],
};

/// <https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html>
static VOLUME: Measured = Measured {
    namespace: "AWS/EBS",
    dimension: "VolumeId",
    charts: &[
        chart("VolumeReadBytes", "Sum", "Bytes", "Read"),
        chart("VolumeWriteBytes", "Sum", "Bytes", "Written"),
        chart("VolumeReadOps", "Sum", "Count", "Read operations"),
        chart("VolumeWriteOps", "Sum", "Count", "Write operations"),
        chart("VolumeQueueLength", "Average", "Count", "Operations waiting"),
        chart("VolumeIdleTime", "Sum", "Seconds", "Time idle"),
        chart("VolumeReadBytes", "Average", "Bytes", "Size of a read"),
        chart("VolumeWriteBytes", "Average", "Bytes", "Size of a write"),
        chart("VolumeTotalReadTime", "Average", "Seconds", "Time of a read"),
        chart("VolumeTotalWriteTime", "Average", "Seconds", "Time of a write"),
    ],
};

/// What is measured of this kind; `None` where nothing is.
pub const fn measured(kind: Kind) -> Option<&'static Measured> {
    match kind {
        Kind::Instance => Some(&INSTANCE),
        Kind::Volume => Some(&VOLUME),
        _ => None,
    }
}

/// How far back a chart goes, and how much a point stands for, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    pub range: u32,
    pub period: u32,
}

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;

impl Window {
    /// The ranges to choose from.
    pub const RANGES: &'static [u32] = &[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY];
    /// The periods to choose from.
    pub const PERIODS: &'static [u32] = &[MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY];
    /// More points than this GetMetricStatistics does not give.
    pub const MOST_POINTS: u32 = 1440;

    /// The range with the finest period at which its curve can still be read.
    pub fn of(range: u32, detailed: bool) -> Self {
        let least = if detailed { MINUTE } else { 5 * MINUTE };
        let fits = |period: u32| period >= least && range / period <= 300;
        let period = Self::PERIODS.iter().copied().find(|period| fits(*period)).unwrap_or(DAY);
        Self { range, period }
    }

    /// The periods that make a curve of this range: two points at least, and no more than the cloud gives.
    pub fn periods(range: u32) -> impl Iterator<Item = u32> {
        Self::PERIODS.iter().copied().filter(move |period| Self { range, period: *period }.check().is_empty())
    }

    pub fn check(self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if !Self::RANGES.contains(&self.range) {
            errors.insert("range".into(), "This is none of the ranges.".into());
        } else if self.period == 0 || !self.period.is_multiple_of(MINUTE) {
            errors.insert("period".into(), "A period is a number of whole minutes.".into());
        } else if !(2..=Self::MOST_POINTS).contains(&(self.range / self.period)) {
            errors.insert("period".into(), "This period does not fit the range.".into());
        }
        errors
    }

    /// From when until when: whole periods, the last one still under way.
    pub fn span(self, now: Timestamp) -> (Timestamp, Timestamp) {
        let period = i64::from(self.period);
        let end = (now.div_euclid(period) + 1) * period;
        (end - i64::from(self.range), end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_range_has_a_period_of_its_own_and_others_to_choose() {
        for &range in Window::RANGES {
            for detailed in [false, true] {
                let window = Window::of(range, detailed);
                assert!(window.check().is_empty(), "{window:?}");
                assert!(Window::periods(range).any(|period| period == window.period), "{window:?}");
            }
        }
        assert_eq!(Window::of(HOUR, true).period, MINUTE);
        assert_eq!(Window::of(HOUR, false).period, 5 * MINUTE);
        assert_eq!(Window::of(14 * DAY, true).period, 6 * HOUR);
    }

    #[test]
    fn what_gives_no_curve_or_too_much_of_one_is_refused() {
        for (range, period) in [(HOUR, 0), (HOUR, 90), (HOUR, HOUR), (7 * DAY, MINUTE), (5, MINUTE)] {
            assert!(!Window { range, period }.check().is_empty(), "{range} by {period}");
        }
    }

    #[test]
    fn a_window_is_of_whole_periods_and_holds_this_moment() {
        let window = Window { range: HOUR, period: 5 * MINUTE };
        let (start, end) = window.span(1_000_000_123);
        assert_eq!((start % 300, end - start), (0, 3600));
        assert!(start < 1_000_000_123 && 1_000_000_123 < end && end - 1_000_000_123 <= 300);
    }

    #[test]
    fn a_chart_is_drawn_once() {
        for measured in [&INSTANCE, &VOLUME] {
            let mut seen: Vec<_> = measured.charts.iter().map(|chart| (chart.metric, chart.statistic)).collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!((seen.len(), measured.charts.len()), (10, 10));
        }
    }
}
