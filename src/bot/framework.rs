//! What every event meets: poise for commands, `events` for clicks, the intake for everything else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, FullEvent, Interaction};

use super::idle::Idle;
use super::unknown::UnknownEvents;
use crate::commands;
use crate::discord::event::{Event, Reported, Unread};
use crate::discord::respond::Unanswered;
use crate::discord::{Command, State};
use crate::domain::ids::UserId;
use crate::error::Error;
use crate::events;
use crate::i18n::Msg;

/// Shared by all shards.
pub(super) struct Handlers {
    options: poise::FrameworkOptions<Arc<State>, Error>,
    state: Arc<State>,
    bot: UserId,
    idle: Idle,
    unknown: UnknownEvents,
}

impl Handlers {
    pub(super) fn new(
        mut commands: Vec<Command>,
        owners: &[UserId],
        bot: UserId,
        idle: Idle,
        state: Arc<State>,
    ) -> Self {
        poise::set_qualified_names(&mut commands);
        let options = poise::FrameworkOptions {
            commands,
            allowed_mentions: Some(CreateAllowedMentions::new()),
            // Asked for at login already, where a failure can be explained.
            owners: owners.iter().copied().map(Into::into).collect(),
            on_error: |error| Box::pin(commands::on_framework_error(error)),
            ..Default::default()
        };
        Self { options, state, bot, idle, unknown: UnknownEvents::default() }
    }

    pub(super) fn state(&self) -> &Arc<State> {
        &self.state
    }

    pub(super) fn unknown(&self) -> &UnknownEvents {
        &self.unknown
    }

    /// Something came over the gateway that has not even a kind.
    pub(super) fn note_unreadable(&self) {
        self.unknown.note("");
    }

    /// Takes in an event, if it means anything to us: what people wait for is begun at once, all else waits for its turn.
    pub(super) fn take(self: &Arc<Self>, kind: &str, data: &str) {
        // Whatever one event holds, it must not end the bot.
        let read = catch_unwind(AssertUnwindSafe(|| Reported::read(kind, data))).unwrap_or(Err(Unread::Unknown));
        let Reported { guild, event } = match read {
            Ok(reported) if events::concerns(&reported.event, self.bot) => reported,
            Ok(_) | Err(Unread::Irrelevant) => return,
            Err(Unread::Unknown) => return self.unknown.note(kind),
        };
        let handlers = Arc::clone(self);
        let work = &self.state.work;
        match event {
            Event::Interaction(interaction) if work.is_closed() => {
                work.spawn(async move { turn_away(&handlers.state, *interaction).await });
            }
            Event::Interaction(interaction) => {
                work.spawn(async move { handlers.interact(*interaction).await });
            }
            // Made up for at the next start.
            _ if work.is_closed() => {}
            Event::Text(message) if self.options.owners.contains(&message.author.id) => {
                work.spawn(async move { handlers.dispatch(FullEvent::Message { new_message: *message }).await });
            }
            Event::Text(_) => {}
            event => {
                events::note_arrival(&event, &self.state.app);
                self.state.intake.submit(guild, event);
            }
        }
    }

    /// Whether nothing more should be taken in for now.
    pub(super) fn is_full(&self) -> bool {
        self.state.intake.is_full()
    }

    /// Waits until more can be taken in.
    pub(super) async fn room(&self) {
        self.state.intake.room().await;
    }

    async fn interact(&self, interaction: Interaction) {
        if matches!(interaction, Interaction::Command(_) | Interaction::Autocomplete(_)) {
            self.dispatch(FullEvent::InteractionCreate { interaction }).await;
        } else {
            Box::pin(events::interact(interaction, &self.state)).await;
        }
    }

    async fn dispatch(&self, event: FullEvent) {
        let framework = poise::FrameworkContext {
            bot_id: self.bot.into(),
            serenity_context: &self.idle.context,
            options: &self.options,
            user_data: &self.state,
            shard_manager: &self.idle.shards,
        };
        // On the heap: what a command waits in is large.
        Box::pin(poise::dispatch_event(framework, event)).await;
    }
}

/// While stopping, people are told so.
async fn turn_away(state: &State, interaction: Interaction) {
    let unanswered = match &interaction {
        Interaction::Command(command) => Unanswered::command(command),
        Interaction::Component(click) => Unanswered::component(click),
        Interaction::Modal(form) => Unanswered::form(form),
        _ => return,
    };
    unanswered.answer(&state.app, &state.rest, async { Msg::ShuttingDown.into() }).await;
}
