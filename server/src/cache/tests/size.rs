//! What a long list takes in memory, byte by byte.

use super::{
    super::{Writer, gzip::Encoder, load::Load},
    *,
};

/// Images of which no two are alike, as AWS has them: what they say can be compressed, their numbers cannot.
fn images_of_the_world(n: u64) -> Vec<Image> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut number = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let image = |_| {
        let name = format!("amzn2-ami-hvm-2.0.{}-x86_64-gp2", number());
        Image { id: format!("ami-{:017x}", number()), location: format!("amazon/{name}"), name, ..Image::sample() }
    };
    (0..n).map(image).collect()
}

#[tokio::test]
async fn a_copy_of_a_long_list_takes_less_than_twice_its_json_while_it_comes_and_after() {
    // What stands around a piece or a word.
    const AROUND: usize = 64;
    let bench = Bench::new();
    let lists = Lists::new(Terms::default(), 1 << 30, bench.clock.clock(), None, Telemetry::default());
    let rows = images_of_the_world(14_000);
    let load = move |mut writer: Writer| async move {
        for page in rows.chunks(1000) {
            assert!(writer.page(page).await);
        }
        writer.end();
    };
    let List::Loading(mut reader) = lists.list(images("ann"), false, load).await else { panic!("nothing was kept yet") };
    let Complete { pieces, summary } = reader.complete().await.unwrap();
    assert_eq!(summary.total, 14_000);
    let json = decode(&pieces.iter().map(AsRef::as_ref).collect::<Vec<_>>()).len();
    let List::Stored(stored) = lists.list(images("ann"), false, |_| async { panic!("it is kept") }).await else { panic!("it is kept") };
    let statuses: usize = stored.summary.by_status.keys().map(|status| status.len() + AROUND).sum();
    let kept = stored.weight() + stored.etag.len() + statuses;
    let coming: usize = pieces.iter().map(|piece| piece.len() + AROUND).sum();
    assert!(kept <= 2 * json, "{kept} bytes are kept of {json}");
    // At its end a list is there twice, for those who read it as it came and for those who come later.
    assert!(coming + kept <= 2 * json, "{coming} and {kept} bytes are held of {json}");
}

#[test]
fn no_buffer_has_room_left_over() {
    let mut encoder = Encoder::new();
    let load = Load::new();
    for page in images_of_the_world(300).chunks(100) {
        encoder.write(&serde_json::to_vec(page).unwrap());
        let piece = encoder.flush();
        load.push(piece);
    }
    let (last, _) = encoder.finish();
    let body = load.body(&last).try_into_mut().expect("nobody else has it");
    assert_eq!(body.capacity(), body.len());
    let mut encoder = Encoder::new();
    encoder.write(&serde_json::to_vec(&images_of_the_world(300)).unwrap());
    let piece = encoder.flush().try_into_mut().expect("nobody else has it");
    assert_eq!(piece.capacity(), piece.len());
}
