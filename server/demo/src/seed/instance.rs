//! Instances of a new account: a shop with its web servers, API, databases and batch jobs, in production, staging and development.

use std::{collections::HashMap, net::Ipv4Addr};

use crate::{
    clock::{DAY, HOUR, MINUTE, Millis, SECOND},
    iam::Iam,
    seed::{Texts, network::Network},
    world::{
        Change, Text, World,
        image::Image,
        instance::{Device, Instance, Interface, Profile, State},
        instance_type, network_interface,
        subnet::Subnet,
        volume::{self, Volume},
    },
};

#[derive(Clone, Copy)]
enum Net {
    Public,
    Private,
    Default,
}

/// A handful of like instances.
#[derive(Clone, Copy)]
struct Crew {
    /// Names are `name-1`, `name-2`, …; a single one goes without a number where `numbered` is false.
    name: &'static str,
    states: &'static [State],
    numbered: bool,
    instance_type: &'static str,
    /// What the image's name begins with.
    image: &'static str,
    net: Net,
    group: &'static str,
    env: &'static str,
    team: &'static str,
    owner: &'static str,
    key: &'static str,
    /// A role's instance profile; empty for none.
    profile: &'static str,
    /// GiB of a second volume, 0 for none.
    data: u32,
    protected: bool,
    monitored: bool,
    days: i64,
}

use State::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated};

const CREW: Crew = Crew {
    name: "",
    states: &[Running],
    numbered: true,
    instance_type: "t3.small",
    image: "debian-12-amd64",
    net: Net::Private,
    group: "batch",
    env: "prod",
    team: "platform",
    owner: "elena",
    key: "operations",
    profile: "",
    data: 0,
    protected: false,
    monitored: false,
    days: 40,
};

static CREWS: &[Crew] = &[
    Crew { name: "bastion", instance_type: "t3.micro", net: Net::Public, group: "bastion", protected: true, days: 311, ..CREW },
    Crew {
        name: "web",
        states: &[Running, Running, Running, Running, Running, Running],
        instance_type: "m6i.large",
        image: "web-base",
        net: Net::Public,
        group: "web",
        team: "storefront",
        owner: "amara",
        profile: "web-server",
        monitored: true,
        days: 12,
        ..CREW
    },
    Crew {
        name: "api",
        states: &[Running, Running, Running, Running, Pending],
        instance_type: "c6i.xlarge",
        image: "api-base",
        group: "api",
        team: "payments",
        owner: "ben",
        profile: "api-server",
        monitored: true,
        days: 20,
        ..CREW
    },
    Crew {
        name: "db",
        states: &[Running, Running, Running],
        instance_type: "r7g.2xlarge",
        image: "postgres-16",
        group: "db",
        team: "data",
        owner: "chen",
        data: 500,
        protected: true,
        monitored: true,
        days: 201,
        ..CREW
    },
    Crew {
        name: "batch",
        states: &[Running, Running, Stopped, Stopped, ShuttingDown],
        instance_type: "c5.2xlarge",
        image: "al2023-ami",
        team: "data",
        owner: "chen",
        profile: "batch-worker",
        data: 100,
        days: 8,
        ..CREW
    },
    Crew {
        name: "ci-runner",
        states: &[Running, Running, Terminated],
        instance_type: "m5.xlarge",
        image: "ci-runner",
        key: "ci",
        days: 3,
        ..CREW
    },
    Crew {
        name: "grafana",
        numbered: false,
        instance_type: "t3.large",
        net: Net::Public,
        group: "monitoring",
        profile: "monitoring",
        data: 60,
        days: 150,
        ..CREW
    },
    Crew {
        name: "directory",
        states: &[Running, Stopping],
        instance_type: "m5.large",
        image: "Windows_Server-2022-English-Full-Base",
        group: "windows",
        team: "office",
        owner: "farid",
        days: 430,
        ..CREW
    },
    Crew {
        name: "staging-web",
        states: &[Running, Running],
        image: "web-base",
        group: "web",
        env: "staging",
        team: "storefront",
        owner: "amara",
        profile: "web-server",
        days: 5,
        ..CREW
    },
    Crew {
        name: "staging-api",
        states: &[Running, Stopped],
        image: "api-base",
        group: "api",
        env: "staging",
        team: "payments",
        owner: "ben",
        profile: "api-server",
        days: 5,
        ..CREW
    },
    Crew {
        name: "staging-db",
        instance_type: "t4g.large",
        image: "postgres-16",
        group: "db",
        env: "staging",
        team: "data",
        owner: "chen",
        data: 50,
        days: 66,
        ..CREW
    },
    Crew {
        name: "dev-amara",
        numbered: false,
        states: &[Stopped],
        instance_type: "t3.medium",
        image: "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64",
        net: Net::Default,
        group: "default/launch-wizard-1",
        env: "dev",
        team: "storefront",
        owner: "amara",
        key: "amara",
        days: 33,
        ..CREW
    },
    Crew {
        name: "dev-ben",
        numbered: false,
        instance_type: "t4g.medium",
        image: "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64",
        net: Net::Default,
        group: "default/launch-wizard-1",
        env: "dev",
        team: "payments",
        owner: "ben",
        key: "ben",
        days: 21,
        ..CREW
    },
    Crew {
        name: "load-test",
        states: &[Stopped, Stopped, Terminated],
        instance_type: "c5.large",
        image: "al2023-ami",
        env: "dev",
        team: "payments",
        owner: "diego",
        days: 17,
        ..CREW
    },
    // Without a name, as such things happen.
    Crew {
        name: "",
        states: &[Running, Stopped],
        instance_type: "t2.micro",
        image: "amzn2-ami",
        net: Net::Default,
        group: "default/default",
        env: "",
        team: "",
        owner: "",
        key: "",
        days: 640,
        ..CREW
    },
];

