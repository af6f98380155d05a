//! The simulated guild with its people, and the demonstrated bot: the shipped code on its own database.

use std::fs;
use std::sync::Arc;

use anyhow::Context as _;
use discord_sim::permissions::{MANAGE_GUILD, MANAGE_THREADS};
use discord_sim::{Actor, Channel, Guild, Role, Sim};
use tempfile::TempDir;
use ticketbot::bot::Bot;
use ticketbot::config::{self, Environment, Folders};
use ticketbot::domain::clock::SystemClock;
use ticketbot::domain::command_sync::SyncMode;
use ticketbot::failure::Failure;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A guild with a channel, an admin, a moderator and two members.
pub struct Stage {
    pub guild: Guild,
    pub help: Channel,
    pub olga: Actor,
    pub mona: Actor,
    pub anna: Actor,
    pub bert: Actor,
    pub lena: Actor,
    pub roles: [Role; 2],
}

impl Stage {
    pub fn build(sim: &Sim, locale: &str) -> Self {
        let guild = sim.guild("Harbour Café").locale(locale).create();
        let member = |name: &str| guild.member(name).locale(locale);
        let admins = guild.role("Admins").permissions(MANAGE_GUILD).create();
        let moderators = guild.role("Moderators").mentionable(true).create();
        let help = guild
            .text_channel("help")
            .allow_role(&moderators, MANAGE_THREADS)
            // Not needed for tickets; it lets the bot lock closed ones.
            .allow_bot(MANAGE_THREADS)
            .create();
        let olga = member("olga").role(&admins).create();
        let mona = member("mona").role(&moderators).create();
        let (anna, bert, lena) = (member("anna").create(), member("bert").create(), member("lena").create());
        Self { guild, help, olga, mona, anna, bert, lena, roles: [admins, moderators] }
    }

    /// The readable name of this id.
    pub fn name_of(&self, sim: &Sim, user: u64) -> String {
        let people = [&self.olga, &self.mona, &self.anna, &self.bert, &self.lena];
        match people.into_iter().find(|person| person.id() == user) {
            Some(person) => person.name(),
            None if user == sim.bot_id() => "ticketbot".to_owned(),
            None => "somebody".to_owned(),
        }
    }
}

/// The running bot and its folder, which is deleted with it.
pub struct RunningBot {
    stop: CancellationToken,
    running: JoinHandle<Result<(), Failure>>,
    _home: TempDir,
}

impl RunningBot {
    /// What `ticketbot --config-file …` does, without logging.
    pub async fn start(sim: &Sim) -> anyhow::Result<Self> {
        let home = TempDir::with_prefix("ticketbot-demo-").context("a temporary folder")?;
        let file = home.path().join("config.toml");
        let text = format!(
            "bot.token = {:?}\ndiscord.api_base = {:?}\ndb.path = \"ticketbot.db\"\nlog.directory = \"\"\n",
            sim.token(),
            sim.base_url()
        );
        fs::write(&file, text).context("a configuration file")?;
        let environment = Environment {
            database_key: None,
            token: None,
            api_base: None,
            clock_file: None,
            working_directory: home.path().to_owned(),
            folders: Folders::default(),
        };
        let loaded = config::load(&environment, Some(&file))?;
        let token = loaded.token?.context("the configuration has a token")?;
        let bot = Bot::prepare(&loaded.settings, &token, Arc::new(SystemClock::start()), SyncMode::Auto).await?;
        let stop = CancellationToken::new();
        let running = tokio::spawn(bot.run(stop.clone()));
        sim.wait_ready().await;
        sim.quiet().await;
        Ok(Self { stop, running, _home: home })
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.running.await??;
        Ok(())
    }
}
