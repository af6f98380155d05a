//! What a member reads whom the rules of an inbox refuse a ticket: what is missing, and when to try again.

use crate::i18n::messages;
use crate::i18n::{MentionList, PointInTime, Relative, ThreadLink};

messages! {
    OpenMsg;

    TimedOut { until: PointInTime } = "open-timed-out";
    RoleMissing { roles: MentionList, count: u64 } = "open-role-missing";
    RoleRefused { roles: MentionList, count: u64 } = "open-role-refused";
    AccountTooNew { until: PointInTime } = "open-account-too-new";
    MembershipTooNew { until: PointInTime } = "open-membership-too-new";
    ServerLimit { limit: u64 } = "open-server-limit";
    Paused = "open-paused";
    PausedUntil { until: PointInTime } = "open-paused-until";
    /// `text`: of the admins.
    PausedText { text: String } = "open-paused-text";
    PausedTextUntil { text: String, until: PointInTime } = "open-paused-text-until";
    Closed { opens: PointInTime } = "open-closed";
    ReadyLater { ticket: ThreadLink, opens: PointInTime } = "open-ready-later";
    InboxFull = "open-inbox-full";
    TooFast { until: Relative } = "open-too-fast";
}
