//! Whether somebody may open a ticket in an inbox without clicking on its panel: with a command or from a menu.
//!
//! Members reach the inboxes that a panel shows them: without a panel, an inbox is for its staff. Whoever becomes the
//! owner must be able to see the channel of the tickets and write in it, or could not use the ticket.

use super::permissions::{self, Permissions};
use super::rights::{self, Action, Actor, OwnersMay};

/// Who asks, for whom, and what they see. Permissions are worked out from the channels' own overwrites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approach {
    /// The asker is staff of the inbox, or moderates the channel of its tickets.
    pub is_staff: bool,
    /// The ticket is to be another member's.
    pub is_for_other: bool,
    /// What the asker may do in the panel's channel; `None`: there is no panel, or nobody can tell.
    pub in_panel: Option<Permissions>,
    /// What the owner-to-be may do in the channel of the tickets; `None`: nobody can tell.
    pub in_destination: Option<Permissions>,
}

/// Why no ticket is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// For the asker there is no such inbox.
    Unknown,
    /// They see it, but only staff may open tickets for others.
    StaffOnly,
    /// The bot cannot see the channel of the tickets, so nobody can tell who else does.
    Unseen,
    OwnerCannotSee,
    OwnerCannotWrite,
}

/// Lets the ticket be opened, or refuses. What the asker does not see is unknown to them before anything else.
pub fn check(approach: &Approach) -> Result<(), Refusal> {
    let has = |permissions: Permissions, needed| permissions::missing(needed, permissions).is_empty();
    let sees_panel = approach.in_panel.is_some_and(|in_panel| has(in_panel, Permissions::VIEW_CHANNEL));
    if !approach.is_staff && !sees_panel {
        return Err(Refusal::Unknown);
    }
    if approach.is_for_other {
        let actor = Actor { is_staff: approach.is_staff, ..Actor::default() };
        rights::check(Action::OpenForOther, actor, OwnersMay::NOTHING).map_err(|_| Refusal::StaffOnly)?;
    }
    let in_destination = approach.in_destination.ok_or(Refusal::Unseen)?;
    if !has(in_destination, Permissions::VIEW_CHANNEL) {
        return Err(Refusal::OwnerCannotSee);
    }
    if !has(in_destination, permissions::OWNER_NEEDS) {
        return Err(Refusal::OwnerCannotWrite);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEES: Permissions = Permissions::VIEW_CHANNEL;
    const WRITES: Permissions = permissions::OWNER_NEEDS;
    const NOTHING: Permissions = Permissions::NONE;

    #[test]
    fn who_reaches_an_inbox_without_its_panel() {
        use Refusal::{OwnerCannotSee, OwnerCannotWrite, StaffOnly, Unknown, Unseen};
        let table = [
            // staff, for another member, in the panel's channel, the owner in that of the tickets, expected
            (false, false, Some(SEES), Some(WRITES), Ok(())),
            (false, false, None, Some(WRITES), Err(Unknown)),
            (false, false, Some(NOTHING), Some(WRITES), Err(Unknown)),
            (false, false, Some(NOTHING), Some(NOTHING), Err(Unknown)),
            (false, false, Some(SEES), Some(NOTHING), Err(OwnerCannotSee)),
            (false, false, Some(SEES), Some(SEES), Err(OwnerCannotWrite)),
            (false, false, Some(SEES), None, Err(Unseen)),
            (false, true, Some(SEES), Some(WRITES), Err(StaffOnly)),
            (false, true, None, Some(WRITES), Err(Unknown)),
            (true, false, None, Some(WRITES), Ok(())),
            (true, false, Some(NOTHING), Some(WRITES), Ok(())),
            (true, false, Some(SEES), Some(NOTHING), Err(OwnerCannotSee)),
            (true, true, None, Some(WRITES), Ok(())),
            (true, true, Some(NOTHING), Some(SEES), Err(OwnerCannotWrite)),
            (true, true, Some(SEES), Some(NOTHING), Err(OwnerCannotSee)),
            (true, true, Some(SEES), None, Err(Unseen)),
            (false, false, Some(Permissions::ADMINISTRATOR), Some(Permissions::ADMINISTRATOR), Ok(())),
        ];
        for (is_staff, is_for_other, in_panel, in_destination, expected) in table {
            let approach = Approach { is_staff, is_for_other, in_panel, in_destination };
            assert_eq!(check(&approach), expected, "{approach:?}");
        }
    }
}
