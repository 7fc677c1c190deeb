//! The bundle: what the browser loads, read once and served from memory as it was built.
//!
//! Nothing is compressed here; the build has put `.br` and `.gz` beside each file. A request can only name what is in the table, so no path
//! leads out of the folder, and what is not there is 404 and never the document.

use std::{
    collections::HashMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use ::app::Assets as Manifest;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::encoding::{self, Encoding};

/// The files of the site folder. Cheap to clone.
#[derive(Clone)]
pub struct Assets(Arc<Inner>);

struct Inner {
    manifest: Manifest,
    /// By path, with its leading slash.
    files: HashMap<String, Asset>,
}

struct Asset {
    content_type: HeaderValue,
    etag: HeaderValue,
    immutable: bool,
    /// What it may do itself, where it is a program of its own.
    policy: Option<&'static str>,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    #[error("{} is missing: run `make build`, or say with --site where the bundle is", .0.display())]
    Missing(PathBuf),
    #[error("{} cannot be read: {err}", path.display())]
    Unreadable { path: PathBuf, err: io::Error },
    #[error("{} is not what the build writes: {err}; run `make build`", path.display())]
    Manifest { path: PathBuf, err: serde_json::Error },
    #[error("{} names {missing}, which is not there: run `make build`", path.display())]
    Incomplete { path: PathBuf, missing: String },
}

/// The build's own note to the server.
const MANIFEST: &str = "manifest.json";

/// The service worker: it asks the same origin for files, and nobody for anything else.
const WORKER: &str = "/sw.js";
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";

impl Assets {
    /// Reads the whole folder.
    pub fn read(site: &Path) -> Result<Self, AssetsError> {
        let path = site.join(MANIFEST);
        let text = fs::read(&path).map_err(|err| match err.kind() {
            io::ErrorKind::NotFound => AssetsError::Missing(path.clone()),
            _ => AssetsError::Unreadable { path: path.clone(), err },
        })?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|err| AssetsError::Manifest { path: path.clone(), err })?;
        let mut found = HashMap::new();
        read_folder(site, "", &mut found)?;
        found.remove(&format!("/{MANIFEST}"));
        let files: HashMap<_, _> = found
            .iter()
            .filter(|(path, _)| !is_compressed(path))
            .map(|(path, plain)| (path.clone(), Asset::new(path, plain, &found)))
            .collect();
        for named in manifest.files() {
            if !files.contains_key(&format!("/{named}")) {
                return Err(AssetsError::Incomplete { path, missing: named.clone() });
            }
        }
        Ok(Self(Arc::new(Inner { manifest, files })))
    }

    /// A bundle of nothing, for tests of what is not in it.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        let manifest = Manifest { css: String::new(), js: String::new(), wasm: String::new(), parts: std::collections::BTreeMap::new() };
        Self(Arc::new(Inner { manifest, files: HashMap::new() }))
    }

    pub fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }

    /// The answer to a request for this path, if there is such a file or there should be one; `None` leaves it to the application.
    pub fn serve(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        match self.0.files.get(path) {
            Some(asset) => Some(asset.serve(request)),
            None if is_for_files(path) => Some((StatusCode::NOT_FOUND, "There is no such file.\n").into_response()),
            None => None,
        }
    }
}

/// Whether only a file can be meant: the bundle's folder, and names with an extension at the top such as `/favicon.ico`.
fn is_for_files(path: &str) -> bool {
    let name = path.strip_prefix('/').unwrap_or(path);
    path.starts_with("/pkg/") || name.starts_with('.') || (!name.contains('/') && name.contains('.'))
}

fn is_compressed(path: &str) -> bool {
    [".br", ".gz"].iter().any(|extension| path.ends_with(extension))
}

fn read_folder(folder: &Path, under: &str, found: &mut HashMap<String, Bytes>) -> Result<(), AssetsError> {
    let unreadable = |err| AssetsError::Unreadable { path: folder.to_owned(), err };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let Some(path) = entry.file_name().to_str().map(|name| format!("{under}/{name}")) else { continue };
        if entry.file_type().map_err(unreadable)?.is_dir() {
            read_folder(&entry.path(), &path, found)?;
        } else {
            found.insert(path, fs::read(entry.path()).map_err(|err| AssetsError::Unreadable { path: entry.path(), err })?.into());
        }
    }
    Ok(())
}

impl Asset {
    fn new(path: &str, plain: &Bytes, found: &HashMap<String, Bytes>) -> Self {
        let compressed = |extension| found.get(&format!("{path}.{extension}")).cloned();
        let hash = Sha256::digest(plain)[..12].iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        Self {
            content_type: HeaderValue::from_static(content_type(path)),
            // A weak one: the same file goes out in three encodings.
            etag: HeaderValue::try_from(format!("W/\"{hash}\"")).expect("hexadecimal digits are visible ASCII"),
            immutable: path.starts_with("/pkg/"),
            policy: (path == WORKER).then_some(WORKER_POLICY),
            plain: plain.clone(),
            gzip: compressed("gz"),
            brotli: compressed("br"),
        }
    }

    fn serve(&self, request: &HeaderMap) -> Response {
        let caching = if self.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = [
            (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
            (header::ETAG, self.etag.clone()),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if encoding::is_unchanged(request, self.etag.as_bytes()) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let content_type = [(header::CONTENT_TYPE, self.content_type.clone())];
        let policy = self.policy.map(|policy| [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))]);
        let offered = [(Encoding::Brotli, &self.brotli), (Encoding::Gzip, &self.gzip)];
        let accepted = encoding::accepted(request);
        let best = offered
            .into_iter()
            .find_map(|(encoding, body)| body.as_ref().filter(|_| accepted.takes(encoding)).map(|body| (encoding, body)));
        match best {
            Some((encoding, body)) => {
                (headers, content_type, policy, [(header::CONTENT_ENCODING, encoding.name())], body.clone()).into_response()
            }
            None => (headers, content_type, policy, self.plain.clone()).into_response(),
        }
    }
}

/// Types of what a bundle holds. Text is UTF-8, and says so.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assets").field("manifest", &self.0.manifest).field("files", &self.0.files.len()).finish()
    }
}
