//! Logs in: identifies the application, checks the owners, and registers the commands.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::CreateCommand;
use tokio::time;

use crate::app::{App, Identity};
use crate::discord::application::WirePortal;
use crate::discord::rest::{Rest, Route};
use crate::discord::{Refusal, RestError, application};
use crate::domain::command_sync::{self, Sync, SyncMode};
use crate::domain::ids::{ApplicationId, UserId};
use crate::failure::Failure;

/// The wait before each retry of the first request while Discord is down.
const WAITS: [Duration; 4] =
    [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)];

/// Our identity at Discord.
#[derive(Clone, Debug)]
pub struct Login {
    pub application: ApplicationId,
    pub identity: Identity,
    /// Who may use the text commands: the owner, or the team members who may manage the application.
    pub owners: Vec<UserId>,
}

/// What we read of it (Discord: "Application").
#[derive(Debug, Deserialize)]
struct WireApplication {
    id: serenity::ApplicationId,
    owner: Option<WireUser>,
    team: Option<WireTeam>,
    #[serde(flatten)]
    portal: WirePortal,
}

/// What to do when Discord rate limits the login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnLimit {
    /// Wait that long. For a service, which would be restarted anyway.
    Wait,
    /// Fail. For a command that a person waits for.
    Fail,
}

#[derive(Debug, Deserialize)]
struct WireUser {
    id: serenity::UserId,
}

#[derive(Debug, Deserialize)]
struct WireTeam {
    owner_user_id: serenity::UserId,
    #[serde(default)]
    members: Vec<WireTeamMember>,
}

#[derive(Debug, Deserialize)]
struct WireTeamMember {
    user: WireUser,
    role: String,
}

impl WireTeam {
    /// Admins and developers can reach the token anyway (Discord: "Teams", team member roles).
    fn owners(&self) -> Vec<UserId> {
        let trusted = self.members.iter().filter(|member| matches!(member.role.as_str(), "admin" | "developer"));
        std::iter::once(self.owner_user_id).chain(trusted.map(|member| member.user.id)).map(Into::into).collect()
    }
}

impl Login {
    /// Requests the application. Retries while Discord is down or unreachable, and after a rate limit's time.
    pub(crate) async fn complete(rest: &Rest, on_limit: OnLimit) -> Result<Self, Failure> {
        let mut waits = WAITS.into_iter();
        loop {
            let fault = match Self::ask(rest).await {
                Ok(login) => return Ok(login),
                Err(fault) => fault,
            };
            if let (RestError::Limited(wait), OnLimit::Wait) = (&fault, on_limit) {
                tracing::warn!(%fault, seconds = wait.as_secs(), "waiting until Discord lets the bot log in");
                time::sleep(*wait).await;
                continue;
            }
            match (&fault, waits.next()) {
                (RestError::NotSent(_) | RestError::Uncertain(_) | RestError::Blocked(_), Some(wait)) => {
                    tracing::warn!(%fault, "Discord does not answer; trying again");
                    time::sleep(wait).await;
                }
                _ => return Err(explain_fault(&fault)),
            }
        }
    }

    async fn ask(rest: &Rest) -> Result<Self, RestError> {
        let (application, bot) = tokio::try_join!(
            rest.get(Route::OwnApplication).fetch::<WireApplication>(),
            rest.get(Route::Me).fetch::<WireUser>(),
        )?;
        if application.portal.has_interactions_endpoint() {
            tracing::warn!(
                "an Interactions Endpoint URL is set on the General Information page of the application: Discord sends \
                 every click and command there and none to this program; empty that field"
            );
        }
        if application.portal.requires_code_grant() {
            tracing::warn!(
                "Requires OAuth2 Code Grant is switched on on the Bot page of the application: nobody can add the bot \
                 to a server with the invite link; switch it off"
            );
        }
        let owners = match (application.team, application.owner) {
            (Some(team), _) => team.owners(),
            (None, owner) => owner.into_iter().map(|owner| owner.id.into()).collect(),
        };
        Ok(Self {
            application: application.id.into(),
            identity: Identity { bot: bot.id.into(), owner: owners.first().copied() },
            owners,
        })
    }

