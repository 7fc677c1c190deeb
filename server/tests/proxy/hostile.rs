//! Input that means harm: every route, with everything that could be wrong with a request. Each has its answer, and the next request too.

use std::sync::LazyLock;

use axum::http::{Method, StatusCode};
use proptest::prelude::*;
use server::{
    config::{Config, Options},
    routes::{Guard, TABLE},
};

use crate::browser::Console;

const OURS: &[(&str, &str)] = &[("x-canopy", "1"), ("content-type", "application/json")];

fn path(pattern: &str) -> String {
    pattern.replace("{kind}", "instances").replace("{id}", "i-0123456789abcdef0")
}

#[tokio::test]
async fn hostile_input_has_its_answer_on_every_route() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let huge = "x".repeat(10 * 1024 * 1024);
    let deep = "[".repeat(200_000);
    let forms = &[("content-type", "application/x-www-form-urlencoded")][..];
    for (name, pattern, guard) in TABLE {
        if *name != "POST" {
            continue;
        }
        let headers = if *guard == Guard::Form { forms } else { OURS };
        let method: Method = name.parse().expect("a method");
        let path = path(pattern);
        // Signing out reads no body, so there is none that could be wrong, and it is not our session that it ends.
        let reads = *pattern != "/logout";
        let mut browser = if reads { browser.clone() } else { console.browser() };
        let answer = browser.send(method.clone(), &path, headers, &huge).await;
        assert!(answer.status == StatusCode::PAYLOAD_TOO_LARGE || !reads, "{name} {path}: 10 MB were answered with {}", answer.status);
        for (what, body) in [("nothing", ""), ("half", "{\"action\":"), ("deep", &deep), ("not UTF-8", "\u{fffd}\0"), ("null", "null")] {
            let answer = browser.send(method.clone(), &path, headers, body).await;
            assert!(!answer.status.is_server_error(), "{name} {path}: {what} was answered with {}", answer.status);
        }
    }
    for query in ["region=%ff", "region=a&region=b", "region=../..", &format!("owner={}", "a".repeat(60_000)), "=", "&&&", "%"] {
        let answer = browser.get(&format!("/api/images?{query}")).await;
        assert!(!answer.status.is_server_error(), "{query:.40} was answered with {}", answer.status);
    }
    assert_eq!(browser.get("/api/session").await.status, StatusCode::OK, "the session did not survive");
}

proptest! {
    #[test]
    fn fuzz_no_configuration_is_a_panic(text in "(?s).{0,400}") {
        let _ = Config::parse("canopy.toml".as_ref(), &text, Options::default());
    }

    #[test]
    fn fuzz_no_setting_is_a_panic(
        key in "listen|public_origin|trusted_proxies|store.address|store.keys|tls.certificate|session.idle|limits.sign_in_tries|audit|drain",
        value in "[ -~]{0,60}",
    ) {
        for text in [format!("{key} = {value}"), format!("{key} = {value:?}"), format!("{key} = [{value:?}]")] {
            if let Err(problem) = Config::parse("canopy.toml".as_ref(), &text, Options::default()) {
                prop_assert!(!problem.to_string().is_empty());
            }
        }
    }

    #[test]
    fn fuzz_cookies_and_queries_are_answered(cookie in "[ -~]{0,200}", query in "[!-\"$-~]{0,100}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        static CONSOLE: LazyLock<Console> = LazyLock::new(Console::new);
        let answered = runtime.block_on(async {
            let mut browser = CONSOLE.browser();
            browser.cookie = Some(format!("canopy={cookie}"));
            let uri = format!("/api/images?{query}");
            if uri.parse::<axum::http::Uri>().is_err() {
                return StatusCode::UNAUTHORIZED;
            }
            browser.get(&uri).await.status
        });
        prop_assert_eq!(answered, StatusCode::UNAUTHORIZED);
    }
}
