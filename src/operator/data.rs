//! `ticketbot data`: exports and deletes what is stored about a person. Works beside a running bot.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::Data;
use crate::config::{Environment, Loaded, Settings};
use crate::database;
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::ids::UserId;
use crate::domain::lifecycle::State;
use crate::domain::personal::Held;
use crate::failure::Failure;
use crate::storage::personal::{self, Deleted};
use crate::storage::{self, Database};

/// How long a running bot or another reader may delay the emptying of the write-ahead log.
const TRUNCATE_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn run(command: &Data, loaded: Loaded, _: &Environment) -> Result<(), Failure> {
    let settings = loaded.settings;
    // Changes nothing, and checks that there is a database of this version.
    let to_read = database::open_for_questions(&settings).await?;
    let (db, outcome) = match command {
        Data::Export(export) => {
            let outcome = print_held(&to_read, export.user, &settings).await;
            (to_read, outcome)
        }
        Data::Delete(delete) => {
            to_read.close().await;
            let db = database::open(&settings).await?;
            let outcome = delete_held(&db, delete.user, delete.yes).await;
            (db, outcome)
        }
    };
    db.close().await;
    outcome
}

async fn print_held(db: &Database, user: UserId, settings: &Settings) -> Result<(), Failure> {
    let held = personal::find(db, user, u32::MAX).await.map_err(|error| broken(&error))?;
    let mut json = held.to_json(user, SystemClock::start().now());
    json["log_files"] = about_logs(settings);
    let text = serde_json::to_string_pretty(&json)
        .map_err(|error| Failure::runtime("The export could not be written").cause(error))?;
    crate::show(&format!("{text}\n"))
}

/// Logs name nobody, but their thread and ticket ids lead to a person while these records exist.
fn about_logs(settings: &Settings) -> Value {
    json!({
        "directory": settings.log.directory.as_ref().map(|path| path.display().to_string()),
        "kept_for_days": settings.log.retention_days,
        "hold": "no ids of people, names or texts; ids of servers, threads, tickets and interactions",
    })
}

async fn delete_held(db: &Database, user: UserId, yes: bool) -> Result<(), Failure> {
    let held = personal::find(db, user, u32::MAX).await.map_err(|error| broken(&error))?;
    if held.is_empty() {
        return crate::show(&format!("Nothing is held about {user}.\n"));
    }
    if !yes && !is_confirmed(&held, user)? {
        return Err(Failure::runtime("Nothing was deleted"));
    }
    let now = SystemClock::start().now();
    let deleted = personal::delete(db, user, now - LONGEST_COOLDOWN, now).await.map_err(|error| broken(&error))?;
    // Both fail while another connection is reading; the report explains it.
    let is_rewritten = personal::rewrite(db).await.is_ok();
    let log_is_empty = personal::empty_log(db, TRUNCATE_TIMEOUT).await.map_err(|error| broken(&error))?;
    crate::show(&report(&deleted, is_rewritten, log_is_empty))
}

fn is_confirmed(held: &Held, user: UserId) -> Result<bool, Failure> {
    let open = held.tickets.iter().filter(|ticket| ticket.state != State::Closed).count();
    let question = format!(
        "About {user} are held: {} ({open} not closed), {} in the staff of inboxes, {} to select, {} of others that \
         they claimed, opened or closed.\nThreads and messages stay \
         on Discord. Backups and logs are not touched.\nDelete this? Type yes:",
        counted(held.tickets.len() as u64, "ticket", "tickets"),
        counted(held.staff.len() as u64, "entry", "entries"),
        counted(held.pending.len() as u64, "message", "messages"),
        counted(held.handled.len() as u64, "ticket", "tickets"),
    );
    let answer = super::ask(&question, "Nothing was deleted", "Give --yes to delete without being asked.")?;
    Ok(answer == "yes")
}

fn report(deleted: &Deleted, is_rewritten: bool, log_is_empty: bool) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "Deleted: {}, {} in the staff of inboxes, {} to select.",
        counted(deleted.tickets, "ticket", "tickets"),
        counted(deleted.staff, "entry", "entries"),
        counted(deleted.pending, "message", "messages"),
    );
    if deleted.handled > 0 {
        let _ = writeln!(
            text,
            "Erased from {} of others, which they claimed, opened or closed; claims have ended.",
            counted(deleted.handled, "ticket", "tickets")
        );
    }
    if deleted.tickets_left > 0 {
        let _ = writeln!(
            text,
            "Kept for now: {}, not closed or less than six hours old. Limits and waiting times are counted by such records. They are \
             marked, and the running bot deletes each as soon as it is closed and six hours old.",
            counted(deleted.tickets_left, "ticket", "tickets")
        );
    }
    if !is_rewritten {
        text.push_str(
            "The file could not be rewritten, because it is in use or its disk is full: copies of deleted rows may be left in \
             its unused parts until the next such command.\n",
        );
    }
    if !log_is_empty {
        text.push_str(
            "The write-ahead log beside the database could not be emptied because it is in use. The running bot does so \
             within minutes, and its next start does.\n",
        );
    }
    text.push_str("Not touched: backups and copies of the database, log files, and what is on Discord.\n");
    text
}

fn counted(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

fn broken(error: &storage::Error) -> Failure {
    Failure::runtime("The database could not be used").cause(error).help("Check that its disk has space.")
}
