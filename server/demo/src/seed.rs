//! What an account has when it is opened: the same for every account, relative to the moment of its opening.

pub mod console;
pub mod iam;
mod image;
mod instance;
mod launch_template;
mod network;
mod policy;
mod storage;

use std::collections::HashMap;

use api::session::DemoOptions;

use crate::{
    iam::Iam,
    tag::Tags,
    world::{Text, World},
};

/// How many rows of a kind an account may be asked to have.
const MAX_ROWS: u32 = 200_000;

/// What is wrong with the options of an account, faults aside.
pub fn check(options: &DemoOptions) -> Result<(), String> {
    for (name, rows) in [("instances", options.instances), ("images", options.images)] {
        if rows.is_some_and(|rows| rows > MAX_ROWS) {
            return Err(format!("{name}: the demo cloud makes at most {MAX_ROWS} of them"));
        }
    }
    if options.delay > 60_000 {
        return Err("delay: at most 60000 milliseconds".into());
    }
    if options.session_seconds == Some(0) {
        return Err("session_seconds: a session lasts at least one second".into());
    }
    Ok(())
}

/// Fills a region. One that is not furnished has the default VPC, and the images of the world.
pub fn furnish(world: &mut World, iam: &Iam, furnished: bool, options: &DemoOptions) {
    let mut texts = Texts::default();
    let network = network::furnish(world, furnished);
    image::furnish(world, furnished, options.images, &mut texts);
    if furnished {
        storage::key_pairs(world);
        instance::furnish(world, iam, &network, options.instances, &mut texts);
        storage::furnish(world);
        launch_template::furnish(world, &format!("arn:aws:iam::{}:user/{}", iam.account, iam::DEMO_USER));
    }
}

/// Texts that many rows share.
#[derive(Default)]
pub struct Texts(HashMap<String, Text>);

impl Texts {
    pub fn get(&mut self, text: &str) -> Text {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Text = text.into();
        self.0.insert(text.to_owned(), new.clone());
        new
    }

    pub fn tags(&mut self, tags: &[(&str, &str)]) -> Tags {
        tags.iter().map(|(key, value)| (self.get(key), self.get(value))).collect()
    }
}

/// Tags of a row that is one of few.
pub fn tags(tags: &[(&str, &str)]) -> Tags {
    Texts::default().tags(tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::{DAY, MINUTE},
        noun::Noun as _,
        region::Region,
        world::{instance::State, security_group::Peer},
    };

    const OPENED: i64 = 1_800_000_000_000;

    fn furnished(options: &DemoOptions) -> World {
        let account: Text = "123456789012".into();
        let mut iam = Iam::new(account.clone(), 1);
        iam::furnish(&mut iam, true, OPENED);
        let mut world = World::new(account, Region::find("us-east-1").unwrap(), OPENED, 4_000, 1);
        furnish(&mut world, &iam, true, options);
        world
    }

    #[test]
    fn a_new_account_is_full() {
        let world = furnished(&DemoOptions::default());
        assert!((36..=48).contains(&world.instances.len()), "{} instances", world.instances.len());
        assert!((180..=240).contains(&world.images.len()), "{} images", world.images.len());
        for state in [State::Pending, State::Running, State::ShuttingDown, State::Terminated, State::Stopping, State::Stopped] {
            assert!(world.instances.values().any(|row| row.state == state), "none is {}", state.name());
        }
        assert_eq!((world.vpcs.len(), world.subnets.len()), (2, 9));
        assert!(world.security_groups.len() >= 8 && world.snapshots.len() >= 10 && world.addresses.len() >= 3);
        assert!(world.volumes.values().any(|volume| volume.instance.is_none()));
    }

    #[test]
    fn everything_refers_to_what_is_there() {
        let world = furnished(&DemoOptions::default());
        for (id, row) in world.instances.iter().filter(|(_, row)| row.is_alive()) {
            assert!(world.images.contains_key(&row.image), "{id}: image");
            assert_eq!(world.subnets[&row.subnet].vpc, row.vpc, "{id}: subnet");
            assert_eq!(world.subnets[&row.subnet].zone, row.zone, "{id}: zone");
            assert!(row.groups.iter().all(|group| world.security_groups[group].vpc == row.vpc), "{id}: groups");
            assert!(row.key_name.as_ref().is_none_or(|key| world.key_pairs.contains_key(key)), "{id}: key");
            assert!(crate::world::instance_type::find(&row.instance_type).is_some_and(|known| known.runs(row.architecture)), "{id}: type");
            for device in &row.devices {
                assert_eq!(world.volumes[&device.volume].instance.as_ref(), Some(id), "{id}: volume");
            }
        }
        for group in world.security_groups.values() {
            for rule in &group.rules {
                if let Peer::Group(id) = &rule.traffic.peer {
                    assert!(world.security_groups.contains_key(id));
                }
            }
        }
    }

    #[test]
    fn two_accounts_opened_at_the_same_time_are_alike() {
        let [a, b] = [furnished(&DemoOptions::default()), furnished(&DemoOptions::default())];
        let show = |world: &World| world.instances.iter().map(|(id, row)| row.show(id, world)).collect::<Vec<_>>();
        assert_eq!(show(&a), show(&b));
        assert!(a.images.keys().eq(b.images.keys()));
    }

    #[test]
    fn options_make_it_large_or_empty() {
        let world = furnished(&DemoOptions { instances: Some(1_500), images: Some(700), ..DemoOptions::default() });
        assert_eq!((world.instances.len(), world.images.len()), (1_500, 700));
        let addresses: std::collections::HashSet<_> = world.instances.values().map(|row| row.private_ip).collect();
        assert_eq!(addresses.len(), 1_500);
        assert_eq!(furnished(&DemoOptions { instances: Some(0), ..DemoOptions::default() }).instances.len(), 0);
        assert!(check(&DemoOptions { instances: Some(1_000_000), ..DemoOptions::default() }).is_err());
    }

    #[test]
    fn what_is_under_way_comes_to_rest() {
        let mut world = furnished(&DemoOptions::default());
        world.settle(OPENED + 30 * MINUTE);
        let moving = |row: &crate::world::instance::Instance| matches!(row.state, State::Pending | State::Stopping | State::ShuttingDown);
        assert!(!world.instances.values().any(moving));
        world.settle(OPENED + DAY);
        assert!(!world.instances.values().any(|row| row.state == State::Terminated), "terminated instances are shown for an hour");
    }
}
