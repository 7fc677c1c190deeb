//! How requests look: the protocol, the address, the signature.

use std::process::Command;

use api::{instance::Instance, role::Role, vpc::Vpc};
use cloud::{Cloud, Credentials, regions};

use crate::recorded::{KEY, Recorded, list};

const REGIONS: &str = r#"<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
  <regionInfo>
    <item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint></item>
    <item><regionName>eu-west-1</regionName><regionEndpoint>ec2.eu-west-1.amazonaws.com</regionEndpoint></item>
  </regionInfo>
</DescribeRegionsResponse>"#;

const NO_ROLES: &str = r#"<ListRolesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListRolesResult><Roles/><IsTruncated>false</IsTruncated></ListRolesResult>
  <ResponseMetadata><RequestId>20f7279f-99ee-11e1-a4c3-27EXAMPLE804</RequestId></ResponseMetadata>
</ListRolesResponse>"#;

const NO_DETAILS: &str = r#"<GetAccountAuthorizationDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <GetAccountAuthorizationDetailsResult><IsTruncated>false</IsTruncated></GetAccountAuthorizationDetailsResult>
</GetAccountAuthorizationDetailsResponse>"#;

#[tokio::test]
async fn each_service_is_asked_by_query_at_its_own_address() {
    let recorded = Recorded::new().answer("DescribeRegions", REGIONS).answer("ListRoles", NO_ROLES);
    let (cloud, log) = recorded.answer("GetAccountAuthorizationDetails", NO_DETAILS).cloud();
    assert_eq!(regions(&cloud).await.unwrap(), ["eu-west-1", "us-east-1"]);
    assert!(list::<Role>(&cloud).await.is_empty());
    let log = log.lock().unwrap();
    let seen: Vec<_> = log.iter().map(|asked| (asked.host.as_str(), asked.version.as_str())).collect();
    let (ec2, iam) = (("ec2.us-east-1.cloud.example", "2016-11-15"), ("iam.us-east-1.cloud.example", "2010-05-08"));
    assert_eq!(seen, [ec2, iam, iam]);
}

/// Runs itself again with the environment of somebody who uses AWS from the same machine.
#[test]
fn requests_are_signed_with_the_sessions_key_whatever_the_environment_holds() {
    const CHILD: &str = "CANOPY_TEST_AMBIENT";
    if std::env::var_os(CHILD).is_none() {
        let name = "protocol::requests_are_signed_with_the_sessions_key_whatever_the_environment_holds";
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name])
            .env(CHILD, "1")
            .env("AWS_ACCESS_KEY_ID", "AKIAAMBIENTAMBIENT00")
            .env("AWS_SECRET_ACCESS_KEY", "ambient")
            .env("AWS_SESSION_TOKEN", "ambient-token")
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ENDPOINT_URL", "https://ambient.example")
            .env("AWS_PROFILE", "ambient")
            .status();
        assert!(status.unwrap().success());
        return;
    }
    assert_eq!(std::env::var("AWS_ACCESS_KEY_ID").as_deref(), Ok("AKIAAMBIENTAMBIENT00"));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let recorded = Recorded::new().answer("DescribeRegions", REGIONS).answer("ListRoles", NO_ROLES);
        let (cloud, log) = recorded.answer("GetAccountAuthorizationDetails", NO_DETAILS).cloud();
        regions(&cloud).await.unwrap();
        list::<Role>(&cloud).await;
        for asked in log.lock().unwrap().iter() {
            let scope = format!("Credential={KEY}/");
            assert!(asked.authorization.contains(&scope) && asked.authorization.contains("/us-east-1/"), "{}", asked.authorization);
            assert_eq!(asked.token.as_deref(), Some("the-session-token"));
            assert!(asked.host.ends_with(".us-east-1.cloud.example"));
        }
    });
}

#[tokio::test]
async fn two_sessions_on_one_target_sign_each_with_its_own_key() {
    let (target, log) = Recorded::new().answer("DescribeRegions", REGIONS).answer("DescribeRegions", REGIONS).target();
    for key in ["AKIAONE", "AKIATWO"] {
        let credentials = Credentials { access_key_id: key.into(), secret: "s".into(), token: None, expires_at: None };
        regions(&Cloud::new(target.clone(), &credentials, "us-east-1").unwrap()).await.unwrap();
    }
    let log = log.lock().unwrap();
    assert!(log[0].authorization.contains("Credential=AKIAONE/") && log[1].authorization.contains("Credential=AKIATWO/"));
    assert_eq!(log[1].token, None);
}

#[tokio::test]
async fn clouds_without_pages_are_not_asked_for_any() {
    let empty = "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";
    let none = "<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>";
    let (cloud, log) = Recorded::new().answer("DescribeVpcs", empty).answer("DescribeInstances", none).cloud();
    list::<Vpc>(&cloud).await;
    list::<Instance>(&cloud).await;
    assert!(log.lock().unwrap().iter().all(|asked| asked.params.is_empty()), "{log:?}");
}
