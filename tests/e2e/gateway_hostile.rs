//! A gateway that violates the protocol: ends each connection early, names dead addresses, sends intervals of years,
//! stops reading. The test provides the websocket; the simulator does the rest.

use std::time::Duration;

use discord_sim::{Fault, Sim};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};

use crate::support::TestBot;

/// Discord allows one identify within five seconds, and the bot respects that.
const BETWEEN_STARTS: Duration = Duration::from_secs(6);

/// Longer than any backoff here, in all.
const LOOKS: usize = 240;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

struct Peer {
    listener: TcpListener,
}

/// A connection of the bot.
struct Connection(WebSocketStream<TcpStream>);

impl Peer {
    /// Listens in place of the gateway.
    async fn instead_of_the_gateway_of(sim: &Sim) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let limit = json!({ "total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1 });
        let answer = json!({ "url": url, "shards": 1, "session_start_limit": limit });
        sim.fault(Fault::on("GET", "/gateway/bot").answer(200, answer).always());
        Self { listener }
    }

    /// The next connection, after its handshake.
    async fn next(&self, sim: &Sim) -> Connection {
        for _ in 0..LOOKS {
            // More than once: the bot may count from a start that it notes only now.
            sim.advance(BETWEEN_STARTS);
            if let Ok(accepted) = tokio::time::timeout(BETWEEN_LOOKS, self.listener.accept()).await {
                return Connection(accept_async(accepted.unwrap().0).await.unwrap());
            }
        }
        panic!("the bot does not come back");
    }

    /// The next connection that was greeted, and the bot's answer.
    async fn greet(&self, sim: &Sim, interval: Value) -> (Connection, Value) {
        let mut connection = self.next(sim).await;
        connection.say(&json!({ "op": 10, "d": { "heartbeat_interval": interval } })).await;
        let said = connection.hear_other_than_heartbeats().await;
        (connection, said)
    }
}

impl Connection {
    async fn say(&mut self, payload: &Value) {
        self.0.send(Message::text(payload.to_string())).await.unwrap();
    }

    async fn ready(&mut self, fields: Value) {
        let mut ready = json!({ "v": 10, "session_id": "one", "guilds": [], "user": { "id": "1" } });
        ready.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap());
        self.say(&json!({ "op": 0, "t": "READY", "s": 1, "d": ready })).await;
    }

