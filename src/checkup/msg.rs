//! What a check reports, to an admin with `/inbox check` and to the operator with `ticketbot check`.

use crate::domain::ids::{ChannelId, InboxId};
use crate::i18n::messages;
use crate::i18n::{InboxLink, InboxList, MentionList, PermissionList, ThreadList};

messages! {
    CheckMsg;

    InboxLine { inbox: InboxId, link: InboxLink, destination: ChannelId } = "inbox-line";
    InboxLineDetached { inbox: InboxId, channel: ChannelId, destination: ChannelId } = "inbox-line-detached";
    InboxLineNoDestination = "inbox-line-no-destination";
    Fine { count: u64 } = "check-fine";
    Summary { broken: u64, risks: u64, notes: u64 } = "check-summary";
    More { left: u64 } = "check-more";
    Running = "check-running";
    MembersIntentRefused = "check-members-intent-refused";
    InteractionsEndpoint = "check-interactions-endpoint";
    CodeGrant = "check-code-grant";
    MembersIntentOff = "check-members-intent-off";
    MessagesIntentOff = "check-messages-intent-off";
    TimedOut = "check-timed-out";
    NoTwoFactor = "check-no-two-factor";
    Administrator = "check-administrator";
    Excess { permissions: PermissionList } = "check-excess";
    SharedChannel { channel: ChannelId, inboxes: InboxList } = "check-shared-channel";
    Unasked { left: u64 } = "check-unasked";
    TicketsHidden { count: u64, threads: ThreadList } = "check-tickets-hidden";
    InboxChannelGone = "check-inbox-channel-gone";
    PanelGone { channel: ChannelId } = "check-panel-gone";
    PanelForeign { channel: ChannelId } = "check-panel-foreign";
    PanelUnreadable { channel: ChannelId } = "check-panel-unreadable";
    Uncertain { channel: ChannelId } = "check-uncertain";
    NoPrivateThreads { channel: ChannelId } = "check-no-private-threads";
    InboxView { channel: ChannelId } = "check-inbox-view";
    InboxSend { channel: ChannelId } = "check-inbox-send";
    InboxEmbed { channel: ChannelId } = "check-inbox-embed";
    InboxAttach { channel: ChannelId } = "check-inbox-attach";
    TicketsView { channel: ChannelId } = "check-tickets-view";
    TicketsCreate { channel: ChannelId } = "check-tickets-create";
    TicketsSend { channel: ChannelId } = "check-tickets-send";
    TicketsManage { channel: ChannelId } = "check-tickets-manage";
    NoStaff = "check-no-staff";
    StaffAllGone = "check-staff-all-gone";
    RolesGone { staff: MentionList } = "check-roles-gone";
    RolesLarge { staff: MentionList } = "check-roles-large";
    MembersLeft { staff: MentionList } = "check-members-left";
    RolesNotMentionable { channel: ChannelId, staff: MentionList } = "check-roles-not-mentionable";
    RolesBlind { channel: ChannelId, staff: MentionList } = "check-roles-blind";
    RequiredRolesGone { roles: MentionList } = "check-required-roles-gone";
    RuleRolesGone { roles: MentionList } = "check-rule-roles-gone";
    RolesExclude { roles: MentionList } = "check-roles-exclude";
    RolesContradict { roles: MentionList } = "check-roles-contradict";
    CardsGone = "check-cards-gone";
    CardsLacks { channel: ChannelId, permissions: PermissionList } = "check-cards-lacks";
    CardsReadByEveryone { channel: ChannelId } = "check-cards-read-by-everyone";
    CardsReadByOthers { channel: ChannelId, readers: MentionList } = "check-cards-read-by-others";
    LogGone = "check-log-gone";
    LogLacks { channel: ChannelId, permissions: PermissionList } = "check-log-lacks";
    LogReadByEveryone { channel: ChannelId } = "check-log-read-by-everyone";
    LogReadByOthers { channel: ChannelId, readers: MentionList } = "check-log-read-by-others";
    LogWaiting { channel: ChannelId, count: u64 } = "check-log-waiting";
    NothingYet = "check-nothing-yet";
    Server { guild: String, count: u64 } = "check-server";
    ServerFine { guild: String, count: u64 } = "check-server-fine";
    ServerLeft { guild: String } = "check-server-left";
    ServerUncertain { guild: String, cause: String } = "check-server-uncertain";
    Broken { broken: u64 } = "check-broken";
}
