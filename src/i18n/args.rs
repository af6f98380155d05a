//! Arguments of messages, and how each kind is written in Discord.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_templates::fluent_bundle::FluentValue;

use super::{Locale, lookup};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::permissions::Permission;
use crate::domain::priority::Priority;
use crate::domain::staff::StaffMember;

/// The arguments of one message.
#[doc(hidden)]
pub type Args = HashMap<Cow<'static, str>, FluentValue<'static>>;

/// One argument: its rendering, and a sample for the tests that render every message.
pub(crate) trait Arg {
    fn value(&self, locale: &Locale) -> FluentValue<'static>;
    fn sample() -> Self;
}

/// A link to a thread, not a mention: clients resolve it even if they have not loaded the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadLink {
    pub guild: GuildId,
    pub thread: ThreadId,
}

/// Links to threads. Cut after so many that a report still has room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadList(pub Vec<ThreadLink>);

impl ThreadList {
    const SHOWN: usize = 5;
}

/// A link to an inbox's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InboxLink {
    pub guild: GuildId,
    pub channel: ChannelId,
    pub message: MessageId,
}

/// A time, shown by the client as "in 40 seconds" in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative(pub Timestamp);

/// A time, shown by the client with date and hour in the reader's zone, and how far away it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointInTime(pub Timestamp);

/// A mention of a person. The allowed mentions decide whether they are notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention(pub UserId);

/// A ticket's state: a message selects on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketState(pub State);

/// How urgent a ticket is, by its name in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriorityName(pub Priority);

/// Permissions, with the client's names in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionList(pub Vec<Permission>);

/// Members and roles, as mentions that ping nobody where they are shown. Truncated so that the message has room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionList(pub Vec<StaffMember>);

/// Inboxes by number. Truncated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxList(pub Vec<InboxId>);

impl InboxList {
    const SHOWN: usize = 20;
}

impl MentionList {
    /// This many mentions of up to 24 characters leave room for a sentence in a message of at most 2,000.
    pub const SHOWN: usize = 50;
}

/// Bytes as megabytes with one decimal, rounded up: a size above a limit never looks equal to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtLeast(pub u64);

/// The same, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtMost(pub u64);

/// A tenth of a megabyte, in bytes.
const TENTH: u64 = 100_000;

/// Tenths as a decimal number, with the language's decimal separator.
fn decimal(tenths: u64, locale: &Locale) -> String {
    let sign = if locale.writes_decimal_comma() { ',' } else { '.' };
    format!("{}{sign}{}", tenths / 10, tenths % 10)
}

impl Arg for AtLeast {
    fn value(&self, locale: &Locale) -> FluentValue<'static> {
        decimal(self.0.div_ceil(TENTH), locale).into()
    }
    fn sample() -> Self {
        Self(5_000_001)
    }
}

impl Arg for AtMost {
    fn value(&self, locale: &Locale) -> FluentValue<'static> {
        decimal(self.0 / TENTH, locale).into()
    }
    fn sample() -> Self {
        Self(5_000_000)
    }
}

impl fmt::Display for ThreadLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://discord.com/channels/{}/{}", self.guild, self.thread)
    }
}

impl Arg for ThreadList {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        let mut links: Vec<_> = self.0.iter().take(Self::SHOWN).map(ThreadLink::to_string).collect();
        if self.0.len() > Self::SHOWN {
            links.push(format!("… (+{})", self.0.len() - Self::SHOWN));
        }
        links.join(" ").into()
    }
    fn sample() -> Self {
        Self(vec![ThreadLink::sample()])
    }
}

impl Arg for ThreadLink {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.to_string().into()
    }
    fn sample() -> Self {
        Self { guild: GuildId::new(1), thread: ThreadId::new(2) }
    }
}

impl Arg for InboxLink {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        format!("https://discord.com/channels/{}/{}/{}", self.guild, self.channel, self.message).into()
    }
    fn sample() -> Self {
        Self { guild: GuildId::new(1), channel: ChannelId::new(2), message: MessageId::new(3) }
    }
}

impl Arg for Relative {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        format!("<t:{}:R>", self.0.seconds()).into()
    }
    fn sample() -> Self {
        Self(Timestamp::from_millis(1_700_000_000_000))
    }
}

impl Arg for PointInTime {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        let seconds = self.0.seconds();
        format!("<t:{seconds}:f> (<t:{seconds}:R>)").into()
    }
    fn sample() -> Self {
        Self(Timestamp::from_millis(1_700_000_000_000))
    }
}

