//! The socket: accepting, and ending without cutting anybody off.

use std::{io, net::SocketAddr, pin::pin, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};

/// How long a client may take to send its headers. Who takes longer is broken, or means to use up our connections.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// All headers of a request together.
const MAX_HEADERS: usize = 32 * 1024;
/// How long answers under way are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Listens, and gives the address: with port 0 the one that was found.
pub async fn listen(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves until `stop`, then ends the answers under way and returns.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    // Every connection holds a receiver: it hears of the end through it, and its going away is heard here.
    let (ending, _) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(err) => {
                    tracing::warn!(%err, "a connection could not be accepted");
                    // Out of file descriptors, most likely: some come back when other connections end.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        tokio::spawn(connection(stream, router.clone(), ending.subscribe()));
    }
    drop(listener);
    tracing::info!(connections = ending.receiver_count(), "ending");
    ending.send_replace(());
    if timeout(PATIENCE, ending.closed()).await.is_err() {
        tracing::warn!(connections = ending.receiver_count(), "answers under way were cut off");
    }
}

async fn connection(stream: TcpStream, router: Router, mut ending: watch::Receiver<()>) {
    // Pages of a list are small and must leave at once.
    if let Err(err) = stream.set_nodelay(true) {
        tracing::debug!(%err, "no TCP_NODELAY");
    }
    // Browsers speak HTTP/2 over TLS alone, which is the proxy's in front. Waiting to see whether somebody does has no timeout.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(MAX_HEADERS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
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

/// Waits for whoever runs the server to end it: Ctrl-C, or the signal that service managers send.
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be waited for");
    let mut interrupt = signal(SignalKind::interrupt()).expect("signals can be waited for");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
