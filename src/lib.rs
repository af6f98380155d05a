//! ticketbot: a Discord ticket bot that keeps tickets in native private threads.
//!
//! # Layers, from the bottom up
//!
//! Imports point downward only; `tests/layering.rs` enforces it.
//!
//! | # | layer | responsibility |
//! |---|---|---|
//! | 0 | [`domain`] | types and pure rules: no I/O, no async, no clock |
//! | 1 | [`i18n`], [`error`] | locales and typed messages (each room's are in its `msg.rs`); the errors of handlers |
//! | 2 | [`storage`] | all SQL, one function per query |
//! | 3 | [`app`] | state shared by handlers: database, clock, limits |
//! | 4 | [`discord`] | adapters to Discord, with serenity's types; they decide nothing |
//! | 4 | `work` | carries out persistent steps of any kind |
//! | 4 | [`router`] | routes components and forms, and checks who may use them |
//! | 5 | `journal` | the log: lines in a channel about what happens to tickets |
//! | 5 | `export` | a ticket's messages as a file, for who asked or for the log |
//! | 5 | `tickets`, `inboxes`, `privacy` | the rooms: tickets with their cards, their inboxes, personal data |
//! | 5 | `server_config` | the configuration of a server as a file: written, read, compared, applied |
//! | 5 | `checkup` | checks what inboxes depend on, for admins and the operator |
//! | 5 | `commands`, `events` | slash commands; components, forms and gateway events |
//! | 6 | [`bot`], `database`, `backups`, [`run`] | assembly, start and stop; opening and backing up the database |
//! | 6 | `operator` | the operator's subcommands, one file each |
//! | – | [`cli`], [`config`], [`failure`], [`first_run`], [`telemetry`] | the operator's interface |
//! | – | [`exit`], `clock_file`, `hardening`, `progress`, `signals`, `terminal`, `unlock` | the process and its machine |
//!
//! # Six walks
//!
//! Every event enters the same way: `bot::gateway` receives it, [`discord::event`] parses it, [`discord::intake`] queues
//! it per guild, and a worker of `events` passes it to `events::handle`. Interactions skip the queue and get a task each.
//!
//! Opening a ticket:
//!
//! 1. `interactions::on_interaction` finds the route; `Route::follow` checks its audience and calls `tickets::open`.
//!    A command and the menus of members ask first who reaches the inbox (`tickets::ways`).
//! 2. `reserve::reserve` stores place, number, row and step in one transaction, if `admit` and `admission::check` allow.
//! 3. `Opening::make_thread` creates the thread, named by `TicketName::render`.
//! 4. `Opening::fill` adds owner and staff with the starter message; `machine::finish` stores the ticket as open.
//! 5. `InteractionResponder::answer_after` links the thread: three requests in the common case.
//! 6. `open::take_back` undoes a duplicate; after a crash, the step `steps::open` finishes or undoes the opening.
//!
//! The owner leaves:
//!
//! 1. `close::on_members_update` (thread) or `close::on_member_left` (guild) finds the tickets.
//! 2. `machine::apply` saves what `lifecycle::decide` returns together with its step: close, or ask Discord if in doubt.
//! 3. In doubt, the step `steps::look` calls `look::ask`; `machine::finish` applies the events, which may close it.
//! 4. `worker::spawn` carries out the step `steps::close`: notice, then a request that archives and, where allowed, locks.
//! 5. `machine::finish` saves the thread's flags and deletes the step; `work::postpone` retries a failed one.
//!
//! Staff close a ticket, with the button and a reason:
//!
//! 1. `closing::on_button` finds ticket, person and rights with `desk::Desk`, and shows the form; `closing::on_form` reads it.
//! 2. `closing::close_with` applies `Event::Closed` with `machine::apply_in`: state, sealed reason and step are one commit.
//! 3. `InteractionResponder::answer` answers first: an answer in an archived thread would fail.
//! 4. `steps::close` posts the notice, takes the buttons of the first message away, archives, and locks where allowed.
//!
//! Staff close a ticket by hand, by archiving its thread:
//!
//! 1. `close::on_thread_update` calls `close::on_sight`, which finds the ticket and stores a changed parent.
//! 2. `machine::sighting` builds the event; `archiving::archived_by` tells a person from Discord's timer.
//! 3. `machine::apply` calls `lifecycle::decide`: a person closes the ticket, the timer makes it dormant.
//! 4. `worker::spawn` carries out `steps::close` as above: posting the notice un-archives the thread, so it is archived again.
//!
//! A setting is changed (a switch, menu or form on a page of `/inbox settings`):
//!
//! 1. `interactions::on_interaction` finds the route; `Route::follow` opens the seal and calls `settings::on_choose`.
//! 2. `Book::open` reads the settings; `channels::check_destination` refuses a channel that cannot have tickets.
//! 3. `book::edit`: `settings::change` and `inbox_settings::write` in one transaction, if nobody was quicker.
//! 4. `advice::check` finds what the bot lacks for it and who could read more by it.
//! 5. `page::group` draws the page again, in place.
//!
//! The bot starts after a crash:
//!
//! 1. `Bot::prepare` opens the database (`database::open_for_bot`), locks its shards, logs in, registers commands.
//! 2. `Bot::run` starts `events::start_workers` and `upkeep::start`; `Worker::run` calls `steps::take_over`.
//! 3. `work::carry_out_lane` runs each due lane; a step that was begun before first checks what it did.
//! 4. `Gateway::run` identifies; `guild::on_ready` and `guild::on_present` process READY and the arriving guilds.
//! 5. `catch_up::on_arrival` compares each guild's threads with the database and queues the rest for `catch_up::run`.

