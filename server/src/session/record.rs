//! A session as it lies in the shared store, sealed.

use api::{Timestamp, session::SessionInfo};
use cloud::Credentials;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{Held, Session};
use crate::clouds::Clouds;

/// A session of several identities. One of a single identity is stored as that alone, as it was when there were no others; this has another
/// form, because replicas of before would take it for its first identity, and answer for that whatever a page says: to them it is no session.
#[derive(Serialize, Deserialize)]
struct Several {
    identities: Vec<Record>,
}

/// What another replica needs to go on with an identity: who is signed in, and the temporary credentials.
#[derive(Serialize, Deserialize)]
struct Record {
    info: SessionInfo,
    access_key_id: String,
    secret: String,
    token: Option<String>,
    expires_at: Option<Timestamp>,
    /// Missing in records of versions that did not ask.
    #[serde(default)]
    began_at: Option<Timestamp>,
}

/// The session, to be sealed.
pub(super) fn write(held: &Held) -> Zeroizing<Vec<u8>> {
    let of = |session: &Session| Record::of(session, held.began_at());
    let bytes = match held.identities() {
        [one] => serde_json::to_vec(&of(one)),
        several => serde_json::to_vec(&Several { identities: several.iter().map(of).collect() }),
    };
    Zeroizing::new(bytes.expect("a session serialises"))
}

/// `None` for what this replica cannot go on with: another version's record, or clouds that are not configured here.
pub(super) fn read(stored: &[u8], clouds: &Clouds, now: Timestamp) -> Option<Held> {
    let records = match serde_json::from_slice::<Several>(stored) {
        Ok(several) => several.identities,
        Err(_) => vec![serde_json::from_slice(stored).ok()?],
    };
    let began_at = records.iter().find_map(|record| record.began_at).unwrap_or(now);
    Some(Held::all(records.into_iter().filter_map(|record| record.open(clouds)).collect(), now)?.begun(began_at))
}

impl Record {
    fn of(session: &Session, began_at: Timestamp) -> Self {
        let Credentials { access_key_id, secret, token, expires_at } = session.credentials();
        Self {
            info: session.info().clone(),
            access_key_id: access_key_id.clone(),
            secret: secret.expose_secret().to_owned(),
            token: token.as_ref().map(|token| token.expose_secret().to_owned()),
            expires_at: *expires_at,
            began_at: Some(began_at),
        }
    }

    fn open(mut self, clouds: &Clouds) -> Option<Session> {
        let target = clouds.target(&self.info.cloud.key)?;
        let mut info = self.info.clone();
        // As this replica knows it: its regions are where the session's signatures may go.
        info.cloud = target.info.clone();
        let credentials = Credentials {
            access_key_id: std::mem::take(&mut self.access_key_id),
            secret: std::mem::take(&mut self.secret).into(),
            token: self.token.take().map(Into::into),
            expires_at: self.expires_at,
        };
        Some(Session::new(info, target, credentials))
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.secret.zeroize();
        self.token.zeroize();
    }
}
