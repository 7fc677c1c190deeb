//! Who changed what: one line of JSON for each change and each sign-in, for whoever has to know later.
//!
//! A line says which operation on which resources and what became of it; it never says with which values, for they may hold secrets. Whatever
//! was typed is inside JSON strings, so no name can begin a line of its own.

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use serde::Serialize;

/// Where the lines go. Cheap to clone.
#[derive(Clone)]
pub struct Audit(Arc<Mutex<Box<dyn Write + Send>>>);

/// What was done.
#[derive(Debug, Serialize)]
pub struct Event<'a> {
    /// `change`, `sign-in`, `sign-out`.
    pub event: &'static str,
    /// ARN, where it is known.
    pub principal: &'a str,
    /// The client's address.
    pub from: String,
    pub cloud: &'a str,
    pub region: &'a str,
    /// Kind and verb: `instances.stop`.
    pub operation: String,
    pub ids: Vec<&'a str>,
    /// `done`, `failed`, `partly`, `unknown`.
    pub result: &'static str,
    /// Error codes by id; the empty id is the whole.
    pub errors: Vec<(&'a str, String)>,
    pub request: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    audit: u8,
    time: String,
    #[serde(flatten)]
    event: &'a Event<'a>,
}

/// Of the form of the lines.
const VERSION: u8 = 1;

impl Audit {
    /// To standard error, among the log.
    pub fn stderr() -> Self {
        Self::to(Box::new(io::stderr()))
    }

    /// To the end of a file that only its owner can read.
    pub fn file(path: &Path) -> io::Result<Self> {
        let file: File = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        Ok(Self::to(Box::new(file)))
    }

    pub fn to(sink: Box<dyn Write + Send>) -> Self {
        Self(Arc::new(Mutex::new(sink)))
    }

    pub fn write(&self, event: &Event<'_>) {
        let now = time::OffsetDateTime::from(SystemTime::now());
        let time = now.format(&time::format_description::well_known::Rfc3339).expect("now is a date");
        let mut line = serde_json::to_vec(&Line { audit: VERSION, time, event }).expect("an event serialises");
        line.push(b'\n');
        // In one piece: the file may be read, or written by another process, meanwhile.
        if let Err(err) = self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line) {
            tracing::error!(%err, "the audit log cannot be written");
        }
    }
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Audit")
    }
}
