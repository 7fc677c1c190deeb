//! Users, groups, roles and instance profiles of a new account, and the keys that are documented.

use crate::{
    clock::{DAY, HOUR, Millis},
    cloud::{PARTNER_ACCOUNT, STANDING_ACCOUNT},
    iam::{
        AccessKey, Grants, Group, Iam, InstanceProfile, Password, Permissions, Role, User,
        certificate::{Read, ServerCertificate},
        mfa::VirtualDevice,
    },
    seed::{self, policy},
};

/// Whom a demo signs in as.
pub const DEMO_USER: &str = "demo";
/// May look at EC2 and do nothing else.
const READER: &str = "reader";
/// May do nothing without a code of her MFA device.
const MFA_USER: &str = "olivia";

/// User, access key id and secret of the standing account; `docs/demo-differences.md` tells them to everybody.
pub const STANDING_KEYS: &[(&str, &str, &str)] = &[
    (DEMO_USER, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY"),
    (READER, "AKIAREADONLY7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzREADONLYKEY"),
    (MFA_USER, "AKIAMFAUSER7NEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzMFAUSERKEY"),
];

/// User and password of the standing account, and whether it has expired; for the face of the cloud that is Eucalyptus.
pub const STANDING_PASSWORDS: &[(&str, &str, bool)] =
    &[(DEMO_USER, "eucalyptus-demo", false), (READER, "eucalyptus-reader", false), ("grace", "eucalyptus-expired", true)];
/// The name of the standing account, where accounts have names.
pub const STANDING_NAME: &str = "demo-account";

const USERS: &[(&str, &str, i64)] = &[
    (DEMO_USER, "/", 900),
    (READER, "/", 410),
    (MFA_USER, "/", 388),
    ("amara", "/engineering/", 1_210),
    ("ben", "/engineering/", 1_102),
    ("chen", "/engineering/", 845),
    ("diego", "/engineering/", 622),
    ("elena", "/operations/", 1_480),
    ("farid", "/operations/", 930),
    ("grace", "/operations/", 301),
    ("hiro", "/finance/", 275),
    ("deploy-bot", "/machines/", 702),
    ("backup-bot", "/machines/", 655),
];

const GROUPS: &[(&str, &[&str])] = &[
    ("administrators", &[DEMO_USER, "elena"]),
    ("developers", &["amara", "ben", "chen", "diego"]),
    ("operations", &["elena", "farid", "grace", MFA_USER]),
    ("auditors", &[READER, "hiro"]),
];

/// Name, path, who may take it on, what for, and whether it has an instance profile.
const ROLES: &[(&str, &str, &str, &str, bool)] = &[
    ("web-server", "/", "ec2.amazonaws.com", "Reads the site's bucket", true),
    ("api-server", "/", "ec2.amazonaws.com", "Calls the queues and reads its secrets", true),
    ("batch-worker", "/", "ec2.amazonaws.com", "Reads and writes the batch buckets", true),
    ("monitoring", "/", "ec2.amazonaws.com", "Reads metrics of all instances", true),
    ("database-backup", "/operations/", "ec2.amazonaws.com", "Writes backups", false),
    ("thumbnailer", "/", "lambda.amazonaws.com", "Makes small pictures of large ones", false),
    (
        "AWSServiceRoleForEC2Spot",
        "/aws-service-role/spot.amazonaws.com/",
        "spot.amazonaws.com",
        "Default EC2 Spot Service Linked Role",
        false,
    ),
];

pub fn furnish(iam: &mut Iam, furnished: bool, opened_at: Millis) {
    let account = iam.account.to_string();
    policy::furnish(iam, furnished, opened_at);
    if !furnished {
        // The partner account: one role, open to the standing account.
        let trust = trust_account(if account == PARTNER_ACCOUNT { STANDING_ACCOUNT } else { &account });
        let entity = iam.entity("AROA", "/", opened_at);
        let role = Role {
            entity,
            description: String::new(),
            max_session: 3_600,
            last_used_at: None,
            trust,
            permissions: Permissions::Everything,
            grants: Grants::default(),
            tags: vec![],
        };
        iam.roles.insert("Admin".into(), role);
        return;
    }
    for &(name, path, days) in USERS {
        let user = User {
            entity: iam.entity("AIDA", path, opened_at - days * DAY),
            password_last_used: (path != "/machines/").then(|| opened_at - (days % 7) * DAY - 3 * HOUR),
            password: STANDING_PASSWORDS
                .iter()
                .find(|(user, ..)| *user == name && account == STANDING_ACCOUNT)
                .map(|&(_, text, is_expired)| Password { text: text.to_owned(), created_at: opened_at - days * DAY, is_expired }),
            mfa_device: (name == MFA_USER).then(|| device_of(&account, name)),
            permissions: match name {
                READER => Permissions::Only(&["ec2:Describe*"]),
                MFA_USER => Permissions::WithMfa,
                _ => Permissions::Everything,
            },
            grants: Grants::default(),
            keys: if path == "/machines/" {
                vec![machine_key(iam, opened_at - (days - 4) * DAY, opened_at)]
            } else {
                standing_key(name, account == STANDING_ACCOUNT, opened_at - days * DAY)
            },
            tags: seed::tags(&[("department", path.trim_matches('/'))]),
        };
        iam.users.insert(name.into(), user);
    }
    let device = VirtualDevice { seed: None, enabled_at: Some(opened_at - 300 * DAY) };
    iam.devices.insert(device_of(&account, MFA_USER).into(), device);
    for (name, users) in GROUPS {
        let entity = iam.entity("AGPA", "/", opened_at - 1_400 * DAY);
        let users = users.iter().map(|user| (*user).into()).collect();
        iam.groups.insert((*name).into(), Group { entity, users, grants: granted(name) });
    }
    for &(name, path, service, description, profile) in ROLES {
        let role = Role {
            entity: iam.entity("AROA", path, opened_at - 820 * DAY),
            description: description.to_owned(),
            max_session: 3_600,
            last_used_at: profile.then(|| opened_at - 2 * HOUR),
            trust: trust(&format!(r#"{{"Service":"{service}"}}"#)),
            permissions: Permissions::Only(&[]),
            grants: policy::owned(&account, name),
            tags: vec![],
        };
        iam.roles.insert(name.into(), role);
        if profile {
            let entity = iam.entity("AIPA", "/", opened_at - 820 * DAY);
            iam.instance_profiles.insert(name.into(), InstanceProfile { entity, roles: vec![name.into()] });
        }
    }
    certificates(iam, opened_at);
    let role = Role {
        entity: iam.entity("AROA", "/", opened_at - 1_300 * DAY),
        description: "For people who run the account".to_owned(),
        max_session: 28_800,
        last_used_at: Some(opened_at - 3 * DAY),
        trust: trust_account(&account),
        permissions: Permissions::Everything,
        grants: attached(&["AdministratorAccess"]),
        tags: vec![],
    };
    iam.roles.insert("administrator".into(), role);
}

fn device_of(account: &str, user: &str) -> String {
    format!("arn:aws:iam::{account}:mfa/{user}")
}

/// Two certificates of the shop, of which one has expired.
fn certificates(iam: &mut Iam, opened_at: Millis) {
    let issuing = include_str!("issuing.pem");
    for (name, body, days) in [("shop", include_str!("shop.pem"), 40), ("old-shop", include_str!("old-shop.pem"), 1_100)] {
        let read = Read::pem(body).expect("the file is a certificate");
        let certificate = ServerCertificate {
            entity: iam.entity("ASCA", "/", opened_at - days * DAY),
            body: body.to_owned(),
            chain: Some(issuing.to_owned()),
            expires_at: read.expires_at,
            tags: vec![],
        };
        iam.certificates.insert(name.into(), certificate);
    }
}

/// What the members of a group may do; their users say it again, where it is not everything.
fn granted(group: &str) -> Grants {
    let document = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Change","Effect":"Allow","Action":["ec2:StartInstances","ec2:StopInstances","ec2:RebootInstances"],"Resource":"*"}]}"#;
    match group {
        "administrators" => attached(&["AdministratorAccess"]),
        "developers" => attached(&["PowerUserAccess"]),
        "operations" => Grants { inline: [("restart-instances".to_owned(), document.to_owned())].into(), ..attached(&["ReadOnlyAccess"]) },
        _ => attached(&["AmazonEC2ReadOnlyAccess"]),
    }
}

fn attached(policies: &[&str]) -> Grants {
    Grants { attached: policies.iter().map(|name| format!("arn:aws:iam::aws:policy/{name}").into()).collect(), ..Grants::default() }
}

fn machine_key(iam: &mut Iam, created_at: Millis, opened_at: Millis) -> AccessKey {
    AccessKey { id: iam.id("AKIA"), is_active: true, created_at, last_used_at: Some(opened_at - HOUR) }
}

/// The documented key, where it opens this account.
fn standing_key(user: &str, is_standing: bool, created_at: Millis) -> Vec<AccessKey> {
    let keys = STANDING_KEYS.iter().filter(|(of, ..)| is_standing && *of == user);
    keys.map(|(_, id, _)| AccessKey { id: (*id).to_owned(), is_active: true, created_at, last_used_at: None }).collect()
}

fn trust_account(account: &str) -> String {
    trust(&format!(r#"{{"AWS":"arn:aws:iam::{account}:root"}}"#))
}

fn trust(principal: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}]}}"#)
}
