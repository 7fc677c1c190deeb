//! The cloud's words, passed on as they are: a value that the SDK does not know yet is no reason to lose it.

/// The text of an SDK enum.
pub fn word(value: Option<impl AsRef<str>>) -> String {
    value.map(|value| value.as_ref().to_owned()).unwrap_or_default()
}

/// A text that is worth sending: an empty one stands for none.
pub fn given(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// A name that is worth sending: one that is already there stands for none, for the cloud would refuse it as taken.
pub fn other(new: &str, old: &str) -> Option<String> {
    given(new).filter(|new| new != old)
}

/// A number that cannot honestly be negative; one that is, is as good as missing.
pub fn natural<T: TryFrom<i32>>(value: Option<i32>) -> Option<T> {
    value.and_then(|value| value.try_into().ok())
}
