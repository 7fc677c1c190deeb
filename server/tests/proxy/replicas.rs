//! Several replicas with one store: any of them serves any request, and none serves what a change on another made stale.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use axum::http::{Method, StatusCode};
use server::{
    config::{Config, Options},
    shared::{Name, Shared},
    telemetry::Telemetry,
};

use crate::{
    browser::{Browser, Console},
    stores::Server,
};

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const OTHER_KEY: &str = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

fn with(address: &str, keys: &str) -> String {
    format!("[store]\naddress = \"{address}\"\nkeys = \"{keys}\"\ntimeout = 2000\n[cache]\nterms = {{ keypairs = \"long\" }}\n")
}

async fn names(browser: &mut Browser) -> Vec<String> {
    let answer = browser.send(Method::GET, "/api/keypairs?region=us-east-1", &[("accept", "application/json")], "").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let rows = answer.json();
    rows.as_array().expect("a list").iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

async fn make(browser: &mut Browser, name: &str) {
    let body = format!(r#"{{"name":"{name}","key_type":"ed25519"}}"#);
    let answer = browser.post("/api/keypairs?region=us-east-1", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

/// How often lists of key pairs were found there.
fn found(console: &Console, place: &str) -> u64 {
    let text = console.app.telemetry.text(0, false);
    let line = format!("canopy_lists_total{{namespace=\"keypairs\",found=\"{place}\"}} ");
    text.lines().find_map(|found| found.strip_prefix(&line)).and_then(|count| count.parse().ok()).expect("it is counted")
}

#[tokio::test]
async fn any_replica_serves_any_request_and_an_ended_session_is_ended_on_all() {
    for store in [Server::redis(), Server::memcached()] {
        let [one, other] = Console::replicas(&with(&store.address(), KEY));
        let mut here = one.signed_in().await;
        let mut there = here.at(&other);
        for _ in 0..2 {
            assert_eq!(there.get("/api/session").await.json()["user"], here.get("/api/session").await.json()["user"]);
        }
        make(&mut there, "made-there").await;
        assert!(names(&mut here).await.contains(&"made-there".to_owned()));
        assert_eq!(there.delete("/api/session").await.status, StatusCode::NO_CONTENT);
        let refused = here.get("/api/session").await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNAUTHORIZED, "session_expired"), "{}", store.address());
    }
}

#[tokio::test]
async fn a_list_loaded_by_one_replica_is_there_for_the_other() {
    for store in [Server::redis(), Server::memcached()] {
        let [one, other] = Console::replicas(&with(&store.address(), KEY));
        let mut here = one.signed_in().await;
        let mut there = here.at(&other);
        let begun = Instant::now();
        // A list goes there after the answer has left, so the other may be too quick for it once or twice.
        for change in 0.. {
            assert!(begun.elapsed() < Duration::from_secs(20), "no list was ever shared");
            make(&mut here, &format!("k{change}")).await;
            let listed = names(&mut here).await;
            assert_eq!(names(&mut there).await, listed);
            if found(&other, "shared") > 0 {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_replica_serves_a_list_from_before_a_change_under_load() {
    const CHANGES: usize = 12;
    for store in [Server::redis(), Server::memcached()] {
        let replicas: [Console; 2] = Console::replicas(&with(&store.address(), KEY));
        let signed_in = replicas[0].signed_in().await;
        let (acknowledged, over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let reader = async |at: usize| {
            let mut browser = signed_in.at(&replicas[at % 2]);
            let mut reads = 0;
            while !over.load(Ordering::SeqCst) {
                let before = acknowledged.load(Ordering::SeqCst);
                let listed = names(&mut browser).await.iter().filter(|name| name.starts_with("load-")).count();
                assert!(listed >= before, "{listed} of {before} on {} at {}", at % 2, store.address());
                reads += 1;
                tokio::task::yield_now().await;
            }
            reads
        };
        let writer = async {
            for change in 0..CHANGES {
                make(&mut signed_in.at(&replicas[change % 2]), &format!("load-{change}")).await;
                acknowledged.fetch_add(1, Ordering::SeqCst);
                // Long enough for lists to be kept, and found.
                for _ in 0..4 {
                    names(&mut signed_in.at(&replicas[(change + 1) % 2])).await;
                }
            }
            over.store(true, Ordering::SeqCst);
        };
        let (reads, ()) = tokio::join!(futures::future::join_all((0..6).map(reader)), writer);
        let reads: usize = reads.iter().sum();
        assert!(reads > CHANGES, "{reads} reads are no load");
        for replica in &replicas {
            assert!(found(replica, "here") > 0, "nothing was kept: the test proves nothing");
        }
        assert!(replicas.iter().map(|replica| found(replica, "shared")).sum::<u64>() > 0, "nothing was shared");
    }
}

#[tokio::test]
async fn without_the_store_known_sessions_go_on_and_nobody_else_is_let_in_or_thrown_out() {
    for mut store in [Server::redis(), Server::memcached()] {
        let [one, other] = Console::replicas(&with(&store.address(), KEY));
        let mut here = one.signed_in().await;
        names(&mut here).await;
        store.kill();
        make(&mut here, "in-the-dark").await;
        assert!(names(&mut here).await.contains(&"in-the-dark".to_owned()), "a list from before the change");
        let mut there = here.at(&other);
        let unknown = there.get("/api/session").await;
        assert_eq!((unknown.status, unknown.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "unreachable"));
        let page = there.get("/instances").await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "the sign-in page would be a lie");
        let refused = one.browser().post("/api/session", r#"{"cloud":"demo"}"#).await;
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.text().contains("nobody can sign in"), "{}", refused.text());
        assert!(one.app.telemetry.text(0, false).contains("canopy_store_up 0"));

        store.go_on();
        let begun = Instant::now();
        while !one.app.telemetry.text(0, false).contains("canopy_store_up 1") {
            assert!(begun.elapsed() < Duration::from_secs(20), "it did not find the store again");
            tokio::task::yield_now().await;
        }
        one.signed_in().await;
    }
}

#[tokio::test]
async fn a_store_that_remembers_an_older_state_brings_no_old_list_back() {
    let folder = tempfile("remembers");
    let mut store = Server::redis_that_remembers(&folder);
    let [one, other] = Console::replicas(&with(&store.address(), KEY));
    let mut here = one.signed_in().await;
    names(&mut here).await;
    let mut there = here.at(&other);
    names(&mut there).await;
    store.save();
    // The store is told of this, and forgets it.
    make(&mut here, "meanwhile").await;
    store.kill();
    store.go_on();
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < Duration::from_secs(20), "the session did not come back with the store");
        let answer = there.get("/api/session").await;
        if answer.status == StatusCode::OK && other.app.telemetry.text(0, false).contains("canopy_store_up 1") {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert!(names(&mut there).await.contains(&"meanwhile".to_owned()), "a list from before the change came back with the store");
}

#[tokio::test]
async fn what_is_larger_than_an_item_is_cut_and_is_there_whole_or_not_at_all() {
    let store = Server::memcached();
    let text = format!("{}[demo]\nenabled = true\n", with(&store.address(), KEY));
    let config = Config::parse("canopy.toml".as_ref(), &text, Options::default()).expect("the configuration is fine");
    let shared = Shared::configured(&config, &Telemetry::default()).expect("it can be made").expect("it is configured");
    let (name, keep) = (Name::new("list", &[b"large"]), Duration::from_mins(1));
    // Each byte has a value of its own place, so that parts in another order are noticed.
    let large: Vec<u8> = (0..3_500_000_u32).map(|at| (at % 251) as u8).collect();
    let parts = || {
        let dump = store.say("lru_crawler metadump all", "END\r\n").replace("%3A", ":");
        let keys = dump.lines().filter_map(|line| line.strip_prefix("key=")?.split(' ').next().map(str::to_owned));
        keys.filter(|key| key.split(':').count() == 6).collect::<Vec<_>>()
    };
    shared.set(&name, &large, keep).await.expect("it is up");
    assert!(parts().len() > 3, "it was not cut: {:?}", parts());
    assert!(shared.get(&name, None).await.expect("it is up").is_some_and(|found| found == large), "it did not come back whole");

    let lost = parts().into_iter().find(|key| key.ends_with(":1")).expect("a second part");
    assert_eq!(store.say(&format!("delete {lost}"), "\r\n"), "DELETED\r\n");
    assert_eq!(shared.get(&name, None).await, Ok(None), "a part is lost");

    shared.set(&name, &large[1..], keep).await.expect("it is up");
    assert!(shared.get(&name, Some(keep)).await.expect("it is up").is_some_and(|found| found == large[1..]), "of two writes the parts met");
    shared.set(&name, b"small", keep).await.expect("it is up");
    assert_eq!(shared.get(&name, None).await.expect("it is up").as_deref(), Some(&b"small"[..]));
}

#[tokio::test]
async fn over_tls_a_store_is_believed_if_somebody_vouches_for_it() {
    let folder = tempfile("store-tls");
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    std::fs::write(format!("{folder}/tls.crt"), made.cert.pem()).expect("our own folder");
    std::fs::write(format!("{folder}/tls.key"), made.signing_key.serialize_pem()).expect("our own folder");
    let store = Server::redis_over_tls(&folder);
    let text = with(&store.address(), KEY);
    assert!(text.contains("rediss://"));
    let vouched = text.replace("[cache]", &format!("ca_bundle = \"{folder}/tls.crt\"\n[cache]"));
    let [one, other] = Console::replicas(&vouched);
    let here = one.signed_in().await;
    assert_eq!(here.at(&other).get("/api/session").await.status, StatusCode::OK);

    let [stranger] = Console::replicas(&text);
    let refused = stranger.browser().post("/api/session", r#"{"cloud":"demo"}"#).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text());
}

#[tokio::test]
async fn a_key_is_changed_without_signing_anybody_out() {
    let store = Server::redis();
    let address = store.address();
    // Both keys everywhere first, then the new one first, then the old one nowhere.
    let text = |keys: &str| with(&address, keys);
    let before: [Console; 1] = Console::replicas(&text(KEY));
    let browser = before[0].signed_in().await;
    for keys in [format!("{KEY},{OTHER_KEY}"), format!("{OTHER_KEY},{KEY}")] {
        let [next] = Console::replicas(&text(&keys));
        assert_eq!(browser.at(&next).get("/api/session").await.status, StatusCode::OK, "{keys}");
    }
    let [stranger] = Console::replicas(&text(OTHER_KEY));
    assert_eq!(browser.at(&stranger).get("/api/session").await.status, StatusCode::UNAUTHORIZED);
    assert!(stranger.app.telemetry.text(0, false).contains("canopy_store_unreadable_total 1"));
}

/// A folder for this test, empty.
fn tempfile(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("folders can be made");
    folder.display().to_string()
}
