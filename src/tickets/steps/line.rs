//! Posts a public line in a ticket, first adds who joins by what it says, and afterwards removes who leaves by it.
//!
//! While its nonce is valid, the line is simply posted again. After that it is searched for among the newest messages;
//! where the bot may not read them, it counts as posted: a missing line is better than two. An archived thread gets no line, because posting would
//! un-archive it. When given up, there is no line; what it says holds all the same.

use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::{end, moved_here, what_is_gone};
use crate::app::{App, Identity};
use crate::discord::channel_posts::{self, Found};
use crate::discord::{thread_line, thread_people, threads};
use crate::domain::clock::Timestamp;
use crate::domain::form::Values;
use crate::domain::ids::{GuildId, InboxId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::settings::MentionStaff;
use crate::domain::starter::Starter;
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, Locale, Mention};
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Holder, NewStep, Step};
use crate::storage::{WriteTx, inboxes};
use crate::tickets::line::Line;
use crate::tickets::people::PeopleMsg;
use crate::tickets::{label, language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools, nonce_holds};

/// The stored name.
const NAME: &str = "line";

/// A line that comes later than this confuses.
const RETRIED_FOR: Duration = Duration::from_hours(1);

pub(super) struct PostLine;

/// Stores a line in the transaction that decides what it says. The caller holds the returned step.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    line: Line,
) -> Result<Option<Step>> {
    insert(tools.app, tx, record.guild, record.ticket, line, Some(&tools.app.holder)).await
}

/// The same, for whoever carries out the ticket's steps: without a `holder`.
pub(in crate::tickets) async fn insert(
    app: &App,
    tx: &mut WriteTx,
    guild: GuildId,
    ticket: TicketId,
    line: Line,
    holder: Option<&Holder>,
) -> Result<Option<Step>> {
    let now = app.now();
    let new = NewStep {
        lane: ticket.into(),
        guild,
        ticket: Some(ticket),
        kind: NAME,
        payload: serde_json::to_string(&line).context("write a line's payload")?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, holder).await.context("store a line")?)
}

/// Who has opened the ticket for its owner, if a line among these steps is to say so.
pub(in crate::tickets) fn opener_among(waiting: &[Step]) -> Option<UserId> {
    let lines = waiting.iter().filter(|step| step.kind == NAME);
    let lines = lines.filter_map(|step| serde_json::from_str(&step.payload).ok());
    lines.into_iter().find_map(|line| match line {
        Line::OpenedFor { by, .. } => Some(by),
        _ => None,
    })
}

