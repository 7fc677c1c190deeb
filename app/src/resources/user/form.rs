//! The forms of users.

use api::{group::Group, kind::Kind, user::User};

use super::keys;
use crate::spec::{
    Item,
    form::{Field, Form, Input, Pick},
};

pub static CREATE: Form = Form {
    title: "Create users",
    intro: "Users who differ by their names alone are created together. Secrets come once, as a file.",
    submit: "Create users",
    fields: &[
        Field::new("names", "Names", Input::Lines).help("One a line."),
        Field::new("groups", "Groups", Input::Picks(Pick::of(Kind::Group))).optional(),
        Field::new("password", "Make a password for each", Input::Check).help("It has to be changed with its first use."),
        Field::new("access_key", "Make an access key for each", Input::Check).help("For programs and the command line."),
        Field::new("path", "Path", Input::Code).optional().help("To tell parts of an organisation apart: /engineering/."),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

pub static ADD: Form = Form {
    title: "Add {name} to groups",
    intro: "",
    submit: "Add to groups",
    fields: &[Field::new("groups", "Groups", Input::Picks(Pick::of(Kind::Group)))],
};

pub static REMOVE: Form = Form {
    title: "Remove {name} from groups",
    intro: "What the groups allow is lost.",
    submit: "Remove from groups",
    fields: &[Field::new(
        "groups",
        "Groups",
        Input::Picks(Pick::of(Kind::Group).fits(|group, _, user| user.is_some_and(|user| is_in(user, group)))),
    )],
};

fn is_in(user: &Item, group: &Item) -> bool {
    user.get::<User>().groups.iter().flatten().any(|name| *name == group.get::<Group>().name)
}

pub static PASSWORD: Form = Form {
    title: "Make a new password for {name}",
    intro: "The one there is holds no more. The new one comes once, as a file, and has to be changed with its first use.",
    submit: "Make a new password",
    fields: &[],
};

pub static NO_PASSWORD: Form = Form {
    title: "Delete the password of {name}",
    intro: "Without a password nobody signs in to the console of the cloud. Access keys go on working.",
    submit: "Delete password",
    fields: &[],
};

pub static KEY: Form = Form {
    title: "Create an access key for {name}",
    intro: "The secret comes once, as a file. A user has two keys at most, so that one can take the place of the other.",
    submit: "Create access key",
    fields: &[],
};

pub static DEACTIVATE: Form = Form {
    title: "Deactivate an access key of {name}",
    intro: "Whatever uses the key is refused until it is active again.",
    submit: "Deactivate",
    fields: &[Field::new("key_id", "Access key", Input::Own(|user| keys(user, |key| key.active)))],
};

pub static ACTIVATE: Form = Form {
    title: "Activate an access key of {name}",
    intro: "",
    submit: "Activate",
    fields: &[Field::new("key_id", "Access key", Input::Own(|user| keys(user, |key| !key.active)))],
};

pub static DELETE_KEY: Form = Form {
    title: "Delete an access key of {name}",
    intro: "This cannot be undone. Deactivate the key first to see whether anything still uses it.",
    submit: "Delete access key",
    fields: &[Field::new("key_id", "Access key", Input::Own(|user| keys(user, |_| true)))],
};

pub static RESYNC: Form = Form {
    title: "Resynchronise an MFA device of {name}",
    intro: "A device whose clock is wrong shows codes that are refused. Two of them, one right after the other, tell the cloud by how much.",
    submit: "Resynchronise",
    fields: &[
        Field::new("serial", "Device", Input::Own(devices)),
        Field::new("code1", "First code", Input::Code),
        Field::new("code2", "Next code", Input::Code),
    ],
};

pub static MFA: Form = Form {
    title: "Deactivate an MFA device of {name}",
    intro: "Who signs in is asked for no more codes of it. A virtual device is deleted as well.",
    submit: "Deactivate",
    fields: &[Field::new("serial", "Device", Input::Own(devices))],
};

fn devices(user: &Item) -> Vec<(String, String)> {
    user.get::<User>().mfa_devices.iter().flatten().map(|device| (device.serial.clone(), device.serial.clone())).collect()
}
