//! Handles the bot's gateway payloads: IDENTIFY, RESUME, heartbeats.
//!
//! <https://discord.com/developers/docs/events/gateway>

use serde_json::{Value, json};

use super::session::{Connection, Session};
use super::socket::Peer;
use super::{Frame, intent};
use crate::world::World;
use crate::world::ids::shard_of;

/// "The session would have handled too many guilds - you are required to shard."
const GUILDS_PER_SHARD: usize = 2_500;
/// `max_concurrency` shards may identify in this time, one per bucket.
const IDENTIFY_EVERY_MS: i64 = 5_000;
/// How long a session start counts to the limit.
const DAY_MS: i64 = 86_400_000;

/// One IDENTIFY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identify {
    pub shard: [u64; 2],
    /// Virtual time of arrival.
    pub at_ms: i64,
}

impl World {
    /// Handles one payload. `Some` is the code to close with.
    pub(crate) fn gateway_received(&mut self, peer: &mut Peer, payload: &Value) -> Option<u16> {
        let data = &payload["d"];
        match (payload["op"].as_u64(), peer.session) {
            (Some(1), session) => {
                self.heartbeat(peer, session, data);
                None
            }
            (Some(2), Some(_)) => Some(4005),
            (Some(2), None) => self.identify(peer, data).err(),
            (Some(6), _) => self.resume(peer, data).err(),
            (Some(3), Some(_)) => None,
            (Some(op @ (3 | 4 | 8)), None) => {
                let at = self.now_ms();
                self.record.line(at, format!("gateway: op {op} before IDENTIFY"));
                Some(4003)
            }
            (Some(op @ (4 | 8 | 31)), _) => {
                self.record.gap(format!("gateway op {op} is not simulated"));
                None
            }
            _ => Some(4001),
        }
    }

