//! Accounts. `guild` holds a person's `Member` in one guild.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) username: String,
    pub(crate) global_name: Option<String>,
    pub(crate) bot: bool,
    /// The language of the person's client; sent with interactions only.
    pub(crate) locale: String,
}

impl User {
    /// <https://discord.com/developers/docs/resources/user#user-object>
    pub(crate) fn json(&self) -> Value {
        let mut user = json!({
            "id": self.id.to_string(),
            "username": self.username,
            "discriminator": if self.bot { "4821" } else { "0" },
            "global_name": self.global_name,
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
        });
        if self.bot {
            user["bot"] = json!(true);
        }
        user
    }
}
