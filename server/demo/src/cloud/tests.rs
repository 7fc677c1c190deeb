//! The cloud as a client sees it.

use super::*;
use crate::{
    STANDING_KEYS,
    testing::{Caller, number_of, text_of, texts_of},
};

fn cloud(standing: DemoOptions) -> (DemoCloud, Clock) {
    let clock = Clock::stopped(1_800_000_000_000);
    let cloud = DemoCloud::new(DemoConfig { clock: clock.clone(), standing, ..DemoConfig::default() }).unwrap();
    (cloud, clock)
}

fn usual() -> (DemoCloud, Clock) {
    cloud(DemoOptions::default())
}

fn standing(cloud: &DemoCloud, user: &str) -> Caller {
    let (_, id, secret) = STANDING_KEYS.iter().find(|(name, ..)| *name == user).unwrap();
    Caller::new(cloud, id, secret)
}

#[tokio::test]
async fn the_documented_key_is_the_demo_user() {
    let (cloud, _) = usual();
    let (status, body) = standing(&cloud, "demo").call("sts", "GetCallerIdentity", &[]).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(text_of(&body, "Arn"), Some("arn:aws:iam::123456789012:user/demo"));
}

#[tokio::test]
async fn keys_that_are_wrong_are_refused_as_aws_does() {
    let (cloud, _) = usual();
    let wrong = Caller::new(&cloud, "AKIAIOSFODNN7EXAMPLE", "wrong");
    let unknown = Caller::new(&cloud, "AKIANOSUCHKEY0000000", "wrong");
    for (caller, service, action, status, code) in [
        (&wrong, "sts", "GetCallerIdentity", 403, "SignatureDoesNotMatch"),
        (&wrong, "ec2", "DescribeInstances", 401, "AuthFailure"),
        (&unknown, "iam", "ListUsers", 403, "InvalidClientTokenId"),
        (&unknown, "ec2", "DescribeInstances", 401, "AuthFailure"),
    ] {
        let (got, body) = caller.call(service, action, &[]).await;
        assert_eq!((got, text_of(&body, "Code")), (status, Some(code)), "{service}");
    }
}

#[tokio::test]
async fn temporary_keys_work_until_they_end_and_only_with_their_token() {
    let (cloud, clock) = usual();
    let (_, body) = standing(&cloud, "demo").call("sts", "GetSessionToken", &[("DurationSeconds", "900")]).await;
    let session = Caller::of_session(&cloud, &body);
    assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    assert_eq!(text_of(&session.call("sts", "GetSessionToken", &[]).await.1, "Code"), Some("AccessDenied"));
    let without = Caller { token: None, ..session.clone() };
    assert_eq!(text_of(&without.call("iam", "ListUsers", &[]).await.1, "Code"), Some("InvalidClientTokenId"));
    clock.advance(Duration::from_secs(901));
    let (status, body) = session.call("iam", "ListUsers", &[]).await;
    assert_eq!((status, text_of(&body, "Code")), (403, Some("ExpiredToken")));
    assert_eq!(text_of(&session.call("ec2", "DescribeVpcs", &[]).await.1, "Code"), Some("RequestExpired"));
}

#[tokio::test]
async fn sessions_can_be_asked_to_end_early() {
    let (cloud, clock) = cloud(DemoOptions { session_seconds: Some(30), ..DemoOptions::default() });
    let session = Caller::of_session(&cloud, &standing(&cloud, "demo").call("sts", "GetSessionToken", &[]).await.1);
    assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    clock.advance(Duration::from_secs(31));
    assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 400);
}

#[tokio::test]
async fn the_reader_may_look_and_no_more() {
    let (cloud, _) = usual();
    let reader = standing(&cloud, "reader");
    assert_eq!(reader.call("ec2", "DescribeInstances", &[]).await.0, 200);
    let (status, body) = reader.call("ec2", "RunInstances", &[]).await;
    assert_eq!((status, text_of(&body, "Code")), (403, Some("UnauthorizedOperation")));
    let message = text_of(&body, "Message").unwrap();
    assert!(
        message.starts_with(
            "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/reader is not authorized to perform: \
             ec2:RunInstances on resource: "
        ),
        "{message}"
    );
    assert_eq!(text_of(&reader.call("iam", "ListRoles", &[]).await.1, "Code"), Some("AccessDenied"));
}

