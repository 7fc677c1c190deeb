//! An ARN, made of its parts: those of the types of resources that the statement's actions act on.

use api::kind::Kind;
use leptos::{prelude::*, task::spawn_local};
use policy::{Catalog, model::Statement};

use super::draft::Edit;
use crate::{
    client, label,
    locale::t,
    policy_editor::names::Names,
    session::{use_region, use_session},
    spec,
    ui::{Button, Icon, unique_id},
};

/// A type of resource: `ec2`, `instance`, and its ARN with names in the place of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Type {
    service: String,
    name: String,
    arn: String,
}

#[component]
pub fn ArnBuilder(edit: Edit, names: Names, add: Callback<String>) -> impl IntoView {
    let types = Memo::new(move |_| {
        names.is_here();
        Names::catalog().map(|catalog| edit.with(|statement| types(catalog, statement))).unwrap_or_default()
    });
    let chosen = RwSignal::new(0_usize);
    let one = Memo::new(move |_| types.with(|types| types.get(chosen.get()).or(types.first()).cloned()));
    let id = unique_id("arn");
    let choice = {
        let id = id.clone();
        move || {
            let option = |(at, one): (usize, Type)| {
                let text = format!("{}: {}", one.service, one.name);
                view! { <option value=at.to_string() prop:selected=move || chosen.get() == at>{text}</option> }
            };
            let options = types.get().into_iter().enumerate().map(option).collect::<Vec<_>>();
            view! {
                <div class="field">
                    <label class="field-label" for=id.clone()>{t("Type")}</label>
                    <span class="select">
                        <select
                            class="input"
                            id=id.clone()
                            translate="no"
                            on:change:target=move |event| chosen.set(event.target().value().parse().unwrap_or_default())
                        >
                            {options}
                        </select>
                        <Icon name="chevron-down"/>
                    </span>
                </div>
            }
        }
    };
    let body = move || {
        match one.get() {
        Some(one) => view! { <Parts one add/> }.into_any(),
        None => view! { <p class="policy-none">{t("Choose actions first: they say which types of resources there can be. Some act on no resource that has an ARN.")}</p> }.into_any(),
    }
    };
    view! {
        <div class="policy-arn">
            {move || types.with(|types| types.len() > 1).then(|| choice.clone()())}
            {body}
        </div>
    }
}

#[component]
fn Parts(one: Type, add: Callback<String>) -> impl IntoView {
    let session = use_session();
    let (partition, account) = session.with_untracked(|session| {
        let partition = session.as_ref().and_then(|session| session.arn.split(':').nth(1)).unwrap_or("aws").to_owned();
        (partition, session.as_ref().map(|session| session.account.clone()).unwrap_or_default())
    });
    let parts = parts(&one.arn);
    let last = parts.last().cloned();
    let found = RwSignal::new(Vec::<(String, String)>::new());
    let list = unique_id("parts");
    if let Some(kind) = kind_of(&one.service, &one.name) {
        load(kind, found);
    }
    let given: Vec<(String, RwSignal<String>)> = parts
        .into_iter()
        .map(|name| {
            let begin = match name.as_str() {
                "Partition" => partition.clone(),
                "Account" => account.clone(),
                _ => String::new(),
            };
            (name, RwSignal::new(begin))
        })
        .collect();
    let fields = given
        .iter()
        .map(|(name, value)| {
            let (id, value) = (unique_id("part"), *value);
            let options = (Some(name) == last.as_ref()).then(|| list.clone());
            view! {
                <div class="field">
                    <label class="field-label" for=id.clone()>{words(name)}</label>
                    <input
                        class="input input-mono"
                        id=id
                        type="text"
                        placeholder="*"
                        list=options
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        translate="no"
                        prop:value=move || value.get()
                        on:input:target=move |event| value.set(event.target().value())
                    />
                </div>
            }
        })
        .collect::<Vec<_>>();
    let arn = Memo::new(move |_| given.iter().fold(one.arn.clone(), |arn, (name, value)| put(&arn, name, &value.get())));
    let put_in = Callback::new(move |()| add.run(arn.get_untracked()));
    let options = move || {
        let option = |(value, label): (String, String)| view! { <option value=value>{label}</option> };
        found.get().into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <div class="policy-arn-parts">{fields}</div>
        <datalist id=list>{options}</datalist>
        <div class="policy-arn-made">
            <output translate="no">{move || arn.get()}</output>
            <Button small=true icon="plus" on_click=put_in>{t("Add this ARN")}</Button>
        </div>
    }
}

