//! `ticketbot import`: a move from another bot, one folder for each.
//!
//! | step | where |
//! |---|---|
//! | its files are found and read, from a copy | `theticketbot`, `discord_tickets`, with `copy` |
//! | each row judged | `domain::import`, `domain::discord_tickets` |
//! | report, question, and writing to ours in one transaction | here, for each [`Source`] |
//!
//! A dry run runs on a copy of our database, so it reports exactly what a real one would do.

mod copy;
mod discord_tickets;
mod theticketbot;

use std::path::Path;

use copy::Copy;
pub use discord_tickets::ImportMsg;

use crate::cli::Import;
use crate::config::{Environment, Loaded, Settings};
use crate::database;
use crate::failure::Failure;
use crate::storage::{self, Database};

pub(super) async fn run(command: &Import, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    match command {
        Import::Theticketbot(command) => theticketbot::run(command, loaded, environment).await,
        Import::DiscordTickets(command) => discord_tickets::run(command, loaded, environment).await,
    }
}

/// Whether the report describes a plan or a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Planned,
    Done,
}

impl Stage {
    /// As in "2 to take over".
    const fn words(self) -> &'static str {
        match self {
            Self::Planned => "to take over",
            Self::Done => "taken over",
        }
    }
}

/// What was read from another bot.
trait Source {
    type Outcome;

    /// Writes it, in one transaction.
    async fn insert(&self, db: &Database) -> storage::Result<Self::Outcome>;

    fn report(&self, stage: Stage, outcome: &Self::Outcome) -> String;

    /// What to do after the move.
    fn next(&self, outcome: &Self::Outcome) -> String;
}

/// A move with its source read.
struct Move<'a> {
    settings: &'a Settings,
    dry_run: bool,
    yes: bool,
}

impl Move<'_> {
    async fn go<S: Source>(&self, source: &S) -> Result<(), Failure> {
        if !self.yes {
            crate::show(&source.report(Stage::Planned, &self.count_without_saving(source).await?))?;
            if self.dry_run {
                return crate::show("\nNothing was changed.\n");
            }
            if !self.is_agreed()? {
                return crate::show("Nothing was changed.\n");
            }
        }
        let outcome = import_into(self.settings, source).await?;
        if self.yes {
            crate::show(&source.report(Stage::Done, &outcome))?;
        }
        let ours = self.settings.database.path.display();
        crate::show(&format!("\nTaken over into {ours}.\n\n{}", source.next(&outcome)))
    }

    /// The outcome of the move, computed on a copy of our database.
    async fn count_without_saving<S: Source>(&self, source: &S) -> Result<S::Outcome, Failure> {
        let ours = &self.settings.database.path;
        database::examine(self.settings).await?;
        let copy = if ours.exists() { Copy::of(ours)? } else { Copy::none()? };
        let mut settings = self.settings.clone();
        settings.database.path = copy.path();
        // A copy needs no backup.
        settings.backup.directory = None;
        import_into(&settings, source).await
    }

    fn is_agreed(&self) -> Result<bool, Failure> {
        let question = format!("\nTake this over into {}? [y/N]", self.settings.database.path.display());
        let next = "Add --yes to take over what the report says, or --dry-run to read the report alone.";
        let answer = super::ask(&question, "Nothing was taken over", next)?;
        Ok(["y", "yes"].contains(&answer.as_str()))
    }
}

async fn import_into<S: Source>(settings: &Settings, source: &S) -> Result<S::Outcome, Failure> {
    let db = database::open(settings).await?;
    let outcome = source.insert(&db).await;
    db.close().await;
    outcome.map_err(|error| {
        Failure::runtime(format!("Nothing was taken over into {}", settings.database.path.display()))
            .cause(error)
            .help("The database is as it was before. Check that its disk has space and that it may be written to.")
    })
}

/// Refuses to import ticketbot's own database.
fn refuse_own(found: &Path, settings: &Settings) -> Result<(), Failure> {
    let is_ours =
        found.canonicalize().is_ok_and(|found| settings.database.path.canonicalize().is_ok_and(|ours| ours == found));
    if is_ours {
        return Err(Failure::config(format!(
            "{} is the database that ticketbot itself is configured to use",
            found.display()
        ))
        .help("Set ticketbot's `db.path` to a file of its own, or remove it from the configuration."));
    }
    Ok(())
}
