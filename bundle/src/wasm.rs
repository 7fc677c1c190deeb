//! From cargo's wasm to the browser's: wasm-bindgen as a library, then wasm-opt.

mod order;
mod snip;

use std::{fs, path::Path, process::Command};

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

pub struct Bound {
    pub js: String,
    pub wasm: Vec<u8>,
}

/// Makes the module and its JavaScript glue; with an optimiser the module comes out small, without one it keeps its names.
pub fn bind(wasm: &[u8], optimiser: Option<&Path>) -> Result<Bound> {
    let mut output = Bindgen::new()
        .input_bytes("frontend", wasm.to_vec())
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .keep_debug(false)
        .remove_name_section(optimiser.is_some())
        .remove_producers_section(optimiser.is_some())
        .generate_output()
        .context("wasm-bindgen refused the frontend")?;
    // The glue is one file: a dependency that brings its own modules must be seen, not silently broken.
    let snippets = output.snippets().iter().filter(|(_, snippets)| !snippets.is_empty());
    let strangers: Vec<_> = snippets.map(|(name, _)| name).chain(output.local_modules().keys()).collect();
    ensure!(strangers.is_empty(), "the frontend brings JavaScript of its own, which the bundle has no place for: {strangers:?}");
    let js = output.js().to_owned();
    let Some(program) = optimiser else { return Ok(Bound { js, wasm: output.wasm_mut().emit_wasm() }) };
    ensure!(snip::dead_hydration(output.wasm_mut()) > 0, "no function of lazy hydration was found: their names in tachys have changed");
    let wasm = export_externrefs(&optimise(program, &output.wasm_mut().emit_wasm())?)?;
    Ok(Bound { js, wasm: order::by_likeness(&wasm)? })
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

fn optimise(program: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let directory = std::env::temp_dir().join(format!("canopy-bundle-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let (input, output) = (directory.join("in.wasm"), directory.join("out.wasm"));
    fs::write(&input, wasm)?;
    let ran = Command::new(program).args(FEATURES).args(["-Oz", "--strip-debug", "-o"]).arg(&output).arg(&input).output();
    let optimised = match ran {
        Err(error) => Err(error).with_context(|| format!("{} cannot be run: 'make setup' installs it", program.display())),
        Ok(ran) if !ran.status.success() => bail!("wasm-opt failed: {}", String::from_utf8_lossy(&ran.stderr).trim()),
        Ok(_) => fs::read(&output).context("wasm-opt has written nothing"),
    };
    fs::remove_dir_all(&directory)?;
    optimised
}
