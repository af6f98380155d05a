//! Moderators delete closed tickets with `/ticket delete`: one step asks, a later one confirms.

use discord_sim::State;

use super::World;

impl World<'_> {
    pub(super) fn moderator_deletes(&mut self) {
        if let Some((moderator, asked, thread)) = self.asked.pop() {
            let has_button = asked.state() == State::Answered && !asked.buttons().is_empty();
            if has_button && moderator.try_begin_click(&asked.message(), "Delete the thread").is_ok() {
                self.note(format!("a moderator confirms the deletion of {}", thread.id()));
                // Whether it is closed by then is not known here.
                self.is_reason(&thread);
                self.left.insert(thread.id());
            }
            return;
        }
        let Some(thread) = self.a_thread() else { return };
        let moderator = self.here.moderator.clone();
        let command = moderator.slash("ticket delete").string("ticket", &thread.url()).at(&self.here.town.help);
        if let Ok(asked) = command.try_begin() {
            self.note(format!("a moderator asks for the deletion of {}", thread.id()));
            self.asked.push((moderator, asked, thread));
        }
    }
}
