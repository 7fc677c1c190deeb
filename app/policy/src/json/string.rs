//! Strings: escapes on the way in and out.

/// The string between quotation marks. What is wrong with it is said with the byte where it stands.
pub fn unescape(raw: &str) -> Result<String, (usize, &'static str)> {
    let mut text = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(character) = raw[at..].chars().next() {
        if character != '\\' {
            if character < ' ' {
                return Err((at, "A string cannot hold a line break or tab as such: write \\n or \\t."));
            }
            text.push(character);
            at += character.len_utf8();
            continue;
        }
        let escape = raw[at + 1..].chars().next().unwrap_or(' ');
        let plain = match escape {
            '"' | '\\' | '/' => Some(escape),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            _ => None,
        };
        if let Some(plain) = plain {
            text.push(plain);
            at += 2;
        } else if let Some((character, length)) = (escape == 'u').then(|| unicode(&raw[at..])).flatten() {
            text.push(character);
            at += length;
        } else {
            return Err((at, "This escape does not exist in JSON: write \\\\ for a backslash."));
        }
    }
    Ok(text)
}

/// The character of `\uXXXX`, or of two of them that belong together, and how many bytes they take.
fn unicode(raw: &str) -> Option<(char, usize)> {
    let unit = |from: usize| {
        let digits = raw.get(from..from + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let first = unit(0)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6));
    }
    let second = unit(6).filter(|second| first < 0xDC00 && (0xDC00..0xE000).contains(second))?;
    Some((char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))?, 12))
}

/// A string as it is written, with its quotation marks.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    escape(text, &mut out);
    out
}

/// Writes a string with its quotation marks.
pub fn escape(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            character if character < ' ' => {
                out.push_str("\\u00");
                out.push(if character < '\u{10}' { '0' } else { '1' });
                out.extend(char::from_digit(u32::from(character) % 16, 16));
            }
            character => out.push(character),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(unescape(r#"a\"\\\/\n\u00e9\uD83D\ude00"#).as_deref(), Ok("a\"\\/\n\u{e9}\u{1f600}"));
        assert!([r"\x", r"\u12", r"\uD83D", r"\uD83Dx", r"\uDE00", "a\tb", r"\u+123"].iter().all(|raw| unescape(raw).is_err()));
        let mut out = String::new();
        escape("\u{1}\u{1f}\"\\\té", &mut out);
        assert_eq!(out, r#""\u0001\u001f\"\\\té""#);
    }
}
