//! Waiting for the bot: always for a condition, never for a time.

use crate::gateway::Frame;
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

    /// Waits until the bot has read every event sent so far (it answers a heartbeat request that follows them) and no
    /// request of it is in flight, twice in a row. It cannot know of work the bot does between two requests: to show
    /// that something does *not* happen, let something happen after it that does. Not while events are held.
    pub async fn quiet(&self) {
        for _ in 0..2 {
            self.shared.write(|world| {
                for session in world.gateway.sessions.iter_mut().filter(|session| session.connection.is_some()) {
                    session.heard_seq = None;
                    session.send(Frame::Text(r#"{"op":1,"d":null,"s":null,"t":null}"#.into()));
                }
            });
            let settled = || self.shared.read(|world| world.in_flight == 0 && has_read_everything(world));
            self.wait_until("the bot to have read all events and to have no request in flight", settled).await;
        }
    }
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

fn has_read_everything(world: &World) -> bool {
    let mut sessions = world.gateway.connected();
    sessions.all(|session| session.heard_seq.is_some_and(|seq| seq >= session.seq))
}