/// The types of what the actions of a statement act on.
fn types(catalog: &Catalog, statement: &Statement) -> Vec<Type> {
    let Some(actions) = &statement.actions else { return Vec::new() };
    let mut types: Vec<Type> = Vec::new();
    let mut prefixes: Vec<&str> = actions.values.iter().filter_map(|value| value.split_once(':')).map(|(prefix, _)| prefix).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    for service in prefixes.into_iter().filter_map(|prefix| catalog.service(prefix)) {
        let of_service = actions
            .values
            .iter()
            .filter(|value| value.split_once(':').is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(service.prefix)));
        let meant: Vec<_> = of_service.flat_map(|value| catalog.matching(value)).map(|(_, action)| action).collect();
        // All but some act on whatever there is.
        let resources = if actions.not { service.resources().collect() } else { service.resources_of(&meant) };
        types.extend(resources.into_iter().map(|one| Type {
            service: service.prefix.to_owned(),
            name: one.name.to_owned(),
            arn: one.arn(),
        }));
    }
    types
}

/// The names in `${}`, each once.
fn parts(arn: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for rest in arn.split("${").skip(1) {
        if let Some((name, _)) = rest.split_once('}')
            && !parts.iter().any(|part| part == name)
        {
            parts.push(name.to_owned());
        }
    }
    parts
}

/// The ARN with a part filled in; anything, where it is left empty.
fn put(arn: &str, name: &str, value: &str) -> String {
    let value = value.trim();
    arn.replace(&format!("${{{name}}}"), if value.is_empty() { "*" } else { value })
}

/// `InstanceId` as people read it.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for character in name.chars() {
        if character.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push(' ');
        }
        words.push(character);
        before = character;
    }
    words
}

/// What of the console's own lists a type is, by its identifiers.
fn kind_of(service: &str, name: &str) -> Option<Kind> {
    Some(match (service, name) {
        ("ec2", "instance") => Kind::Instance,
        ("ec2", "volume") => Kind::Volume,
        ("ec2", "snapshot") => Kind::Snapshot,
        ("ec2", "image") => Kind::Image,
        ("ec2", "security-group") => Kind::SecurityGroup,
        ("ec2", "subnet") => Kind::Subnet,
        ("ec2", "vpc") => Kind::Vpc,
        ("ec2", "network-interface") => Kind::NetworkInterface,
        ("ec2", "route-table") => Kind::RouteTable,
        ("ec2", "key-pair") => Kind::KeyPair,
        _ => return None,
    })
}

/// What there is of a kind. Where it cannot be asked for, the part is typed.
fn load(kind: Kind, found: RwSignal<Vec<(String, String)>>) {
    let Some(spec) = spec::of(kind) else { return };
    let region = use_region().get_untracked();
    spawn_local(async move {
        let items = client::items(spec, &region, &[]).await.unwrap_or_default();
        found.try_set(items.iter().map(|item| (spec.id(item).to_owned(), label::item(spec, item))).collect());
    });
}

#[cfg(test)]
mod tests {
    use policy::model::{Effect, List};

    use super::*;

    #[test]
    fn an_arn_is_made_of_its_parts() {
        let arn = "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}";
        assert_eq!(parts(arn), ["Partition", "Region", "Account", "InstanceId"]);
        let made = put(&put(&put(&put(arn, "Partition", "aws"), "Region", ""), "Account", "123456789012"), "InstanceId", " i-1 ");
        assert_eq!(made, "arn:aws:ec2:*:123456789012:instance/i-1");
        assert_eq!(words("InstanceId"), "Instance Id");
    }

    #[test]
    fn the_actions_say_which_types_there_are() {
        let catalog =
            Catalog::read(include_bytes!("../../../../public/iam-actions.txt").to_vec()).expect("the list that the generator wrote");
        let names = |actions: List| {
            let statement = Statement::new(Effect::Allow, actions, List::of(["*"]));
            types(&catalog, &statement).into_iter().map(|one| format!("{}:{}", one.service, one.name)).collect::<Vec<_>>()
        };
        assert!(
            ["s3:bucket", "s3:object"].iter().all(|name| names(List::of(["s3:GetObject", "s3:ListBucket"])).iter().any(|one| one == name))
        );
        assert!(names(List::of(["ec2:StartInstances"])).contains(&"ec2:instance".to_owned()));
        assert!(names(List::of(["ec2:DescribeInstances"])).is_empty());
        assert!(names(List::all_but(["sqs:SendMessage"])).contains(&"sqs:queue".to_owned()));
    }
}
