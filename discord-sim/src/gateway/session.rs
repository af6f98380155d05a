//! One gateway session: its shard, its numbered events, and its current connection.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use super::Frame;
use crate::http::connection::KillSwitch;

/// How many events are kept for a resume.
const KEPT_EVENTS: usize = 10_000;
/// A `GUILD_CREATE` above this is not kept: a resume from before it is refused.
const KEPT_BYTES: usize = 64 << 20;

pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) shard: [u64; 2],
    pub(crate) intents: u64,
    pub(crate) seq: u64,
    pub(crate) connection: Option<Connection>,
    /// Guilds of READY whose `GUILD_CREATE` is still to be sent.
    pub(crate) awaited_guilds: VecDeque<u64>,
    /// Whether it can be resumed.
    pub(crate) alive: bool,
    /// The sequence number of the bot's last heartbeat.
    pub(crate) heard_seq: Option<u64>,
    pub(crate) log: VecDeque<Sent>,
    log_bytes: usize,
}

/// One dispatch, as sent.
pub(crate) struct Sent {
    pub(crate) seq: u64,
    pub(crate) name: String,
    pub(crate) text: Arc<str>,
}

/// The connected half of a session.
pub(crate) struct Connection {
    pub(crate) id: u64,
    pub(crate) frames: UnboundedSender<Frame>,
    pub(crate) kill: KillSwitch,
}

impl Session {
    pub(crate) fn new(id: String, shard: [u64; 2], intents: u64) -> Self {
        Self {
            id,
            shard,
            intents,
            seq: 0,
            connection: None,
            awaited_guilds: VecDeque::new(),
            alive: true,
            heard_seq: None,
            log: VecDeque::new(),
            log_bytes: 0,
        }
    }

    /// Numbers an event and keeps it for a resume.
    pub(crate) fn number(&mut self, name: &str, data: &Value) -> Arc<str> {
        self.seq += 1;
        // Formatted by hand: events are large, and another value around one would copy it.
        let text: Arc<str> = format!(r#"{{"op":0,"s":{},"t":{name:?},"d":{data}}}"#, self.seq).into();
        self.log_bytes += text.len();
        self.log.push_back(Sent { seq: self.seq, name: name.to_owned(), text: text.clone() });
        while self.log.len() > KEPT_EVENTS || self.log_bytes > KEPT_BYTES {
            let dropped = self.log.pop_front().map_or(0, |sent| sent.text.len());
            self.log_bytes -= dropped;
        }
        text
    }

    /// Whether everything after `seq` is still kept.
    pub(crate) fn can_resume_from(&self, seq: u64) -> bool {
        let oldest = self.log.front().map_or(self.seq + 1, |sent| sent.seq);
        self.alive && seq <= self.seq && oldest <= seq + 1
    }

    /// Hands a frame to the connection; `false` if there is none.
    pub(crate) fn send(&mut self, frame: Frame) -> bool {
        match &self.connection {
            Some(connection) => connection.frames.send(frame).is_ok(),
            None => false,
        }
    }
}
