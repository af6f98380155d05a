//! What staff do with Discord's own tools.

use std::time::Duration;

use discord_sim::Thread;

use super::World;

impl World<'_> {
    pub(super) async fn staff_act(&mut self) {
        let Some(thread) = self.a_thread() else { return };
        let staff = self.here.moderator.clone();
        let id = thread.id();
        match self.dice.u8(..6) {
            0 | 1 if staff.try_archive(&thread).is_ok() => {
                self.note(format!("staff archive {id}"));
                self.is_reason(&thread);
            }
            2 | 3 => self.staff_reopen(&thread).await,
            4 => {
                let member = self.dice.choice(self.here.members.clone()).unwrap();
                if staff.try_add(&thread, &member).is_ok() {
                    self.note(format!("staff add {} to {id}", member.name()));
                    *self.reopened.entry(id).or_default() += 1;
                }
            }
            5 if self.dice.bool() && staff.try_delete_thread(&thread).is_ok() => {
                self.note(format!("staff delete {id}"));
                self.is_reason(&thread);
                self.left.insert(id);
            }
            _ => {
                if staff.try_lock(&thread).is_ok() {
                    self.note(format!("staff lock {id}"));
                    self.is_reason(&thread);
                }
            }
        }
    }

    /// A re-opening during a close cannot be told from the traces of the close; any other counts.
    async fn staff_reopen(&mut self, thread: &Thread) {
        let calm = self.is_up && self.faults.is_empty() && !self.holds_events && self.hidden.is_empty();
        if calm {
            self.calm_down().await;
            self.is_known_as_archived(thread).await;
        }
        let calm = calm && !self.out_of_reach.contains(&thread.id());
        if !thread.is_archived() || self.here.moderator.try_unarchive(thread).is_err() {
            return;
        }
        self.note(format!("staff re-open {}", thread.id()));
        *self.reopened.entry(thread.id()).or_default() += 1;
        let row =
            self.bot.ledger().rows().await.into_iter().find(|row| row.thread_id == Some(thread.id().cast_signed()));
        let has_owner = row.is_some_and(|row| thread.members().contains(&row.owner_id.cast_unsigned()));
        if calm && has_owner && !self.timed.contains(&thread.id()) {
            self.waiting.insert(thread.id());
        }
    }

    /// The simulator cannot see a bot that has read an event and not yet acted on it.
    async fn is_known_as_archived(&self, thread: &Thread) {
        while thread.is_archived() {
            let rows = self.bot.ledger().rows().await;
            let row = rows.iter().find(|row| row.thread_id == Some(thread.id().cast_signed()));
            if row.is_none_or(|row| ["closed", "dormant"].contains(&row.state.as_str()) && row.step.is_none()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
