//! What a bundle is made from, and whether that has changed since the last one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{Options, site};

/// The entry of the style sheets, from the workspace's root.
pub const STYLE: &str = "style/main.css";
const PUBLIC: &str = "public";
/// In the site directory: the digest of what it was made from.
const STAMP: &str = ".inputs";

pub struct Inputs {
    wasm: Vec<u8>,
    public: Vec<(String, Vec<u8>)>,
    digest: String,
}

impl Inputs {
    pub fn read(options: &Options) -> Result<Self> {
        let wasm =
            fs::read(&options.wasm).with_context(|| format!("{} cannot be read: build the frontend first", options.wasm.display()))?;
        let public = tree(Path::new(PUBLIC))?;
        let mut everything = vec![("dev".to_owned(), vec![u8::from(options.dev)]), ("wasm".to_owned(), wasm.clone())];
        // The tool itself decides what comes out, so a change to it counts as one.
        everything.push(("bundle".to_owned(), fs::read(std::env::current_exe()?)?));
        everything.push(("wasm-opt".to_owned(), options.wasm_opt.as_os_str().as_encoded_bytes().to_vec()));
        let styles = Path::new(STYLE).parent().expect("the style sheet is in a directory");
        everything.extend(tree(styles)?.into_iter().map(|(path, contents)| (format!("style/{path}"), contents)));
        everything.extend(public.iter().map(|(path, contents)| (format!("public/{path}"), contents.clone())));
        let digests: Vec<String> = everything.iter().map(|(name, contents)| format!("{name} {}", site::digest(contents))).collect();
        Ok(Self { wasm, public, digest: site::digest(digests.join("\n").as_bytes()) })
    }

    pub fn wasm(&self) -> &[u8] {
        &self.wasm
    }

    /// The files of `public/`, by their path in it.
    pub fn public(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.public.iter().map(|(path, contents)| (path.as_str(), contents.as_slice()))
    }

    pub fn are_those_of(&self, site: &Path) -> bool {
        fs::read_to_string(site.join(STAMP)).is_ok_and(|digest| digest == self.digest) && site.join(site::MANIFEST).exists()
    }

    /// Only once everything is written: an interrupted run must not look finished.
    pub fn remember(&self, site: &Path) -> Result<()> {
        fs::write(site.join(STAMP), &self.digest).context("the site directory cannot be written")
    }
}

/// All files below `root` by their path relative to it, sorted, so that equal trees give equal lists.
fn tree(root: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut pending: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in
            fs::read_dir(&directory).with_context(|| format!("{} cannot be read: run from the workspace's root", directory.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let name = path.strip_prefix(root).expect("entries are below their directory").to_string_lossy().replace('\\', "/");
                files.push((name, fs::read(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}
