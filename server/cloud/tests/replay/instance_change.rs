//! Changes of instances: what goes over the wire.

use api::{
    error::ErrorCode,
    instance::{Instance, InstanceAction},
    outcome::Outcome,
};
use cloud::{Backend, Cloud};

use crate::recorded::{AGES, Recorded, asked, lines};

const MODIFIED: &str = "<ModifyInstanceAttributeResponse><return>true</return></ModifyInstanceAttributeResponse>";

async fn act(cloud: &Cloud, action: InstanceAction) -> Outcome {
    Instance::act(cloud, &action, &["i-1".to_owned()]).await.remove(0)
}

/// What one change of an attribute sends.
async fn sent(action: InstanceAction) -> Vec<String> {
    let (cloud, log) = Recorded::new().answer("ModifyInstanceAttribute", MODIFIED).answer("ModifyInstanceAttribute", MODIFIED).cloud();
    assert_eq!(act(&cloud, action).await.error, None);
    asked(&log, "ModifyInstanceAttribute").iter().flat_map(lines).collect()
}

#[tokio::test]
async fn each_attribute_is_sent_as_ec2_names_it() {
    let groups = vec!["sg-1".to_owned(), "sg-2".to_owned()];
    let kernel = |ramdisk: &str| InstanceAction::SetKernel { kernel_id: "aki-12345678".into(), ramdisk_id: ramdisk.into() };
    let table: Vec<(InstanceAction, &[&str])> = vec![
        (InstanceAction::SetType { instance_type: "m5.large".into() }, &["InstanceId=i-1", "InstanceType.Value=m5.large"]),
        (InstanceAction::SetUserData { user_data: "#!/bin/sh\n".into() }, &["InstanceId=i-1", "UserData.Value=IyEvYmluL3NoCg=="]),
        (InstanceAction::SetUserData { user_data: String::new() }, &["InstanceId=i-1", "UserData.Value="]),
        (InstanceAction::SetSecurityGroups { security_group_ids: groups }, &["GroupId.1=sg-1", "GroupId.2=sg-2", "InstanceId=i-1"]),
        (InstanceAction::SetSourceDestCheck { enabled: false }, &["InstanceId=i-1", "SourceDestCheck.Value=false"]),
        (kernel(""), &["InstanceId=i-1", "Kernel.Value=aki-12345678"]),
        (kernel("ari-12345678"), &["InstanceId=i-1", "Kernel.Value=aki-12345678", "InstanceId=i-1", "Ramdisk.Value=ari-12345678"]),
    ];
    for (action, expected) in table {
        assert_eq!(sent(action).await, expected);
    }
}

#[tokio::test]
async fn what_is_refused_is_said_at_its_field() {
    let table = [
        (
            InstanceAction::SetType { instance_type: "t9.huge".into() },
            "InvalidInstanceAttributeValue",
            "Invalid value 't9.huge' for InstanceType.",
            "instance_type",
        ),
        (
            InstanceAction::SetSecurityGroups { security_group_ids: vec!["sg-9".into()] },
            "InvalidGroup.NotFound",
            "The security group 'sg-9' does not exist",
            "security_group_ids",
        ),
        (
            InstanceAction::SetUserData { user_data: "x".into() },
            "InvalidParameterValue",
            "User data is limited to 16384 bytes",
            "user_data",
        ),
    ];
    for (action, code, message, field) in table {
        let (cloud, _) = Recorded::new().refuse("ModifyInstanceAttribute", 400, code, message).cloud();
        let error = act(&cloud, action).await.error.unwrap();
        assert_eq!(error.fields.get(field).map(String::as_str), Some(message));
    }
    let running = "The instance 'i-1' is not in the 'stopped' state.";
    let (cloud, _) = Recorded::new().refuse("ModifyInstanceAttribute", 400, "IncorrectInstanceState", running).cloud();
    let error = act(&cloud, InstanceAction::SetType { instance_type: "m5.large".into() }).await.error.unwrap();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::Conflict, running));
}

#[tokio::test]
async fn monitoring_is_turned_for_many_in_one_call() {
    let on = "<MonitorInstancesResponse><instancesSet/></MonitorInstancesResponse>";
    let off = "<UnmonitorInstancesResponse><instancesSet/></UnmonitorInstancesResponse>";
    let (cloud, log) = Recorded::new().answer("MonitorInstances", on).answer("UnmonitorInstances", off).cloud();
    let ids = ["i-1".to_owned(), "i-2".to_owned()];
    for enabled in [true, false] {
        let outcomes = Instance::act(&cloud, &InstanceAction::SetMonitoring { enabled }, &ids).await;
        assert!(outcomes.iter().all(|outcome| outcome.error.is_none()));
    }
    for operation in ["MonitorInstances", "UnmonitorInstances"] {
        assert_eq!(lines(&asked(&log, operation)[0]), ["InstanceId.1=i-1", "InstanceId.2=i-2"]);
    }
}

fn associations(state: &str) -> String {
    format!(
        "<DescribeIamInstanceProfileAssociationsResponse><iamInstanceProfileAssociationSet><item>\
         <associationId>iip-assoc-1</associationId><instanceId>i-1</instanceId><state>{state}</state>\
         </item></iamInstanceProfileAssociationSet></DescribeIamInstanceProfileAssociationsResponse>"
    )
}

