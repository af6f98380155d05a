//! Adapters to Discord, with serenity's types: parse its payloads into our types, and turn our decisions into requests.
//!
//! No decisions about tickets. Higher layers build no requests; lower layers do not know serenity.

pub mod application;
pub mod attachments;
pub mod components;
pub mod convert;
pub mod event;
pub mod forms;
pub mod guild;
pub mod inbox_message;
pub mod intake;
pub mod interaction;
pub mod lenient;
pub mod register;
pub mod report;
pub mod respond;
pub mod rest;
pub mod rest_error;
pub mod seal;
pub mod state;
pub mod threads;

pub use rest_error::{Refusal, RestError};
pub use state::{BotContext, Command, Context, TextContext};
