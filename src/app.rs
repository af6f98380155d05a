//! What every handler shares: the database, the clock, and the few settings that handlers need.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use crate::domain::clock::{Clock, Timestamp};
use crate::domain::ids::{GuildId, UserId};
use crate::domain::shards::Share;
use crate::storage::Database;
use crate::storage::steps::Holder;

mod agenda;
mod alarm;
pub mod background;
mod leavers;

pub use agenda::{Agenda, Missing};
pub use alarm::Alarm;
pub use leavers::Leavers;

/// Shared state. It knows neither Discord's client nor the operator's files.
pub struct App {
    pub db: Database,
    pub clock: Arc<dyn Clock>,
    limits: RwLock<Limits>,
    /// The admins whose selected message is being used.
    pub selecting: InFlight<(GuildId, UserId)>,
    /// The guilds that are being checked because an admin asked.
    pub checking: InFlight<GuildId>,
    /// The guilds whose tickets are to be looked over, at one pace however many there are.
    pub agenda: Agenda,
    pub leavers: Leavers,
    /// Rung when a step may be due.
    pub alarm: Alarm,
    /// As whom this process holds steps.
    pub holder: Holder,
    /// The guilds that are this process's to look after.
    pub share: Share,
    identity: OnceLock<Identity>,
}

/// What this process is at right now, so that nobody begins it a second time or takes it for a left-over of a crash.
#[derive(Debug)]
pub struct InFlight<K: Copy + Eq + Hash>(Mutex<HashMap<K, usize>>);

/// Ends with its owner.
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

    /// `None` when somebody is at it already.
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
        // Counts are whole after any panic.
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

/// What the operator may bound.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes in all, of the files that one inbox message takes over.
    pub attachments: u64,
    /// How long an answer may take before the interaction is deferred. Discord drops an interaction that has no answer
    /// within 3 seconds; the rest is left to the network.
    pub answer_within: Duration,
}

impl Limits {
    /// Discord's deadline is 3 s from the click to the arrival of our answer (Discord: "Receiving and Responding").
    pub const ANSWER_WITHIN: Duration = Duration::from_millis(1_800);
}

/// Who the bot is, and who runs it; known once it is logged in.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    pub bot: UserId,
    /// Whom members are sent to with an error code; `None` when Discord did not say.
    pub owner: Option<UserId>,
}

impl App {
    pub fn new(db: Database, clock: Arc<dyn Clock>, limits: Limits, share: Share) -> Self {
        Self {
            db,
            clock,
            limits: RwLock::new(limits),
            selecting: InFlight::default(),
            checking: InFlight::default(),
            agenda: Agenda::default(),
            leavers: Leavers::default(),
            alarm: Alarm::default(),
            holder: Holder::new(),
            share,
            identity: OnceLock::new(),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn limits(&self) -> Limits {
        *self.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The operator has changed them.
    pub fn set_limits(&self, limits: Limits) {
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
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