impl Kind for PostLine {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let line: Line = serde_json::from_str(&step.payload).context("read a line's payload")?;
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.context("find a line's ticket")?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    // A thread that was made for nothing is about to be discarded.
    let is_discarded = record.state == State::Closed && record.opened_at.is_none();
    if !record.thread.is_active() || is_discarded {
        return end(tools, step, &[]).await;
    }
    let claimer = record.claim.filter(|_| matches!(line, Line::MovedHere { .. })).map(|claim| claim.by);
    if let Some(user) = line.joins().or(claimer) {
        match threads::add_member(tools.rest, thread, user).await {
            Ok(()) => {}
            // They see the ticket without being in it, or not at all.
            Err(fault) if fault.is_final() => {
                tracing::info!(ticket.id = %record.ticket, %fault, "somebody could not be added to a ticket");
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    if let Line::MovedHere { from } = line {
        return moved_here::post(tools, step, &record, thread, from).await;
    }
    let post = compose(tools, &record, line).await?;
    let is_posted = match was_posted(tools, step, thread, decided_at(step), &post.text).await {
        Ok(is_posted) => is_posted,
        Err(outcome) => return Ok(outcome),
    };
    if !is_posted {
        match thread_line::post(tools.rest, thread, &post, &step.nonce).await {
            Ok(_) => {}
            Err(fault) if fault.is_final() => {
                tracing::warn!(ticket.id = %record.ticket, %fault, "a line in a ticket was refused");
                if let Some(event) = what_is_gone(&fault) {
                    return end(tools, step, &[event]).await;
                }
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    // Not before: the line mentions them, which would add them again. They may have got the ticket back meanwhile.
    if let Some(user) = line.leaves().filter(|user| *user != record.owner) {
        match thread_people::remove(tools.rest, thread, user).await {
            Ok(_) => {}
            Err(fault) if fault.is_final() => {
                tracing::warn!(ticket.id = %record.ticket, %fault, "somebody could not be removed from a ticket");
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    end(tools, step, &[]).await
}

/// The line with its mentions.
async fn compose(tools: Tools<'_>, record: &Record, line: Line) -> Result<thread_line::Line> {
    let locale = language_of(tools.app, record.guild).await?;
    if let Some(text) = line.text() {
        let (users, roles) = (line.notified(), line.notified_role().into_iter().collect());
        return Ok(thread_line::Line { text: i18n::render(&locale, &*text), users, roles, is_silent: false });
    }
    match line {
        Line::Moved { by, inbox } => moved(tools, record, &locale, by, inbox).await,
        _ => Err(anyhow!("a line has no text").into()),
    }
}

/// Mentions the staff of the new inbox as its settings say.
async fn moved(
    tools: Tools<'_>,
    record: &Record,
    locale: &Locale,
    by: UserId,
    inbox: InboxId,
) -> Result<thread_line::Line> {
    let db = &tools.app.db;
    let found = inboxes::find(db, inbox).await.context("find an inbox")?;
    let mention = found.as_ref().map_or(MentionStaff::No, |found| found.settings.beginning.mention_staff);
    // An inbox that was deleted meanwhile has only its number.
    let label = found.map_or_else(|| inbox.to_string(), |found| label(&found.settings.panel, locale));
    let staff = if mention == MentionStaff::No {
        Vec::new()
    } else {
        inboxes::list_staff(db, inbox).await.context("list an inbox's staff")?
    };
    let text = i18n::render(locale, &PeopleMsg::LineMoved { by: Mention(by), label: text::escape(&label) });
    let mut text = text.replace('$', "$$");
    if !staff.is_empty() {
        text.push_str(" $staff");
    }
    let starter = Starter::render(&text, record.owner, &staff, None, &Values::NONE);
    // Who moved it is only named.
    let users = starter.users.into_iter().filter(|user| *user != by).collect();
    let is_silent = mention == MentionStaff::Silent;
    Ok(thread_line::Line { text: starter.content, users, roles: starter.roles, is_silent })
}

/// A posted line is at most this much older, by Discord's clock, than its decision by the local one.
pub(super) const CLOCKS_APART: Duration = Duration::from_mins(1);

/// When a line was decided, by the local clock.
pub(super) fn decided_at(step: &Step) -> Timestamp {
    step.deadline - RETRIED_FOR
}

/// Whether an earlier attempt has posted this text, decided at that time, and its nonce holds no longer. Another message
/// of the bot is not taken for it.
pub(super) async fn was_posted(
    tools: Tools<'_>,
    step: &Step,
    thread: ThreadId,
    decided_at: Timestamp,
    text: &str,
) -> std::result::Result<bool, Outcome> {
    let first = channel_posts::first_line(text);
    was_posted_as(tools, step, thread, decided_at, |posted| channel_posts::first_line(posted) == first).await
}

/// The same for a text that is recognised by more than its first line.
pub(super) async fn was_posted_as(
    tools: Tools<'_>,
    step: &Step,
    thread: ThreadId,
    decided_at: Timestamp,
    is_it: impl Fn(&str) -> bool,
) -> std::result::Result<bool, Outcome> {
    Ok(find_posted(tools, step, thread, decided_at, is_it).await? != Found::No)
}

/// The message of an earlier attempt, decided at that time, whose nonce holds no longer.
pub(super) async fn find_posted(
    tools: Tools<'_>,
    step: &Step,
    thread: ThreadId,
    decided_at: Timestamp,
    is_it: impl Fn(&str) -> bool,
) -> std::result::Result<Found, Outcome> {
    if step.attempts == 0 || nonce_holds(tools.app, decided_at) {
        return Ok(Found::No);
    }
    let Some(Identity { bot, .. }) = tools.app.identity() else { return Ok(Found::Unreadable) };
    let since = decided_at - CLOCKS_APART;
    match channel_posts::find(tools.rest, thread.as_channel(), bot, since, is_it).await {
        Ok(found) => Ok(found),
        // Posting will say so.
        Err(fault) if fault.is_final() => Ok(Found::No),
        Err(fault) => Err(Outcome::Failed(fault)),
    }
}
