//! What a journey is about, and where it ends.

use discord_sim::{Message, Request, Thread};

use super::{Journey, Scene, working};

/// The end of a ticket whose thread is deleted.
pub(super) const DELETED: &str = "deleted";

impl Journey {
    pub const EACH: [Self; 32] = [
        Self::Open { moderates: true },
        Self::Open { moderates: false },
        Self::OpenElsewhere,
        Self::OpenFor,
        Self::OpenAbout,
        Self::OpenSlowly,
        Self::OpenRefused,
        Self::OpenForm,
        Self::OwnerLeaves,
        Self::OwnerLeavesGuild,
        Self::StaffArchive,
        Self::StaffBringBack,
        Self::StaffArchiveLogged,
        Self::StaffArchiveExported,
        Self::Claim,
        Self::Reply,
        Self::ModeratorDeletes,
        Self::AdminDeletesInbox,
        Self::AdminAppliesFile,
        Self::StaffClose,
        Self::ScheduledClose,
        Self::StaffAsk,
        Self::OwnerAgrees,
        Self::OwnerKeeps,
        Self::StaffReopen,
        Self::CardPosted,
        Self::CardFollows,
        Self::CardMoves,
        Self::ClaimEnds,
        Self::Transfer,
        Self::Move,
        Self::MoveElsewhere,
    ];

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
        !self.opens() && !matches!(self, Self::ModeratorDeletes | Self::AdminDeletesInbox | Self::AdminAppliesFile)
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
                | Self::OpenForm
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

/// A request of a journey, by its index.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub request: usize,
    /// A read-only request.
    pub is_read: bool,
    /// It answers a person, and needs no rights.
    pub is_answer: bool,
}

impl Point {
    pub(super) fn of(request: usize, asked: &Request) -> Self {
        Self { request, is_read: asked.method == "GET", is_answer: is_answer(asked) }
    }
}

pub fn is_answer(asked: &Request) -> bool {
    ["/interactions/", "/webhooks/"].iter().any(|part| asked.path.contains(part))
}

/// The message with the buttons that decide a closing.
pub fn announcement(thread: &Thread) -> Message {
    thread.messages().into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no announcement")
}
