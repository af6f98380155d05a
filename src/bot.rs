//! Assembly: builds and checks everything before the gateway opens, and shuts down in order when the bot stops.

mod framework;
mod gateway;
mod login;
mod poise_host;
mod unknown;
mod upkeep;

pub use login::Login;
pub(crate) use login::{OnLimit, explain_fault};

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use framework::Handlers;
use gateway::Gateway;
use poise::serenity_prelude as serenity;
use poise_host::PoiseHost;
use serenity::{CreateAllowedMentions, GatewayIntents, Http, HttpBuilder};
use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::background::restarted;
use crate::app::{App, DiscordTime, Limits, TextSeal};
use crate::backups::Daily;
use crate::config::{self, Environment, Intents, Retention, Settings, Token};
use crate::discord::guild::Sights;
use crate::discord::intake::Intake;
use crate::discord::rest::Rest;
use crate::discord::seal::Seals;
use crate::discord::{BotContext, Reload, report};
use crate::domain::clock::Clock;
use crate::domain::command_sync::SyncMode;
use crate::domain::ids::ApplicationId;
use crate::domain::permissions;
use crate::domain::shards::ShardRange;
use crate::failure::Failure;
use crate::storage::{Database, ShardLocks};
use crate::tickets::announced;
use crate::{commands, database, events};

/// A bot that is logged in, with an open database and registered commands, not yet listening.
pub struct Bot {
    gateway: Gateway,
    state: Arc<BotContext>,
    grace: Duration,
    retention: Retention,
    login: Login,
    backups: Arc<Daily>,
    /// Held while the bot runs.
    _shards: Option<ShardLocks>,
}

impl Bot {
    /// Opens the database, logs in and registers the commands if needed.
    ///
    /// # Errors
    ///
    /// A [`Failure`] for the operator: a refused token, no network, or an unusable database.
    pub async fn prepare(
        settings: &Settings,
        token: &Token,
        clock: Arc<dyn Clock>,
        sync: SyncMode,
    ) -> Result<Self, Failure> {
        // Open the database before contacting Discord: an unusable or locked one makes a login pointless. A new
        // database is created only once the token is known to be valid.
        let is_there = settings.database.path.exists();
        let opened = if is_there { Some(Self::open(settings, sync).await?) } else { None };
        let time = Arc::new(DiscordTime::new(Arc::clone(&clock)));
        let rest = Rest::new(&settings.discord.api_base, token, Arc::clone(&time));
        let rest = rest.map_err(|fault| login::explain_fault(&fault))?;
        gateway::check_proxy(&settings.discord.api_base)?;
        let on_limit = if sync == SyncMode::Force { OnLimit::Fail } else { OnLimit::Wait };
        let login = Login::complete(&rest, on_limit).await?;
        let (db, shards) = match opened {
            Some(opened) => opened,
            None => Self::open(settings, sync).await?,
        };
        let app = App::new(
            db,
            clock,
            time,
            limits(settings),
            settings.shards.unwrap_or(ShardRange::ALL),
            TextSeal::new(token),
        );
        app.identify(login.identity);
        app.set_hears_members(settings.intents.members);

        let application = login.application;
        let work = TaskTracker::new();
        let reloader = Box::new(ConfigFile::of(settings));
        let state = Arc::new(BotContext {
            app,
            rest,
            application,
            intents: settings.intents,
            work,
            intake: Intake::default(),
            reloader,
            seals: Seals::new(token),
            sights: Sights::default(),
        });
        let commands = commands::all();
        login.register(&state.rest, &state.app, commands::registration(&commands), sync).await?;

        let http = Arc::new(poise_http(settings, token, login.application));
        // Boxed: large and short-lived.
        let poise = Box::pin(PoiseHost::new(commands, &login, http, Arc::clone(&state))).await?;
        let handlers = Handlers::new(poise, login.identity.bot, Arc::clone(&state));
        let gateway = Gateway {
            handlers: Arc::new(handlers),
            token: token.clone(),
            intents: intents(settings.intents),
            members_refused: AtomicBool::new(false),
            shards: settings.shards,
        };
        let backups = Arc::new(Daily::new(settings.backup.clone()));
        let (grace, retention) = (settings.shutdown_grace, settings.retention);
        Ok(Self { gateway, state, grace, retention, login, backups, _shards: shards })
    }

