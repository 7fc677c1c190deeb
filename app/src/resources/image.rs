//! Images: what instances are launched from. Their forms are in `image/form.rs`.

use api::{
    image::{Image, ImageAction},
    instance::Instance,
    kind::Kind,
    sharing::Sharing,
    snapshot::Snapshot,
};

use super::{flag, sharing::SHARE};
use crate::{
    area::Area,
    format,
    lazy::{self, parts},
    paths,
    spec::{
        Depends, Empty, Scope, Spec,
        action::{self, Allow},
        cell::{self, Cell},
        column::{self, Width},
        facet,
        tab::{Fact, Section, Tab},
    },
    ui::Tone,
};

pub mod form;

type Column = column::Column<Image>;
type Facet = facet::Facet<Image>;
type Action = action::Action<Image>;

pub static SPEC: Spec<Image> = Spec {
    area: Area::Compute,
    title: "Images",
    icon: "disc",
    sort: "-created",
    columns: &[
        Column::new("name", "Name", |i| cell::named_link(Kind::Image, &i.id, title(i))).width(Width::Wide).narrow(),
        Column::new("id", "Image ID", |i| cell::code(&i.id)).width(Width::Id),
        Column::new("state", "State", state).narrow(),
        Column::new("platform", "Platform", |i| cell::text(platform(i))),
        Column::new("architecture", "Architecture", |i| cell::text(&i.architecture)),
        Column::new("root", "Root device", |i| cell::text(&i.root_device_type)),
        Column::new("created", "Created", |i| cell::time(i.created_at)),
        Column::new("visibility", "Visibility", |i| Cell::Word(if i.public { "Public" } else { "Private" })).width(Width::Narrow),
        Column::new("description", "Description", |i| cell::text(&i.description)).width(Width::Wide).hidden(),
        Column::new("owner", "Owner", |i| cell::code(owner(i))).hidden(),
        Column::new("image_name", "Image name", |i| cell::text(&i.name)).width(Width::Wide).hidden(),
        Column::new("deprecated", "Deprecated", |i| cell::time(i.deprecated_at)).hidden(),
        Column::new("tags", "Tags", |i| cell::tags(&i.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[
        Facet::one("platform", "Platform", |i| &i.platform).options(&[("", "Linux/UNIX"), ("windows", "Windows")]),
        Facet::one("distribution", "Distribution", distribution),
        Facet::one("architecture", "Architecture", |i| &i.architecture),
        Facet::one("root", "Root device", |i| &i.root_device_type).alias("root_device_type"),
        Facet::one("state", "State", |i| &i.state),
        Facet::one("visibility", "Visibility", |i| flag(i.public)).options(&[("true", "Public"), ("false", "Private")]),
        Facet::one("owned_by", "Owner", owner).alias("owner_alias"),
    ],
    scopes: &[
        Scope { arg: "owner", value: "mine", label: "Mine and shared with me" },
        Scope { arg: "owner", value: "self", label: "Mine" },
        Scope { arg: "owner", value: "shared", label: "Shared with me" },
        Scope { arg: "owner", value: "amazon", label: "Amazon" },
        Scope { arg: "owner", value: "marketplace", label: "AWS Marketplace" },
        Scope { arg: "owner", value: "all", label: "All" },
    ],
    actions: &[
        Action::go("launch", "Launch instances", "rocket", |i| paths::with_query(&paths::launch(), &[("image", &i.id)])).when(can_launch),
        Action::form("copy", "Copy to region", "copy", ("{name} is being copied", "{n} images are being copied"), &form::COPY, |i| {
            ImageAction::Copy { region: String::new(), name: i.name.clone(), description: i.description.clone(), encrypted: false }
        })
        .when(can_copy),
        Action::form(
            "share",
            "Share",
            "share-2",
            ("The sharing of {name} is changed", "The sharing of {n} images is changed"),
            &SHARE,
            |_| ImageAction::Share(Sharing::default()),
        )
        .when(can_change)
        .bulk(),
        Action::form(
            "describe",
            "Edit description",
            "pencil",
            ("The description of {name} is saved", "The description of {n} images is saved"),
            &form::DESCRIBE,
            describe,
        )
        .when(can_change)
        .undone_by(|i| Some(describe(i))),
        Action::form(
            "deregister",
            "Deregister",
            "trash-2",
            ("{name} is deregistered", "{n} images are deregistered"),
            &form::DEREGISTER,
            |_| ImageAction::Deregister { with_snapshots: false },
        )
        .when(can_change)
        .ends("This cannot be undone.")
        .depends(&[Depends::on(
            Kind::Snapshot,
            |_| vec![("owner", "self".to_owned())],
            |i, item| i.is_made_of(&item.get::<Snapshot>().id),
            "These snapshots are what it is made of:",
        )])
        .bulk(),
        Action::open("deregister-snapshots", "Deregister with its snapshots", "layers", |image| lazy::dialog(parts::deregister, image))
            .when(can_change),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[Section::Facts {
                title: "Image",
                columns: &[
                    "state",
                    "image_name",
                    "description",
                    "platform",
                    "architecture",
                    "root",
                    "created",
                    "deprecated",
                    "visibility",
                    "owner",
                ],
                more: &[
                    Fact::new("Platform details", |i| cell::text(&i.platform_details)),
                    Fact::new("Shared with accounts", |i| {
                        i.launch_permissions.as_ref().map_or(Cell::Empty, |ids| cell::code(&ids.join(" ")))
                    }),
                    Fact::new("Root device name", |i| cell::code(&i.root_device_name)),
                    Fact::new("Virtualization", |i| cell::text(&i.virtualization_type)),
                    Fact::new("Hypervisor", |i| cell::text(&i.hypervisor)),
                    Fact::new("Kind of image", |i| cell::text(&i.image_type)),
                    Fact::new("Location", |i| cell::code(&i.location)),
                    Fact::new("Kernel", |i| cell::code(&i.kernel_id)),
                    Fact::new("RAM disk", |i| cell::code(&i.ramdisk_id)),
                ],
            }],
        ),
        Tab::new(
            "storage",
            "Storage",
            &[Section::Table {
                title: "Block devices",
                heads: &["Device", "Snapshot", "Size", "Type", "Deleted on termination", "Encrypted"],
                rows: block_devices,
                empty: "The image maps no block devices.",
            }],
        ),
        Tab::new(
            "uses",
            "Used by",
            &[Section::Related {
                of: Depends::on(
                    Kind::Instance,
                    |_| vec![],
                    |i, item| item.get::<Instance>().image_id == i.id,
                    "Instances launched from it",
                ),
                columns: &["name", "id", "state", "type"],
                empty: "No instance was launched from it.",
                make: "",
            }],
        ),
    ],
    has_tags: true,
    status: Some(state),
    notice: Some(|i| i.deprecated_at.is_some_and(|at| at <= format::now()).then_some("It is deprecated: its owner advises another image.")),
    primary: None,
    empty: &Empty { title: "No images here", body: "Images of your own appear here. Choose another owner above to see what others offer." },
};

fn describe(image: &Image) -> ImageAction {
    ImageAction::Describe { description: image.description.clone() }
}

/// The `Name` tag where the owner gave one, else the image's own name.
fn title(image: &Image) -> &str {
    let tag = image.tags.iter().find(|tag| tag.key == "Name" && !tag.value.is_empty());
    tag.map_or(&image.name, |tag| &tag.value)
}

fn state(image: &Image) -> Cell {
    let tone = match image.state.as_str() {
        "available" => Tone::Good,
        "pending" | "transient" => Tone::Busy,
        "failed" | "error" | "invalid" => Tone::Bad,
        _ => Tone::Neutral,
    };
    cell::status(tone, &image.state)
}

fn platform(image: &Image) -> &str {
    match distribution(image) {
        "" if image.platform == "windows" => "Windows",
        "" => "Linux/UNIX",
        known => known,
    }
}

/// The cloud rarely says more than Linux, so the distribution is read from the image's own words, as people do.
fn distribution(image: &Image) -> &'static str {
    const KNOWN: &[(&str, &str)] = &[
        ("red hat", "Red Hat"),
        ("rhel", "Red Hat"),
        ("centos", "CentOS"),
        ("rocky", "Rocky Linux"),
        ("almalinux", "AlmaLinux"),
        ("fedora", "Fedora"),
        ("ubuntu", "Ubuntu"),
        ("debian", "Debian"),
        ("opensuse", "SUSE"),
        ("suse", "SUSE"),
        ("sles", "SUSE"),
        ("amazon linux", "Amazon Linux"),
        ("amzn", "Amazon Linux"),
        ("al2023", "Amazon Linux"),
        ("windows", "Windows"),
        ("freebsd", "FreeBSD"),
    ];
    let find = |text: &str| {
        let text = text.to_ascii_lowercase();
        KNOWN.iter().find(|(word, _)| text.contains(word)).map(|(_, label)| *label)
    };
    find(&image.name).or_else(|| find(&image.platform_details)).or_else(|| find(&image.description)).unwrap_or("")
}

fn owner(image: &Image) -> &str {
    if image.owner_alias.is_empty() { &image.owner } else { &image.owner_alias }
}

fn block_devices(image: &Image) -> Vec<Vec<Cell>> {
    let row = |device: &api::instance::BlockDevice| {
        vec![
            cell::code(&device.device),
            cell::link(Kind::Snapshot, &device.snapshot_id),
            device.size.map_or(Cell::Empty, |size| Cell::Gib(size.into())),
            cell::text(&device.volume_type),
            cell::yes_no(device.delete_on_termination),
            cell::yes_no(device.encrypted),
        ]
    };
    image.block_devices.iter().map(row).collect()
}

/// Only the owner's own images have no alias, or the alias of oneself; whose the others are, the list does not tell.
fn can_change(image: &Image) -> Allow {
    Allow::when(matches!(image.owner_alias.as_str(), "" | "self"), "It belongs to somebody else.")
}

fn can_copy(image: &Image) -> Allow {
    Allow::when(image.state == "available", "Only available images can be copied.")
}

fn can_launch(image: &Image) -> Allow {
    Allow::when(image.state == "available", "Only available images can be launched.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_is_read_from_the_most_telling_text() {
        let of = |name: &str, description: &str| {
            let image = Image { name: name.into(), description: description.into(), ..Image::default() };
            distribution(&image)
        };
        assert_eq!(of("debian-12-amd64", ""), "Debian");
        assert_eq!(of("base-7", "Built from CentOS 7"), "CentOS");
        assert_eq!(of("ubuntu-noble", "not Debian at all"), "Ubuntu");
        assert_eq!(of("appliance", ""), "");
    }

    #[test]
    fn a_name_tag_is_preferred_to_the_images_own_name() {
        let mut image = Image { name: "build-1234".into(), ..Image::default() };
        assert_eq!(title(&image), "build-1234");
        image.tags.push(api::tag::Tag::new("Name", "web base"));
        assert_eq!(title(&image), "web base");
    }
}
