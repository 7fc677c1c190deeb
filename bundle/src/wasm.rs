//! From cargo's wasm to the browser's: cut into parts, wasm-bindgen as a library, then wasm-opt.

mod order;
mod snip;
mod split;

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};
use walrus::{ExportItem, Module, RefType};
use wasm_bindgen_cli_support::Bindgen;

/// What rustc uses and every browser of the last years has. Named one by one: without them older wasm-opts refuse the module.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub use split::Part;

pub struct Bound {
    /// The glue, which names the parts by their files.
    pub js: String,
    pub wasm: Vec<u8>,
    pub parts: Vec<Part>,
    /// The files that each part of the sources needs, by its name.
    pub files: BTreeMap<String, Vec<String>>,
}

/// Makes the modules and their JavaScript glue; with an optimiser they come out small, without one they keep their names.
pub fn bind(wasm: &[u8], optimiser: Option<&Path>) -> Result<Bound> {
    let directory = std::env::temp_dir().join(format!("canopy-bundle-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let bound = bind_in(&directory, wasm, optimiser);
    fs::remove_dir_all(&directory)?;
    bound
}

fn bind_in(directory: &Path, wasm: &[u8], optimiser: Option<&Path>) -> Result<Bound> {
    let mut split = split::split(wasm, directory)?;
    let mut output = Bindgen::new()
        .input_bytes("frontend", std::mem::take(&mut split.main))
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .keep_debug(false)
        // The parts are linked to the table of functions.
        .keep_lld_exports(true)
        .remove_name_section(optimiser.is_some())
        .remove_producers_section(optimiser.is_some())
        .generate_output()
        .context("wasm-bindgen refused the frontend")?;
    // The glue is one file: a dependency that brings its own modules must be seen, not silently broken.
    let snippets = output.snippets().iter().filter(|(_, snippets)| !snippets.is_empty());
    let strangers: Vec<_> = snippets.map(|(name, _)| name).chain(output.local_modules().keys()).collect();
    ensure!(strangers.is_empty(), "the frontend brings JavaScript of its own, which the bundle has no place for: {strangers:?}");
    let js = split.join(output.js())?;
    let mut wasm = output.wasm_mut().emit_wasm();
    let mut parts = split.parts;
    if let Some(program) = optimiser {
        let small = |module: &mut Module| -> Result<(Vec<u8>, usize)> {
            let snipped = snip::dead_hydration(module);
            let wasm = export_externrefs(&optimise(directory, program, &module.emit_wasm())?)?;
            Ok((order::by_likeness(&wasm)?, snipped))
        };
        let snipped;
        (wasm, snipped) = small(output.wasm_mut())?;
        ensure!(snipped > 0, "no function of lazy hydration was found: their names in tachys have changed");
        for part in &mut parts {
            let mut module = Module::from_buffer(&part.wasm).context("the cutter wrote a part that cannot be read")?;
            (part.wasm, _) = small(&mut module)?;
        }
    }
    Ok(Bound { js, wasm, parts, files: split.files })
}

/// Points the export of the table of JavaScript values at that table: wasm-opt 108, Debian's, exports the module's first table instead, and the
/// glue fails at its first step.
fn export_externrefs(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("wasm-opt wrote a module that cannot be read")?;
    let externrefs = module.tables.iter().find(|table| table.element_ty == RefType::EXTERNREF).map(walrus::Table::id);
    let export = module.exports.iter_mut().find(|export| export.name == "__wbindgen_externrefs");
    if let (Some(table), Some(export)) = (externrefs, export) {
        export.item = ExportItem::Table(table);
    }
    Ok(module.emit_wasm())
}

fn optimise(directory: &Path, program: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let (input, output) = (directory.join("in.wasm"), directory.join("out.wasm"));
    fs::write(&input, wasm)?;
    let ran = Command::new(program).args(FEATURES).args(["-Oz", "--strip-debug", "-o"]).arg(&output).arg(&input).output();
    match ran {
        Err(error) => Err(error).with_context(|| format!("{} cannot be run: 'make setup' installs it", program.display())),
        Ok(ran) if !ran.status.success() => bail!("wasm-opt failed: {}", String::from_utf8_lossy(&ran.stderr).trim()),
        Ok(_) => fs::read(&output).context("wasm-opt has written nothing"),
    }
}
