//! Launch templates and their versions.

use api::{
    kind::Kind,
    launch_template::{LaunchTemplate, LaunchTemplateAction, LaunchTemplateDraft, Version},
};

use crate::spec::{
    Empty, Primary, Spec, action,
    cell::{self, Cell, Link},
    column::{self, Width},
    facet,
    form::{Field, Form, Input, Pick},
    tab::{Section, Tab},
};

type Column = column::Column<LaunchTemplate>;
type Facet = facet::Facet<LaunchTemplate>;
type Action = action::Action<LaunchTemplate>;

pub static LAUNCH_TEMPLATES: Spec<LaunchTemplate> = Spec {
    title: "Launch templates",
    icon: "layout-template",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |t| cell::named_link(Kind::LaunchTemplate, &t.id, &t.name)).width(Width::Wide).narrow(),
        Column::new("id", "Launch template ID", |t| cell::code(&t.id)).width(Width::Id),
        Column::new("default", "Default version", |t| Cell::Count(t.default_version.into())).width(Width::Narrow),
        Column::new("latest", "Latest version", |t| Cell::Count(t.latest_version.into())).width(Width::Narrow).narrow(),
        Column::new("created", "Created", |t| cell::time(t.created_at)),
        Column::new("author", "Created by", |t| cell::code(&t.created_by)).width(Width::Wide),
        Column::new("tags", "Tags", |t| cell::tags(&t.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[Facet::one("author", "Created by", |t| &t.created_by)],
    scopes: &[],
    actions: &[Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} launch templates are deleted"), || {
        LaunchTemplateAction::Delete
    })
    .danger("All its versions go with it. Instances that it launched stay; scaling groups that use it can launch no more.")],
    tabs: &[Tab::new(
        "general",
        "General",
        &[
            Section::Facts { title: "Launch template", columns: &["name", "id", "default", "latest", "created", "author"], more: &[] },
            Section::Table {
                title: "Versions",
                heads: &["Version", "Description", "Type", "Image", "Key pair", "Security groups", "Subnet", "Created"],
                rows: |t| t.versions.iter().map(version).collect(),
                empty: "No versions.",
            },
        ],
    )],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Create { label: "Create launch template", form: &CREATE, draft: LaunchTemplateDraft::default }),
    empty: &Empty { title: "No launch templates", body: "A launch template keeps what it takes to launch an instance." },
};

pub static CREATE: Form = Form {
    title: "Create launch template",
    intro: "It takes image, type, key pair, security groups, subnet, volumes, user data and tags of an instance.",
    submit: "Create launch template",
    fields: &[
        Field::new("name", "Name", Input::Text).help("3 to 128 letters, digits and ( ) . / _ -"),
        Field::new("description", "Description of the first version", Input::Text).optional(),
        Field::new("instance_id", "Instance", Input::Pick(Pick::of(Kind::Instance))),
        Field::new("tags", "Tags of the template", Input::Tags).optional(),
    ],
};

fn version(version: &Version) -> Vec<Cell> {
    let groups = version.security_groups.iter().map(|id| Link::new(Kind::SecurityGroup, id, id)).collect::<Vec<_>>();
    vec![
        Cell::Count(version.number.into()),
        cell::text(&version.description),
        cell::link(Kind::InstanceType, &version.instance_type),
        cell::link(Kind::Image, &version.image_id),
        cell::link(Kind::KeyPair, &version.key_name),
        if groups.is_empty() { Cell::Empty } else { Cell::Links(groups) },
        cell::link(Kind::Subnet, &version.subnet_id),
        cell::time(version.created_at),
    ]
}