/// What many more instances are made of, where an account is asked to have many.
static BULK: &[Crew] = &[
    Crew { name: "worker", instance_type: "c6i.large", image: "al2023-ami", team: "data", owner: "chen", ..CREW },
    Crew {
        name: "edge",
        instance_type: "t3.small",
        image: "web-base",
        net: Net::Public,
        group: "web",
        team: "storefront",
        owner: "amara",
        ..CREW
    },
    Crew { name: "shard", instance_type: "r6i.large", env: "staging", team: "data", owner: "diego", states: &[Stopped], ..CREW },
    Crew {
        name: "sandbox",
        instance_type: "t4g.small",
        image: "postgres-16",
        env: "dev",
        team: "payments",
        owner: "ben",
        key: "ben",
        ..CREW
    },
];

pub fn furnish(world: &mut World, iam: &Iam, network: &Network, wanted: Option<u32>, texts: &mut Texts) {
    let mut images = HashMap::new();
    let limit = wanted.map_or(usize::MAX, |rows| rows as usize);
    // Regions other than the first have a part of the shop only.
    let part = if world.region.name == crate::region::REGIONS[0].name { CREWS } else { &CREWS[..5] };
    for crew in part {
        let mut reservation = None;
        for (index, state) in crew.states.iter().enumerate() {
            if world.instances.len() >= limit {
                return;
            }
            let name = if crew.name.is_empty() || !crew.numbered { crew.name.to_owned() } else { format!("{}-{}", crew.name, index + 1) };
            let reservation = reservation.get_or_insert_with(|| world.id("r-")).clone();
            Builder { world, iam, network, texts, images: &mut images }.add(crew, &name, *state, index, reservation, None);
        }
    }
    for index in 0..wanted.map_or(0, |rows| (rows as usize).saturating_sub(world.instances.len())) {
        let crew = &BULK[index % BULK.len()];
        // One reservation for every eight.
        let reservation = texts.get(&format!("r-0{:016x}", index / 8 + 0x5eed));
        let state = if index % 23 == 7 { Stopped } else { crew.states[0] };
        let private_ip = Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 64, 0, 0)) + u32::try_from(index).unwrap_or(0));
        let name = format!("{}-{:05}", crew.name, index + 1);
        Builder { world, iam, network, texts, images: &mut images }.add(crew, &name, state, index, reservation, Some(private_ip));
    }
}

