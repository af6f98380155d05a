//! The pending "select this message" step: what an admin's next selection will be used for, and for how long.
//!
//! One step per admin and guild, the newest wins, used once: `storage` keeps to that and saves it across restarts.

use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{ChannelId, InboxId};

/// How long an admin has to select a message after the command.
pub const PENDING_FOR: Duration = Duration::from_mins(3);

/// What the selected message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its text is for a new inbox in `channel`; tickets go to `destination`, else to `channel`.
    CreateInbox { channel: ChannelId, destination: Option<ChannelId> },
    /// It is an inbox, and this is to be done with it.
    PickInbox(Task),
    /// Its text replaces that of the inbox.
    ReplaceMessage { inbox: InboxId },
    /// Its text is for the inbox, which is posted again in `channel`.
    Repost { inbox: InboxId, channel: ChannelId },
}

/// What is done with an inbox that an admin has picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    SetDestination(ChannelId),
    ReplaceMessage,
    EditStaff,
    EditStarter,
    EditName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    pub step: Step,
    /// The first moment at which it does not count any more.
    pub expires_at: Timestamp,
}

impl Pending {
    pub fn new(step: Step, now: Timestamp) -> Self {
        Self { step, expires_at: now + PENDING_FOR }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This admin started nothing.
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
    const STEP: Step = Step::CreateInbox { channel: ChannelId::new(1), destination: Some(ChannelId::new(2)) };

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
