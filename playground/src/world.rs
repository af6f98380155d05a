//! Descriptions of servers in TOML, and building them in the simulator.
//!
//! A description names channels, roles and people, as an admin thinks of them; docs/playground.md explains every key.
//! What it does not say is as on a new server. Unknown keys, names and permissions are refused with what is known.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use discord_sim::permissions as perm;
use discord_sim::{Actor, Channel, Guild, Role, Sim};
use serde::Deserialize;

/// A small server: the one that is built without `--world`.
pub const HARBOUR: &str = include_str!("../worlds/harbour.toml");
/// A larger one, with two teams of staff.
pub const STUDIO: &str = include_str!("../worlds/studio.toml");

/// A server as described.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    name: String,
    /// Discord's name of the server's language, such as `de`.
    #[serde(default = "english")]
    pub language: String,
    /// The username of the person who owns the server.
    owner: String,
    /// What the bot may do everywhere, besides what it asks for when it is invited.
    #[serde(default)]
    bot_permissions: Vec<String>,
    #[serde(default)]
    roles: Vec<RoleText>,
    #[serde(default)]
    channels: Vec<ChannelText>,
    people: Vec<PersonText>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleText {
    name: String,
    color: Option<String>,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default)]
    mentionable: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelText {
    name: String,
    #[serde(default)]
    kind: Kind,
    category: Option<String>,
    topic: Option<String>,
    #[serde(default)]
    slow_mode: u32,
    /// For `@everyone`, `bot`, or the name of a role or person.
    #[serde(default)]
    allow: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    deny: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    messages: Vec<MessageText>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    Text,
    Announcement,
    Voice,
    Forum,
    Category,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageText {
    from: String,
    text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonText {
    name: String,
    /// The name shown on this server.
    nick: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    language: Option<String>,
    /// Such as `2h` or `30m`.
    timed_out: Option<String>,
    /// Has not accepted the rules yet.
    #[serde(default)]
    pending: bool,
    #[serde(default)]
    bot: bool,
}

fn english() -> String {
    "en-US".to_owned()
}

impl World {
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} does not describe a server", path.display()))
    }

    pub fn parse(text: &str) -> anyhow::Result<Self> {
        // A checkout on Windows may end lines with both; messages have one.
        let world: Self = toml::from_str(&text.replace("\r\n", "\n"))?;
        ensure!(!world.people.is_empty(), "it has no people");
        ensure!(
            world.people.iter().any(|person| person.name == world.owner),
            "the owner {:?} is none of the people",
            world.owner
        );
        for (what, names) in [
            ("people", world.people.iter().map(|person| &person.name).collect::<Vec<_>>()),
            ("roles", world.roles.iter().map(|role| &role.name).collect()),
        ] {
            let mut seen = std::collections::BTreeSet::new();
            if let Some(twice) = names.into_iter().find(|name| !seen.insert(*name)) {
                bail!("two of the {what} are named {twice:?}");
            }
        }
        for person in &world.people {
            let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_.".contains(letter);
            ensure!(
                (2..=32).contains(&person.name.len()) && person.name.chars().all(plain),
                "{:?} is no username: 2 to 32 small letters, digits, dots and underscores",
                person.name
            );
        }
        Ok(world)
    }

    /// Builds it. A bot that is connected already is invited to it.
    pub fn build(&self, sim: &Sim) -> anyhow::Result<Guild> {
        let invited = perm::BOT_DEFAULT | bits_of(&self.bot_permissions)?;
        let guild =
            sim.guild(&self.name).locale(&self.language).owner_name(&self.owner).bot_permissions(invited).create();
        let mut build = Build { guild, roles: Vec::new(), people: Vec::new(), categories: Vec::new() };
        build.roles(&self.roles)?;
        for person in &self.people {
            build.person(person, self)?;
        }
        for (position, channel) in (1..).zip(&self.channels) {
            build.channel(channel, position)?;
        }
        Ok(build.guild)
    }
}

struct Build {
    guild: Guild,
    roles: Vec<Role>,
    people: Vec<Actor>,
    categories: Vec<Channel>,
}

impl Build {
    fn roles(&mut self, texts: &[RoleText]) -> anyhow::Result<()> {
        let highest = u16::try_from(texts.len()).unwrap_or(u16::MAX).saturating_add(1);
        for (position, text) in (0..).zip(texts) {
            let color = text.color.as_deref().map(color).transpose()?.unwrap_or(0);
            let role =
                self.guild.role(&text.name).permissions(bits_of(&text.permissions)?).mentionable(text.mentionable);
            self.roles.push(role.color(color).position(highest.saturating_sub(position)).create());
        }
        Ok(())
    }

