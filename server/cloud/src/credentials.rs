//! Secrets that are made for users and handed over once: passwords made up here, access keys made by the cloud.

use api::outcome::OneTimeFile;

/// What one user gets; empty where there is nothing of a sort.
#[derive(Default)]
pub struct Handed {
    pub user: String,
    pub password: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

impl Handed {
    fn is_empty(&self) -> bool {
        self.password.is_empty() && self.access_key_id.is_empty()
    }
}

/// A table with a line for each who gets something; none where nobody does.
pub fn file(handed: &[Handed]) -> Option<OneTimeFile> {
    let mut given = handed.iter().filter(|handed| !handed.is_empty()).peekable();
    given.peek()?;
    let mut content = "User name,Password,Access key ID,Secret access key\r\n".to_owned();
    for Handed { user, password, access_key_id, secret_access_key } in given {
        let fields = [user, password, access_key_id, secret_access_key].map(|text| field(text));
        content += &fields.join(",");
        content += "\r\n";
    }
    let file_name = if let [one] = handed { format!("{}-credentials.csv", one.user) } else { "credentials.csv".to_owned() };
    Some(OneTimeFile { file_name, content })
}

/// As RFC 4180 quotes it. Not made harmless for spreadsheets: it has to be exact, and its names are those that were typed.
fn field(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

const SETS: [&[u8]; 4] = [b"ABCDEFGHJKLMNPQRSTUVWXYZ", b"abcdefghijkmnopqrstuvwxyz", b"23456789", b"!#$%*+-=?@_"];

/// A password of twenty characters of every sort, so that no usual password policy refuses it; without those that look like others.
pub fn password() -> String {
    const LENGTH: usize = 20;
    let all: Vec<u8> = SETS.concat();
    loop {
        let password: Vec<u8> = (0..LENGTH).map(|_| all[below(all.len())]).collect();
        // Most are of every sort; another is drawn instead of one that is not, so that all that are stay equally likely.
        if SETS.iter().all(|set| password.iter().any(|byte| set.contains(byte))) {
            return password.into_iter().map(char::from).collect();
        }
    }
}

/// A number below this one, each as likely as the others.
fn below(limit: usize) -> usize {
    let fair = 256 - 256 % limit;
    loop {
        let mut byte = [0];
        getrandom::fill(&mut byte).expect("the system has randomness");
        if usize::from(byte[0]) < fair {
            return usize::from(byte[0]) % limit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_of_every_sort_and_never_the_same() {
        let (one, other) = (password(), password());
        assert_ne!(one, other);
        assert_eq!(one.len(), 20);
        assert!(SETS.iter().all(|set| one.bytes().any(|byte| set.contains(&byte))), "{one}");
    }

    #[test]
    fn only_who_gets_something_is_in_the_file() {
        let ann = Handed { user: "ann".into(), password: "a\"b,c".into(), ..Handed::default() };
        let bob = Handed { user: "bob".into(), ..Handed::default() };
        assert!(file(std::slice::from_ref(&bob)).is_none());
        let both = file(&[ann, bob]).unwrap();
        assert_eq!(both.file_name, "credentials.csv");
        assert_eq!(both.content.lines().nth(1), Some("ann,\"a\"\"b,c\",,"));
        assert_eq!(both.content.lines().count(), 2);
    }
}
