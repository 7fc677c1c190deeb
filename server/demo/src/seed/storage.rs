//! Key pairs, free volumes, backups and elastic addresses.

use crate::{
    clock::{DAY, HOUR, MINUTE},
    ops::key_pair,
    seed,
    world::{
        Text, World,
        address::{Address, Association},
        instance::State,
        key_pair::KeyPair,
        network_interface::{Attachment, NetworkInterface},
        snapshot::Snapshot,
        subnet::Subnet,
        volume::{self, Volume},
    },
};

pub fn key_pairs(world: &mut World) {
    for (name, days, team) in
        [("operations", 700, "platform"), ("amara", 410, "storefront"), ("ben", 388, "payments"), ("ci", 150, "platform")]
    {
        let mut bytes = [0; 32];
        bytes.fill_with(|| world.rng.u8(..));
        // The private half is forgotten at once, as on EC2.
        let pair = ssh_key::private::Ed25519Keypair::from_seed(&bytes);
        let public = ssh_key::PublicKey::new(ssh_key::public::KeyData::Ed25519(pair.public), name);
        let Some(new) = public.to_openssh().ok().and_then(|text| key_pair::public_pair(&text)) else { continue };
        let row = KeyPair {
            id: world.id("key-"),
            key_type: new.key_type,
            fingerprint: new.fingerprint,
            public_key: new.public_key,
            created_at: world.now - days * DAY,
            tags: seed::tags(&[("team", team)]),
        };
        world.key_pairs.insert(name.into(), row);
    }
}

pub fn furnish(world: &mut World) {
    free_volumes(world);
    backups(world);
    addresses(world);
    interfaces(world);
}

fn free_volumes(world: &mut World) {
    let rows = [
        ("db-restore-test", 100, "gp3", "a", 3, true),
        ("old-web-data", 40, "gp2", "b", 210, false),
        ("scratch", 250, "st1", "a", 31, false),
        ("", 8, "gp2", "c", 402, false),
        ("", 20, "gp3", "b", 96, true),
        ("reports-archive", 1_000, "sc1", "c", 520, false),
    ];
    for (name, size, volume_type, letter, days, encrypted) in rows {
        let id = world.id("vol-");
        let row = Volume {
            size,
            volume_type,
            iops: volume::default_iops(volume_type, size),
            throughput: volume::default_throughput(volume_type),
            zone: format!("{}{letter}", world.region.name).into(),
            snapshot: None,
            encrypted,
            created_at: world.now - days * DAY,
            ready_at: world.now - days * DAY,
            instance: None,
            tags: if name.is_empty() { vec![] } else { seed::tags(&[("Name", name), ("team", "data")]) },
        };
        world.volumes.insert(id, row);
    }
}

/// A week of backups of each volume that is tagged for it.
fn backups(world: &mut World) {
    let tagged = |volume: &Volume| volume.tags.iter().any(|(key, value)| &**key == "backup" && &**value == "daily");
    let volumes: Vec<(Text, u32)> =
        world.volumes.iter().filter(|(_, volume)| tagged(volume)).take(4).map(|(id, volume)| (id.clone(), volume.size)).collect();
    backup_under_way(world, volumes.first());
    shared(world);
    for (volume, size) in volumes {
        for day in 0..7 {
            let id = world.id("snap-");
            let row = Snapshot {
                owner: None,
                volume: volume.clone(),
                size,
                description: format!("Daily backup of {volume}").into(),
                encrypted: true,
                started_at: world.now - day * DAY - 5 * HOUR,
                ready_at: world.now - day * DAY - 4 * HOUR,
                public: false,
                users: vec![],
                tags: seed::tags(&[("Name", "daily"), ("expires", "7d")]),
            };
            world.snapshots.insert(id, row);
        }
    }
}

