//! Cuts a byte stream into lines, wherever the network has cut it before.

/// Holds the beginning of a line until its end arrives. Lines are cut as bytes, so that a character on a border stays whole.
#[derive(Default)]
pub struct Lines {
    pending: Vec<u8>,
}

impl Lines {
    /// Takes the next bytes and gives each line that is now complete.
    pub fn feed(&mut self, bytes: &[u8], on_line: &mut impl FnMut(&str)) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            let (line, after) = rest.split_at(end);
            rest = &after[1..];
            if self.pending.is_empty() {
                give(line, on_line);
            } else {
                self.pending.extend_from_slice(line);
                give(&self.pending, on_line);
                self.pending.clear();
            }
        }
        self.pending.extend_from_slice(rest);
    }

    /// Gives the last line, should the stream have ended without a line break.
    pub fn finish(self, on_line: &mut impl FnMut(&str)) {
        give(&self.pending, on_line);
    }
}

fn give(line: &[u8], on_line: &mut impl FnMut(&str)) {
    if !line.is_empty() {
        // The proxy sends UTF-8; anything else is garbage that the JSON parser of the caller names as such.
        on_line(&String::from_utf8_lossy(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_however_the_stream_is_cut() {
        let text = "{\"a\":\"ü€𝄞\"}\n\n{\"b\":2}\nlast";
        for size in 1..=text.len() {
            let mut seen = Vec::new();
            let mut lines = Lines::default();
            for bytes in text.as_bytes().chunks(size) {
                lines.feed(bytes, &mut |line: &str| seen.push(line.to_owned()));
            }
            lines.finish(&mut |line: &str| seen.push(line.to_owned()));
            assert_eq!(seen, ["{\"a\":\"ü€𝄞\"}", "{\"b\":2}", "last"], "cut every {size} bytes");
        }
    }

    #[test]
    fn a_line_is_given_as_soon_as_it_is_complete() {
        let mut seen = Vec::new();
        let mut lines = Lines::default();
        lines.feed(b"one\ntw", &mut |line: &str| seen.push(line.to_owned()));
        assert_eq!(seen, ["one"]);
    }
}
