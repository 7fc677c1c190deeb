//! What the proxy paints, before any browser has it: whole documents, as the content security policy wants them.
#![cfg(feature = "ssr")]
#![recursion_limit = "256"]

use api::{
    error::{ApiError, ErrorCode},
    session::{Boot, CloudInfo, CloudKind, Refused, SessionInfo, SignInBy, Theme},
};
use app::{Assets, Missing, shell};
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

fn boot(session: bool, locale: &str) -> Boot {
    let demo = CloudInfo {
        key: "demo".into(),
        label: "Demo cloud".into(),
        kind: CloudKind::Demo,
        regions: vec!["us-east-1".into(), "eu-central-1".into()],
    };
    let aws = CloudInfo { key: "aws".into(), label: "AWS".into(), kind: CloudKind::Aws, regions: vec!["us-east-1".into()] };
    let session = session.then(|| SessionInfo {
        identity: "0123456789abcdef".into(),
        cloud: demo.clone(),
        account: "123456789012".into(),
        account_name: None,
        arn: "arn:aws:iam::123456789012:user/ann".into(),
        user: "ann".into(),
        region: "us-east-1".into(),
        expires_at: 4_000_000_000,
        assumed: None,
    });
    let identities = session.iter().cloned().collect();
    Boot {
        version: "0.1.0".into(),
        locale: locale.into(),
        theme: Theme::System,
        clouds: vec![aws, demo],
        session,
        identities,
        refused: None,
    }
}

/// The document at this address, and whether it was said to lead nowhere.
fn paint(path: &str, boot: Boot) -> (String, bool) {
    let missing = Missing::default();
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(RequestUrl::new(path));
        provide_context(boot);
        provide_context(missing.clone());
        let part = |name: &str| (name.to_owned(), vec!["pkg/shared.wasm".to_owned(), format!("pkg/{name}.wasm")]);
        let assets = Assets {
            css: "pkg/main.css".into(),
            js: "pkg/frontend.js".into(),
            wasm: "pkg/frontend.wasm".into(),
            parts: ["list", "launch"].map(part).into(),
        };
        shell(&assets, path.split('?').next().unwrap_or_default()).to_html()
    });
    owner.unset();
    (html, missing.get())
}

#[test]
fn the_sign_in_form_works_without_the_application() {
    let (html, _) = paint("/login?then=%2Fimages", boot(false, "en"));
    assert!(html.contains(r#"method="post""#) && html.contains(r#"action="/login?then=%2Fimages""#), "{html}");
    for name in ["cloud", "access_key_id", "secret_access_key", "session_token", "mfa_serial", "mfa_code", "region", "then", "demo_faults"]
    {
        assert!(html.contains(&format!(r#"name="{name}""#)), "no field {name} in {html}");
    }
    assert!(html.contains("<noscript>"));
}

#[test]
fn a_refused_sign_in_is_painted_with_what_was_typed() {
    let error = ApiError::new(ErrorCode::CredentialsRefused, "The security token included in the request is invalid.");
    let refused = Refused {
        error,
        cloud: "demo".into(),
        endpoint: String::new(),
        endpoint_region: String::new(),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        mfa_serial: String::new(),
        by: SignInBy::Keys,
        account: String::new(),
        user: String::new(),
    };
    let (html, _) = paint("/login", Boot { refused: Some(refused), ..boot(false, "en") });
    assert!(html.contains("The security token included in the request is invalid."));
    assert!(html.contains(r#"value="AKIAIOSFODNN7EXAMPLE""#));
}

#[test]
fn no_page_needs_what_the_policy_forbids() {
    for path in ["/", "/login"] {
        let (html, missing) = paint(path, boot(path != "/login", "en"));
        assert!(!missing, "{path} leads nowhere");
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="), "{path}: {html}");
        assert!(html.contains(r#"<html lang="en" dir="ltr" data-theme="system">"#), "{path}");
    }
}

#[test]
fn the_code_of_a_page_comes_with_its_document_and_the_rest_later() {
    let links = |path: &str| {
        let (html, _) = paint(path, boot(path != "/login", "en"));
        let rel_of = |file: &str| {
            let tag = html.split('<').find(|tag| tag.contains(&format!(r#"href="/pkg/{file}.wasm""#))).expect("every file is named");
            tag.split("rel=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link has a relation").to_owned()
        };
        ["frontend", "shared", "list", "launch"].map(rel_of)
    };
    assert_eq!(links("/login"), ["preload", "prefetch", "prefetch", "prefetch"]);
    assert_eq!(links("/instances?q=web"), ["preload", "preload", "preload", "prefetch"]);
    assert_eq!(links("/instances/new"), ["preload", "preload", "prefetch", "preload"]);
}

#[test]
fn an_address_that_leads_nowhere_says_so() {
    for path in ["/elephants", "/elephants", "/instances/i-1/more"] {
        assert!(paint(path, boot(true, "en")).1, "{path} leads somewhere");
    }
}

#[test]
fn no_text_of_the_frame_is_hard_wired() {
    let (html, _) = paint("/", boot(true, "en-XA"));
    for english in [">Dashboard<", ">Instances<", ">Launch instance<", "\"Region\"", "Skip to content", ">Service health<"] {
        assert!(!html.contains(english), "{english} is hard-wired");
    }
    assert!(html.contains("⟦"));
}
