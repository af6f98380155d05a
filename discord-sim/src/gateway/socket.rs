//! One websocket connection: reads the bot's payloads, writes its session's frames, answers heartbeats.

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time;

use std::sync::Arc;
use std::time::Duration;

use super::Frame;
use super::deflate::Deflate;
use crate::http::connection::KillSwitch;
use crate::http::upload::parse_query;
use crate::shared::Shared;

/// One connection's state.
pub(crate) struct Peer {
    pub(crate) id: u64,
    pub(crate) frames: UnboundedSender<Frame>,
    pub(crate) kill: KillSwitch,
    /// The session's index once identified or resumed.
    pub(crate) session: Option<usize>,
}

pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(kill): ConnectInfo<KillSwitch>,
    RawQuery(query): RawQuery,
    upgrade: WebSocketUpgrade,
) -> Response {
    if shared.read(|world| world.gateway.refuse) {
        shared.write(|world| {
            let at = world.now_ms();
            world.record.line(at, "gateway: connection refused".to_owned());
        });
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let asked = parse_query(query.as_deref());
    let asked = |name: &str| asked.iter().find(|(asked, _)| asked == name).map(|(_, value)| value.as_str());
    let deflate = match asked("compress") {
        None => None,
        Some("zlib-stream") => Some(Deflate::default()),
        Some(other) => {
            shared.write(|world| world.record.gap(format!("gateway compression {other} is not simulated")));
            None
        }
    };
    upgrade.max_message_size(1 << 20).on_upgrade(move |socket| serve(shared, kill, socket, deflate)).into_response()
}

async fn serve(shared: Arc<Shared>, kill: KillSwitch, socket: WebSocket, deflate: Option<Deflate>) {
    let (frames, outgoing) = unbounded_channel();
    let (mut writer, mut reader) = socket.split();
    let mut peer = shared.write(|world| {
        world.gateway.next_session += 1;
        let at = world.now_ms();
        world.record.line(at, "gateway: connection opened".to_owned());
        Peer { id: world.gateway.next_session, frames, kill, session: None }
    });
    let interval = shared.read(|world| world.gateway.heartbeat_interval_ms);
    let hello = json!({ "op": 10, "s": null, "t": null, "d": { "heartbeat_interval": interval, "_trace": [] } });
    let _ = peer.frames.send(Frame::Text(hello.to_string().into()));
    let writing = tokio::spawn(async move { write_all(&mut writer, outgoing, deflate).await });
    while let Some(Ok(message)) = reader.next().await {
        // A close is answered when the next frame is read.
        while shared.read(|world| world.gateway.frozen) {
            time::sleep(Duration::from_millis(10)).await;
        }
        let text = match message {
            Message::Text(text) => text,
            Message::Close(frame) => {
                let code = frame.map(|frame| frame.code);
                shared.write(|world| world.disconnected(&peer, code));
                break;
            }
            _ => continue,
        };
        let close = match serde_json::from_str::<Value>(&text) {
            Ok(payload) => shared.write(|world| world.gateway_received(&mut peer, &payload)),
            Err(_) => Some(4002),
        };
        while shared.write(|world| world.send_next_guild(&peer)) {
            tokio::task::yield_now().await;
        }
        if let Some(code) = close {
            let _ = peer.frames.send(Frame::Close(Some(code)));
            shared.write(|world| world.refused(&peer, code));
        }
    }
    shared.write(|world| world.disconnected(&peer, None));
    drop(peer);
    let _ = writing.await;
}

async fn write_all(
    writer: &mut (impl SinkExt<Message> + Unpin),
    mut outgoing: UnboundedReceiver<Frame>,
    mut deflate: Option<Deflate>,
) {
    while let Some(frame) = outgoing.recv().await {
        let message = match (frame, &mut deflate) {
            (Frame::Text(text), Some(deflate)) => Message::Binary(deflate.message(text.as_bytes()).into()),
            (Frame::Text(text), None) => Message::Text(text.as_ref().into()),
            (Frame::Close(code), _) => Message::Close(code.map(|code| CloseFrame { code, reason: "".into() })),
        };
        let closing = matches!(message, Message::Close(_));
        if writer.send(message).await.is_err() || closing {
            return;
        }
    }
    let _ = writer.close().await;
}
