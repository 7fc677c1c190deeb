//! A cloud of recorded replies: for each operation a queue of answers, and a note of what was asked.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use api::{
    error::ApiError,
    session::{CloudInfo, CloudKind},
};
use bytes::Bytes;
use cloud::{Args, Backend, Cloud, Credentials, Endpoints, Pages, Settings, Target, transport};
use futures::TryStreamExt;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};

pub const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

/// A request, as far as tests look at it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub action: String,
    pub version: String,
    pub params: BTreeMap<String, String>,
    pub host: String,
    pub authorization: String,
    pub token: Option<String>,
}

#[derive(Default)]
pub struct Recorded {
    answers: HashMap<&'static str, VecDeque<Answer>>,
    settings: Settings,
    regions: Vec<String>,
}

struct Answer {
    status: u16,
    body: Body,
}

enum Body {
    Text(String),
    /// In the form of the service that was asked.
    Refusal {
        code: &'static str,
        message: &'static str,
    },
    Never,
}

/// What was asked so far.
pub type Log = Arc<Mutex<Vec<Asked>>>;

impl Recorded {
    /// Without retries and pages; tests of these ask for them.
    pub fn new() -> Self {
        let settings = Settings { max_attempts: 1, page_size: None, ..Settings::default() };
        Self { settings, regions: vec!["us-east-1".into()], ..Self::default() }
    }

    pub fn attempts(mut self, attempts: u32) -> Self {
        self.settings.max_attempts = attempts;
        self
    }

    /// Those that the cloud is configured with.
    pub fn regions(mut self, regions: &[&str]) -> Self {
        self.regions = regions.iter().map(|&region| region.to_owned()).collect();
        self
    }

    pub fn pages_of(mut self, size: u16) -> Self {
        self.settings.page_size = Some(size);
        self
    }

    fn push(mut self, action: &'static str, status: u16, body: Body) -> Self {
        self.answers.entry(action).or_default().push_back(Answer { status, body });
        self
    }

    pub fn answer(self, action: &'static str, body: &str) -> Self {
        self.push(action, 200, Body::Text(body.to_owned()))
    }

    pub fn fail(self, action: &'static str, status: u16, body: &str) -> Self {
        self.push(action, status, Body::Text(body.to_owned()))
    }

    pub fn refuse(self, action: &'static str, status: u16, code: &'static str, message: &'static str) -> Self {
        self.push(action, status, Body::Refusal { code, message })
    }

    pub fn never(self, action: &'static str) -> Self {
        self.push(action, 200, Body::Never)
    }

    pub fn target(self) -> (Arc<Target>, Log) {
        let log = Log::default();
        let (answers, noted) = (Arc::new(Mutex::new(self.answers)), log.clone());
        let service = tower::service_fn(move |request: Request<_>| {
            let (answers, noted) = (answers.clone(), noted.clone());
            async move {
                let asked = read(request).await;
                let answer = answers.lock().unwrap().get_mut(asked.action.as_str()).and_then(VecDeque::pop_front);
                let answer = answer.unwrap_or_else(|| panic!("{} was not expected", asked.action));
                let version = asked.version.clone();
                noted.lock().unwrap().push(asked);
                let text = match answer.body {
                    Body::Text(text) => text,
                    Body::Refusal { code, message } => refusal(&version, code, message),
                    Body::Never => futures::future::pending().await,
                };
                Ok::<_, Infallible>(Response::builder().status(answer.status).body(Full::new(Bytes::from(text))).unwrap())
            }
        });
        let info = CloudInfo { key: "test".into(), label: "Test".into(), kind: CloudKind::Generic, regions: self.regions };
        let endpoints = Endpoints::pattern("https://{service}.{region}.cloud.example/");
        let target = Target::new(info, endpoints, transport::in_process(service), self.settings).unwrap();
        (Arc::new(target), log)
    }

    pub fn cloud(self) -> (Cloud, Log) {
        let (target, log) = self.target();
        (Cloud::new(target, &credentials(), "us-east-1").unwrap(), log)
    }
}

pub fn credentials() -> Credentials {
    Credentials {
        access_key_id: KEY.into(),
        secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY".into(),
        token: Some("the-session-token".into()),
        expires_at: None,
    }
}

/// Reads a request as the AWS query protocol has it, and fails the test over any other: a service that moves to another protocol with a new
/// SDK version would no longer be understood by older clouds.
async fn read<B>(request: Request<B>) -> Asked
where
    B: http_body::Body<Data = Bytes>,
    B::Error: std::fmt::Debug,
{
    let (head, body) = request.into_parts();
    let header = |name: &str| head.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(head.method, "POST");
    assert_eq!(head.uri, "/", "the request line holds the path alone");
    assert_eq!(header("content-type").as_deref(), Some("application/x-www-form-urlencoded"));
    let body = body.collect().await.unwrap().to_bytes();
    let text = std::str::from_utf8(&body).unwrap();
    assert!(text.starts_with("Action=") && text.contains("&Version="), "not the query protocol: {text}");
    let mut params: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    Asked {
        action: params.remove("Action").unwrap(),
        version: params.remove("Version").unwrap(),
        params,
        host: header("host").unwrap(),
        authorization: header("authorization").unwrap_or_default(),
        token: header("x-amz-security-token"),
    }
}

fn refusal(version: &str, code: &str, message: &str) -> String {
    if version == "2016-11-15" {
        format!(
            "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>req-1</RequestID></Response>"
        )
    } else {
        format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>"
        )
    }
}

/// The parameters of each call of an operation, in order.
pub fn asked(log: &Log, action: &str) -> Vec<BTreeMap<String, String>> {
    log.lock().unwrap().iter().filter(|asked| asked.action == action).map(|asked| asked.params.clone()).collect()
}

/// Parameters as text, one per line, for comparing.
pub fn lines(params: &BTreeMap<String, String>) -> Vec<String> {
    params.iter().filter(|(key, _)| *key != "ClientToken").map(|(key, value)| format!("{key}={value}")).collect()
}

pub fn args(pairs: &[(&str, &str)]) -> Args {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

pub async fn all<T: Send + 'static>(pages: Pages<T>) -> Result<Vec<T>, ApiError> {
    pages.try_concat().await
}

pub async fn list<T: Backend>(cloud: &Cloud) -> Vec<T> {
    all(T::list(cloud, &Args::new())).await.unwrap()
}

/// Longer than any test's paused clock should run.
pub const AGES: Duration = Duration::from_secs(24 * 3600);
