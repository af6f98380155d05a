//! Panels: the messages that offer inboxes, each with a button or as an entry of a menu.
//!
//! The message is a projection of the panel (`domain::panel`): whatever changes what it shows counts the change in the
//! panel's row, in the same transaction. Who changed it draws it at once ([`draw_now`]); `work::drawer` does so
//! after a crash or a failure, and when a channel's turn comes. Changes that come close together cost one edit, which
//! leaves text, embeds and files as they are. Until then the old message works: a button of a deleted inbox says so.
//!
//! `face` renders a panel, `draw` edits its message, `page` lets admins change style and order.

mod draw;
mod face;
pub(super) mod page;
mod worker;

pub(super) use face::{rows_of_lone, rows_of_new, rows_to_post};
pub use worker::Panels;
pub(super) use worker::draw_now;

use anyhow::Context as _;

use super::{Admin, InboxMsg};
use crate::app::App;
use crate::discord::report;
use crate::domain::ids::{ChannelId, GuildId, InboxId, PanelId};
use crate::domain::panel::Panel;
use crate::error::Result;
use crate::i18n::{self, InboxLink};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::panels::{self, Face};
use crate::tickets::label;

/// A channel has changed: the bot may have regained what it needs there.
pub fn on_channel_updated(app: &App, channel: ChannelId) {
    app.panel_drawers.retry(channel);
}

/// The bot may have other rights in the channels of a guild.
pub fn on_rights_changed(app: &App, guild: GuildId) {
    app.panel_drawers.retry_all_of(guild);
}

/// Draws a panel that this admin has just changed, one of its inboxes or as a whole. Returns what its message does not
/// show.
pub(super) async fn show(admin: &Admin<'_>, panel: &Panel, changed: Option<InboxId>) -> Vec<String> {
    let looked = async {
        let is_drawn = draw_now(admin.state, admin.guild, panel).await?;
        let inbox = match changed {
            Some(inbox) => inboxes::find(&admin.state.app.db, inbox).await.context("find an inbox")?,
            None => None,
        };
        let is_refused = inbox.is_some_and(|inbox| inbox.is_emoji_refused);
        Ok((is_drawn, is_refused))
    };
    let (is_drawn, is_refused) = looked.await.unwrap_or_else(|error| {
        report::log("draw a panel", Err(error));
        (false, false)
    });
    let later = (!is_drawn).then_some(InboxMsg::PanelLater { channel: panel.channel });
    let refused = is_refused.then_some(InboxMsg::EmojiRefused);
    later.iter().chain(&refused).map(|msg| i18n::render(&admin.reader, msg)).collect()
}

/// An inbox by number and label, for menus.
pub(super) fn name_of(admin: &Admin<'_>, inbox: &Inbox) -> String {
    let label = label(&inbox.settings.panel, &admin.guild_locale);
    i18n::render(&admin.reader, &InboxMsg::InboxName { inbox: inbox.id, label })
}

impl Admin<'_> {
    /// A panel of this guild with its inboxes; those of other guilds do not exist here.
    pub(super) async fn face(&self, panel: PanelId) -> Result<Face> {
        let found = panels::find_face(&self.state.app.db, panel).await.context("find a panel")?;
        Ok(found.filter(|found| found.guild == self.guild).ok_or(InboxMsg::InboxGone)?)
    }
}

/// A link to a panel's message, or an error with advice if it is gone.
pub(super) fn link_to(face: &Face) -> Result<InboxLink> {
    super::link(face.inboxes.first().ok_or(InboxMsg::InboxGone)?)
}
