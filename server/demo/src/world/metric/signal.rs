//! Curves that look like those of machines at work: a level of their own, a day's ups and downs, bursts. Made of an id and a time alone.

use std::f64::consts::TAU;

use crate::{
    clock::{DAY, HOUR, MINUTE, Millis},
    world::metric::Sample,
};

/// What an instance measures, with the units.
pub const INSTANCE: &[(&str, &str)] = &[
    ("CPUUtilization", "Percent"),
    ("DiskReadBytes", "Bytes"),
    ("DiskReadOps", "Count"),
    ("DiskWriteBytes", "Bytes"),
    ("DiskWriteOps", "Count"),
    ("NetworkIn", "Bytes"),
    ("NetworkOut", "Bytes"),
    ("NetworkPacketsIn", "Count"),
    ("NetworkPacketsOut", "Count"),
    ("StatusCheckFailed", "Count"),
    ("StatusCheckFailed_Instance", "Count"),
    ("StatusCheckFailed_System", "Count"),
];

/// What an attached volume measures.
pub const VOLUME: &[(&str, &str)] = &[
    ("VolumeIdleTime", "Seconds"),
    ("VolumeQueueLength", "Count"),
    ("VolumeReadBytes", "Bytes"),
    ("VolumeReadOps", "Count"),
    ("VolumeTotalReadTime", "Seconds"),
    ("VolumeTotalWriteTime", "Seconds"),
    ("VolumeWriteBytes", "Bytes"),
    ("VolumeWriteOps", "Count"),
];

/// Bytes of a packet, of a disk operation, and seconds of one.
const PACKET: f64 = 900.0;
const READ: f64 = 16_384.0;
const WRITE: f64 = 24_576.0;
const SECONDS_PER_OPERATION: f64 = 0.0008;

/// What a metric of this thing measured in the `step` that begins at `at`.
pub fn sample(metric: &str, id: &str, at: Millis, step: Millis) -> Sample {
    let curve = Curve::new(id);
    let seconds = float(step) / 1000.0;
    let (busy, read, write) = (curve.busy(at), curve.flow(at, 1), curve.flow(at, 2));
    let rate = |bytes_per_second: f64| Sample::of(at, (bytes_per_second * seconds).round());
    let operations = |bytes_per_second: f64, size: f64| (bytes_per_second * seconds / size).ceil();
    // Of each operation one, so that the average is that of an operation.
    let each = |count: f64, one: f64| Sample { at, sum: (count * one * 1e6).round() / 1e6, count: count.max(1.0), least: one, most: one };
    match metric {
        "CPUUtilization" => Sample::of(at, (busy * 1000.0).round() / 10.0),
        "NetworkIn" => rate(busy * 400_000.0 + 2_000.0),
        "NetworkOut" => rate(busy * 900_000.0 + 3_000.0),
        "NetworkPacketsIn" => rate((busy * 400_000.0 + 2_000.0) / PACKET),
        "NetworkPacketsOut" => rate((busy * 900_000.0 + 3_000.0) / PACKET),
        "DiskReadBytes" => rate(read),
        "DiskWriteBytes" => rate(write),
        "DiskReadOps" => Sample::of(at, operations(read, READ)),
        "DiskWriteOps" => Sample::of(at, operations(write, WRITE)),
        "VolumeReadBytes" => each(operations(read, READ), READ),
        "VolumeWriteBytes" => each(operations(write, WRITE), WRITE),
        "VolumeReadOps" => Sample::of(at, operations(read, READ)),
        "VolumeWriteOps" => Sample::of(at, operations(write, WRITE)),
        "VolumeTotalReadTime" => each(operations(read, READ), SECONDS_PER_OPERATION * (1.0 + busy)),
        "VolumeTotalWriteTime" => each(operations(write, WRITE), SECONDS_PER_OPERATION * (1.5 + busy)),
        "VolumeQueueLength" => Sample::of(at, (busy * 200.0).round() / 100.0),
        "VolumeIdleTime" => Sample::of(at, (seconds * (1.0 - busy * 0.6)).round()),
        // Status checks that pass.
        _ => Sample::of(at, 0.0),
    }
}

