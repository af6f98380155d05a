//! Which messages there are, each with its key in the catalog and its typed arguments.
//!
//! A field's name is the argument's name in the Fluent files (`until` is `{ $until }`).

use super::args::{
    Arg, Args, AtLeast, AtMost, InboxLink, InboxList, MentionList, PermissionList, Relative, ThreadLink, TicketState,
};
use super::locale::Locale;
use crate::domain::ids::{ChannelId, GuildId, InboxId, UserId};

macro_rules! messages {
    ($( $(#[$meta:meta])* $name:ident $({ $($field:ident: $kind:ty),+ })? = $key:literal; )+) => {
        /// A sentence a person can read.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Msg { $( $(#[$meta])* $name $({ $($field: $kind),+ })?, )+ }

        impl Msg {
            /// The message's key in the Fluent files.
            pub fn key(&self) -> &'static str {
                match self { $( Self::$name $({ $($field: _),+ })? => $key, )+ }
            }

            pub(super) fn args(&self, #[allow(unused_variables)] locale: &Locale) -> Args {
                match self {
                    $( Self::$name $({ $($field),+ })? => Args::from([
                        $($( (stringify!($field).into(), $field.value(locale)) ),+)?
                    ]), )+
                }
            }

            /// One of each message, for the tests that render them all.
            pub fn samples() -> Vec<Self> {
                vec![ $( Self::$name $({ $($field: <$kind as Arg>::sample()),+ })?, )+ ]
            }
        }
    };
}

messages! {
    // What everybody in a guild reads, in the guild's language.
    CreateTicketButton = "create-ticket-button";
    DefaultStarter = "default-starter";
    /// `member`: the id of the member for whom it is opened.
    TicketAuditReason { member: String } = "ticket-audit-reason";
    TicketUndoneAuditReason = "ticket-undone-audit-reason";
    InboxUndoneAuditReason = "inbox-undone-audit-reason";
    InboxRepostedAuditReason = "inbox-reposted-audit-reason";
    InboxDeletedAuditReason = "inbox-deleted-audit-reason";
    NoticeOwnerLeft = "notice-owner-left";
    NoticeOwnerLeftGuild = "notice-owner-left-guild";
    NoticeArchived = "notice-archived";
    TicketClosedAuditReason = "ticket-closed-audit-reason";

    // What a member reads after a click on Create Ticket.
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
    ThreadVanished = "thread-vanished";
    TooManyThreads = "too-many-threads";
    StarterBlocked = "starter-blocked";
    DiscordUnavailable = "discord-unavailable";
    TicketUncertain = "ticket-uncertain";
    MemberPending = "member-pending";

    // What an admin reads about inboxes.
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
    InboxLine { inbox: InboxId, link: InboxLink, destination: ChannelId } = "inbox-line";
    InboxLineDetached { inbox: InboxId, channel: ChannelId, destination: ChannelId } = "inbox-line-detached";
    InboxLineNoDestination = "inbox-line-no-destination";
    InboxLineForbidden { destination: ChannelId, permissions: PermissionList } = "inbox-line-forbidden";
    MoreInboxes { left: u64 } = "more-inboxes";
    CheckFine { count: u64 } = "check-fine";
    CheckSummary { broken: u64, risks: u64, notes: u64 } = "check-summary";
    CheckMore { left: u64 } = "check-more";
    CheckRunning = "check-running";
    CheckInteractionsEndpoint = "check-interactions-endpoint";
    CheckCodeGrant = "check-code-grant";
    CheckMembersIntentRefused = "check-members-intent-refused";
    CheckMembersIntentOff = "check-members-intent-off";
    CheckMessagesIntentOff = "check-messages-intent-off";
    CheckTimedOut = "check-timed-out";
    CheckNoTwoFactor = "check-no-two-factor";
    CheckAdministrator = "check-administrator";
    CheckExcess { permissions: PermissionList } = "check-excess";
    CheckSharedChannel { channel: ChannelId, inboxes: InboxList } = "check-shared-channel";
    CheckUnasked { left: u64 } = "check-unasked";
    CheckInboxChannelGone = "check-inbox-channel-gone";
    CheckPanelGone { channel: ChannelId } = "check-panel-gone";
    CheckPanelForeign { channel: ChannelId } = "check-panel-foreign";
    CheckPanelUnreadable { channel: ChannelId } = "check-panel-unreadable";
    CheckUncertain { channel: ChannelId } = "check-uncertain";
    CheckNoPrivateThreads { channel: ChannelId } = "check-no-private-threads";
    CheckInboxView { channel: ChannelId } = "check-inbox-view";
    CheckInboxSend { channel: ChannelId } = "check-inbox-send";
    CheckInboxEmbed { channel: ChannelId } = "check-inbox-embed";
    CheckInboxAttach { channel: ChannelId } = "check-inbox-attach";
    CheckTicketsView { channel: ChannelId } = "check-tickets-view";
    CheckTicketsCreate { channel: ChannelId } = "check-tickets-create";
    CheckTicketsSend { channel: ChannelId } = "check-tickets-send";
    CheckTicketsManage { channel: ChannelId } = "check-tickets-manage";
    CheckNoStaff = "check-no-staff";
    CheckStaffAllGone = "check-staff-all-gone";
    CheckRolesGone { staff: MentionList } = "check-roles-gone";
    CheckRolesLarge { staff: MentionList } = "check-roles-large";
    CheckMembersLeft { staff: MentionList } = "check-members-left";
    CheckRolesNotMentionable { channel: ChannelId, staff: MentionList } = "check-roles-not-mentionable";
    CheckRolesBlind { channel: ChannelId, staff: MentionList } = "check-roles-blind";
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

    // What anybody reads about what is held about them.
    PrivacyNothing = "privacy-nothing";
    PrivacyHeld { tickets: u64, inboxes: u64, steps: u64 } = "privacy-held";
    PrivacyServer { server: GuildId, tickets: u64 } = "privacy-server";
    PrivacyTicket { ticket: ThreadLink, state: TicketState, asked: Relative } = "privacy-ticket";
    PrivacyStaff { inbox: InboxId } = "privacy-staff";
    PrivacyMore { left: u64 } = "privacy-more";
    PrivacyDeleteAsked { tickets: u64, kept: u64, inboxes: u64 } = "privacy-delete-asked";
    PrivacyDeleteButton = "privacy-delete-button";
    PrivacyDeleted { tickets: u64, left: u64 } = "privacy-deleted";

    // What the people who run the bot read in a channel.
    CommandsSynced = "commands-synced";
    CommandsSyncedHere = "commands-synced-here";
    CommandsNotSynced = "commands-not-synced";
    ConfigReloaded = "config-reloaded";
    ConfigReloadedInPart = "config-reloaded-in-part";
    ConfigNotReloaded = "config-not-reloaded";

    // What the operator reads after `ticketbot check`, besides the findings.
    CheckNothingYet = "check-nothing-yet";
    CheckServer { guild: String, count: u64 } = "check-server";
    CheckServerFine { guild: String, count: u64 } = "check-server-fine";
    CheckServerLeft { guild: String } = "check-server-left";
    CheckServerUncertain { guild: String, cause: String } = "check-server-uncertain";
    CheckBroken { broken: u64 } = "check-broken";

    // What anybody can read.
    GuildOnly = "guild-only";
    BotNotInServer = "bot-not-in-server";
    OutdatedComponent = "outdated-component";
    ComponentExpired = "component-expired";
    OutdatedCommand = "outdated-command";
    TooSlowForForm = "too-slow-for-form";
    ShuttingDown = "shutting-down";
    RateLimited { until: Relative } = "rate-limited";
    StorageUnavailable { code: String, owner: Option<UserId> } = "storage-unavailable";
    Unexpected { code: String, owner: Option<UserId> } = "unexpected";
}
