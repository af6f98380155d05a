//! Whether the bot may do all that it will have to do in an inbox's two channels.

use crate::app::App;
use crate::discord::guild::{BotMember, ChannelFacts, Unseen};
use crate::discord::rest::Rest;
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::permissions::{self, Permission, Permissions};
use crate::error::{Error, Result};
use crate::i18n::{Msg, PermissionList};
use anyhow::{Context as _, anyhow};

/// Both channels of an inbox, looked at a moment ago.
pub(super) struct Channels {
    pub bot: BotMember,
    pub channel: ChannelFacts,
    pub destination: ChannelFacts,
}

/// Looks at both channels; refuses with what is missing in each of them, so that one round of changes is enough.
pub(super) async fn check(
    app: &App,
    rest: &Rest,
    guild: GuildId,
    channel: ChannelId,
    destination: ChannelId,
) -> Result<Channels> {
    let bot = app.identity().ok_or_else(|| anyhow!("a command came in before the login was complete"))?.bot;
    let (bot, channel, destination) = tokio::join!(BotMember::fetch(rest, guild, bot), look(rest, channel), async {
        if channel == destination { None } else { Some(look(rest, destination).await) }
    },);
    let bot = bot.context("look at the bot's roles")?;
    let channel = channel?;
    let destination = destination.transpose()?.unwrap_or_else(|| channel.clone());

    let lacks = |facts: &ChannelFacts, needs: Permissions| permissions::missing(needs, bot.permissions_in(facts));
    if channel.id == destination.id {
        refuse_missing(channel.id, lacks(&channel, permissions::INBOX_NEEDS | permissions::DESTINATION_NEEDS))?;
    } else {
        let here = lacks(&channel, permissions::INBOX_NEEDS);
        let there = lacks(&destination, permissions::DESTINATION_NEEDS);
        if !here.is_empty() && !there.is_empty() {
            return Err(Msg::BotLacksPermissionsInBoth {
                channel: channel.id,
                permissions: PermissionList(here),
                destination: destination.id,
                destination_permissions: PermissionList(there),
            }
            .into());
        }
        refuse_missing(channel.id, here)?;
        refuse_missing(destination.id, there)?;
    }
    Ok(Channels { bot, channel, destination })
}

async fn look(rest: &Rest, channel: ChannelId) -> Result<ChannelFacts> {
    let facts = ChannelFacts::fetch(rest, channel).await.map_err(|unseen| match unseen {
        Unseen::Gone => Error::User(Msg::ChannelGone),
        Unseen::Hidden => Error::User(Msg::BotCannotSee { channel }),
        Unseen::Fault(fault) => anyhow::Error::new(fault).context("look at a channel").into(),
    })?;
    if facts.allows_private_threads { Ok(facts) } else { Err(Msg::ChannelHasNoPrivateThreads { channel }.into()) }
}

fn refuse_missing(channel: ChannelId, missing: Vec<Permission>) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    Err(Msg::BotLacksPermissions { channel, permissions: PermissionList(missing) }.into())
}
