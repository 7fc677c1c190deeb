//! A line over time: axes, a point that can be read off by pointer and by keyboard, and the same as a table.
//!
//! Whoever draws it says how a value is written. Its height is that of its text at any width, because it is drawn to one size and scaled.

pub mod scale;

use std::fmt::Write;

use api::{Timestamp, metric::Point};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::unique_id;
use crate::{
    format,
    locale::{t, tf},
};

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 168.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;

/// What a chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub start: Timestamp,
    pub end: Timestamp,
    /// By time.
    pub points: Vec<Point>,
}

impl Line {
    fn x(&self, at: Timestamp) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * float(at - self.start) / float((self.end - self.start).max(1))
    }

    /// The moment at this share of the drawing's width.
    fn moment(&self, share: f64) -> Timestamp {
        let within = (share * WIDTH - LEFT) / (WIDTH - LEFT - RIGHT);
        #[expect(clippy::cast_possible_truncation, reason = "a moment within the span")]
        let after = (within.clamp(0.0, 1.0) * float(self.end - self.start)) as i64;
        self.start + after
    }

    fn axis(&self, binary: bool) -> scale::Values {
        scale::values(self.points.iter().map(|point| point.value).fold(0.0, f64::max), binary)
    }
}

#[expect(clippy::cast_precision_loss, reason = "spans of some weeks")]
const fn float(seconds: i64) -> f64 {
    seconds as f64
}

fn y(value: f64, top: f64) -> f64 {
    HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top
}

/// `M1 2L3 4` for each run of points; one that is alone is a line without length, which the round ends make a dot.
fn path(line: &Line, top: f64) -> String {
    let mut path = String::new();
    for run in scale::runs(&line.points) {
        for (index, point) in run.iter().enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            write!(path, "{letter}{:.1} {:.1}", line.x(point.at), y(point.value, top)).expect("a string takes everything");
        }
        if run.len() == 1 {
            path.push_str("h0");
        }
    }
    path
}

#[component]
pub fn LineChart(
    #[prop(into)] title: String,
    /// What a point stands for.
    #[prop(into)]
    note: Signal<String>,
    #[prop(into)] line: Signal<Line>,
    /// A value as it is written.
    value: fn(f64) -> String,
    /// Whether the axis counts in multiples of 1,024.
    #[prop(optional)]
    binary: bool,
) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    // The moment that is read off; a point may come or go meanwhile.
    let looked_at = RwSignal::new(None::<Timestamp>);
    let is_table = RwSignal::new(false);
    let table_id = unique_id("chart-table");
    let count = Memo::new(move |_| line.with(|line| line.points.len()));
    // Apart from how many there are, so that a new point draws nothing anew but the line, and the focus stays where it is.
    let is_there = Memo::new(move |_| count.get() > 0);
    let index = Memo::new(move |_| {
        line.with(|line| match looked_at.get() {
            Some(at) => scale::nearest(&line.points, at),
            None => line.points.len().checked_sub(1),
        })
    });
    let point = Memo::new(move |_| index.get().and_then(|index| line.with(|line| line.points.get(index).copied())));
    let said = move |point: Point| tf("{value} at {time}", &[("value", value(point.value)), ("time", format::day_and_time(point.at))]);
    let read = Signal::derive(move || point.get().map(said).unwrap_or_default());
    let look = move |x: i32| {
        let Some(plot) = plot.get_untracked() else { return };
        let place = plot.get_bounding_client_rect();
        let share = (f64::from(x) - place.left()) / place.width().max(1.0);
        looked_at.set(Some(line.with_untracked(|line| line.moment(share))));
    };
    let step = move |event: KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let now = index.get_untracked().unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => (now + 1).min(last),
            "PageDown" => now.saturating_sub(10),
            "PageUp" => (now + 10).min(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        looked_at.set(line.with_untracked(|line| line.points.get(to).map(|point| point.at)));
    };
    let name = title.clone();
    let drawn = move || {
        view! {
            <div
                class="chart-plot"
                tabindex="0"
                role="slider"
                aria-label=name.clone()
                aria-orientation="horizontal"
                aria-valuemin="0"
                aria-valuemax=move || count.get().saturating_sub(1).to_string()
                aria-valuenow=move || index.get().unwrap_or_default().to_string()
                aria-valuetext=read
                node_ref=plot
                on:keydown=step
                on:mousemove=move |event| look(event.client_x())
                on:mouseleave=move |_| looked_at.set(None)
            >
                <svg aria-hidden="true" viewBox=format!("0 0 {WIDTH} {HEIGHT}")>
                    {move || line.with(|line| axes(line, &line.axis(binary), value))}
                    <path class="chart-line" d=move || line.with(|line| path(line, line.axis(binary).top))></path>
                    {move || {
                        point
                            .get()
                            .map(|point| {
                                let (x, y) = line.with(|line| (line.x(point.at), y(point.value, line.axis(binary).top)));
                                let x = format!("{x:.1}");
                                view! {
                                    <line class="chart-cursor" x1=x.clone() x2=x.clone() y1=TOP.to_string() y2=(HEIGHT - BOTTOM).to_string()></line>
                                    <circle class="chart-dot" cx=x cy=format!("{y:.1}") r="3.5"></circle>
                                }
                            })
                    }}
                </svg>
            </div>
        }
    };
    let label = title.clone();
    let table = table_id.clone();
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <h3 class="chart-title">{title.clone()}</h3>
                <span class="chart-note">{note}</span>
                <span class="chart-read" translate="no">{read}</span>
            </figcaption>
            {move || if is_there.get() {
                drawn().into_any()
            } else {
                view! { <p class="chart-none">{t("No data in this range")}</p> }.into_any()
            }}
            {move || {
                let (label, table, controls) = (label.clone(), table.clone(), table.clone());
                is_there
                    .get()
                    .then(|| {
                        view! {
                            <TableButton label=label.clone() open=is_table controls/>
                            {move || is_table.get().then(|| view! { <Table label=label.clone() id=table.clone() line value/> })}
                        }
                    })
            }}
        </figure>
    }
}

