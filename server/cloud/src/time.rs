//! Moments: the SDK's, and those that the API hands out as text.

use api::Timestamp;
use aws_smithy_types::{DateTime, date_time::Format};

pub fn seconds(at: Option<&DateTime>) -> Option<Timestamp> {
    at.map(DateTime::secs)
}

/// `DescribeImages` and the credential report give their dates as text, with whatever offset.
pub fn parsed(text: Option<&str>) -> Option<Timestamp> {
    DateTime::from_str(text?, Format::DateTimeWithOffset).ok().map(|at| at.secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_the_api_writes_them() {
        assert_eq!(parsed(Some("2024-09-30T12:00:00.000Z")), Some(1_727_697_600));
        assert_eq!(parsed(Some("2024-09-30T12:00:00Z")), Some(1_727_697_600));
        assert_eq!(parsed(Some("2024-09-30T12:00:00+00:00")), Some(1_727_697_600));
        assert_eq!(parsed(Some("yesterday")), None);
        assert_eq!(parsed(None), None);
    }
}
