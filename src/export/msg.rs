//! The sentences about an export, and the words in its file.

use crate::domain::ids::ChannelId;
use crate::i18n::messages;
use crate::i18n::{AtLeast, PermissionList, Relative, TicketState};

messages! {
    ExportMsg;

    // The choices of a format.
    FormatHtml = "format-html";
    FormatJson = "format-json";
    FormatText = "format-text";

    // What who exports reads.
    Button = "export-button";
    Begun { number: String } = "export-begun";
    Progress { number: String, read: u64, total: u64 } = "export-progress";
    ProgressUnknown { number: String, read: u64 } = "export-progress-unknown";
    Done { number: String, count: u64 } = "export-done";
    /// `count`: messages in this part.
    DonePart { number: String, part: u64, count: u64 } = "export-done-part";
    DoneParts { number: String, parts: u64, count: u64 } = "export-done-parts";
    NoContent = "export-no-content";
    CutByTime = "export-cut-by-time";
    CutByDiscord = "export-cut-by-discord";
    CutByLimit { until: Relative } = "export-cut-by-limit";
    CutGone = "export-cut-gone";
    CutStopping = "export-cut-stopping";
    ContinueButton = "export-continue-button";
    Nothing = "export-nothing";
    TooLarge = "export-too-large";
    /// The caller has one running.
    BusyOwn = "export-busy-own";
    BusyAll = "export-busy-all";
    UnknownZone = "export-unknown-zone";
    NotInThread = "export-not-in-thread";
    ThreadGone = "export-thread-gone";
    Hidden { channel: ChannelId } = "export-hidden";
    LacksHistory { channel: ChannelId, permissions: PermissionList } = "export-lacks-history";

    // In the log.
    Attached = "export-attached";
    AttachedPart { part: u64 } = "export-attached-part";
    AttachedCount { count: u64 } = "export-attached-count";
    AttachedNoContent = "export-attached-no-content";

    // The file.
    Title { number: String } = "export-file-title";
    Server = "export-file-server";
    State = "export-file-state";
    StateValue { state: TicketState } = "export-file-state-value";
    Inbox = "export-file-inbox";
    /// `label`: what its button says.
    InboxValue { number: String, label: String } = "export-file-inbox-value";
    InboxGone = "export-file-inbox-gone";
    Owner = "export-file-owner";
    Opened = "export-file-opened";
    OpenedBy = "export-file-opened-by";
    Closed = "export-file-closed";
    ClosedBy = "export-file-closed-by";
    ClaimedBy = "export-file-claimed-by";
    Nobody = "export-file-nobody";
    /// The mark beside a name.
    OwnerMark = "export-file-owner-mark";
    Priority = "export-file-priority";
    Messages = "export-file-messages";
    People = "export-file-people";
    MorePeople { count: u64 } = "export-file-more-people";
    Answers = "export-file-answers";
    Utc = "export-file-utc";
    Zone { zone: String } = "export-file-zone";
    MadeAt { at: String } = "export-file-made-at";
    NoteContent = "export-file-note-content";
    NoteContentUnknown = "export-file-note-content-unknown";
    NoteCut = "export-file-note-cut";
    NoteFirstPart = "export-file-note-first-part";
    NotePart { part: u64 } = "export-file-note-part";
    NoteLastPart { part: u64 } = "export-file-note-last-part";
    /// `weekday`: Monday is 1.
    Day { weekday: u64, day: u64, month: u64, year: String } = "export-file-day";

    App = "export-file-app";
    Edited = "export-file-edited";
    EditedAt { at: String } = "export-file-edited-at";
    Pinned = "export-file-pinned";
    Forwarded = "export-file-forwarded";
    RepliedGone = "export-file-replied-gone";
    RepliedEmpty = "export-file-replied-empty";
    Unreadable = "export-file-unreadable";
    Spoiler = "export-file-spoiler";
    Sticker { name: String } = "export-file-sticker";
    Poll = "export-file-poll";
    Votes { count: u64 } = "export-file-votes";
    PollResult = "export-file-poll-result";
    /// Of the answer that won, and of all.
    VotesOf { votes: u64, total: u64 } = "export-file-votes-of";
    NoWinner { total: u64 } = "export-file-no-winner";
    UnknownRole = "export-file-unknown-role";
    Picture = "export-file-picture";
    File = "export-file-file";
    Menu = "export-file-menu";
    TooLargeHere = "export-file-too-large";
    Unreachable = "export-file-unreachable";
    Size { size: AtLeast } = "export-file-size";
    UsedCommand { who: String, command: String } = "export-file-used-command";
    UsedApp { who: String } = "export-file-used-app";
    AddedSomebody { who: String, whom: String } = "export-file-added";
    RemovedSomebody { who: String, whom: String } = "export-file-removed";
    RenamedTo { who: String, name: String } = "export-file-renamed";
    PinnedOne { who: String } = "export-file-pinned-one";
    OtherSystem { who: String } = "export-file-other-system";
}
