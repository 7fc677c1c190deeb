//! Answers of a cloud that means harm, or has lost its mind: whatever it says, a call ends, with a list or with an error.

use api::{error::ApiError, image::Image, instance::Instance};
use cloud::{Args, Backend, sign_in};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    image, instance,
    recorded::{Recorded, all},
    sign_in::{IDENTITY, TOKEN, typed},
};

/// One thing done to a document, at places in it.
#[derive(Clone, Debug)]
enum Harm {
    Cut(Index),
    TakeOut(Index, Index),
    Repeat(Index, Index),
    Insert(Index, &'static str),
}

const WORDS: &[&str] = &[
    "<",
    ">",
    "&",
    "\"",
    "</item>",
    "<item>",
    "<item/>",
    "&x;",
    "&#0;",
    "&#x110000;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<?xml",
    "<!DOCTYPE a>",
    "\0",
    "\u{fffd}",
    "\u{202e}",
    "-1",
    "99999999999999999999",
    "1e999",
    "true",
    " ",
    " xmlns=\"a\"",
    "0000-00-00T99:99:99Z",
];

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Harm::Cut),
        (at(), at()).prop_map(|(from, to)| Harm::TakeOut(from, to)),
        (at(), at()).prop_map(|(from, to)| Harm::Repeat(from, to)),
        (at(), proptest::sample::select(WORDS)).prop_map(|(at, word)| Harm::Insert(at, word)),
    ]
}

fn harmed(document: &str, harms: &[Harm]) -> String {
    let mut letters: Vec<char> = document.chars().collect();
    for harm in harms {
        let end = letters.len() + 1;
        let range = |from: &Index, to: &Index| {
            let (from, to) = (from.index(end), to.index(end));
            from.min(to)..from.max(to)
        };
        match harm {
            Harm::Cut(at) => letters.truncate(at.index(end)),
            Harm::TakeOut(from, to) => drop(letters.drain(range(from, to))),
            Harm::Repeat(from, to) => {
                let again = letters[range(from, to)].to_vec();
                drop(letters.splice(to.index(end)..to.index(end), again));
            }
            Harm::Insert(at, word) => drop(letters.splice(at.index(end)..at.index(end), word.chars())),
        }
    }
    letters.into_iter().collect()
}

fn run<T>(call: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(call)
}

fn listed<T: Backend>(action: &'static str, status: u16, answer: &str) -> Result<Vec<T>, ApiError> {
    run(async {
        // As often as a list may ask: for what is one's own, and for what others share.
        let (cloud, _) = Recorded::new().fail(action, status, answer).fail(action, status, answer).fail(action, status, answer).cloud();
        all(T::list(&cloud, &Args::new())).await
    })
}

proptest! {
    #[test]
    fn fuzz_no_answer_is_a_panic(harms in vec(harm(), 1..5), status in proptest::sample::select(&[200_u16, 400, 500][..])) {
        let images = listed::<Image>("DescribeImages", status, &harmed(image::ONE, &harms));
        let instances = listed::<Instance>("DescribeInstances", status, &harmed(instance::TWO, &harms));
        prop_assert!(status == 200 || (images.is_err() && instances.is_err()), "an error was taken for a list");
    }

    #[test]
    fn fuzz_no_token_is_a_panic(harms in vec(harm(), 0..4), more in vec(harm(), 0..4)) {
        let (token, identity) = (harmed(TOKEN, &harms), harmed(IDENTITY, &more));
        let signed = run(async {
            let recorded = Recorded::new().answer("GetSessionToken", &token).answer("GetCallerIdentity", &identity);
            sign_in(&recorded.target().0, &typed()).await
        });
        if let Ok(signed) = signed {
            prop_assert!(!signed.credentials.access_key_id.is_empty() && !signed.arn.is_empty(), "{signed:?}");
        }
    }
}

#[test]
fn entities_are_not_followed_and_depth_is_no_matter() {
    let bomb = image::ONE.replace("Windows_Server</name>", "&b;</name>");
    let bomb = format!("<!DOCTYPE a [<!ENTITY a \"c4nary\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>{bomb}");
    let names: Vec<_> = listed::<Image>("DescribeImages", 200, &bomb).into_iter().flatten().map(|image| image.name).collect();
    assert!(!format!("{names:?}").contains("c4nary"), "{names:?}");
    let deep = image::ONE.replace("<tagSet/>", &format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000)));
    assert!(listed::<Image>("DescribeImages", 200, &deep).is_ok_and(|images| !images.is_empty()));
}
