//! Metrics: one call for all charts of a resource, or one call each where the cloud is older than `GetMetricData`, as Eucalyptus is.

use api::{
    Timestamp,
    error::{ApiError, ErrorCode},
    kind::Kind,
    metric::{Chart, Measured, Metrics, Point, Series, Window, measured},
};
use aws_sdk_cloudwatch::types::{
    Datapoint, Dimension, Metric, MetricDataQuery, MetricDataResult, MetricStat, ScanBy, Statistic, StatusCode,
};
use aws_smithy_types::DateTime;
use futures::{StreamExt, TryStreamExt, stream};

use crate::{Cloud, error::failed};

const DATA: &str = "cloudwatch:GetMetricData";
const STATISTICS: &str = "cloudwatch:GetMetricStatistics";
/// How many calls are under way at once where each chart takes one.
const AT_ONCE: usize = 4;

/// What is asked for.
struct Question<'a> {
    measured: &'static Measured,
    id: &'a str,
    window: Window,
    start: DateTime,
    end: DateTime,
}

/// The charts of a resource over a window that ends now.
pub async fn metrics(cloud: &Cloud, kind: Kind, id: &str, window: Window, now: Timestamp) -> Result<Metrics, ApiError> {
    let Some(measured) = measured(kind) else {
        return Err(ApiError::new(ErrorCode::NotFound, "Nothing is measured of this kind."));
    };
    let (start, end) = window.span(now);
    let question = Question { measured, id, window, start: DateTime::from_secs(start), end: DateTime::from_secs(end) };
    let series = match question.data(cloud).await {
        Err(error) if error.code == ErrorCode::Unsupported => question.statistics(cloud).await,
        answer => answer,
    }?;
    Ok(Metrics { start, end, series })
}

impl Question<'_> {
    fn dimension(&self) -> Dimension {
        Dimension::builder().name(self.measured.dimension).value(self.id).build()
    }

    fn series(&self, chart: &Chart, mut points: Vec<Point>) -> Series {
        points.sort_by_key(|point| point.at);
        Series {
            metric: chart.metric.to_owned(),
            statistic: chart.statistic.to_owned(),
            unit: chart.unit.to_owned(),
            period: self.window.period,
            points,
        }
    }

    async fn data(&self, cloud: &Cloud) -> Result<Vec<Series>, ApiError> {
        let query = |(number, chart): (usize, &Chart)| {
            let metric = Metric::builder().namespace(self.measured.namespace).metric_name(chart.metric).dimensions(self.dimension());
            let stat = MetricStat::builder().metric(metric.build()).period(self.seconds()).stat(chart.statistic).build();
            MetricDataQuery::builder().id(query_id(number)).metric_stat(stat).build()
        };
        let queries = self.measured.charts.iter().enumerate().map(query).collect();
        let call = cloud.cloudwatch()?.get_metric_data().set_metric_data_queries(Some(queries));
        let call = call.start_time(self.start).end_time(self.end).scan_by(ScanBy::TimestampAscending);
        let mut points = vec![vec![]; self.measured.charts.len()];
        let mut pages = call.into_paginator().send();
        while let Some(page) = pages.next().await {
            for result in page.map_err(failed(DATA))?.metric_data_results.unwrap_or_default() {
                let number = (0..points.len()).find(|number| result.id.as_deref() == Some(&query_id(*number)));
                if let Some(number) = number {
                    points[number].extend(measurements(result)?);
                }
            }
        }
        Ok(self.measured.charts.iter().zip(points).map(|(chart, points)| self.series(chart, points)).collect())
    }

    async fn statistics(&self, cloud: &Cloud) -> Result<Vec<Series>, ApiError> {
        let client = cloud.cloudwatch()?;
        let ask = async |chart: &Chart| {
            let call = client.get_metric_statistics().namespace(self.measured.namespace).metric_name(chart.metric);
            let call = call.dimensions(self.dimension()).statistics(Statistic::from(chart.statistic)).period(self.seconds());
            let answer = call.start_time(self.start).end_time(self.end).send().await.map_err(failed(STATISTICS))?;
            let points = answer.datapoints.unwrap_or_default().iter().filter_map(|point| measurement(point, chart.statistic)).collect();
            Ok(self.series(chart, points))
        };
        stream::iter(self.measured.charts).map(ask).buffered(AT_ONCE).try_collect().await
    }

    fn seconds(&self) -> i32 {
        i32::try_from(self.window.period).unwrap_or(i32::MAX)
    }
}

/// An id begins with a lower-case letter.
fn query_id(number: usize) -> String {
    format!("m{number}")
}

fn measurements(result: MetricDataResult) -> Result<impl Iterator<Item = Point>, ApiError> {
    // Anything but these is a result, if only a part of it.
    if let Some(status @ (StatusCode::Forbidden | StatusCode::InternalError)) = result.status_code {
        let code = if status == StatusCode::Forbidden { ErrorCode::Forbidden } else { ErrorCode::CloudFailure };
        let said = result.messages.unwrap_or_default().into_iter().find_map(|message| message.value);
        let said = said.unwrap_or_else(|| "The cloud could not read this metric.".to_owned());
        return Err(ApiError { operation: Some(DATA.to_owned()), ..ApiError::new(code, said) });
    }
    let times = result.timestamps.unwrap_or_default();
    Ok(times.into_iter().zip(result.values.unwrap_or_default()).map(|(at, value)| Point { at: at.secs(), value }))
}

fn measurement(point: &Datapoint, statistic: &str) -> Option<Point> {
    let value = match statistic {
        "Average" => point.average,
        "Sum" => point.sum,
        "Maximum" => point.maximum,
        "Minimum" => point.minimum,
        _ => point.sample_count,
    }?;
    Some(Point { at: point.timestamp.as_ref()?.secs(), value })
}
