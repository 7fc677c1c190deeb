//! Pages of a list. A token names the last key of the page before, so that rows may come and go between pages.

use std::{collections::BTreeMap, ops::Bound, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Rows by what identifies them, in an order that stays.
pub type Table<T> = BTreeMap<Arc<str>, T>;

/// One page of what passed.
pub struct Page<R> {
    pub rows: Vec<R>,
    /// Where the next page starts; `None` at the end.
    pub next: Option<String>,
}

/// The rows after `token` that `pick` lets pass, at most `limit` of them.
/// `None` where the token is none of ours.
pub fn page<T, R>(
    table: &Table<T>,
    token: Option<&str>,
    limit: usize,
    mut pick: impl FnMut(&Arc<str>, &T) -> Option<R>,
) -> Option<Page<R>> {
    let after = token.map(read).map_or(Some(None), |key| key.map(Some))?;
    let start = after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
    let mut rows = vec![];
    let mut last: Option<&Arc<str>> = None;
    for (key, row) in table.range::<str, _>((start, Bound::Unbounded)) {
        if let Some(picked) = pick(key, row) {
            if rows.len() == limit {
                return Some(Page { rows, next: last.map(|key| write(key)) });
            }
            rows.push(picked);
            last = Some(key);
        }
    }
    Some(Page { rows, next: None })
}

fn write(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("after:{key}"))
}

fn read(token: &str) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    text.strip_prefix("after:").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(count: usize) -> Table<usize> {
        (0..count).map(|n| (format!("k{n:03}").into(), n)).collect()
    }

    #[test]
    fn pages_add_up_and_the_last_has_no_token() {
        let table = table(10);
        let (mut seen, mut token, mut pages) = (vec![], None, 0);
        loop {
            let page = page(&table, token.as_deref(), 5, |_, n| Some(*n)).unwrap();
            seen.extend(page.rows);
            pages += 1;
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!((seen, pages), ((0..10).collect::<Vec<_>>(), 2));
    }

    #[test]
    fn only_what_passes_counts() {
        let page = page(&table(10), None, 5, |_, n| (n % 2 == 0).then_some(*n)).unwrap();
        assert_eq!(page.rows, [0, 2, 4, 6, 8]);
        assert_eq!(page.next, None);
    }

    #[test]
    fn a_row_removed_between_pages_moves_no_other() {
        let mut table = table(6);
        let first = page(&table, None, 3, |_, n| Some(*n)).unwrap();
        table.remove("k002");
        let second = page(&table, first.next.as_deref(), 3, |_, n| Some(*n)).unwrap();
        assert_eq!(second.rows, [3, 4, 5]);
    }

    #[test]
    fn a_foreign_token_is_no_token() {
        assert!(page(&table(3), Some("abc"), 5, |_, n| Some(*n)).is_none());
    }
}
