//! The application under test: its bot account, its owner or team, and its portal settings.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::user::User;

#[expect(clippy::struct_excessive_bools, reason = "the switches of the developer portal, each on its own")]
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Application {
    /// The application's id; its bot account has the same one.
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) name: String,
    pub(crate) owner_id: u64,
    /// Members of the owning team and their roles, if a team owns it.
    pub(crate) team: Option<Vec<(u64, String)>>,
    pub(crate) members_intent: bool,
    pub(crate) content_intent: bool,
    pub(crate) shards: u64,
    pub(crate) max_concurrency: u64,
    /// Per day.
    pub(crate) session_starts: u64,
    /// Receives interactions instead of the gateway.
    pub(crate) interactions_endpoint: Option<String>,
    pub(crate) code_grant: bool,
    /// Whether its owner has two-factor authentication.
    pub(crate) two_factor: bool,
}

impl Application {
    pub(crate) fn accounts(&self) -> Vec<User> {
        let account = |id, username: &str, bot| User {
            id,
            username: username.to_owned(),
            global_name: None,
            bot,
            locale: "en-US".to_owned(),
        };
        vec![account(self.id, &self.name, true), account(self.owner_id, "owner", false)]
    }

    /// <https://discord.com/developers/docs/resources/application#application-object-application-flags>: these bots are
    /// below the 100 guilds of verification, so the "limited" flags show what is enabled.
    pub(crate) fn flags(&self) -> u64 {
        let members = u64::from(self.members_intent) << 15;
        let content = u64::from(self.content_intent) << 19;
        members | content | 1 << 23
    }

    pub(crate) fn json(&self, users: impl Fn(u64) -> Value, guild_count: usize) -> Value {
        json!({
            "id": self.id.to_string(),
            "name": self.name,
            "icon": null,
            "description": "",
            "summary": "",
            "type": null,
            "bot": users(self.id),
            "bot_public": true,
            "bot_require_code_grant": self.code_grant,
            "integration_types_config": { "0": {} },
            "verify_key": "0".repeat(64),
            "flags": self.flags(),
            "hook": true,
            "redirect_uris": [],
            "interactions_endpoint_url": self.interactions_endpoint,
            "role_connections_verification_url": null,
            "approximate_guild_count": guild_count,
            "approximate_user_install_count": 0,
            "owner": self.owner_json(&users),
            "team": self.team_json(&users),
        })
    }

    /// A team's application has the team as a user.
    fn owner_json(&self, users: &impl Fn(u64) -> Value) -> Value {
        if self.team.is_none() {
            return users(self.owner_id);
        }
        let mut owner = users(self.owner_id);
        owner["id"] = json!(self.team_id());
        owner["username"] = json!(format!("team{}", self.team_id()));
        owner
    }

    fn team_id(&self) -> String {
        (self.id + 1).to_string()
    }

    fn team_json(&self, users: &impl Fn(u64) -> Value) -> Value {
        let Some(members) = &self.team else {
            return Value::Null;
        };
        let members: Vec<Value> = members
            .iter()
            .map(|(user, role)| {
                json!({
                    "user": users(*user),
                    "team_id": self.team_id(),
                    "membership_state": 2,
                    "role": if role == "owner" { "admin" } else { role },
                    "permissions": ["*"],
                })
            })
            .collect();
        json!({
            "id": self.team_id(),
            "icon": null,
            "name": "Simulated team",
            "owner_user_id": self.owner_id.to_string(),
            "members": members,
        })
    }
}
