//! Finishes or undoes an opening interrupted by a crash, a lost answer or a failed clean-up. The first attempt is the
//! click's own (`tickets::open`), or, for the successor of a ticket that moves, this one.
//!
//! Finds the thread by its row or among those that the bot created. Finishes it if somebody wrote in it or the member
//! saw that the bot was at work; deletes it if it is empty. Only Discord's answers count. When given up, the ticket is
//! closed; without a known thread, its row is deleted.

use std::time::Duration;

use super::{end, end_with};
use crate::app::Identity;
use crate::discord::threads::{self, ThreadSnapshot};
use crate::discord::{Refusal, RestError, RestResult, members};
use crate::domain::first_message::needs_name;
use crate::domain::ids::ThreadId;
use crate::domain::lifecycle::{Event, State};
use crate::domain::settings::InboxSettings;
use crate::domain::ticket_name::{NameFacts, TicketName};
use crate::error::Result;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::Step;
use crate::storage::{inboxes, reservations};
use crate::tickets::first_message::{Author, FirstMessage};
use crate::tickets::machine::Progress;
use crate::tickets::opening::{self, Obstacle, Opening, Plan, Search};
use crate::tickets::{form, language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// How long a member waits for their ticket after seeing that the bot is at work: as long as Discord shows it (Discord:
/// "Receiving and Responding", an interaction's token is valid for 15 minutes).
const SHOWN_FOR: Duration = Duration::from_mins(15);

/// How long a ticket is opened for somebody who has filled in a form: as long as a text is kept sealed.
const KEPT_FOR: Duration = Duration::from_hours(24);

pub(super) struct Open;

impl Kind for Open {
    fn name(&self) -> &'static str {
        tasks::OPEN
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(async move {
            let ticket = tasks::ticket(step)?;
            let record = lifecycle::find_ticket(&tools.app.db, ticket).await.map_err(anyhow::Error::from)?;
            match record {
                // A move leaves all of it to this step: before the first attempt nothing was requested.
                Some(record) if record.state == State::Opening && step.attempts == 0 => {
                    Resuming { tools, step, record }.make_or_release().await
                }
                Some(record) if record.state == State::Opening => Resuming { tools, step, record }.resume().await,
                // Closed meanwhile: the rest goes with the step.
                _ => give_up(tools, step, false).await,
            }
        })
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(give_up(tools, step, false))
    }
}

async fn give_up(tools: Tools<'_>, step: &Step, discard: bool) -> Result<Outcome> {
    end(tools, step, &[Event::OpeningFailed { discard }]).await
}

struct Resuming<'a> {
    tools: Tools<'a>,
    step: &'a Step,
    record: Record,
}

/// The state of the thread.
enum Found {
    There(ThreadSnapshot),
    /// It certainly does not exist.
    Nowhere,
    /// Unknown until a later attempt.
    Unclear,
}

/// The content of a found thread.
#[derive(Clone, Copy)]
struct Contents {
    /// How many messages of the bot.
    posted: usize,
    /// Somebody other than the bot wrote in it.
    people: bool,
}

impl Contents {
    const NEW: Self = Self { posted: 0, people: false };
}

