//! Each rule, at its place: what is marked, how bad it is, and a word of what is said.

use policy::{Catalog, Finding, Lines, Place, Rule, Severity, lint};

fn catalog() -> Catalog {
    let bytes = include_bytes!("../../../public/iam-actions.txt").to_vec();
    Catalog::read(bytes).expect("the list that the generator wrote")
}

fn policy(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)
}

/// Looks at a policy and expects exactly one finding.
fn only(catalog: Option<&Catalog>, place: Place, text: &str) -> Finding {
    let findings = lint(text, place, catalog).findings;
    assert_eq!(findings.len(), 1, "{text}\n{:#?}", findings.iter().map(Finding::message).collect::<Vec<_>>());
    findings.into_iter().next().expect("one")
}

#[test]
fn nothing_is_wrong_with_these() {
    let catalog = catalog();
    let cases = [
        (Place::Managed, r#"{"Effect":"Allow","Action":["ec2:Describe*","ec2:RunInstances"],"Resource":"*"}"#),
        (Place::Managed, r#"{"Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:*:*:table/${aws:username}"}"#),
        (
            Place::Managed,
            r#"{"Effect":"Deny","NotAction":"iam:*","NotResource":"arn:aws:s3:::b/*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#,
        ),
        (
            Place::Managed,
            r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringLike":{"s3:ExistingObjectTag/team":"a*"}}}"#,
        ),
        (
            Place::Managed,
            r#"{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"ec2:InstanceType":["t3.micro"],"aws:RequestTag/x":"y"},"NumericLessThan":{"aws:MultiFactorAuthAge":3600}}}"#,
        ),
        (Place::Trust, r#"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#),
        (
            Place::Trust,
            r#"{"Effect":"Allow","Principal":{"AWS":["123456789012","arn:aws:iam::123456789012:root"]},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"1"}}}"#,
        ),
        (
            Place::Resource,
            r#"{"Sid":"with spaces","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
        ),
    ];
    for (place, statement) in cases {
        let findings = lint(&policy(statement), place, Some(&catalog)).findings;
        assert!(findings.is_empty(), "{statement}\n{findings:#?}");
    }
}

#[test]
fn of_the_grammar() {
    use Place::{Managed, Resource, Trust};
    use Severity::{Error, Hint, Warning};
    let cases: &[(Place, &str, Severity, Rule, &str, &str)] = &[
        (Managed, r#"[]"#, Error, Rule::WrongType, "[]", "is an object"),
        (Managed, r#"{"Version":"2012-10-17"}"#, Error, Rule::Missing, "{", "no Statement"),
        (Managed, r#"{"Version":"2012-10-17","Statement":[]}"#, Error, Rule::Missing, "[]", "empty"),
        (Managed, r#"{"Version":"2012-10-17","Statement":[5]}"#, Error, Rule::WrongType, "5", "statement is an object"),
        (Managed, r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#, Warning, Rule::Version, "{", "2008"),
        (
            Managed,
            r#"{"Version":"2008-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#,
            Warning,
            Rule::Version,
            "\"2008-10-17\"",
            "plain text",
        ),
        (
            Managed,
            r#"{"Version":"2026-11-23","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#,
            Error,
            Rule::Version,
            "\"2026-11-23\"",
            "of the language",
        ),
        (
            Managed,
            r#"{"Version":"2012-10-17","Id":"x","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#,
            Warning,
            Rule::Misplaced,
            "\"Id\"",
            "Only policies of resources",
        ),
        (
            Managed,
            r#"{"Version":"2012-10-17","Statment":1,"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#,
            Error,
            Rule::UnknownElement,
            "\"Statment\"",
            "Statement is meant",
        ),
    ];
    let statements: &[(Place, &str, Severity, Rule, &str, &str)] = &[
        (Managed, r#"{"Effect":"Deny","Action":"*","Resource":"*","Color":"red"}"#, Error, Rule::UnknownElement, "\"Color\"", "remove it"),
        (
            Managed,
            r#"{"Effect":"Deny","Actions":"*","Action":"*","Resource":"*"}"#,
            Error,
            Rule::UnknownElement,
            "\"Actions\"",
            "Action is meant",
        ),
        (Managed, r#"{"Effect":"Deny","Effect":"Deny","Action":"*","Resource":"*"}"#, Error, Rule::Duplicate, "\"Effect\"", "twice"),
        (Managed, r#"{"Action":"*","Resource":"*"}"#, Error, Rule::Missing, "{", "Effect"),
        (Managed, r#"{"Effect":"allow","Action":"ec2:*","Resource":"*"}"#, Error, Rule::WrongValue, "\"allow\"", "capital"),
        (Managed, r#"{"Effect":"Maybe","Action":"ec2:*","Resource":"*"}"#, Error, Rule::WrongValue, "\"Maybe\"", "\"Allow\" or \"Deny\""),
        (Managed, r#"{"Effect":"Deny","Resource":"*"}"#, Error, Rule::Missing, "{", "add an Action"),
        (Managed, r#"{"Effect":"Deny","Action":"*"}"#, Error, Rule::Missing, "{", "add a Resource"),
        (
            Managed,
            r#"{"Effect":"Deny","Action":"*","NotAction":"ec2:*","Resource":"*"}"#,
            Error,
            Rule::Misplaced,
            "\"NotAction\"",
            "not both",
        ),
        (Managed, r#"{"Effect":"Deny","Action":[],"Resource":"*"}"#, Error, Rule::Missing, "[]", "empty"),
        (Managed, r#"{"Effect":"Deny","Action":["ec2:*",1],"Resource":"*"}"#, Error, Rule::WrongType, "1", "string"),
        (Managed, r#"{"Effect":"Deny","Action":["ec2:*","ec2:*"],"Resource":"*"}"#, Hint, Rule::Duplicate, "\"ec2:*\"", "already"),
        (Managed, r#"{"Effect":"Deny","Action":"RunInstances","Resource":"*"}"#, Error, Rule::WrongValue, "\"RunInstances\"", "a colon"),
        (
            Managed,
            r#"{"Effect":"Deny","Action":"ec2: RunInstances","Resource":"*"}"#,
            Error,
            Rule::WrongValue,
            "\"ec2: RunInstances\"",
            "without spaces",
        ),
        (
            Managed,
            r#"{"Effect":"Deny","Action":"e*:RunInstances","Resource":"*"}"#,
            Error,
            Rule::WrongValue,
            "\"e*:RunInstances\"",
            "no wildcards",
        ),
        (Managed, r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#, Warning, Rule::Broad, "\"NotAction\"", "everything but"),
        (Managed, r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#, Hint, Rule::Broad, "\"*\"", "administrator"),
        (Managed, r#"{"Effect":"Deny","Action":"*","Resource":"bucket"}"#, Error, Rule::WrongValue, "\"bucket\"", "is an ARN"),
        (Managed, r#"{"Effect":"Deny","Action":"*","Resource":"arn:aws:sqs"}"#, Warning, Rule::WrongValue, "\"arn:aws:sqs\"", "3 of 6"),
        (
            Managed,
            r#"{"Effect":"Deny","Action":"*","Resource":"arn:aw:s3:::b"}"#,
            Warning,
            Rule::WrongValue,
            "\"arn:aw:s3:::b\"",
            "aws is meant",
        ),
        (Managed, r#"{"Sid":"a b","Effect":"Deny","Action":"*","Resource":"*"}"#, Error, Rule::WrongValue, "\"a b\"", "no spaces"),
        (
            Managed,
            r#"{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}"#,
            Error,
            Rule::Duplicate,
            "\"a\"",
            "already",
        ),
        (Managed, r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#, Error, Rule::Misplaced, "\"Principal\"", "remove it"),
        (Resource, r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#, Error, Rule::Missing, "{", "Principal"),
        (Resource, r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}"#, Warning, Rule::Broad, "\"*\"", "everybody"),
        (Resource, r#"{"Effect":"Deny","Principal":"me","Action":"s3:*","Resource":"*"}"#, Error, Rule::WrongType, "\"me\"", "kind"),
        (
            Resource,
            r#"{"Effect":"Deny","Principal":{"Aws":"*"},"Action":"s3:*","Resource":"*"}"#,
            Error,
            Rule::UnknownElement,
            "\"Aws\"",
            "AWS is meant",
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"Service":"ec2"},"Action":"sts:AssumeRole"}"#,
            Error,
            Rule::WrongValue,
            "\"ec2\"",
            "address",
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/*"},"Action":"sts:AssumeRole"}"#,
            Error,
            Rule::WrongValue,
            "\"arn:aws:iam::123456789012:role/*\"",
            "no wildcards",
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"AWS":"anna"},"Action":"sts:AssumeRole"}"#,
            Error,
            Rule::WrongValue,
            "\"anna\"",
            "12 digits",
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole","Resource":"*"}"#,
            Error,
            Rule::Misplaced,
            "\"Resource\"",
            "Remove it",
        ),
    ];
    let wrapped: Vec<_> =
        statements.iter().map(|(place, text, severity, rule, marked, said)| (*place, policy(text), severity, rule, marked, said)).collect();
    let whole = cases.iter().map(|(place, text, severity, rule, marked, said)| (*place, (*text).to_owned(), severity, rule, marked, said));
    for (place, text, severity, rule, marked, said) in whole.chain(wrapped) {
        let found = only(None, place, &text);
        assert_eq!((found.severity, found.rule, found.span.of(&text)), (*severity, *rule, *marked), "{text}: {}", found.message());
        assert!(found.message().contains(said), "{}", found.message());
    }
}

#[test]
fn of_conditions() {
    use Rule::{ConditionKey, ConditionType, Duplicate, Missing, NeverMatches, UnknownOperator, WrongType, WrongValue};
    use Severity::{Error, Warning};
    let cases: &[(&str, Severity, Rule, &str, &str)] = &[
        (r#""x""#, Error, WrongType, "\"x\"", "operators"),
        (r#"{"StringEquals":"x"}"#, Error, WrongType, "\"x\"", "keys and values"),
        (r#"{"StringEqual":{"aws:username":"a"}}"#, Error, UnknownOperator, "\"StringEqual\"", "StringEquals is meant"),
        (r#"{"stringEquals":{"aws:username":"a"}}"#, Warning, UnknownOperator, "\"stringEquals\"", "spelled StringEquals"),
        (r#"{"StringEquals":{"username":"a"}}"#, Error, WrongValue, "\"username\"", "colon"),
        (r#"{"StringEquals":{"aws:usrname":"a"}}"#, Warning, ConditionKey, "\"aws:usrname\"", "aws:username is meant"),
        (r#"{"StringEquals":{"aws:username":[]}}"#, Error, Missing, "[]", "empty"),
        (r#"{"StringEquals":{"aws:username":{}}}"#, Error, WrongType, "{}", "compares with"),
        (r#"{"NumericLessThan":{"aws:MultiFactorAuthAge":"soon"}}"#, Error, ConditionType, "\"soon\"", "numbers"),
        (r#"{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}"#, Error, ConditionType, "\"tomorrow\"", "moments"),
        (r#"{"Bool":{"aws:SecureTransport":"yes"}}"#, Error, ConditionType, "\"yes\"", "true"),
        (r#"{"IpAddress":{"aws:SourceIp":"10.0.0.0/40"}}"#, Error, ConditionType, "\"10.0.0.0/40\"", "network"),
        (r#"{"StringEquals":{"aws:SourceIp":"10.0.0.1"}}"#, Warning, ConditionType, "\"aws:SourceIp\"", "IpAddress"),
        (r#"{"StringEquals":{"aws:username":"a","AWS:username":"b"}}"#, Error, Duplicate, "\"AWS:username\"", "twice"),
        (
            r#"{"StringEquals":{"aws:username":"a"},"StringLike":{"aws:username":"b*"}}"#,
            Warning,
            NeverMatches,
            "\"aws:username\"",
            "never hold",
        ),
        (
            r#"{"StringEquals":{"aws:username":["a","b"]},"StringNotLike":{"aws:username":["a*","b"]}}"#,
            Warning,
            NeverMatches,
            "\"aws:username\"",
            "never hold",
        ),
        (
            r#"{"Null":{"aws:username":"true"},"StringEquals":{"aws:username":"a"}}"#,
            Warning,
            NeverMatches,
            "\"aws:username\"",
            "never hold",
        ),
        (
            r#"{"Null":{"aws:TagKeys":true},"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}"#,
            Warning,
            NeverMatches,
            "\"aws:TagKeys\"",
            "never hold",
        ),
        (
            r#"{"NumericLessThan":{"aws:MultiFactorAuthAge":"5"},"NumericGreaterThanEquals":{"aws:MultiFactorAuthAge":"5"}}"#,
            Warning,
            NeverMatches,
            "\"aws:MultiFactorAuthAge\"",
            "never hold",
        ),
        (
            r#"{"DateGreaterThan":{"aws:CurrentTime":"2026-02-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}}"#,
            Warning,
            NeverMatches,
            "\"aws:CurrentTime\"",
            "never hold",
        ),
        (
            r#"{"IpAddress":{"aws:SourceIp":"10.1.0.0/16"},"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#,
            Warning,
            NeverMatches,
            "\"aws:SourceIp\"",
            "never hold",
        ),
    ];
    for (condition, severity, rule, marked, said) in cases {
        let text = policy(&format!(r#"{{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{condition}}}"#));
        let found = only(None, Place::Managed, &text);
        assert_eq!((found.severity, found.rule, found.span.of(&text)), (*severity, *rule, *marked), "{text}: {}", found.message());
        assert!(found.message().contains(said), "{}", found.message());
    }
}

#[test]
fn conditions_that_can_hold() {
    let cases = [
        r#"{"StringEquals":{"aws:username":["a","b"]},"StringNotEquals":{"aws:username":"a"}}"#,
        r#"{"StringEquals":{"aws:username":"${aws:PrincipalTag/x}"},"StringLike":{"aws:username":"b*"}}"#,
        r#"{"StringLike":{"aws:username":"a*"},"StringNotLike":{"aws:username":"ab*"}}"#,
        r#"{"Null":{"aws:username":"true"},"StringEqualsIfExists":{"aws:username":"a"}}"#,
        r#"{"Null":{"aws:username":"false"},"StringEquals":{"aws:username":"a"}}"#,
        r#"{"Null":{"aws:username":"true"},"StringNotEquals":{"aws:username":"a"}}"#,
        r#"{"NumericLessThanEquals":{"aws:MultiFactorAuthAge":"5"},"NumericGreaterThanEquals":{"aws:MultiFactorAuthAge":"5"}}"#,
        r#"{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"NotIpAddress":{"aws:SourceIp":"10.1.0.0/16"}}"#,
        r#"{"StringEqualsIgnoreCase":{"aws:username":"A"},"StringEquals":{"aws:username":"a"}}"#,
    ];
    for condition in cases {
        let text = policy(&format!(r#"{{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{condition}}}"#));
        let findings = lint(&text, Place::Managed, None).findings;
        assert!(findings.is_empty(), "{condition}\n{findings:#?}");
    }
}

#[test]
fn of_the_list_of_actions() {
    let catalog = catalog();
    let cases: &[(&str, Rule, &str, &str)] = &[
        (r#""Action":"ecc2:RunInstances","Resource":"*""#, Rule::UnknownService, "\"ecc2:RunInstances\"", "ec2?"),
        (r#""Action":"ec2:RunInstance","Resource":"*""#, Rule::UnknownAction, "\"ec2:RunInstance\"", "ec2:RunInstances is meant"),
        (r#""Action":"ec2:Frobnicate","Resource":"*""#, Rule::UnknownAction, "\"ec2:Frobnicate\"", "choose one"),
        (r#""Action":"ec2:Descrbe*","Resource":"*""#, Rule::EmptyWildcard, "\"ec2:Descrbe*\"", "no action"),
        (
            r#""Action":"ec2:DescribeInstances","Resource":"arn:aws:ec2:*:*:instance/*""#,
            Rule::ResourceType,
            "\"ec2:DescribeInstances\"",
            "Resource \"*\"",
        ),
        (
            r#""Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::bucket""#,
            Rule::ResourceType,
            "\"s3:GetObject\"",
            "${BucketName}",
        ),
        (
            r#""Action":"ec2:StartInstances","Resource":["arn:aws:ec2:*:*:instance/*","arn:aws:ec2:*:*:volume/*"]"#,
            Rule::ResourceType,
            "\"arn:aws:ec2:*:*:volume/*\"",
            "No action",
        ),
        (
            r#""Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"ec2:InstanceType":"t3.micro"}}"#,
            Rule::ConditionKey,
            "\"ec2:InstanceType\"",
            "No action of this statement",
        ),
        (
            r#""Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"ec2:InstanceTyp":"t3.micro"}}"#,
            Rule::ConditionKey,
            "\"ec2:InstanceTyp\"",
            "ec2:InstanceType is meant",
        ),
        (
            r#""Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"ec2:MetadataHttpPutResponseHopLimit":"2","aws:SourceIp":"::1"}}"#,
            Rule::ConditionType,
            "\"aws:SourceIp\"",
            "IpAddress",
        ),
    ];
    for (rest, rule, marked, said) in cases {
        let text = policy(&format!(r#"{{"Effect":"Allow",{rest}}}"#));
        let found = only(Some(&catalog), Place::Managed, &text);
        assert_eq!((found.severity, found.rule, found.span.of(&text)), (Severity::Warning, *rule, *marked), "{text}: {}", found.message());
        assert!(found.message().contains(said), "{}", found.message());
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
#[test]
fn of_length() {
    let limits = [
        (Place::Managed, 6144),
        (Place::User, 2048),
        (Place::Group, 5120),
        (Place::Role, 10240),
        (Place::Trust, 2048),
        (Place::Session, 2048),
    ];
    for (place, limit) in limits {
        let bare = |sid: &str| {
            let is_trust = place == Place::Trust;
            let (action, rest) = if is_trust { ("sts:AssumeRole", r#""Principal":{"AWS":"*"}"#) } else { ("ec2:*", r#""Resource":"*""#) };
            policy(&format!(r#"{{"Sid":"{sid}","Effect":"Deny","Action":"{action}",{rest}}}"#)).replace(',', " , \n\t ")
        };
        let empty = bare("").chars().filter(|c| !c.is_whitespace()).count();
        let fits = bare(&"a".repeat(limit - empty));
        let report = lint(&fits, place, None);
        assert_eq!((report.size.used, report.size.limit, report.is_refused()), (limit, Some(limit), false), "{place:?}");
        let found = only(None, place, &bare(&"a".repeat(limit - empty + 7)));
        assert!(found.rule == Rule::Size && found.message().contains("7 characters too long"), "{}", found.message());
    }
    assert_eq!(lint("{\"a b\": \"c\\\" d\"}", Place::Resource, None).size.used, 15);
}

#[test]
fn places_are_of_lines_and_columns() {
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"Action\": \"ec2:\",\n    \"Resource\": \"*\"\n  }\n}";
    let found = only(None, Place::Managed, text);
    let position = Lines::new(text).position(found.span.start);
    assert_eq!((position.line, position.column), (5, 15));
}
