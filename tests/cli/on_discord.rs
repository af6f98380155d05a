//! Homes whose bot uses a simulated Discord, and the parts of a guild that these tests need.

use discord_sim::permissions::MANAGE_GUILD;
use discord_sim::{Actor, Channel, Guild, Message, Sim};

use crate::running::Running;
use crate::support::Home;

/// A configured home: the token and Discord's address. Everything else has its default.
pub(crate) fn home_on(sim: &Sim) -> Home {
    home_with(sim, "")
}

/// The same, with more lines in the configuration.
pub(crate) fn home_with(sim: &Sim, more: &str) -> Home {
    Home::with_config(&format!("bot.token = {:?}\ndiscord.api_base = {:?}\n{more}\n", sim.token(), sim.base_url()))
}

/// Starts the program and waits until it listens.
pub(crate) async fn start(sim: &Sim, home: &Home, arguments: &[&str]) -> Running {
    let running = Running::start(home, arguments);
    sim.wait_ready().await;
    running
}

/// How often commands were registered.
pub(crate) fn registrations(sim: &Sim) -> usize {
    sim.requests().iter().filter(|request| request.is("PUT", "/applications/{id}/commands")).count()
}

/// A guild with an admin and a channel. Their names are unique, so that a log can be searched for them.
pub(crate) struct Town {
    pub(crate) guild: Guild,
    pub(crate) admin: Actor,
    pub(crate) member: Actor,
    pub(crate) channel: Channel,
}

impl Town {
    pub(crate) const NAMES: [&str; 6] =
        ["Kleinkleckersdorf", "Plauderecke", "obrigkeit", "Amtfrau", "hildegunde", "Gundel"];
    pub(crate) const TEXT: &str = "Wo drückt der Schuh?";

    /// Before the bot starts, so that it finds the guild then.
    pub(crate) fn build(sim: &Sim) -> Self {
        let [guild, channel, admin, admins, member, nick] = Self::NAMES;
        let guild = sim.guild(guild).create();
        let admins = guild.role(admins).permissions(MANAGE_GUILD).create();
        let admin = guild.member(admin).role(&admins).create();
        let member = guild.member(member).nick(nick).create();
        let channel = guild.text_channel(channel).create();
        Self { guild, admin, member, channel }
    }

    /// The inbox message that `/inbox create` and *Select this message* create.
    pub(crate) async fn create_inbox(&self) -> Message {
        let prompt = self.admin.slash("inbox create").channel("channel", &self.channel).send().await;
        assert!(prompt.text().contains("Select this message"), "{}", prompt.text());
        let text = self.admin.post(&self.channel, Self::TEXT);
        let done = self.admin.menu("Select this message", &text).await;
        assert!(done.text().contains("Your inbox is ready"), "{}", done.text());
        let messages = self.channel.messages();
        messages.into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no inbox was posted")
    }
}
