//! Finding a text in many.

use memchr::memmem::Finder;

/// A text in lower case that is looked for.
#[derive(Debug)]
pub(crate) struct Needle(Finder<'static>);

impl Needle {
    pub fn new(text: &str) -> Self {
        Self(Finder::new(text.as_bytes()).into_owned())
    }

    pub fn is_in(&self, text: &[u8]) -> bool {
        self.0.find(text).is_some()
    }

    /// The numbers of those of `n` texts, kept behind each other, that contain it. One search over all is much quicker than one in each.
    pub fn each(&self, bytes: &[u8], n: usize, end: impl Fn(usize) -> usize, mut found: impl FnMut(usize)) {
        let length = self.0.needle().len();
        if length == 0 {
            return (0..n).for_each(found);
        }
        let (mut index, mut from) = (0, 0);
        while let Some(at) = self.0.find(&bytes[from..]) {
            let at = from + at;
            while end(index) <= at {
                index += 1;
            }
            from = if at + length <= end(index) {
                found(index);
                end(index)
            } else {
                // It begins in one text and ends in the next.
                at + 1
            };
        }
    }
}
