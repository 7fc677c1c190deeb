//! A browser without a window: it keeps cookies and sends what Canopy's own pages would send.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use api::session::{CloudInfo, CloudKind, DemoOptions};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
    middleware::map_request,
};
use cloud::{Endpoints, Target, transport};
use demo_cloud::{DemoCloud, DemoConfig};
use http_body_util::BodyExt;
use serde_json::Value;
use server::{
    App,
    assets::Assets,
    audit::Audit,
    clock::{Clock, ManualClock},
    clouds::{Clouds, Custom},
    config::{Config, Options},
    demo, router,
    shared::Shared,
    telemetry::Telemetry,
};
use tower::ServiceExt;

pub const STANDING_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
pub const STANDING_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY";

/// A server with the demo cloud behind it.
pub struct Console {
    pub router: Router,
    pub clock: ManualClock,
    pub app: App,
    pub audit: Written,
}

/// What was written into the audit log.
#[derive(Clone, Default)]
pub struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no panic").clone()).expect("UTF-8")
    }

    /// Each line as JSON.
    pub fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

impl Console {
    pub fn new() -> Self {
        Self::configured("")
    }

    /// With more in its configuration file.
    pub fn configured(more: &str) -> Self {
        Self::made_of(&format!("{more}\n[demo]\nenabled = true\n[aws]\nenabled = false\n"))
    }

    /// With more in what is said of the demo.
    pub fn with_demo(more: &str) -> Self {
        Self::made_of(&format!("[demo]\nenabled = true\n{more}\n[aws]\nenabled = false\n"))
    }

    /// Several of this configuration, before the same clouds.
    pub fn replicas<const N: usize>(more: &str) -> [Self; N] {
        Self::several(&format!("{more}\n[demo]\nenabled = true\n[aws]\nenabled = false\n"))
    }

    fn made_of(text: &str) -> Self {
        let [console] = Self::several(text);
        console
    }

    /// Before a cloud of this many images, which counts what it is asked.
    pub fn counted(images: u32) -> (Self, Arc<AtomicUsize>) {
        let config = Config::parse("canopy.toml".as_ref(), "[demo]\nenabled = true\n", Options::default()).expect("it is fine");
        let standing = DemoOptions { images: Some(images), ..DemoOptions::default() };
        let demo = DemoCloud::new(DemoConfig { standing, ..DemoConfig::default() }).expect("the demo starts");
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        let cloud = demo.router().layer(map_request(move |request: Request<Body>| {
            counter.fetch_add(1, Ordering::SeqCst);
            std::future::ready(request)
        }));
        let (key, label, regions) = ("counted".to_owned(), "Counted".to_owned(), vec!["us-east-1".to_owned()]);
        let info = CloudInfo { key, label, kind: CloudKind::Generic, regions };
        let endpoints = Endpoints::pattern("http://{service}.{region}.demo.invalid");
        let target = Target::new(info, endpoints, transport::in_process(cloud), config.settings.clone()).expect("it leads there");
        let [console] = Self::before(&config, &Clouds::new(vec![Arc::new(target)], None));
        (console, calls)
    }

    /// Several before the demo cloud, which is nowhere but where somebody says that it is.
    pub fn before_custom<const N: usize>(more: &str) -> [Self; N] {
        let text = format!("{more}\n[aws]\nenabled = false\n[custom]\nenabled = true\n");
        let config = Config::parse("canopy.toml".as_ref(), &text, Options::default()).expect("it is fine");
        let demo = DemoCloud::new(DemoConfig::default()).expect("the demo starts");
        let custom = config.custom.as_ref().expect("it is on");
        let guard = transport::Guard::new(|_| false);
        let custom = Custom::by(custom, guard, transport::in_process(demo.router()), &config.settings, None);
        Self::before(&config, &Clouds::with(vec![], None, Some(custom)))
    }

    fn several<const N: usize>(text: &str) -> [Self; N] {
        let config = Config::parse("canopy.toml".as_ref(), text, Options::default()).expect("the configuration is fine");
        Self::before(&config, &demo::clouds(&config).expect("the demo starts"))
    }

