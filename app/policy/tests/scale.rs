//! How long an account of the largest size takes to be asked. In release, alone:
//! `cargo test --release --locked -p policy --test scale -- --ignored --nocapture`

use policy::{
    Catalog, Place,
    evaluate::{Account, Context, Decision, Entity, GroupId, PolicyId, PrincipalId, Question, Ready},
    lint,
};
use std::time::{Duration, Instant};

const SERVICES: [&str; 10] = ["ec2", "s3", "iam", "sqs", "sns", "dynamodb", "lambda", "kms", "rds", "logs"];
const VERBS: [&str; 8] = ["Describe", "List", "Get", "Put", "Create", "Delete", "Update", "Tag"];

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).expect("it is below")
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn some<T: Copy>(&mut self, of: &[T], count: usize) -> Vec<T> {
        (0..count).map(|_| of[self.below(of.len())]).collect()
    }
}

/// A policy of three statements, among them some with wildcards, variables and conditions.
fn policy(numbers: &mut Numbers) -> String {
    let statements: Vec<String> = (0..3)
        .map(|_| {
            let service = numbers.one(&SERVICES);
            let actions: Vec<String> = (0..4)
                .map(|_| format!("\"{service}:{}{}\"", numbers.one(&VERBS), if numbers.below(3) == 0 { "*" } else { "Thing" }))
                .collect();
            let effect = if numbers.below(8) == 0 { "Deny" } else { "Allow" };
            let resource = match numbers.below(4) {
                0 => "*".to_owned(),
                1 => format!("arn:aws:{service}:*:123456789012:thing/${{aws:username}}/*"),
                n => format!("arn:aws:{service}:eu-*:123456789012:thing/{n}*"),
            };
            let condition = match numbers.below(5) {
                0 => r#","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]},"Bool":{"aws:SecureTransport":"true"}}"#,
                1 => r#","Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}"#,
                _ => "",
            };
            format!(r#"{{"Effect":"{effect}","Action":[{}],"Resource":"{resource}"{condition}}}"#, actions.join(","))
        })
        .collect();
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

/// 5,000 users, 500 groups, 1,000 roles, 2,000 policies.
fn account(numbers: &mut Numbers) -> Account {
    let mut account = Account::new();
    let policies: Vec<PolicyId> = (0..2_000).map(|_| account.add_policy(Ready::parse(&policy(numbers)).expect("it is JSON"))).collect();
    let groups: Vec<GroupId> = (0..500).map(|_| account.add_group(numbers.some(&policies, 4))).collect();
    for index in 0..6_000 {
        let is_user = index < 5_000;
        let arn = format!("arn:aws:iam::123456789012:{}/name-{index}", if is_user { "user" } else { "role" });
        let boundary = (numbers.below(10) == 0).then(|| policies[numbers.below(policies.len())]);
        let groups = if is_user { numbers.some(&groups, 3) } else { Vec::new() };
        account.add_principal(Entity { arn: &arn, id: None, tags: Some(&[]), policies: numbers.some(&policies, 3), groups, boundary });
    }
    account
}

/// A policy as long as it may be, with everything that is looked up, as at each key stroke.
#[test]
#[ignore = "measures, for which it has to be a release build"]
fn findings_of_a_long_policy() {
    let start = Instant::now();
    let catalog = Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list");
    println!("list of actions read: {:?}", start.elapsed());
    let statement = |index: usize| {
        let service = ["ec2", "iam", "s3", "rds"][index % 4];
        format!(
            r#"{{"Sid":"S{index}","Effect":"Allow","Action":["{service}:*","{service}:Describe*","{service}:GetThing"],"Resource":"arn:aws:{service}:*:*:*","Condition":{{"StringEquals":{{"{service}:Key":"x","aws:RequestTag/a":"b"}}}}}}"#
        )
    };
    let statements: Vec<String> = (0..28).map(statement).collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let start = Instant::now();
    let report = lint(&text, Place::Managed, Some(&catalog));
    let looked = start.elapsed();
    println!("findings of {} characters: {looked:?} ({} findings)", report.size.used, report.findings.len());
    assert!(report.findings.len() > 28 && looked < Duration::from_millis(50), "{looked:?}");
}

#[test]
#[ignore = "measures, for which it has to be a release build"]
fn ten_thousand_questions() {
    let mut numbers = Numbers(7);
    let start = Instant::now();
    let account = account(&mut numbers);
    println!("made ready: {:?}", start.elapsed());

    let context = Context::new().with("aws:SourceIp", "10.1.2.3").with("aws:SecureTransport", "true");
    let questions: Vec<(PrincipalId, String, String)> = (0..10_000)
        .map(|_| {
            let service = numbers.one(&SERVICES);
            let resource = format!("arn:aws:{service}:eu-west-1:123456789012:thing/{}", numbers.below(9));
            (PrincipalId(numbers.below(6_000)), format!("{service}:{}Thing", numbers.one(&VERBS)), resource)
        })
        .collect();
    let question =
        |action, resource| Question { action, resource, context: &context, resource_policy: None, session: None, guardrails: &[] };
    let start = Instant::now();
    let answers: Vec<Decision> = questions.iter().map(|(who, action, resource)| account.ask(*who, &question(action, resource))).collect();
    let asked = start.elapsed();
    let count = |is: fn(&Decision) -> bool| answers.iter().filter(|answer| is(answer)).count();
    let (allowed, denied) = (count(Decision::is_allowed), count(|answer| matches!(answer, Decision::ExplicitDeny(_))));
    println!("10,000 questions: {asked:?} ({allowed} allowed, {denied} denied by a statement)");

    let start = Instant::now();
    let who = account.who_can(&question("s3:PutThing", "arn:aws:s3:eu-west-1:123456789012:thing/2"));
    let reverse = start.elapsed();
    println!("who can, of 6,000: {reverse:?} ({} can)", who.len());
    // One by one they say the same.
    let asked_alone = account
        .principals()
        .filter(|id| account.ask(*id, &question("s3:PutThing", "arn:aws:s3:eu-west-1:123456789012:thing/2")).is_allowed())
        .count();
    assert_eq!(asked_alone, who.len());
    assert!(allowed > 500 && denied > 100 && !who.is_empty());
    assert!(asked < Duration::from_secs(1) && reverse < Duration::from_millis(100), "{asked:?} {reverse:?}");
}
