//! One style sheet from `style/main.css` and what it imports.

use std::path::Path;

use anyhow::{Result, anyhow, ensure};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

/// Bundles and, unless in a hurry, minifies. Nothing is rewritten for older browsers: the sources are what is shipped.
pub fn bundle(entry: &Path, dev: bool) -> Result<Vec<u8>> {
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| anyhow!("{error}"))?;
    if !dev {
        sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{error}"))?;
    }
    let css = sheet.to_css(PrinterOptions { minify: !dev, ..PrinterOptions::default() }).map_err(|error| anyhow!("{error}"))?.code;
    // A url() would be looked for beside the style sheet in pkg/, where nothing but hashed files is.
    ensure!(!css.contains("url("), "the style sheets refer to a file by url(), which the bundle does not carry");
    Ok(css.into_bytes())
}