#[tokio::test]
async fn one_user_must_give_a_code() {
    let (cloud, _) = usual();
    let olivia = standing(&cloud, "olivia");
    assert_eq!(text_of(&olivia.call("ec2", "DescribeVpcs", &[]).await.1, "Code"), Some("UnauthorizedOperation"));
    assert_eq!(text_of(&olivia.call("sts", "GetSessionToken", &[]).await.1, "Code"), Some("AccessDenied"));
    let with = |code| [("SerialNumber", "arn:aws:iam::123456789012:mfa/olivia"), ("TokenCode", code)];
    let (status, body) = olivia.call("sts", "GetSessionToken", &with("654321")).await;
    assert_eq!((status, text_of(&body, "Code")), (403, Some("AccessDenied")));
    assert!(body.contains("invalid MFA one time pass code"));
    let (status, body) = olivia.call("sts", "GetSessionToken", &with(crate::MFA_CODE)).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(Caller::of_session(&cloud, &body).call("ec2", "DescribeVpcs", &[]).await.0, 200);
}

#[tokio::test]
async fn what_is_not_there_is_refused() {
    let (cloud, _) = usual();
    let caller = standing(&cloud, "demo");
    assert_eq!(text_of(&caller.call("ec2", "MakeCoffee", &[]).await.1, "Code"), Some("InvalidAction"));
    let (status, body) = caller.call("ec2", "TerminateInstances", &[("DryRun", "true")]).await;
    assert_eq!((status, text_of(&body, "Code")), (412, Some("DryRunOperation")));
    let elsewhere = Caller { region: "mars-north-1", ..caller };
    assert_eq!(text_of(&elsewhere.call("ec2", "DescribeVpcs", &[]).await.1, "Code"), Some("AuthFailure"));
}

