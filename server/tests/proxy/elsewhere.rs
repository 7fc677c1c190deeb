//! Sessions of one's own in other browsers: seen, and ended, at any replica.

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::Value;
use server::client::Peer;
use tower::ServiceExt;

use crate::{
    browser::{Browser, Console, STANDING_KEY, STANDING_SECRET},
    stores::Server,
};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

fn keys() -> String {
    format!(r#"{{"cloud":"demo","access_key_id":"{STANDING_KEY}","secret_access_key":"{STANDING_SECRET}"}}"#)
}

/// A browser that is signed in with the keys of the standing account.
async fn signed_in(console: &Console) -> Browser {
    let mut browser = console.browser();
    let answer = browser.post("/api/session", &keys()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    browser
}

/// The same, through this peer, which says another address, and with this browser's name.
async fn signed_in_from(console: &Console, peer: &str, said: &str, agent: &str) -> Browser {
    let request = Request::post("/api/session")
        .header(header::HOST, "127.0.0.1:8888")
        .header("sec-fetch-site", "same-origin")
        .header("x-canopy", "1")
        .header("x-forwarded-for", said)
        .header("x-forwarded-proto", "https")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, agent);
    let mut request = request.body(Body::from(keys())).expect("a request");
    request.extensions_mut().insert(Peer { address: peer.parse::<IpAddr>().expect("an address"), tls: false });
    let response = console.router.clone().oneshot(request).await.expect("the router always answers");
    assert_eq!(response.status(), StatusCode::OK);
    let cookie = response.headers()[header::SET_COOKIE].to_str().expect("cookies are ASCII");
    let mut browser = console.browser();
    browser.cookie = cookie.split(';').next().map(str::to_owned);
    browser
}

async fn open(browser: &mut Browser) -> (Vec<Value>, bool) {
    let answer = browser.get("/api/sessions").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let found = answer.json();
    (found["sessions"].as_array().expect("a list").clone(), found["is_whole"] == true)
}

fn handle(session: &Value) -> String {
    session["handle"].as_str().expect("a handle").to_owned()
}

async fn is_let_in(browser: &Browser) -> bool {
    let answer = browser.clone().get("/api/session").await;
    assert!(matches!(answer.status, StatusCode::OK | StatusCode::UNAUTHORIZED), "{}", answer.text());
    answer.status == StatusCode::OK
}

#[tokio::test]
async fn ones_own_sessions_are_listed_with_where_they_are_used_from() {
    let console = Console::configured("trusted_proxies = [\"10.0.0.0/8\"]\n");
    let began = console.clock.clock().now();
    let ours = signed_in_from(&console, "10.0.0.1", "198.51.100.9", FIREFOX).await;
    let stranger = signed_in_from(&console, "203.0.113.7", "198.51.100.9", "<script>alert(1)</script>").await;
    let somebody_else = console.signed_in().await;
    console.clock.advance(40);
    let (sessions, is_whole) = open(&mut ours.clone()).await;
    assert!(is_whole);
    assert_eq!(sessions.len(), 2, "somebody else's session is among them: {sessions:?}");
    let [this, other] = [&sessions[0], &sessions[1]];
    assert_eq!((this["is_this"].as_bool(), other["is_this"].as_bool()), (Some(true), Some(false)));
    assert_eq!((this["began_at"].as_i64(), this["seen_at"].as_i64()), (Some(began), Some(began + 40)));
    assert!(this["expires_at"].as_i64() > Some(began + 40), "{this}");
    assert_eq!((other["seen_at"].as_i64(), other["browser"].as_str()), (Some(began), Some("")), "what was written is repeated");
    assert_eq!(other["address"], "203.0.113.7", "a stranger's word was believed");
    assert_eq!(open(&mut somebody_else.clone()).await.0.len(), 1);
    // What a handle says is no session's number, nor what the store calls it.
    for browser in [&ours, &stranger] {
        let number = browser.cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a cookie").1.to_owned();
        assert!(!format!("{sessions:?}").contains(&number));
    }
}

#[tokio::test]
async fn the_address_is_the_one_that_a_session_was_last_used_from() {
    let console = Console::configured("trusted_proxies = [\"10.0.0.0/8\"]\n");
    let mut browser = signed_in_from(&console, "10.0.0.1", "198.51.100.9", FIREFOX).await;
    let mut other = signed_in(&console).await;
    let seen = |sessions: Vec<Value>| {
        let it = sessions.into_iter().find(|session| session["is_this"] == false).expect("the other");
        (it["browser"].as_str().expect("a name").to_owned(), it["address"].as_str().expect("an address").to_owned())
    };
    assert_eq!(seen(open(&mut other).await.0), ("Firefox 145, Linux".to_owned(), "198.51.100.9".to_owned()));
    console.clock.advance(10);
    // Its cookie, in another hand.
    browser.send(axum::http::Method::GET, "/api/session", &[("user-agent", "curl/8.14.1")], "").await;
    assert_eq!(seen(open(&mut other).await.0), ("curl 8".to_owned(), "127.0.0.1".to_owned()));
}

#[tokio::test]
async fn one_is_ended_by_who_it_belongs_to_and_by_nobody_else() {
    let console = Console::new();
    let (mut here, there, stranger) = (signed_in(&console).await, signed_in(&console).await, console.signed_in().await);
    let (sessions, _) = open(&mut here).await;
    let path = format!("/api/sessions/{}", handle(&sessions[1]));
    let refused = stranger.clone().delete(&path).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::NOT_FOUND, "not_found"));
    assert!(is_let_in(&there).await, "somebody else ended it");

    let before = console.audit.lines().len();
    assert_eq!(here.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert!(!is_let_in(&there).await);
    assert!(is_let_in(&here).await);
    assert_eq!(open(&mut here).await.0.len(), 1);
    assert_eq!(here.delete(&path).await.status, StatusCode::NOT_FOUND, "it was ended twice");
    let lines = console.audit.lines().split_off(before);
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0]["operation"].as_str(), lines[0]["ids"][0].as_str()),
        (Some("session.end-elsewhere"), Some(&*handle(&sessions[1])))
    );
}

