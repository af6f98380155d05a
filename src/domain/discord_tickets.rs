//! Validates the settings of a discord-tickets database and converts them.
//!
//! `storage::discord_tickets` reads the rows unchanged. What can be used becomes a [`Plan`]; whatever is left out, or means
//! something else here, gets a [`Remark`]. Its tickets are channels and its transcripts are encrypted texts: neither is read.

mod category;
mod hours;
mod questions;
mod remark;
mod templates;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use super::canned_reply::{self, Name};
use super::ids::{ChannelId, GuildId, InboxId, RoleId};
use super::settings::InboxSettings;
use super::staff::StaffMember;
use super::text;

pub use remark::{Remark, Subject, Trouble};

/// The most inboxes of a server that are imported.
pub const MOST_INBOXES: usize = 250;

/// The most roles of one list that are imported (Discord: "Component Reference", role select).
const MOST_ROLES: usize = 25;

/// Larger numbers of tickets are none.
const LARGEST_NUMBER: u32 = 1_000_000_000;

/// The relevant content of a discord-tickets database, unchanged. Numbers are `None` if the column is empty or holds
/// something else; lists are JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    pub servers: Vec<SourceServer>,
    pub categories: Vec<SourceCategory>,
    pub tags: Vec<SourceTag>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceServer {
    pub id: String,
    pub locale: String,
    /// Roles that may not open tickets.
    pub blocklist: String,
    /// The zone, then begin and end of each day from Sunday.
    pub working_hours: String,
    pub log_channel: Option<String>,
    pub close_button: bool,
    pub claim_button: bool,
    /// Quiet tickets are marked, and closed after a time.
    pub closes_stale: bool,
    /// Where its tags answer by themselves.
    pub auto_tag: String,
    /// Of its newest ticket; 0: it has none.
    pub last_number: i64,
    pub tickets: u64,
    pub open_tickets: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceCategory {
    pub id: i64,
    pub guild: String,
    pub name: String,
    pub description: String,
    pub emoji: String,
    pub image: String,
    pub opening_message: String,
    pub channel_name: String,
    pub staff_roles: String,
    pub ping_roles: String,
    pub required_roles: String,
    pub member_limit: Option<i64>,
    pub total_limit: Option<i64>,
    /// In milliseconds.
    pub cooldown: Option<i64>,
    /// The slow mode of its tickets, in seconds.
    pub slow_mode: Option<i64>,
    pub claiming: bool,
    pub feedback: bool,
    /// Without questions it asks for a topic.
    pub asks_topic: bool,
    /// The question whose answer becomes the topic of the channel.
    pub topic_question: String,
    /// In their order.
    pub questions: Vec<SourceQuestion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceQuestion {
    /// `TEXT` or `MENU`.
    pub kind: String,
    pub label: String,
    pub placeholder: String,
    /// Already written into the field.
    pub value: String,
    pub required: bool,
    /// 1: one line.
    pub style: Option<i64>,
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub options: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceTag {
    pub id: i64,
    pub guild: String,
    pub name: String,
    pub content: String,
    /// It answers messages by itself.
    pub answers: bool,
}

/// What is imported, and remarks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Those with inboxes.
    pub servers: Vec<Server>,
    pub remarks: Vec<Remark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub guild: GuildId,
    pub log: Option<ChannelId>,
    /// Numbers of tickets go on after this one.
    pub last_number: u32,
    pub inboxes: Vec<Inbox>,
    pub replies: Vec<Reply>,
}

/// An inbox to import. Its tickets were channels in a category of channels, in which there are no threads. So its
/// destination is a channel that does not exist, and no ticket is opened before an admin chooses a text channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    /// The number of its category there.
    pub source: i64,
    pub settings: InboxSettings,
    pub staff: Vec<StaffMember>,
}

/// A canned reply to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The number of its tag there.
    pub source: i64,
    pub name: Name,
    pub text: String,
}

/// The outcome of an import or a dry run in one server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// The new inboxes with their categories there, by panels.
    pub panels: Vec<Vec<(i64, InboxId)>>,
    /// Inboxes that an earlier import brought in.
    pub inboxes_known: u64,
    pub staff: u64,
    pub questions: u64,
    pub replies: u64,
    pub replies_known: u64,
    /// Replies whose name another one has, or for which there is no room.
    pub replies_refused: u64,
    pub log: bool,
    /// The number after which tickets go on, if it was raised.
    pub counter: Option<u32>,
}

impl Counts {
    pub fn inboxes(&self) -> u64 {
        self.panels.iter().map(|panel| panel.len() as u64).sum()
    }
}

/// The outcome by server.
pub type Outcome = BTreeMap<GuildId, Counts>;

/// Validates all rows. `topic` is the question for a topic in a language of Discord's.
pub fn plan(found: &Found, topic: impl Fn(&str) -> String) -> Plan {
    let mut plan = Plan::default();
    for source in &found.servers {
        let Ok(guild) = source.id.parse() else {
            plan.remarks.push(Remark { guild: None, subject: Subject::Server, what: Trouble::NoId });
            continue;
        };
        let mut notes = Notes { guild, remarks: Vec::new() };
        let topic = topic(&source.locale);
        let server = judge_server(source, guild, found, &topic, &mut notes);
        plan.remarks.append(&mut notes.remarks);
        plan.servers.extend((!server.inboxes.is_empty()).then_some(server));
    }
    let known = |guild: &str| found.servers.iter().any(|server| server.id == guild);
    let lost = found.categories.iter().filter(|category| !known(&category.guild));
    plan.remarks.extend(lost.map(|category| Remark {
        guild: None,
        subject: Subject::Category(category.id),
        what: Trouble::NoServer,
    }));
    plan
}

