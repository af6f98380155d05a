//! `ticketbot config`: the configuration of a server as a file. Works beside a running bot, and without Discord.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::cli::Config;
use crate::config::{Environment, Loaded, Settings};
use crate::database;
use crate::domain::clock::{Clock as _, SystemClock, Timestamp};
use crate::domain::ids::GuildId;
use crate::domain::server_config::ServerConfig;
use crate::failure::Failure;
use crate::i18n::{self, Locale};
use crate::server_config::{
    self, Bounds, Comparison, ConfigMsg, Counts, Directory, Export, MAX_SIZE, Problem, Read, Style, Target,
};
use crate::storage::{self, Database, guilds, server_config as stored, template_files};

/// The language of a server that is not stored yet, until the next start gets it from Discord.
const LOCALE: &str = Locale::DEFAULT;

/// How a command ended that could be carried out.
enum Outcome {
    Done,
    /// The file would change something.
    Differs,
    /// The answer was no.
    Declined,
}

pub(super) async fn run(command: &Config, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let settings = &loaded.settings;
    let outcome = match command {
        Config::Export { guild, file } => {
            let file = file.as_ref().map(|file| environment.working_directory.join(file));
            export(settings, *guild, file.as_deref()).await
        }
        Config::Diff { guild, file } => match Job::read(settings, *guild, file.as_ref(), environment) {
            Ok(job) => job.diff().await,
            Err(failure) => Err(failure),
        },
        Config::Apply { guild, file, yes, replace } => match Job::read(settings, *guild, file.as_ref(), environment) {
            Ok(job) => job.apply(Consent { yes: *yes, replace: *replace }).await,
            Err(failure) => Err(failure),
        },
    };
    // 1 is an answer here: see `cli::Config`.
    match outcome.map_err(Failure::permanent)? {
        Outcome::Done => Ok(()),
        Outcome::Differs => Err(Failure::runtime("The file would change something")),
        Outcome::Declined => Err(Failure::runtime(UNCHANGED)),
    }
}

const UNCHANGED: &str = "Nothing was changed";

/// What need not be asked.
#[derive(Clone, Copy)]
struct Consent {
    yes: bool,
    /// Something new may take the place of something that is deleted.
    replace: bool,
}

async fn export(settings: &Settings, guild: GuildId, to: Option<&Path>) -> Result<Outcome, Failure> {
    let db = database::open_for_questions(settings).await?;
    let config = stored::find(&db, guild, SystemClock::start().now()).await.map_err(|error| broken(&error))?;
    let locale = language_of(&db, guild).await?;
    db.close().await;
    let config = config.ok_or_else(|| {
        Failure::config(format!("Nothing is stored about the server {guild}"))
            .help("Check the id, and `db.path` (ticketbot --dump-config shows what it is).")
    })?;
    let text = Export { guild, locale: &locale, config: &config, directory: &Directory::default() }.write();
    match to {
        None => super::print(&text)?,
        Some(path) => fs::write(path, text)
            .map_err(|error| Failure::config(format!("The file {} cannot be written", path.display())).cause(error))?,
    }
    Ok(Outcome::Done)
}

/// In which the default texts of a server are.
async fn language_of(db: &Database, guild: GuildId) -> Result<Locale, Failure> {
    let stored = guilds::find_locale(db, guild).await.map_err(|error| broken(&error))?;
    Ok(stored.as_deref().map(Locale::from_discord).unwrap_or_default())
}

/// A file that is compared with the configuration of a server.
struct Job<'a> {
    settings: &'a Settings,
    guild: GuildId,
    /// Its name in messages.
    name: String,
    bytes: Vec<u8>,
    /// Blocks that end later count.
    at: Timestamp,
}

impl<'a> Job<'a> {
    fn read(
        settings: &'a Settings,
        guild: GuildId,
        file: Option<&PathBuf>,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        let (name, read) = match file {
            Some(file) => (file.display().to_string(), read_file(&environment.working_directory.join(file))),
            None => ("standard input".to_owned(), read_all(io::stdin())),
        };
        let bytes = read.map_err(|error| Failure::config(format!("{name} cannot be read")).cause(error))?;
        Ok(Self { settings, guild, name, bytes, at: SystemClock::start().now() })
    }

    async fn diff(&self) -> Result<Outcome, Failure> {
        let db = database::open_for_questions(self.settings).await?;
        let current = self.current(&db).await;
        let outcome = match current {
            Ok(current) => self.compare(&db, &current).await,
            Err(failure) => Err(failure),
        };
        db.close().await;
        let (_, comparison) = outcome?;
        show(&comparison)?;
        Ok(if comparison.is_empty() { Outcome::Done } else { Outcome::Differs })
    }

