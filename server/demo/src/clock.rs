//! Time, as the demo cloud sees it: the system's, or one that a test moves.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use time::{
    OffsetDateTime,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

pub const SECOND: Millis = 1000;
pub const MINUTE: Millis = 60 * SECOND;
pub const HOUR: Millis = 60 * MINUTE;
pub const DAY: Millis = 24 * HOUR;

/// The system's clock, moved forward by what [`Clock::advance`] was told; clones share the offset.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// `None` runs with the system.
    stopped_at: Option<Millis>,
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that stands still but for [`Clock::advance`].
    pub fn stopped(at: Millis) -> Self {
        Self { stopped_at: Some(at), offset: Arc::default() }
    }

    pub fn now(&self) -> Millis {
        self.stopped_at.unwrap_or_else(wall) + self.offset.load(Ordering::SeqCst)
    }

    pub fn advance(&self, by: Duration) {
        self.offset.fetch_add(millis(by), Ordering::SeqCst);
    }
}

/// The system's time. Signatures are dated by clients, whose clocks no test moves, and are judged by this one.
pub fn wall() -> Millis {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis)
}

pub fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

const ISO: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// As EC2 writes it: `2026-11-22T20:00:00.000Z`.
pub fn iso(at: Millis) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000)
        .ok()
        .and_then(|time| time.format(ISO).ok())
        .unwrap_or_else(|| "1970-01-01T00:00:00.000Z".to_owned())
}

/// What a request says of time, with or without fractions of a second.
pub fn parse(text: &str) -> Option<Millis> {
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Millis::try_from(at.unix_timestamp_nanos() / 1_000_000).ok()
}

const COMPACT: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]");

/// `20261122`: as it stands in names of images.
pub fn compact_date(at: Millis) -> String {
    OffsetDateTime::from_unix_timestamp(at / SECOND).ok().and_then(|time| time.format(COMPACT).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_moves_only_when_told() {
        let clock = Clock::stopped(1_000);
        let seen_by_another = clock.clone();
        assert_eq!(clock.now(), 1_000);
        clock.advance(Duration::from_secs(4));
        assert_eq!(seen_by_another.now(), 5_000);
    }

    #[test]
    fn times_are_written_as_ec2_does() {
        assert_eq!(iso(1_760_000_000_123), "2025-10-09T08:53:20.123Z");
        assert_eq!(compact_date(1_760_000_000_123), "20251009");
        assert_eq!(parse("2025-10-09T08:53:20.123Z"), Some(1_760_000_000_123));
        assert_eq!((parse("2025-10-09T08:53:20Z"), parse("yesterday")), (Some(1_760_000_000_000), None));
    }
}
