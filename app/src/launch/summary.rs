//! What will be launched, in the order of the steps.

use leptos::prelude::*;

use super::{
    Launch,
    form::{Form, NO_KEY_PAIR},
};
use crate::{
    format, label,
    locale::{plural, t, tf},
    wizard::Fact,
};

pub fn facts(launch: Launch) -> Vec<Fact> {
    let Launch { form, choices, .. } = launch;
    let mut facts = vec![image(&form), count(&form), machine(launch)];
    if !choices.has_vpcs() && !form.zone.with(String::is_empty) {
        facts.push(Fact::data("details", "Zone", form.zone.get()));
    }
    if form.user_data_file.with(Option::is_some) || !form.user_data.with(String::is_empty) {
        facts.push(user_data(&form));
    }
    let tags = form.tags.with(Vec::len);
    if tags > 0 {
        facts.push(Fact::text("details", "Tags", plural(tags, "{n} tag", "{n} tags")));
    }
    if choices.has_vpcs() {
        facts.push(network(launch));
    }
    facts.push(match form.key_pair.get() {
        none if none == NO_KEY_PAIR => Fact::text("security", "Key pair", t("None")),
        name => Fact::data("security", "Key pair", name),
    });
    facts.push(groups(launch));
    facts.push(volumes(&form));
    facts.extend(options(&form));
    facts
}

fn image(form: &Form) -> Fact {
    let id = form.image_id.get();
    match form.image.get().filter(|image| image.id == id && !image.name.is_empty()) {
        Some(image) => Fact::data("image", "Image", image.name).data_note(id),
        None => Fact::data("image", "Image", id),
    }
}

fn count(form: &Form) -> Fact {
    let name = form.name.with(|name| name.trim().to_owned());
    let count = plural(form.count(), "{n} instance", "{n} instances");
    let fact = Fact::text("details", "Count", count);
    if form.name_each.get() && form.count() > 1 { fact.note(t("each with its own name")) } else { fact.data_note(name) }
}

fn machine(launch: Launch) -> Fact {
    let chosen = launch.form.instance_type.get();
    let note = launch.choices.types.items.with(|types| types.iter().find(|of| of.name == chosen).map(super::types::size));
    Fact::data("details", "Type", chosen).note(note.unwrap_or_default())
}

fn user_data(form: &Form) -> Fact {
    form.user_data_file.with(|file| match file {
        Some(file) => Fact::data("details", "User data", file.name.clone()).data_note(format::bytes(file.bytes)),
        None => Fact::data("details", "User data", format::bytes(form.user_data.with(String::len))),
    })
}

fn network(launch: Launch) -> Fact {
    let Launch { form, choices, .. } = launch;
    let (vpc_id, subnet_id) = (form.vpc_id.get(), form.subnet_id.get());
    let vpc = choices.vpcs.items.with(|vpcs| vpcs.iter().find(|vpc| vpc.id == vpc_id).map(label::vpc)).unwrap_or(vpc_id);
    let subnet = choices.subnets.items.with(|subnets| subnets.iter().find(|subnet| subnet.id == subnet_id).map(label::subnet));
    let fact = Fact::data("security", "Network", vpc);
    match subnet {
        Some(subnet) => fact.data_note(subnet),
        None => fact.note(t("any subnet")),
    }
}

fn groups(launch: Launch) -> Fact {
    let chosen = launch.form.security_groups.get();
    if chosen.is_empty() {
        return Fact::text("security", "Security groups", t("The default group"));
    }
    let name = |id: &String| {
        launch
            .choices
            .groups
            .items
            .with(|groups| groups.iter().find(|group| group.id == *id).map_or(id.clone(), |group| group.name.clone()))
    };
    Fact::data("security", "Security groups", chosen.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn volumes(form: &Form) -> Fact {
    let rows = form.volumes.get();
    let total: u64 = rows.iter().filter_map(|row| row.size.with(|size| size.trim().parse::<u64>().ok())).sum();
    match rows.len() {
        0 => Fact::text("advanced", "Volumes", t("As the image has them")),
        n => {
            let count = plural(n, "{n} volume", "{n} volumes");
            Fact::text("advanced", "Volumes", tf("{count}, {size}", &[("count", count), ("size", format::gib(total))]))
        }
    }
}

fn options(form: &Form) -> Vec<Fact> {
    let mut facts = Vec::new();
    let role = form.role.get();
    if !role.is_empty() {
        facts.push(Fact::data("advanced", "Role", role));
    }
    if form.monitoring.get() {
        facts.push(Fact::text("advanced", "Monitoring", t("Every minute")));
    }
    if form.termination_protection.get() {
        facts.push(Fact::text("advanced", "Termination protection", t("On")));
    }
    facts
}
