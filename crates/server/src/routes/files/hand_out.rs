use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use countersign_contract::ProblemKind;
use countersign_domain::file::FileKind;
use countersign_domain::id::FileId;
use http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::auth::session;
use crate::error::ApiError;
use crate::repo::files;
use crate::state::AppState;

/// A file is looked at and nothing else: no script, no style, no request, no frame, an origin of its own.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// `GET /files/{file_id}`: the file itself. Whoever does not see what it belongs to is told that there is none.
pub async fn hand_out(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let caller = session::of_headers(&state, &headers).await?;
    // An id that is no id names nothing.
    let id: FileId = id.parse().map_err(|_| ProblemKind::NotFound)?;
    let mut connection = state.db.read().await?;
    let file = files::find(&mut connection, id)
        .await?
        .filter(|file| file.readers.iter().any(|readers| readers.includes(&caller.actor)))
        .ok_or(ProblemKind::NotFound)?;
    let tag = format!("\"{}\"", file.digest);
    let is_known = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .any(|known| known.to_str().is_ok_and(|known| known.contains(&tag)));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(files::body(&mut connection, &file.digest).await?).into_response()
    };
    let told = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, file.kind.media_type().to_owned()),
        (CONTENT_DISPOSITION, disposition(file.kind, &file.name)),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (ETAG, tag),
    ] {
        let value = HeaderValue::from_str(&value).map_err(|error| ApiError::internal(&error))?;
        told.insert(name, value);
    }
    Ok(response)
}

/// A picture is shown; a document is saved under its name (RFC 6266). The name is there in full for those who read UTF-8
/// (RFC 8187), and in what ASCII it has for the others.
fn disposition(kind: FileKind, name: &str) -> String {
    let way = if kind.is_picture() { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|sign| match sign {
            ' ' | '.' | '-' | '_' => sign,
            sign if sign.is_ascii_alphanumeric() => sign,
            _ => '_',
        })
        .collect();
    let full: String = name
        .bytes()
        .map(|byte| match byte {
            b'.' | b'-' | b'_' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_leave_its_header() {
        assert_eq!(
            disposition(FileKind::Pdf, "送货 \"1\".pdf"),
            "attachment; filename=\"__ _1_.pdf\"; filename*=UTF-8''%E9%80%81%E8%B4%A7%20%221%22.pdf"
        );
        assert_eq!(
            disposition(FileKind::Png, "a.png"),
            "inline; filename=\"a.png\"; filename*=UTF-8''a.png"
        );
    }
}
