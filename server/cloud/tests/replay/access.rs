//! Who can do what, on replies in the words of the API reference.

use std::sync::Arc;

use api::{
    access::{AnsweredBy, Answers, Given, Layer, Question, Verdict},
    error::{ApiError, ErrorCode},
    kind::Kind,
};
use cloud::{
    Cloud,
    access::{answers, everybody, one},
};

use crate::recorded::{Recorded, asked};

const AMARA: &str = "arn:aws:iam::123456789012:user/engineering/amara";
const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

/// Two statements on three lines, as IAM keeps what was typed.
const LOOK: &str = "{\"Version\":\"2012-10-17\",\"Statement\":[\n{\"Sid\":\"Look\",\"Effect\":\"Allow\",\"Action\":\"ec2:Describe*\",\"Resource\":\"*\"},\n\
    {\"Sid\":\"Never\",\"Effect\":\"Deny\",\"Action\":\"ec2:TerminateInstances\",\"Resource\":\"*\"}]}";
const START: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:StartInstances","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}"#;
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Us","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}"#;
const TAKE: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}}"#;

fn attached(arn: &str) -> String {
    let name = arn.rsplit('/').next().unwrap();
    format!("<member><PolicyName>{name}</PolicyName><PolicyArn>{arn}</PolicyArn></member>")
}

