//! What staff do with the people and the place of a ticket: claim, assign, add, remove, transfer, move.

use discord_sim::{Slash, Thread};

use super::World;

impl World<'_> {
    pub(super) async fn staff_work(&mut self) {
        let Some(thread) = self.a_thread() else { return };
        let staff = self.here.moderator.clone();
        let member = self.dice.choice(self.here.members.clone()).unwrap();
        if thread.is_archived() || !member.is_member() {
            return;
        }
        let id = thread.id();
        match self.dice.u8(..10) {
            0 | 1 => self.command(staff.slash("ticket claim"), &thread, "claims"),
            2 => self.command(staff.slash("ticket release"), &thread, "releases"),
            3 => self.command(staff.slash("ticket assign").user("member", &staff), &thread, "assigns"),
            4 | 5 => {
                *self.reopened.entry(id).or_default() += 1;
                self.command(staff.slash("ticket add").user("member", &member), &thread, "adds somebody to");
            }
            6 => {
                self.left.insert(id);
                self.command(staff.slash("ticket remove").user("member", &member), &thread, "removes somebody from");
            }
            7 | 8 => {
                self.left.insert(id);
                let removes = self.dice.bool();
                let ask = staff.slash("ticket transfer").user("member", &member).boolean("remove", removes);
                self.confirmed(ask, &thread, "transfers").await;
            }
            _ => {
                self.is_reason(&thread);
                self.left.insert(id);
                let inbox = self.dice.u8(1..=4).to_string();
                self.confirmed(staff.slash("ticket move").string("inbox", &inbox), &thread, "moves").await;
            }
        }
    }

    /// Whatever the bot makes of it, and whether it runs or not.
    fn command(&mut self, command: Slash, thread: &Thread, what: &str) {
        if command.at(thread).try_begin().is_ok() {
            self.note(format!("staff {what} {}", thread.id()));
        }
    }

    /// A command that is to be confirmed. The answer comes only while nothing is wrong; the confirmation may meet anything.
    async fn confirmed(&mut self, command: Slash, thread: &Thread, what: &str) {
        let calm = self.is_up && self.faults.is_empty() && !self.holds_events && self.hidden.is_empty();
        if !calm {
            return;
        }
        self.calm_down().await;
        if thread.is_archived() || !thread.exists() {
            return;
        }
        let Ok(asked) = command.at(thread).try_send().await else { return };
        self.note(format!("staff {what} {}: {}", thread.id(), asked.text()));
        if self.dice.bool() {
            self.request_fails();
        }
        let button = asked.buttons().pop().filter(|button| button.label.ends_with("the ticket"));
        if let Some(button) = button {
            drop(self.here.moderator.begin_click(&asked, &button.label));
        }
    }
}