pub mod app;
mod backups;
pub mod bot;
mod checkup;
pub mod cli;
mod clock_file;
mod commands;
pub mod config;
mod database;
pub mod discord;
pub mod domain;
pub mod error;
mod events;
pub mod exit;
mod export;
pub mod failure;
pub mod first_run;
mod hardening;
pub mod i18n;
mod inboxes;
mod journal;
mod operator;
mod privacy;
mod progress;
pub mod router;
mod server_config;
mod signals;
pub mod storage;
pub mod telemetry;
mod terminal;
mod tickets;
mod unlock;
mod work;

use std::io::{ErrorKind, Write as _};
use std::sync::Arc;

use crate::bot::Bot;
use crate::cli::Cli;
use crate::config::Environment;
use crate::domain::clock::Clock;
use crate::domain::command_sync::SyncMode;
use crate::failure::Failure;
use crate::first_run::{Ready, Undone, Written};

/// Runs the command line, from reading the configuration to shutdown.
///
/// # Errors
///
/// A [`Failure`], worded for the operator.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    config::keep_files_private();
    hardening::leave_no_core_dumps();
    let environment = Environment::from_process()?;
    let loaded = config::load(&environment, cli.config_file.as_deref())?;
    if cli.dump_config {
        return show(&loaded.dump());
    }
    if let Some(command) = &cli.command {
        return operator::run(command, loaded, &environment);
    }
    let mut ready = first_run::settle(loaded, &environment)?;
    hardening::refuse_other_owner_of_file(&ready.settings.database.path)?;
    unlock::unlock(&mut ready.settings, unlock::Ask::Known)?;
    let _guard = telemetry::init(&ready.settings.log, cli.verbose)?;
    let exposed = hardening::find_exposed(&ready.settings);
    for warning in ready.warnings.iter().chain(&exposed) {
        tracing::warn!("{warning}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::runtime("The program could not be set up").cause(error))?;
    let clock = clock_file::choose(environment.clock_file, &ready.settings.discord)?;
    let outcome = runtime.block_on(serve(ready, clock, cli.sync_mode()));
    // The grace period is over: remaining tasks must not delay the exit.
    runtime.shutdown_background();
    outcome
}

/// A sample of every message of every room, for tests that render them all.
#[doc(hidden)]
pub fn messages() -> Vec<i18n::Msg> {
    use crate::checkup::CheckMsg;
    use crate::commands::OwnerMsg;
    use crate::export::ExportMsg;
    use crate::i18n::CommonMsg;
    use crate::inboxes::{EntryMsg, FirstMsg, InboxMsg, RepliesMsg, SettingText, SettingsMsg};
    use crate::journal::LogMsg;
    use crate::operator::ImportMsg;
    use crate::privacy::PrivacyMsg;
    use crate::server_config::{ConfigMsg, ConfigProblem};
    use crate::tickets::{BlockMsg, CardMsg, FormMsg, ListMsg, OpenMsg, PeopleMsg, ReplyMsg, TicketMsg, WaysMsg};

    let settings = SettingsMsg::samples().chain(SettingText::samples());
    let rooms = TicketMsg::samples().chain(InboxMsg::samples()).chain(CheckMsg::samples());
    rooms
        .chain(settings)
        .chain(PeopleMsg::samples())
        .chain(WaysMsg::samples())
        .chain(FormMsg::samples())
        .chain(EntryMsg::samples())
        .chain(FirstMsg::samples())
        .chain(CardMsg::samples())
        .chain(BlockMsg::samples())
        .chain(ListMsg::samples())
        .chain(OpenMsg::samples())
        .chain(ReplyMsg::samples())
        .chain(RepliesMsg::samples())
        .chain(PrivacyMsg::samples())
        .chain(OwnerMsg::samples())
        .chain(CommonMsg::samples())
        .chain(LogMsg::samples())
        .chain(ExportMsg::samples())
        .chain(ConfigMsg::samples())
        .chain(ConfigProblem::samples())
        .chain(ImportMsg::samples())
        .collect()
}

/// The names of all kinds of steps, for tests that carry each of them out.
#[doc(hidden)]
pub fn step_kinds() -> impl Iterator<Item = &'static str> {
    tickets::steps::KINDS.iter().map(|kind| kind.name())
}