    async fn hear(&mut self) -> Value {
        match self.0.next().await.unwrap().unwrap() {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    async fn hear_other_than_heartbeats(&mut self) -> Value {
        loop {
            let said = self.hear().await;
            if said["op"] != 1 {
                return said;
            }
        }
    }
}

/// The waits between two connections, in milliseconds, from the log.
fn waits_in(log: &str) -> Vec<u64> {
    let after = log.split("wait_ms=").skip(1);
    after.map(|rest| rest.split(|digit: char| !digit.is_ascii_digit()).next().unwrap().parse().unwrap()).collect()
}

/// Only the backoff keeps the bot from connecting thousands of times.
#[tokio::test]
async fn connections_that_end_early_are_waited_for_longer_each_time() {
    for greeted in [false, true] {
        for says_goodbye in [false, true] {
            let sim = Sim::start().await;
            let peer = Peer::instead_of_the_gateway_of(&sim).await;
            let mut bot = TestBot::configured(&sim, "");
            bot.launch().await;

            for _ in 0..3 {
                let mut connection =
                    if greeted { peer.greet(&sim, json!(41_250)).await.0 } else { peer.next(&sim).await };
                if says_goodbye {
                    let _gone = connection.0.close(None).await;
                }
            }
            let _kept = peer.next(&sim).await;

            let waits = waits_in(&bot.log());
            assert_eq!(waits.len(), 3, "a wait between any two: {}", bot.log());
            for (tries, wait) in waits.into_iter().enumerate() {
                let full = 500 << tries;
                assert!((full / 2..=full).contains(&wait), "{wait} ms before try {tries}");
            }
        }
    }
}

#[tokio::test]
async fn a_session_is_resumed_although_the_address_for_that_is_unusable() {
    let addresses = [
        json!({}),
        json!({ "resume_gateway_url": null }),
        json!({ "resume_gateway_url": 5 }),
        json!({ "resume_gateway_url": "" }),
        json!({ "resume_gateway_url": "no address" }),
        json!({ "resume_gateway_url": "wss://[::1" }),
        json!({ "resume_gateway_url": "wss://gateway.discord.gg.example.org" }),
    ];
    let sim = Sim::start().await;
    let peer = Peer::instead_of_the_gateway_of(&sim).await;
    let mut bot = TestBot::configured(&sim, "");
    bot.launch().await;

    for (number, address) in addresses.into_iter().enumerate() {
        let (mut connection, said) = peer.greet(&sim, json!(41_250)).await;
        assert_eq!(said["op"], 2, "{address}: {said}");
        connection.ready(address.clone()).await;
        if number % 2 == 0 {
            let _gone = connection.0.close(None).await;
        }
        drop(connection);

        let (mut connection, said) = peer.greet(&sim, json!(41_250)).await;
        assert_eq!((&said["op"], &said["d"]["session_id"]), (&json!(6), &json!("one")), "{address}: {said}");
        // The backoff stays short for a bot that was connected for a minute.
        connection.say(&json!({ "op": 0, "t": "RESUMED", "s": 2, "d": {} })).await;
        connection.say(&json!({ "op": 1, "d": null })).await;
        assert_eq!(connection.hear().await["op"], 1);
        sim.advance(Duration::from_mins(2));
        connection.say(&json!({ "op": 9, "d": false })).await;
    }
}

#[tokio::test]
async fn an_interval_of_nothing_or_of_years_stops_nobody() {
    for interval in [json!(0), json!(31_536_000_000_u64), json!(u64::MAX)] {
        let sim = Sim::start().await;
        let peer = Peer::instead_of_the_gateway_of(&sim).await;
        let mut bot = TestBot::configured(&sim, "");
        bot.launch().await;

        let (mut connection, said) = peer.greet(&sim, interval.clone()).await;
        connection.ready(json!({})).await;
        connection.say(&json!({ "op": 1, "d": null })).await;

        assert_eq!((&said["op"], &connection.hear().await["op"]), (&json!(2), &json!(1)), "{interval}");
        bot.stop().await;
    }
}

#[tokio::test]
async fn a_peer_that_goes_deaf_after_asking_for_another_connection_is_left() {
    let sim = Sim::start().await;
    let peer = Peer::instead_of_the_gateway_of(&sim).await;
    let mut bot = TestBot::configured(&sim, "");
    bot.launch().await;
    let (mut deaf, _) = peer.greet(&sim, json!(41_250)).await;
    deaf.ready(json!({})).await;

    deaf.say(&json!({ "op": 7, "d": null })).await;
    // It neither reads nor closes any more.
    let (_again, said) = peer.greet(&sim, json!(41_250)).await;

    assert_eq!(said["op"], 6, "{said}");
    drop(deaf);
}

#[tokio::test]
async fn missed_answers_to_heartbeats_are_noticed_while_events_flow() {
    let sim = Sim::start().await;
    let peer = Peer::instead_of_the_gateway_of(&sim).await;
    let mut bot = TestBot::configured(&sim, "");
    bot.launch().await;
    let (mut connection, _) = peer.greet(&sim, json!(250)).await;
    connection.ready(json!({})).await;

    let flow = async {
        for seq in 2.. {
            let event = json!({ "op": 0, "t": "TYPING_START", "s": seq, "d": {} });
            if connection.0.send(Message::text(event.to_string())).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let ((), (_again, said)) = tokio::join!(flow, peer.greet(&sim, json!(41_250)));

    assert_eq!(said["op"], 6, "{said}");
    assert!(bot.log().contains("nothing is heard from the gateway"), "{}", bot.log());
}
