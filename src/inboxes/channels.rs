//! An inbox's two channels: checks that the bot has every permission it needs in them, and sets the one for new tickets.

use super::{Admin, link, settings};
use crate::discord::guild::{BotMember, ChannelFacts, GuildView, Unseen};
use crate::discord::respond::Reply;
use crate::discord::rest::Rest;
use crate::discord::{Refusal, RestError};
use crate::domain::ids::ChannelId;
use crate::domain::permissions::{self, Permission, Permissions};
use crate::error::{Error, Result};
use crate::i18n::{CommonMsg, PermissionList, Relative};
use crate::inboxes::InboxMsg;
use crate::storage::inboxes::Inbox;

/// Both channels of an inbox, as just read.
pub(super) struct Channels {
    pub view: GuildView,
    pub channel: ChannelFacts,
    pub destination: ChannelFacts,
}

/// Reads both channels; refuses with all that is missing in each, so that one round of changes is enough.
pub(super) async fn check(admin: &Admin<'_>, channel: ChannelId, destination: ChannelId) -> Result<Channels> {
    let channels = Channels::read(admin, channel, destination).await?;
    channels.refuse_missing()?;
    Ok(channels)
}

impl Channels {
    pub(super) async fn read(admin: &Admin<'_>, channel: ChannelId, destination: ChannelId) -> Result<Self> {
        let rest = &admin.state.rest;
        let (view, channel, destination) = tokio::join!(view_of_bot(admin), look_for_panel(rest, channel), async {
            if channel == destination { None } else { Some(look(rest, destination).await) }
        });
        let (view, channel) = (view?, channel?);
        let destination = destination.transpose()?.unwrap_or_else(|| channel.clone());
        Ok(Self { view, channel, destination: for_tickets(destination)? })
    }

    /// What the bot itself needs.
    pub(super) fn refuse_missing(&self) -> Result<()> {
        let Self { view: GuildView { bot, .. }, channel, destination } = self;
        if channel.id == destination.id {
            return refuse_missing(bot, channel, permissions::INBOX_NEEDS | permissions::DESTINATION_NEEDS);
        }
        let here = lacks(bot, channel, permissions::INBOX_NEEDS);
        let there = lacks(bot, destination, permissions::DESTINATION_NEEDS);
        if !here.is_empty() && !there.is_empty() {
            return Err(InboxMsg::BotLacksPermissionsInBoth {
                channel: channel.id,
                permissions: PermissionList(here),
                destination: destination.id,
                destination_permissions: PermissionList(there),
            }
            .into());
        }
        refuse_missing(bot, channel, permissions::INBOX_NEEDS)?;
        refuse_missing(bot, destination, permissions::DESTINATION_NEEDS)
    }
}

/// Reads a channel for new tickets.
pub async fn check_destination(admin: &Admin<'_>, destination: ChannelId) -> Result<()> {
    check_for_tickets(admin, destination).await.map(drop)
}

/// The same, with the guild and the channel as just read.
pub(super) async fn check_for_tickets(admin: &Admin<'_>, destination: ChannelId) -> Result<(GuildView, ChannelFacts)> {
    let (view, destination) = tokio::join!(view_of_bot(admin), look(&admin.state.rest, destination));
    let (view, destination) = (view?, for_tickets(destination?)?);
    refuse_missing(&view.bot, &destination, permissions::DESTINATION_NEEDS)?;
    Ok((view, destination))
}

/// Reads a channel for an inbox's message.
pub(super) async fn check_inbox_channel(admin: &Admin<'_>, channel: ChannelId) -> Result<ChannelFacts> {
    let (view, channel) = tokio::join!(view_of_bot(admin), look_for_panel(&admin.state.rest, channel));
    let (view, channel) = (view?, channel?);
    refuse_missing(&view.bot, &channel, permissions::INBOX_NEEDS)?;
    Ok(channel)
}

/// The guild with the bot as a member. A timed-out bot is refused first: its permissions do not count then.
async fn view_of_bot(admin: &Admin<'_>) -> Result<GuildView> {
    let view = view(admin).await?;
    match view.bot.timed_out_until(admin.state.app.now()) {
        Some(until) => Err(InboxMsg::BotTimedOut { until: Relative(until) }.into()),
        None => Ok(view),
    }
}

pub(super) async fn view(admin: &Admin<'_>) -> Result<GuildView> {
    let view = GuildView::fetch(&admin.state.rest, admin.guild, admin.bot()?).await;
    view.map_err(|fault| explain(fault, "look at the bot's roles"))
}

/// The meaning of a guild that Discord does not show: if only its commands were added, they work without the bot.
pub(super) fn explain(fault: RestError, doing: &'static str) -> Error {
    match fault.refusal() {
        Some(Refusal::Unknown | Refusal::UnknownMember | Refusal::MissingAccess) => CommonMsg::BotNotInServer.into(),
        _ => anyhow::Error::new(fault).context(doing).into(),
    }
}

async fn look(rest: &Rest, channel: ChannelId) -> Result<ChannelFacts> {
    ChannelFacts::fetch(rest, channel).await.map_err(|unseen| match unseen {
        Unseen::Gone => Error::from(InboxMsg::ChannelGone),
        Unseen::Hidden => InboxMsg::BotCannotSee { channel }.into(),
        Unseen::RestError(fault) => anyhow::Error::new(fault).context("look at a channel").into(),
    })
}

async fn look_for_panel(rest: &Rest, channel: ChannelId) -> Result<ChannelFacts> {
    let facts = look(rest, channel).await?;
    if facts.takes_panels { Ok(facts) } else { Err(InboxMsg::ChannelTakesNoPanel { channel }.into()) }
}

/// The channel, if tickets can be made there.
fn for_tickets(facts: ChannelFacts) -> Result<ChannelFacts> {
    let channel = facts.id;
    if facts.allows_private_threads { Ok(facts) } else { Err(InboxMsg::ChannelHasNoPrivateThreads { channel }.into()) }
}

pub(super) fn lacks(bot: &BotMember, channel: &ChannelFacts, needs: Permissions) -> Vec<Permission> {
    permissions::missing(needs, bot.permissions_in(channel))
}

fn refuse_missing(bot: &BotMember, channel: &ChannelFacts, needs: Permissions) -> Result<()> {
    let missing = lacks(bot, channel, needs);
    if missing.is_empty() {
        return Ok(());
    }
    Err(InboxMsg::BotLacksPermissions { channel: channel.id, permissions: PermissionList(missing) }.into())
}

pub(super) async fn set_destination(admin: &Admin<'_>, inbox: &Inbox, destination: ChannelId) -> Result<Reply> {
    if inbox.settings.destination == destination {
        // As a refusal, so that another inbox can be selected.
        return Err(InboxMsg::DestinationUnchanged { destination }.into());
    }
    check_destination(admin, destination).await?;
    admin.change_settings(inbox.id, None, |settings| settings.destination = destination).await?;
    tracing::info!(inbox.id = %inbox.id, channel.id = %destination, "destination changed");
    let said = match link(inbox) {
        Ok(inbox) => InboxMsg::DestinationSet { inbox, destination },
        Err(_detached) => InboxMsg::DestinationSetDetached { inbox: inbox.id, destination },
    };
    settings::destination_changed(admin, inbox.id, &said).await
}
