//! Posts a log line.
//!
//! While its nonce is valid, the line is simply posted again. After that it is searched for among the newest messages of
//! the channel. Where the bot may not write, the line waits with the newest others, without texts, and is tried again
//! with growing waits; lines of a channel that is gone are dropped.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time;

use super::words::{Details, Labels};
use super::{Entry, KEPT_FOR, LATE, LogMsg, REOPEN, find_archiver, words};
use crate::app::Identity;
use crate::discord::channel_posts::{self, Found};
use crate::discord::components::Button;
use crate::discord::{Refusal, RestError, thread_people};
use crate::domain::custom_id::{self, Content as _};
use crate::domain::happening::{Cause, Happening};
use crate::error::Result;
use crate::export::{self, ExportMsg};
use crate::i18n::{self, Locale};
use crate::storage::steps::{self, Step};
use crate::storage::{Database, guilds, inboxes, journal, lifecycle};
use crate::work::{Attempt, Kind, Outcome, Tools, nonce_holds};

/// A posted line is at most this much older, by Discord's clock, than its decision by the local one.
const CLOCKS_APART: Duration = Duration::from_hours(1);

/// The kind of step.
pub const LINE: Line = Line;

pub struct Line;

impl Kind for Line {
    fn name(&self) -> &'static str {
        journal::KIND
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let (app, db) = (tools.app, &tools.app.db);
    let entry: Entry = serde_json::from_str(&step.payload).context("read a log line's payload")?;
    // The log may have been switched off, or moved to another channel.
    if !journal::is_log(db, step.guild, entry.channel).await.context("find a log")? {
        return end(tools, step).await;
    }
    let locale = guilds::find_locale(db, step.guild).await.context("find a guild's language")?;
    let locale = locale.as_deref().map(Locale::from_discord).unwrap_or_default();
    let is_late = app.now().since(entry.happened_at()) > LATE;
    let reason =
        step.sealed.as_deref().filter(|_| !is_late).and_then(|sealed| app.text_seal.open(entry.text_owner(), sealed));
    let people = if is_late { None } else { people_in(tools, &entry).await };
    let named = with_archiver(tools, &entry).await?;
    let said = named.as_ref().unwrap_or(&entry);
    let labels = labels_of(db, said, &locale).await;
    let details = Details { people, reason: reason.as_deref(), is_late };
    let line = words::line(&locale, step.guild, said, &labels, details);
    if step.attempts > 0 && !nonce_holds(app, entry.happened_at()) {
        match was_posted(tools, step, [&entry, said], &locale).await {
            Ok(false) => {}
            Ok(true) => return end(tools, step).await,
            Err(fault) => return failed(tools, step, &entry, fault).await,
        }
    }
    let post = |line| channel_posts::post(tools.rest, entry.channel, line, buttons(&locale, &entry), &step.nonce);
    let posted = match post(line.as_str()).await {
        // What happened is more important than why.
        Err(fault) if fault.refusal() == Some(Refusal::AutoMod) && reason.is_some() => {
            post(channel_posts::first_line(&line)).await
        }
        posted => posted,
    };
    match posted {
        Ok(()) => end(tools, step).await,
        Err(fault) => failed(tools, step, &entry, fault).await,
    }
}

/// *Re-open* and *Export* under the line of a closed ticket: for whoever may.
fn buttons(locale: &Locale, entry: &Entry) -> Vec<Button> {
    let is_closed = matches!(entry.happening, Happening::Closed { .. }) && entry.thread.is_some();
    let Some(ticket) = entry.ticket.filter(|_| is_closed) else { return Vec::new() };
    let id = |route| custom_id::open(route, &(ticket,).write());
    vec![
        Button::secondary(id(REOPEN), i18n::render(locale, &LogMsg::ReopenButton)),
        Button::secondary(id(export::BUTTON), i18n::render(locale, &ExportMsg::Button)),
    ]
}

/// How long Discord may take to say how many people are in a thread: a line does not wait for it.
const MAX_WAIT: Duration = Duration::from_secs(3);

