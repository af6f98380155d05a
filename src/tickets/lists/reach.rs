//! Which tickets of a server somebody may see in lists: their own everywhere, those of inboxes whose staff they are, those
//! in channels that they moderate, all with Manage Server.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Context as _;

use crate::discord::BotContext;
use crate::discord::RestResult;
use crate::discord::guild::{self, GuildRoles};
use crate::discord::interaction::Caller;
use crate::domain::ids::{ChannelId, GuildId, InboxId};
use crate::domain::permissions::{self, Permissions};
use crate::domain::rights::{self, Action, Actor, OwnersMay};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::listing::{Reach, Readable};
use crate::tickets::desk::is_listed;

/// What somebody may see, as far as it is known.
#[derive(Debug)]
pub(super) struct Known {
    pub reach: Reach,
    /// Discord did not say which channels they moderate.
    pub is_partial: bool,
}

/// Whether somebody has Manage Server. It is the same in every channel.
pub(in crate::tickets) fn manages(caller: &Caller) -> bool {
    permissions::missing(Permissions::MANAGE_GUILD, caller.permissions.unwrap_or_default()).is_empty()
}

/// The inboxes whose staff somebody is.
pub(in crate::tickets) fn staffed(all: &[(Inbox, Vec<StaffMember>)], caller: &Caller) -> Vec<InboxId> {
    let theirs = all.iter().filter(|(_, staff)| is_listed(staff, caller.user, &caller.roles));
    theirs.map(|(inbox, _)| inbox.id).collect()
}

/// Works out what somebody may see of a guild, or of one of its inboxes. If the staff lists are not enough, Discord is
/// asked for the channels that they moderate: two requests.
pub(super) async fn find(
    state: &Arc<BotContext>,
    caller: &Caller,
    guild: GuildId,
    only: Option<InboxId>,
) -> Result<Known> {
    if manages(caller) && may(Actor { is_moderator: true, ..Actor::default() }) {
        return Ok(Known { reach: Reach::All, is_partial: false });
    }
    let all = inboxes::list_with_staff(&state.app.db, guild).await.context("list inboxes and their staff")?;
    let staffed = if may(Actor { is_staff: true, ..Actor::default() }) { staffed(&all, caller) } else { Vec::new() };
    let mut readable: Vec<Readable> = staffed.iter().map(|inbox| Readable { inbox: *inbox, only_in: None }).collect();
    let is_asked = |inbox: &&Inbox| only.is_none_or(|only| only == inbox.id);
    let others: Vec<&Inbox> =
        all.iter().map(|(inbox, _)| inbox).filter(|inbox| !staffed.contains(&inbox.id)).filter(is_asked).collect();
    let mut is_partial = false;
    if !others.is_empty() {
        match moderated(state, caller, guild).await {
            Ok(channels) => {
                let theirs = others.iter().map(|inbox| (inbox.id, inbox.settings.destination));
                let theirs = theirs.filter(|(_, channel)| channels.contains(channel));
                // Tickets from before the inbox had this channel are not among those that they moderate.
                readable.extend(theirs.map(|(inbox, channel)| Readable { inbox, only_in: Some(channel) }));
            }
            Err(fault) => {
                tracing::warn!(guild.id = %guild, %fault, "could not find out what a member moderates");
                is_partial = true;
            }
        }
    }
    Ok(Known { reach: Reach::Of { reader: caller.user, inboxes: readable }, is_partial })
}

/// Whether the table of rights lets somebody see tickets of others.
fn may(actor: Actor) -> bool {
    let owners = OwnersMay { close: false, reopen: false, add: false, export: false };
    rights::check(Action::List, actor, owners).is_ok()
}

/// The channels in which somebody has Manage Threads, as far as the bot can see them.
async fn moderated(state: &BotContext, caller: &Caller, guild: GuildId) -> RestResult<BTreeSet<ChannelId>> {
    let rest = &state.rest;
    let (roles, channels) = tokio::try_join!(GuildRoles::fetch(rest, guild), guild::channels(rest, guild))?;
    let moderates = channels.iter().filter(|channel| {
        let granted = roles.permissions_in(channel, caller.user, &caller.roles);
        granted.contains(Permissions::MANAGE_THREADS) || granted.contains(Permissions::MANAGE_GUILD)
    });
    Ok(moderates.map(|channel| channel.id).collect())
}
