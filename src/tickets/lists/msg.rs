//! Texts of lists of tickets.

use crate::domain::ids::InboxId;
use crate::i18n::messages;
use crate::i18n::{Length, Mention, PointInTime, PriorityName, TicketState};

messages! {
    ListMsg;

    TitleOpen = "list-title-open";
    TitleDormant = "list-title-dormant";
    TitleClosed = "list-title-closed";
    TitleAll = "list-title-all";
    HistoryOwn = "list-history-own";
    History { owner: Mention } = "list-history";
    OfInbox { inbox: InboxId } = "list-of-inbox";
    InInbox { inbox: InboxId, label: String } = "list-in-inbox";
    Total { count: u64 } = "list-total";
    MoreThanCounted = "list-more-than-counted";
    ClaimedBy { by: Mention } = "list-claimed-by";
    OwnedBy { owner: Mention } = "list-owned-by";
    OlderThan { age: Length } = "list-older-than";
    NewestFirst = "list-newest-first";
    OldestFirst = "list-oldest-first";
    MostUrgentFirst = "list-most-urgent-first";

    ThreadGone = "list-thread-gone";
    State { state: TicketState } = "list-state";
    Asked { at: PointInTime } = "list-asked";
    ClosedAt { at: PointInTime } = "list-closed-at";
    Priority { priority: PriorityName } = "list-priority";

    Empty = "list-empty";
    Partial = "list-partial";
    OwnOnly = "list-own-only";
    AgeOutOfRange = "list-age-out-of-range";
    BackButton = "list-back-button";
    NextButton = "list-next-button";
    RefreshButton = "list-refresh-button";

    /// Choices of an option.
    ChoiceOpen = "list-choice-open";
    ChoiceDormant = "list-choice-dormant";
    ChoiceClosed = "list-choice-closed";
    ChoiceAll = "list-choice-all";
    ChoiceNewest = "list-choice-newest";
    ChoiceOldest = "list-choice-oldest";
    ChoicePriority = "list-choice-priority";
}
