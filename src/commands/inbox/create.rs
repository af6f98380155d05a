//! `/inbox create <channel> [destination]`, and what a selected message does for it.

use anyhow::Context as _;
use poise::serenity_prelude::PartialChannel;

use super::channels;
use crate::commands::{Selected, answer, asker};
use crate::discord::inbox_message::{self, CopyError};
use crate::discord::{Context, State};
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::inbox_message::Refused;
use crate::domain::selection::{Pending, Step};
use crate::domain::staff::default_staff;
use crate::error::{Error, Result};
use crate::i18n::{InboxLink, Locale, Msg, Relative};
use crate::storage::inboxes::{self, NewInbox};
use crate::storage::selections;

/// The first step: checks what can be checked, and waits for a message.
#[poise::command(slash_command, guild_only)]
pub(super) async fn create(
    ctx: Context<'_>,
    #[channel_types("Text")] channel: PartialChannel,
    #[channel_types("Text")] destination: Option<PartialChannel>,
) -> Result<()> {
    let channel = ChannelId::from(channel.id);
    let destination = destination.map(|destination| ChannelId::from(destination.id));
    answer(ctx, async { start(ctx, channel, destination).await }).await
}

async fn start(ctx: Context<'_>, channel: ChannelId, destination: Option<ChannelId>) -> Result<Msg> {
    let (guild, admin) = asker(ctx)?;
    let app = &ctx.data().app;
    let tickets_go_to = destination.unwrap_or(channel);
    channels::check(app, &ctx.data().rest, guild, channel, tickets_go_to).await?;
    let pending = Pending::new(Step::CreateInbox { channel, destination }, app.now());
    selections::put(&app.db, guild, admin, &pending).await.context("store a pending selection")?;
    Ok(Msg::SelectInboxMessage { channel, destination: tickets_go_to, until: Relative(pending.expires_at) })
}

/// Where the new inbox goes, and what the admin is told when it does not work out.
pub(in crate::commands) struct Creation {
    pub guild: GuildId,
    pub guild_locale: Locale,
    pub channel: ChannelId,
    pub destination: ChannelId,
    /// Until when another message may be selected after a failure.
    pub retry_until: Relative,
}

impl Creation {
    /// The second step: posts a copy of the message with a button under it, and stores the inbox.
    pub(in crate::commands) async fn finish(self, state: &State, selected: &Selected) -> Result<Msg> {
        let (app, rest) = (&state.app, &state.rest);
        let until = self.retry_until;
        let channels = channels::check(app, rest, self.guild, self.channel, self.destination).await?;
        let copy = inbox_message::copy(selected, self.guild, &state.downloader, app.limits.attachments)
            .await
            .map_err(|error| explain_copy(error, until))?;
        let message = copy.post(rest, self.channel, &self.guild_locale).await.map_err(|fault| {
            let refused = matches!(fault.refusal(), Some(crate::discord::Refusal::Form));
            if refused { Msg::InboxMessageRefused { until }.into() } else { explain_post(fault) }
        })?;

        let bot = &channels.bot;
        let staff = default_staff(&channels.destination.overwrites, self.guild, bot.id, &bot.own_roles);
        let link = InboxLink { guild: self.guild, channel: self.channel, message };
        let done =
            if staff.is_empty() { Msg::InboxCreatedNoStaff { inbox: link } } else { Msg::InboxCreated { inbox: link } };
        let new = NewInbox {
            guild: self.guild,
            guild_locale: self.guild_locale.to_string(),
            channel: self.channel,
            message,
            destination: self.destination,
            slowmode: channels.channel.slowmode,
            staff,
            at: app.now(),
        };
        if let Err(error) = inboxes::insert(&app.db, &new).await {
            // A button that nobody knows would only disappoint.
            inbox_message::delete(rest, self.channel, message, &self.guild_locale).await;
            return Err(anyhow::Error::new(error).context("store an inbox").into());
        }
        tracing::info!(guild.id = %self.guild, channel.id = %self.channel, message.id = %message, "inbox created");
        Ok(done)
    }
}

fn explain_copy(error: CopyError, until: Relative) -> Error {
    match error {
        CopyError::Refused(Refused::NothingToCopy) => Msg::NothingToCopy { until },
        CopyError::Refused(Refused::TooLarge { total, max }) => Msg::AttachmentsTooLarge { total, limit: max, until },
        CopyError::Unreachable(why) => {
            tracing::warn!(%why, "a file of a selected message could not be fetched");
            Msg::AttachmentUnreachable { until }
        }
    }
    .into()
}

fn explain_post(fault: crate::discord::Fault) -> Error {
    use crate::discord::Refusal;

    match fault.refusal() {
        Some(Refusal::Unknown) => Msg::ChannelGone.into(),
        _ => anyhow::Error::new(fault).context("post an inbox message").into(),
    }
}
