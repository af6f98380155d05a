//! Finds what prevents inboxes from working and what is needlessly risky, from facts about a guild.
//!
//! `crate::checkup` gathers the facts and renders the findings.

mod finding;
mod intents;
mod readers;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Kind, Question};
use super::ids::{ChannelId, InboxId, RoleId, UserId};
use super::permissions::{self, DESTINATION_NEEDS, HARMFUL, INBOX_NEEDS, Permission, Permissions};
use super::staff::StaffMember;

pub use finding::{Finding, HiddenTickets, Severity, Use};
pub use intents::{IntentFacts, PortalFacts, check_content, check_intents};
pub use readers::{ChannelAccess, StaffChannel, StaffChannelTrouble, outsiders, outsiders_in_threads};
pub use rules::{RuleTrouble, check_pause, check_rules};

/// A role with more members than this may add none of them to a thread that mentions it. Discord documents no figure:
/// 100 was observed until 2023, 250 since; a flag marks a message that added nobody (Discord: "Message",
/// `FAILED_TO_MENTION_SOME_ROLES_IN_THREAD`).
pub const LARGE_ROLE: u64 = 100;

/// The observed state of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    Seen {
        /// The bot's permissions there, not conditional on View Channel.
        bot: Permissions,
        /// Private threads exist in ordinary text channels only.
        allows_private_threads: bool,
    },
    /// It exists, but the bot may not view it.
    Hidden,
    /// Discord says that it does not exist.
    Gone,
    /// Unknown: it is in no list, and Discord did not say that it is gone.
    Unknown,
}

/// The observed state of an inbox's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    Stands,
    /// Another application posted it: clicks there do not reach this bot.
    Foreign,
    Gone,
    /// The bot may not read in that channel, so it did not ask.
    Unreadable,
    /// Discord did not say.
    Unknown,
    /// Not requested, because a check sends a limited number of requests.
    Unasked,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxFacts {
    pub id: InboxId,
    pub channel: ChannelId,
    pub destination: ChannelId,
    pub panel: Panel,
    /// It is the first inbox of its panel: what is found about the panel is reported with it.
    pub is_first_on_panel: bool,
    /// The panel's message shows an older state.
    pub is_panel_stale: bool,
    /// Discord refused its emoji.
    pub is_emoji_refused: bool,
    /// What its form needs where its tickets go.
    pub form_needs: Permissions,
    pub staff: Vec<StaffMember>,
    /// Staff roles that cannot view the destination.
    pub blind: BTreeSet<RoleId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuildFacts {
    /// Permissions that the bot's own roles grant in the whole guild, beyond those of @everyone.
    pub granted: Permissions,
    /// The bot is timed out.
    pub is_timed_out: bool,
    /// Moderation requires two-factor authentication, and the bot counts as having none.
    pub lacks_two_factor: bool,
    /// The channels of the inboxes.
    pub channels: BTreeMap<ChannelId, Sight>,
    /// Every role of the guild, and whether everybody may mention it.
    pub roles: BTreeMap<RoleId, bool>,
    /// Roles with more members than Discord is certain to add to a thread.
    pub large_roles: BTreeSet<RoleId>,
    /// Staff who have left the guild.
    pub left: BTreeSet<UserId>,
    /// Number of staff and messages not requested, because a check sends a limited number of requests.
    pub unasked: u64,
    /// At most one entry for each inbox, and one for the inboxes that were deleted.
    pub hidden: Vec<HiddenTickets>,
    pub inboxes: Vec<InboxFacts>,
}

/// All findings about a guild.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkup {
    pub guild: Vec<Finding>,
    /// Every inbox, including those without findings; each with its worst finding first.
    pub inboxes: Vec<(InboxId, Vec<Finding>)>,
}

impl Checkup {
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.guild.iter().chain(self.inboxes.iter().flat_map(|(_, findings)| findings))
    }

    pub fn count(&self, severity: Severity) -> u64 {
        self.findings().filter(|finding| finding.severity() == severity).count() as u64
    }
}

/// What the answers to these questions need where they are posted: files must be attached.
pub fn form_needs(questions: &[Question]) -> Permissions {
    let is_file = |question: &Question| matches!(question.kind, Kind::File { .. });
    if questions.iter().any(is_file) { Permissions::ATTACH_FILES } else { Permissions::NONE }
}

