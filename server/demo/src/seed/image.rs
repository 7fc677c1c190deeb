//! Images: those of Amazon, Debian, Canonical, Red Hat and the marketplace, the account's own, and some that are shared with it.

use crate::{
    clock::{DAY, compact_date},
    seed::Texts,
    world::{
        World,
        image::{Access, Image, Mapping},
        snapshot::Snapshot,
    },
};

/// A line of images that appears anew every few weeks.
struct Line {
    /// `{date}`, `{arch}` and `{n}` are filled in.
    name: &'static str,
    description: &'static str,
    owner: Owner,
    architectures: &'static [&'static str],
    /// How the name spells the architecture.
    spelled: &'static [&'static str],
    platform: &'static str,
    root: &'static str,
    gib: u32,
    /// How many there are for each architecture, and how many days are between them.
    releases: i64,
    every: i64,
    /// Days until an image is deprecated; 0 for never.
    lifetime: i64,
}

#[derive(Clone, Copy)]
enum Owner {
    Account,
    /// Another account, its alias, and whether all the world may use its images.
    Other(&'static str, Option<&'static str>, Access),
}

const AMAZON: Owner = Owner::Other("137112412989", Some("amazon"), Access::Everybody);
const WINDOWS: Owner = Owner::Other("801119661308", Some("amazon"), Access::Everybody);
const DEBIAN: Owner = Owner::Other("136693071363", None, Access::Everybody);
const CANONICAL: Owner = Owner::Other("099720109477", None, Access::Everybody);
const RED_HAT: Owner = Owner::Other("309956199498", None, Access::Everybody);
const MARKET: Owner = Owner::Other("679593333241", Some("aws-marketplace"), Access::Everybody);
const SHARED: Owner = Owner::Other("111122223333", None, Access::Shared);

const BOTH: &[&str] = &["x86_64", "arm64"];
const X86: &[&str] = &["x86_64"];
const DEBIAN_WORDS: &[&str] = &["amd64", "arm64"];

const fn line(name: &'static str, description: &'static str, owner: Owner) -> Line {
    Line {
        name,
        description,
        owner,
        architectures: X86,
        spelled: X86,
        platform: "Linux/UNIX",
        root: "/dev/xvda",
        gib: 8,
        releases: 8,
        every: 30,
        lifetime: 730,
    }
}

static LINES: &[Line] = &[
    Line {
        architectures: BOTH,
        spelled: BOTH,
        releases: 14,
        every: 14,
        lifetime: 90,
        ..line("al2023-ami-2023.9.{date}.0-kernel-6.1-{arch}", "Amazon Linux 2023 AMI 2023.9.{date}.0 {arch} HVM kernel-6.1", AMAZON)
    },
    Line {
        architectures: BOTH,
        spelled: BOTH,
        releases: 9,
        every: 21,
        ..line("amzn2-ami-kernel-5.10-hvm-2.0.{date}.0-{arch}-gp2", "Amazon Linux 2 Kernel 5.10 AMI 2.0.{date}.0 {arch} HVM gp2", AMAZON)
    },
    Line {
        platform: "Windows",
        root: "/dev/sda1",
        gib: 30,
        ..line(
            "Windows_Server-2025-English-Full-Base-{date}",
            "Microsoft Windows Server 2025 Full Locale English AMI provided by Amazon",
            WINDOWS,
        )
    },
    Line {
        platform: "Windows",
        root: "/dev/sda1",
        gib: 30,
        releases: 10,
        ..line(
            "Windows_Server-2022-English-Full-Base-{date}",
            "Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon",
            WINDOWS,
        )
    },
    Line {
        platform: "Windows",
        root: "/dev/sda1",
        gib: 30,
        ..line(
            "Windows_Server-2019-English-Core-Base-{date}",
            "Microsoft Windows Server 2019 Core Locale English AMI provided by Amazon",
            WINDOWS,
        )
    },
    Line {
        platform: "Windows with SQL Server Standard",
        root: "/dev/sda1",
        gib: 50,
        releases: 6,
        ..line(
            "Windows_Server-2022-English-Full-SQL_2022_Standard-{date}",
            "Microsoft Windows Server 2022 Full Locale English with SQL Standard 2022 AMI provided by Amazon",
            WINDOWS,
        )
    },
    Line { architectures: BOTH, spelled: DEBIAN_WORDS, releases: 7, ..line("debian-13-{arch}-{date}-22{n}", "Debian 13 (trixie)", DEBIAN) },
    Line {
        architectures: BOTH,
        spelled: DEBIAN_WORDS,
        releases: 9,
        ..line("debian-12-{arch}-{date}-18{n}", "Debian 12 (bookworm)", DEBIAN)
    },
    Line {
        architectures: BOTH,
        spelled: DEBIAN_WORDS,
        root: "/dev/sda1",
        releases: 12,
        every: 16,
        ..line(
            "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{arch}-server-{date}",
            "Canonical, Ubuntu, 24.04, {arch} noble image",
            CANONICAL,
        )
    },
    Line {
        architectures: BOTH,
        spelled: DEBIAN_WORDS,
        root: "/dev/sda1",
        releases: 10,
        every: 25,
        ..line(
            "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-{arch}-server-{date}",
            "Canonical, Ubuntu, 22.04 LTS, {arch} jammy image",
            CANONICAL,
        )
    },
    Line {
        platform: "Red Hat Enterprise Linux",
        root: "/dev/sda1",
        gib: 10,
        releases: 10,
        every: 60,
        ..line("RHEL-9.6.0_HVM-{date}-{arch}-0-Hourly2-GP3", "Provided by Red Hat, Inc.", RED_HAT)
    },
    Line {
        releases: 4,
        every: 45,
        gib: 10,
        ..line("bitnami-wordpress-6.7-{n}-r01-debian-12-{arch}-hvm-ebs", "This image may not be the latest version available", MARKET)
    },
    Line { releases: 4, every: 70, gib: 20, ..line("openvpn-access-server-2.14-{date}", "OpenVPN Access Server", MARKET) },
    Line { releases: 6, every: 11, lifetime: 0, ..line("web-base-{date}", "nginx with our certificates, on Debian 12", Owner::Account) },
    Line { releases: 5, every: 19, lifetime: 0, gib: 16, ..line("api-base-{date}", "Runtime of the API servers", Owner::Account) },
    Line { releases: 3, every: 40, lifetime: 0, gib: 30, ..line("ci-runner-{date}", "Docker and the build tools", Owner::Account) },
    Line {
        architectures: &["arm64"],
        spelled: &["arm64"],
        releases: 3,
        every: 35,
        lifetime: 0,
        ..line("postgres-16-{arch}-{date}", "PostgreSQL 16 on Graviton", Owner::Account)
    },
    Line {
        releases: 4,
        every: 28,
        lifetime: 0,
        gib: 20,
        ..line("hardened-debian-12-{date}", "CIS level 1, shared by the security team", SHARED)
    },
];

