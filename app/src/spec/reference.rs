//! `docs/resources.md`, generated: what the console knows of each kind. The test fails where the file tells another story; run it with
//! `CANOPY_WRITE_DOCS=1` to have it written anew.

use std::fmt::Write;

use api::kind::Kind;

use super::{AnyPrimary, AnySpec, Change, action::Confirm, of};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/resources.md");

fn reference() -> String {
    let mut text =
        "# Resources\n\nWhat the console knows of each kind of resource. Generated from the descriptions in `app/src/resources`; \
                    `make docs` writes it anew.\n"
            .to_owned();
    for spec in Kind::ALL.iter().filter_map(|&kind| of(kind)) {
        write(&mut text, spec).expect("a string takes everything");
    }
    text
}

fn write(text: &mut String, spec: &dyn AnySpec) -> std::fmt::Result {
    writeln!(text, "\n## {}\n", spec.title())?;
    writeln!(text, "`/{}`{}\n", spec.kind().slug(), if spec.has_tags() { ", with tags" } else { "" })?;
    let columns: Vec<_> =
        spec.columns().iter().map(|head| if head.shown { head.label.to_owned() } else { format!("({})", head.label) }).collect();
    writeln!(text, "- **Columns**: {}", columns.join(", "))?;
    let facets: Vec<_> = spec.facets().iter().map(|head| format!("{} `{}`", head.label, head.key)).collect();
    writeln!(text, "- **Facets**: {}", facets.join(", "))?;
    let scopes: Vec<_> = spec.scopes().iter().map(|scope| scope.label).collect();
    if !scopes.is_empty() {
        writeln!(text, "- **Scopes**: {}", scopes.join(", "))?;
    }
    let tabs: Vec<_> = spec.tabs().iter().map(|tab| tab.1).chain(spec.has_tags().then_some("Tags")).collect();
    writeln!(text, "- **Tabs**: {}", tabs.join(", "))?;
    let mut lines = Vec::new();
    if let Some((label, primary)) = spec.primary() {
        let calls = if let AnyPrimary::Create(_, change) = &primary { calls(change, &[]) } else { String::new() };
        lines.push((label, "", calls));
    }
    let sample = spec.sample();
    for (index, head) in spec.actions().iter().enumerate() {
        let calls = spec.change(index, &sample).map(|change| calls(&change, &[spec.id(&sample).to_owned()])).unwrap_or_default();
        let notes = match (head.bulk, head.confirm != Confirm::Never) {
            (true, true) => "many at once, asks first",
            (true, false) => "many at once",
            (false, true) => "asks first",
            (false, false) => "",
        };
        lines.push((head.label, notes, calls));
    }
    if !lines.is_empty() {
        writeln!(text, "\n| Action | | API |\n|---|---|---|")?;
        for (label, notes, calls) in lines {
            writeln!(text, "| {label} | {notes} | {calls} |")?;
        }
    }
    Ok(())
}

fn calls(change: &Change, ids: &[String]) -> String {
    let mut calls = change.permissions(ids);
    calls.dedup();
    calls.iter().map(|call| format!("`{call}`")).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_reference_of_resources_is_true() {
    let text = reference();
    if std::env::var_os("CANOPY_WRITE_DOCS").is_some() {
        std::fs::write(FILE, &text).expect("docs/ can be written");
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(written == text, "docs/resources.md is not what the descriptions say: run 'make docs'");
}
