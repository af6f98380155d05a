//! Stores a [`Task`] as a step: the name of its kind, its payload and its deadline. Payloads hold ids, names of kinds
//! and times, never anybody's text.

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use serde::{Deserialize, Serialize};

use crate::domain::clock::Timestamp;
use crate::domain::lifecycle::{About, Flags, Left, Notice, Question, Task};
use crate::error::Result;
use crate::storage::lifecycle::Record;
use crate::storage::steps::Step;

pub(super) const OPEN: &str = "open";
pub(super) const CLOSE: &str = "close";
pub(super) const UNLOCK: &str = "unlock";
pub(super) const DISCARD: &str = "discard";
pub(super) const LOOK: &str = "look";

/// The notice of a close, and how it is recognised when it may have been posted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Close {
    /// The name of the notice; `None`: it needs none or was already posted.
    #[serde(with = "notice_name", default)]
    pub notice: Option<Notice>,
    /// By Discord's clock: a notice of this close is newer.
    #[serde(default)]
    pub since: i64,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Look {
    about: WireAbout,
    #[serde(default)]
    left: Option<WireLeft>,
    #[serde(default)]
    seen: Option<WireFlags>,
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
        Task::Unlock => UNLOCK,
        Task::Discard => DISCARD,
        Task::Look(_) => LOOK,
    }
}

/// How long it is retried. A member cannot open another ticket while one of theirs is being opened.
pub(super) const fn retry_for(task: Task) -> Duration {
    match task {
        Task::Open | Task::Look(_) => Duration::from_hours(1),
        Task::Close(_) | Task::Unlock | Task::Discard => Duration::from_hours(24),
    }
}

/// The payload of a task for this ticket.
pub(super) fn payload(task: Task, record: &Record) -> Result<String> {
    let json = match task {
        Task::Close(notice) => {
            let since = record.last_sign_by_discord().map_or(0, Timestamp::millis);
            serde_json::to_string(&Close { notice, since })
        }
        Task::Look(question) => serde_json::to_string(&Look::from(question)),
        Task::Open | Task::Unlock | Task::Discard => return Ok("{}".to_owned()),
    };
    Ok(json.context("write a step's payload")?)
}

/// The task of a stored step; `None`: a kind unknown to this version.
pub(super) fn task(step: &Step) -> Result<Option<Task>> {
    Ok(Some(match step.kind.as_str() {
        OPEN => Task::Open,
        CLOSE => Task::Close(close(step)?.notice),
        UNLOCK => Task::Unlock,
        DISCARD => Task::Discard,
        LOOK => Task::Look(question(step)?),
        _ => return Ok(None),
    }))
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
        let expected = Close { notice: Some(Notice::OwnerLeftGuild), since: 7 };
        assert_eq!(read(r#"{"notice":"owner-left-guild","since":7}"#), expected);
        assert_eq!(read(r#"{"notice":null,"since":7}"#), Close { notice: None, since: 7 });
    }
}
