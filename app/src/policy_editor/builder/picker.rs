//! Actions to choose, out of all that AWS has: by words, or by service and access level. Only as many are drawn as somebody reads.

use leptos::prelude::*;
use policy::{
    Catalog,
    catalog::{Action, Level, Service},
    choose::{contains, is_plain, search, with_actions},
    glob::Glob,
};

use crate::{
    locale::{plural, t, tf},
    policy_editor::names::Names,
    ui::{Button, Icon, Skeleton},
};

/// How many rows are drawn, and how many more each time they are asked for.
const PAGE: usize = 60;

/// What most policies are about, first.
const USUAL: [&str; 14] = [
    "ec2",
    "s3",
    "iam",
    "elasticloadbalancing",
    "autoscaling",
    "cloudwatch",
    "logs",
    "sts",
    "rds",
    "lambda",
    "dynamodb",
    "sqs",
    "sns",
    "kms",
];

/// What is chosen, and how to choose.
#[derive(Clone, Copy)]
struct Chosen {
    values: Memo<Vec<String>>,
    globs: Memo<Vec<(String, Glob)>>,
    set: Callback<Vec<String>>,
}

impl Chosen {
    /// What is listed that stands for an action.
    fn by(self, full: &str) -> Option<String> {
        let lower = full.to_ascii_lowercase();
        self.globs.with(|globs| globs.iter().find(|(_, glob)| glob.matches(&lower)).map(|(value, _)| value.clone()))
    }

    /// Puts a name in, or takes an action out.
    fn toggle(self, catalog: &Catalog, service: Service<'_>, name: &str, put_in: bool) {
        let full = format!("{}:{name}", service.prefix);
        let mut values = self.values.get_untracked();
        if put_in {
            values.push(full);
        } else if values.iter().any(|value| value.eq_ignore_ascii_case(&full)) {
            values.retain(|value| !value.eq_ignore_ascii_case(&full));
        } else {
            values = with_actions(catalog, &values, service, |action| action.name == name, false);
        }
        self.set.run(values);
    }
}

#[component]
pub fn Picker(values: Memo<Vec<String>>, set: Callback<Vec<String>>, names: Names) -> impl IntoView {
    let ready = |value: &String| (value.clone(), Glob::new(value).into_lower_case());
    let globs = Memo::new(move |_| values.with(|values| values.iter().map(ready).collect::<Vec<_>>()));
    let chosen = Chosen { values, globs, set };
    let query = RwSignal::new(String::new());
    let service = RwSignal::new(None::<String>);
    let shown = RwSignal::new(PAGE);
    let search_for = move |text: String| {
        shown.set(PAGE);
        query.set(text);
    };
    let open = Callback::new(move |prefix: Option<String>| {
        shown.set(PAGE);
        query.set(String::new());
        service.set(prefix);
    });
    // What nobody lists can be allowed all the same: other clouds have actions of their own.
    let as_typed = Memo::new(move |_| {
        let text = query.with(|text| text.trim().to_owned());
        let is_action = text == "*" || text.split_once(':').is_some_and(|(prefix, name)| !prefix.is_empty() && !name.is_empty());
        (is_action && !text.contains(' ') && values.with(|values| !values.contains(&text))).then_some(text)
    });
    let put_typed = move || {
        if let Some(text) = as_typed.get_untracked() {
            set.run(values.get_untracked().into_iter().chain([text]).collect());
            query.set(String::new());
        }
    };
    let put = Callback::new(move |()| put_typed());
    let body = move || {
        names.is_here();
        let Some(catalog) = Names::catalog() else {
            return if names.is_missing() {
                view! { <p class="policy-none">{t("The list of actions could not be loaded. Type an action and add it.")}</p> }.into_any()
            } else {
                view! { <Skeleton lines=4/> }.into_any()
            };
        };
        match service.get().and_then(|prefix| catalog.service(&prefix)) {
            Some(service) => view! { <OfService catalog service chosen query shown open/> }.into_any(),
            None => view! { <OfAll catalog chosen query shown open/> }.into_any(),
        }
    };
    view! {
        <div class="policy-picker">
            <div class="policy-picker-search">
                <Icon name="search"/>
                <input
                    class="input"
                    type="text"
                    role="searchbox"
                    aria-label=t("Search actions and services")
                    placeholder=t("Search, for example: ec2 start, or type ec2:Start*")
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || query.get()
                    on:input:target=move |event| search_for(event.target().value())
                    on:keydown=move |event| {
                        // The dialog is not to be sent by it.
                        if event.key() == "Enter" {
                            event.prevent_default();
                            put_typed();
                        }
                    }
                />
            </div>
            {move || {
                as_typed.get().map(|text| view! { <Button small=true icon="plus" on_click=put>{tf("Add {what}", &[("what", text)])}</Button> })
            }}
            {body}
        </div>
    }
}

