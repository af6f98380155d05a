//! Servers in which something has happened already. People act as on the page: through the simulator, with the real bot.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use discord_sim::permissions as perm;
use discord_sim::{Actor, Channel, ChannelKind, Guild, Message, Reply, Role, Sim, State, Target, Thread};

/// How long the bot may take for one step of a scene, in real time.
const MAX_WAIT: Duration = Duration::from_mins(1);

/// What has happened already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Scene {
    /// The bot was invited, and that is all
    #[default]
    Empty,
    /// One inbox with its panel
    Inbox,
    /// Three kinds of tickets on one panel, with forms and answers to frequent questions
    Kinds,
    /// A busy afternoon: 60 tickets, open, claimed, closed and dormant, with cards for the staff
    Busy,
}

/// Plays the scene.
///
/// `advance` moves the time of Discord and of the bot.
pub async fn play(
    scene: Scene,
    sim: &Sim,
    guild: &Guild,
    advance: impl Fn(Duration) -> anyhow::Result<()> + Send + Sync,
) -> anyhow::Result<()> {
    let director = Director { sim, guild, admin: guild.owner(), channel: channel_for_tickets(guild), advance };
    // An afternoon in a few seconds: the bot would have to wait for Discord's limits, which last in real time.
    sim.announce_rate_limits(false);
    let played = director.play(scene).await;
    sim.announce_rate_limits(true);
    played
}

const HELP: &str = "## Need help?\nOpen a ticket, and we will talk in private. The team answers within a few hours.";
const KINDS: &str =
    "## How can we help?\nAnything about the café, the boats or your membership. Only the team reads it.";

/// The configuration of the scenes, as `/inbox import` reads it.
const KINDS_FILE: &str = include_str!("../scenes/kinds.toml");
const BUSY_FILE: &str = include_str!("../scenes/busy.toml");

const TOPICS: [&str; 12] = [
    "I lost my key to the boathouse.",
    "Can I bring my dog on Sunday?",
    "My order from yesterday never arrived.",
    "How do I change the name on my membership?",
    "Somebody keeps sending me advertisements.",
    "Is the workshop on Friday full?",
    "I was charged twice, could you look into it?",
    "The door code does not work any more.",
    "I would like to help at the summer party.",
    "Where do I find the tide tables?",
    "My account shows the wrong birthday.",
    "May I rent the small boat for two days?",
];
const ANSWERS: [&str; 4] = [
    "Thank you for writing! I am looking into it.",
    "Found it. You should have it by tonight.",
    "Yes, that works. See you then!",
    "Could you tell me the date, please?",
];

struct Director<'a, A> {
    advance: A,
    sim: &'a Sim,
    guild: &'a Guild,
    admin: Actor,
    channel: anyhow::Result<Channel>,
}

