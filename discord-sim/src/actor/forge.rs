//! Forged interactions, which no client offers. Discord checks some of their content, without documenting how much; a
//! bot must withstand all of it. Only membership is checked here.

use serde_json::{Value, json};

use super::{Actor, NotPossible, OrFail};
use crate::handles::{Message, Place, Reply};
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;

impl Actor {
    /// Uses a button (2) or a menu (3, 5 to 8) with any custom id, on any message: also one without such a component,
    /// of another author, or visible only to another person.
    pub async fn forge_component(&self, message: &Message, component_type: u64, custom_id: &str, more: Value) -> Reply {
        let mut data = json!({ "component_type": component_type, "custom_id": custom_id, "id": 1 });
        for (key, value) in more.as_object().into_iter().flatten() {
            data[key] = value.clone();
        }
        let label = format!("forges a use of {custom_id:?}");
        self.forge(kind::COMPONENT, label, message.channel_id(), Some(message.id), data).or_fail().finished().await
    }

    /// Sends a form that was never opened, with one field.
    pub async fn forge_form(&self, place: &impl Place, custom_id: &str, field: &str, value: &str) -> Reply {
        let input = json!({ "type": 4, "id": 2, "custom_id": field, "value": value });
        let row = json!({ "type": 1, "id": 1, "components": [input] });
        let data = json!({ "custom_id": custom_id, "components": [row] });
        let label = format!("forges a form {custom_id:?}");
        self.forge(kind::MODAL, label, place.place_id(), None, data).or_fail().finished().await
    }

    fn forge(
        &self,
        kind: u8,
        label: String,
        channel_id: u64,
        source: Option<u64>,
        data: Value,
    ) -> Result<Reply, NotPossible> {
        if !self.is_member() {
            return self.refuse("is not in the guild");
        }
        let id = self.shared.write(|world| {
            world.interact(NewInteraction {
                kind,
                label,
                command: None,
                guild_id: self.interacts_in(),
                channel_id,
                user_id: self.id(),
                source,
                data,
            })
        });
        Ok(Reply::new(&self.shared, id))
    }
}
