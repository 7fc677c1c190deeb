//! The types of volumes, with what each can be.
//!
//! <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>. A type that is not here is left to the cloud to judge.

use crate::{error::FieldErrors, instance::MAX_VOLUME_SIZE};

#[derive(Debug, PartialEq, Eq)]
pub struct VolumeType {
    pub name: &'static str,
    /// The least and the most GiB.
    pub size: (u32, u32),
    /// The least and the most operations a second, where they can be chosen.
    pub iops: Option<(u32, u32)>,
    /// Whether they have to be.
    pub needs_iops: bool,
    /// The least and the most MiB a second, where they can be chosen.
    pub throughput: Option<(u32, u32)>,
}

const fn plain(name: &'static str, least: u32, most: u32) -> VolumeType {
    VolumeType { name, size: (least, most), iops: None, needs_iops: false, throughput: None }
}

pub const VOLUME_TYPES: &[VolumeType] = &[
    VolumeType { iops: Some((3_000, 80_000)), throughput: Some((125, 2_000)), ..plain("gp3", 1, 65_536) },
    plain("gp2", 1, 16_384),
    VolumeType { iops: Some((100, 64_000)), needs_iops: true, ..plain("io1", 4, 16_384) },
    VolumeType { iops: Some((100, 256_000)), needs_iops: true, ..plain("io2", 4, 65_536) },
    plain("st1", 125, 16_384),
    plain("sc1", 125, 16_384),
    plain("standard", 1, 1_024),
];

/// The type of this name, if it is one of those that are known.
pub fn find(name: &str) -> Option<&'static VolumeType> {
    VOLUME_TYPES.iter().find(|known| known.name == name)
}

/// What a volume is to be.
pub struct Wanted<'a> {
    pub volume_type: &'a str,
    pub size: Option<u32>,
    pub iops: Option<u32>,
    pub throughput: Option<u32>,
}

impl Wanted<'_> {
    /// The rate, if the type takes one: a value that was entered before another type was chosen is not sent.
    pub fn iops(&self) -> Option<u32> {
        self.iops.filter(|_| find(self.volume_type).is_none_or(|known| known.iops.is_some()))
    }

    pub fn throughput(&self) -> Option<u32> {
        self.throughput.filter(|_| find(self.volume_type).is_none_or(|known| known.throughput.is_some()))
    }

    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        let known = find(self.volume_type);
        // The type's own name in the sentence tells people that another type could be the way out.
        let what = known.map_or_else(|| "A volume".to_owned(), |known| format!("A volume of type {}", known.name));
        let mut hold = |key: &str, value: Option<u32>, bounds: Option<(u32, u32)>, unit: &str| {
            let (Some(value), Some((least, most))) = (value, bounds) else { return };
            if value < least {
                errors.insert(key.into(), format!("{what} has at least {least} {unit}."));
            } else if value > most {
                errors.insert(key.into(), format!("{what} has at most {most} {unit}."));
            }
        };
        hold("size", self.size, Some(known.map_or((1, MAX_VOLUME_SIZE), |known| known.size)), "GiB");
        hold("iops", self.iops, known.and_then(|known| known.iops), "IOPS");
        hold("throughput", self.throughput, known.and_then(|known| known.throughput), "MiB/s");
        if self.iops.is_none() && known.is_some_and(|known| known.needs_iops) {
            errors.insert("iops".into(), format!("{what} needs its IOPS."));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(volume_type: &str, size: u32, iops: Option<u32>, throughput: Option<u32>) -> Wanted<'_> {
        Wanted { volume_type, size: Some(size), iops, throughput }
    }

    #[test]
    fn each_type_is_held_to_its_bounds() {
        assert!(wanted("gp3", 1, None, None).check().is_empty());
        assert!(wanted("io2", 4, Some(100), None).check().is_empty());
        let keys = |wanted: Wanted<'_>| wanted.check().into_keys().collect::<Vec<_>>();
        assert_eq!(keys(wanted("gp3", 0, Some(1), Some(9_999))), ["iops", "size", "throughput"]);
        assert_eq!(keys(wanted("io1", 4, None, None)), ["iops"]);
        assert_eq!(keys(wanted("st1", 124, None, None)), ["size"]);
        assert!(keys(wanted("gp9", 1, Some(1), Some(1))).is_empty(), "an unknown type is the cloud's to judge");
    }

    #[test]
    fn rates_of_another_type_are_forgotten() {
        let gp2 = wanted("gp2", 8, Some(3_000), Some(125));
        assert_eq!((gp2.iops(), gp2.throughput()), (None, None));
        let gp3 = wanted("gp3", 8, Some(3_000), Some(125));
        assert_eq!((gp3.iops(), gp3.throughput()), (Some(3_000), Some(125)));
    }

    #[test]
    fn the_launch_wizard_knows_the_same_sizes() {
        for &(name, least, most) in crate::instance::VOLUME_TYPES {
            assert_eq!(find(name).map(|known| known.size), Some((least, most)), "{name}");
        }
    }
}
