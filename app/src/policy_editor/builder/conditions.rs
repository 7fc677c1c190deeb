//! When a statement holds.

use leptos::prelude::*;
use policy::{
    Operator,
    catalog::KeyType,
    lint::{global_keys, suits, usual},
    model::{Condition, Statement},
    operator::{Set, Test},
};

use super::{
    draft::Edit,
    values::{Sort, Values, nothing},
};
use crate::{
    locale::{t, tf},
    policy_editor::names::Names,
    ui::{Button, Each, Icon, IconButton, unique_id},
};

#[component]
pub fn Conditions(edit: Edit, names: Names) -> impl IntoView {
    let count = Memo::new(move |_| edit.with(|statement| statement.conditions.len()));
    let known = Memo::new(move |_| {
        names.is_here();
        edit.with(keys)
    });
    let list = unique_id("keys");
    let add = Callback::new(move |()| {
        edit.update(|statement| statement.conditions.push(Condition::new("StringEquals", "", [""])));
    });
    let options = move || known.get().into_iter().map(|(name, _)| view! { <option value=name></option> }).collect::<Vec<_>>();
    let rows = list.clone();
    view! {
        <div class="policy-part" role="group" aria-label=t("Conditions")>
            <div class="policy-part-head">
                <span class="policy-part-title">{t("Conditions")}</span>
                <Button small=true icon="plus" on_click=add>{t("Add a condition")}</Button>
            </div>
            {move || (count.get() == 0).then(|| nothing("It holds always."))}
            <datalist id=list>{options}</datalist>
            <Each each=move || 0..count.get() key=|at| *at children=move |at| view! { <One edit at known list=rows.clone()/> }/>
        </div>
    }
}

#[component]
fn One(edit: Edit, at: usize, known: Memo<Vec<(String, KeyType)>>, list: String) -> impl IntoView {
    let condition = Memo::new(move |_| {
        edit.with(|statement| statement.conditions.get(at).cloned().unwrap_or_else(|| Condition::new::<String>("", "", [])))
    });
    let operator = Memo::new(move |_| condition.with(|condition| Operator::parse(&condition.operator)));
    let kind = Memo::new(move |_| condition.with(|condition| known.with(|known| type_of(known, &condition.key))));
    let change = move |change: &dyn Fn(&mut Condition)| {
        edit.update(|statement| {
            if let Some(condition) = statement.conditions.get_mut(at) {
                change(condition);
            }
        });
    };
    let rename = move |key: String| change(&|condition| condition.key.clone_from(&key));
    // A key of another type is compared otherwise; somebody who chose an operator for it keeps theirs.
    let settle = move || {
        let (Some(kind), Some(operator)) = (kind.get_untracked(), operator.get_untracked()) else { return };
        if !suits(operator.test, kind) {
            let name = usual(kind).1;
            change(&|condition| condition.operator = written(name, operator.set, operator.if_exists));
        }
    };
    let base = Memo::new(move |_| condition.with(|condition| base(&condition.operator)));
    let set_base = move |name: String| {
        let (set, if_exists) = operator.get_untracked().map_or((None, false), |operator| (operator.set, operator.if_exists));
        // Whether a key is there at all is asked of one alone.
        let (set, if_exists) = if name == "Null" { (None, false) } else { (set, if_exists) };
        change(&|condition| condition.operator = written(&name, set, if_exists));
    };
    let set_set = move |name: String| {
        let set = match name.as_str() {
            "any" => Some(Set::ForAnyValue),
            "all" => Some(Set::ForAllValues),
            _ => None,
        };
        let if_exists = operator.get_untracked().is_some_and(|operator| operator.if_exists);
        change(&|condition| condition.operator = written(&base.get_untracked(), set, if_exists));
    };
    let set_if_exists = move |if_exists: bool| {
        let set = operator.get_untracked().and_then(|operator| operator.set);
        change(&|condition| condition.operator = written(&base.get_untracked(), set, if_exists));
    };
    let set_values = Callback::new(move |values: Vec<String>| change(&|condition| condition.values.clone_from(&values)));
    let values = Memo::new(move |_| condition.with(|condition| condition.values.clone()));
    let remove = Callback::new(move |()| {
        edit.update(|statement| {
            if at < statement.conditions.len() {
                statement.conditions.remove(at);
            }
        });
    });
    let set = move || match operator.get().and_then(|operator| operator.set) {
        None => "one",
        Some(Set::ForAnyValue) => "any",
        Some(Set::ForAllValues) => "all",
    };
    let plain = move || base.with(|base| base != "Null");
    let operators = move || operators(kind.get(), &base.get(), base);
    let option = move |value: &'static str, text: &'static str| view! { <option value=value prop:selected=move || set() == value>{t(text)}</option> };
    let sort = Signal::derive(move || operator.get().map_or_else(Sort::default, |operator| sort(operator.test)));
    view! {
        <div class="policy-condition" role="group" aria-label=tf("Condition {n}", &[("n", (at + 1).to_string())])>
            <input
                class="input input-mono policy-key"
                type="text"
                aria-label=t("Condition key")
                placeholder="aws:SourceIp"
                list=list
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                translate="no"
                prop:value=move || condition.with(|condition| condition.key.clone())
                on:input:target=move |event| rename(event.target().value())
                on:change=move |_| settle()
            />
            <span class="select policy-operator">
                <select class="input" aria-label=t("Operator") translate="no" on:change:target=move |event| set_base(event.target().value())>
                    {operators}
                </select>
                <Icon name="chevron-down"/>
            </span>
            <IconButton icon="trash-2" label=tf("Remove condition {n}", &[("n", (at + 1).to_string())]) on_click=remove/>
            {move || {
                plain()
                    .then(|| {
                        view! {
                            <div class="policy-modifiers">
                                <span class="select">
                                    <select class="input" aria-label=t("How several values of a request count") on:change:target=move |event| set_set(event.target().value())>
                                        {option("one", "The request has one value")}
                                        {option("any", "Any of its values (ForAnyValue)")}
                                        {option("all", "All of its values (ForAllValues)")}
                                    </select>
                                    <Icon name="chevron-down"/>
                                </span>
                                <label class="check">
                                    <input
                                        type="checkbox"
                                        prop:checked=move || operator.get().is_some_and(|operator| operator.if_exists)
                                        on:change:target=move |event| set_if_exists(event.target().checked())
                                    />
                                    <span>{t("Also without the key (IfExists)")}</span>
                                </label>
                            </div>
                        }
                    })
            }}
            <Values label=t("Value") add=t("Add a value") values on_change=set_values sort/>
        </div>
    }
}

