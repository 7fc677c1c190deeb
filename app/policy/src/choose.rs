//! Choosing among the actions there are: finding them by words, and writing many of them with few wildcards.

use crate::catalog::{Action, Catalog, Service};

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found<'a> {
    /// The best of it.
    pub actions: Vec<(Service<'a>, Action<'a>)>,
    /// How many there are altogether.
    pub total: usize,
}

/// The actions that have all the words in their name or in that of their service, in whatever case: those first whose own name begins with one.
pub fn search<'a>(catalog: &'a Catalog, words: &str, most: usize) -> Found<'a> {
    let words: Vec<&str> = words.split(|c: char| c.is_whitespace() || c == ':').filter(|word| !word.is_empty()).collect();
    let mut found = Found::default();
    let mut ranks: [Vec<(Service<'a>, Action<'a>)>; 3] = Default::default();
    if words.is_empty() {
        return found;
    }
    for service in catalog.services() {
        let of_action: Vec<&str> =
            words.iter().copied().filter(|word| !contains(service.prefix, word) && !contains(service.name, word)).collect();
        for action in service.actions().filter(|action| of_action.iter().all(|word| contains(action.name, word))) {
            found.total += 1;
            let begins = |word: &&str| starts_with(action.name, word);
            let rank = if words.iter().any(|word| action.name.eq_ignore_ascii_case(word)) {
                0
            } else if words.iter().any(begins) {
                1
            } else {
                2
            };
            if ranks[rank].len() < most {
                ranks[rank].push((service, action));
            }
        }
    }
    found.actions = ranks.into_iter().flatten().take(most).collect();
    found
}

/// Whether a text has a word in it, in whatever case.
pub fn contains(text: &str, word: &str) -> bool {
    word.len() <= text.len()
        && (0..=text.len() - word.len()).any(|at| text.as_bytes()[at..at + word.len()].eq_ignore_ascii_case(word.as_bytes()))
}

/// What is listed, with some actions of a service put in or taken out: names and wildcards of that service are written anew where that is needed,
/// anything else stays as it is.
pub fn with_actions(
    catalog: &Catalog,
    listed: &[String],
    service: Service<'_>,
    is_meant: impl Fn(&Action<'_>) -> bool,
    put_in: bool,
) -> Vec<String> {
    let own: Vec<usize> = (0..listed.len()).filter(|at| is_plain(catalog, &listed[*at], service)).collect();
    let covered: Vec<&str> = own.iter().flat_map(|at| catalog.matching(&listed[*at])).map(|(_, action)| action.name).collect();
    let is_wanted = |action: &Action<'_>| {
        if put_in { covered.contains(&action.name) || is_meant(action) } else { covered.contains(&action.name) && !is_meant(action) }
    };
    if service.actions().all(|action| is_wanted(&action) == covered.contains(&action.name)) {
        return listed.to_vec();
    }
    let anew = patterns(service, is_wanted);
    let place = own.first().copied().unwrap_or(listed.len());
    let kept = |range: std::ops::Range<usize>| range.filter(|at| !own.contains(at)).map(|at| listed[at].clone());
    kept(0..place).chain(anew).chain(kept(place..listed.len())).collect()
}

/// Whether it is a name or the beginning of names of this service, and stands for something.
pub fn is_plain(catalog: &Catalog, pattern: &str, service: Service<'_>) -> bool {
    let name = pattern.split_once(':').filter(|(prefix, _)| prefix.eq_ignore_ascii_case(service.prefix)).map(|(_, name)| name);
    name.is_some_and(|name| !name.strip_suffix('*').unwrap_or(name).contains(['*', '?']) && !catalog.matching(pattern).is_empty())
}

/// Patterns that stand for exactly those actions of a service: wildcards where all that they stand for is wanted, names where it is not.
pub fn patterns(service: Service<'_>, is_wanted: impl Fn(&Action<'_>) -> bool) -> Vec<String> {
    let all: Vec<(&str, bool)> = service.actions().map(|action| (action.name, is_wanted(&action))).collect();
    let full = |name: &str| format!("{}:{name}", service.prefix);
    if !all.is_empty() && all.iter().all(|(_, wanted)| *wanted) {
        return vec![full("*")];
    }
    let mut patterns: Vec<String> = Vec::new();
    let mut begun: Vec<&str> = Vec::new();
    for (name, _) in all.iter().filter(|(_, wanted)| *wanted) {
        if begun.iter().any(|begin| starts_with(name, begin)) {
            continue;
        }
        let stands_for =
            |begin: &str| all.iter().filter(|(other, _)| starts_with(other, begin)).map(|(_, wanted)| *wanted).collect::<Vec<_>>();
        let wildcard = words(name).map(|end| &name[..end]).find(|begin| {
            let others = stands_for(begin);
            others.len() > 1 && others.into_iter().all(|wanted| wanted)
        });
        match wildcard {
            Some(begin) => {
                begun.push(begin);
                patterns.push(full(&format!("{begin}*")));
            }
            None => patterns.push(full(name)),
        }
    }
    patterns
}

/// Where the words of a name end, the last aside: `Describe|Instance|Status`.
fn words(name: &str) -> impl Iterator<Item = usize> {
    let bytes = name.as_bytes();
    (1..bytes.len()).filter(|at| bytes[*at].is_ascii_uppercase() && !bytes[*at - 1].is_ascii_uppercase())
}

fn starts_with(text: &str, begin: &str) -> bool {
    text.len() >= begin.len() && text.as_bytes()[..begin.len()].eq_ignore_ascii_case(begin.as_bytes())
}