/// One that has just begun, for all to see how a snapshot comes about.
fn backup_under_way(world: &mut World, of: Option<&(Text, u32)>) {
    let Some((volume, size)) = of.cloned() else { return };
    let id = world.id("snap-");
    let row = Snapshot {
        owner: None,
        volume,
        size,
        description: "Before the upgrade".into(),
        encrypted: true,
        started_at: world.now - MINUTE,
        ready_at: world.now + MINUTE,
        public: false,
        users: vec![],
        tags: seed::tags(&[("Name", "before-upgrade"), ("team", "data")]),
    };
    world.snapshots.insert(id, row);
}

/// Snapshots of other accounts: two that this one may use, and some of all the world that nobody wants to see in a list.
fn shared(world: &mut World) {
    let rows = [
        ("111122223333", "Hardened base, 2026 Q3", 20, 40, false),
        ("111122223333", "Licence server data", 60, 75, false),
        ("099720109477", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04", 8, 12, true),
        ("136693071363", "debian-12-amd64", 8, 30, true),
    ];
    for (owner, description, size, days, public) in rows {
        let id = world.id("snap-");
        let row = Snapshot {
            owner: Some(owner.into()),
            volume: "vol-ffffffff".into(),
            size,
            description: description.into(),
            encrypted: false,
            started_at: world.now - days * DAY,
            ready_at: world.now - days * DAY + HOUR,
            public,
            users: if public { vec![] } else { vec![world.account.clone()] },
            tags: vec![],
        };
        world.snapshots.insert(id, row);
    }
}

fn addresses(world: &mut World) {
    // The first running bastion and web server keep their addresses; two are free.
    let named = |world: &World, name: &str| {
        let is = |tags: &crate::tag::Tags| tags.iter().any(|(key, value)| &**key == "Name" && &**value == name);
        world.instances.iter().find(|(_, row)| row.state == State::Running && is(&row.tags)).map(|(id, _)| id.clone())
    };
    for (name, holder) in [("bastion", Some("bastion-1")), ("www", Some("web-1")), ("nat-a", None), ("reserved", None)] {
        let (id, ip) = (world.id("eipalloc-"), world.public_address());
        let holder = holder.and_then(|holder| named(world, holder));
        let interface = holder.as_ref().and_then(|id| world.instances.get_mut(id)).map(|instance| {
            instance.public_ip = Some(ip);
            instance.interface.id.clone()
        });
        let association = interface.map(|interface| Association { id: world.id("eipassoc-"), interface });
        world.addresses.insert(id, Address { ip, association, tags: seed::tags(&[("Name", name)]) });
    }
}

/// Interfaces made by hand: one attached to a database for its backups, one kept for a licence that is bound to its MAC address.
fn interfaces(world: &mut World) {
    let database =
        world.instances.iter().find(|(_, row)| row.state == State::Running && row.tags.iter().any(|(_, value)| value.starts_with("db-")));
    let Some((database, subnet, groups)) = database.map(|(id, row)| (id.clone(), row.subnet.clone(), row.groups.clone())) else { return };
    for (name, description, attached) in
        [("db-backup", "Backup network", true), ("license-server", "The licence is bound to this MAC address", false)]
    {
        let Some(private_ip) = world.subnets.get_mut(&subnet).map(Subnet::next_address) else { return };
        let id = world.id("eni-");
        let attachment = attached.then(|| Attachment {
            instance: database.clone(),
            index: 1,
            attached_at: world.now - 40 * DAY,
            delete_on_termination: false,
        });
        let row = NetworkInterface {
            subnet: subnet.clone(),
            description: description.into(),
            private_ip,
            mac: world.rng.u32(..),
            groups: groups.clone(),
            source_dest_check: true,
            attachment,
            gateway: None,
            tags: seed::tags(&[("Name", name)]),
        };
        world.network_interfaces.insert(id.clone(), row);
        if let Some(instance) = world.instances.get_mut(&database).filter(|_| attached) {
            instance.further_interfaces.push(id);
        }
    }
}
