//! Messages that were deleted, until somebody has looked whether inboxes are among them. A clean-up deletes thousands at
//! once: those of one channel that come while the database is being asked wait, and are asked about together.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::ids::{ChannelId, MessageId};

#[derive(Debug, Default)]
pub struct Deletions(Mutex<Gathered>);

#[derive(Debug, Default)]
struct Gathered {
    waiting: HashMap<ChannelId, Vec<MessageId>>,
    at_work: bool,
}

/// Whose turn it is to look into them, those that still come included.
#[derive(Debug)]
pub struct Turn<'a> {
    deletions: &'a Deletions,
    is_over: bool,
}

impl Deletions {
    /// `None` when somebody is at it already, and will see to these as well.
    pub fn add(&self, channel: ChannelId, messages: &[MessageId]) -> Option<Turn<'_>> {
        let mut gathered = self.lock();
        gathered.waiting.entry(channel).or_default().extend_from_slice(messages);
        let is_first = !std::mem::replace(&mut gathered.at_work, true);
        // Not made for nothing: dropping it would wait for the lock that is held here.
        is_first.then(|| Turn { deletions: self, is_over: false })
    }

    fn lock(&self) -> MutexGuard<'_, Gathered> {
        // Whole after any panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Iterator for Turn<'_> {
    type Item = (ChannelId, Vec<MessageId>);

    /// All that wait of one channel.
    fn next(&mut self) -> Option<Self::Item> {
        let mut gathered = self.deletions.lock();
        let channel = gathered.waiting.keys().next().copied();
        let next = channel.and_then(|channel| gathered.waiting.remove_entry(&channel));
        if next.is_none() && !std::mem::replace(&mut self.is_over, true) {
            gathered.at_work = false;
            gathered.waiting.shrink_to_fit();
        }
        next
    }
}

/// Whoever gave up on them leaves the turn, and what is left, to the next.
impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.deletions.lock().at_work = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_meanwhile_is_looked_into_in_the_same_turn_and_together() {
        let deletions = Deletions::default();
        let (here, there) = (ChannelId::new(1), ChannelId::new(2));
        let message = MessageId::new;
        let mut turn = deletions.add(here, &[message(1)]).unwrap();
        assert_eq!(turn.next(), Some((here, vec![message(1)])));

        for number in 2..=4 {
            assert!(deletions.add(here, &[message(number)]).is_none());
        }
        assert!(deletions.add(there, &[message(5)]).is_none());
        let mut rest: Vec<_> = turn.by_ref().collect();
        rest.sort_unstable();

        assert_eq!(rest, [(here, vec![message(2), message(3), message(4)]), (there, vec![message(5)])]);
        let mut next = deletions.add(there, &[message(6)]).unwrap();
        drop(turn);
        assert!(deletions.add(here, &[message(7)]).is_none(), "an old turn does not end the next one");
        assert_eq!(next.by_ref().count(), 2);
    }

    #[test]
    fn a_turn_that_is_given_up_leaves_the_rest_to_the_next() {
        let deletions = Deletions::default();
        let (here, there) = (ChannelId::new(1), ChannelId::new(2));
        let mut given_up = deletions.add(here, &[MessageId::new(1)]).unwrap();
        assert!(given_up.next().is_some());
        assert!(deletions.add(there, &[MessageId::new(2)]).is_none());
        drop(given_up);

        let turn = deletions.add(here, &[MessageId::new(3)]).unwrap();

        assert_eq!(turn.count(), 2);
    }
}
