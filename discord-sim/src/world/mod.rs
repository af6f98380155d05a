//! The world behind both HTTP and gateway: its state and the rules that change it.
//!
//! Every change goes through a method here, which also dispatches events; `access` checks rights for routes and actors
//! alike.

pub(crate) mod access;
pub(crate) mod application;
pub(crate) mod channel;
pub(crate) mod direct;
pub(crate) mod emit;
pub(crate) mod emoji;
pub(crate) mod guild;
pub(crate) mod guilds;
pub(crate) mod hiding;
pub(crate) mod ids;
pub(crate) mod interaction;
pub(crate) mod interactions;
pub(crate) mod mentions;
pub(crate) mod message;
pub(crate) mod messages;
pub(crate) mod moderation;
pub(crate) mod post;
pub(crate) mod thread_edit;
pub(crate) mod threads;
pub(crate) mod user;
pub(crate) mod wire;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::application::Application;
use self::channel::{Channel, ThreadData};
use self::guild::Guild;
use self::ids::Snowflakes;
use self::interaction::{ANSWER_WITHIN_MS, Interaction};
use self::message::{File, Message};
use self::user::User;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::http::error::ApiError;
use crate::http::rate_limit::RateLimits;
use crate::http::upload::FILE_LIMIT;
use crate::record::Record;

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) ids: Snowflakes,
    pub(crate) base_url: String,
    pub(crate) app: Application,
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    /// Channels and threads of all guilds, deleted ones included.
    pub(crate) channels: BTreeMap<u64, Channel>,
    /// The direct-message channels with the bot, each with its person.
    pub(crate) direct: BTreeMap<u64, u64>,
    channels_by_guild: HashMap<u64, Vec<u64>>,
    /// Messages of all channels, deleted ones included.
    pub(crate) messages: BTreeMap<u64, Message>,
    pub(crate) files: HashMap<u64, File>,
    /// What people have chosen in menus, by person, message and menu, until the message is updated.
    pub(crate) chosen: HashMap<(u64, u64, String), Vec<String>>,
    /// The last edits of old messages, by channel.
    pub(crate) old_edits: HashMap<u64, Vec<i64>>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    pub(crate) global_commands: Vec<Value>,
    pub(crate) guild_commands: HashMap<u64, Vec<Value>>,
    pub(crate) audit: Vec<AuditRecord>,
    pub(crate) gateway: Gateway,
    pub(crate) faults: Faults,
    pub(crate) rate_limits: RateLimits,
    pub(crate) record: Record,
    /// Requests without a response yet.
    pub(crate) in_flight: usize,
    /// Active threads per guild. Discord publishes no figure; 1,000 is observed in practice.
    pub(crate) threads_cap: usize,
    pub(crate) answer_within_ms: i64,
    /// Bytes of a file in a guild without boosts.
    pub(crate) file_limit: u64,
}

/// A name, because a field of a borrowed type would be read as borrowed.
type Action = &'static str;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AuditRecord {
    pub(crate) at_ms: i64,
    pub(crate) guild_id: u64,
    #[serde(deserialize_with = "crate::snapshot::action")]
    pub(crate) action: Action,
    pub(crate) user_id: u64,
    pub(crate) target_id: u64,
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) id: u64,
    /// What was changed, as in Discord's "changes".
    #[serde(default)]
    pub(crate) changes: Vec<Value>,
}

impl World {
    pub(crate) fn new(clock: Clock, base_url: String, app: Application, threads_cap: usize) -> Self {
        let users = app.accounts().into_iter().map(|user| (user.id, user)).collect();
        Self {
            clock,
            ids: Snowflakes::default(),
            base_url,
            app,
            users,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            direct: BTreeMap::new(),
            channels_by_guild: HashMap::new(),
            messages: BTreeMap::new(),
            files: HashMap::new(),
            chosen: HashMap::new(),
            old_edits: HashMap::new(),
            interactions: BTreeMap::new(),
            global_commands: Vec::new(),
            guild_commands: HashMap::new(),
            audit: Vec::new(),
            gateway: Gateway::default(),
            faults: Faults::default(),
            rate_limits: RateLimits::default(),
            record: Record::default(),
            in_flight: 0,
            threads_cap,
            answer_within_ms: ANSWER_WITHIN_MS,
            file_limit: FILE_LIMIT,
        }
    }

