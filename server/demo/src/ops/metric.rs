//! CloudWatch: metrics listed, read and put. No alarms.

mod expression;

use std::collections::{BTreeMap, HashMap};

use self::expression::Points;
use crate::{
    clock::{self, Millis, SECOND, iso},
    ops::{Call, Reply},
    protocol::{
        params::Scope,
        refusal::Refusal,
        value::{Value, map},
    },
    world::{
        World,
        metric::{self, Metric, STATISTICS, Sample},
    },
};

/// What GetMetricStatistics gives at most.
const MOST_POINTS: i64 = 1440;
const MOST_QUERIES: usize = 500;
/// How many metrics a page of ListMetrics has.
const PAGE: usize = 500;

pub fn list(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (namespace, name) = (scope.text("Namespace"), scope.text("MetricName"));
    let wanted: Vec<_> = scope.structures("Dimensions").iter().map(|pair| (pair.text("Name"), pair.text("Value"))).collect();
    let has = |metric: &Metric, (name, value): &(Option<&str>, Option<&str>)| {
        metric.dimensions.iter().any(|(key, own)| Some(key.as_str()) == *name && value.is_none_or(|value| value == own))
    };
    let is_wanted = |metric: &Metric| {
        namespace.is_none_or(|wanted| wanted == metric.namespace)
            && name.is_none_or(|wanted| wanted == metric.name)
            && wanted.iter().all(|pair| has(metric, pair))
    };
    let start = match scope.text("NextToken") {
        None => 0,
        Some(token) => token.parse::<usize>().map_err(|_| Refusal::invalid_value("NextToken", token, ""))?,
    };
    let mut rest = metric::all(call.world).filter(is_wanted).skip(start);
    let rows: Vec<_> = rest.by_ref().take(PAGE).map(|metric| show(&metric)).collect();
    let next = rest.next().map(|_| start + PAGE);
    Ok(map! { "Metrics" => rows, "NextToken" => next })
}

fn show(metric: &Metric) -> Value {
    let dimensions = metric.dimensions.iter().map(|(name, value)| map! { "Name" => name, "Value" => value });
    map! { "Namespace" => &metric.namespace, "MetricName" => &metric.name, "Dimensions" => Value::list(dimensions) }
}

/// The metric that a structure names.
fn named(scope: &Scope<'_>) -> Result<Metric, Refusal> {
    within(scope.require("Namespace")?, scope)
}

/// The same where the namespace stands elsewhere.
fn within(namespace: &str, scope: &Scope<'_>) -> Result<Metric, Refusal> {
    let pair = |pair: &Scope<'_>| Ok((pair.require("Name")?.to_owned(), pair.require("Value")?.to_owned()));
    let mut dimensions = scope.structures("Dimensions").iter().map(pair).collect::<Result<Vec<_>, Refusal>>()?;
    dimensions.sort_unstable();
    Ok(Metric { namespace: namespace.to_owned(), name: scope.require("MetricName")?.to_owned(), dimensions })
}

/// From when until when, in whole periods.
struct Window {
    start: Millis,
    end: Millis,
    period: Millis,
}

impl Window {
    fn read(scope: &Scope<'_>, period: &Scope<'_>) -> Result<Self, Refusal> {
        let (start, end) = (moment(scope, "StartTime")?, moment(scope, "EndTime")?);
        if start >= end {
            let message = "The parameter StartTime must be less than the parameter EndTime.";
            return Err(Refusal::new("InvalidParameterValue", message));
        }
        period.require("Period")?;
        let seconds = period.number::<i64>("Period")?.unwrap_or_default();
        if seconds < 60 || seconds % 60 != 0 {
            let message = "The parameter Period must be a multiple of 60 and at least 60.";
            return Err(Refusal::new("InvalidParameterValue", message));
        }
        let period = seconds * SECOND;
        Ok(Self { start: start.div_euclid(period) * period, end, period })
    }

    /// The points of a metric, by time, with its unit.
    fn points(&self, world: &World, metric: &Metric) -> (String, BTreeMap<Millis, Sample>) {
        let (unit, samples) = metric::samples(world, metric, self.start, self.end);
        let mut points: BTreeMap<Millis, Sample> = BTreeMap::new();
        for sample in samples {
            let at = sample.at.div_euclid(self.period) * self.period;
            points.entry(at).and_modify(|point| *point = point.with(sample)).or_insert(sample);
        }
        (unit, points)
    }
}

fn moment(scope: &Scope<'_>, name: &str) -> Result<Millis, Refusal> {
    let text = scope.require(name)?;
    clock::parse(text).ok_or_else(|| Refusal::invalid_value(name, text, "It is no moment of ISO 8601."))
}

fn known_statistic(name: &str) -> Result<&str, Refusal> {
    if STATISTICS.contains(&name) {
        Ok(name)
    } else {
        Err(Refusal::invalid_value("Statistics", name, "The demo cloud has no percentiles."))
    }
}

