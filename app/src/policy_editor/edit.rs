//! Changes to the text that nobody types: they go by the browser's own way of inserting, so that they can be undone as what is typed.

use leptos::{html, prelude::*};
use policy::{Lines, Span, json};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// How far each level is moved.
pub const INDENT: usize = 2;

/// Which face of the text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Json,
    Visual,
}

/// The text with the element that it is edited in.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub value: RwSignal<String>,
    pub input: NodeRef<html::Textarea>,
    /// What scrolls.
    pub frame: NodeRef<html::Div>,
    pub face: RwSignal<Face>,
}

impl Sheet {
    pub fn new(value: RwSignal<String>, face: Face) -> Self {
        Self { value, input: NodeRef::new(), frame: NodeRef::new(), face: RwSignal::new(face) }
    }

    /// Puts a text in the place of another.
    pub fn replace(self, span: Span, text: &str) {
        // What is not in sight cannot be typed into.
        let input = self.input.get_untracked().filter(|_| self.face.get_untracked() == Face::Json);
        let is_typed = input.is_some_and(|input| {
            self.select(&input, span);
            insert(text)
        });
        if !is_typed {
            self.value.update(|value| value.replace_range(span.start..span.end, text));
        }
    }

    /// Puts another text in the place of all.
    pub fn replace_all(self, text: &str) {
        let whole = Span::new(0, self.value.with_untracked(String::len));
        self.replace(whole, text);
        if let Some(input) = self.input.get_untracked().filter(|_| self.face.get_untracked() == Face::Json) {
            self.select(&input, Span::default());
        }
    }

    /// Lays the text out, where it is JSON.
    pub fn format(self) {
        let parsed = self.value.with_untracked(|text| json::parse(text));
        if let Some(value) = parsed.value.filter(|_| parsed.findings.is_empty()) {
            let text = json::pretty(&value, INDENT);
            if self.value.with_untracked(|before| *before != text) {
                self.replace_all(&text);
            }
        }
    }

    /// Moves the caret to a place, and the place into sight.
    pub fn go_to(self, span: Span) {
        if self.face.get_untracked() == Face::Json {
            self.show(span);
        } else {
            self.face.set(Face::Json);
            request_animation_frame(move || self.show(span));
        }
    }

    fn show(self, span: Span) {
        let Some(input) = self.input.get_untracked() else { return };
        self.select(&input, span);
        let line = self.value.with_untracked(|text| Lines::new(text).position(span.start).line);
        let Some(frame) = self.frame.get_untracked() else { return };
        let Ok(Some(line)) = frame.query_selector(&format!(".policy-line:nth-child({line})")) else { return };
        let line = line.unchecked_into::<HtmlElement>();
        let (top, height) = (line.offset_top(), frame.client_height());
        if top < frame.scroll_top() || top + line.offset_height() > frame.scroll_top() + height {
            frame.set_scroll_top(top - height / 3);
        }
    }

    /// Goes on in a new line, as far in as the text there is.
    pub fn new_line(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let text = self.value.get_untracked();
        let lines = Lines::new(&text);
        let at = |offset: Option<u32>| lines.byte(offset.unwrap_or_default() as usize);
        let (start, end) = (at(input.selection_start().ok().flatten()), at(input.selection_end().ok().flatten()));
        let (before, after) = broken(&text[..start], &text[end..]);
        if insert(&format!("{before}{after}")) && !after.is_empty() {
            let caret = u32::try_from(lines.utf16(start) + before.len()).unwrap_or(u32::MAX);
            let _ = input.set_selection_range(caret, caret);
        }
    }

    fn select(self, input: &HtmlTextAreaElement, span: Span) {
        let _ = input.focus();
        let (start, end) = self.value.with_untracked(|text| {
            let lines = Lines::new(text);
            (lines.utf16(span.start), lines.utf16(span.end))
        });
        let unit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let _ = input.set_selection_range(unit(start), unit(end));
    }
}

/// Inserts at the caret as if it was typed; false where the browser cannot.
fn insert(text: &str) -> bool {
    let document = document().unchecked_into::<HtmlDocument>();
    let (command, text) = if text.is_empty() { ("delete", "") } else { ("insertText", text) };
    document.exec_command_with_show_ui_and_value(command, false, text).unwrap_or(false)
}

/// What breaks the line between two texts: what comes before the caret, and what after it.
fn broken(before: &str, after: &str) -> (String, String) {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let opens = line.trim_end().ends_with(['{', '[']);
    let closes = after.starts_with(['}', ']']);
    let inner = if opens { " ".repeat(INDENT) } else { String::new() };
    (format!("\n{indent}{inner}"), if opens && closes { format!("\n{indent}") } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn a_new_line_begins_where_the_text_does() {
        let says = |before: &str, after: &str| broken(before, after);
        assert_eq!(says("{", "}"), ("\n  ".into(), "\n".into()));
        assert_eq!(says("  \"Action\": [", "]"), ("\n    ".into(), "\n  ".into()));
        assert_eq!(says("a\n    \"x\",", "\n"), ("\n    ".into(), String::new()));
        assert_eq!(says("a\n    [", " 1]"), ("\n      ".into(), String::new()));
        assert_eq!(says("", ""), ("\n".into(), String::new()));
    }
}
