//! Security groups.

use api::{
    error::ErrorCode,
    security_group::{Delta, Peer, Rule, RulesChange, SecurityGroup, SecurityGroupAction, SecurityGroupDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines};

const TWO_PEERS: &str = r#"<DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <securityGroupInfo>
    <item>
      <ownerId>123456789012</ownerId>
      <groupId>sg-1a2b3c4d</groupId>
      <groupName>WebServers</groupName>
      <groupDescription>Web Servers</groupDescription>
      <vpcId>vpc-614cc409</vpcId>
      <ipPermissions>
        <item>
          <ipProtocol>tcp</ipProtocol>
          <fromPort>22</fromPort>
          <toPort>22</toPort>
          <groups><item><userId>123456789012</userId><groupId>sg-af8661c0</groupId></item></groups>
          <ipRanges><item><cidrIp>204.246.162.38/32</cidrIp><description>office</description></item></ipRanges>
          <prefixListIds/>
        </item>
      </ipPermissions>
      <ipPermissionsEgress>
        <item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><prefixListIds/></item>
      </ipPermissionsEgress>
    </item>
  </securityGroupInfo>
</DescribeSecurityGroupsResponse>"#;

const MADE: &str = "<CreateSecurityGroupResponse><groupId>sg-0a42d66a</groupId></CreateSecurityGroupResponse>";

fn draft(ingress: Vec<Rule>) -> SecurityGroupDraft {
    SecurityGroupDraft { name: "web".into(), description: "Web servers".into(), vpc_id: "vpc-1".into(), ingress, egress: None }
}

fn ssh() -> Rule {
    let peer = Peer::Cidr("203.0.113.0/24".into());
    Rule { protocol: "tcp".into(), from_port: Some(22), to_port: Some(22), peer, description: "office".into() }
}

#[tokio::test]
async fn a_permission_with_several_peers_becomes_as_many_rules() {
    let (cloud, log) = Recorded::new().answer("DescribeSecurityGroups", TWO_PEERS).cloud();
    let groups = all(SecurityGroup::list(&cloud, &args(&[("vpc", "vpc-614cc409")]))).await.unwrap();
    let tcp = Rule { protocol: "tcp".into(), from_port: Some(22), to_port: Some(22), ..Rule::default() };
    let other = Peer::Group { id: "sg-af8661c0".into(), owner: "123456789012".into(), name: String::new() };
    let expected = SecurityGroup {
        id: "sg-1a2b3c4d".into(),
        name: "WebServers".into(),
        description: "Web Servers".into(),
        vpc_id: "vpc-614cc409".into(),
        owner: "123456789012".into(),
        ingress: vec![
            Rule { peer: Peer::Cidr("204.246.162.38/32".into()), description: "office".into(), ..tcp.clone() },
            Rule { peer: other, ..tcp },
        ],
        egress: vec![Rule { protocol: "-1".into(), peer: Peer::Cidr("0.0.0.0/0".into()), ..Rule::default() }],
        tags: vec![],
    };
    assert_eq!(groups, [expected]);
    assert_eq!(asked(&log, "DescribeSecurityGroups")[0]["Filter.1.Value.1"], "vpc-614cc409");
}

#[tokio::test]
async fn a_group_is_made_with_its_rules() {
    let recorded = Recorded::new().answer("CreateSecurityGroup", MADE);
    let (cloud, log) = recorded.answer("AuthorizeSecurityGroupIngress", "<AuthorizeSecurityGroupIngressResponse/>").cloud();
    assert_eq!(SecurityGroup::create(&cloud, &draft(vec![ssh()])).await.unwrap().ids, ["sg-0a42d66a"]);
    assert_eq!(lines(&asked(&log, "CreateSecurityGroup")[0]), ["GroupDescription=Web servers", "GroupName=web", "VpcId=vpc-1"]);
    let expected = [
        "GroupId=sg-0a42d66a",
        "IpPermissions.1.FromPort=22",
        "IpPermissions.1.IpProtocol=tcp",
        "IpPermissions.1.IpRanges.1.CidrIp=203.0.113.0/24",
        "IpPermissions.1.IpRanges.1.Description=office",
        "IpPermissions.1.ToPort=22",
    ];
    assert_eq!(lines(&asked(&log, "AuthorizeSecurityGroupIngress")[0]), expected);
}

#[tokio::test]
async fn a_group_whose_rules_are_refused_is_taken_back() {
    let recorded = Recorded::new().answer("CreateSecurityGroup", MADE);
    let recorded = recorded.refuse("AuthorizeSecurityGroupIngress", 400, "InvalidParameterValue", "CIDR block 203.0.113.0/40 is malformed");
    let (cloud, log) = recorded.answer("DeleteSecurityGroup", "<DeleteSecurityGroupResponse/>").cloud();
    let error = SecurityGroup::create(&cloud, &draft(vec![ssh()])).await.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::Invalid, "CIDR block 203.0.113.0/40 is malformed"));
    assert!(error.fields.contains_key("ingress"));
    assert_eq!(lines(&asked(&log, "DeleteSecurityGroup")[0]), ["GroupId=sg-0a42d66a"]);
}

#[tokio::test]
async fn a_group_that_cannot_be_taken_back_is_told_of() {
    let recorded = Recorded::new().answer("CreateSecurityGroup", MADE);
    let recorded = recorded.refuse("AuthorizeSecurityGroupIngress", 403, "UnauthorizedOperation", "You are not authorized.");
    let (cloud, _) = recorded.refuse("DeleteSecurityGroup", 403, "UnauthorizedOperation", "You are not authorized.").cloud();
    let error = SecurityGroup::create(&cloud, &draft(vec![ssh()])).await.unwrap_err();
    assert_eq!(error.message, "You are not authorized. The group sg-0a42d66a was made without rules and could not be deleted again.");
}

