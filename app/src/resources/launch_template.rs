//! Launch templates and their versions.

use api::{
    instance::{Instance, InstanceDraft},
    kind::Kind,
    launch_template::{LaunchTemplate, LaunchTemplateAction, LaunchTemplateDraft, Version},
};

use crate::{
    area::Area,
    form,
    spec::{
        Empty, Primary, Spec, action,
        cell::{self, Cell, Link},
        column::{self, Width},
        facet,
        form::{Field, Form, Input, Pick},
        tab::{Section, Tab},
    },
};

type Column = column::Column<LaunchTemplate>;
type Facet = facet::Facet<LaunchTemplate>;
type Action = action::Action<LaunchTemplate>;

pub static SPEC: Spec<LaunchTemplate> = Spec {
    area: Area::Compute,
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
    actions: &[
        Action::open("launch", "Launch instances", "rocket", |t| form::create::<Instance>(&LAUNCH, &launch(&t))),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} launch templates are deleted"), || {
            LaunchTemplateAction::Delete
        })
        .ends("All its versions go with it. Instances that it launched stay; scaling groups that use it can launch no more."),
    ],
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

/// What the template leaves open, and what may differ from it.
static LAUNCH: Form = Form {
    title: "Launch instances from a template",
    intro: "What is not said here is taken from the template.",
    submit: "Launch",
    fields: &[
        Field::new("launch_template_version", "Version", Input::Number("")).optional().help("The default version, if it stays empty."),
        Field::new("count", "How many", Input::Number("")),
        Field::new("names", "Names", Input::Lines).optional().help("One for all, or one a line for each."),
        Field::new("instance_type", "Instance type", Input::Pick(Pick::of(Kind::InstanceType).none("As in the template"))).optional(),
        Field::new("key_name", "Key pair", Input::Pick(Pick::of(Kind::KeyPair).none("As in the template"))).optional(),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

fn launch(template: &LaunchTemplate) -> InstanceDraft {
    InstanceDraft {
        launch_template_id: template.id.clone(),
        launch_template_version: Some(template.default_version).filter(|&version| version > 0),
        count: 1,
        ..InstanceDraft::default()
    }
}

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

#[cfg(test)]
mod tests {
    use api::resource::{Mutation, Resource};

    use super::*;
    use crate::spec::form::Values;

    #[test]
    fn a_launch_begins_with_the_default_version_and_nothing_else_has_to_be_said() {
        let draft = launch(&LaunchTemplate { default_version: 3, ..LaunchTemplate::sample() });
        assert_eq!((draft.launch_template_version, draft.check().is_empty()), (Some(3), true));
        let values = Values::of(&draft);
        for field in LAUNCH.fields {
            assert!(values.0.get(field.key).is_some_and(|value| field.input.makes(value)), "{}", field.key);
        }
    }
}
