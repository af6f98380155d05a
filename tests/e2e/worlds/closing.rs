//! People close and re-open tickets through the bot: in the ticket, on its card, from the log; at once, later, or with
//! the owner's agreement.

use discord_sim::{Actor, Message, Slash, State, Thread};

use super::World;
use crate::invariants::staff::{cards_in, thread_of};

/// What the inboxes of a world are set to.
pub(super) const SETTINGS: [&str; 5] = [
    "{}",
    r#"{"form":{"questions":[{"key":"what","label":"What?","kind":"short"}]}}"#,
    r#"{"closing":{"ask_reason":"never","owners_may_reopen":true}}"#,
    r#"{"closing":{"ask_reason":"always","visible_hours":1}}"#,
    r#"{"beginning":{"claim_button":true},"closing":{"owners_may_close":false}}"#,
];

impl World<'_> {
    /// A form or a question is answered by a later step.
    pub(super) fn people_close(&mut self) {
        if self.dice.bool() && self.answer_a_question() {
            return;
        }
        let Some((thread, owner)) = self.a_ticket() else { return };
        let closer = if self.dice.u8(..3) == 0 { owner } else { self.here.moderator.clone() };
        let id = thread.id();
        match self.dice.u8(..6) {
            0 | 1 => {
                let first = thread.messages().into_iter().find(|message| has_button(message, "Close"));
                let Some(first) = first else { return };
                self.press(&closer, &first, "Close", id);
            }
            2 | 3 => self.close_by(closer.slash("ticket close").string("reason", "done"), &thread, "closes"),
            4 => {
                self.timed.insert(id);
                self.close_by(
                    closer.slash("ticket close").string("in", "5m").string("reason", "soon"),
                    &thread,
                    "schedules",
                );
            }
            _ => {
                self.timed.insert(id);
                let ask = self.here.moderator.slash("ticket ask-to-close");
                let ask = if self.dice.bool() { ask.string("after", "5m") } else { ask };
                self.close_by(ask, &thread, "asks to close");
            }
        }
    }

    fn close_by(&mut self, command: Slash, thread: &Thread, what: &str) {
        if command.at(thread).try_begin().is_ok() {
            self.note(format!("somebody {what} {}", thread.id()));
            self.is_reason(thread);
        }
    }

    fn press(&mut self, who: &Actor, message: &Message, label: &str, thread: u64) {
        if let Ok(reply) = who.try_begin_click(message, label) {
            self.note(format!("{} clicks {label} about {thread}", who.name()));
            self.closers.push((who.clone(), reply, thread));
        }
    }

    /// Somebody gives the reason, or means it. False: nobody was asked.
    fn answer_a_question(&mut self) -> bool {
        let Some((closer, asked, thread)) = self.closers.pop() else { return false };
        let answered = if asked.modal().is_some() {
            closer.try_begin_submit(&asked, &[("value", "solved")])
        } else if asked.state() == State::Answered && !asked.buttons().is_empty() {
            closer.try_begin_click(&asked.message(), "Close")
        } else {
            return true;
        };
        if answered.is_ok() {
            self.note(format!("{} closes {thread}", closer.name()));
            self.reasons.insert(thread);
            self.waiting.remove(&thread);
        }
        true
    }

    /// Somebody uses the buttons of what was announced.
    pub(super) fn somebody_decides(&mut self) {
        let Some((thread, owner)) = self.a_ticket() else { return };
        let who = if self.dice.bool() { owner } else { self.here.moderator.clone() };
        let announced = thread
            .messages()
            .into_iter()
            .rev()
            .find(|message| ["Close it", "Keep it open", "Cancel"].iter().any(|label| has_button(message, label)));
        let Some(announced) = announced else { return };
        let label = self.dice.choice(announced.buttons()).unwrap().label;
        if who.try_begin_click(&announced, &label).is_ok() {
            self.note(format!("{} clicks {label} in {}", who.name(), thread.id()));
            self.is_reason(&thread);
        }
    }

    pub(super) fn staff_use_a_card(&mut self) {
        let cards = cards_in(self.sim, &self.here.cards);
        let Some(card) = self.dice.choice(cards) else { return };
        let Some(thread) = thread_of(&card) else { return };
        let labels = card.buttons().into_iter().filter(|button| button.custom_id.is_some());
        let Some(button) = self.dice.choice(labels.collect::<Vec<_>>()) else { return };
        let staff = self.here.moderator.clone();
        match button.label.as_str() {
            // It un-archives a dormant ticket.
            "Join" | "Re-open" => *self.reopened.entry(thread).or_default() += 1,
            _ => {}
        }
        self.press(&staff, &card, &button.label, thread);
    }

    pub(super) fn people_reopen(&mut self) {
        let line = self.here.log.messages().into_iter().rev().find(|line| has_button(line, "Re-open"));
        if let Some(line) = line.filter(|_| self.dice.u8(..3) == 0) {
            let threads = self.here.town.guild.threads();
            let Some(thread) = threads.iter().find(|thread| line.text().contains(&thread.url())) else { return };
            *self.reopened.entry(thread.id()).or_default() += 1;
            let staff = self.here.moderator.clone();
            return self.press(&staff, &line, "Re-open", thread.id());
        }
        let Some(thread) = self.a_thread() else { return };
        let member = self.dice.choice(self.here.members.clone()).unwrap();
        let who = if self.dice.u8(..4) == 0 { member } else { self.here.moderator.clone() };
        let command = who.slash("ticket reopen").string("ticket", &thread.url()).at(&self.here.town.help);
        if who.is_member() && command.try_begin().is_ok() {
            self.note(format!("{} re-opens {}", who.name(), thread.id()));
            *self.reopened.entry(thread.id()).or_default() += 1;
        }
    }
}

fn has_button(message: &Message, label: &str) -> bool {
    message.buttons().iter().any(|button| button.label == label)
}