/// The findings for one guild.
pub fn check_guild(facts: &GuildFacts) -> Checkup {
    let mut guild = check_grants(facts.granted);
    guild.extend(facts.is_timed_out.then_some(Finding::TimedOut));
    // Without Manage Threads, two-factor authentication is never required.
    let moderates = |sight: &Sight| matches!(sight, Sight::Seen { bot, .. } if permissions::missing(Permissions::MANAGE_THREADS, *bot).is_empty());
    if facts.lacks_two_factor && facts.channels.values().any(moderates) {
        guild.push(Finding::NoTwoFactor);
    }
    guild.extend(check_shared(&facts.inboxes));
    if facts.unasked > 0 {
        guild.push(Finding::Unasked(facts.unasked));
    }
    guild.extend(hidden_tickets(facts, None));
    guild.sort_by_key(Finding::severity);
    let inboxes = facts.inboxes.iter().map(|inbox| (inbox.id, check_inbox(facts, inbox))).collect();
    Checkup { guild, inboxes }
}

fn check_inbox(facts: &GuildFacts, inbox: &InboxFacts) -> Vec<Finding> {
    let sight = |channel| facts.channels.get(&channel).copied().unwrap_or(Sight::Unknown);
    let mut found = Vec::new();
    if inbox.is_first_on_panel {
        found.extend(check_panel(inbox, sight(inbox.channel)));
    }
    if inbox.is_emoji_refused {
        found.push(Finding::EmojiRefused);
    }
    found.extend(check_destination(inbox.destination, sight(inbox.destination)));
    if let Sight::Seen { bot, .. } = sight(inbox.destination) {
        found.extend(lacks(inbox.destination, Use::Form, inbox.form_needs, bot));
    }
    found.extend(check_staff(facts, inbox, sight(inbox.destination)));
    found.extend(hidden_tickets(facts, Some(inbox.id)));
    found.dedup();
    found.sort_by_key(Finding::severity);
    found
}

fn hidden_tickets(facts: &GuildFacts, inbox: Option<InboxId>) -> Option<Finding> {
    facts.hidden.iter().find(|hidden| hidden.inbox == inbox).cloned().map(Finding::TicketsHidden)
}

/// Checks the inbox's message and the bot's permissions in its channel.
fn check_panel(inbox: &InboxFacts, sight: Sight) -> Vec<Finding> {
    let channel = inbox.channel;
    let panel = match inbox.panel {
        Panel::Stands | Panel::Unasked | Panel::Unreadable if inbox.is_panel_stale => {
            Some(Finding::PanelStale { channel })
        }
        Panel::Stands | Panel::Unasked => None,
        Panel::Gone => Some(Finding::PanelGone { channel }),
        Panel::Foreign => Some(Finding::PanelForeign { channel }),
        Panel::Unreadable => Some(Finding::PanelUnreadable { channel }),
        Panel::Unknown => Some(Finding::Uncertain { channel }),
    };
    match sight {
        Sight::Gone => vec![Finding::InboxChannelGone],
        Sight::Unknown => vec![Finding::Uncertain { channel }],
        // The bot cannot check a hidden message; it knows only of a deletion it saw.
        Sight::Hidden => {
            let gone = panel.filter(|panel| matches!(panel, Finding::PanelGone { .. }));
            gone.into_iter().chain([hidden(channel, Use::Inbox)]).collect()
        }
        Sight::Seen { bot, .. } => panel.into_iter().chain(lacks(channel, Use::Inbox, INBOX_NEEDS, bot)).collect(),
    }
}

/// Checks the tickets' channel and the bot's permissions there.
pub fn check_destination(channel: ChannelId, sight: Sight) -> Vec<Finding> {
    match sight {
        Sight::Gone => vec![Finding::DestinationGone],
        Sight::Unknown => vec![Finding::Uncertain { channel }],
        Sight::Hidden => vec![hidden(channel, Use::Tickets)],
        Sight::Seen { allows_private_threads: false, .. } => vec![Finding::NoPrivateThreads { channel }],
        Sight::Seen { bot, .. } => {
            lacks(channel, Use::Tickets, DESTINATION_NEEDS | Permissions::MANAGE_THREADS, bot).collect()
        }
    }
}

