//! The text of a log line: the ticket and what happened; below, the reason and, if it is late, when it happened.

use super::{Entry, LogMsg};
use crate::domain::clock::Timestamp;
use crate::domain::happening::{Cause, Deleted, Happening};
use crate::domain::ids::{GuildId, InboxId, UserId};
use crate::domain::staff::StaffMember;
use crate::domain::text;
use crate::i18n::{self, InboxList, Length, Locale, Mention, MentionList, PointInTime, ThreadLink};

/// The most characters of a reason that are shown, before escaping.
const MAX_REASON: usize = 500;

/// What a line says besides what is stored with it.
#[derive(Clone, Copy, Default)]
pub(super) struct Details<'a> {
    /// How many people are in a closed ticket, if that is known.
    pub people: Option<u64>,
    pub reason: Option<&'a str>,
    pub is_late: bool,
}

/// The line. A posted one is recognised by its first line.
pub(super) fn line(locale: &Locale, guild: GuildId, entry: &Entry, details: Details<'_>) -> String {
    let Details { people, reason, is_late } = details;
    let mut line = entry.number.map(|number| format!("**#{number}**")).unwrap_or_default();
    if let Some(thread) = entry.thread {
        line.push(' ');
        line += &ThreadLink { guild, thread }.to_string();
    }
    for msg in sentences(entry, people) {
        if !line.is_empty() {
            line.push(' ');
        }
        line += &i18n::render(locale, &msg);
    }
    if let Some(reason) = reason.map(text::single_line).filter(|reason| text::is_visible(reason)) {
        line += "\n> ";
        line += &text::escape(text::cut(&reason, MAX_REASON));
    }
    if is_late {
        line.push('\n');
        line += &i18n::render(locale, &LogMsg::Late { at: PointInTime(entry.happened_at()) });
    }
    line
}

fn sentences(entry: &Entry, people: Option<u64>) -> Vec<LogMsg> {
    let owner = Mention(entry.owner);
    let msg = match entry.happening.clone() {
        Happening::Opened { by } => LogMsg::Opened { by: Mention(by), inbox: entry.inbox },
        Happening::OpenedFor { by, owner } => {
            LogMsg::OpenedFor { by: Mention(by), owner: Mention(owner), inbox: entry.inbox }
        }
        Happening::Claimed { by, from: Some(from) } => LogMsg::TookOver { by: Mention(by), from: Mention(from) },
        Happening::Claimed { by, from: None } => LogMsg::Claimed { by: Mention(by) },
        Happening::Released { by: None, from } => LogMsg::ReleasedItself { from: Mention(from) },
        Happening::Released { by: Some(by), from } if by == from => LogMsg::Released { by: Mention(by) },
        Happening::Released { by: Some(by), from } => LogMsg::ReleasedOf { by: Mention(by), from: Mention(from) },
        Happening::Assigned { by, to, from: Some(from) } => {
            LogMsg::Reassigned { by: Mention(by), to: Mention(to), from: Mention(from) }
        }
        Happening::Assigned { by, to, from: None } => LogMsg::Assigned { by: Mention(by), to: Mention(to) },
        Happening::Closed { cause } => return closed(entry, cause, people),
        Happening::Reopened { by: Some(by) } => LogMsg::Reopened { by: Mention(by), owner },
        Happening::Reopened { by: None } => LogMsg::ReopenedByHand { owner },
        Happening::Moved { by, from, to, successor: None } => LogMsg::Moved { by: Mention(by), from, to },
        Happening::Moved { by, from, to, successor: Some(number) } => {
            LogMsg::MovedAway { by: Mention(by), from, to, number: format!("#{number}") }
        }
        Happening::Transferred { by, from, to } => {
            LogMsg::Transferred { by: Mention(by), from: Mention(from), to: Mention(to) }
        }
        Happening::Added { by: Some(by), who } => LogMsg::Added { by: Mention(by), who: members(&who) },
        Happening::Added { by: None, who } => LogMsg::AddedByHand { who: members(&who) },
        Happening::AddedRole { by, role } => {
            LogMsg::Added { by: Mention(by), who: MentionList(vec![StaffMember::Role(role)]) }
        }
        Happening::Removed { by: Some(by), who } => LogMsg::Removed { by: Mention(by), who: members(&who) },
        Happening::Removed { by: None, who } => LogMsg::RemovedByHand { who: members(&who) },
        Happening::Deleted { how: Deleted::Person { by } } => LogMsg::Deleted { by: Mention(by), owner },
        Happening::Deleted { how: Deleted::InTime { days } } => LogMsg::DeletedInTime { days: days.into(), owner },
        Happening::Deleted { how: Deleted::ByHand } => LogMsg::DeletedByHand { owner },
        Happening::ClosedMany { by, inbox, count } => LogMsg::ClosedMany { by: Mention(by), inbox, count },
        Happening::Blocked { by, who, inboxes, ends_at } => return blocked(by, who, inboxes, ends_at),
        Happening::Unblocked { by, who, inboxes } => unblocked(by, Mention(who), inboxes),
    };
    vec![msg]
}

