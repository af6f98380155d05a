//! `ticketbot import theticketbot`.
//!
//! | step | where |
//! |---|---|
//! | its files are found and read | `source`, with `places` |
//! | its configuration, key by key | `their_config` |
//! | report | `report` |

mod places;
mod report;
mod source;
mod their_config;

use std::path::PathBuf;

use their_config::TheirConfig;

use super::{Move, Source, Stage};
use crate::cli::Theticketbot;
use crate::config::{Environment, Loaded, Settings};
use crate::domain::import::{Found, Outcome, Plan, plan};
use crate::failure::Failure;
use crate::storage::{self, Database, import};

pub(super) async fn run(command: &Theticketbot, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let settings = loaded.settings;
    let config = source::configuration(command, environment, settings.source.read.as_deref())?;
    let database = source::database(command, environment, &settings, config.as_ref())?;
    let found = source::read(command, environment, &database, config.as_ref()).await?;
    let plan = plan(&found);
    let read = Read { settings: &settings, config, database, found, plan };
    Move { settings: &settings, dry_run: command.dry_run, yes: command.yes }.go(&read).await
}

/// What was read from it.
struct Read<'a> {
    settings: &'a Settings,
    config: Option<TheirConfig>,
    database: PathBuf,
    found: Found,
    plan: Plan,
}

impl Source for Read<'_> {
    type Outcome = Outcome;

    async fn insert(&self, db: &Database) -> storage::Result<Outcome> {
        import::insert(db, &self.plan).await
    }

    fn report(&self, stage: Stage, outcome: &Outcome) -> String {
        let servers = report::servers(stage, &self.database, &self.found, &self.plan, outcome);
        let source = &self.settings.source;
        let ours = source.read.as_deref().unwrap_or(&source.new_file);
        format!("{servers}\n{}", report::configuration(self.config.as_ref(), ours))
    }

    fn next(&self, outcome: &Outcome) -> String {
        report::next(outcome)
    }
}