/// How many people are in a ticket that was just closed. One request, never a reason to fail.
async fn people_in(tools: Tools<'_>, entry: &Entry) -> Option<u64> {
    let Happening::Closed { .. } = entry.happening else { return None };
    let asked = thread_people::count(tools.rest, entry.thread?);
    time::timeout(MAX_WAIT, asked).await.ok()?.ok()?.filter(|people| *people > 0)
}

/// The entry of a closing with who archived the thread, if that was not known when it was stored.
async fn with_archiver(tools: Tools<'_>, entry: &Entry) -> Result<Option<Entry>> {
    let (Happening::Closed { cause: Cause::Archived { by: None } }, Some(ticket)) = (&entry.happening, entry.ticket)
    else {
        return Ok(None);
    };
    let record = lifecycle::find_ticket(&tools.app.db, ticket).await.context("find a logged ticket")?;
    // It may have been re-opened since, and closed by somebody else.
    let record = record.filter(|record| record.closed_at.is_some_and(|at| at <= entry.happened_at()));
    let Some(record) = record else { return Ok(None) };
    let by = find_archiver(tools, &record).await?;
    Ok(by.map(|by| Entry { happening: Happening::Closed { cause: Cause::Archived { by: Some(by) } }, ..entry.clone() }))
}

/// What the buttons of the inboxes say that a line names. One that cannot be read has only its number.
async fn labels_of(db: &Database, entry: &Entry, locale: &Locale) -> Labels {
    let mut labels = HashMap::new();
    for inbox in words::inboxes(entry) {
        match inboxes::find(db, inbox).await {
            Ok(Some(found)) => drop(labels.insert(inbox, i18n::inbox_label(&found.settings.panel, locale))),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, inbox.id = %inbox, "a log line names an inbox by its number only"),
        }
    }
    Labels::Known(labels)
}

/// Whether an earlier attempt has posted the line, without or with who archived the thread. Unreadable: no, because the
/// bot was most likely refused.
async fn was_posted(
    tools: Tools<'_>,
    step: &Step,
    entries: [&Entry; 2],
    locale: &Locale,
) -> std::result::Result<bool, RestError> {
    let Some(Identity { bot, .. }) = tools.app.identity() else { return Ok(false) };
    let [entry, _] = entries;
    let since = entry.happened_at() - CLOCKS_APART;
    let is_it = |posted: &str| entries.iter().any(|entry| words::is_posted(locale, step.guild, entry, posted));
    let found = channel_posts::find(tools.rest, entry.channel, bot, since, is_it).await?;
    Ok(matches!(found, Found::At(_)))
}

async fn failed(tools: Tools<'_>, step: &Step, entry: &Entry, fault: RestError) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to save a log's trouble")?;
    let outcome = match fault.refusal() {
        Some(Refusal::Unknown) => {
            tracing::warn!(channel.id = %entry.channel, "the channel of a log is gone");
            journal::drop_lines(&mut tx, step.lane).await.context("drop the lines of a log")?;
            Outcome::Done
        }
        Some(Refusal::MissingAccess | Refusal::MissingPermissions | Refusal::TwoFactor) => {
            journal::bound(&mut tx, step.lane, true).await.context("bound the lines of a log")?;
            Outcome::Failed(fault)
        }
        _ if fault.is_final() => {
            tracing::warn!(channel.id = %entry.channel, %fault, "a log line was refused");
            steps::delete(&mut tx, step.id).await.context("drop a log line")?;
            Outcome::Done
        }
        _ => {
            let late = tools.app.now() - LATE + KEPT_FOR;
            journal::erase_texts(&mut tx, step.lane, Some(late)).await.context("erase the texts of late log lines")?;
            Outcome::Failed(fault)
        }
    };
    tx.commit().await.context("commit a log's trouble")?;
    Ok(outcome)
}

async fn end(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to end a log line")?;
    let is_done = steps::finish(&mut tx, step).await.context("end a log line")?;
    tx.commit().await.context("commit the end of a log line")?;
    Ok(if is_done { Outcome::Done } else { Outcome::Overtaken })
}
