//! Keeps one shard on the gateway.
//!
//! A connection that ends is followed by another one. It resumes the session, and Discord tells what was missed; where
//! that is not possible a new session begins. That brings `READY` and `GUILD_CREATE`, by which missed events are made up
//! for.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use poise::serenity_prelude::GatewayIntents;
use tokio_util::sync::CancellationToken;

use super::connection::{Connection, Ended, Opened, Session};
use super::ending::{Refused, Trouble};
use super::starts::Starts;
use super::waits::Waits;
use super::{End, Gateway, Refusals, pause};
use crate::bot::login;
use crate::failure::Failure;

/// A connection that was up for so long has proved that the gateway is well: the next one need not wait.
const PROVEN: Duration = Duration::from_mins(1);

/// So often in a row Discord may send a resumed session away; then another one is begun.
const RESUMES: u32 = 3;

/// So often in a row there may be nobody at all where a session is to be resumed: a few minutes, after which Discord has
/// forgotten it.
const NOBODY: u32 = 8;

/// One of so many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shard {
    pub(super) id: u32,
    pub(super) total: u32,
}

/// Keeps one shard.
#[derive(Clone, Copy)]
pub(super) struct Keeper<'a> {
    pub(super) shard: Shard,
    pub(super) gateway: &'a Gateway,
    pub(super) starts: &'a Starts,
    pub(super) stop: &'a CancellationToken,
    /// Shards of this process that have never been connected.
    pub(super) waiting: &'a AtomicU32,
}

/// What outlives a connection.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// To be resumed.
    pub(super) session: Option<Session>,
    /// How often that was tried since it last began or went on, and how often nobody was there.
    resumes: u32,
    unanswered: u32,
    /// By a clock that never runs backwards.
    up_since: Option<Duration>,
    waits: Waits,
    refusals: Refusals,
    /// What the last session was begun with.
    pub(super) intents: GatewayIntents,
    /// Whether Discord was asked for the address before.
    has_asked: bool,
    has_begun: bool,
}

impl Life {
    pub(super) fn note_up(&mut self, now: Duration) {
        self.resumes = 0;
        self.up_since = Some(now);
    }
}

impl Keeper<'_> {
    /// One connection after the other, until the bot stops. Only trouble that concerns all shards is handed on.
    pub(super) async fn keep(self) -> End {
        let mut life = Life::default();
        loop {
            let mut trouble = match self.connect(&mut life).await {
                Ended::Stopped => return End::Stopped,
                Ended::Refused(Refused::DisallowedIntents) if self.gateway.note_refused(life.intents) => {
                    life.session = None;
                    Trouble::SessionLost
                }
                Ended::Refused(refused) => return End::ForGood(self.explain(refused)),
                Ended::Trouble(trouble @ Trouble::TooFewShards) => return End::Trouble(trouble),
                Ended::Trouble(trouble) => trouble,
            };
            if life.session.is_some() && life.resumes >= RESUMES {
                trouble = Trouble::SentAway;
            }
            if life.resumes >= RESUMES || life.unanswered >= NOBODY {
                (life.session, life.resumes, life.unanswered) = (None, 0, 0);
            }
            let end = End::from(trouble);
            let End::Trouble(trouble) = end else { return end };
            if let Some(failure) = life.refusals.note(&trouble) {
                return End::ForGood(failure);
            }
            let wait = if life.up_since.take().is_some_and(|since| self.now().saturating_sub(since) >= PROVEN) {
                life.waits.reset();
                Duration::ZERO
            } else {
                trouble.wait(&mut life.waits)
            };
            if !pause(&trouble, wait, self.stop).await {
                return End::Stopped;
            }
        }
    }

    /// One connection, from looking for it to its end.
    async fn connect(self, life: &mut Life) -> Ended {
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
            () = self.stop.cancelled() => return Ended::Stopped,
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

    /// A session has begun.
    pub(super) fn note_begun(self, life: &mut Life) {
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
