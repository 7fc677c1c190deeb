//! Searches that this browser remembers of a kind's list: those that were saved under a name, one of which may open the list, and the last ones.
//! What is kept is what stands in the address, so it is what a link to it says.

use api::kind::Kind;

use super::super::storage;

/// So many recent searches are kept.
const MOST_RECENT: usize = 6;

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub name: String,
    /// As in the address.
    pub search: String,
    /// Whether the list opens with it.
    pub is_default: bool,
}

/// Reads what `print` has written; lines that are none are left out.
fn parse(text: &str) -> Vec<Saved> {
    let line = |line: &str| {
        let (flag, rest) = line.split_once('\t')?;
        let (search, name) = rest.split_once('\t')?;
        (!name.is_empty()).then(|| Saved { name: name.to_owned(), search: search.to_owned(), is_default: flag == "*" })
    };
    text.lines().filter_map(line).collect()
}

/// A line each: addresses have no tabs and no ends of lines in them, and names lose theirs.
fn print(saved: &[Saved]) -> String {
    let line = |saved: &Saved| format!("{}\t{}\t{}", if saved.is_default { "*" } else { "" }, saved.search, saved.name);
    saved.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Adds a search, in the place of the one that has its name.
pub fn keep(saved: &mut Vec<Saved>, name: &str, search: &str) {
    let name = name.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ").trim().to_owned();
    if name.is_empty() {
        return;
    }
    match saved.iter_mut().find(|known| known.name == name) {
        Some(known) => search.clone_into(&mut known.search),
        None => saved.push(Saved { name, search: search.to_owned(), is_default: false }),
    }
}

/// Makes one the search that the list opens with, or none if it was.
pub fn turn_default(saved: &mut [Saved], name: &str) {
    for known in saved {
        known.is_default = known.name == name && !known.is_default;
    }
}

/// The recent ones with another in front. What it has grown from is not kept as well.
pub fn remember(recent: &mut Vec<String>, search: &str) {
    recent.retain(|known| !search.starts_with(known.as_str()));
    recent.insert(0, search.to_owned());
    recent.truncate(MOST_RECENT);
}

pub fn read(kind: Kind) -> Vec<Saved> {
    storage::read("searches", kind).map(|text| parse(&text)).unwrap_or_default()
}

pub fn write(kind: Kind, saved: &[Saved]) {
    storage::write("searches", kind, &print(saved));
}

pub fn read_recent(kind: Kind) -> Vec<String> {
    storage::read("recent", kind).map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default()
}

pub fn write_recent(kind: Kind, recent: &[String]) {
    storage::write("recent", kind, &recent.join("\n"));
}

/// What the list of a kind opens with where the address asks for nothing.
pub fn first(kind: Kind) -> Option<String> {
    read(kind).into_iter().find(|saved| saved.is_default).map(|saved| saved.search)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_there_once_and_one_search_at_most_is_the_first() {
        let mut saved = Vec::new();
        keep(&mut saved, "web", "state=running");
        keep(&mut saved, " web ", "q=web");
        keep(&mut saved, "", "q=nobody");
        keep(&mut saved, "db", "q=db");
        assert_eq!(saved.iter().map(|saved| saved.search.as_str()).collect::<Vec<_>>(), ["q=web", "q=db"]);
        turn_default(&mut saved, "web");
        turn_default(&mut saved, "db");
        assert_eq!(saved.iter().map(|saved| saved.is_default).collect::<Vec<_>>(), [false, true]);
        turn_default(&mut saved, "db");
        assert!(saved.iter().all(|saved| !saved.is_default));
    }

    #[test]
    fn what_a_search_has_grown_from_is_not_remembered() {
        let mut recent = Vec::new();
        for search in ["state=running", "q=db", "state=running&q=web", "q=db"] {
            remember(&mut recent, search);
        }
        assert_eq!(recent, ["q=db", "state=running&q=web"]);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_back(names in prop::collection::vec("\\PC{1,12}|.{1,4}", 0..5), search in "[a-z=&%]{0,20}") {
            let mut saved = Vec::new();
            for name in &names {
                keep(&mut saved, name, &search);
            }
            if let Some(first) = names.first() {
                turn_default(&mut saved, first.trim());
            }
            prop_assert_eq!(parse(&print(&saved)), saved);
        }

        #[test]
        fn whatever_stands_in_the_storage_does_no_harm(text in ".*") {
            parse(&text);
        }
    }
}
