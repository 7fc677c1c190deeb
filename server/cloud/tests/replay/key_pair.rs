//! Key pairs.

use api::{
    error::ErrorCode,
    key_pair::{KeyPair, KeyPairAction, KeyPairDraft},
    tag::{Tag, TagChange},
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines, list};

const MADE: &str = r#"<CreateKeyPairResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <keyName>my-key-pair</keyName>
  <keyFingerprint>1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f</keyFingerprint>
  <keyMaterial>---- BEGIN RSA PRIVATE KEY ----
THESE-ARE-SECRETS
-----END RSA PRIVATE KEY-----</keyMaterial>
</CreateKeyPairResponse>"#;

fn draft(key_type: &str, public_key: &str) -> KeyPairDraft {
    KeyPairDraft { name: "my-key-pair".into(), key_type: key_type.into(), public_key: public_key.into() }
}

#[tokio::test]
async fn lists() {
    let reply = r#"<DescribeKeyPairsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><keySet><item>
      <keyPairId>key-1234567890EXAMPLE</keyPairId><keyType>ed25519</keyType><keyName>my-key-pair</keyName>
      <keyFingerprint>1f:51</keyFingerprint><createTime>2022-04-27T16:57:19.000Z</createTime><tagSet/>
    </item></keySet></DescribeKeyPairsResponse>"#;
    let (cloud, _) = Recorded::new().answer("DescribeKeyPairs", reply).cloud();
    let expected = KeyPair {
        name: "my-key-pair".into(),
        key_pair_id: "key-1234567890EXAMPLE".into(),
        key_type: "ed25519".into(),
        fingerprint: "1f:51".into(),
        created_at: Some(1_651_078_639),
        tags: vec![],
    };
    assert_eq!(list::<KeyPair>(&cloud).await, [expected]);
}

#[tokio::test]
async fn a_new_private_key_is_handed_over_as_a_file_and_shown_nowhere_else() {
    let (cloud, log) = Recorded::new().answer("CreateKeyPair", MADE).answer("CreateKeyPair", MADE).cloud();
    let created = KeyPair::create(&cloud, &draft("rsa", "")).await.unwrap();
    assert!(!format!("{created:?}").contains("SECRETS"));
    let file = created.secret.unwrap();
    assert_eq!(file.file_name, "my-key-pair.pem");
    assert!(file.content.contains("THESE-ARE-SECRETS"));
    KeyPair::create(&cloud, &draft("ed25519", "")).await.unwrap();
    let calls: Vec<_> = asked(&log, "CreateKeyPair").iter().map(lines).collect();
    assert_eq!(calls[0], ["KeyName=my-key-pair"]);
    assert_eq!(calls[1], ["KeyName=my-key-pair", "KeyType=ed25519"]);
}

#[tokio::test]
async fn tags_are_put_on_the_id_of_each_name() {
    let pair = |name: &str, id: &str| format!("<item><keyPairId>{id}</keyPairId><keyName>{name}</keyName></item>");
    let pairs = pair("web", "key-1") + &pair("db", "key-2") + "<item><keyName>old</keyName></item>";
    let (cloud, log) = Recorded::new()
        .answer("DescribeKeyPairs", &format!("<DescribeKeyPairsResponse><keySet>{pairs}</keySet></DescribeKeyPairsResponse>"))
        .answer("CreateTags", "<CreateTagsResponse><return>true</return></CreateTagsResponse>")
        .cloud();
    let change = TagChange { set: vec![Tag::new("team", "blue")], remove: vec![] };
    let names = ["db", "gone", "old", "web"].map(str::to_owned);
    let outcomes = KeyPair::retag(&cloud, &change, &names).await;
    let codes: Vec<_> = outcomes.iter().map(|outcome| (outcome.id.as_str(), outcome.error.as_ref().map(|error| error.code))).collect();
    let expected = [("db", None), ("gone", Some(ErrorCode::NotFound)), ("old", Some(ErrorCode::Unsupported)), ("web", None)];
    assert_eq!(codes, expected);
    assert_eq!(lines(&asked(&log, "CreateTags")[0]), ["ResourceId.1=key-2", "ResourceId.2=key-1", "Tag.1.Key=team", "Tag.1.Value=blue"]);
}

#[tokio::test]
async fn a_public_key_is_imported() {
    let (cloud, log) =
        Recorded::new().answer("ImportKeyPair", "<ImportKeyPairResponse><keyName>my-key-pair</keyName></ImportKeyPairResponse>").cloud();
    let created = KeyPair::create(&cloud, &draft("", " ssh-ed25519 AAAA me\n")).await.unwrap();
    assert_eq!((created.ids.as_slice(), created.secret.is_none()), (&["my-key-pair".to_owned()][..], true));
    assert_eq!(lines(&asked(&log, "ImportKeyPair")[0]), ["KeyName=my-key-pair", "PublicKeyMaterial=c3NoLWVkMjU1MTkgQUFBQSBtZQ=="]);
}

#[tokio::test]
async fn a_name_that_is_taken_is_said_at_the_name() {
    let recorded = Recorded::new();
    let (cloud, _) = recorded.refuse("CreateKeyPair", 400, "InvalidKeyPair.Duplicate", "The keypair 'my-key-pair' already exists.").cloud();
    let error = KeyPair::create(&cloud, &draft("rsa", "")).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Conflict);
    assert_eq!(error.fields["name"], "The keypair 'my-key-pair' already exists.");
}

#[tokio::test]
async fn deletes_by_name() {
    let (cloud, log) =
        Recorded::new().answer("DeleteKeyPair", "<DeleteKeyPairResponse><return>true</return></DeleteKeyPairResponse>").cloud();
    let outcomes = KeyPair::act(&cloud, &KeyPairAction::Delete, &["my-key-pair".to_owned()]).await;
    assert!(outcomes[0].error.is_none());
    assert_eq!(lines(&asked(&log, "DeleteKeyPair")[0]), ["KeyName=my-key-pair"]);
}
