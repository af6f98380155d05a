//! The simulator, the bot and the page's own state, put together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use discord_sim::{Actor, FaultHandle, Guild, Sim, Snapshot};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::bot::Bot;
use crate::options::Options;
use crate::program;
use crate::rehearsal;
use crate::scenes::{self, Scene};
use crate::world::{HARBOUR, World};

/// How long the bot may take to connect, in real time.
const CONNECTS_WITHIN: Duration = Duration::from_mins(1);

/// A running playground.
pub struct Playground {
    pub sim: Sim,
    pub bot: Bot,
    pub guild: Guild,
    page: Mutex<Page>,
    redraws: watch::Sender<u64>,
    folder: Folder,
}

/// What belongs to the page and not to Discord.
#[derive(Default)]
pub(crate) struct Page {
    /// Everybody who was ever there, in the order of the switch.
    pub(crate) people: Vec<u64>,
    /// Private answers that somebody dismissed, by the message's id, and failures by the interaction's.
    pub(crate) dismissed: BTreeSet<u64>,
    /// The newest message that somebody has seen in a place.
    pub(crate) read: BTreeMap<(u64, u64), u64>,
    /// Forms that were sent or closed, by the interaction that opened them.
    pub(crate) closed_forms: BTreeSet<u64>,
    pub(crate) troubles: Troubles,
    /// The interaction of the last `/inbox check` from the operator's panel.
    pub(crate) check: Option<u64>,
}

/// Discord's troubles that are switched on.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches, each on its own")]
pub(crate) struct Troubles {
    pub(crate) slow_ms: u64,
    pub(crate) errors: Option<FaultHandle>,
    pub(crate) limits: bool,
    pub(crate) refuses: bool,
    pub(crate) members_refused: bool,
    pub(crate) content_granted: bool,
}

enum Folder {
    /// Removed at the end.
    Passing(#[expect(dead_code, reason = "removes the folder when it is dropped")] TempDir),
    Kept(PathBuf),
}

impl Playground {
    /// Starts the simulator and the bot, and plays the scene.
    pub async fn start(options: &Options) -> anyhow::Result<Arc<Self>> {
        let program = program::find(options.bot.as_deref())?;
        let (folder, home) = match &options.keep {
            Some(folder) => (Folder::Kept(folder.clone()), folder.clone()),
            None => {
                let folder = TempDir::with_prefix("ticketbot-playground-").context("a temporary folder")?;
                let home = folder.path().join("home");
                (Folder::Passing(folder), home)
            }
        };
        let world = world_file(&home);
        let kept = world.exists().then(|| read_world(&world)).transpose()?;
        let is_new = kept.is_none();
        let mut builder = Sim::builder().strict(false).bot_name("ticketbot");
        if let Some(ms) = options.starts_at {
            builder = builder.starts_at(ms);
        }
        if let Some(kept) = kept {
            builder = builder.continue_from(kept);
        }
        let sim = builder.start().await;
        let guild = match sim.guilds().into_iter().next() {
            Some(guild) => guild,
            None => describe(options)?.build(&sim)?,
        };
        let bot = Bot::prepare(&program, &home, sim.base_url(), sim.token())?;
        bot.set_clock_ahead(sim.clock().ahead_ms())?;
        bot.start()?;
        wait_until_connected(&sim, &bot).await?;
        let page = Page { people: people_of(&guild, &home), ..Page::default() };
        let playground =
            Arc::new(Self { sim, bot, guild, page: Mutex::new(page), redraws: watch::Sender::new(0), folder });
        if let Some(file) = options.import.as_deref().filter(|_| is_new) {
            rehearsal::apply(&playground.guild, file).await.context("The configuration could not be applied")?;
        }
        if is_new && options.scene != Scene::Empty {
            scenes::play(options.scene, &playground.sim, &playground.guild, |by| playground.advance(by))
                .await
                .context("The scene could not be played")?;
            playground.bot.set_clock_ahead(playground.sim.clock().ahead_ms())?;
        }
        // Private answers end with the client that showed them: those of the scene, and those of before a restart.
        playground.page().dismissed.extend(scenes::private_answers(&playground.guild));
        Ok(playground)
    }