struct Builder<'a> {
    world: &'a mut World,
    iam: &'a Iam,
    network: &'a Network,
    texts: &'a mut Texts,
    /// The image of each crew, by its name: there may be many of both.
    images: &'a mut HashMap<&'static str, Option<Found>>,
}

impl Builder<'_> {
    fn add(&mut self, crew: &Crew, name: &str, state: State, index: usize, reservation: Text, private_ip: Option<Ipv4Addr>) {
        let Self { world, iam, network, texts, images } = self;
        let found = images.entry(crew.name).or_insert_with(|| find_image(world, crew));
        let Some((image, architecture, windows, platform_details, root, root_gib)) = found.clone() else { return };
        let subnets = match crew.net {
            Net::Public => &network.public,
            Net::Private => &network.private,
            Net::Default => &network.default,
        };
        let subnet = subnets[index % subnets.len()].clone();
        let id = world.id("i-");
        let age = crew.days * DAY + i64::try_from(index % 97).unwrap_or(0) * 83 * MINUTE;
        let launched_at = if state == Pending { world.now - 2 * SECOND } else { world.now - age };
        let alive = state != Terminated;
        let tags = instance_tags(texts, crew, name);
        let devices = if alive { devices(world, crew, name, &id, &subnet, (root, root_gib), launched_at, texts) } else { vec![] };
        let (vpc, zone, public) = {
            let row = &world.subnets[&subnet];
            (row.vpc.clone(), row.zone.clone(), row.public)
        };
        let private_ip = match private_ip {
            Some(address) => address,
            None => world.subnets.get_mut(&subnet).map_or(Ipv4Addr::UNSPECIFIED, Subnet::next_address),
        };
        let has_address = public && matches!(state, Running | Pending | Stopping);
        let public_ip = has_address.then(|| world.public_address());
        let since = match state {
            Running => launched_at + 20 * SECOND,
            Stopped => world.now - age / 3,
            Terminated => world.now - 20 * MINUTE,
            _ => world.now,
        };
        let profile = profile(world, iam, crew.profile, texts);
        let row = Instance {
            state,
            since,
            reason: (!matches!(state, Running | Pending)).then_some("Client.UserInitiatedShutdown"),
            reservation,
            launch_index: u32::try_from(index % 8).unwrap_or(0),
            client_token: texts.get(""),
            launched_at,
            image,
            architecture,
            windows,
            platform_details,
            instance_type: texts.get(crew.instance_type),
            zone,
            tenancy: texts.get("default"),
            key_name: (!crew.key.is_empty()).then(|| texts.get(crew.key)),
            vpc,
            subnet,
            groups: if alive { vec![network.groups[crew.group].clone()] } else { vec![] },
            private_ip,
            public_ip,
            wants_public_ip: public,
            interface: Interface { id: world.id("eni-"), mac: world.rng.u32(..) },
            further_interfaces: vec![],
            root_device: root,
            devices,
            monitoring: crew.monitored,
            profile,
            protected: crew.protected,
            source_dest_check: true,
            ebs_optimized: crew.instance_type.starts_with(['m', 'c', 'r']),
            terminate_on_shutdown: false,
            user_data: (crew.image == "web-base").then(|| texts.get("IyEvYmluL3NoCnN5c3RlbWN0bCBlbmFibGUgLS1ub3cgbmdpbngK")),
            tags,
        };
        world.instances.insert(id.clone(), row);
        if alive {
            network_interface::of_launch(world, &id);
        }
        // What is under way when the account is opened takes its time, so that it can be seen.
        let next: Option<(State, Millis)> = match state {
            Pending => Some((Running, 20 * SECOND)),
            Stopping => Some((Stopped, 3 * MINUTE)),
            ShuttingDown => Some((Terminated, 90 * SECOND)),
            _ => None,
        };
        if let Some((to, after)) = next {
            world.later(after, Change::Instance { id, from: state, to });
        } else if state == Terminated {
            world.later(HOUR - 20 * MINUTE, Change::Forget { id });
        }
    }
}