#[tokio::test]
async fn faults_take_every_shape() {
    let faults = "DescribeVpcs:RequestLimitExceeded#2,DescribeSubnets:truncate,DescribeImages:garbage";
    let (cloud, _) = cloud(DemoOptions { faults: faults.into(), ..DemoOptions::default() });
    let caller = standing(&cloud, "demo");
    assert_eq!(caller.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    let (status, body) = caller.call("ec2", "DescribeVpcs", &[]).await;
    assert_eq!((status, text_of(&body, "Code")), (503, Some("RequestLimitExceeded")));
    assert!(caller.send("ec2", "DescribeSubnets", &[]).await.is_err(), "the body should break off");
    assert!(caller.call("ec2", "DescribeImages", &[]).await.1.starts_with("<html>"));
    let hung = DemoOptions { faults: "DescribeVpcs:hang".into(), ..DemoOptions::default() };
    let keys = cloud.open_account(&hung).unwrap();
    let caller = Caller::new(&cloud, &keys.access_key_id, &keys.secret_access_key);
    assert!(futures::poll!(Box::pin(caller.call("ec2", "DescribeVpcs", &[]))).is_pending());
    let wrong = DemoOptions { faults: "Describe:hang".into(), ..DemoOptions::default() };
    assert!(cloud.open_account(&wrong).unwrap_err().contains("does not have"));
}

#[tokio::test]
async fn accounts_are_apart_and_the_oldest_go() {
    let clock = Clock::stopped(1_800_000_000_000);
    let config = DemoConfig { clock: clock.clone(), max_accounts: 2, max_age: Duration::from_hours(1), ..DemoConfig::default() };
    let cloud = DemoCloud::new(config).unwrap();
    let open = || {
        clock.advance(Duration::from_secs(1));
        let keys = cloud.open_account(&DemoOptions::default()).unwrap();
        Caller::new(&cloud, &keys.access_key_id, &keys.secret_access_key)
    };
    let (first, second) = (open(), open());
    assert_eq!(first.call("ec2", "CreateKeyPair", &[("KeyName", "mine"), ("KeyType", "ed25519")]).await.0, 200);
    assert!(!second.call("ec2", "DescribeKeyPairs", &[]).await.1.contains("<keyName>mine<"));
    let third = open();
    assert_eq!(first.call("ec2", "DescribeVpcs", &[]).await.0, 401, "the oldest is gone");
    assert_eq!(second.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    clock.advance(Duration::from_secs(3599));
    open();
    assert_eq!(second.call("ec2", "DescribeVpcs", &[]).await.0, 401, "too old");
    assert_eq!(third.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    assert_eq!(standing(&cloud, "demo").call("ec2", "DescribeVpcs", &[]).await.0, 200, "the standing account stays");
}

#[tokio::test]
async fn roles_are_open_to_whom_they_trust() {
    let (cloud, _) = usual();
    let caller = standing(&cloud, "demo");
    let assume = |arn: &'static str| [("RoleArn", arn), ("RoleSessionName", "s1")];
    let (_, body) = caller.call("sts", "AssumeRole", &assume("arn:aws:iam::444455556666:role/Admin")).await;
    let partner = Caller::of_session(&cloud, &body);
    let (_, body) = partner.call("sts", "GetCallerIdentity", &[]).await;
    assert_eq!(text_of(&body, "Arn"), Some("arn:aws:sts::444455556666:assumed-role/Admin/s1"));
    assert_eq!(number_of(&partner.call("ec2", "DescribeInstances", &[]).await.1, "instanceId"), 0);
    for closed in ["arn:aws:iam::123456789012:role/web-server", "arn:aws:iam::123456789012:role/none", "arn:aws:iam::999999999999:role/x"] {
        assert_eq!(text_of(&caller.call("sts", "AssumeRole", &assume(closed)).await.1, "Code"), Some("AccessDenied"), "{closed}");
    }
}

#[tokio::test]
async fn a_role_asks_for_what_its_trust_policy_wants() {
    let (cloud, _) = usual();
    let caller = standing(&cloud, "demo");
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole",
        "Condition":{"StringEquals":{"sts:ExternalId":"shop-7"}}}]}"#;
    caller.call("iam", "CreateRole", &[("RoleName", "auditor"), ("AssumeRolePolicyDocument", trust)]).await;
    let plain = [("RoleArn", "arn:aws:iam::123456789012:role/auditor"), ("RoleSessionName", "s1")];
    assert_eq!(text_of(&caller.call("sts", "AssumeRole", &plain).await.1, "Code"), Some("AccessDenied"));
    let with_id = [plain[0], plain[1], ("ExternalId", "shop-7")];
    assert_eq!(caller.call("sts", "AssumeRole", &with_id).await.0, 200);
    let too_long = [plain[0], plain[1], ("ExternalId", "shop-7"), ("DurationSeconds", "7200")];
    assert_eq!(text_of(&caller.call("sts", "AssumeRole", &too_long).await.1, "Code"), Some("ValidationError"));
}

#[tokio::test]
async fn who_knows_the_password_may_change_it() {
    let (cloud, _) = usual();
    let session = Caller::of_session(&cloud, &standing(&cloud, "demo").call("sts", "GetSessionToken", &[]).await.1);
    for (old, new, code) in [
        ("wrong", "another-secret", Some("AccessDenied")),
        ("eucalyptus-demo", "short", Some("PasswordPolicyViolation")),
        ("eucalyptus-demo", "another-secret", None),
        ("eucalyptus-demo", "a-third-secret", Some("AccessDenied")),
    ] {
        let (_, body) = session.call("iam", "ChangePassword", &[("OldPassword", old), ("NewPassword", new)]).await;
        assert_eq!(text_of(&body, "Code"), code, "{old} {new}");
    }
    let role = [("RoleArn", "arn:aws:iam::123456789012:role/administrator"), ("RoleSessionName", "s1")];
    let role = Caller::of_session(&cloud, &session.call("sts", "AssumeRole", &role).await.1);
    let (_, body) = role.call("iam", "ChangePassword", &[("OldPassword", "another-secret"), ("NewPassword", "a-third-secret")]).await;
    assert_eq!(text_of(&body, "Code"), Some("InvalidUserType"));
}

