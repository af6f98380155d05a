//! Who may ask. The page is for the browser of the person who started the playground, on this machine.
//!
//! Another site could make that browser send requests here. A site whose name was pointed at this address is refused by
//! `Host`, forms of other sites by `Origin`, and what browsers tell of the sender by `Sec-Fetch-Site`.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Scripts, styles and pictures of this server only; no plugin, no frame, no form to elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The names under which this server may be asked.
#[derive(Clone)]
pub(super) struct Guard(Arc<[String; 2]>);

impl Guard {
    pub(super) fn of(address: SocketAddr) -> Self {
        Self(Arc::new([address.to_string(), format!("localhost:{}", address.port())]))
    }

    fn allows(&self, method: &Method, headers: &HeaderMap) -> bool {
        let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let Some(host) = text(header::HOST).filter(|host| self.0.iter().any(|own| own == host)) else {
            return false;
        };
        let own = format!("http://{host}");
        let origin = text(header::ORIGIN);
        let by_page = origin.is_some_and(|origin| origin == own);
        // A request that changes something comes from a page, and a page names its origin.
        let changes = method != Method::GET && method != Method::HEAD;
        if !by_page && (changes || origin.is_some()) {
            return false;
        }
        // "none": typed by the person, or a bookmark.
        let site = headers.get("sec-fetch-site").map(|value| value.to_str().unwrap_or("?"));
        match site {
            None | Some("same-origin" | "none") => true,
            // A link to the first page.
            Some(_) => !changes && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate"),
        }
    }
}

/// Refuses what does not come from the page, and adds the headers that protect it.
pub(super) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = if guard.allows(request.method(), request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This page answers only to itself, on this machine.").into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(method: &Method, headers: &[(&'static str, &'static str)]) -> bool {
        let guard = Guard::of(([127, 0, 0, 1], 8080).into());
        let headers = headers
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
        guard.allows(method, &headers.collect())
    }

    #[test]
    fn only_the_page_itself_may_ask() {
        let host = ("host", "127.0.0.1:8080");
        let own = ("origin", "http://127.0.0.1:8080");
        assert!(allows(&Method::GET, &[host]));
        assert!(allows(&Method::GET, &[("host", "localhost:8080")]));
        assert!(allows(&Method::POST, &[host, own]));
        assert!(allows(&Method::GET, &[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
        for (method, headers) in [
            (Method::GET, vec![]),
            (Method::GET, vec![("host", "evil.example")]),
            (Method::GET, vec![("host", "127.0.0.1:8081")]),
            (Method::GET, vec![host, ("origin", "http://evil.example")]),
            (Method::GET, vec![host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]),
            (Method::POST, vec![host]),
            (Method::POST, vec![host, ("origin", "null")]),
            (Method::POST, vec![host, ("origin", "http://localhost:8080")]),
            (Method::POST, vec![host, own, ("sec-fetch-site", "same-site")]),
        ] {
            assert!(!allows(&method, &headers), "{method} {headers:?}");
        }
    }
}
