//! Dispatches gateway events: typed commands to poise, clicks and forms to `events`, all else to the intake.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use super::poise_host::PoiseHost;
use super::unknown::UnknownEvents;
use crate::commands;
use crate::discord::BotContext;
use crate::discord::event::{Event, Reported, Unread, Wrote};
use crate::discord::interaction::{Asked, Interaction};
use crate::discord::respond::InteractionResponder;
use crate::domain::ids::{InteractionId, UserId};
use crate::events;
use crate::i18n::CommonMsg;

/// Shared by all shards.
pub(super) struct Handlers {
    poise: PoiseHost,
    state: Arc<BotContext>,
    bot: UserId,
    recent: RecentInteractions,
    unknown: UnknownEvents,
}

impl Handlers {
    pub(super) fn new(poise: PoiseHost, bot: UserId, state: Arc<BotContext>) -> Self {
        let (recent, unknown) = (RecentInteractions::default(), UnknownEvents::default());
        Self { poise, state, bot, recent, unknown }
    }

    pub(super) fn state(&self) -> &Arc<BotContext> {
        &self.state
    }

    pub(super) fn unknown(&self) -> &UnknownEvents {
        &self.unknown
    }

    /// Counts an event without a readable kind.
    pub(super) fn note_unreadable(&self) {
        self.unknown.note("");
    }

    /// Dispatches an event: interactions start at once, everything else is queued.
    pub(super) fn take(self: &Arc<Self>, kind: &str, data: &str) {
        // No event may end the bot, whatever it holds.
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
                work.spawn(async move { refuse(&handlers.state, *interaction).await });
            }
            Event::Interaction(interaction) => {
                work.spawn(async move { handlers.on_interaction(*interaction).await });
            }
            // The next start makes up for it.
            _ if work.is_closed() => {}
            Event::Wrote(wrote) => self.submit_wrote(Some(wrote)),
            Event::Text(message) if self.poise.is_owner(message.author.id.into()) => {
                self.submit_wrote(Wrote::of(&message));
                work.spawn(async move { handlers.poise.read_message(*message).await });
            }
            Event::Text(message) => self.submit_wrote(Wrote::of(&message)),
            event => {
                events::note_arrival(&event, &self.state.app);
                self.state.intake.submit(guild, event);
            }
        }
    }

    /// Most messages concern no ticket.
    fn submit_wrote(&self, wrote: Option<Wrote>) {
        if let Some(wrote) = wrote.filter(|wrote| self.state.app.awaited.contains(wrote.thread)) {
            self.state.intake.submit(Some(wrote.guild), Event::Wrote(wrote));
        }
    }

    /// Whether the gateway should stop reading for now.
    pub(super) fn is_full(&self) -> bool {
        self.state.intake.is_full()
    }

    /// Waits until the intake has room.
    pub(super) async fn wait_for_room(&self) {
        self.state.intake.wait_for_room().await;
    }

    async fn on_interaction(&self, interaction: Interaction) {
        let responder = InteractionResponder::new(&interaction, self.state.application);
        match interaction.asked {
            Asked::Command(caller, command) => self.poise.run(responder, caller, &command).await,
            Asked::Menu(caller, menu) => commands::on_menu(&self.state, &responder, caller, menu).await,
            Asked::Completion(typed) => commands::on_completion(&self.state, &responder, typed).await,
            asked => Box::pin(events::on_interaction(&self.state, responder, asked)).await,
        }
    }
}

/// The last interactions. Discord may repeat some after a resume; each is handled once.
#[derive(Default)]
struct RecentInteractions(Mutex<VecDeque<InteractionId>>);

impl RecentInteractions {
    /// More than arrive between a disconnect and its resume.
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

/// While stopping, tells the user so.
async fn refuse(state: &BotContext, interaction: Interaction) {
    let responder = InteractionResponder::new(&interaction, state.application);
    match interaction.asked {
        Asked::Completion(_) => responder.offer(&state.rest, &[]).await,
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
