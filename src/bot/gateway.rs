//! Keeps the bot on Discord's gateway, whatever happens to the connection.
//!
//! serenity mends most of what breaks by itself: it resumes, or identifies anew. What it cannot mend is noticed here, and
//! answered with a new client on a thread of its own (`client`): an address that Discord does not give, a shard that
//! spins or waits for ever, a session that is sent away again and again. What only a person can mend ends the bot with a
//! [`Failure`]. A new session brings `READY` and `GUILD_CREATE`, by which missed events are made up for.

mod address;
mod client;
mod overheard;
mod said;
mod waits;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{GatewayIntents, Http};
use tokio::time::{self, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::framework::Handlers;
use super::login;
use super::unknown::UnknownEvents;
use crate::discord::Refusal;
use crate::failure::Failure;
use address::Address;
use client::Client;
use said::{Said, Trouble};
use waits::Waits;

/// How often a client is looked at.
const TICK: Duration = Duration::from_millis(500);

/// A client whose thread has done nothing for so many ticks is spinning: 4 seconds. Counted in ticks, so that a machine
/// which slept does not look like a client that does.
const SPINNING: u32 = 8;

/// A client that was connected for so many ticks, a minute, has proved that the gateway is well again.
const PROVEN: u32 = 120;

/// How long Discord may take to close a session. Behind it the session is dropped: stopping always ends.
const GOODBYE: Duration = Duration::from_secs(3);

/// What every client of one bot is made of.
pub(super) struct Gateway {
    pub(super) handlers: Arc<Handlers>,
    /// Gives serenity the token; requests go another way.
    pub(super) http: Arc<Http>,
    pub(super) intents: GatewayIntents,
    pub(super) unknown: Arc<UnknownEvents>,
}

/// How one client's life ended.
enum End {
    /// As was asked for.
    Stopped,
    /// Another client may fare better.
    Trouble(Trouble),
    /// Only a person can help.
    ForGood(Failure),
}

impl Gateway {
    /// Listens until `stop` is cancelled.
    ///
    /// # Errors
    ///
    /// A [`Failure`] when Discord sends the bot away for good: the token was reset, an intent is not allowed.
    pub(super) async fn run(&self, stop: &CancellationToken) -> Result<(), Failure> {
        let mut waits = Waits::default();
        let mut too_few_shards = None;
        loop {
            let found = tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(()),
                found = Address::ask(&self.handlers.state().rest) => found,
            };
            let end = match found {
                Err(fault) if fault.refusal() == Some(Refusal::Token) => End::ForGood(login::refused_token()),
                Err(fault) => End::Trouble(Trouble::NoAddress(fault)),
                Ok(address) if too_few_shards.is_some_and(|refused| address.shards() <= refused) => {
                    End::ForGood(login::sharding_required(address.shards()))
                }
                Ok(address) => match address.blocked_for() {
                    Some(wait) => End::Trouble(Trouble::NoStartsLeft(wait)),
                    None => self.listen(&address, stop, &mut waits, &mut too_few_shards).await,
                },
            };
            let trouble = match end {
                End::Stopped => return Ok(()),
                End::ForGood(failure) => return Err(failure),
                End::Trouble(trouble) => trouble,
            };
            let wait = trouble.wait().unwrap_or_else(|| waits.next());
            tracing::warn!(wait_ms = wait.as_millis(), "{trouble}; trying again");
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = time::sleep(wait) => {}
            }
        }
    }

    /// The life of one client.
    async fn listen(
        &self,
        address: &Address,
        stop: &CancellationToken,
        waits: &mut Waits,
        too_few_shards: &mut Option<u32>,
    ) -> End {
        let Some(mut client) = Client::start(self, address) else { return End::Trouble(Trouble::Died) };
        let mut ticks = time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut still, mut connected) = (0, 0);
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => {
                    client.close(GOODBYE).await;
                    return End::Stopped;
                }
                said = client.said() => {
                    let said = said.unwrap_or(Said::Trouble(Trouble::Died));
                    if matches!(said, Said::TooFewShards) {
                        *too_few_shards = Some(address.shards());
                    }
                    return said.into_end();
                }
                _ = ticks.tick() => {
                    still = if client.has_moved() { 0 } else { still + 1 };
                    if still >= SPINNING {
                        return End::Trouble(Trouble::Spinning);
                    }
                    connected = if client.is_connected() { connected + 1 } else { 0 };
                    if connected >= PROVEN {
                        waits.reset();
                    }
                }
            }
        }
    }
}

impl Said {
    fn into_end(self) -> End {
        match self {
            Self::Trouble(trouble) => End::Trouble(trouble),
            Self::TooFewShards => End::Trouble(Trouble::TooFewShards),
            Self::Refused(error) => End::ForGood(login::explain(&error)),
            Self::InvalidShard => End::ForGood(login::invalid_shard()),
            Self::InvalidVersion => End::ForGood(login::invalid_version()),
            Self::Closed => End::Stopped,
        }
    }
}