fn inline(name: &str, document: &str) -> String {
    format!("<member><PolicyName>{name}</PolicyName><PolicyDocument>{document}</PolicyDocument></member>")
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
fn details(content: &str, marker: &str) -> String {
    let is_truncated = !marker.is_empty();
    let marker = if is_truncated { format!("<Marker>{marker}</Marker>") } else { String::new() };
    format!(
        "<GetAccountAuthorizationDetailsResponse xmlns=\"{NAMESPACE}\"><GetAccountAuthorizationDetailsResult>\
         <IsTruncated>{is_truncated}</IsTruncated>{marker}{content}</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>"
    )
}

fn users() -> String {
    format!(
        "<UserDetailList><member><Path>/engineering/</Path><UserName>amara</UserName><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Arn>{AMARA}</Arn>\
         <GroupList><member>developers</member></GroupList><UserPolicyList>{}</UserPolicyList><AttachedManagedPolicies/></member></UserDetailList>\
         <GroupDetailList><member><Path>/</Path><GroupName>developers</GroupName><GroupId>AGPACKCEVSQ6C2EXAMPLE</GroupId>\
         <Arn>arn:aws:iam::123456789012:group/developers</Arn><GroupPolicyList/><AttachedManagedPolicies>{}</AttachedManagedPolicies></member>\
         </GroupDetailList>",
        inline("look", LOOK),
        attached("arn:aws:iam::123456789012:policy/start"),
    )
}

fn roles() -> String {
    format!(
        "<RoleDetailList><member><Path>/</Path><RoleName>web</RoleName><RoleId>AROACKCEVSQ6C2EXAMPLE</RoleId><Arn>arn:aws:iam::123456789012:role/web</Arn>\
         <AssumeRolePolicyDocument>{TRUST}</AssumeRolePolicyDocument><RolePolicyList>{}</RolePolicyList><AttachedManagedPolicies/></member></RoleDetailList>\
         <Policies><member><PolicyName>start</PolicyName><PolicyId>ANPACKCEVSQ6C2EXAMPLE</PolicyId><Arn>arn:aws:iam::123456789012:policy/start</Arn>\
         <Path>/</Path><DefaultVersionId>v2</DefaultVersionId><AttachmentCount>1</AttachmentCount><IsAttachable>true</IsAttachable><PolicyVersionList>\
         <member><Document>{START}</Document><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion></member>\
         <member><Document>{LOOK}</Document><VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion></member>\
         </PolicyVersionList></member></Policies>",
        inline("take", TAKE),
    )
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
fn simulated(results: &str, marker: &str) -> String {
    let is_truncated = !marker.is_empty();
    let marker = if is_truncated { format!("<Marker>{marker}</Marker>") } else { String::new() };
    format!(
        "<SimulatePrincipalPolicyResponse xmlns=\"{NAMESPACE}\"><SimulatePrincipalPolicyResult><IsTruncated>{is_truncated}</IsTruncated>{marker}\
         <EvaluationResults>{results}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>"
    )
}

fn result(action: &str, decision: &str, rest: &str) -> String {
    format!(
        "<member><EvalActionName>{action}</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>{decision}</EvalDecision>{rest}</member>"
    )
}

fn matched(policy: &str, sort: &str, line: u32, column: u32) -> String {
    format!(
        "<MatchedStatements><member><SourcePolicyId>{policy}</SourcePolicyId><SourcePolicyType>{sort}</SourcePolicyType>\
         <StartPosition><Column>{column}</Column><Line>{line}</Line></StartPosition><EndPosition><Column>99</Column><Line>{line}</Line></EndPosition>\
         </member></MatchedStatements>"
    )
}

fn question(actions: &[&str]) -> Question {
    Question { principal: AMARA.into(), actions: actions.iter().map(|&action| action.into()).collect(), ..Question::default() }
}

async fn ask(cloud: &Cloud, question: &Question) -> Result<Answers, ApiError> {
    answers(cloud, question, async { everybody(cloud).await.map(Arc::new) }).await
}

#[tokio::test]
async fn the_simulator_is_believed_and_its_statements_are_found_in_the_policies() {
    let start = result("ec2:StartInstances", "allowed", &matched("start", "user-managed", 1, 38));
    let stop = result(
        "ec2:StopInstances",
        "implicitDeny",
        "<MissingContextValues><member>aws:SourceIp</member></MissingContextValues>\
         <PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>",
    );
    let terminate = result("ec2:TerminateInstances", "explicitDeny", &matched("user_amara_look", "user", 3, 1));
    let other = result("s3:GetObject", "explicitDeny", &matched("p-1234", "none", 1, 1));
    let (cloud, log) = Recorded::new()
        .answer("SimulatePrincipalPolicy", &simulated(&(terminate + &start), "m1"))
        .answer("SimulatePrincipalPolicy", &simulated(&(stop + &other), ""))
        .answer("GetAccountAuthorizationDetails", &details(&users(), "m1"))
        .answer("GetAccountAuthorizationDetails", &details(&roles(), ""))
        .cloud();
    let given = vec![Given { key: "aws:SourceIp".into(), values: vec!["10.1.2.3".into()] }];
    let actions = ["ec2:StartInstances", "ec2:TerminateInstances", "ec2:StopInstances", "s3:GetObject"];
    let answers = ask(&cloud, &Question { given, ..question(&actions) }).await.unwrap();
    assert_eq!((answers.by, answers.why.as_str()), (AnsweredBy::Cloud, ""));
    let said: Vec<_> = answers.answers.iter().map(|answer| (answer.action.as_str(), answer.verdict)).collect();
    let verdicts = [Verdict::Allowed, Verdict::Denied, Verdict::NotAllowed, Verdict::Denied];
    assert_eq!(said, actions.into_iter().zip(verdicts).collect::<Vec<_>>());

    let [start, terminate, stop, other] = &answers.answers[..] else { panic!("four answers") };
    let by = &start.statements[0];
    assert_eq!((by.policy.as_str(), by.arn.as_str(), by.statement), ("start", "arn:aws:iam::123456789012:policy/start", Some(1)));
    assert_eq!(by.holder.as_ref().map(|holder| (holder.kind, holder.name.as_str())), Some((Kind::Group, "developers")));
    assert!(by.text.contains("ec2:StartInstances"), "the default version is meant: {}", by.text);
    let by = &terminate.statements[0];
    assert_eq!((by.policy.as_str(), by.arn.as_str(), by.statement, by.sid.as_str()), ("look", "", Some(2), "Never"));
    assert!(by.text.starts_with('{') && by.text.ends_with('}') && by.text.contains("Never"), "{}", by.text);
    assert_eq!((stop.not_by, stop.missing.as_slice()), (Some(Layer::Boundary), &["aws:SourceIp".to_owned()][..]));
    let by = &other.statements[0];
    assert_eq!(
        (by.policy.as_str(), by.statement, by.text.as_str()),
        ("p-1234", None, ""),
        "what nobody knows is called what the cloud calls it"
    );

    let sent = &asked(&log, "SimulatePrincipalPolicy");
    assert_eq!((sent[0]["PolicySourceArn"].as_str(), sent[0]["ResourceArns.member.1"].as_str()), (AMARA, "*"));
    assert_eq!(sent[0]["ActionNames.member.2"], "ec2:TerminateInstances");
    assert_eq!(sent[0]["ContextEntries.member.1.ContextKeyType"], "ip");
    assert_eq!(sent[1]["Marker"], "m1");
}

/// As moto answers what it does not have.
const FAILED: &str = "<!doctype html>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>";

#[tokio::test]
async fn where_no_simulator_answers_the_policies_do_and_it_is_said() {
    let (cloud, log) = Recorded::new()
        .attempts(3)
        .fail("SimulatePrincipalPolicy", 500, FAILED)
        .answer("GetAccountAuthorizationDetails", &details(&(users() + &roles()), ""))
        .cloud();
    let answers =
        ask(&cloud, &question(&["ec2:DescribeInstances", "ec2:TerminateInstances", "ec2:StartInstances", "s3:GetObject"])).await.unwrap();
    assert_eq!(answers.by, AnsweredBy::Console);
    assert!(answers.why.contains("HTTP 500"), "{}", answers.why);
    let verdicts: Vec<_> = answers.answers.iter().map(|answer| answer.verdict).collect();
    assert_eq!(verdicts, [Verdict::Allowed, Verdict::Denied, Verdict::Depends, Verdict::NotAllowed]);
    let by = &answers.answers[1].statements[0];
    assert_eq!((by.policy.as_str(), by.statement, by.sid.as_str()), ("look", Some(2), "Never"));
    assert_eq!(by.holder.as_ref().map(|holder| holder.kind), Some(Kind::User));
    assert_eq!(answers.answers[2].missing, ["aws:SourceIp"]);
    assert_eq!(answers.answers[3].not_by, Some(Layer::Identity));
    assert_eq!(asked(&log, "SimulatePrincipalPolicy").len(), 1, "what is not there is not asked for again");
    // Somebody who is not there is no question.
    let (cloud, _) = Recorded::new()
        .fail("SimulatePrincipalPolicy", 500, FAILED)
        .answer("GetAccountAuthorizationDetails", &details(&(users() + &roles()), ""))
        .cloud();
    let nobody = Question { principal: AMARA.replace("amara", "ben"), ..question(&["ec2:StartInstances"]) };
    assert_eq!(ask(&cloud, &nobody).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn what_is_wrong_with_a_question_is_not_answered_by_somebody_else() {
    let (cloud, _) = Recorded::new()
        .refuse("SimulatePrincipalPolicy", 400, "InvalidInput", "Invalid Action Name: x")
        .answer("GetAccountAuthorizationDetails", &details(&(users() + &roles()), ""))
        .cloud();
    let refused = ask(&cloud, &question(&["ec2:StartInstances"])).await.unwrap_err();
    assert_eq!((refused.code, refused.operation.as_deref()), (ErrorCode::Invalid, Some("iam:SimulatePrincipalPolicy")));
}

fn reply(operation: &str, content: &str) -> String {
    format!("<{operation}Response xmlns=\"{NAMESPACE}\"><{operation}Result>{content}</{operation}Result></{operation}Response>")
}

#[tokio::test]
async fn one_user_is_read_by_calls_of_its_own() {
    let user = format!(
        "<User><Path>/engineering/</Path><UserName>amara</UserName><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Arn>{AMARA}</Arn>\
         <CreateDate>2012-05-09T15:45:35Z</CreateDate></User>"
    );
    let group = "<Groups><member><Path>/</Path><GroupName>developers</GroupName><GroupId>AGPACKCEVSQ6C2EXAMPLE</GroupId>\
        <Arn>arn:aws:iam::123456789012:group/developers</Arn><CreateDate>2012-05-09T15:45:35Z</CreateDate></member></Groups><IsTruncated>false</IsTruncated>";
    let managed = |arns: &[&str]| {
        let members: String = arns.iter().map(|arn| attached(arn)).collect();
        format!("<AttachedPolicies>{members}</AttachedPolicies><IsTruncated>false</IsTruncated>")
    };
    let names = |name: &str| format!("<PolicyNames>{name}</PolicyNames><IsTruncated>false</IsTruncated>");
    let look = format!("<UserName>amara</UserName><PolicyName>look</PolicyName><PolicyDocument>{LOOK}</PolicyDocument>");
    let version = format!(
        "<PolicyVersion><Document>{START}</Document><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion></PolicyVersion>"
    );
    let (cloud, _) = Recorded::new()
        .answer("GetUser", &reply("GetUser", &user))
        .answer("ListGroupsForUser", &reply("ListGroupsForUser", group))
        .answer("ListAttachedUserPolicies", &reply("ListAttachedUserPolicies", &managed(&[])))
        .answer("ListUserPolicies", &reply("ListUserPolicies", &names("<member>look</member>")))
        .answer("GetUserPolicy", &reply("GetUserPolicy", &look))
        .answer(
            "ListAttachedGroupPolicies",
            &reply("ListAttachedGroupPolicies", &managed(&["arn:aws:iam::123456789012:policy/start", "arn:aws:iam::aws:policy/Secret"])),
        )
        .answer("ListGroupPolicies", &reply("ListGroupPolicies", &names("")))
        .refuse(
            "GetPolicy",
            403,
            "AccessDenied",
            "User is not authorized to perform: iam:GetPolicy on resource: policy arn:aws:iam::aws:policy/Secret",
        )
        .answer("GetPolicy", &reply("GetPolicy", "<Policy><PolicyName>start</PolicyName><DefaultVersionId>v2</DefaultVersionId></Policy>"))
        .answer("GetPolicyVersion", &reply("GetPolicyVersion", &version))
        .cloud();
    let known = one(&cloud, AMARA).await.unwrap();
    let (answers, unread) = known.answers(&question(&["ec2:DescribeInstances", "ec2:StartInstances"])).unwrap();
    assert_eq!(answers[0].verdict, Verdict::Allowed);
    // Which of both was refused depends on who came first.
    assert_eq!(unread.len(), 1, "{unread:?}");
    let denied = Recorded::new()
        .answer("GetUser", &reply("GetUser", &user))
        .refuse("ListGroupsForUser", 403, "AccessDenied", "no")
        .answer("ListAttachedUserPolicies", &reply("ListAttachedUserPolicies", &managed(&[])))
        .answer("ListUserPolicies", &reply("ListUserPolicies", &names("")));
    let error = one(&denied.cloud().0, AMARA).await.unwrap_err();
    assert_eq!((error.code, error.operation.as_deref()), (ErrorCode::Forbidden, Some("iam:ListGroupsForUser")));
}

#[tokio::test]
async fn who_may_do_it_is_looked_up_in_all_policies_and_trust_counts() {
    let (cloud, log) = Recorded::new()
        .answer("GetAccountAuthorizationDetails", &details(&users(), "m1"))
        .answer("GetAccountAuthorizationDetails", &details(&roles(), ""))
        .cloud();
    let known = everybody(&cloud).await.unwrap();
    assert_eq!(asked(&log, "GetAccountAuthorizationDetails")[1]["Marker"], "m1");
    let who = |action: &str, resource: &str| {
        let question = Question { principal: String::new(), resource: resource.into(), ..question(&[action]) };
        let allowed = known.allowed(&question);
        assert_eq!((allowed.asked, allowed.unread.len()), (2, 0));
        allowed.principals.into_iter().map(|able| (able.name, able.answer)).collect::<Vec<_>>()
    };
    assert_eq!(who("ec2:DescribeInstances", "").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["amara"]);
    assert_eq!(who("ec2:StartInstances", "")[0].1.verdict, Verdict::Depends);
    assert!(who("ec2:TerminateInstances", "").is_empty() && who("s3:GetObject", "").is_empty());
    // The account is trusted: whoever of it may take the role on is said by the policies of its users and roles.
    let taken = who("sts:AssumeRole", "arn:aws:iam::123456789012:role/web");
    assert_eq!(taken.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["web"]);
}
