//! Each property of the cache, with loads that the test holds in its hand.

mod size;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use api::{
    error::{ApiError, ErrorCode},
    image::Image,
    instance::Instance,
    kind::Kind,
    resource::Resource,
};
use futures::{StreamExt, pin_mut};
use tokio::sync::mpsc;

use super::{Decoder, Key, List, Lists, Scope, Terms, load::Complete};
use crate::{clock::ManualClock, telemetry::Telemetry};

/// What a load does next, said by the test.
enum Step {
    Page(Vec<Image>),
    End,
    Fail,
}

struct Bench {
    lists: Lists,
    clock: ManualClock,
    loads: Arc<AtomicUsize>,
}

impl Bench {
    fn new() -> Self {
        let clock = ManualClock::at(1_000_000);
        Self { lists: Lists::new(Terms::default(), 1 << 20, clock.clock(), None, Telemetry::default()), clock, loads: Arc::default() }
    }

    /// Asks for a list whose load answers these images at once.
    async fn ask(&self, key: Key, reload: bool, images: &[&str]) -> List {
        let images: Vec<_> = images.iter().map(|id| image(id)).collect();
        let loads = Arc::clone(&self.loads);
        self.lists
            .list(key, reload, move |mut writer| async move {
                loads.fetch_add(1, Ordering::SeqCst);
                if writer.page(&images).await {
                    writer.end();
                }
            })
            .await
    }

    /// Asks for a list whose load does what the other end says.
    async fn hold(&self, key: Key) -> (mpsc::Sender<Step>, List) {
        let (say, mut hear) = mpsc::channel(8);
        let loads = Arc::clone(&self.loads);
        let list = self
            .lists
            .list(key, false, move |mut writer| async move {
                loads.fetch_add(1, Ordering::SeqCst);
                while let Some(step) = hear.recv().await {
                    match step {
                        Step::Page(images) => {
                            if !writer.page(&images).await {
                                return;
                            }
                        }
                        Step::End => return writer.end(),
                        Step::Fail => return writer.fail(ApiError::new(ErrorCode::Throttled, "Rate exceeded")),
                    }
                }
            })
            .await;
        (say, list)
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::SeqCst)
    }
}

fn image(id: &str) -> Image {
    Image { id: id.into(), ..Image::sample() }
}

fn scope(principal: &str) -> Arc<Scope> {
    Arc::new(Scope { cloud: "aws".into(), region: "us-east-1".into(), principal: principal.into() })
}

fn key(kind: Kind, principal: &str) -> Key {
    Key { kind, args: BTreeMap::new(), scope: scope(principal) }
}

fn images(principal: &str) -> Key {
    key(Kind::Image, principal)
}

