//! Certificates for TLS that IAM keeps for load balancers and distributions.

use api::{
    kind::Kind,
    server_certificate::{ServerCertificate, ServerCertificateAction, ServerCertificateDraft, x509::Certificate},
};

use super::renaming::rename;
use crate::{
    area::Area,
    spec::{
        Empty, Primary, Spec, action,
        cell::{self, Cell},
        column::{self, Width},
        facet,
        form::{Field, Form, Input},
        tab::{Fact, Section, Tab},
    },
};

type Column = column::Column<ServerCertificate>;
type Facet = facet::Facet<ServerCertificate>;
type Action = action::Action<ServerCertificate>;

pub static SPEC: Spec<ServerCertificate> = Spec {
    area: Area::Identity,
    title: "Server certificates",
    icon: "lock",
    sort: "expires",
    columns: &[
        Column::new("name", "Name", |c| cell::link(Kind::ServerCertificate, &c.name)).width(Width::Wide).narrow(),
        Column::new("expires", "Expires", |c| cell::time(c.expires_at)).narrow(),
        Column::new("uploaded", "Uploaded", |c| cell::time(c.uploaded_at)),
        Column::new("path", "Path", |c| cell::code(&c.path)),
        Column::new("id", "Certificate ID", |c| cell::code(&c.certificate_id)).width(Width::Id),
        Column::new("arn", "ARN", |c| cell::code(&c.arn)).width(Width::Wide).hidden(),
    ],
    facets: &[Facet::one("path", "Path", |c| &c.path)],
    scopes: &[],
    actions: &[
        rename(|c| ServerCertificateAction::Rename { name: c.name.clone(), path: c.path.clone() }),
        Action::send("delete", "Delete", "trash-2", ("{name} is deleted", "{n} server certificates are deleted"), || {
            ServerCertificateAction::Delete
        })
        .ends("The cloud does not give its key back: whoever wants it again needs a copy. The cloud refuses to delete one that a load balancer uses."),
    ],
    tabs: &[
        Tab::new(
            "general",
            "General",
            &[Section::Facts {
                title: "Server certificate",
                columns: &["expires", "uploaded", "path", "id", "arn"],
                more: &[
                    Fact::new("Issued to", |c| read(c, Certificate::subject)),
                    Fact::new("Issued by", |c| read(c, Certificate::issuer)),
                    Fact::new("Hosts", |c| read(c, |certificate| certificate.hosts.join(", "))),
                ],
            }],
        ),
        Tab::new(
            "certificate",
            "Certificate",
            &[Section::Documents { title: "Certificate and chain", documents: texts, empty: "The cloud does not show it." }],
        ),
    ],
    has_tags: true,
    status: None,
    notice: None,
    primary: Some(&Primary::Create { label: "Upload server certificate", form: &UPLOAD, draft: ServerCertificateDraft::default }),
    empty: &Empty {
        title: "No server certificates",
        body: "A load balancer shows its certificate to browsers. Upload one with its key, for those that take it from here.",
    },
};

static UPLOAD: Form = Form {
    title: "Upload server certificate",
    intro: "Certificate, key and chain are held against each other before they are sent. The key goes to the cloud, and is kept nowhere else.",
    submit: "Upload server certificate",
    fields: &[
        Field::new("name", "Name", Input::Text),
        Field::new("body", "Certificate", Input::File).help("One certificate in PEM."),
        Field::new("private_key", "Private key", Input::File).help("In PEM, without a passphrase."),
        Field::new("chain", "Chain", Input::File)
            .optional()
            .help("The certificates of those who vouch for it, each before the one that vouches for it in turn."),
        Field::new("path", "Path", Input::Code).optional().help("For CloudFront it begins with /cloudfront/."),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

fn read(of: &ServerCertificate, say: fn(&Certificate) -> String) -> Cell {
    Certificate::first(&of.body).map_or(Cell::Empty, |certificate| cell::text(&say(&certificate)))
}

fn texts(of: &ServerCertificate) -> Vec<(String, String)> {
    let texts = [("certificate.pem", &of.body), ("chain.pem", &of.chain)];
    texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.to_owned(), text.clone())).collect()
}