    /// Stops the bot and keeps what is to be kept.
    pub async fn end(&self) -> anyhow::Result<()> {
        self.bot.end().await?;
        let Folder::Kept(folder) = &self.folder else { return Ok(()) };
        let file = world_file(folder);
        let new = file.with_extension("new");
        fs::write(&new, self.sim.snapshot())
            .and_then(|()| fs::rename(&new, &file))
            .context("The world could not be kept")?;
        let people = serde_json::to_string(&self.people_ids())?;
        fs::write(people_file(folder), people).context("The people could not be kept")
    }

    /// What is there after the end, as the end of a sentence.
    pub fn what_stays(&self) -> String {
        match &self.folder {
            Folder::Passing(_) => " and leaves nothing behind".to_owned(),
            Folder::Kept(folder) => format!("; the world is kept in {}", folder.display()),
        }
    }

    /// Everybody whom one can be, also those who left.
    pub fn people(&self) -> Vec<Actor> {
        self.people_ids().into_iter().filter_map(|id| self.guild.actor(id)).collect()
    }

    /// Somebody by their username.
    pub fn person(&self, name: &str) -> Option<Actor> {
        self.people().into_iter().find(|person| person.name() == name)
    }

    /// Moves the time of Discord and of the bot, and runs Discord's timers.
    pub fn advance(&self, by: Duration) -> anyhow::Result<()> {
        self.sim.advance(by);
        self.bot.set_clock_ahead(self.sim.clock().ahead_ms())?;
        self.sim.run_thread_timers();
        Ok(())
    }

    /// Something changed that the simulator does not know: pages are drawn again.
    pub(crate) fn redraw(&self) {
        self.redraws.send_modify(|count| *count += 1);
    }

    /// Tells of that.
    pub(crate) fn redraws(&self) -> watch::Receiver<u64> {
        self.redraws.subscribe()
    }

    pub(crate) fn page(&self) -> MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn people_ids(&self) -> Vec<u64> {
        let mut page = self.page();
        let bot = self.sim.bot_id();
        for member in self.guild.members() {
            if member.id() != bot && !member.is_bot() && !page.people.contains(&member.id()) {
                page.people.push(member.id());
            }
        }
        page.people.clone()
    }
}

fn world_file(home: &Path) -> PathBuf {
    home.join("world.json")
}

fn people_file(home: &Path) -> PathBuf {
    home.join("people.json")
}

fn people_of(guild: &Guild, home: &Path) -> Vec<u64> {
    let kept = fs::read_to_string(people_file(home)).ok();
    let kept: Option<Vec<u64>> = kept.and_then(|text| serde_json::from_str(&text).ok());
    kept.unwrap_or_else(|| vec![guild.owner().id()])
}

fn read_world(file: &Path) -> anyhow::Result<Snapshot> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let snapshot = Snapshot::read(&text);
    snapshot
        .with_context(|| format!("{} cannot be continued. Choose another folder, or remove the file", file.display()))
}

fn describe(options: &Options) -> anyhow::Result<World> {
    let mut world = match (&options.import, &options.world) {
        (Some(file), _) => rehearsal::world_of(file)?,
        (None, Some(file)) => World::read(file)?,
        (None, None) => World::parse(HARBOUR)?,
    };
    if let Some(locale) = &options.locale {
        world.language.clone_from(locale);
    }
    Ok(world)
}

/// Waits until the bot has registered its commands and listens.
async fn wait_until_connected(sim: &Sim, bot: &Bot) -> anyhow::Result<()> {
    let (mut changes, mut of_bot) = (sim.changes(), bot.changes());
    let waiting = async {
        while sim.commands().is_empty() && sim.guilds().iter().all(|guild| guild.commands().is_empty())
            || sim.gateway().connected() == 0
        {
            if !bot.is_running() {
                anyhow::bail!("The bot did not start:\n{}", bot.log(20).join("\n"));
            }
            tokio::select! {
                _ = changes.changed() => {}
                _ = of_bot.changed() => {}
            }
        }
        Ok(())
    };
    let waited = tokio::time::timeout(CONNECTS_WITHIN, waiting).await;
    waited.with_context(|| format!("The bot does not connect:\n{}", bot.log(20).join("\n")))?
}
