//! A session as it lies in the shared store, sealed.

use api::{Timestamp, session::SessionInfo};
use cloud::Credentials;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::Session;
use crate::clouds::Clouds;

/// What another replica needs to go on with a session: who is signed in, and the temporary credentials.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    info: SessionInfo,
    access_key_id: String,
    secret: String,
    token: Option<String>,
    expires_at: Option<Timestamp>,
    /// Missing in records of versions that did not ask.
    #[serde(default)]
    began_at: Option<Timestamp>,
}

impl Record {
    pub(super) fn of(session: &Session) -> Zeroizing<Vec<u8>> {
        let Credentials { access_key_id, secret, token, expires_at } = session.credentials();
        let record = Self {
            info: session.info().clone(),
            access_key_id: access_key_id.clone(),
            secret: secret.expose_secret().to_owned(),
            token: token.as_ref().map(|token| token.expose_secret().to_owned()),
            expires_at: *expires_at,
            began_at: Some(session.0.began_at),
        };
        Zeroizing::new(serde_json::to_vec(&record).expect("a session serialises"))
    }

    /// `None` for what this replica cannot go on with: another version's record, or a cloud that is not configured here.
    pub(super) fn open(record: &[u8], clouds: &Clouds, now: Timestamp) -> Option<Session> {
        let mut record: Self = serde_json::from_slice(record).ok()?;
        let target = clouds.target(&record.info.cloud.key)?;
        let mut info = record.info.clone();
        // As this replica knows it: its regions are where the session's signatures may go.
        info.cloud = target.info.clone();
        let credentials = Credentials {
            access_key_id: std::mem::take(&mut record.access_key_id),
            secret: std::mem::take(&mut record.secret).into(),
            token: record.token.take().map(Into::into),
            expires_at: record.expires_at,
        };
        Some(Session::begun(record.began_at.unwrap_or(now), info, target, credentials, now))
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.secret.zeroize();
        self.token.zeroize();
    }
}
