//! The service worker: `worker.js` with the list of the files that are the shell.

use crate::site;

/// Where it lies. At the top, because a worker rules only what is below it.
pub const PATH: &str = "sw.js";
const BODY: &str = include_str!("worker.js");

/// The worker of a site of these files. Other files or another worker make another text, which is how browsers notice a new version.
pub fn make<'a>(files: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    // The list of actions is for those who write policies, and asked for when they do.
    let shell = files.into_iter().filter(|path| !matches!(*path, "robots.txt" | "iam-actions.txt"));
    let shell: Vec<String> = shell.map(|path| format!("/{path}")).collect();
    let shell = serde_json::to_string(&shell).expect("paths serialise");
    let version = site::digest(format!("{shell}{BODY}").as_bytes());
    let body: String =
        BODY.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |body, line| body + line + "\n");
    format!("const VERSION = \"{version}\";\nconst SHELL = {shell};\n{body}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_shell_is_another_version() {
        let text = |files: &[&str]| String::from_utf8(make(files.iter().copied())).expect("it is text");
        let one = text(&["pkg/main.1.css", "favicon.svg"]);
        assert!(one.contains(r#"const SHELL = ["/pkg/main.1.css","/favicon.svg"];"#), "{one}");
        let version = |text: &str| text.lines().next().map(str::to_owned);
        assert_eq!(version(&one), version(&text(&["pkg/main.1.css", "favicon.svg"])));
        assert_ne!(version(&one), version(&text(&["pkg/main.2.css", "favicon.svg"])));
    }
}