    fn person(&mut self, text: &PersonText, world: &World) -> anyhow::Result<()> {
        let locale = text.language.as_ref().unwrap_or(&world.language);
        let roles = text.roles.iter().map(|name| self.role(name).cloned()).collect::<anyhow::Result<Vec<_>>>()?;
        let timed_out = text.timed_out.as_deref().map(duration).transpose()?;
        let actor = if text.name == world.owner {
            let owner = self.guild.owner();
            owner.set_locale(locale);
            owner.set_nick(text.nick.as_deref());
            for role in &roles {
                owner.give_role(role);
            }
            owner
        } else {
            let mut person = self.guild.member(&text.name).locale(locale).pending(text.pending).bot(text.bot);
            for role in &roles {
                person = person.role(role);
            }
            if let Some(nick) = &text.nick {
                person = person.nick(nick);
            }
            if let Some(timed_out) = timed_out {
                person = person.timed_out(timed_out);
            }
            person.create()
        };
        self.people.push(actor);
        Ok(())
    }

    fn channel(&mut self, text: &ChannelText, position: u16) -> anyhow::Result<()> {
        let mut builder = match text.kind {
            Kind::Text => self.guild.text_channel(&text.name),
            Kind::Announcement => self.guild.announcement_channel(&text.name),
            Kind::Voice => self.guild.voice_channel(&text.name),
            Kind::Forum => self.guild.forum_channel(&text.name),
            Kind::Category => self.guild.category(&text.name),
        };
        builder = builder.position(position).slowmode(text.slow_mode);
        if let Some(topic) = &text.topic {
            builder = builder.topic(topic);
        }
        if let Some(name) = &text.category {
            let known = self.categories.iter().find(|category| category.name() == *name);
            builder = builder.in_category(known.with_context(|| format!("no category {name:?} stands before it"))?);
        }
        for (whom, names) in &text.allow {
            let bits = bits_of(names)?;
            builder = match self.subject(whom)? {
                Subject::Everyone => builder.allow_everyone(bits),
                Subject::Bot => builder.allow_bot(bits),
                Subject::Role(role) => builder.allow_role(role, bits),
                Subject::Person(person) => builder.allow_member(person, bits),
            };
        }
        for (whom, names) in &text.deny {
            let bits = bits_of(names)?;
            builder = match self.subject(whom)? {
                Subject::Everyone => builder.deny_everyone(bits),
                Subject::Bot => builder.deny_bot(bits),
                Subject::Role(role) => builder.deny_role(role, bits),
                Subject::Person(person) => builder.deny_member(person, bits),
            };
        }
        let channel = builder.create();
        if text.kind == Kind::Category {
            self.categories.push(channel);
            return Ok(());
        }
        for message in &text.messages {
            let from = self.people.iter().find(|person| person.name() == message.from);
            let from =
                from.with_context(|| format!("a message is from {:?}, who is none of the people", message.from))?;
            channel.arrange_message_by(from, &serde_json::json!({ "content": message.text }));
        }
        Ok(())
    }

    fn role(&self, name: &str) -> anyhow::Result<&Role> {
        self.roles.iter().find(|role| role.name() == name).with_context(|| format!("there is no role {name:?}"))
    }

    fn subject(&self, name: &str) -> anyhow::Result<Subject<'_>> {
        match name {
            "@everyone" => Ok(Subject::Everyone),
            "bot" => Ok(Subject::Bot),
            _ => match self.people.iter().find(|person| person.name() == name) {
                Some(person) => Ok(Subject::Person(person)),
                None => self.role(name).map(Subject::Role).context("nobody to give permissions to"),
            },
        }
    }
}

