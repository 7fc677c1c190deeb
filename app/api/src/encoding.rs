//! How keys and binary data are written: base64, DER, and the strings of SSH.

use base64::{Engine, engine::general_purpose::STANDARD};

/// Base64 in clear. White space is skipped: some clouds break it into lines, and so do the files of keys.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.split_ascii_whitespace().collect::<String>()).ok()
}

/// The sections of a PEM text: what each is called, and what is in it, which is [`base64`] after the headers of old keys.
/// <https://www.rfc-editor.org/rfc/rfc7468>
pub fn pem(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("-----BEGIN ").skip(1).filter_map(|rest| {
        let (label, rest) = rest.split_once("-----")?;
        let (body, _) = rest.split_once("-----END ")?;
        Some((label, body))
    })
}

/// What is left to read of a value in DER. <https://www.itu.int/rec/T-REC-X.690>
pub struct Der<'a>(pub &'a [u8]);

impl<'a> Der<'a> {
    pub const INTEGER: u8 = 0x02;
    pub const BITS: u8 = 0x03;
    pub const OCTETS: u8 = 0x04;
    pub const OBJECT: u8 = 0x06;
    pub const SEQUENCE: u8 = 0x30;

    /// The content of the next value, which has to be of this sort.
    pub fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let rest = self.0.strip_prefix(&[tag])?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = if first < 0x80 {
            (usize::from(first), rest)
        } else {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f)).filter(|(digits, _)| digits.len() <= 3)?;
            (digits.iter().fold(0, |length, &digit| length << 8 | usize::from(digit)), rest)
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(content)
    }

    /// As [`Der::take`], to read on in it.
    pub fn enter(&mut self, tag: u8) -> Option<Self> {
        self.take(tag).map(Self)
    }
}

/// What is left to read of a key as SSH writes it. <https://www.rfc-editor.org/rfc/rfc4251#section-5>
pub struct Ssh<'a>(pub &'a [u8]);

impl<'a> Ssh<'a> {
    pub fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    pub fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (string, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(string)
    }

    /// Whether all is read.
    pub const fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_all_lengths_is_decoded() {
        for (encoded, plain) in [("", ""), ("YQ==", "a"), ("YWI=", "ab"), ("YWJj", "abc"), ("IyEvYmluL3No\nCg==", "#!/bin/sh\n")] {
            assert_eq!(base64(encoded).as_deref(), Some(plain.as_bytes()), "{encoded}");
        }
        assert_eq!(base64("%%%"), None);
    }

    #[test]
    fn sections_of_pem_are_told_apart_whatever_stands_between_them() {
        let text =
            "of ann\n-----BEGIN A KEY-----\nYQ==\n-----END A KEY-----\n\n-----BEGIN B-----Yg==-----END B-----\n-----BEGIN C-----\ncut";
        assert_eq!(pem(text).collect::<Vec<_>>(), [("A KEY", "\nYQ==\n"), ("B", "Yg==")]);
        assert_eq!(pem("no PEM").count(), 0);
    }

    #[test]
    fn what_is_cut_off_is_not_read_past_its_end() {
        let long = [&[0x30, 0x82, 1, 0][..], &[7; 256], &[0x02, 1, 9]].concat();
        let mut der = Der(&long);
        assert_eq!((der.enter(Der::SEQUENCE).map(|inner| inner.0.len()), der.take(Der::INTEGER)), (Some(256), Some(&[9][..])));
        for end in 0..long.len() - 3 {
            assert_eq!(Der(&long[..end]).take(Der::SEQUENCE), None, "{end}");
        }
        assert_eq!(Der(&[0x30, 0x84, 0, 0, 0, 0]).take(Der::SEQUENCE), None, "nothing of a key is that long");
        let mut ssh = Ssh(&[0, 0, 0, 2, b'o', b'k', 0, 0, 0, 9, b'x']);
        assert_eq!((ssh.string(), ssh.string()), (Some(&b"ok"[..]), None));
    }
}
