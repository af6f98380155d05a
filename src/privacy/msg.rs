//! Answers to people about their stored data.

use crate::domain::ids::{GuildId, InboxId};
use crate::i18n::messages;
use crate::i18n::{PointInTime, Relative, ThreadLink, TicketState};

messages! {
    PrivacyMsg;

    Nothing = "privacy-nothing";
    Held { tickets: u64, inboxes: u64, steps: u64, handled: u64 } = "privacy-held";
    Server { server: GuildId, tickets: u64 } = "privacy-server";
    Ticket { ticket: ThreadLink, state: TicketState, asked: Relative } = "privacy-ticket";
    Staff { inbox: InboxId } = "privacy-staff";
    /// Of the person.
    Block { inbox: Option<InboxId> } = "privacy-block";
    BlockUntil { inbox: Option<InboxId>, until: PointInTime } = "privacy-block-until";
    BlocksStay { count: u64 } = "privacy-blocks-stay";
    More { left: u64 } = "privacy-more";
    DeleteAsked { tickets: u64, kept: u64, inboxes: u64, handled: u64 } = "privacy-delete-asked";
    DeleteButton = "privacy-delete-button";
    Deleted { tickets: u64, left: u64 } = "privacy-deleted";
}
