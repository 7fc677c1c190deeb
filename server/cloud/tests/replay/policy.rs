//! Managed policies, on replies in the words of the API reference.

use api::{
    error::ErrorCode,
    policy::{Holders, Policy, PolicyAction, PolicyDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines};

const ARN: &str = "arn:aws:iam::123456789012:policy/S3-read-only-example-bucket";
const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}"#;

fn answer(action: &str, body: &str) -> String {
    format!(
        "<{action}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{action}Result>{body}</{action}Result></{action}Response>"
    )
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
fn policy(more: &str) -> String {
    format!(
        "<PolicyName>S3-read-only-example-bucket</PolicyName><DefaultVersionId>v2</DefaultVersionId><PolicyId>AGPACKCEVSQ6C2EXAMPLE</PolicyId>\
         <Path>/</Path><Arn>{ARN}</Arn><AttachmentCount>9</AttachmentCount><PermissionsBoundaryUsageCount>1</PermissionsBoundaryUsageCount>\
         <CreateDate>2014-09-15T17:36:14Z</CreateDate><UpdateDate>2014-09-15T20:31:47Z</UpdateDate>{more}"
    )
}

#[tokio::test]
async fn policies_are_listed_by_whose_they_are_in_one_call() {
    let list = answer("ListPolicies", &format!("<IsTruncated>false</IsTruncated><Policies><member>{}</member></Policies>", policy("")));
    let recorded = Recorded::new().pages_of(1000).answer("ListPolicies", &list).answer("ListPolicies", &list).answer("ListPolicies", &list);
    let (cloud, log) = recorded.cloud();
    let wants: [&[(&str, &str)]; 3] = [&[], &[("scope", "aws")], &[("scope", "all")]];
    for wanted in wants {
        let found: Vec<Policy> = all(Policy::list(&cloud, &args(wanted))).await.unwrap();
        assert_eq!((found[0].arn.as_str(), found[0].attachments, found[0].boundaries), (ARN, 9, 1));
        assert_eq!((found[0].created_at, found[0].default_version.as_str()), (Some(1_410_802_574), "v2"));
    }
    let scopes: Vec<_> = asked(&log, "ListPolicies").iter().map(|asked| asked["Scope"].clone()).collect();
    assert_eq!(scopes, ["Local", "AWS", "All"]);
}

#[tokio::test]
async fn a_policy_is_told_with_its_versions_and_with_those_who_have_it() {
    let found = policy("<Description>Reads</Description><Tags><member><Key>team</Key><Value>blue</Value></member></Tags>");
    let version = |id: &str, is_default: bool| {
        format!("<VersionId>{id}</VersionId><IsDefaultVersion>{is_default}</IsDefaultVersion><CreateDate>2014-09-15T20:31:47Z</CreateDate>")
    };
    let versions = format!(
        "<Versions><member>{}</member><member>{}</member></Versions><IsTruncated>false</IsTruncated>",
        version("v2", true),
        version("v1", false)
    );
    let entities = |user: &str, marker: &str| {
        answer(
            "ListEntitiesForPolicy",
            &format!(
                "<PolicyRoles><member><RoleName>DevRole-{user}</RoleName></member></PolicyRoles><PolicyGroups/>\
             <PolicyUsers><member><UserName>{user}</UserName></member></PolicyUsers><IsTruncated>{}</IsTruncated>{marker}",
                !marker.is_empty()
            ),
        )
    };
    let encoded = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D";
    let shown =
        answer("GetPolicyVersion", &format!("<PolicyVersion><Document>{encoded}</Document>{}</PolicyVersion>", version("v2", true)));
    let recorded = Recorded::new().answer("GetPolicy", &answer("GetPolicy", &format!("<Policy>{found}</Policy>")));
    let recorded = recorded.answer("ListPolicyVersions", &answer("ListPolicyVersions", &versions));
    let recorded = recorded
        .answer("ListEntitiesForPolicy", &entities("Alice", "<Marker>m</Marker>"))
        .answer("ListEntitiesForPolicy", &entities("Bob", ""));
    // Of the older one nobody may see the text.
    let recorded = recorded.answer("GetPolicyVersion", &shown).refuse("GetPolicyVersion", 403, "AccessDenied", "not authorized");
    let (cloud, log) = recorded.cloud();
    let policy = Policy::get(&cloud, ARN).await.unwrap();
    assert_eq!((policy.description.as_str(), policy.tags[0].value.as_str()), ("Reads", "blue"));
    assert_eq!(
        (policy.users.as_slice(), policy.roles.as_slice()),
        (&["Alice".to_owned(), "Bob".to_owned()][..], &["DevRole-Alice".to_owned(), "DevRole-Bob".to_owned()][..])
    );
    assert_eq!(policy.document(), r#"{"Version":"2012-10-17","Statement":[]}"#);
    assert_eq!(
        policy.versions.iter().map(|version| (version.id.as_str(), version.document.is_empty())).collect::<Vec<_>>(),
        [("v2", false), ("v1", true)]
    );
    assert_eq!(asked(&log, "GetPolicyVersion").len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_new_policy_is_said_at_its_field() {
    let recorded = Recorded::new().refuse("CreatePolicy", 409, "EntityAlreadyExists", "A policy called p already exists.");
    let recorded = recorded.refuse("CreatePolicy", 400, "MalformedPolicyDocument", "Syntax errors in policy.");
    let (cloud, log) = recorded.refuse("CreatePolicy", 409, "LimitExceeded", "Cannot exceed quota for PolicySize: 6144").cloud();
    let draft = PolicyDraft { name: "p".into(), document: DOCUMENT.into(), ..PolicyDraft::default() };
    for (code, field) in [(ErrorCode::Conflict, "name"), (ErrorCode::Invalid, "document"), (ErrorCode::Quota, "document")] {
        let error = Policy::create(&cloud, &draft).await.unwrap_err();
        assert_eq!((error.code, error.fields.into_keys().collect::<Vec<_>>()), (code, vec![field.to_owned()]));
    }
    assert_eq!(lines(&asked(&log, "CreatePolicy")[0]), [format!("PolicyDocument={DOCUMENT}"), "PolicyName=p".into()]);
}

#[tokio::test]
async fn who_is_without_a_policy_already_need_not_lose_it() {
    let recorded = Recorded::new().refuse("DetachUserPolicy", 404, "NoSuchEntity", "Policy was not found.");
    let (cloud, log) = recorded.answer("DetachRolePolicy", "<DetachRolePolicyResponse/>").cloud();
    let detach = PolicyAction::Detach(Holders { users: vec!["ann".into()], roles: vec!["web".into()], ..Holders::default() });
    assert_eq!(Policy::act(&cloud, &detach, &[ARN.to_owned()]).await[0].error, None);
    assert_eq!(lines(&asked(&log, "DetachRolePolicy")[0]), [format!("PolicyArn={ARN}"), "RoleName=web".into()]);
    let (cloud, _) = Recorded::new().refuse("AttachGroupPolicy", 404, "NoSuchEntity", "The group with name x cannot be found.").cloud();
    let attach = PolicyAction::Attach(Holders { groups: vec!["x".into()], ..Holders::default() });
    let refused = Policy::act(&cloud, &attach, &[ARN.to_owned()]).await.remove(0).error.map(|error| error.code);
    assert_eq!(refused, Some(ErrorCode::NotFound));
}

#[tokio::test]
async fn a_version_that_made_room_before_a_text_was_refused_is_not_looked_for_again() {
    let recorded = Recorded::new().answer("DeletePolicyVersion", "<DeletePolicyVersionResponse/>");
    let recorded = recorded.refuse("CreatePolicyVersion", 400, "MalformedPolicyDocument", "Syntax errors in policy.");
    let recorded = recorded.refuse("DeletePolicyVersion", 404, "NoSuchEntity", "Policy version v1 does not exist.");
    let made =
        answer("CreatePolicyVersion", "<PolicyVersion><VersionId>v6</VersionId><IsDefaultVersion>true</IsDefaultVersion></PolicyVersion>");
    let (cloud, log) = recorded.answer("CreatePolicyVersion", &made).cloud();
    let edit = PolicyAction::Edit { document: DOCUMENT.into(), replaces: "v1".into() };
    let refused = Policy::act(&cloud, &edit, &[ARN.to_owned()]).await.remove(0).error.unwrap();
    assert!(refused.fields.contains_key("document"), "{refused:?}");
    assert_eq!(Policy::act(&cloud, &edit, &[ARN.to_owned()]).await[0].error, None);
    assert_eq!(asked(&log, "CreatePolicyVersion")[1]["SetAsDefault"], "true");
}
