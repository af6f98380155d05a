//! Looks at everything that the inboxes of a guild depend on, for `/inbox check` and for `ticketbot check`.
//!
//! It only looks: nothing is changed on Discord or in the database. Rules are in `domain::checkup`, words in `words`.
//!
//! # What a check costs
//!
//! For each guild three requests (the guild with its roles, the bot as a member, the channels), one for each of the
//! inboxes' channels that is not in the list, and one for each inbox message and each member who is staff, of which there
//! are at most [`LOOKUPS`]; the rest is counted in the report. One after another, with a pause before each.

mod words;

pub use words::{Door, heading, report, with_mark};

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time;

use crate::config::Intents;
use crate::discord::application;
use crate::discord::fault::Fault;
use crate::discord::guild::{self, ChannelFacts, GuildView, Unseen};
use crate::discord::rest::Rest;
use crate::domain::checkup::{self, Checkup, GuildFacts, InboxFacts, IntentFacts, Panel, Sight};
use crate::domain::ids::{ChannelId, GuildId, UserId};
use crate::domain::permissions::{self, Permissions};
use crate::domain::staff::StaffMember;
use crate::storage::inboxes::Inbox;

/// Most messages and members that one check asks for.
pub const LOOKUPS: usize = 30;

/// Looks at guilds at the pace that its owner can afford.
#[derive(Debug)]
pub struct Examiner<'a> {
    pub rest: &'a Rest,
    pub bot: UserId,
    /// Before each request, so that a bot that runs with the same token keeps most of Discord's limit for itself.
    pub pause: Duration,
}

/// What the bot as a whole may ask Discord for. One request.
pub async fn intents(rest: &Rest, wanted: Intents) -> IntentFacts {
    let allowed = application::may_have_members_intent(rest).await;
    if let Err(fault) = &allowed {
        tracing::warn!(%fault, "could not ask what the application may have");
    }
    IntentFacts { members: wanted.members, guild_messages: wanted.guild_messages, members_allowed: allowed.ok() }
}

impl Examiner<'_> {
    /// Looks at a guild with these inboxes.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when the guild itself could not be looked at. What cannot be found out about a part of it is in the
    /// report.
    pub async fn examine(&self, guild: GuildId, inboxes: &[(Inbox, Vec<StaffMember>)]) -> Result<Checkup, Fault> {
        // Once for each of the two requests.
        self.pause().await;
        self.pause().await;
        let view = GuildView::fetch(self.rest, guild, self.bot).await?;
        self.pause().await;
        let listed = guild::channels(self.rest, guild).await?;
        let mut facts = GuildFacts {
            granted: view.bot.granted_by_roles(),
            channels: self.look_at_channels(&view, &listed, inboxes).await,
            roles: view.roles.iter().map(|role| (role.id, role.mentionable)).collect(),
            ..GuildFacts::default()
        };
        let mut left = LOOKUPS;
        self.look_up_staff(guild, inboxes, &mut facts, &mut left).await;
        for (inbox, staff) in inboxes {
            let panel = self.look_for_panel(inbox, &facts.channels, &mut left).await;
            facts.unasked += u64::from(panel == Panel::Unasked);
            let destination = listed.iter().find(|channel| channel.id == inbox.destination);
            facts.inboxes.push(InboxFacts {
                id: inbox.id,
                channel: inbox.channel,
                destination: inbox.destination,
                panel,
                staff: staff.clone(),
                blind: destination.map(|channel| view.blind_roles(channel)).unwrap_or_default(),
            });
        }
        Ok(checkup::check_guild(&facts))
    }

    async fn look_at_channels(
        &self,
        view: &GuildView,
        listed: &[ChannelFacts],
        inboxes: &[(Inbox, Vec<StaffMember>)],
    ) -> BTreeMap<ChannelId, Sight> {
        let mut sights = BTreeMap::new();
        for channel in inboxes.iter().flat_map(|(inbox, _)| [inbox.channel, inbox.destination]) {
            if sights.contains_key(&channel) {
                continue;
            }
            let sight = match listed.iter().find(|listed| listed.id == channel) {
                Some(found) => see(view, found),
                None => self.look_for(view, channel).await,
            };
            sights.insert(channel, sight);
        }
        sights
    }

    /// A channel that is not in the guild's list: only Discord's own "unknown" is proof that it is gone.
    async fn look_for(&self, view: &GuildView, channel: ChannelId) -> Sight {
        self.pause().await;
        match ChannelFacts::fetch(self.rest, channel).await {
            Ok(found) => see(view, &found),
            Err(Unseen::Gone) => Sight::Gone,
            Err(Unseen::Hidden) => Sight::Unknown,
            Err(Unseen::Fault(fault)) => {
                tracing::warn!(channel.id = %channel, %fault, "could not look at a channel");
                Sight::Unknown
            }
        }
    }

    async fn look_up_staff(
        &self,
        guild: GuildId,
        inboxes: &[(Inbox, Vec<StaffMember>)],
        facts: &mut GuildFacts,
        left: &mut usize,
    ) {
        let members = inboxes.iter().flat_map(|(_, staff)| staff).filter_map(|member| match member {
            StaffMember::Member(user) => Some(*user),
            StaffMember::Role(_) => None,
        });
        for user in members.collect::<BTreeSet<UserId>>() {
            if *left == 0 {
                facts.unasked += 1;
                continue;
            }
            *left -= 1;
            self.pause().await;
            match guild::has_member(self.rest, guild, user).await {
                Ok(true) => {}
                Ok(false) => _ = facts.left.insert(user),
                Err(fault) => {
                    tracing::warn!(%fault, "could not ask whether somebody is still a member");
                    facts.unasked += 1;
                }
            }
        }
    }

    async fn look_for_panel(&self, inbox: &Inbox, channels: &BTreeMap<ChannelId, Sight>, left: &mut usize) -> Panel {
        let Some(message) = inbox.message else { return Panel::Gone };
        let Some(Sight::Seen { bot, .. }) = channels.get(&inbox.channel) else { return Panel::Unknown };
        let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        if !permissions::missing(needed, *bot).is_empty() {
            return Panel::Unreadable;
        }
        if *left == 0 {
            return Panel::Unasked;
        }
        *left -= 1;
        self.pause().await;
        match guild::message_is_gone(self.rest, inbox.channel, message).await {
            Ok(true) => Panel::Gone,
            Ok(false) => Panel::Stands,
            Err(fault) => {
                tracing::warn!(inbox.id = %inbox.id, %fault, "could not look for an inbox's message");
                Panel::Unknown
            }
        }
    }

    async fn pause(&self) {
        if !self.pause.is_zero() {
            time::sleep(self.pause).await;
        }
    }
}

/// A channel that Discord has shown.
pub fn see(view: &GuildView, channel: &ChannelFacts) -> Sight {
    Sight::Seen { bot: view.bot.granted_in(channel), allows_private_threads: channel.allows_private_threads }
}
