//! Members fill in the form that a click has shown them, at once or much later.

use crate::filling::text;
use crate::invariants::Click;

use super::World;

impl World<'_> {
    /// False: nobody has an open form.
    pub(super) fn somebody_fills_in(&mut self) -> bool {
        let Some(at) = self.clicks.iter().position(|click| click.reply.modal().is_some()) else { return false };
        let Click { member, reply } = self.clicks.swap_remove(at);
        if let Ok(reply) = member.try_begin_submit_filled(&reply, &[("what", text("Help!"))]) {
            self.note(format!("{} fills in a form", member.name()));
            self.clicks.push(Click { member, reply });
        }
        true
    }

    /// Forms that are never filled in.
    pub(super) fn forms_are_closed(&mut self) {
        self.clicks.retain(|click| click.reply.modal().is_none());
    }
}
