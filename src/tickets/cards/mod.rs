//! Cards: one message per ticket in the inbox's card channel, for the staff, with buttons.
//!
//! A card is a projection of its ticket (`domain::card`): whatever changes a ticket counts the change in its row, and
//! the worker ([`run`]) draws the card until it shows the newest count. Nothing is queued, so changes are never lost,
//! and many of them cost one request. `draw` does that for one card, `content` words it, `buttons` answers its clicks,
//! and [`Remove`] deletes the message of a card that is no longer wanted.

mod buttons;
mod content;
mod draw;
mod msg;
mod removal;
mod worker;

pub use msg::CardMsg;
pub(super) use removal::Remove;
pub use worker::Cards;

use anyhow::Context as _;

use buttons::{CLAIM, CLOSE, DISCUSS, JOIN, REOPEN};

use crate::app::App;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId};
use crate::error::Result;
use crate::router::Route;
use crate::storage::cards;

/// The buttons of cards.
pub const ROUTES: &[Route] = &[JOIN, CLAIM, CLOSE, REOPEN, DISCUSS];

/// How many open tickets of an inbox have no card: for the page that offers them.
pub async fn count_without(app: &App, inbox: InboxId) -> Result<u64> {
    Ok(cards::count_without(&app.db, inbox).await.context("count tickets without a card")?)
}

/// Gives the open tickets of an inbox cards, which are posted slowly. Returns their number.
pub async fn offer(app: &App, inbox: InboxId) -> Result<u64> {
    let mut tx = app.db.begin_write().await.context("begin to offer cards")?;
    let count = cards::want_all(&mut tx, inbox).await.context("offer cards")?;
    tx.commit().await.context("commit offered cards")?;
    Ok(count)
}

/// Messages were deleted: a card among them is posted again with the next change of its ticket.
pub async fn on_messages_deleted(app: &App, channel: ChannelId, messages: &[MessageId]) -> Result<()> {
    let lost = cards::lose_messages(&app.db, channel, messages).await.context("forget deleted cards")?;
    if lost > 0 {
        tracing::info!(channel.id = %channel, lost, "cards were deleted; the next change of their tickets posts them again");
    }
    Ok(())
}

/// A channel was deleted, with its cards.
pub async fn on_channel_deleted(app: &App, channel: ChannelId) -> Result<()> {
    let lost = cards::lose_channel(&app.db, channel).await.context("forget the cards of a channel")?;
    if lost > 0 {
        tracing::warn!(channel.id = %channel, lost, "a channel with cards was deleted; its inboxes have no cards now");
    }
    Ok(())
}

/// A channel has changed: the bot may have regained what it needs there.
pub fn on_channel_updated(app: &App, channel: ChannelId) {
    app.card_drawers.retry(channel);
}

/// The bot may have other rights in the channels of a guild.
pub fn on_rights_changed(app: &App, guild: GuildId) {
    app.card_drawers.retry_all_of(guild);
}