impl<A: Fn(Duration) -> anyhow::Result<()> + Send + Sync> Director<'_, A> {
    async fn play(&self, scene: Scene) -> anyhow::Result<()> {
        match scene {
            Scene::Empty => Ok(()),
            Scene::Inbox => self.inbox(HELP).await.map(|_| ()),
            Scene::Kinds => self.kinds().await,
            Scene::Busy => self.busy().await,
        }
    }

    fn channel(&self) -> anyhow::Result<&Channel> {
        self.channel.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    /// As in the README: write what the inbox shows, run the command, select the message.
    async fn inbox(&self, text: &str) -> anyhow::Result<Message> {
        let channel = self.channel()?;
        let draft = self.admin.try_write(channel, text)?;
        let command = self.admin.slash("inbox create").at(channel).typed("channel", &channel.id().to_string());
        self.answered(&command.try_begin()?).await?;
        let panels = || channel.messages().into_iter().filter(is_panel).collect::<Vec<_>>();
        let before = panels().len();
        let commands = self.admin.commands_at(channel, 3);
        let select = commands.into_iter().find_map(|command| command["name"].as_str().map(str::to_owned));
        let reply = self.admin.try_begin_menu(&select.context("the bot has no command on messages")?, &draft)?;
        // An answer may come before the message does.
        self.until("the inbox", || panels().len() > before).await.with_context(|| reply.text())?;
        self.answered(&reply).await?;
        let panel = panels().pop().context("no inbox was made")?;
        // What the text was copied from is not needed any more.
        self.admin.try_delete_message(&draft)?;
        Ok(panel)
    }

    async fn kinds(&self) -> anyhow::Result<()> {
        let panel = self.inbox(KINDS).await?;
        self.configure(KINDS_FILE).await?;
        let shows_all = || panel.buttons().len() == 3;
        self.until("the panel with three kinds", shows_all).await
    }

    /// As in the README: give the bot a file, and use the button below the answer.
    async fn configure(&self, template: &str) -> anyhow::Result<()> {
        let file = self.fill(template)?;
        let command = self.admin.slash("inbox import").at(self.channel()?);
        let reply = command.attachment("file", "scene.toml", file, "application/toml").try_begin()?;
        self.answered(&reply).await?;
        let button = reply.buttons().into_iter().find_map(|button| button.custom_id);
        let button = button.with_context(|| {
            format!("the file of the scene was refused: {} {:?}", reply.text(), reply.message().embeds())
        })?;
        let done = self.admin.try_begin_click(&reply, &button)?;
        self.answered(&done).await
    }

    /// The file for this server. A line about the staff's channel goes where there is none.
    fn fill(&self, template: &str) -> anyhow::Result<String> {
        let channel = self.channel()?;
        let roles = self.guild.roles();
        let is_staff = |role: &&Role| channel.overwrite(Target::role(role)).0 & perm::MANAGE_THREADS != 0;
        let staff: Vec<String> =
            roles.iter().filter(is_staff).map(|role| format!("\"@{} ({})\"", role.name(), role.id())).collect();
        let desk = self.channel_for_staff().map(|desk| desk.id().to_string());
        let lines = template.lines().filter(|line| desk.is_some() || !line.contains("{desk}"));
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        Ok(text
            .replace("{server}", &self.guild.id().to_string())
            .replace("{channel}", &channel.id().to_string())
            .replace("{staff}", &staff.join(", "))
            .replace("{desk}", &desk.unwrap_or_default()))
    }

    /// A channel that members do not see and in which the bot can post.
    fn channel_for_staff(&self) -> Option<Channel> {
        let is_closed = |channel: &Channel| channel.overwrite(Target::everyone()).1 & perm::VIEW_CHANNEL != 0;
        let is_open_to_bot = |channel: &Channel| channel.overwrite(Target::bot()).0 & perm::VIEW_CHANNEL != 0;
        let mut channels = self.guild.channels().into_iter().filter(|channel| channel.kind() == ChannelKind::Text);
        channels.find(|channel| is_closed(channel) && is_open_to_bot(channel))
    }

    async fn busy(&self) -> anyhow::Result<()> {
        let panel = self.inbox(HELP).await?;
        self.configure(BUSY_FILE).await?;
        let channel = self.channel()?;
        let staff: Vec<Actor> = self.guild.members().into_iter().filter(|one| self.is_staff(one, channel)).collect();
        for number in 0..60_usize {
            let member = self.guild.member(&format!("member{:02}", number + 1)).nick(&name(number)).create();
            let before = channel.threads().len();
            let reply = member.try_begin_click(&panel, &button_of(&panel)?)?;
            let own = || channel.threads().into_iter().nth(before).filter(|thread| thread.has_member(&member));
            let is_ready = || own().is_some_and(|thread| !thread.messages().is_empty());
            self.until("a ticket", is_ready).await.with_context(|| reply.text())?;
            let thread = own().context("no ticket was opened")?;
            self.talk(number, &member, staff.get(number % staff.len().max(1)), &thread).await?;
            (self.advance)(Duration::from_mins(3))?;
        }
        Ok(())
    }

    async fn talk(&self, number: usize, member: &Actor, staff: Option<&Actor>, thread: &Thread) -> anyhow::Result<()> {
        member.try_write(thread, TOPICS[number % TOPICS.len()])?;
        let Some(staff) = staff else { return Ok(()) };
        if number % 3 != 2 {
            staff.try_write(thread, ANSWERS[number % ANSWERS.len()])?;
        }
        if number % 3 == 1 {
            self.answered(&staff.slash("ticket claim").at(thread).try_begin()?).await?;
        }
        match number % 5 {
            // Closed by staff, closed by its owner, dormant, and open.
            0 => staff.try_archive(thread)?,
            1 => member.try_leave(thread)?,
            2 if number.is_multiple_of(2) => self.sim.thread_timer_archives(thread),
            _ => {}
        }
        Ok(())
    }

    fn is_staff(&self, one: &Actor, channel: &Channel) -> bool {
        !one.is_bot() && one.id() != self.admin.id() && one.permissions_in(channel) & perm::MANAGE_THREADS != 0
    }

    /// Waits until the bot has answered.
    async fn answered(&self, reply: &Reply) -> anyhow::Result<()> {
        self.until(&reply.label(), || !matches!(reply.state(), State::Waiting | State::Thinking)).await?;
        if reply.state() == State::Failed {
            bail!("{}: the bot did not answer", reply.label());
        }
        Ok(())
    }

    async fn until(&self, what: &str, mut condition: impl FnMut() -> bool) -> anyhow::Result<()> {
        let mut changes = self.sim.changes();
        let waiting = async {
            while !condition() {
                // A deadline that passes is no change.
                let _ = tokio::time::timeout(Duration::from_millis(100), changes.changed()).await;
            }
        };
        tokio::time::timeout(MAX_WAIT, waiting).await.with_context(|| format!("the bot takes too long: {what}"))
    }
}

