//! What a person sees of one interaction: nothing yet, "thinking…", an answer, a form, or a failure.

use std::sync::Arc;

use serde_json::Value;

use super::message::buttons;
use super::{Button, Message, Modal, OnMessage, Place};
use crate::shared::Shared;
use crate::world::interaction::{Interaction, callback};

/// A live handle: re-reading it shows edits and followups.
#[derive(Clone)]
pub struct Reply {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: u64,
}

/// An interaction's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No answer yet.
    Waiting,
    /// "Bot is thinking…": deferred.
    Thinking,
    Answered,
    /// "The application did not respond."
    Failed,
}

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    pub guild: Option<u64>,
    pub channel: u64,
    pub message: Option<u64>,
}

impl OnMessage for Reply {
    fn on_message(&self) -> Message {
        self.message()
    }
}

impl Reply {
    pub(crate) fn new(shared: &Arc<Shared>, id: u64) -> Self {
        Self { shared: shared.clone(), id }
    }

    /// Waits until it is answered (if deferred: filled) or has failed. Panics after the simulator's patience.
    pub async fn finished(&self) -> Self {
        let over = || !matches!(self.state(), State::Waiting | State::Thinking);
        if !self.shared.until(over).await {
            let label = self.look(|interaction| interaction.label.clone());
            self.shared.give_up(&format!("{label} is still {:?}", self.state()));
        }
        self.clone()
    }

    /// Waits until it holds a link, possibly by an edit, or has failed. `false` after the patience.
    pub async fn linked(&self) -> bool {
        self.shared.until(|| !self.links().is_empty() || self.state() == State::Failed).await
            && !self.links().is_empty()
    }

    pub fn state(&self) -> State {
        self.shared.read(|world| {
            let (interaction, now) = (&world.interactions[&self.id], world.now_ms());
            match interaction.callback {
                None if interaction.too_late_to_answer(now) => State::Failed,
                None => State::Waiting,
                Some(_) if interaction.thinking && interaction.token_expired(now) => State::Failed,
                Some(_) if interaction.thinking => State::Thinking,
                Some(_) => State::Answered,
            }
        })
    }

    pub fn id(&self) -> u64 {
        self.id
    }

    /// What the person did, such as `clicks "Create Ticket"`.
    pub fn label(&self) -> String {
        self.look(|interaction| interaction.label.clone())
    }

    pub fn user_id(&self) -> u64 {
        self.look(|interaction| interaction.user_id)
    }

    pub fn channel_id(&self) -> u64 {
        self.look(|interaction| interaction.channel_id)
    }

    /// When it was sent, in unix milliseconds.
    pub fn created_ms(&self) -> i64 {
        self.look(|interaction| interaction.created_ms)
    }

    /// The message whose button or menu was used, also for a form opened from it.
    pub fn source(&self) -> Option<Message> {
        let id = self.look(|interaction| interaction.source)?;
        Some(Message { shared: self.shared.clone(), id })
    }

    /// The suggestions that answer typing, as sent.
    pub fn choices(&self) -> Option<Vec<Value>> {
        self.look(|interaction| interaction.choices.clone())
    }

    /// Milliseconds of virtual time until the initial answer.
    pub fn answered_after_ms(&self) -> Option<i64> {
        self.look(|interaction| Some(interaction.answered_ms? - interaction.created_ms))
    }

    /// The visible text: the answer and its followups, without deleted ones, line by line.
    pub fn text(&self) -> String {
        let texts: Vec<String> = self.messages().iter().map(Message::text).collect();
        let shown: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        shown.join("\n")
    }

    pub fn embeds(&self) -> Vec<Value> {
        self.messages().iter().flat_map(Message::embeds).collect()
    }

    pub fn components(&self) -> Vec<Value> {
        self.messages().iter().flat_map(Message::components).collect()
    }

    pub fn buttons(&self) -> Vec<Button> {
        buttons(&self.components())
    }

    /// Whether something is visible, and only to this person.
    pub fn is_private(&self) -> bool {
        let messages = self.messages();
        !messages.is_empty() && messages.iter().all(Message::is_private)
    }

    /// Whether it was acknowledged without visible output (callback type 6).
    pub fn is_silent(&self) -> bool {
        self.look(|interaction| {
            interaction.callback == Some(callback::DEFERRED_UPDATE) && interaction.followups.is_empty()
        })
    }

    /// The form it opened.
    pub fn modal(&self) -> Option<Modal> {
        self.look(|interaction| interaction.modal.as_ref().map(Modal::from_json))
    }

    /// Existing messages of this answer: the answer (or the updated message), then followups.
    pub fn messages(&self) -> Vec<Message> {
        let ids = self.shared.read(|world| {
            let interaction = &world.interactions[&self.id];
            let silent = interaction.callback == Some(callback::DEFERRED_UPDATE);
            let original = interaction.original.filter(|_| !silent);
            let ids = original.into_iter().chain(interaction.followups.iter().copied());
            let seen = |id: &u64| world.messages.get(id).is_some_and(|message| !message.deleted);
            let thinking = |id: &u64| interaction.thinking && interaction.original == Some(*id);
            ids.filter(|id| seen(id) && !thinking(id)).collect::<Vec<_>>()
        });
        ids.into_iter().map(|id| Message { shared: self.shared.clone(), id }).collect()
    }

    /// The last message of this answer. Panics if there is none.
    pub fn message(&self) -> Message {
        let last = self.messages().pop();
        last.unwrap_or_else(|| panic!("{} has no message: {:?}", self.look(|i| i.label.clone()), self.state()))
    }

    /// Links to channels, threads and messages: in texts, embeds and link buttons.
    pub fn links(&self) -> Vec<Link> {
        let mut text = self.text();
        for value in self.embeds().into_iter().chain(self.components()) {
            text.push('\n');
            text.push_str(&value.to_string());
        }
        links_in(&text)
    }

    /// Whether one of the links leads there.
    pub fn links_to(&self, place: &impl Place) -> bool {
        self.links().iter().any(|link| link.channel == place.place_id() && link.message.is_none())
    }

    pub fn links_to_message(&self, message: &Message) -> bool {
        self.links().iter().any(|link| link.message == Some(message.id))
    }

    fn look<T>(&self, look: impl FnOnce(&Interaction) -> T) -> T {
        self.shared.read(|world| look(&world.interactions[&self.id]))
    }
}

/// `<#id>` and `https://discord.com/channels/guild/channel[/message]`.
fn links_in(text: &str) -> Vec<Link> {
    let number = |text: &str| -> Option<u64> {
        let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse().ok()
    };
    let mentions = text.match_indices("<#").filter_map(|(at, start)| {
        let channel = number(&text[at + start.len()..])?;
        Some(Link { guild: None, channel, message: None })
    });
    let addresses = text.match_indices("discord.com/channels/").filter_map(|(at, start)| {
        let mut parts = text[at + start.len()..].split('/').map(number);
        let (guild, channel) = (parts.next()??, parts.next()??);
        Some(Link { guild: Some(guild), channel, message: parts.next().flatten() })
    });
    mentions.chain(addresses).collect()
}

#[cfg(test)]
mod tests {
    use super::{Link, links_in};

    #[test]
    fn links_are_found_as_mentions_and_as_addresses() {
        let text = "<#12> https://discord.com/channels/1/22 and https://discord.com/channels/1/2/3.";
        let expected = [
            Link { guild: None, channel: 12, message: None },
            Link { guild: Some(1), channel: 22, message: None },
            Link { guild: Some(1), channel: 2, message: Some(3) },
        ];
        assert_eq!(links_in(text), expected);
    }
}
