//! The text of a log line: the ticket and what happened; below, the reason and, if it is late, when it happened.

use std::collections::HashMap;

use super::{Entry, LogMsg};
use crate::discord::channel_posts;
use crate::domain::clock::Timestamp;
use crate::domain::happening::{Cause, Deleted, Happening};
use crate::domain::ids::{GuildId, InboxId, UserId};
use crate::domain::staff::StaffMember;
use crate::domain::text;
use crate::i18n::{self, InboxName, InboxNames, Length, Locale, Mention, MentionList, PointInTime, ThreadLink};

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

/// What the buttons of the inboxes of a line say.
pub(super) enum Labels {
    Known(HashMap<InboxId, String>),
    /// To recognise a line with whatever labels.
    Any,
}

/// Stands for any label. No label has it, because labels are single lines.
const ANY: &str = "\n";

impl Labels {
    fn name(&self, inbox: InboxId) -> InboxName {
        let label = match self {
            Self::Known(labels) => labels.get(&inbox).cloned(),
            Self::Any => Some(ANY.to_owned()),
        };
        InboxName { inbox, label }
    }

    fn names(&self, inboxes: &[InboxId]) -> InboxNames {
        InboxNames(inboxes.iter().map(|inbox| self.name(*inbox)).collect())
    }
}

/// The inboxes that a line names.
pub(super) fn inboxes(entry: &Entry) -> Vec<InboxId> {
    match &entry.happening {
        Happening::Opened { .. } | Happening::OpenedFor { .. } => entry.inbox.into_iter().collect(),
        Happening::Moved { from, to, .. } => from.iter().chain([to]).copied().collect(),
        Happening::ClosedMany { inbox, .. } => vec![*inbox],
        Happening::Blocked { inboxes, .. } | Happening::Unblocked { inboxes, .. } => inboxes.clone(),
        _ => Vec::new(),
    }
}

/// Whether a posted line is this one. An earlier attempt may have counted the people in a closed ticket. Inboxes may have
/// other labels since then; those that were deleted have none.
pub(super) fn is_posted(locale: &Locale, guild: GuildId, entry: &Entry, posted: &str) -> bool {
    let posted = channel_posts::first_line(posted);
    let bare = line(locale, guild, entry, &Labels::Any, Details::default());
    let label = format!(" ({ANY})");
    let mut parts = bare.split(label.as_str());
    let Some(mut rest) = parts.next().and_then(|first| posted.strip_prefix(first)) else { return false };
    for part in parts {
        let after = match rest.strip_prefix(" (") {
            Some(labelled) => closing(labelled).map(|at| &labelled[at + 1..]),
            None => Some(rest),
        };
        let Some(after) = after.and_then(|after| after.strip_prefix(part)) else { return false };
        rest = after;
    }
    rest.is_empty() || matches!(entry.happening, Happening::Closed { .. })
}

/// Where a bracket closes: those of the label in it are escaped.
fn closing(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().find_map(|(at, letter)| {
        let closes = letter == ')' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        closes.then_some(at)
    })
}

