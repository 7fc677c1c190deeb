//! Reading an answer to its end, and making sure that it is one.
//!
//! The SDK takes half an XML document for a whole one: a list that broke off after its hundredth row would be a list of a hundred rows.

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{orchestrator::HttpResponse, result::ConnectorError},
};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::Response;
use http_body::Body;
use http_body_util::{BodyExt, Limited};

/// The longest answer that is read: a page of a thousand rows has one or two megabytes.
const MAX: usize = 32 * 1024 * 1024;

/// An answer came, but not all of it. Found again by the error mapping in the source of a [`ConnectorError`].
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("the answer broke off or is too long: {0}")]
    Unread(BoxError),
    #[error("the answer's document has no end")]
    Unended,
}

/// Counts as an I/O error, so that the SDK tries again what can be tried again.
pub async fn whole<B>(response: Response<B>) -> Result<HttpResponse, ConnectorError>
where
    B: Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    let (head, body) = response.into_parts();
    let body = Limited::new(body, MAX).collect().await.map_err(|err| ConnectorError::io(Broken::Unread(err).into()))?.to_bytes();
    if head.status.is_success() && !is_whole(&body) {
        return Err(ConnectorError::io(Broken::Unended.into()));
    }
    HttpResponse::try_from(Response::from_parts(head, SdkBody::from(body))).map_err(|err| ConnectorError::other(err.into(), None))
}

/// Whether a document ends with the end of its root. What is no XML at all is left for the SDK to refuse.
fn is_whole(document: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(document) else { return false };
    let mut rest = text.trim();
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let Some((_, after)) = rest.split_once('>') else { return false };
        rest = after.trim_start();
    }
    let Some(root) = rest.strip_prefix('<') else { return true };
    let name = root.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let closed =
        rest.strip_suffix('>').map(str::trim_end).and_then(|rest| rest.strip_suffix(name)).is_some_and(|rest| rest.ends_with("</"));
    let single = rest.ends_with("/>") && rest.find('>') == Some(rest.len() - 1);
    closed || single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_whole_when_its_root_is_closed() {
        for whole in [
            "<a/>",
            "<a></a>",
            "<?xml version=\"1.0\"?>\n<!-- x -->\n<a xmlns=\"u\">\n  <b/>\n</a>\n",
            "<a><a></a></a >",
            "",
            "no XML",
            "{}",
        ] {
            assert!(is_whole(whole.as_bytes()), "{whole}");
        }
        for half in ["<a", "<a>", "<a><b/>", "<a><b></b>", "<a></ab>", "<a></a", "<?xml", "<?xml version=\"1.0\"?><a>ü"] {
            assert!(!is_whole(half.as_bytes()), "{half}");
        }
        assert!(!is_whole(&"<a>ü".as_bytes()[..4]), "cut in the middle of a letter");
    }
}
