//! Clouds that users name: what is dialled, and what is not.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use api::{
    error::ErrorCode,
    session::{CloudInfo, CloudKind},
};
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns};
use cloud::{
    Endpoints, Settings, Target,
    transport::{Guard, guarded_by},
};
use tokio::net::TcpListener;

use crate::sign_in::typed;

/// Says nothing first, if asked to, and this machine from then on.
#[derive(Clone, Debug, Default)]
struct Rebinds {
    looks: Arc<AtomicUsize>,
    nothing_first: bool,
}

impl ResolveDns for Rebinds {
    fn resolve_dns<'a>(&'a self, _: &'a str) -> DnsFuture<'a> {
        let look = self.looks.fetch_add(1, Ordering::SeqCst);
        let here = "127.0.0.1".parse().expect("an address");
        DnsFuture::ready(Ok(if self.nothing_first && look == 0 { vec![] } else { vec![here] }))
    }
}

/// Tries to sign in at this endpoint, and says how it ended.
async fn attempt(endpoint: &str, resolver: Rebinds) -> ErrorCode {
    let info = CloudInfo { key: "custom".into(), label: "Custom".into(), kind: CloudKind::Generic, regions: vec!["us-east-1".into()] };
    let patience = std::time::Duration::from_millis(300);
    let settings = Settings {
        connect_timeout: patience,
        attempt_timeout: patience,
        max_attempts: 3,
        initial_backoff: std::time::Duration::from_millis(1),
        ..Settings::default()
    };
    let guard = Guard::new(|_| true);
    let target = Target::new(info, Endpoints::pattern(endpoint), guarded_by(guard, resolver), settings).expect("an endpoint");
    cloud::sign_in(&Arc::new(target), &typed()).await.expect_err("nobody is there").code
}

#[tokio::test]
async fn what_may_not_be_dialled_is_not() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let port = listener.local_addr().expect("it listens").port();
    let dialled = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&dialled);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let by_name = format!("https://inside.example:{port}");
    for (endpoint, nothing_first) in [
        (by_name.as_str(), false),
        // What passed once, as nothing does, is looked at again.
        (by_name.as_str(), true),
        (&format!("https://127.0.0.1:{port}"), false),
        (&format!("https://[::ffff:127.0.0.1]:{port}"), false),
        // Names to the resolver, numbers to the system: a look decides, whatever they are taken for.
        (&format!("https://2130706433:{port}"), false),
    ] {
        let resolver = Rebinds { nothing_first, ..Rebinds::default() };
        let code = attempt(endpoint, resolver.clone()).await;
        assert!(matches!(code, ErrorCode::Unreachable | ErrorCode::Timeout), "{endpoint}: {code:?}");
        if nothing_first {
            assert!(resolver.looks.load(Ordering::SeqCst) > 1, "it was looked at once: the test proves nothing");
        }
        assert_eq!(dialled.load(Ordering::SeqCst), 0, "{endpoint} was dialled");
    }
}
