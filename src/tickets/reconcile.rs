//! Puts right what an accident left half-done: tickets that were reserved, but neither opened nor released.
//!
//! A row that is `opening` and belongs to no running click is a left-over of a crash, of an answer that never came, or of
//! a failed clean-up. Its thread is finished when somebody wrote in it or when the member was shown that the bot is at
//! work, and taken away when it is empty. Only what Discord says counts: when it can't be asked, the row stays for the
//! next pass.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Context as _;

use super::found::{self, Plan, Search};
use super::language_of;
use super::opening::{Obstacle, Opening, undo};
use crate::app::{App, Identity};
use crate::discord::rest::Rest;
use crate::discord::threads::{self, MadeThread, Sighting};
use crate::discord::{Fault, Refusal, guild};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, ThreadId, UserId};
use crate::domain::shards::Share;
use crate::domain::starter::Starter;
use crate::domain::ticket_name::{NameFacts, TicketName};
use crate::error::Result;
use crate::i18n::{self, Locale, Msg};
use crate::storage::reservations::{self, Unfinished};
use crate::storage::{inboxes, lifecycle};

/// How long a member who was shown that the bot is at work waits for their ticket: as long as Discord shows it (Discord:
/// "Receiving and Responding", an interaction's token is valid for 15 minutes).
const PATIENCE: Duration = Duration::from_mins(15);

/// One pass over the openings in the guilds of `share` that were begun before `before`. Costs one request per guild that has any whose thread is
/// unknown, and up to seven for each; ends early when Discord does not answer.
pub async fn finish_openings(app: &App, rest: &Rest, share: Share, before: Timestamp) -> Result<()> {
    let Some(Identity { bot, .. }) = app.identity() else { return Ok(()) };
    let unfinished = reservations::unfinished(&app.db, before).await.context("list unfinished tickets")?;
    let mut pass = Pass { app, rest, bot, made: HashMap::new() };
    for row in unfinished.into_iter().filter(|row| share.has(row.guild)) {
        let Some(_running) = app.opening.begin_alone(row.ticket) else { continue };
        // Whoever was at it until now may have opened or released it.
        let row = reservations::find_unfinished(&app.db, row.ticket).await.context("find an unfinished ticket")?;
        let Some(row) = row else { continue };
        if let Err(fault) = pass.settle(&row).await? {
            tracing::warn!(ticket.id = %row.ticket, %fault, "a half-open ticket could not be settled yet");
            if fault.refusal().is_none() {
                return Ok(());
            }
        }
        pass.abandon_when_hopeless(&row).await?;
    }
    Ok(())
}

/// How long refusals that we do not know are taken for something that may pass. The member cannot open another ticket
/// meanwhile.
const HOPE: Duration = Duration::from_hours(1);

struct Pass<'a> {
    app: &'a App,
    rest: &'a Rest,
    bot: UserId,
    /// What the bot has made, asked for once per guild.
    made: HashMap<GuildId, Vec<MadeThread>>,
}

/// What became of a row's thread.
enum Found {
    There(Sighting),
    /// There surely is none.
    Nowhere,
    /// The next pass will know more.
    Unclear,
}

impl Search<'_> {
    fn sighting(self) -> Found {
        match self {
            Self::Claimed(thread) => Found::There(thread.sighting),
            Self::Nowhere => Found::Nowhere,
            Self::Unclear => Found::Unclear,
        }
    }
}

/// What only a look at Discord could have told, and the look failed.
type Looked<T> = std::result::Result<T, Fault>;