/// What is particular to one thing.
struct Curve {
    seed: u64,
    level: f64,
    swing: f64,
}

impl Curve {
    fn new(id: &str) -> Self {
        let seed = id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self { seed, level: 0.06 + 0.4 * unit(seed, 0), swing: 0.2 + 0.5 * unit(seed, 1) }
    }

    /// How busy it is, from 0 to 1.
    fn busy(&self, at: Millis) -> f64 {
        let day = (TAU * (float(at.rem_euclid(DAY)) / float(DAY) - 0.35)).sin();
        let drift = noise(self.seed, at, 3 * HOUR) - 0.5;
        let jitter = noise(self.seed ^ 1, at, 4 * MINUTE) - 0.5;
        let burst = (noise(self.seed ^ 2, at, 40 * MINUTE) - 0.82).max(0.0) * 2.5;
        (self.level * (1.0 + self.swing * day + 0.6 * drift + 0.35 * jitter) + burst).clamp(0.003, 0.995)
    }

    /// Bytes a second to or from disk: mostly little, now and then much.
    fn flow(&self, at: Millis, which: u64) -> f64 {
        let steady = noise(self.seed ^ (which << 8), at, 20 * MINUTE);
        let burst = (noise(self.seed ^ (which << 16), at, 90 * MINUTE) - 0.7).max(0.0) * 12.0;
        30_000.0 * self.level * (0.3 + steady + burst)
    }
}

/// A smooth curve through random values, one every `scale`.
fn noise(seed: u64, at: Millis, scale: Millis) -> f64 {
    let knot = at.div_euclid(scale);
    let between = float(at.rem_euclid(scale)) / float(scale);
    let (from, to) = (unit(seed, knot), unit(seed, knot + 1));
    from + (to - from) * between * between * (3.0 - 2.0 * between)
}

/// A random number from 0 to 1.
fn unit(seed: u64, number: i64) -> f64 {
    // SplitMix64. <https://prng.di.unimi.it/splitmix64.c>
    let mut bits = seed.wrapping_add(number.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    float(((bits ^ (bits >> 31)) >> 32).cast_signed()) / f64::from(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "times of day and halves of hashes stay far below 2^53")]
const fn float(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_measured_whoever_asks_and_things_differ() {
        let at = 1_700_000_000_000;
        assert_eq!(sample("CPUUtilization", "i-1", at, MINUTE), sample("CPUUtilization", "i-1", at, MINUTE));
        assert_ne!(sample("CPUUtilization", "i-1", at, MINUTE).sum, sample("CPUUtilization", "i-2", at, MINUTE).sum);
    }

    #[test]
    fn measures_move_and_stay_what_they_can_be() {
        for id in ["i-1", "i-2", "vol-3"] {
            for (metric, unit) in INSTANCE.iter().chain(VOLUME) {
                let values: Vec<_> = (0..500).map(|n| sample(metric, id, n * 5 * MINUTE, 5 * MINUTE)).collect();
                assert!(values.iter().all(|sample| sample.sum >= 0.0 && sample.count >= 1.0), "{metric}");
                if *unit == "Percent" {
                    assert!(values.iter().all(|sample| sample.sum <= 100.0), "{metric}");
                }
                let moves = values.iter().any(|sample| (sample.sum - values[0].sum).abs() > f64::EPSILON);
                assert_eq!(moves, !metric.starts_with("StatusCheck"), "{metric}");
            }
        }
    }

    #[test]
    fn the_average_of_bytes_is_the_size_of_an_operation() {
        let sample = sample("VolumeReadBytes", "vol-1", 0, 5 * MINUTE);
        let size = sample.statistic("Average").unwrap();
        assert!((size - READ).abs() < 0.01, "{size}");
    }
}
