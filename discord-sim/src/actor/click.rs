//! Clicking buttons.

use serde_json::{Value, json};

use super::{Actor, NotPossible, OrFail};
use crate::handles::{Message, OnMessage, Reply, walk_components};
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;
use crate::world::thread_edit::ThreadChanges;

impl Actor {
    /// Clicks a button, by its label or custom id, and waits for the bot's answer.
    pub async fn click(&self, on: &impl OnMessage, button: &str) -> Reply {
        self.begin_click(on, button).finished().await
    }

    pub async fn try_click(&self, on: &impl OnMessage, button: &str) -> Result<Reply, NotPossible> {
        let reply = self.try_begin_click(on, button)?;
        Ok(reply.finished().await)
    }

    /// Clicks without waiting.
    #[track_caller]
    pub fn begin_click(&self, on: &impl OnMessage, button: &str) -> Reply {
        self.try_begin_click(on, button).or_fail()
    }

    pub fn try_begin_click(&self, on: &impl OnMessage, wanted: &str) -> Result<Reply, NotPossible> {
        let message = on.on_message();
        let components = self.components_of(&message)?;
        let is_wanted =
            |button: &&Value| button["type"] == 2 && (button["label"] == wanted || button["custom_id"] == wanted);
        let Some(button) = components.iter().find(is_wanted) else {
            let buttons = message.buttons();
            let labels: Vec<&str> = buttons.iter().map(|button| button.label.as_str()).collect();
            return self.refuse(&format!("sees no button {wanted:?}, only {labels:?}"));
        };
        if button["disabled"] == true {
            return self.refuse(&format!("cannot click {wanted:?}: the button is disabled"));
        }
        if !button["custom_id"].is_string() {
            return self.refuse(&format!("follows the link {wanted:?}, which tells the bot nothing"));
        }
        let data = json!({
            "component_type": 2,
            "custom_id": button["custom_id"],
            "id": button["id"],
        });
        self.use_component(&message, format!("clicks {wanted:?}"), data)
    }

    /// The components of a message this person sees.
    pub(super) fn components_of(&self, message: &Message) -> Result<Vec<Value>, NotPossible> {
        if self.direct.is_none() && !self.is_member() {
            return self.refuse("is not in the guild");
        }
        if !self.sees_message(message) {
            return self.refuse("does not see that message");
        }
        Ok(walk_components(&message.components()))
    }

    /// Sends a component's interaction. In an archived thread the client un-archives first, if it may.
    pub(super) fn use_component(&self, message: &Message, label: String, data: Value) -> Result<Reply, NotPossible> {
        let channel_id = message.channel_id();
        let archived = self.shared.read(|world| world.thread(channel_id).is_ok_and(|(_, thread)| thread.archived));
        if archived {
            let changes = ThreadChanges { archived: Some(false), ..ThreadChanges::default() };
            self.act("re-open the thread", |world, user| world.edit_thread(user, channel_id, &changes, None))?;
        }
        let id = self.shared.write(|world| {
            world.interact(NewInteraction {
                kind: kind::COMPONENT,
                label,
                command: None,
                guild_id: self.interacts_in(),
                channel_id,
                user_id: self.id(),
                source: Some(message.id),
                data,
            })
        });
        Ok(Reply::new(&self.shared, id))
    }
}
