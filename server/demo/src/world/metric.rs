//! What is measured: what was put here, and what instances and volumes measure by themselves.
//!
//! The latter is kept nowhere. It is made anew from the id and the minute whenever somebody asks, so that two who ask see the same, and a
//! hundred thousand instances weigh nothing.

mod signal;

use std::collections::BTreeMap;

use crate::{
    clock::{DAY, MINUTE, Millis},
    world::{
        World,
        instance::{Instance, State},
        volume::Volume,
    },
};

/// What identifies a metric. Dimensions are in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Metric {
    pub namespace: String,
    pub name: String,
    pub dimensions: Vec<(String, String)>,
}

/// One observation, or several of the same moment taken together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub at: Millis,
    pub sum: f64,
    pub count: f64,
    pub least: f64,
    pub most: f64,
}

impl Sample {
    pub const fn of(at: Millis, value: f64) -> Self {
        Self { at, sum: value, count: 1.0, least: value, most: value }
    }

    /// Both in one, dated as this one.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (sum, count) = (self.sum + other.sum, self.count + other.count);
        Self { at: self.at, sum, count, least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    pub fn statistic(&self, name: &str) -> Option<f64> {
        Some(match name {
            "Average" => self.sum / self.count,
            "Sum" => self.sum,
            "Minimum" => self.least,
            "Maximum" => self.most,
            "SampleCount" => self.count,
            _ => return None,
        })
    }
}

pub const STATISTICS: [&str; 5] = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"];

/// As many samples as one account can put into a region; the oldest of a metric make room for its newest.
const MOST: usize = 50_000;

/// What was put here.
#[derive(Default)]
pub struct Metrics {
    rows: BTreeMap<Metric, (String, Vec<Sample>)>,
    samples: usize,
}

impl Metrics {
    /// Keeps a sample; `false` where there is no room for more.
    pub fn put(&mut self, metric: Metric, unit: &str, sample: Sample) -> bool {
        if self.samples >= MOST {
            return false;
        }
        let (_, samples) = self.rows.entry(metric).or_insert_with(|| (unit.to_owned(), vec![]));
        let place = samples.partition_point(|other| other.at <= sample.at);
        samples.insert(place, sample);
        self.samples += 1;
        true
    }
}

/// The namespace, the dimension and the metrics of what measures by itself, with their units.
type Own = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
const EC2: Own = ("AWS/EC2", "InstanceId", signal::INSTANCE);
const EBS: Own = ("AWS/EBS", "VolumeId", signal::VOLUME);

/// Every metric of the last two weeks.
pub fn all(world: &World) -> impl Iterator<Item = Metric> {
    let ids = |(namespace, dimension, metrics): Own, ids: Vec<&str>| {
        let metric = move |id: String| {
            metrics.iter().map(move |(name, _)| Metric {
                namespace: namespace.to_owned(),
                name: (*name).to_owned(),
                dimensions: vec![(dimension.to_owned(), id.clone())],
            })
        };
        ids.into_iter().map(str::to_owned).flat_map(metric).collect::<Vec<_>>()
    };
    let instances = world.instances.iter().filter(|(_, row)| row.state != State::Pending).map(|(id, _)| &**id).collect();
    let volumes = world.volumes.iter().filter(|(_, row)| row.instance.is_some()).map(|(id, _)| &**id).collect();
    let own = [ids(EBS, volumes), ids(EC2, instances)];
    own.into_iter().flatten().chain(world.metrics.rows.keys().cloned())
}

/// What a metric measured from a moment until before another, with its unit.
pub fn samples(world: &World, metric: &Metric, from: Millis, until: Millis) -> (String, Vec<Sample>) {
    if let Some((unit, samples)) = world.metrics.rows.get(metric) {
        let within = samples.iter().filter(|sample| (from..until).contains(&sample.at)).copied();
        return (unit.clone(), within.collect());
    }
    let [(dimension, id)] = metric.dimensions.as_slice() else { return Default::default() };
    let is = |own: Own| own.0 == metric.namespace && own.1 == dimension;
    let unit = |metrics: &[(&str, &str)]| metrics.iter().find(|(name, _)| *name == metric.name).map(|(_, unit)| (*unit).to_owned());
    if is(EC2)
        && let (Some(instance), Some(unit)) = (world.instances.get(id.as_str()), unit(EC2.2))
    {
        // Status checks come by the minute for everybody.
        let step = if instance.monitoring || metric.name.starts_with("StatusCheck") { MINUTE } else { 5 * MINUTE };
        return (unit, own(&metric.name, id, life(instance, world.now), step, from..until));
    }
    if is(EBS)
        && let (Some(volume), Some(unit)) = (world.volumes.get(id.as_str()), unit(EBS.2))
        && let Some(life) = life_of_volume(volume, world)
    {
        return (unit, own(&metric.name, id, life, 5 * MINUTE, from..until));
    }
    Default::default()
}

/// From when until when an instance ran, as far as is known.
fn life(instance: &Instance, now: Millis) -> (Millis, Millis) {
    let until = match instance.state {
        State::Running => now,
        State::Pending => instance.launched_at,
        _ => instance.since,
    };
    (instance.launched_at, until)
}

fn life_of_volume(volume: &Volume, world: &World) -> Option<(Millis, Millis)> {
    let instance = world.instances.get(volume.instance.as_ref()?)?;
    Some(life(instance, world.now))
}

/// What is measured every `step`, while it lived, in the window, and not longer ago than it is kept.
fn own(name: &str, id: &str, (born, died): (Millis, Millis), step: Millis, window: std::ops::Range<Millis>) -> Vec<Sample> {
    let first = window.start.max(born).max(died - 15 * DAY).div_euclid(step) * step;
    let first = if first < window.start.max(born) { first + step } else { first };
    let until = window.end.min(died);
    let mut samples = vec![];
    let mut at = first;
    while at + step <= until {
        samples.push(signal::sample(name, id, at, step));
        at += step;
    }
    samples
}
