//! The base address of Discord's API: scheme, host and port. Prevents sending the token in plain text over a network.

use std::net::IpAddr;

use reqwest::Url;

/// Discord itself.
pub(super) const DISCORD: &str = "https://discord.com";

/// Why an address is refused, as a continuation of "`discord.api_base`: ".
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressProblem {
    #[error("must be an address such as https://discord.com")]
    NoAddress,
    #[error("must begin with https:// or http://")]
    Scheme,
    #[error("must not hold a user name or password")]
    User,
    #[error("must end after the host or port; the bot adds /api and the rest itself")]
    Path,
    #[error(
        "sends the token readable by everyone in between, because it is plain http to another machine; use https://, \
         or set `discord.allow_insecure_http` to true if that network is yours alone"
    )]
    Insecure,
}

/// The address without a trailing slash.
pub(super) fn parse(written: &str, allow_insecure_http: bool) -> Result<String, AddressProblem> {
    let url = Url::parse(written.trim()).map_err(|_| AddressProblem::NoAddress)?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(AddressProblem::Scheme);
    }
    let host = url.host_str().ok_or(AddressProblem::NoAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressProblem::User);
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(AddressProblem::Path);
    }
    if url.scheme() == "http" && !allow_insecure_http && !is_this_machine(host) {
        return Err(AddressProblem::Insecure);
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{}://{host}{port}", url.scheme()))
}

/// Whether this address, in the form of [`parse`], is on this machine.
pub(crate) fn is_on_this_machine(address: &str) -> bool {
    Url::parse(address).ok().is_some_and(|url| url.host_str().is_some_and(is_this_machine))
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_brought_into_one_form() {
        for (written, expected) in [
            ("https://discord.com", "https://discord.com"),
            ("https://discord.com/", "https://discord.com"),
            (" HTTPS://Discord.com:443/ ", "https://discord.com"),
            ("https://proxy.example:8443", "https://proxy.example:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.8.9.10", "http://127.8.9.10"),
            ("http://localhost:3000/", "http://localhost:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(parse(written, false).unwrap(), expected, "{written}");
        }
    }

    #[test]
    fn an_address_that_cannot_work_or_leaks_the_token_is_refused() {
        for (written, expected) in [
            ("", AddressProblem::NoAddress),
            ("discord.com", AddressProblem::NoAddress),
            ("https://", AddressProblem::NoAddress),
            ("ftp://discord.com", AddressProblem::Scheme),
            ("localhost:3000", AddressProblem::Scheme),
            ("https://me@discord.com", AddressProblem::User),
            ("https://:secret@discord.com", AddressProblem::User),
            ("https://discord.com/api", AddressProblem::Path),
            ("https://discord.com/?x=1", AddressProblem::Path),
            ("https://discord.com/#x", AddressProblem::Path),
            ("http://discord.com", AddressProblem::Insecure),
            ("http://10.0.0.1:8080", AddressProblem::Insecure),
            ("http://localhost.example", AddressProblem::Insecure),
            ("http://127.0.0.1.example", AddressProblem::Insecure),
            ("http://0.0.0.0", AddressProblem::Insecure),
            ("http://[::]:3000", AddressProblem::Insecure),
        ] {
            assert_eq!(parse(written, false).unwrap_err(), expected, "{written}");
        }
    }

    #[test]
    fn plain_http_elsewhere_needs_a_word_from_the_operator() {
        assert_eq!(parse("http://proxy:8080", true).unwrap(), "http://proxy:8080");
    }
}
