//! What every handler of ours is given.

use std::fmt;
use std::sync::Arc;

use tokio_util::task::TaskTracker;

use super::attachments::Downloader;
use super::intake::Intake;
use super::rest::Rest;
use super::seal::Seals;
use crate::app::{App, Limits};
use crate::config::Intents;
use crate::domain::ids::ApplicationId;
use crate::error::Error;
use crate::failure::Failure;

/// The shared state, with the parts that only work beside a client of Discord.
pub struct State {
    pub app: App,
    pub rest: Rest,
    pub downloader: Downloader,
    pub application: ApplicationId,
    /// Which events Discord is asked for.
    pub intents: Intents,
    /// Counts running work, which a stop waits for. Closed once the bot is stopping.
    pub work: TaskTracker,
    /// Events that wait to be handled, and where whoever has looked at Discord submits what it saw.
    pub intake: Intake,
    pub reloader: Box<dyn Reload>,
    /// Of what is shown to one admin alone.
    pub seals: Seals,
}

/// Reads the operator's configuration again.
pub trait Reload: Send + Sync {
    /// What may change while the bot runs, and whether anything else has changed that needs a restart.
    fn reload(&self) -> Result<(Limits, bool), Failure>;
}

impl State {
    /// Takes over what the operator has changed; true when a restart is needed for the rest.
    pub fn reload(&self) -> Result<bool, Failure> {
        let (limits, restart_needed) = self.reloader.reload()?;
        self.app.set_limits(limits);
        Ok(restart_needed)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("app", &self.app).finish_non_exhaustive()
    }
}

/// A slash command or context menu entry in use.
pub type Context<'a> = poise::ApplicationContext<'a, Arc<State>, Error>;

/// A text command in use.
pub type TextContext<'a> = poise::PrefixContext<'a, Arc<State>, Error>;

pub type Command = poise::Command<Arc<State>, Error>;
