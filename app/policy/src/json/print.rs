//! Writing values.

use super::{Node, Value, string::escape};

/// The value without any white space, as sizes are counted.
pub fn compact(value: &Value) -> String {
    let mut out = String::new();
    write(value, None, &mut out);
    out
}

/// The value on lines, each level moved by as many spaces. What is empty stays on its line.
pub fn pretty(value: &Value, indent: usize) -> String {
    let mut out = String::new();
    write(value, Some((indent, 0)), &mut out);
    out.push('\n');
    out
}

type Layout = Option<(usize, usize)>;

fn write(value: &Value, layout: Layout, out: &mut String) {
    match &value.node {
        Node::Null => out.push_str("null"),
        Node::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Node::Number(number) => out.push_str(number),
        Node::String(text) => escape(text, out),
        Node::Array(values) => within(['[', ']'], values, layout, out, write),
        Node::Object(members) => within(['{', '}'], members, layout, out, |member, layout, out| {
            escape(&member.name, out);
            out.push_str(if layout.is_some() { ": " } else { ":" });
            write(&member.value, layout, out);
        }),
    }
}

fn within<T>([open, close]: [char; 2], items: &[T], layout: Layout, out: &mut String, mut one: impl FnMut(&T, Layout, &mut String)) {
    let inner = layout.map(|(indent, level)| (indent, level + 1));
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(inner, out);
        one(item, inner, out);
    }
    if !items.is_empty() {
        line(layout, out);
    }
    out.push(close);
}

fn line(layout: Layout, out: &mut String) {
    if let Some((indent, level)) = layout {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent * level));
    }
}
