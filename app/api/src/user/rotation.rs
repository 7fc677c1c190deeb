//! How far a user is on the way from an old access key to a new one. Nothing but the cloud keeps it: whoever comes back goes on.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html#rotating_access_keys_console>

use super::AccessKey;

/// What there is of keys, and so what comes next.
#[derive(Clone, Debug, PartialEq)]
pub enum Rotation {
    /// No key, or one that is off: there is nothing to take the place of.
    Nothing,
    /// One key that works: a second one is made.
    One { old: AccessKey },
    /// Two that work: as soon as the new one is in use everywhere, the old one is deactivated.
    Both { old: AccessKey, new: AccessKey },
    /// The old one is off: it is deleted, or activated again where it was still in use.
    Off { old: AccessKey, new: AccessKey },
}

impl Rotation {
    /// The old one is the one that is off, or else the one that was made first.
    pub fn of(keys: &[AccessKey]) -> Self {
        match keys {
            [old] if old.active => Self::One { old: old.clone() },
            [one, other] => {
                let is_older = if one.active == other.active { one.created_at <= other.created_at } else { other.active };
                let (old, new) = if is_older { (one, other) } else { (other, one) };
                let (old, new) = (old.clone(), new.clone());
                match (old.active, new.active) {
                    (true, true) => Self::Both { old, new },
                    (false, true) => Self::Off { old, new },
                    _ => Self::Nothing,
                }
            }
            _ => Self::Nothing,
        }
    }

    /// How many of its steps are done.
    pub const fn done(&self) -> usize {
        match self {
            Self::Nothing | Self::One { .. } => 0,
            Self::Both { .. } => 1,
            Self::Off { .. } => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, active: bool, created_at: i64) -> AccessKey {
        AccessKey { id: id.into(), active, created_at: Some(created_at), ..AccessKey::default() }
    }

    #[test]
    fn the_old_key_is_the_one_that_is_off_or_the_older() {
        let (first, second) = (key("a", true, 1), key("b", true, 2));
        assert_eq!(Rotation::of(std::slice::from_ref(&first)), Rotation::One { old: first.clone() });
        let both = Rotation::Both { old: first.clone(), new: second.clone() };
        assert_eq!(Rotation::of(&[first.clone(), second.clone()]), both);
        assert_eq!(Rotation::of(&[second, first.clone()]), both, "in whatever order the cloud tells them");
        let off = key("b", false, 2);
        assert_eq!(Rotation::of(&[first.clone(), off.clone()]), Rotation::Off { old: off.clone(), new: first });
        for none in [&[][..], std::slice::from_ref(&off), &[off.clone(), key("c", false, 3)]] {
            assert_eq!(Rotation::of(none), Rotation::Nothing);
        }
    }
}
