//! What cards say, and the answers to clicks on them.

use crate::domain::ids::{ChannelId, InboxId, ThreadId};
use crate::i18n::messages;
use crate::i18n::{InboxLink, Mention, MentionList, PermissionList, PriorityName, Relative, ThreadLink};

messages! {
    CardMsg;

    Title { number: u64, thread: ThreadId } = "card-title";
    TitleUnnumbered { thread: ThreadId } = "card-title-unnumbered";
    Open { since: Relative } = "card-open";
    Dormant { since: Relative } = "card-dormant";
    Closed { since: Relative } = "card-closed";
    ClosedBy { by: Mention, since: Relative } = "card-closed-by";
    Owner { owner: Mention } = "card-owner";
    Inbox { inbox: InboxId, label: String, link: InboxLink } = "card-inbox";
    InboxDetached { inbox: InboxId, label: String } = "card-inbox-detached";
    Claimed { by: Mention, since: Relative } = "card-claimed";
    Unclaimed = "card-unclaimed";
    Priority { priority: PriorityName } = "card-priority";
    Discussed { thread: ThreadId } = "card-discussed";
    Staff { staff: MentionList } = "card-staff";
    JoinButton = "card-join-button";
    ReopenButton = "card-reopen-button";
    DiscussButton = "card-discuss-button";
    ThreadButton = "card-thread-button";

    Joined { ticket: ThreadLink } = "card-joined";
    JoinUnseen { channel: ChannelId } = "card-join-unseen";
    JoinHidden { channel: ChannelId } = "card-join-hidden";
    JoinForbidden { channel: ChannelId, permissions: PermissionList } = "card-join-forbidden";
    JoinLocked = "card-join-locked";
    Discussion { thread: ThreadLink } = "card-discussion";
    DiscussionDeleted = "card-discussion-deleted";
    DiscussForbidden { channel: ChannelId, permissions: PermissionList } = "card-discuss-forbidden";
    DiscussName { number: u64 } = "card-discussion-name";
    DiscussPlainName = "card-discussion-plain-name";
    DiscussAuditReason = "card-discussion-audit-reason";
    Gone = "card-gone";
}
