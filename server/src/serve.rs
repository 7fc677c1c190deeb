//! The socket: accepting, and ending without cutting anybody off.

mod proxy_protocol;
pub mod tls;

use std::{
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, extract::Request};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::{client::Peer, config::Networks};

/// How long a client may take to send its headers. Who takes longer is broken, or means to use up our connections.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// All headers of a request together.
const MAX_HEADERS: u32 = 32 * 1024;
/// Of one connection at once.
const MAX_STREAMS: u32 = 128;
/// How long answers under way are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Listens, and gives the address: with port 0 the one that was found.
pub async fn listen(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// What stands between the socket and HTTP.
#[derive(Clone, Default)]
pub struct Front {
    pub tls: Option<TlsAcceptor>,
    /// Networks whose connections begin with the PROXY protocol.
    pub proxies: Networks,
}

/// Serves until `stop`, then ends the answers under way and returns.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    serve_behind(Front::default(), listener, router, stop).await;
}

/// The same, behind something.
pub async fn serve_behind(front: Front, listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let front = Arc::new(front);
    // Every connection holds a receiver: it hears of the end through it, and its going away is heard here.
    let (ending, _) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(err) => {
                    tracing::warn!(%err, "a connection could not be accepted");
                    // Out of file descriptors, most likely: some come back when other connections end.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let (front, router, ending) = (Arc::clone(&front), router.clone(), ending.subscribe());
        tokio::spawn(async move {
            if let Err(err) = connection(&front, stream, address, router, ending).await {
                tracing::debug!(%err, "a connection did not begin");
            }
        });
    }
    drop(listener);
    tracing::info!(connections = ending.receiver_count(), "ending");
    ending.send_replace(());
    if timeout(PATIENCE, ending.closed()).await.is_err() {
        tracing::warn!(connections = ending.receiver_count(), "answers under way were cut off");
    }
}

async fn connection(
    front: &Front,
    mut stream: TcpStream,
    address: SocketAddr,
    router: Router,
    ending: watch::Receiver<()>,
) -> io::Result<()> {
    // Pages of a list are small and must leave at once.
    stream.set_nodelay(true)?;
    let mut peer = Peer { address: address.ip(), tls: front.tls.is_some() };
    if front.proxies.contain(peer.address)
        && let Some(address) = in_time(proxy_protocol::read(&mut stream)).await?
    {
        peer.address = address;
    }
    match &front.tls {
        None => speak(stream, false, peer, router, ending).await,
        Some(tls) => {
            let stream = in_time(tls.accept(stream)).await.map_err(tls::failed)?;
            let h2 = tls::is_h2(&stream);
            speak(stream, h2, peer, router, ending).await;
        }
    }
    Ok(())
}

/// What comes before HTTP has as long as its headers have.
async fn in_time<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(HEADER_TIMEOUT, work).await.map_err(|_| io::ErrorKind::TimedOut)?
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    h2: bool,
    peer: Peer,
    router: Router,
    mut ending: watch::Receiver<()>,
) {
    let service = TowerToHyperService::new(router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    }));
    // Browsers speak HTTP/2 where TLS has agreed on it, and not else. Waiting to see whether somebody does has no timeout.
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(MAX_HEADERS as usize);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(MAX_HEADERS).max_concurrent_streams(MAX_STREAMS);
    // Who has gone without a word is not waited for.
    builder.http2().keep_alive_interval(HEADER_TIMEOUT).keep_alive_timeout(HEADER_TIMEOUT);
    let builder = if h2 { builder.http2_only() } else { builder.http1_only() };
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(err) = ended {
                    tracing::debug!(err, "a connection ended early");
                }
                return;
            }
            Ok(()) = ending.changed() => connection.as_mut().graceful_shutdown(),
        }
    }
}

/// Waits for whoever runs the server to end it: Ctrl-C, or the signal that service managers send. After the latter `draining` says so for as
/// long as balancers take to notice, while requests are still served.
pub async fn stop_signal(draining: Arc<AtomicBool>, drain: Duration) {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be waited for");
    let mut interrupt = signal(SignalKind::interrupt()).expect("signals can be waited for");
    tokio::select! {
        _ = terminate.recv() => {
            draining.store(true, Ordering::Relaxed);
            tracing::info!(seconds = drain.as_secs(), "draining");
            tokio::select! {
                () = tokio::time::sleep(drain) => {}
                // Whoever asks twice is in a hurry.
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        _ = interrupt.recv() => draining.store(true, Ordering::Relaxed),
    }
}
