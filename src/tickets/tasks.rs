//! Stores a [`Task`] as a step: the name of its kind, its payload and its deadline. Payloads hold ids, names of kinds
//! and times, never anybody's text; a text that a step has still to post is sealed beside them.

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use serde::{Deserialize, Serialize};

use crate::domain::clock::Timestamp;
use crate::domain::ids::{MessageId, UserId};
use crate::domain::lifecycle::{About, Closing, Flags, Left, Notice, Question, Restoring, Said, State, Task};
use crate::error::Result;
use crate::storage::lifecycle::Record;
use crate::storage::steps::Step;
use crate::storage::timers::{DELETION, Timer};

pub(super) const OPEN: &str = "open";
pub(super) const CLOSE: &str = "close";
/// The name is older than what else it does.
pub(super) const RESTORE: &str = "unlock";
pub(super) const DISCARD: &str = "discard";
pub(super) const LOOK: &str = "look";
/// An announced closing is due: it belongs to a ticket that is not closed.
pub(super) const DUE: &str = "due";

/// What an opening needs that its ticket does not say.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Open {
    /// It was not asked for in the channel of its thread.
    #[serde(default)]
    elsewhere: bool,
}

/// The notice of a close, and how it is recognised when it may have been posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Close {
    /// The name of the notice; `None`: it needs none or was already posted.
    #[serde(with = "notice_name", default)]
    pub notice: Option<Notice>,
    /// By Discord's clock: a notice of this close is newer.
    #[serde(default)]
    pub since: i64,
    /// Who closed it, or had it scheduled, or asked the owner.
    #[serde(default)]
    pub by: Option<UserId>,
    /// The notice notifies the owner.
    #[serde(default)]
    pub notifies: bool,
    /// Only if they are in the thread, of which the bot is not sure: a mention would bring back who has left.
    #[serde(default)]
    pub in_doubt: bool,
    /// The thread is archived later.
    #[serde(default)]
    pub stays: bool,
    /// When, in milliseconds.
    #[serde(default)]
    pub until: i64,
    /// Messages whose buttons are of no use any more, beside the first one.
    #[serde(default)]
    pub strips: Vec<MessageId>,
}

/// What is done to make a thread usable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Restore {
    /// The name of the state to return to.
    #[serde(default)]
    otherwise: Option<WireState>,
    #[serde(default)]
    says: Option<WireSaid>,
    /// Who asked for it.
    #[serde(default)]
    pub by: Option<UserId>,
    /// Of a closed ticket that is re-opened.
    #[serde(default)]
    pub closing: Option<LastClosing>,
}

/// The close of a ticket that is being re-opened: it returns to it if Discord refuses. Times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastClosing {
    closed_at: i64,
    /// When its thread was to be deleted.
    #[serde(default)]
    deleted_at: Option<i64>,
}

impl LastClosing {
    /// `timers`: the ticket's.
    pub(super) fn of(record: &Record, timers: &[Timer]) -> Option<Self> {
        let closed_at = record.closed_at?.millis();
        let deletion = timers.iter().find(|timer| timer.kind == DELETION);
        Some(Self { closed_at, deleted_at: deletion.map(|timer| timer.due_at.millis()) })
    }

    pub(super) fn closed_at(self) -> Timestamp {
        Timestamp::from_millis(self.closed_at)
    }

