//! What free text is looked for in beside the properties: all words of all rows behind each other.

use crate::{fold::push_folded, needle::Needle};

/// Between two words. It occurs in no text, so nothing is found across it.
const BETWEEN: u8 = 0xff;

/// The words of all rows, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Words {
    bytes: Vec<u8>,
    /// Where the words of a row begin and end.
    rows: Vec<(u32, u32)>,
    n_unused: usize,
    scratch: Vec<u8>,
}

impl Words {
    pub fn put<'a>(&mut self, row: usize, words: impl Iterator<Item = &'a str>) {
        self.scratch.clear();
        for word in words.filter(|word| !word.is_empty()) {
            push_folded(word, &mut self.scratch);
            self.scratch.push(BETWEEN);
        }
        if row == self.rows.len() {
            let span = self.append();
            self.rows.push(span);
            return;
        }
        let (start, end) = self.rows[row];
        let old = &mut self.bytes[start as usize..end as usize];
        if old.len() == self.scratch.len() {
            old.copy_from_slice(&self.scratch);
            return;
        }
        // What is no longer anybody's must not be found.
        old.fill(BETWEEN);
        self.n_unused += old.len();
        self.rows[row] = self.append();
        if self.n_unused > self.bytes.len() / 2 {
            self.compact();
        }
    }

    /// Looks into the words of the rows of a word of bits, those of `mask`, the first of which is the row `base`.
    pub fn containing(&self, needle: &Needle, base: usize, mask: u64) -> u64 {
        let mut found = 0;
        for bit in crate::bits::ones(mask) {
            let (start, end) = self.rows[base + bit];
            found |= u64::from(needle.is_in(&self.bytes[start as usize..end as usize])) << bit;
        }
        found
    }

    /// Looks into the words of all these rows at once. Not all of them need to stand in a row: what has changed has moved to the end.
    pub fn each_containing(&self, needle: &Needle, rows: std::ops::Range<usize>, mut found: impl FnMut(usize)) {
        let mut first = rows.start;
        while first < rows.end {
            let spans = &self.rows[first..rows.end];
            let together = spans.windows(2).take_while(|pair| pair[0].1 == pair[1].0).count() + 1;
            let (start, end) = (spans[0].0 as usize, spans[together - 1].1 as usize);
            needle.each(&self.bytes[start..end], together, |index| spans[index].1 as usize - start, |index| found(first + index));
            first += together;
        }
    }

    fn append(&mut self) -> (u32, u32) {
        let start = u32::try_from(self.bytes.len()).expect("less than 4 GiB of words");
        self.bytes.extend_from_slice(&self.scratch);
        (start, u32::try_from(self.bytes.len()).expect("less than 4 GiB of words"))
    }

    fn compact(&mut self) {
        let mut bytes = Vec::with_capacity(self.bytes.len() - self.n_unused);
        for span in &mut self.rows {
            let start = bytes.len();
            bytes.extend_from_slice(&self.bytes[span.0 as usize..span.1 as usize]);
            let at = |at| u32::try_from(at).expect("it has become less");
            *span = (at(start), at(bytes.len()));
        }
        self.bytes = bytes;
        self.n_unused = 0;
    }
}