fn instance_tags(texts: &mut Texts, crew: &Crew, name: &str) -> crate::tag::Tags {
    let mut tags = vec![];
    if !name.is_empty() {
        // Names are the one tag that differs from row to row: not worth keeping for others.
        tags.push((texts.get("Name"), Text::from(name)));
    }
    for (key, value) in [("env", crew.env), ("team", crew.team), ("owner", crew.owner)] {
        if !value.is_empty() {
            tags.push((texts.get(key), texts.get(value)));
        }
    }
    tags
}

type Found = (Text, &'static str, bool, &'static str, &'static str, u32);

/// The image that a crew was launched from: of those of its line that its type can run, the newest there was then.
/// Any line will do where the account was asked to have too few images.
fn find_image(world: &World, crew: &Crew) -> Option<Found> {
    let launched_at = world.now - crew.days * DAY;
    let fits = |row: &Image| instance_type::find(crew.instance_type).is_some_and(|known| known.runs(row.architecture));
    let of_line = |prefix: &str| {
        let line = world.images.iter().filter(|(_, row)| row.name.starts_with(prefix) && fits(row));
        // Where all are newer than the instance, the oldest is the least wrong.
        line.max_by_key(|(_, row)| if row.created_at <= launched_at { (true, row.created_at) } else { (false, -row.created_at) })
    };
    let (id, row) = of_line(crew.image).or_else(|| of_line(""))?;
    Some((
        id.clone(),
        row.architecture,
        row.windows,
        row.platform_details,
        row.root_device,
        row.devices.first().map_or(8, |root| root.size),
    ))
}

#[expect(clippy::too_many_arguments, reason = "called once, from the builder whose parts these are")]
fn devices(
    world: &mut World,
    crew: &Crew,
    name: &str,
    instance: &Text,
    subnet: &Text,
    (root, root_gib): (&'static str, u32),
    attached_at: Millis,
    texts: &mut Texts,
) -> Vec<Device> {
    let zone = world.subnets[subnet].zone.clone();
    let mut add = |device: &str, size: u32, keep: bool| {
        let id = world.id("vol-");
        let tags = if keep { texts.tags(&[("Name", &format!("{name}-data")), ("backup", "daily"), ("team", crew.team)]) } else { vec![] };
        let row = Volume {
            size,
            volume_type: "gp3",
            iops: volume::default_iops("gp3", size),
            throughput: volume::default_throughput("gp3"),
            zone: zone.clone(),
            snapshot: None,
            encrypted: keep,
            created_at: attached_at,
            ready_at: attached_at,
            instance: Some(instance.clone()),
            tags,
        };
        world.volumes.insert(id.clone(), row);
        Device { name: texts.get(device), volume: id, attached_at: attached_at + SECOND, delete_on_termination: !keep, detaching: false }
    };
    let mut devices = vec![add(root, root_gib, false)];
    if crew.data > 0 {
        devices.push(add("/dev/sdf", crew.data, true));
    }
    devices
}

fn profile(world: &mut World, iam: &Iam, name: &str, texts: &mut Texts) -> Option<Profile> {
    let row = iam.instance_profiles.get(name)?;
    Some(Profile {
        arn: texts.get(&row.entity.arn(&iam.account, "instance-profile", name)),
        id: texts.get(&row.entity.id),
        association: world.id("iip-assoc-"),
    })
}
