//! One connection to the gateway, from hello to close.
//!
//! <https://discord.com/developers/docs/events/gateway#connections>

use std::future;
use std::pin::{Pin, pin};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::{self, Sleep};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message, protocol::CloseFrame};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_tls_with_config, connect_async_tls_with_config};

use super::buffer::{LargePayload, READ_BUFFER};
use super::disconnect::random;
use super::disconnect::{Closed, Disconnect, Refused};
use super::identify_queue::Turn;
use super::payload::{Began, Incoming, Outgoing};
use super::proxy;
use super::shard::{ShardRunner, ShardState};

/// What is needed to resume a session.
#[derive(Debug)]
pub(super) struct Session {
    id: String,
    /// The resume address.
    url: String,
    /// The last sequence number received.
    seq: u64,
}

impl Session {
    fn new(began: Began, seq: u64, address: &str) -> Self {
        // With a custom address, such as a proxy, sessions must not bypass it.
        let told = began.resume_gateway_url.as_str().filter(|told| is_discords(address) && is_discords(told));
        Self { id: began.session_id, url: told.unwrap_or(address).to_owned(), seq }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// Whether this is one of Discord's own gateways, over TLS.
fn is_discords(url: &str) -> bool {
    let host = url.strip_prefix("wss://").and_then(|rest| rest.split(['/', '?']).next());
    host.is_some_and(|host| {
        let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        is_name && host.ends_with(".discord.gg")
    })
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long Discord may take to accept the connection, and then to begin or resume the session.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How long Discord may take to close a session. Then the session is dropped: stopping always ends.
const GOODBYE: Duration = Duration::from_secs(3);

/// The gateway's version and encoding.
const QUERY: &str = "/?v=10&encoding=json";

/// Larger than any of Discord's payloads: a guild at all its limits takes some megabytes.
const LARGEST: usize = 64 << 20;

/// Why a connection ended.
#[derive(Debug)]
pub(super) enum ConnectionExit {
    /// On request.
    Stopped,
    Refused(Refused),
    Disconnect(Disconnect),
}

impl From<Disconnect> for ConnectionExit {
    fn from(trouble: Disconnect) -> Self {
        Self::Disconnect(trouble)
    }
}

/// A connection before hello.
pub(super) struct Opened {
    socket: Socket,
    address: String,
    turn: Option<Turn>,
}

impl Opened {
    /// Connects. `turn`: to identify.
    pub(super) async fn at(address: &str, turn: Option<Turn>) -> Result<Self, Disconnect> {
        let url = format!("{}{QUERY}", address.trim_end_matches('/'));
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST));
        match time::timeout(TIMEOUT, connect(&url, config)).await {
            Ok(Ok(socket)) => Ok(Self { socket, address: address.to_owned(), turn }),
            Ok(Err(reason)) => Err(Disconnect::Unreachable(reason)),
            Err(_late) => Err(Disconnect::Silent),
        }
    }
}

/// Opens the websocket, through the environment's proxy if there is one. `Err` gives the reason.
async fn connect(url: &str, config: WebSocketConfig) -> Result<Socket, String> {
    let reason = |error: Error| error.to_string();
    let request = url.into_client_request().map_err(reason)?;
    let connected = match proxy::tunnel_to(request.uri()).await? {
        None => connect_async_tls_with_config(request, Some(config), true, None).await,
        Some(tunnel) => client_async_tls_with_config(request, tunnel, Some(config), None).await,
    };
    Ok(connected.map_err(reason)?.0)
}

pub(super) struct Connection<'a> {
    runner: ShardRunner<'a>,
    /// Resumes its session if there is one, otherwise identifies.
    life: &'a mut ShardState,
    socket: Socket,
    /// This address.
    address: String,
    /// Released when Discord has answered.
    turn: Option<Turn>,
    /// Whether the session has begun or resumed.
    is_up: bool,
    was_heard: bool,
    /// The heartbeat interval; `None` before hello.
    interval: Option<Duration>,
    beat: Pin<Box<Sleep>>,
    ack: Ack,
    large: LargePayload,
}

/// The last heartbeat's answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ack {
    Received,
    Awaited,
    /// Missing when the next heartbeat was due. It may still be unread.
    Overdue,
    /// Reading was paused because the intake was full: its arrival time is unknown.
    Unread,
}

