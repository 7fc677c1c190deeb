//! The order of rows: as people count (`web-9` before `web-10`), numbers as numbers, what is missing always last.

use std::cmp::Ordering;

use super::row::Row;
use crate::spec::{AnySpec, cell::Key};

/// The rows in the order of a column. Equal ones keep the order of their identifiers, so that a refresh moves nothing.
pub fn sorted(spec: &dyn AnySpec, rows: &[Row], column: usize, descending: bool) -> Vec<Row> {
    let mut keyed: Vec<_> = rows.iter().map(|row| (spec.cell(column, row.item()).key(), row)).collect();
    keyed.sort_by(|(one, a), (other, b)| compare(one, other, descending).then_with(|| natural(a.id(), b.id())));
    keyed.into_iter().map(|(_, row)| row.clone()).collect()
}

fn compare(one: &Key, other: &Key, descending: bool) -> Ordering {
    let order = match (one, other) {
        (Key::Missing, Key::Missing) => return Ordering::Equal,
        (Key::Missing, _) => return Ordering::Greater,
        (_, Key::Missing) => return Ordering::Less,
        (Key::Number(one), Key::Number(other)) => one.cmp(other),
        (Key::Text(one), Key::Text(other)) => natural(one, other),
        (Key::Number(_), Key::Text(_)) => Ordering::Less,
        (Key::Text(_), Key::Number(_)) => Ordering::Greater,
    };
    if descending { order.reverse() } else { order }
}

/// Compares texts without regard to case, and runs of digits in them by their value. Texts that are equal so are ordered by their bytes.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len()).then_with(|| one.cmp(other));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (n, rest_a) = digits(a);
            let (m, rest_b) = digits(b);
            (a, b) = (rest_a, rest_b);
            // Without leading zeros the longer number is the larger one, however long.
            n.len().cmp(&m.len()).then_with(|| n.cmp(m))
        } else {
            (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
            x.to_lowercase().cmp(y.to_lowercase())
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The number at the beginning, without leading zeros, and what follows it.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (number.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, kind::Kind};
    use proptest::prelude::*;

    use super::*;
    use crate::spec::{self, Item};

    #[test]
    fn people_count_like_this() {
        let mut names = ["web-10", "Web-9", "web-9a", "db", "web-009", "10.0.0.2", "10.0.0.10", "9.255.0.1"];
        names.sort_by(|one, other| natural(one, other));
        assert_eq!(names, ["9.255.0.1", "10.0.0.2", "10.0.0.10", "db", "Web-9", "web-009", "web-9a", "web-10"]);
    }

    #[test]
    fn missing_values_are_last_in_both_directions() {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let row = |id: &str, at: Option<i64>| Row::new(spec, Item::new(Instance { id: id.into(), launched_at: at, ..Instance::default() }));
        let rows = [row("i-1", None), row("i-2", Some(5)), row("i-3", Some(30))];
        let column = spec.columns().iter().position(|head| head.key == "launched").expect("a column of launches");
        let order = |descending| sorted(spec, &rows, column, descending).iter().map(|row| row.id().to_owned()).collect::<Vec<_>>();
        assert_eq!(order(false), ["i-2", "i-3", "i-1"]);
        assert_eq!(order(true), ["i-3", "i-2", "i-1"]);
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
        fn numbers_are_compared_by_value(n in 0u64.., m in 0u64.., zeros in 0usize..4) {
            let padded = format!("x{}{n}", "0".repeat(zeros));
            prop_assume!(n != m);
            prop_assert_eq!(natural(&padded, &format!("x{m}")), n.cmp(&m));
        }
    }
}
