//! Launch templates. What a version says is kept as it was sent, because a launch takes it in the same words.

use crate::{
    clock::{Millis, iso},
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        params::{Params, Scope},
        refusal::Refusal,
        value::{Value, map},
    },
    tag::{self, Tags},
    world::{Text, World},
};

pub struct LaunchTemplate {
    pub name: Text,
    pub created_at: Millis,
    pub created_by: Text,
    pub default_version: usize,
    /// The first has number 1.
    pub versions: Vec<Version>,
    pub tags: Tags,
}

pub struct Version {
    pub description: Option<Text>,
    pub created_at: Millis,
    /// The parameters of a launch.
    pub data: Params,
}

impl LaunchTemplate {
    /// The number of the version that a text such as `$Latest` or `2` means.
    pub fn number(&self, version: &str) -> Option<usize> {
        match version {
            "$Latest" => Some(self.versions.len()),
            "" | "$Default" => Some(self.default_version),
            number => number.parse().ok().filter(|number| (1..=self.versions.len()).contains(number)),
        }
    }

    pub fn show_version(&self, id: &str, number: usize) -> Value {
        let version = &self.versions[number - 1];
        map! {
            "launchTemplateId" => id,
            "launchTemplateName" => &self.name,
            "versionNumber" => number,
            "versionDescription" => version.description.as_ref(),
            "createTime" => iso(version.created_at),
            "createdBy" => &self.created_by,
            "defaultVersion" => number == self.default_version,
            "launchTemplateData" => show_data(&version.data.scope()),
        }
    }
}

/// The groups of an interface: the only list of EC2 whose entries have a name of their own.
pub fn group_ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> Value {
    Value::Map(ids.into_iter().map(|id| ("groupId", id.into())).collect())
}

fn show_data(data: &Scope<'_>) -> Value {
    let profile = data.structure("IamInstanceProfile");
    let has_profile = profile.text("Arn").or_else(|| profile.text("Name")).is_some();
    map! {
        "imageId" => data.text("ImageId"),
        "instanceType" => data.text("InstanceType"),
        "keyName" => data.text("KeyName"),
        "ebsOptimized" => data.text("EbsOptimized"),
        "userData" => data.text("UserData"),
        "disableApiTermination" => data.text("DisableApiTermination"),
        "monitoring" => data.structure("Monitoring").text("Enabled").map(|enabled| map! { "enabled" => enabled }),
        "iamInstanceProfile" => has_profile.then(|| map! { "arn" => profile.text("Arn"), "name" => profile.text("Name") }),
        "placement" => data.structure("Placement").text("AvailabilityZone").map(|zone| map! { "availabilityZone" => zone }),
        "securityGroupIdSet" => Value::list(data.list("SecurityGroupId")),
        "blockDeviceMappingSet" => Value::list(data.structures("BlockDeviceMapping").iter().map(|mapping| {
            let ebs = mapping.structure("Ebs");
            map! {
                "deviceName" => mapping.text("DeviceName"),
                "ebs" => map! {
                    "volumeSize" => ebs.text("VolumeSize"),
                    "volumeType" => ebs.text("VolumeType"),
                    "iops" => ebs.text("Iops"),
                    "snapshotId" => ebs.text("SnapshotId"),
                    "encrypted" => ebs.text("Encrypted"),
                    "deleteOnTermination" => ebs.text("DeleteOnTermination"),
                },
            }
        })),
        "networkInterfaceSet" => Value::list(data.structures("NetworkInterface").iter().map(|interface| map! {
            "deviceIndex" => interface.text("DeviceIndex"),
            "subnetId" => interface.text("SubnetId"),
            "associatePublicIpAddress" => interface.text("AssociatePublicIpAddress"),
            "groupSet" => group_ids(interface.list("SecurityGroupId")),
        })),
        "tagSpecificationSet" => Value::list(data.structures("TagSpecification").iter().map(|specification| map! {
            "resourceType" => specification.text("ResourceType"),
            "tagSet" => Value::list(specification.structures("Tag").iter().map(|tag| {
                map! { "key" => tag.text("Key"), "value" => tag.get("Value") }
            })),
        })),
    }
}

impl Noun for LaunchTemplate {
    const ID: &'static str = "LaunchTemplateId";
    const SHAPE: Option<(&'static str, &'static str)> = Some(("lt-", "InvalidLaunchTemplateId.Malformed"));
    const MAX_RESULTS: (usize, usize) = (1, 200);
    const FILTERS: Names = &[("launch-template-name", "launchTemplateName"), ("create-time", "createTime"), ("tag-key", "tagSet.key")];

    fn table(world: &World) -> &Table<Self> {
        &world.launch_templates
    }

    fn unknown(id: &str) -> Refusal {
        let message = format!("The specified launch template, with template ID {id}, does not exist.");
        Refusal::new("InvalidLaunchTemplateId.NotFound", message)
    }

    fn show(&self, id: &str, _: &World) -> Value {
        map! {
            "launchTemplateId" => id,
            "launchTemplateName" => &self.name,
            "createTime" => iso(self.created_at),
            "createdBy" => &self.created_by,
            "defaultVersionNumber" => self.default_version,
            "latestVersionNumber" => self.versions.len(),
            "tagSet" => tag::show(&self.tags),
        }
    }

    fn asked(scope: &Scope<'_>, world: &World) -> Result<Vec<Text>, Refusal> {
        let ids = scope.list(Self::ID).into_iter().map(|id| Self::key(world, id));
        let names = scope.list("LaunchTemplateName").into_iter().map(|name| by_name(world, name));
        ids.chain(names).collect()
    }
}

/// The id of the template with this name.
pub fn by_name(world: &World, name: &str) -> Result<Text, Refusal> {
    let found = world.launch_templates.iter().find(|(_, row)| &*row.name == name).map(|(id, _)| id.clone());
    let message = || format!("The specified launch template, with template name {name}, does not exist.");
    found.ok_or_else(|| Refusal::new("InvalidLaunchTemplateName.NotFoundException", message()))
}