/// The channel in which scenes have their inbox: the one that staff have been given Manage Threads in.
pub(crate) fn channel_for_tickets(guild: &Guild) -> anyhow::Result<Channel> {
    let has_staff = |channel: &Channel| {
        let roles = guild.roles();
        let given = |role: &Role| channel.overwrite(Target::role(role)).0 & perm::MANAGE_THREADS != 0;
        channel.kind() == ChannelKind::Text && roles.iter().any(given)
    };
    let channels = guild.channels();
    let found = channels.iter().find(|channel| has_staff(channel));
    let found = found.or_else(|| channels.iter().find(|channel| channel.kind() == ChannelKind::Text));
    found.cloned().context("the server has no text channel")
}

/// The private answers that are there, in channels and threads.
pub(crate) fn private_answers(guild: &Guild) -> Vec<u64> {
    let in_channels = guild.channels().into_iter().flat_map(|channel| channel.messages());
    let in_threads = guild.threads().into_iter().flat_map(|thread| thread.messages());
    in_channels.chain(in_threads).filter(Message::is_private).map(|message| message.id()).collect()
}

fn is_panel(message: &Message) -> bool {
    !message.is_private() && !message.buttons().is_empty()
}

fn button_of(panel: &Message) -> anyhow::Result<String> {
    let button = panel.buttons().into_iter().find_map(|button| button.custom_id);
    button.context("the inbox has no button")
}

fn name(number: usize) -> String {
    const FIRST: [&str; 20] = [
        "Ada", "Ben", "Cleo", "Dan", "Ella", "Finn", "Gia", "Hugo", "Iris", "Jan", "Kim", "Lea", "Max", "Nora", "Ole",
        "Pam", "Quin", "Rosa", "Sam", "Tess",
    ];
    const LAST: [&str; 3] = ["Brook", "Hill", "Reed"];
    format!("{} {}", FIRST[number % FIRST.len()], LAST[number / FIRST.len() % LAST.len()])
}
