//! Replies as Eucalyptus writes them: its own ids of eight digits, a region and zones of its operator's naming, no VPC in sight, and many an
//! element that AWS always has missing. The namespace is whatever its version says, so nothing may depend on it.

use api::{
    address::{Address, AddressAction},
    image::Image,
    instance::Instance,
    security_group::{Peer, SecurityGroup},
    snapshot::Snapshot,
    volume::Volume,
};
use cloud::Backend;

use crate::recorded::{Recorded, all, args, asked, lines, list};

fn reply(operation: &str, content: &str) -> String {
    format!(r#"<{operation}Response xmlns="http://msgs.eucalyptus.com">{content}</{operation}Response>"#)
}

#[tokio::test]
async fn volumes_and_snapshots_without_types_and_encryption() {
    let volumes = reply(
        "DescribeVolumes",
        "<volumeSet><item><volumeId>vol-3A5B1F2C</volumeId><size>2</size><availabilityZone>one</availabilityZone><status>in-use</status>\
         <createTime>2016-05-10T09:15:31.117Z</createTime><attachmentSet><item><volumeId>vol-3A5B1F2C</volumeId><instanceId>i-6B24A0F1</instanceId>\
         <device>/dev/vdc</device><status>attached</status><attachTime>2016-05-10T09:16:02.841Z</attachTime></item></attachmentSet></item></volumeSet>",
    );
    let snapshots = reply(
        "DescribeSnapshots",
        "<snapshotSet><item><snapshotId>snap-5D0C2E88</snapshotId><volumeId>vol-3A5B1F2C</volumeId><status>completed</status>\
         <startTime>2016-05-11T10:00:00.000Z</startTime><progress>100%</progress><ownerId>000207880426</ownerId><volumeSize>2</volumeSize>\
         <description></description></item></snapshotSet>",
    );
    let (cloud, _) = Recorded::new().answer("DescribeVolumes", &volumes).answer("DescribeSnapshots", &snapshots).cloud();
    let volume = list::<Volume>(&cloud).await.remove(0);
    assert_eq!((volume.id.as_str(), volume.zone.as_str(), volume.device.as_str()), ("vol-3A5B1F2C", "one", "/dev/vdc"));
    assert_eq!((volume.volume_type.as_str(), volume.iops, volume.encrypted, volume.delete_on_termination), ("", None, false, None));
    let snapshot = list::<Snapshot>(&cloud).await.remove(0);
    assert_eq!((snapshot.id.as_str(), snapshot.state.as_str(), snapshot.size), ("snap-5D0C2E88", "completed", 2));
    assert_eq!((snapshot.owner.as_str(), snapshot.encrypted), ("000207880426", false));
}

#[tokio::test]
async fn groups_that_are_in_no_vpc_name_each_other_by_account_and_name() {
    let groups = reply(
        "DescribeSecurityGroups",
        "<securityGroupInfo><item><ownerId>000207880426</ownerId><groupName>default</groupName><groupDescription>default group</groupDescription>\
         <ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/>\
         <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>\
         <item><ipProtocol>icmp</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort>\
         <groups><item><userId>000207880426</userId><groupName>web</groupName></item></groups><ipRanges/></item></ipPermissions>\
         <groupId>sg-8D1E4B07</groupId></item></securityGroupInfo>",
    );
    let (cloud, _) = Recorded::new().answer("DescribeSecurityGroups", &groups).cloud();
    let group = list::<SecurityGroup>(&cloud).await.remove(0);
    assert_eq!((group.id.as_str(), group.vpc_id.as_str(), group.ingress.len(), group.egress.len()), ("sg-8D1E4B07", "", 2, 0));
    let peer = Peer::Group { id: String::new(), owner: "000207880426".into(), name: "web".into() };
    assert_eq!((&group.ingress[1].peer, group.ingress[1].from_port), (&peer, None));
}

#[tokio::test]
async fn addresses_have_no_allocations_and_say_in_words_that_they_are_free() {
    let addresses = reply(
        "DescribeAddresses",
        "<addressesSet><item><publicIp>192.0.2.7</publicIp><instanceId>i-6B24A0F1 (arn:aws:euare::000207880426:user/admin)</instanceId></item>\
         <item><publicIp>192.0.2.8</publicIp><instanceId>available (arn:aws:euare::000207880426:user/admin)</instanceId></item></addressesSet>",
    );
    let done = reply("ReleaseAddress", "<return>true</return>");
    let (cloud, log) = Recorded::new().answer("DescribeAddresses", &addresses).answer("ReleaseAddress", &done).cloud();
    let rows = list::<Address>(&cloud).await;
    assert_eq!((rows[0].id.as_str(), rows[0].instance_id.as_str(), rows[0].domain.as_str()), ("192.0.2.7", "i-6B24A0F1", ""));
    assert!(!rows[1].is_associated());
    let outcome = Address::act(&cloud, &AddressAction::Release, &[rows[1].id.clone()]).await.remove(0);
    assert_eq!(outcome.error, None);
    assert_eq!(lines(&asked(&log, "ReleaseAddress")[0]), ["PublicIp=192.0.2.8"]);
}

#[tokio::test]
async fn images_and_instances_with_ids_of_their_own_sort() {
    let images = reply(
        "DescribeImages",
        "<imagesSet><item><imageId>emi-7C0F2A11</imageId><imageLocation>images/centos.manifest.xml</imageLocation><imageState>available</imageState>\
         <imageOwnerId>000207880426</imageOwnerId><isPublic>true</isPublic><architecture>x86_64</architecture><imageType>machine</imageType>\
         <name>centos</name><rootDeviceType>instance-store</rootDeviceType><rootDeviceName>/dev/sda</rootDeviceName>\
         <virtualizationType>hvm</virtualizationType></item></imagesSet>",
    );
    let instances = reply(
        "DescribeInstances",
        "<reservationSet><item><reservationId>r-4E1C9B30</reservationId><ownerId>000207880426</ownerId><groupSet/><instancesSet><item>\
         <instanceId>i-6B24A0F1</instanceId><imageId>emi-7C0F2A11</imageId><instanceState><code>16</code><name>running</name></instanceState>\
         <privateDnsName>euca-10-111-1-6.eucalyptus.internal</privateDnsName><dnsName>euca-192-0-2-7.cloud.example</dnsName><keyName></keyName>\
         <amiLaunchIndex>0</amiLaunchIndex><instanceType>m1.small</instanceType><launchTime>2016-05-10T09:12:00.120Z</launchTime>\
         <placement><availabilityZone>one</availabilityZone></placement><kernelId>eki-1A2B3C4D</kernelId><ramdiskId>eri-5E6F7A8B</ramdiskId>\
         <monitoring><state>enabled</state></monitoring><rootDeviceType>instance-store</rootDeviceType></item></instancesSet></item></reservationSet>",
    );
    let (cloud, _) = Recorded::new().answer("DescribeImages", &images).answer("DescribeInstances", &instances).cloud();
    let image = all(Image::list(&cloud, &args(&[("owner", "all")]))).await.unwrap().remove(0);
    assert_eq!((image.id.as_str(), image.name.as_str(), image.state.as_str()), ("emi-7C0F2A11", "centos", "available"));
    let instance = list::<Instance>(&cloud).await.remove(0);
    assert_eq!(
        (instance.image_id.as_str(), instance.kernel_id.as_str(), instance.ramdisk_id.as_str()),
        ("emi-7C0F2A11", "eki-1A2B3C4D", "eri-5E6F7A8B")
    );
    assert_eq!((instance.vpc_id.as_str(), instance.zone.as_str(), instance.monitoring), ("", "one", true));
    assert!(instance.network_interfaces.is_empty() && instance.block_devices.is_empty());
}
