//! Who can do what, asked by the browser.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::browser::{Browser, Console, STANDING_KEY, STANDING_SECRET};

async fn arn(browser: &mut Browser, path: &str) -> String {
    browser.get(path).await.json()["arn"].as_str().expect("it has one").to_owned()
}

async fn ask(browser: &mut Browser, principal: &str, actions: &[&str]) -> Value {
    let question = json!({ "principal": principal, "actions": actions });
    let answer = browser.post("/api/access?region=us-east-1", &question.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn verdicts(answers: &Value) -> Vec<&str> {
    answers["answers"].as_array().expect("answers").iter().map(|answer| answer["verdict"].as_str().expect("a word")).collect()
}

#[tokio::test]
async fn the_clouds_simulator_answers_and_a_change_is_known_at_once() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let farid = arn(&mut browser, "/api/users/farid").await;
    let actions = ["ec2:StartInstances", "ec2:TerminateInstances"];
    let answers = ask(&mut browser, &farid, &actions).await;
    assert_eq!((answers["by"].as_str(), verdicts(&answers)), (Some("cloud"), vec!["allowed", "not_allowed"]));
    let by = &answers["answers"][0]["statements"][0];
    assert_eq!((by["policy"].as_str(), by["statement"].as_u64(), by["sid"].as_str()), (Some("restart-instances"), Some(1), Some("Change")));
    assert_eq!((by["holder"]["kind"].as_str(), by["holder"]["name"].as_str()), (Some("group"), Some("operations")));
    let document = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Stop","Effect":"Deny","Action":"ec2:Start*","Resource":"*"}]}"#;
    let change =
        json!({ "action": { "do": "permissions", "change": "put", "name": "no-start", "document": document }, "ids": ["operations"] });
    let changed = browser.post("/api/groups/actions", &change.to_string()).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    let answers = ask(&mut browser, &farid, &actions).await;
    assert_eq!(verdicts(&answers), ["denied", "not_allowed"]);
    let by = &answers["answers"][0]["statements"][0];
    assert_eq!((by["policy"].as_str(), by["sid"].as_str()), (Some("no-start"), Some("Stop")), "the policies were read again");
}

#[tokio::test]
async fn without_a_simulator_the_policies_answer_and_are_read_once() {
    let console = Console::new();
    // The second look at all policies fails: whoever is answered then did not look.
    let faults = r#"{"faults":"SimulatePrincipalPolicy:ServiceUnavailable,GetAccountAuthorizationDetails:ServiceUnavailable#2"}"#;
    let mut browser = console.signed_in_to(faults).await;
    let farid = arn(&mut browser, "/api/users/farid").await;
    for _ in 0..2 {
        let answers = ask(&mut browser, &farid, &["ec2:StartInstances"]).await;
        assert_eq!((answers["by"].as_str(), verdicts(&answers)), (Some("console"), vec!["allowed"]));
        assert!(answers["why"].as_str().is_some_and(|why| !why.is_empty()));
    }
    let question = json!({ "actions": ["ec2:StartInstances"] }).to_string();
    let path = "/api/access/principals?region=us-east-1";
    assert_eq!(browser.post(path, &question).await.status, StatusCode::OK);
    let anew = [("x-canopy", "1"), ("content-type", "application/json"), ("cache-control", "no-cache")];
    assert_eq!(browser.send(Method::POST, path, &anew, &question).await.status, StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn who_may_not_see_everybody_is_answered_about_one() {
    let console = Console::new();
    let faults = r#"{"faults":"SimulatePrincipalPolicy:AccessDenied,GetAccountAuthorizationDetails:AccessDenied"}"#;
    let mut browser = console.signed_in_to(faults).await;
    let web = arn(&mut browser, "/api/roles/web-server").await;
    let answers = ask(&mut browser, &web, &["s3:GetObject", "s3:PutObject"]).await;
    assert_eq!((answers["by"].as_str(), verdicts(&answers)), (Some("console"), vec!["allowed", "not_allowed"]));
    assert_eq!(answers["answers"][0]["statements"][0]["policy"], "read-site-bucket");
    let refused = browser.post("/api/access/principals", r#"{"actions":["ec2:StartInstances"]}"#).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
}

#[tokio::test]
async fn who_may_do_it_is_everybody_who_may() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    let answer = browser.post("/api/access/principals", r#"{"actions":["iam:CreateUser"]}"#).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let able = answer.json();
    let names: Vec<_> = able["principals"].as_array().expect("a list").iter().map(|able| able["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["demo", "elena", "administrator"]);
    assert!(able["asked"].as_u64().is_some_and(|asked| asked > 15));
    // A role is taken on by those whom its trust policy and their own policies let.
    let web = arn(&mut browser, "/api/roles/web-server").await;
    let administrator = arn(&mut browser, "/api/roles/administrator").await;
    let mut takers = vec![];
    for role in [web, administrator] {
        let question = json!({ "actions": ["sts:AssumeRole"], "resource": role });
        let able = browser.post("/api/access/principals", &question.to_string()).await.json();
        let names = able["principals"].as_array().expect("a list").iter().map(|able| able["name"].as_str().expect("a name").to_owned());
        takers.push(names.collect::<Vec<_>>());
    }
    assert!(takers[0].is_empty(), "it trusts EC2 alone: {takers:?}");
    assert_eq!(takers[1], ["amara", "ben", "chen", "demo", "diego", "elena", "administrator"]);
    assert!(console.audit.lines().iter().all(|line| line["operation"] != "access"), "a question changes nothing");
}

#[tokio::test]
async fn what_is_no_question_is_refused_by_field() {
    let console = Console::new();
    let mut browser = console.signed_in().await;
    for (path, body, field) in [
        ("/api/access", r#"{"actions":["ec2:StartInstances"]}"#, "principal"),
        ("/api/access", r#"{"principal":"arn:aws:iam::123456789012:user/farid"}"#, "actions"),
        ("/api/access/principals", r#"{"actions":["ec2:StartInstances","ec2:StopInstances"]}"#, "actions"),
        ("/api/access/principals", r#"{"actions":["ec2:StartInstances"],"resource":"i-1"}"#, "resource"),
        ("/api/access/principals", r#"{"actions":["ec2:StartInstances"],"given":[{"key":"SourceIp","values":["1"]}]}"#, "given"),
    ] {
        let answer = browser.post(path, body).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"), "{path} {body}");
        assert!(answer.json()["fields"][field].is_string(), "{}", answer.text());
    }
    for path in ["/api/access", "/api/access/principals"] {
        let answer = browser.post(path, "[]").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}

#[tokio::test]
async fn what_was_carried_out_for_a_session_is_its_own_and_no_more_than_names() {
    let console = Console::new();
    let mut browser = console.signed_in_to(r#"{"faults":"DescribeVolumes:UnauthorizedOperation"}"#).await;
    let mut other = console.signed_in().await;
    assert_eq!(browser.get("/api/session/operations").await.json(), json!([]));
    for path in ["/api/regions", "/api/volumes", "/api/users/farid"] {
        browser.get(path).await;
    }
    let operations = browser.get("/api/session/operations").await.json();
    let operations: Vec<_> = operations.as_array().expect("a list").iter().map(|name| name.as_str().expect("a name")).collect();
    assert!(operations.contains(&"iam:GetUser") && operations.contains(&"ec2:DescribeRegions"), "{operations:?}");
    assert!(!operations.contains(&"ec2:DescribeVolumes"), "what was refused was not used");
    assert!(
        operations.iter().all(|name| name.split_once(':').is_some_and(|(_, name)| name.chars().all(char::is_alphanumeric))),
        "{operations:?}"
    );
    assert_eq!(other.get("/api/session/operations").await.json(), json!([]));
}

#[tokio::test]
async fn what_one_principal_reads_of_policies_answers_nobody_else() {
    let console = Console::new();
    let path = "/api/access/principals?region=us-east-1";
    let question = r#"{"actions":["ec2:StartInstances"]}"#;
    let mut answers = vec![];
    for (key, secret) in [(STANDING_KEY, STANDING_SECRET), ("AKIAREADONLY7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzREADONLYKEY")] {
        let mut browser = console.browser();
        let keys = json!({ "cloud": "demo", "access_key_id": key, "secret_access_key": secret, "region": "us-east-1" });
        assert_eq!(browser.post("/api/session", &keys.to_string()).await.status, StatusCode::OK);
        answers.push(browser.post(path, question).await.status);
    }
    assert_eq!(answers, [StatusCode::OK, StatusCode::FORBIDDEN], "the second may look at no policies");
}
