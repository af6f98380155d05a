//! Hosts poise, which dispatches typed commands; only here it meets serenity's client.
//!
//! Created once, at the start. Clicks, forms and menus bypass it. `discord::interaction` builds what it reads of a
//! command; `discord::respond` sends what it would send.

mod idle_shard;

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use poise::FrameworkError;
use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, FullEvent, Http, Message};
use tokio::sync::Mutex;

use super::login::Login;
use crate::commands::{self, Invocation};
use crate::discord::interaction::{Caller, SlashCommand};
use crate::discord::respond::InteractionResponder;
use crate::discord::{BotContext, Command, report};
use crate::domain::ids::UserId;
use crate::error::Error;
use crate::failure::Failure;
use crate::i18n::CommonMsg;
use idle_shard::IdleShard;

/// The commands, and what poise needs to run them.
pub(super) struct PoiseHost {
    options: poise::FrameworkOptions<Arc<BotContext>, Error>,
    shard: IdleShard,
    state: Arc<BotContext>,
    bot: UserId,
}

impl PoiseHost {
    /// `http` is poise's client for requests.
    ///
    /// # Errors
    ///
    /// A [`Failure`] where the machine has no loopback address.
    pub(super) async fn new(
        mut commands: Vec<Command>,
        login: &Login,
        http: Arc<Http>,
        state: Arc<BotContext>,
    ) -> Result<Self, Failure> {
        poise::set_qualified_names(&mut commands);
        let options = poise::FrameworkOptions {
            commands,
            allowed_mentions: Some(CreateAllowedMentions::new()),
            // Requested at login, where a failure can be explained.
            owners: login.owners.iter().copied().map(Into::into).collect(),
            on_error: |error| Box::pin(commands::on_framework_error(error)),
            ..Default::default()
        };
        Ok(Self { options, shard: IdleShard::make(http).await?, state, bot: login.identity.bot })
    }

    /// Runs a typed command.
    pub(super) async fn run(&self, responder: InteractionResponder, caller: Caller, command: &SlashCommand) {
        let interaction = match command.for_poise(&caller) {
            Ok(interaction) => interaction,
            Err(error) => {
                let error = anyhow::Error::new(error).context("build a command for poise").into();
                let told = async { report::explain(&self.state.app, responder.id, error).into() };
                return responder.answer(&self.state.app, &self.state.rest, told).await;
            }
        };
        let (options, has_answered) = (interaction.data.options(), AtomicBool::new(false));
        let invocation = Arc::new(Invocation::new(responder.clone(), caller, command));
        let given: Mutex<Box<dyn Any + Send + Sync>> = Mutex::new(Box::new(Arc::clone(&invocation)));
        let mut path = Vec::new();
        let run =
            poise::dispatch_interaction(self.framework(), &interaction, &has_answered, &given, &options, &mut path);
        // Boxed: a command's future is large.
        match Box::pin(run).await {
            Ok(()) | Err(FrameworkError::UnknownInteraction { .. }) => {}
            Err(error) => error.handle(&self.options).await,
        }
        // Discord has another version of our commands, or a bare group was called.
        if !invocation.is_answered() {
            let told = async { CommonMsg::OutdatedCommand.into() };
            responder.answer(&self.state.app, &self.state.rest, told).await;
        }
    }

    /// Whether this user owns the bot.
    pub(super) fn is_owner(&self, user: UserId) -> bool {
        self.options.owners.contains(&user.into())
    }

    /// Checks whether an owner's message is a text command.
    pub(super) async fn read_message(&self, message: Message) {
        Box::pin(poise::dispatch_event(self.framework(), FullEvent::Message { new_message: message })).await;
    }

    fn framework(&self) -> poise::FrameworkContext<'_, Arc<BotContext>, Error> {
        poise::FrameworkContext {
            bot_id: self.bot.into(),
            serenity_context: &self.shard.context,
            options: &self.options,
            user_data: &self.state,
            shard_manager: &self.shard.shards,
        }
    }
}