impl<'a> Connection<'a> {
    pub(super) fn new(runner: ShardRunner<'a>, life: &'a mut ShardState, opened: Opened) -> Self {
        let Opened { socket, address, turn } = opened;
        Self {
            runner,
            life,
            socket,
            address,
            turn,
            is_up: false,
            was_heard: false,
            interval: None,
            beat: Box::pin(time::sleep(TIMEOUT)),
            ack: Ack::Received,
            large: LargePayload::default(),
        }
    }

    /// Reads until the connection ends.
    pub(super) async fn listen(mut self) -> ConnectionExit {
        let is_resume = self.life.session.is_some();
        let mut stopped = pin!(self.runner.stop.cancelled());
        let mut deadline = pin!(time::sleep(TIMEOUT));
        loop {
            // A full intake pauses reading. Heartbeats continue.
            let is_full = self.runner.gateway.handlers.is_full();
            if is_full {
                self.ack = Ack::Unread;
            }
            // Biased: a flood of events delays neither the stop nor a heartbeat.
            let message = tokio::select! {
                biased;
                () = &mut stopped => {
                    self.send_close().await;
                    return ConnectionExit::Stopped;
                }
                () = &mut deadline, if !self.is_up => {
                    // Missed events are replayed before `RESUMED`.
                    let was_heard = std::mem::take(&mut self.was_heard);
                    if !(is_full || is_resume && was_heard) {
                        return Disconnect::Silent.into();
                    }
                    deadline.set(time::sleep(TIMEOUT));
                    continue;
                }
                () = &mut self.beat, if self.interval.is_some() => {
                    match self.beat().await {
                        Ok(()) => continue,
                        Err(ended) => return ended,
                    }
                }
                () = self.runner.gateway.handlers.wait_for_room(), if is_full => continue,
                message = self.socket.next(), if !is_full => message,
                // No received data is unread.
                () = future::ready(()), if matches!(self.ack, Ack::Overdue | Ack::Unread) && !is_full => {
                    if self.ack == Ack::Overdue {
                        return Disconnect::Silent.into();
                    }
                    self.ack = Ack::Received;
                    continue;
                }
            };
            if let Err(ended) = self.on_message(message).await {
                return ended;
            }
            // One read can yield many events.
            tokio::task::consume_budget().await;
        }
    }

    async fn on_message(&mut self, message: Option<Result<Message, Error>>) -> Result<(), ConnectionExit> {
        match message {
            Some(Ok(Message::Text(text))) => {
                self.on_payload(&text).await?;
                self.large.note(text);
                Ok(())
            }
            Some(Ok(Message::Close(frame))) => Err(self.closed(frame.map(|frame| frame.code.into()))),
            Some(Ok(_)) => Ok(()),
            Some(Err(_)) | None => Err(self.closed(None)),
        }
    }

    async fn on_payload(&mut self, text: &str) -> Result<(), ConnectionExit> {
        match Incoming::read(text) {
            Some(Incoming::Dispatch { seq, kind, data }) => self.dispatch(seq, &kind, data),
            Some(Incoming::Heartbeat) => self.send_heartbeat().await?,
            Some(Incoming::HeartbeatAck) => self.ack = Ack::Received,
            Some(Incoming::Hello { heartbeat }) => self.introduce(heartbeat).await?,
            Some(Incoming::Reconnect | Incoming::InvalidSession { resumable: true }) => {
                return Err(Disconnect::Moved.into());
            }
            Some(Incoming::InvalidSession { resumable: false }) => {
                self.life.session = None;
                return Err(Disconnect::SessionLost.into());
            }
            Some(Incoming::Other) => {}
            None => self.runner.gateway.handlers.note_unreadable(),
        }
        Ok(())
    }

    fn dispatch(&mut self, seq: u64, kind: &str, data: &str) {
        self.was_heard = true;
        match kind {
            // Without a session from it the shard stays down until it times out.
            "READY" => {
                if let Ok(began) = serde_json::from_str(data) {
                    self.life.session = Some(Session::new(began, seq, &self.address));
                    self.note_up();
                    self.runner.note_begun(self.life);
                }
            }
            "RESUMED" => self.note_up(),
            _ => {}
        }
        if let Some(session) = &mut self.life.session {
            session.seq = session.seq.max(seq);
        }
        self.runner.gateway.handlers.take(kind, data);
    }

    fn note_up(&mut self) {
        self.is_up = true;
        self.life.note_up(self.runner.now());
        // Discord's answer shows that the identify arrived: the next shard may go on.
        self.turn = None;
    }

