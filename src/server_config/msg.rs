//! Texts about a configuration file.

use crate::domain::ids::InboxId;
use crate::i18n::messages;

messages! {
    ConfigMsg;

    ProblemAt { line: u64, key: String, what: String } = "config-problem-at";
    ProblemInLine { line: u64, what: String } = "config-problem-in-line";
    MoreProblems { count: u64 } = "config-more-problems";
    NothingChanges = "config-nothing-changes";
    InServer = "config-in-server";
    /// `inbox` and `order`: numbers with what their buttons say.
    InInbox { inbox: String } = "config-in-inbox";
    NewInbox { line: u64 } = "config-new-inbox";
    InboxDeleted { inbox: String, tickets: u64 } = "config-inbox-deleted";
    PanelDeleted { number: String, channel: String } = "config-panel-deleted";
    PanelOrder { number: String, channel: String, order: String } = "config-panel-order";
    Replaces = "config-replaces";
    ByName = "config-by-name";
    InPanel { number: String, channel: String } = "config-in-panel";
    NewPanel { line: u64, channel: String } = "config-new-panel";
    FilesLeftOut = "config-files-left-out";
    ThreadsStay { inbox: String, count: u64 } = "config-threads-stay";
    ThreadsWait { inbox: String, count: u64, days: u64 } = "config-threads-wait";
    ThreadsFromNowOn { inbox: String, days: u64 } = "config-threads-from-now-on";
    Confirm { names: u64 } = "config-confirm";
    ConfirmMenu { names: u64 } = "config-confirm-menu";
    NewPanelNumber { line: u64, panel: String } = "config-new-panel-number";
    NewReply { name: String } = "config-new-reply";
    InReply { name: String } = "config-in-reply";
    ReplyDeleted { name: String } = "config-reply-deleted";
    InBlocks = "config-in-blocks";
    Exported { inboxes: u64 } = "config-exported";
    ExportTooLarge { limit: u64 } = "config-export-too-large";
    WouldChange = "config-would-change";
    OtherServer = "config-other-server";
    AllInFile = "config-all-in-file";
    ApplyButton = "config-apply-button";
    Applied = "config-applied";
    NewNumber { line: u64, inbox: InboxId } = "config-new-number";
    NumbersInFile = "config-numbers-in-file";
    ChangedMeanwhile = "config-changed-meanwhile";
    Refused { problems: u64 } = "config-refused";
    FileGone = "config-file-gone";
    FileUnreachable = "config-file-unreachable";
    FileTooLarge { limit: u64 } = "config-file-too-large";
}

mod problems {
    use crate::i18n::{Length, PermissionList, messages};

    messages! {
        ConfigProblem;

        NotToml { cause: String } = "config-wrong-toml";
        TooLarge { limit: u64 } = "config-wrong-size";
        NotUtf8 = "config-wrong-encoding";
        UnknownKey = "config-wrong-key";
        UnknownKeyNear { near: String } = "config-wrong-key-near";
        UnknownFormat { format: u64 } = "config-wrong-format";
        Missing = "config-wrong-missing";
        NotTable = "config-wrong-table";
        NotTables { key: String } = "config-wrong-tables";
        NotSwitch = "config-wrong-switch";
        NotNumber { least: u64, most: u64 } = "config-wrong-number";
        NotAText = "config-wrong-text";
        TooLong { most: u64 } = "config-wrong-length";
        NotChoice { choices: String } = "config-wrong-choice";
        NotAllowed = "config-wrong-value";
        NotId = "config-wrong-id";
        NotNumbered = "config-wrong-numbered";
        NotList = "config-wrong-list";
        NotRoles = "config-wrong-roles";
        TooManyRoles { limit: u64 } = "config-wrong-role-count";
        NotEmoji = "config-wrong-emoji";
        NotZone = "config-wrong-zone";
        NotZoneNear { near: String } = "config-wrong-zone-near";
        NotHours { part: String } = "config-wrong-hours";
        NotTime = "config-wrong-time";
        NotEntry = "config-wrong-entry";
        TooManyEntries { limit: u64 } = "config-wrong-entry-count";
        /// `what`: as for the pages on which entries are written.
        EntryFault { what: String } = "entry-fault";
        NotReplyName { most: u64 } = "config-wrong-reply-name";
        ReplyTwice = "config-wrong-reply-twice";
        ReplyTaken = "config-wrong-reply-taken";
        TooManyReplies { limit: u64 } = "config-wrong-reply-count";
        InboxMissing { number: String } = "config-wrong-inbox-missing";
        NotMember = "config-wrong-block-member";
        BlockTwice = "config-wrong-block-twice";
        PanelFull { limit: u64 } = "config-wrong-panel-full";
        NotDelay { most: Length } = "config-wrong-delay";
        NotChannel = "config-wrong-channel";
        NotStaff = "config-wrong-staff";
        NeedsId = "config-wrong-needs-id";
        NoSuchId { id: String } = "config-wrong-no-id";
        NoSuchName { name: String } = "config-wrong-no-name";
        NotUnique { name: String } = "config-wrong-not-unique";
        MemberElsewhere = "config-wrong-member";
        Everyone = "config-wrong-everyone";
        StaffTwice = "config-wrong-staff-twice";
        TooMuchStaff { limit: u64 } = "config-wrong-staff-count";
        NoSuchInbox { number: String } = "config-wrong-no-inbox";
        InboxTwice { number: String } = "config-wrong-inbox-twice";
        NoSuchPanel { number: String } = "config-wrong-no-panel";
        PanelTwice { number: String } = "config-wrong-panel-twice";
        PanelChannel = "config-wrong-panel-channel";
        TooManyInboxes { limit: u64 } = "config-wrong-inbox-count";
        StarterTooLong = "config-wrong-starter";
        OtherServer = "config-wrong-server";
        NoPrivateThreads = "config-wrong-no-threads";
        BotLacks { permissions: PermissionList } = "config-wrong-permissions";
        NoSuchMember = "config-wrong-no-member";
        PanelWithoutInbox = "config-wrong-panel-empty-of-inboxes";
        PanelEmpty = "config-wrong-panel-empty";
        NoSuchFile { name: String } = "config-wrong-no-file";
        PanelUnread = "config-wrong-panel-unread";
        FileNotStored { name: String } = "config-wrong-file-not-stored";
        NotEmbed = "config-wrong-embed";
        TooManyNames { limit: u64 } = "config-wrong-name-count";
    }
}

pub use problems::ConfigProblem;
