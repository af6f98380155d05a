//! Starts the bot on a simulated Discord with a separate database file. The usual setting is in `town`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use discord_sim::{Mark, Request, Sim};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::bot::Bot;
use ticketbot::config::{self, Environment, Folders};
use ticketbot::domain::command_sync::SyncMode;
use ticketbot::failure::Failure;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::clock::SimClock;
use crate::invariants::Ledger;
pub use crate::town::Town;

/// How often the database is polled before a test gives up, two and a half minutes in all: longer than two passes of
/// the bot, which repair what a start could not. No test depends on it.
pub const LOOKS: usize = 7_500;
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// A running bot and its folder. A failing test prints its log.
pub struct TestBot<'s> {
    sim: &'s Sim,
    home: TempDir,
    log: Log,
    process: Option<Process>,
    clock: Arc<SimClock>,
}

/// The bot on a thread of its own, so that a test can end it like a process.
struct Process {
    stop: CancellationToken,
    kill: CancellationToken,
    /// How it ended; `None`: it was killed.
    ended: oneshot::Receiver<Option<Result<(), Failure>>>,
}

/// The runtime that is shipped; with `TICKETBOT_TEST_WORKERS`, one with so many threads instead.
fn runtime(log: &Log) -> Runtime {
    let mut builder = match std::env::var("TICKETBOT_TEST_WORKERS") {
        Ok(workers) => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(workers.parse().unwrap());
            builder
        }
        Err(_) => Builder::new_current_thread(),
    };
    let log = log.clone();
    builder.enable_all().on_thread_start(move || log.take_from_this_thread()).build().unwrap()
}

impl<'s> TestBot<'s> {
    /// Starts a bot with an empty database, and waits until it listens.
    pub async fn start(sim: &'s Sim) -> Self {
        let mut bot = Self::configured(sim, "");
        bot.boot().await;
        bot
    }

    /// A bot before its start, with more lines in its configuration.
    pub fn configured(sim: &'s Sim, more: &str) -> Self {
        let home = TempDir::new().unwrap();
        fs::write(home.path().join("config.toml"), Self::config(sim) + more).unwrap();
        Self { sim, home, log: Log::default(), process: None, clock: Arc::new(SimClock::of(sim)) }
    }

    pub fn config(sim: &Sim) -> String {
        format!(
            "bot.token = {:?}\ndb.path = \"ticketbot.db\"\ndiscord.api_base = {:?}\nlog.directory = \"\"\n",
            sim.token(),
            sim.base_url()
        )
    }

    /// Starts the same bot on the same database, after a stop or a crash.
    pub async fn boot(&mut self) {
        self.launch().await;
        self.sim.wait_ready().await;
        self.sim.quiet().await;
    }

    /// The same, without waiting until it is connected.
    pub async fn launch(&mut self) {
        assert!(self.process.is_none(), "it is running already");
        let environment = Environment {
            token: None,
            database_key: None,
            api_base: None,
            clock_file: None,
            working_directory: self.home.path().to_path_buf(),
            folders: Folders::default(),
        };
        let loaded = config::load(&environment, Some(&self.home.path().join("config.toml"))).unwrap();
        let token = loaded.token.unwrap().unwrap();
        let clock = Arc::clone(&self.clock);
        let (log, settings) = (self.log.clone(), loaded.settings);
        let (stop, kill) = (CancellationToken::new(), CancellationToken::new());
        let (is_prepared, prepared) = oneshot::channel();
        let (has_ended, ended) = oneshot::channel();
        let process = (stop.clone(), kill.clone());
        thread::spawn(move || {
            log.take_from_this_thread();
            let (stop, kill) = process;
            let runtime = runtime(&log);
            let outcome = runtime.block_on(async {
                // A task of its own: with several threads, the bot runs on the workers.
                let running = tokio::spawn(async move {
                    let bot = Bot::prepare(&settings, &token, clock, SyncMode::Auto).await.unwrap();
                    is_prepared.send(()).unwrap();
                    bot.run(stop).await
                });
                tokio::select! {
                    biased;
                    () = kill.cancelled() => None,
                    outcome = running => Some(outcome.unwrap()),
                }
            });
            runtime.shutdown_background();
            // A test that has ended does not wait for its bot.
            let _nobody_waits = has_ended.send(outcome);
        });
        prepared.await.unwrap();
        self.process = Some(Process { stop, kill, ended });
    }

    /// Asks the bot to stop, like a signal.
    pub fn begin_stop(&self) {
        self.process.as_ref().unwrap().stop.cancel();
    }

    /// Stops the bot like a signal, and waits for its end.
    pub async fn stop(&mut self) {
        self.begin_stop();
        self.ended().await.unwrap().unwrap();
    }

    /// Waits until the bot gives up; returns its message to the operator.
    pub async fn gives_up(&mut self) -> Failure {
        self.ended().await.unwrap().unwrap_err()
    }

    async fn ended(&mut self) -> Option<Result<(), Failure>> {
        self.process.take().unwrap().ended.await.unwrap()
    }

    /// Waits until the log contains this.
    pub async fn wait_for_log(&self, text: &str) {
        self.sim.wait_until(&format!("“{text}” in the log"), || self.log().contains(text)).await;
    }

