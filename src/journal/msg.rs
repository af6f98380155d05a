//! The sentences of log lines, in the server's language.

use crate::i18n::messages;
use crate::i18n::{InboxName, InboxNames, Length, Mention, MentionList, PointInTime};

messages! {
    LogMsg;

    Opened { by: Mention, inbox: Option<InboxName> } = "log-opened";
    OpenedFor { by: Mention, owner: Mention, inbox: Option<InboxName> } = "log-opened-for";
    Claimed { by: Mention } = "log-claimed";
    TookOver { by: Mention, from: Mention } = "log-took-over";
    Released { by: Mention } = "log-released";
    ReleasedOf { by: Mention, from: Mention } = "log-released-of";
    ReleasedItself { from: Mention } = "log-released-itself";
    Assigned { by: Mention, to: Mention } = "log-assigned";
    Reassigned { by: Mention, to: Mention, from: Mention } = "log-reassigned";
    Closed { by: Mention, owner: Mention } = "log-closed";
    ClosedOwn { by: Mention } = "log-closed-own";
    ClosedMany { by: Mention, inbox: InboxName, count: u64 } = "log-closed-many";
    Archived { by: Mention, owner: Mention } = "log-archived";
    ArchivedBySomebody { owner: Mention } = "log-archived-by-somebody";
    OwnerLeft { owner: Mention } = "log-owner-left";
    OwnerLeftGuild { owner: Mention } = "log-owner-left-guild";
    Unanswered { by: Mention, owner: Mention } = "log-unanswered";
    OpenFor { time: Length } = "log-open-for";
    People { count: u64 } = "log-people";
    Reopened { by: Mention, owner: Mention } = "log-reopened";
    ReopenedByHand { owner: Mention } = "log-reopened-by-hand";
    Moved { by: Mention, from: Option<InboxName>, to: InboxName } = "log-moved";
    /// `number`: the successor's, like `#12`.
    MovedAway { by: Mention, from: Option<InboxName>, to: InboxName, number: String } = "log-moved-away";
    Transferred { by: Mention, from: Mention, to: Mention } = "log-transferred";
    Added { by: Mention, who: MentionList } = "log-added";
    Joined { by: Mention } = "log-joined";
    Removed { by: Mention, who: MentionList } = "log-removed";
    Left { by: Mention } = "log-left";
    Deleted { by: Mention, owner: Mention } = "log-deleted";
    DeletedInTime { days: u64, owner: Mention } = "log-deleted-in-time";
    DeletedByHand { owner: Mention } = "log-deleted-by-hand";
    Blocked { by: Mention, who: Mention } = "log-blocked";
    BlockedIn { by: Mention, who: Mention, inboxes: InboxNames } = "log-blocked-in";
    BlockedUntil { until: PointInTime } = "log-blocked-until";
    UnblockedIn { by: Mention, who: Mention, inboxes: InboxNames } = "log-unblocked-in";
    Unblocked { by: Mention, who: Mention } = "log-unblocked";
    BlockedByOperator { who: Mention } = "log-blocked-by-operator";
    BlockedByOperatorIn { who: Mention, inboxes: InboxNames } = "log-blocked-by-operator-in";
    UnblockedByOperator { who: Mention } = "log-unblocked-by-operator";
    UnblockedByOperatorIn { who: Mention, inboxes: InboxNames } = "log-unblocked-by-operator-in";
    ReopenButton = "log-reopen-button";
    Late { at: PointInTime } = "log-late";
}
