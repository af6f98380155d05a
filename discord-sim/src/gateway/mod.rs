//! The gateway's sessions: their connections, sent events, and faults injected by a test.
//!
//! `socket` holds the socket, `handshake` the handshake, `control` a test's handle.

pub(crate) mod control;
mod deflate;
pub(crate) mod handshake;
pub(crate) mod session;
pub(crate) mod socket;

pub use control::{GatewayControl, SessionInfo};
pub use handshake::Identify;

use std::collections::HashMap;

use serde_json::{Value, json};

use self::session::Session;
use crate::world::ids::shard_of;

/// <https://discord.com/developers/docs/events/gateway#list-of-intents>
pub(crate) mod intent {
    pub(crate) const GUILDS: u64 = 1 << 0;
    pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Every bit Discord knows; another one closes with 4013.
    pub(crate) const KNOWN: u64 = 0x1F_FFFF & !(0b111 << 17) | 1 << 21 | 1 << 24 | 1 << 25;
}

/// Output for one connection's writer.
pub(crate) enum Frame {
    Text(std::sync::Arc<str>),
    Close(Option<u16>),
}

pub(crate) struct Gateway {
    pub(crate) sessions: Vec<Session>,
    pub(crate) identify_count: usize,
    pub(crate) resume_count: usize,
    pub(crate) heartbeat_count: usize,
    pub(crate) heartbeat_interval_ms: u64,
    pub(crate) refuse: bool,
    pub(crate) mute_acks: bool,
    /// Closes every RESUME with this code.
    pub(crate) close_resumes: Option<u16>,
    /// Reads nothing from the bot.
    pub(crate) frozen: bool,
    /// Types of events to malform next, and how many.
    pub(crate) garbled: HashMap<String, usize>,
    pub(crate) next_session: u64,
    /// Every IDENTIFY for an existing shard, for `max_concurrency` and the session start limit.
    pub(crate) identifies: Vec<Identify>,
    hold: Option<Vec<(usize, std::sync::Arc<str>)>>,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: Vec::new(),
            identify_count: 0,
            resume_count: 0,
            heartbeat_count: 0,
            heartbeat_interval_ms: 41_250,
            refuse: false,
            mute_acks: false,
            close_resumes: None,
            frozen: false,
            garbled: HashMap::new(),
            next_session: 1,
            identifies: Vec::new(),
            hold: None,
        }
    }
}

impl Gateway {
    /// Sessions of the guild's shard that asked for one of these intents.
    pub(crate) fn sessions_for(&self, guild_id: u64, intents: u64) -> Vec<(usize, u64)> {
        let on_shard = |session: &Session| shard_of(guild_id, session.shard[1]) == session.shard[0];
        self.sessions
            .iter()
            .enumerate()
            .filter(|(_, session)| session.alive && on_shard(session))
            .filter(|(_, session)| intents == 0 || session.intents & intents != 0)
            .map(|(index, session)| (index, session.intents))
            .collect()
    }

    /// Numbers, keeps and sends one event. Returns whether a connection took it.
    pub(crate) fn dispatch(&mut self, session: usize, name: &str, data: &Value) -> bool {
        let garbled = self.garbled.get_mut(name).filter(|left| **left > 0);
        let text = match garbled {
            Some(left) => {
                *left -= 1;
                self.sessions[session].number(name, &json!({ "shape": "never seen" }))
            }
            None => self.sessions[session].number(name, data),
        };
        self.send(session, text)
    }

    pub(crate) fn send(&mut self, session: usize, text: std::sync::Arc<str>) -> bool {
        if let Some(held) = &mut self.hold {
            held.push((session, text));
            return true;
        }
        self.sessions[session].send(Frame::Text(text))
    }

    pub(crate) fn hold(&mut self) {
        self.hold.get_or_insert_default();
    }

    pub(crate) fn release(&mut self, reversed: bool) {
        let mut held = self.hold.take().unwrap_or_default();
        if reversed {
            held.reverse();
        }
        for (session, text) in held {
            self.sessions[session].send(Frame::Text(text));
        }
    }

    pub(crate) fn connected(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|session| session.connection.is_some())
    }
}
