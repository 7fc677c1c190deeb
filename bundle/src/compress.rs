//! Compressed copies of what is served, as small as they get: they are made once and sent many times.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

/// Kinds of files that are not compressed already.
const COMPRESSIBLE: &[&str] = &["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

pub fn is_compressible(path: &str) -> bool {
    COMPRESSIBLE.contains(&extension(path))
}

/// Whether the file is a compressed copy of another.
pub fn is_copy(path: &str) -> bool {
    matches!(extension(path), "br" | "gz")
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

pub fn brotli(contents: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: contents.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*contents, &mut out, &params).expect("memory can be written to");
    out
}

pub fn gzip(contents: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(contents).expect("memory can be written to");
    encoder.finish().expect("memory can be written to")
}
