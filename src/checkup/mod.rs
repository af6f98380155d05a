//! Checks everything that the inboxes of a guild depend on, for `/inbox check` and `ticketbot check`.
//!
//! Read-only: changes nothing on Discord or in the database. Rules are in `domain::checkup`, sentences in `words`.
//!
//! # What a check costs
//!
//! Three requests per guild (the guild with its roles, the bot as a member, the channels), one per channel of an inbox,
//! of cards or of a log that is not in the list, and one per inbox message, staff member and role of staff or of a rule that is
//! not in the list, at most [`LOOKUPS`]; the report counts the rest. One more if the guild requires two-factor authentication, and one if roles
//! are staff. Requests run one after another, with a pause before each.
//!
//! Discord omits channels that the bot may not view from the list: each missing one is requested by itself.

mod first_message;
mod logs;
mod msg;
mod rules;
mod server;
mod staff_channel;
mod words;

pub use msg::CheckMsg;
pub use server::ServerFacts;
pub use staff_channel::Posting;

pub use words::{ReportFormat, heading, report, with_mark};

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time;

use crate::config::Intents;
use crate::discord::application;
use crate::discord::guild::{self, ChannelFacts, GuildView, Unseen};
use crate::discord::rest::Rest;
use crate::discord::rest_error::RestError;
use crate::domain::checkup::{
    self, Checkup, Finding, GuildFacts, HiddenTickets, InboxFacts, IntentFacts, Panel, Sight, StaffChannel,
    StaffChannelTrouble,
};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::permissions::{self, Permission, Permissions};
use crate::domain::staff::StaffMember;
use crate::storage::inboxes::Inbox;
use crate::storage::lifecycle::Hidden;

/// Maximum messages and members that one check requests.
pub const LOOKUPS: usize = 30;

/// Checks guilds at the pace that its caller sets.
#[derive(Debug)]
pub struct Examiner<'a> {
    pub rest: &'a Rest,
    pub bot: UserId,
    pub now: Timestamp,
    /// Pause before each request, so that a running bot with the same token keeps most of Discord's limit.
    pub pause: Duration,
}

/// What the Developer Portal allows the bot. One request.
pub async fn intents(rest: &Rest, wanted: Intents) -> IntentFacts {
    let portal = application::portal(rest).await;
    if let Err(fault) = &portal {
        tracing::warn!(%fault, "could not read the Developer Portal's settings");
    }
    IntentFacts { members: wanted.members, guild_messages: wanted.guild_messages, portal: portal.ok() }
}

