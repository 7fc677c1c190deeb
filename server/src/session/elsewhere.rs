//! The sessions that one principal has, here and at the other replicas, and ending those elsewhere.

use std::sync::Arc;

use api::Timestamp;
use futures::{StreamExt, TryStreamExt};
use zeroize::Zeroizing;

use super::{
    Held, Session, SessionId, Sessions,
    id::Hash,
    presence::Presence,
    register::{self, Note, Register},
    store::{Known, Used, name},
};
use crate::shared::{Down, Shared};

/// So long what is written down is new enough, in seconds; less where a session is suddenly used from somewhere else.
const FRESH: (i64, i64) = (60, 5);
/// How many sessions the store is asked for at a time.
const AT_ONCE: usize = 8;

impl Sessions {
    /// A session was let in, from there.
    pub async fn came_from(&self, id: &SessionId, held: &Held, presence: Presence) {
        let written = Some((presence.clone(), self.clock.now()));
        self.used.insert(id.hash(), Used { presence: presence.clone(), written });
        let Some(register) = &self.register else { return };
        for session in held.identities() {
            let note = self.note(id.hash(), held.began_at(), session, presence.clone());
            if register.begin(session, &note).await.is_err() {
                self.write_again(&note);
            }
        }
    }

    /// A session is used from there. The others are told now and then, while nobody waits for it.
    pub fn saw(&self, id: &SessionId, held: &Held, presence: Presence) {
        let (now, hash) = (self.clock.now(), id.hash());
        let before = self.used.get(&hash);
        let written = before.as_ref().and_then(|used| used.written.clone());
        let is_due = written.as_ref().is_none_or(|(said, at)| now - at >= if *said == presence { FRESH.0 } else { FRESH.1 });
        if !is_due && before.is_some_and(|used| used.presence == presence) {
            return;
        }
        let written = if is_due { Some((presence.clone(), now)) } else { written };
        self.used.insert(hash, Used { presence: presence.clone(), written });
        if is_due && self.register.is_some() {
            let (sessions, held) = (self.clone(), held.clone());
            tokio::spawn(async move { sessions.write_down(hash, &held, &presence).await });
        }
    }

    /// The sessions of whoever has this one, those used last first, and whether they are all: without the store only those that this process
    /// knows are known.
    pub async fn of_same(&self, session: &Session) -> (Vec<Note>, bool) {
        let here = self.here(session);
        let all = match (&self.register, &self.shared) {
            (Some(register), Some((shared, _))) => everywhere(register, shared, session, &here).await.ok(),
            _ => Some(here.clone()),
        };
        let is_whole = all.is_some();
        let mut notes = all.unwrap_or(here);
        notes.sort_by_key(|note| std::cmp::Reverse(note.seen_at));
        (notes, is_whole)
    }

    /// Ends the session of this handle, if it belongs to whoever has `session`; `false` where they have none of this name.
    pub async fn end_one(&self, session: &Session, handle: &str) -> bool {
        let (notes, _) = self.of_same(session).await;
        let found = notes.iter().find(|note| note.handle() == handle);
        if let Some(note) = found {
            self.end_hashed(&note.session).await;
        }
        found.is_some()
    }

    /// Ends all sessions of whoever has this one but itself, and gives the handles of those that were known.
    pub async fn end_others(&self, id: &SessionId, session: &Session) -> Vec<String> {
        let own = id.hash();
        let (notes, _) = self.of_same(session).await;
        if let Some(register) = &self.register {
            let presence = self.used.get(&own).map(|used| used.presence).unwrap_or_default();
            let now = self.clock.now();
            let began_at = self.alive.get(&own).map_or(now, |known| known.held.began_at());
            register.keep_only(session, self.note(own, began_at, session, presence), now).await;
        }
        let mut ended = vec![];
        for note in notes.iter().filter(|note| note.session != own) {
            self.end_hashed(&note.session).await;
            ended.push(note.handle());
        }
        ended
    }

    /// What the session of this id is called in public.
    pub fn handle(&self, id: &SessionId) -> String {
        register::handle(&id.hash())
    }

    fn note(&self, hash: Hash, began_at: Timestamp, session: &Session, presence: Presence) -> Note {
        Note { session: hash, presence, began_at, seen_at: self.clock.now(), expires_at: session.info().expires_at }
    }

    async fn write_down(&self, hash: Hash, held: &Held, presence: &Presence) {
        let Some(register) = &self.register else { return };
        for session in held.identities() {
            let note = self.note(hash, held.began_at(), session, presence.clone());
            match register.note(session, &note).await {
                Ok(true) => {}
                Ok(false) => return self.end_hashed(&hash).await,
                Err(_) => self.write_again(&note),
            }
        }
    }

    /// The store did not take it: it is due at the next use.
    fn write_again(&self, note: &Note) {
        self.used.insert(note.session, Used { presence: note.presence.clone(), written: None });
    }

    fn here(&self, session: &Session) -> Vec<Note> {
        let now = self.clock.now();
        let of_same = |(hash, known): (Arc<Hash>, Known)| {
            let held = known.held.alive(now, self.limits.idle)?;
            let own = held.identities().iter().find(|own| own.is_of_same(session))?;
            let presence = self.used.get(&*hash).map(|used| used.presence).unwrap_or_default();
            Some(Note { seen_at: held.seen_at(), ..self.note(*hash, held.began_at(), own, presence) })
        };
        self.alive.iter().filter_map(of_same).collect()
    }
}

async fn everywhere(register: &Register, shared: &Shared, session: &Session, here: &[Note]) -> Result<Vec<Note>, Down> {
    alive(shared, joined(register.notes(session).await?, here)).await
}

/// What the register names, and what this process knows better or alone.
fn joined(mut named: Vec<Note>, here: &[Note]) -> Vec<Note> {
    for own in here {
        match named.iter_mut().find(|note| note.session == own.session) {
            Some(note) if note.seen_at <= own.seen_at => note.clone_from(own),
            Some(_) => {}
            None => named.push(own.clone()),
        }
    }
    named
}

/// Those that have not ended since they were named.
async fn alive(shared: &Shared, notes: Vec<Note>) -> Result<Vec<Note>, Down> {
    let look = |note: Note| async move {
        let found = shared.get(&name(&note.session), None).await?.map(Zeroizing::new);
        Ok(found.map(|_| note))
    };
    let found: Vec<_> = futures::stream::iter(notes.into_iter().map(look)).buffered(AT_ONCE).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}
