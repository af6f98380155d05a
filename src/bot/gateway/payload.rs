//! The gateway's payloads: reads them up to the event's data, and writes them.
//!
//! <https://discord.com/developers/docs/events/gateway-events#payload-structure>

use std::borrow::Cow;
use std::env::consts::OS;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Message;

use super::shard::Shard;
use crate::config::Token;

/// A received payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Incoming<'a> {
    Dispatch {
        seq: u64,
        kind: Cow<'a, str>,
        data: &'a str,
    },
    /// Discord requests a heartbeat.
    Heartbeat,
    Reconnect,
    InvalidSession {
        resumable: bool,
    },
    Hello {
        heartbeat: Duration,
    },
    HeartbeatAck,
    /// An unknown opcode.
    Other,
}

#[derive(Deserialize)]
struct WirePayload<'a> {
    op: u8,
    #[serde(default)]
    s: Option<u64>,
    #[serde(borrow, default)]
    t: Option<Name<'a>>,
    #[serde(borrow, default)]
    d: Option<&'a RawValue>,
}

/// Directly in `Option`, serde copies it.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct WireHello {
    /// Milliseconds.
    heartbeat_interval: u64,
}

/// Discord's interval is 41.25 seconds. These bounds prevent a flood of heartbeats, and a dead connection that is never
/// noticed.
const SHORTEST_BEAT: Duration = Duration::from_millis(250);
const LONGEST_BEAT: Duration = Duration::from_mins(2);

impl<'a> Incoming<'a> {
    /// `None`: the text is no payload.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let payload: WirePayload<'a> = serde_json::from_str(text).ok()?;
        let data = payload.d.map_or("null", RawValue::get);
        Some(match payload.op {
            0 => Self::Dispatch { seq: payload.s?, kind: payload.t?.0, data },
            1 => Self::Heartbeat,
            7 => Self::Reconnect,
            9 => Self::InvalidSession { resumable: data == "true" },
            10 => {
                let hello: WireHello = serde_json::from_str(data).ok()?;
                Self::Hello {
                    heartbeat: Duration::from_millis(hello.heartbeat_interval).clamp(SHORTEST_BEAT, LONGEST_BEAT),
                }
            }
            11 => Self::HeartbeatAck,
            _ => Self::Other,
        })
    }
}

/// The session's part of `READY`.
#[derive(Debug, Deserialize)]
pub(super) struct Began {
    pub(super) session_id: String,
    /// Any value; used only if it is an address of Discord's.
    #[serde(default)]
    pub(super) resume_gateway_url: Value,
}

/// What is sent.
pub(super) enum Outgoing<'a> {
    Heartbeat { seq: Option<u64> },
    Identify { token: &'a Token, shard: Shard, intents: u64 },
    Resume { token: &'a Token, session_id: &'a str, seq: u64 },
}

#[derive(Serialize)]
struct Written<D> {
    op: u8,
    d: D,
}

#[derive(Serialize)]
struct Identify<'a> {
    token: &'a str,
    intents: u64,
    shard: [u32; 2],
    properties: Properties,
}

#[derive(Serialize)]
struct Properties {
    os: &'static str,
    browser: &'static str,
    device: &'static str,
}

#[derive(Serialize)]
struct Resume<'a> {
    token: &'a str,
    session_id: &'a str,
    seq: u64,
}

impl Outgoing<'_> {
    pub(super) fn message(&self) -> Message {
        match self {
            Self::Heartbeat { seq } => write(1, seq),
            Self::Identify { token, shard, intents } => {
                let properties = Properties { os: OS, browser: "ticketbot", device: "ticketbot" };
                let shard = [shard.id, shard.total];
                write(2, Identify { token: token.expose(), intents: *intents, shard, properties })
            }
            Self::Resume { token, session_id, seq } => {
                write(6, Resume { token: token.expose(), session_id, seq: *seq })
            }
        }
    }
}

fn write(op: u8, d: impl Serialize) -> Message {
    // Serialization cannot fail: no maps, and the writer is a string.
    Message::text(serde_json::to_string(&Written { op, d }).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn payloads_are_read_in_whatever_order_their_fields_come() {
        let dispatch = Incoming::Dispatch { seq: 3, kind: "THREAD_DELETE".into(), data: r#"{"id": "1"}"# };
        for text in [
            r#"{"t":"THREAD_DELETE","s":3,"op":0,"d":{"id": "1"}}"#,
            r#"{"d":{"id": "1"},"op":0,"new":{"op":9},"s":3,"t":"THREAD_DELETE"}"#,
            r#"{"t":"THREAD\u005fDELETE","s":3,"op":0,"d":{"id": "1"}}"#,
        ] {
            assert_eq!(Incoming::read(text), Some(dispatch.clone()), "{text}");
        }
        for (text, expected) in [
            (r#"{"op":1,"d":null}"#, Incoming::Heartbeat),
            (r#"{"op":7}"#, Incoming::Reconnect),
            (r#"{"op":9,"d":true,"s":null,"t":null}"#, Incoming::InvalidSession { resumable: true }),
            (r#"{"op":9,"d":false}"#, Incoming::InvalidSession { resumable: false }),
            (r#"{"op":9}"#, Incoming::InvalidSession { resumable: false }),
            (
                r#"{"op":10,"d":{"heartbeat_interval":41250}}"#,
                Incoming::Hello { heartbeat: Duration::from_millis(41_250) },
            ),
            (r#"{"op":11}"#, Incoming::HeartbeatAck),
            (r#"{"op":77,"d":[]}"#, Incoming::Other),
        ] {
            assert_eq!(Incoming::read(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_heartbeat_interval_without_sense_is_brought_into_reason() {
        for (told, taken) in
            [(0, SHORTEST_BEAT), (1, SHORTEST_BEAT), (31_536_000_000, LONGEST_BEAT), (u64::MAX, LONGEST_BEAT)]
        {
            let hello = json!({ "op": 10, "d": { "heartbeat_interval": told } }).to_string();
            assert_eq!(Incoming::read(&hello), Some(Incoming::Hello { heartbeat: taken }), "{told}");
        }
    }

    #[test]
    fn what_is_no_payload_is_none() {
        for text in
            ["", "null", "{}", r#"{"op":"0"}"#, r#"{"op":0,"d":{}}"#, r#"{"op":10,"d":null}"#, r#"{"op":0,"s":1"#]
        {
            assert_eq!(Incoming::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_sent_has_discords_shape() {
        let token = Token::parse("MTA.abc.def").unwrap();
        let json =
            |outgoing: &Outgoing<'_>| -> Value { serde_json::from_str(outgoing.message().to_text().unwrap()).unwrap() };

        assert_eq!(json(&Outgoing::Heartbeat { seq: None }), json!({ "op": 1, "d": null }));
        assert_eq!(json(&Outgoing::Heartbeat { seq: Some(7) }), json!({ "op": 1, "d": 7 }));
        let identify = json(&Outgoing::Identify { token: &token, shard: Shard { id: 1, total: 2 }, intents: 513 });
        assert_eq!(
            (&identify["op"], &identify["d"]["shard"], &identify["d"]["intents"]),
            (&json!(2), &json!([1, 2]), &json!(513))
        );
        let resume = json(&Outgoing::Resume { token: &token, session_id: "s", seq: 5 });
        assert_eq!(resume["op"], json!(6));
        assert_eq!((&resume["d"]["session_id"], &resume["d"]["seq"]), (&json!("s"), &json!(5)));
    }
}