    /// Ends the bot at once, like `kill -9`.
    pub async fn kill(&mut self) {
        self.process.as_ref().unwrap().kill.cancel();
        assert!(self.ended().await.is_none(), "it has ended by itself");
        // Its requests on the wire are lost, too.
        self.sim.wait_until("the killed bot's connections to end", || self.sim.gateway().connected() == 0).await;
    }

    /// The same bot on the same database, after a stop.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.boot().await;
    }

    /// Sets the bot's clock off from Discord's by so many milliseconds, from now on.
    pub fn set_clock_off(&self, milliseconds: i64) {
        self.clock.set_off(milliseconds);
    }

    /// The bot's machine sleeps for this time.
    pub fn sleep(&self, time: Duration) {
        self.clock.sleep(time);
    }

    /// Makes the next reads of the clock panic, this many times.
    pub fn panic_at_the_clock(&self, times: u32) {
        self.clock.panic_at_next(times);
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn database(&self) -> PathBuf {
        self.home.path().join("ticketbot.db")
    }

    pub fn ledger(&self) -> Ledger {
        Ledger::of(&self.database())
    }

    /// Everything the bot has logged.
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// The result of a query for one number about the stored state.
    pub async fn stored(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.connect().await).await.unwrap()
    }

    /// The result of a query for one text about the stored state.
    pub async fn stored_text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql).fetch_one(&mut self.connect().await).await.unwrap()
    }

    /// The states of all stored tickets, oldest first.
    pub async fn states(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT state FROM ticket ORDER BY id").fetch_all(&mut self.connect().await).await.unwrap()
    }

    /// Waits until the stored tickets have these states.
    pub async fn wait_for_states(&self, wanted: &[&str]) {
        let mut states = Vec::new();
        for _ in 0..LOOKS {
            states = self.states().await;
            if states == wanted {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("the tickets are {states:?}, not {wanted:?}");
    }

    /// Waits until a query for one number has this result.
    pub async fn wait_for(&self, sql: &'static str, wanted: i64) {
        let mut found = wanted;
        for _ in 0..LOOKS {
            found = self.stored(sql).await;
            if found == wanted {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("{sql}: {found}, not {wanted}; the tickets are {:?}", self.states().await);
    }

    /// Waits until so many tickets are closed, with nothing left to do.
    pub async fn wait_for_closed(&self, tickets: i64) {
        self.wait_for(
            "SELECT count(*) FROM ticket WHERE state = 'closed' AND NOT EXISTS (SELECT 1 FROM step)",
            tickets,
        )
        .await;
    }

    /// Waits until no ticket is opening or closing: between two requests the simulator cannot see the work.
    pub async fn settled(&self) {
        self.wait_for("SELECT count(*) FROM ticket WHERE state = 'opening' OR EXISTS (SELECT 1 FROM step)", 0).await;
        self.sim.quiet().await;
    }

    /// Waits until every card shows the newest state of its ticket.
    pub async fn cards_are_drawn(&self) {
        self.wait_for(
            "SELECT (SELECT count(*) FROM step) + count(*) FROM ticket t LEFT JOIN inbox i ON i.id = t.inbox_id
             WHERE (t.card_shown < t.shown OR t.card_outdated > 0 AND t.card_id IS NOT NULL) AND t.opened_at IS NOT NULL
                 AND (t.card_channel_id IS NOT NULL OR i.card_channel_id IS NOT NULL)",
            0,
        )
        .await;
        self.sim.quiet().await;
    }

    /// Changes stored data without the bot, with `value` for `$1`.
    pub async fn store(&self, sql: &'static str, value: impl Into<Stored>) {
        let mut connection = self.connect().await;
        let query = match value.into() {
            Stored::Number(number) => sqlx::query(sql).bind(number),
            Stored::Text(text) => sqlx::query(sql).bind(text),
        };
        query.execute(&mut connection).await.unwrap();
    }

    /// Records the kind of every step stored from now on.
    pub async fn remember_steps(&self) {
        let sql = "CREATE TABLE happened (kind TEXT NOT NULL);
                   CREATE TRIGGER step_happened AFTER INSERT ON step
                   BEGIN INSERT INTO happened (kind) VALUES (new.kind); END";
        sqlx::raw_sql(sql).execute(&mut self.connect().await).await.unwrap();
    }

    pub async fn remembered_steps(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT DISTINCT kind FROM happened").fetch_all(&mut self.connect().await).await.unwrap()
    }

    async fn connect(&self) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.database()).connect().await.unwrap()
    }
}

impl Drop for TestBot<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("what the bot logged:\n{}", self.log());
        }
        if let Some(process) = self.process.take() {
            process.kill.cancel();
        }
    }
}

/// The bot's requests that people caused, without its own check, some time after a session's start, of guilds that the
/// session did not announce.
pub fn requests_since(sim: &Sim, mark: Mark) -> Vec<Request> {
    sim.requests_since(mark).into_iter().filter(|request| !request.is("GET", "/guilds/{guild}")).collect()
}

/// A value that a test stores.
pub enum Stored {
    Number(i64),
    Text(String),
}

impl From<i64> for Stored {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Stored {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The log of one bot, in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Other tests run beside this one: take only what this thread logs.
    fn take_from_this_thread(&self) {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter("warn,ticketbot=debug")
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish();
        std::mem::forget(tracing::subscriber::set_default(subscriber));
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
