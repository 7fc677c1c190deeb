//! The state of the launch wizard. It mirrors the screen, not the API: texts as typed, the branch of every choice kept when another is
//! looked at, so that nothing is lost by trying. [`super::draft`] makes of it what is sent.

use api::{image::Image, instance::BlockDevice, tag::Tag};
use leptos::prelude::*;

use crate::wizard::TagRow;

/// The value of [`Form::key_pair`] for launching without one. Not ASCII, so no key pair can be called that.
pub const NO_KEY_PAIR: &str = "—";

/// Every field of the wizard. Copied freely; the signals live as long as the page.
#[derive(Clone, Copy)]
pub struct Form {
    /// Picked or pasted.
    pub image_id: RwSignal<String>,
    /// The image of that id, once the cloud has shown it.
    pub image: RwSignal<Option<Image>>,
    /// Why there is none, where that is known.
    pub image_problem: RwSignal<Option<String>>,
    pub count: RwSignal<String>,
    /// Whether each instance gets a name of its own.
    pub name_each: RwSignal<bool>,
    pub name: RwSignal<String>,
    /// At least as many as there are instances; those beyond the count are kept, but not sent.
    pub names: RwSignal<Vec<ArcRwSignal<String>>>,
    pub instance_type: RwSignal<String>,
    /// Only on clouds without VPC; empty for the cloud to choose.
    pub zone: RwSignal<String>,
    pub user_data: RwSignal<String>,
    /// Used instead of `user_data` while there is one.
    pub user_data_file: RwSignal<Option<UserDataFile>>,
    pub tags: RwSignal<Vec<TagRow>>,
    pub vpc_id: RwSignal<String>,
    pub subnet_id: RwSignal<String>,
    /// `yes`, `no`, or empty to leave it to the subnet.
    pub public_ip: RwSignal<String>,
    /// A name, [`NO_KEY_PAIR`], or empty while not decided.
    pub key_pair: RwSignal<String>,
    pub security_groups: RwSignal<Vec<String>>,
    pub monitoring: RwSignal<bool>,
    pub termination_protection: RwSignal<bool>,
    pub role: RwSignal<String>,
    pub volumes: RwSignal<Vec<VolumeRow>>,
    /// The id of the next row of any list; rows keep theirs, so that errors stay with them.
    next_row: StoredValue<u32>,
}

/// User data from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct UserDataFile {
    pub name: String,
    pub bytes: usize,
    /// Base64; empty where the file was too large to be read.
    pub content: String,
}

/// A volume of the image's own mapping, or one that is added to it.
#[derive(Clone)]
pub struct VolumeRow {
    pub id: u32,
    /// As the image has it.
    pub origin: Option<BlockDevice>,
    /// Whether the system starts from it.
    pub root: bool,
    pub device: ArcRwSignal<String>,
    /// GiB, as typed.
    pub size: ArcRwSignal<String>,
    pub volume_type: ArcRwSignal<String>,
    pub delete_on_termination: ArcRwSignal<bool>,
    pub encrypted: ArcRwSignal<bool>,
}

impl Form {
    pub fn new() -> Self {
        Self {
            image_id: RwSignal::default(),
            image: RwSignal::default(),
            image_problem: RwSignal::default(),
            count: RwSignal::new("1".to_owned()),
            name_each: RwSignal::default(),
            name: RwSignal::default(),
            names: RwSignal::new(vec![ArcRwSignal::default()]),
            instance_type: RwSignal::default(),
            zone: RwSignal::default(),
            user_data: RwSignal::default(),
            user_data_file: RwSignal::default(),
            tags: RwSignal::default(),
            vpc_id: RwSignal::default(),
            subnet_id: RwSignal::default(),
            public_ip: RwSignal::default(),
            key_pair: RwSignal::default(),
            security_groups: RwSignal::default(),
            monitoring: RwSignal::default(),
            termination_protection: RwSignal::default(),
            role: RwSignal::default(),
            volumes: RwSignal::default(),
            next_row: StoredValue::new(0),
        }
    }

    /// Drops what exists only in the region that was left. What does not depend on one stays.
    pub fn forget_region(&self) {
        self.image_id.set(String::new());
        self.drop_image();
        self.zone.set(String::new());
        self.vpc_id.set(String::new());
        self.subnet_id.set(String::new());
        self.key_pair.update(|name| {
            if name != NO_KEY_PAIR {
                name.clear();
            }
        });
        self.security_groups.set(Vec::new());
    }

    /// How many instances the text of `count` stands for; 0 where it is no number.
    pub fn count(&self) -> u32 {
        self.count.with(|count| count.trim().parse().unwrap_or(0))
    }

    /// Makes sure that there is a name field for each of so many instances.
    pub fn provide_names(&self, count: usize) {
        if self.names.with_untracked(Vec::len) < count {
            self.names.update(|names| names.resize_with(count, ArcRwSignal::default));
        }
    }

    fn row_id(&self) -> u32 {
        let id = self.next_row.get_value();
        self.next_row.set_value(id + 1);
        id
    }