enum Subject<'a> {
    Everyone,
    Bot,
    Role(&'a Role),
    Person(&'a Actor),
}

/// Permissions as Discord's settings name them in English: "Manage Threads", in any case.
fn bits_of(names: &[String]) -> anyhow::Result<u64> {
    names.iter().map(|name| bit(name)).try_fold(0, |bits, bit| Ok(bits | bit?))
}

/// A permission's bit by its name.
pub(crate) fn bit(name: &str) -> anyhow::Result<u64> {
    let wanted = match name.trim().to_uppercase().replace([' ', '-'], "_").as_str() {
        "MANAGE_SERVER" => "MANAGE_GUILD".to_owned(),
        "TIME_OUT_MEMBERS" => "MODERATE_MEMBERS".to_owned(),
        "MENTION_@EVERYONE,_@HERE,_AND_ALL_ROLES" => "MENTION_EVERYONE".to_owned(),
        "VIEW_CHANNELS" => "VIEW_CHANNEL".to_owned(),
        other => other.to_owned(),
    };
    let all = (0..64).map(|shift| 1_u64 << shift);
    let found = all.into_iter().find(|bit| perm::names(*bit).first().is_some_and(|name| *name == wanted));
    found.with_context(|| {
        format!("there is no permission {name:?}; write it as in Discord's settings, such as \"Manage Threads\"")
    })
}

fn color(text: &str) -> anyhow::Result<u32> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    let color = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    color.with_context(|| format!("{text:?} is no colour; write it as \"#3366cc\""))
}

/// `90s`, `30m`, `2h` or `7d`.
pub(crate) fn duration(text: &str) -> anyhow::Result<Duration> {
    let split = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let seconds = match unit.trim() {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => 0,
    };
    let number: u64 = number.parse().unwrap_or(0);
    ensure!(seconds > 0 && number > 0, "{text:?} is no duration; write it as \"30m\", \"2h\" or \"7d\"");
    Ok(Duration::from_secs(number.saturating_mul(seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_samples_describe_servers() {
        for (text, channels) in [(HARBOUR, 4), (STUDIO, 10)] {
            let sim = Sim::builder().strict(false).start().await;
            let guild = World::parse(text).unwrap().build(&sim).unwrap();
            assert!(guild.channels().len() >= channels, "{}", guild.name());
            assert!(guild.members().len() > 6, "{}", guild.name());
            assert!(guild.owner().base_permissions() & perm::MANAGE_GUILD != 0);
        }
    }

    #[tokio::test]
    async fn line_ends_of_windows_do_not_get_into_messages() {
        let text = "name = \"A\"\nowner = \"olga\"\n[[people]]\nname = \"olga\"\n[[channels]]\nname = \"a\"\n\
                    messages = [{ from = \"olga\", text = \"\"\"\nTwo\nlines\"\"\" }]\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let sim = Sim::builder().strict(false).start().await;
            let guild = World::parse(&text).unwrap().build(&sim).unwrap();
            assert_eq!(guild.channels()[0].messages()[0].text(), "Two\nlines", "{text:?}");
        }
    }

    #[tokio::test]
    async fn a_description_with_a_slip_says_what_is_wrong() {
        let person = "\n[[people]]\nname = \"olga\"\n";
        let cases = [
            ("colour = 1", "unknown field"),
            ("bot_permissions = [\"Fly\"]", "no permission \"Fly\""),
            ("[[roles]]\nname = \"A\"\n[[roles]]\nname = \"A\"", "named \"A\""),
            ("[[roles]]\nname = \"A\"\ncolor = \"red\"", "no colour"),
            ("[[channels]]\nname = \"a\"\ncategory = \"B\"", "no category \"B\""),
            ("[[channels]]\nname = \"a\"\nallow.Ghosts = [\"View Channel\"]", "nobody to give"),
            ("[[channels]]\nname = \"a\"\nmessages = [{ from = \"ghost\", text = \"Boo\" }]", "from \"ghost\""),
        ];
        for (line, expected) in cases {
            let text = format!("name = \"Home\"\nowner = \"olga\"\n{line}{person}");
            let sim = Sim::builder().strict(false).start().await;
            let error = World::parse(&text).and_then(|world| world.build(&sim)).map(|_| ()).unwrap_err();
            assert!(format!("{error:#}").contains(expected), "{line}: {error:#}");
        }
        let nobody = "name = \"Home\"\nowner = \"olga\"\npeople = []";
        assert!(World::parse(nobody).is_err());
    }

    #[test]
    fn durations_and_permissions_are_read_as_people_write_them() {
        assert_eq!(duration("2h").unwrap(), Duration::from_hours(2));
        assert!(duration("2 weeks").is_err() && duration("h").is_err() && duration("").is_err());
        for (name, expected) in [
            ("Manage Threads", perm::MANAGE_THREADS),
            ("manage server", perm::MANAGE_GUILD),
            ("Mention @everyone, @here, and All Roles", perm::MENTION_EVERYONE),
            ("View Channels", perm::VIEW_CHANNEL),
        ] {
            assert_eq!(bit(name).unwrap(), expected, "{name}");
        }
    }
}