/// The document with all settings, for the test that compares it with `docs/settings.md` and the example that writes it.
#[doc(hidden)]
pub fn settings_document() -> String {
    server_config::document()
}

/// Prints to standard output. A closed pipe (`head`) is no failure.
fn show(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::runtime("Standard output cannot be written").cause(error))
        }
        _ => Ok(()),
    }
}

async fn serve(ready: Ready, clock: Arc<dyn Clock>, sync: SyncMode) -> Result<(), Failure> {
    let Ready { settings, token, written, .. } = ready;
    let stop = signals::listen().map_err(|error| Failure::runtime("Signals could not be set up").cause(error))?;
    let prepared = tokio::select! {
        prepared = Bot::prepare(&settings, &token, clock, sync) => prepared,
        () = stop.cancelled() => return Ok(()),
    };
    let bot = match (prepared, written) {
        (Ok(bot), _) => bot,
        (Err(failure), Some(written)) if failure.is_config() => return Err(take_back(written, failure)),
        (Err(failure), Some(written)) => {
            let kept = written.path().display();
            return Err(failure.also(format_args!("The token is kept in {kept}.")));
        }
        (Err(failure), None) => return Err(failure),
    };
    if sync == SyncMode::Force {
        bot.close().await;
        return Ok(());
    }
    tracing::info!("logged in; to invite the bot to a server, open {}", bot.invite_link());
    bot.run(stop).await
}

/// Undoes the first run after Discord refused its token, so that the next start asks again.
fn take_back(written: Written, failure: Failure) -> Failure {
    let path = written.path().display().to_string();
    match written.undo() {
        Ok(Undone::Removed) => failure.help(format!(
            "{path} was removed again. Copy the token from the Bot page of your application, or reset it there, then \
             start again."
        )),
        Ok(Undone::LeftAlone) | Err(_) => failure,
    }
}