impl Examiner<'_> {
    /// Checks a guild with these inboxes, hidden tickets and settings.
    ///
    /// # Errors
    ///
    /// A [`RestError`] when the guild itself cannot be read. The report names parts that could not be read.
    pub async fn examine(
        &self,
        guild: GuildId,
        inboxes: &[(Inbox, Vec<StaffMember>)],
        hidden: &[Hidden],
        server: &ServerFacts,
    ) -> Result<Checkup, RestError> {
        // One pause per request.
        self.pause().await;
        self.pause().await;
        let view = GuildView::fetch(self.rest, guild, self.bot).await?;
        self.pause().await;
        let listed = guild::channels(self.rest, guild).await?;
        let used = inboxes.iter().flat_map(|(inbox, _)| [inbox.channel(), inbox.settings.destination]);
        let mut facts = GuildFacts {
            granted: view.bot.granted_by_roles(),
            is_timed_out: view.bot.timed_out_until(self.now).is_some(),
            lacks_two_factor: view.demands_two_factor && self.lacks_two_factor().await,
            channels: self.look_at_channels(&view, &listed, used).await,
            roles: view.roles.iter().map(|role| (role.id, role.mentionable)).collect(),
            hidden: by_inbox(guild, hidden),
            ..GuildFacts::default()
        };
        let mut left = LOOKUPS;
        facts.large_roles = self.large_roles(guild, inboxes).await;
        self.look_up_roles(guild, inboxes, &mut facts, &mut left).await;
        self.look_up_staff(guild, inboxes, &mut facts, &mut left).await;
        let mut panels = BTreeMap::new();
        for (inbox, staff) in inboxes {
            let known = inbox.panel.and_then(|panel| panels.get(&panel.id).copied());
            let panel = match known {
                Some(panel) => panel,
                None => self.look_for_panel(inbox, &facts.channels, &mut left).await,
            };
            panels.extend(inbox.panel.map(|on| (on.id, panel)));
            facts.unasked += u64::from(panel == Panel::Unasked && known.is_none());
            let destination = listed.iter().find(|channel| channel.id == inbox.settings.destination);
            facts.inboxes.push(InboxFacts {
                id: inbox.id,
                channel: inbox.channel(),
                destination: inbox.settings.destination,
                panel,
                is_first_on_panel: known.is_none(),
                is_panel_stale: inbox.panel.is_some_and(|panel| panel.is_stale),
                is_emoji_refused: inbox.is_emoji_refused,
                form_needs: checkup::form_needs(&inbox.settings.form.questions),
                staff: staff.clone(),
                blind: destination.map(|channel| view.roles_without_access(channel)).unwrap_or_default(),
            });
        }
        let mut found = checkup::check_guild(&facts);
        rules::add(inboxes, &server.pause, &facts.roles, self.now, &mut found);
        first_message::add(inboxes, &facts.channels, &server.files, &mut found);
        self.check_cards(&view, &listed, inboxes, &mut found).await;
        self.check_logs(&view, &listed, inboxes, server, &mut found).await;
        Ok(found)
    }

    async fn check_cards(
        &self,
        view: &GuildView,
        listed: &[ChannelFacts],
        inboxes: &[(Inbox, Vec<StaffMember>)],
        found: &mut Checkup,
    ) {
        for ((_, findings), (inbox, staff)) in found.inboxes.iter_mut().zip(inboxes) {
            if let Some(channel) = inbox.settings.work.card_channel {
                let usage = StaffChannel::Cards;
                let posting = Posting { channel, usage, needs: usage.needs(), staff };
                findings.extend(self.check_posting(view, listed, posting).await);
                findings.sort_by_key(Finding::severity);
            }
        }
    }

    /// Checks a channel of cards or of a log; one that is in the guild's list needs no request.
    async fn check_posting(&self, view: &GuildView, listed: &[ChannelFacts], posting: Posting<'_>) -> Vec<Finding> {
        let channel = posting.channel;
        if let Some(facts) = listed.iter().find(|listed| listed.id == channel) {
            return posting.judge(view, facts);
        }
        self.pause().await;
        match ChannelFacts::fetch(self.rest, channel).await {
            Ok(facts) => posting.judge(view, &facts),
            Err(Unseen::Gone) => vec![posting.found(StaffChannelTrouble::Gone)],
            Err(Unseen::Hidden) => vec![posting.found(StaffChannelTrouble::Lacks(Permission::ViewChannel))],
            Err(Unseen::RestError(fault)) => {
                tracing::warn!(channel.id = %channel, %fault, "could not read a channel");
                vec![Finding::Uncertain { channel }]
            }
        }
    }

    /// What the bot can see of each channel; those in the guild's list need no request.
    pub async fn look_at_channels(
        &self,
        view: &GuildView,
        listed: &[ChannelFacts],
        channels: impl Iterator<Item = ChannelId>,
    ) -> BTreeMap<ChannelId, Sight> {
        let mut sights = BTreeMap::new();
        for channel in channels {
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

    async fn lacks_two_factor(&self) -> bool {
        self.pause().await;
        let answered = guild::has_two_factor(self.rest).await;
        answered
            .inspect_err(|fault| tracing::warn!(%fault, "could not ask whether the bot has two-factor authentication"))
            .is_ok_and(|has| has == Some(false))
    }

    /// A channel missing from the guild's list: it may be hidden; only Discord's "unknown" proves that it is gone.
    async fn look_for(&self, view: &GuildView, channel: ChannelId) -> Sight {
        self.pause().await;
        match ChannelFacts::fetch(self.rest, channel).await {
            Ok(found) => see(view, &found),
            Err(Unseen::Gone) => Sight::Gone,
            Err(Unseen::Hidden) => Sight::Hidden,
            Err(Unseen::RestError(fault)) => {
                tracing::warn!(channel.id = %channel, %fault, "could not read a channel");
                Sight::Unknown
            }
        }
    }

    /// The roles that may be too large to add to tickets; requested only if roles are staff.
    async fn large_roles(&self, guild: GuildId, inboxes: &[(Inbox, Vec<StaffMember>)]) -> BTreeSet<RoleId> {
        let mut staff = inboxes.iter().flat_map(|(_, staff)| staff);
        if !staff.any(|member| matches!(member, StaffMember::Role(_))) {
            return BTreeSet::new();
        }
        self.pause().await;
        match guild::role_sizes(self.rest, guild).await {
            Ok(sizes) => {
                sizes.into_iter().filter(|(_, size)| *size > checkup::LARGE_ROLE).map(|(role, _)| role).collect()
            }
            Err(fault) => {
                tracing::warn!(guild.id = %guild, %fault, "could not read the roles' member counts");
                BTreeSet::new()
            }
        }
    }

    /// Roles of staff and of rules that are missing from the guild's list are gone only if Discord says so.
    async fn look_up_roles(
        &self,
        guild: GuildId,
        inboxes: &[(Inbox, Vec<StaffMember>)],
        facts: &mut GuildFacts,
        left: &mut usize,
    ) {
        let staff = inboxes.iter().flat_map(|(_, staff)| staff).filter_map(|member| match member {
            StaffMember::Role(role) => Some(*role),
            StaffMember::Member(_) => None,
        });
        let roles = staff.chain(inboxes.iter().flat_map(|(inbox, _)| rules::roles(inbox)));
        let missing: BTreeSet<RoleId> = roles.filter(|role| !facts.roles.contains_key(role)).collect();
        for role in missing {
            let mut gone = false;
            if *left > 0 {
                *left -= 1;
                self.pause().await;
                let answered = guild::role_is_gone(self.rest, guild, role).await;
                gone = answered.inspect_err(|fault| tracing::warn!(%fault, "could not read a role")).unwrap_or(false);
            }
            if !gone {
                facts.unasked += 1;
                facts.roles.insert(role, true);
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
        let Some(message) = inbox.message() else { return Panel::Gone };
        let Some(Sight::Seen { bot, .. }) = channels.get(&inbox.channel()) else { return Panel::Unknown };
        let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        if !permissions::missing(needed, *bot).is_empty() {
            return Panel::Unreadable;
        }
        if *left == 0 {
            return Panel::Unasked;
        }
        *left -= 1;
        self.look_at_panel(inbox, message).await
    }

    /// Requests an inbox's message. The bot must be allowed to read it.
    pub async fn look_at_panel(&self, inbox: &Inbox, message: MessageId) -> Panel {
        self.pause().await;
        match guild::author_of(self.rest, inbox.channel(), message).await {
            Ok(None) => Panel::Gone,
            Ok(Some(author)) if author == self.bot => Panel::Stands,
            Ok(Some(_)) => Panel::Foreign,
            Err(fault) => {
                tracing::warn!(inbox.id = %inbox.id, %fault, "could not read an inbox's message");
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

fn by_inbox(guild: GuildId, hidden: &[Hidden]) -> Vec<HiddenTickets> {
    let mut threads: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for ticket in hidden {
        threads.entry(ticket.inbox).or_default().push(ticket.thread);
    }
    threads.into_iter().map(|(inbox, threads)| HiddenTickets { guild, inbox, threads }).collect()
}

/// A channel that Discord returned.
fn see(view: &GuildView, channel: &ChannelFacts) -> Sight {
    Sight::Seen { bot: view.bot.granted_in(channel), allows_private_threads: channel.allows_private_threads }
}
