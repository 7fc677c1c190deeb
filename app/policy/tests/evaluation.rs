//! How AWS evaluates, rule by rule. Each case names the page of the documentation, below https://docs.aws.amazon.com/IAM/latest/UserGuide/.

#[path = "support/cases.rs"]
mod cases;

use cases::{
    Answer::{Allowed, Denied, Depends, NotAllowed},
    on,
};
use policy::evaluate::{Decision, GroupId, Layer};

const LOGIC: &str = "reference_policies_evaluation-logic.html#policy-eval-denyallow";
const ALL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
const GET: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#;
const NEVER: &str = r#"{"Effect":"Deny","Action":"s3:*","Resource":"*"}"#;
const IDENTITY: cases::Answer = NotAllowed(Layer::Identity);

#[test]
fn allow_and_deny() {
    on(LOGIC).is(IDENTITY);
    on(LOGIC).has(&[GET]).is(Allowed);
    on(LOGIC).in_group(&[GET]).is(Allowed);
    on(LOGIC).has(&[ALL, NEVER]).is(Denied);
    on(LOGIC).has(&[ALL]).in_group(&[NEVER]).is(Denied);
    on(LOGIC).has(&[GET]).asks("s3:PutObject", "arn:aws:s3:::bucket/key").is(IDENTITY);
    on(LOGIC).has(&[NEVER]).is(Denied);
}

