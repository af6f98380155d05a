//! What is wrong with a request: against Discord's documented limits, and against its OpenAPI description.
//!
//! [`limits`] always runs and says what Discord would answer with 400 and error 50035. [`OpenApi`] runs where the
//! environment variable `DISCORD_OPENAPI` names the description's file, and says what does not fit its schemas.

mod form_body;
mod limits;
mod openapi;

pub use form_body::{FieldError, form_body};
pub use limits::{audit_reason, limits};
pub use openapi::{Body, OpenApi};
