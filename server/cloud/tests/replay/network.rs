//! The way over the network.

use std::sync::Arc;

use api::{
    error::ErrorCode,
    session::{CloudInfo, CloudKind},
    vpc::Vpc,
};
use cloud::{
    Backend, Cloud, Endpoints, Settings, Target,
    transport::{Transport, Trust, TrustError, network},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::recorded::credentials;

fn cloud_at(url: &str, transport: Transport) -> Cloud {
    let info = CloudInfo { key: "test".into(), label: "Test".into(), kind: CloudKind::Generic, regions: vec!["us-east-1".into()] };
    let settings = Settings { max_attempts: 1, ..Settings::default() };
    let target = Target::new(info, Endpoints::pattern(url), transport, settings).unwrap();
    Cloud::new(Arc::new(target), &credentials(), "us-east-1").unwrap()
}

/// A server for one request, which it answers with these bytes.
async fn server(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = vec![];
        let mut part = [0; 4096];
        while !String::from_utf8_lossy(&request).contains("Action=DescribeVpcs") {
            let length = socket.read(&mut part).await.unwrap();
            request.extend_from_slice(&part[..length]);
        }
        // The client may have closed before the end of a long answer.
        let _ = socket.write_all(answer.as_bytes()).await;
    });
    url
}

#[tokio::test]
async fn a_cloud_over_plain_http_is_reached() {
    let body = "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>";
    let url = server(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())).await;
    let cloud = cloud_at(&url, network(Trust::Nobody).unwrap());
    assert_eq!(Vpc::get(&cloud, "vpc-1").await.unwrap().id, "vpc-1");
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let cloud = cloud_at(&format!("http://{free}"), network(Trust::Nobody).unwrap());
    let error = Vpc::get(&cloud, "vpc-1").await.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::Unreachable, "The cloud cannot be reached."));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_taken_for_a_whole_one() {
    let url = server("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<DescribeVpcsResponse>".into()).await;
    let error = Vpc::get(&cloud_at(&url, network(Trust::Nobody).unwrap()), "vpc-1").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CloudFailure);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let long = "x".repeat(33 * 1024 * 1024);
    let url = server(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{long}", long.len())).await;
    let error = Vpc::get(&cloud_at(&url, network(Trust::Nobody).unwrap()), "vpc-1").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CloudFailure);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_taken_for_the_cloud() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", free.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = free.accept().await.unwrap();
        let _ = socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
    });
    let error = Vpc::get(&cloud_at(&url, network(Trust::Nobody).unwrap()), "vpc-1").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Unreachable);
}

#[test]
fn a_bundle_that_is_none_is_refused_when_it_is_read() {
    assert!(matches!(network(Trust::Bundle(b"hello".to_vec())), Err(TrustError::Empty)));
    let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec();
    assert!(matches!(network(Trust::Bundle(broken)), Err(TrustError::Certificate { number: 1, .. })));
    let garbled = b"-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n".to_vec();
    assert!(matches!(network(Trust::Bundle(garbled)), Err(TrustError::NotPem(_))));
}