/// Services, or what was found of all of them.
#[component]
fn OfAll(
    catalog: &'static Catalog,
    chosen: Chosen,
    query: RwSignal<String>,
    shown: RwSignal<usize>,
    open: Callback<Option<String>>,
) -> impl IntoView {
    let used = chosen.values.with_untracked(|values| {
        let prefixes = values.iter().filter_map(|value| value.split_once(':')).map(|(prefix, _)| prefix.to_owned());
        prefixes.collect::<Vec<_>>()
    });
    let first = used.into_iter().chain(USUAL.map(str::to_owned)).collect::<Vec<_>>();
    move || {
        let words = query.get();
        let words = words.trim();
        let most = shown.get();
        let mut services: Vec<Service<'static>> = catalog
            .services()
            .filter(|service| words.split_whitespace().all(|word| contains(service.prefix, word) || contains(service.name, word)))
            .collect();
        services.sort_by_key(|service| first.iter().position(|prefix| prefix == service.prefix).unwrap_or(usize::MAX));
        let most_services = if words.is_empty() { most } else { 6 };
        let hidden = services.len().saturating_sub(most_services);
        let services = services.into_iter().take(most_services).map(|service| view! { <ServiceRow service open/> }).collect::<Vec<_>>();
        let there_are_services = !services.is_empty();
        let found = search(catalog, words, most);
        let more = if words.is_empty() { hidden } else { found.total - found.actions.len() };
        let is_empty = !there_are_services && found.actions.is_empty();
        let actions =
            found.actions.into_iter().map(|(service, action)| view! { <ActionRow catalog service action chosen/> }).collect::<Vec<_>>();
        view! {
            {there_are_services.then(|| view! { <ul class="policy-services" aria-label=t("Services")>{services}</ul> })}
            {(!actions.is_empty()).then(|| view! { <ul class="policy-actions" aria-label=t("Actions found")>{actions}</ul> })}
            {is_empty.then(|| view! { <p class="policy-none">{t("Nothing is called so.")}</p> })}
            <More more shown/>
        }
    }
}

#[component]
fn ServiceRow(service: Service<'static>, open: Callback<Option<String>>) -> impl IntoView {
    let count = plural(service.actions().count(), "1 action", "{n} actions");
    view! {
        <li>
            <button type="button" class="policy-service" on:click=move |_| open.run(Some(service.prefix.to_owned()))>
                <span class="policy-service-name" translate="no">{service.name}</span>
                <code translate="no">{service.prefix}</code>
                <span class="policy-chip-note">{count}</span>
                <Icon name="chevron-right"/>
            </button>
        </li>
    }
}

