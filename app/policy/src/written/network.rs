//! Addresses and networks of both families.

use std::net::IpAddr;

/// A network; an address is one of a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    is_v4: bool,
    /// The first address, 32 bits of it for IPv4.
    first: u128,
    prefix: u32,
}

impl Network {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`, or an address.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let (is_v4, bits) = match address.parse().ok()? {
            IpAddr::V4(address) => (true, u128::from(u32::from(address))),
            IpAddr::V6(address) => (false, u128::from(address)),
        };
        let width = if is_v4 { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.parse().ok().filter(|prefix| *prefix <= width)?,
            None => width,
        };
        Some(Self { is_v4, first: bits & !host(width, prefix), prefix })
    }

    /// Whether the other lies within this one.
    pub fn contains(self, other: Self) -> bool {
        let width = if self.is_v4 { 32 } else { 128 };
        self.is_v4 == other.is_v4 && self.prefix <= other.prefix && other.first & !host(width, self.prefix) == self.first
    }
}

/// The bits that are the host's.
fn host(width: u32, prefix: u32) -> u128 {
    1_u128.checked_shl(width - prefix).map_or(u128::MAX, |bit| bit - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        let contains = |one: &str, other: &str| Network::parse(one).expect(one).contains(Network::parse(other).expect(other));
        assert!(contains("203.0.113.0/24", "203.0.113.7") && contains("0.0.0.0/0", "1.2.3.4") && contains("::/0", "2001:db8::1"));
        assert!(contains("203.0.113.9/24", "203.0.113.0/25") && contains("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:9::"));
        assert!(!contains("203.0.113.0/24", "203.0.114.0") && !contains("0.0.0.0/0", "::1") && !contains("10.0.0.1", "10.0.0.0/31"));
        assert!(["", "10.0.0.0/33", "10.0.0", "::/129", "10.0.0.0/x", "*"].iter().all(|text| Network::parse(text).is_none()));
    }
}
