//! The requests between a ticket's reservation and its opening: create the thread, add owner and staff. Used by a click
//! (`open`) and after a crash (`steps::open`), which decide what a failure means.

use std::time::Duration;

use anyhow::Context as _;

use super::first_message::FirstMessage;
use super::form::Fetched;
use super::machine::{self, Finished, Progress};
use crate::app::{App, Identity};
use crate::discord::threads::{self, MadeThread};
use crate::discord::{Refusal, RestError};
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ChannelId, GuildId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::{Event, Left, State};
use crate::domain::ticket_name::TicketName;
use crate::i18n::{self, Locale};
use crate::storage::steps::Step;
use crate::storage::{self, reservations};
use crate::tickets::TicketMsg;
use crate::work::Tools;

/// The known facts about the ticket.
pub(super) struct Opening<'a> {
    pub tools: Tools<'a>,
    /// Held by the caller.
    pub step: &'a Step,
    pub ticket: TicketId,
    /// For a plainer name.
    pub counter: u32,
    pub guild: GuildId,
    pub guild_locale: Locale,
    pub owner: UserId,
    /// The parent of its thread.
    pub parent: ChannelId,
    /// When its owner asked for it, by Discord's clock.
    pub asked_at: Timestamp,
    /// When it was reserved, by the local clock.
    pub since: Timestamp,
    pub first: FirstMessage,
    /// The files of its form; those of an interrupted opening are fetched again.
    pub fetched: Fetched,
    /// Whether the owner must be added by a request. A mention adds only members who can see the parent: enough for one
    /// who has just clicked there; otherwise only a request reports failure.
    pub adds_owner: bool,
}

/// Why a thread could not become a ticket.
#[derive(Debug)]
pub(super) enum Obstacle {
    /// The owner cannot see the parent, or has left the guild.
    OwnerOutOfReach,
    Discord {
        fault: RestError,
        doing: &'static str,
    },
    /// The ticket was closed, or its thread deleted, meanwhile.
    Overtaken,
    /// Nothing more was requested of Discord.
    Storage(anyhow::Error),
    /// On Discord the ticket is ready and may be in use; that could not be stored.
    NotStored(anyhow::Error),
}

impl Opening<'_> {
    /// Creates the thread, under another name if Discord refuses this one: that must not cost the member their ticket.
    pub(super) async fn make_thread(&self, name: &TicketName) -> Result<ThreadId, RestError> {
        let mut answered = self.request_thread(name).await;
        for plain in name.plainer(self.counter) {
            if !matches!(&answered, Err(fault) if fault.refusal() == Some(Refusal::Name)) {
                break;
            }
            let digest = fingerprint(plain.as_str());
            if let Err(error) = reservations::set_name_digest(&self.tools.app.db, self.ticket, &digest).await {
                tracing::error!(%error, "could not store a plainer name");
                break;
            }
            answered = self.request_thread(&plain).await;
        }
        answered
    }

    /// Creates the thread. After a lost answer, searches for it first and repeats the request only if it is absent.
    async fn request_thread(&self, name: &TicketName) -> Result<ThreadId, RestError> {
        let Tools { app, rest } = self.tools;
        let reason = i18n::render(&self.guild_locale, &TicketMsg::TicketAuditReason { member: self.owner.to_string() });
        let lost = match threads::create_private(rest, self.parent, name.as_str(), &reason).await {
            Err(fault) if fault.may_have_acted() => fault,
            answered => return answered,
        };
        let Some(Identity { bot, .. }) = app.identity() else { return Err(lost) };
        let Ok(made) = threads::list_made(rest, self.guild, bot).await else { return Err(lost) };
        let digest = fingerprint(name.as_str());
        let plan = Plan { ticket: self.ticket, parent: self.parent, name_digest: &digest, since: self.asked_at };
        match claim(app, plan, &made).await {
            Ok(Search::Claimed(thread)) => Ok(thread.id),
            Ok(Search::Nowhere) => threads::create_private(rest, self.parent, name.as_str(), &reason).await,
            Ok(Search::Unclear) | Err(_) => Err(lost),
        }
    }

    /// Adds owner and staff to the thread, posts what was answered, and opens the ticket. `posted`: how many messages of
    /// the bot are there, the first one among them.
    pub(super) async fn fill(&self, thread: ThreadId, posted: usize) -> Result<(), Obstacle> {
        let Tools { app, rest } = self.tools;
        let stored = reservations::set_thread(&app.db, self.ticket, thread).await.context("store the thread");
        if !stored.map_err(Obstacle::Storage)? {
            return Err(Obstacle::Overtaken);
        }
        if self.adds_owner {
            threads::add_member(rest, thread, self.owner).await.map_err(|fault| match fault.refusal() {
                // The bot created the thread, so it is the member who has no access.
                Some(Refusal::MissingAccess | Refusal::UnknownMember) => Obstacle::OwnerOutOfReach,
                _ => Obstacle::in_thread(fault, "add the owner"),
            })?;
        }
        let mut progress = Progress { leaves_lane: true, ..Progress::NONE };
        if posted == 0 {
            progress.buttons = self.first.buttons;
            let posted = self.post_first(thread).await;
            progress.starter = Some(posted.map_err(|fault| Obstacle::in_thread(fault, "post the starter message"))?);
        }
        self.post_rest(thread, posted).await?;
        // The owner may have left before the row could be found: ask Discord.
        let may_have_left = app.leavers.may_have_left_since(self.guild, self.owner, self.since);
        let events = [Event::Opened, Event::OwnerSaidGone(Left::Guild)];
        let events = if may_have_left { &events[..] } else { &events[..1] };
        match machine::finish(app, self.step, events, progress).await {
            Ok(Finished::Applied(Some(State::Opening | State::Open | State::Dormant))) => {
                tracing::info!(ticket.id = %self.ticket, guild.id = %self.guild, thread.id = %thread, "ticket opened");
                Ok(())
            }
            Ok(Finished::Applied(Some(State::Closed) | None) | Finished::Overtaken) => Err(Obstacle::Overtaken),
            Err(error) => Err(Obstacle::NotStored(anyhow::anyhow!(error))),
        }
    }
}

