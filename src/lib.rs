//! ticketbot: a Discord ticket bot that keeps tickets in native private threads.
//!
//! # Layers, from the ground up
//!
//! Imports point downward only; `tests/layering.rs` keeps it so.
//!
//! | # | layer | what lives there |
//! |---|---|---|
//! | 0 | [`domain`] | types and pure rules: no I/O, no async, no call to a clock |
//! | 1 | [`i18n`], [`error`] | every sentence a person can read in Discord, typed; what work can end with |
//! | 2 | [`storage`] | all SQL, one function per question |
//! | 3 | [`app`] | what handlers share: database, clock, limits |
//! | 4 | [`discord`] | adapters to Discord, with serenity's types: they decide nothing |
//! | 4 | `work` | carries out stored steps, whatever they are for |
//! | 4 | [`router`] | who may use a button, a menu or a form, and what it leads to |
//! | 5 | `tickets`, `inboxes`, `privacy` | the life of a ticket; what admins do with inboxes; what people ask about themselves |
//! | 5 | `checkup` | looks at what inboxes depend on, for admins and for the operator |
//! | 5 | `commands`, `events` | the doors: slash commands, clicks, forms, and what the gateway reports |
//! | 6 | [`bot`], `database`, `backups`, [`run`] | assembly, start, stop; the database as the operator has it |
//! | – | [`cli`], [`config`], [`failure`], [`first_run`], [`telemetry`] | the operator's side |
//! | – | [`exit`], `exposure`, `hardening`, `ownership`, `progress`, `terminal`, `unlock` | the operator's machine: owners, modes, core dumps, keys |
//! | 6 | `operator` | what an operator does besides running the bot, one file a subcommand |
//!
//! # The walk of one click on *Create Ticket*
//!
//! 1. [`discord::interaction`] reads it, `router` finds the route and who may use it, and `tickets::click` makes a typed
//!    click of it. Behind that there is no `Option<guild>` left.
//! 2. `tickets::reserve`: one transaction loads the facts, [`domain::admission`] decides, and on success the member's
//!    place, the number, a row in state `opening` and the step that opens it are stored together. A refusal ends here with
//!    one answer.
//! 3. `tickets::open` makes the private thread, named by [`domain::ticket_name`].
//! 4. The row learns its thread; the starter message brings in owner and staff; the row becomes `open`.
//! 5. The member's answer links the thread. Everything outgoing names its allowed mentions.
//! 6. A failure after 2 is undone at once. After a crash `work::Worker` takes over the step, and `tickets::steps::open`
//!    finishes the ticket or takes it back.
//!
//! Three requests, one after another, in the common case: thread, starter message, answer.
//!
//! # The walk of one event
//!
//! `bot::gateway` reads it, `discord::event` reads of it what is used, and `discord::intake` queues it behind the other
//! events of its guild. A worker (`events::workers`) takes it out; `events::handle` looks at what is stored and saves what
//! follows. Clicks do not wait there.
//!
//! # The walk of an owner who leaves, and of a start after a crash
//!
//! 1. `tickets::close::on_members_update` finds the ticket; `tickets::machine::hear` lets [`domain::lifecycle`] decide, and
//!    saves the new state with the step `close` in one transaction.
//! 2. `work::spawn` carries the step out at once: `tickets::steps::close` posts the notice, archives and locks the thread.
//! 3. `tickets::machine::answer` saves how the thread is now, and the step goes in the same transaction.
//! 4. Where Discord did not answer, `work` tries again after a wait; after a crash, `work::Worker` takes over what is left, and
//!    the step looks first what was done already.

pub mod app;
mod backups;
pub mod bot;
mod checkup;
pub mod cli;
mod commands;
pub mod config;
mod database;
pub mod discord;
pub mod domain;
pub mod error;
mod events;
pub mod exit;
mod exposure;
pub mod failure;
pub mod first_run;
mod hardening;
pub mod i18n;
mod inboxes;
mod operator;
mod ownership;
mod privacy;
mod progress;
pub mod router;
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
use crate::domain::clock::SystemClock;
use crate::domain::command_sync::SyncMode;
use crate::failure::Failure;
use crate::first_run::{Ready, Undone, Written};

/// What the command line asks for, from reading the configuration to the last word to Discord.
///
/// # Errors
///
/// A [`Failure`], to be shown to the operator as it is.
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
    ownership::refuse_other_owner_of_file(&ready.settings.database.path)?;
    unlock::unlock(&mut ready.settings, unlock::Ask::Known)?;
    let _guard = telemetry::init(&ready.settings.log, cli.verbose)?;
    let exposed = exposure::look(&ready.settings);
    for warning in ready.warnings.iter().chain(&exposed) {
        tracing::warn!("{warning}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::runtime("The program could not be set up").because(error))?;
    let outcome = runtime.block_on(serve(ready, cli.sync_mode()));
    // What still runs has had its time: nothing may keep the process from ending.
    runtime.shutdown_background();
    outcome
}

/// A sample of every sentence of every room, for the tests that render them all.
#[doc(hidden)]
pub fn messages() -> Vec<i18n::Msg> {
    use crate::checkup::CheckMsg;
    use crate::commands::OwnerMsg;
    use crate::i18n::CommonMsg;
    use crate::inboxes::InboxMsg;
    use crate::privacy::PrivacyMsg;
    use crate::tickets::TicketMsg;

    let rooms = TicketMsg::samples().chain(InboxMsg::samples()).chain(CheckMsg::samples());
    rooms.chain(PrivacyMsg::samples()).chain(OwnerMsg::samples()).chain(CommonMsg::samples()).collect()
}

/// Prints to standard output. A reader who has seen enough, such as `head`, is no failure.
fn show(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::runtime("Standard output cannot be written").because(error))
        }
        _ => Ok(()),
    }
}

async fn serve(ready: Ready, sync: SyncMode) -> Result<(), Failure> {
    let Ready { settings, token, written, .. } = ready;
    let stop = signals::listen().map_err(|error| Failure::runtime("Signals could not be set up").because(error))?;
    let prepared = tokio::select! {
        prepared = Bot::prepare(&settings, &token, Arc::new(SystemClock::start()), sync) => prepared,
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

/// Discord refused what the first run has just written down: the next start shall ask again.
fn take_back(written: Written, failure: Failure) -> Failure {
    let path = written.path().display().to_string();
    match written.undo() {
        Ok(Undone::Removed) => failure.next(format!(
            "{path} was removed again. Copy the token from the Bot page of your application, or reset it there, then \
             start again."
        )),
        Ok(Undone::LeftAlone) | Err(_) => failure,
    }
}
