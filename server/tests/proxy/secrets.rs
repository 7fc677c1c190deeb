//! Secrets go in and do not come out: not in an answer, not in the log.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use tracing_subscriber::fmt::MakeWriter;

use crate::browser::{Console, STANDING_KEY, STANDING_SECRET};

const PASSWORD: &str = "eucalyptus-demo";

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panics here").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Signs in rightly and wrongly, and looks around. Gives what was answered, and the cookies.
async fn visit(console: &Console) -> (String, Vec<String>) {
    let mut answers = String::new();
    let mut cookies = vec![];
    for (key, secret) in [(STANDING_KEY, STANDING_SECRET), (STANDING_KEY, "c4nary-wrong-secret")] {
        let mut browser = console.browser();
        let body = format!(r#"{{"cloud":"demo","access_key_id":"{key}","secret_access_key":"{secret}"}}"#);
        let fields = [("cloud", "demo"), ("access_key_id", key), ("secret_access_key", secret), ("then", "/instances")];
        for answer in [browser.submit("/login", &fields).await, browser.post("/api/session", &body).await] {
            answers += &answer.text();
        }
        for path in ["/", "/api/session", "/api/instances", "/api/keypairs", "/api/health", "/api/instances?region=c4nary", "/api/nowhere"]
        {
            answers += &browser.get(path).await.text();
        }
        cookies.extend(browser.cookie);
    }
    // The password of a user, and a wrong one.
    for password in [PASSWORD, "c4nary-wrong-password"] {
        let mut browser = console.browser();
        let body = format!(
            r#"{{"cloud":"demo-eucalyptus","by":"password","password":{{"account":"demo-account","user":"demo","password":"{password}"}}}}"#
        );
        let fields =
            [("cloud", "demo-eucalyptus"), ("by", "password"), ("account", "demo-account"), ("user", "demo"), ("password", password)];
        for answer in [browser.submit("/login", &fields).await, browser.post("/api/session", &body).await] {
            answers += &answer.text();
        }
        answers += &browser.get("/api/instances").await.text();
        cookies.extend(browser.cookie);
    }
    (answers, cookies)
}

/// The secrets, and the passwords as they travel: in Base64, once more within it.
fn canaries() -> Vec<String> {
    let plain = [STANDING_SECRET, "c4nary-wrong-secret", PASSWORD, "c4nary-wrong-password"];
    let basic = |password: &str| STANDARD.encode(format!("{}@{}:{password}", STANDARD.encode("demo"), STANDARD.encode("demo-account")));
    plain.iter().map(ToString::to_string).chain(plain[2..].iter().map(|password| basic(password))).collect()
}

#[tokio::test]
async fn no_secret_is_answered_or_logged() {
    let console = Console::with_demo("eucalyptus = true");
    // All is said once before anybody listens: a line that another test says for the first time just while the subscriber is put in place
    // would be taken for one that nobody wants to hear.
    visit(&console).await;
    let log = Captured::default();
    // Everything that any library would say.
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let (answers, cookies) = visit(&console).await;
    drop(guard);
    let log = String::from_utf8_lossy(&log.0.lock().expect("nobody panics here")).into_owned();
    assert!(log.contains("signed in"), "the log was not captured");
    for secret in canaries() {
        assert!(!answers.contains(&secret), "a secret was answered");
        assert_eq!(log.lines().find(|line| line.contains(&secret)), None, "a secret was logged");
    }
    for cookie in cookies {
        let value = cookie.split('=').nth(1).expect("a cookie has a value");
        assert!(!answers.contains(value), "a session's id was answered");
        assert_eq!(log.lines().find(|line| line.contains(value)), None, "a session's id was logged");
    }
    assert!(!log.contains("region=c4nary"), "a query was logged");
}

/// Hands over a certificate: with its key, then with what is none of its keys.
async fn upload(console: &Console) -> String {
    let mut browser = console.signed_in().await;
    let mut answers = String::new();
    for (name, body) in [("right", CERTIFICATE), ("wrong", OTHER_CERTIFICATE)] {
        let draft = serde_json::json!({ "name": name, "body": body, "private_key": KEY });
        answers += &browser.post("/api/server-certificates", &draft.to_string()).await.text();
        answers += &browser.get("/api/server-certificates").await.text();
        answers += &browser.get(&format!("/api/server-certificates/{name}")).await.text();
    }
    answers
}

const CERTIFICATE: &str = include_str!("../../../app/api/tests/certificates/rsa.pem");
const OTHER_CERTIFICATE: &str = include_str!("../../../app/api/tests/certificates/ec.pem");
const KEY: &str = include_str!("../../../app/api/tests/certificates/rsa.key");

#[tokio::test]
async fn the_key_of_a_certificate_goes_to_the_cloud_and_nowhere_else() {
    let console = Console::new();
    upload(&console).await;
    let log = Captured::default();
    // At its loudest the SDK repeats what it sends, which no filter lets through: log.rs.
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(log.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let answers = upload(&Console::new()).await;
    drop(guard);
    let log = String::from_utf8_lossy(&log.0.lock().expect("nobody panics here")).into_owned();
    assert!(log.contains("server-certificates"), "the log was not captured");
    assert!(answers.contains(r#""name":"right""#) && answers.contains("This is not the key of the certificate"), "{answers}");
    // A piece that is written alike in JSON, in a form and in a log.
    let piece = KEY.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|piece| piece.len()).expect("a key has letters");
    for (text, what) in [(&answers, "answered"), (&log, "logged")] {
        assert!(!text.contains(piece), "the key was {what}");
    }
}
