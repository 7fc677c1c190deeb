//! The server on a socket: it answers, it waits for what is under way when it ends, and it does not wait for those who say nothing.

use std::net::SocketAddr;

use axum::{Extension, Router, routing::get};
use server::{
    client::Peer,
    config::{Config, Network, Options},
    serve::{Front, listen, serve, serve_behind, tls},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{mpsc, oneshot},
};

async fn answer(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("it answers and closes");
    text
}

#[tokio::test]
async fn an_answer_under_way_is_ended_and_no_other_is_begun() {
    let (begun, mut has_begun) = mpsc::channel::<oneshot::Sender<()>>(1);
    let routes = Router::new().route(
        "/slow",
        get(async move || {
            let (go_on, wait) = oneshot::channel();
            begun.send(go_on).await.expect("the test waits");
            wait.await.expect("the test says go on");
            "done"
        }),
    );
    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, routes, async { drop(stopped.await) }));
    let client = tokio::spawn(answer(address, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
    let go_on = has_begun.recv().await.expect("the request arrives");
    stop.send(()).expect("the server waits for it");
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    go_on.send(()).expect("the handler waits");
    assert!(client.await.expect("no panic").ends_with("done"));
    server.await.expect("no panic");
}

#[tokio::test]
async fn requests_that_could_be_read_in_two_ways_are_refused() {
    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    let routes = Router::new().route("/", get(async || "fine").post(async || "fine"));
    tokio::spawn(serve(listener, routes, std::future::pending()));
    for request in [
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c: d\r\n\r\n",
    ] {
        let text = answer(address, request).await;
        assert!(text.starts_with("HTTP/1.1 4"), "{}\nanswered {text}", &request[..60.min(request.len())]);
    }
}

#[tokio::test(start_paused = true)]
async fn who_sends_no_headers_is_let_go() {
    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    tokio::spawn(serve(listener, Router::new(), std::future::pending()));
    let begun = tokio::time::Instant::now();
    for (times, said) in ["GET / HTTP/1.1\r\nHost:", ""].into_iter().enumerate() {
        let text = answer(address, said).await;
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 408"), "{text}");
        assert_eq!(begun.elapsed().as_secs(), 15 * (times as u64 + 1), "{said:?}");
    }
}

/// A header of the PROXY protocol, and what the server then takes for the client.
async fn seen_from(listener_trusts: &str, said: &str) -> String {
    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    let routes = Router::new().route("/", get(async |Extension(peer): Extension<Peer>| peer.address.to_string()));
    let proxies = [listener_trusts.parse::<Network>().expect("a network")].into_iter().collect();
    tokio::spawn(serve_behind(Front { tls: None, proxies }, listener, routes, std::future::pending()));
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream.write_all(format!("{said}GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes()).await.expect("it reads");
    let mut text = Vec::new();
    // A connection that is refused may be reset.
    let _ = stream.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn the_proxy_protocol_is_believed_from_known_networks_alone() {
    let line = "PROXY TCP4 198.51.100.1 203.0.113.1 4711 443\r\n";
    let known = seen_from("127.0.0.0/8", line).await;
    assert!(known.starts_with("HTTP/1.1 200") && known.ends_with("198.51.100.1"), "{known}");
    let without = seen_from("127.0.0.0/8", "").await;
    assert_eq!(without, "", "a balancer that says nothing was answered");
    let stranger = seen_from("10.0.0.0/8", line).await;
    assert!(!stranger.contains("200") && !stranger.contains("198.51.100.1"), "{stranger}");
    let plain = seen_from("10.0.0.0/8", "").await;
    assert!(plain.ends_with("127.0.0.1"), "{plain}");
}

#[tokio::test]
async fn a_certificate_is_made_once_for_its_owner_alone_and_speaks_no_old_tls() {
    use std::os::unix::fs::PermissionsExt;
    let state = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tls-{}", std::process::id()));
    let text = format!("state = {state:?}\n[tls]\nself_signed = true\n[demo]\nenabled = true\n[aws]\nenabled = false\n");
    let config = Config::parse("canopy.toml".as_ref(), &text, Options::default()).expect("the configuration is fine");
    assert!(config.is_secure());
    tls::acceptor(&config).expect("one is made");
    let made = std::fs::read(state.join("tls.crt")).expect("it is there");
    let acceptor = tls::acceptor(&config).expect("it is read");
    assert_eq!(std::fs::read(state.join("tls.crt")).expect("it is there"), made, "it was made anew");
    let mode = std::fs::metadata(state.join("tls.key")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    let routes = Router::new().route("/", get(async |Extension(peer): Extension<Peer>| format!("tls {}", peer.tls)));
    tokio::spawn(serve_behind(Front { tls: acceptor, ..Front::default() }, listener, routes, std::future::pending()));
    let ask = async |more: &[&str]| {
        let url = format!("https://localhost:{}/", address.port());
        let mut curl = std::process::Command::new("curl");
        curl.args(["-sS", "--cacert", state.join("tls.crt").to_str().expect("UTF-8"), "--resolve"]);
        curl.arg(format!("localhost:{}:127.0.0.1", address.port())).args(more).arg(url);
        let output = tokio::task::spawn_blocking(move || curl.output()).await.expect("no panic").expect("curl is there");
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    for version in [&["--http2"][..], &["--http1.1"], &["--tlsv1.2", "--tls-max", "1.2"], &["--tlsv1.3"]] {
        assert_eq!(ask(version).await, "tls true", "{version:?}");
    }
    assert_ne!(ask(&["--tlsv1.1", "--tls-max", "1.1"]).await, "tls true", "TLS 1.1 was spoken");
    assert_eq!(answer(address, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.matches("200").count(), 0, "plain HTTP was answered");
    std::fs::remove_dir_all(state).expect("our own folder");
}
