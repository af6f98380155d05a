//! Adapters to Discord, with serenity's types: parse its payloads into our types, and turn our decisions into requests.
//!
//! No decisions about tickets. Higher layers build no requests; lower layers do not know serenity.

pub mod application;
pub mod attachments;
pub mod audit_log;
pub mod cards;
pub mod channel_posts;
pub mod components;
pub mod convert;
pub mod embeds;
pub mod event;
pub mod forms;
pub mod guild;
pub mod history;
pub mod inbox_message;
pub mod intake;
pub mod interaction;
pub mod layout;
pub mod lenient;
pub mod members;
pub mod names;
pub mod panel_content;
pub mod panel_message;
pub mod report;
pub mod respond;
pub mod rest;
pub mod rest_error;
pub mod seal;
pub mod thread_line;
pub mod thread_people;
pub mod threads;

pub use rest_error::{Refusal, RestError, RestResult};

use std::fmt;
use std::sync::Arc;

use tokio_util::task::TaskTracker;

use crate::app::{App, Limits};
use crate::config::Intents;
use crate::domain::ids::ApplicationId;
use crate::error::Error;
use crate::failure::Failure;
use guild::Sights;
use intake::Intake;
use rest::Rest;
use seal::Seals;

/// The shared state, with the parts that need a Discord client.
pub struct BotContext {
    pub app: App,
    pub rest: Rest,
    pub application: ApplicationId,
    /// The gateway intents.
    pub intents: Intents,
    /// Tracks running work, which a stop waits for. Closed while stopping.
    pub work: TaskTracker,
    /// Queued events; the bot also submits the snapshots it requests.
    pub intake: Intake,
    pub reloader: Box<dyn Reload>,
    /// For what one admin sees.
    pub seals: Seals,
    /// Who sees which channels, for choices while somebody types.
    pub sights: Sights,
}

/// Reloads the operator's configuration.
pub trait Reload: Send + Sync {
    /// The reloadable settings, and whether other changes need a restart.
    fn reload(&self) -> Result<(Limits, bool), Failure>;
}

impl BotContext {
    /// Applies the operator's changes; true if the rest needs a restart.
    pub fn reload(&self) -> Result<bool, Failure> {
        let (limits, restart_needed) = self.reloader.reload()?;
        self.app.set_limits(limits);
        Ok(restart_needed)
    }
}

impl fmt::Debug for BotContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BotContext").field("app", &self.app).finish_non_exhaustive()
    }
}

/// A running slash command or context menu.
pub type Context<'a> = poise::ApplicationContext<'a, Arc<BotContext>, Error>;

/// A running text command.
pub type TextContext<'a> = poise::PrefixContext<'a, Arc<BotContext>, Error>;

pub type Command = poise::Command<Arc<BotContext>, Error>;
