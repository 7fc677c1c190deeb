//! Launch templates.

use crate::{
    clock::DAY,
    ops::launch_template,
    protocol::params::Params,
    seed,
    world::{Text, World, launch_template::Version},
};

/// Of the fleets that new instances are launched into.
pub fn furnish(world: &mut World, author: &str) {
    let author: Text = author.into();
    for (name, fleet, versions) in [
        ("web-fleet", "web", &[("first", "t3.small", 410), ("gp3 volumes", "t3.medium", 180), ("larger", "m7i.large", 12)][..]),
        ("batch-workers", "batch", &[("", "c7i.xlarge", 96)]),
    ] {
        let like = world.instances.values().find(|row| row.is_alive() && row.tags.iter().any(|(_, value)| value.starts_with(fleet)));
        let Some(like) = like else { continue };
        let (image, groups) = (like.image.clone(), like.groups.clone());
        let now = world.now;
        let version = |&(description, instance_type, days): &(&str, &str, i64)| {
            let group = groups.first().map(|group| ("SecurityGroupId.1", &**group));
            let data = [("ImageId", &*image), ("InstanceType", instance_type), ("KeyName", "operations"), ("Monitoring.Enabled", "true")];
            let tags = [
                ("TagSpecification.1.ResourceType", "instance"),
                ("TagSpecification.1.Tag.1.Key", "fleet"),
                ("TagSpecification.1.Tag.1.Value", fleet),
            ];
            Version {
                description: (!description.is_empty()).then(|| description.into()),
                created_at: now - days * DAY,
                data: Params::of(data.into_iter().chain(group).chain(tags)),
            }
        };
        let versions = versions.iter().map(version).collect();
        launch_template::add(world, name, author.clone(), versions, seed::tags(&[("team", "platform")]));
    }
}
