//! The threads whose messages matter: a ticket's closing is scheduled there, or its owner was asked about it. Messages
//! in all other threads are dropped as they arrive.
//!
//! The database knows the timers; this is read from it at the start and may hold more threads than it, never fewer.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use crate::domain::ids::ThreadId;

#[derive(Debug, Default)]
pub struct Awaited(RwLock<HashSet<ThreadId>>);

impl Awaited {
    pub fn extend(&self, threads: impl IntoIterator<Item = ThreadId>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).extend(threads);
    }

    pub fn remove(&self, thread: ThreadId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&thread);
    }

    pub fn contains(&self, thread: ThreadId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&thread)
    }
}
