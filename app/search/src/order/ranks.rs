//! The place of each value among all values of its column.

use crate::store::{Dictionary, codes};

/// The values of a dictionary in order. The dictionary only grows, and so do the ranks.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// The keys of the values, behind each other.
    keys: Vec<u8>,
    ends: Vec<u32>,
    sorted: Vec<u32>,
    by_code: Vec<u32>,
}

impl Ranks {
    /// Takes in the values that are new. `push_key` makes bytes that are ordered as the values are.
    pub fn update(&mut self, dictionary: &Dictionary, push_key: impl Fn(&str, &mut Vec<u8>)) {
        let n_known = self.ends.len();
        if n_known == dictionary.len() {
            return;
        }
        for code in codes(dictionary.len()).skip(n_known) {
            push_key(dictionary.value(code), &mut self.keys);
            self.ends.push(u32::try_from(self.keys.len()).expect("less than 4 GiB of keys"));
        }
        // Most comparisons end within the first bytes behind what all keys begin with.
        let n_common = self.n_common();
        let new = codes(dictionary.len()).skip(n_known);
        let mut keyed: Vec<_> = self.sorted.iter().copied().chain(new).map(|code| (self.start(code, n_common), code)).collect();
        // What was sorted is a run, which the sort of the standard library finds and merges.
        keyed.sort_by(|(start, one), (other_start, other)| {
            let by_key = || self.key(*one).cmp(self.key(*other));
            start.cmp(other_start).then_with(by_key).then_with(|| dictionary.value(*one).cmp(dictionary.value(*other)))
        });
        self.sorted.clear();
        self.sorted.extend(keyed.into_iter().map(|(_, code)| code));
        self.by_code.resize(self.sorted.len(), 0);
        for (rank, code) in (0..).zip(&self.sorted) {
            self.by_code[*code as usize] = rank;
        }
    }

    pub fn sorted(&self) -> impl Iterator<Item = u32> {
        self.sorted.iter().copied()
    }

    pub fn rank(&self, code: u32) -> u32 {
        self.by_code[code as usize]
    }

    fn key(&self, code: u32) -> &[u8] {
        let index = code as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.keys[start as usize..self.ends[index] as usize]
    }

    /// With how many bytes all keys begin alike.
    fn n_common(&self) -> usize {
        let first = self.key(0);
        codes(self.ends.len())
            .fold(first.len(), |n, code| first[..n].iter().zip(self.key(code)).take_while(|(one, other)| one == other).count())
    }

    fn start(&self, code: u32, n_common: usize) -> u64 {
        let key = &self.key(code)[n_common..];
        let mut start = [0; 8];
        let n = key.len().min(8);
        start[..n].copy_from_slice(&key[..n]);
        u64::from_be_bytes(start)
    }
}