    /// The most bytes of a file in a guild (Discord's help on boosts), and of one in an answer there.
    pub(crate) fn file_limit_in(&self, guild_id: Option<u64>) -> u64 {
        let tier = guild_id.and_then(|id| self.guilds.get(&id)).map_or(0, |guild| guild.premium_tier);
        let boosted = match tier {
            0 | 1 => 0,
            2 => 50 << 20,
            _ => 100 << 20,
        };
        self.file_limit.max(boosted)
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn new_id(&mut self) -> u64 {
        self.ids.next(self.clock.now_ms())
    }

    pub(crate) fn new_guild_id(&mut self, shard: Option<[u64; 2]>) -> u64 {
        match shard {
            Some(shard) => self.ids.next_on(self.clock.now_ms(), shard),
            None => self.new_id(),
        }
    }

    pub(crate) fn bot(&self) -> u64 {
        self.app.id
    }

    /// A channel that exists.
    pub(crate) fn channel(&self, id: u64) -> Result<&Channel, ApiError> {
        self.channels.get(&id).filter(|channel| !channel.deleted).ok_or_else(ApiError::unknown_channel)
    }

    pub(crate) fn channel_mut(&mut self, id: u64) -> Result<&mut Channel, ApiError> {
        self.channels.get_mut(&id).filter(|channel| !channel.deleted).ok_or_else(ApiError::unknown_channel)
    }

    /// The thread half of a channel.
    pub(crate) fn thread(&self, id: u64) -> Result<(&Channel, &ThreadData), ApiError> {
        let channel = self.channel(id)?;
        let thread = channel.thread.as_ref().ok_or_else(ApiError::wrong_channel_type)?;
        Ok((channel, thread))
    }

    pub(crate) fn thread_mut(&mut self, id: u64) -> Result<&mut ThreadData, ApiError> {
        self.channel_mut(id)?.thread.as_mut().ok_or_else(ApiError::wrong_channel_type)
    }

    pub(crate) fn guild(&self, id: u64) -> Result<&Guild, ApiError> {
        self.guilds.get(&id).ok_or_else(ApiError::unknown_guild)
    }

    /// A message that exists in that channel.
    pub(crate) fn message(&self, channel_id: u64, id: u64) -> Result<&Message, ApiError> {
        self.messages
            .get(&id)
            .filter(|message| !message.deleted && message.channel_id == channel_id)
            .ok_or_else(ApiError::unknown_message)
    }

    /// The existing channels or threads of a guild.
    pub(crate) fn channels_of(&self, guild_id: u64) -> impl Iterator<Item = &Channel> {
        let ids = self.channels_by_guild.get(&guild_id);
        ids.into_iter().flatten().map(|id| &self.channels[id]).filter(|channel| !channel.deleted)
    }

    pub(crate) fn insert_channel(&mut self, channel: Channel) {
        let ids = self.channels_by_guild.entry(channel.guild_id).or_default();
        ids.push(channel.id);
        self.channels.insert(channel.id, channel);
    }

    pub(crate) fn note_audit(
        &mut self,
        guild_id: u64,
        action: &'static str,
        user_id: u64,
        target_id: u64,
        reason: Option<&str>,
    ) {
        let (at_ms, id) = (self.now_ms(), self.new_id());
        let (reason, changes) = (reason.map(str::to_owned), Vec::new());
        self.audit.push(AuditRecord { at_ms, guild_id, action, user_id, target_id, reason, id, changes });
    }

    /// What the last noted action changed.
    pub(crate) fn note_audit_changes(&mut self, changes: Vec<Value>) {
        if let Some(last) = self.audit.last_mut() {
            last.changes = changes;
        }
    }
}
