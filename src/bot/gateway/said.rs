//! What a client says about its end, and what can be wrong with the gateway.

use std::fmt;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::GatewayError;

use crate::discord::Fault;

/// What a client says: the first is news, all others are its last words.
#[derive(Debug)]
pub(super) enum Said {
    /// Discord has answered to the identification.
    Began,
    /// serenity gave up: close code 4004, 4013 or 4014.
    Refused(GatewayError),
    /// Close code 4010.
    InvalidShard,
    /// Close code 4011. Discord may recommend more of them by now.
    TooFewShards,
    /// Close code 4012.
    InvalidVersion,
    Trouble(Trouble),
    /// It was asked to end, and has.
    Closed,
}

/// What may pass: another try is made.
#[derive(Debug)]
pub(super) enum Trouble {
    /// `GET /gateway/bot` failed.
    NoAddress(Fault),
    /// Discord lets this bot begin no session for so long.
    NoStartsLeft(Duration),
    /// The bot has outgrown its shards.
    TooFewShards,
    /// A shard's loop does not let go of the thread any more. serenity does that after a close frame without a code and
    /// after the codes 4003, 4010 and 4011, up to a heartbeat's interval.
    Spinning,
    /// The session cannot be resumed. serenity would identify anew by itself, at a time that nobody has allowed.
    SessionLost,
    /// A shard has neither connected nor heard anything for long.
    Silent,
    /// Resumed again and again, and sent away each time.
    SentAway,
    /// The thread ended without a word.
    Died,
}

impl Trouble {
    /// How long to wait, where Discord says so.
    pub(super) fn wait(&self) -> Option<Duration> {
        match self {
            Self::NoStartsLeft(wait) => Some(*wait),
            _ => None,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(fault) => write!(f, "the gateway cannot be found ({fault})"),
            Self::NoStartsLeft(_) => f.write_str("Discord allows this bot no further gateway session for now"),
            Self::TooFewShards => f.write_str("Discord asks for more shards"),
            Self::Spinning => f.write_str("the gateway connection broke in a way that cannot be resumed"),
            Self::SessionLost => f.write_str("the gateway session is lost"),
            Self::Silent => f.write_str("nothing is heard from the gateway"),
            Self::SentAway => f.write_str("Discord ends each resumed session at once"),
            Self::Died => f.write_str("the gateway client ended by itself"),
        }
    }
}
