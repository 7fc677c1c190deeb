//! Turns the frontend's wasm, the style sheet and `public/` into the site directory that the proxy serves.
//!
//! Everything a browser may keep gets a name made from its contents; everything that compresses is compressed once, here. The tool does not
//! compile: cargo does, before it. It runs from the workspace's root, and does nothing when its inputs are those of the last run.

mod compress;
mod inputs;
mod script;
mod site;
mod style;
mod wasm;
mod worker;

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::Parser;

use crate::{inputs::Inputs, site::Site};

/// Makes the site directory from the compiled frontend.
#[derive(Parser)]
struct Options {
    /// The frontend as cargo has built it.
    #[arg(long)]
    wasm: PathBuf,
    /// Where the site goes.
    #[arg(long)]
    site: PathBuf,
    /// Quick rather than small: no wasm-opt, no compressed copies.
    #[arg(long)]
    dev: bool,
    /// The wasm-opt to run.
    #[arg(long, env = "WASM_OPT", default_value = "wasm-opt")]
    wasm_opt: PathBuf,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    let inputs = Inputs::read(options)?;
    if inputs.are_those_of(&options.site) {
        return Ok(());
    }
    let optimiser = (!options.dev).then_some(options.wasm_opt.as_path());
    let bound = wasm::bind(inputs.wasm(), optimiser)?;

    let mut site = Site::default();
    let css = site.add_hashed("pkg/main", "css", style::bundle(inputs::STYLE.as_ref(), options.dev)?);
    let wasm = site.add_hashed("pkg/frontend", "wasm", bound.wasm);
    let mut glue = bound.js;
    let mut named = BTreeMap::new();
    for part in bound.parts {
        let path = site.add_hashed(&format!("pkg/{}", part.file.trim_end_matches(".wasm")), "wasm", part.wasm);
        glue = script::rename(&glue, &part.file, site::file_name(&path))?;
        named.insert(part.file, path);
    }
    let path = |file: &String| named.get(file).with_context(|| format!("{file} is named as a part of the application, but was not made"));
    let parts = bound.files.iter().map(|(part, files)| Ok((part, files.iter().map(path).collect::<Result<Vec<_>>>()?)));
    let parts: BTreeMap<_, _> = parts.collect::<Result<_>>()?;
    let js = site.add_hashed("pkg/frontend", "js", script::finish(&glue, site::file_name(&wasm), options.dev)?.into_bytes());
    for (path, contents) in inputs.public() {
        site.add(path, contents.to_vec());
    }
    let worker = worker::make(site.paths());
    site.add(worker::PATH, worker);
    let manifest = serde_json::json!({ "css": css, "js": js, "wasm": wasm, "parts": parts });
    if !options.dev {
        site.compress();
        site.report(&[&css, &js, &wasm]);
    }
    site.write(&options.site, &manifest.to_string())?;
    inputs.remember(&options.site)
}
