//! Answers to admins who set up and change inboxes.

use crate::domain::ids::{ChannelId, InboxId};
use crate::i18n::messages;
use crate::i18n::{AtLeast, AtMost, InboxLink, InboxList, MentionList, PermissionList, Relative};

messages! {
    InboxMsg;

    CreateTicketButton = "create-ticket-button";
    InboxUndoneAuditReason = "inbox-undone-audit-reason";
    InboxRepostedAuditReason = "inbox-reposted-audit-reason";
    InboxDeletedAuditReason = "inbox-deleted-audit-reason";
    PanelMenuPlaceholder = "panel-menu-placeholder";
    InboxName { inbox: InboxId, label: String } = "inbox-name";
    CreateWhere = "create-where";
    PanelFull { limit: u64 } = "panel-full";
    PanelGone = "panel-gone";
    AddFormTitle = "add-inbox-form-title";
    AddLabelFormLabel = "add-inbox-label-form-label";
    AddLabelFormPlaceholder = "add-inbox-label-form-placeholder";
    AddEmojiFormLabel = "add-inbox-emoji-form-label";
    AddEmojiFormPlaceholder = "add-inbox-emoji-form-placeholder";
    AddDescriptionFormLabel = "add-inbox-description-form-label";
    AddDescriptionFormPlaceholder = "add-inbox-description-form-placeholder";
    InboxAdded { inbox: InboxId, panel: InboxLink } = "inbox-added";
    AddedNoStaff = "added-no-staff";
    NotAnEmoji = "not-an-emoji";
    EmojiRefused = "emoji-refused";
    PanelLater { channel: ChannelId } = "panel-later";
    WhichInbox { panel: InboxLink } = "which-inbox";
    ChooseInboxPlaceholder = "choose-inbox-placeholder";
    NameOneInbox { inboxes: InboxList } = "name-one-inbox";
    DeleteInboxOfPanelAsked { inbox: InboxId, tickets: u64, others: u64 } = "delete-inbox-of-panel-asked";
    PanelLine { panel: InboxLink, count: u64 } = "panel-line";
    PanelLineDetached { channel: ChannelId, count: u64 } = "panel-line-detached";
    InboxLineOnPanel { inbox: InboxId, label: String, destination: ChannelId } = "inbox-line-on-panel";
    SelectInboxMessage { channel: ChannelId, destination: ChannelId, until: Relative } = "select-inbox-message";
    InboxCreated { inbox: InboxLink } = "inbox-created";
    InboxCreatedNoStaff { inbox: InboxLink } = "inbox-created-no-staff";
    TooManyInboxes { limit: u64 } = "too-many-inboxes";
    SelectInbox { until: Relative } = "select-inbox";
    NotAnInbox { until: Relative } = "not-an-inbox";
    InboxReferenceUnclear = "inbox-reference-unclear";
    InboxGone = "inbox-gone";
    InboxDetached { inbox: InboxId } = "inbox-detached";
    DestinationSet { inbox: InboxLink, destination: ChannelId } = "destination-set";
    DestinationSetDetached { inbox: InboxId, destination: ChannelId } = "destination-set-detached";
    DestinationUnchanged { destination: ChannelId } = "destination-unchanged";
    SelectNewMessage { inbox: InboxLink, until: Relative } = "select-new-message";
    InboxIsItsOwnSource { until: Relative } = "inbox-is-its-own-source";
    InboxMessageReplaced { inbox: InboxLink } = "inbox-message-replaced";
    SelectRepostMessage { inbox: InboxId, channel: ChannelId, until: Relative } = "select-repost-message";
    InboxReposted { inbox: InboxLink } = "inbox-reposted";
    StaffShown { staff: MentionList, beyond: u64 } = "staff-shown";
    StaffChanged { staff: MentionList, beyond: u64 } = "staff-changed";
    StaffUnchanged { staff: MentionList, beyond: u64 } = "staff-unchanged";
    StaffMenuStale { staff: MentionList, beyond: u64 } = "staff-menu-stale";
    StarterFormTitle = "starter-form-title";
    StarterFormLabel = "starter-form-label";
    StarterFormPlaceholder = "starter-form-placeholder";
    StarterSaved = "starter-saved";
    StarterSavedWithoutStaff = "starter-saved-without-staff";
    StarterReset = "starter-reset";
    StarterTooLong = "starter-too-long";
    StarterFormStale = "starter-form-stale";
    NameFormTitle = "name-form-title";
    NameFormLabel = "name-form-label";
    NameFormPlaceholder = "name-form-placeholder";
    NameSaved = "name-saved";
    NameReset = "name-reset";
    NameFormStale = "name-form-stale";
    NoInboxes = "no-inboxes";
    InboxList { count: u64 } = "inbox-list";
    InboxLineForbidden { destination: ChannelId, permissions: PermissionList } = "inbox-line-forbidden";
    MoreInboxes { left: u64 } = "more-inboxes";
    CloseTicketsWithin = "close-tickets-within";
    CloseTicketsNone { inbox: InboxId } = "close-tickets-none";
    CloseTicketsAsked { inbox: InboxId, count: u64 } = "close-tickets-asked";
    CloseTicketsButton { count: u64 } = "close-tickets-button";
    CloseTicketsBegun { inbox: InboxId, count: u64 } = "close-tickets-begun";
    DeleteInboxAsked { inbox: InboxId, tickets: u64 } = "delete-inbox-asked";
    DeleteInboxButton = "delete-inbox-button";
    InboxDeleted { inbox: InboxId } = "inbox-deleted";
    BotLacksPermissions { channel: ChannelId, permissions: PermissionList } = "bot-lacks-permissions";
    BotLacksPermissionsInBoth {
        channel: ChannelId,
        permissions: PermissionList,
        destination: ChannelId,
        destination_permissions: PermissionList
    } = "bot-lacks-permissions-in-both";
    BotTimedOut { until: Relative } = "bot-timed-out";
    InboxMessageForeign { inbox: InboxId } = "inbox-message-foreign";
    BotCannotSee { channel: ChannelId } = "bot-cannot-see";
    ChannelHasNoPrivateThreads { channel: ChannelId } = "channel-has-no-private-threads";
    ChannelGone = "channel-gone";
    NothingPending = "nothing-pending";
    SelectionExpired = "selection-expired";
    SelectionRunning = "selection-running";
    NothingToCopy { until: Relative } = "nothing-to-copy";
    AttachmentsTooLarge { total: AtLeast, limit: AtMost, until: Relative } = "attachments-too-large";
    AttachmentUnreachable { until: Relative } = "attachment-unreachable";
    CopiedWithoutSticker = "copied-without-sticker";
    CopiedWithoutPoll = "copied-without-poll";
    CopiedWithoutPollResult = "copied-without-poll-result";
    CopiedWithoutForward = "copied-without-forward";
    CopiedWithoutComponents = "copied-without-components";
    CopiedWithoutEmbeds = "copied-without-embeds";
    CopiedWithoutEnd = "copied-without-end";
    CopiedWithoutPictures = "copied-without-pictures";
    CopiedWithoutEmoji { channel: ChannelId } = "copied-without-emoji";
    InboxMessageRefused { until: Relative } = "inbox-message-refused";
    InboxMessageBlocked { until: Relative } = "inbox-message-blocked";
}
