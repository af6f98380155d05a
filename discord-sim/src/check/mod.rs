//! Checks a request against Discord's documented limits and its OpenAPI description.
//!
//! [`limits`] always runs and returns what Discord would refuse with 400 and error 50035. [`OpenApi`] runs if the
//! environment variable `DISCORD_OPENAPI` names the description's file, and returns what violates its schemas.

mod form_body;
mod limits;
mod openapi;

pub use form_body::{FieldError, form_body};
pub use limits::{audit_reason, limits};
pub use openapi::{Body, OpenApi};
