//! Texts about tickets: in the thread, in the answer to a click on *Create Ticket*, in audit log reasons.

use crate::domain::ids::ChannelId;
use crate::i18n::messages;
use crate::i18n::{Mention, Relative, ThreadLink};

messages! {
    TicketMsg;

    DefaultStarter = "default-starter";
    /// `member`: the id of the ticket's owner.
    TicketAuditReason { member: String } = "ticket-audit-reason";
    TicketUndoneAuditReason = "ticket-undone-audit-reason";
    NoticeOwnerLeft = "notice-owner-left";
    NoticeOwnerLeftGuild = "notice-owner-left-guild";
    NoticeArchived = "notice-archived";
    TicketClosedAuditReason = "ticket-closed-audit-reason";
    TicketDeletedAuditReason = "ticket-deleted-audit-reason";
    TicketReady { ticket: ThreadLink } = "ticket-ready";
    TicketLimit { ticket: ThreadLink } = "ticket-limit";
    TicketOpening = "ticket-opening";
    TicketCooldown { until: Relative } = "ticket-cooldown";
    InboxCrowded = "inbox-crowded";
    InboxUnknown = "inbox-unknown";
    DestinationGone = "destination-gone";
    DestinationForbidden = "destination-forbidden";
    DestinationHidden = "destination-hidden";
    MemberCannotSpeak = "member-cannot-speak";
    MemberPending = "member-pending";
    ThreadVanished = "thread-vanished";
    TooManyThreads = "too-many-threads";
    StarterBlocked = "starter-blocked";
    DiscordUnavailable = "discord-unavailable";
    TicketUncertain = "ticket-uncertain";

    NoTicketHere = "no-ticket-here";
    NotATicket = "not-a-ticket";
    TicketGone = "ticket-gone";
    TicketIsClosed = "ticket-is-closed";
    OwnersMayNot = "owners-may-not";
    StaffOnly = "staff-only";
    ModeratorsOnly = "moderators-only";

    ClaimButton = "claim-button";
    ClaimDone = "claim-done";
    ClaimIsYours = "claim-is-yours";
    ClaimTaken { by: Mention } = "claim-taken";
    ClaimNone = "claim-none";
    ReleaseDone = "release-done";
    LineClaimed { by: Mention } = "line-claimed";
    LineTookOver { by: Mention, from: Mention } = "line-took-over";
    LineReleased { by: Mention } = "line-released";
    LineReleasedOf { by: Mention, from: Mention } = "line-released-of";

    /// `number`: the ticket's, like `#12`.
    DeleteTicketAsked { number: String, ticket: ThreadLink, owner: Mention } = "delete-ticket-asked";
    DeleteTicketButton = "delete-ticket-button";
    DeleteTicketOpen = "delete-ticket-open";
    DeleteTicketGone = "delete-ticket-gone";
    DeleteTicketHidden = "delete-ticket-hidden";
    DeleteTicketLacks { channel: ChannelId } = "delete-ticket-lacks";
    DeleteTicketBegun = "delete-ticket-begun";
    DeleteTicketDone { number: String } = "delete-ticket-done";
    DeleteTicketRefused = "delete-ticket-refused";
}
