//! Lists and their summaries.

use std::io;

use api::{
    error::ErrorCode,
    filter,
    kind::Kind,
    list::{Chunk, Summary},
    with_kind,
};
use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use cloud::{Args, Backend, Cloud};
use futures::{Stream, StreamExt};

use super::{
    here::{Here, invalid},
    kind_of,
};
use crate::{
    app::App,
    cache::{Decoder, Key, List, Lists, Writer},
    encoding::{self, Encoding},
    error::Failure,
    session::Turn,
};

pub async fn list(State(app): State<App>, Path(kind): Path<String>, here: Here, headers: HeaderMap) -> Result<Response, Failure> {
    let kind = kind_of(&kind)?;
    let list = find(&app.lists, kind, &here, &headers).await?;
    if encoding::wants_array(&headers) {
        return array(list).await;
    }
    let gzip = encoding::accepted(&headers).takes(Encoding::Gzip);
    let mut response = match list {
        List::Stored(list) if encoding::is_unchanged(&headers, list.etag.as_bytes()) => {
            tagged(StatusCode::NOT_MODIFIED.into_response(), &list.etag)
        }
        List::Stored(list) => {
            let body = if gzip { list.body.clone() } else { Decoder::new().decode(&list.body).map_err(|err| broken(&err))? };
            tagged(lines(body.into(), gzip), &list.etag)
        }
        List::Loading(mut reader) => {
            // Before the first page the answer can still be an error with a status of its own.
            reader.begun().await?;
            let body =
                if gzip { Body::from_stream(reader.pieces().map(Ok::<_, io::Error>)) } else { Body::from_stream(decoded(reader.pieces())) };
            lines(body, gzip)
        }
    };
    let headers = response.headers_mut();
    // One address is another list for another identity.
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding, cookie, x-canopy-identity"));
    if app.lists.keeps(kind) {
        // The browser may keep it, if it asks each time whether it still holds; signing out empties the browser's cache.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    Ok(response)
}

pub async fn summary(State(app): State<App>, Path(kind): Path<String>, here: Here, headers: HeaderMap) -> Result<Json<Summary>, Failure> {
    Ok(Json(match find(&app.lists, kind_of(&kind)?, &here, &headers).await? {
        List::Stored(list) => list.summary.clone(),
        List::Loading(mut reader) => reader.complete().await?.summary,
    }))
}

async fn find(lists: &Lists, kind: Kind, here: &Here, headers: &HeaderMap) -> Result<List, Failure> {
    let reload = encoding::wants_reload(headers);
    with_kind!(kind, T => {
        let args = args::<T>(here)?;
        let key = Key { kind, args: args.clone(), scope: here.scope.clone() };
        Ok(lists.list(key, reload, |writer| load::<T>(here.cloud.clone(), args, writer, here.turn.clone())).await)
    })
}

/// What the list is asked for by: the arguments of its kind, and what of a search the cloud is to look for.
fn args<T: Backend>(here: &Here) -> Result<Args, Failure> {
    let takes_filters = !filter::of(T::KIND).is_empty();
    let known: Vec<_> = T::ARGS.iter().copied().chain(takes_filters.then_some(filter::ARG)).collect();
    let mut args = here.args(&known)?.clone();
    if let Some(text) = args.get_mut(filter::ARG) {
        // The same question in another order is the same list.
        *text = filter::write(&filter::read(text, T::KIND).map_err(|message| invalid(filter::ARG, &message))?);
    }
    Ok(args)
}

/// Passes a list's pages on as the cloud answers them; the turn is over with the last.
async fn load<T: Backend>(cloud: Cloud, args: Args, mut writer: Writer, _turn: Turn) {
    let mut pages = T::list(&cloud, &args);
    while let Some(page) = pages.next().await {
        match page {
            Ok(rows) => {
                if !writer.page(&rows).await {
                    return;
                }
            }
            Err(error) => return writer.fail(error),
        }
    }
    writer.end();
}

fn lines(body: Body, gzip: bool) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response();
    let headers = response.headers_mut();
    if gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(Encoding::Gzip.name()));
    }
    // Proxies such as nginx would otherwise hold back the first page until the buffer is full.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn tagged(mut response: Response, etag: &str) -> Response {
    response.headers_mut().insert(header::ETAG, HeaderValue::try_from(etag).expect("hexadecimal digits are visible ASCII"));
    response
}

fn decoded(pieces: impl Stream<Item = Bytes> + Send + 'static) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    pieces.scan(Decoder::new(), |decoder, piece| std::future::ready(Some(decoder.decode(&piece))))
}

/// The whole list as one JSON array, for scripts that want no stream.
async fn array(list: List) -> Result<Response, Failure> {
    let pieces = match list {
        List::Stored(list) => vec![list.body.clone()],
        List::Loading(mut reader) => reader.complete().await?.pieces,
    };
    let mut decoder = Decoder::new();
    let mut text = Vec::new();
    for piece in pieces {
        text.extend_from_slice(&decoder.decode(&piece).map_err(|err| broken(&err))?);
    }
    let mut all = Vec::new();
    for line in text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        if let Chunk::Rows(rows) = serde_json::from_slice::<Chunk<serde_json::Value>>(line).map_err(|err| broken(&err))? {
            all.extend(rows);
        }
    }
    Ok(Json(all).into_response())
}

fn broken(err: &impl std::error::Error) -> Failure {
    Failure::new(ErrorCode::Internal, format!("A kept list is broken: {err}."))
}
