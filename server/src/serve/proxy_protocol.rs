//! The PROXY protocol, in which a balancer that passes bytes on says whose they are, before they come:
//! <https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt>.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use tokio::io::{AsyncRead, AsyncReadExt};

const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";
/// With its line end, by the specification.
const LONGEST_LINE: usize = 107;
/// Addresses and whatever the balancer adds: far less in practice.
const LONGEST_BLOCK: usize = 2048;

/// Reads the header, and not a byte more. `None` where the balancer speaks for itself, as it does for health checks.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let mut start = [0; SIGNATURE.len()];
    stream.read_exact(&mut start).await?;
    if start == SIGNATURE {
        return second(stream).await;
    }
    if !start.starts_with(b"PROXY ") {
        return Err(malformed());
    }
    let mut line = start.to_vec();
    while !line.ends_with(b"\r\n") {
        if line.len() >= LONGEST_LINE {
            return Err(malformed());
        }
        line.push(stream.read_u8().await?);
    }
    first(&line).ok_or_else(malformed)
}

/// `PROXY TCP4 198.51.100.1 203.0.113.1 4711 443`
fn first(line: &[u8]) -> Option<Option<IpAddr>> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix("\r\n")?;
    let words: Vec<_> = line.split(' ').collect();
    match words.as_slice() {
        ["PROXY", "UNKNOWN", ..] => Some(None),
        ["PROXY", "TCP4", source, _, from, to] if is_port(from) && is_port(to) => {
            source.parse::<Ipv4Addr>().ok().map(|address| Some(address.into()))
        }
        ["PROXY", "TCP6", source, _, from, to] if is_port(from) && is_port(to) => {
            source.parse::<Ipv6Addr>().ok().map(|address| Some(address.into()))
        }
        _ => None,
    }
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

async fn second(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let (version, family, length) = (stream.read_u8().await?, stream.read_u8().await?, usize::from(stream.read_u16().await?));
    if length > LONGEST_BLOCK {
        return Err(malformed());
    }
    let mut block = vec![0; length];
    stream.read_exact(&mut block).await?;
    match (version, family >> 4) {
        // Its own words, or of a kind of address that has no meaning here.
        (0x20, _) | (0x21, 0 | 3) => Ok(None),
        (0x21, 1) if length >= 12 => Ok(block.first_chunk::<4>().map(|bytes| Ipv4Addr::from(*bytes).into())),
        (0x21, 2) if length >= 36 => Ok(block.first_chunk::<16>().map(|bytes| Ipv6Addr::from(*bytes).into())),
        _ => Err(malformed()),
    }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no header of the PROXY protocol")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read, and what is left for HTTP.
    async fn read_all(mut bytes: &[u8]) -> (Result<Option<String>, ()>, Vec<u8>) {
        let address = read(&mut bytes).await.map(|address| address.map(|address| address.to_string())).map_err(|_| ());
        (address, bytes.to_vec())
    }

    fn second(command: u8, family: u8, block: &[u8]) -> Vec<u8> {
        let length = u16::try_from(block.len()).unwrap().to_be_bytes();
        [&SIGNATURE[..], &[command, family], &length, block, b"GET"].concat()
    }

    #[tokio::test]
    async fn a_header_is_read_and_nothing_after_it() {
        let v4 = [&[198, 51, 100, 1, 203, 0, 113, 1, 0x12, 0x67, 1, 0xbb][..], b"\x04\0\x01\0"].concat();
        let v6 = [&[0x20, 1, 0x0d, 0xb8][..], &[0; 11], &[1], &[0; 16], &[1, 2, 3, 4]].concat();
        for (bytes, address) in [
            (b"PROXY TCP4 198.51.100.1 203.0.113.1 4711 443\r\nGET".to_vec(), Some("198.51.100.1")),
            (b"PROXY TCP6 2001:db8::1 2001:db8::2 4711 443\r\nGET".to_vec(), Some("2001:db8::1")),
            (b"PROXY UNKNOWN\r\nGET".to_vec(), None),
            (b"PROXY UNKNOWN ffff:f::1 ffff:f::2 1 2\r\nGET".to_vec(), None),
            (second(0x21, 0x11, &v4), Some("198.51.100.1")),
            (second(0x21, 0x21, &v6), Some("2001:db8::1")),
            (second(0x20, 0, b""), None),
            (second(0x21, 0x31, &[0; 216]), None),
        ] {
            assert_eq!(read_all(&bytes).await, (Ok(address.map(str::to_owned)), b"GET".to_vec()), "{bytes:?}");
        }
    }

    #[tokio::test]
    async fn what_is_none_is_refused() {
        let endless = [b"PROXY TCP4 ".to_vec(), vec![b'1'; 4096]].concat();
        for bytes in [
            b"GET / HTTP/1.1\r\n\r\n".to_vec(),
            b"PROXY TCP4 2001:db8::1 203.0.113.1 4711 443\r\n".to_vec(),
            b"PROXY TCP4 198.51.100.1 203.0.113.1 4711 99999\r\n".to_vec(),
            b"PROXY TCP4 198.51.100.1\r\n".to_vec(),
            b"PROXY".to_vec(),
            endless,
            second(0x21, 0x11, &[1, 2, 3]),
            second(0x11, 0x11, &[0; 12]),
            [&SIGNATURE[..], &[0x21, 0x11, 0xff, 0xff]].concat(),
        ] {
            assert_eq!(read_all(&bytes).await.0, Err(()), "{bytes:?}");
        }
    }
}
