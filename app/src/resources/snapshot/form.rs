//! The forms of snapshots: taking one, copying it to another region.

use api::{kind::Kind, volume::Volume};

use crate::spec::form::{Field, Form, Input, Pick};

pub static CREATE: Form = Form {
    title: "Create snapshot",
    intro: "It holds what is on the volume at this moment; the volume stays in use meanwhile.",
    submit: "Create snapshot",
    fields: &[
        Field::new(
            "volume_id",
            "Volume",
            Input::Pick(Pick::of(Kind::Volume).fits(|item, _, _| matches!(item.get::<Volume>().state.as_str(), "available" | "in-use"))),
        ),
        Field::new("name", "Name", Input::Text).optional(),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

pub static COPY: Form = Form {
    title: "Copy {name}",
    intro: "The copy belongs to you and stands for itself: what becomes of the original does not touch it.",
    submit: "Copy",
    fields: &[
        Field::new("region", "To region", Input::Region),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new("encrypted", "Encrypt the copy", Input::Check).help("The copy of an encrypted snapshot is encrypted in any case."),
    ],
};
