//! The first words with Discord: who we are, whether we may, and which commands it should know.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ApplicationId, CreateAllowedMentions, CreateCommand, GatewayError, Http, HttpBuilder};
use tokio::time;

use crate::app::{App, Identity};
use crate::config::{Settings, Token};
use crate::discord::{Fault, register};
use crate::domain::command_sync::{self, Sync, SyncMode};
use crate::failure::Failure;
use crate::storage::settings;

/// A request that takes longer than this gets no answer any more. Discord itself gives up after 15 s or so.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// How often the first request is tried while Discord is down, and the wait before each further try.
const WAITS: [Duration; 4] =
    [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)];

/// Who we are, as Discord says.
#[derive(Clone, Copy, Debug)]
pub struct Login {
    pub application: ApplicationId,
    pub identity: Identity,
}

/// The client for Discord's HTTP API.
pub(super) fn http(settings: &Settings, token: &Token) -> Result<Http, Failure> {
    let client = reqwest::Client::builder().timeout(REQUEST_TIMEOUT).build().map_err(|error| {
        Failure::runtime("The connection to Discord could not be set up").because(error.without_url())
    })?;
    let builder = HttpBuilder::new(token.expose())
        .client(client)
        // Whatever forgets to name its mentions pings nobody.
        .default_allowed_mentions(CreateAllowedMentions::new());
    let builder = if settings.discord.custom { builder.proxy(&settings.discord.api_base) } else { builder };
    Ok(builder.build())
}

impl Login {
    /// Asks Discord who we are, with patience while it is down or cannot be reached.
    pub(super) async fn complete(http: &Http) -> Result<Self, Failure> {
        let mut waits = WAITS.into_iter();
        loop {
            let fault = match Self::ask(http).await {
                Ok(login) => return Ok(login),
                Err(fault) => fault,
            };
            match (&fault, waits.next()) {
                (Fault::NotSent(_) | Fault::Uncertain(_), Some(wait)) => {
                    tracing::warn!(%fault, "Discord does not answer; trying again");
                    time::sleep(wait).await;
                }
                _ => return Err(explain_fault(&fault)),
            }
        }
    }

    async fn ask(http: &Http) -> Result<Self, Fault> {
        let application = http.get_current_application_info().await?;
        let bot = http.get_current_user().await?;
        http.set_application_id(application.id);
        let owner = application.team.map(|team| team.owner_user_id).or(application.owner.map(|owner| owner.id));
        Ok(Self {
            application: application.id,
            identity: Identity { bot: bot.id.into(), owner: owner.map(Into::into) },
        })
    }

    /// Registers the commands, when they differ from those this application was last given or when asked to.
    pub(super) async fn register(
        &self,
        http: &Http,
        app: &App,
        commands: Vec<CreateCommand>,
        mode: SyncMode,
    ) -> Result<(), Failure> {
        // Another token may be another application, which knows nothing yet.
        let name = format!("commands.{}", self.application);
        let wanted = register::fingerprint_of(&commands).map_err(|fault| explain_fault(&fault))?;
        let stored = settings::find(&app.db, &name).await.map_err(explain_storage)?;
        if command_sync::decide(mode, stored.as_deref(), &wanted) == Sync::Skip {
            return Ok(());
        }
        register::register_global(http, commands).await.map_err(|fault| explain_fault(&fault))?;
        settings::store(&app.db, &name, &wanted).await.map_err(explain_storage)?;
        tracing::info!("commands registered");
        Ok(())
    }
}

fn explain_storage(error: crate::storage::Error) -> Failure {
    Failure::runtime("The database cannot be read or written")
        .because(error)
        .next("Check the disk's free space and the file's permissions.")
}

fn explain_fault(fault: &Fault) -> Failure {
    match fault {
        Fault::Refused { status: 401, .. } => Failure::config("Discord refused the bot token")
            .next("Copy the token again from the Bot page of your application, or reset it there; then set it anew."),
        Fault::NotSent(_) | Fault::Uncertain(_) => Failure::runtime("Discord cannot be reached")
            .because(fault)
            .next("Check the network connection and `discord.api_base`, then start again."),
        Fault::Refused { .. } | Fault::Broken(_) => {
            Failure::runtime("Discord did not accept a request at start").because(fault).next("Please report this.")
        }
    }
}

/// What an error that ends serenity's client means.
pub(super) fn explain(error: serenity::Error) -> Failure {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => {
            explain_fault(&Fault::Refused { status: 401, code: 0, refusal: crate::discord::Refusal::Other, fields: vec![] })
        }
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => {
            Failure::config("Discord does not allow this bot the Server Members intent").next(
                "Switch on \"Server Members Intent\" on the Bot page of your application, or set \
                 `bot.intents.members = false`; then the bot does not notice when members leave.",
            )
        }
        serenity::Error::Gateway(_) => Failure::runtime("Discord ended the session")
            .next("Start again; if it happens again, please report it with the log."),
        other => explain_fault(&Fault::from(other)),
    }
}
