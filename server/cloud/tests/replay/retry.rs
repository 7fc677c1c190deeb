//! What is tried again, and what is not.

use api::{
    error::ErrorCode,
    instance::{Instance, InstanceDraft},
    key_pair::{KeyPair, KeyPairDraft},
    vpc::Vpc,
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, list};

const VPCS: &str = "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";
const KEY: &str = "<CreateKeyPairResponse><keyName>k</keyName><keyMaterial>m</keyMaterial></CreateKeyPairResponse>";

fn key() -> KeyPairDraft {
    KeyPairDraft { name: "k".into(), ..KeyPairDraft::default() }
}

#[tokio::test(start_paused = true)]
async fn reading_is_tried_again_when_the_cloud_is_busy_or_stumbles() {
    let recorded = Recorded::new().attempts(3).refuse("DescribeVpcs", 503, "RequestLimitExceeded", "Request limit exceeded.");
    let (cloud, log) = recorded.fail("DescribeVpcs", 500, "oops").answer("DescribeVpcs", VPCS).cloud();
    list::<Vpc>(&cloud).await;
    assert_eq!(asked(&log, "DescribeVpcs").len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_stays_throttled_says_so() {
    let refuse = |recorded: Recorded| recorded.refuse("DescribeVpcs", 503, "RequestLimitExceeded", "Request limit exceeded.");
    let (cloud, log) = refuse(refuse(Recorded::new().attempts(2))).cloud();
    let error = Vpc::get(&cloud, "vpc-1").await.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::Throttled, "Request limit exceeded."));
    assert_eq!(asked(&log, "DescribeVpcs").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_key_pair_is_not_made_twice_when_the_first_answer_is_lost() {
    let (cloud, log) = Recorded::new().attempts(3).fail("CreateKeyPair", 500, "oops").cloud();
    assert_eq!(KeyPair::create(&cloud, &key()).await.unwrap_err().code, ErrorCode::CloudFailure);
    assert_eq!(asked(&log, "CreateKeyPair").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_pair_that_was_turned_away_unmade_is_tried_again() {
    let recorded = Recorded::new().attempts(3).refuse("CreateKeyPair", 503, "RequestLimitExceeded", "Request limit exceeded.");
    let (cloud, log) = recorded.answer("CreateKeyPair", KEY).cloud();
    KeyPair::create(&cloud, &key()).await.unwrap();
    assert_eq!(asked(&log, "CreateKeyPair").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_launch_is_tried_again_under_the_same_client_token() {
    let launched = "<RunInstancesResponse><instancesSet><item><instanceId>i-1</instanceId></item></instancesSet></RunInstancesResponse>";
    let (cloud, log) = Recorded::new().attempts(2).fail("RunInstances", 500, "oops").answer("RunInstances", launched).cloud();
    let draft = InstanceDraft { image_id: "ami-1".into(), instance_type: "t3.micro".into(), count: 1, ..InstanceDraft::default() };
    Instance::create(&cloud, &draft).await.unwrap();
    let calls = asked(&log, "RunInstances");
    assert_eq!((calls.len(), &calls[0]["ClientToken"]), (2, &calls[1]["ClientToken"]));
}