pub fn furnish(world: &mut World, furnished: bool, wanted: Option<u32>, texts: &mut Texts) {
    let limit = wanted.map_or(usize::MAX, |rows| rows as usize);
    for line in LINES.iter().filter(|line| furnished || matches!(line.owner, Owner::Other(_, _, Access::Everybody))) {
        for release in 0..line.releases {
            for (architecture, spelled) in line.architectures.iter().zip(line.spelled) {
                if world.images.len() < limit {
                    add(world, line, release, architecture, spelled, texts);
                }
            }
        }
    }
    // What is wanted beyond that are ever older releases of the same lines.
    let mut release = LINES.iter().map(|line| line.releases).max().unwrap_or_default();
    while furnished && wanted.is_some() && world.images.len() < limit {
        for line in LINES.iter().filter(|line| line.lifetime > 0) {
            for (architecture, spelled) in line.architectures.iter().zip(line.spelled) {
                if world.images.len() < limit {
                    add(world, line, release, architecture, spelled, texts);
                }
            }
        }
        release += 1;
    }
}

fn add(world: &mut World, line: &Line, release: i64, architecture: &'static str, spelled: &str, texts: &mut Texts) {
    // Lines do not all appear on the same day. Beyond ten years back, several come out in a day.
    let age = line.every * release + i64::from(line.gib) % 7 + 2;
    let age = if age > 3_650 { 3_650 + age / 400 } else { age };
    let created_at = world.now - age * DAY - (release * 7_919 % 86_400) * 1_000;
    let date = compact_date(created_at);
    let fill = |text: &str| text.replace("{date}", &date).replace("{arch}", spelled).replace("{n}", &format!("{:02}", 99 - release % 100));
    // Very old ones are told apart by their number.
    let name = if release > 99 { format!("{}-{release}", fill(line.name)) } else { fill(line.name) };
    let (owner, owner_alias, access) = match line.owner {
        Owner::Account => (None, None, Access::Owner),
        Owner::Other(id, alias, access) => (Some(texts.get(id)), alias, access),
    };
    let windows = line.platform.starts_with("Windows");
    let id = world.id("ami-");
    let snapshot = world.id("snap-");
    if owner.is_none() {
        let row = Snapshot {
            owner: None,
            volume: "vol-ffffffff".into(),
            size: line.gib,
            description: format!("Created by CreateImage for {id}").into(),
            encrypted: false,
            started_at: created_at,
            ready_at: created_at,
            public: false,
            users: vec![],
            tags: vec![],
        };
        world.snapshots.insert(snapshot.clone(), row);
    }
    let tags = if owner.is_none() {
        let purpose = line.name.split("-{").next().unwrap_or_default();
        texts.tags(&[("Name", purpose), ("team", "platform"), ("latest", if release == 0 { "true" } else { "false" })])
    } else {
        vec![]
    };
    let image = Image {
        name: name.into(),
        description: if line.description.contains('{') { fill(line.description).into() } else { texts.get(line.description) },
        owner,
        owner_alias,
        access,
        users: vec![],
        architecture,
        windows,
        platform_details: line.platform,
        created_at,
        ready_at: created_at,
        // What is wanted beyond the usual is wanted to be seen: deprecated images are left out of other accounts' lists.
        deprecated_at: (line.lifetime > 0 && release < line.releases).then(|| created_at + line.lifetime * DAY),
        root_device: line.root,
        devices: vec![Mapping {
            device: texts.get(line.root),
            snapshot,
            size: line.gib,
            volume_type: if line.name.ends_with("gp2") { "gp2" } else { "gp3" },
            encrypted: false,
            delete_on_termination: true,
        }],
        tags,
    };
    world.images.insert(id, image);
}
