//! The JavaScript glue: made to start by itself, and relieved of comments and indentation.

use anyhow::{Result, ensure};

/// The glue as the page loads it: it fetches the module that lies beside it, by name, and starts it. Once the application has taken over, the
/// document's root carries `data-ready`: until then a click on what was painted does nothing, which styles and tests may want to know. Where
/// it cannot take over, the root carries `data-failed`, and the document says so.
pub fn finish(glue: &str, wasm: &str, dev: bool) -> Result<String> {
    // wasm-bindgen's own name for its default export. Checked, so that a new version cannot leave the page dead.
    ensure!(glue.contains("__wbg_init as default"), "wasm-bindgen's glue has no __wbg_init to start");
    let body = if dev { glue.to_owned() } else { strip(glue) };
    let start = format!("await __wbg_init({{module_or_path:new URL('{wasm}',import.meta.url)}});");
    let data = "document.documentElement.dataset";
    Ok(format!("{body}\ntry{{\n{start}\n{data}.ready='';\n}}catch(error){{\n{data}.failed='';\nthrow error;\n}}\n"))
}

/// Gives a part that the glue loads its name in the site.
pub fn rename(glue: &str, file: &str, name: &str) -> Result<String> {
    let (old, new) = (format!("\"./{file}\""), format!("\"./{name}\""));
    ensure!(glue.contains(&old), "the glue does not load {file}");
    Ok(glue.replace(&old, &new))
}

/// Drops comments that have lines of their own, blank lines and indentation.
///
/// This is no JavaScript parser: it is safe for generated glue, where no string spans lines. Once something may (an odd number of backticks
/// in a line), the rest is left as it is. Brotli takes care of most of what a real minifier would win.
fn strip(glue: &str) -> String {
    let mut out = String::with_capacity(glue.len());
    let mut in_comment = false;
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if in_comment {
            in_comment = !text.ends_with("*/");
        } else if text.starts_with("/*") {
            in_comment = !text.contains("*/");
        } else if text.matches('`').count() % 2 == 1 {
            for rest in std::iter::once(line).chain(lines.by_ref()) {
                out.push_str(rest);
                out.push('\n');
            }
        } else if !text.is_empty() && !text.starts_with("//") {
            out.push_str(text);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_blank_lines_and_indentation_go() {
        let glue = "/* @ts-self */\n/**\n * Words.\n */\nfunction a() {\n    // a note\n    return \"/* kept */\";\n\n}\n";
        assert_eq!(strip(glue), "function a() {\nreturn \"/* kept */\";\n}\n");
    }

    #[test]
    fn a_template_over_several_lines_is_left_as_it_is() {
        let glue = "  let a = 1;\n  let b = `\n    // not a comment\n  `;\n";
        assert_eq!(strip(glue), "let a = 1;\n  let b = `\n    // not a comment\n  `;\n");
    }

    #[test]
    fn the_glue_starts_its_own_module() {
        let script = finish("export { initSync, __wbg_init as default };\n", "frontend.00.wasm", false).expect("the export is there");
        assert!(script.contains("\nawait __wbg_init({module_or_path:new URL('frontend.00.wasm',import.meta.url)});\n"));
    }

    #[test]
    fn glue_that_cannot_be_started_is_refused() {
        assert!(finish("export { init as default };", "frontend.00.wasm", false).is_err());
    }
}
