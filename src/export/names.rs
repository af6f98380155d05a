//! The names in an export: of people as far as the messages tell them, of the server, its roles and channels.
//!
//! A name is a text of a person: it is one line, without marks that hide or reorder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use super::cover::Author;
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
    /// What stands for a role without a name: it was deleted, or is another server's.
    unknown_role: String,
    channels: BTreeMap<ChannelId, String>,
}

/// A person's names as they are shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Named {
    pub display_name: String,
    pub username: String,
    /// The display name is the one on the server, not the one that messages tell.
    is_of_server: bool,
}

impl Names {
    pub fn new(guild: GuildId, roles: BTreeMap<RoleId, String>, unknown_role: String) -> Self {
        let named = |(role, name): (RoleId, String)| {
            // The role of everybody has the server's id, and a name with the sign of a mention.
            let is_everybody = role.get() == guild.get();
            (role, shown(name.strip_prefix('@').filter(|_| is_everybody).unwrap_or(&name)))
        };
        let roles = roles.into_iter().map(named).collect();
        Self { guild, people: BTreeMap::new(), roles, unknown_role, channels: BTreeMap::new() }
    }

    pub fn set_channels(&mut self, channels: BTreeMap<ChannelId, String>) {
        self.channels = channels.into_iter().map(|(channel, name)| (channel, shown(&name))).collect();
    }

    /// Takes the names that a message tells.
    pub fn learn(&mut self, message: &Message) {
        message.people().for_each(|person| self.add(person));
    }

    /// Somebody by the name that a message tells. That of a webhook is only that message's.
    pub fn add(&mut self, person: &Person) {
        if !person.is_webhook && !self.people.get(&person.id).is_some_and(|known| known.is_of_server) {
            self.insert(person, false);
        }
    }

    /// Somebody by the name on the server, whatever messages tell later.
    pub fn add_member(&mut self, person: &Person) {
        self.insert(person, true);
    }

    fn insert(&mut self, person: &Person, is_of_server: bool) {
        if self.people.len() < MOST || self.people.contains_key(&person.id) {
            let (display_name, username) = (own_name(person), shown(&person.username));
            self.people.insert(person.id, Named { display_name, username, is_of_server });
        }
    }

    /// Who wrote a message or did something.
    pub fn of<'a>(&'a self, person: &'a Person) -> Cow<'a, str> {
        match self.people.get(&person.id).filter(|_| !person.is_webhook) {
            Some(known) => or_id(Some(&known.display_name), person.id),
            None => Cow::Owned(or_id(Some(&own_name(person)), person.id).into_owned()),
        }
    }

    pub fn of_author<'a>(&'a self, author: &'a Author) -> Cow<'a, str> {
        match &author.name {
            Some(name) => or_id(Some(name), author.id),
            None => self.of_user(author.id),
        }
    }

    pub fn person(&self, user: UserId) -> Option<&Named> {
        self.people.get(&user)
    }

    pub fn of_user(&self, user: UserId) -> Cow<'_, str> {
        or_id(self.people.get(&user).map(|person| &person.display_name), user)
    }

    pub fn of_role(&self, role: RoleId) -> &str {
        self.roles.get(&role).filter(|name| !name.is_empty()).unwrap_or(&self.unknown_role)
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

/// The name that a message tells of somebody.
pub fn own_name(person: &Person) -> String {
    let display_name = Some(shown(&person.display_name)).filter(|name| text::is_visible(name));
    display_name.unwrap_or_else(|| shown(&person.username))
}

/// A name in a sentence. If it is written from right to left, it does not change the direction of what stands around it.
pub fn isolated(name: &str) -> Cow<'_, str> {
    let is_right_to_left = |letter: char| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    if name.contains(is_right_to_left) { Cow::Owned(format!("\u{2068}{name}\u{2069}")) } else { Cow::Borrowed(name) }
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
            is_webhook: false,
        }
    }

    fn names(roles: &[(u64, &str)]) -> Names {
        let roles = roles.iter().map(|(role, name)| (RoleId::new(*role), (*name).to_owned())).collect();
        Names::new(GuildId::new(1), roles, "unknown role".to_owned())
    }

    #[test]
    fn a_name_is_one_line_without_marks_that_reorder_or_hide() {
        let mut names = names(&[(5, "Sup\u{202e}port")]);
        names.add(&person(2, "An\u{202e}na\n<b>", "anna"));
        names.add(&person(3, "\u{200b}", "mona"));
        assert_eq!(names.of_user(UserId::new(2)), "Anna <b>");
        assert_eq!(names.of_user(UserId::new(3)), "mona", "an invisible name is none");
        assert_eq!(names.of_user(UserId::new(4)), "4", "somebody whose name is not known");
        assert_eq!(names.of_role(RoleId::new(5)), "Support");
        assert_eq!(names.of_channel(ChannelId::new(6)), "6");
    }

    #[test]
    fn a_name_on_the_server_stays_whatever_messages_tell() {
        let mut names = names(&[]);
        names.add(&person(2, "Anna", "anna"));
        names.add_member(&person(2, "Harbour master", "anna"));
        names.add(&person(2, "Anna again", "anna"));
        assert_eq!(names.of_user(UserId::new(2)), "Harbour master");
        assert_eq!(names.of(&person(2, "Anna", "anna")), "Harbour master");
        assert_eq!(names.of(&person(3, "Mona", "mona")), "Mona", "whom nobody has asked for");
    }

    #[test]
    fn a_webhook_has_the_name_of_each_message() {
        let mut names = names(&[]);
        let webhook = |name: &str| Person { is_webhook: true, ..person(2, name, name) };
        names.add(&webhook("Otto"));
        assert_eq!(names.of_user(UserId::new(2)), "2", "it has no name of its own");
        assert_eq!((names.of(&webhook("Otto")), names.of(&webhook("Ida"))), ("Otto".into(), "Ida".into()));
        assert_eq!(names.of(&webhook("\u{200b}")), "2");
    }

    #[test]
    fn everybody_is_named_as_discord_names_them_and_roles_without_a_name_have_none() {
        let names = names(&[(1, "@everyone"), (5, "@home")]);
        let of = |role| names.of_role(RoleId::new(role));
        assert_eq!((of(1), of(5), of(6)), ("everyone", "@home", "unknown role"));
    }

    #[test]
    fn only_a_name_from_right_to_left_is_isolated() {
        for name in ["Anna", "Zoë", "山田", "42", "a\u{2013}b", ""] {
            assert_eq!(isolated(name), name);
        }
        for name in ["\u{5d0}\u{5e0}\u{5d4}", "Anna \u{645}", "\u{1e900}"] {
            assert_eq!(isolated(name), format!("\u{2068}{name}\u{2069}"));
        }
    }

    #[test]
    fn so_many_people_are_remembered_and_no_more() {
        let mut names = names(&[]);
        for id in 1..=MOST as u64 + 5 {
            names.add(&person(id, "x", "x"));
        }
        names.add(&person(1, "Anna", "anna"));
        assert_eq!(names.people.len(), MOST);
        assert_eq!(names.of_user(UserId::new(1)), "Anna", "a later name counts");
    }
}