    /// Registers the commands if they differ from those last registered, or on request.
    pub(super) async fn register(
        &self,
        rest: &Rest,
        app: &App,
        commands: Vec<CreateCommand>,
        mode: SyncMode,
    ) -> Result<(), Failure> {
        // Another token may be another application, without commands.
        let name = format!("commands.{}", self.application);
        let wanted = application::fingerprint_of(&commands).map_err(|fault| explain_fault(&fault))?;
        let stored = app.db.find_value(&name).await.map_err(explain_storage)?;
        if command_sync::decide(mode, stored.as_deref(), &wanted) == Sync::Skip {
            return Ok(());
        }
        match application::register_global(rest, self.application, &commands).await {
            // The registered ones still work, and the next start tries again.
            Err(fault @ RestError::Limited(_)) if mode != SyncMode::Force => {
                tracing::warn!(%fault, "the commands could not be registered yet");
                return Ok(());
            }
            registered => registered.map_err(|fault| explain_fault(&fault))?,
        }
        app.db.store_value(&name, &wanted).await.map_err(explain_storage)?;
        tracing::info!("commands registered");
        Ok(())
    }
}

fn explain_storage(error: crate::storage::Error) -> Failure {
    Failure::runtime("The database cannot be read or written")
        .cause(error)
        .help("Check the disk's free space and the file's permissions.")
}

pub(crate) fn explain_fault(fault: &RestError) -> Failure {
    match fault {
        RestError::Refused { refusal: Refusal::Token, .. } => refused_token(),
        RestError::NotSent(_) | RestError::Uncertain(_) => Failure::runtime("Discord cannot be reached")
            .cause(fault)
            .help("Check the network connection and `discord.api_base`, then start again."),
        RestError::Limited(_) => Failure::runtime("Discord lets nothing of this bot through for now")
            .cause(fault)
            .help("Wait that long before you try again; each further try may make it longer."),
        RestError::Blocked(_) => Failure::runtime("Discord cannot be used from here").cause(fault).help(
            "Stop everything on this machine that sends Discord many failing requests, wait an hour or use another \
             address, then start again.",
        ),
        RestError::Refused { .. } | RestError::Broken(_) => {
            Failure::runtime("Discord did not accept a request at start").cause(fault).help("Please report this.")
        }
    }
}

pub(super) fn refused_token() -> Failure {
    Failure::config("Discord refused the bot token")
        .help("Copy the token again from the Bot page of your application, or reset it there, and set the new one.")
}

/// The bot works without members; the operator can restore it.
pub(super) const WITHOUT_MEMBERS: &str = "Discord does not allow this bot the Server Members intent: going on without it, so the bot does not notice when \
     members leave. Switch on \"Server Members Intent\" on the Bot page of your application and restart the bot, or set \
     `bot.intents.members = false`";

pub(super) fn disallowed_intents() -> Failure {
    Failure::runtime("Discord refuses the intents although none is asked for that it has to allow (4014)").help(UPDATE)
}

/// Discord repeatedly refuses the gateway's address.
pub(super) fn refused_gateway(fault: &RestError) -> Failure {
    Failure::runtime("Discord refuses to say where its gateway is").cause(fault).help(
        "Check `discord.api_base` and whether the application still exists; if both are right, please report this.",
    )
}

const UPDATE: &str = "Look for a newer version of ticketbot.";

pub(super) fn unknown_intents() -> Failure {
    Failure::runtime("Discord does not know the intents that this version asks for (4013)").help(UPDATE)
}

pub(super) fn invalid_version() -> Failure {
    Failure::runtime("Discord does not speak this version of its gateway any more (4012)").help(UPDATE)
}

/// `fixed`: set by the configuration, not recommended by Discord.
pub(super) fn invalid_shard(shard: u32, total: u32, fixed: bool) -> Failure {
    if fixed {
        return Failure::config(format!(
            "Discord refused shard {shard} of the {total} that `gateway.shards` sets (4010)"
        ))
        .help("Very large bots need a multiple of the number that Discord names. Set that, or \"auto\".");
    }
    Failure::runtime("Discord refused the shard that it had recommended (4010)")
        .help("Please report this with the log.")
}

/// The operator's number of shards is too small for Discord.
pub(super) fn too_few_shards(total: u32, recommended: u32) -> Failure {
    Failure::config(format!(
        "Discord says that the bot is in too many servers for the {total} shards that `gateway.shards` sets (4011)"
    ))
    .help(format!(
        "Discord recommends {recommended} now: set at least as many in every process that shares the load, or \"auto\" \
         where one process runs them all."
    ))
}

/// Discord refused a bot with the recommended number of shards.
pub(super) fn sharding_required(shards: u32) -> Failure {
    Failure::runtime(format!("Discord says that the bot is in too many servers for its {shards} shards (4011)"))
        .help("Start again; if it happens again, please report it with the log.")
}
