//! Metrics of the demo cloud's instances and volumes, as the charts get them.

use std::time::{SystemTime, UNIX_EPOCH};

use api::{
    instance::Instance,
    kind::Kind,
    metric::{Series, Window},
    session::DemoOptions,
    volume::Volume,
};
use cloud::metrics;

use crate::{Demo, every};

const HOUR: Window = Window { range: 3600, period: 60 };

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// How many seconds lie between points.
fn step(series: &Series) -> Option<i64> {
    series.points.windows(2).map(|pair| pair[1].at - pair[0].at).min()
}

#[tokio::test]
async fn a_running_instance_measures_by_the_minute_or_by_five() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let instances = every::<Instance>(&cloud).await;
    for (detailed, seconds) in [(true, 60), (false, 300)] {
        let instance = instances.iter().find(|row| row.state == "running" && row.monitoring == detailed).unwrap();
        let series = metrics(&cloud, Kind::Instance, &instance.id, HOUR, now()).await.unwrap().series;
        assert_eq!(step(&series[0]), Some(seconds), "detailed: {detailed}");
        assert!(series[0].points.iter().all(|point| (0.0..=100.0).contains(&point.value)));
        let checks = series.iter().find(|series| series.metric == "StatusCheckFailed").unwrap();
        assert_eq!((step(checks), checks.points[0].value), (Some(60), 0.0));
    }
}

#[tokio::test]
async fn what_does_not_run_measures_nothing() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let stopped = every::<Instance>(&cloud).await.into_iter().find(|row| row.state == "stopped").unwrap();
    let series = metrics(&cloud, Kind::Instance, &stopped.id, HOUR, now()).await.unwrap().series;
    assert!(series.iter().all(|series| series.points.is_empty()));
}

#[tokio::test]
async fn an_attached_volume_measures_too() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let instances = every::<Instance>(&cloud).await;
    let is_running = |id: &str| instances.iter().any(|row| row.id == id && row.state == "running");
    let volumes = every::<Volume>(&cloud).await;
    let volume = volumes.iter().find(|volume| is_running(&volume.instance_id)).unwrap();
    let window = Window { range: 86_400, period: 3600 };
    let series = metrics(&cloud, Kind::Volume, &volume.id, window, now()).await.unwrap().series;
    assert!(series.iter().all(|series| step(series) == Some(3600)), "{series:?}");
    let free = volumes.iter().find(|volume| volume.state == "available").unwrap();
    let none = metrics(&cloud, Kind::Volume, &free.id, window, now()).await.unwrap().series;
    assert!(none.iter().all(|series| series.points.is_empty()));
}
