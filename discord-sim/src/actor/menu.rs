//! Commands of the context menus of messages and members.

use serde_json::json;

use super::resolved::Resolved;
use super::{Actor, NotPossible, OrFail};
use crate::handles::{Message, Place, Reply};
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;

impl Actor {
    /// Opens a message's menu, picks a command and waits for the bot's answer.
    pub async fn menu(&self, command: &str, message: &Message) -> Reply {
        self.begin_menu(command, message).finished().await
    }

    pub async fn try_menu(&self, command: &str, message: &Message) -> Result<Reply, NotPossible> {
        let reply = self.try_begin_menu(command, message)?;
        Ok(reply.finished().await)
    }

    /// Picks without waiting.
    #[track_caller]
    pub fn begin_menu(&self, command: &str, message: &Message) -> Reply {
        self.try_begin_menu(command, message).or_fail()
    }

    /// Opens a member's menu, picks a command and waits for the bot's answer.
    pub async fn member_menu(&self, command: &str, member: &Self, place: &impl Place) -> Reply {
        self.try_begin_member_menu(command, member, place).or_fail().finished().await
    }

    pub fn try_begin_member_menu(
        &self,
        command: &str,
        member: &Self,
        place: &impl Place,
    ) -> Result<Reply, NotPossible> {
        let channel_id = place.place_id();
        let registered = self.command(command, 2, channel_id)?;
        if !self.sees(&channel_id) {
            return self.refuse("does not see that channel");
        }
        let (id, name) = (registered["id"].as_str().unwrap_or_default(), registered["name"].clone());
        let mut data = json!({ "id": id, "name": name, "type": 2, "target_id": member.id().to_string() });
        let interaction = self.shared.write(|world| {
            let mut resolved = Resolved::default();
            resolved.user(world, self.guild_id, member.id());
            resolved.add_to(&mut data);
            if let Some(guild) = registered.get("guild_id") {
                data["guild_id"] = guild.clone();
            }
            world.interact(NewInteraction {
                kind: kind::COMMAND,
                label: format!("picks {command:?} on a member"),
                command: Some((id.parse().unwrap_or_default(), command.to_owned(), 2)),
                guild_id: self.interacts_in(),
                channel_id,
                user_id: self.id(),
                source: None,
                data,
            })
        });
        Ok(Reply::new(&self.shared, interaction))
    }

    pub fn try_begin_menu(&self, command: &str, message: &Message) -> Result<Reply, NotPossible> {
        let channel_id = message.channel_id();
        let registered = self.command(command, 3, channel_id)?;
        if !self.sees_message(message) {
            return self.refuse("does not see that message");
        }
        if message.is_private() {
            return self.refuse("cannot use commands on a private message");
        }
        let (id, name) = (registered["id"].as_str().unwrap_or_default(), registered["name"].clone());
        let mut data = json!({ "id": id, "name": name, "type": 3, "target_id": message.id.to_string() });
        let interaction = self.shared.write(|world| {
            let mut resolved = Resolved::default();
            resolved.message(world, message.id);
            resolved.add_to(&mut data);
            if let Some(guild) = registered.get("guild_id") {
                data["guild_id"] = guild.clone();
            }
            world.interact(NewInteraction {
                kind: kind::COMMAND,
                label: format!("picks {command:?} on a message"),
                command: Some((id.parse().unwrap_or_default(), command.to_owned(), 3)),
                guild_id: self.interacts_in(),
                channel_id,
                user_id: self.id(),
                source: None,
                data,
            })
        });
        Ok(Reply::new(&self.shared, interaction))
    }
}
