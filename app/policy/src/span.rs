//! Where something stands in a text.

/// A stretch of a text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// From the first byte to the one after the last.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The stretch as text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Line and column as editors count them, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character of the line.
    pub column: usize,
}

/// The lines of a text, to say where a byte of it stands.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let before = Span::new(self.starts[line - 1], self.floor(offset)).of(self.text);
        Position { line, column: before.chars().count() + 1 }
    }

    /// The offset as a browser's text fields count, in units of UTF-16.
    pub fn utf16(&self, offset: usize) -> usize {
        Span::new(0, self.floor(offset)).of(self.text).encode_utf16().count()
    }

    /// The byte that stands at an offset of a browser's text field.
    pub fn byte(&self, utf16: usize) -> usize {
        let mut left = utf16;
        for (at, character) in self.text.char_indices() {
            if left < character.len_utf16() {
                return at;
            }
            left -= character.len_utf16();
        }
        self.text.len()
    }

    fn floor(&self, offset: usize) -> usize {
        (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let lines = Lines::new("ab\nç😀d\n");
        let at = |offset| (lines.position(offset).line, lines.position(offset).column);
        assert_eq!([at(0), at(2), at(3), at(5), at(9), at(11), at(99)], [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 1)]);
        assert_eq!(lines.count(), 3);
        assert_eq!([lines.utf16(5), lines.utf16(9), lines.utf16(99)], [4, 6, 8]);
        assert_eq!([lines.byte(4), lines.byte(6), lines.byte(99)], [5, 9, 11]);
    }
}
