//! The search alone, over 100,000 rows that are made in the browser, with what it tells: for whoever works on it or thinks of using it.
//!
//! Nothing here asks a cloud. It is what docs/search.md tells of how the component is used, as code that runs.

use std::time::Duration;

use api::{instance::Instance, kind::Kind, tag::Tag};
use leptos::prelude::*;

use super::{loader::Phase, picker::PickerRows, query::Query, row::Row, search::Search, state::List};
use crate::{
    frame::PageTitle,
    locale::t,
    spec::{self, Item},
    ui::Each,
};

const ROWS: usize = 100_000;
/// So many are made between two frames.
const PORTION: usize = 2_000;
/// So many of the last events are shown.
const MOST_EVENTS: usize = 30;

/// What the component has told, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Event {
    number: usize,
    name: &'static str,
    value: String,
}

#[component]
pub fn KitPage() -> impl IntoView {
    let spec = spec::of(Kind::Instance).expect("instances have a description");
    let asked = RwSignal::new(Query::default());
    let list = List::bare(spec, asked.into(), Callback::new(move |query| asked.set(query)));
    let picked = RwSignal::new(String::new());
    let events = RwSignal::new(Vec::<Event>::new());
    let tell = move |name: &'static str, value: String| {
        events.update(|events| {
            let number = events.first().map_or(0, |event| event.number) + 1;
            events.insert(0, Event { number, name, value });
            events.truncate(MOST_EVENTS);
        });
    };
    let bus = list.bus;
    Effect::watch(move || bus.query.with(|query| query.search.to_string()), move |query, _, _| tell("query", query.clone()), false);
    Effect::watch(move || bus.text.get(), move |text, _, _| tell("text", text.clone()), false);
    Effect::watch(
        move || bus.loaded.get(),
        move |loaded, _, _| {
            if let Some(loaded) = loaded {
                tell("loaded", format!("{} rows, complete: {}", loaded.total, loaded.complete));
            }
        },
        false,
    );
    Effect::watch(move || list.n_shown(), move |n, _, _| tell("shown", format!("{n} rows")), false);
    Effect::watch(move || picked.get(), move |id, _, _| tell("picked", id.clone()), false);
    Effect::new(move |before: Option<()>| {
        if before.is_none() {
            fill(list, 0);
        }
    });
    view! {
        <PageTitle text=t("Search kit")/>
        <h1>{t("Search kit")}</h1>
        <p>{t("The search of every list, alone, over 100,000 rows made in this browser. Below it is what it tells.")}</p>
        <div class="picker kit">
            <div class="picker-head"><Search/></div>
            <PickerRows on_pick=move |item: Item| picked.set(spec.id(&item).to_owned()) selected=picked/>
        </div>
        <h2 id="kit-events">{t("Events")}</h2>
        <div class="kit-events" role="log" aria-labelledby="kit-events" tabindex="0"><ol>
            <Each each=move || events.get() key=|event: &Event| event.number let(event)>
                <li><code translate="no">{event.name}</code>" "<span translate="no">{event.value}</span></li>
            </Each>
        </ol></div>
    }
}

/// Makes the rows from this one on, a portion at a time, so that one can type meanwhile.
fn fill(list: List, from: usize) {
    let end = (from + PORTION).min(ROWS);
    if list.loader.phase.try_set(Phase::Loading { so_far: end, quiet: false }).is_some() {
        // The page was left.
        return;
    }
    list.rows.push((from..end).map(|number| Row::new(list.spec, Item::new(made(number)))).collect());
    list.rows.publish();
    if end < ROWS {
        set_timeout(move || fill(list, end), Duration::ZERO);
        return;
    }
    list.rows.after(Callback::new(move |()| {
        list.rows.publish();
        list.loader.phase.try_set(Phase::Complete);
    }));
}

/// The same row for the same number: some of each value, rare ones too.
fn made(number: usize) -> Instance {
    const STATES: [&str; 6] = ["running", "running", "running", "stopped", "stopped", "pending"];
    const TYPES: [&str; 5] = ["t3.micro", "t3.large", "m5.large", "c5.xlarge", "r5.2xlarge"];
    const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const ROLES: [&str; 5] = ["web", "db", "cache", "queue", "build"];
    const TEAMS: [&str; 3] = ["prod", "test", "dev"];
    // Neighbours differ in everything: the multiplier is odd, so that no number comes twice.
    let mixed = number.wrapping_mul(2_654_435_761) >> 7;
    let one = |of: &[&str], at: usize| of[(mixed >> at) % of.len()].to_owned();
    let role = one(&ROLES, 3);
    let seconds = i64::try_from(number).unwrap_or_default() * 601;
    Instance {
        id: format!("i-{number:017x}"),
        state: one(&STATES, 0),
        instance_type: one(&TYPES, 5),
        image_id: format!("ami-{:08x}", mixed % 400),
        zone: one(&ZONES, 9),
        launched_at: Some(1_700_000_000 + seconds),
        private_ip: format!("10.{}.{}.{}", number >> 16, (number >> 8) & 255, number & 255),
        key_name: if mixed.is_multiple_of(7) { String::new() } else { format!("key-{}", mixed % 12) },
        tags: vec![Tag::new("Name", format!("{role}-{number}")), Tag::new("env", one(&TEAMS, 11))],
        ..Instance::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn rows_are_made_the_same_each_time_and_have_every_value() {
        assert_eq!(made(7), made(7));
        let rows: Vec<_> = (0..2_000).map(made).collect();
        let n = |of: fn(&Instance) -> &str| rows.iter().map(of).collect::<HashSet<_>>().len();
        assert_eq!((n(|row| &row.id), n(|row| &row.state), n(|row| &row.instance_type), n(|row| &row.zone)), (2_000, 3, 5, 3));
    }
}
