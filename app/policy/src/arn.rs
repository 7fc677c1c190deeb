//! ARNs by their fields: which can be meant by two patterns.

use crate::glob::Glob;

/// A pattern of ARNs, field by field, with anything in the place of `${…}`. Fields that are left out may be anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnFields {
    fields: [Glob; 6],
}

impl ArnFields {
    /// Takes a pattern apart.
    pub fn new(pattern: &str) -> Self {
        // What stands in for a variable is no colon, so it is put in first.
        let mut plain = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("${") {
            plain.push_str(before);
            plain.push('*');
            rest = after.split_once('}').map_or("", |(_, rest)| rest);
        }
        plain.push_str(rest);
        let mut fields = plain.splitn(6, ':');
        Self { fields: std::array::from_fn(|_| Glob::new(fields.next().unwrap_or("*"))) }
    }

    /// Whether an ARN can fit both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.fields.iter().zip(&other.fields).all(|(one, other)| one.overlaps(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps() {
        let both = |one: &str, other: &str| ArnFields::new(one).overlaps(&ArnFields::new(other));
        assert!(both("arn:aws:ec2:*:*:volume/*", "arn:${Partition}:ec2:${Region}:${Account}:volume/${VolumeId}"));
        assert!(!both("arn:aws:ec2:*:*:volume/*", "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}"));
        assert!(both("*", "arn:aws:s3:::b") && both("arn:aws:s3", "arn:aws:s3:::b/k") && !both("arn:aws:s3:::b", "arn:aws:s3:::${B}/${K}"));
        assert!(both("arn:aws:dynamodb:*:*:table/${aws:username}", "arn:aws:dynamodb:eu-west-1:1:table/x"));
    }
}