/// The parameters of a plain launch, and more.
async fn launch(caller: &Caller, more: &[(&str, &str)]) -> (u16, String) {
    let (_, images) = caller.call("ec2", "DescribeImages", &[("Filter.1.Name", "name"), ("Filter.1.Value.1", "debian-12-amd64-*")]).await;
    let mut params =
        vec![("ImageId", text_of(&images, "imageId").unwrap()), ("InstanceType", "t3.micro"), ("MinCount", "1"), ("MaxCount", "1")];
    params.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    params.extend_from_slice(more);
    caller.call("ec2", "RunInstances", &params).await
}

async fn state(caller: &Caller, id: &str) -> String {
    let (_, body) = caller.call("ec2", "DescribeInstances", &[("InstanceId.1", id)]).await;
    let from = body.find("<instanceState>").unwrap();
    text_of(&body[from..], "name").unwrap().to_owned()
}

#[tokio::test]
async fn instances_take_time_from_state_to_state() {
    let (cloud, clock) = usual();
    let caller = standing(&cloud, "demo");
    let (status, body) = launch(&caller, &[]).await;
    assert_eq!(status, 200, "{body}");
    let id = text_of(&body, "instanceId").unwrap().to_owned();
    let four = Duration::from_secs(4);
    let one = [("InstanceId.1", id.as_str())];
    assert_eq!(state(&caller, &id).await, "pending");
    assert_eq!(text_of(&caller.call("ec2", "StopInstances", &one).await.1, "Code"), Some("IncorrectInstanceState"));
    clock.advance(Duration::from_millis(3_999));
    assert_eq!(state(&caller, &id).await, "pending");
    clock.advance(Duration::from_millis(1));
    assert_eq!(state(&caller, &id).await, "running");
    for (action, during, after) in [
        ("StopInstances", "stopping", "stopped"),
        ("StartInstances", "pending", "running"),
        ("TerminateInstances", "shutting-down", "terminated"),
    ] {
        assert_eq!(caller.call("ec2", action, &one).await.0, 200);
        assert_eq!(state(&caller, &id).await, during);
        clock.advance(four);
        assert_eq!(state(&caller, &id).await, after);
    }
    clock.advance(Duration::from_hours(1));
    assert_eq!(text_of(&caller.call("ec2", "DescribeInstances", &one).await.1, "Code"), Some("InvalidInstanceID.NotFound"));
}

#[tokio::test]
async fn one_protected_instance_stops_the_whole_termination() {
    let (cloud, _) = usual();
    let caller = standing(&cloud, "demo");
    let (_, body) = launch(&caller, &[("MaxCount", "2"), ("MinCount", "2")]).await;
    let ids: Vec<_> = texts_of(&body, "instanceId").into_iter().map(str::to_owned).collect();
    let protect = [("InstanceId", ids[1].as_str()), ("DisableApiTermination.Value", "true")];
    assert_eq!(caller.call("ec2", "ModifyInstanceAttribute", &protect).await.0, 200);
    let both = [("InstanceId.1", ids[0].as_str()), ("InstanceId.2", ids[1].as_str())];
    assert_eq!(text_of(&caller.call("ec2", "TerminateInstances", &both).await.1, "Code"), Some("OperationNotPermitted"));
    assert_eq!(state(&caller, &ids[0]).await, "pending");
    let unknown = [("InstanceId.1", ids[0].as_str()), ("InstanceId.2", "i-0000000000000bad0")];
    assert_eq!(text_of(&caller.call("ec2", "TerminateInstances", &unknown).await.1, "Code"), Some("InvalidInstanceID.NotFound"));
    assert_eq!(state(&caller, &ids[0]).await, "pending");
}

#[tokio::test]
async fn a_launch_sent_twice_happens_once() {
    let (cloud, _) = usual();
    let caller = standing(&cloud, "demo");
    let (_, first) = launch(&caller, &[("ClientToken", "t1")]).await;
    let (_, second) = launch(&caller, &[("ClientToken", "t1")]).await;
    assert_eq!(text_of(&first, "instanceId"), text_of(&second, "instanceId"));
    let (_, third) = launch(&caller, &[("ClientToken", "t1"), ("InstanceType", "t3.small")]).await;
    assert_eq!(text_of(&third, "Code"), Some("IdempotentParameterMismatch"));
    let (_, other) = launch(&caller, &[("ClientToken", "t2")]).await;
    assert_ne!(text_of(&first, "instanceId"), text_of(&other, "instanceId"));
}

