//! Who is exporting a ticket: one export at a time for each person, and so many in all.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::ids::UserId;

/// Exports for people at once. Each keeps a hundred messages and a piece of a file in memory, and a temporary file.
const MOST: usize = 4;

/// Exports into logs at once. They wait for each other, so people's do not wait for them.
const MOST_INTO_LOGS: usize = 2;

/// The exports of this process.
#[derive(Debug, Default)]
pub struct Exports {
    people: Mutex<HashSet<UserId>>,
    into_logs: Mutex<usize>,
}

/// Why an export cannot begin now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The person has one running.
    Own,
    /// Too many are running.
    All,
}

/// A running export. Dropping it makes room.
#[derive(Debug)]
pub struct Exporting {
    exports: Arc<Exports>,
    /// `None`: into a log.
    user: Option<UserId>,
}

impl Exports {
    pub fn begin(self: &Arc<Self>, user: UserId) -> Result<Exporting, Busy> {
        let mut people = lock(&self.people);
        if people.contains(&user) {
            return Err(Busy::Own);
        }
        if people.len() >= MOST {
            return Err(Busy::All);
        }
        people.insert(user);
        Ok(Exporting { exports: Arc::clone(self), user: Some(user) })
    }

    /// `None`: too many are running.
    pub fn begin_into_log(self: &Arc<Self>) -> Option<Exporting> {
        let mut running = lock(&self.into_logs);
        if *running >= MOST_INTO_LOGS {
            return None;
        }
        *running += 1;
        Some(Exporting { exports: Arc::clone(self), user: None })
    }
}

impl Drop for Exporting {
    fn drop(&mut self) {
        match self.user {
            Some(user) => _ = lock(&self.exports.people).remove(&user),
            None => *lock(&self.exports.into_logs) -= 1,
        }
    }
}

/// The state is consistent after a panic.
fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_export_at_a_time_and_all_have_a_bound() {
        let exports = Arc::new(Exports::default());
        let begin = |user| exports.begin(UserId::new(user));
        let mut running: Vec<_> = (1..=4).map(|user| begin(user).unwrap()).collect();

        assert_eq!(begin(1).unwrap_err(), Busy::Own);
        assert_eq!(begin(5).unwrap_err(), Busy::All);
        assert!(exports.begin_into_log().is_some(), "logs have room of their own");

        running.remove(0);
        assert!(begin(1).is_ok());
    }

    #[test]
    fn so_many_go_into_logs_at_once() {
        let exports = Arc::new(Exports::default());
        let running = [exports.begin_into_log(), exports.begin_into_log()];
        assert!(running.iter().all(Option::is_some) && exports.begin_into_log().is_none());
        drop(running);
        assert!(exports.begin_into_log().is_some());
    }
}
