//! memcached, in its text protocol, of which four commands are enough.
//!
//! An item has a size limit there, a megabyte as a rule. What is larger is cut into parts, named by a number that is drawn for each write, so
//! that parts of two writes never meet; the entry itself then says how many there are. A part that the server has let go makes the whole a miss.

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::{BufMut, Bytes, BytesMut};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

use super::store::{Answer, Down, Store, seconds};

type Connection = BufStream<TcpStream>;

/// Room for the name and the item's own housekeeping.
const ROOM: usize = 512;
/// Longer terms are taken for dates: thirty days.
const LONGEST: u64 = 30 * 24 * 3600;
/// More connections than this are not kept for later.
const MOST_IDLE: usize = 16;
/// No answer of a sane server has a longer line, or a larger item than it was given.
const MAX_LINE: u64 = 2048;
const MAX_ITEM: usize = 128 * 1024 * 1024;

/// How an entry begins.
const WHOLE: u8 = b'W';
const PARTS: u8 = b'P';

pub(super) struct Memcached {
    host: String,
    idle: Mutex<Vec<Connection>>,
    /// The largest value that fits into an item, once the server has said so.
    largest: Mutex<Option<usize>>,
}

impl Memcached {
    pub(super) fn new(host: String) -> Self {
        Self { host, idle: Mutex::default(), largest: Mutex::default() }
    }

    /// A connection, which [`Memcached::settle`] takes back.
    async fn take(&self) -> Result<Connection, Down> {
        let idle = self.idle().pop();
        match idle {
            Some(connection) => Ok(connection),
            None => self.connect().await.map_err(|err| Down(err.to_string())),
        }
    }

    /// Keeps a connection if all went well: after an error nobody knows what is still on its way, and the others are to the same server.
    fn settle<T>(&self, connection: Connection, result: io::Result<T>) -> Result<T, Down> {
        let mut idle = self.idle();
        if result.is_err() {
            idle.clear();
        } else if idle.len() < MOST_IDLE {
            idle.push(connection);
        }
        result.map_err(|err| Down(err.to_string()))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(&self, connection: &mut Connection, name: &str, keep: Option<Duration>) -> io::Result<Option<Bytes>> {
        let Some(mut head) = get(connection, name, keep).await? else { return Ok(None) };
        match head.first() {
            Some(&WHOLE) => Ok(Some(head.split_off(1))),
            Some(&PARTS) => parts(connection, name, &head[1..], keep).await,
            _ => Ok(None),
        }
    }

    async fn write(&self, connection: &mut Connection, name: &str, value: &[u8], keep: Duration) -> io::Result<()> {
        let largest = self.largest().unwrap_or(usize::MAX);
        if value.len() < largest {
            return set(connection, name, &[&[WHOLE], value], keep).await;
        }
        let mut number = [0; 8];
        getrandom::fill(&mut number).expect("the operating system gives random numbers");
        let number = u64::from_be_bytes(number);
        // First the parts: who finds the entry finds them.
        for (at, part) in value.chunks(largest).enumerate() {
            set(connection, &part_name(name, number, at), &[part], keep).await?;
        }
        let mut head = BytesMut::with_capacity(17);
        head.put_u8(PARTS);
        head.put_u64(number);
        head.put_u64(value.len() as u64);
        set(connection, name, &[&head], keep).await
    }

    async fn connect(&self) -> io::Result<Connection> {
        let stream = TcpStream::connect(&self.host).await?;
        stream.set_nodelay(true)?;
        let mut connection = BufStream::new(stream);
        if self.largest().is_none() {
            let largest = item_limit(&mut connection).await?.saturating_sub(ROOM).max(ROOM);
            *self.largest.lock().unwrap_or_else(PoisonError::into_inner) = Some(largest);
        }
        Ok(connection)
    }

    fn largest(&self) -> Option<usize> {
        *self.largest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memcached {
    fn get<'a>(&'a self, name: &'a str, keep: Option<Duration>) -> Answer<'a, Option<Bytes>> {
        Box::pin(async move {
            let mut connection = self.take().await?;
            let result = self.read(&mut connection, name, keep).await;
            self.settle(connection, result)
        })
    }

    fn set<'a>(&'a self, name: &'a str, value: Bytes, keep: Duration) -> Answer<'a, ()> {
        Box::pin(async move {
            let mut connection = self.take().await?;
            let result = self.write(&mut connection, name, &value, keep).await;
            self.settle(connection, result)
        })
    }

    fn remove<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            let mut connection = self.take().await?;
            let result = forget(&mut connection, name).await;
            self.settle(connection, result)
        })
    }

