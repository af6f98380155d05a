//! Stores typed ids and times in integer columns, and reads them back.

use std::time::Duration;

use crate::domain::clock::Timestamp;
use crate::domain::ids::{
    ChannelId, GuildId, InboxId, InteractionId, MessageId, PanelId, ReplyId, RoleId, ThreadId, TicketId, UserId,
};

/// A value in one integer column. Snowflakes are unsigned, columns signed: the bits are kept.
pub(super) trait Column: Sized {
    fn to_column(self) -> i64;
    fn from_column(value: i64) -> Self;
}

macro_rules! snowflakes {
    ($($name:ident),+) => { $(
        impl Column for $name {
            fn to_column(self) -> i64 { self.get().cast_signed() }
            fn from_column(value: i64) -> Self { Self::new(value.cast_unsigned()) }
        }
    )+ };
}

snowflakes!(ChannelId, GuildId, InteractionId, MessageId, RoleId, ThreadId, UserId);

macro_rules! row_ids {
    ($($name:ident),+) => { $(
        impl Column for $name {
            fn to_column(self) -> i64 { self.get() }
            fn from_column(value: i64) -> Self { Self::new(value) }
        }
    )+ };
}

row_ids!(InboxId, PanelId, ReplyId, TicketId);

impl Column for Timestamp {
    fn to_column(self) -> i64 {
        self.millis()
    }
    fn from_column(value: i64) -> Self {
        Self::from_millis(value)
    }
}

/// Whole seconds, saturating.
impl Column for Duration {
    fn to_column(self) -> i64 {
        i64::try_from(self.as_secs()).unwrap_or(i64::MAX)
    }
    fn from_column(value: i64) -> Self {
        Self::from_secs(u64::try_from(value).unwrap_or(0))
    }
}
