//! The server on a socket: it answers, it waits for what is under way when it ends, and it does not wait for those who say nothing.

use std::net::SocketAddr;

use axum::{Router, routing::get};
use server::serve::{listen, serve};
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
