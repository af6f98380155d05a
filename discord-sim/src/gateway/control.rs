//! Controls and inspects the gateway from a test.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Frame;
use super::handshake::Identify;
use super::session::Session;
use crate::handles::Reply;
use crate::shared::Shared;
use crate::world::World;

/// A test's control of the gateway. Actions on connections apply to all shards, unless one was named.
pub struct GatewayControl {
    shared: Arc<Shared>,
    only: Option<u64>,
}

/// A session's state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionInfo {
    pub id: String,
    pub shard: [u64; 2],
    pub intents: u64,
    pub connected: bool,
    /// The last sequence number.
    pub seq: u64,
}

impl GatewayControl {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: shared.clone(), only: None }
    }

    /// Only the connections of this shard.
    #[must_use]
    pub fn shard(self, number: u64) -> Self {
        Self { only: Some(number), ..self }
    }

    /// Cuts every connection without a goodbye.
    pub fn drop_connections(&self) {
        self.on_connected("dropped", |session| {
            if let Some(connection) = session.connection.take() {
                connection.kill.cut();
            }
        });
    }

    /// Closes with that code, or with a close frame without one. Sessions stay resumable unless Discord says otherwise
    /// for the code (4004, 4010 to 4014 and 4007, 4009 end them).
    pub fn close(&self, code: Option<u16>) {
        let ends = matches!(code, Some(4004 | 4007 | 4009..=4014));
        self.on_connected(&format!("closed with {code:?}"), |session| {
            session.send(Frame::Close(code));
            session.connection = None;
            session.alive &= !ends;
        });
    }

    /// Op 7: please reconnect and resume.
    pub fn reconnect(&self) {
        self.send_payload(&json!({ "op": 7, "d": null, "s": null, "t": null }));
    }

    /// Op 9.
    pub fn invalid_session(&self, resumable: bool) {
        self.send_payload(&json!({ "op": 9, "d": resumable, "s": null, "t": null }));
        self.on_connected("invalidated", |session| session.alive &= resumable);
    }

    /// Stops acknowledging heartbeats.
    pub fn stop_acking(&self) {
        self.shared.write(|world| world.gateway.mute_acks = true);
    }

    pub fn resume_acking(&self) {
        self.shared.write(|world| world.gateway.mute_acks = false);
    }

    /// Repeats each session's last `n` events unchanged.
    pub fn replay_last(&self, n: usize) {
        self.on_connected(&format!("replaying {n}"), |session| {
            let skip = session.log.len().saturating_sub(n);
            let texts: Vec<_> = session.log.iter().skip(skip).map(|sent| sent.text.clone()).collect();
            for text in texts {
                session.send(Frame::Text(text));
            }
        });
    }

    /// Holds events from now on.
    pub fn hold(&self) {
        self.shared.write(|world| world.gateway.hold());
    }

    /// Sends held events, in order.
    pub fn release(&self) {
        self.shared.write(|world| world.gateway.release(false));
    }

    /// Sends held events, last first.
    pub fn release_reversed(&self) {
        self.shared.write(|world| world.gateway.release(true));
    }

    /// Sends a payload as it is.
    pub fn send_raw(&self, payload: &Value) {
        self.send_payload(payload);
    }

    /// Sends a dispatch of that type: events the simulator or the bot does not know.
    pub fn dispatch_raw(&self, name: &str, data: &Value) {
        self.shared.write(|world| {
            for index in self.connected_to(world) {
                world.dispatch_to(index, name, data);
            }
        });
    }

    /// Repeats an interaction with a new id and token, as one of this type (Discord's number), and modified by
    /// `change`. Its answer is read like any other.
    pub fn interact_again(&self, sent: &Value, kind: u8, change: impl FnOnce(&mut Value)) -> Reply {
        let id = self.shared.write(|world| world.interact_again(sent, kind, change));
        Reply::new(&self.shared, id.expect("an interaction that was sent before"))
    }

    /// New connections are answered with 503 while `true`.
    pub fn refuse_connections(&self, refuse: bool) {
        self.shared.write(|world| world.gateway.refuse = refuse);
    }

    /// Closes every RESUME with this code, until `None`. The session is unchanged.
    pub fn close_resumes(&self, code: Option<u16>) {
        self.shared.write(|world| world.gateway.close_resumes = code);
    }

    /// Reads nothing from the bot while `true`: no heartbeat, no close.
    pub fn freeze(&self, frozen: bool) {
        self.shared.write(|world| world.gateway.frozen = frozen);
    }

    /// Malforms the next `times` events of that type.
    pub fn garble(&self, name: &str, times: usize) {
        self.shared.write(|world| world.gateway.garbled.insert(name.to_owned(), times));
    }

    pub fn sessions(&self) -> Vec<SessionInfo> {
        let info = |session: &Session| SessionInfo {
            id: session.id.clone(),
            shard: session.shard,
            intents: session.intents,
            connected: session.connection.is_some(),
            seq: session.seq,
        };
        self.shared.read(|world| world.gateway.sessions.iter().map(info).collect())
    }

    /// Connections that are identified or resumed now.
    pub fn connected(&self) -> usize {
        self.shared.read(|world| world.gateway.connected().count())
    }

    /// Every IDENTIFY for an existing shard, oldest first; also those refused as too early.
    pub fn identifies(&self) -> Vec<Identify> {
        self.shared.read(|world| world.gateway.identifies.clone())
    }

    pub fn identify_count(&self) -> usize {
        self.shared.read(|world| world.gateway.identify_count)
    }

    pub fn resume_count(&self) -> usize {
        self.shared.read(|world| world.gateway.resume_count)
    }

    pub fn heartbeat_count(&self) -> usize {
        self.shared.read(|world| world.gateway.heartbeat_count)
    }

    /// Intents of the newest session.
    pub fn intents(&self) -> Option<u64> {
        self.shared.read(|world| world.gateway.sessions.last().map(|session| session.intents))
    }

    /// The data of every kept event of that type, oldest first.
    pub fn events(&self, name: &str) -> Vec<Value> {
        self.shared.read(|world| {
            let sent = world.gateway.sessions.iter().flat_map(|session| &session.log);
            sent.filter(|sent| sent.name == name)
                .filter_map(|sent| serde_json::from_str::<Value>(&sent.text).ok())
                .map(|mut payload| payload["d"].take())
                .collect()
        })
    }

    /// How many events of that type were sent to a connection.
    pub fn event_count(&self, name: &str) -> usize {
        self.shared.read(|world| world.record.event_counts.get(name).copied().unwrap_or(0))
    }

    fn send_payload(&self, payload: &Value) {
        let text: Arc<str> = payload.to_string().into();
        self.on_connected(&format!("sent {payload}"), |session| {
            session.send(Frame::Text(text.clone()));
        });
    }

    fn connected_to(&self, world: &World) -> Vec<usize> {
        let is_meant = |session: &Session| {
            session.connection.is_some() && self.only.is_none_or(|number| session.shard[0] == number)
        };
        let sessions = world.gateway.sessions.iter().enumerate();
        sessions.filter(|(_, session)| is_meant(session)).map(|(index, _)| index).collect()
    }

    fn on_connected(&self, what: &str, act: impl Fn(&mut Session)) {
        self.shared.write(|world| {
            let at = world.now_ms();
            world.record.line(at, format!("gateway: {what}"));
            for index in self.connected_to(world) {
                act(&mut world.gateway.sessions[index]);
            }
        });
    }
}
