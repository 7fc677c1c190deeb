//! Metrics: asked for in one call where the cloud has it, in one per chart where it is older.

use api::{
    error::ErrorCode,
    kind::Kind,
    metric::{Point, Window},
};
use cloud::metrics;

use crate::recorded::{Recorded, asked, lines};

const WINDOW: Window = Window { range: 3600, period: 300 };
const NOW: i64 = 1_700_000_123;

const DATA: &str = r#"<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
  <GetMetricDataResult>
    <MetricDataResults>
      <member>
        <Id>m0</Id><Label>CPUUtilization</Label><StatusCode>Complete</StatusCode>
        <Timestamps><member>2023-11-14T22:10:00Z</member><member>2023-11-14T22:05:00Z</member></Timestamps>
        <Values><member>12.5</member><member>3</member></Values>
      </member>
      <member><Id>m9</Id><Label>StatusCheckFailed</Label><StatusCode>Complete</StatusCode><Timestamps/><Values/></member>
    </MetricDataResults>
  </GetMetricDataResult>
  <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
</GetMetricDataResponse>"#;

#[tokio::test]
async fn all_charts_come_of_one_call_by_query() {
    let (cloud, log) = Recorded::new().answer("GetMetricData", DATA).cloud();
    let series = metrics(&cloud, Kind::Instance, "i-1", WINDOW, NOW).await.unwrap().series;
    assert_eq!(series.len(), 10);
    let first = &series[0];
    assert_eq!((first.metric.as_str(), first.statistic.as_str(), first.unit.as_str()), ("CPUUtilization", "Average", "Percent"));
    assert_eq!(first.points, [Point { at: 1_699_999_500, value: 3.0 }, Point { at: 1_699_999_800, value: 12.5 }]);
    assert!(series[1..].iter().all(|series| series.points.is_empty()));

    let log = log.lock().unwrap();
    let asked = &log[0];
    assert_eq!((asked.version.as_str(), asked.host.as_str()), ("2010-08-01", "cloudwatch.us-east-1.cloud.example"));
    assert!(asked.authorization.contains("/us-east-1/monitoring/aws4_request"), "{}", asked.authorization);
    let lines = lines(&asked.params);
    for line in [
        "StartTime=2023-11-14T21:20:00Z",
        "EndTime=2023-11-14T22:20:00Z",
        "MetricDataQueries.member.1.Id=m0",
        "MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS/EC2",
        "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=InstanceId",
        "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=i-1",
        "MetricDataQueries.member.1.MetricStat.Period=300",
        "MetricDataQueries.member.1.MetricStat.Stat=Average",
    ] {
        assert!(lines.iter().any(|own| own == line), "{line} is not in {lines:?}");
    }
}

/// Eucalyptus answers in its own namespace, and its points come in any order.
const STATISTICS: &str = r#"<GetMetricStatisticsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
  <GetMetricStatisticsResult>
    <Datapoints>
      <member><Timestamp>2023-11-14T22:10:00Z</Timestamp><Unit>Percent</Unit><Average>12.5</Average><Sum>2</Sum><Maximum>1</Maximum></member>
      <member><Timestamp>2023-11-14T22:05:00Z</Timestamp><Unit>Percent</Unit><Average>3</Average><Sum>4</Sum><Maximum>1</Maximum></member>
    </Datapoints>
    <Label>CPUUtilization</Label>
  </GetMetricStatisticsResult>
  <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
</GetMetricStatisticsResponse>"#;

#[tokio::test]
async fn an_older_cloud_is_asked_chart_by_chart() {
    let mut recorded = Recorded::new().refuse("GetMetricData", 400, "InvalidAction", "The action GetMetricData is not valid.");
    for _ in 0..10 {
        recorded = recorded.answer("GetMetricStatistics", STATISTICS);
    }
    let (cloud, log) = recorded.cloud();
    let series = metrics(&cloud, Kind::Volume, "vol-1", WINDOW, NOW).await.unwrap().series;
    assert_eq!(series.len(), 10);
    // By time, and each chart by its own statistic.
    let values = |number: usize| series[number].points.iter().map(|point| point.value).collect::<Vec<_>>();
    assert_eq!((series[0].statistic.as_str(), values(0)), ("Sum", vec![4.0, 2.0]));
    assert_eq!((series[4].statistic.as_str(), values(4)), ("Average", vec![3.0, 12.5]));
    let asked = asked(&log, "GetMetricStatistics");
    let expected = [
        "Dimensions.member.1.Name=VolumeId",
        "Dimensions.member.1.Value=vol-1",
        "EndTime=2023-11-14T22:20:00Z",
        "MetricName=VolumeReadBytes",
        "Namespace=AWS/EBS",
        "Period=300",
        "StartTime=2023-11-14T21:20:00Z",
        "Statistics.member.1=Sum",
    ];
    assert_eq!(lines(&asked[0]), expected);
}

#[tokio::test]
async fn a_refusal_is_no_reason_to_ask_ten_times() {
    let (cloud, _) =
        Recorded::new().refuse("GetMetricData", 403, "AccessDenied", "not authorized to perform: cloudwatch:GetMetricData").cloud();
    let error = metrics(&cloud, Kind::Instance, "i-1", WINDOW, NOW).await.unwrap_err();
    assert_eq!((error.code, error.operation.as_deref()), (ErrorCode::Forbidden, Some("cloudwatch:GetMetricData")));
    let (cloud, log) = Recorded::new().cloud();
    assert_eq!(metrics(&cloud, Kind::KeyPair, "k", WINDOW, NOW).await.unwrap_err().code, ErrorCode::NotFound);
    assert!(log.lock().unwrap().is_empty());
}
