//! What poise wants of serenity, although the bot makes no use of it: a `Context` and a `ShardManager`. Why it is made so,
//! and what else was tried: docs/decisions/0003-poise-without-serenitys-gateway.md.
//!
//! Commands are dispatched with a `Context`. serenity makes one only for a shard of its own, and a shard only on a
//! websocket that is connected; our gateway is not serenity's. So it is given a websocket that leads nowhere: one
//! handshake over loopback, at the start. Nothing is ever sent over it, and the token stays away from it.

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

/// How long the handshake may take; a tenth of it with each who comes.
const PATIENCE: Duration = Duration::from_secs(10);

/// serenity's side of a command.
pub(super) struct IdleShard {
    pub(super) context: Context,
    pub(super) shards: Arc<ShardManager>,
}

impl IdleShard {
    /// `http` is what poise would send requests with.
    ///
    /// # Errors
    ///
    /// A [`Failure`] where the machine has no loopback address.
    pub(super) async fn make(http: Arc<Http>) -> Result<Self, Failure> {
        let cannot =
            || Failure::runtime("The loopback address 127.0.0.1, which commands need at the start, cannot be used");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|error| cannot().because(error))?;
        let port = listener.local_addr().map_err(|error| cannot().because(error))?.port();
        let address = Arc::new(Mutex::new(format!("ws://{}:{port}", Ipv4Addr::LOCALHOST)));
        let info = ShardInfo { id: ShardId(0), total: 1 };
        let intents = GatewayIntents::empty();
        let shaking = async {
            tokio::select! {
                shard = Shard::new(Arc::clone(&address), "", info, intents, None) => shard,
                () = answer(&listener) => unreachable!("it answers until it is dropped"),
            }
        };
        let shaken = time::timeout(PATIENCE, shaking).await.map_err(|late| cannot().because(late))?;
        let shard = shaken.map_err(|error| cannot().because(error))?;

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
        // Its queue of shards to start would look for something to do every few seconds. It ends with the last shard.
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

/// Lets whoever comes shake hands. Others than serenity may come, too; they learn nothing.
async fn answer(listener: &TcpListener) {
    loop {
        let Ok((socket, _)) = listener.accept().await else { return pending().await };
        let _shaken = time::timeout(PATIENCE / 10, tokio_tungstenite::accept_async(socket)).await;
    }
}
