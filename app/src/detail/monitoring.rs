//! What the cloud measured of a resource: its charts, over a range that is chosen and goes on by itself.

use std::time::Duration;

use api::{
    error::ApiError,
    kind::Kind,
    metric::{Chart, Metrics, Window, measured},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    client, format,
    locale::{plural, t, tf},
    paths,
    session::use_region,
    ui::{Button, Empty, ErrorPanel, Line, LineChart, Select, Skeleton},
};

/// As often as there can be a new point.
const EVERY: Duration = Duration::from_secs(60);
const RANGE: u32 = 3 * 3600;

#[component]
pub fn Monitoring(
    kind: Kind,
    id: String,
    /// Whether there is a point every minute.
    detailed: bool,
    /// Why there may be nothing, in English.
    why: &'static str,
) -> impl IntoView {
    let region = use_region();
    let range = RwSignal::new(RANGE.to_string());
    let period = RwSignal::new(String::new());
    let window = Memo::new(move |_| {
        let own = Window::of(range.with(|range| range.parse().unwrap_or(RANGE)), detailed);
        let chosen = period.with(|period| period.parse().ok()).filter(|period| Window::periods(own.range).any(|fits| fits == *period));
        Window { period: chosen.unwrap_or(own.period), ..own }
    });
    let metrics = RwSignal::new(None::<Metrics>);
    let error = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let id = StoredValue::new(id);
    let load = move |anew: bool| {
        let wanted = window.get_untracked();
        let rest = id.with_value(|id| format!("{}/metrics", paths::encode(id)));
        let args = [("range", wanted.range.to_string()), ("period", wanted.period.to_string())];
        let args = [(args[0].0, args[0].1.as_str()), (args[1].0, args[1].1.as_str())];
        let path = client::kind_path(kind, &rest, &region.get_untracked(), &args);
        busy.set(true);
        spawn_local(async move {
            let result = if anew { client::get_anew(&path).await } else { client::get(&path).await };
            // The tab may have been left, or another range be asked for by now.
            if window.try_get_untracked() != Some(wanted) {
                return;
            }
            busy.set(false);
            match result {
                Ok(new) => {
                    metrics.set(Some(new));
                    error.set(None);
                }
                Err(failed) => error.set(Some(failed)),
            }
        });
    };
    Effect::new(move || {
        region.track();
        window.track();
        load(false);
    });
    Effect::new(move || {
        let again = move || {
            if !document().hidden() && !busy.get_untracked() {
                load(false);
            }
        };
        if let Ok(timer) = set_interval_with_handle(again, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    let ranges = Window::RANGES.iter().map(|range| (range.to_string(), last(*range))).collect::<Vec<_>>();
    let periods = Signal::derive(move || {
        let range = window.get().range;
        let own = tf("Automatic ({period})", &[("period", length(Window::of(range, detailed).period))]);
        let others = Window::periods(range).map(|period| (period.to_string(), length(period)));
        std::iter::once((String::new(), own)).chain(others).collect::<Vec<_>>()
    });
    let charts = measured(kind).map_or(&[][..], |measured| measured.charts);
    let has_points =
        Memo::new(move |_| metrics.with(|all| all.as_ref().map(|all| all.series.iter().any(|series| !series.points.is_empty()))));
    let chart = move |(number, chart): (usize, &'static Chart)| {
        let line = Memo::new(move |_| metrics.with(|all| all.as_ref().map(|all| line_of(all, number)).unwrap_or_default()));
        let note = Signal::derive(move || {
            let period = metrics.with(|all| all.as_ref().and_then(|all| Some(all.series.get(number)?.period)));
            statistic(chart.statistic, &length(period.unwrap_or_else(|| window.get().period)))
        });
        let binary = chart.unit == "Bytes";
        view! { <LineChart title=t(chart.title) note line value=written(chart.unit) binary/> }
    };
    view! {
        <section class="detail-section" aria-label=t("Monitoring")>
            <div class="chart-bar">
                <Select label=t("Range") value=range options=Signal::stored(ranges)/>
                <Select label=t("Period") value=period options=periods/>
                <Button icon="refresh-cw" busy on_click=move || load(true)>{t("Refresh")}</Button>
            </div>
            {move || error.get().map(|error| view! { <ErrorPanel error on_retry=Callback::new(move |()| load(true))/> })}
            {move || match has_points.get() {
                Some(true) => view! { <div class="charts">{charts.iter().enumerate().map(chart).collect_view()}</div> }.into_any(),
                Some(false) => view! { <Empty icon="activity" title=t("No data in this range") body=t(why)/> }.into_any(),
                None if error.with(Option::is_none) => view! { <div aria-busy="true"><Skeleton lines=8/></div> }.into_any(),
                None => ().into_any(),
            }}
        </section>
    }
}

fn line_of(metrics: &Metrics, number: usize) -> Line {
    let points = metrics.series.get(number).map(|series| series.points.clone()).unwrap_or_default();
    Line { start: metrics.start, end: metrics.end, points }
}

fn statistic(name: &str, period: &str) -> String {
    let text = match name {
        "Sum" => "Sum of each {period}",
        "Maximum" => "Most of each {period}",
        _ => "Average of each {period}",
    };
    tf(text, &[("period", period.to_owned())])
}

/// `5 minutes`, `6 hours`.
fn length(seconds: u32) -> String {
    match seconds {
        0..3600 => plural(seconds / 60, "{n} minute", "{n} minutes"),
        3600..86_400 => plural(seconds / 3600, "{n} hour", "{n} hours"),
        _ => plural(seconds / 86_400, "{n} day", "{n} days"),
    }
}

fn last(range: u32) -> String {
    match range {
        0..86_400 => plural(range / 3600, "Last hour", "Last {n} hours"),
        86_400..604_800 => plural(range / 86_400, "Last day", "Last {n} days"),
        _ => plural(range / 604_800, "Last week", "Last {n} weeks"),
    }
}

/// How values of this unit are written.
fn written(unit: &str) -> fn(f64) -> String {
    match unit {
        "Percent" => |value| format!("{} %", format::compact(value)),
        "Bytes" => |value| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes are counted from zero")]
            let whole = value.round() as u64;
            format::bytes(whole)
        },
        "Seconds" => |value| {
            if value > 0.0 && value < 1.0 {
                format!("{} ms", format::compact(value * 1000.0))
            } else {
                format!("{} s", format::compact(value))
            }
        },
        _ => format::compact,
    }
}