    fn heartbeat(&mut self, peer: &Peer, session: Option<usize>, data: &Value) {
        self.gateway.heartbeat_count += 1;
        if let Some(session) = session {
            self.gateway.sessions[session].heard_seq = data.as_u64();
        }
        if !self.gateway.mute_acks {
            let _ = peer.frames.send(Frame::Text(r#"{"op":11,"d":null,"s":null,"t":null}"#.into()));
        }
    }

    fn identify(&mut self, peer: &mut Peer, data: &Value) -> Result<(), u16> {
        self.gateway.identify_count += 1;
        let at = self.now_ms();
        let intents = data["intents"].as_u64().ok_or(4002_u16)?;
        self.record.line(at, format!("gateway: IDENTIFY intents {intents} shard {}", data["shard"]));
        if !self.token_fits(data["token"].as_str()) {
            return Err(4004);
        }
        self.check_intents(intents)?;
        let shard = read_shard(&data["shard"]).ok_or(4010_u16)?;
        let guilds = self.guilds_on(shard);
        if guilds.len() > GUILDS_PER_SHARD {
            return Err(4011);
        }
        if self.identifies_too_often(shard) {
            let _ = peer.frames.send(Frame::Text(r#"{"op":9,"d":false,"s":null,"t":null}"#.into()));
            return Ok(());
        }
        let id = format!("{:032x}", self.new_id());
        let mut session = Session::new(id, shard, intents);
        session.connection = Some(Connection { id: peer.id, frames: peer.frames.clone(), kill: peer.kill.clone() });
        self.gateway.sessions.push(session);
        let index = self.gateway.sessions.len() - 1;
        peer.session = Some(index);
        self.send_ready(index, &guilds, data["shard"].is_array());
        Ok(())
    }

    fn send_ready(&mut self, index: usize, guilds: &[u64], sharded: bool) {
        let unavailable = |id: &u64| json!({ "id": id.to_string(), "unavailable": true });
        let session = &self.gateway.sessions[index];
        let mut ready = json!({
            "v": 10,
            "user": self.own_user_json(),
            "user_settings": {},
            "session_type": "normal",
            "session_id": session.id,
            "resume_gateway_url": self.base_url.replacen("http", "ws", 1),
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guilds": guilds.iter().map(unavailable).collect::<Vec<_>>(),
            "application": { "id": self.app.id.to_string(), "flags": self.app.flags() },
            "_trace": [],
        });
        if sharded {
            ready["shard"] = json!(session.shard);
        }
        let wants_guilds = session.intents & intent::GUILDS != 0;
        self.dispatch_to(index, "READY", &ready);
        self.gateway.sessions[index].awaited_guilds = guilds.iter().copied().filter(|_| wants_guilds).collect();
    }

    /// Sends the next `GUILD_CREATE` after READY; `false` when all are sent. One at a time, so that thousands of guilds
    /// do not block the world.
    pub(crate) fn send_next_guild(&mut self, peer: &Peer) -> bool {
        let Some(index) = peer.session else {
            return false;
        };
        let Some(guild) = self.gateway.sessions[index].awaited_guilds.pop_front() else {
            return false;
        };
        let available = self.guilds.get(&guild).filter(|guild| guild.has_bot() && !guild.outage);
        if let Some(json) = available.map(|guild| self.guild_create_json(guild)) {
            self.dispatch_to(index, "GUILD_CREATE", &json);
        }
        true
    }

    fn resume(&mut self, peer: &mut Peer, data: &Value) -> Result<(), u16> {
        let at = self.now_ms();
        self.gateway.resume_count += 1;
        self.record.line(at, format!("gateway: RESUME seq {}", data["seq"]));
        if !self.token_fits(data["token"].as_str()) {
            return Err(4004);
        }
        if let Some(code) = self.gateway.close_resumes {
            return Err(code);
        }
        let wanted = data["session_id"].as_str().unwrap_or_default();
        let seq = data["seq"].as_u64().ok_or(4007_u16)?;
        let found = self.gateway.sessions.iter().position(|session| session.id == wanted);
        let Some(index) = found.filter(|index| self.gateway.sessions[*index].can_resume_from(seq)) else {
            let _ = peer.frames.send(Frame::Text(r#"{"op":9,"d":false,"s":null,"t":null}"#.into()));
            return Ok(());
        };
        let session = &mut self.gateway.sessions[index];
        if let Some(old) = session.connection.take() {
            old.kill.cut();
        }
        session.connection = Some(Connection { id: peer.id, frames: peer.frames.clone(), kill: peer.kill.clone() });
        peer.session = Some(index);
        let missed: Vec<_> = session.log.iter().filter(|sent| sent.seq > seq).map(|sent| sent.text.clone()).collect();
        self.record.line(at, format!("gateway: replaying {} missed events", missed.len()));
        for text in missed {
            self.gateway.send(index, text);
        }
        self.dispatch_to(index, "RESUMED", &json!({ "_trace": [] }));
        Ok(())
    }

    /// The connection ended, with the bot's close code if it sent one.
    pub(crate) fn disconnected(&mut self, peer: &Peer, code: Option<u16>) {
        let at = self.now_ms();
        let Some(session) = peer.session.map(|index| &mut self.gateway.sessions[index]) else {
            return;
        };
        if session.connection.as_ref().is_some_and(|connection| connection.id == peer.id) {
            session.connection = None;
            // "When you close the connection with 1000 or 1001, the session will be invalidated."
            session.alive &= !matches!(code, Some(1000 | 1001));
            self.record.line(at, format!("gateway: connection closed, code {code:?}"));
        }
    }

    /// Discord closed the connection itself.
    pub(crate) fn refused(&mut self, peer: &Peer, code: u16) {
        let at = self.now_ms();
        self.record.line(at, format!("gateway: closed with {code}"));
        if let Some(index) = peer.session {
            self.gateway.sessions[index].connection = None;
        }
    }

    fn check_intents(&self, intents: u64) -> Result<(), u16> {
        if intents & !intent::KNOWN != 0 {
            return Err(4013);
        }
        let refused = [
            (intent::GUILD_MEMBERS, self.app.members_intent),
            (intent::MESSAGE_CONTENT, self.app.content_intent),
            (intent::GUILD_PRESENCES, false),
        ];
        if refused.iter().any(|(bit, granted)| intents & bit != 0 && !granted) {
            return Err(4014);
        }
        Ok(())
    }

    /// Counts this one as well.
    fn identifies_too_often(&mut self, shard: [u64; 2]) -> bool {
        let at_ms = self.now_ms();
        if self.starts_left().0 == 0 {
            self.record.violation("IDENTIFY although no session start was left: Discord resets the token".to_owned());
        }
        let bucket = |shard: [u64; 2]| shard[0] % self.app.max_concurrency;
        let is_recent = |one: &Identify| at_ms - one.at_ms < IDENTIFY_EVERY_MS && bucket(one.shard) == bucket(shard);
        let recent = self.gateway.identifies.iter().any(is_recent);
        self.gateway.identifies.push(Identify { shard, at_ms });
        recent && self.rate_limits.enforced
    }

    /// How many sessions may still start, and the milliseconds until there are more.
    pub(crate) fn starts_left(&self) -> (u64, i64) {
        let now = self.now_ms();
        let mut counted = self.gateway.identifies.iter().filter(|one| now - one.at_ms < DAY_MS).peekable();
        let reset_after = counted.peek().map_or(DAY_MS, |oldest| oldest.at_ms + DAY_MS - now);
        let used = u64::try_from(counted.count()).unwrap_or(u64::MAX);
        (self.app.session_starts.saturating_sub(used), reset_after)
    }

    fn token_fits(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| token.trim_start_matches("Bot ") == self.app.token)
    }

    /// The guilds of a shard that have the bot.
    fn guilds_on(&self, shard: [u64; 2]) -> Vec<u64> {
        self.guilds
            .values()
            .filter(|guild| guild.has_bot() && shard_of(guild.id, shard[1]) == shard[0])
            .map(|guild| guild.id)
            .collect()
    }

    pub(crate) fn own_user_json(&self) -> Value {
        let mut user = self.user_json(self.bot());
        for (field, value) in [
            ("verified", json!(true)),
            ("mfa_enabled", json!(self.app.two_factor)),
            ("email", Value::Null),
            ("flags", json!(0)),
            ("bio", json!("")),
        ] {
            user[field] = value;
        }
        user
    }
}

/// Absent means the only shard of one.
fn read_shard(shard: &Value) -> Option<[u64; 2]> {
    if shard.is_null() {
        return Some([0, 1]);
    }
    let (id, count) = (shard[0].as_u64()?, shard[1].as_u64()?);
    (id < count).then_some([id, count])
}