const PROFILE: &str = "<ListInstanceProfilesForRoleResponse><ListInstanceProfilesForRoleResult><InstanceProfiles><member><Path>/</Path>\
    <InstanceProfileName>web-profile</InstanceProfileName><InstanceProfileId>AIPA</InstanceProfileId><Arn>a</Arn>\
    <CreateDate>2012-05-09T16:11:10Z</CreateDate><Roles/></member></InstanceProfiles><IsTruncated>false</IsTruncated>\
    </ListInstanceProfilesForRoleResult></ListInstanceProfilesForRoleResponse>";

fn web() -> InstanceAction {
    InstanceAction::SetRole { role: "web".into() }
}

#[tokio::test]
async fn a_role_takes_the_place_of_the_one_before() {
    let recorded = Recorded::new().answer("ListInstanceProfilesForRole", PROFILE);
    let recorded = recorded.answer("DescribeIamInstanceProfileAssociations", &associations("associated"));
    let (cloud, log) = recorded.answer("ReplaceIamInstanceProfileAssociation", "<ReplaceIamInstanceProfileAssociationResponse/>").cloud();
    assert_eq!(act(&cloud, web()).await.error, None);
    let asked_for = lines(&asked(&log, "DescribeIamInstanceProfileAssociations")[0]);
    assert_eq!(asked_for, ["Filter.1.Name=instance-id", "Filter.1.Value.1=i-1"]);
    let replaced = lines(&asked(&log, "ReplaceIamInstanceProfileAssociation")[0]);
    assert_eq!(replaced, ["AssociationId=iip-assoc-1", "IamInstanceProfile.Name=web-profile"]);
}

#[tokio::test]
async fn an_instance_without_a_role_is_given_one() {
    let recorded = Recorded::new().answer("ListInstanceProfilesForRole", PROFILE);
    let recorded = recorded.answer("DescribeIamInstanceProfileAssociations", &associations("disassociating"));
    let (cloud, log) = recorded.answer("AssociateIamInstanceProfile", "<AssociateIamInstanceProfileResponse/>").cloud();
    assert_eq!(act(&cloud, web()).await.error, None);
    let associated = lines(&asked(&log, "AssociateIamInstanceProfile")[0]);
    assert_eq!(associated, ["IamInstanceProfile.Name=web-profile", "InstanceId=i-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_is_made_for_it_is_waited_for() {
    const UNKNOWN: &str = "Value (web) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name";
    let none = "<ListInstanceProfilesForRoleResponse><ListInstanceProfilesForRoleResult><InstanceProfiles/>\
        <IsTruncated>false</IsTruncated></ListInstanceProfilesForRoleResult></ListInstanceProfilesForRoleResponse>";
    let made = "<CreateInstanceProfileResponse><CreateInstanceProfileResult><InstanceProfile><Path>/</Path>\
        <InstanceProfileName>web</InstanceProfileName><InstanceProfileId>AIPA</InstanceProfileId><Arn>a</Arn>\
        <CreateDate>2012-05-09T16:11:10Z</CreateDate><Roles/></InstanceProfile></CreateInstanceProfileResult>\
        </CreateInstanceProfileResponse>";
    let (cloud, log) = Recorded::new()
        .answer("ListInstanceProfilesForRole", none)
        .answer("CreateInstanceProfile", made)
        .answer("AddRoleToInstanceProfile", "<AddRoleToInstanceProfileResponse/>")
        .answer("DescribeIamInstanceProfileAssociations", "<DescribeIamInstanceProfileAssociationsResponse/>")
        .refuse("AssociateIamInstanceProfile", 400, "InvalidParameterValue", UNKNOWN)
        .answer("AssociateIamInstanceProfile", "<AssociateIamInstanceProfileResponse/>")
        .cloud();
    let outcome = tokio::time::timeout(AGES, act(&cloud, web())).await.unwrap();
    assert_eq!(outcome.error, None);
    assert_eq!(asked(&log, "AssociateIamInstanceProfile").len(), 2);
}

#[tokio::test]
async fn the_permission_that_is_missing_is_named() {
    const SAID: &str = "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: iam:PassRole on resource: web";
    let recorded = Recorded::new().answer("ListInstanceProfilesForRole", PROFILE);
    let recorded = recorded.answer("DescribeIamInstanceProfileAssociations", &associations("associated"));
    let (cloud, _) = recorded.refuse("ReplaceIamInstanceProfileAssociation", 403, "UnauthorizedOperation", SAID).cloud();
    let error = act(&cloud, web()).await.error.unwrap();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::Forbidden, SAID));
    assert_eq!(error.operation.as_deref(), Some("ec2:ReplaceIamInstanceProfileAssociation"));
}

#[tokio::test]
async fn a_role_is_taken_away_by_its_association() {
    let recorded = Recorded::new().answer("DescribeIamInstanceProfileAssociations", &associations("associated"));
    let (cloud, log) = recorded.answer("DisassociateIamInstanceProfile", "<DisassociateIamInstanceProfileResponse/>").cloud();
    assert_eq!(act(&cloud, InstanceAction::RemoveRole).await.error, None);
    assert_eq!(lines(&asked(&log, "DisassociateIamInstanceProfile")[0]), ["AssociationId=iip-assoc-1"]);
    let nothing = "<DescribeIamInstanceProfileAssociationsResponse/>";
    let (cloud, _) = Recorded::new().answer("DescribeIamInstanceProfileAssociations", nothing).cloud();
    assert_eq!(act(&cloud, InstanceAction::RemoveRole).await.error, None, "there is nothing left to do");
}
