//! The framework that serenity calls: poise, with every event counted as running work.
//!
//! serenity does not wait for handlers when it stops; the count lets us do so.

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::{Client, CreateAllowedMentions, FullEvent, Interaction};

use super::upkeep;
use crate::commands;
use crate::discord::respond::Unanswered;
use crate::discord::{Command, State};
use crate::domain::ids::UserId;
use crate::error::Error;
use crate::events;
use crate::i18n::Msg;

struct Counted {
    poise: poise::Framework<Arc<State>, Error>,
    state: Arc<State>,
}

pub(super) fn build(
    commands: Vec<Command>,
    owners: &[UserId],
    state: Arc<State>,
) -> impl serenity::Framework + 'static {
    let options = poise::FrameworkOptions {
        commands,
        allowed_mentions: Some(CreateAllowedMentions::new()),
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
    let shared = Arc::clone(&state);
    let poise = poise::Framework::builder()
        // Asked for at login already, where a failure can be explained. The option of the same name has no effect.
        .initialize_owners(false)
        .options(options)
        .setup(|_ctx, _ready, _framework| {
            Box::pin(async move {
                upkeep::start(Arc::clone(&shared));
                Ok(shared)
            })
        })
        .build();
    Counted { poise, state }
}

#[serenity::async_trait]
impl serenity::Framework for Counted {
    async fn init(&mut self, client: &Client) {
        self.poise.init(client).await;
    }

    async fn dispatch(&self, ctx: serenity::Context, event: FullEvent) {
        if self.state.work.is_closed() {
            return turn_away(&self.state, &event).await;
        }
        self.state.work.track_future(self.poise.dispatch(ctx, event)).await;
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
    let told = async { Msg::ShuttingDown.into() };
    state.work.track_future(unanswered.answer(&state.app, &state.rest, told)).await;
}