#[tokio::test]
async fn all_others_are_ended_and_nobody_elses() {
    let console = Console::new();
    let mut here = signed_in(&console).await;
    let there = [signed_in(&console).await, signed_in(&console).await];
    let stranger = console.signed_in().await;
    let answer = here.delete("/api/sessions").await;
    assert_eq!((answer.status, answer.json()["ended"].as_u64()), (StatusCode::OK, Some(2)));
    for ended in &there {
        assert!(!is_let_in(ended).await);
    }
    assert!(is_let_in(&here).await && is_let_in(&stranger).await);
    assert!(is_let_in(&signed_in(&console).await).await, "nobody can sign in any more");
}

fn with(store: &Server) -> String {
    format!("[store]\naddress = \"{}\"\nkeys = \"{KEY}\"\ntimeout = 2000\n", store.address())
}

#[tokio::test]
async fn what_is_ended_at_one_replica_is_ended_at_all() {
    for store in [Server::redis(), Server::memcached()] {
        let [one, other] = Console::replicas(&with(&store));
        let mut here = signed_in(&one).await;
        let there = [signed_in(&other).await, signed_in(&other).await];
        let (sessions, is_whole) = open(&mut here).await;
        assert!(is_whole && sessions.len() == 3, "{}: {sessions:?}", store.address());
        assert_eq!(here.delete(&format!("/api/sessions/{}", handle(&sessions[1]))).await.status, StatusCode::NO_CONTENT);
        let let_in = [is_let_in(&there[0]).await, is_let_in(&there[1]).await];
        assert_eq!(let_in.iter().filter(|let_in| **let_in).count(), 1, "{}", store.address());
        assert_eq!(here.delete("/api/sessions").await.json()["ended"], 1);
        for ended in &there {
            assert!(!is_let_in(ended).await && !is_let_in(&ended.at(&one)).await, "{}", store.address());
        }
        assert!(is_let_in(&here).await && is_let_in(&here.at(&other)).await);
        let (sessions, is_whole) = open(&mut here.at(&other)).await;
        assert!(is_whole && sessions.len() == 1, "{sessions:?}");
    }
}

