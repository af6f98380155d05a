//! `ticketbot import`: a move from theticketbot.
//!
//! | step | where |
//! |---|---|
//! | its files are found and read | `source`, with `places`, `copy` |
//! | its configuration, key by key | `their_config` |
//! | each row judged | `domain::import` |
//! | written to ours, in one transaction | `storage::import` |
//! | report | `report` |
//!
//! A dry run runs on a copy of our database, so it reports exactly what a real one would do.

mod copy;
mod places;
mod report;
mod source;
mod their_config;

use std::path::{Path, PathBuf};

use copy::Copy;
use report::Stage;
use their_config::TheirConfig;

use crate::cli::{Import, Theticketbot};
use crate::config::{Environment, Loaded, Settings};
use crate::database;
use crate::domain::import::{Found, Outcome, Plan, plan};
use crate::failure::Failure;
use crate::storage::import;

pub(super) async fn run(command: &Import, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let Import::Theticketbot(command) = command;
    let settings = loaded.settings;
    let config = source::configuration(command, environment, settings.source.read.as_deref())?;
    let database = source::database(command, environment, &settings, config.as_ref())?;
    let found = source::read(command, environment, &database, config.as_ref()).await?;
    let plan = plan(&found);
    Move { command, settings, config, database, found, plan }.go().await
}

/// A move with its source read.
struct Move<'a> {
    command: &'a Theticketbot,
    settings: Settings,
    config: Option<TheirConfig>,
    /// theticketbot's database.
    database: PathBuf,
    found: Found,
    plan: Plan,
}

impl Move<'_> {
    async fn go(&self) -> Result<(), Failure> {
        if !self.command.yes {
            self.show(Stage::Planned, &self.count_without_saving().await?)?;
            if self.command.dry_run {
                return crate::show("\nNothing was changed.\n");
            }
            if !self.is_agreed()? {
                return crate::show("Nothing was changed.\n");
            }
        }
        let outcome = self.import_into(&self.settings).await?;
        if self.command.yes {
            self.show(Stage::Done, &outcome)?;
        }
        let done =
            format!("\nTaken over into {}.\n\n{}", self.settings.database.path.display(), report::next(&outcome));
        crate::show(&done)
    }

    /// The outcome of the move, computed on a copy of our database.
    async fn count_without_saving(&self) -> Result<Outcome, Failure> {
        let ours = &self.settings.database.path;
        database::examine(&self.settings).await?;
        let copy = if ours.exists() { Copy::of(ours)? } else { Copy::none()? };
        let mut settings = self.settings.clone();
        settings.database.path = copy.path();
        // A copy needs no backup.
        settings.backup.directory = None;
        self.import_into(&settings).await
    }

    async fn import_into(&self, settings: &Settings) -> Result<Outcome, Failure> {
        let db = database::open(settings).await?;
        let outcome = import::insert(&db, &self.plan).await;
        db.close().await;
        outcome.map_err(|error| {
            Failure::runtime(format!("Nothing was taken over into {}", settings.database.path.display()))
                .cause(error)
                .help("The database is as it was before. Check that its disk has space and that it may be written to.")
        })
    }

    fn show(&self, stage: Stage, outcome: &Outcome) -> Result<(), Failure> {
        let servers = report::servers(stage, &self.database, &self.found, &self.plan, outcome);
        let configuration = report::configuration(self.config.as_ref(), self.our_config());
        crate::show(&format!("{servers}\n{configuration}"))
    }

    fn our_config(&self) -> &Path {
        let source = &self.settings.source;
        source.read.as_deref().unwrap_or(&source.new_file)
    }

    fn is_agreed(&self) -> Result<bool, Failure> {
        let question = format!("\nTake this over into {}? [y/N]", self.settings.database.path.display());
        let next = "Add --yes to take over what the report says, or --dry-run to read the report alone.";
        let answer = super::ask(&question, "Nothing was taken over", next)?;
        Ok(["y", "yes"].contains(&answer.as_str()))
    }
}