impl Obstacle {
    /// "Unknown" for a thread that just existed means the thread was deleted.
    pub(super) fn in_thread(fault: RestError, doing: &'static str) -> Self {
        match fault.refusal() {
            Some(Refusal::Unknown) => Self::Overtaken,
            _ => Self::Discord { fault, doing },
        }
    }
}

/// The known facts about a requested thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub ticket: TicketId,
    pub parent: ChannelId,
    pub name_digest: &'a str,
    /// By Discord's clock, like the times of threads.
    pub since: Timestamp,
}

#[derive(Debug)]
pub(super) enum Search<'a> {
    /// It is stored as the ticket's.
    Claimed(&'a MadeThread),
    Nowhere,
    /// A thread exists, but may belong to another click that is still running.
    Unclear,
}

/// A click and its thread may share a millisecond, and the clocks of Discord's machines differ slightly.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(2);

/// A thread created this soon after the click may be its thread under another name. Rate limits can delay it longer;
/// then only the name identifies it.
const RENAMED_WITHIN: Duration = Duration::from_mins(1);

/// Finds a ticket's thread when Discord's answer was lost: by parent, time and name; or, if it was renamed at once, as
/// the only unclaimed thread of its time.
///
/// Tickets of members with the same name share a thread name. So a thread is claimed in the database before use, and
/// one that may belong to a running click is skipped.
pub(super) async fn claim<'a>(app: &App, plan: Plan<'_>, made: &'a [MadeThread]) -> storage::Result<Search<'a>> {
    let of_its_time =
        |thread: &&MadeThread| thread.parent == plan.parent && thread.made_at + CLOCK_TOLERANCE >= plan.since;
    let mut candidates: Vec<_> = made.iter().filter(of_its_time).collect();
    candidates.sort_by_key(|thread| thread.id);
    let (named, renamed): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|thread| thread.has_name_like(plan.name_digest));
    for thread in named {
        match try_claim(app, plan, thread, Some(plan.name_digest)).await? {
            Search::Nowhere => {}
            found => return Ok(found),
        }
    }
    for thread in renamed.into_iter().filter(|thread| thread.made_at <= plan.since + RENAMED_WITHIN) {
        match try_claim(app, plan, thread, None).await? {
            Search::Nowhere => {}
            found => return Ok(found),
        }
    }
    Ok(Search::Nowhere)
}

/// `name`: only clicks that requested a thread of this name compete for it; `None`: any click.
async fn try_claim<'a>(
    app: &App,
    plan: Plan<'_>,
    thread: &'a MadeThread,
    name: Option<&str>,
) -> storage::Result<Search<'a>> {
    if reservations::is_others_thread(&app.db, plan.ticket, thread.id).await? {
        return Ok(Search::Nowhere);
    }
    if reservations::is_awaited(&app.db, plan.ticket, plan.parent, name).await? {
        return Ok(Search::Unclear);
    }
    let is_claimed = reservations::set_thread(&app.db, plan.ticket, thread.id).await?;
    Ok(if is_claimed { Search::Claimed(thread) } else { Search::Nowhere })
}