    /// Opens the database and locks the shards to run.
    async fn open(settings: &Settings, sync: SyncMode) -> Result<(Database, Option<ShardLocks>), Failure> {
        let db = database::open_for_bot(settings).await?;
        let shards = if sync == SyncMode::Force { None } else { Some(database::take_shards(settings)?) };
        Ok((db, shards))
    }

    /// The URL with which a server's admin invites the bot.
    pub fn invite_link(&self) -> String {
        format!(
            "https://discord.com/oauth2/authorize?client_id={}&scope=bot%20applications.commands&permissions={}",
            self.login.application,
            permissions::INVITE.bits()
        )
    }

    /// Runs until `stop` is cancelled, then lets running work end.
    ///
    /// # Errors
    ///
    /// A [`Failure`] when Discord closes the session permanently: a reset token, or an intent that is not allowed.
    pub async fn run(self, stop: CancellationToken) -> Result<(), Failure> {
        report::log("read which messages are awaited", announced::load_awaited(&self.state.app).await);
        events::start_workers(&self.state);
        upkeep::start(Arc::clone(&self.state), self.retention, Arc::clone(&self.backups));
        let stopping = async {
            stop.cancelled().await;
            tracing::info!("stopping");
            self.state.work.close();
            // The gateway closes by itself from here, in bounded time.
            std::future::pending::<()>().await;
        };
        let ended = tokio::select! {
            biased;
            () = stopping => Ok(()),
            () = restarted("daily report", || unknown::report_daily(self.gateway.handlers.unknown())) => Ok(()),
            ended = self.gateway.run(&stop) => ended,
        };
        self.finish(stop).await;
        ended
    }

    /// Stops a bot that never ran.
    pub async fn close(self) {
        self.state.app.db.close().await;
    }

    async fn finish(self, stop: CancellationToken) {
        stop.cancel();
        self.state.work.close();
        self.state.intake.close();
        let rest = async {
            self.state.intake.is_over().await;
            self.state.work.wait().await;
        };
        if time::timeout(self.grace, rest).await.is_err() {
            let left = self.state.work.len();
            tracing::warn!(left, "some work did not end in time; the next start resumes it");
        }
        self.state.app.db.close().await;
        self.gateway.handlers.unknown().report();
        tracing::info!("stopped");
    }
}

impl fmt::Debug for Bot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").field("login", &self.login).finish_non_exhaustive()
    }
}

/// The client poise would send requests with. Ours use [`Rest`].
fn poise_http(settings: &Settings, token: &Token, application: ApplicationId) -> Http {
    // serenity's rate limiter would bypass a proxy.
    HttpBuilder::new(token.expose())
        // Otherwise serenity requests it again.
        .application_id(application.into())
        .proxy(&settings.discord.api_base)
        .ratelimiter_disabled(true)
        .default_allowed_mentions(CreateAllowedMentions::new())
        .build()
}

fn intents(wanted: Intents) -> GatewayIntents {
    let mut intents = GatewayIntents::GUILDS;
    intents.set(GatewayIntents::GUILD_MESSAGES, wanted.guild_messages);
    intents.set(GatewayIntents::GUILD_MEMBERS, wanted.members);
    intents
}

/// The settings that handlers need.
pub(super) fn limits(settings: &Settings) -> Limits {
    Limits {
        attachments: settings.max_attachment_size,
        answer_within: Limits::ANSWER_WITHIN,
        records_days: settings.retention.closed_tickets_days,
    }
}

/// The configuration file, which can be read again while the bot runs, and its last values.
pub(super) struct ConfigFile {
    path: Option<PathBuf>,
    known: Mutex<Settings>,
}

impl ConfigFile {
    pub(super) fn of(settings: &Settings) -> Self {
        Self { path: settings.source.read.clone(), known: Mutex::new(settings.clone()) }
    }
}

impl Reload for ConfigFile {
    fn reload(&self) -> Result<(Limits, bool), Failure> {
        let loaded = config::load(&Environment::from_process()?, self.path.as_deref())?;
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Only this can change without a restart; the token is not compared, because it is not kept.
        known.max_attachment_size = loaded.settings.max_attachment_size;
        let restart_needed = *known != loaded.settings;
        Ok((limits(&loaded.settings), restart_needed))
    }
}