    fn reset(&self) {
        self.idle().clear();
    }

    fn run(&self) -> String {
        // It begins with nothing.
        String::new()
    }

    fn place(&self) -> String {
        format!("memcached://{}", self.host)
    }
}

fn part_name(name: &str, number: u64, at: usize) -> String {
    format!("{name}:{number:016x}:{at}")
}

async fn parts(connection: &mut Connection, name: &str, head: &[u8], keep: Option<Duration>) -> io::Result<Option<Bytes>> {
    let Some((number, rest)) = head.split_first_chunk::<8>() else { return Ok(None) };
    let Some((length, _)) = rest.split_first_chunk::<8>() else { return Ok(None) };
    let number = u64::from_be_bytes(*number);
    let Some(length) = usize::try_from(u64::from_be_bytes(*length)).ok().filter(|length| *length <= MAX_ITEM) else { return Ok(None) };
    let mut whole = BytesMut::new();
    for at in 0.. {
        if whole.len() >= length {
            break;
        }
        match get(connection, &part_name(name, number, at), keep).await? {
            Some(part) if !part.is_empty() => whole.extend_from_slice(&part),
            _ => return Ok(None),
        }
    }
    Ok((whole.len() == length).then(|| whole.freeze()))
}

async fn get(connection: &mut Connection, name: &str, keep: Option<Duration>) -> io::Result<Option<Bytes>> {
    let command = match keep {
        Some(keep) => format!("gat {} {name}\r\n", seconds(keep).min(LONGEST)),
        None => format!("get {name}\r\n"),
    };
    say(connection, &command).await?;
    let head = line(connection).await?;
    if head == "END" {
        return Ok(None);
    }
    // VALUE <name> <flags> <bytes>
    let length = head.strip_prefix("VALUE ").and_then(|rest| rest.split(' ').nth(2)).and_then(|length| length.parse().ok());
    let Some(length) = length.filter(|length: &usize| *length <= MAX_ITEM) else { return Err(odd(&head)) };
    let mut value = vec![0; length + 2];
    connection.read_exact(&mut value).await?;
    value.truncate(length);
    match line(connection).await?.as_str() {
        "END" => Ok(Some(value.into())),
        other => Err(odd(other)),
    }
}

async fn set(connection: &mut Connection, name: &str, pieces: &[&[u8]], keep: Duration) -> io::Result<()> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    connection.write_all(format!("set {name} 0 {} {length}\r\n", seconds(keep).min(LONGEST)).as_bytes()).await?;
    for piece in pieces {
        connection.write_all(piece).await?;
    }
    say(connection, "\r\n").await?;
    match line(connection).await?.as_str() {
        "STORED" => Ok(()),
        // It has no room: what it had under this name it has dropped. It may forget at any time, so this is no failure.
        text if text.starts_with("SERVER_ERROR out of memory") || text.starts_with("SERVER_ERROR object too large") => Ok(()),
        other => Err(odd(other)),
    }
}

async fn forget(connection: &mut Connection, name: &str) -> io::Result<()> {
    say(connection, &format!("delete {name}\r\n")).await?;
    match line(connection).await?.as_str() {
        "DELETED" | "NOT_FOUND" => Ok(()),
        other => Err(odd(other)),
    }
}

/// `item_size_max`, from the server's settings.
async fn item_limit(connection: &mut Connection) -> io::Result<usize> {
    say(connection, "stats settings\r\n").await?;
    let mut limit = 1024 * 1024;
    loop {
        let line = line(connection).await?;
        match line.strip_prefix("STAT ").and_then(|rest| rest.split_once(' ')) {
            Some(("item_size_max", value)) => limit = value.parse().map_err(|_| odd(&line))?,
            Some(_) => {}
            None if line == "END" => return Ok(limit),
            None => return Err(odd(&line)),
        }
    }
}

async fn say(connection: &mut Connection, text: &str) -> io::Result<()> {
    connection.write_all(text.as_bytes()).await?;
    connection.flush().await
}

async fn line(connection: &mut Connection) -> io::Result<String> {
    let mut line = String::new();
    (&mut *connection).take(MAX_LINE).read_line(&mut line).await?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn odd(text: &str) -> io::Error {
    io::Error::other(format!("unexpected answer {text:?}"))
}
