//! Texts about the people of a ticket, its place, and what is known of it.

use crate::domain::ids::{ChannelId, InboxId};
use crate::i18n::messages;
use crate::i18n::{Mention, MentionList, PermissionList, PointInTime, PriorityName, Relative, ThreadLink, TicketState};

messages! {
    PeopleMsg;

    PersonCannotSee { who: Mention } = "person-cannot-see";
    PersonTimedOut { who: Mention, until: PointInTime } = "person-timed-out";
    PersonIsBot = "person-is-bot";
    BotLacks { permissions: PermissionList } = "bot-lacks-here";
    ThreadAsleep = "thread-asleep";
    DiscordSilent = "discord-silent";

    AssignDone { who: Mention } = "assign-done";
    AssignNotStaff { who: Mention } = "assign-not-staff";
    AssignedAlready { who: Mention } = "assigned-already";

    AddWhom = "add-whom";
    AddDone { who: Mention } = "add-done";
    AddRoleEveryone = "add-role-everyone";
    AddRoleGone = "add-role-gone";
    AddRoleNotYours { permissions: PermissionList } = "add-role-not-yours";
    AddRoleNotMine { permissions: PermissionList } = "add-role-not-mine";
    AddRoleTooLarge { count: u64, most: u64 } = "add-role-too-large";
    AddRoleEmpty = "add-role-empty";
    AddRoleAsked { role: MentionList, count: u64 } = "add-role-asked";
    AddRoleButton { count: u64 } = "add-role-button";
    AddRoleDone { role: MentionList } = "add-role-done";

    RemoveDone { who: Mention } = "remove-done";
    RemoveOwner = "remove-owner";
    RemoveBot = "remove-bot";
    RemoveStaff { who: Mention } = "remove-staff";
    RemoveNotHere { who: Mention } = "remove-not-here";

    TransferAsked { who: Mention } = "transfer-asked";
    TransferAskedAway { who: Mention, owner: Mention } = "transfer-asked-away";
    TransferButton = "transfer-button";
    TransferDone { who: Mention } = "transfer-done";
    TransferToOwner { who: Mention } = "transfer-to-owner";
    TransferNoRoom { who: Mention } = "transfer-no-room";
    TransferBlocked { who: Mention } = "transfer-blocked";
    NoRoomInServer { who: Mention } = "no-room-in-server";
    TransferStale { owner: Mention } = "transfer-stale";

    RenameDone = "rename-done";
    RenameEmpty = "rename-empty";
    RenameRefused = "rename-refused";
    RenameLimited { until: Relative } = "rename-limited";

    PriorityDone { priority: PriorityName } = "priority-done";
    PriorityLow = "priority-low";
    PriorityNone = "priority-none";
    PriorityHigh = "priority-high";
    PriorityUrgent = "priority-urgent";

    MoveWhich = "move-which";
    MoveWhere = "move-where";
    MoveSame = "move-same";
    MoveUnderWay = "move-under-way";
    MoveNoRoom { who: Mention, inbox: InboxId } = "move-no-room";
    MoveOwnerGone = "move-owner-gone";
    MoveOwnerCannotSee { who: Mention, channel: ChannelId } = "move-owner-cannot-see";
    MoveChannelGone { inbox: InboxId } = "move-channel-gone";
    MoveBotLacks { channel: ChannelId, permissions: PermissionList } = "move-bot-lacks";
    MoveDone { inbox: InboxId, label: String } = "move-done";
    MoveDoneKeeping { inbox: InboxId, label: String, staff: MentionList } = "move-done-keeping";
    MoveRemoveButton = "move-remove-button";
    MoveRemoved { count: u64 } = "move-removed";
    MoveAsked { channel: ChannelId, inbox: InboxId, label: String } = "move-asked";
    MoveButton = "move-button";
    MoveBegun { channel: ChannelId } = "move-begun";
    RenamedAuditReason { by: String } = "renamed-audit-reason";

    InfoTitle { number: u64, ticket: ThreadLink } = "info-title";
    InfoTitleGone { number: u64 } = "info-title-gone";
    InfoState { state: TicketState } = "info-state";
    InfoInbox { inbox: InboxId, label: String, channel: ChannelId } = "info-inbox";
    InfoInboxGone { channel: ChannelId } = "info-inbox-gone";
    InfoOwner { owner: Mention } = "info-owner";
    InfoAsked { at: PointInTime } = "info-asked";
    InfoOpenedBy { by: Mention } = "info-opened-by";
    InfoOpenedByUnknown = "info-opened-by-unknown";
    InfoClaimed { by: Mention, at: PointInTime } = "info-claimed";
    InfoUnclaimed = "info-unclaimed";
    InfoPriority { priority: PriorityName } = "info-priority";
    InfoClosed { at: PointInTime } = "info-closed";
    InfoClosedBy { by: Mention, at: PointInTime } = "info-closed-by";
    InfoScheduled { by: Mention, at: PointInTime } = "info-scheduled";
    InfoAskedToClose { by: Mention } = "info-asked-to-close";
    InfoAskedUntil { by: Mention, at: PointInTime } = "info-asked-until";
    InfoVisibleUntil { at: PointInTime } = "info-visible-until";
    InfoDeletion { at: PointInTime } = "info-deletion";
    InfoMembers { count: u64 } = "info-members";
    InfoHidden = "info-hidden";
    InfoContinues { ticket: ThreadLink, number: u64 } = "info-continues";
    InfoContinuedBy { ticket: ThreadLink, number: u64 } = "info-continued-by";

    SuggestedTicket { number: u64, state: TicketState, date: String } = "suggested-ticket";
    SuggestedOwnTicket { number: u64, state: TicketState, date: String } = "suggested-own-ticket";
    SuggestedInbox { inbox: InboxId, label: String } = "suggested-inbox";

    LineClaimEnded { from: Mention } = "line-claim-ended";
    LineAssigned { by: Mention, to: Mention } = "line-assigned";
    LineAssignedOver { by: Mention, to: Mention, from: Mention } = "line-assigned-over";
    LineAdded { by: Mention, who: Mention } = "line-added";
    LineAddedRole { by: Mention, role: MentionList } = "line-added-role";
    LineRemoved { by: Mention, who: Mention } = "line-removed";
    LineLeft { by: Mention } = "line-left";
    LineRenamed { by: Mention } = "line-renamed";
    LineTransferred { by: Mention, from: Mention, to: Mention } = "line-transferred";
    LineTransferredAway { by: Mention, from: Mention, to: Mention } = "line-transferred-away";
    LineMoved { by: Mention, label: String } = "line-moved";
    LineMovedHere { ticket: ThreadLink, channel: ChannelId } = "line-moved-here";
    LineNotRepeated { ticket: ThreadLink } = "line-not-repeated";
    LineMovedFromNowhere = "line-moved-from-nowhere";
    LineMovedAway { by: Mention, ticket: ThreadLink } = "line-moved-away";
    LineNotMoved { by: Mention } = "line-not-moved";
}
