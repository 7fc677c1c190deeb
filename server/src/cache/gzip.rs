//! Lists in the form in which they travel: gzip, flushed wherever a page ends so that the browser can read up to there.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::{
    Compression,
    write::{GzDecoder, GzEncoder},
};
use sha2::{Digest, Sha256};

/// Compresses lines as they come and takes the fingerprint of what they say.
pub(super) struct Encoder {
    gzip: GzEncoder<Vec<u8>>,
    hash: Sha256,
}

const INFALLIBLE: &str = "writing to memory does not fail";

impl Encoder {
    pub(super) fn new() -> Self {
        Self { gzip: GzEncoder::new(Vec::new(), Compression::default()), hash: Sha256::new() }
    }

    pub(super) fn write(&mut self, text: &[u8]) {
        self.hash.update(text);
        self.gzip.write_all(text).expect(INFALLIBLE);
    }

    /// The bytes since the last time, complete up to what was written last.
    pub(super) fn flush(&mut self) -> Bytes {
        self.gzip.flush().expect(INFALLIBLE);
        std::mem::take(self.gzip.get_mut()).into_boxed_slice().into()
    }

    /// The last bytes, and the entity tag of the whole. It is a weak one: the same list goes out compressed and not.
    pub(super) fn finish(self) -> (Bytes, String) {
        let digest = self.hash.finalize();
        let tag = digest[..12].iter().fold(String::from("W/\""), |tag, byte| format!("{tag}{byte:02x}")) + "\"";
        (self.gzip.finish().expect(INFALLIBLE).into(), tag)
    }
}

/// Undoes what the encoder did, for those who cannot read gzip.
#[derive(Debug)]
pub struct Decoder(GzDecoder<Vec<u8>>);

impl Decoder {
    pub fn new() -> Self {
        Self(GzDecoder::new(Vec::new()))
    }

    /// The text of one more piece.
    pub fn decode(&mut self, piece: &[u8]) -> io::Result<Bytes> {
        self.0.write_all(piece)?;
        self.0.flush()?;
        Ok(std::mem::take(self.0.get_mut()).into())
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}
