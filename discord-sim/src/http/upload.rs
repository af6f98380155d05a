//! Reading a request's body: JSON, or multipart with `payload_json` and `files[n]`.
//!
//! <https://discord.com/developers/docs/reference#uploading-files>

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde_json::Value;

use super::call::Upload;
use super::error::ApiError;
use crate::check;

/// "The maximum request size when sending a message is 25 MiB."
const REQUEST_LIMIT: usize = 25 << 20;
/// The limit of a file without boosts.
pub(crate) const FILE_LIMIT: u64 = 10 << 20;

pub(crate) struct Payload {
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    pub(crate) form: check::Body,
}

pub(crate) async fn read(parts: &Parts, body: Body) -> Result<Payload, ApiError> {
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return read_multipart(parts, body).await;
    }
    let bytes = to_bytes(body, REQUEST_LIMIT).await.map_err(|_| ApiError::too_large())?;
    let body = if bytes.is_empty() { Value::Null } else { parse(&bytes)? };
    Ok(Payload { body, files: Vec::new(), form: check::Body::Json })
}

async fn read_multipart(parts: &Parts, body: Body) -> Result<Payload, ApiError> {
    // With its extensions: they say that the server has no limit of its own.
    let request = Request::from_parts(parts.clone(), body);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
    let mut payload = Payload { body: Value::Null, files: Vec::new(), form: check::Body::Multipart };
    let mut total = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| malformed())? {
        let name = part.name().unwrap_or_default().to_owned();
        let filename = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| malformed())?.to_vec();
        total += bytes.len();
        if total > REQUEST_LIMIT {
            return Err(ApiError::too_large());
        }
        if name == "payload_json" {
            payload.body = parse(&bytes)?;
        } else if let Some(index) = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']')) {
            let filename = filename.unwrap_or_else(|| "unknown".to_owned());
            payload.files.push(Upload { index: index.to_owned(), filename, content_type, bytes });
        } else {
            return Err(ApiError::not_simulated(&format!("multipart part `{name}`")));
        }
    }
    Ok(payload)
}

fn parse(bytes: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(bytes).map_err(|_| ApiError::new(400, 50109, "The request body contains invalid JSON."))
}

fn malformed() -> ApiError {
    ApiError::new(400, 50035, "Invalid Form Body")
}

/// `%C3%A4` to `ä`, as in audit reasons and queries.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let decoded = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(byte)) = (first, decoded) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(crate) fn parse_query(query: Option<&str>) -> Vec<(String, String)> {
    let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(name), percent_decode(&value.replace('+', " ")))
        })
        .collect()
}