/// The finding for a channel that the bot may not view: its other permissions there are unknown.
pub fn hidden(channel: ChannelId, usage: Use) -> Finding {
    Finding::Lacks { channel, usage, permission: Permission::ViewChannel }
}

/// The permissions in `findings` whose absence breaks something.
pub fn broken_permissions(findings: &[Finding]) -> Vec<Permission> {
    let broken = findings.iter().filter(|finding| finding.severity() == Severity::Broken);
    broken
        .filter_map(|finding| match finding {
            Finding::Lacks { permission, .. } => Some(*permission),
            _ => None,
        })
        .collect()
}

fn lacks(channel: ChannelId, usage: Use, needs: Permissions, bot: Permissions) -> impl Iterator<Item = Finding> {
    let missing = permissions::missing(needs, bot).into_iter();
    missing.map(move |permission| Finding::Lacks { channel, usage, permission })
}

fn check_staff(facts: &GuildFacts, inbox: &InboxFacts, destination: Sight) -> Vec<Finding> {
    if inbox.staff.is_empty() {
        return vec![Finding::NoStaff];
    }
    let among = |fits: &dyn Fn(StaffMember) -> bool| -> Vec<StaffMember> {
        inbox.staff.iter().copied().filter(|member| fits(*member)).collect()
    };
    let gone = among(&|member| matches!(member, StaffMember::Role(role) if !facts.roles.contains_key(&role)));
    let left = among(&|member| matches!(member, StaffMember::Member(user) if facts.left.contains(&user)));
    let mut found = Vec::new();
    if gone.len() + left.len() == inbox.staff.len() {
        found.push(Finding::StaffAllGone);
    }
    if let Sight::Seen { bot, .. } = destination {
        let channel = inbox.destination;
        let unheard = |member| matches!(member, StaffMember::Role(role) if facts.roles.get(&role) == Some(&false));
        if !permissions::missing(Permissions::MENTION_EVERYONE, bot).is_empty() {
            found.push(Finding::RolesNotMentionable { channel, roles: among(&unheard) });
        }
        let blind = |member| matches!(member, StaffMember::Role(role) if inbox.blind.contains(&role));
        found.push(Finding::RolesBlind { channel, roles: among(&blind) });
    }
    found.push(Finding::RolesLarge(among(
        &|member| matches!(member, StaffMember::Role(role) if facts.large_roles.contains(&role)),
    )));
    found.push(Finding::RolesGone(gone));
    found.push(Finding::MembersLeft(left));
    found.retain(|finding| match finding {
        Finding::RolesGone(staff) | Finding::MembersLeft(staff) | Finding::RolesLarge(staff) => !staff.is_empty(),
        Finding::RolesNotMentionable { roles, .. } | Finding::RolesBlind { roles, .. } => !roles.is_empty(),
        _ => true,
    });
    found
}

fn check_grants(granted: Permissions) -> Vec<Finding> {
    if granted.contains(Permissions::ADMINISTRATOR) {
        return vec![Finding::Administrator];
    }
    let surplus = permissions::missing(HARMFUL & granted, Permissions::NONE);
    if surplus.is_empty() { Vec::new() } else { vec![Finding::Excess(surplus)] }
}

/// Destinations shared by inboxes with different staff; order and duplicates do not count.
fn check_shared(inboxes: &[InboxFacts]) -> Vec<Finding> {
    let mut by_channel: BTreeMap<ChannelId, Vec<&InboxFacts>> = BTreeMap::new();
    for inbox in inboxes {
        by_channel.entry(inbox.destination).or_default().push(inbox);
    }
    let differ = |inboxes: &[&InboxFacts]| {
        let staff: BTreeSet<BTreeSet<StaffMember>> =
            inboxes.iter().map(|inbox| inbox.staff.iter().copied().collect()).collect();
        staff.len() > 1
    };
    let shared = by_channel.into_iter().filter(|(_, inboxes)| differ(inboxes));
    shared
        .map(|(channel, inboxes)| Finding::SharedChannel {
            channel,
            inboxes: inboxes.iter().map(|inbox| inbox.id).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
