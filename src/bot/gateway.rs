//! Keeps the bot connected to Discord's gateway.
//!
//! Each shard runs independently (`shard`), on one connection after another (`connection`), and identifies in turn
//! (`identify_queue`). A fault of one shard does not affect the others; a fault that only the operator can fix ends the bot
//! with a [`Failure`]. This module decides the number of shards: Discord's recommendation, or the operator's setting.
//! It asks for the recommendation again when Discord closes a session because there are too few.
//!
//! serenity's gateway parses every event in full, but a bot uses one in thousands. This client drops an event after its
//! name unless `events` uses that kind.

mod address;
mod buffer;
mod connection;
mod disconnect;
mod identify_queue;
mod payload;
mod proxy;
mod shard;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use poise::serenity_prelude as serenity;
use serenity::GatewayIntents;
use tokio::time;
use tokio_util::sync::CancellationToken;

use super::framework::Handlers;
use super::login;
use crate::app::background::restarted;
use crate::config::Token;
use crate::discord::Refusal;
use crate::domain::shards::ShardRange;
use crate::failure::Failure;
use disconnect::Backoff;
use disconnect::Disconnect;
use identify_queue::IdentifyQueue;
pub(super) use proxy::check as check_proxy;
use shard::{Shard, ShardRunner};

/// Shared by all shards of one bot.
pub(super) struct Gateway {
    pub(super) handlers: Arc<Handlers>,
    pub(super) token: Token,
    pub(super) intents: GatewayIntents,
    /// Discord does not allow the members intent: identify without it from now on.
    pub(super) members_refused: AtomicBool,
    /// Which shards to run; `None` for all that Discord recommends.
    pub(super) shards: Option<ShardRange>,
}

/// Why a shard ended.
enum ShardExit {
    /// On request.
    Stopped,
    /// Retrying may help.
    Disconnect(Disconnect),
    /// Only a person can fix it.
    ForGood(Failure),
}

impl From<Disconnect> for ShardExit {
    fn from(trouble: Disconnect) -> Self {
        match trouble {
            Disconnect::NoAddress(fault) if fault.refusal() == Some(Refusal::Token) => {
                Self::ForGood(login::refused_token())
            }
            trouble => Self::Disconnect(trouble),
        }
    }
}

/// How many refusals of the gateway's address in a row are tolerated: about four minutes.
const REFUSALS: u32 = 10;

/// Counts refusals, so that retries end.
#[derive(Debug, Default)]
struct Refusals(u32);

impl Refusals {
    fn note(&mut self, trouble: &Disconnect) -> Option<Failure> {
        match trouble {
            Disconnect::NoAddress(fault) if fault.refusal().is_some() => {
                self.0 += 1;
                (self.0 >= REFUSALS).then(|| login::refused_gateway(fault))
            }
            _ => {
                self.0 = 0;
                None
            }
        }
    }
}

impl Gateway {
    /// The current intents.
    fn intents(&self) -> GatewayIntents {
        let refused = self.members_refused.load(Ordering::Relaxed);
        if refused { self.intents - GatewayIntents::GUILD_MEMBERS } else { self.intents }
    }

    /// Records that Discord refused these intents. Whether fewer are enough.
    fn note_refused(&self, intents: GatewayIntents) -> bool {
        let goes_on = intents.contains(GatewayIntents::GUILD_MEMBERS);
        if goes_on && !self.members_refused.swap(true, Ordering::Relaxed) {
            self.handlers.state().app.set_hears_members(false);
            tracing::warn!("{}", login::WITHOUT_MEMBERS);
        }
        goes_on
    }

