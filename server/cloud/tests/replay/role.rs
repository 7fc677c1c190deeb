//! Roles, on replies in the words of the API reference.

use api::role::{Role, RoleAction, RoleDraft};
use cloud::Backend;

use crate::recorded::{Recorded, asked, list};

fn role(name: &str, policy: &str) -> String {
    format!("<member>{}</member>", member(name, policy))
}

fn member(name: &str, policy: &str) -> String {
    format!(
        "<Path>/application_abc/</Path><Arn>arn:aws:iam::123456789012:role/application_abc/{name}</Arn><RoleName>{name}</RoleName>\
         <RoleId>AROADBQP57FF2AEXAMPLE</RoleId><CreateDate>2012-05-09T15:45:35Z</CreateDate><AssumeRolePolicyDocument>{policy}</AssumeRolePolicyDocument>"
    )
}

fn roles(members: &str, marker: &str) -> String {
    format!(
        "<ListRolesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListRolesResult><IsTruncated>{}</IsTruncated>{marker}\
         <Roles>{members}</Roles></ListRolesResult></ListRolesResponse>",
        !marker.is_empty()
    )
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
fn details(name: &str) -> String {
    format!(
        "<GetAccountAuthorizationDetailsResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetAccountAuthorizationDetailsResult>\
         <IsTruncated>false</IsTruncated><RoleDetailList><member><RoleName>{name}</RoleName>\
         <RoleLastUsed><LastUsedDate>2019-11-20T00:24:30Z</LastUsedDate><Region>us-east-1</Region></RoleLastUsed>\
         <AttachedManagedPolicies><member><PolicyName>SecurityAudit</PolicyName>\
         <PolicyArn>arn:aws:iam::aws:policy/SecurityAudit</PolicyArn></member></AttachedManagedPolicies><RolePolicyList/>\
         <InstanceProfileList><member>{PROFILE}</member></InstanceProfileList></member></RoleDetailList>\
         </GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>"
    )
}

const PROFILE: &str = "<InstanceProfileName>Webserver</InstanceProfileName><InstanceProfileId>AIPACKCEVSQ6C2EXAMPLE</InstanceProfileId>\
    <Arn>arn:aws:iam::123456789012:instance-profile/Webserver</Arn><Path>/</Path><CreateDate>2012-05-09T15:45:35Z</CreateDate><Roles/>";

#[tokio::test]
async fn roles_are_paged_by_marker_and_their_trust_is_read() {
    let ec2 = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%5B%22ec2.amazonaws.com%22%5D%7D%2C%22Action%22%3A%5B%22sts%3AAssumeRole%22%5D%7D%5D%7D";
    let lambda = ec2.replace("ec2.amazonaws.com", "lambda.amazonaws.com");
    let denied = ec2.replace("Allow", "Deny");
    let bare = r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com.cn"},"Action":"sts:AssumeRole"}}"#;
    let anyone = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}"#;
    let first = roles(&(role("web", ec2) + &role("fn", &lambda)), "<Marker>m1</Marker>");
    let second = roles(&(role("no", &denied) + &role("cn", bare) + &role("any", anyone)), "");
    let recorded = Recorded::new().pages_of(1000).answer("ListRoles", &first).answer("ListRoles", &second);
    let (cloud, log) = recorded.answer("GetAccountAuthorizationDetails", &details("web")).cloud();
    let roles: Vec<Role> = list(&cloud).await;
    let trust: Vec<_> = roles.iter().map(|role| (role.name.as_str(), role.for_ec2)).collect();
    assert_eq!(trust, [("web", true), ("fn", false), ("no", false), ("cn", true), ("any", false)]);
    assert_eq!((roles[0].path.as_str(), roles[0].created_at), ("/application_abc/", Some(1_336_578_335)));
    assert_eq!(asked(&log, "ListRoles")[1]["Marker"], "m1");
    let web = &roles[0];
    assert_eq!((web.last_used_at, web.last_used_in.as_str()), (Some(1_574_209_470), "us-east-1"));
    assert_eq!(web.profiles.as_ref().map(|profiles| profiles[0].name.as_str()), Some("Webserver"));
    assert_eq!(web.permissions.as_ref().map(|permissions| permissions.attached[0].name.as_str()), Some("SecurityAudit"));
    assert_eq!(roles[1].permissions, None, "the other list does not know it");
    assert_eq!(asked(&log, "GetAccountAuthorizationDetails").len(), 1, "no call for any single role");
}

#[tokio::test]
async fn a_role_for_instances_gets_its_profile_and_one_for_others_does_not() {
    let made =
        format!("<CreateRoleResponse><CreateRoleResult><Role>{}</Role></CreateRoleResult></CreateRoleResponse>", member("web", "{}"));
    let none = "<ListInstanceProfilesForRoleResponse><ListInstanceProfilesForRoleResult><InstanceProfiles/><IsTruncated>false</IsTruncated>\
        </ListInstanceProfilesForRoleResult></ListInstanceProfilesForRoleResponse>";
    let profile = format!(
        "<CreateInstanceProfileResponse><CreateInstanceProfileResult><InstanceProfile>{PROFILE}</InstanceProfile></CreateInstanceProfileResult></CreateInstanceProfileResponse>"
    );
    let recorded = Recorded::new().answer("CreateRole", &made).answer("ListInstanceProfilesForRole", none);
    let recorded =
        recorded.answer("CreateInstanceProfile", &profile).answer("AddRoleToInstanceProfile", "<AddRoleToInstanceProfileResponse/>");
    let (cloud, log) = recorded.answer("CreateRole", &made).cloud();
    let draft = RoleDraft { name: "web".into(), ..RoleDraft::default() };
    assert_eq!(Role::create(&cloud, &draft).await.unwrap().ids, ["web"]);
    assert_eq!(asked(&log, "AddRoleToInstanceProfile")[0]["RoleName"], "web");
    let other = RoleDraft { trusts: "account".into(), account: "111122223333".into(), max_session: Some(7_200), ..draft };
    assert!(Role::create(&cloud, &other).await.is_ok(), "no profile is looked for");
    let asked = asked(&log, "CreateRole");
    assert_eq!((asked[0].get("MaxSessionDuration"), asked[1]["MaxSessionDuration"].as_str()), (None, "7200"));
    assert!(asked[1]["AssumeRolePolicyDocument"].contains("111122223333"));
}

#[tokio::test]
async fn a_profile_that_was_half_deleted_goes_all_the_same() {
    let recorded = Recorded::new().refuse("RemoveRoleFromInstanceProfile", 404, "NoSuchEntity", "The role with name web cannot be found.");
    let (cloud, log) = recorded.answer("DeleteInstanceProfile", "<DeleteInstanceProfileResponse/>").cloud();
    let delete = RoleAction::DeleteProfile { profile: "web".into() };
    assert_eq!(Role::act(&cloud, &delete, &["web".to_owned()]).await[0].error, None);
    assert_eq!(asked(&log, "DeleteInstanceProfile").len(), 1);
}
