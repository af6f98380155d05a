//! Wakes the worker that carries out what is due. What there is to do stands in the database alone; this says only that it
//! is worth a look, and which steps were left by work that ended without a word.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::storage::steps::StepId;

#[derive(Debug, Default)]
pub struct Alarm {
    rung: Notify,
    abandoned: Mutex<Vec<StepId>>,
}

impl Alarm {
    /// Something may be due.
    pub fn ring(&self) {
        self.rung.notify_one();
    }

    /// Whoever was at this step was dropped or has panicked.
    pub fn abandon(&self, step: StepId) {
        self.lock().push(step);
        self.ring();
    }

    pub fn take_abandoned(&self) -> Vec<StepId> {
        std::mem::take(&mut *self.lock())
    }

    /// Returns once it is rung; at once, if it was rung since the last time.
    pub async fn rung(&self) {
        self.rung.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Vec<StepId>> {
        // Whole after any panic.
        self.abandoned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
