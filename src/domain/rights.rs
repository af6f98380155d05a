//! Who may do what with a ticket: one table.

/// What somebody wants to do with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Close,
    AskToClose,
    Reopen,
    /// Also release, assign, hold and set the priority.
    Claim,
    /// Through the card. Also discuss on it.
    Join,
    AddMember,
    RemoveMember,
    AddRole,
    Rename,
    Transfer,
    Move,
    OpenForOther,
    Reply,
    Info,
    /// See it in lists and histories.
    List,
    Export,
    Delete,
    Block,
}

/// What somebody is to a ticket. Several may be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Actor {
    pub is_owner: bool,
    /// Listed as a member or by a role.
    pub is_staff: bool,
    /// Has Manage Threads in the ticket's channel, or Manage Server.
    pub is_moderator: bool,
}

/// What an inbox allows the owners of its tickets.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnersMay {
    pub close: bool,
    pub reopen: bool,
    pub add: bool,
    pub export: bool,
}

impl OwnersMay {
    /// Also where there is no ticket yet.
    pub const NOTHING: Self = Self { close: false, reopen: false, add: false, export: false };
}

/// Why an action is refused: who may do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Staff and moderators. Owners may in other inboxes.
    StaffHere,
    StaffOnly,
    ModeratorsOnly,
}

impl Action {
    /// Whether staff that is not more may do it.
    const fn is_for_staff(self) -> bool {
        !matches!(self, Self::Delete)
    }

    /// Whether the inbox lets owners do it; `None`: no inbox does.
    const fn for_owners(self, may: OwnersMay) -> Option<bool> {
        match self {
            Self::Close => Some(may.close),
            Self::Reopen => Some(may.reopen),
            Self::AddMember => Some(may.add),
            Self::Export => Some(may.export),
            // Whom they remove is a further question: nobody who is staff.
            Self::Info | Self::List | Self::RemoveMember => Some(true),
            _ => None,
        }
    }
}

/// Whether the actor may do it.
pub fn check(action: Action, actor: Actor, owners: OwnersMay) -> Result<(), Refusal> {
    let as_owner = action.for_owners(owners);
    let may = actor.is_moderator
        || (actor.is_staff && action.is_for_staff())
        || (actor.is_owner && as_owner.unwrap_or(false));
    match as_owner {
        _ if may => Ok(()),
        _ if !action.is_for_staff() => Err(Refusal::ModeratorsOnly),
        Some(false) if actor.is_owner => Err(Refusal::StaffHere),
        _ => Err(Refusal::StaffOnly),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: OwnersMay = OwnersMay::NOTHING;
    const EVERYTHING: OwnersMay = OwnersMay { close: true, reopen: true, add: true, export: true };
    const OWNER: Actor = Actor { is_owner: true, is_staff: false, is_moderator: false };
    const STAFF: Actor = Actor { is_owner: false, is_staff: true, is_moderator: false };
    const MODERATOR: Actor = Actor { is_owner: false, is_staff: false, is_moderator: true };
    const NOBODY: Actor = Actor { is_owner: false, is_staff: false, is_moderator: false };

    #[test]
    fn the_table_of_rights() {
        use Action as A;
        let table = [
            // action, owner where the inbox allows little, owner where it allows all, staff, moderator
            (A::Close, false, true, true, true),
            (A::AskToClose, false, false, true, true),
            (A::Reopen, false, true, true, true),
            (A::Claim, false, false, true, true),
            (A::Join, false, false, true, true),
            (A::AddMember, false, true, true, true),
            (A::RemoveMember, true, true, true, true),
            (A::AddRole, false, false, true, true),
            (A::Rename, false, false, true, true),
            (A::Transfer, false, false, true, true),
            (A::Move, false, false, true, true),
            (A::OpenForOther, false, false, true, true),
            (A::Reply, false, false, true, true),
            (A::Info, true, true, true, true),
            (A::List, true, true, true, true),
            (A::Export, false, true, true, true),
            (A::Delete, false, false, false, true),
            (A::Block, false, false, true, true),
        ];
        for (action, little, all, staff, moderator) in table {
            assert_eq!(check(action, OWNER, NOTHING).is_ok(), little, "{action:?} by an owner");
            assert_eq!(check(action, OWNER, EVERYTHING).is_ok(), all, "{action:?} by an owner who may all");
            assert_eq!(check(action, STAFF, NOTHING).is_ok(), staff, "{action:?} by staff");
            assert_eq!(check(action, MODERATOR, NOTHING).is_ok(), moderator, "{action:?} by a moderator");
            assert!(check(action, NOBODY, EVERYTHING).is_err(), "{action:?} by somebody else");
        }
    }

    #[test]
    fn a_refusal_says_who_may() {
        assert_eq!(check(Action::Close, OWNER, NOTHING), Err(Refusal::StaffHere));
        assert_eq!(check(Action::Close, NOBODY, NOTHING), Err(Refusal::StaffOnly));
        assert_eq!(check(Action::Rename, OWNER, EVERYTHING), Err(Refusal::StaffOnly));
        assert_eq!(check(Action::Delete, STAFF, EVERYTHING), Err(Refusal::ModeratorsOnly));
    }
}
