//! The world behind its lock, with notifications of changes.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::clock::Clock;
use crate::world::World;

pub(crate) struct Shared {
    world: Mutex<World>,
    changes: watch::Sender<u64>,
    pub(crate) clock: Clock,
    pub(crate) base_url: String,
    /// The limit of every wait, in real time.
    pub(crate) patience: Duration,
}

/// Tells that the world may have changed: what people do, what the bot requests, what the gateway sends.
///
/// Several changes may be told as one. Time alone is no change: deadlines pass silently.
pub struct Changes(watch::Receiver<u64>);

impl Changes {
    /// Returns once something changed since the last call. `false`: the simulator is gone.
    pub async fn changed(&mut self) -> bool {
        self.0.changed().await.is_ok()
    }
}

impl Shared {
    pub(crate) fn new(world: World, patience: Duration) -> Self {
        Self {
            clock: world.clock.clone(),
            base_url: world.base_url.clone(),
            world: Mutex::new(world),
            changes: watch::Sender::new(0),
            patience,
        }
    }

    /// Reads the world. Locked for the closure only, which must not wait.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the world, and wakes those that wait.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.lock());
        self.changes.send_modify(|count| *count += 1);
        result
    }

    pub(crate) fn changes(&self) -> Changes {
        Changes(self.changes.subscribe())
    }

    /// Waits until the condition holds, checking after every change of the world. `false` after the patience.
    pub(crate) async fn until(&self, mut condition: impl FnMut() -> bool) -> bool {
        let mut changes = self.changes.subscribe();
        let waiting = async {
            while !condition() {
                // Time alone can make a condition true (a deadline passing), so check periodically.
                let _ = tokio::time::timeout(Duration::from_millis(25), changes.changed()).await;
            }
        };
        tokio::time::timeout(self.patience, waiting).await.is_ok()
    }

    /// Reports the unmet condition, with everything that happened.
    pub(crate) fn give_up(&self, what: &str) -> ! {
        panic!("waited {:?} in vain: {what}", self.patience);
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A test that fails inside a closure must not hide its reason behind a poisoned lock.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
