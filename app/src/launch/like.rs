//! "Launch more like this": what a new launch takes over from an instance.

use api::instance::Instance;
use base64::{Engine, engine::general_purpose::STANDARD};
use leptos::prelude::*;

use super::form::{Form, NO_KEY_PAIR, UserDataFile};
use crate::locale::t;

impl Form {
    /// Takes over everything but name and count; the image's own facts come when the image does.
    pub fn resemble(&self, instance: &Instance) {
        self.image_id.set(instance.image_id.clone());
        self.instance_type.set(instance.instance_type.clone());
        self.vpc_id.set(instance.vpc_id.clone());
        self.subnet_id.set(instance.subnet_id.clone());
        if instance.subnet_id.is_empty() {
            self.zone.set(instance.zone.clone());
        }
        self.key_pair.set(if instance.key_name.is_empty() { NO_KEY_PAIR.to_owned() } else { instance.key_name.clone() });
        self.security_groups.set(instance.security_groups.iter().map(|group| group.id.clone()).collect());
        for tag in instance.tags.iter().filter(|tag| tag.key != "Name" && !tag.is_reserved()) {
            self.add_tag(&tag.key, &tag.value);
        }
        self.monitoring.set(instance.monitoring);
        self.termination_protection.set(instance.termination_protection.unwrap_or_default());
        // Where nobody tells the role: the console names instance profiles after their roles, as AWS's does.
        let profile = || instance.instance_profile_arn.rsplit('/').next().unwrap_or_default().to_owned();
        self.role.set(instance.role.clone().filter(|role| !role.is_empty()).unwrap_or_else(profile));
        if let Some(base64) = instance.user_data.as_ref().filter(|base64| !base64.is_empty()) {
            self.take_user_data(base64);
        }
    }

    /// Text into the text field, anything else as a file.
    fn take_user_data(&self, base64: &str) {
        let Ok(bytes) = STANDARD.decode(base64.trim()) else { return };
        let length = bytes.len();
        match String::from_utf8(bytes) {
            Ok(text) => self.user_data.set(text),
            Err(_) => {
                self.user_data_file.set(Some(UserDataFile { name: t("as launched"), bytes: length, content: base64.trim().to_owned() }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::{
        instance::InstanceDraft,
        resource::{Mutation, Resource},
        tag::Tag,
    };

    #[test]
    fn what_is_launched_resembles_the_instance_but_for_its_name() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new();
        let instance = Instance {
            tags: vec![Tag::new("Name", "web-1"), Tag::new("aws:autoscaling:groupName", "web"), Tag::new("env", "prod")],
            instance_profile_arn: "arn:aws:iam::123456789012:instance-profile/service/web-server".into(),
            user_data: Some("IyEvYmluL3NoCg==".into()),
            ..Instance::sample()
        };
        form.resemble(&instance);
        let draft = InstanceDraft::from(&form);
        let expected = InstanceDraft {
            image_id: instance.image_id,
            count: 1,
            instance_type: instance.instance_type,
            subnet_id: instance.subnet_id,
            key_name: instance.key_name,
            security_group_ids: vec![instance.security_groups[0].id.clone()],
            user_data: "IyEvYmluL3NoCg==".into(),
            tags: vec![Tag::new("env", "prod")],
            monitoring: true,
            role: "web-server".into(),
            ..InstanceDraft::default()
        };
        assert_eq!(draft, expected);
        assert_eq!(draft.check(), api::error::FieldErrors::new());
    }

    #[test]
    fn the_role_is_the_profiles_own_where_that_is_told() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new();
        let instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/stack-WebProfile-1A2B".to_owned();
        form.resemble(&Instance { role: Some("web".into()), instance_profile_arn, ..Instance::sample() });
        assert_eq!(InstanceDraft::from(&form).role, "web");
    }

    #[test]
    fn user_data_that_is_no_text_is_kept_as_it_is() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new();
        form.resemble(&Instance { user_data: Some("//4=".into()), ..Instance::sample() });
        assert_eq!(InstanceDraft::from(&form).user_data, "//4=");
        assert_eq!(form.user_data.get_untracked(), "");
    }
}
