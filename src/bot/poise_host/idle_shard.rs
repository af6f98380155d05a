//! The `Context` and `ShardManager` that poise needs but the bot does not use. The reason and the alternatives:
//! docs/decisions/0003-poise-without-serenitys-gateway.md.
//!
//! Dispatching a command needs a `Context`. serenity creates one only for its own shard, and a shard only on a
//! connected websocket; our gateway is not serenity's. So it gets a websocket that leads nowhere: one handshake over
//! loopback, at the start. It sends nothing, and never has the token.

use std::future::pending;
use std::net::Ipv4Addr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::prelude::{RwLock, TypeMap};
use serenity::{
    ConnectionStage, Context, GatewayIntents, Http, Shard, ShardId, ShardInfo, ShardManager, ShardManagerOptions,
    ShardMessenger, ShardRunner, ShardRunnerInfo, ShardRunnerOptions,
};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::time;

use crate::failure::Failure;

/// How long the handshake may take; each client gets a tenth.
const TIMEOUT: Duration = Duration::from_secs(10);

/// serenity's side of a command.
pub(super) struct IdleShard {
    pub(super) context: Context,
    pub(super) shards: Arc<ShardManager>,
}

impl IdleShard {
    /// `http` is poise's client for requests.
    ///
    /// # Errors
    ///
    /// A [`Failure`] where the machine has no loopback address.
    pub(super) async fn make(http: Arc<Http>) -> Result<Self, Failure> {
        let cannot =
            || Failure::runtime("The loopback address 127.0.0.1, which commands need at the start, cannot be used");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|error| cannot().cause(error))?;
        let port = listener.local_addr().map_err(|error| cannot().cause(error))?.port();
        let address = Arc::new(Mutex::new(format!("ws://{}:{port}", Ipv4Addr::LOCALHOST)));
        let info = ShardInfo { id: ShardId(0), total: 1 };
        let intents = GatewayIntents::empty();
        let shaking = async {
            tokio::select! {
                shard = Shard::new(Arc::clone(&address), "", info, intents, None) => shard,
                () = answer(&listener) => unreachable!("it answers until it is dropped"),
            }
        };
        let shaken = time::timeout(TIMEOUT, shaking).await.map_err(|late| cannot().cause(late))?;
        let shard = shaken.map_err(|error| cannot().cause(error))?;

        let data = Arc::new(RwLock::new(TypeMap::new()));
        let (shards, _returned) = ShardManager::new(ShardManagerOptions {
            data: Arc::clone(&data),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            framework: Arc::new(OnceLock::new()),
            shard_index: 0,
            shard_init: 0,
            shard_total: 0,
            ws_url: address,
            http: Arc::clone(&http),
            intents,
            presence: None,
        });
        let runner = ShardRunner::new(ShardRunnerOptions {
            data: Arc::clone(&data),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            framework: None,
            manager: Arc::clone(&shards),
            shard,
            http: Arc::clone(&http),
        });
        // The queue of shards would poll every few seconds. It ends with the last shard.
        let messenger = ShardMessenger::new(&runner);
        let info =
            ShardRunnerInfo { latency: None, runner_tx: messenger.clone(), stage: ConnectionStage::Disconnected };
        shards.runners.lock().await.insert(ShardId(0), info);
        shards.shutdown_finished(ShardId(0));
        shards.shutdown_all().await;
        let context = Context { data, shard: messenger, shard_id: ShardId(0), http };
        Ok(Self { context, shards })
    }
}

/// Accepts any client's handshake, not only serenity's; it reveals nothing.
async fn answer(listener: &TcpListener) {
    loop {
        let Ok((socket, _)) = listener.accept().await else { return pending().await };
        let _shaken = time::timeout(TIMEOUT / 10, tokio_tungstenite::accept_async(socket)).await;
    }
}
