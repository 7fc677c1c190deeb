//! Launch templates and their versions.

use crate::{
    noun::{self, Noun as _},
    ops::{Call, Reply},
    protocol::{
        params::{Params, Scope},
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{
        Text, World,
        instance::Instance,
        launch_template::{self, LaunchTemplate, Version},
    },
};

pub fn create(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = scope.require("LaunchTemplateName")?;
    let fine = |c: char| c.is_ascii_alphanumeric() || "()./_-".contains(c);
    if !(3..=128).contains(&name.len()) || !name.chars().all(fine) {
        let message = "Launch template names must be 3-128 characters and may contain only letters, numbers, and ()./_-.";
        return Err(Refusal::new("InvalidLaunchTemplateName.MalformedException", message));
    }
    if launch_template::by_name(call.world, name).is_ok() {
        return Err(Refusal::new("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use."));
    }
    let tags = tag::specified(&scope, "launch-template", &["launch-template"])?;
    let version = version(call, &Params::default())?;
    let created_by = call.principal.arn.as_str().into();
    let id = add(call.world, name, created_by, vec![version], tags);
    Ok(map! { "launchTemplate" => call.world.launch_templates[&id].show(&id, call.world) })
}

pub fn add(world: &mut World, name: &str, created_by: Text, versions: Vec<Version>, tags: Tags) -> Text {
    let id = world.id("lt-");
    let created_at = versions.first().map_or(world.now, |version| version.created_at);
    let row = LaunchTemplate { name: name.into(), created_at, created_by, default_version: 1, versions, tags };
    world.launch_templates.insert(id.clone(), row);
    id
}

/// The version that a request describes, on top of another one.
fn version(call: &Call<'_>, source: &Params) -> Result<Version, Refusal> {
    let data = call.params.below("LaunchTemplateData");
    if data.is_empty() {
        return Err(Refusal::missing("LaunchTemplateData"));
    }
    let description = call.scope().text("VersionDescription").map(Into::into);
    Ok(Version { description, created_at: call.world.now, data: data.or(source) })
}

/// The template that a request names by its id or its name.
fn meant(scope: &Scope<'_>, world: &World) -> Result<Text, Refusal> {
    match (scope.text("LaunchTemplateId"), scope.text("LaunchTemplateName")) {
        (Some(id), None) => LaunchTemplate::key(world, id),
        (None, Some(name)) => launch_template::by_name(world, name),
        _ => Err(Refusal::new("MissingParameter", "Either launch template ID or launch template name must be specified, but not both.")),
    }
}

fn no_version(id: &str, version: &str) -> Refusal {
    let message = format!("Could not find the specified version {version} for the launch template with ID {id}.");
    Refusal::new("InvalidLaunchTemplateId.VersionNotFound", message)
}

pub fn create_version(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = meant(&scope, call.world)?;
    let template = &call.world.launch_templates[&id];
    let source = match scope.text("SourceVersion") {
        None => Params::default(),
        Some(number) => template.versions[template.number(number).ok_or_else(|| no_version(&id, number))? - 1].data.clone(),
    };
    let version = version(call, &source)?;
    let template = call.world.launch_templates.get_mut(&id).ok_or_else(|| LaunchTemplate::unknown(&id))?;
    template.versions.push(version);
    Ok(map! { "launchTemplateVersion" => template.show_version(&id, template.versions.len()) })
}

pub fn describe_versions(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let id = meant(&scope, call.world)?;
    let template = &call.world.launch_templates[&id];
    let asked = scope.list("LaunchTemplateVersion");
    let numbers: Vec<usize> = if asked.is_empty() {
        (1..=template.versions.len()).rev().collect()
    } else {
        asked.iter().map(|asked| template.number(asked).ok_or_else(|| no_version(&id, asked))).collect::<Result<_, _>>()?
    };
    Ok(map! { "launchTemplateVersionSet" => Value::list(numbers.into_iter().map(|number| template.show_version(&id, number))) })
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let id = meant(&call.scope(), call.world)?;
    let shown = call.world.launch_templates[&id].show(&id, call.world);
    call.world.launch_templates.remove(&id);
    Ok(map! { "launchTemplate" => shown })
}

/// What a template would hold that launches more of an instance.
pub fn get_data(call: &mut Call<'_>) -> Reply {
    let id = noun::named::<Instance>(call, "InstanceId")?;
    let world = &*call.world;
    let row = &world.instances[&id];
    Ok(map! { "launchTemplateData" => map! {
        "imageId" => &row.image,
        "instanceType" => &row.instance_type,
        "keyName" => row.key_name.as_ref(),
        "ebsOptimized" => row.ebs_optimized,
        "userData" => row.user_data.as_ref(),
        "disableApiTermination" => row.protected,
        "monitoring" => map! { "enabled" => row.monitoring },
        "iamInstanceProfile" => row.profile.as_ref().map(|profile| map! { "arn" => &profile.arn }),
        "placement" => map! { "availabilityZone" => &row.zone, "tenancy" => &row.tenancy },
        "blockDeviceMappingSet" => Value::list(row.devices.iter().filter_map(|device| {
            let volume = world.volumes.get(&device.volume)?;
            Some(map! {
                "deviceName" => &device.name,
                "ebs" => map! {
                    "volumeSize" => volume.size,
                    "volumeType" => volume.volume_type,
                    "snapshotId" => volume.snapshot.as_ref(),
                    "encrypted" => volume.encrypted,
                    "deleteOnTermination" => device.delete_on_termination,
                },
            })
        })),
        "networkInterfaceSet" => Value::list([map! {
            "deviceIndex" => 0u32,
            "subnetId" => &row.subnet,
            "groupSet" => launch_template::group_ids(row.groups.iter().map(|group| &**group)),
        }]),
        "tagSpecificationSet" => Value::list([map! { "resourceType" => "instance", "tagSet" => tag::show(&row.tags) }]),
    } })
}

/// The parameters of a launch with those of its template; what the request itself says counts.
pub fn complete(call: &Call<'_>) -> Result<Option<Params>, Refusal> {
    let named = call.scope().structure("LaunchTemplate");
    if named.text("LaunchTemplateId").or_else(|| named.text("LaunchTemplateName")).is_none() {
        return Ok(None);
    }
    let id = meant(&named, call.world)?;
    let template = &call.world.launch_templates[&id];
    let version = named.text("Version").unwrap_or_default();
    let number = template.number(version).ok_or_else(|| no_version(&id, version))?;
    Ok(Some(call.params.or(&template.versions[number - 1].data)))
}
