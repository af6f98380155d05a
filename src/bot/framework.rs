//! What every event meets: poise for what is typed, `events` for clicks and forms, the intake for everything else.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use super::poise_host::PoiseHost;
use super::unknown::UnknownEvents;
use crate::commands;
use crate::discord::State;
use crate::discord::event::{Event, Reported, Unread};
use crate::discord::interaction::{Asked, Interaction};
use crate::discord::respond::InteractionResponder;
use crate::domain::ids::{InteractionId, UserId};
use crate::events;
use crate::i18n::CommonMsg;

/// Shared by all shards.
pub(super) struct Handlers {
    poise: PoiseHost,
    state: Arc<State>,
    bot: UserId,
    recent: RecentInteractions,
    unknown: UnknownEvents,
}

impl Handlers {
    pub(super) fn new(poise: PoiseHost, bot: UserId, state: Arc<State>) -> Self {
        let (recent, unknown) = (RecentInteractions::default(), UnknownEvents::default());
        Self { poise, state, bot, recent, unknown }
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
        if let Event::Interaction(interaction) = &event
            && !self.recent.is_new(interaction.id)
        {
            return;
        }
        let handlers = Arc::clone(self);
        let work = &self.state.work;
        match event {
            Event::Interaction(interaction) if work.is_closed() => {
                work.spawn(async move { turn_away(&handlers.state, *interaction).await });
            }
            Event::Interaction(interaction) => {
                work.spawn(async move { handlers.on_interaction(*interaction).await });
            }
            // Made up for at the next start.
            _ if work.is_closed() => {}
            Event::Text(message) if self.poise.is_owner(message.author.id.into()) => {
                work.spawn(async move { handlers.poise.read_message(*message).await });
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

    async fn on_interaction(&self, interaction: Interaction) {
        let responder = InteractionResponder::new(&interaction, self.state.application);
        match interaction.asked {
            Asked::Command(caller, command) => self.poise.run(responder, caller, &command).await,
            Asked::Menu(caller, menu) => commands::on_menu(&self.state, &responder, caller, menu).await,
            asked => Box::pin(events::on_interaction(&self.state, responder, asked)).await,
        }
    }
}

/// The interactions that were told last. After a resume Discord may tell of some again; once acted upon is enough.
#[derive(Default)]
struct RecentInteractions(Mutex<VecDeque<InteractionId>>);

impl RecentInteractions {
    /// More than anybody asks between a cut connection and its resume.
    const KEPT: usize = 1_024;

    fn is_new(&self, id: InteractionId) -> bool {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.contains(&id) {
            return false;
        }
        if recent.len() == Self::KEPT {
            recent.pop_front();
        }
        recent.push_back(id);
        true
    }
}

/// While stopping, people are told so.
async fn turn_away(state: &State, interaction: Interaction) {
    let responder = InteractionResponder::new(&interaction, state.application);
    match interaction.asked {
        Asked::Completion => responder.offer_nothing(&state.rest).await,
        _ => responder.answer(&state.app, &state.rest, async { CommonMsg::ShuttingDown.into() }).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_is_new_once_as_long_as_it_is_remembered() {
        let recent = RecentInteractions::default();
        assert!(recent.is_new(InteractionId::new(1)) && !recent.is_new(InteractionId::new(1)));
        for id in 2..=RecentInteractions::KEPT as u64 {
            assert!(recent.is_new(InteractionId::new(id)));
        }
        assert!(!recent.is_new(InteractionId::new(1)));

        assert!(recent.is_new(InteractionId::new(9_999_999)), "the oldest makes room");

        assert!(recent.is_new(InteractionId::new(1)) && !recent.is_new(InteractionId::new(3)));
    }
}
