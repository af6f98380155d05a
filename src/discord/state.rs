//! What serenity hands to every handler of ours.

use tokio_util::task::TaskTracker;

use super::attachments::Downloader;
use super::rest::Rest;
use crate::app::App;
use crate::error::Error;

/// The shared state, with the parts that only work beside a client of Discord.
#[derive(Debug)]
pub struct State {
    pub app: App,
    pub rest: Rest,
    pub downloader: Downloader,
    /// Counts running work: serenity does not wait for handlers when it stops. Closed once the bot is stopping.
    pub work: TaskTracker,
}

/// A slash command or context menu entry in use.
pub type Context<'a> = poise::ApplicationContext<'a, std::sync::Arc<State>, Error>;

pub type Command = poise::Command<std::sync::Arc<State>, Error>;