fn unblocked(by: Option<UserId>, who: Mention, inboxes: Vec<InboxId>) -> LogMsg {
    match (by.map(Mention), inboxes.is_empty()) {
        (Some(by), true) => LogMsg::Unblocked { by, who },
        (Some(by), false) => LogMsg::UnblockedIn { by, who, inboxes: InboxList(inboxes) },
        (None, true) => LogMsg::UnblockedByOperator { who },
        (None, false) => LogMsg::UnblockedByOperatorIn { who, inboxes: InboxList(inboxes) },
    }
}

fn blocked(by: Option<UserId>, who: UserId, inboxes: Vec<InboxId>, ends_at: Option<i64>) -> Vec<LogMsg> {
    let who = Mention(who);
    let mut said = vec![match (by.map(Mention), inboxes.is_empty()) {
        (Some(by), true) => LogMsg::Blocked { by, who },
        (Some(by), false) => LogMsg::BlockedIn { by, who, inboxes: InboxList(inboxes) },
        (None, true) => LogMsg::BlockedByOperator { who },
        (None, false) => LogMsg::BlockedByOperatorIn { who, inboxes: InboxList(inboxes) },
    }];
    let ends_at = ends_at.map(Timestamp::from_millis);
    said.extend(ends_at.map(|at| LogMsg::BlockedUntil { until: PointInTime(at) }));
    said
}

fn closed(entry: &Entry, cause: Cause, people: Option<u64>) -> Vec<LogMsg> {
    let owner = Mention(entry.owner);
    let mut said = vec![match cause {
        Cause::Person { by } if by == entry.owner => LogMsg::ClosedOwn { by: owner },
        Cause::Person { by } => LogMsg::Closed { by: Mention(by), owner },
        Cause::Archived { by: Some(by) } => LogMsg::Archived { by: Mention(by), owner },
        Cause::Archived { by: None } => LogMsg::ArchivedBySomebody { owner },
        Cause::OwnerLeft => LogMsg::OwnerLeft { owner },
        Cause::OwnerLeftGuild => LogMsg::OwnerLeftGuild { owner },
        Cause::Unanswered { by } => LogMsg::Unanswered { by: Mention(by), owner },
    }];
    said.push(LogMsg::OpenFor { time: Length::seconds(entry.open_for) });
    said.extend(people.map(|count| LogMsg::People { count }));
    said
}

fn members(who: &[UserId]) -> MentionList {
    MentionList(who.iter().copied().map(StaffMember::Member).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::channel_posts;
    use crate::domain::ids::{ChannelId, InboxId, ThreadId, TicketId};

    fn entry(happening: Happening) -> Entry {
        Entry {
            channel: ChannelId::new(1),
            ticket: Some(TicketId::new(2)),
            number: Some(12),
            thread: Some(ThreadId::new(3)),
            inbox: Some(InboxId::new(4)),
            owner: UserId::new(5),
            at: 1_700_000_000_000,
            open_for: 3_660,
            happening,
        }
    }

    fn shown(happening: Happening, is_late: bool, reason: Option<&str>) -> String {
        let details = Details { people: Some(3), reason, is_late };
        line(&Locale::default(), GuildId::new(9), &entry(happening), details)
    }

    fn closed() -> Happening {
        Happening::Closed { cause: Cause::Person { by: UserId::new(6) } }
    }

    #[test]
    fn a_line_says_who_closed_what_after_how_long_and_why() {
        assert_eq!(
            shown(closed(), false, Some("Solved")),
            "**#12** https://discord.com/channels/9/3 <@6> has closed the ticket of <@5>. It was open for 1\u{a0}h \
             1\u{a0}min. 3 people were in it.\n> Solved"
        );
    }

    #[test]
    fn a_reason_stays_one_line_and_can_neither_notify_nor_link_nor_format() {
        let reason = "@everyone <@5> [a](https://example.com)\n# big **bold**\n||x|| `y`";
        let line = shown(closed(), false, Some(reason));
        let (_, quoted) = line.split_once("\n> ").unwrap();
        assert!(!quoted.contains('\n'), "{quoted}");
        for harmful in ["@everyone", "<@5", "](", "https://", "**", "||", "\n#"] {
            assert!(!quoted.contains(harmful), "{harmful} in {quoted}");
        }
    }

    #[test]
    fn a_long_reason_leaves_the_line_within_the_limit_of_a_message() {
        let reason = "*".repeat(4_000);
        assert!(text::length(&shown(closed(), true, Some(&reason))) <= 2_000);
        assert!(!shown(closed(), false, Some("\u{200b} \n")).contains("\n>"), "nothing to see is no reason");
    }

    #[test]
    fn a_late_line_says_when_it_happened_and_begins_as_it_would_have_begun() {
        let (soon, late) = (shown(closed(), false, None), shown(closed(), true, None));
        assert_eq!(channel_posts::first_line(&soon), channel_posts::first_line(&late));
        assert!(late.contains("<t:1700000000:f>"), "{late}");
    }

    #[test]
    fn a_ticket_without_a_thread_is_named_by_its_number() {
        let entry = Entry { thread: None, inbox: None, ..entry(Happening::Opened { by: UserId::new(5) }) };
        let line = line(&Locale::default(), GuildId::new(9), &entry, Details::default());
        assert_eq!(line, "**#12** <@5> has opened a ticket.");
    }
}
