//! Names of devices that volumes are attached as.

/// The first of `/dev/sdf` to `/dev/sdp` that is free: the names that AWS recommends for volumes other than the root. Where the instance
/// calls its devices `/dev/vda`, as on Eucalyptus, so is the next called.
///
/// `/dev/xvdf` and `/dev/vdf` take `/dev/sdf`, too: it is the same place, by another driver's name.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>
pub fn free_device<T: AsRef<str>>(taken: &[T]) -> Option<String> {
    let letters = |name: &str| {
        let name = name.strip_prefix("/dev/").unwrap_or(name);
        let rest = ["xvd", "sd", "hd", "vd"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or_default();
        rest.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let prefix = if taken.iter().any(|name| name.as_ref().starts_with("/dev/vd")) { "/dev/vd" } else { "/dev/sd" };
    let taken: Vec<_> = taken.iter().map(|name| letters(name.as_ref())).collect();
    ('f'..='p').find(|letter| !taken.iter().any(|taken| taken == &letter.to_string())).map(|letter| format!("{prefix}{letter}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_free_name_is_suggested_whatever_the_others_are_called() {
        assert_eq!(free_device::<&str>(&[]).as_deref(), Some("/dev/sdf"));
        assert_eq!(free_device(&["/dev/xvda", "/dev/sdf", "xvdg", "vdh1"]).as_deref(), Some("/dev/sdi"));
        assert_eq!(free_device(&["/dev/vda", "/dev/vdf"]).as_deref(), Some("/dev/vdg"));
        let all: Vec<_> = ('f'..='p').map(|letter| format!("/dev/sd{letter}")).collect();
        assert_eq!(free_device(&all), None);
    }
}
