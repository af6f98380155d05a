//! The pending "select this message" step: the purpose and lifetime of an admin's next selection.
//!
//! One step per admin and guild, the newest wins, used once: `storage` enforces that and keeps it across restarts.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{ChannelId, InboxId};

/// How long an admin has to select a message after the command.
pub const PENDING_FOR: Duration = Duration::from_mins(3);

/// The purpose of the selected message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its text is for a new panel in `channel`; tickets go to `destination`, else to `channel`. The inbox gets the
    /// settings and the staff of `like`.
    CreateInbox { channel: ChannelId, destination: Option<ChannelId>, like: Option<InboxId> },
    /// It is an inbox, the target of this task.
    PickInbox(Task),
    /// Its text replaces that of the inbox's panel.
    ReplaceMessage { inbox: InboxId },
    /// It is shown below the text of the inbox's first messages.
    CopyFirst { inbox: InboxId },
    /// Its text is for the inbox's panel, which is reposted in `channel`.
    Repost { inbox: InboxId, channel: ChannelId },
}

/// What to do with the inbox that an admin chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    SetDestination(ChannelId),
    ReplaceMessage,
    EditStaff,
    EditStarter,
    EditFirst,
    EditName,
    Settings,
    Delete,
}

/// In ids of components.
impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetDestination(channel) => write!(f, "{DESTINATION}{channel}"),
            Self::ReplaceMessage => f.write_str("message"),
            Self::EditStaff => f.write_str("staff"),
            Self::EditStarter => f.write_str("starter"),
            Self::EditFirst => f.write_str("first"),
            Self::EditName => f.write_str("name"),
            Self::Settings => f.write_str("settings"),
            Self::Delete => f.write_str("delete"),
        }
    }
}

const DESTINATION: &str = "destination-";

/// The text is no task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a task")]
pub struct ParseTaskError;

impl FromStr for Task {
    type Err = ParseTaskError;

    fn from_str(text: &str) -> Result<Self, ParseTaskError> {
        match text {
            "message" => Ok(Self::ReplaceMessage),
            "staff" => Ok(Self::EditStaff),
            "starter" => Ok(Self::EditStarter),
            "first" => Ok(Self::EditFirst),
            "name" => Ok(Self::EditName),
            "settings" => Ok(Self::Settings),
            "delete" => Ok(Self::Delete),
            _ => {
                let channel = text.strip_prefix(DESTINATION).and_then(|channel| channel.parse().ok());
                channel.map(Self::SetDestination).ok_or(ParseTaskError)
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    pub step: Step,
    /// The first moment at which it is invalid.
    pub expires_at: Timestamp,
}

impl Pending {
    pub fn new(step: Step, now: Timestamp) -> Self {
        Self { step, expires_at: now + PENDING_FOR }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The admin has no pending step.
    Nothing,
    /// They took longer than [`PENDING_FOR`].
    Expired,
}

/// The step that a selection at `now` completes.
pub fn check(pending: Option<Pending>, now: Timestamp) -> Result<Step, Refusal> {
    let pending = pending.ok_or(Refusal::Nothing)?;
    if now < pending.expires_at { Ok(pending.step) } else { Err(Refusal::Expired) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const STEP: Step =
        Step::CreateInbox { channel: ChannelId::new(1), destination: Some(ChannelId::new(2)), like: None };

    #[test]
    fn a_task_reads_back_as_it_is_written() {
        for task in [
            Task::SetDestination(ChannelId::new(u64::MAX)),
            Task::ReplaceMessage,
            Task::EditStaff,
            Task::EditStarter,
            Task::EditFirst,
            Task::EditName,
            Task::Settings,
            Task::Delete,
        ] {
            assert_eq!(task.to_string().parse(), Ok(task));
        }
        assert_eq!("destination-".parse::<Task>(), Err(ParseTaskError));
    }

    #[test]
    fn a_selection_counts_for_three_minutes() {
        let pending = Some(Pending::new(STEP, NOW));
        let table = [
            (Duration::ZERO, Ok(STEP)),
            (Duration::from_millis(179_999), Ok(STEP)),
            (PENDING_FOR, Err(Refusal::Expired)),
            (Duration::from_hours(24), Err(Refusal::Expired)),
        ];
        for (later, expected) in table {
            assert_eq!(check(pending, NOW + later), expected, "{later:?}");
        }
    }

    #[test]
    fn a_selection_without_a_command_completes_nothing() {
        assert_eq!(check(None, NOW), Err(Refusal::Nothing));
    }
}
