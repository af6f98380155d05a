//! State shared by all handlers: the database, the clock and the settings that handlers need.

mod awaited;
pub mod background;
mod discord_time;
mod drawers;
mod exports;
mod leavers;
mod reconcile_queue;
mod refusals;
mod text_seal;

pub use awaited::Awaited;
pub use discord_time::DiscordTime;
pub use drawers::{CardDrawers, Drawers, Pace, PanelDrawers, Turn, TurnEnd};
pub use exports::{Busy, Exporting, Exports};
pub use leavers::Leavers;
pub use reconcile_queue::{Missing, ReconcileQueue};
pub use refusals::Refusals;
pub use text_seal::{TextOwner, TextSeal};

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::clock::{Clock, Timestamp};
use crate::domain::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::domain::shards::ShardRange;
use crate::storage::steps::{Holder, StepId};
use crate::storage::{self, Database, panels};

/// Shared state. Independent of the Discord client and of the operator's files.
pub struct App {
    pub db: Database,
    pub clock: Arc<dyn Clock>,
    pub discord_time: Arc<DiscordTime>,
    limits: RwLock<Limits>,
    /// The admins whose selected message is being used.
    pub selecting: InFlight<(GuildId, UserId)>,
    /// The guilds with a running check that an admin asked for.
    pub checking: InFlight<GuildId>,
    pub exports: Arc<Exports>,
    /// The guilds whose tickets are to be reconciled, at one shared pace.
    pub reconcile_queue: ReconcileQueue,
    pub leavers: Leavers,
    /// The channels where the bot may not lock threads.
    pub lock_refusals: Refusals<ChannelId>,
    /// The guilds whose audit log the bot may not read.
    pub audit_refusals: Refusals<GuildId>,
    /// The threads in which a message of the owner decides something.
    pub awaited: Awaited,
    /// The channels whose cards are being drawn, and those that wait.
    pub card_drawers: CardDrawers,
    /// The same for panels.
    pub panel_drawers: PanelDrawers,
    /// Wakes the worker when a step may be due.
    pub alarm: Alarm,
    /// For text that a step has still to post.
    pub text_seal: TextSeal,
    /// The name under which this process holds steps.
    pub holder: Holder,
    /// The guilds that this process handles.
    pub share: ShardRange,
    /// By the local clock.
    pub started_at: Timestamp,
    hears_members: AtomicBool,
    identity: OnceLock<Identity>,
}

/// Keys of the work this process is doing, so that it neither starts it twice nor takes it for a leftover of a crash.
#[derive(Debug)]
pub struct InFlight<K: Copy + Eq + Hash>(Mutex<HashMap<K, usize>>);

/// Releases its key when dropped.
#[derive(Debug)]
pub struct Running<'a, K: Copy + Eq + Hash> {
    all: &'a InFlight<K>,
    key: K,
}

impl<K: Copy + Eq + Hash> Default for InFlight<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash> InFlight<K> {
    pub fn begin(&self, key: K) -> Running<'_, K> {
        *self.lock().entry(key).or_default() += 1;
        Running { all: self, key }
    }

    /// `None` when the key is already held.
    pub fn begin_alone(&self, key: K) -> Option<Running<'_, K>> {
        match self.lock().entry(key) {
            Entry::Occupied(_) => return None,
            Entry::Vacant(free) => free.insert(1),
        };
        Some(Running { all: self, key })
    }

    pub fn contains(&self, key: K) -> bool {
        self.lock().contains_key(&key)
    }

    pub fn any(&self, fits: impl Fn(K) -> bool) -> bool {
        self.lock().keys().any(|&key| fits(key))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        // The counts are consistent after a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Copy + Eq + Hash> Drop for Running<'_, K> {
    fn drop(&mut self) {
        if let Entry::Occupied(mut running) = self.all.lock().entry(self.key) {
            *running.get_mut() -= 1;
            if *running.get() == 0 {
                running.remove();
            }
        }
    }
}

