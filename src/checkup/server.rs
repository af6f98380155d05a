//! What is stored about a server beside its inboxes, as far as a check needs it.

use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::settings::ServerPause;
use crate::storage::{self, Database, journal, server_settings, template_files};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerFacts {
    pub pause: ServerPause,
    /// The channel of the log for all inboxes.
    pub log: Option<ChannelId>,
    /// The channels of logs in which the bot was refused, and how many lines wait there.
    pub waiting: Vec<(ChannelId, u64)>,
    /// The digests of the files of first messages.
    pub files: Vec<String>,
}

impl ServerFacts {
    pub async fn load(db: &Database, guild: GuildId) -> storage::Result<Self> {
        let settings = server_settings::find(db, guild).await?.map(|server| server.settings).unwrap_or_default();
        let waiting = journal::list_waiting(db, guild).await?;
        let files = template_files::list(db, guild).await?;
        Ok(Self { pause: settings.pause, log: settings.log.channel, waiting, files })
    }
}
