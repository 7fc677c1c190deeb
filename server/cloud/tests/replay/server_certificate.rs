//! Server certificates, on replies in the words of the API reference.

use api::{
    error::ErrorCode,
    server_certificate::{ServerCertificate, ServerCertificateAction, ServerCertificateDraft},
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines, list};

const ABOUT: &str = "<ServerCertificateName>ProdServerCert</ServerCertificateName><Path>/company/servercerts/</Path>\
    <Arn>arn:aws:iam::123456789012:server-certificate/company/servercerts/ProdServerCert</Arn>\
    <UploadDate>2010-05-08T01:02:03.004Z</UploadDate><ServerCertificateId>ASCACKCEVSQ6C2EXAMPLE</ServerCertificateId>\
    <Expiration>2012-05-08T01:02:03.004Z</Expiration>";

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
fn page(name: &str, marker: &str) -> String {
    let marker = if marker.is_empty() { String::new() } else { format!("<Marker>{marker}</Marker>") };
    format!(
        "<ListServerCertificatesResponse><ListServerCertificatesResult><IsTruncated>{}</IsTruncated>{marker}\
         <ServerCertificateMetadataList><member>{}</member></ServerCertificateMetadataList>\
         </ListServerCertificatesResult></ListServerCertificatesResponse>",
        !marker.is_empty(),
        ABOUT.replace("ProdServerCert<", &format!("{name}<"))
    )
}

fn draft() -> ServerCertificateDraft {
    ServerCertificateDraft {
        name: "ProdServerCert".into(),
        path: "/company/servercerts/".into(),
        body: "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n".into(),
        private_key: "-----BEGIN PRIVATE KEY-----\nYQ==\n-----END PRIVATE KEY-----\n".into(),
        ..ServerCertificateDraft::default()
    }
}

#[tokio::test]
async fn certificates_are_paged_and_one_is_shown_with_its_text() {
    let whole = format!(
        "<GetServerCertificateResponse><GetServerCertificateResult><ServerCertificate>\
         <ServerCertificateMetadata>{ABOUT}</ServerCertificateMetadata><CertificateBody>-----BEGIN CERTIFICATE-----</CertificateBody>\
         <Tags><member><Key>team</Key><Value>web</Value></member></Tags>\
         </ServerCertificate></GetServerCertificateResult></GetServerCertificateResponse>"
    );
    let recorded = Recorded::new().pages_of(1).answer("ListServerCertificates", &page("a", "m1"));
    let recorded = recorded.answer("ListServerCertificates", &page("b", "")).answer("GetServerCertificate", &whole);
    let (cloud, log) = recorded.cloud();
    let found: Vec<ServerCertificate> = list(&cloud).await;
    assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!((found[0].uploaded_at, found[0].expires_at), (Some(1_273_280_523), Some(1_336_438_923)));
    assert_eq!(lines(&asked(&log, "ListServerCertificates")[1]), ["Marker=m1", "MaxItems=1"]);
    let one = ServerCertificate::get(&cloud, "ProdServerCert").await.unwrap();
    assert_eq!((one.certificate_id.as_str(), one.path.as_str()), ("ASCACKCEVSQ6C2EXAMPLE", "/company/servercerts/"));
    assert_eq!((one.body.as_str(), one.chain.as_str()), ("-----BEGIN CERTIFICATE-----", ""));
    assert_eq!(one.tags[0].value, "web");
}

#[tokio::test]
async fn what_is_left_empty_is_not_sent_and_a_refusal_stands_at_its_field() {
    let made = format!(
        "<UploadServerCertificateResponse><UploadServerCertificateResult><ServerCertificateMetadata>{ABOUT}\
         </ServerCertificateMetadata></UploadServerCertificateResult></UploadServerCertificateResponse>"
    );
    let recorded = Recorded::new().answer("UploadServerCertificate", &made);
    let recorded = recorded.refuse("UploadServerCertificate", 400, "KeyPairMismatch", "The public key and the private key do not match.");
    let recorded = recorded.refuse("UploadServerCertificate", 400, "MalformedCertificate", "Unable to validate certificate chain.");
    let (cloud, log) = recorded.cloud();
    assert_eq!(ServerCertificate::create(&cloud, &draft()).await.unwrap().ids, ["ProdServerCert"]);
    let sent = asked(&log, "UploadServerCertificate").remove(0);
    assert!(!sent.contains_key("CertificateChain") && sent["PrivateKey"].ends_with("-----END PRIVATE KEY-----"));
    for field in ["private_key", "chain"] {
        let refused = ServerCertificate::create(&cloud, &draft()).await.unwrap_err();
        assert_eq!((refused.code, refused.fields.keys().next().map(String::as_str)), (ErrorCode::Invalid, Some(field)));
        assert!(!format!("{refused:?}").contains("YQ=="), "what is printed of it holds no key");
    }
}

#[tokio::test]
async fn a_name_that_stays_is_not_sent() {
    let recorded = Recorded::new().answer("UpdateServerCertificate", "<UpdateServerCertificateResponse/>");
    let (cloud, log) = recorded.answer("UpdateServerCertificate", "<UpdateServerCertificateResponse/>").cloud();
    for name in ["old", "new"] {
        let rename = ServerCertificateAction::Rename { name: name.into(), path: "/a/".into() };
        let outcome = ServerCertificate::act(&cloud, &rename, &["old".to_owned()]).await.remove(0);
        assert_eq!(outcome.error, None);
    }
    let sent = asked(&log, "UpdateServerCertificate");
    assert_eq!(lines(&sent[0]), ["NewPath=/a/", "ServerCertificateName=old"]);
    assert_eq!(lines(&sent[1]), ["NewPath=/a/", "NewServerCertificateName=new", "ServerCertificateName=old"]);
}
