//! What people are called on the server. Messages tell only the name that somebody has everywhere.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};

use super::cover::Facts;
use super::deadline::Deadline;
use crate::discord::names;
use crate::domain::history::{Message, Person};
use crate::domain::ids::{GuildId, UserId};
use crate::work::Tools;

/// The most people who are asked for in one export. Each is a request.
const MOST: usize = 50;

/// Requests at once: others to the server have their turn between them.
const AT_ONCE: usize = 5;

/// So long is waited for answers in one export, also for Discord's rate limit.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who has been asked for.
pub struct People {
    asked: HashSet<UserId>,
    /// What is left of it.
    patience: Duration,
}

impl Default for People {
    fn default() -> Self {
        Self { asked: HashSet::new(), patience: PATIENCE }
    }
}

impl People {
    /// The people whom the head or these messages name and who have not been asked for, authors first.
    pub fn strangers(&mut self, facts: &Facts, messages: &[Message]) -> Vec<UserId> {
        let authors = messages.iter().map(|message| &message.author);
        let named = authors.chain(messages.iter().flat_map(Message::people));
        let members = named.filter(|person| !person.is_webhook).map(|person| person.id);
        let mut strangers = Vec::new();
        for user in facts.people().chain(members) {
            if self.asked.len() < MOST && self.patience > Duration::ZERO && self.asked.insert(user) {
                strangers.push(user);
            }
        }
        strangers
    }

    /// Those who are members, by their names on the server. Whoever has left keeps the name that messages tell.
    pub async fn ask(&mut self, tools: Tools<'_>, guild: GuildId, users: Vec<UserId>) -> Vec<Person> {
        let began = tools.app.clock.monotonic();
        let mut found = Vec::new();
        let asked = stream::iter(users).map(|user| names::of_member(tools.rest, guild, user)).buffer_unordered(AT_ONCE);
        let answers = asked.for_each(|answer| {
            match answer {
                Ok(person) => found.push(person),
                Err(fault) => tracing::debug!(%fault, "a person in an export has no name on the server"),
            }
            std::future::ready(())
        });
        let _late = Deadline::new(tools.app, began + self.patience, None).before(answers).await;
        let waited = tools.app.clock.monotonic().saturating_sub(began);
        self.patience = self.patience.saturating_sub(waited);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples::{anna, bot, facts, message, said, webhook};

    fn person(id: u64) -> Person {
        Person { id: UserId::new(id), ..anna() }
    }

    #[test]
    fn everybody_is_asked_for_once_and_webhooks_never() {
        let (facts, mut people) = (facts(), People::default());
        let mut first = message(0, anna(), said("Hello"));
        first.mentions = vec![person(70), anna()];
        let page = [first, message(1, webhook("Otto"), said("Hi")), message(2, bot(), said("Hi"))];
        let head: Vec<UserId> = facts.people().collect();
        let asked = people.strangers(&facts, &page);
        assert_eq!(asked[..head.len()], head, "the head comes first");
        assert_eq!(asked[head.len()..], [UserId::new(70)]);
        assert!(people.strangers(&facts, &page).is_empty());
    }

    #[test]
    fn authors_come_before_others_and_no_more_than_the_bound_are_asked_for() {
        let (facts, mut people) = (facts(), People::default());
        let mut first = message(0, anna(), said("Hello"));
        first.mentions = (100..200).map(person).collect();
        let page = [first, message(1, person(77), said("Hi"))];
        let asked = people.strangers(&facts, &page);
        assert_eq!(asked.len(), MOST);
        assert!(asked.contains(&UserId::new(77)));
        assert!(people.strangers(&facts, &[message(2, person(78), said("Hi"))]).is_empty());
    }
}
