//! What values of conditions mean: numbers, moments, addresses and networks, yes and no.

mod moment;
mod network;

use crate::operator::Test;

pub use self::{moment::moment, network::Network};

/// A number, whole or with decimals.
pub fn number(text: &str) -> Option<f64> {
    let looks_like_one = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse().ok().filter(|number: &f64| looks_like_one && number.is_finite())
}

/// Yes or no.
pub fn boolean(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Whether a value can be compared so.
pub fn is_value(test: Test, text: &str) -> bool {
    match test {
        Test::String | Test::StringIgnoreCase | Test::StringLike => true,
        Test::Numeric(_) => number(text).is_some(),
        Test::Date(_) => moment(text).is_some(),
        Test::Bool | Test::Null => boolean(text).is_some(),
        Test::Ip => Network::parse(text).is_some(),
        Test::Binary => is_base64(text),
        Test::Arn => text == "*" || (text.starts_with("arn:") && text.split(':').count() >= 6) || text.starts_with("arn:*"),
    }
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        assert_eq!(number("-1.5"), Some(-1.5));
        assert!(["", "inf", "NaN", "1 2", "0x10"].iter().all(|text| number(text).is_none()));
        assert_eq!(["True", "FALSE", "yes"].map(boolean), [Some(true), Some(false), None]);
        assert!(is_base64("QmluYXJ5VmFsdWVJbkJhc2U2NA==") && !is_base64("abc") && !is_base64("a==="));
    }
}