#[tokio::test]
async fn a_group_without_rules_is_one_call() {
    let (cloud, log) = Recorded::new().answer("CreateSecurityGroup", MADE).cloud();
    SecurityGroup::create(&cloud, &SecurityGroupDraft { vpc_id: String::new(), ..draft(vec![]) }).await.unwrap();
    assert!(!asked(&log, "CreateSecurityGroup")[0].contains_key("VpcId"));
}

#[tokio::test]
async fn a_name_that_is_taken_is_said_at_the_name() {
    let recorded = Recorded::new();
    let (cloud, _) = recorded
        .refuse("CreateSecurityGroup", 400, "InvalidGroup.Duplicate", "The security group 'web' already exists for VPC 'vpc-1'")
        .cloud();
    let error = SecurityGroup::create(&cloud, &draft(vec![])).await.unwrap_err();
    assert_eq!((error.code, error.fields.contains_key("name")), (ErrorCode::Conflict, true));
}

#[tokio::test]
async fn deleting_tells_of_each_group() {
    let recorded = Recorded::new().answer("DeleteSecurityGroup", "<DeleteSecurityGroupResponse/>");
    let (cloud, _) = recorded.refuse("DeleteSecurityGroup", 400, "DependencyViolation", "resource sg-2 has a dependent object").cloud();
    let outcomes = SecurityGroup::act(&cloud, &SecurityGroupAction::Delete, &["sg-1".to_owned(), "sg-2".to_owned()]).await;
    let codes: Vec<_> = outcomes.iter().map(|outcome| outcome.error.as_ref().map(|error| error.code)).collect();
    assert_eq!(codes, [None, Some(ErrorCode::Conflict)]);
}

#[tokio::test]
async fn rules_are_let_in_before_others_are_shut_out_and_nothing_goes_on_after_a_refusal() {
    let http = |block: &str| Rule { from_port: Some(80), to_port: Some(80), peer: Peer::Cidr(block.into()), ..ssh() };
    let change = RulesChange {
        ingress: Delta::between(&[ssh(), http("10.0.0.0/8")], &[Rule { description: "home".into(), ..ssh() }, http("10.1.0.0/16")]),
        ..RulesChange::default()
    };
    let recorded = Recorded::new().answer("AuthorizeSecurityGroupIngress", "<AuthorizeSecurityGroupIngressResponse/>");
    let recorded = recorded.answer("UpdateSecurityGroupRuleDescriptionsIngress", "<UpdateSecurityGroupRuleDescriptionsIngressResponse/>");
    let (cloud, log) = recorded.answer("RevokeSecurityGroupIngress", "<RevokeSecurityGroupIngressResponse/>").cloud();
    let action = SecurityGroupAction::ChangeRules(change);
    assert_eq!(SecurityGroup::act(&cloud, &action, &["sg-1".into()]).await[0].error, None);
    let actions: Vec<_> = log.lock().unwrap().iter().map(|asked| asked.action.clone()).collect();
    let expected = ["AuthorizeSecurityGroupIngress", "UpdateSecurityGroupRuleDescriptionsIngress", "RevokeSecurityGroupIngress"];
    assert_eq!(actions, expected);
    assert_eq!(asked(&log, "AuthorizeSecurityGroupIngress")[0]["IpPermissions.1.IpRanges.1.CidrIp"], "10.1.0.0/16");
    assert_eq!(asked(&log, "UpdateSecurityGroupRuleDescriptionsIngress")[0]["IpPermissions.1.IpRanges.1.Description"], "home");
    assert_eq!(asked(&log, "RevokeSecurityGroupIngress")[0]["IpPermissions.1.IpRanges.1.CidrIp"], "10.0.0.0/8");

    let recorded = Recorded::new();
    let (cloud, _) = recorded.refuse("AuthorizeSecurityGroupIngress", 400, "RulesPerSecurityGroupLimitExceeded", "Too many.").cloud();
    let outcomes = SecurityGroup::act(&cloud, &action, &["sg-1".into()]).await;
    assert_eq!(outcomes[0].error.as_ref().map(|error| error.code), Some(ErrorCode::Quota));
}

#[tokio::test]
async fn a_group_that_lets_little_out_is_made_so() {
    const GROUP: &str = r"<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-0a42d66a</groupId><ipPermissionsEgress>
        <item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>
    </ipPermissionsEgress></item></securityGroupInfo></DescribeSecurityGroupsResponse>";
    let recorded = Recorded::new().answer("CreateSecurityGroup", MADE).answer("DescribeSecurityGroups", GROUP);
    let recorded = recorded.answer("AuthorizeSecurityGroupEgress", "<AuthorizeSecurityGroupEgressResponse/>");
    let (cloud, log) = recorded.answer("RevokeSecurityGroupEgress", "<RevokeSecurityGroupEgressResponse/>").cloud();
    SecurityGroup::create(&cloud, &SecurityGroupDraft { egress: Some(vec![ssh()]), ..draft(vec![]) }).await.unwrap();
    assert_eq!(asked(&log, "AuthorizeSecurityGroupEgress")[0]["IpPermissions.1.FromPort"], "22");
    assert_eq!(asked(&log, "RevokeSecurityGroupEgress")[0]["IpPermissions.1.IpProtocol"], "-1");
}