impl Resuming<'_> {
    async fn resume(&self) -> Result<Outcome> {
        match self.find().await? {
            Ok(Found::Unclear) => Ok(Outcome::Failed(RestError::Uncertain("it may be another's".to_owned()))),
            Ok(Found::Nowhere) => self.make_or_release().await,
            Ok(Found::There(seen)) => self.finish_or_discard(&seen).await,
            // The parent, and the thread with it, became invisible to the bot. Nobody was added to it.
            Err(fault) if fault.is_final() && self.record.thread_id.is_some() => {
                tracing::warn!(ticket.id = %self.record.ticket, %fault, "the thread of a half-open ticket is not visible");
                end(self.tools, self.step, &[Event::OutOfSight]).await
            }
            Err(fault) => Ok(Outcome::Failed(fault)),
        }
    }

    async fn find(&self) -> Result<RestResult<Found>> {
        let Tools { app, rest } = self.tools;
        let Record { guild, parent, .. } = self.record;
        if let Some(thread) = self.record.thread_id {
            let looked = threads::look(rest, thread).await;
            return Ok(looked.map(|sighting| sighting.map_or(Found::Nowhere, Found::There)));
        }
        let Some(Identity { bot, .. }) = app.identity() else { return Ok(Ok(Found::Unclear)) };
        let made = match threads::list_made(rest, guild, bot).await {
            // The bot has lost the guild and its threads.
            Err(fault) if matches!(fault.refusal(), Some(Refusal::Unknown | Refusal::MissingAccess)) => Vec::new(),
            Err(fault) => return Ok(Err(fault)),
            Ok(made) => made,
        };
        let plan = Plan {
            ticket: self.record.ticket,
            parent,
            name_digest: &self.record.name_digest,
            since: self.record.asked_at(),
        };
        let claimed = match opening::claim(app, plan, &made).await.map_err(anyhow::Error::from)? {
            Search::Claimed(thread) => thread.id,
            Search::Unclear => return Ok(Ok(Found::Unclear)),
            // Staff may have archived it: a list does not prove absence.
            Search::Nowhere => {
                let archived = match threads::list_archived(rest, parent, bot).await {
                    Ok(archived) => archived,
                    Err(fault) => return Ok(Err(fault)),
                };
                match opening::claim(app, plan, &archived).await.map_err(anyhow::Error::from)? {
                    Search::Claimed(thread) => thread.id,
                    Search::Unclear => return Ok(Ok(Found::Unclear)),
                    Search::Nowhere => return Ok(Ok(Found::Nowhere)),
                }
            }
        };
        self.verify(claimed).await
    }

    /// The list may predate another ticket of the same name claiming its thread.
    async fn verify(&self, claimed: ThreadId) -> Result<RestResult<Found>> {
        Ok(match threads::look(self.tools.rest, claimed).await {
            Ok(Some(seen)) => Ok(Found::There(seen)),
            Ok(None) => {
                let unclaimed = reservations::unset_thread(&self.tools.app.db, self.record.ticket).await;
                unclaimed.map_err(anyhow::Error::from)?;
                Ok(Found::Unclear)
            }
            Err(fault) => Err(fault),
        })
    }

    fn is_promised(&self) -> bool {
        let shown_for = if self.step.sealed.is_some() { KEPT_FOR } else { SHOWN_FOR };
        self.record.promised && self.tools.app.now().since(self.record.reserved_at) < shown_for
    }

    /// There is no thread: open the ticket for a member who still waits, else release the place.
    async fn make_or_release(&self) -> Result<Outcome> {
        // A row whose known thread is gone was overtaken, not interrupted.
        if self.record.thread_id.is_some() {
            return end(self.tools, self.step, &[Event::ThreadGone, Event::OpeningFailed { discard: false }]).await;
        }
        if !self.is_promised() {
            return give_up(self.tools, self.step, false).await;
        }
        let name = match self.name().await? {
            Ok(Some(name)) => name,
            Ok(None) => return give_up(self.tools, self.step, false).await,
            Err(fault) => return Ok(Outcome::Failed(fault)),
        };
        let opening = self.opening().await?;
        match opening.make_thread(&name).await {
            Ok(thread) => self.fill(opening, thread, Contents::NEW).await,
            Err(fault) if fault.is_final() => give_up(self.tools, self.step, false).await,
            Err(fault) => Ok(Outcome::Failed(fault)),
        }
    }

    /// The name that the click would have used; `None` when its member or its inbox is gone.
    async fn name(&self) -> Result<RestResult<Option<TicketName>>> {
        let Record { inbox, guild, owner, .. } = self.record;
        let Some(inbox) = inbox else { return Ok(Ok(None)) };
        let inbox = inboxes::find(&self.tools.app.db, inbox).await.map_err(anyhow::Error::from)?;
        let Some(inbox) = inbox else { return Ok(Ok(None)) };
        let author = match members::find(self.tools.rest, guild, owner).await {
            Ok(Some(member)) => member.display_name,
            Ok(None) => return Ok(Ok(None)),
            Err(fault) => return Ok(Err(fault)),
        };
        let answers = form::unseal(self.tools.app, self.record.ticket, self.step).unwrap_or_default();
        let form = form::Asked { questions: &inbox.settings.form.questions, answers: answers.as_ref(), is_lost: false };
        let form = form.values(&language_of(self.tools.app, guild).await?);
        let facts = NameFacts {
            at: self.record.reserved_at,
            author: &author,
            counter: self.record.counter,
            number: self.record.number,
            form: &form,
        };
        Ok(Ok(Some(TicketName::render(inbox.settings.beginning.ticket_name.as_deref().unwrap_or_default(), &facts))))
    }

    async fn finish_or_discard(&self, seen: &ThreadSnapshot) -> Result<Outcome> {
        let Some(Identity { bot, .. }) = self.tools.app.identity() else {
            return Ok(Outcome::Failed(RestError::NotSent("not logged in")));
        };
        // A thread's first message may be of the same millisecond.
        let made_at = seen.thread.created_at() - Duration::from_millis(1);
        let posts = match threads::posts_since(self.tools.rest, seen, made_at, bot).await {
            Ok(posts) => posts,
            Err(fault) => return Ok(Outcome::Failed(fault)),
        };
        let opening = self.opening().await?;
        let contents = Contents {
            // Usually the starter message is missing, which comes first where nobody is added by name.
            posted: posts.map_or(usize::from(!opening.adds_owner), |posts| posts.own_count),
            people: posts.is_some_and(|posts| posts.others),
        };
        if contents.posted > 0 || contents.people || self.is_promised() {
            return self.fill(opening, seen.thread, contents).await;
        }
        tracing::info!(ticket.id = %self.record.ticket, thread.id = %seen.thread, "undoing a ticket that was never finished");
        give_up(self.tools, self.step, true).await
    }

    async fn fill(&self, opening: Opening<'_>, thread: ThreadId, contents: Contents) -> Result<Outcome> {
        // Whatever should have added the owner then, this request makes sure.
        let opening = Opening { adds_owner: true, ..opening };
        let obstacle = match opening.fill(thread, contents.posted).await {
            Ok(()) => return Ok(Outcome::Done),
            Err(Obstacle::Storage(error) | Obstacle::NotStored(error)) => return Err(error.into()),
            Err(Obstacle::Discord { fault, .. }) if !fault.is_final() => return Ok(Outcome::Failed(fault)),
            Err(obstacle) => obstacle,
        };
        tracing::warn!(ticket.id = %self.record.ticket, thread.id = %thread, ?obstacle, "a found ticket could not be finished");
        // Where people wrote, staff may continue; the member can open another ticket.
        let events = [Event::OpeningFailed { discard: !contents.people }];
        end_with(self.tools, self.step, &events, Progress::NONE).await
    }

    /// For embeds of the first message; a mention stands there where Discord does not say it.
    async fn owner_name(&self) -> Option<String> {
        match members::find(self.tools.rest, self.record.guild, self.record.owner).await {
            Ok(member) => member.map(|member| member.display_name),
            Err(fault) => {
                tracing::warn!(ticket.id = %self.record.ticket, %fault, "could not read a ticket's owner");
                None
            }
        }
    }

    async fn opening(&self) -> Result<Opening<'_>> {
        let app = self.tools.app;
        let record = &self.record;
        let inbox = match record.inbox {
            Some(inbox) => inboxes::find(&app.db, inbox).await.map_err(anyhow::Error::from)?,
            None => None,
        };
        let staff = match &inbox {
            Some(inbox) => inboxes::list_staff(&app.db, inbox.id).await.map_err(anyhow::Error::from)?,
            None => Vec::new(),
        };
        let guild_locale = language_of(app, record.guild).await?;
        let settings = inbox.as_ref().map_or_else(|| InboxSettings::new(record.parent), |inbox| inbox.settings.clone());
        let unsealed = form::unseal(app, record.ticket, self.step);
        let is_lost = unsealed.is_err();
        let answers = unsealed.unwrap_or_default();
        let form = form::Asked { questions: &settings.form.questions, answers: answers.as_ref(), is_lost };
        let name = if needs_name(&settings.message.embeds) { self.owner_name().await } else { None };
        let author = Author { user: record.owner, name: name.as_deref() };
        let first = FirstMessage::render(&settings, form, author, &staff, &guild_locale);
        let goes_elsewhere = inbox.is_none_or(|inbox| inbox.channel() != record.parent);
        Ok(Opening {
            tools: self.tools,
            step: self.step,
            ticket: record.ticket,
            counter: record.counter,
            guild: record.guild,
            guild_locale,
            owner: record.owner,
            parent: record.parent,
            asked_at: record.asked_at(),
            since: record.reserved_at,
            adds_owner: goes_elsewhere || tasks::is_elsewhere(self.step)? || !first.starter.brings_author,
            first,
            fetched: form::Fetched::NONE,
        })
    }
}
