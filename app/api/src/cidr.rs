//! IPv4 address blocks, as far as forms have to reckon with them: what fits into a VPC, what overlaps, what is still free.

use std::{fmt, net::Ipv4Addr, str::FromStr};

/// A block of addresses in canonical form: the bits behind the prefix are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    base: u32,
    bits: u32,
}

impl Block {
    /// The block of this prefix length that the address is in; `None` where there is no such length.
    pub fn of(address: Ipv4Addr, bits: u32) -> Option<Self> {
        (bits <= 32).then(|| Self { base: u32::from(address) & mask(bits), bits })
    }

    pub const fn base(self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.base)
    }

    /// The length of the prefix.
    pub const fn bits(self) -> u32 {
        self.bits
    }

    pub fn contains(self, other: Self) -> bool {
        self.bits <= other.bits && other.base & mask(self.bits) == self.base
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// The first block of this prefix length in here that overlaps none of those.
    pub fn free(self, taken: &[Self], bits: u32) -> Option<Self> {
        if !(self.bits..=32).contains(&bits) {
            return None;
        }
        let mut next = Self { base: self.base, bits };
        loop {
            let Some(other) = taken.iter().filter(|other| other.overlaps(next)).max_by_key(|other| other.last()) else { return Some(next) };
            // The first that begins behind it.
            let base = other.last().max(next.last()).checked_add(1)?;
            let base = base.checked_add(!mask(bits))? & mask(bits);
            next = Self { base, bits };
            if !self.contains(next) {
                return None;
            }
        }
    }

    fn last(self) -> u32 {
        self.base | !mask(self.bits)
    }
}

const fn mask(bits: u32) -> u32 {
    if bits == 0 { 0 } else { u32::MAX << (32 - bits) }
}

impl FromStr for Block {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, bits) = text.trim().split_once('/').ok_or("Enter an address block such as 10.0.0.0/16.")?;
        let address = address.parse().map_err(|_| format!("{address} is not an IPv4 address."))?;
        let bits = bits.parse().ok().and_then(|bits| Self::of(address, bits));
        bits.ok_or_else(|| "The number after the slash goes from 0 to 32.".to_owned())
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base(), self.bits)
    }
}

/// A block that can be a VPC's or a subnet's: <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>.
pub fn network(text: &str) -> Result<Block, String> {
    let block: Block = text.parse()?;
    match block.bits() {
        16..=28 => Ok(block),
        _ => Err("The number after the slash goes from 16 to 28.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        text.parse().expect("a block")
    }

    #[test]
    fn blocks_are_brought_to_their_canonical_form() {
        assert_eq!(block("100.68.0.18/18").to_string(), "100.68.0.0/18");
        assert_eq!(block("0.0.0.0/0").to_string(), "0.0.0.0/0");
        for bad in ["", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/x", "::/0"] {
            assert!(bad.parse::<Block>().is_err(), "{bad:?} was taken");
        }
        assert!(network("10.0.0.0/15").is_err() && network("10.0.0.0/29").is_err());
    }

    #[test]
    fn what_is_in_what() {
        assert!(block("10.0.0.0/16").contains(block("10.0.255.0/24")));
        assert!(!block("10.0.0.0/16").contains(block("10.1.0.0/24")));
        assert!(block("10.0.1.0/25").overlaps(block("10.0.0.0/23")));
        assert!(!block("10.0.1.0/24").overlaps(block("10.0.2.0/24")));
    }

    #[test]
    fn the_first_free_block_lies_in_the_first_gap_that_is_large_enough() {
        let vpc = block("10.0.0.0/16");
        assert_eq!(vpc.free(&[], 20), Some(block("10.0.0.0/20")));
        let taken = [block("10.0.0.0/24"), block("10.0.16.0/20"), block("10.0.1.128/25")];
        assert_eq!(vpc.free(&taken, 24), Some(block("10.0.2.0/24")));
        assert_eq!(vpc.free(&taken, 20), Some(block("10.0.32.0/20")));
        assert_eq!(vpc.free(&[vpc], 24), None);
        assert_eq!(vpc.free(&[block("10.0.0.0/17")], 17), Some(block("10.0.128.0/17")));
        assert_eq!(block("255.255.255.0/24").free(&[block("255.255.255.0/24")], 28), None);
    }
}
