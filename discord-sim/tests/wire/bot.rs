//! A bot of a few lines: sends requests, keeps what the gateway says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use discord_sim::Sim;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::tungstenite::Message;

pub(crate) const GUILDS: u64 = 1;
pub(crate) const MEMBERS: u64 = 1 << 1;
pub(crate) const MESSAGES: u64 = 1 << 9;
pub(crate) const CONTENT: u64 = 1 << 15;
pub(crate) const USUAL: u64 = GUILDS | MEMBERS | MESSAGES;

/// How a connection ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    Close(Option<u16>),
    Cut,
}

/// One gateway connection and an HTTP client.
pub(crate) struct Bot {
    pub(crate) application: u64,
    base: String,
    token: String,
    client: reqwest::Client,
    received: Arc<Mutex<Vec<Value>>>,
    outgoing: mpsc::UnboundedSender<Message>,
    ended: watch::Receiver<Option<End>>,
    news: watch::Receiver<usize>,
}

impl Bot {
    /// Connects, identifies with these intents and waits for READY and the guilds.
    pub(crate) async fn start(sim: &Sim, intents: u64) -> Self {
        let bot = Self::connect(sim).await;
        bot.identify(sim, intents, None);
        sim.wait_ready().await;
        bot.event("READY").await;
        bot
    }

    /// Connects without identifying.
    pub(crate) async fn connect(sim: &Sim) -> Self {
        let url = format!("{}/?v=10&encoding=json", sim.base_url().replacen("http", "ws", 1));
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        let (mut writer, mut reader) = socket.split();
        let (outgoing, mut to_send) = mpsc::unbounded_channel::<Message>();
        let (end, ended) = watch::channel(None);
        let (tell, news) = watch::channel(0);
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = received.clone();
        let heartbeats = outgoing.clone();
        tokio::spawn(async move {
            while let Some(message) = to_send.recv().await {
                let _ = writer.send(message).await;
            }
        });
        tokio::spawn(async move {
            let mut seq = Value::Null;
            loop {
                let payload: Value = match reader.next().await {
                    Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
                    Some(Ok(Message::Close(frame))) => {
                        let _ = end.send(Some(End::Close(frame.map(|frame| frame.code.into()))));
                        return;
                    }
                    Some(Ok(_)) => continue,
                    Some(Err(_)) | None => {
                        let _ = end.send(Some(End::Cut));
                        return;
                    }
                };
                if !payload["s"].is_null() {
                    seq = payload["s"].clone();
                }
                if payload["op"] == 1 {
                    let _ = heartbeats.send(Message::text(json!({ "op": 1, "d": seq }).to_string()));
                }
                kept.lock().unwrap().push(payload);
                tell.send_modify(|count| *count += 1);
            }
        });
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let base = sim.base_url().to_owned();
        let token = sim.token().to_owned();
        Self { application: sim.application_id(), base, token, client, received, outgoing, ended, news }
    }

    pub(crate) fn identify(&self, sim: &Sim, intents: u64, shard: Option<[u64; 2]>) {
        let mut data = json!({ "token": sim.token(), "intents": intents, "compress": true, "properties": {} });
        if let Some(shard) = shard {
            data["shard"] = json!(shard);
        }
        self.send(&json!({ "op": 2, "d": data }));
    }

    pub(crate) fn send(&self, payload: &Value) {
        self.outgoing.send(Message::text(payload.to_string())).unwrap();
    }

    /// The next event of that type; each is given out once.
    pub(crate) async fn event(&self, name: &str) -> Value {
        self.payload(name, |payload| payload["t"] == name).await["d"].take()
    }

    /// The next payload with that opcode.
    pub(crate) async fn op(&self, op: u64) -> Value {
        self.payload(&format!("op {op}"), |payload| payload["op"] == op).await
    }

    async fn payload(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut news = self.news.clone();
        let search = async {
            loop {
                news.borrow_and_update();
                let found = {
                    let mut received = self.received.lock().unwrap();
                    let index = received.iter().position(&wanted);
                    index.map(|index| received.remove(index))
                };
                match found {
                    Some(payload) => return payload,
                    None => news.changed().await.unwrap(),
                }
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(10), search).await;
        found.unwrap_or_else(|_| panic!("{what} never came"))
    }

    /// Types of the events received and not yet given out.
    pub(crate) async fn pending(&self, sim: &Sim) -> Vec<String> {
        sim.quiet().await;
        self.pending_now()
    }

    pub(crate) fn pending_now(&self) -> Vec<String> {
        let received = self.received.lock().unwrap();
        received.iter().filter_map(|payload| payload["t"].as_str().map(str::to_owned)).collect()
    }

    pub(crate) async fn end(&self) -> End {
        let mut ended = self.ended.clone();
        let end = tokio::time::timeout(Duration::from_secs(10), ended.wait_for(Option::is_some)).await;
        end.expect("the connection never ended").unwrap().clone().unwrap()
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let (status, _, body) = self.call_with(method, path, body, &[]).await;
        (status, body)
    }

    pub(crate) async fn call_with(
        &self,
        method: &str,
        path: &str,
        body: Value,
        headers: &[(&str, &str)],
    ) -> (u16, reqwest::header::HeaderMap, Value) {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        (status, headers, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        let url = format!("{}/api/v10{path}", self.base);
        self.client.request(method, url).header("authorization", format!("Bot {}", self.token))
    }

    pub(crate) async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, path, body).await;
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    /// Status and Discord's code of a request that is refused.
    pub(crate) async fn refused(&self, method: &str, path: &str, body: Value) -> (u16, u64) {
        let (status, answer) = self.call(method, path, body).await;
        (status, answer["code"].as_u64().unwrap_or_else(|| panic!("no code: {status} {answer}")))
    }

    /// Answers an interaction.
    pub(crate) async fn answer(&self, interaction: &Value, body: Value) -> (u16, Value) {
        let path = format!("/interactions/{}/{}/callback", text(&interaction["id"]), text(&interaction["token"]));
        self.call("POST", &path, body).await
    }

    pub(crate) fn webhook(&self, interaction: &Value, rest: &str) -> String {
        format!("/webhooks/{}/{}{rest}", self.application, text(&interaction["token"]))
    }

    /// Starts a private thread; answers its id.
    pub(crate) async fn private_thread(&self, channel: u64, name: &str) -> String {
        let body = json!({ "name": name, "type": 12, "invitable": false, "auto_archive_duration": 1440 });
        let thread = self.ok("POST", &format!("/channels/{channel}/threads"), body).await;
        text(&thread["id"]).to_owned()
    }
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}"))
}
