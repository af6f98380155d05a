//! Adapters to Discord, with serenity's types: what it sends becomes our types, what we decide becomes its requests.
//!
//! Decides nothing about tickets. Above this layer nobody builds a request; below it nobody knows serenity.

pub mod application;
pub mod attachments;
pub mod components;
pub mod convert;
pub mod event;
pub mod fault;
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
pub mod seal;
pub mod state;
pub mod threads;

pub use fault::{Fault, Refusal};
pub use state::{Command, Context, State, TextContext};
