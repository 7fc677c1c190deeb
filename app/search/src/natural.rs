//! The order in which people count: `web-9` before `web-10`, whatever the case.

use std::cmp::Ordering;

/// Compares texts in lower case, and runs of digits in them by their value. Texts that are equal so are ordered by their bytes.
pub fn natural(one: &str, other: &str) -> Ordering {
    let key = |text| {
        let mut key = Vec::new();
        push_key(text, &mut key);
        key
    };
    key(one).cmp(&key(other)).then_with(|| one.cmp(other))
}

/// Adds bytes that are ordered as the texts are, so that comparing them takes no thought.
pub(crate) fn push_key(text: &str, key: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let digits = rest[..end].trim_start_matches('0');
            rest = &rest[end..];
            // In the place of any digit; then, without leading zeros, the longer number is the larger one.
            key.push(b'0');
            let length = u32::try_from(digits.len()).unwrap_or(u32::MAX);
            match u8::try_from(length) {
                Ok(length) if length < u8::MAX => key.push(length),
                _ => {
                    key.push(u8::MAX);
                    key.extend_from_slice(&length.to_be_bytes());
                }
            }
            key.extend_from_slice(digits.as_bytes());
        } else if c.is_ascii() {
            rest = &rest[1..];
            key.push(u8::try_from(c.to_ascii_lowercase()).expect("it is ASCII"));
        } else {
            rest = &rest[c.len_utf8()..];
            let mut utf8 = [0; 4];
            c.to_lowercase().for_each(|c| key.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes()));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_count_like_this() {
        let mut names = ["web-10", "Web-9", "web-9a", "db", "web-009", "10.0.0.2", "10.0.0.10", "9.255.0.1"];
        names.sort_by(|one, other| natural(one, other));
        assert_eq!(names, ["9.255.0.1", "10.0.0.2", "10.0.0.10", "db", "Web-9", "web-009", "web-9a", "web-10"]);
        assert_eq!(natural("i-2", "i-10"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn natural_order_is_a_total_order(a in "[a-cA-C0-3.-]{0,6}", b in "[a-cA-C0-3.-]{0,6}", c in "[a-cA-C0-3.-]{0,6}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            prop_assert_eq!(natural(&a, &b).is_eq(), a == b);
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                prop_assert!(natural(&a, &c).is_le());
            }
        }

        #[test]
        fn numbers_are_compared_by_value(n in 0u64.., m in 0u64.., zeros in prop::sample::select(vec![0, 1, 3, 300])) {
            prop_assume!(n != m);
            let padded = format!("x{}{n}", "0".repeat(zeros));
            prop_assert_eq!(natural(&padded, &format!("x{m}")), n.cmp(&m));
        }

        #[test]
        fn very_long_numbers_too(n in "[1-9][0-9]{250,260}", m in "[1-9][0-9]{250,260}") {
            prop_assert_eq!(natural(&n, &m), n.len().cmp(&m.len()).then_with(|| n.cmp(&m)));
        }
    }
}