#[tokio::test]
async fn one_that_the_register_has_lost_comes_back_or_is_ended_with_the_others() {
    let store = Server::redis();
    let [one, other] = Console::replicas(&with(&store));
    let mut here = signed_in(&one).await;
    let mut there = signed_in(&other).await;
    let lose = || {
        let script = "return redis.call('DEL', unpack(redis.call('KEYS', 'canopy:1:principal:*')))";
        assert_eq!(store.say(&format!("EVAL \"{script}\" 0"), "\r\n"), ":1\r\n");
    };
    // As where another replica has written over what this one wrote.
    lose();
    assert_eq!(open(&mut here).await.0.len(), 1, "it knows what nobody told it");
    one.clock.advance(61);
    let begun = Instant::now();
    while open(&mut here).await.0.len() < 2 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it did not come back");
        there.get("/api/session").await;
    }

    lose();
    assert_eq!(here.delete("/api/sessions").await.json()["ended"], 0, "it was known, and the test proves nothing");
    assert!(is_let_in(&there).await, "it was known, and the test proves nothing");
    one.clock.advance(61);
    let begun = Instant::now();
    while is_let_in(&there).await {
        assert!(begun.elapsed() < Duration::from_secs(20), "it goes on");
    }
    assert!(is_let_in(&here).await);
}

#[tokio::test]
async fn without_the_store_what_is_known_is_said_to_be_a_part() {
    let mut store = Server::redis();
    let [one, other] = Console::replicas(&with(&store));
    let mut here = signed_in(&one).await;
    let beside = signed_in(&one).await;
    signed_in(&other).await;
    store.kill();
    let (sessions, is_whole) = open(&mut here).await;
    assert!(!is_whole && sessions.len() == 2, "{sessions:?}");
    assert_eq!(here.delete("/api/sessions").await.json()["ended"], 1);
    // Whether it is over cannot be known, so nobody is let in.
    assert_eq!(beside.clone().get("/api/session").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(is_let_in(&here).await);
}

#[tokio::test]
async fn a_session_of_several_identities_is_seen_and_ended_by_each() {
    const OTHER: (&str, &str) = ("AKIAREADONLY7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzREADONLYKEY");
    let other_keys = format!(r#"{{"cloud":"demo","access_key_id":"{}","secret_access_key":"{}"}}"#, OTHER.0, OTHER.1);
    let store = Server::redis();
    let [one, other] = Console::replicas(&with(&store));
    let mut both = signed_in(&one).await;
    // Since all others were ended, whoever began before and is not known is to be ended: not who got another id since.
    assert_eq!(both.delete("/api/sessions").await.status, StatusCode::OK);
    one.clock.advance(5);
    assert_eq!(both.post("/api/session/identities", &other_keys).await.status, StatusCode::OK);
    one.clock.advance(61);
    for _ in 0..20 {
        assert!(is_let_in(&both).await && is_let_in(&both.at(&other)).await, "adding an identity has ended the session");
        tokio::task::yield_now().await;
    }

    let mut second = other.browser();
    assert_eq!(second.post("/api/session", &other_keys).await.status, StatusCode::OK);
    let first = signed_in(&other).await;
    for browser in [&second, &first] {
        let (sessions, is_whole) = open(&mut browser.clone()).await;
        assert!(is_whole && sessions.len() == 2, "{sessions:?}");
    }
    assert_eq!(second.delete("/api/sessions").await.json()["ended"], 1);
    assert!(!is_let_in(&both).await && is_let_in(&second).await && is_let_in(&first).await);
}
