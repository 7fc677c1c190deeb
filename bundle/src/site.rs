//! The site directory: what is in it, how files are named, and how it is replaced.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::compress;

/// Says the proxy which files belong to the document.
pub const MANIFEST: &str = "manifest.json";
/// The document as the server paints it, with the session and the clouds in it. It is no file, so its size is estimated: bytes, compressed.
const DOCUMENT: usize = 4_000;

#[derive(Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

/// Sixteen hexadecimal digits of SHA-256: enough that two builds do not share a name.
pub fn digest(contents: &[u8]) -> String {
    let first = *Sha256::digest(contents).first_chunk().expect("SHA-256 has 32 bytes");
    format!("{:016x}", u64::from_be_bytes(first))
}

/// The last part of a path in the site.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().expect("split gives at least one part")
}

impl Site {
    pub fn add(&mut self, path: &str, contents: Vec<u8>) {
        self.files.insert(path.to_owned(), contents);
    }

    /// Adds a file whose name changes with its contents, so that browsers may keep it for ever. Gives the path.
    pub fn add_hashed(&mut self, stem: &str, extension: &str, contents: Vec<u8>) -> String {
        let path = format!("{stem}.{}.{extension}", digest(&contents));
        self.add(&path, contents);
        path
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Adds `.br` and `.gz` beside each file that gets smaller by it. The largest decides how long that takes, so each has its own thread.
    pub fn compress(&mut self) {
        let compressed: Vec<(String, Vec<u8>)> = std::thread::scope(|scope| {
            let compressible = self.files.iter().filter(|(path, _)| compress::is_compressible(path));
            let workers: Vec<_> = compressible
                .map(|(path, contents)| {
                    scope.spawn(move || {
                        let copies = [(format!("{path}.br"), compress::brotli(contents)), (format!("{path}.gz"), compress::gzip(contents))];
                        copies.into_iter().filter(|(_, copy)| copy.len() < contents.len()).collect::<Vec<_>>()
                    })
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("compressing does not panic")).collect()
        });
        self.files.extend(compressed);
    }

    /// Prints what the files weigh, and what the first visit of a browser does.
    pub fn report(&self, first_load: &[&String]) {
        let brotli = |path: &str| self.files.get(&format!("{path}.br")).map_or_else(|| self.files[path].len(), Vec::len);
        println!("{:<44}{:>12}{:>12}", "site", "bytes", "brotli");
        for (path, contents) in &self.files {
            if !compress::is_copy(path) {
                println!("{path:<44}{:>12}{:>12}", contents.len(), brotli(path));
            }
        }
        let total = DOCUMENT + first_load.iter().map(|path| brotli(path)).sum::<usize>();
        println!("{:<56}{total:>12}", format!("first load, with about {DOCUMENT} of document"));
    }

    /// Writes what has changed and removes what is no longer part of the site; the manifest last, so that it never names a missing file.
    pub fn write(&self, root: &Path, manifest: &str) -> Result<()> {
        let write = |path: &Path, contents: &[u8]| -> Result<()> {
            if fs::read(path).is_ok_and(|present| present == contents) {
                return Ok(());
            }
            fs::create_dir_all(path.parent().expect("files are in a directory"))?;
            fs::write(path, contents).with_context(|| format!("{} cannot be written", path.display()))
        };
        for (path, contents) in &self.files {
            write(&root.join(path), contents)?;
        }
        write(&root.join(MANIFEST), manifest.as_bytes())?;
        let kept: BTreeSet<PathBuf> = self.files.keys().map(|path| root.join(path)).chain([root.join(MANIFEST)]).collect();
        remove_others(root, &kept)
    }
}

fn remove_others(directory: &Path, kept: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, kept)?;
        } else if !kept.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_contents() {
        let mut site = Site::default();
        let one = site.add_hashed("pkg/main", "css", b"a{}".to_vec());
        assert_eq!(one, site.add_hashed("pkg/main", "css", b"a{}".to_vec()));
        assert_ne!(one, site.add_hashed("pkg/main", "css", b"b{}".to_vec()));
        assert!(one.starts_with("pkg/main.") && compress::is_compressible(&one));
        assert_eq!(file_name(&one).len(), "main.0123456789abcdef.css".len());
    }

    #[test]
    fn what_is_written_replaces_what_was_there() {
        let root = std::env::temp_dir().join(format!("canopy-site-{}", std::process::id()));
        let mut first = Site::default();
        first.add("pkg/old.js", b"old".to_vec());
        first.add("icon.svg", b"<svg/>".to_vec());
        first.write(&root, "{}").expect("temporary files can be written");
        let mut second = Site::default();
        second.add("icon.svg", b"<svg/>".to_vec());
        second.write(&root, r#"{"js":"new"}"#).expect("temporary files can be written");
        assert!(!root.join("pkg/old.js").exists());
        assert_eq!(fs::read(root.join("icon.svg")).expect("it is there"), b"<svg/>");
        assert_eq!(fs::read_to_string(root.join(MANIFEST)).expect("it is there"), r#"{"js":"new"}"#);
        fs::remove_dir_all(&root).expect("temporary files can be removed");
    }

    #[test]
    fn compressed_copies_are_kept_only_where_they_are_smaller() {
        let mut site = Site::default();
        site.add("a.js", b"let a = 1; ".repeat(100));
        site.add("b.js", b"1".to_vec());
        site.add("c.png", vec![0; 1000]);
        site.compress();
        assert_eq!(site.files.keys().collect::<Vec<_>>(), ["a.js", "a.js.br", "a.js.gz", "b.js", "c.png"]);
    }
}
