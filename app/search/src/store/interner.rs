//! Values once: equal ones share a small number.

/// Sequences of units (bytes of a text, numbers of a set), each kept once, numbered in the order of their arrival.
#[derive(Debug)]
pub(crate) struct Interner<T> {
    units: Vec<T>,
    ends: Vec<u32>,
    /// Open addressing: the upper half of the hash, and the code plus one; zero where there is room.
    table: Vec<(u32, u32)>,
}

/// A part of what is interned.
pub(crate) trait Unit: Copy + Eq {
    fn hash(units: &[Self]) -> u64;
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR)
}

/// The low bits of a product know little of its factors' high ones.
fn finish(hash: u64) -> u64 {
    (hash ^ (hash >> 32)).wrapping_mul(FACTOR)
}

impl Unit for u8 {
    fn hash(units: &[Self]) -> u64 {
        let (chunks, rest) = units.as_chunks::<8>();
        let hash = chunks.iter().fold(units.len() as u64, |hash, chunk| mix(hash, u64::from_le_bytes(*chunk)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        finish(mix(hash, u64::from_le_bytes(last)))
    }
}

impl Unit for u32 {
    fn hash(units: &[Self]) -> u64 {
        finish(units.iter().fold(units.len() as u64, |hash, unit| mix(hash, u64::from(*unit))))
    }
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { units: Vec::new(), ends: Vec::new(), table: vec![(0, 0); 16] }
    }
}

impl<T: Unit> Interner<T> {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, value: &[T]) -> Option<u32> {
        self.slot(value, T::hash(value)).ok()
    }

    /// The code of a value, a new one if it is new.
    pub fn intern(&mut self, value: &[T]) -> u32 {
        let hash = T::hash(value);
        match self.slot(value, hash) {
            Ok(code) => code,
            Err(slot) => self.insert(slot, value, hash),
        }
    }

    pub fn value(&self, code: u32) -> &[T] {
        let index = code as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.units[start as usize..self.ends[index] as usize]
    }

    /// All values behind each other, and where each of them ends.
    pub fn all(&self) -> (&[T], &[u32]) {
        (&self.units, &self.ends)
    }

    /// The code of the value, or the slot that waits for it.
    fn slot(&self, value: &[T], hash: u64) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let (mut slot, tag) = (low(hash) as usize & mask, high(hash));
        loop {
            match self.table[slot] {
                (_, 0) => return Err(slot),
                (other, code) if other == tag && self.value(code - 1) == value => return Ok(code - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn insert(&mut self, slot: usize, value: &[T], hash: u64) -> u32 {
        self.units.extend_from_slice(value);
        self.ends.push(u32::try_from(self.units.len()).expect("less than 4 GiB of values"));
        let code = u32::try_from(self.ends.len()).expect("less than 2^32 values");
        self.table[slot] = (high(hash), code);
        if self.ends.len() * 2 > self.table.len() {
            self.grow();
        }
        code - 1
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![(0, 0); mask + 1];
        for (index, code) in (1..).take(self.ends.len()).enumerate() {
            let hash = T::hash(self.value(u32::try_from(index).expect("codes are u32")));
            let mut slot = low(hash) as usize & mask;
            while table[slot].1 != 0 {
                slot = (slot + 1) & mask;
            }
            table[slot] = (high(hash), code);
        }
        self.table = table;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
fn low(hash: u64) -> u32 {
    hash as u32
}

fn high(hash: u64) -> u32 {
    low(hash >> 32)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_numbers_values_as_a_map_would(values in prop::collection::vec("[ab]{0,12}", 0..200)) {
            let mut interner = Interner::<u8>::default();
            let mut map = HashMap::new();
            for value in &values {
                let next = u32::try_from(map.len()).unwrap();
                prop_assert_eq!(interner.intern(value.as_bytes()), *map.entry(value.clone()).or_insert(next));
            }
            for (value, code) in map {
                prop_assert_eq!(interner.value(code), value.as_bytes());
                prop_assert_eq!(interner.get(value.as_bytes()), Some(code));
            }
            prop_assert_eq!(interner.get(b"c"), None);
        }
    }
}
