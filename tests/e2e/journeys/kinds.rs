//! What a journey is about, and where it ends.

use discord_sim::{Message, Thread};

use super::{Journey, working};

/// The end of a ticket whose thread is deleted.
pub(super) const DELETED: &str = "deleted";

impl Journey {
    /// Whether the bot writes in a channel of the staff.
    pub fn writes_for_staff(self) -> bool {
        matches!(self, Self::StaffArchiveLogged | Self::CardPosted | Self::CardFollows | Self::CardMoves)
    }

    /// Whether it reaches its end without people: what Discord reports is found again, a lost click is not.
    pub fn is_reported(self) -> bool {
        !self.opens() && !matches!(self, Self::ModeratorDeletes | Self::AdminDeletesInbox)
    }

    /// Whether a ticket is opened by it.
    pub(super) fn opens(self) -> bool {
        matches!(
            self,
            Self::Open { .. }
                | Self::OpenElsewhere
                | Self::OpenFor
                | Self::OpenAbout
                | Self::OpenSlowly
                | Self::OpenRefused
                | Self::CardPosted
        )
    }

    /// Whether its inbox has cards.
    pub(super) fn has_cards(self) -> bool {
        matches!(self, Self::CardPosted | Self::CardFollows | Self::CardMoves)
    }

    /// The final state of its ticket.
    pub fn end(self) -> &'static str {
        match self {
            Self::OwnerLeaves
            | Self::OwnerLeavesGuild
            | Self::StaffArchive
            | Self::StaffArchiveLogged
            | Self::StaffClose
            | Self::ScheduledClose
            | Self::OwnerAgrees
            | Self::CardFollows
            | Self::CardMoves => "closed",
            Self::ModeratorDeletes => DELETED,
            Self::MoveElsewhere => working::MOVED,
            // No ticket is left.
            Self::OpenRefused => "gone",
            _ => "open",
        }
    }
}

/// The message with the buttons that decide a closing.
pub(super) fn announcement(thread: &Thread) -> Message {
    thread.messages().into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no announcement")
}
