//! TLS of the server's own: with a certificate that is given, or one that is made at first start.

use std::{error::Error, fs, io, net::IpAddr, path::Path, sync::Arc};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use sha2::{Digest, Sha256};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

use crate::{
    config::{Config, TlsSettings},
    shared::write_private,
};

/// In the order in which they are liked.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// As configured; `None` where something in front does it.
pub fn acceptor(config: &Config) -> Result<Option<TlsAcceptor>, Box<dyn Error>> {
    let Some(tls) = &config.tls else { return Ok(None) };
    if tls.self_signed {
        make(tls, config)?;
    }
    let unreadable = |path: &Path, err: &dyn Error| format!("{} is no PEM file that can be read: {err}", path.display());
    let chain = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|err| unreadable(&tls.certificate, &err))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|err| unreadable(&tls.key, &err))?;
    let leaf = chain.first().map(fingerprint).unwrap_or_default();
    // TLS 1.2 and 1.3: rustls knows no older one.
    let mut server = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
    server.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    tracing::info!(certificate = %tls.certificate.display(), sha256 = leaf, "TLS is on");
    Ok(Some(TlsAcceptor::from(Arc::new(server))))
}

/// Makes a key and a certificate for it, unless they are there.
fn make(tls: &TlsSettings, config: &Config) -> Result<(), Box<dyn Error>> {
    match (fs::exists(&tls.certificate)?, fs::exists(&tls.key)?) {
        (true, true) => return Ok(()),
        (false, false) => {}
        _ => return Err(format!("of {} and {} one is missing", tls.certificate.display(), tls.key.display()).into()),
    }
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names(config))?;
    if write_private(&tls.key, signing_key.serialize_pem().as_bytes())? {
        write_private(&tls.certificate, cert.pem().as_bytes())?;
        tracing::warn!(
            certificate = %tls.certificate.display(),
            sha256 = fingerprint(cert.der()),
            "made a certificate that nobody vouches for: browsers warn of it until it is replaced"
        );
    }
    Ok(())
}

/// By what the server can be called.
fn names(config: &Config) -> Vec<String> {
    let mut names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    let origin = config.public_origin.as_ref().and_then(|origin| url::Url::parse(origin.as_str()).ok());
    let host = origin.and_then(|url| url.host_str().map(|host| host.trim_matches(['[', ']']).to_owned()));
    let listen = Some(config.listen.ip()).filter(|ip: &IpAddr| !ip.is_unspecified()).map(|ip| ip.to_string());
    for name in host.into_iter().chain(listen) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

/// Whether the client chose HTTP/2.
pub(super) fn is_h2(stream: &tokio_rustls::server::TlsStream<impl Sized>) -> bool {
    stream.get_ref().1.alpn_protocol() == Some(PROTOCOLS[0])
}

/// What a handshake that fails is to the caller.
pub(super) fn failed(err: io::Error) -> io::Error {
    io::Error::new(err.kind(), format!("no TLS: {err}"))
}
