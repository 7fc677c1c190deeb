//! What written values mean: numbers, sizes, dates and ages, addresses and networks.

mod moment;
mod network;

pub use self::{
    moment::{Clock, Moment, moment},
    network::{Network, network},
};

/// A number as people write it; nothing that is none.
pub fn number(text: &str) -> Option<f64> {
    let looks_like_one = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse().ok().filter(|number: &f64| looks_like_one && number.is_finite())
}

/// A number of bytes: `10GiB`, `1.5 TB`, `512K`, or a bare number that counts `unit` bytes.
pub fn size(text: &str, unit: u64) -> Option<f64> {
    let end = text.rfind(|c: char| c.is_ascii_digit() || c == '.').map_or(0, |at| at + 1);
    let (amount, suffix) = text.split_at(end);
    Some(number(amount)? * factor(suffix.trim(), unit)?)
}

#[expect(clippy::cast_precision_loss, reason = "units are powers of two or ten, far below 2^53 times a small factor")]
fn factor(suffix: &str, unit: u64) -> Option<f64> {
    let suffix = suffix.to_ascii_lowercase();
    let Some(prefix) = suffix.chars().next() else { return Some(unit as f64) };
    if suffix == "b" {
        return Some(1.0);
    }
    let power = "kmgtpe".find(prefix)? + 1;
    // Drives are sold by the thousand, memory is counted by 1024, and a lone letter means what clouds mean by it.
    let base: f64 = match &suffix[1..] {
        "" | "ib" => 1024.0,
        "b" => 1000.0,
        _ => return None,
    };
    Some(base.powi(i32::try_from(power).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(number("-1.5"), Some(-1.5));
        assert!(["", "inf", "nan", "x", "1 2", "0x10"].iter().all(|text| number(text).is_none()));
    }

    #[test]
    fn sizes() {
        assert_eq!(size("10", 1 << 30), Some(f64::from(10 << 20) * 1024.0));
        assert_eq!(size("10GiB", 1), size("10g", 1));
        assert_eq!(size("1.5 kB", 1), Some(1500.0));
        assert_eq!(size("7B", 1 << 30), Some(7.0));
        assert!(["", "GiB", "10 elephants", "10Gi", "1ß"].iter().all(|text| size(text, 1).is_none()));
    }
}
