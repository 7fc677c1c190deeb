//! What has changed between two texts, line by line.

/// A line, and in which of the two texts it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    Same(&'a str),
    Removed(&'a str),
    Added(&'a str),
}

/// Every line of both, with as many as can be taken for the same.
pub fn lines<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // What is the same at both ends need not be compared with everything else.
    let first = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let ends = before[first..].iter().rev().zip(after[first..].iter().rev());
    let last = ends.take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[first..before.len() - last], &after[first..after.len() - last]);
    let mut lines: Vec<_> = before[..first].iter().map(|line| Line::Same(line)).collect();
    middle(old, new, &mut lines);
    lines.extend(before[before.len() - last..].iter().map(|line| Line::Same(line)));
    lines
}

/// By the longest sequence of lines that both have.
fn middle<'a>(old: &[&'a str], new: &[&'a str], lines: &mut Vec<Line<'a>>) {
    let width = new.len() + 1;
    // How long it is from each pair of places on.
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(Line::Same(old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            lines.push(Line::Removed(old[i]));
            i += 1;
        } else {
            lines.push(Line::Added(new[j]));
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let sign = |line: &Line<'_>| match line {
            Line::Same(line) => format!(" {line}"),
            Line::Removed(line) => format!("-{line}"),
            Line::Added(line) => format!("+{line}"),
        };
        lines(before, after).iter().map(sign).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_that_stay_are_found_between_those_that_change() {
        assert_eq!(shown("a\nb\nc", "a\nb\nc"), " a| b| c");
        assert_eq!(shown("a\nb\nc\nd", "a\nx\nc\ny\nd"), " a|-b|+x| c|+y| d");
        assert_eq!(shown("", "a"), "+a");
        assert_eq!(shown("a\nb", ""), "-a|-b");
        assert_eq!(shown("one\ntwo\nthree", "two\nthree\nfour"), "-one| two| three|+four");
    }

    #[test]
    fn each_text_can_be_read_from_it_again() {
        let (before, after) = ("a\na\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc");
        let lines = lines(before, after);
        let old: Vec<_> =
            lines.iter().filter_map(|line| if let Line::Same(text) | Line::Removed(text) = line { Some(*text) } else { None }).collect();
        let new: Vec<_> =
            lines.iter().filter_map(|line| if let Line::Same(text) | Line::Added(text) = line { Some(*text) } else { None }).collect();
        assert_eq!((old.join("\n"), new.join("\n")), (before.to_owned(), after.to_owned()));
    }
}
