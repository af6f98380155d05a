//! Typed ids: the compiler tells an `InboxId` from a `ChannelId`.
//!
//! Discord's ids are snowflakes, ours are row numbers. `storage` stores them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clock::Timestamp;

/// The text is not a positive decimal number in range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct ParseIdError;

/// Milliseconds from 1970 to the start of 2015, the epoch of Discord's snowflakes (Discord: "Reference", snowflakes).
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

macro_rules! id {
    ($(#[$doc:meta])* snowflake $name:ident) => {
        id!($(#[$doc])* $name(u64));

        impl $name {
            /// When Discord created it: the upper 42 bits of a snowflake are milliseconds.
            pub const fn created_at(self) -> Timestamp {
                Timestamp::from_millis((self.0 >> 22).cast_signed() + DISCORD_EPOCH_MS)
            }

            /// The smallest id of that time: all later ids are greater. 0 for times before 2015.
            pub fn first_at(time: Timestamp) -> Self {
                let millis = u64::try_from(time.millis() - DISCORD_EPOCH_MS).unwrap_or(0);
                Self(millis << 22)
            }
        }
    };
    ($(#[$doc:meta])* row $name:ident) => {
        id!($(#[$doc])* $name(i64));
    };
    ($(#[$doc:meta])* $name:ident($number:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($number);

        impl $name {
            pub const fn new(number: $number) -> Self {
                Self(number)
            }

            pub const fn get(self) -> $number {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        /// As text: JSON numbers may lose digits.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            /// Digits only: no sign, no spaces, not zero.
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                if !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(ParseIdError);
                }
                match text.parse() {
                    Ok(number) if number != 0 => Ok(Self(number)),
                    _ => Err(ParseIdError),
                }
            }
        }
    };
}

id! {
    /// A server.
    snowflake GuildId
}
id! {
    /// A channel that is not a thread.
    snowflake ChannelId
}
id! {
    /// A thread. Discord's routes accept it as a channel: see [`ThreadId::as_channel`].
    snowflake ThreadId
}
id! {
    /// A message.
    snowflake MessageId
}
id! {
    /// An entry of a guild's audit log.
    snowflake AuditEntryId
}
id! {
    /// A person or a bot, in any guild.
    snowflake UserId
}
id! {
    /// A role of one guild.
    snowflake RoleId
}
id! {
    /// The application that the bot belongs to.
    snowflake ApplicationId
}
id! {
    /// One use of a command, component or form.
    snowflake InteractionId
}
id! {
    /// Our number for an inbox. It stays when its panel is reposted.
    row InboxId
}
id! {
    /// Our number for a panel. It stays when its message is reposted.
    row PanelId
}
id! {
    /// Our number for a ticket. It exists before its thread.
    row TicketId
}
id! {
    /// Our number for a canned reply.
    row ReplyId
}

impl GuildId {
    /// @everyone, whose role id is that of its guild (Discord: "Permissions", role object).
    pub const fn everyone(self) -> RoleId {
        RoleId::new(self.get())
    }
}

impl ThreadId {
    /// The same id, for routes and mentions that Discord shares between channels and threads.
    pub const fn as_channel(self) -> ChannelId {
        ChannelId::new(self.get())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_snowflake_tells_when_it_was_made() {
        // The example in Discord's reference.
        let id = MessageId::new(175_928_847_299_117_063);
        assert_eq!(id.created_at(), Timestamp::from_millis(1_462_015_105_796));
    }

    #[test]
    fn only_positive_decimal_numbers_are_ids() {
        for text in ["", "0", "000", "+1", "-1", " 1", "1 ", "1.0", "0x1", "١", "18446744073709551616"] {
            assert_eq!(text.parse::<UserId>(), Err(ParseIdError), "{text:?}");
        }
        assert_eq!("9223372036854775808".parse::<InboxId>(), Err(ParseIdError));
        assert_eq!("18446744073709551615".parse(), Ok(UserId::new(u64::MAX)));
    }

    #[test]
    fn everyone_is_the_role_with_the_id_of_the_guild() {
        assert_eq!(GuildId::new(7).everyone(), RoleId::new(7));
    }

    proptest! {
        #[test]
        fn an_id_reads_back_as_it_is_shown(number in 1..=u64::MAX, row in 1..=i64::MAX) {
            prop_assert_eq!(RoleId::new(number).to_string().parse(), Ok(RoleId::new(number)));
            prop_assert_eq!(TicketId::new(row).to_string().parse(), Ok(TicketId::new(row)));
        }

        #[test]
        fn snowflakes_sort_by_age(a: u64, b: u64) {
            let (older, newer) = (ThreadId::new(a.min(b)), ThreadId::new(a.max(b)));
            prop_assert!(older.created_at() <= newer.created_at());
        }
    }
}
