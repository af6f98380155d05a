//! An active fault: counts its hits, and releases held requests.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use tokio::sync::Notify;

use super::Fault;
use crate::shared::Shared;

/// Where held requests wait.
#[derive(Default)]
pub(crate) struct Gate {
    open: AtomicBool,
    waiting: AtomicUsize,
    opened: Notify,
}

impl Gate {
    pub(crate) async fn pass(&self) {
        self.waiting.fetch_add(1, SeqCst);
        loop {
            let opened = self.opened.notified();
            if self.open.load(SeqCst) {
                break;
            }
            opened.await;
        }
        self.waiting.fetch_sub(1, SeqCst);
    }

    fn open(&self) {
        self.open.store(true, SeqCst);
        self.opened.notify_waiters();
    }
}

/// An active fault.
#[derive(Clone)]
pub struct FaultHandle {
    shared: Arc<Shared>,
    id: u64,
    gate: Arc<Gate>,
}

impl FaultHandle {
    pub(crate) fn install(shared: &Arc<Shared>, fault: Fault) -> Self {
        let gate = fault.gate.clone();
        let id = shared.write(|world| world.faults.add(fault));
        Self { shared: shared.clone(), id, gate }
    }

    /// How many requests it hit.
    pub fn hits(&self) -> usize {
        self.shared.read(|world| {
            let fault = world.faults.active.iter().find(|fault| fault.id == self.id);
            fault.map_or(0, |fault| fault.hits)
        })
    }

    /// How many requests it holds.
    pub fn waiting(&self) -> usize {
        self.gate.waiting.load(SeqCst)
    }

    /// Releases held requests, and holds no others.
    pub fn release(&self) {
        self.clear();
        self.gate.open();
    }

    /// Ends it.
    pub fn clear(&self) {
        self.shared.write(|world| {
            let found = world.faults.active.iter_mut().find(|fault| fault.id == self.id);
            if let Some(fault) = found {
                fault.left = 0;
            }
        });
    }
}