    pub(super) fn deleted_at(self) -> Option<Timestamp> {
        self.deleted_at.map(Timestamp::from_millis)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WireState {
    Dormant,
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireSaid {
    Reopened,
    NoRoom,
}

impl Restore {
    pub(super) fn restoring(self) -> Restoring {
        Restoring {
            otherwise: self.otherwise.map(|state| match state {
                WireState::Dormant => State::Dormant,
                WireState::Closed => State::Closed,
            }),
            says: self.says.map(|says| match says {
                WireSaid::Reopened => Said::Reopened,
                WireSaid::NoRoom => Said::NoRoom,
            }),
        }
    }

    fn of(restoring: Restoring, by: Option<UserId>, closing: Option<LastClosing>) -> Self {
        Self {
            otherwise: restoring.otherwise.map(|state| match state {
                State::Dormant => WireState::Dormant,
                State::Opening | State::Open | State::Closed => WireState::Closed,
            }),
            says: restoring.says.map(|says| match says {
                Said::Reopened => WireSaid::Reopened,
                Said::NoRoom => WireSaid::NoRoom,
            }),
            by,
            closing: closing.filter(|_| restoring.otherwise == Some(State::Closed)),
        }
    }
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Look {
    about: WireAbout,
    #[serde(default)]
    left: Option<WireLeft>,
    #[serde(default)]
    seen: Option<WireFlags>,
    #[serde(default)]
    reopened: bool,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WireAbout {
    Owner,
    Absence,
    Thread,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WireLeft {
    Thread,
    Guild,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct WireFlags {
    archived: bool,
    locked: bool,
    at: Option<i64>,
}

pub(super) const fn name(task: Task) -> &'static str {
    match task {
        Task::Open => OPEN,
        Task::Close(_) => CLOSE,
        Task::Restore(_) => RESTORE,
        Task::Discard => DISCARD,
        Task::Look(_) => LOOK,
    }
}

/// How long it is retried. A member cannot open another ticket while one of theirs is being opened.
pub(super) const fn retry_for(task: Task) -> Duration {
    match task {
        Task::Open | Task::Look(_) => Duration::from_hours(1),
        Task::Close(_) | Task::Restore(_) | Task::Discard => Duration::from_hours(24),
    }
}

/// Facts of a task besides the ticket's.
#[derive(Clone, Debug, Default)]
pub(super) struct Particulars {
    pub by: Option<UserId>,
    pub notifies: bool,
    pub in_doubt: bool,
    pub until: Option<Timestamp>,
    pub strips: Vec<MessageId>,
    /// The ticket's close before this event.
    pub closing: Option<LastClosing>,
}

/// The payload of a task for this ticket.
pub(super) fn payload(task: Task, record: &Record, particulars: Particulars) -> Result<String> {
    let Particulars { by, notifies, in_doubt, until, strips, closing } = particulars;
    let json = match task {
        Task::Close(Closing { notice, stays }) => {
            let since = record.last_sign_by_discord().map_or(0, Timestamp::millis);
            serde_json::to_string(&Close {
                notice,
                since,
                by,
                notifies,
                in_doubt,
                stays,
                until: until.map_or(0, Timestamp::millis),
                strips,
            })
        }
        Task::Look(question) => serde_json::to_string(&Look::from(question)),
        Task::Restore(restoring) => serde_json::to_string(&Restore::of(restoring, by, closing)),
        Task::Open | Task::Discard => return Ok("{}".to_owned()),
    };
    Ok(json.context("write a step's payload")?)
}

pub(super) fn opening_payload(elsewhere: bool) -> Result<String> {
    Ok(serde_json::to_string(&Open { elsewhere }).context("write an opening's payload")?)
}

/// Whether an opening was not asked for in the channel of its thread.
pub(super) fn is_elsewhere(step: &Step) -> Result<bool> {
    Ok(serde_json::from_str::<Open>(&step.payload).context("read an opening's payload")?.elsewhere)
}

/// The task of a stored step; `None`: no task of the lifecycle, or a kind unknown to this version.
pub(super) fn task(step: &Step) -> Result<Option<Task>> {
    Ok(Some(match step.kind.as_str() {
        OPEN => Task::Open,
        CLOSE => {
            let close = close(step)?;
            Task::Close(Closing { notice: close.notice, stays: close.stays })
        }
        RESTORE => Task::Restore(restore(step)?.restoring()),
        DISCARD => Task::Discard,
        LOOK => Task::Look(question(step)?),
        _ => return Ok(None),
    }))
}

pub(super) fn restore(step: &Step) -> Result<Restore> {
    Ok(serde_json::from_str(&step.payload).context("read how a thread is restored")?)
}

pub(super) fn close(step: &Step) -> Result<Close> {
    Ok(serde_json::from_str(&step.payload).context("read a close's payload")?)
}

pub(super) fn question(step: &Step) -> Result<Question> {
    Ok(serde_json::from_str::<Look>(&step.payload).context("read a look's payload")?.into())
}

pub(super) fn question_payload(question: Question) -> Result<String> {
    Ok(serde_json::to_string(&Look::from(question)).context("write a look's payload")?)
}

/// The message of an announcement, once posted.
pub(super) fn message_of(timer: &Timer) -> Option<MessageId> {
    #[derive(Deserialize)]
    struct Posted {
        message: Option<MessageId>,
    }
    serde_json::from_str::<Posted>(&timer.payload).ok()?.message
}

/// The ticket of a step.
pub(super) fn ticket(step: &Step) -> Result<crate::domain::ids::TicketId> {
    Ok(step.ticket.ok_or_else(|| anyhow!("a step of the kind {} has no ticket", step.kind))?)
}

impl From<Question> for Look {
    fn from(question: Question) -> Self {
        Self {
            about: match question.about {
                About::Owner => WireAbout::Owner,
                About::Absence => WireAbout::Absence,
                About::Thread => WireAbout::Thread,
            },
            left: question.said.map(|left| match left {
                Left::Thread => WireLeft::Thread,
                Left::Guild => WireLeft::Guild,
            }),
            seen: question.seen.map(|flags| WireFlags {
                archived: flags.archived,
                locked: flags.locked,
                at: flags.changed_at.map(Timestamp::millis),
            }),
            reopened: question.reopened,
        }
    }
}

impl From<Look> for Question {
    fn from(look: Look) -> Self {
        Self {
            about: match look.about {
                WireAbout::Owner => About::Owner,
                WireAbout::Absence => About::Absence,
                WireAbout::Thread => About::Thread,
            },
            said: look.left.map(|left| match left {
                WireLeft::Thread => Left::Thread,
                WireLeft::Guild => Left::Guild,
            }),
            seen: look.seen.map(|flags| Flags {
                archived: flags.archived,
                locked: flags.locked,
                changed_at: flags.at.map(Timestamp::from_millis),
            }),
            reopened: look.reopened,
        }
    }
}

/// The stored names of notices.
mod notice_name {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use crate::domain::lifecycle::Notice;

    #[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde requires this signature")]
    pub(super) fn serialize<S: Serializer>(notice: &Option<Notice>, to: S) -> Result<S::Ok, S::Error> {
        notice.map(Notice::as_str).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Notice>, D::Error> {
        let name = Option::<String>::deserialize(from)?;
        name.map(|name| name.parse().map_err(D::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_reads_back_as_it_was_stored() {
        let seen = Flags { archived: true, locked: false, changed_at: Some(Timestamp::from_seconds(5)) };
        for question in [
            Question::owner(None),
            Question::owner(Some(Left::Guild)),
            Question::owner(Some(Left::Thread)),
            Question::returned(),
            Question::absence(),
            Question::thread(),
            Question::seen(seen),
        ] {
            let stored = question_payload(question).unwrap();
            assert_eq!(Question::from(serde_json::from_str::<Look>(&stored).unwrap()), question, "{stored}");
        }
    }

    #[test]
    fn a_close_carried_over_from_an_earlier_schema_is_read() {
        let read = |text| serde_json::from_str::<Close>(text).unwrap();
        let expected = Close { notice: Some(Notice::OwnerLeftGuild), since: 7, ..Close::default() };
        assert_eq!(read(r#"{"notice":"owner-left-guild","since":7}"#), expected);
        assert_eq!(read(r#"{"notice":null,"since":7}"#), Close { since: 7, ..Close::default() });
    }

    #[test]
    fn a_restoring_reads_back_as_it_was_stored_and_an_earlier_one_only_unlocks() {
        let closing = Some(LastClosing { closed_at: 1_700_000_000_123, deleted_at: Some(1_800_000_000_123) });
        for otherwise in [None, Some(State::Dormant), Some(State::Closed)] {
            for says in [None, Some(Said::Reopened), Some(Said::NoRoom)] {
                let restoring = Restoring { otherwise, says };
                let stored = serde_json::to_string(&Restore::of(restoring, Some(UserId::new(5)), closing)).unwrap();
                let read: Restore = serde_json::from_str(&stored).unwrap();
                assert_eq!((read.restoring(), read.by), (restoring, Some(UserId::new(5))), "{stored}");
                assert_eq!(read.closing, closing.filter(|_| otherwise == Some(State::Closed)), "{stored}");
            }
        }
        let earlier: Restore = serde_json::from_str("{}").unwrap();
        assert_eq!((earlier.restoring(), earlier.closing), (Restoring::SILENT, None));
    }
}
