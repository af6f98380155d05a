//! What a journey is about, and where it ends.

use discord_sim::{Message, Thread};

use super::{Journey, Scene, working};

/// The end of a ticket whose thread is deleted.
pub(super) const DELETED: &str = "deleted";

impl Journey {
    /// Whether the bot writes in a channel of the staff.
    pub fn writes_for_staff(self) -> bool {
        self.is_logged() || self.has_cards()
    }

    /// Whether its inbox has a log.
    pub(super) fn is_logged(self) -> bool {
        matches!(self, Self::StaffArchiveLogged | Self::StaffArchiveExported)
    }

    /// Whether the moderator archives the thread.
    pub(super) fn is_archived_by_hand(self) -> bool {
        self.is_logged() || matches!(self, Self::StaffArchive | Self::CardFollows | Self::CardMoves)
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
            | Self::StaffArchiveExported
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

impl Scene<'_> {
    /// Gives the inbox its log.
    pub(super) async fn set_log(&mut self, journey: Journey) {
        if !journey.is_logged() {
            return;
        }
        let log = self.town.guild.text_channel("log").create();
        self.ledger.store("UPDATE inbox SET log_channel_id = $1", log.id()).await;
        if journey == Journey::StaffArchiveExported {
            let sql = r#"UPDATE inbox SET settings = '{"log":{"attach_export":true}}' WHERE id > $1"#;
            self.ledger.store(sql, 0_u64).await;
        }
        self.log = Some(log);
    }
}

/// The message with the buttons that decide a closing.
pub(super) fn announcement(thread: &Thread) -> Message {
    thread.messages().into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no announcement")
}