impl Pass<'_> {
    async fn settle(&mut self, row: &Unfinished) -> Result<Looked<()>> {
        match self.find(row).await? {
            Ok(Found::Unclear) => Ok(Ok(())),
            Ok(Found::Nowhere) => self.make_or_release(row).await,
            Ok(Found::There(seen)) => self.finish_or_undo(row, &seen).await,
            // The parent was hidden from the bot, and the thread with it. Nobody was told of it.
            Err(fault) if fault.is_final() => {
                if let Some(thread) = row.thread {
                    let now = self.app.now();
                    reservations::give_up(&self.app.db, row.ticket, thread, now).await.context("give up a ticket")?;
                }
                Ok(Err(fault))
            }
            Err(fault) => Ok(Err(fault)),
        }
    }

    async fn find(&mut self, row: &Unfinished) -> Result<Looked<Found>> {
        if let Some(thread) = row.thread {
            let looked = threads::look(self.rest, thread).await;
            return Ok(looked.map(|sighting| sighting.map_or(Found::Nowhere, Found::There)));
        }
        let made = match self.made_in(row.guild).await {
            Ok(made) => made,
            Err(fault) => return Ok(Err(fault)),
        };
        let plan =
            Plan { ticket: row.ticket, parent: row.parent, name_digest: &row.name_digest, since: row.reserved_at };
        let claimed = match found::claim(self.app, plan, &made).await.context("look for a ticket's thread")? {
            // Staff may have archived it: what is not in a list is not yet gone.
            Search::Nowhere => {
                let archived = match threads::list_archived(self.rest, row.parent, self.bot).await {
                    Ok(archived) => archived,
                    Err(fault) => return Ok(Err(fault)),
                };
                let claimed = found::claim(self.app, plan, &archived).await.context("look for a ticket's thread")?;
                claimed.sighting()
            }
            found => found.sighting(),
        };
        if let Found::There(seen) = &claimed {
            // It may be deleted next, and its row with it: nobody else's in this pass.
            self.made.entry(row.guild).or_default().retain(|other| other.id != seen.thread);
        }
        Ok(Ok(claimed))
    }

    async fn made_in(&mut self, guild: GuildId) -> Looked<Vec<MadeThread>> {
        if let Some(known) = self.made.get(&guild) {
            return Ok(known.clone());
        }
        let made = match threads::list_made(self.rest, guild, self.bot).await {
            // The guild is gone for us, and its threads with it.
            Err(fault) if matches!(fault.refusal(), Some(Refusal::Unknown | Refusal::MissingAccess)) => Vec::new(),
            answered => answered?,
        };
        self.made.insert(guild, made.clone());
        Ok(made)
    }

    fn is_owed(&self, row: &Unfinished) -> bool {
        row.promised && self.app.now().since(row.reserved_at) < PATIENCE
    }

    /// There is no thread: the ticket is made after all for a member who still waits, else the place is given back.
    async fn make_or_release(&self, row: &Unfinished) -> Result<Looked<()>> {
        // A row that knows a thread which is gone was overtaken, not cut off.
        if row.thread.is_none() && self.is_owed(row) {
            let Some(name) = (match self.name_for(row).await? {
                Ok(name) => name,
                Err(fault) => return Ok(Err(fault)),
            }) else {
                return self.release(row).await;
            };
            let opening = self.opening(row).await?;
            return match opening.make_thread(&name).await {
                Ok(thread) => self.fill(row, opening, thread, Contents::NEW).await,
                Err(fault) if fault.is_final() => self.release(row).await,
                Err(fault) => Ok(Err(fault)),
            };
        }
        self.release(row).await
    }

    async fn release(&self, row: &Unfinished) -> Result<Looked<()>> {
        reservations::release(&self.app.db, row.ticket).await.context("release a reservation")?;
        tracing::info!(ticket.id = %row.ticket, "released a ticket that was never made");
        Ok(Ok(()))
    }

    /// The name that the click would have given the thread; `None` when its member or its inbox is gone.
    async fn name_for(&self, row: &Unfinished) -> Result<Looked<Option<TicketName>>> {
        let Some(inbox) = row.inbox else { return Ok(Ok(None)) };
        let Some(inbox) = inboxes::find(&self.app.db, inbox).await.context("find the inbox")? else {
            return Ok(Ok(None));
        };
        let author = match guild::display_name(self.rest, row.guild, row.owner).await {
            Ok(Some(author)) => author,
            Ok(None) => return Ok(Ok(None)),
            Err(fault) => return Ok(Err(fault)),
        };
        let facts = NameFacts { at: row.reserved_at, author: &author, counter: row.number };
        Ok(Ok(Some(TicketName::render(inbox.settings.beginning.ticket_name.as_deref().unwrap_or_default(), &facts))))
    }

    async fn finish_or_undo(&self, row: &Unfinished, seen: &Sighting) -> Result<Looked<()>> {
        // A thread's first message may be of the same millisecond.
        let made_at = seen.thread.created_at() - Duration::from_millis(1);
        let posts = match threads::posts_since(self.rest, seen, made_at, self.bot).await {
            Ok(posts) => posts,
            Err(fault) => return Ok(Err(fault)),
        };
        let opening = self.opening(row).await?;
        let contents = Contents {
            // What is not shown is mostly the starter message, which comes first where nobody is added by name.
            starter: posts.map_or(!opening.adds_owner, |posts| posts.own.is_some()),
            people: posts.is_some_and(|posts| posts.others),
        };
        if contents.starter || contents.people || self.is_owed(row) {
            return self.fill(row, opening, seen.thread, contents).await;
        }
        self.undo(row, seen.thread).await;
        tracing::info!(ticket.id = %row.ticket, thread.id = %seen.thread, "took back a ticket that was never finished");
        Ok(Ok(()))
    }

    async fn fill(
        &self,
        row: &Unfinished,
        opening: Opening<'_>,
        thread: ThreadId,
        contents: Contents,
    ) -> Result<Looked<()>> {
        // Whatever would have brought in the owner then, a request makes sure of it now.
        let opening = Opening { adds_owner: true, ..opening };
        let obstacle = match opening.fill(thread, contents.starter).await {
            Ok(()) => return Ok(Ok(())),
            Err(Obstacle::Overtaken) => return self.discard_unknown(opening.guild_locale, thread).await,
            Err(Obstacle::Storage(error)) => return Err(error.into()),
            Err(Obstacle::Discord { fault, .. }) if !fault.is_final() => return Ok(Err(fault)),
            Err(obstacle) => obstacle,
        };
        tracing::warn!(ticket.id = %row.ticket, thread.id = %thread, ?obstacle, "a found ticket could not be finished");
        if contents.people {
            // Staff may go on in it; the member can ask for another.
            let now = self.app.now();
            reservations::give_up(&self.app.db, row.ticket, thread, now).await.context("give up a ticket")?;
        } else {
            self.undo(row, thread).await;
        }
        Ok(Ok(()))
    }

    /// The row was closed or deleted while its ticket was made ready. A thread that no row knows must not stay.
    async fn discard_unknown(&self, locale: Locale, thread: ThreadId) -> Result<Looked<()>> {
        if lifecycle::find(&self.app.db, thread).await.context("find a ticket")?.is_some() {
            return Ok(Ok(()));
        }
        let reason = i18n::render(&locale, &Msg::TicketUndoneAuditReason);
        Ok(threads::remove(self.rest, thread, &reason).await.map(|_| ()))
    }

    async fn abandon_when_hopeless(&self, row: &Unfinished) -> Result<()> {
        let now = self.app.now();
        if now.since(row.reserved_at) < HOPE {
            return Ok(());
        }
        let left =
            reservations::find_unfinished(&self.app.db, row.ticket).await.context("find an unfinished ticket")?;
        let Some(left) = left else { return Ok(()) };
        tracing::warn!(ticket.id = %row.ticket, thread.id = ?left.thread, "gave up a half-open ticket");
        match left.thread {
            Some(thread) => reservations::give_up(&self.app.db, row.ticket, thread, now).await,
            None => reservations::release(&self.app.db, row.ticket).await,
        }
        .context("give up a ticket")?;
        Ok(())
    }

    async fn undo(&self, row: &Unfinished, thread: ThreadId) {
        let Ok(locale) = language_of(self.app, row.guild).await else { return };
        undo(self.app, self.rest, &locale, row.ticket, thread).await;
    }

    async fn opening(&self, row: &Unfinished) -> Result<Opening<'_>> {
        let inbox = match row.inbox {
            Some(inbox) => inboxes::find(&self.app.db, inbox).await.context("find the inbox")?,
            None => None,
        };
        let staff = match &inbox {
            Some(inbox) => inboxes::list_staff(&self.app.db, inbox.id).await.context("list the staff")?,
            None => Vec::new(),
        };
        let guild_locale = language_of(self.app, row.guild).await?;
        let template = inbox.as_ref().and_then(|inbox| inbox.settings.beginning.starter.as_deref()).unwrap_or_default();
        let starter =
            Starter::render(template, row.owner, &staff, Some(&i18n::render(&guild_locale, &Msg::DefaultStarter)));
        let goes_elsewhere = inbox.is_none_or(|inbox| inbox.channel() != row.parent);
        Ok(Opening {
            app: self.app,
            rest: self.rest,
            ticket: row.ticket,
            number: row.number,
            guild: row.guild,
            guild_locale,
            owner: row.owner,
            parent: row.parent,
            since: row.reserved_at,
            // From here on a request brings in the owner, and is refused when they are gone.
            asked_at: self.app.now(),
            adds_owner: goes_elsewhere || !starter.brings_author,
            starter,
        })
    }
}

/// What stands in a found thread.
#[derive(Clone, Copy)]
struct Contents {
    starter: bool,
    /// Somebody else than the bot wrote in it.
    people: bool,
}

impl Contents {
    const NEW: Self = Self { starter: false, people: false };
}
