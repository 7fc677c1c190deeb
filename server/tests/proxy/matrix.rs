//! Every route, over a socket, with what somebody sends who means harm: the answer is the one that docs/security.md has, and the next is right.

use std::net::SocketAddr;

use axum::http::StatusCode;
use server::{
    routes::{Guard, TABLE},
    serve::{listen, serve},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::browser::{Browser, Console};

type Route = (&'static str, &'static str, Guard);

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Nothing,
    /// No cookie, or one that nobody gave out.
    NoSession,
    MadeUpSession,
    NoHeader,
    CrossSite,
    BadJson,
    /// 10 MB, by its own word and in chunks.
    Huge,
    HugeInChunks,
    /// Two lengths, with another request in what one of them leaves over.
    LengthAndChunks,
    ChunksAndLength,
    TwoLengths,
    /// Two requests are one to those who end lines otherwise.
    BareLineEnd,
}

const ALL: [Wrong; 11] = [
    Wrong::NoSession,
    Wrong::MadeUpSession,
    Wrong::NoHeader,
    Wrong::CrossSite,
    Wrong::BadJson,
    Wrong::Huge,
    Wrong::HugeInChunks,
    Wrong::LengthAndChunks,
    Wrong::ChunksAndLength,
    Wrong::TwoLengths,
    Wrong::BareLineEnd,
];

const HUGE: usize = 10 * 1024 * 1024;
const SMUGGLED: &str = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

/// The route with something put into its holes.
fn path(pattern: &str) -> String {
    pattern.replace("{kind}", "instances").replace("{id}", "i-0123456789abcdef0")
}

/// The status, where it is the same whatever the route would have answered.
fn expected(wrong: Wrong, (method, pattern, guard): Route) -> Option<u16> {
    let has_body = matches!(method, "POST" | "PUT") && pattern != "/logout";
    match (wrong, guard) {
        (Wrong::NoSession | Wrong::MadeUpSession, Guard::Session | Guard::SessionAndHeader) => Some(401),
        (Wrong::NoHeader, Guard::Header | Guard::SessionAndHeader) => Some(403),
        (Wrong::CrossSite, Guard::Form | Guard::Header | Guard::SessionAndHeader) => Some(403),
        // Whose identity it is comes first, and it is nobody's.
        (Wrong::BadJson, Guard::SessionAndHeader) if pattern.contains("/identities/{id}") => None,
        (Wrong::BadJson, _) if has_body => Some(422),
        (Wrong::Huge, _) => Some(413),
        (Wrong::HugeInChunks, _) if has_body => Some(413),
        (Wrong::TwoLengths | Wrong::BareLineEnd, _) => Some(400),
        _ => None,
    }
}

fn request((method, pattern, guard): Route, cookie: Option<&str>, wrong: Wrong) -> Vec<u8> {
    let mut head = format!("{method} {} HTTP/1.1\r\nHost: 127.0.0.1:8888\r\n", path(pattern));
    let mut line = |line: &str| head.push_str(&format!("{line}\r\n"));
    line(&format!("Sec-Fetch-Site: {}", if wrong == Wrong::CrossSite { "cross-site" } else { "same-origin" }));
    match (wrong, cookie) {
        (Wrong::NoSession, _) => {}
        (Wrong::MadeUpSession, _) => line(&format!("Cookie: canopy={}", "A".repeat(43))),
        (_, Some(cookie)) => line(&format!("Cookie: {cookie}")),
        (_, None) => {}
    }
    if wrong != Wrong::NoHeader {
        line("X-Canopy: 1");
    }
    line(if guard == Guard::Form { "Content-Type: application/x-www-form-urlencoded" } else { "Content-Type: application/json" });
    let with_length = |body: &[u8]| [format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()).as_bytes(), body].concat();
    let rest = match wrong {
        Wrong::BadJson => with_length(b"{\"action\":"),
        Wrong::Huge => with_length(&vec![b'x'; HUGE]),
        Wrong::HugeInChunks => {
            let begin = format!("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{HUGE:x}\r\n");
            [begin.as_bytes(), &vec![b'x'; HUGE], b"\r\n0\r\n\r\n"].concat()
        }
        // These do not ask for the connection to be closed: the server has to see why it must be.
        Wrong::LengthAndChunks => {
            let body = format!("0\r\n\r\n{SMUGGLED}");
            format!("Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n{body}", body.len()).into_bytes()
        }
        Wrong::ChunksAndLength => {
            let body = format!("0\r\n\r\n{SMUGGLED}");
            format!("Transfer-Encoding: chunked\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
        }
        Wrong::TwoLengths => format!("Content-Length: 0\r\nContent-Length: {}\r\n\r\n{SMUGGLED}", SMUGGLED.len()).into_bytes(),
        Wrong::BareLineEnd => format!("X: a\rContent-Length: {}\r\n\r\n{SMUGGLED}", SMUGGLED.len()).into_bytes(),
        _ => with_length(b""),
    };
    [head.into_bytes(), rest].concat()
}

