use std::time::Duration;

use super::{
    Address, Keys, Name,
    double::{KEY, Own, shared},
};

const OTHER: &str = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

fn keys(text: &str) -> Keys {
    Keys::parse(text).unwrap()
}

const MINUTE: Duration = Duration::from_mins(1);

#[test]
fn what_was_sealed_opens_for_its_own_name_and_by_its_own_key_alone() {
    let sealed = keys(KEY).seal("name", b"c4nary");
    assert!(!sealed.windows(6).any(|window| window == b"c4nary"));
    assert_ne!(sealed, keys(KEY).seal("name", b"c4nary"), "a nonce was used twice");
    assert_eq!(keys(KEY).open("name", &sealed).as_deref(), Some(&b"c4nary"[..]));
    assert_eq!(keys(&format!("{OTHER},{KEY}")).open("name", &sealed).as_deref(), Some(&b"c4nary"[..]), "an old key no longer opens");
    assert_eq!(keys(KEY).open("other", &sealed), None);
    assert_eq!(keys(OTHER).open("name", &sealed), None);
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(keys(KEY).open("name", &changed), None, "byte {at} can be changed");
        assert_eq!(keys(KEY).open("name", &sealed[..at]), None, "cut at {at}");
    }
}

#[test]
fn a_key_file_is_made_once_and_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("canopy-key-{}", std::process::id()));
    let path = folder.join("below/store.key");
    let (made, first) = Keys::read_or_make(&path).unwrap();
    let (read, again) = Keys::read_or_make(&path).unwrap();
    assert!(first && !again);
    assert_eq!(read.open("name", &made.seal("name", b"value")).as_deref(), Some(&b"value"[..]));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "a draft was left behind");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn bad_keys_are_refused_without_being_shown() {
    for bad in ["", "# nothing", "c4nary", &KEY[1..], &format!("{KEY},c4nary")] {
        let said = Keys::parse(bad).unwrap_err().to_string();
        assert!(!said.contains("c4nary"), "{said}");
    }
    assert!(!format!("{:?}", keys(KEY)).contains(KEY));
}

#[test]
fn addresses_show_no_password() {
    for (text, shown) in [
        ("redis://user:c4nary@store.example:6380/2", "redis://store.example:6380/2"),
        ("rediss://:c4nary@store.example", "rediss://store.example"),
        ("memcached://store.example", "memcached://store.example:11211"),
    ] {
        let address: Address = text.parse().unwrap();
        assert_eq!(address.to_string(), shown);
        assert!(!format!("{address:?}").contains("c4nary"));
    }
    for bad in ["", "store.example:6379", "http://c4nary@store.example", "memcached://host/x", "redis://"] {
        let said = bad.parse::<Address>().unwrap_err();
        assert!(said.contains("expected redis://") && !said.contains("c4nary"), "{said}");
    }
}

#[tokio::test]
async fn names_and_values_tell_nothing() {
    let (store, name) = (Own::default(), Name::new("session", &[b"c4nary"]));
    shared(&store).set(&name, b"c4nary", MINUTE).await.unwrap();
    let state = store.state();
    let dump: Vec<u8> = state.entries.iter().flat_map(|(name, value)| [name.as_bytes(), value].concat()).collect();
    assert!(!dump.windows(6).any(|window| window == b"c4nary"));
    assert_ne!(Name::new("list", &[b"ab", b"c"]), Name::new("list", &[b"a", b"bc"]));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_is_not_waited_for_again_and_again() {
    let store = Own::default();
    let shared = shared(&store);
    store.state().hangs = true;
    let begun = tokio::time::Instant::now();
    let name = Name::new("list", &[]);
    assert!(shared.get(&name, None).await.is_err());
    assert_eq!(begun.elapsed(), Duration::from_millis(500));
    let asked = store.state().asked;
    for _ in 0..100 {
        assert!(shared.get(&name, None).await.is_err());
    }
    assert_eq!((store.state().asked, begun.elapsed()), (asked, Duration::from_millis(500)));
    store.state().hangs = false;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(shared.get(&name, None).await, Ok(None), "it did not come back by itself");
}

#[tokio::test(start_paused = true)]
async fn what_must_be_written_is_written_before_anything_is_read_again() {
    let store = Own::default();
    let shared = shared(&store);
    let (epoch, session) = (Name::new("epoch", &[]), Name::new("session", &[]));
    shared.set(&session, b"alive", MINUTE).await.unwrap();
    store.set_down(true);
    shared.surely_set(&epoch, || b"new".to_vec(), MINUTE).await;
    shared.surely_remove(&session).await;
    store.set_down(false);
    while shared.get(&epoch, None).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(shared.get(&epoch, None).await.unwrap().as_deref(), Some(&b"new"[..]));
    assert_eq!(shared.get(&session, None).await.unwrap(), None, "an ended session came back");
}
