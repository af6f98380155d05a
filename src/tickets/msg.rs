//! Texts about tickets: in the thread, in the answer to a click on *Create Ticket*, in audit log reasons.

use crate::domain::ids::ChannelId;
use crate::i18n::messages;
use crate::i18n::{Mention, PointInTime, Relative, ThreadLink};

messages! {
    TicketMsg;

    DefaultStarter = "default-starter";
    StaffWord = "staff-word";
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
    InboxRemoved = "inbox-removed";
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
    /// Somebody else has claimed it by now.
    ClaimIsOthers { by: Mention } = "claim-is-others";
    ReleaseButton = "release-button";
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
    /// Below the question.
    DeleteTicketExportPending = "delete-ticket-export-pending";
    DeleteTicketLacks { channel: ChannelId } = "delete-ticket-lacks";
    DeleteTicketBegun = "delete-ticket-begun";
    DeleteTicketDone { number: String } = "delete-ticket-done";
    DeleteTicketRefused = "delete-ticket-refused";

    CloseButton = "close-button";
    CloseFormTitle = "close-form-title";
    CloseReasonLabel = "close-reason-label";
    CloseReasonOptional = "close-reason-optional";
    CloseReasonRequired = "close-reason-required";
    CloseReasonMissing = "close-reason-missing";
    CloseAsk = "close-ask";
    CloseDone = "close-done";
    CloseScheduled { at: PointInTime } = "close-scheduled";
    DelayUnreadable = "delay-unreadable";
    DelayOutOfRange = "delay-out-of-range";
    DelayNeedsMessages = "delay-needs-messages";
    TicketNotReady = "ticket-not-ready";
    NoticeArchivedOf { owner: Mention } = "notice-archived-of";
    NoticeReopen = "notice-reopen";
    NoticeClosed { by: Mention, owner: Mention } = "notice-closed";
    NoticeClosedBy { by: Mention } = "notice-closed-by";
    NoticeClosedByOwner { owner: Mention } = "notice-closed-by-owner";
    NoticeScheduled { by: Mention, owner: Mention } = "notice-scheduled";
    NoticeScheduledBy { by: Mention } = "notice-scheduled-by";
    NoticeAgreed { owner: Mention } = "notice-agreed";
    NoticeUnanswered { by: Mention, owner: Mention } = "notice-unanswered";
    NoticeUnansweredBy { by: Mention } = "notice-unanswered-by";
    ReasonBlocked = "reason-blocked";
    NoticeStays { until: PointInTime } = "notice-stays";
    Announced { owner: Mention, by: Mention, at: PointInTime } = "announced";
    AnnouncedByOwner { owner: Mention, at: PointInTime } = "announced-by-owner";
    CancelButton = "cancel-button";
    CancelDone = "cancel-done";
    Asked { owner: Mention, by: Mention } = "asked";
    AskedUntil { owner: Mention, by: Mention, at: PointInTime } = "asked-until";
    AskDone = "ask-done";
    AskDoneUntil { at: PointInTime } = "ask-done-until";
    AgreeButton = "agree-button";
    KeepButton = "keep-button";
    KeepDone = "keep-done";
    OwnerOnly = "owner-only";
    AlreadyDecided = "already-decided";
    SettledCancelled { by: Mention } = "settled-cancelled";
    SettledKept { by: Mention } = "settled-kept";
    SettledOwnerWrote { owner: Mention } = "settled-owner-wrote";
    SettledTransferred { owner: Mention } = "settled-transferred";
    SettledOvertaken = "settled-overtaken";
    LineNotAnnounced { by: Mention } = "line-not-announced";

    ReopenDone { ticket: ThreadLink } = "reopen-done";
    ReopenPending { ticket: ThreadLink } = "reopen-pending";
    ReopenWithoutOwner { ticket: ThreadLink } = "reopen-without-owner";
    ReopenRefused { channel: ChannelId } = "reopen-refused";
    /// It is locked.
    ReopenLacks { channel: ChannelId } = "reopen-lacks";
    ReopenIsOpen = "reopen-is-open";
    ReopenTooLate = "reopen-too-late";
    ReopenTooSoon = "reopen-too-soon";
    ReopenNoRoom = "reopen-no-room";
    ReopenHidden = "reopen-hidden";
    ReopenThreadGone = "reopen-thread-gone";
    LineReopened { by: Mention } = "line-reopened";
    LineReopenedFor { by: Mention, owner: Mention } = "line-reopened-for";
    LineReopenedOwnerLeft { by: Mention } = "line-reopened-owner-left";
    LineReopenedOwnerHidden { by: Mention } = "line-reopened-owner-hidden";
    LineReopenedOwnerMissing { by: Mention } = "line-reopened-owner-missing";
    LineNoRoom { owner: Mention } = "line-no-room";
}
