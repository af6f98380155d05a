//! The world's HTTP interface: API v10 and the CDN, on one loopback port.

pub(crate) mod call;
pub(crate) mod connection;
pub(crate) mod error;
pub(crate) mod pipeline;
pub(crate) mod rate_limit;
pub(crate) mod reply;
pub(crate) mod routes;
pub(crate) mod server;
pub(crate) mod upload;
