//! Connects to the gateway through the environment's proxy (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`).
//!
//! Uses the same rules and library as requests do. A websocket needs a tunnel (RFC 9110, section 9.3.6), so proxies of
//! other kinds than `http://` are refused at the start, before the bot logs in.

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::http::Uri;

use crate::failure::Failure;

/// Longer than any proxy's response.
const LONGEST_ANSWER: u64 = 16 << 10;

/// The gateway's address for a proxy's host rules.
const DISCORDS_GATEWAY: &str = "https://gateway.discord.gg";

/// A connection through the environment's proxy; `None` where none applies to this address. `Err` gives the reason.
pub(super) async fn tunnel_to(gateway: &Uri) -> Result<Option<TcpStream>, String> {
    let Some(host) = gateway.host() else { return Ok(None) };
    let is_secure = gateway.scheme_str() == Some("wss");
    let authority = format!("{host}:{}", gateway.port_u16().unwrap_or(if is_secure { 443 } else { 80 }));
    let address = format!("{}://{authority}/", if is_secure { "https" } else { "http" });
    match find(&address) {
        Some(proxy) if is_usable(&proxy) => open(&proxy, &authority).await.map(Some),
        Some(proxy) => Err(format!("a proxy of the kind {}:// cannot be used", kind(&proxy))),
        None => Ok(None),
    }
}

/// Checks that the environment's proxy works for both requests and the gateway.
///
/// # Errors
///
/// A [`Failure`] for the operator when it is of another kind.
pub(in crate::bot) fn check(api_base: &str) -> Result<(), Failure> {
    let gateway = if api_base == "https://discord.com" { DISCORDS_GATEWAY } else { api_base };
    let proxies = [api_base, gateway].into_iter().filter_map(find);
    match proxies.into_iter().find(|proxy| !is_usable(proxy)) {
        None => Ok(()),
        Some(proxy) => Err(Failure::config(format!(
            "The environment names a proxy of the kind {}://, which cannot be used for Discord's gateway",
            kind(&proxy)
        ))
        .help(
            "Name one of the kind http:// in HTTPS_PROXY or ALL_PROXY, or list discord.com and discord.gg in NO_PROXY.",
        )),
    }
}

fn find(address: &str) -> Option<Intercept> {
    Matcher::from_system().intercept(&address.parse().ok()?)
}

fn kind(proxy: &Intercept) -> &str {
    proxy.uri().scheme_str().unwrap_or_default()
}

fn is_usable(proxy: &Intercept) -> bool {
    kind(proxy) == "http"
}

/// Opens a tunnel. The proxy's response is not quoted: it may hold anything.
async fn open(proxy: &Intercept, authority: &str) -> Result<TcpStream, String> {
    let host = proxy.uri().host().unwrap_or_default().trim_matches(['[', ']']);
    let port = proxy.uri().port_u16().unwrap_or(80);
    let connected = TcpStream::connect((host, port)).await;
    let mut stream = connected.map_err(|error| format!("the proxy cannot be reached: {error}"))?;
    let broken = |error: std::io::Error| format!("the proxy does not answer: {error}");
    stream.set_nodelay(true).map_err(broken)?;
    let mut asked = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
    if let Some(authorization) = proxy.basic_auth() {
        asked.extend_from_slice(b"Proxy-Authorization: ");
        asked.extend_from_slice(authorization.as_bytes());
        asked.extend_from_slice(b"\r\n");
    }
    asked.extend_from_slice(b"\r\n");
    stream.write_all(&asked).await.map_err(broken)?;
    let head = read_head(&mut stream).await.map_err(broken)?;
    match status(&head) {
        Some(200..=299) => Ok(stream),
        Some(407) => Err("the proxy wants a user name and a password (status 407)".to_owned()),
        Some(status) => Err(format!("the proxy opens no way to the gateway (status {status})")),
        None => Err("what the proxy answers is no HTTP".to_owned()),
    }
}

/// Byte by byte, because what follows belongs to the gateway.
async fn read_head(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut limited = stream.take(LONGEST_ANSWER);
    while !head.ends_with(b"\r\n\r\n") {
        head.push(limited.read_u8().await?);
    }
    Ok(head)
}

fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?.strip_prefix("HTTP/1.")?;
    line.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_status_is_read_and_nothing_else_taken_for_one() {
        assert_eq!(status(b"HTTP/1.1 200 Connection established\r\n\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 407\r\n\r\n"), Some(407));
        for odd in [&b"SSH-2.0-OpenSSH\r\n\r\n"[..], b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\xff\r\n\r\n", b""]
        {
            assert_eq!(status(odd), None, "{odd:?}");
        }
    }
}