#[tokio::test]
async fn launches_that_cannot_be_are_refused_and_change_nothing() {
    let (cloud, _) = usual();
    let caller = standing(&cloud, "demo");
    let before = caller.call("ec2", "DescribeVolumes", &[]).await.1;
    let long = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, vec![b'x'; 16_385]);
    for (more, code) in [
        (vec![("ImageId", "ami-0bad0bad0bad0bad0")], "InvalidAMIID.NotFound"),
        (vec![("InstanceType", "zz9.plural")], "InvalidParameterValue"),
        (vec![("InstanceType", "t4g.micro")], "InvalidParameterValue"),
        (vec![("KeyName", "none")], "InvalidKeyPair.NotFound"),
        (vec![("SecurityGroupId.1", "sg-00000000000000bad")], "InvalidGroup.NotFound"),
        (vec![("SubnetId", "subnet-00000000000000bad")], "InvalidSubnetID.NotFound"),
        (vec![("UserData", long.as_str())], "InvalidParameterValue"),
        (vec![("IamInstanceProfile.Name", "none")], "InvalidParameterValue"),
        (vec![("Placement.AvailabilityZone", "us-east-1z")], "InvalidParameterValue"),
        (vec![("MinCount", "3")], "InvalidParameterValue"),
        (vec![("MinCount", "500"), ("MaxCount", "500")], "InstanceLimitExceeded"),
        (vec![("BlockDeviceMapping.1.DeviceName", "/dev/xvda"), ("BlockDeviceMapping.1.Ebs.VolumeSize", "1")], "InvalidBlockDeviceMapping"),
        (vec![("BlockDeviceMapping.1.DeviceName", "/dev/sdf")], "MissingParameter"),
        (vec![("TagSpecification.1.ResourceType", "image"), ("TagSpecification.1.Tag.1.Key", "a")], "InvalidParameterValue"),
    ] {
        let (_, body) = launch(&caller, &more).await;
        assert_eq!(text_of(&body, "Code"), Some(code), "{:?}: {body}", &more[0].0);
    }
    let without_id = |body: &str| body[body.find("</requestId>").unwrap()..].to_owned();
    assert_eq!(without_id(&before), without_id(&caller.call("ec2", "DescribeVolumes", &[]).await.1));
}

