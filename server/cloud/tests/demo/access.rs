//! Who can do what, on the demo cloud: its simulator and the console's own evaluator agree.

use std::sync::Arc;

use api::{
    access::{AnsweredBy, Question, Verdict},
    error::ErrorCode,
    permissions::PermissionChange,
    role::Role,
    session::DemoOptions,
    user::User,
};
use cloud::access::{answers, everybody, one};

use crate::{Demo, every, identity::act};

const ACTIONS: [&str; 6] =
    ["ec2:DescribeInstances", "ec2:StartInstances", "ec2:TerminateInstances", "iam:CreateUser", "s3:GetObject", "sqs:SendMessage"];

#[tokio::test]
async fn the_simulator_and_the_console_agree_about_everybody() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let bound = PermissionChange::Bound { policy_arn: "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess".into(), scope: "aws".into() };
    assert_eq!(act::<User>(&cloud, bound.into(), "chen").await, None);
    let document = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"s3:*","Resource":"*"},
        {"Sid":"Never","Effect":"Deny","NotAction":["s3:Get*","ec2:Describe*"],"Resource":"*"}]}"#;
    let put = PermissionChange::Put { name: "only-read".into(), document: document.into() };
    assert_eq!(act::<User>(&cloud, put.into(), "farid").await, None);

    let known = Arc::new(everybody(&cloud).await.unwrap());
    let arns: Vec<_> = every::<User>(&cloud).await.into_iter().map(|user| user.arn).collect();
    let arns: Vec<_> = arns.into_iter().chain(every::<Role>(&cloud).await.into_iter().map(|role| role.arn)).collect();
    assert!(arns.len() > 15);
    let mut verdicts = vec![];
    for principal in arns {
        let question = Question { principal, actions: ACTIONS.map(str::to_owned).to_vec(), ..Question::default() };
        let said = answers(&cloud, &question, async { Ok(known.clone()) }).await.unwrap();
        assert_eq!(said.by, AnsweredBy::Cloud);
        let (own, unread) = known.answers(&question).unwrap();
        assert!(unread.is_empty(), "{unread:?}");
        assert_eq!(said.answers, own, "{}", question.principal);
        // And so does what is read of it alone.
        let (alone, _) = one(&cloud, &question.principal).await.unwrap().answers(&question).unwrap();
        assert_eq!(alone, own, "{}", question.principal);
        verdicts.extend(own.into_iter().map(|answer| (question.principal.clone(), answer)));
    }
    let of = |name: &str, action: &str| {
        let found = verdicts.iter().find(|(arn, answer)| arn.ends_with(name) && answer.action == action);
        found.map(|(_, answer)| answer.clone()).unwrap()
    };
    let denied = of("/farid", "ec2:TerminateInstances");
    assert_eq!((denied.verdict, denied.statements[0].statement, denied.statements[0].sid.as_str()), (Verdict::Denied, Some(2), "Never"));
    assert_eq!(of("/chen", "ec2:StartInstances").not_by, Some(api::access::Layer::Boundary));
    assert_eq!(of("/amara", "iam:CreateUser").verdict, Verdict::NotAllowed);
    assert_eq!(of("/web-server", "s3:GetObject").statements[0].policy, "read-site-bucket");
}

#[tokio::test]
async fn who_is_not_there_is_not_found() {
    let cloud = Demo::new().session(&DemoOptions::default()).await;
    let principal = "arn:aws:iam::123456789012:user/nobody".to_owned();
    let question = Question { principal: principal.clone(), actions: vec!["ec2:StartInstances".into()], ..Question::default() };
    let known = Arc::new(everybody(&cloud).await.unwrap());
    assert_eq!(answers(&cloud, &question, async { Ok(known) }).await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(one(&cloud, &principal).await.unwrap_err().code, ErrorCode::NotFound);
}
