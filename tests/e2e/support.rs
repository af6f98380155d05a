//! Starts the bot on a simulated Discord, with a database file of its own, and arranges what most stories begin with.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use discord_sim::permissions::{MANAGE_GUILD, MANAGE_THREADS};
use discord_sim::{Actor, Channel, Guild, Message, Reply, Role, Sim};
use tempfile::TempDir;
use ticketbot::bot::Bot;
use ticketbot::config::{self, Environment, Folders};
use ticketbot::domain::clock::{Clock, Timestamp};
use ticketbot::domain::command_sync::SyncMode;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The simulator's time: when a test moves it, the bot's moves along.
struct SimClock(discord_sim::Clock);

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.now_ms())
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.now_ms().unsigned_abs())
    }
}

/// A running bot, and the folder it lives in.
pub struct TestBot<'s> {
    sim: &'s Sim,
    home: TempDir,
    stop: CancellationToken,
    running: Option<JoinHandle<Result<(), ticketbot::failure::Failure>>>,
}

impl<'s> TestBot<'s> {
    /// Starts a bot that knows nothing yet, and waits until it listens.
    pub async fn start(sim: &'s Sim) -> Self {
        let home = TempDir::new().unwrap();
        fs::write(home.path().join("config.toml"), Self::config(sim)).unwrap();
        let mut bot = Self { sim, home, stop: CancellationToken::new(), running: None };
        bot.boot().await;
        bot
    }

    fn config(sim: &Sim) -> String {
        format!(
            "bot.token = {:?}\ndb.path = \"ticketbot.db\"\ndiscord.api_base = {:?}\nlog.directory = \"\"\n",
            sim.token(),
            sim.base_url()
        )
    }

    async fn boot(&mut self) {
        static LOG: OnceLock<()> = OnceLock::new();
        LOG.get_or_init(|| {
            if std::env::var_os("TICKETBOT_TEST_LOG").is_some() {
                tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_test_writer().init();
            }
        });
        let environment = Environment {
            token: None,
            api_base: None,
            working_directory: self.home.path().to_path_buf(),
            folders: Folders::default(),
        };
        let loaded = config::load(&environment, Some(&self.home.path().join("config.toml"))).unwrap();
        let token = loaded.token.unwrap().unwrap();
        let clock = Arc::new(SimClock(self.sim.clock()));
        let bot = Bot::prepare(&loaded.settings, &token, clock, SyncMode::Auto).await.unwrap();
        self.stop = CancellationToken::new();
        self.running = Some(tokio::spawn(bot.run(self.stop.clone())));
        self.sim.wait_ready().await;
        self.sim.quiet().await;
    }

    /// Stops the bot as a signal would, and waits until it has.
    pub async fn stop(&mut self) {
        self.stop.cancel();
        if let Some(running) = self.running.take() {
            running.await.unwrap().unwrap();
        }
    }

    /// The same bot on the same database, after a stop.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.boot().await;
    }

    pub fn database(&self) -> PathBuf {
        self.home.path().join("ticketbot.db")
    }

    /// What a query for one number says about the stored state.
    pub async fn stored(&self, sql: &'static str) -> i64 {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.database()).read_only(true);
        let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    }
}

/// A guild with an admin, a moderator role, and a channel in which moderators have Manage Threads.
pub struct Town {
    pub guild: Guild,
    pub admin: Actor,
    pub moderators: Role,
    pub help: Channel,
}

impl Town {
    pub fn build(sim: &Sim) -> Self {
        Self::build_in(sim, "en-US")
    }

    pub fn build_in(sim: &Sim, locale: &str) -> Self {
        let guild = sim.guild("Town").locale(locale).create();
        let managers = guild.role("Managers").permissions(MANAGE_GUILD | MANAGE_THREADS).create();
        let admin = guild.member("olga").role(&managers).create();
        let moderators = guild.role("Moderators").mentionable(true).create();
        let help = guild.text_channel("help").allow_role(&moderators, MANAGE_THREADS).create();
        Self { guild, admin, moderators, help }
    }

    /// A moderator of this town.
    pub fn moderator(&self, name: &str) -> Actor {
        self.guild.member(name).role(&self.moderators).create()
    }

    /// Runs `/inbox create`, posts a message and selects it; the inbox message that comes of it.
    pub async fn create_inbox(&self) -> Message {
        self.create_inbox_with(None).await
    }

    /// The same, with tickets going to another channel.
    pub async fn create_inbox_to(&self, destination: &Channel) -> Message {
        self.create_inbox_with(Some(destination)).await
    }

    async fn create_inbox_with(&self, destination: Option<&Channel>) -> Message {
        let reply = self.run_create(&self.help, destination).await;
        assert!(reply.text().contains("Select this message"), "unexpected prompt: {}", reply.text());
        let text = self.admin.post(&self.help, "Do you need help?");
        let done = self.admin.menu("Select this message", &text).await;
        assert!(done.text().contains("Your inbox is ready"), "unexpected answer: {}", done.text());
        self.inbox_message()
    }

    /// `/inbox create`, up to the answer.
    pub async fn run_create(&self, channel: &Channel, destination: Option<&Channel>) -> Reply {
        let mut command = self.admin.slash("inbox create").channel("channel", channel);
        if let Some(destination) = destination {
            command = command.channel("destination", destination);
        }
        command.send().await
    }

    /// The newest message with a *Create Ticket* button.
    pub fn inbox_message(&self) -> Message {
        let messages = self.help.messages();
        messages.into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no inbox was posted")
    }
}
