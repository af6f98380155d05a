//! Validates the rows of a theticketbot database and converts them.
//!
//! `storage::theticketbot` reads the rows unchanged; valid ones become a [`Plan`], all others are listed with a reason.
//! The rows do not say whether a ticket is still open: the next start asks Discord (`tickets::imported`).

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{ChannelId, GuildId, MessageId, ThreadId, UserId};
use super::placeholder::{Template, Token};
use super::settings::InboxSettings;
use super::staff::StaffMember;
use super::{starter, text, ticket_name};

/// The newest known schema, by `PRAGMA user_version`.
pub const NEWEST_SCHEMA: i64 = 7;

/// The schema since which name templates use `$author`; before, they used `$name`.
const AUTHOR_SINCE: i64 = 4;

/// The relevant content of a theticketbot database, unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// `PRAGMA user_version`.
    pub schema: i64,
    pub inboxes: Vec<SourceInbox>,
    pub tickets: Vec<SourceTicket>,
    /// Channel rows that are really messages of inboxes.
    pub ghosts: u64,
}

/// An inbox of theticketbot. `None` is a missing row or an empty column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceInbox {
    pub message: i64,
    pub channel: Option<i64>,
    pub guild: Option<i64>,
    pub destination: Option<i64>,
    pub starter: String,
    pub ticket_name: String,
    pub counter: i64,
    pub limit: i64,
    pub staff: Vec<String>,
}

/// A ticket of theticketbot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceTicket {
    pub thread: i64,
    pub guild: Option<i64>,
    /// `None`: the inbox was deleted.
    pub inbox: Option<i64>,
    pub owner: Option<i64>,
}

/// What is imported, and remarks on the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    pub inboxes: Vec<Inbox>,
    pub tickets: Vec<Ticket>,
    pub remarks: Vec<Remark>,
}

/// An inbox to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    pub guild: GuildId,
    pub channel: ChannelId,
    pub message: MessageId,
    pub settings: InboxSettings,
    pub counter: u32,
    pub staff: Vec<StaffMember>,
}

/// A ticket to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub guild: GuildId,
    /// The inbox's message; `None` when the inbox was deleted.
    pub inbox: Option<MessageId>,
    pub owner: UserId,
    /// The current destination of the inbox. If unknown, the thread itself, since no channel has its id; the next start
    /// gets the right one from Discord.
    pub parent: ChannelId,
    pub thread: ThreadId,
}

/// Something that is not imported unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// `None`: it is not recorded.
    pub guild: Option<GuildId>,
    pub subject: Subject,
    pub what: Trouble,
}

/// The subject of a [`Remark`], by its id in theticketbot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Inbox(i64),
    Ticket(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Left out: a number that cannot be a Discord id.
    NoId,
    /// Left out: its channel or its server is not recorded.
    NoPlace,
    /// Left out: its owner is not recorded.
    NoOwner,
    /// Imported without it: @everyone among the staff.
    Everyone,
    /// Imported without it: staff that is no mention.
    NoMention,
    /// Imported, cut to Discord's limit.
    TextCut,
    /// Imported without an inbox: it was deleted, is left out or belongs to another server.
    NoInbox,
}

impl Trouble {
    /// Whether the whole inbox or ticket is left out.
    pub const fn leaves_out(self) -> bool {
        matches!(self, Self::NoId | Self::NoPlace | Self::NoOwner)
    }
}

/// The counts of an import or a dry run in one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub inboxes: u64,
    /// Inboxes that an earlier import brought in.
    pub inboxes_known: u64,
    /// Of those, inboxes whose counter was raised.
    pub counters_raised: u64,
    pub staff: u64,
    pub tickets: u64,
    pub tickets_known: u64,
}

/// The counts of an import or a dry run, by server.
pub type Outcome = BTreeMap<GuildId, Counts>;

/// Validates all rows.
pub fn plan(found: &Found) -> Plan {
    let mut plan = Plan::default();
    for inbox in &found.inboxes {
        let mut troubles = Vec::new();
        match judge_inbox(inbox, found.schema, &mut troubles) {
            Ok(inbox) => plan.inboxes.push(inbox),
            Err(trouble) => troubles.push(trouble),
        }
        let (guild, subject) = (id(inbox.guild).map(GuildId::new), Subject::Inbox(inbox.message));
        plan.remarks.extend(troubles.into_iter().map(|what| Remark { guild, subject, what }));
    }
    let by_message: BTreeMap<_, _> = plan.inboxes.iter().map(|inbox| (inbox.message, inbox)).collect();
    for ticket in &found.tickets {
        let guild = id(ticket.guild).map(GuildId::new);
        let what = match judge_ticket(ticket, &by_message) {
            Ok(ticket) => {
                let is_without_inbox = ticket.inbox.is_none();
                plan.tickets.push(ticket);
                is_without_inbox.then_some(Trouble::NoInbox)
            }
            Err(trouble) => Some(trouble),
        };
        let subject = Subject::Ticket(ticket.thread);
        plan.remarks.extend(what.map(|what| Remark { guild, subject, what }));
    }
    plan
}

