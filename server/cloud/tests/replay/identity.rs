//! Users and groups, on replies in the words of the API reference.

use api::{
    credential_report::CredentialReport,
    error::ErrorCode,
    group::{Group, GroupAction},
    permissions::{Attached, Inline},
    user::{MfaCodes, NewMfaDevice, User, UserAction, UserDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines, list};

fn user(name: &str) -> String {
    format!(
        "<member><Path>/division_abc/</Path><UserName>{name}</UserName><Arn>arn:aws:iam::123456789012:user/division_abc/{name}</Arn>\
         <UserId>AKIAI44QH8DHBEXAMPLE</UserId><CreateDate>2013-10-02T17:01:44Z</CreateDate>\
         <PasswordLastUsed>2014-10-10T14:37:51Z</PasswordLastUsed></member>"
    )
}

fn page(action: &str, marker: &str, body: &str) -> String {
    let marker = if marker.is_empty() { String::new() } else { format!("<Marker>{marker}</Marker>") };
    format!(
        "<{action}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{action}Result>{body}<IsTruncated>{}</IsTruncated>{marker}</{action}Result></{action}Response>",
        !marker.is_empty()
    )
}

fn users(marker: &str, names: &[&str]) -> String {
    let members: String = names.iter().map(|name| user(name)).collect();
    page("ListUsers", marker, &format!("<Users>{members}</Users>"))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
fn details(marker: &str, names: &[&str]) -> String {
    let detail = |name: &&str| {
        format!(
            "<member><GroupList><member>Dev</member></GroupList><AttachedManagedPolicies/>\
             <UserPolicyList><member><PolicyName>DenyBillingPolicy</PolicyName>\
             <PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Deny%22%7D%7D</PolicyDocument></member></UserPolicyList>\
             <Path>/</Path><UserName>{name}</UserName><Tags><member><Key>team</Key><Value>blue</Value></member></Tags></member>"
        )
    };
    let members: String = names.iter().map(detail).collect();
    page("GetAccountAuthorizationDetails", marker, &format!("<UserDetailList>{members}</UserDetailList>"))
}

#[tokio::test]
async fn users_leave_as_soon_as_both_lists_know_them_however_their_pages_fall() {
    let recorded = Recorded::new().pages_of(1000);
    let recorded = recorded.answer("ListUsers", &users("m1", &["Alice", "Bob"])).answer("ListUsers", &users("", &["Charlie", "Dora"]));
    let recorded = recorded.answer("GetAccountAuthorizationDetails", &details("n1", &["Alice"]));
    let recorded = recorded.answer("GetAccountAuthorizationDetails", &details("n2", &["Charlie"]));
    let (cloud, log) = recorded.answer("GetAccountAuthorizationDetails", &details("", &["Bob"])).cloud();
    let found: Vec<User> = list(&cloud).await;
    let names: Vec<_> = found.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["Alice", "Charlie", "Bob", "Dora"], "who is known first leaves first, and nobody is lost");
    let document = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny"}}"#;
    let permissions = found[0].permissions.clone().unwrap();
    assert_eq!(permissions.inline, [Inline { name: "DenyBillingPolicy".into(), document: document.into() }]);
    assert_eq!((found[0].groups.as_deref(), found[0].tags[0].value.as_str()), (Some(&["Dev".to_owned()][..]), "blue"));
    assert_eq!((found[0].created_at, found[0].password_last_used), (Some(1_380_733_304), Some(1_412_951_871)));
    assert_eq!(found[3].groups, None, "the other list does not know her");
    assert_eq!(lines(&asked(&log, "GetAccountAuthorizationDetails")[0]), ["Filter.member.1=User", "MaxItems=1000"]);
    assert_eq!(asked(&log, "ListUsers").len() + asked(&log, "GetAccountAuthorizationDetails").len(), 5, "no call for any single user");
}

#[tokio::test]
async fn users_are_listed_where_nobody_tells_their_details() {
    let recorded = Recorded::new().answer("ListUsers", &users("", &["Alice"]));
    let (cloud, _) = recorded.refuse("GetAccountAuthorizationDetails", 403, "AccessDenied", "not authorized").cloud();
    let found: Vec<User> = list(&cloud).await;
    assert_eq!((found[0].name.as_str(), found[0].groups.as_ref()), ("Alice", None));
}

#[tokio::test]
async fn a_group_is_told_its_members_by_the_users() {
    let group = "<member><Path>/</Path><GroupName>Dev</GroupName><GroupId>AGPACKCEVSQ6C2EXAMPLE</GroupId>\
         <Arn>arn:aws:iam::123456789012:group/Dev</Arn><CreateDate>2013-10-02T17:01:44Z</CreateDate>";
    let groups = page("ListGroups", "", &format!("<Groups>{group}</member></Groups>"));
    let policies = "<AttachedManagedPolicies><member><PolicyName>AdministratorAccess</PolicyName>\
         <PolicyArn>arn:aws:iam::aws:policy/AdministratorAccess</PolicyArn></member></AttachedManagedPolicies><GroupPolicyList/>";
    let of_groups = page("GetAccountAuthorizationDetails", "n1", &format!("<GroupDetailList>{group}{policies}</member></GroupDetailList>"));
    let recorded = Recorded::new().answer("ListGroups", &groups).answer("GetAccountAuthorizationDetails", &of_groups);
    let (cloud, _) = recorded.answer("GetAccountAuthorizationDetails", &details("", &["Alice", "Bob"])).cloud();
    let found: Vec<Group> = list(&cloud).await;
    assert_eq!(found[0].users.as_deref(), Some(&["Alice".to_owned(), "Bob".to_owned()][..]));
    let attached = Attached { name: "AdministratorAccess".into(), arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() };
    assert_eq!(found[0].permissions.as_ref().unwrap().attached, [attached]);
}

#[tokio::test]
async fn a_password_is_made_or_replaced_and_never_refused_twice() {
    let made = page(
        "CreateLoginProfile",
        "",
        "<LoginProfile><UserName>Bob</UserName><CreateDate>2011-09-19T23:00:56Z</CreateDate></LoginProfile>",
    );
    let recorded = Recorded::new().answer("CreateLoginProfile", &made);
    let recorded = recorded.refuse("CreateLoginProfile", 409, "EntityAlreadyExists", "Login Profile for user Ann already exists.");
    let (cloud, log) = recorded.answer("UpdateLoginProfile", "<UpdateLoginProfileResponse/>").cloud();
    for (name, action) in [("Bob", "CreateLoginProfile"), ("Ann", "UpdateLoginProfile")] {
        let outcome = User::act(&cloud, &UserAction::SetPassword, &[name.to_owned()]).await.remove(0);
        let sent = asked(&log, action).remove(0);
        assert_eq!(sent["PasswordResetRequired"], "true");
        assert!(outcome.secret.as_ref().is_some_and(|file| file.content.contains(&sent["Password"])), "{outcome:?}");
        assert!(!format!("{outcome:?}").contains(&sent["Password"]), "what is printed of it holds no secret");
    }
}

#[tokio::test]
async fn of_many_users_the_one_that_is_refused_is_named() {
    let made = page("CreateUser", "", &user("ann").replace("member>", "User>"));
    let recorded = Recorded::new().answer("CreateUser", &made);
    let (cloud, log) = recorded.refuse("CreateUser", 409, "LimitExceeded", "Cannot exceed quota for UsersPerAccount: 5000").cloud();
    let draft = UserDraft { names: vec!["ann".into(), "bob".into()], path: "/".into(), ..UserDraft::default() };
    let created = User::create(&cloud, &draft).await.unwrap();
    assert_eq!((created.ids.len(), created.secret.is_none()), (1, true));
    let refused = if created.ids == ["ann"] { "bob" } else { "ann" };
    let warning = &created.warnings[0];
    assert_eq!(
        (warning.code, warning.message.as_str()),
        (ErrorCode::Quota, &*format!("{refused}: Cannot exceed quota for UsersPerAccount: 5000"))
    );
    assert_eq!(lines(&asked(&log, "CreateUser")[0])[0], "Path=/");
}

#[tokio::test]
async fn a_user_and_a_group_are_given_another_name_and_path() {
    let recorded = Recorded::new().answer("UpdateUser", "<UpdateUserResponse/>");
    let recorded = recorded.refuse("UpdateUser", 409, "EntityAlreadyExists", "User with name Robert already exists.");
    let (cloud, log) = recorded.answer("UpdateGroup", "<UpdateGroupResponse/>").cloud();
    let rename = UserAction::Rename { name: "Robert".into(), path: "/division_xyz/".into() };
    assert_eq!(User::act(&cloud, &rename, &["Bob".to_owned()]).await[0].error, None);
    assert_eq!(lines(&asked(&log, "UpdateUser")[0]), ["NewPath=/division_xyz/", "NewUserName=Robert", "UserName=Bob"]);
    let taken = User::act(&cloud, &rename, &["Ann".to_owned()]).await.remove(0).error.unwrap();
    assert_eq!((taken.code, taken.fields.contains_key("name")), (ErrorCode::Conflict, true));
    let moved = GroupAction::Rename { name: "Dev".into(), path: "/division_xyz/".into() };
    assert_eq!(Group::act(&cloud, &moved, &["Dev".to_owned()]).await[0].error, None);
    assert_eq!(lines(&asked(&log, "UpdateGroup")[0]), ["GroupName=Dev", "NewPath=/division_xyz/"]);
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
fn device(seed: &str) -> String {
    format!(
        "<CreateVirtualMFADeviceResponse><CreateVirtualMFADeviceResult><VirtualMFADevice>\
         <SerialNumber>arn:aws:iam::123456789012:mfa/Bob</SerialNumber><Base32StringSeed>{seed}</Base32StringSeed>\
         </VirtualMFADevice></CreateVirtualMFADeviceResult></CreateVirtualMFADeviceResponse>"
    )
}

#[tokio::test]
async fn a_device_that_nobody_has_makes_room_for_another_of_its_name() {
    let unassigned = page(
        "ListVirtualMFADevices",
        "",
        "<VirtualMFADevices><member><SerialNumber>arn:aws:iam::123456789012:mfa/Ann</SerialNumber></member>\
         <member><SerialNumber>arn:aws:iam::123456789012:mfa/Bob</SerialNumber></member></VirtualMFADevices>",
    );
    let taken = "MFADevice entity at the same path and name already exists.";
    let recorded = Recorded::new().refuse("CreateVirtualMFADevice", 409, "EntityAlreadyExists", taken);
    let recorded = recorded.answer("ListVirtualMFADevices", &unassigned);
    let recorded = recorded.answer("DeleteVirtualMFADevice", "<DeleteVirtualMFADeviceResponse/>");
    // "JBSWY3DPEHPK3PXP", as blobs travel.
    let recorded = recorded.answer("CreateVirtualMFADevice", &device("SkJTV1kzRFBFSFBLM1BYUA=="));
    let recorded = recorded.refuse("CreateVirtualMFADevice", 409, "EntityAlreadyExists", taken);
    let (cloud, log) = recorded.answer("ListVirtualMFADevices", &page("ListVirtualMFADevices", "", "<VirtualMFADevices/>")).cloud();
    let create = UserAction::CreateMfa { name: "Bob".into() };
    let made = User::act(&cloud, &create, &["Bob".to_owned()]).await.remove(0);
    assert!(!format!("{made:?}").contains("JBSW"), "what is printed of it holds no seed");
    let made = made.secret.as_ref().and_then(NewMfaDevice::read).unwrap();
    assert_eq!((made.serial.as_str(), made.seed.as_str()), ("arn:aws:iam::123456789012:mfa/Bob", "JBSWY3DPEHPK3PXP"));
    assert_eq!(lines(&asked(&log, "ListVirtualMFADevices")[0]), ["AssignmentStatus=Unassigned"]);
    assert_eq!(lines(&asked(&log, "DeleteVirtualMFADevice")[0]), ["SerialNumber=arn:aws:iam::123456789012:mfa/Bob"]);
    let refused = User::act(&cloud, &create, &["Bob".to_owned()]).await.remove(0).error.unwrap();
    assert!(refused.fields.contains_key("name"), "that of somebody stays: {refused:?}");
}

#[tokio::test]
async fn codes_that_are_refused_are_said_at_their_field() {
    let wrong = "Authentication code for device is not valid.";
    let recorded = Recorded::new().refuse("EnableMFADevice", 403, "InvalidAuthenticationCode", wrong);
    let (cloud, log) = recorded.answer("ResyncMFADevice", "<ResyncMFADeviceResponse/>").cloud();
    let (serial, codes) = ("arn:aws:iam::123456789012:mfa/Bob".to_owned(), MfaCodes::new("123 456", "654321"));
    let enable = UserAction::EnableMfa { serial: serial.clone(), codes: codes.clone() };
    let refused = User::act(&cloud, &enable, &["Bob".to_owned()]).await.remove(0).error.unwrap();
    assert_eq!((refused.code, refused.fields.contains_key("code2")), (ErrorCode::Invalid, true));
    let resync = UserAction::ResyncMfa { serial, codes };
    assert_eq!(User::act(&cloud, &resync, &["Bob".to_owned()]).await[0].error, None);
    let expected =
        ["AuthenticationCode1=123456", "AuthenticationCode2=654321", "SerialNumber=arn:aws:iam::123456789012:mfa/Bob", "UserName=Bob"];
    assert_eq!(lines(&asked(&log, "ResyncMFADevice")[0]), expected);
    assert!(!format!("{enable:?} {resync:?}").contains("123456\""), "what is printed of them holds no code");
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>, as far as its columns are read.
const REPORT: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,\
access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,\
access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info
<root_account>,arn:aws:iam::123456789012:root,2013-05-03T15:04:05+00:00,not_supported,2014-06-09T16:10:01+00:00,not_supported,not_supported,true,\
false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,
ann,arn:aws:iam::123456789012:user/ann,2013-05-03T15:04:05+00:00,true,no_information,2014-06-09T16:10:01+00:00,N/A,false,\
true,2014-06-09T16:10:01+00:00,N/A,N/A,N/A,true,2014-06-09T16:10:02+00:00,2014-06-09T17:00:00+00:00,us-east-1,s3,true,2014-06-09T16:10:01+00:00,false,N/A,";

#[tokio::test(start_paused = true)]
async fn the_report_is_waited_for_and_its_words_for_nothing_are_nothing() {
    let state = |state: &str| page("GenerateCredentialReport", "", &format!("<State>{state}</State>"));
    let content = base64::engine::Engine::encode(&base64::engine::general_purpose::STANDARD, REPORT);
    let report = page(
        "GetCredentialReport",
        "",
        &format!("<Content>{content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2014-06-09T18:00:00Z</GeneratedTime>"),
    );
    let recorded = Recorded::new().answer("GenerateCredentialReport", &state("STARTED"));
    let recorded = recorded.answer("GenerateCredentialReport", &state("INPROGRESS"));
    let (cloud, log) = recorded.answer("GenerateCredentialReport", &state("COMPLETE")).answer("GetCredentialReport", &report).cloud();
    let found: Vec<CredentialReport> = list(&cloud).await;
    assert_eq!((asked(&log, "GenerateCredentialReport").len(), found.len()), (3, 2));
    let [root, ann] = found.as_slice() else { panic!("two lines") };
    assert_eq!((root.user.as_str(), root.password, root.mfa, root.active_keys()), (CredentialReport::ROOT, None, true, 0));
    assert_eq!((root.password_used_at, root.made_at), (Some(1_402_330_201), Some(1_402_336_800)));
    assert_eq!((ann.password, ann.password_used_at, ann.mfa, ann.certificates), (Some(true), None, false, 1));
    assert_eq!((ann.active_keys(), ann.oldest_key(), ann.keys[1].used_for.as_str()), (2, Some(1_402_330_201), "s3"));
}