#[component]
fn TableButton(label: String, open: RwSignal<bool>, controls: String) -> impl IntoView {
    let what = move || if open.get() { t("Hide the table") } else { t("Show as a table") };
    let name = label;
    view! {
        <button
            type="button"
            class="button button-quiet button-small chart-toggle"
            aria-expanded=move || open.get().to_string()
            aria-controls=move || open.get().then(|| controls.clone())
            aria-label=move || format!("{}: {}", what(), name)
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {what}
        </button>
    }
}

/// The latest first: who looks for a number mostly looks for that.
#[component]
fn Table(label: String, id: String, line: Signal<Line>, value: fn(f64) -> String) -> impl IntoView {
    let row = move |point: &Point| view! { <tr><td>{format::date_time(point.at)}</td><td translate="no">{value(point.value)}</td></tr> };
    view! {
        <div class="detail-table-box chart-table" id=id tabindex="0" role="region" aria-label=label>
            <table class="detail-table">
                <thead>
                    <tr><th scope="col">{t("Time")}</th><th scope="col">{t("Value")}</th></tr>
                </thead>
                <tbody>{move || line.with(|line| line.points.iter().rev().map(row).collect_view())}</tbody>
            </table>
        </div>
    }
}

/// Lines and numbers of both axes.
fn axes(line: &Line, values: &scale::Values, written: fn(f64) -> String) -> impl IntoView + use<> {
    let level = |tick: &f64| {
        let y = y(*tick, values.top);
        view! {
            <line class="chart-grid" x1=LEFT.to_string() x2=(WIDTH - RIGHT).to_string() y1=format!("{y:.1}") y2=format!("{y:.1}")></line>
            <text class="chart-number" x=(LEFT - 6.0).to_string() y=format!("{:.1}", y + 4.0) text-anchor="end">{written(*tick)}</text>
        }
    };
    let moment = |(at, is_day): (Timestamp, bool)| {
        let x = line.x(at);
        let text = if is_day { format::day(at) } else { format::time(at) };
        // What stands at the edges stays inside.
        let anchor = if x < LEFT + 20.0 {
            "start"
        } else if x > WIDTH - RIGHT - 20.0 {
            "end"
        } else {
            "middle"
        };
        view! {
            <line class="chart-tick" x1=format!("{x:.1}") x2=format!("{x:.1}") y1=(HEIGHT - BOTTOM).to_string() y2=(HEIGHT - BOTTOM + 4.0).to_string()></line>
            <text class="chart-number" x=format!("{x:.1}") y=(HEIGHT - 6.0).to_string() text-anchor=anchor>{text}</text>
        }
    };
    let times = scale::times(line.start, line.end, format::offset(line.end));
    (values.ticks.iter().map(level).collect_view(), times.into_iter().map(moment).collect_view())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_left_and_ends_right_and_dots_what_is_alone() {
        let at = |at, value| Point { at, value };
        let line = Line { start: 0, end: 1000, points: vec![at(0, 0.0), at(100, 2.0), at(1000, 2.0)] };
        assert_eq!(path(&line, 2.0), "M58.0 144.0L89.0 10.0M368.0 10.0h0");
        assert_eq!((line.moment(0.0), line.moment(1.0)), (0, 1000));
        assert_eq!(line.moment(line.x(500) / WIDTH), 500);
    }
}