pub fn get_statistics(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let (metric, window) = (named(&scope)?, Window::read(&scope, &scope)?);
    let statistics = scope.list("Statistics").into_iter().map(known_statistic).collect::<Result<Vec<_>, _>>()?;
    if statistics.is_empty() {
        return Err(Refusal::missing("Statistics"));
    }
    let most = (window.end - window.start) / window.period;
    if most > MOST_POINTS {
        let message = format!(
            "You have requested up to {most} datapoints, which exceeds the limit of {MOST_POINTS}. You may reduce the datapoints requested by \
             increasing Period, or decreasing the time range."
        );
        return Err(Refusal::new("InvalidParameterCombination", message));
    }
    let (unit, points) = window.points(call.world, &metric);
    let point = |(at, sample): (&Millis, &Sample)| {
        let asked = |name: &str| statistics.contains(&name).then(|| sample.statistic(name)).flatten();
        map! {
            "Timestamp" => iso(*at),
            "Average" => asked("Average"),
            "Sum" => asked("Sum"),
            "Minimum" => asked("Minimum"),
            "Maximum" => asked("Maximum"),
            "SampleCount" => asked("SampleCount"),
            "Unit" => &unit,
        }
    };
    Ok(map! { "Label" => &metric.name, "Datapoints" => Value::list(points.iter().map(point)) })
}

pub fn get_data(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let queries = scope.structures("MetricDataQueries");
    if queries.is_empty() {
        return Err(Refusal::new("MissingParameter", "The parameter MetricDataQueries is required."));
    }
    if queries.len() > MOST_QUERIES {
        let message = format!("The collection MetricDataQueries must not have a size greater than {MOST_QUERIES}.");
        return Err(Refusal::new("ValidationError", message));
    }
    let ascending = match scope.text("ScanBy") {
        None | Some("TimestampDescending") => false,
        Some("TimestampAscending") => true,
        Some(other) => return Err(Refusal::invalid_value("ScanBy", other, "")),
    };
    let mut known: HashMap<String, Points> = HashMap::new();
    // Metrics first: an expression may stand before what it is of.
    for query in queries.iter().filter(|query| query.text("Expression").is_none()) {
        let stat = query.structure("MetricStat");
        let metric = named(&stat.structure("Metric"))?;
        let statistic = known_statistic(stat.require("Stat")?)?;
        let (_, points) = Window::read(&scope, &stat)?.points(call.world, &metric);
        let points = points.iter().filter_map(|(at, sample)| Some((*at, sample.statistic(statistic)?))).collect();
        known.insert(query.require("Id")?.to_owned(), points);
    }
    let mut results = vec![];
    for query in &queries {
        let id = query.require("Id")?;
        if let Some(text) = query.text("Expression") {
            let points = expression::evaluate(text, &known).ok_or_else(|| {
                Refusal::new("ValidationError", format!("Error in expression '{id}': it is none that the demo cloud knows."))
            })?;
            known.insert(id.to_owned(), points);
        }
        if query.flag("ReturnData")? == Some(false) {
            continue;
        }
        let mut points: Vec<_> = known[id].iter().collect();
        if !ascending {
            points.reverse();
        }
        let own = query.structure("MetricStat").structure("Metric").text("MetricName");
        results.push(map! {
            "Id" => id,
            "Label" => query.text("Label").or(own).unwrap_or(id),
            "Timestamps" => Value::list(points.iter().map(|(at, _)| iso(**at))),
            "Values" => Value::list(points.iter().map(|(_, value)| **value)),
            "StatusCode" => "Complete",
        });
    }
    Ok(map! { "MetricDataResults" => results, "Messages" => vec![] })
}

pub fn put(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let namespace = scope.require("Namespace")?;
    if namespace.starts_with("AWS/") {
        return Err(Refusal::invalid_value("Namespace", namespace, "The namespaces of AWS are reserved."));
    }
    let rows = scope.structures("MetricData");
    if rows.is_empty() {
        return Err(Refusal::missing("MetricData"));
    }
    for row in rows {
        let metric = within(namespace, &row)?;
        let at = row.text("Timestamp").map_or(Ok(call.world.now), |_| moment(&row, "Timestamp"))?;
        let set = row.structure("StatisticValues");
        let sample = match (row.number::<f64>("Value")?, set.number::<f64>("Sum")?) {
            (Some(value), _) => Sample::of(at, value),
            (None, Some(sum)) => Sample {
                at,
                sum,
                count: set.number("SampleCount")?.ok_or_else(|| Refusal::missing("SampleCount"))?,
                least: set.number("Minimum")?.ok_or_else(|| Refusal::missing("Minimum"))?,
                most: set.number("Maximum")?.ok_or_else(|| Refusal::missing("Maximum"))?,
            },
            (None, None) => return Err(Refusal::missing("Value")),
        };
        if !call.world.metrics.put(metric, row.text("Unit").unwrap_or("None"), sample) {
            return Err(Refusal::new("LimitExceeded", "The demo cloud keeps no more samples of this account in this region."));
        }
    }
    Ok(Value::Absent)
}
