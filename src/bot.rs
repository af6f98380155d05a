//! Assembly: everything is built and checked before the gateway opens, and taken down in order when the bot stops.

mod framework;
mod gateway;
mod idle;
mod login;
mod reload;
mod retention;
mod unknown;
mod upkeep;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, GatewayIntents, Http, HttpBuilder};
use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::backups::Daily;
use crate::commands;
use crate::config::{Intents, Retention, Settings, Token};
use crate::database;
use crate::discord::State;
use crate::discord::attachments::Downloader;
use crate::discord::intake::Intake;
use crate::discord::rest::Rest;
use crate::discord::seal::Seals;
use crate::domain::clock::Clock;
use crate::domain::command_sync::SyncMode;
use crate::domain::ids::ApplicationId;
use crate::domain::permissions;
use crate::domain::shards::Share;
use crate::events::workers;
use crate::failure::Failure;

use framework::Handlers;
use gateway::Gateway;
use idle::Idle;
pub use login::Login;
pub(crate) use login::explain_fault;
use reload::{ConfigFile, limits};

/// A bot that is logged in, has its database open and its commands registered, but does not listen yet.
pub struct Bot {
    gateway: Gateway,
    state: Arc<State>,
    grace: Duration,
    retention: Retention,
    login: Login,
    backups: Arc<Daily>,
}

impl Bot {
    /// Logs in, opens the database and registers the commands where that is needed.
    ///
    /// # Errors
    ///
    /// A [`Failure`] for the operator: a refused token, no network, or a database that can't be used.
    pub async fn prepare(
        settings: &Settings,
        token: &Token,
        clock: Arc<dyn Clock>,
        sync: SyncMode,
    ) -> Result<Self, Failure> {
        let rest = Rest::new(&settings.discord.api_base, token).map_err(|fault| login::explain_fault(&fault))?;
        let login = Login::complete(&rest).await?;
        let db = database::open(settings).await?;
        let app = App::new(db, clock, limits(settings), settings.shards.unwrap_or(Share::ALL));
        app.identify(login.identity);

        let api_base = settings.discord.custom.then_some(settings.discord.api_base.as_str());
        let downloader = Downloader::new(api_base).map_err(|error| {
            Failure::runtime("Downloads of attachments could not be set up").because(error.without_url())
        })?;
        let application = login.application;
        let work = TaskTracker::new();
        let reloader = Box::new(ConfigFile::of(settings));
        let state = Arc::new(State {
            app,
            rest,
            downloader,
            application,
            intents: settings.intents,
            work,
            intake: Intake::default(),
            reloader,
            seals: Seals::new(token),
        });
        let commands = commands::all();
        login.register(&state.rest, &state.app, commands::registration(&commands), sync).await?;

        // On the heap: it is large, and gone soon.
        let idle = Box::pin(Idle::make(Arc::new(poise_http(settings, token, login.application)))).await?;
        let handlers = Handlers::new(commands, &login.owners, login.identity.bot, idle, Arc::clone(&state));
        let gateway = Gateway {
            handlers: Arc::new(handlers),
            token: token.clone(),
            intents: intents(settings.intents),
            shards: settings.shards,
        };
        let backups = Arc::new(Daily::new(settings.backup.clone()));
        Ok(Self { gateway, state, grace: settings.shutdown_grace, retention: settings.retention, login, backups })
    }

    /// The address under which a server's admin invites the bot.
    pub fn invite_link(&self) -> String {
        format!(
            "https://discord.com/oauth2/authorize?client_id={}&scope=bot%20applications.commands&permissions={}",
            self.login.application,
            permissions::INVITE.bits()
        )
    }

    /// Listens until `stop` is cancelled, then lets running work end.
    ///
    /// # Errors
    ///
    /// A [`Failure`] when Discord ends the session for good: the token was reset, or an intent is not allowed.
    pub async fn run(self, stop: CancellationToken) -> Result<(), Failure> {
        workers::start(&self.state);
        upkeep::start(Arc::clone(&self.state), self.retention, Arc::clone(&self.backups));
        let stopping = async {
            stop.cancelled().await;
            tracing::info!("stopping");
            self.state.work.close();
            // What follows is the gateway's to do, and it ends in time.
            std::future::pending::<()>().await;
        };
        let ended = tokio::select! {
            biased;
            () = stopping => Ok(()),
            () = unknown::report_daily(self.gateway.handlers.unknown()) => Ok(()),
            ended = self.gateway.run(&stop) => ended,
        };
        self.finish(stop).await;
        ended
    }

    /// Stops without ever having listened.
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
            tracing::warn!(left, "some work did not end in time; it is taken up at the next start");
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

/// What poise would send requests with. Ours go through [`Rest`].
fn poise_http(settings: &Settings, token: &Token, application: ApplicationId) -> Http {
    // serenity's rate limiter would send requests past a proxy.
    HttpBuilder::new(token.expose())
        // Otherwise serenity asks again who we are.
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
