//! `ticketbot import discord-tickets`.

mod report;

use std::path::{Path, PathBuf};

use super::copy::Copy;
use super::{Move, Source, Stage, refuse_own};
use crate::cli::DiscordTickets;
use crate::config::{Environment, Loaded};
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::discord_tickets::{Outcome, Plan, plan};
use crate::failure::Failure;
use crate::i18n::{self, Locale, messages};
use crate::storage::discord_tickets::{self, ReadError};
use crate::storage::{self, Database, Location, OpenError, import_inboxes};

messages! {
    ImportMsg;

    /// The question of an inbox that asked for a topic.
    Topic = "import-topic";
}

pub(super) async fn run(command: &DiscordTickets, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let settings = loaded.settings;
    let database = environment.working_directory.join(&command.path);
    if !database.is_file() {
        return Err(Failure::config(format!("There is no database of discord-tickets at {}", database.display())).help(
            "Name its SQLite file: user/database.db in its folder, unless its DB_CONNECTION_URL names another. With MySQL \
             or PostgreSQL, restore a dump into SQLite first, with its own scripts db.dump and db.restore.",
        ));
    }
    refuse_own(&database, &settings)?;
    let copy = Copy::of(&database)?;
    let location = Location { path: copy.path(), pragmas: Vec::new(), key: None };
    let found = discord_tickets::read(&location).await.map_err(|error| explain(&database, &error))?;
    let topic = |locale: &str| i18n::render(&Locale::from_discord(locale), &ImportMsg::Topic);
    let read = Read { database, plan: plan(&found, topic) };
    Move { settings: &settings, dry_run: command.dry_run, yes: command.yes }.go(&read).await
}

/// What was read from it.
struct Read {
    database: PathBuf,
    plan: Plan,
}

impl Source for Read {
    type Outcome = Outcome;

    async fn insert(&self, db: &Database) -> storage::Result<Outcome> {
        import_inboxes::insert(db, &self.plan, SystemClock::start().now()).await
    }

    fn report(&self, stage: Stage, outcome: &Outcome) -> String {
        report::servers(stage, &self.database, &self.plan, outcome)
    }

    fn next(&self, outcome: &Outcome) -> String {
        report::next(outcome)
    }
}

fn explain(path: &Path, error: &ReadError) -> Failure {
    let next = match error {
        ReadError::Open(OpenError::Encrypted) => "Decrypt it first, with the tool that encrypted it.",
        ReadError::Open(OpenError::Connect(_) | OpenError::Damaged(_)) | ReadError::Broken(_) => {
            "Start discord-tickets with it once, stop it again, and try again; or restore a backup of it."
        }
        ReadError::Open(_) => "Check the path.",
        ReadError::Foreign => "Check the path: this is another program's database.",
        ReadError::Older => "Only settings of version 4 can be taken over: set up the inboxes with /inbox create.",
        ReadError::Newer(_) => "Update ticketbot, or use a database from before discord-tickets' update.",
        ReadError::Incomplete(_) => "Update discord-tickets to its newest version 4, start it once, and try again.",
    };
    Failure::runtime(format!("The database {} cannot be taken over", path.display())).cause(error).help(next)
}
