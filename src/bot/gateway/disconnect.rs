//! How a connection can end, what can go wrong at the gateway, and how long to wait before the next try.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use crate::discord::RestError;

/// What a closed connection leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// The session can be resumed.
    Resumable,
    /// The session is over; a new one may begin.
    SessionOver,
    /// The bot needs more shards.
    TooFewShards,
    Refused(Refused),
}

/// What only a person can fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Token,
    Shard,
    Version,
    UnknownIntents,
    DisallowedIntents,
}

impl Closed {
    /// The meaning of a close code; `None` for a connection that was cut or closed without one.
    ///
    /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>
    pub(super) fn by(code: Option<u16>) -> Self {
        match code {
            Some(4003 | 4007 | 4009) => Self::SessionOver,
            Some(4004) => Self::Refused(Refused::Token),
            Some(4010) => Self::Refused(Refused::Shard),
            Some(4011) => Self::TooFewShards,
            Some(4012) => Self::Refused(Refused::Version),
            Some(4013) => Self::Refused(Refused::UnknownIntents),
            Some(4014) => Self::Refused(Refused::DisallowedIntents),
            _ => Self::Resumable,
        }
    }
}

/// Temporary: the shard retries.
#[derive(Debug)]
pub(super) enum Disconnect {
    /// `GET /gateway/bot` failed.
    NoAddress(RestError),
    /// No session may begin for this long.
    NoStartsLeft(Duration),
    TooFewShards,
    /// Connecting failed, for this reason.
    Unreachable(String),
    /// Closed with this code, or cut.
    Closed(Option<u16>),
    /// Discord asked to reconnect.
    Moved,
    /// The session cannot be resumed.
    SessionLost,
    /// A time-out: no heartbeat acknowledgement, or no session.
    Silent,
    /// Repeatedly resumed, and closed each time.
    SentAway,
}

impl Disconnect {
    /// How long to wait before a retry: as Discord says, or with backoff.
    pub(super) fn wait(&self, waits: &mut Backoff) -> Duration {
        match self {
            Self::NoStartsLeft(wait) | Self::NoAddress(RestError::Limited(wait)) => *wait,
            _ => waits.next(),
        }
    }

    /// Discord does this to every bot every few hours.
    pub(super) fn is_usual(&self) -> bool {
        matches!(self, Self::Moved | Self::Closed(_))
    }
}

impl fmt::Display for Disconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(fault) => write!(f, "the gateway cannot be found ({fault})"),
            Self::NoStartsLeft(_) => f.write_str("Discord allows this bot no further gateway session for now"),
            Self::TooFewShards => f.write_str("Discord asks for more shards"),
            Self::Unreachable(reason) => write!(f, "the gateway cannot be reached ({reason})"),
            Self::Closed(Some(code)) => write!(f, "Discord closed the gateway connection ({code})"),
            Self::Closed(None) => f.write_str("the gateway connection was cut"),
            Self::Moved => f.write_str("Discord asked for another gateway connection"),
            Self::SessionLost => f.write_str("the gateway session is lost"),
            Self::Silent => f.write_str("nothing is heard from the gateway"),
            Self::SentAway => f.write_str("Discord ends each resumed session at once"),
        }
    }
}

/// The first wait's upper bound.
const FIRST: Duration = Duration::from_millis(500);

/// The longest wait.
const LONGEST: Duration = Duration::from_mins(1);

/// From 0 up to 1.
pub(super) fn random() -> f64 {
    // A hasher with fresh keys is random enough, without another dependency.
    let random = RandomState::new().hash_one(0_u8);
    f64::from((random & 0xFFFF) as u16) / 65_536.0
}

#[derive(Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// Between half of the full wait and all of it: bots that lost Discord together must not return together.
    pub(super) fn next(&mut self) -> Duration {
        self.next_with(random())
    }

    /// `random` from 0 to 1.
    fn next_with(&mut self, random: f64) -> Duration {
        let full = FIRST.saturating_mul(1 << self.tries.min(16)).min(LONGEST);
        self.tries = self.tries.saturating_add(1);
        full / 2 + (full / 2).mul_f64(random)
    }

    pub(super) fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_says_is_waited_for_whatever_its_length() {
        let hours = Duration::from_hours(23);
        for trouble in [Disconnect::NoStartsLeft(hours), Disconnect::NoAddress(RestError::Limited(hours))] {
            assert_eq!(trouble.wait(&mut Backoff::default()), hours);
        }
    }

    /// Discord's table, and codes outside it.
    #[test]
    fn every_close_code_has_its_meaning() {
        for code in [1000, 1001, 1006, 4000, 4001, 4002, 4005, 4006, 4008, 4999] {
            assert_eq!(Closed::by(Some(code)), Closed::Resumable, "{code}");
        }
        assert_eq!(Closed::by(None), Closed::Resumable);
        for code in [4003, 4007, 4009] {
            assert_eq!(Closed::by(Some(code)), Closed::SessionOver, "{code}");
        }
        assert_eq!(Closed::by(Some(4011)), Closed::TooFewShards);
        for code in [4004, 4010, 4012, 4013, 4014] {
            assert!(matches!(Closed::by(Some(code)), Closed::Refused(_)), "{code}");
        }
    }

    #[test]
    fn waits_double_up_to_a_minute_and_begin_anew() {
        let mut waits = Backoff::default();
        let all: Vec<_> = (0..40).map(|_| waits.next_with(0.0).as_millis()).collect();
        assert_eq!(all[..9], [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert!(all[9..].iter().all(|wait| *wait == 30_000));

        waits.reset();

        assert_eq!(waits.next_with(0.999).as_millis(), 499);
        for _ in 0..100 {
            assert!(waits.next() <= LONGEST);
        }
    }
}