/// The operators to choose from: those that suit the key first, and the one that is there even where there is no such.
fn operators(kind: Option<KeyType>, now: &str, base: Memo<String>) -> AnyView {
    let fits = |name: &str| kind.zip(Operator::parse(name)).is_none_or(|(kind, operator)| suits(operator.test, kind));
    let option = |name: String| {
        let (own, label) = (name.clone(), name.clone());
        view! { <option value=name prop:selected=move || base.with(|base| *base == own)>{label}</option> }
    };
    let (fitting, others): (Vec<&str>, Vec<&str>) = Operator::names().partition(|name| fits(name));
    let unknown = Operator::parse(now).is_none().then(|| option(now.to_owned()));
    let fitting = fitting.into_iter().map(|name| option(name.to_owned())).collect::<Vec<_>>();
    let others = others.into_iter().map(|name| option(name.to_owned())).collect::<Vec<_>>();
    let label = kind.map(|kind| tf("For {kind}", &[("kind", t(usual(kind).0))]));
    match label.filter(|_| !others.is_empty()) {
        Some(label) => {
            view! { {unknown} <optgroup label=label>{fitting}</optgroup> <optgroup label=t("Others")>{others}</optgroup> }.into_any()
        }
        None => view! { {unknown} {fitting} {others} }.into_any(),
    }
}

/// An operator without what is before and after it; as it is written where it is none.
fn base(operator: &str) -> String {
    let Some(parsed) = Operator::parse(operator) else { return operator.to_owned() };
    let spelled = Operator::spelling(operator).unwrap_or_default();
    let bare = spelled.rsplit(':').next().unwrap_or_default();
    let bare = if parsed.if_exists { bare.strip_suffix("IfExists").unwrap_or(bare) } else { bare };
    bare.to_owned()
}

fn written(base: &str, set: Option<Set>, if_exists: bool) -> String {
    let set = match set {
        Some(Set::ForAllValues) => "ForAllValues:",
        Some(Set::ForAnyValue) => "ForAnyValue:",
        None => "",
    };
    format!("{set}{base}{}", if if_exists { "IfExists" } else { "" })
}

fn sort(test: Test) -> Sort {
    let (placeholder, inputmode) = match test {
        Test::Numeric(_) => ("3600", "decimal"),
        Test::Date(_) => ("2026-01-31T12:00:00Z", "text"),
        Test::Ip => ("203.0.113.0/24", "text"),
        Test::Arn => ("arn:aws:iam::123456789012:role/name", "text"),
        Test::Binary => ("base64", "text"),
        _ => ("", "text"),
    };
    Sort { placeholder, inputmode, is_bool: matches!(test, Test::Bool | Test::Null) }
}

/// The keys that requests of the statement's actions can have, with their types.
fn keys(statement: &Statement) -> Vec<(String, KeyType)> {
    let mut keys: Vec<(String, KeyType)> = global_keys().map(|(name, kind)| (name.to_owned(), kind)).collect();
    let actions = statement.actions.iter().filter(|actions| !actions.not).flat_map(|actions| &actions.values);
    for (catalog, value) in actions.filter_map(|value| Some((Names::catalog()?, value))) {
        for (service, action) in catalog.matching(value).into_iter().take(64) {
            let own = service.keys_of(&[action]).into_iter().map(|key| (key.name, key.kind));
            keys.extend(own.filter(|(name, _)| !name.starts_with("aws:")));
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The type of a key, where it is known.
fn type_of(known: &[(String, KeyType)], written: &str) -> Option<KeyType> {
    let is = |name: &str| match name.find(['$', '<']).or(name.ends_with('/').then_some(name.len())) {
        Some(end) => written.get(..end).is_some_and(|start| start.eq_ignore_ascii_case(&name[..end])),
        None => name.eq_ignore_ascii_case(written),
    };
    known.iter().find(|(name, _)| is(name)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_taken_apart_and_put_together() {
        for name in ["StringEquals", "ForAnyValue:StringLikeIfExists", "ForAllValues:ArnNotLike", "BoolIfExists", "Null"] {
            let parsed = Operator::parse(name).expect("there is one");
            assert_eq!(written(&base(name), parsed.set, parsed.if_exists), name);
        }
        assert_eq!(base("NoSuch:Thing"), "NoSuch:Thing");
    }

    #[test]
    fn the_type_of_a_key_is_known() {
        let known = keys(&Statement::default());
        assert_eq!(type_of(&known, "aws:SourceIp"), Some(KeyType::Ip));
        assert_eq!(type_of(&known, "aws:PrincipalTag/team"), Some(KeyType::String));
        assert_eq!(type_of(&known, "no:such"), None);
    }
}
