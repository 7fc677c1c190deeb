//! Addresses and networks, of both versions.

use std::net::IpAddr;

/// A network; an address is one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    is_v6: bool,
    /// Aligned to the left, so that both versions compare alike; what is beyond the prefix is zero.
    bits: u128,
    prefix: u32,
}

/// `10.0.0.1`, `10.0.0.0/8`, `fe80::/10`.
pub fn network(text: &str) -> Option<Network> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let (is_v6, bits, longest) = match address.parse().ok()? {
        IpAddr::V4(address) => (false, u128::from(address.to_bits()) << 96, 32),
        IpAddr::V6(address) => (true, address.to_bits(), 128),
    };
    let prefix = match prefix {
        None => longest,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok().filter(|prefix| *prefix <= longest)?,
        Some(_) => return None,
    };
    Some(Network { is_v6, bits: bits & mask(prefix), prefix })
}

impl Network {
    /// Whether all of the other one lies within this one.
    pub fn contains(self, other: Self) -> bool {
        self.is_v6 == other.is_v6 && self.prefix <= other.prefix && other.bits & mask(self.prefix) == self.bits
    }

    /// What it is sorted by: version 4 first, by value, the wider network before what is in it.
    pub fn key(self) -> (bool, u128, u32) {
        (self.is_v6, self.bits, self.prefix)
    }
}

fn mask(prefix: u32) -> u128 {
    u128::MAX.checked_shl(128 - prefix).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        super::network(network).zip(super::network(address)).is_some_and(|(network, address)| network.contains(address))
    }

    #[test]
    fn networks_contain_what_begins_like_them() {
        assert!(contains("10.0.0.0/8", "10.255.0.1") && contains("10.1.2.3/8", "10.0.0.0/16") && contains("0.0.0.0/0", "1.2.3.4"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1") && !contains("10.0.0.0/16", "10.0.0.0/8") && !contains("0.0.0.0/0", "::1"));
        assert!(contains("fe80::/10", "fe80::1") && contains("10.0.0.1", "10.0.0.1"));
    }

    #[test]
    fn what_is_no_network_is_none() {
        assert!(["", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "x/8"].iter().all(|text| network(text).is_none()));
    }
}