/// One service: its levels, and its actions.
#[component]
fn OfService(
    catalog: &'static Catalog,
    service: Service<'static>,
    chosen: Chosen,
    query: RwSignal<String>,
    shown: RwSignal<usize>,
    open: Callback<Option<String>>,
) -> impl IntoView {
    let back = Callback::new(move |()| open.run(None));
    let counts = Memo::new(move |_| {
        Level::ALL.map(|level| {
            let of_level = service.actions().filter(|action| action.level == level);
            of_level.fold((0, 0), |(all, listed), action| {
                (all + 1, listed + usize::from(chosen.by(&format!("{}:{}", service.prefix, action.name)).is_some()))
            })
        })
    });
    let levels = Level::ALL.into_iter().enumerate().filter(|(at, _)| counts.with_untracked(|counts| counts[*at].0 > 0));
    let levels = levels
        .map(|(at, level)| view! { <LevelBox catalog service chosen level count=Memo::new(move |_| counts.with(|counts| counts[at]))/> });
    let levels = levels.collect::<Vec<_>>();
    let rows = move || {
        let words = query.get();
        let fits = |action: &Action<'_>| words.split_whitespace().all(|word| contains(action.name, word));
        let all: Vec<Action<'static>> = service.actions().filter(fits).collect();
        let more = all.len().saturating_sub(shown.get());
        let is_empty = all.is_empty();
        let rows = all
            .into_iter()
            .take(shown.get())
            .map(|action| view! { <ActionRow catalog service action chosen alone=true/> })
            .collect::<Vec<_>>();
        view! {
            <ul class="policy-actions" aria-label=t("Actions of the service")>{rows}</ul>
            {is_empty.then(|| view! { <p class="policy-none">{t("Nothing is called so.")}</p> })}
            <More more shown/>
        }
    };
    view! {
        <div class="policy-picker-head">
            <Button small=true icon="arrow-left" on_click=back>{t("All services")}</Button>
            <h4 translate="no">{service.name}</h4>
        </div>
        <div class="policy-levels" role="group" aria-label=t("Access levels")>{levels}</div>
        {rows}
    }
}

/// All actions of a level at once.
#[component]
fn LevelBox(
    catalog: &'static Catalog,
    service: Service<'static>,
    chosen: Chosen,
    level: Level,
    count: Memo<(usize, usize)>,
) -> impl IntoView {
    let is_all = move || count.with(|(all, listed)| all == listed);
    let is_some = move || count.with(|(all, listed)| *listed > 0 && all != listed);
    let on_change = move |put_in: bool| {
        let values = chosen.values.get_untracked();
        let anew = with_actions(catalog, &values, service, |action| action.level == level, put_in);
        chosen.set.run(anew);
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=is_all
                prop:indeterminate=is_some
                on:change:target=move |event| {
                    on_change(event.target().checked());
                    // Where a wildcard of another sort stands for some of them, they stay.
                    event.target().set_checked(untrack(is_all));
                }
            />
            <span>{t(level.name())}</span>
            <span class="policy-chip-note">{move || count.with(|(all, listed)| if *listed == 0 { all.to_string() } else { format!("{listed}/{all}") })}</span>
        </label>
    }
}

#[component]
fn ActionRow(
    catalog: &'static Catalog,
    service: Service<'static>,
    action: Action<'static>,
    chosen: Chosen,
    /// Its service is said above.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let full = format!("{}:{}", service.prefix, action.name);
    let text = if alone { action.name.to_owned() } else { full.clone() };
    let by = Memo::new({
        let full = full.clone();
        move |_| chosen.by(&full)
    });
    // By a wildcard that cannot be taken apart without saying something else.
    let fixed = Memo::new(move |_| by.get().filter(|by| !is_plain(catalog, by, service)));
    let note = move || by.get().filter(|by| !by.eq_ignore_ascii_case(&full)).map(|by| tf("by {what}", &[("what", by)]));
    view! {
        <li>
            <label class="check policy-action">
                <input
                    type="checkbox"
                    prop:checked=move || by.with(Option::is_some)
                    disabled=move || fixed.with(Option::is_some)
                    on:change:target=move |event| chosen.toggle(catalog, service, action.name, event.target().checked())
                />
                <code translate="no">{text}</code>
                <span class="policy-level" data-level=level_name(action.level)>{t(action.level.name())}</span>
                <span class="policy-chip-note">{note}</span>
            </label>
        </li>
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::List | Level::Read => "read",
        Level::Tagging => "tagging",
        Level::Write => "write",
        Level::Permissions => "permissions",
    }
}

#[component]
fn More(more: usize, shown: RwSignal<usize>) -> impl IntoView {
    let next = Callback::new(move |()| shown.update(|shown| *shown += PAGE * 3));
    (more > 0).then(|| {
        view! {
            <div class="policy-more">
                <span>{plural(more, "1 more: type to narrow it down.", "{n} more: type to narrow them down.")}</span>
                <Button small=true on_click=next>{t("Show more")}</Button>
            </div>
        }
    })
}
