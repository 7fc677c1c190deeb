use std::{pin::pin, sync::Arc};

use api::session::{CloudInfo, CloudKind, SessionInfo};
use axum::http::{HeaderMap, header};
use cloud::{
    Credentials, Endpoints, Settings, Target,
    transport::{self, Trust},
};

use futures::FutureExt;
use tokio::sync::oneshot;

use super::{CALLS, Cookies, Session, SessionId, Sessions};
use crate::{
    clock::ManualClock,
    clouds::Clouds,
    config::SessionLimits,
    shared::double::{Own, shared},
};

const NOW: i64 = 1_800_000_000;
const LIMITS: SessionLimits = SessionLimits { idle: 100, absolute: 1000 };

fn session(expires_at: i64) -> Session {
    let info = CloudInfo { key: "own".into(), label: "Own".into(), kind: CloudKind::Generic, regions: vec!["one".into(), "two".into()] };
    let transport = transport::network(Trust::Nobody).unwrap();
    let target = Target::new(info.clone(), Endpoints::pattern("http://127.0.0.1:9"), transport, Settings::default()).unwrap();
    let credentials = Credentials {
        access_key_id: "ASIAEXAMPLE".into(),
        secret: "c4nary-secret".into(),
        token: Some("c4nary-token".into()),
        expires_at: Some(expires_at),
    };
    let info = SessionInfo {
        cloud: info,
        account: "123456789012".into(),
        account_name: None,
        arn: "arn:aws:iam::123456789012:user/ann".into(),
        user: "ann".into(),
        region: "one".into(),
        expires_at,
    };
    Session::new(info, Arc::new(target), credentials, NOW)
}

fn store() -> (Sessions, ManualClock) {
    let clock = ManualClock::at(NOW);
    (Sessions::new(LIMITS, clock.clock(), None), clock)
}

#[tokio::test]
async fn a_session_lasts_as_long_as_it_is_used() {
    let (sessions, clock) = store();
    let id = sessions.begin(session(NOW + 1000), None).await.unwrap();
    for _ in 0..5 {
        clock.advance(99);
        assert!(sessions.get(&id).await.unwrap().is_some());
    }
    clock.advance(100);
    assert!(sessions.get(&id).await.unwrap().is_none(), "an idle session was let in");
    clock.advance(-100);
    assert!(sessions.get(&id).await.unwrap().is_none(), "a session came back");
}

#[tokio::test]
async fn no_session_outlives_its_limit_or_its_credentials() {
    let (sessions, clock) = store();
    assert_eq!(sessions.end_of(NOW + 5000), NOW + 1000);
    assert_eq!(sessions.end_of(NOW + 300), NOW + 300);
    let id = sessions.begin(session(sessions.end_of(NOW + 300)), None).await.unwrap();
    for _ in 0..3 {
        clock.advance(90);
        assert!(sessions.get(&id).await.unwrap().is_some());
    }
    clock.advance(30);
    assert!(sessions.get(&id).await.unwrap().is_none(), "a session outlived its credentials");
}

#[tokio::test]
async fn an_id_does_not_survive_a_sign_in_or_a_sign_out() {
    let (sessions, _clock) = store();
    let first = sessions.begin(session(NOW + 1000), None).await.unwrap();
    let second = sessions.begin(session(NOW + 1000), Some(&first)).await.unwrap();
    assert_ne!(first, second);
    assert!(sessions.get(&first).await.unwrap().is_none());
    assert!(sessions.get(&second).await.unwrap().is_some());
    sessions.end(&second).await;
    assert!(sessions.get(&second).await.unwrap().is_none());
}

#[tokio::test]
async fn what_began_before_a_session_was_ended_does_not_bring_it_back() {
    let (store, clock) = (Own::default(), ManualClock::at(NOW));
    let session = session(NOW + 1000);
    let clouds = Clouds::new(vec![Arc::clone(&session.0.target)], None);
    let [one, other] = [0; 2].map(|_| Sessions::new(LIMITS, clock.clock(), Some((shared(&store), clouds.clone()))));
    let id = one.begin(session, None).await.unwrap();
    let (let_go, held) = oneshot::channel();
    store.state().held = Some(held);
    let mut request = pin!(other.get(&id));
    assert!(request.as_mut().now_or_never().is_none(), "the store has not answered yet");
    other.end(&id).await;
    let_go.send(()).unwrap();
    assert!(request.await.unwrap().is_none());
    // Now this replica is all there is to ask.
    store.set_down(true);
    assert!(other.get(&id).await.is_err(), "a session that was ended goes on without the store");
}

#[tokio::test]
async fn a_session_has_room_for_so_many_requests_and_for_what_they_leave_behind() {
    let session = session(NOW + 1000);
    let mut turns = vec![];
    for _ in 0..CALLS {
        turns.push(session.turn().await);
    }
    let goes_on = turns.pop();
    let left_behind = goes_on.clone();
    let mut next = pin!(session.turn());
    assert!(next.as_mut().now_or_never().is_none());
    drop(goes_on);
    assert!(next.as_mut().now_or_never().is_none(), "what is left behind has no room");
    drop(left_behind);
    next.await;
}

#[test]
fn ids_are_256_bits_and_differ() {
    let (one, other) = (SessionId::random(), SessionId::random());
    assert_ne!(one, other);
    assert_eq!(one.expose().len(), 43, "32 bytes are 43 characters of base64");
    assert_eq!(SessionId::parse(&one.expose()), Some(one));
    for bad in ["", "a", "not base64!", &"A".repeat(42), &"A".repeat(44)] {
        assert_eq!(SessionId::parse(bad), None, "{bad:?}");
    }
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let (sessions, _clock) = store();
    let session = session(NOW + 1000);
    let cloud = session.cloud("one").unwrap();
    let id = sessions.begin(session.clone(), None).await.unwrap();
    let cookie = Cookies::new(true).set(&id);
    let shown = format!("{session:?} {sessions:?} {id:?} {cloud:?} {cookie:?} {:?}", sessions.get(&id).await.unwrap());
    for secret in ["c4nary", &id.expose()] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn only_the_clouds_own_regions_are_gone_to() {
    let session = session(NOW + 1000);
    assert_eq!(session.cloud("two").unwrap().region(), "two");
    for bad in ["", "three", "one.evil.example", "ONE"] {
        assert!(session.cloud(bad).unwrap_err().fields.contains_key("region"), "{bad:?}");
    }
}

#[test]
fn cookies_are_guarded() {
    let id = SessionId::random();
    let value = id.expose();
    for (secure, set, clear) in [
        (
            true,
            format!("__Host-canopy={value}; HttpOnly; SameSite=Strict; Secure; Path=/"),
            "__Host-canopy=; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=0; Expires=",
        ),
        (
            false,
            format!("canopy={value}; HttpOnly; SameSite=Strict; Path=/"),
            "canopy=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0; Expires=",
        ),
    ] {
        let cookies = Cookies::new(secure);
        assert_eq!(cookies.set(&id), set.as_str());
        assert!(cookies.clear().to_str().unwrap().starts_with(clear), "{:?}", cookies.clear().to_str());
        let request = HeaderMap::from_iter([(header::COOKIE, format!("theme=dark; {}={value}", cookies.name()).parse().unwrap())]);
        assert_eq!(cookies.read(&request), Some(id.clone()));
        assert_eq!(Cookies::new(!secure).read(&request), None, "another name was taken for it");
    }
}