    pub fn add_tag(&self, key: &str, value: &str) {
        let row = TagRow::new(self.row_id(), &Tag::new(key, value));
        self.tags.update(|rows| rows.push(row));
    }

    /// Takes an image and its volumes; volumes that were added by hand stay.
    pub fn set_image(&self, image: Image) {
        let ebs = |device: &&BlockDevice| device.size.is_some() || !device.snapshot_id.is_empty();
        let own: Vec<_> = image
            .block_devices
            .iter()
            .filter(ebs)
            .map(|device| VolumeRow::of_image(self.row_id(), device, device.device == image.root_device_name))
            .collect();
        self.volumes.update(|rows| {
            rows.retain(|row| row.origin.is_none());
            rows.splice(0..0, own);
        });
        self.image_problem.set(None);
        self.image.set(Some(image));
    }

    /// Forgets the image that the id no longer names.
    pub fn drop_image(&self) {
        self.image_problem.set(None);
        if self.image.with_untracked(Option::is_some) {
            self.image.set(None);
            self.volumes.update(|rows| rows.retain(|row| row.origin.is_none()));
        }
    }

    /// Adds an empty volume at the next free device.
    pub fn add_volume(&self) {
        let taken: Vec<_> = self.volumes.with_untracked(|rows| rows.iter().map(|row| row.device.get_untracked()).collect());
        let row = VolumeRow {
            id: self.row_id(),
            origin: None,
            root: false,
            device: ArcRwSignal::new(next_device(&taken)),
            size: ArcRwSignal::new("8".to_owned()),
            volume_type: ArcRwSignal::default(),
            delete_on_termination: ArcRwSignal::new(true),
            encrypted: ArcRwSignal::default(),
        };
        self.volumes.update(|rows| rows.push(row));
    }
}

impl VolumeRow {
    fn of_image(id: u32, device: &BlockDevice, root: bool) -> Self {
        Self {
            id,
            root,
            device: ArcRwSignal::new(device.device.clone()),
            size: ArcRwSignal::new(device.size.map(|size| size.to_string()).unwrap_or_default()),
            volume_type: ArcRwSignal::new(device.volume_type.clone()),
            delete_on_termination: ArcRwSignal::new(device.delete_on_termination),
            encrypted: ArcRwSignal::new(device.encrypted),
            origin: Some(device.clone()),
        }
    }
}

/// The first free name of those recommended for data volumes, in the style of the names that are there:
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>.
fn next_device(taken: &[String]) -> String {
    let prefix = if taken.iter().any(|device| device.starts_with("/dev/vd")) { "/dev/vd" } else { "/dev/sd" };
    // /dev/sdf and /dev/xvdf are the same device to the system.
    let letter_of = |device: &String| device.trim_end_matches(|c: char| c.is_ascii_digit()).chars().last();
    let free = ('f'..='z').find(|letter| !taken.iter().any(|device| letter_of(device) == Some(*letter)));
    free.map(|letter| format!("{prefix}{letter}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::resource::Resource;

    fn devices(form: &Form) -> Vec<String> {
        form.volumes.with_untracked(|rows| rows.iter().map(|row| row.device.get_untracked()).collect())
    }

    #[test]
    fn another_image_brings_its_own_volumes_and_leaves_the_added_ones() {
        let owner = Owner::new();
        owner.with(|| {
            let form = Form::new();
            form.set_image(Image::sample());
            form.add_volume();
            let device = BlockDevice { device: "/dev/sda1".into(), size: Some(20), ..BlockDevice::default() };
            let ephemeral = BlockDevice { device: "/dev/sdb".into(), ..BlockDevice::default() };
            let other = Image { root_device_name: "/dev/sda1".into(), block_devices: vec![device, ephemeral], ..Image::sample() };
            form.set_image(other);
            assert_eq!(devices(&form), ["/dev/sda1", "/dev/sdf"]);
            assert!(form.volumes.with_untracked(|rows| rows[0].root && !rows[1].root));
        });
    }

    #[test]
    fn the_suggested_device_is_free_under_all_of_its_names() {
        let suggest = |taken: &[&str]| next_device(&taken.iter().map(|&device| device.to_owned()).collect::<Vec<_>>());
        assert_eq!(suggest(&["/dev/sda1"]), "/dev/sdf");
        assert_eq!(suggest(&["/dev/xvda", "/dev/xvdf"]), "/dev/sdg");
        assert_eq!(suggest(&["/dev/vda", "/dev/vdf"]), "/dev/vdg");
        assert_eq!(
            suggest(
                &("fghijklmnopqrstuvwxyz".chars().map(|c| format!("/dev/sd{c}")).collect::<Vec<_>>())
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
            ),
            ""
        );
    }

    #[test]
    fn names_grow_with_the_count_and_never_shrink() {
        let owner = Owner::new();
        owner.with(|| {
            let form = Form::new();
            form.provide_names(3);
            form.names.with_untracked(|names| names[2].set("db".into()));
            form.provide_names(1);
            assert_eq!(form.names.with_untracked(|names| names[2].get_untracked()), "db");
        });
    }
}
