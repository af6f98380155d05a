//! Wakes the step worker. The database holds what is due; the alarm says only that it should be read, and names the
//! steps whose task ended early.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::storage::steps::StepId;

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

    /// Returns once the alarm rings; at once if it rang since the last call.
    pub async fn rung(&self) {
        self.rung.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Vec<StepId>> {
        // The state is consistent after a panic.
        self.abandoned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