    /// Identifies or resumes after hello.
    async fn introduce(&mut self, heartbeat: Duration) -> Result<(), ConnectionExit> {
        self.interval = Some(heartbeat);
        // Jitter for the first heartbeat: bots that start together must not beat together.
        self.beat.set(time::sleep(heartbeat.mul_f64(random())));
        let gateway = self.runner.gateway;
        let introduction = if let Some(session) = &self.life.session {
            Outgoing::Resume { token: &gateway.token, session_id: &session.id, seq: session.seq }
        } else {
            self.life.intents = gateway.intents();
            let intents = self.life.intents.bits();
            Outgoing::Identify { token: &gateway.token, shard: self.runner.shard, intents }
        };
        let message = introduction.message();
        self.send(message).await
    }

    /// Sends a heartbeat. If the last one has no acknowledgement, and none can be unread, the connection is dead.
    async fn beat(&mut self) -> Result<(), ConnectionExit> {
        self.ack = match self.ack {
            Ack::Received => Ack::Awaited,
            Ack::Awaited => Ack::Overdue,
            late => late,
        };
        self.beat.set(time::sleep(self.interval.unwrap_or(TIMEOUT)));
        self.send_heartbeat().await
    }

    async fn send_heartbeat(&mut self) -> Result<(), ConnectionExit> {
        let seq = self.life.session.as_ref().map(|session| session.seq);
        self.send(Outgoing::Heartbeat { seq }.message()).await
    }

    async fn send(&mut self, message: Message) -> Result<(), ConnectionExit> {
        match time::timeout(TIMEOUT, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(self.closed(None)),
            Err(_late) => Err(Disconnect::Silent.into()),
        }
    }

    fn closed(&mut self, code: Option<u16>) -> ConnectionExit {
        match Closed::by(code) {
            Closed::Resumable => Disconnect::Closed(code).into(),
            Closed::SessionOver => {
                self.life.session = None;
                Disconnect::SessionLost.into()
            }
            Closed::TooFewShards => Disconnect::TooFewShards.into(),
            Closed::Refused(refused) => ConnectionExit::Refused(refused),
        }
    }

    /// With this close code Discord shows the bot as offline at once. Clicks until then are told that it is stopping.
    async fn send_close(&mut self) {
        let goodbye = async {
            let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
            self.socket.close(Some(frame)).await?;
            while let Some(message) = self.socket.next().await {
                if let Message::Text(text) = message?
                    && let Some(Incoming::Dispatch { kind, data, .. }) = Incoming::read(&text)
                {
                    self.runner.gateway.handlers.take(&kind, data);
                }
            }
            Ok::<_, Error>(())
        };
        let _however_it_went = time::timeout(GOODBYE, goodbye).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn a_session_is_resumed_where_discord_says_unless_discord_is_reached_by_way_of_something_else() {
        let resumed_at = |address: &str, told: &str| {
            let began = Began { session_id: "s".to_owned(), resume_gateway_url: told.into() };
            Session::new(began, 1, address).url
        };
        let (usual, told) = ("wss://gateway.discord.gg", "wss://gateway-us-east1-b.discord.gg");

        assert_eq!(resumed_at(usual, told), told);
        assert_eq!(resumed_at("ws://127.0.0.1:8080", told), "ws://127.0.0.1:8080");
        assert_eq!(resumed_at("wss://proxy.example.org/discord", told), "wss://proxy.example.org/discord");
        for odd in [
            "ws://gateway.discord.gg",
            "wss://example.org",
            "wss://example.org/.discord.gg",
            "wss://example.org#.discord.gg",
            "wss://a@example.org:1.discord.gg",
            "wss://notdiscord.gg",
            "",
        ] {
            assert_eq!(resumed_at(usual, odd), usual, "{odd}");
        }
    }

    /// TLS needs the library's cryptography provider, which is chosen at build time.
    #[tokio::test]
    async fn a_secure_connection_to_somebody_who_hangs_up_is_an_error_and_no_panic() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("wss://localhost:{}/", listener.local_addr().unwrap().port());
        let hang_up = async {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut first = [0; 3];
            tokio::io::AsyncReadExt::read_exact(&mut socket, &mut first).await.unwrap();
            first
        };

        let (opened, first) = tokio::join!(Opened::at(&address, None), hang_up);

        assert_eq!(first[0], 22, "the first record of a TLS handshake");
        assert!(matches!(opened, Err(Disconnect::Unreachable(_))));
    }
}
