//! The names in an export: of people as far as the messages tell them, of the server, its roles and channels.
//!
//! A name is a text of a person: it is one line, without marks that hide or reorder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use crate::domain::history::{Message, Person};
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::text;

/// The most people that are remembered.
const MOST: usize = 10_000;

/// The most characters of a name (Discord: "User", usernames; roles and channels have up to 100).
const LONGEST: usize = 100;

pub struct Names {
    guild: GuildId,
    people: BTreeMap<UserId, Named>,
    roles: BTreeMap<RoleId, String>,
    channels: BTreeMap<ChannelId, String>,
}

/// A person's names as they are shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Named {
    pub display_name: String,
    pub username: String,
}

impl Names {
    pub fn new(guild: GuildId, roles: BTreeMap<RoleId, String>) -> Self {
        let roles = roles.into_iter().map(|(role, name)| (role, shown(&name))).collect();
        Self { guild, people: BTreeMap::new(), roles, channels: BTreeMap::new() }
    }

    pub fn set_channels(&mut self, channels: BTreeMap<ChannelId, String>) {
        self.channels = channels.into_iter().map(|(channel, name)| (channel, shown(&name))).collect();
    }

    /// Takes the names that a message tells.
    pub fn learn(&mut self, message: &Message) {
        let reply = message.reply_to.iter().filter_map(|reply| reply.shown.as_ref()).map(|(author, _)| author);
        let command = message.command.iter().map(|command| &command.by);
        for person in message.mentions.iter().chain(reply).chain(command).chain([&message.author]) {
            self.add(person);
        }
    }

    pub fn add(&mut self, person: &Person) {
        if self.people.len() < MOST || self.people.contains_key(&person.id) {
            let username = shown(&person.username);
            let display_name = Some(shown(&person.display_name)).filter(|name| text::is_visible(name));
            let display_name = display_name.unwrap_or_else(|| username.clone());
            self.people.insert(person.id, Named { display_name, username });
        }
    }

    pub fn person(&self, user: UserId) -> Option<&Named> {
        self.people.get(&user)
    }

    pub fn of_user(&self, user: UserId) -> Cow<'_, str> {
        or_id(self.people.get(&user).map(|person| &person.display_name), user)
    }

    pub fn of_role(&self, role: RoleId) -> Cow<'_, str> {
        or_id(self.roles.get(&role), role)
    }

    /// Only of channels that the reader sees.
    pub fn of_channel(&self, channel: ChannelId) -> Cow<'_, str> {
        or_id(self.channels.get(&channel), channel)
    }

    pub fn address_of(&self, channel: ChannelId) -> String {
        format!("https://discord.com/channels/{}/{channel}", self.guild)
    }
}

fn or_id(name: Option<&String>, id: impl Display) -> Cow<'_, str> {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(id.to_string()),
    }
}

/// A name on one line.
pub fn shown(name: &str) -> String {
    text::cut(&text::single_line(name), LONGEST).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: u64, display_name: &str, username: &str) -> Person {
        Person {
            id: UserId::new(id),
            display_name: display_name.to_owned(),
            username: username.to_owned(),
            is_app: false,
        }
    }

    #[test]
    fn a_name_is_one_line_without_marks_that_reorder_or_hide() {
        let mut names = Names::new(GuildId::new(1), BTreeMap::from([(RoleId::new(5), "Sup\u{202e}port".to_owned())]));
        names.add(&person(2, "An\u{202e}na\n<b>", "anna"));
        names.add(&person(3, "\u{200b}", "mona"));
        assert_eq!(names.of_user(UserId::new(2)), "Anna <b>");
        assert_eq!(names.of_user(UserId::new(3)), "mona", "an invisible name is none");
        assert_eq!(names.of_user(UserId::new(4)), "4", "somebody whose name is not known");
        assert_eq!(names.of_role(RoleId::new(5)), "Support");
        assert_eq!(names.of_channel(ChannelId::new(6)), "6");
    }

    #[test]
    fn so_many_people_are_remembered_and_no_more() {
        let mut names = Names::new(GuildId::new(1), BTreeMap::new());
        for id in 1..=MOST as u64 + 5 {
            names.add(&person(id, "x", "x"));
        }
        names.add(&person(1, "Anna", "anna"));
        assert_eq!(names.people.len(), MOST);
        assert_eq!(names.of_user(UserId::new(1)), "Anna", "a later name counts");
    }
}
