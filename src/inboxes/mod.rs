//! Inboxes: creates, changes, lists and deletes them for commands, selected messages, menus and forms.
//!
//! `commands` has the commands (names, options); `discord` renders components.

mod add;
mod channels;
pub mod close_tickets;
pub mod create;
pub mod delete;
mod entries;
pub mod file;
mod first_message;
pub mod list;
pub mod message;
mod msg;
pub mod panels;
pub mod pick;
mod posting;
mod preflight;
mod ready;
mod removal;
pub mod replies;
pub mod settings;
pub mod staff;
pub mod suggest;
pub mod templates;

pub use entries::EntryMsg;
pub(crate) use entries::fault_of_entries;
pub use first_message::FirstMsg;
pub use msg::InboxMsg;
pub use posting::WRITE_PANEL;
pub(crate) use posting::add_writing;
pub use removal::REMOVE_PANEL;
pub(crate) use removal::add_removal;
pub use replies::RepliesMsg;
pub use settings::{SettingText, SettingsMsg};
pub(crate) use settings::{bounds, channel_needs, default_text, needs_private_threads};

use std::sync::Arc;

use anyhow::{Context as _, anyhow};

pub use channels::check_destination;

use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::seal::Holder;
use crate::domain::custom_id::Content;
use crate::domain::ids::{GuildId, InboxId, RoleId, UserId};
use crate::domain::settings::{Base, InboxSettings, Refusal, Revisions, change};
use crate::error::Result;
use crate::i18n::{CommonMsg, InboxLink, Locale};
use crate::router::Route;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::timers::{self, DELETION};
use crate::storage::{WriteTx, cards, inbox_settings, panels as stored_panels};

/// The components that admins use.
pub const ROUTES: &[Route] = &[
    add::FORM,
    staff::MENU,
    delete::BUTTON,
    close_tickets::CONFIRM,
    pick::WHICH,
    ready::USE,
    ready::EDIT,
    ready::FORM,
    panels::page::PAGE,
    panels::page::STYLE,
    panels::page::MOVE,
    replies::ADD,
    replies::EDIT,
    replies::REMOVE,
    replies::PAGE,
    file::APPLY,
    file::CONFIRM,
    templates::STARTER_FORM,
    templates::NAME_FORM,
    settings::PAGE,
    settings::CHOOSE,
    settings::EDIT,
    settings::FORM,
    settings::OFFER,
    entries::PAGE,
    entries::CHANGE,
    entries::EDIT,
    entries::FORM,
    entries::PREVIEW,
    entries::PREVIEWED,
    first_message::USE,
    first_message::PREVIEW,
    first_message::REMOVE,
    settings::REMOVE,
];

/// Who asks, and their context.
#[derive(Clone, Debug)]
pub struct Admin<'a> {
    pub state: &'a Arc<BotContext>,
    pub guild: GuildId,
    pub guild_locale: Locale,
    pub user: UserId,
    /// For previews of ticket names; never stored.
    pub display_name: String,
    pub roles: Vec<RoleId>,
    /// The language of the answers.
    pub reader: Locale,
}

impl<'a> Admin<'a> {
    /// An admin is a member of a guild. Discord has checked their permission, or a sealed id was made for them.
    pub fn new(state: &'a Arc<BotContext>, caller: &Caller) -> Result<Self> {
        let Caller { user, display_name, guild_locale, roles, reader, .. } = caller.clone();
        let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
        Ok(Self { state, guild, guild_locale, user, display_name, roles, reader })
    }

    /// The bot's identity.
    fn bot(&self) -> Result<UserId> {
        let identity = self.state.app.identity();
        let identity = identity.ok_or_else(|| anyhow!("a command came in before the login was complete"))?;
        Ok(identity.bot)
    }

    /// The id of a component that is shown to this admin and that only they can use.
    fn id_of(&self, route: &Route, content: &impl Content) -> String {
        route.id_for(self.state, Holder { guild: self.guild, user: self.user }, content)
    }

    /// An inbox of this guild; inboxes of other guilds do not exist here.
    async fn inbox(&self, inbox: InboxId) -> Result<Inbox> {
        let found = inboxes::find(&self.state.app.db, inbox).await.context("find an inbox")?;
        Ok(found.filter(|found| found.guild == self.guild).ok_or(InboxMsg::InboxGone)?)
    }

    /// Changes an inbox's settings in one transaction, if the changed ones are still as they were at the beginning.
    async fn change_settings(
        &self,
        inbox: InboxId,
        base: Option<Base>,
        edit: impl FnOnce(&mut InboxSettings),
    ) -> Result<Changed> {
        let mut tx = self.state.app.db.begin_write().await.context("begin a change of settings")?;
        let found = inboxes::load(&mut tx, inbox).await.context("load an inbox")?;
        let found = found.filter(|found| found.guild == self.guild).ok_or(InboxMsg::InboxGone)?;
        let (settings, revisions) = match change(&found.settings, &found.revisions, base, edit) {
            Ok(changed) => changed,
            Err(Refusal::Stale) => return Ok(Changed::Stale(Box::new(found))),
            // Forms and commands declare these limits, and Discord enforces them.
            Err(Refusal::BeyondLimit { setting }) => return Err(anyhow!("{setting} was set beyond its limit").into()),
        };
        store_settings(&mut tx, &found, &settings, &revisions).await?;
        tx.commit().await.context("commit a change of settings")?;
        Ok(Changed::Saved)
    }
}

/// Stores an inbox's changed settings, and what follows from the change.
pub(crate) async fn store_settings(
    tx: &mut WriteTx,
    before: &Inbox,
    settings: &InboxSettings,
    revisions: &Revisions,
) -> Result<()> {
    inbox_settings::write(tx, before.id, settings, revisions).await.context("store settings")?;
    if before.settings.closing.delete_days > 0 && settings.closing.delete_days == 0 {
        // Switched on again, it concerns tickets that are closed from then on.
        timers::delete_of_inbox(tx, before.id, DELETION).await.context("end the deletions of an inbox")?;
    }
    let shown_on_cards = |settings: &InboxSettings| (settings.work.mention_on_card, settings.panel.label.clone());
    if shown_on_cards(&before.settings) != shown_on_cards(settings) {
        cards::outdate_inbox(tx, before.id).await.context("note that cards are outdated")?;
    }
    if let Some(panel) = before.panel.filter(|_| before.settings.panel != settings.panel) {
        stored_panels::touch(tx, panel.id).await.context("count a change of a panel")?;
    }
    if before.settings.panel.emoji != settings.panel.emoji {
        inboxes::allow_emoji(tx, before.id).await.context("allow an emoji")?;
    }
    Ok(())
}

/// The outcome of a change of settings.
enum Changed {
    Saved,
    /// Nothing was changed, because somebody else changed it first; the inbox as it is now.
    Stale(Box<Inbox>),
}

/// A link to an inbox's message, or an error with advice if it is gone.
fn link(inbox: &Inbox) -> Result<InboxLink> {
    let message = inbox.message().ok_or(InboxMsg::InboxDetached { inbox: inbox.id })?;
    Ok(InboxLink { guild: inbox.guild, channel: inbox.channel(), message })
}
