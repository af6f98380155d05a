//! One gateway client: one shard of serenity's, on a thread of its own.
//!
//! serenity's loop can spin without ever letting go of its thread. Here it can starve neither handlers, which run on the
//! bot's own threads, nor the stop. A client that is given up goes on spinning until its heartbeat fails, at most 41 s,
//! and then ends; meanwhile nothing that it says is listened to.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use futures_util::StreamExt as _;
use poise::serenity_prelude as serenity;
use serenity::prelude::{RwLock, TypeMap};
use serenity::{
    CollectorCallback, Event, FullEvent, GatewayError, GatewayIntents, Http, ShardId, ShardManager, ShardManagerOptions,
};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time;
use tokio_util::sync::{CancellationToken, DropGuard};
use tracing::Dispatch;

use super::address::Address;
use super::overheard::Overheard;
use super::said::{Said, Trouble};
use super::shard::Shard;
use super::watch::{self, Watch};
use super::{GOODBYE, Gateway, TICK};
use crate::bot::framework::Handlers;
use crate::bot::unknown::UnknownEvents;

/// The handle of a running client. Dropped, the client is given up.
pub(super) struct Client {
    signs: Arc<Signs>,
    last_turns: u32,
    said: UnboundedReceiver<Said>,
    goodbye: CancellationToken,
    _over: DropGuard,
}

/// Signs of life that need no answer from the client's thread.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Counts up while the thread is free, and with every event.
    turns: AtomicU32,
    connected: AtomicBool,
    /// Since the session last began or went on.
    resumes: AtomicU32,
}

impl Signs {
    /// One more try to resume; how many since the last success.
    pub(super) fn count_resume(&self) -> u32 {
        self.connected.store(false, Ordering::Relaxed);
        self.resumes.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn note_connected(&self) {
        self.resumes.store(0, Ordering::Relaxed);
        self.connected.store(true, Ordering::Relaxed);
    }
}

impl Client {
    /// `None` when the system gives no thread.
    pub(super) fn start(gateway: &Gateway, shard: Shard, address: &Address) -> Option<Self> {
        let (speak, said) = unbounded_channel();
        let (goodbye, over) = (CancellationToken::new(), CancellationToken::new());
        let signs = Arc::new(Signs::default());
        let life = Life {
            url: address.url().to_owned(),
            shard,
            handlers: Arc::clone(&gateway.handlers),
            http: Arc::clone(&gateway.http),
            intents: gateway.intents,
            unknown: Arc::clone(&gateway.unknown),
            main: Handle::current(),
            signs: Arc::clone(&signs),
            goodbye: goodbye.clone(),
            speak: speak.clone(),
            over: over.clone(),
            ears: Arc::default(),
        };
        let usual = tracing::dispatcher::get_default(Dispatch::clone);
        let log = Overheard::new(usual, speak.clone(), Arc::clone(&signs));
        let on_thread = move || tracing::dispatcher::with_default(&Dispatch::new(log), || life.live(&speak));
        thread::Builder::new().name("gateway".to_owned()).spawn(on_thread).ok()?;
        Some(Self { signs, last_turns: 0, said, goodbye, _over: over.drop_guard() })
    }

    /// That its session has begun, or what ends it. `None` when it has ended without a word.
    pub(super) async fn said(&mut self) -> Option<Said> {
        self.said.recv().await
    }

    /// Whether the thread was free at any time since this was last asked.
    pub(super) fn has_moved(&mut self) -> bool {
        let turns = self.signs.turns.load(Ordering::Relaxed);
        std::mem::replace(&mut self.last_turns, turns) != turns
    }

    /// Whether the session has begun or was resumed last.
    pub(super) fn is_connected(&self) -> bool {
        self.signs.connected.load(Ordering::Relaxed)
    }

    /// Takes leave of Discord, for as long as that may take.
    pub(super) async fn close(mut self, at_most: Duration) {
        self.goodbye.cancel();
        let gone = async {
            while let Some(said) = self.said.recv().await {
                if matches!(said, Said::Closed) {
                    return;
                }
            }
        };
        let _in_time = time::timeout(at_most, gone).await;
    }
}

/// What goes to the client's thread.
struct Life {
    url: String,
    shard: Shard,
    handlers: Arc<Handlers>,
    http: Arc<Http>,
    intents: GatewayIntents,
    unknown: Arc<UnknownEvents>,
    main: Handle,
    signs: Arc<Signs>,
    goodbye: CancellationToken,
    speak: UnboundedSender<Said>,
    over: CancellationToken,
    ears: Arc<Ears>,
}

impl Life {
    fn live(self, speak: &UnboundedSender<Said>) {
        let Some(runtime) = self.runtime() else { return };
        if let Some(said) = runtime.block_on(self.listen()) {
            let _nobody_listens_any_more = speak.send(said);
        }
        // A look-up of a name may still be under way.
        runtime.shutdown_background();
    }