/// Limits that the operator can set.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Total bytes of the files that one inbox message may copy.
    pub attachments: u64,
    /// How long a handler may run before the interaction is deferred. Discord drops an interaction that has no answer
    /// within 3 seconds; the remainder is for the network.
    pub answer_within: Duration,
    /// How many days the record of a closed ticket is kept; its thread can be deleted as long.
    pub records_days: u16,
}

impl Limits {
    /// Discord's deadline is 3 s from the click to the arrival of our answer (Discord: "Receiving and Responding").
    pub const ANSWER_WITHIN: Duration = Duration::from_millis(1_800);
}

/// The bot's identity and its operator; known after login.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    pub bot: UserId,
    /// The contact that members get with an error code; `None` when Discord did not name one.
    pub owner: Option<UserId>,
}

impl App {
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        discord_time: Arc<DiscordTime>,
        limits: Limits,
        share: ShardRange,
        text_seal: TextSeal,
    ) -> Self {
        Self {
            db,
            started_at: clock.now(),
            clock,
            discord_time,
            limits: RwLock::new(limits),
            selecting: InFlight::default(),
            checking: InFlight::default(),
            exports: Arc::default(),
            reconcile_queue: ReconcileQueue::default(),
            leavers: Leavers::default(),
            lock_refusals: Refusals::default(),
            audit_refusals: Refusals::default(),
            awaited: Awaited::default(),
            card_drawers: CardDrawers::default(),
            panel_drawers: PanelDrawers::default(),
            alarm: Alarm::default(),
            text_seal,
            holder: Holder::new(),
            share,
            hears_members: AtomicBool::new(false),
            identity: OnceLock::new(),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// For what happens at an announced time: see [`DiscordTime`].
    pub fn now_at_discord(&self) -> Timestamp {
        self.discord_time.now()
    }

    pub fn limits(&self) -> Limits {
        *self.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The operator has changed the settings.
    pub fn set_limits(&self, limits: Limits) {
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// Has the panel with this message drawn again soon, together with what else changes: this resets its menu for
    /// everybody.
    pub async fn refresh_panel(&self, message: MessageId) -> storage::Result<()> {
        if panels::touch_message(&self.db, message).await? {
            self.panel_drawers.wake();
        }
        Ok(())
    }

    /// Whether Discord reports who leaves a thread or a guild: the members intent is on and was not refused.
    pub fn hears_members(&self) -> bool {
        self.hears_members.load(Ordering::Relaxed)
    }

    pub fn set_hears_members(&self, hears: bool) {
        self.hears_members.store(hears, Ordering::Relaxed);
    }

    /// Set once, after login; later calls change nothing.
    pub fn identify(&self, identity: Identity) {
        let _already_known = self.identity.set(identity);
    }

    pub fn identity(&self) -> Option<Identity> {
        self.identity.get().copied()
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("limits", &self.limits()).finish_non_exhaustive()
    }
}

/// Wakes the step worker. The database holds what is due; the alarm says only that it should be read, and names the
/// steps whose task ended early.
#[derive(Debug, Default)]
pub struct Alarm {
    rung: Notify,
    abandoned: Mutex<Vec<StepId>>,
}

impl Alarm {
    /// A step may be due.
    pub fn ring(&self) {
        self.rung.notify_one();
    }

    /// The task that held this step was dropped or panicked.
    pub fn abandon(&self, step: StepId) {
        self.lock().push(step);
        self.ring();
    }

    pub fn take_abandoned(&self) -> Vec<StepId> {
        std::mem::take(&mut *self.lock())
    }

    /// These could not be released yet. Does not ring: the caller waits before it tries again.
    pub fn put_back(&self, steps: Vec<StepId>) {
        self.lock().extend(steps);
    }

    /// Returns once the alarm rings; at once if it rang since the last call.
    pub async fn rung(&self) {
        self.rung.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Vec<StepId>> {
        // The state is consistent after a panic.
        self.abandoned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
