//! Answers about blocks.

use crate::domain::ids::{InboxId, UserId};
use crate::i18n::messages;
use crate::i18n::{InboxList, Mention, PointInTime};

messages! {
    BlockMsg;

    /// To the blocked member.
    Blocked = "block-blocked";
    BlockedUntil { until: PointInTime } = "block-blocked-until";
    /// To staff who open a ticket for them.
    OwnerBlocked { who: Mention } = "block-owner-blocked";
    Done { who: Mention } = "block-done";
    DoneUntil { who: Mention, until: PointInTime } = "block-done-until";
    DoneIn { who: Mention, inboxes: InboxList } = "block-done-in";
    DoneInUntil { who: Mention, inboxes: InboxList, until: PointInTime } = "block-done-in-until";
    ReasonLost = "block-reason-lost";
    NotAllowed = "block-not-allowed";
    NoSuchInbox = "block-no-such-inbox";
    WrongTime = "block-wrong-time";
    IsStaff { who: Mention } = "block-is-staff";
    IsAdmin { who: Mention } = "block-is-admin";
    IsBot = "block-is-bot";
    Removed { who: Mention } = "block-removed";
    RemovedIn { who: Mention, inboxes: InboxList } = "block-removed-in";
    RemovedInStillBlocked { who: Mention, inboxes: InboxList } = "block-removed-in-still-blocked";
    NotBlocked { who: Mention } = "block-not-blocked";
    StillBlocked { who: Mention } = "block-still-blocked";
    NoBlocks = "block-none";
    List { count: u64 } = "block-list";
    Line { who: Mention, inbox: Option<InboxId>, by: Option<UserId> } = "block-line";
    LineUntil { who: Mention, inbox: Option<InboxId>, by: Option<UserId>, until: PointInTime } = "block-line-until";
    NewerButton = "block-newer-button";
    OlderButton = "block-older-button";
    FormTitle = "block-form-title";
    TimeLabel = "block-time-form-label";
    TimePlaceholder = "block-time-form-placeholder";
    ReasonLabel = "block-reason-form-label";
    ReasonPlaceholder = "block-reason-form-placeholder";
    InfoButton = "block-info-button";
}
