//! The usual setting: a guild, an admin, moderators, a channel, an inbox.

use discord_sim::permissions::{MANAGE_GUILD, MANAGE_THREADS};
use discord_sim::{Actor, Channel, Guild, Message, Reply, Role, Sim, Thread};

/// The button's label in English.
pub const CREATE_TICKET: &str = "Create Ticket";

/// The name of the context menu entry.
pub const SELECT: &str = "Select this message";

/// That of the entry on a member that blocks them.
pub const BLOCK: &str = "Block from tickets…";

/// The name of the one on a member.
pub const OPEN_FOR: &str = "Open a ticket for…";

/// The name of the one on a message for everybody.
pub const OPEN_ABOUT: &str = "Open a ticket about this";

/// The entries of context menus.
pub const MENUS: [&str; 4] = [SELECT, OPEN_FOR, OPEN_ABOUT, BLOCK];

/// A guild with an admin, a moderator role, and a channel in which moderators have Manage Threads.
pub struct Town {
    pub guild: Guild,
    pub admin: Actor,
    pub moderators: Role,
    pub help: Channel,
}

impl Town {
    pub fn build(sim: &Sim) -> Self {
        Self::build_in(sim, "en-US")
    }

    pub fn build_in(sim: &Sim, locale: &str) -> Self {
        Self::in_guild(sim.guild("Town").locale(locale).create())
    }

    /// A town that belongs to this shard of so many.
    pub fn build_on(sim: &Sim, shard: u64, total: u64) -> Self {
        Self::in_guild(sim.guild("Town").on_shard(shard, total).create())
    }

    fn in_guild(guild: Guild) -> Self {
        let managers = guild.role("Managers").permissions(MANAGE_GUILD | MANAGE_THREADS).create();
        let admin = guild.member("olga").role(&managers).create();
        let moderators = guild.role("Moderators").mentionable(true).create();
        let help = guild.text_channel("help").allow_role(&moderators, MANAGE_THREADS).create();
        Self { guild, admin, moderators, help }
    }

    /// A moderator of this town.
    pub fn moderator(&self, name: &str) -> Actor {
        self.guild.member(name).role(&self.moderators).create()
    }

    /// A member without any role.
    pub fn member(&self, name: &str) -> Actor {
        self.guild.member(name).create()
    }

    /// Grants the bot Manage Threads in the guild.
    pub fn let_bot_moderate(&self) {
        self.guild.bot_role_permissions(discord_sim::permissions::BOT_DEFAULT | MANAGE_THREADS);
    }

    /// Runs `/inbox create`, posts a message and selects it; returns the inbox message.
    pub async fn create_inbox(&self) -> Message {
        self.create_inbox_with(None).await
    }

    /// The same, with tickets going to another channel.
    pub async fn create_inbox_to(&self, destination: &Channel) -> Message {
        self.create_inbox_with(Some(destination)).await
    }

    async fn create_inbox_with(&self, destination: Option<&Channel>) -> Message {
        let reply = self.run_create(&self.help, destination).await;
        assert!(reply.text().contains(SELECT), "unexpected prompt: {}", reply.text());
        let text = self.admin.post(&self.help, "Do you need help?");
        let done = self.admin.menu(SELECT, &text).await;
        assert!(done.text().contains("Your inbox is ready"), "unexpected answer: {}", done.text());
        self.inbox_message()
    }

    /// `/inbox create`, up to the answer.
    pub async fn run_create(&self, channel: &Channel, destination: Option<&Channel>) -> Reply {
        let mut command = self.admin.slash("inbox create").channel("channel", channel);
        if let Some(destination) = destination {
            command = command.channel("destination", destination);
        }
        command.send().await
    }

    /// The newest panel.
    pub fn inbox_message(&self) -> Message {
        let mut messages = self.help.messages().into_iter().rev();
        let is_panel = |message: &Message| !message.is_private() && !message.buttons().is_empty();
        messages.find(is_panel).expect("no inbox was posted")
    }

    /// A click that must create a ticket; returns its thread.
    pub async fn open_ticket(&self, member: &Actor, inbox: &Message) -> Thread {
        let reply = member.click(inbox, CREATE_TICKET).await;
        let thread = self.newest_thread();
        assert!(reply.links_to(&thread), "unexpected answer: {}", reply.text());
        thread
    }

    /// The newest thread anywhere.
    pub fn newest_thread(&self) -> Thread {
        self.guild.threads().pop().expect("no thread was made")
    }
}