/// The remarks on one server.
struct Notes {
    guild: GuildId,
    remarks: Vec<Remark>,
}

impl Notes {
    fn add(&mut self, subject: Subject, what: Trouble) {
        let remark = Remark { guild: Some(self.guild), subject, what };
        if self.remarks.last() != Some(&remark) {
            self.remarks.push(remark);
        }
    }
}

/// What holds for all categories of a server.
struct Rules {
    refused_roles: Vec<RoleId>,
    hours: Option<hours::Worked>,
    close_button: bool,
    claim_button: bool,
    /// Nobody can open tickets.
    is_closed: bool,
}

fn judge_server(source: &SourceServer, guild: GuildId, found: &Found, topic: &str, notes: &mut Notes) -> Server {
    let mut note = |what| notes.add(Subject::Server, what);
    let blocked = roles(&source.blocklist, &mut note);
    let is_closed = blocked.contains(&guild.everyone());
    let hours = hours::judge(&source.working_hours, &mut note);
    let log = source.log_channel.as_deref().filter(|id| !id.is_empty()).and_then(|id| {
        let channel = id.parse().ok();
        if channel.is_none() {
            note(Trouble::NoLog);
        }
        channel
    });
    for (is_set, what) in [
        (source.closes_stale, Trouble::Stale),
        (!matches!(source.auto_tag.trim(), "" | "[]"), Trouble::AutoTag),
        (source.open_tickets > 0, Trouble::OpenTickets(source.open_tickets)),
        (source.tickets > source.open_tickets, Trouble::ClosedTickets(source.tickets - source.open_tickets)),
    ] {
        if is_set {
            note(what);
        }
    }
    let last_number = u32::try_from(source.last_number).ok().filter(|number| *number <= LARGEST_NUMBER);
    if last_number.is_none() {
        note(Trouble::NoNumber);
    }
    let rules = Rules {
        refused_roles: blocked.into_iter().filter(|role| *role != guild.everyone()).collect(),
        hours,
        close_button: source.close_button,
        claim_button: source.claim_button,
        is_closed,
    };
    let categories = found.categories.iter().filter(|category| category.guild == source.id);
    let mut inboxes = Vec::new();
    for category in categories {
        if inboxes.len() == MOST_INBOXES {
            notes.add(Subject::Category(category.id), Trouble::TooManyCategories);
        } else {
            inboxes.push(category::judge(category, &rules, topic, notes));
        }
    }
    let tags = found.tags.iter().filter(|tag| tag.guild == source.id);
    let mut replies = Vec::new();
    for tag in tags {
        if inboxes.is_empty() {
            notes.add(Subject::Tag(tag.id), Trouble::NoInbox);
        } else {
            replies.extend(judge_tag(tag, notes));
        }
    }
    Server { guild, log, last_number: last_number.unwrap_or(0), inboxes, replies }
}

fn judge_tag(tag: &SourceTag, notes: &mut Notes) -> Option<Reply> {
    let mut note = |what| notes.add(Subject::Tag(tag.id), what);
    let content = text::paragraph(&tag.content).replace('$', "$$");
    let kept = text::cut(&content, canned_reply::MAX_TEXT);
    let name = Name::parse(text::cut(&text::single_line(&tag.name), canned_reply::MAX_NAME));
    let Some(name) = name.filter(|_| text::is_visible(kept)) else {
        note(Trouble::Blank);
        return None;
    };
    if kept.len() < content.len() || text::length(&tag.name) > canned_reply::MAX_NAME {
        note(Trouble::TextCut);
    }
    if tag.answers {
        note(Trouble::Answers);
    }
    Some(Reply { source: tag.id, name, text: kept.to_owned() })
}

/// The distinct roles of a JSON list, at most [`MOST_ROLES`].
fn roles(list: &str, note: &mut impl FnMut(Trouble)) -> Vec<RoleId> {
    let Ok(entries) = serde_json::from_str::<Vec<Value>>(list) else {
        note(Trouble::NoList);
        return Vec::new();
    };
    let mut roles = Vec::new();
    for entry in entries {
        match entry.as_str().and_then(|id| id.parse().ok()) {
            Some(role) if roles.contains(&role) => {}
            Some(_) if roles.len() == MOST_ROLES => note(Trouble::TooManyRoles),
            Some(role) => roles.push(role),
            None => note(Trouble::NoRole),
        }
    }
    roles
}

/// One line that can be read, cut to so many characters.
fn line(written: &str, most: usize, note: &mut impl FnMut(Trouble)) -> Option<String> {
    let line = text::single_line(written);
    let kept = text::cut(&line, most).trim_end();
    if kept.len() < line.len() {
        note(Trouble::TextCut);
    }
    text::is_visible(kept).then(|| kept.to_owned())
}
