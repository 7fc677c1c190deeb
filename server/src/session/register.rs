//! Where a principal is signed in, for all replicas to see.
//!
//! A store cannot be asked what is in it, so each principal has an entry that names their sessions. Replicas write it without holding each
//! other off. What is lost over that comes back when the session is next used; and where all others were ended meanwhile, it is ended then.

use std::{fmt, time::Duration};

use api::Timestamp;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{
    Session,
    id::{self, Hash},
    presence::Presence,
};
use crate::shared::{Down, Name, Shared};

/// Of one principal at most; beyond it those that were used longest ago are left out.
const MOST: usize = 100;
/// How often a note is written that another replica may have written over.
const TRIES: u32 = 3;

/// What is known of a session: no credentials, and not the number that stands for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub(super) session: Hash,
    pub presence: Presence,
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Note {
    /// What it is called in public. A hash of the hash, so that it leads to nothing in the store either.
    pub fn handle(&self) -> String {
        handle(&self.session)
    }
}

pub(super) fn handle(session: &Hash) -> String {
    URL_SAFE_NO_PAD.encode(&id::hash(&[b"handle".as_slice(), session].concat())[..16])
}

#[derive(Default, Serialize, Deserialize)]
struct Page {
    notes: Vec<Note>,
    ended: Option<Ended>,
}

/// All that had begun before were ended, but one.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Ended {
    at: Timestamp,
    but: Hash,
}

impl Page {
    fn names(&self, session: &Hash) -> bool {
        self.notes.iter().any(|note| note.session == *session)
    }

    /// Whether it should have been ended, had anybody known of it.
    fn was_missed(&self, note: &Note) -> bool {
        !self.names(&note.session) && self.ended.is_some_and(|ended| note.began_at < ended.at && note.session != ended.but)
    }

    fn put(&mut self, note: &Note) {
        self.notes.retain(|other| other.session != note.session && other.expires_at > note.seen_at);
        self.notes.push(note.clone());
        self.notes.sort_by_key(|note| std::cmp::Reverse(note.seen_at));
        self.notes.truncate(MOST);
    }
}

/// The entries of all principals.
#[derive(Clone)]
pub(super) struct Register {
    shared: Shared,
    keep: Duration,
}

impl Register {
    /// Entries are kept for so long: as long as a session may last.
    pub(super) fn new(shared: Shared, keep: Duration) -> Self {
        Self { shared, keep }
    }

    /// Names a session that has just begun.
    pub(super) async fn begin(&self, of: &Session, note: &Note) -> Result<(), Down> {
        let name = name(of);
        let page = self.read(&name).await?;
        self.put(&name, page, note).await
    }

    /// Says from where a session is used now. `false` if it is one of those that were to be ended, and was missed.
    pub(super) async fn note(&self, of: &Session, note: &Note) -> Result<bool, Down> {
        let name = name(of);
        let page = self.read(&name).await?;
        if page.was_missed(note) {
            return Ok(false);
        }
        self.put(&name, page, note).await?;
        Ok(true)
    }

    /// The sessions of this principal that somebody has named. Some may have ended since.
    pub(super) async fn notes(&self, of: &Session) -> Result<Vec<Note>, Down> {
        Ok(self.read(&name(of)).await?.notes)
    }

    /// Only this one is left, also of those that nobody has named; now, or when the store is back.
    pub(super) async fn keep_only(&self, of: &Session, note: Note, at: Timestamp) {
        let ended = Some(Ended { at, but: note.session });
        let page = written(&Page { notes: vec![note], ended });
        self.shared.surely_set(&name(of), move || page.clone(), self.keep).await;
    }

    async fn put(&self, name: &Name, mut page: Page, note: &Note) -> Result<(), Down> {
        for _ in 0..TRIES {
            page.put(note);
            self.shared.set(name, &written(&page), self.keep).await?;
            page = self.read(name).await?;
            if page.names(&note.session) {
                break;
            }
        }
        Ok(())
    }

    async fn read(&self, name: &Name) -> Result<Page, Down> {
        // What another version wrote is nothing to this one.
        let page = self.shared.get(name, None).await?;
        Ok(page.and_then(|page| serde_json::from_slice(&page).ok()).unwrap_or_default())
    }
}

fn name(of: &Session) -> Name {
    let info = of.info();
    Name::new("principal", &[info.cloud.key.as_bytes(), info.account.as_bytes(), info.arn.as_bytes()])
}

fn written(page: &Page) -> Vec<u8> {
    serde_json::to_vec(page).expect("notes serialise")
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Register").field(&self.shared).finish()
    }
}
