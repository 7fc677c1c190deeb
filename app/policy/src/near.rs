//! The name that was meant.

/// The most similar of the names, if one is similar enough to be meant.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_ascii_lowercase();
    let most = (written.len() / 3).clamp(1, 4);
    let near = names.into_iter().filter(|name| name.len().abs_diff(written.len()) <= most);
    let distances = near.map(|name| (distance(written.as_bytes(), name.to_ascii_lowercase().as_bytes()), name));
    distances.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How many letters are to be put in, taken out or replaced.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger() {
        let names = ["DescribeInstances", "DescribeImages", "RunInstances"];
        assert_eq!(nearest("DescribeInstance", names), Some("DescribeInstances"));
        assert_eq!(nearest("runinstnaces", names), Some("RunInstances"));
        assert_eq!(nearest("Terminate", names), None);
    }
}
