//! Keeps one shard on the gateway.
//!
//! serenity mends most of what breaks by itself: it resumes. What it cannot mend is noticed here, and answered with a new
//! client: an address that Discord does not give, a loop that spins or waits for ever, a session that is lost or sent
//! away again and again. A new session brings `READY` and `GUILD_CREATE`, by which missed events are made up for.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::time::{self, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::address::Address;
use super::client::Client;
use super::said::{Said, Trouble};
use super::starts::{Starts, Turn};
use super::waits::Waits;
use super::{End, GOODBYE, Gateway, TICK, pause};
use crate::bot::login;

/// A client whose thread has done nothing for so many ticks is spinning: 2 seconds. Counted in ticks, so that a machine
/// which slept does not look like a client that does.
const SPINNING: u32 = 4;

/// A client that was connected for so many ticks, a minute, has proved that the gateway is well again.
const PROVEN: u32 = 120;

/// One of so many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shard {
    pub(super) id: u32,
    pub(super) total: u32,
}

/// What all shards of a process share.
#[derive(Clone, Copy)]
pub(super) struct Keeper<'a> {
    pub(super) gateway: &'a Gateway,
    pub(super) starts: &'a Starts,
    pub(super) stop: &'a CancellationToken,
    /// Shards that have never been connected.
    pub(super) waiting: &'a AtomicU32,
}

impl Keeper<'_> {
    /// One client after the other, until the bot stops. Only trouble that concerns all shards is handed on.
    pub(super) async fn keep(self, shard: Shard) -> End {
        let mut waits = Waits::default();
        let (mut is_new, mut anew) = (true, false);
        loop {
            let turn = tokio::select! {
                biased;
                () = self.stop.cancelled() => return End::Stopped,
                turn = self.starts.turn(shard.id, &self.gateway.handlers.state().rest, anew) => turn,
            };
            anew = true;
            let end = match turn {
                Err(trouble) => trouble.into(),
                Ok((turn, address)) => self.listen(shard, turn, &address, &mut waits, &mut is_new).await,
            };
            match end {
                End::Trouble(trouble) if !matches!(trouble, Trouble::TooFewShards) => {
                    if !pause(&trouble, &mut waits, self.stop).await {
                        return End::Stopped;
                    }
                }
                end => return end,
            }
        }
    }

    /// The life of one client.
    async fn listen(self, shard: Shard, turn: Turn, address: &Address, waits: &mut Waits, is_new: &mut bool) -> End {
        let Some(mut client) = Client::start(self.gateway, shard, address) else { return End::Trouble(Trouble::Died) };
        let mut turn = Some(turn);
        let mut ticks = time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut still, mut connected) = (0, 0);
        loop {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => {
                    client.close(GOODBYE).await;
                    return End::Stopped;
                }
                said = client.said() => match said.unwrap_or(Said::Trouble(Trouble::Died)) {
                    Said::Began => {
                        // Discord's answer shows that the identification has arrived: now it is the next one's turn.
                        drop(turn.take());
                        self.note_begun(shard, std::mem::take(is_new));
                    }
                    said => return self.end_of(shard, said),
                },
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

    fn note_begun(self, shard: Shard, is_new: bool) {
        tracing::debug!(shard.id, shard.total, "a gateway session has begun");
        if is_new && self.waiting.fetch_sub(1, Ordering::Relaxed) == 1 {
            tracing::info!(shard.total, "connected to Discord with all shards of this process");
        }
    }

    fn end_of(self, shard: Shard, said: Said) -> End {
        match said {
            Said::Trouble(trouble) => trouble.into(),
            Said::TooFewShards => End::Trouble(Trouble::TooFewShards),
            Said::Refused(error) => End::ForGood(login::explain(&error)),
            Said::InvalidShard => {
                End::ForGood(login::invalid_shard(shard.id, shard.total, self.gateway.shards.is_some()))
            }
            Said::InvalidVersion => End::ForGood(login::invalid_version()),
            Said::Began | Said::Closed => End::Stopped,
        }
    }
}