    fn runtime(&self) -> Option<Runtime> {
        let (ears, unknown) = (Arc::clone(&self.ears), Arc::clone(&self.unknown));
        // A shard has nothing to read before it waits for Discord for the first time, and then the thread is parked: no
        // event passes unheard.
        let park = move || ears.listen_to_new_shards(&unknown);
        Builder::new_current_thread().enable_all().on_thread_park(park).build().ok()
    }

    /// `None` when nobody wants to know any more.
    async fn listen(&self) -> Option<Said> {
        let framework = Arc::new(OnceLock::new());
        let (manager, mut returned) = ShardManager::new(ShardManagerOptions {
            data: Arc::new(RwLock::new(TypeMap::new())),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            framework: Arc::clone(&framework),
            shard_index: self.shard.id,
            shard_init: 1,
            shard_total: self.shard.total,
            ws_url: Arc::new(tokio::sync::Mutex::new(self.url.clone())),
            http: Arc::clone(&self.http),
            intents: self.intents,
            presence: None,
        });
        let door = Door {
            handlers: Arc::clone(&self.handlers),
            manager: Arc::clone(&manager),
            main: self.main.clone(),
            signs: Arc::clone(&self.signs),
            speak: self.speak.clone(),
            over: self.over.clone(),
        };
        let _first = framework.set(Arc::new(door) as Arc<dyn serenity::Framework>);
        let _first = self.ears.manager.set(Arc::downgrade(&manager));
        if manager.initialize().is_err() {
            return Some(Said::Trouble(Trouble::Died));
        }
        tokio::select! {
            biased;
            () = self.over.cancelled() => None,
            () = self.goodbye.cancelled() => {
                let _in_time = time::timeout(GOODBYE, manager.shutdown_all()).await;
                Some(Said::Closed)
            }
            value = returned.next() => Some(told(value)),
            () = self.watch(&manager) => Some(Said::Trouble(Trouble::Silent)),
        }
    }

    /// Shows that the thread is free; ends when the shard is silent.
    async fn watch(&self, manager: &ShardManager) {
        let mut watch = Watch::default();
        let mut ticks = time::interval(TICK);
        ticks.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.signs.turns.fetch_add(1, Ordering::Relaxed);
            if watch.look(watch::pulse(manager, self.shard.id).await) {
                return;
            }
        }
    }
}

/// What serenity's manager returns in the end.
fn told(value: Option<Result<(), GatewayError>>) -> Said {
    match value {
        Some(Err(error)) => Said::Refused(error),
        Some(Ok(())) | None => Said::Trouble(Trouble::Died),
    }
}

/// Hears the events of unknown shape, which serenity drops without a word.
#[derive(Default)]
struct Ears {
    manager: OnceLock<Weak<ShardManager>>,
    known: Mutex<HashSet<ShardId>>,
}

impl Ears {
    /// A shard that serenity starts anew is gone from the manager for a while, and deaf when it is back.
    fn listen_to_new_shards(&self, unknown: &Arc<UnknownEvents>) {
        let Some(manager) = self.manager.get().and_then(Weak::upgrade) else { return };
        let Ok(runners) = manager.runners.try_lock() else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|shard| runners.contains_key(shard));
        for (shard, info) in runners.iter() {
            if known.insert(*shard) {
                let unknown = Arc::clone(unknown);
                // Given by reference: a raw event handler would have every event cloned.
                info.runner_tx.add_collector(CollectorCallback(Box::new(move |event| {
                    if let Event::Unknown(event) = event {
                        unknown.note(&event.kind);
                    }
                    true
                })));
            }
        }
    }
}

/// Where serenity hands events over: from here on they belong to the bot's own threads.
struct Door {
    handlers: Arc<Handlers>,
    manager: Arc<ShardManager>,
    main: Handle,
    signs: Arc<Signs>,
    speak: UnboundedSender<Said>,
    over: CancellationToken,
}

#[serenity::async_trait]
impl serenity::Framework for Door {
    async fn dispatch(&self, context: serenity::Context, event: FullEvent) {
        if self.over.is_cancelled() {
            return;
        }
        // A flood of events keeps the thread's timers waiting: it is busy, not spinning.
        self.signs.turns.fetch_add(1, Ordering::Relaxed);
        if matches!(event, FullEvent::Ready { .. } | FullEvent::Resume { .. }) {
            self.signs.note_connected();
        }
        if matches!(event, FullEvent::Ready { .. }) {
            let _nobody_listens_any_more = self.speak.send(Said::Began);
        }
        self.handlers.take(context, event, Arc::clone(&self.manager), &self.main);
    }
}
