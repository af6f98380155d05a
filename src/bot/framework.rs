//! What every event meets: poise for commands, `events` for everything else, counted as running work.
//!
//! serenity does not wait for handlers when it stops; the count lets us do so. They run on the bot's own threads, not on
//! the gateway's, and outlive the client that brought their event.

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, FullEvent, Interaction, ShardManager};
use tokio::runtime::Handle;

use crate::commands;
use crate::discord::respond::Unanswered;
use crate::discord::{Command, State};
use crate::domain::ids::UserId;
use crate::error::Error;
use crate::events;
use crate::i18n::Msg;

/// Shared by all clients that follow one another.
pub(super) struct Handlers {
    options: poise::FrameworkOptions<Arc<State>, Error>,
    state: Arc<State>,
    bot: UserId,
}

impl Handlers {
    pub(super) fn new(mut commands: Vec<Command>, owners: &[UserId], bot: UserId, state: Arc<State>) -> Self {
        poise::set_qualified_names(&mut commands);
        let options = poise::FrameworkOptions {
            commands,
            allowed_mentions: Some(CreateAllowedMentions::new()),
            // Asked for at login already, where a failure can be explained.
            owners: owners.iter().copied().map(Into::into).collect(),
            on_error: |error| Box::pin(commands::on_framework_error(error)),
            event_handler: |framework, event| {
                Box::pin(async move {
                    events::handle(event, framework.user_data).await;
                    Ok(())
                })
            },
            ..Default::default()
        };
        Self { options, state, bot }
    }

    pub(super) fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// Begins to handle an event on the threads of `main`.
    pub(super) fn take(
        self: &Arc<Self>,
        context: serenity::Context,
        event: FullEvent,
        shards: Arc<ShardManager>,
        main: &Handle,
    ) {
        if !events::concerns(&event, self.bot) {
            return;
        }
        let handlers = Arc::clone(self);
        let work = &self.state.work;
        if work.is_closed() {
            work.spawn_on(async move { turn_away(&handlers.state, &event).await }, main);
        } else {
            work.spawn_on(async move { handlers.handle(&context, event, &shards).await }, main);
        }
    }

    async fn handle(&self, context: &serenity::Context, event: FullEvent, shards: &Arc<ShardManager>) {
        let framework = poise::FrameworkContext {
            bot_id: self.bot.into(),
            serenity_context: context,
            options: &self.options,
            user_data: &self.state,
            shard_manager: shards,
        };
        // On the heap: what a command waits in is large.
        Box::pin(poise::dispatch_event(framework, event)).await;
    }
}

/// While stopping, people are told so; whatever else happens is made up for at the next start.
async fn turn_away(state: &State, event: &FullEvent) {
    let FullEvent::InteractionCreate { interaction } = event else { return };
    let unanswered = match interaction {
        Interaction::Command(command) => Unanswered::command(command),
        Interaction::Component(click) => Unanswered::component(click),
        Interaction::Modal(form) => Unanswered::form(form),
        _ => return,
    };
    unanswered.answer(&state.app, &state.rest, async { Msg::ShuttingDown.into() }).await;
}
