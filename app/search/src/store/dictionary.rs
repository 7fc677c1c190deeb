//! The values of a property, each once, and what they are in lower case.

use super::interner::Interner;
use crate::{fold::push_folded, needle::Needle};

/// Texts by number.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    values: Interner<u8>,
    /// Those that are not in lower case once more, in lower case.
    folded: Vec<u8>,
    folded_ends: Vec<u32>,
    folded_codes: Vec<u32>,
}

impl Dictionary {
    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn get(&self, value: &str) -> Option<u32> {
        self.values.get(value.as_bytes())
    }

    pub fn value(&self, code: u32) -> &str {
        std::str::from_utf8(self.values.value(code)).expect("only texts are interned")
    }

    pub fn intern(&mut self, value: &str) -> u32 {
        let n_before = self.values.len();
        let code = self.values.intern(value.as_bytes());
        if self.values.len() > n_before {
            let start = self.folded.len();
            push_folded(value, &mut self.folded);
            if &self.folded[start..] == value.as_bytes() {
                self.folded.truncate(start);
            } else {
                self.folded_ends.push(u32::try_from(self.folded.len()).expect("less than 4 GiB of values"));
                self.folded_codes.push(code);
            }
        }
        code
    }

    /// Which values contain the needle, which is in lower case.
    pub fn containing(&self, needle: &Needle) -> Vec<bool> {
        let mut found = vec![false; self.len()];
        let (bytes, ends) = self.values.all();
        // The needle is also found in values that are not in lower case, if that part of them is. Those are hits as well.
        needle.each(bytes, ends.len(), |index| ends[index] as usize, |index| found[index] = true);
        let (ends, codes) = (&self.folded_ends, &self.folded_codes);
        needle.each(&self.folded, ends.len(), |index| ends[index] as usize, |index| found[codes[index] as usize] = true);
        found
    }

    /// What holds for each value: of its number, and of the value in lower case.
    pub fn each_folded(&self, mut holds: impl FnMut(u32, &str) -> bool) -> Vec<bool> {
        let mut next = 0;
        let codes = 0..u32::try_from(self.len()).expect("codes are u32");
        codes
            .map(|code| {
                if self.folded_codes.get(next) != Some(&code) {
                    return holds(code, self.value(code));
                }
                let start = if next == 0 { 0 } else { self.folded_ends[next - 1] as usize };
                let folded = &self.folded[start..self.folded_ends[next] as usize];
                next += 1;
                holds(code, std::str::from_utf8(folded).expect("lower case of a text is a text"))
            })
            .collect()
    }
}
