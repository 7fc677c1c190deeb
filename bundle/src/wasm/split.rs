//! Cuts the application where its sources say so (`app/src/lazy/parts.rs`), so that a browser fetches first what it shows first.
//!
//! What a part alone needs goes into a module of its own, what several parts need into one that they share, and the rest stays in the main
//! module. They have one memory and one table of functions. The cutting is done by `wasm_split_cli_support`, which reads the relocations that
//! the linker has left in (`--emit-relocs`); its JavaScript becomes part of the glue, since a file of its own would need the name of the glue
//! in it, and the glue its name.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The name under which the main module asks for the loaders of the parts.
const LOADERS: &str = "./loaders.js";
const GLUE: &str = "./glue.js";

pub struct Split {
    pub main: Vec<u8>,
    pub parts: Vec<Part>,
    /// The files that each part of the sources needs, by its name.
    pub files: BTreeMap<String, Vec<String>>,
    loaders: String,
}

pub struct Part {
    /// As the loaders call it: `split_launch.wasm`.
    pub file: String,
    pub wasm: Vec<u8>,
}

/// Cuts the module; one that was linked without relocations, as in a development build, stays whole.
pub fn split(wasm: &[u8], directory: &Path) -> Result<Split> {
    if !has_relocations(wasm)? {
        return Ok(Split { main: wasm.to_vec(), parts: Vec::new(), files: BTreeMap::new(), loaders: String::new() });
    }
    let main = directory.join("main.wasm");
    let mut options = Options::new(wasm);
    options.output_dir = directory;
    options.main_out_path = &main;
    options.link_name = LOADERS;
    options.main_module = GLUE;
    let made = transform(options).map_err(|error| anyhow!("the frontend cannot be cut: {error:#}"))?;
    let mut parts = made.split_modules.iter().map(|path| Part::read(path)).collect::<Result<Vec<_>>>()?;
    parts.sort_by(|a, b| a.file.cmp(&b.file));
    let with_extension = |(name, stems): (String, Vec<String>)| (name, stems.iter().map(|stem| format!("{stem}.wasm")).collect());
    let files = made.prefetch_map.into_iter().map(with_extension).collect();
    Ok(Split { main: fs::read(&main)?, parts, files, loaders: fs::read_to_string(directory.join(LOADERS))? })
}

fn has_relocations(wasm: &[u8]) -> Result<bool> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(section) = payload.context("the frontend is no module")?
            && section.name().starts_with("reloc.")
        {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Part {
    fn read(path: &Path) -> Result<Self> {
        let file = path.file_name().context("a part is a file")?.to_string_lossy().into_owned();
        Ok(Self { file, wasm: fs::read(path)? })
    }
}

impl Split {
    /// Puts the loaders into wasm-bindgen's glue, as the objects that it would import them as: one for each loader, all of the same file.
    pub fn join(&self, glue: &str) -> Result<String> {
        if self.parts.is_empty() {
            return Ok(glue.to_owned());
        }
        let (imports, rest): (Vec<_>, Vec<_>) = glue.lines().partition(|line| line.starts_with("import ") && line.contains(LOADERS));
        let object = |line: &str| line.strip_prefix("import * as ")?.split_once(' ').map(|(object, _)| object.to_owned());
        let objects = imports.into_iter().map(object).collect::<Option<Vec<_>>>().context("the glue's import is of another sort")?;
        ensure!(!objects.is_empty(), "the glue asks for no loaders");
        let (start, body) = self.loaders.split_once('\n').context("the loaders are empty")?;
        ensure!(start.starts_with("import { initSync }"), "the loaders begin otherwise than known: {start}");
        let names: Vec<_> =
            body.lines().filter_map(|line| line.strip_prefix("export const ")?.split_once(' ')).map(|(name, _)| name).collect();
        ensure!(!names.is_empty(), "the loaders load nothing");
        let body = body.replace("export const ", "const ");
        let objects = objects.iter().map(|object| format!("{object} = {{ {} }}", names.join(", "))).collect::<Vec<_>>().join(", ");
        Ok(format!("{body}const {objects};\n{}\n", rest.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_loaders(loaders: &str) -> Split {
        let part = Part { file: "split_launch.wasm".into(), wasm: Vec::new() };
        Split { main: Vec::new(), parts: vec![part], files: BTreeMap::new(), loaders: loaders.into() }
    }

    const GLUE_TEXT: &str = "import * as import1 from \"./loaders.js\"\nimport * as import2 from \"./loaders.js\"\nexport { initSync };\n";

    #[test]
    fn the_loaders_become_part_of_the_glue() {
        let loaders = "import { initSync } from \"./glue.js\";\nlet a = 1;\nexport const __wasm_split_load_launch = wrap(a);\n";
        let joined = with_loaders(loaders).join(GLUE_TEXT).expect("both are as expected");
        assert_eq!(
            joined,
            "let a = 1;\nconst __wasm_split_load_launch = wrap(a);\nconst import1 = { __wasm_split_load_launch }, import2 = { __wasm_split_load_launch };\nexport { initSync };\n"
        );
    }

    #[test]
    fn loaders_of_another_sort_are_refused() {
        assert!(with_loaders("import * as wasm from \"./glue.js\";\n").join(GLUE_TEXT).is_err());
        assert!(with_loaders("import { initSync } from \"./glue.js\";\nlet a = 1;\n").join(GLUE_TEXT).is_err());
        assert!(with_loaders("import { initSync } from \"./glue.js\";\nexport const a = 1;\n").join("export { initSync };\n").is_err());
    }

    #[test]
    fn a_module_without_relocations_stays_whole() {
        let wasm = walrus::Module::default().emit_wasm();
        let whole = split(&wasm, Path::new("nowhere")).expect("nothing is written");
        assert!(whole.parts.is_empty() && whole.main == wasm);
        assert_eq!(whole.join("glue").expect("there is nothing to join"), "glue");
    }
}
