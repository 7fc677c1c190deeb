use std::{pin::pin, sync::Arc};

use api::session::{CloudInfo, CloudKind, SessionInfo};
use axum::http::{HeaderMap, header};
use cloud::{
    Credentials, Endpoints, Settings, Target,
    transport::{self, Trust},
};

use futures::FutureExt;
use tokio::sync::oneshot;

use super::{CALLS, Cookies, Held, Place, Session, SessionId, Sessions, record};
use crate::{
    clock::ManualClock,
    clouds::Clouds,
    config::SessionLimits,
    shared::double::{Own, shared},
};

const NOW: i64 = 1_800_000_000;
const LIMITS: SessionLimits = SessionLimits { idle: 100, absolute: 1000 };

fn session(expires_at: i64) -> Session {
    identity("ann", expires_at)
}

fn identity(user: &str, expires_at: i64) -> Session {
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
        identity: String::new(),
        cloud: info,
        account: "123456789012".into(),
        account_name: None,
        arn: format!("arn:aws:iam::123456789012:user/{user}"),
        user: user.into(),
        region: "one".into(),
        expires_at,
        assumed: None,
    };
    Session::new(info, Arc::new(target), credentials)
}

fn held(expires_at: i64) -> Held {
    Held::new(session(expires_at), NOW)
}

/// These users, in this order.
fn several(users: &[&str]) -> Held {
    let mut users = users.iter().map(|user| identity(user, NOW + 1000));
    let first = Held::new(users.next().unwrap(), NOW);
    users.fold(first, |held, next| held.with(next, Place::Further, NOW).unwrap())
}

fn users(held: &Held) -> Vec<String> {
    held.infos().into_iter().map(|info| info.user).collect()
}

fn store() -> (Sessions, ManualClock) {
    let clock = ManualClock::at(NOW);
    (Sessions::new(LIMITS, clock.clock(), None), clock)
}

#[tokio::test]
async fn a_session_lasts_as_long_as_it_is_used() {
    let (sessions, clock) = store();
    let id = sessions.begin(held(NOW + 1000), None).await.unwrap();
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
    let id = sessions.begin(held(sessions.end_of(NOW + 300)), None).await.unwrap();
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
    let first = sessions.begin(held(NOW + 1000), None).await.unwrap();
    let second = sessions.begin(held(NOW + 1000), Some(&first)).await.unwrap();
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
    let id = one.begin(Held::new(session, NOW), None).await.unwrap();
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
    let id = sessions.begin(Held::new(session.clone(), NOW), None).await.unwrap();
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

#[test]
fn identities_are_held_in_order_each_once_and_not_too_many() {
    let all = several(&["ann", "bob", "carl"]);
    let again = all.with(identity("bob", NOW + 2000), Place::Further, NOW).unwrap();
    assert_eq!(users(&again), ["ann", "bob", "carl"], "who signs in again stays where they were");
    assert_eq!(again.identities()[1].info().expires_at, NOW + 2000);
    let bob = again.identities()[1].identity().to_owned();
    let instead = again.with(identity("dora", NOW + 1000), Place::Of(&bob), NOW).unwrap();
    assert_eq!(users(&instead), ["ann", "dora", "carl"]);
    assert_eq!(users(&again.with(identity("carl", NOW + 1000), Place::Of(&bob), NOW).unwrap()), ["ann", "carl"]);
    assert_eq!(users(&again.with(identity("dora", NOW + 1000), Place::Alone, NOW).unwrap()), ["dora"]);
    let full = several(&["a", "b", "c", "d", "e"]);
    assert_eq!(full.with(identity("f", NOW + 1000), Place::Further, NOW).unwrap_err().code, api::error::ErrorCode::Conflict);
    assert_eq!(users(&full.with(identity("c", NOW + 1000), Place::Further, NOW).unwrap()).len(), 5, "no sixth one");
    assert_eq!(users(&all.without(&bob, NOW).unwrap()), ["ann", "carl"]);
    assert!(held(NOW + 1000).without(session(NOW).identity(), NOW).is_none());
}

#[test]
fn an_identity_is_named_by_cloud_and_principal_alone() {
    let (ann, again, bob) = (session(NOW + 1), session(NOW + 2), identity("bob", NOW + 1));
    assert_eq!(ann.identity(), again.identity());
    assert_ne!(ann.identity(), bob.identity());
    assert_eq!(ann.identity().len(), 16);
    let held = Held::new(ann, NOW);
    assert_eq!(held.named(bob.identity()).unwrap_err().code, api::error::ErrorCode::SessionExpired);
    assert!(held.named("").is_err() && held.named(again.identity()).is_ok());
}

#[tokio::test]
async fn each_identity_ends_by_itself_and_the_session_with_the_last() {
    let (sessions, clock) = store();
    let both = held(NOW + 150).with(identity("bob", NOW + 50), Place::Further, NOW).unwrap();
    let id = sessions.begin(both, None).await.unwrap();
    clock.advance(49);
    assert_eq!(users(&sessions.get(&id).await.unwrap().unwrap()), ["ann", "bob"]);
    clock.advance(1);
    assert_eq!(users(&sessions.get(&id).await.unwrap().unwrap()), ["ann"]);
    clock.advance(99);
    assert!(sessions.get(&id).await.unwrap().is_some());
    clock.advance(1);
    assert!(sessions.get(&id).await.unwrap().is_none());
}

#[test]
fn what_is_stored_has_all_identities_and_what_was_stored_before_is_read() {
    let one = session(NOW + 1000);
    let clouds = Clouds::new(vec![Arc::clone(one.target())], None);
    let stored = |held: &Held| serde_json::from_slice::<serde_json::Value>(&record::write(held)).unwrap();
    let all = several(&["ann", "bob"]);
    let read = record::read(&record::write(&all), &clouds, NOW).unwrap();
    assert_eq!(read.infos(), all.infos());
    // A replica of before reads the first form alone, which has the session's facts at its top.
    let first = stored(&held(NOW + 1000));
    assert_eq!(first["info"]["user"], "ann");
    assert!(stored(&all).get("info").is_none(), "several would be taken for one");
    // As it was written when nobody knew of identities.
    let mut before = first;
    before["info"].as_object_mut().unwrap().remove("identity");
    let read = record::read(&serde_json::to_vec(&before).unwrap(), &clouds, NOW).unwrap();
    assert_eq!(read.first().identity(), one.identity());
    // A cloud that is configured nowhere any more takes nobody else along.
    let elsewhere = Clouds::new(vec![], None);
    assert!(record::read(&record::write(&all), &elsewhere, NOW).is_none());
    assert!(record::read(b"{\"identities\":[]}", &clouds, NOW).is_none() && record::read(b"{}", &clouds, NOW).is_none());
}
