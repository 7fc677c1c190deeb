//! Launch templates. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html>

use api::{
    launch_template::{LaunchTemplate, Version},
    tag::Tag,
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines, list};

const TEMPLATES: &str = r#"<DescribeLaunchTemplatesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>1afa6e44-eb38-4229-8db6-d5eaexample</requestId>
  <launchTemplates><item>
    <createTime>2017-10-31T11:38:52.000Z</createTime>
    <createdBy>arn:aws:iam::123456789012:root</createdBy>
    <defaultVersionNumber>1</defaultVersionNumber>
    <latestVersionNumber>2</latestVersionNumber>
    <launchTemplateId>lt-0a4fd7df7fexample</launchTemplateId>
    <launchTemplateName>MyLaunchTemplate</launchTemplateName>
    <tagSet><item><key>team</key><value>blue</value></item></tagSet>
  </item></launchTemplates>
</DescribeLaunchTemplatesResponse>"#;

const VERSIONS: &str = r#"<DescribeLaunchTemplateVersionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>65cadec1-b364-4354-8ca8-4176dexample</requestId>
  <launchTemplateVersionSet>
    <item>
      <createTime>2017-10-31T11:38:52.000Z</createTime>
      <createdBy>arn:aws:iam::123456789012:root</createdBy>
      <defaultVersion>true</defaultVersion>
      <launchTemplateData>
        <imageId>ami-8c1be5f6</imageId>
        <instanceType>t2.micro</instanceType>
        <keyName>kp-us-east</keyName>
        <networkInterfaceSet><item>
          <deviceIndex>0</deviceIndex>
          <groupSet><groupId>sg-7c227019</groupId></groupSet>
          <subnetId>subnet-1a2b3c4d</subnetId>
        </item></networkInterfaceSet>
      </launchTemplateData>
      <launchTemplateId>lt-0a4fd7df7fexample</launchTemplateId>
      <launchTemplateName>MyLaunchTemplate</launchTemplateName>
      <versionDescription>first</versionDescription>
      <versionNumber>1</versionNumber>
    </item>
    <item>
      <createTime>2017-10-31T11:52:03.000Z</createTime>
      <defaultVersion>false</defaultVersion>
      <launchTemplateData>
        <instanceType>t2.small</instanceType>
        <securityGroupIdSet><item>sg-1</item><item>sg-2</item></securityGroupIdSet>
      </launchTemplateData>
      <versionNumber>2</versionNumber>
    </item>
  </launchTemplateVersionSet>
</DescribeLaunchTemplateVersionsResponse>"#;

fn template() -> LaunchTemplate {
    LaunchTemplate {
        id: "lt-0a4fd7df7fexample".into(),
        name: "MyLaunchTemplate".into(),
        created_at: Some(1_509_449_932),
        created_by: "arn:aws:iam::123456789012:root".into(),
        default_version: 1,
        latest_version: 2,
        versions: vec![],
        tags: vec![Tag::new("team", "blue")],
    }
}

#[tokio::test]
async fn every_fact_of_a_template_is_taken_over() {
    let (cloud, _) = Recorded::new().answer("DescribeLaunchTemplates", TEMPLATES).cloud();
    assert_eq!(list::<LaunchTemplate>(&cloud).await, [template()]);
}

#[tokio::test]
async fn one_template_comes_with_its_versions_the_newest_first() {
    let (cloud, log) =
        Recorded::new().answer("DescribeLaunchTemplates", TEMPLATES).answer("DescribeLaunchTemplateVersions", VERSIONS).cloud();
    let found = LaunchTemplate::get(&cloud, "lt-0a4fd7df7fexample").await.unwrap();
    let second = Version {
        number: 2,
        created_at: Some(1_509_450_723),
        instance_type: "t2.small".into(),
        security_groups: vec!["sg-1".into(), "sg-2".into()],
        ..Version::default()
    };
    let first = Version {
        number: 1,
        description: "first".into(),
        created_at: Some(1_509_449_932),
        image_id: "ami-8c1be5f6".into(),
        instance_type: "t2.micro".into(),
        key_name: "kp-us-east".into(),
        security_groups: vec!["sg-7c227019".into()],
        subnet_id: "subnet-1a2b3c4d".into(),
    };
    assert_eq!(found, LaunchTemplate { versions: vec![second, first], ..template() });
    assert_eq!(lines(&asked(&log, "DescribeLaunchTemplateVersions")[0]), ["LaunchTemplateId=lt-0a4fd7df7fexample"]);
}