/// The line. A posted one is recognised by its first line.
pub(super) fn line(locale: &Locale, guild: GuildId, entry: &Entry, labels: &Labels, details: Details<'_>) -> String {
    let Details { people, reason, is_late } = details;
    let mut line = entry.number.map(|number| format!("**#{number}**")).unwrap_or_default();
    if let Some(thread) = entry.thread {
        line.push(' ');
        line += &ThreadLink { guild, thread }.to_string();
    }
    for msg in sentences(entry, labels, people) {
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

fn sentences(entry: &Entry, labels: &Labels, people: Option<u64>) -> Vec<LogMsg> {
    let owner = Mention(entry.owner);
    let name = |inbox: InboxId| labels.name(inbox);
    let msg = match entry.happening.clone() {
        Happening::Opened { by } => LogMsg::Opened { by: Mention(by), inbox: entry.inbox.map(name) },
        Happening::OpenedFor { by, owner } => {
            LogMsg::OpenedFor { by: Mention(by), owner: Mention(owner), inbox: entry.inbox.map(name) }
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
        Happening::Moved { by, from, to, successor } => {
            let (by, from, to) = (Mention(by), from.map(name), name(to));
            match successor {
                Some(number) => LogMsg::MovedAway { by, from, to, number: format!("#{number}") },
                None => LogMsg::Moved { by, from, to },
            }
        }
        Happening::Transferred { by, from, to } => {
            LogMsg::Transferred { by: Mention(by), from: Mention(from), to: Mention(to) }
        }
        Happening::Added { by, who } if who == [by] => LogMsg::Joined { by: Mention(by) },
        Happening::Added { by, who } => LogMsg::Added { by: Mention(by), who: members(&who) },
        Happening::AddedRole { by, role } => {
            LogMsg::Added { by: Mention(by), who: MentionList(vec![StaffMember::Role(role)]) }
        }
        Happening::Removed { by, who } if who == [by] => LogMsg::Left { by: Mention(by) },
        Happening::Removed { by, who } => LogMsg::Removed { by: Mention(by), who: members(&who) },
        Happening::Deleted { how: Deleted::Person { by } } => LogMsg::Deleted { by: Mention(by), owner },
        Happening::Deleted { how: Deleted::InTime { days } } => LogMsg::DeletedInTime { days: days.into(), owner },
        Happening::Deleted { how: Deleted::ByHand } => LogMsg::DeletedByHand { owner },
        Happening::ClosedMany { by, inbox, count } => LogMsg::ClosedMany { by: Mention(by), inbox: name(inbox), count },
        Happening::Blocked { by, who, inboxes, ends_at } => return blocked(by, who, labels.names(&inboxes), ends_at),
        Happening::Unblocked { by, who, inboxes } => unblocked(by, Mention(who), labels.names(&inboxes)),
    };
    vec![msg]
}

fn unblocked(by: Option<UserId>, who: Mention, inboxes: InboxNames) -> LogMsg {
    match (by.map(Mention), inboxes.0.is_empty()) {
        (Some(by), true) => LogMsg::Unblocked { by, who },
        (Some(by), false) => LogMsg::UnblockedIn { by, who, inboxes },
        (None, true) => LogMsg::UnblockedByOperator { who },
        (None, false) => LogMsg::UnblockedByOperatorIn { who, inboxes },
    }
}

fn blocked(by: Option<UserId>, who: UserId, inboxes: InboxNames, ends_at: Option<i64>) -> Vec<LogMsg> {
    let who = Mention(who);
    let mut said = vec![match (by.map(Mention), inboxes.0.is_empty()) {
        (Some(by), true) => LogMsg::Blocked { by, who },
        (Some(by), false) => LogMsg::BlockedIn { by, who, inboxes },
        (None, true) => LogMsg::BlockedByOperator { who },
        (None, false) => LogMsg::BlockedByOperatorIn { who, inboxes },
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
    use crate::domain::ids::{ChannelId, ThreadId, TicketId};

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

    fn bills() -> Labels {
        Labels::Known(HashMap::from([(InboxId::new(4), "Bills @here".to_owned())]))
    }

    fn shown(happening: Happening, is_late: bool, reason: Option<&str>) -> String {
        let details = Details { people: Some(3), reason, is_late };
        line(&Locale::default(), GuildId::new(9), &entry(happening), &bills(), details)
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
        let line = line(&Locale::default(), GuildId::new(9), &entry, &bills(), Details::default());
        assert_eq!(line, "**#12** <@5> has opened a ticket.");
    }

    #[test]
    fn an_inbox_is_named_by_its_number_and_by_what_its_button_says() {
        let (anna, mona) = (UserId::new(5), UserId::new(6));
        let [bills, gone] = [4, 7].map(InboxId::new);
        let table = [
            (Happening::Opened { by: anna }, "<@5> has opened a ticket in inbox 4 (Bills @\u{200b}here)."),
            (
                Happening::Moved { by: mona, from: Some(gone), to: bills, successor: Some(13) },
                "<@6> has moved this ticket from inbox 7 to inbox 4 (Bills @\u{200b}here). It goes on as #13.",
            ),
            (
                Happening::Blocked { by: Some(mona), who: anna, inboxes: vec![bills, gone], ends_at: None },
                "<@6> has blocked <@5> from opening tickets in these inboxes: 4 (Bills @\u{200b}here), 7.",
            ),
        ];
        for (happening, expected) in table {
            let line = shown(happening, false, None);
            assert!(line.ends_with(&format!("channels/9/3 {expected}")), "{line}");
        }
    }

    #[test]
    fn names_of_many_inboxes_leave_the_line_within_the_limit_of_a_message() {
        let inboxes: Vec<InboxId> = (1..=25).map(InboxId::new).collect();
        let labels = Labels::Known(inboxes.iter().map(|inbox| (*inbox, "*".repeat(80))).collect());
        let entry =
            entry(Happening::Blocked { by: None, who: UserId::new(5), inboxes, ends_at: Some(1_700_000_000_000) });
        let reason = "*".repeat(4_000);
        for locale in i18n::locales() {
            let details = Details { reason: Some(&reason), ..Details::default() };
            let line = line(&locale, GuildId::new(u64::MAX), &entry, &labels, details);
            assert!(text::length(&line) <= 2_000, "{locale}: {line}");
        }
    }

    #[test]
    fn a_posted_line_is_recognised_whatever_the_inboxes_were_called_then() {
        let [four, seven, forty] = [4, 7, 40].map(InboxId::new);
        let moved = |from, to| Happening::Moved { by: UserId::new(6), from, to, successor: None };
        let table = [
            (moved(Some(four), seven), moved(Some(four), seven), true),
            (moved(Some(four), seven), moved(Some(seven), four), false),
            (moved(Some(four), seven), moved(Some(four), four), false),
            (moved(Some(four), seven), moved(Some(forty), seven), false),
            (moved(None, seven), moved(Some(four), seven), false),
            (Happening::Opened { by: UserId::new(5) }, Happening::Opened { by: UserId::new(5) }, true),
            (Happening::Opened { by: UserId::new(6) }, Happening::Opened { by: UserId::new(5) }, false),
            (closed(), closed(), true),
        ];
        let labelled = |label: &str| {
            let label = |inbox| (inbox, label.to_owned());
            Labels::Known([four, seven, forty].into_iter().map(label).collect())
        };
        let all = [Labels::Known(HashMap::new()), bills(), labelled("a) to inbox 7 (b"), labelled("x).\\")];
        for (posted, asked, expected) in table {
            for labels in &all {
                let details = Details { people: Some(3), reason: Some("Solved"), is_late: true };
                let posted = line(&Locale::default(), GuildId::new(9), &entry(posted.clone()), labels, details);
                let is_it = is_posted(&Locale::default(), GuildId::new(9), &entry(asked.clone()), &posted);
                assert_eq!(is_it, expected, "{posted}\n{asked:?}");
            }
        }
    }
}
