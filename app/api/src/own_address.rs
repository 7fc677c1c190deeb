//! The address by which whoever is signed in is seen, for rules that let nobody else in.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// The address by which a browser reaches the proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAddress {
    /// The block of this address alone.
    pub block: String,
    /// Whether a cloud sees the same one, as far as can be told from here.
    pub is_sure: bool,
}

impl OwnAddress {
    /// With whether something in front of the proxy said another address, which is not believed.
    pub fn of(address: IpAddr, is_disputed: bool) -> Self {
        let bits = if address.is_ipv4() { 32 } else { 128 };
        Self { block: format!("{address}/{bits}"), is_sure: is_public(address) && !is_disputed }
    }
}

/// Whether the address is one of the internet's, and no network's own.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            // Carriers translate addresses of 100.64.0.0/10.
            let is_carriers = address.octets()[0] == 100 && address.octets()[1] & 0xc0 == 64;
            !(address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified() || is_carriers)
        }
        IpAddr::V6(address) => {
            !(address.is_unique_local() || address.is_loopback() || address.is_unicast_link_local() || address.is_unspecified())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_block_of_its_own_and_sure_where_it_is_public() {
        for (address, block, is_sure) in [
            ("203.0.113.7", "203.0.113.7/32", true),
            ("2001:db8::7", "2001:db8::7/128", true),
            ("100.128.0.1", "100.128.0.1/32", true),
            ("127.0.0.1", "127.0.0.1/32", false),
            ("10.1.2.3", "10.1.2.3/32", false),
            ("172.31.0.1", "172.31.0.1/32", false),
            ("192.168.1.2", "192.168.1.2/32", false),
            ("169.254.1.1", "169.254.1.1/32", false),
            ("100.127.255.255", "100.127.255.255/32", false),
            ("::1", "::1/128", false),
            ("fd00::1", "fd00::1/128", false),
            ("fe80::1", "fe80::1/128", false),
        ] {
            let own = OwnAddress::of(address.parse().unwrap(), false);
            assert_eq!((own.block.as_str(), own.is_sure), (block, is_sure), "{address}");
        }
        assert!(!OwnAddress::of("203.0.113.7".parse().unwrap(), true).is_sure, "somebody in front says another");
    }
}
