//! From the screen to what is sent, and the errors of what is sent back to the screen.
//!
//! The rules of the API are [`InstanceDraft::check`]; here are only those that need to know more than the draft holds: the image, the
//! network, what was typed where a number belongs.

use std::collections::BTreeMap;

use api::{
    error::FieldErrors,
    image::Image,
    instance::{BlockDevice, InstanceDraft, user_data_error},
    instance_type::InstanceType,
    resource::Mutation,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use leptos::prelude::*;

use super::{
    choices::Choices,
    form::{Form, NO_KEY_PAIR, VolumeRow},
};
use crate::{
    locale::{t, tf},
    wizard::TagRow,
};

impl From<&Form> for InstanceDraft {
    fn from(form: &Form) -> Self {
        let count = form.count();
        let key_pair = form.key_pair.get();
        let volumes = form.volumes.get();
        Self {
            launch_template_id: String::new(),
            launch_template_version: None,
            image_id: form.image_id.with(|id| id.trim().to_owned()),
            count,
            names: names(form, count as usize),
            instance_type: form.instance_type.get(),
            zone: if form.subnet_id.with(String::is_empty) { form.zone.get() } else { String::new() },
            subnet_id: form.subnet_id.get(),
            public_ip: match form.public_ip.get().as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            key_name: if key_pair == NO_KEY_PAIR { String::new() } else { key_pair },
            security_group_ids: form.security_groups.get(),
            user_data: form
                .user_data_file
                .with(|file| file.as_ref().map(|file| file.content.clone()))
                .unwrap_or_else(|| form.user_data.with(|text| STANDARD.encode(text))),
            tags: form.tags.with(|rows| rows.iter().map(TagRow::tag).collect()),
            monitoring: form.monitoring.get(),
            termination_protection: form.termination_protection.get(),
            role: form.role.get(),
            block_devices: volumes.iter().filter_map(changed_volume).collect(),
        }
    }
}

/// One for all, or one for each; none where nothing was entered.
fn names(form: &Form, count: usize) -> Vec<String> {
    let names: Vec<_> = if form.name_each.get() && count > 1 {
        form.names.with(|names| names.iter().take(count).map(|name| name.with(|name| name.trim().to_owned())).collect())
    } else {
        vec![form.name.with(|name| name.trim().to_owned())]
    };
    if names.iter().all(String::is_empty) { Vec::new() } else { names }
}

/// What a row adds to the image's mapping, if anything.
fn changed_volume(row: &VolumeRow) -> Option<BlockDevice> {
    let origin = row.origin.as_ref();
    let volume = BlockDevice {
        device: row.device.with(|device| device.trim().to_owned()),
        snapshot_id: origin.map(|origin| origin.snapshot_id.clone()).unwrap_or_default(),
        size: row.size.with(|size| size.trim().parse().ok()),
        volume_type: row.volume_type.get(),
        delete_on_termination: row.delete_on_termination.get(),
        encrypted: row.encrypted.get(),
    };
    (origin != Some(&volume)).then_some(volume)
}

/// What is wrong with the form, by the keys of the screen.
pub fn check(form: &Form, choices: &Choices) -> FieldErrors {
    let mut errors = to_screen(form, InstanceDraft::from(form).check());
    errors.values_mut().for_each(|message| *message = t(message));
    // A usual type is proposed once they are here: until then nobody has failed to choose one.
    if choices.types.loading.get() && form.instance_type.with(String::is_empty) {
        errors.remove("instance_type");
    }
    if let Some(problem) = form.image_problem.get() {
        errors.entry("image_id".into()).or_insert(problem);
    }
    if let Some(message) = form.user_data_file.with(|file| file.as_ref().and_then(|file| user_data_error(file.bytes))) {
        errors.insert("user_data".into(), t(&message));
    }
    if form.key_pair.with(String::is_empty) {
        errors.insert("key_name".into(), t("Choose a key pair, or launch without one."));
    }
    form.volumes.with(|rows| {
        for row in rows {
            if let Some(message) = size_error(row) {
                errors.insert(format!("volumes.{}.size", row.id), message);
            }
        }
    });
    form.image.with(|image| {
        if let Some(image) = image {
            check_image(form, choices, image, &mut errors);
        }
    });
    if form.subnet_id.with(String::is_empty) && choices.needs_subnet(&form.vpc_id.get()) {
        errors.insert("subnet_id".into(), t("Choose a subnet: the cloud chooses one by itself only in the default VPC."));
    }
    errors
}

/// What an image asks of the rest.
fn check_image(form: &Form, choices: &Choices, image: &Image, errors: &mut FieldErrors) {
    let chosen = form.instance_type.get();
    let mismatch = choices.types.items.with(|types| types.iter().any(|of| of.name == chosen && !runs(of, image)));
    if mismatch {
        let message =
            tf("{type} cannot run an image for {architecture}.", &[("type", chosen), ("architecture", image.architecture.clone())]);
        errors.insert("instance_type".into(), message);
    }
    let key_pair = form.key_pair.get();
    let is_ed25519 =
        |name: &str| choices.key_pairs.items.with(|pairs| pairs.iter().any(|pair| pair.name == name && pair.key_type == "ed25519"));
    if image.platform == "windows" && is_ed25519(&key_pair) {
        errors.insert("key_name".into(), t("Windows needs a key pair of type rsa: its password is encrypted with it."));
    }
}

/// Whether instances of the type can run the image; where the cloud does not say, they can.
pub fn runs(of: &InstanceType, image: &Image) -> bool {
    image.architecture.is_empty() || of.architectures.is_empty() || of.architectures.contains(&image.architecture)
}

fn size_error(row: &VolumeRow) -> Option<String> {
    let text = row.size.with(|size| size.trim().to_owned());
    let least = row.origin.as_ref().and_then(|origin| origin.size);
    match (text.parse::<u32>(), least) {
        (Err(_), _) if !text.is_empty() => Some(t("Enter the size in whole GiB.")),
        (Ok(size), Some(least)) if size < least => Some(tf("The image needs at least {n} GiB.", &[("n", least.to_string())])),
        _ => None,
    }
}

/// Renames the keys of a draft's errors to those of the screen, where rows go by their id and unchanged volumes are not sent.
pub fn to_screen(form: &Form, errors: FieldErrors) -> FieldErrors {
    let tags: Vec<_> = form.tags.with(|rows| rows.iter().map(|row| row.id).collect());
    let volumes: Vec<_> = form.volumes.with(|rows| rows.iter().filter(|row| changed_volume(row).is_some()).map(|row| row.id).collect());
    errors.into_iter().map(|(key, message)| (screen_key(&key, &tags, &volumes).unwrap_or(key), message)).collect::<BTreeMap<_, _>>()
}

fn screen_key(key: &str, tags: &[u32], volumes: &[u32]) -> Option<String> {
    let (list, rest) = key.split_once('.')?;
    let (index, field) = rest.split_once('.')?;
    let index: usize = index.parse().ok()?;
    match list {
        "tags" => Some(format!("tags.{}.{field}", tags.get(index)?)),
        "block_devices" => Some(format!("volumes.{}.{field}", volumes.get(index)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::{key_pair::KeyPair, resource::Resource, vpc::Vpc};

    use crate::launch::form::UserDataFile;

    /// A form with everything that a launch must have.
    fn form() -> (Owner, Form, Choices) {
        let owner = Owner::new();
        owner.set();
        let form = Form::new();
        form.image_id.set("ami-0123456789abcdef0".into());
        form.instance_type.set("t3.micro".into());
        form.key_pair.set("operations".into());
        (owner, form, Choices::new())
    }

    fn wrong(form: &Form, choices: &Choices) -> Vec<String> {
        check(form, choices).into_keys().collect()
    }

    #[test]
    fn the_least_form_makes_the_least_draft() {
        let (_owner, form, choices) = form();
        assert_eq!(check(&form, &choices), FieldErrors::new());
        let least = InstanceDraft {
            image_id: "ami-0123456789abcdef0".into(),
            count: 1,
            instance_type: "t3.micro".into(),
            key_name: "operations".into(),
            ..InstanceDraft::default()
        };
        assert_eq!(InstanceDraft::from(&form), least);
    }

    #[test]
    fn an_empty_form_says_what_is_missing() {
        let owner = Owner::new();
        owner.set();
        let choices = Choices::new();
        assert_eq!(wrong(&Form::new(), &choices), ["image_id", "key_name"], "no type can be chosen before they are here");
        choices.types.set(Vec::new());
        assert_eq!(wrong(&Form::new(), &choices), ["image_id", "instance_type", "key_name"]);
    }

    #[test]
    fn names_are_one_for_all_or_one_for_each() {
        let (_owner, form, _) = form();
        form.name.set(" web ".into());
        form.count.set("2".into());
        assert_eq!(InstanceDraft::from(&form).names, ["web"]);
        form.name_each.set(true);
        form.provide_names(3);
        form.names.with_untracked(|names| names[1].set("db".into()));
        form.names.with_untracked(|names| names[2].set("beyond the count".into()));
        assert_eq!(InstanceDraft::from(&form).names, ["", "db"]);
        form.count.set("1".into());
        assert_eq!(InstanceDraft::from(&form).names, ["web"]);
    }

    #[test]
    fn a_count_that_is_no_number_is_refused() {
        let (_owner, form, choices) = form();
        for text in ["", "many", "0", "101", "-1", "1.5"] {
            form.count.set(text.into());
            assert_eq!(wrong(&form, &choices), ["count"], "{text:?}");
        }
    }

    #[test]
    fn user_data_goes_as_base64_and_a_file_goes_before_text() {
        let (_owner, form, choices) = form();
        form.user_data.set("#!/bin/sh\n".into());
        assert_eq!(InstanceDraft::from(&form).user_data, "IyEvYmluL3NoCg==");
        form.user_data_file.set(Some(UserDataFile { name: "boot".into(), bytes: 2, content: "//4=".into() }));
        assert_eq!(InstanceDraft::from(&form).user_data, "//4=");
        form.user_data_file.set(Some(UserDataFile { name: "boot".into(), bytes: 20 * 1024, content: String::new() }));
        assert_eq!(check(&form, &choices).get("user_data").map(String::as_str), Some("User data has at most 16 KB; this is 20 KB."));
        form.user_data_file.set(None);
        assert_eq!(InstanceDraft::from(&form).user_data, "IyEvYmluL3NoCg==", "the text was kept");
    }

    #[test]
    fn launching_without_a_key_pair_is_a_decision() {
        let (_owner, form, choices) = form();
        form.key_pair.set(NO_KEY_PAIR.into());
        assert_eq!(InstanceDraft::from(&form).key_name, "");
        assert!(wrong(&form, &choices).is_empty());
    }

    #[test]
    fn only_volumes_that_differ_are_sent_and_their_errors_find_their_row() {
        let (_owner, form, choices) = form();
        form.set_image(Image::sample());
        assert!(InstanceDraft::from(&form).block_devices.is_empty());
        form.add_volume();
        let (root, added) = form.volumes.with_untracked(|rows| (rows[0].clone(), rows[1].clone()));
        added.size.set(String::new());
        assert_eq!(wrong(&form, &choices), [format!("volumes.{}.size", added.id)]);
        added.size.set("1.5".into());
        assert_eq!(check(&form, &choices).into_values().next().as_deref(), Some("Enter the size in whole GiB."));
        added.size.set("30".into());
        root.size.set("7".into());
        assert_eq!(check(&form, &choices).into_values().next().as_deref(), Some("The image needs at least 8 GiB."));
        root.size.set("20".into());
        let sizes: Vec<_> = InstanceDraft::from(&form).block_devices.iter().map(|device| (device.device.clone(), device.size)).collect();
        assert_eq!(sizes, [("/dev/xvda".into(), Some(20)), ("/dev/sdf".into(), Some(30))]);
    }

    #[test]
    fn what_the_cloud_refuses_by_index_is_shown_at_the_row() {
        let (_owner, form, _) = form();
        form.set_image(Image::sample());
        form.add_tag("a", "");
        form.add_tag("b", "");
        form.add_volume();
        let refused = [("block_devices.0.size", "x"), ("tags.1.key", "y"), ("key_name", "z"), ("block_devices.7.size", "beyond")];
        let refused = refused.map(|(key, message)| (key.to_owned(), message.to_owned())).into();
        let keys: Vec<_> = to_screen(&form, refused).into_keys().collect();
        let volume = form.volumes.with_untracked(|rows| rows[1].id);
        let tag = form.tags.with_untracked(|rows| rows[1].id);
        assert_eq!(keys, ["block_devices.7.size".into(), "key_name".into(), format!("tags.{tag}.key"), format!("volumes.{volume}.size")]);
    }

    #[test]
    fn type_key_and_network_have_to_fit_the_image_and_the_vpc() {
        let (_owner, form, choices) = form();
        choices.types.set(vec![InstanceType::sample()]);
        choices.key_pairs.set(vec![KeyPair::sample()]);
        choices.vpcs.set(vec![Vpc { is_default: false, ..Vpc::sample() }]);
        form.set_image(Image { architecture: "arm64".into(), platform: "windows".into(), ..Image::sample() });
        form.vpc_id.set(Vpc::sample().id);
        assert_eq!(wrong(&form, &choices), ["instance_type", "key_name", "subnet_id"]);
        form.subnet_id.set("subnet-1".into());
        form.set_image(Image::sample());
        assert!(wrong(&form, &choices).is_empty());
    }
}
