//! Keeps one shard connected.
//!
//! After a disconnect it resumes the session, and Discord replays missed events; if that is impossible, a new session
//! begins, and its `READY` and `GUILD_CREATE` replace the missed events.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use poise::serenity_prelude::GatewayIntents;
use tokio_util::sync::CancellationToken;

use super::connection::{Connection, ConnectionExit, Opened, Session};
use super::disconnect::Backoff;
use super::disconnect::{Disconnect, Refused};
use super::identify_queue::IdentifyQueue;
use super::{Gateway, Refusals, ShardExit, pause};
use crate::bot::login;
use crate::failure::Failure;

/// A connection that was up this long resets the backoff.
const STABLE_AFTER: Duration = Duration::from_mins(1);

/// How often in a row Discord may close a resumed session before a new one begins.
const RESUMES: u32 = 3;

/// How many attempts in a row to reach the resume address may fail: a few minutes, after which Discord has dropped the
/// session.
const NOBODY: u32 = 8;

/// Its id and total.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shard {
    pub(super) id: u32,
    pub(super) total: u32,
}

/// Runs one shard.
#[derive(Clone, Copy)]
pub(super) struct ShardRunner<'a> {
    pub(super) shard: Shard,
    pub(super) gateway: &'a Gateway,
    pub(super) starts: &'a IdentifyQueue,
    pub(super) stop: &'a CancellationToken,
    /// Shards of this process that have not connected yet.
    pub(super) waiting: &'a AtomicU32,
}

/// Outlives a connection.
#[derive(Debug, Default)]
pub(super) struct ShardState {
    /// To be resumed.
    pub(super) session: Option<Session>,
    /// Resumes since the session last began or resumed, and failed attempts to reach its address.
    resumes: u32,
    unanswered: u32,
    /// From a monotonic clock.
    up_since: Option<Duration>,
    waits: Backoff,
    refusals: Refusals,
    /// The intents of the last identify.
    pub(super) intents: GatewayIntents,
    /// Whether the address was requested before.
    has_asked: bool,
    has_begun: bool,
}

impl ShardState {
    pub(super) fn note_up(&mut self, now: Duration) {
        self.resumes = 0;
        self.up_since = Some(now);
    }
}

impl ShardRunner<'_> {
    /// Reconnects until the bot stops. Returns only faults that concern all shards.
    pub(super) async fn keep(self) -> ShardExit {
        let mut life = ShardState::default();
        loop {
            let mut trouble = match self.connect(&mut life).await {
                ConnectionExit::Stopped => return ShardExit::Stopped,
                ConnectionExit::Refused(Refused::DisallowedIntents) if self.gateway.note_refused(life.intents) => {
                    life.session = None;
                    Disconnect::SessionLost
                }
                ConnectionExit::Refused(refused) => return ShardExit::ForGood(self.explain(refused)),
                ConnectionExit::Disconnect(trouble @ Disconnect::TooFewShards) => {
                    return ShardExit::Disconnect(trouble);
                }
                ConnectionExit::Disconnect(trouble) => trouble,
            };
            if life.session.is_some() && life.resumes >= RESUMES {
                trouble = Disconnect::SentAway;
            }
            if life.resumes >= RESUMES || life.unanswered >= NOBODY {
                (life.session, life.resumes, life.unanswered) = (None, 0, 0);
            }
            let end = ShardExit::from(trouble);
            let ShardExit::Disconnect(trouble) = end else { return end };
            if let Some(failure) = life.refusals.note(&trouble) {
                return ShardExit::ForGood(failure);
            }
            let wait = if life.up_since.take().is_some_and(|since| self.now().saturating_sub(since) >= STABLE_AFTER) {
                life.waits.reset();
                Duration::ZERO
            } else {
                trouble.wait(&mut life.waits)
            };
            if !pause(&trouble, wait, self.stop).await {
                return ShardExit::Stopped;
            }
        }
    }

    /// One connection, from its address to its end.
    async fn connect(self, life: &mut ShardState) -> ConnectionExit {
        let opened = async {
            if let Some(session) = &life.session {
                return Opened::at(session.url(), None).await;
            }
            let anew = std::mem::replace(&mut life.has_asked, true);
            let rest = &self.gateway.handlers.state().rest;
            let (turn, address) = self.starts.turn(self.shard.id, rest, anew).await?;
            Opened::at(address.url(), Some(turn)).await
        };
        let opened = tokio::select! {
            biased;
            () = self.stop.cancelled() => return ConnectionExit::Stopped,
            opened = opened => opened,
        };
        match opened {
            Ok(opened) => {
                life.unanswered = 0;
                life.resumes += u32::from(life.session.is_some());
                Connection::new(self, life, opened).listen().await
            }
            Err(trouble) => {
                life.unanswered += u32::from(life.session.is_some());
                trouble.into()
            }
        }
    }

    pub(super) fn now(self) -> Duration {
        self.gateway.handlers.state().app.clock.monotonic()
    }

    /// Counts a session.
    pub(super) fn note_begun(self, life: &mut ShardState) {
        let Shard { id, total } = self.shard;
        tracing::debug!(shard.id = id, shard.total = total, "a gateway session has begun");
        if !std::mem::replace(&mut life.has_begun, true) && self.waiting.fetch_sub(1, Ordering::Relaxed) == 1 {
            tracing::info!(shard.total = total, "connected to Discord with all shards of this process");
        }
    }

    fn explain(self, refused: Refused) -> Failure {
        match refused {
            Refused::Token => login::refused_token(),
            Refused::Shard => login::invalid_shard(self.shard.id, self.shard.total, self.gateway.shards.is_some()),
            Refused::Version => login::invalid_version(),
            Refused::UnknownIntents => login::unknown_intents(),
            Refused::DisallowedIntents => login::disallowed_intents(),
        }
    }
}