    /// Runs until `stop` is cancelled.
    ///
    /// # Errors
    ///
    /// A [`Failure`] when Discord ends the session, such as after a token reset.
    pub(super) async fn run(&self, stop: &CancellationToken) -> Result<(), Failure> {
        let state = self.handlers.state();
        let starts = IdentifyQueue::new(Arc::clone(&state.app.clock));
        let (mut waits, mut refusals) = (Backoff::default(), Refusals::default());
        let mut too_few = None;
        loop {
            let recommended = tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(()),
                recommended = starts.recommended(&state.rest) => recommended,
            };
            let end = match recommended {
                Err(fault) => Disconnect::NoAddress(fault).into(),
                Ok(recommended) => match self.plan(recommended, too_few) {
                    Err(failure) => ShardExit::ForGood(failure),
                    Ok(share) => {
                        too_few = Some(share.total());
                        self.keep_all(share, &starts, stop).await
                    }
                },
            };
            let trouble = match end {
                ShardExit::Stopped => return Ok(()),
                ShardExit::ForGood(failure) => return Err(failure),
                ShardExit::Disconnect(trouble) => trouble,
            };
            if let Some(failure) = refusals.note(&trouble) {
                return Err(failure);
            }
            if !pause(&trouble, trouble.wait(&mut waits), stop).await {
                return Ok(());
            }
        }
    }

    /// Which shards to run. `too_few`: the total that Discord has just refused.
    fn plan(&self, recommended: u32, too_few: Option<u32>) -> Result<ShardRange, Failure> {
        match (self.shards, too_few) {
            (Some(share), Some(_)) => Err(login::too_few_shards(share.total(), recommended)),
            (Some(share), None) => {
                let total = share.total();
                if total < recommended {
                    tracing::warn!(total, recommended, "`gateway.shards` sets fewer shards than Discord recommends");
                }
                Ok(share)
            }
            (None, Some(refused)) if recommended <= refused => Err(login::sharding_required(recommended)),
            (None, _) => Ok(ShardRange::whole(recommended)),
        }
    }

    /// Runs all shards of this process until the stop, or until a fault concerns all of them.
    async fn keep_all(&self, share: ShardRange, starts: &IdentifyQueue, stop: &CancellationToken) -> ShardExit {
        let over = stop.child_token();
        let waiting = AtomicU32::new(share.ids().count().try_into().unwrap_or(u32::MAX));
        let keeper = |id| ShardRunner {
            shard: Shard { id, total: share.total() },
            gateway: self,
            starts,
            stop: &over,
            waiting: &waiting,
        };
        let mut kept: FuturesUnordered<_> =
            share.ids().map(|id| restarted("shard", move || keeper(id).keep())).collect();
        let mut end = ShardExit::Stopped;
        while let Some(ended) = kept.next().await {
            if matches!(end, ShardExit::Stopped) && !matches!(ended, ShardExit::Stopped) {
                end = ended;
                over.cancel();
            }
        }
        end
    }
}

/// Waits before a retry. False when the bot is to stop.
async fn pause(trouble: &Disconnect, wait: Duration, stop: &CancellationToken) -> bool {
    let wait_ms = wait.as_millis();
    if trouble.is_usual() {
        tracing::info!(wait_ms, "{trouble}; connecting again");
    } else {
        tracing::warn!(wait_ms, "{trouble}; trying again");
    }
    tokio::select! {
        () = stop.cancelled() => false,
        () = time::sleep(wait) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::RestError;

    fn refused() -> Disconnect {
        Disconnect::NoAddress(RestError::refused_locally(Refusal::MissingAccess))
    }

    #[test]
    fn a_gateway_that_is_refused_ten_times_in_a_row_ends_the_bot_with_the_reason() {
        let mut refusals = Refusals::default();
        let mut failure = (1..REFUSALS).find_map(|_| refusals.note(&refused()));
        assert!(failure.is_none());
        failure = refusals.note(&refused());
        let text = failure.unwrap().to_string();
        assert!(text.contains("refuses to say where its gateway is") && text.contains("discord.api_base"), "{text}");
    }

    #[test]
    fn what_is_no_refusal_is_tried_without_end_and_begins_the_count_anew() {
        let mut refusals = Refusals::default();
        for _ in 0..3 {
            assert!((1..REFUSALS).all(|_| refusals.note(&refused()).is_none()));
            let other = [Disconnect::NoAddress(RestError::NotSent("connection refused")), Disconnect::Closed(None)];
            assert!(other.iter().cycle().take(100).all(|other| refusals.note(other).is_none()));
        }
    }

    #[test]
    fn ten_refusals_take_some_minutes() {
        let mut waits = Backoff::default();
        let all: Duration = (1..REFUSALS).map(|_| refused().wait(&mut waits)).sum();
        assert!((Duration::from_mins(1)..Duration::from_mins(5)).contains(&all), "{all:?}");
    }
}