/// The statuses of all answers that come until the server closes the connection.
async fn send(address: SocketAddr, request: &[u8]) -> Vec<u16> {
    let stream = TcpStream::connect(address).await.expect("it listens");
    let (mut read, mut write) = stream.into_split();
    // Who is refused at the first line may not get the rest off.
    let sent = async {
        let _ = write.write_all(request).await;
        write
    };
    let heard = async {
        let mut text = Vec::new();
        let mut piece = [0; 16 * 1024];
        while let Ok(bytes @ 1..) = read.read(&mut piece).await {
            text.extend_from_slice(&piece[..bytes]);
        }
        text
    };
    let (_write, text) = tokio::join!(sent, heard);
    let text = String::from_utf8_lossy(&text).into_owned();
    text.match_indices("HTTP/1.1 ").filter_map(|(at, found)| text.get(at + found.len()..at + found.len() + 3)?.parse().ok()).collect()
}

async fn started() -> (Console, SocketAddr) {
    let console = Console::new();
    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    tokio::spawn(serve(listener, console.router.clone(), std::future::pending()));
    (console, address)
}

#[tokio::test]
async fn every_route_answers_hostile_input_as_it_is_written() {
    let (console, address) = started().await;
    for &route in TABLE {
        // Some of them end the session that they come with.
        let cookie = async || console.signed_in().await.cookie;
        let plain = send(address, &request(route, cookie().await.as_deref(), Wrong::Nothing)).await;
        assert!(matches!(plain[..], [200..=422]), "{route:?}: {plain:?}");
        for wrong in ALL {
            let own = cookie().await;
            let answers = send(address, &request(route, own.as_deref(), wrong)).await;
            match expected(wrong, route) {
                Some(status) => assert_eq!(answers, [status], "{route:?}: {wrong:?}"),
                // Nothing is read of it, or it makes no difference to whom it is nobody's.
                None if matches!(wrong, Wrong::NoSession | Wrong::MadeUpSession) => {
                    assert!(matches!(answers[..], [200..=422]), "{route:?}: {wrong:?}: {answers:?}");
                }
                None => assert_eq!(answers, plain, "{route:?}: {wrong:?}"),
            }
            let alive = send(address, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
            assert_eq!(alive, [200], "after {route:?}: {wrong:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn on_every_route_who_is_slow_is_let_go() {
    let (console, address) = started().await;
    let cookie = console.signed_in().await.cookie.expect("a cookie");
    for (method, pattern, _) in TABLE {
        let begun = tokio::time::Instant::now();
        let answers =
            send(address, format!("{method} {} HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\nX-Slow:", path(pattern)).as_bytes()).await;
        assert!(matches!(answers[..], [] | [408]), "{method} {pattern}: {answers:?}");
        assert_eq!(begun.elapsed().as_secs(), 15, "{method} {pattern}");
    }
}

#[tokio::test]
async fn by_no_route_is_anothers_reached() {
    let console = Console::new();
    let (mut owner, other) = (console.signed_in().await, console.signed_in().await);
    let made = owner.post("/api/keypairs?region=us-east-1", r#"{"name":"only-theirs","key_type":"ed25519"}"#).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let sessions = owner.get("/api/sessions").await.json();
    let handle = sessions["sessions"][0]["handle"].as_str().expect("a handle").to_owned();
    for (method, pattern, guard) in TABLE {
        if !matches!(guard, Guard::Session | Guard::SessionAndHeader) {
            continue;
        }
        let id = if pattern.contains("sessions") { handle.as_str() } else { "only-theirs" };
        let path = pattern.replace("{kind}", "keypairs").replace("{id}", id);
        let mut browser: Browser = other.clone();
        let answer = match *method {
            "GET" => browser.get(&path).await,
            "DELETE" => browser.delete(&path).await,
            _ => {
                let action =
                    if path.ends_with("/tags") { r#"{"set":[{"key":"a","value":"b"}],"remove":[]}"# } else { r#"{"do":"delete"}"# };
                browser.post(&path, &format!(r#"{{"action":{action},"ids":["only-theirs"]}}"#)).await
            }
        };
        assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.text());
        if pattern.contains("{id}") {
            assert!(matches!(answer.status.as_u16(), 401 | 404 | 422), "{method} {path}: {} {}", answer.status, answer.text());
        }
        if *method == "GET" && answer.status == StatusCode::OK {
            assert!(!answer.text().contains("only-theirs") && !answer.text().contains(&handle), "{method} {path}: {}", answer.text());
        }
    }
    let kept = owner.get("/api/keypairs/only-theirs?region=us-east-1").await;
    assert_eq!(kept.status, StatusCode::OK, "somebody else took it away: {}", kept.text());
    assert!(kept.json()["tags"].as_array().is_none_or(Vec::is_empty), "somebody else's tags: {}", kept.text());
}