    fn before<const N: usize>(config: &Config, clouds: &Clouds) -> [Self; N] {
        let clock = ManualClock::at(Clock::system().now());
        std::array::from_fn(|_| {
            let telemetry = Telemetry::default();
            let shared = Shared::configured(config, &telemetry).expect("a store");
            let assets = Assets::read(&SITE).expect("the site is there");
            let mut app = App::with(config, clouds.clone(), assets, clock.clock(), shared, telemetry);
            let audit = Written::default();
            app.audit = Audit::to(Box::new(audit.clone()));
            Self { router: router(&app), clock: clock.clone(), app, audit }
        })
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, identity: None }
    }

    /// A browser that is signed in to a demo world of its own.
    pub async fn signed_in(&self) -> Browser {
        self.signed_in_to("{}").await
    }

    /// The same, with options for the world.
    pub async fn signed_in_to(&self, demo: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/api/session", &format!(r#"{{"cloud":"demo","demo":{demo}}}"#)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        browser
    }
}

/// A bundle of three files and two others.
static SITE: LazyLock<PathBuf> = LazyLock::new(|| {
    let site = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("site");
    let write = |path: &str, text: &str| {
        let path = site.join(path);
        std::fs::create_dir_all(path.parent().expect("files lie in folders")).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    };
    write("pkg/main.0123456789abcdef.css", "body{}");
    write("pkg/frontend.0123456789abcdef.js", "export {}");
    write("pkg/frontend.0123456789abcdef.js.br", "as brotli");
    write("pkg/frontend.0123456789abcdef.js.gz", "as gzip");
    write("pkg/frontend.0123456789abcdef.wasm", "\0asm");
    write("favicon.svg", "<svg/>");
    write("manifest.webmanifest", "{}");
    write(
        "manifest.json",
        r#"{"css":"pkg/main.0123456789abcdef.css","js":"pkg/frontend.0123456789abcdef.js","wasm":"pkg/frontend.0123456789abcdef.wasm"}"#,
    );
    site
});

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    /// Whom its requests say that they are for.
    pub identity: Option<String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Browser {
    /// The same browser, whose next requests go to another replica.
    pub fn at(&self, console: &Console) -> Self {
        Self { router: console.router.clone(), ..self.clone() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    /// As the application posts.
    pub async fn post(&mut self, path: &str, body: &str) -> Answer {
        self.send(Method::POST, path, &[("x-canopy", "1"), ("content-type", "application/json")], body).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[("x-canopy", "1")], "").await
    }

    /// As the application puts.
    pub async fn put(&mut self, path: &str, body: &str) -> Answer {
        self.send(Method::PUT, path, &[("x-canopy", "1"), ("content-type", "application/json")], body).await
    }

    /// As a plain form posts.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded")], &body).await
    }

    /// Sends exactly these headers beside those that every browser sends, and takes the cookie that comes back.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8888");
        if !headers.iter().any(|(name, _)| *name == "sec-fetch-site") {
            request = request.header("sec-fetch-site", "same-origin");
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(identity) = &self.identity {
            request = request.header("x-canopy-identity", identity);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (head, body) = response.into_parts();
        if let Some(set) = head.headers.get(header::SET_COOKIE) {
            let pair = set.to_str().expect("cookies are ASCII").split(';').next().expect("a cookie has a value").to_owned();
            self.cookie = (!pair.ends_with('=')).then_some(pair);
        }
        let body = body.collect().await.expect("bodies end").to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    /// The ids and states of all instances.
    pub async fn instances(&mut self) -> Vec<(String, String)> {
        let answer = self.send(Method::GET, "/api/instances?region=us-east-1", &[("accept", "application/json")], "").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let rows = answer.json();
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        rows.as_array().expect("a list").iter().map(|row| (text(row, "id"), text(row, "state"))).collect()
    }

    /// The id of some instance in this state.
    pub async fn instance_in(&mut self, state: &str) -> String {
        let all = self.instances().await;
        all.into_iter().find(|(_, has)| has == state).expect("the demo has instances in every state").0
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|err| panic!("{err}: {}", self.text()))
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }
}
