//! How requests travel to a cloud: over the network with TLS, or to a service in the same process.

use std::{convert::Infallible, fmt, sync::Arc};

use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        dns::ResolveDns,
        http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector},
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use http::{HeaderValue, Request, Response, Uri, header::HOST, uri::PathAndQuery};
use http_body::Body;
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tower::{Service, ServiceExt};

mod guard;
pub(crate) mod reply;

pub use guard::Guard;

/// A way to a cloud, with its pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Transport(SharedHttpClient);

impl Transport {
    pub(crate) fn client(&self) -> SharedHttpClient {
        self.0.clone()
    }
}

/// Whom to trust to be the cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The certificate authorities of the system.
    System,
    /// These alone, in PEM.
    Bundle(Vec<u8>),
    /// Nobody: for clouds that are reached over plain HTTP.
    Nobody,
}

/// What is wrong with a CA bundle.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("the CA bundle is not PEM: {0}")]
    NotPem(String),
    #[error("the CA bundle holds no certificate")]
    Empty,
    #[error("certificate {number} of the CA bundle cannot be used: {why}")]
    Certificate { number: usize, why: String },
}

/// Over the network. No proxy variables are read, no redirects followed.
pub fn network(trust: Trust) -> Result<Transport, TrustError> {
    let store = match trust {
        Trust::System => TrustStore::default(),
        Trust::Nobody => TrustStore::empty(),
        Trust::Bundle(pem) => {
            check_bundle(&pem)?;
            TrustStore::empty().with_pem_certificate(pem)
        }
    };
    let tls = TlsContext::builder().with_trust_store(store).build().expect("a trust store is all a context needs");
    let client = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https();
    Ok(Transport(SharedHttpClient::new(Whole(client))))
}

/// Over the network with TLS, to where this guard lets: for clouds that users name. Those that the system vouches for are believed.
pub fn guarded(guard: Guard) -> Transport {
    guarded_by(guard, guard::System)
}

/// The same, with names looked up in this way.
pub fn guarded_by(guard: Guard, resolver: impl ResolveDns + Clone + 'static) -> Transport {
    let tls = TlsContext::builder().with_trust_store(TrustStore::default()).build().expect("a trust store is all a context needs");
    let builder = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls);
    let client = builder.build_with_resolver(guard::Guarded { guard: guard.clone(), resolver });
    Transport(SharedHttpClient::new(Whole(SharedHttpClient::new(guard::ByAddress { guard, inner: client }))))
}

/// The SDK panics over a bad bundle when the first request is sent; this says what is wrong when the configuration is read.
fn check_bundle(pem: &[u8]) -> Result<(), TrustError> {
    let mut roots = RootCertStore::empty();
    for (index, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
        let certificate = certificate.map_err(|err| TrustError::NotPem(err.to_string()))?;
        roots.add(certificate).map_err(|err| TrustError::Certificate { number: index + 1, why: err.to_string() })?;
    }
    if roots.is_empty() { Err(TrustError::Empty) } else { Ok(()) }
}

/// To a service in this process, such as an `axum::Router`: it sees the requests that it would see from a socket.
pub fn in_process<S, B>(service: S) -> Transport
where
    S: Service<Request<SdkBody>, Response = Response<B>, Error = Infallible> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let call = move |request| {
        let service = service.clone();
        async move {
            let Ok(response) = service.oneshot(request).await;
            reply::whole(response).await
        }
        .boxed()
    };
    Transport(SharedHttpClient::new(InProcess(Arc::new(call))))
}

type Call = dyn Fn(Request<SdkBody>) -> BoxFuture<'static, Result<HttpResponse, ConnectorError>> + Send + Sync;

#[derive(Clone)]
struct InProcess(Arc<Call>);

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match as_received(request) {
            Ok(request) => HttpConnectorFuture::new((self.0)(request)),
            Err(err) => HttpConnectorFuture::ready(Err(ConnectorError::user(err))),
        }
    }
}

/// A request in the form in which a server receives it: the path in the request line, the authority in `Host`, which the signature covers.
fn as_received(request: HttpRequest) -> Result<Request<SdkBody>, BoxError> {
    let mut request = request.try_into_http1x()?;
    let authority = request.uri().authority().ok_or("the endpoint has no host")?;
    let host = HeaderValue::from_str(authority.as_str())?;
    let path = request.uri().path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    request.headers_mut().entry(HOST).or_insert(host);
    *request.uri_mut() = Uri::from(path);
    Ok(request)
}

impl HttpClient for InProcess {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

/// Hands on only what was read whole.
#[derive(Debug)]
struct Whole<T>(T);

impl HttpClient for Whole<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Whole(self.0.http_connector(settings, components)))
    }
}

impl HttpConnector for Whole<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = self.0.call(request);
        HttpConnectorFuture::new(async move {
            let response = answer.await?.try_into_http1x().map_err(|err| ConnectorError::other(err.into(), None))?;
            reply::whole(response).await
        })
    }
}
