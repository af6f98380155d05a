//! How the bot of the model carries out its steps.

use super::*;

impl World {
    pub(super) fn carry_out(&mut self) {
        match self.lane[0] {
            Task::Open => {
                self.end();
                self.hear(Event::Opened, false);
            }
            Task::Close(closing) => self.carry_on_closing(closing),
            Task::Restore(restoring) => self.restore(restoring.otherwise),
            Task::Discard => {
                self.there = None;
                self.end();
                self.hear(Event::Discarded, false);
            }
            Task::Look(question) => {
                self.end();
                let stored = match self.thread {
                    Thread::There(flags) | Thread::Hidden(flags) => flags,
                    Thread::NotMade | Thread::Gone => return,
                };
                if let Some(flags) = question.seen {
                    if stored.knows_all_of(flags) {
                        return;
                    }
                    self.hear(Event::Seen { flags, by: ArchivedBy::Person }, true);
                }
                self.ask(question, true);
            }
        }
    }

    /// The requests of `tickets::steps::restore`.
    fn restore(&mut self, otherwise: Option<State>) {
        let (must_look, stored) = (self.must_look, self.thread);
        self.end();
        let (Some(there), Thread::There(stored)) = (self.there, stored) else {
            return self.hear(Event::ThreadGone, false);
        };
        if !self.is_visible() {
            if let Some(otherwise) = otherwise {
                self.hear(Event::NotReopened { otherwise }, false);
                self.hear(Event::OutOfSight, false);
            }
            return;
        }
        if must_look && otherwise.is_some() && there.archived && !stored.knows_all_of(there) {
            return self.see();
        }
        if there.locked && !self.can_lock {
            if let Some(otherwise) = otherwise.filter(|_| there.archived) {
                return self.hear(Event::NotReopened { otherwise }, false);
            }
        } else if there.locked {
            self.there = Some(Flags { locked: false, ..there });
        }
        let Some(_) = otherwise else { return self.see() };
        self.set_archived(false, false, ArchivedBy::Person);
        self.see();
        if self.owner_in_guild {
            self.owner_in_thread = true;
        } else {
            self.hear(Event::OwnerOutOfReach, false);
        }
    }

    fn carry_on_closing(&mut self, closing: Closing) {
        let Closing { notice, stays } = closing;
        assert_eq!(self.state, State::Closed, "a close of a ticket that is {:?}", self.state);
        let (Some(there), Thread::There(stored)) = (self.there, self.thread) else {
            self.end();
            return self.hear(Event::ThreadGone, false);
        };
        if !self.is_visible() {
            self.end();
            return self.hear(Event::OutOfSight, false);
        }
        let mut to_post = notice.filter(|_| self.noticed_at.is_none());
        if self.must_look {
            let traces = Traces { made_at: START, stored, seen: there, noticed_at: self.noticed_at };
            match resume_closing(to_post, &traces) {
                Resumed::Reopened => {
                    self.end();
                    return self.see();
                }
                Resumed::GoOn(notice) => to_post = notice,
            }
            self.must_look = false;
        }
        let was_reopened = self.lane.iter().any(|task| {
            matches!(task, Task::Look(Question { seen: Some(seen), .. }) if !seen.archived && !stored.knows_all_of(*seen))
        });
        if (there.archived && there.locked) || (to_post.is_some() && stored.archived && was_reopened) {
            self.end();
            return;
        }
        let in_reach = !there.locked || self.can_lock;
        if to_post.is_some() && in_reach {
            self.notices += 1;
            self.noticed_at = Some(self.now);
            return self.set_archived(false, false, ArchivedBy::Person);
        }
        if stays {
            return self.end();
        }
        if there.archived && self.can_lock {
            // Locked together with un-archiving it; the next request archives it again, at least a millisecond later.
            self.set_archived(false, true, ArchivedBy::Person);
            self.now = self.now + Duration::from_millis(1);
            return;
        }
        if in_reach {
            self.set_archived(true, self.can_lock, ArchivedBy::Person);
        }
        self.end();
        self.see();
    }
}
