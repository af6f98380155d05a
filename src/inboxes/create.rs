//! A new inbox: checks what it can, waits for a message, then posts and stores the inbox.

use std::sync::Arc;

use anyhow::Context as _;

use super::message::{copy_of, notes, with_notes};
use super::{Admin, InboxMsg, channels, create_ticket_label};
use crate::discord::inbox_message;
use crate::discord::interaction::SelectedMessage;
use crate::discord::respond::{Answer, Reply};
use crate::discord::rest::Rest;
use crate::domain::ids::ChannelId;
use crate::domain::selection::Step;
use crate::domain::settings::InboxSettings;
use crate::domain::staff::default_staff;
use crate::error::Result;
use crate::i18n::{self, InboxLink, Locale, Relative};
use crate::storage::inboxes::{self, NewInbox};
use crate::storage::panels::NewPanel;

/// Maximum inboxes of a server: far more than anybody needs; bounds what one server can store.
const MOST_INBOXES: u64 = 250;

/// The first step of `/inbox create`.
pub async fn begin(admin: &Admin<'_>, channel: ChannelId, destination: Option<ChannelId>) -> Result<Reply> {
    refuse_too_many(admin).await?;
    let tickets_go_to = destination.unwrap_or(channel);
    channels::check(admin, channel, tickets_go_to).await?;
    let until = admin.wait_for(Step::CreateInbox { channel, destination }).await?;
    Ok(InboxMsg::SelectInboxMessage { channel, destination: tickets_go_to, until }.into())
}

async fn refuse_too_many(admin: &Admin<'_>) -> Result<()> {
    let count = inboxes::count_of(&admin.state.app.db, admin.guild).await.context("count inboxes")?;
    if count < MOST_INBOXES { Ok(()) } else { Err(InboxMsg::TooManyInboxes { limit: MOST_INBOXES }.into()) }
}

/// The channels of the new inbox.
pub(super) struct Creation {
    pub channel: ChannelId,
    pub destination: ChannelId,
}

impl Creation {
    /// The second step: posts a copy of the message with a button below it, and stores the inbox.
    pub(super) async fn finish(self, admin: &Admin<'_>, selected: &SelectedMessage, until: Relative) -> Result<Answer> {
        let (app, rest) = (&admin.state.app, &admin.state.rest);
        refuse_too_many(admin).await?;
        let channels = channels::check(admin, self.channel, self.destination).await?;
        let copy = copy_of(admin, selected, until).await?;
        let left_out = copy.left_out.clone();
        let message = copy.post(rest, self.channel, &create_ticket_label(&admin.guild_locale)).await;
        let message = message.map_err(|fault| super::message::explain(fault, until))?;

        let bot = &channels.bot;
        let staff = default_staff(&channels.destination.overwrites, admin.guild, bot.id, &bot.own_roles);
        let link = InboxLink { guild: admin.guild, channel: self.channel, message };
        let done = if staff.is_empty() {
            InboxMsg::InboxCreatedNoStaff { inbox: link }
        } else {
            InboxMsg::InboxCreated { inbox: link }
        };
        let new = NewInbox {
            guild: admin.guild,
            guild_locale: admin.guild_locale.to_string(),
            panel: NewPanel { channel: self.channel, message, slowmode: channels.channel.slowmode },
            settings: InboxSettings::new(self.destination),
            staff,
            at: app.now(),
        };
        let inbox = match inboxes::insert(&app.db, &new).await {
            Ok(inbox) => inbox,
            Err(error) => {
                delete_panel_message(rest, link, &admin.guild_locale).await;
                return Err(anyhow::Error::new(error).context("store an inbox").into());
            }
        };
        tracing::info!(guild.id = %admin.guild, channel.id = %self.channel, message.id = %message, "inbox created");
        let (state, locale) = (Arc::clone(admin.state), admin.guild_locale.clone());
        let done = with_notes(done, &notes(admin, self.channel, selected, &left_out).await);
        Ok(Answer::undone_by(done, async move {
            if let Err(error) = inboxes::delete(&state.app.db, inbox).await {
                tracing::error!(inbox.id = %inbox, %error, "could not undo an inbox");
            }
            delete_panel_message(&state.rest, link, &locale).await;
        }))
    }
}

/// A button of an unknown inbox would only disappoint.
async fn delete_panel_message(rest: &Rest, inbox: InboxLink, guild_locale: &Locale) {
    let reason = i18n::render(guild_locale, &InboxMsg::InboxUndoneAuditReason);
    inbox_message::delete(rest, inbox.channel, inbox.message, &reason).await;
}
