//! The form that says who may use an image or a snapshot. Both kinds share by the same change.

use crate::spec::form::{Field, Form, Input};

pub static SHARE: Form = Form {
    title: "Share {name}",
    intro: "Only what is said here changes: accounts that are not named keep what they have.",
    submit: "Share",
    fields: &[
        Field::new(
            "everybody",
            "Public access",
            Input::Choice(&[("as_it_is", "Leave it as it is"), ("public", "Make it public"), ("private", "Make it private")]),
        )
        .help("What is public can be found and used by every account of this cloud, with everything on it."),
        Field::new("add", "Accounts to let in", Input::Lines).optional().help("Account IDs of twelve digits, one a line."),
        Field::new("remove", "Accounts to let in no more", Input::Lines).optional().help("What they have made of it stays theirs."),
    ],
};
