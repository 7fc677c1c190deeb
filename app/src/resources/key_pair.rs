//! Key pairs. Their private halves exist outside the cloud only.

use api::{
    instance::Instance,
    key_pair::{KeyPair, KeyPairAction},
    kind::Kind,
};
use leptos::prelude::*;

use crate::{
    area::Area,
    lazy::{self, parts},
    list::refresh,
    spec::{
        Depends, Empty, Primary, Spec, action, cell,
        column::{self, Width},
        facet,
        tab::{Section, Tab},
    },
};

type Column = column::Column<KeyPair>;
type Facet = facet::Facet<KeyPair>;
type Action = action::Action<KeyPair>;

pub static SPEC: Spec<KeyPair> = Spec {
    area: Area::Network,
    title: "Key pairs",
    icon: "key-round",
    sort: "name",
    columns: &[
        Column::new("name", "Name", |k| cell::link(Kind::KeyPair, &k.name)).width(Width::Wide).narrow(),
        Column::new("id", "Key pair ID", |k| cell::code(&k.key_pair_id)).width(Width::Id),
        Column::new("type", "Type", |k| cell::text(&k.key_type)).width(Width::Narrow).narrow(),
        Column::new("fingerprint", "Fingerprint", |k| cell::code(&k.fingerprint)).width(Width::Wide),
        Column::new("created", "Created", |k| cell::time(k.created_at)),
        Column::new("tags", "Tags", |k| cell::tags(&k.tags)).width(Width::Wide).unsorted().hidden(),
    ],
    facets: &[Facet::one("type", "Type", |k| &k.key_type)],
    scopes: &[],
    actions: &[Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} key pairs are deleted"), || KeyPairAction::Delete)
        .ends("Instances that use the key keep it; nobody can launch new ones with it. The private key on your disk stays where it is.")
        .depends(&[instances("These instances were launched with it:")])],
    tabs: &[Tab::new(
        "general",
        "General",
        &[
            Section::Facts { title: "Key pair", columns: &["id", "type", "fingerprint", "created"], more: &[] },
            Section::Related {
                of: instances("Instances launched with it"),
                columns: &["name", "id", "state", "type"],
                empty: "No instance was launched with it.",
                make: "",
            },
        ],
    )],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Open {
        label: "Create key pair",
        dialog: || lazy::dialog(parts::create_key_pair, Callback::new(|_| refresh(&[Kind::KeyPair]))),
    }),
    empty: &Empty {
        title: "No key pairs yet",
        body: "A key pair lets you sign in to instances without a password. Create one, or import the one you have.",
    },
};

const fn instances(says: &'static str) -> Depends<KeyPair> {
    Depends::on(Kind::Instance, |_| vec![], |k, item| item.get::<Instance>().key_name == k.name, says)
}
