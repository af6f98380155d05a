//! Puts right what an accident left half-done: tickets that were reserved, but neither opened nor released.
//!
//! A row that is `opening` and belongs to no running click is a left-over of a crash, of an answer that never came, or of
//! a failed clean-up. Its thread is finished when somebody wrote in it and taken away when it is empty. Only what Discord
//! says counts: when it can't be asked, the row stays for the next pass.

use std::collections::HashMap;

use super::found::{self, Plan, Search};
use super::open::undo;
use crate::app::{App, Identity};
use crate::discord::rest::Rest;
use crate::discord::threads::{self, MadeThread, Sighting};
use crate::discord::{Fault, Refusal};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, ThreadId, UserId};
use crate::error::Result;
use crate::i18n::Locale;
use crate::storage::guilds;
use crate::storage::reservations::{self, Unfinished};
use anyhow::Context as _;

/// One pass over the openings that were begun before `before`. Costs one request per guild that has any whose thread is
/// unknown, and up to three per thread found.
pub async fn finish_openings(app: &App, rest: &Rest, before: Timestamp) -> Result<()> {
    let Some(Identity { bot, .. }) = app.identity() else { return Ok(()) };
    let unfinished = reservations::unfinished(&app.db, before).await.context("list unfinished tickets")?;
    let mut made = Made { app, rest, bot, by_guild: HashMap::new() };
    for row in unfinished.into_iter().filter(|row| !app.in_flight.contains(row.ticket)) {
        match made.find(&row).await? {
            Ok(found) => settle(app, rest, &row, found).await?,
            Err(fault) => tracing::warn!(ticket.id = %row.ticket, %fault, "could not look for a ticket's thread yet"),
        }
    }
    Ok(())
}

/// What the bot has made, asked for once per guild and pass.
struct Made<'a> {
    app: &'a App,
    rest: &'a Rest,
    bot: UserId,
    by_guild: HashMap<GuildId, Vec<MadeThread>>,
}

/// What became of a row's thread.
enum Found {
    There(Sighting),
    /// There surely is none.
    Nowhere,
    /// The next pass will know more.
    Unclear,
}

impl Made<'_> {
    async fn find(&mut self, row: &Unfinished) -> Result<std::result::Result<Found, Fault>> {
        if let Some(thread) = row.thread {
            let looked = threads::look(self.rest, thread).await;
            return Ok(looked.map(|sighting| sighting.map_or(Found::Nowhere, Found::There)));
        }
        let made = match self.in_guild(row.guild).await {
            Ok(made) => made,
            Err(fault) => return Ok(Err(fault)),
        };
        let plan =
            Plan { ticket: row.ticket, parent: row.parent, name_digest: &row.name_digest, since: row.reserved_at };
        let claimed = found::claim(self.app, plan, &made).await.context("look for a ticket's thread")?;
        Ok(Ok(match claimed {
            Search::Claimed(thread) => {
                // It may be deleted next, and its row with it: nobody else's in this pass.
                self.by_guild.entry(row.guild).or_default().retain(|other| other.id != thread.id);
                Found::There(thread.sighting)
            }
            Search::Nowhere => Found::Nowhere,
            Search::Unclear => Found::Unclear,
        }))
    }

    async fn in_guild(&mut self, guild: GuildId) -> std::result::Result<Vec<MadeThread>, Fault> {
        if let Some(known) = self.by_guild.get(&guild) {
            return Ok(known.clone());
        }
        let made = match threads::list_made(self.rest, guild, self.bot).await {
            // The guild is gone for us, and its threads with it.
            Err(fault) if matches!(fault.refusal(), Some(Refusal::Unknown | Refusal::MissingAccess)) => Vec::new(),
            answered => answered?,
        };
        self.by_guild.insert(guild, made.clone());
        Ok(made)
    }
}

async fn settle(app: &App, rest: &Rest, row: &Unfinished, found: Found) -> Result<()> {
    match found {
        Found::Unclear => {}
        Found::Nowhere => {
            reservations::release(&app.db, row.ticket).await.context("release a reservation")?;
            tracing::info!(ticket.id = %row.ticket, "released a ticket that was never made");
        }
        Found::There(seen) if seen.is_empty() => {
            let locale = guilds::find_locale(&app.db, row.guild).await.context("find the guild's language")?;
            let locale = locale.as_deref().map(Locale::from_discord).unwrap_or_default();
            undo(app, rest, &locale, row.ticket, seen.thread).await;
            tracing::info!(ticket.id = %row.ticket, thread.id = %seen.thread, "took back a ticket that was never finished");
        }
        Found::There(seen) => finish(app, rest, row, seen.thread).await?,
    }
    Ok(())
}

/// Somebody has written in the thread, if only the bot itself: the ticket is opened, with its owner in it.
async fn finish(app: &App, rest: &Rest, row: &Unfinished, thread: ThreadId) -> Result<()> {
    if let Err(fault) = threads::add_member(rest, thread, row.owner).await {
        tracing::warn!(ticket.id = %row.ticket, thread.id = %thread, %fault, "could not add the owner to a found ticket");
        if fault.refusal().is_none() {
            return Ok(());
        }
    }
    reservations::set_thread(&app.db, row.ticket, thread).await.context("store the thread")?;
    reservations::set_open(&app.db, row.ticket, app.now()).await.context("open the ticket")?;
    tracing::info!(ticket.id = %row.ticket, thread.id = %thread, "finished a ticket that was left half-open");
    Ok(())
}