fn judge_inbox(found: &SourceInbox, schema: i64, troubles: &mut Vec<Trouble>) -> Result<Inbox, Trouble> {
    let message = id(Some(found.message)).map(MessageId::new).ok_or(Trouble::NoId)?;
    let channel = id(found.channel).map(ChannelId::new).ok_or(Trouble::NoPlace)?;
    let guild = id(found.guild).map(GuildId::new).ok_or(Trouble::NoPlace)?;
    let name = if schema < AUTHOR_SINCE { rename_to_author(&found.ticket_name) } else { found.ticket_name.clone() };
    let (starter, is_starter_cut) = fit(&found.starter, starter::MAX_LENGTH);
    let (ticket_name, is_name_cut) = fit(&name, ticket_name::MAX_LENGTH);
    if is_starter_cut || is_name_cut {
        troubles.push(Trouble::TextCut);
    }
    let mut settings = InboxSettings::new(id(found.destination).map_or(channel, ChannelId::new));
    // An empty starter means these two mentions there, but a sentence here.
    settings.beginning.starter = Some(starter.unwrap_or_else(|| starter::FALLBACK_TEMPLATE.to_owned()));
    settings.beginning.ticket_name = ticket_name;
    settings.opening.member_limit = clamp(found.limit);
    let (counter, staff) = (clamp(found.counter), judge_staff(&found.staff, guild, troubles));
    Ok(Inbox { guild, channel, message, settings, counter, staff })
}

/// The distinct staff, in the order of their mentions.
fn judge_staff(mentions: &[String], guild: GuildId, troubles: &mut Vec<Trouble>) -> Vec<StaffMember> {
    let (mut staff, mut seen) = (Vec::new(), BTreeSet::new());
    for mention in mentions {
        match mention.parse() {
            Ok(StaffMember::Role(role)) if role == guild.everyone() => troubles.push(Trouble::Everyone),
            Ok(member) if seen.insert(member) => staff.push(member),
            Ok(_) => {}
            Err(_) => troubles.push(Trouble::NoMention),
        }
    }
    staff
}

fn judge_ticket(found: &SourceTicket, inboxes: &BTreeMap<MessageId, &Inbox>) -> Result<Ticket, Trouble> {
    let thread = id(Some(found.thread)).map(ThreadId::new).ok_or(Trouble::NoId)?;
    let owner = id(found.owner).map(UserId::new).ok_or(Trouble::NoOwner)?;
    let message = id(found.inbox).map(MessageId::new);
    let inbox = message.and_then(|message| inboxes.get(&message).copied());
    let guild = id(found.guild).map(GuildId::new).or(inbox.map(|inbox| inbox.guild)).ok_or(Trouble::NoPlace)?;
    let inbox = inbox.filter(|inbox| inbox.guild == guild);
    let parent = inbox.map_or(thread.as_channel(), |inbox| inbox.settings.destination);
    Ok(Ticket { guild, inbox: inbox.map(|inbox| inbox.message), owner, parent, thread })
}

/// Snowflakes stay positive in a signed column until the year 2084.
fn id(number: Option<i64>) -> Option<u64> {
    number.and_then(|number| u64::try_from(number).ok()).filter(|number| *number > 0)
}

/// Negative numbers mean 0 there.
fn clamp(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// A template, if it shows anything, and whether it was cut.
fn fit(template: &str, max: usize) -> (Option<String>, bool) {
    let kept = text::cut(template, max);
    (text::is_visible(kept).then(|| kept.to_owned()), kept.len() < template.len())
}

/// Replaces `$name` by its current name `$author`.
fn rename_to_author(template: &str) -> String {
    let template = Template::parse(template);
    let tokens = template.tokens().iter().map(|token| match token {
        Token::Placeholder { name, braced } if name == "name" => {
            Token::Placeholder { name: "author".to_owned(), braced: *braced }.written()
        }
        Token::Text(text) => text.replace('$', "$$"),
        token @ Token::Placeholder { .. } => token.written(),
    });
    tokens.collect()
}

#[cfg(test)]
mod tests;