#[tokio::test]
async fn a_launch_makes_what_it_was_told() {
    let (cloud, clock) = usual();
    let caller = standing(&cloud, "demo");
    let (_, subnets) =
        caller.call("ec2", "DescribeSubnets", &[("Filter.1.Name", "tag:Name"), ("Filter.1.Value.1", "production-private-b")]).await;
    let (_, groups) = caller.call("ec2", "DescribeSecurityGroups", &[("Filter.1.Name", "group-name"), ("Filter.1.Value.1", "api")]).await;
    let (status, body) = launch(
        &caller,
        &[
            ("NetworkInterface.1.DeviceIndex", "0"),
            ("NetworkInterface.1.SubnetId", text_of(&subnets, "subnetId").unwrap()),
            ("NetworkInterface.1.SecurityGroupId.1", text_of(&groups, "groupId").unwrap()),
            ("NetworkInterface.1.AssociatePublicIpAddress", "true"),
            ("BlockDeviceMapping.1.DeviceName", "/dev/sdf"),
            ("BlockDeviceMapping.1.Ebs.VolumeSize", "5"),
            ("BlockDeviceMapping.1.Ebs.VolumeType", "gp3"),
            ("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "false"),
            ("IamInstanceProfile.Name", "api-server"),
            ("Monitoring.Enabled", "true"),
            ("TagSpecification.1.ResourceType", "volume"),
            ("TagSpecification.1.Tag.1.Key", "Name"),
            ("TagSpecification.1.Tag.1.Value", "v1"),
        ],
    )
    .await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(text_of(&body, "availabilityZone"), Some("us-east-1b"));
    assert!(
        text_of(&body, "ipAddress").is_some() && body.contains("instance-profile/api-server") && body.contains("<state>enabled</state>")
    );
    let id = text_of(&body, "instanceId").unwrap();
    let of_it = [("Filter.1.Name", "attachment.instance-id"), ("Filter.1.Value.1", id)];
    let (_, volumes) = caller.call("ec2", "DescribeVolumes", &of_it).await;
    assert_eq!((number_of(&volumes, "size"), number_of(&volumes, "key")), (2, 2), "{volumes}");
    let data = [("Filter.1.Name", "size"), ("Filter.1.Value.1", "5")];
    caller.call("ec2", "TerminateInstances", &[("InstanceId.1", id)]).await;
    clock.advance(Duration::from_secs(5));
    let (_, kept) = caller.call("ec2", "DescribeVolumes", &data).await;
    assert!(kept.contains("<status>available</status>"), "{kept}");
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let (cloud, _) = cloud(DemoOptions { instances: Some(2_345), ..DemoOptions::default() });
    let caller = standing(&cloud, "demo");
    let (mut token, mut pages) = (String::new(), vec![]);
    loop {
        let mut params = vec![("MaxResults", "1000")];
        if !token.is_empty() {
            params.push(("NextToken", &token));
        }
        let (_, body) = caller.call("ec2", "DescribeInstances", &params).await;
        pages.push(number_of(&body, "instanceType"));
        match text_of(&body, "nextToken") {
            Some(next) => token = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(pages, [1000, 1000, 345]);
}

#[tokio::test]
async fn a_user_who_is_renamed_keeps_keys_and_groups() {
    let (cloud, _) = usual();
    let demo = standing(&cloud, "demo");
    let update = |params: &'static [(&'static str, &'static str)]| demo.call("iam", "UpdateUser", params);
    assert_eq!(text_of(&update(&[("UserName", "nobody")]).await.1, "Code"), Some("NoSuchEntity"));
    assert_eq!(text_of(&update(&[("UserName", "demo"), ("NewUserName", "Elena")]).await.1, "Code"), Some("EntityAlreadyExists"));
    assert_eq!(text_of(&update(&[("UserName", "demo"), ("NewPath", "x")]).await.1, "Code"), Some("ValidationError"));
    assert_eq!(update(&[("UserName", "demo"), ("NewUserName", "boss"), ("NewPath", "/top/")]).await.0, 200);
    let (_, body) = demo.call("sts", "GetCallerIdentity", &[]).await;
    assert_eq!(text_of(&body, "Arn"), Some("arn:aws:iam::123456789012:user/top/boss"));
    let (_, body) = demo.call("iam", "ListGroupsForUser", &[("UserName", "boss")]).await;
    assert_eq!(text_of(&body, "GroupName"), Some("administrators"));
    let (status, _) = demo.call("iam", "UpdateGroup", &[("GroupName", "administrators"), ("NewGroupName", "Administrators")]).await;
    assert_eq!(status, 200, "a name that differs by case alone is its own");
}

#[tokio::test]
async fn a_certificate_comes_with_its_own_key_or_not_at_all() {
    let (cloud, _) = usual();
    let demo = standing(&cloud, "demo");
    let (body, key) = (include_str!("../../tests/server.pem"), include_str!("../../tests/server.key"));
    let other = include_str!("../seed/shop.pem");
    for (name, body, key, code) in [
        ("new", "hello", key, "MalformedCertificate"),
        ("new", body, "hello", "MalformedCertificate"),
        ("new", other, key, "KeyPairMismatch"),
        ("shop", body, key, "EntityAlreadyExists"),
        ("a b", body, key, "ValidationError"),
    ] {
        let params = [("ServerCertificateName", name), ("CertificateBody", body), ("PrivateKey", key)];
        let (_, answer) = demo.call("iam", "UploadServerCertificate", &params).await;
        assert_eq!(text_of(&answer, "Code"), Some(code), "{name}: {answer}");
    }
    let params = [("ServerCertificateName", "new"), ("CertificateBody", body), ("PrivateKey", key)];
    assert_eq!(demo.call("iam", "UploadServerCertificate", &params).await.0, 200);
    let (_, answer) = demo.call("iam", "GetServerCertificate", &params[..1]).await;
    assert!(
        text_of(&answer, "CertificateBody").is_some_and(|shown| shown.trim() == body.trim()) && !answer.contains("PRIVATE KEY"),
        "{answer}"
    );
    let (_, answer) = demo.call("iam", "DeleteServerCertificate", &params[..1]).await;
    assert_eq!(text_of(&answer, "Code"), None, "{answer}");
    let (_, answer) = demo.call("iam", "DeleteServerCertificate", &params[..1]).await;
    assert_eq!(text_of(&answer, "Code"), Some("NoSuchEntity"));
}

#[tokio::test]
async fn a_user_that_was_made_may_do_what_its_group_may() {
    let (cloud, _) = usual();
    let demo = standing(&cloud, "demo");
    for (action, params) in [
        ("CreateUser", &[("UserName", "ann")][..]),
        ("CreateGroup", &[("GroupName", "watchers")]),
        ("AttachGroupPolicy", &[("GroupName", "watchers"), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess")]),
    ] {
        assert_eq!(demo.call("iam", action, params).await.0, 200, "{action}");
    }
    let (_, body) = demo.call("iam", "CreateAccessKey", &[("UserName", "ann")]).await;
    let ann = Caller::new(&cloud, text_of(&body, "AccessKeyId").unwrap(), text_of(&body, "SecretAccessKey").unwrap());
    assert_eq!(ann.call("ec2", "DescribeVpcs", &[]).await.0, 403);
    assert_eq!(demo.call("iam", "AddUserToGroup", &[("GroupName", "watchers"), ("UserName", "ann")]).await.0, 200);
    assert_eq!(ann.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    let (status, body) = ann.call("ec2", "StopInstances", &[("InstanceId.1", "i-0123456789abcdef0")]).await;
    assert_eq!((status, text_of(&body, "Code")), (403, Some("UnauthorizedOperation")));
    // So does a session of hers.
    let (_, body) = ann.call("sts", "GetSessionToken", &[]).await;
    let session = Caller::of_session(&cloud, &body);
    assert_eq!(session.call("ec2", "DescribeVpcs", &[]).await.0, 200);
    assert_eq!(session.call("iam", "ListUsers", &[]).await.0, 403);
    let bound = [("UserName", "ann"), ("PermissionsBoundary", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")];
    assert_eq!(demo.call("iam", "PutUserPermissionsBoundary", &bound).await.0, 200);
    assert_eq!(ann.call("ec2", "DescribeVpcs", &[]).await.0, 403, "nothing goes beyond the boundary");
}

#[tokio::test]
async fn a_device_is_its_users_once_two_codes_show_it() {
    let (cloud, _) = usual();
    let demo = standing(&cloud, "demo");
    let (_, body) = demo.call("iam", "CreateVirtualMFADevice", &[("VirtualMFADeviceName", "ann")]).await;
    let serial = text_of(&body, "SerialNumber").unwrap().to_owned();
    assert_eq!(serial, "arn:aws:iam::123456789012:mfa/ann");
    let again = demo.call("iam", "CreateVirtualMFADevice", &[("VirtualMFADeviceName", "ann")]).await.1;
    assert_eq!(text_of(&again, "Code"), Some("EntityAlreadyExists"));
    let (_, body) = demo.call("iam", "ListVirtualMFADevices", &[("AssignmentStatus", "Unassigned")]).await;
    assert_eq!(texts_of(&body, "SerialNumber"), [serial.as_str()]);
    let wrong =
        [("UserName", "amara"), ("SerialNumber", serial.as_str()), ("AuthenticationCode1", "000000"), ("AuthenticationCode2", "000001")];
    let (status, body) = demo.call("iam", "EnableMFADevice", &wrong).await;
    assert_eq!((status, text_of(&body, "Code")), (403, Some("InvalidAuthenticationCode")));
    assert_eq!(demo.call("iam", "DeleteVirtualMFADevice", &[("SerialNumber", serial.as_str())]).await.0, 200);
    let olivia = [("SerialNumber", "arn:aws:iam::123456789012:mfa/olivia")];
    assert_eq!(text_of(&demo.call("iam", "DeleteVirtualMFADevice", &olivia).await.1, "Code"), Some("DeleteConflict"));
}