#[test]
fn actions() {
    let page = "reference_policies_elements_action.html";
    let case = |statements| on(page).has(statements);
    case(&[r#"{"Effect":"Allow","Action":["ec2:*","s3:get*"],"Resource":"*"}"#]).is(Allowed);
    case(&[r#"{"Effect":"Allow","Action":"S3:GETOBJECT","Resource":"*"}"#]).is(Allowed);
    case(&[r#"{"Effect":"Allow","Action":"s3:G?tO*t","Resource":"*"}"#]).is(Allowed);
    case(&[r#"{"Effect":"Allow","Action":"s3:GetObject?","Resource":"*"}"#]).is(IDENTITY);
    case(&[r#"{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"*"}"#]).asks("iam:UpdateAccessKey", "*").is(Allowed);
}

#[test]
fn not_action() {
    let page = "reference_policies_elements_notaction.html";
    let allow = &[r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#];
    on(page).has(allow).is(Allowed);
    on(page).has(allow).asks("iam:CreateUser", "*").is(IDENTITY);
    let deny = &[ALL, r#"{"Effect":"Deny","NotAction":["iam:*","s3:Get*"],"Resource":"*"}"#];
    on(page).has(deny).is(Allowed);
    on(page).has(deny).asks("ec2:RunInstances", "*").is(Denied);
}

#[test]
fn resources() {
    let page = "reference_policies_elements_resource.html";
    let case = |statements| on(page).has(statements);
    case(&[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*"}"#]).is(Allowed);
    case(&[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket"}"#]).is(IDENTITY);
    case(&[r#"{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::a","arn:aws:s3:::b?cket/k*"]}"#]).is(Allowed);
    case(&[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::Bucket/key"}"#]).is(IDENTITY);
    case(&[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3"}"#]).is(Allowed);
    let instance = "arn:aws:ec2:eu-west-1:111122223333:instance/i-1";
    case(&[r#"{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:ec2:*:111122223333:instance/*"}"#])
        .asks("ec2:StartInstances", instance)
        .is(Allowed);
    case(&[r#"{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:ec2:eu*1:111122223333:volume/*"}"#])
        .asks("ec2:StartInstances", instance)
        .is(IDENTITY);
}

#[test]
fn not_resource() {
    let page = "reference_policies_elements_notresource.html";
    let deny = &[ALL, r#"{"Effect":"Deny","Action":"s3:*","NotResource":["arn:aws:s3:::bucket","arn:aws:s3:::bucket/*"]}"#];
    on(page).has(deny).is(Allowed);
    on(page).has(deny).asks("s3:GetObject", "arn:aws:s3:::other/key").is(Denied);
}

#[test]
fn boundaries() {
    let page = "access_policies_boundaries.html#access_policies_boundaries-eval-logic";
    let only_ec2 = r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#;
    on(page).has(&[ALL]).boundary(GET).is(Allowed);
    on(page).has(&[ALL]).boundary(only_ec2).is(NotAllowed(Layer::Boundary));
    on(page).boundary(ALL).is(IDENTITY);
    on(page).has(&[ALL]).boundary(NEVER).is(Denied);
    // What a resource's policy gives to a user by name is not limited by what the boundary leaves out, but by what it denies.
    let to_anna = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/team/Anna"},"Action":"s3:*","Resource":"*"}"#;
    on(LOGIC).on_resource(to_anna).boundary(only_ec2).is(Allowed);
    on(LOGIC).on_resource(to_anna).boundary(NEVER).is(Denied);
    // To a role it is.
    let to_role = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/Reader"},"Action":"s3:*","Resource":"*"}"#;
    on(LOGIC).role().on_resource(to_role).is(Allowed);
    on(LOGIC).role().on_resource(to_role).boundary(only_ec2).is(IDENTITY);
    on(LOGIC).role().on_resource(to_role).boundary(GET).is(Allowed);
}

#[test]
fn sessions() {
    let page = "access_policies.html#policies_session";
    let arn = "arn:aws:sts::111122223333:assumed-role/Reader/one";
    on(page).role().has(&[ALL]).session(arn, &[]).is(Allowed);
    on(page).role().has(&[ALL]).session(arn, &[GET]).is(Allowed);
    on(page).role().has(&[ALL]).session(arn, &[r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#]).is(NotAllowed(Layer::Session));
    on(page).role().session(arn, &[ALL]).is(IDENTITY);
    on(page).role().has(&[ALL]).session(arn, &[NEVER]).is(Denied);
    let to_session =
        r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/Reader/one"},"Action":"s3:*","Resource":"*"}"#;
    let only_ec2: &[&str] = &[r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#];
    on(LOGIC).role().on_resource(to_session).session(arn, only_ec2).is(Allowed);
    let to_role = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/Reader"},"Action":"s3:*","Resource":"*"}"#;
    on(LOGIC).role().on_resource(to_role).session(arn, only_ec2).is(IDENTITY);
    on(LOGIC).role().on_resource(to_role).session(arn, &[GET]).is(Allowed);
    // A federated user is limited by the session where the policy names the user that it came from.
    let to_anna = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/team/Anna"},"Action":"s3:*","Resource":"*"}"#;
    on(LOGIC).on_resource(to_anna).session("arn:aws:sts::111122223333:federated-user/Anna", only_ec2).is(IDENTITY);
}

#[test]
fn policies_of_resources() {
    let page = "reference_policies_evaluation-logic.html#policy-eval-basics-id-rdp";
    let everybody = r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}"#;
    let not_anna = r#"{"Effect":"Deny","Principal":{"AWS":["arn:aws:iam::111122223333:user/team/Anna"]},"Action":"s3:*","Resource":"*"}"#;
    let account = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:*","Resource":"*"}"#;
    let number = r#"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}"#;
    let service = r#"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"s3:*","Resource":"*"}"#;
    on(page).on_resource(everybody).is(Allowed);
    on(page).has(&[NEVER]).on_resource(everybody).is(Denied);
    on(page).has(&[ALL]).on_resource(not_anna).is(Denied);
    on(page).has(&[ALL]).on_resource(service).is(Allowed);
    on(page).on_resource(service).is(IDENTITY);
    // The account lets its own policies say who.
    let page = "reference_policies_elements_principal.html#principal-accounts";
    on(page).on_resource(account).is(IDENTITY);
    on(page).has(&[GET]).on_resource(account).is(Allowed);
    // Roles and keys let nobody in whom they do not name.
    let page = "reference_policies_evaluation-logic.html#policy-eval-denyallow";
    on(page).has(&[ALL]).on_resource(service).required().is(NotAllowed(Layer::Resource));
    on(page).has(&[GET]).on_resource(number).required().is(Allowed);
    on(page).on_resource(number).required().is(IDENTITY);
    on(page).on_resource(everybody).required().is(Allowed);
}

#[test]
fn other_accounts() {
    let page = "reference_policies_evaluation-logic-cross-account.html";
    let to_anna = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/team/Anna"},"Action":"s3:*","Resource":"*"}"#;
    let to_account = r#"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}"#;
    let to_nobody = r#"{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"s3:*","Resource":"*"}"#;
    let other = "444455556666";
    on(page).has(&[GET]).on_resource(to_anna).of_account(other).is(Allowed);
    on(page).has(&[GET]).on_resource(to_account).of_account(other).is(Allowed);
    on(page).on_resource(to_anna).of_account(other).is(IDENTITY);
    on(page).has(&[GET]).on_resource(to_nobody).of_account(other).is(NotAllowed(Layer::Resource));
}

#[test]
fn not_principal() {
    let page = "reference_policies_elements_notprincipal.html";
    let but_anna = r#"{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111122223333:user/team/Anna","arn:aws:iam::111122223333:root"]},"Action":"s3:*","Resource":"*"}"#;
    let without_account =
        r#"{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:user/team/Anna"},"Action":"s3:*","Resource":"*"}"#;
    on(page).has(&[GET]).on_resource(but_anna).is(Allowed);
    on(page).role().has(&[GET]).on_resource(but_anna).is(Denied);
    on(page).has(&[GET]).on_resource(without_account).is(Denied);
}

#[test]
fn policies_of_organizations() {
    let page = "reference_policies_evaluation-logic.html#policy-eval-basics-id-scp";
    on(page).has(&[GET]).under(&[&[ALL], &[GET]]).is(Allowed);
    on(page).has(&[GET]).under(&[&[ALL], &[r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#]]).is(NotAllowed(Layer::Guardrail(1)));
    on(page).has(&[GET]).under(&[&[ALL, NEVER]]).is(Denied);
    on(page).under(&[&[ALL]]).is(IDENTITY);
}

#[test]
fn variables() {
    let page = "reference_policies_variables.html";
    let home = &[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/${aws:username}/*"}"#];
    on(page).has(home).asks("s3:GetObject", "arn:aws:s3:::bucket/Anna/key").is(Allowed);
    on(page).has(home).asks("s3:GetObject", "arn:aws:s3:::bucket/Berta/key").is(IDENTITY);
    // In the language of 2008 it is text.
    on(page).version("2008-10-17").has(home).asks("s3:GetObject", "arn:aws:s3:::bucket/Anna/key").is(IDENTITY);
    on(page).version("2008-10-17").has(home).asks("s3:GetObject", "arn:aws:s3:::bucket/${aws:username}/key").is(Allowed);
    // A role has no user name, and a variable without a value makes the statement void.
    on(page).role().has(home).asks("s3:GetObject", "arn:aws:s3:::bucket/Reader/key").is(IDENTITY);
    let star = &[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/${*}/${?}/${$}"}"#];
    on(page).has(star).asks("s3:GetObject", "arn:aws:s3:::bucket/*/?/$").is(Allowed);
    on(page).has(star).asks("s3:GetObject", "arn:aws:s3:::bucket/x/?/$").is(IDENTITY);
    let default = "reference_policies_variables.html#policy-vars-default-values";
    let team = &[r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'company-wide'}/*"}"#];
    on(default).tagged(&[]).has(team).asks("s3:GetObject", "arn:aws:s3:::bucket/company-wide/key").is(Allowed);
    on(default).tagged(&[("team", "yellow")]).has(team).asks("s3:GetObject", "arn:aws:s3:::bucket/yellow/key").is(Allowed);
    on(default).tagged(&[("team", "yellow")]).has(team).asks("s3:GetObject", "arn:aws:s3:::bucket/company-wide/key").is(IDENTITY);
    on(default).has(team).asks("s3:GetObject", "arn:aws:s3:::bucket/yellow/key").is(Depends(&["aws:PrincipalTag/team"]));
    let condition =
        &[r#"{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringLike":{"s3:prefix":["${aws:username}/*"]}}}"#];
    on(page).has(condition).with("s3:prefix", &["Anna/x"]).is(Allowed);
    on(page).has(condition).with("s3:prefix", &["Berta/x"]).is(IDENTITY);
    // What a variable stands for is no wildcard.
    on(page).has(condition).with("s3:prefix", &["*/x"]).is(IDENTITY);
}

/// A statement with a condition.
macro_rules! when {
    ($condition:literal) => {
        &[concat!(r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"#, $condition, "}}")]
    };
}

#[test]
fn operators_of_text() {
    let page = "reference_policies_elements_condition_operators.html#Conditions_String";
    let key = "aws:PrincipalTag/job";
    on(page).has(when!(r#""StringEquals":{"aws:PrincipalTag/job":["a","B"]}"#)).with(key, &["B"]).is(Allowed);
    on(page).has(when!(r#""StringEquals":{"aws:PrincipalTag/job":["a","B"]}"#)).with(key, &["b"]).is(IDENTITY);
    on(page).has(when!(r#""StringEquals":{"aws:PrincipalTag/job":"a*"}"#)).with(key, &["ab"]).is(IDENTITY);
    on(page).has(when!(r#""StringEqualsIgnoreCase":{"aws:PrincipalTag/job":"a"}"#)).with(key, &["A"]).is(Allowed);
    on(page).has(when!(r#""StringNotEqualsIgnoreCase":{"aws:PrincipalTag/job":"a"}"#)).with(key, &["A"]).is(IDENTITY);
    on(page).has(when!(r#""StringLike":{"aws:PrincipalTag/job":"a?c*"}"#)).with(key, &["abcd"]).is(Allowed);
    on(page).has(when!(r#""StringNotLike":{"aws:PrincipalTag/job":["a*","b*"]}"#)).with(key, &["bc"]).is(IDENTITY);
    on(page).has(when!(r#""StringNotEquals":{"aws:PrincipalTag/job":["a","b"]}"#)).with(key, &["c"]).is(Allowed);
    // Names of keys are the same in whatever case.
    on("reference_policies_elements_condition.html")
        .has(when!(r#""StringEquals":{"AWS:principaltag/JOB":"a"}"#))
        .with(key, &["a"])
        .is(Allowed);
}

#[test]
fn keys_that_are_not_there() {
    let page = "reference_policies_elements_condition_operators.html#Conditions_IfExists";
    let case = |statements| on(page).has(statements).without("ec2:InstanceType").without("aws:MultiFactorAuthAge");
    case(when!(r#""StringEquals":{"ec2:InstanceType":"t3.micro"}"#)).is(IDENTITY);
    case(when!(r#""StringNotEquals":{"ec2:InstanceType":"t3.micro"}"#)).is(Allowed);
    case(when!(r#""StringLikeIfExists":{"ec2:InstanceType":"t3.*"}"#)).is(Allowed);
    case(when!(r#""NumericLessThan":{"aws:MultiFactorAuthAge":"1"}"#)).is(IDENTITY);
    case(when!(r#""NumericLessThanIfExists":{"aws:MultiFactorAuthAge":"1"}"#)).is(Allowed);
    on(page).has(when!(r#""StringLikeIfExists":{"ec2:InstanceType":"t3.*"}"#)).with("ec2:InstanceType", &["m5.large"]).is(IDENTITY);
    let page = "reference_policies_elements_condition_operators.html#Conditions_Null";
    on(page).has(when!(r#""Null":{"aws:TokenIssueTime":"true"}"#)).without("aws:TokenIssueTime").is(Allowed);
    on(page).has(when!(r#""Null":{"aws:TokenIssueTime":"false"}"#)).without("aws:TokenIssueTime").is(IDENTITY);
    on(page).has(when!(r#""Null":{"aws:TokenIssueTime":"false"}"#)).with("aws:TokenIssueTime", &["2026-01-01T00:00:00Z"]).is(Allowed);
    on(page).has(when!(r#""Null":{"aws:TokenIssueTime":true}"#)).with("aws:TokenIssueTime", &["2026-01-01T00:00:00Z"]).is(IDENTITY);
}

#[test]
fn operators_of_numbers_and_moments() {
    let page = "reference_policies_elements_condition_operators.html#Conditions_Numeric";
    let age = |values: &[&str]| on(page).with("s3:max-keys", values);
    age(&["10"]).has(when!(r#""NumericLessThanEquals":{"s3:max-keys":"10"}"#)).is(Allowed);
    age(&["11"]).has(when!(r#""NumericLessThanEquals":{"s3:max-keys":"10"}"#)).is(IDENTITY);
    age(&["10.0"]).has(when!(r#""NumericEquals":{"s3:max-keys":10}"#)).is(Allowed);
    age(&["9"]).has(when!(r#""NumericNotEquals":{"s3:max-keys":["9","10"]}"#)).is(IDENTITY);
    age(&["9"]).has(when!(r#""NumericGreaterThan":{"s3:max-keys":"10"}"#)).is(IDENTITY);
    age(&["100"]).has(when!(r#""NumericGreaterThanEquals":{"s3:max-keys":"20"}"#)).is(Allowed);
    let page = "reference_policies_elements_condition_operators.html#Conditions_Date";
    let now = || on(page).with("aws:CurrentTime", &["2026-11-23T12:00:00Z"]);
    now()
        .has(when!(r#""DateGreaterThan":{"aws:CurrentTime":"2026-04-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2026-12-31"}"#))
        .is(Allowed);
    now().has(when!(r#""DateLessThan":{"aws:CurrentTime":"2026-11-23T12:00:00+01:00"}"#)).is(IDENTITY);
    now().has(when!(r#""DateEquals":{"aws:CurrentTime":"1795435200"}"#)).is(Allowed);
    now().has(when!(r#""DateGreaterThan":{"aws:CurrentTime":"whenever"}"#)).is(IDENTITY);
}

#[test]
fn other_operators() {
    let page = "reference_policies_elements_condition_operators.html#Conditions_Boolean";
    on(page).has(when!(r#""Bool":{"aws:SecureTransport":"true"}"#)).with("aws:SecureTransport", &["true"]).is(Allowed);
    on(page).has(when!(r#""Bool":{"aws:SecureTransport":false}"#)).with("aws:SecureTransport", &["true"]).is(IDENTITY);
    let page = "reference_policies_elements_condition_operators.html#Conditions_BinaryEquals";
    on(page).has(when!(r#""BinaryEquals":{"kms:x":"QmluYXJ5"}"#)).with("kms:x", &["QmluYXJ5"]).is(Allowed);
    on(page).has(when!(r#""BinaryEquals":{"kms:x":"QmluYXJ5"}"#)).with("kms:x", &["qmluYXJ5"]).is(IDENTITY);
    let page = "reference_policies_elements_condition_operators.html#Conditions_IPAddress";
    let from = |address: &'static str| on(page).with("aws:SourceIp", &[address]);
    from("203.0.113.9").has(when!(r#""IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:DB8:1234:5678::/64"]}"#)).is(Allowed);
    from("2001:db8:1234:5678::9").has(when!(r#""IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:DB8:1234:5678::/64"]}"#)).is(Allowed);
    from("203.0.114.9").has(when!(r#""IpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#)).is(IDENTITY);
    from("203.0.113.9").has(when!(r#""IpAddress":{"aws:SourceIp":"203.0.113.9"}"#)).is(Allowed);
    from("203.0.113.9").has(when!(r#""NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.0/24"]}"#)).is(IDENTITY);
    let page = "reference_policies_elements_condition_operators.html#Conditions_ARN";
    let source = || on(page).with("aws:SourceArn", &["arn:aws:sns:eu-west-1:111122223333:topic-1"]);
    source().has(when!(r#""ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:topic-*"}"#)).is(Allowed);
    source().has(when!(r#""ArnEquals":{"aws:SourceArn":"arn:aws:sns:*:111122223333:topic-*"}"#)).is(Allowed);
    source().has(when!(r#""ArnNotLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:topic-*"}"#)).is(IDENTITY);
    source().has(when!(r#""ArnLike":{"aws:SourceArn":"arn:aws:sqs:*:*:*"}"#)).is(IDENTITY);
}

#[test]
fn several_keys_operators_and_values() {
    let page = "reference_policies_condition-logic-multiple-context-keys-or-values.html";
    let case = |a: &'static str, b: &'static str| on(page).with("a:a", &[a]).with("a:b", &[b]);
    case("1", "2").has(when!(r#""StringEquals":{"a:a":"1","a:b":["2","3"]}"#)).is(Allowed);
    case("1", "4").has(when!(r#""StringEquals":{"a:a":"1","a:b":["2","3"]}"#)).is(IDENTITY);
    case("1", "2").has(when!(r#""StringEquals":{"a:a":"1"},"NumericGreaterThan":{"a:b":"1"}"#)).is(Allowed);
    case("1", "2").has(when!(r#""StringEquals":{"a:a":"1"},"NumericGreaterThan":{"a:b":"2"}"#)).is(IDENTITY);
}

#[test]
fn sets_of_values() {
    let page = "reference_policies_condition-single-vs-multi-valued-context-keys.html";
    let asks = |values: &'static [&'static str]| on(page).with("dynamodb:Attributes", values);
    asks(&["ID", "Tags"]).has(when!(r#""ForAllValues:StringLike":{"dynamodb:Attributes":["ID","Message","Tags"]}"#)).is(Allowed);
    asks(&["ID", "User"]).has(when!(r#""ForAllValues:StringLike":{"dynamodb:Attributes":["ID","Message","Tags"]}"#)).is(IDENTITY);
    asks(&["ID", "User"]).has(when!(r#""ForAnyValue:StringEquals":{"dynamodb:Attributes":["ID","Message"]}"#)).is(Allowed);
    asks(&["User"]).has(when!(r#""ForAnyValue:StringEquals":{"dynamodb:Attributes":["ID","Message"]}"#)).is(IDENTITY);
    asks(&["User", "ID"]).has(when!(r#""ForAllValues:StringNotEquals":{"dynamodb:Attributes":["ID"]}"#)).is(IDENTITY);
    asks(&["User", "ID"]).has(when!(r#""ForAnyValue:StringNotEquals":{"dynamodb:Attributes":["ID"]}"#)).is(Allowed);
    // Nothing there: all of nothing, but not one of it.
    asks(&[]).has(when!(r#""ForAllValues:StringEquals":{"dynamodb:Attributes":["ID"]}"#)).is(Allowed);
    asks(&[]).has(when!(r#""ForAnyValue:StringEquals":{"dynamodb:Attributes":["ID"]}"#)).is(IDENTITY);
    asks(&[]).has(when!(r#""ForAnyValue:StringNotEquals":{"dynamodb:Attributes":["ID"]}"#)).is(IDENTITY);
}

/// What is not known is said to be so, and only where it matters.
#[test]
fn what_is_not_known() {
    let page = LOGIC;
    let near = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"Bool":{"aws:SecureTransport":"true"}}}"#;
    let far = r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}"#;
    on(page).has(&[near]).is(Depends(&["aws:SecureTransport", "aws:SourceIp"]));
    on(page).has(&[near]).with("aws:SourceIp", &["10.1.1.1"]).is(Depends(&["aws:SecureTransport"]));
    on(page).has(&[near]).with("aws:SourceIp", &["192.0.2.1"]).is(IDENTITY);
    on(page).has(&[near, GET]).is(Allowed);
    on(page).has(&[GET, far]).is(Depends(&["aws:SourceIp"]));
    on(page).has(&[far]).is(IDENTITY);
    on(page).has(&[near, NEVER]).is(Denied);
    on(page).has(&[near]).boundary(r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#).is(NotAllowed(Layer::Boundary));
    on(page).has(&[GET]).boundary(near).is(Depends(&["aws:SecureTransport", "aws:SourceIp"]));
    let to_all_near =
        r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}"#;
    on(page).on_resource(to_all_near).is(Depends(&["aws:SourceVpce"]));
    on(page).has(&[GET]).on_resource(to_all_near).is(Allowed);
    // The simulator takes what is not given for absent.
    let mut closed =
        on(page).has(&[GET, r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:ViaAWSService":"true"}}}"#]);
    closed = closed.without("aws:ViaAWSService");
    closed.is(Allowed);
}

#[test]
fn what_follows_from_who_asks() {
    let page = "reference_policies_condition-keys.html#condition-keys-principal";
    on(page).has(when!(r#""StringEquals":{"aws:username":"Anna","aws:userid":"AIDAEXAMPLE","aws:PrincipalAccount":"111122223333","aws:PrincipalType":"User"}"#)).is(Allowed);
    on(page).has(when!(r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/team/*"}"#)).is(Allowed);
    on(page).role().has(when!(r#""Null":{"aws:username":"true"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Reader"}"#)).is(Allowed);
    on(page).tagged(&[("Team", "a")]).has(when!(r#""StringEquals":{"aws:PrincipalTag/team":"a"}"#)).is(Allowed);
    on(page).tagged(&[]).has(when!(r#""StringEquals":{"aws:PrincipalTag/team":"a"}"#)).is(IDENTITY);
    on(page).has(when!(r#""StringEquals":{"aws:PrincipalTag/team":"a"}"#)).is(Depends(&["aws:PrincipalTag/team"]));
}

#[test]
fn answers_name_their_statement() {
    let statements: &[&str] = &[GET, r#"{"Sid":"Two","Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}"#];
    let Decision::ExplicitDeny(by) = on(LOGIC).has(&[ALL]).in_group(statements).asks("s3:DeleteObject", "*").decide() else {
        panic!("it is denied")
    };
    assert_eq!((by.layer, by.policy, by.statement, by.sid.as_deref()), (Layer::Group(GroupId(0)), 2, 0, Some("Two")));
    let Decision::Allowed(by) = on(LOGIC).in_group(statements).decide() else { panic!("it is allowed") };
    assert_eq!((by.layer, by.policy), (Layer::Group(GroupId(0)), 0));
}
