//! Lower case, in which texts are searched.

/// Adds the text in lower case: character by character, so that a part of the text is a part of the result.
pub(crate) fn push_folded(text: &str, folded: &mut Vec<u8>) {
    if text.is_ascii() {
        let start = folded.len();
        folded.extend_from_slice(text.as_bytes());
        folded[start..].make_ascii_lowercase();
    } else {
        let mut utf8 = [0; 4];
        for c in text.chars().flat_map(char::to_lowercase) {
            folded.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
        }
    }
}

pub(crate) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
