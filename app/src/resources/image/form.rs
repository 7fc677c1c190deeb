//! The forms of images: making one of an instance or a snapshot, copying, describing and deregistering it.

use api::{
    image::{Image, ImageDraft},
    instance::Instance,
    kind::Kind,
    snapshot::Snapshot,
};

use crate::{
    form as dialog,
    spec::{
        action::{Action, Allow},
        form::{Field, Form, Input, Pick},
    },
};

const NAME_HELP: &str = "3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _. No other image of yours may have it.";

/// What an instance offers.
pub const CREATE: Action<Instance> =
    Action::open("create-image", "Create image", "disc", |i| dialog::create::<Image>(&FROM_INSTANCE, &of_instance(&i)))
        .when(|i| Allow::when(can_be_imaged(i), "Images are made of running and stopped instances with an EBS root device."));

pub static FROM_INSTANCE: Form = Form {
    title: "Create image",
    intro: "The image holds a snapshot of each volume of the instance. Keys, logs and passwords that are on them will be in it, too.",
    submit: "Create image",
    fields: &[
        Field::new("instance_id", "Instance", Input::Pick(Pick::of(Kind::Instance).fits(|item, _, _| can_be_imaged(item.get())))),
        Field::new("name", "Name", Input::Text).help(NAME_HELP),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new("no_reboot", "Do not reboot the instance", Input::Check)
            .help("Without a reboot, what the system has not written yet is missing in the image."),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

pub static REGISTER: Form = Form {
    title: "Register as image",
    intro: "Instances of the image start from the snapshot: it has to hold a system that boots.",
    submit: "Register image",
    fields: &[
        Field::new(
            "snapshot_id",
            "Snapshot",
            Input::Pick(Pick::of(Kind::Snapshot).fits(|item, _, _| item.get::<Snapshot>().state == "completed")),
        ),
        Field::new("name", "Name", Input::Text).help(NAME_HELP),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new(
            "architecture",
            "Architecture",
            Input::Choice(&[("x86_64", "x86_64 (64-bit x86)"), ("arm64", "arm64 (64-bit Arm)"), ("i386", "i386 (32-bit x86)")]),
        ),
        Field::new("root_device", "Root device", Input::Code).help("/dev/sda1 or /dev/xvda on AWS, /dev/sda on Eucalyptus."),
        Field::new(
            "volume_type",
            "Type of the root volume",
            Input::Choice(&[
                ("", "The cloud's default"),
                ("gp3", "General purpose SSD (gp3)"),
                ("gp2", "General purpose SSD (gp2)"),
                ("standard", "Magnetic (standard)"),
            ]),
        ),
        Field::new("delete_on_termination", "Delete the root volume with its instance", Input::Check),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

pub static COPY: Form = Form {
    title: "Copy {name}",
    intro: "The copy and its snapshots belong to you. Who may launch it, and its tags, are not copied.",
    submit: "Copy",
    fields: &[
        Field::new("region", "To region", Input::Region),
        Field::new("name", "Name", Input::Text).help(NAME_HELP),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new("encrypted", "Encrypt the copy", Input::Check).help("What is encrypted stays encrypted in any case."),
    ],
};

pub static DESCRIBE: Form = Form {
    title: "Describe {name}",
    intro: "",
    submit: "Save",
    fields: &[Field::new("description", "Description", Input::Text).optional()],
};

pub static DEREGISTER: Form = Form {
    title: "Deregister {name}",
    intro: "This cannot be undone. Instances that were launched from it go on; nobody can launch new ones.",
    submit: "Deregister",
    fields: &[Field::new("with_snapshots", "Delete its snapshots, too", Input::Check)
        .help("Snapshots that other images of yours are made of are kept.")],
};

/// An image of this instance, to be named.
fn of_instance(instance: &Instance) -> ImageDraft {
    ImageDraft::Instance {
        instance_id: instance.id.clone(),
        name: String::new(),
        description: String::new(),
        no_reboot: false,
        tags: vec![],
    }
}

fn can_be_imaged(instance: &Instance) -> bool {
    matches!(instance.state.as_str(), "running" | "stopped") && instance.root_device_type != "instance-store"
}

#[cfg(test)]
mod tests {
    use api::resource::Resource;

    use super::*;
    use crate::spec::form::Values;

    #[test]
    fn the_form_knows_what_the_draft_holds() {
        let values = Values::of(&of_instance(&Instance::sample()));
        assert!(FROM_INSTANCE.fields.iter().all(|field| field.input.makes(&values.0[field.key])));
    }
}