impl Arg for Mention {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        StaffMember::Member(self.0).to_string().into()
    }
    fn sample() -> Self {
        Self(UserId::new(5))
    }
}

impl Arg for PermissionList {
    fn value(&self, locale: &Locale) -> FluentValue<'static> {
        let names = self.0.iter().map(|permission| {
            let name = lookup(locale, permission.key()).unwrap_or_else(|| permission.key().to_owned());
            format!("**{name}**")
        });
        names.collect::<Vec<_>>().join(", ").into()
    }
    fn sample() -> Self {
        Self(vec![Permission::ViewChannel, Permission::ManageThreads])
    }
}

impl Arg for MentionList {
    /// The mentions, or `none`: a message selects on it.
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        if self.0.is_empty() {
            return "none".into();
        }
        let mut mentions: Vec<_> = self.0.iter().take(Self::SHOWN).map(StaffMember::to_string).collect();
        if self.0.len() > Self::SHOWN {
            mentions.push(format!("… (+{})", self.0.len() - Self::SHOWN));
        }
        mentions.join(" ").into()
    }
    fn sample() -> Self {
        Self(vec![StaffMember::Role(RoleId::new(6)), StaffMember::Member(UserId::new(5))])
    }
}

impl PriorityName {
    /// The word alone.
    pub fn word(self, locale: &Locale) -> String {
        let key = match self.0 {
            Priority::Low => "priority-low",
            Priority::None => "priority-none",
            Priority::High => "priority-high",
            Priority::Urgent => "priority-urgent",
        };
        lookup(locale, key).unwrap_or_else(|| key.to_owned())
    }
}

impl Arg for PriorityName {
    fn value(&self, locale: &Locale) -> FluentValue<'static> {
        self.word(locale).into()
    }
    fn sample() -> Self {
        Self(Priority::High)
    }
}

impl Arg for TicketState {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.0.as_str().into()
    }
    fn sample() -> Self {
        Self(State::Dormant)
    }
}

impl Arg for ThreadId {
    /// A mention: clients show its name to those who may see it.
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        format!("<#{self}>").into()
    }
    fn sample() -> Self {
        Self::new(2)
    }
}

impl Arg for GuildId {
    /// A link to the server: a client shows its name to its members.
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        format!("https://discord.com/channels/{self}").into()
    }
    fn sample() -> Self {
        Self::new(1)
    }
}

impl Arg for InboxList {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        let mut numbers: Vec<_> = self.0.iter().take(Self::SHOWN).map(InboxId::to_string).collect();
        if self.0.len() > Self::SHOWN {
            numbers.push(format!("… (+{})", self.0.len() - Self::SHOWN));
        }
        numbers.join(", ").into()
    }
    fn sample() -> Self {
        Self(vec![InboxId::new(3), InboxId::new(4)])
    }
}

impl Arg for InboxId {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.to_string().into()
    }
    fn sample() -> Self {
        Self::new(3)
    }
}

impl Arg for Option<InboxId> {
    /// The number, or `none`: a message selects on it.
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.map_or_else(|| "none".to_owned(), |inbox| inbox.to_string()).into()
    }
    fn sample() -> Self {
        Some(InboxId::new(3))
    }
}

impl Arg for ChannelId {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        format!("<#{self}>").into()
    }
    fn sample() -> Self {
        Self::new(4)
    }
}

impl Arg for Option<UserId> {
    /// A mention, or an empty text: a message selects on it with `[none]`.
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.map_or_else(|| "none".to_owned(), |user| format!("<@{user}>")).into()
    }
    fn sample() -> Self {
        Some(UserId::new(5))
    }
}

impl Arg for u64 {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        FluentValue::from(*self)
    }
    fn sample() -> Self {
        7
    }
}

impl Arg for String {
    fn value(&self, _: &Locale) -> FluentValue<'static> {
        self.clone().into()
    }
    fn sample() -> Self {
        "sample".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_over_the_limit_never_looks_like_the_limit() {
        let (english, german) = (Locale::default(), Locale::from_discord("de"));
        assert_eq!(AtLeast(5_000_001).value(&english), FluentValue::from("5.1"));
        assert_eq!(AtMost(5_000_000).value(&english), FluentValue::from("5.0"));
        assert_eq!(AtMost(25_999_999).value(&german), FluentValue::from("25,9"));
    }
}
