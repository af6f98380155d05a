//! Waiting for the bot: always for a condition, never for a time.

use crate::gateway::Frame;
use crate::gateway::session::Session;
use crate::world::World;

use super::Sim;

impl Sim {
    /// Waits until the condition holds; panics with `what` and the transcript after the simulator's patience.
    pub async fn wait_until(&self, what: &str, condition: impl FnMut() -> bool) {
        if !self.shared.until(condition).await {
            self.shared.give_up(what);
        }
    }

    /// Waits until every shard the bot announced is identified and has been sent READY and its guilds.
    pub async fn wait_ready(&self) {
        let ready = || self.shared.read(all_shards_ready);
        self.wait_until("the bot to connect to the gateway", ready).await;
    }

    /// Waits until this shard is identified and has been sent READY and its guilds.
    pub async fn wait_shard_ready(&self, number: u64) {
        let is_ready = |session: &Session| session.shard[0] == number && session.awaited_guilds.is_empty();
        let ready = || self.shared.read(|world| world.gateway.connected().any(is_ready));
        self.wait_until(&format!("shard {number} to connect to the gateway"), ready).await;
    }

    /// Waits until the bot has read every event sent so far (it answers a heartbeat request that follows them) and no
    /// request of it is in flight, twice in a row without a new event. It does not know of work the bot does between
    /// two requests: to show that something does *not* happen, let something happen after it that does. Not while
    /// events are held.
    pub async fn quiet(&self) {
        let mut calm_rounds = 0;
        while calm_rounds < 2 {
            let asked = self.shared.write(ask_for_heartbeats);
            let settled =
                || self.shared.read(|world| world.in_flight == 0 && asked.iter().all(|asked| has_read(world, asked)));
            self.wait_until("the bot to have read all events and to have no request in flight", settled).await;
            let is_calm = self.shared.read(|world| {
                let mut sessions = world.gateway.connected();
                sessions.all(|session| asked.iter().any(|asked| asked.is(session) && asked.seq == session.seq))
            });
            calm_rounds = if is_calm { calm_rounds + 1 } else { 0 };
        }
    }
}

/// A session with a pending heartbeat request, on its connection at that time.
struct Asked {
    session: String,
    connection: Option<u64>,
    /// The number of its last event.
    seq: u64,
}

impl Asked {
    fn is(&self, session: &Session) -> bool {
        self.session == session.id && self.connection == connection_of(session)
    }
}

fn connection_of(session: &Session) -> Option<u64> {
    session.connection.as_ref().map(|connection| connection.id)
}

/// Asks every connected session for a heartbeat.
fn ask_for_heartbeats(world: &mut World) -> Vec<Asked> {
    let sessions = world.gateway.sessions.iter_mut().filter(|session| session.connection.is_some());
    sessions
        .map(|session| {
            session.heard_seq = None;
            session.send(Frame::Text(r#"{"op":1,"d":null,"s":null,"t":null}"#.into()));
            Asked { session: session.id.clone(), connection: connection_of(session), seq: session.seq }
        })
        .collect()
}

/// Whether this session has read up to then. One that has ended, or moved to another connection, is asked again.
fn has_read(world: &World, asked: &Asked) -> bool {
    let mut sessions = world.gateway.connected().filter(|session| asked.is(session));
    sessions.all(|session| session.heard_seq.is_some_and(|heard| heard >= asked.seq))
}

fn all_shards_ready(world: &World) -> bool {
    let ready: Vec<[u64; 2]> = world
        .gateway
        .connected()
        .filter(|session| session.awaited_guilds.is_empty())
        .map(|session| session.shard)
        .collect();
    let Some([_, count]) = ready.last() else {
        return false;
    };
    (0..*count).all(|shard| ready.contains(&[shard, *count]))
}
