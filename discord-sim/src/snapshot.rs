//! The world as text, to be kept in a file and to begin with another time.
//!
//! Kept are guilds, people, channels, messages, files, interactions, commands, the audit log, the application with its
//! token, and the virtual time. Not kept: gateway sessions, faults, rate limits and the record of requests.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::clock::Clock;
use crate::world::application::Application;
use crate::world::channel::Channel;
use crate::world::guild::Guild;
use crate::world::ids::Snowflakes;
use crate::world::interaction::Interaction;
use crate::world::message::{File, Message};
use crate::world::user::User;
use crate::world::{AuditRecord, World};

/// Raised when the form changes.
const VERSION: u32 = 1;

/// A world that was kept. Pass it to [`SimBuilder::continue_from`](crate::SimBuilder::continue_from).
#[derive(Clone, Serialize, Deserialize)]
pub struct Snapshot {
    version: u32,
    base_url: String,
    now_ms: i64,
    ids: Snowflakes,
    pub(crate) app: Application,
    users: BTreeMap<u64, User>,
    guilds: BTreeMap<u64, Guild>,
    channels: BTreeMap<u64, Channel>,
    direct: BTreeMap<u64, u64>,
    messages: BTreeMap<u64, Message>,
    files: HashMap<u64, File>,
    interactions: BTreeMap<u64, Interaction>,
    global_commands: Vec<Value>,
    guild_commands: HashMap<u64, Vec<Value>>,
    audit: Vec<AuditRecord>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Snapshot").field("guilds", &self.guilds.len()).finish_non_exhaustive()
    }
}

/// Why a text is not a world.
#[derive(Debug)]
pub struct NotASnapshot(String);

impl fmt::Display for NotASnapshot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "this is not a world of this version: {}", self.0)
    }
}

impl std::error::Error for NotASnapshot {}

impl Snapshot {
    pub(crate) fn of(world: &World) -> String {
        #[derive(Serialize)]
        struct Kept<'w> {
            version: u32,
            base_url: &'w str,
            now_ms: i64,
            ids: &'w Snowflakes,
            app: &'w Application,
            users: &'w BTreeMap<u64, User>,
            guilds: &'w BTreeMap<u64, Guild>,
            channels: &'w BTreeMap<u64, Channel>,
            direct: &'w BTreeMap<u64, u64>,
            messages: &'w BTreeMap<u64, Message>,
            files: &'w HashMap<u64, File>,
            interactions: &'w BTreeMap<u64, Interaction>,
            global_commands: &'w [Value],
            guild_commands: &'w HashMap<u64, Vec<Value>>,
            audit: &'w [AuditRecord],
        }
        let kept = Kept {
            version: VERSION,
            base_url: &world.base_url,
            now_ms: world.now_ms(),
            ids: &world.ids,
            app: &world.app,
            users: &world.users,
            guilds: &world.guilds,
            channels: &world.channels,
            direct: &world.direct,
            messages: &world.messages,
            files: &world.files,
            interactions: &world.interactions,
            global_commands: &world.global_commands,
            guild_commands: &world.guild_commands,
            audit: &world.audit,
        };
        serde_json::to_string(&kept).expect("maps of the world have numbers or texts as keys")
    }

    /// Reads what [`Sim::snapshot`](crate::Sim::snapshot) returned.
    pub fn read(text: &str) -> Result<Self, NotASnapshot> {
        let broken = |error: serde_json::Error| NotASnapshot(error.to_string());
        let value: Value = serde_json::from_str(text).map_err(broken)?;
        if value["version"] != VERSION {
            return Err(NotASnapshot(format!("its version is {}", value["version"])));
        }
        serde_json::from_value(value).map_err(broken)
    }

    /// Links to files lead to the address of today.
    pub(crate) fn moved_to(self, base_url: &str) -> Self {
        let text = serde_json::to_string(&self).unwrap_or_default().replace(&self.base_url, base_url);
        serde_json::from_str(&text).unwrap_or(self)
    }

    /// Virtual time goes on where it was, or is now if that is later.
    pub(crate) fn set_clock(&self, clock: &Clock) {
        clock.start_at(self.now_ms.max(clock.now_ms()));
    }

    pub(crate) fn pour_into(self, world: &mut World) {
        world.ids = self.ids;
        world.users = self.users;
        world.guilds = self.guilds;
        world.direct = self.direct;
        world.messages = self.messages;
        world.files = self.files;
        world.interactions = self.interactions;
        world.global_commands = self.global_commands;
        world.guild_commands = self.guild_commands;
        world.audit = self.audit;
        for channel in self.channels.into_values() {
            world.insert_channel(channel);
        }
    }
}

/// The actions that the audit log can have; others are read as `other`.
pub(crate) fn action<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    const KNOWN: [&str; 6] =
        ["thread_create", "thread_update", "thread_delete", "channel_update", "channel_delete", "member_kick"];
    let text = String::deserialize(deserializer)?;
    Ok(KNOWN.into_iter().find(|known| *known == text).unwrap_or("other"))
}

/// Bytes as hexadecimal digits.
pub(crate) mod hex {
    use std::sync::Arc;

    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        let text: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        serializer.serialize_str(&text)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[u8]>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let byte = |pair: &[u8]| Some(value(*pair.first()?)? << 4 | value(*pair.get(1)?)?);
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
        bytes.map(Into::into).ok_or_else(|| D::Error::custom("not hexadecimal"))
    }
}
