//! What an import from discord-tickets leaves out, or brings over with another meaning.

use crate::domain::ids::GuildId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// `None`: it is not recorded.
    pub guild: Option<GuildId>,
    pub subject: Subject,
    pub what: Trouble,
}

/// The subject of a [`Remark`], by its number in discord-tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Server,
    Category(i64),
    /// A question of a category, counted from 1.
    Question(i64, usize),
    Tag(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Left out: it cannot be an id of Discord's.
    NoId,
    /// Left out: its server is not recorded.
    NoServer,
    /// Left out: a server has more inboxes than can be imported.
    TooManyCategories,
    /// Left out: a tag of a server without inboxes.
    NoInbox,
    /// Left out: nothing to read in it.
    Blank,
    /// Left out: a question that Discord would refuse, or of an unknown kind.
    Unfit,

    /// Cut to what fits.
    TextCut,
    /// Its text has a placeholder that is not filled in here, and stands as it was written.
    Unfilled,
    /// Without its emoji.
    Emoji,
    Image,
    /// Roles or hours that could not be read.
    NoList,
    /// A role that is no id.
    NoRole,
    TooManyRoles,
    NoLog,
    /// A number that is none: ticketbot's default holds.
    NoNumber,
    /// A number brought into its range.
    Clamped,
    /// @everyone among its staff.
    Everyone,
    /// There, none or only some of the staff were mentioned in new tickets.
    MentionsAll,
    /// Roles that were mentioned without being staff.
    PingedOthers,
    /// There, a member needed all of the required roles.
    AnyRole,
    /// Nobody could open a ticket there, so the inbox is paused.
    Paused,
    SlowMode,
    Feedback,
    /// An answer was the topic of its channels.
    ChannelTopic,
    TooManyQuestions,
    /// A text that stands in the field already.
    Prefilled,
    /// Some entries of a list.
    Choices,
    UnknownZone,
    NeverOpen,
    /// Hours that end before they begin: discord-tickets took them for none.
    Overnight,
    Stale,
    AutoTag,
    /// A tag that answers by itself.
    Answers,
    OpenTickets(u64),
    ClosedTickets(u64),
}

impl Trouble {
    /// Whether the whole subject is left out.
    pub const fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::NoId | Self::NoServer | Self::TooManyCategories | Self::NoInbox | Self::Blank | Self::Unfit
        )
    }
}
