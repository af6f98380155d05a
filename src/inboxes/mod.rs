//! Inboxes: set up, changed, listed and deleted, whether a command, a selected message, a menu or a form asks for it.
//!
//! The commands themselves (names, options) are in `commands`; how components are drawn is in `discord`.

mod channels;
pub mod check;
pub mod create;
pub mod delete;
mod destination;
pub mod list;
mod message;
pub mod pick;
pub mod repost;
pub mod staff;
pub mod templates;

use anyhow::{Context as _, anyhow};

pub use channels::check_destination;

use crate::discord::State;
use crate::discord::seal::Holder;
use crate::domain::clock::Timestamp;
use crate::domain::custom_id::CustomId;
use crate::domain::ids::{GuildId, InboxId, UserId};
use crate::error::Result;
use crate::i18n::{InboxLink, Locale, Msg};
use crate::storage::inboxes::{self, Inbox};

/// Who asks, and with what.
#[derive(Clone, Debug)]
pub struct Admin<'a> {
    pub state: &'a State,
    pub guild: GuildId,
    pub guild_locale: Locale,
    pub user: UserId,
    /// For previews of ticket names; never stored.
    pub display_name: String,
    /// The language of the answers.
    pub reader: Locale,
}

impl Admin<'_> {
    /// Who the bot is.
    fn bot(&self) -> Result<UserId> {
        let identity = self.state.app.identity();
        let identity = identity.ok_or_else(|| anyhow!("a command came in before the login was complete"))?;
        Ok(identity.bot)
    }

    /// The id of something that only this admin is shown, and that only they can use.
    fn sealed(&self, id: CustomId) -> String {
        self.state.seals.seal(id, Holder { guild: self.guild, user: self.user }, self.state.app.now())
    }

    /// What was sealed for this admin, and when; `None` for what was made up, or made for somebody else.
    pub fn open(&self, sealed: &str) -> Option<(CustomId, Timestamp)> {
        self.state.seals.open(sealed, Holder { guild: self.guild, user: self.user })
    }

    /// An inbox of this guild; those of others do not exist for the asker.
    async fn inbox(&self, inbox: InboxId) -> Result<Inbox> {
        let found = inboxes::find(&self.state.app.db, inbox).await.context("find an inbox")?;
        Ok(found.filter(|found| found.guild == self.guild).ok_or(Msg::InboxGone)?)
    }
}

/// A link to an inbox's message, or an error that says what to do when it is gone.
fn link(inbox: &Inbox) -> Result<InboxLink> {
    let message = inbox.message.ok_or(Msg::InboxDetached { inbox: inbox.id })?;
    Ok(InboxLink { guild: inbox.guild, channel: inbox.channel, message })
}
