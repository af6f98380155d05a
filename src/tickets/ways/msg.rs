//! Texts about tickets that are opened without a click on a panel.

use crate::domain::ids::{ChannelId, InboxId};
use crate::i18n::messages;
use crate::i18n::{InboxLink, Mention, PointInTime, ThreadLink};

messages! {
    WaysMsg;

    OpenedFor { who: Mention, ticket: ThreadLink } = "ways-opened-for";
    ForBot = "ways-for-bot";
    ForNobody { who: Mention } = "ways-for-nobody";
    ForWhich { who: Mention } = "ways-for-which";
    ForWhichOfMore { who: Mention } = "ways-for-which-of-more";
    WhichInbox = "ways-which-inbox";
    /// `channel`: the name of the channel of its tickets.
    SuggestedInbox { inbox: InboxId, label: String, channel: String } = "ways-suggested-inbox";
    NoInboxOfYours = "ways-no-inbox-of-yours";
    InboxGone = "ways-inbox-gone";
    Unseen = "ways-unseen";
    CannotWrite { channel: ChannelId } = "ways-cannot-write";
    OwnerCannotSee { who: Mention, channel: ChannelId } = "ways-owner-cannot-see";
    OwnerCannotWrite { who: Mention, channel: ChannelId } = "ways-owner-cannot-write";
    OwnerOutOfReach { who: Mention } = "ways-owner-out-of-reach";
    OwnerLimit { who: Mention, ticket: ThreadLink } = "ways-owner-limit";
    OwnerOpening { who: Mention } = "ways-owner-opening";
    OwnerServerLimit { who: Mention } = "ways-owner-server-limit";
    OwnerTimedOut { who: Mention, until: PointInTime } = "ways-owner-timed-out";
    OwnerPending { who: Mention } = "ways-owner-pending";
    AboutOfMore = "ways-about-of-more";
    AboutFilesCopied = "ways-about-files-copied";
    AboutFilesLinked { count: u64 } = "ways-about-files-linked";
    AboutAsked = "ways-about-asked";
    AboutAskedOrAuthor { author: Mention } = "ways-about-asked-or-author";
    AboutNowhere = "ways-about-nowhere";
    AboutButton = "ways-about-button";
    AuthorButton = "ways-author-button";
    AboutPlaceholder = "ways-about-placeholder";
    AuthorPlaceholder = "ways-author-placeholder";
    LineAbout { message: InboxLink, author: Mention } = "ways-line-about";
    LineOpenedFor { by: Mention, owner: Mention } = "ways-line-opened-for";
}