    async fn apply(&self, consent: Consent) -> Result<Outcome, Failure> {
        // Checks that there is a database of this version, before anything could be changed.
        database::open_for_questions(self.settings).await?.close().await;
        let db = database::open(self.settings).await?;
        let outcome = self.apply_in(&db, consent).await;
        db.close().await;
        outcome
    }

    async fn apply_in(&self, db: &Database, consent: Consent) -> Result<Outcome, Failure> {
        let current = self.current(db).await?;
        let (read, comparison) = self.compare(db, &current).await?;
        show(&comparison)?;
        if comparison.is_empty() {
            return Ok(Outcome::Done);
        }
        if consent.yes && !consent.replace && current.is_replaced_in(&read.config) {
            return Err(Failure::config(UNCHANGED)
                .cause("the file makes something new and deletes something of its kind")
                .help(
                    "An inbox without a number and a panel with a name are new each time that the file is applied. If they \
                     are there already, write their numbers into the file; otherwise give --replace.",
                ));
        }
        let asked = || super::ask("Apply this? Type yes:", UNCHANGED, "Give --yes to apply without being asked.");
        if !consent.yes && asked()? != "yes" {
            return Ok(Outcome::Declined);
        }
        let mut tx = db.begin_write().await.map_err(|error| broken(&error))?;
        let now = stored::load(&mut tx, self.guild, self.at).await.map_err(|error| broken(&error))?.unwrap_or_default();
        if now != current {
            return Err(Failure::config(format!("{UNCHANGED}, because the configuration has changed meanwhile"))
                .help("Apply the file again to read what it changes now."));
        }
        let target = Target { guild: self.guild, locale: LOCALE, by: None, at: self.at };
        let applied = server_config::apply(&mut tx, target, &current, &read.config).await;
        let applied = applied.map_err(|error| Failure::runtime("The file could not be applied").cause(error))?;
        tx.commit().await.map_err(|error| broken(&error))?;
        let inboxes = read.config.inboxes.iter().zip(&applied.inboxes).zip(&read.lines);
        let new = inboxes.filter(|((inbox, _), _)| inbox.id.is_none()).map(|((_, number), line)| {
            format!("The inbox in line {line} has the number {number}: write it into the file.\n")
        });
        let panels = applied.panels.iter().map(|(panel, number)| {
            let line = read.panel_lines.get(panel).copied().unwrap_or(0);
            format!("The panel in line {line} has the number {number}: write it into the file in place of its name.\n")
        });
        let text: String = std::iter::once("Applied.\n".to_owned()).chain(panels).chain(new).collect();
        super::print(&text)?;
        Ok(Outcome::Done)
    }

    /// A server without anything stored has the defaults.
    async fn current(&self, db: &Database) -> Result<ServerConfig, Failure> {
        Ok(stored::find(db, self.guild, self.at).await.map_err(|error| broken(&error))?.unwrap_or_default())
    }

    async fn compare(&self, db: &Database, current: &ServerConfig) -> Result<(Read, Comparison), Failure> {
        let directory = Directory::default();
        let records_days = self.settings.retention.closed_tickets_days;
        let files = template_files::list_used(db, self.guild).await.map_err(|error| broken(&error))?;
        let bounds =
            Bounds { guild: self.guild, current, directory: &directory, records_days, files: &files, now: self.at };
        let read = server_config::read(&self.bytes, bounds).map_err(|problems| self.refuse(&problems))?;
        let counts = Counts::read(db, current, &read.config).await.map_err(|error| broken(&error))?;
        let locale = language_of(db, self.guild).await?;
        let comparison = server_config::compare(current, &read, &directory, &locale, &counts);
        Ok((read, comparison))
    }

    fn refuse(&self, problems: &[Problem]) -> Failure {
        let reader = Locale::default();
        let all = problems.iter().map(|problem| {
            let text = problem.render(&reader).replace("**", "");
            Failure::config(format!("{}: {text}", self.name))
        });
        Failure::all(all).unwrap_or_else(|| Failure::config(format!("{} cannot be applied", self.name)))
    }
}

fn show(comparison: &Comparison) -> Result<(), Failure> {
    let reader = Locale::default();
    if comparison.is_empty() {
        return super::print(&(i18n::render(&reader, &ConfigMsg::NothingChanges) + "\n"));
    }
    super::print(&comparison.render(&reader, Style::Plain))
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    read_all(fs::File::open(path)?)
}

/// A little more than a file may have: what is too large is said when it is checked.
fn read_all(from: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_SIZE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn broken(error: &storage::Error) -> Failure {
    Failure::runtime("The database could not be used").cause(error).help("Check that its disk has space.")
}