/// The ids of a list, waited for.
async fn ids(list: List) -> Result<String, ApiError> {
    Ok(match list {
        List::Stored(list) => found(&decode(&[&list.body])),
        List::Loading(mut reader) => {
            let Complete { pieces, .. } = reader.complete().await?;
            found(&decode(&pieces.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
        }
    })
}

fn decode(pieces: &[&[u8]]) -> String {
    let mut decoder = Decoder::new();
    pieces.iter().map(|piece| String::from_utf8(decoder.decode(piece).unwrap().to_vec()).unwrap()).collect()
}

fn found(text: &str) -> String {
    text.split("\"id\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_kept_list_is_loaded_once() {
    let bench = Bench::new();
    assert_eq!(ids(bench.ask(images("ann"), false, &["a", "b"]).await).await.unwrap(), "a b");
    let second = bench.ask(images("ann"), false, &["c"]).await;
    assert!(matches!(second, List::Stored(_)), "the second request asked the cloud again");
    assert_eq!(ids(second).await.unwrap(), "a b");
    assert_eq!(bench.loads(), 1);
}

#[tokio::test]
async fn a_kept_list_ends_with_its_term() {
    let bench = Bench::new();
    ids(bench.ask(images("ann"), false, &["a"]).await).await.unwrap();
    bench.clock.advance(3599);
    assert_eq!(ids(bench.ask(images("ann"), false, &["b"]).await).await.unwrap(), "a");
    bench.clock.advance(1);
    assert_eq!(ids(bench.ask(images("ann"), false, &["b"]).await).await.unwrap(), "b");
}

#[tokio::test]
async fn kinds_without_a_term_are_loaded_each_time() {
    let bench = Bench::new();
    for expected in 1..=2 {
        ids(bench.ask(key(Kind::Volume, "ann"), false, &["a"]).await).await.unwrap();
        assert_eq!(bench.loads(), expected);
    }
}

#[tokio::test]
async fn a_hundred_at_once_cost_one_load() {
    for kind in [Kind::Image, Kind::Instance] {
        let bench = Bench::new();
        let (say, first) = bench.hold(key(kind, "ann")).await;
        let mut all = vec![first];
        for _ in 1..100 {
            all.push(bench.ask(key(kind, "ann"), false, &["never"]).await);
        }
        say.send(Step::Page(vec![image("a")])).await.unwrap();
        say.send(Step::End).await.unwrap();
        for list in all {
            assert_eq!(ids(list).await.unwrap(), "a");
        }
        assert_eq!(bench.loads(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn the_first_page_leaves_before_the_second_has_arrived() {
    let bench = Bench::new();
    let (say, list) = bench.hold(images("ann")).await;
    let List::Loading(mut reader) = list else { panic!("nothing was kept yet") };
    say.send(Step::Page(vec![image("a")])).await.unwrap();
    reader.begun().await.unwrap();
    let pieces = reader.pieces();
    pin_mut!(pieces);
    let first = pieces.next().await.unwrap();
    assert_eq!(found(&decode(&[&first])), "a");
    say.send(Step::Page(vec![image("b")])).await.unwrap();
    say.send(Step::End).await.unwrap();
    let rest: Vec<_> = pieces.collect().await;
    let all: Vec<&[u8]> = std::iter::once(&first).chain(&rest).map(AsRef::as_ref).collect();
    let text = decode(&all);
    assert_eq!(found(&text), "a b");
    assert!(text.ends_with("{\"end\":{\"total\":2}}\n"), "{text}");
}

#[tokio::test]
async fn who_joins_late_reads_from_the_start() {
    let bench = Bench::new();
    let (say, first) = bench.hold(images("ann")).await;
    say.send(Step::Page(vec![image("a")])).await.unwrap();
    let List::Loading(mut reader) = first else { panic!("nothing was kept yet") };
    reader.begun().await.unwrap();
    let late = bench.ask(images("ann"), false, &["never"]).await;
    // The one who asked first goes away; the other still gets everything.
    drop(reader);
    say.send(Step::Page(vec![image("b")])).await.unwrap();
    say.send(Step::End).await.unwrap();
    assert_eq!(ids(late).await.unwrap(), "a b");
    assert_eq!(bench.loads(), 1);
}

#[tokio::test]
async fn a_load_that_nobody_reads_and_nobody_keeps_is_given_up() {
    let bench = Bench::new();
    let (say, list) = bench.hold(key(Kind::Volume, "ann")).await;
    drop(list);
    say.send(Step::Page(vec![image("a")])).await.unwrap();
    say.closed().await;
    assert_eq!(ids(bench.ask(key(Kind::Volume, "ann"), false, &["b"]).await).await.unwrap(), "b");
}

#[tokio::test]
async fn a_load_begun_before_a_change_is_never_served_after_it() {
    let bench = Bench::new();
    let (say, before) = bench.hold(images("ann")).await;
    say.send(Step::Page(vec![image("old")])).await.unwrap();
    bench.lists.touch(&scope("ann"), &[Kind::Image]).await;
    // Neither joined while it is under way …
    assert_eq!(ids(bench.ask(images("ann"), false, &["new"]).await).await.unwrap(), "new");
    say.send(Step::End).await.unwrap();
    assert_eq!(ids(before).await.unwrap(), "old");
    // … nor kept when it ends last.
    assert_eq!(ids(bench.ask(images("ann"), false, &["newest"]).await).await.unwrap(), "new");
}

#[tokio::test]
async fn a_change_touches_what_it_names_and_nothing_else() {
    let bench = Bench::new();
    for (kind, principal) in [(Kind::Image, "ann"), (Kind::Zone, "ann"), (Kind::Image, "bob")] {
        ids(bench.ask(key(kind, principal), false, &["old"]).await).await.unwrap();
    }
    bench.lists.touch_after(&scope("ann"), &[Kind::Image], async {}).await;
    assert_eq!(ids(bench.ask(images("ann"), false, &["new"]).await).await.unwrap(), "new");
    assert_eq!(ids(bench.ask(key(Kind::Zone, "ann"), false, &["new"]).await).await.unwrap(), "old");
    assert_eq!(ids(bench.ask(images("bob"), false, &["new"]).await).await.unwrap(), "old");
}

#[tokio::test]
async fn a_change_that_panics_makes_stale_too() {
    let bench = Bench::new();
    ids(bench.ask(images("ann"), false, &["old"]).await).await.unwrap();
    let lists = bench.lists.clone();
    let change = tokio::spawn(async move { lists.touch_after(&scope("ann"), &[Kind::Image], async { panic!("half-way") }).await });
    assert!(change.await.is_err());
    assert_eq!(ids(bench.ask(images("ann"), false, &["new"]).await).await.unwrap(), "new");
}

#[tokio::test]
async fn two_principals_clouds_or_regions_never_share() {
    let bench = Bench::new();
    let at = |cloud: &str, region: &str, principal: &str| Key {
        scope: Arc::new(Scope { cloud: cloud.into(), region: region.into(), principal: principal.into() }),
        ..images("")
    };
    let keys = [at("aws", "us-east-1", "ann"), at("aws", "us-east-1", "bob"), at("aws", "eu-west-1", "ann"), at("own", "us-east-1", "ann")];
    for &kind in Kind::ALL {
        for (index, key) in keys.iter().enumerate() {
            let own = index.to_string();
            let key = Key { kind, ..key.clone() };
            assert_eq!(ids(bench.ask(key, false, &[&own]).await).await.unwrap(), own, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn what_knows_no_regions_is_one_list_in_all_of_them() {
    let bench = Bench::new();
    let here = || key(Kind::User, "ann");
    let there = || Key { scope: Arc::new(Scope { region: "eu-west-1".into(), ..Scope::clone(&scope("ann")) }), ..here() };
    let (say, _list) = bench.hold(here()).await;
    let joined = bench.ask(there(), false, &["another"]).await;
    say.send(Step::Page(vec![image("one")])).await.unwrap();
    say.send(Step::End).await.unwrap();
    assert_eq!(ids(joined).await.unwrap(), "one");
    // What is changed there is stale here.
    let (_say, _list) = bench.hold(here()).await;
    bench.lists.touch(&there().scope, &[Kind::User]).await;
    assert_eq!(ids(bench.ask(here(), false, &["new"]).await).await.unwrap(), "new");
}

#[tokio::test]
async fn arguments_make_another_list() {
    let bench = Bench::new();
    let owner = |owner: &str| Key { args: BTreeMap::from([("owner".into(), owner.into())]), ..images("ann") };
    assert_eq!(ids(bench.ask(owner("self"), false, &["a"]).await).await.unwrap(), "a");
    assert_eq!(ids(bench.ask(owner("amazon"), false, &["b"]).await).await.unwrap(), "b");
    assert_eq!(ids(bench.ask(owner("self"), false, &["c"]).await).await.unwrap(), "a");
}

#[tokio::test]
async fn a_reload_asks_the_cloud_and_replaces_what_was_kept() {
    let bench = Bench::new();
    ids(bench.ask(images("ann"), false, &["a"]).await).await.unwrap();
    assert_eq!(ids(bench.ask(images("ann"), true, &["b"]).await).await.unwrap(), "b");
    assert_eq!(ids(bench.ask(images("ann"), false, &["c"]).await).await.unwrap(), "b");
}

#[tokio::test]
async fn a_load_overtaken_by_a_reload_is_not_kept() {
    let bench = Bench::new();
    let (say, slow) = bench.hold(images("ann")).await;
    say.send(Step::Page(vec![image("old")])).await.unwrap();
    assert_eq!(ids(bench.ask(images("ann"), true, &["new"]).await).await.unwrap(), "new");
    say.send(Step::End).await.unwrap();
    assert_eq!(ids(slow).await.unwrap(), "old");
    assert_eq!(ids(bench.ask(images("ann"), false, &["newest"]).await).await.unwrap(), "new");
}

#[tokio::test]
async fn an_error_is_not_kept() {
    let bench = Bench::new();
    let (say, list) = bench.hold(images("ann")).await;
    say.send(Step::Fail).await.unwrap();
    let List::Loading(mut reader) = list else { panic!("nothing was kept yet") };
    assert_eq!(reader.begun().await.unwrap_err().code, ErrorCode::Throttled, "an answer without rows is the error itself");
    assert_eq!(ids(bench.ask(images("ann"), false, &["a"]).await).await.unwrap(), "a");
}

#[tokio::test]
async fn a_failure_half_way_gives_the_rows_then_the_error() {
    let bench = Bench::new();
    let (say, list) = bench.hold(images("ann")).await;
    say.send(Step::Page(vec![image("a")])).await.unwrap();
    say.send(Step::Fail).await.unwrap();
    let List::Loading(mut reader) = list else { panic!("nothing was kept yet") };
    reader.begun().await.unwrap();
    let pieces: Vec<_> = reader.pieces().collect().await;
    let text = decode(&pieces.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    let (rows, error) = text.trim_end().split_once('\n').unwrap();
    assert_eq!(found(rows), "a");
    assert!(error.starts_with("{\"error\":{\"code\":\"throttled\""), "{error}");
    assert_eq!(ids(bench.ask(images("ann"), false, &["b"]).await).await.unwrap(), "b");
}

#[tokio::test]
async fn a_load_that_panics_fails_for_those_who_wait() {
    let bench = Bench::new();
    let list = bench
        .lists
        .list(images("ann"), false, |writer| async move {
            let _writer = writer;
            panic!("in a loader");
        })
        .await;
    assert_eq!(ids(list).await.unwrap_err().code, ErrorCode::Internal);
    assert_eq!(ids(bench.ask(images("ann"), false, &["a"]).await).await.unwrap(), "a");
}

#[tokio::test]
async fn a_list_with_something_in_transition_is_not_kept() {
    let bench = Bench::new();
    let pending = Image { state: "pending".into(), ..image("a") };
    let (say, list) = bench.hold(images("ann")).await;
    say.send(Step::Page(vec![pending])).await.unwrap();
    say.send(Step::End).await.unwrap();
    assert_eq!(ids(list).await.unwrap(), "a");
    assert_eq!(ids(bench.ask(images("ann"), false, &["b"]).await).await.unwrap(), "b");
}

#[tokio::test]
async fn equal_lists_have_equal_tags_and_others_do_not() {
    let bench = Bench::new();
    let mut tags = vec![];
    for content in ["a", "a", "b"] {
        ids(bench.ask(images("ann"), true, &[content]).await).await.unwrap();
        let List::Stored(list) = bench.ask(images("ann"), false, &[]).await else { panic!("not kept") };
        tags.push(list.etag.clone());
    }
    assert_eq!(tags[0], tags[1]);
    assert_ne!(tags[1], tags[2]);
}

#[tokio::test]
async fn a_huge_page_is_sent_in_lines_and_counted_by_status() {
    let bench = Bench::new();
    let rows: Vec<_> = (0..2500).map(|n| Instance { id: format!("i-{n}"), ..Instance::sample() }).collect();
    let list = bench
        .lists
        .list(key(Kind::Instance, "ann"), false, move |mut writer| async move {
            if writer.page(&rows).await {
                writer.end();
            }
        })
        .await;
    let List::Loading(mut reader) = list else { panic!("instances are not kept") };
    let complete = reader.complete().await.unwrap();
    assert_eq!(complete.summary.total, 2500);
    assert_eq!(complete.summary.by_status, BTreeMap::from([("running".into(), 2500)]));
    assert_eq!(decode(&complete.pieces.iter().map(AsRef::as_ref).collect::<Vec<_>>()).lines().count(), 4);
}
