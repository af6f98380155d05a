//! Exports of closed tickets into the log of their inbox, as a persistent step: it survives a crash, waits while Discord
//! refuses, and goes on after the last part that was posted.
//!
//! It has a lane of its own and delays neither its ticket nor other lines of the log. It waits for the ticket's own steps,
//! so that the notice of the closing is in the file. While its nonce is valid, a part is simply posted again; after that
//! it is searched for by its first line. Only ids, times and counts are stored.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::Format;
use super::cover::{Facts, PartEnd};
use super::msg::ExportMsg;
use super::read::{self, Cut, Failed, Order, Outlet, Part, Position, Report, Viewer};
use crate::app::{App, Identity};
use crate::discord::channel_posts::{self, Found};
use crate::discord::guild::{BotMember, ChannelFacts, Unseen};
use crate::discord::{Refusal, RestError, RestResult};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, MessageId, ThreadId, TicketId};
use crate::domain::lifecycle::Thread;
use crate::domain::permissions;
use crate::domain::settings::{InboxSettings, PanelEntry};
use crate::domain::zone::Zone;
use crate::error::Result;
use crate::i18n::{self, Locale, ThreadLink};
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Lane, NewStep, Step};
use crate::storage::{self, Database, WriteTx, guilds, inboxes, journal};
use crate::work::{self, Attempt, Kind, Outcome, Tools, nonce_holds};

/// The stored name.
const NAME: &str = "attach";

/// What the button of an inbox says, in the language of the server.
type Label = fn(&PanelEntry, &Locale) -> String;

/// The kind of step.
pub struct Attach {
    pub label: Label,
}

/// Tried again for so long: an inbox deletes a thread a day after closing at the earliest.
const RETRIED_FOR: Duration = Duration::from_hours(24);

/// How long messages are read in one attempt; the next one goes on.
const TIME: Duration = Duration::from_mins(10);

/// The wait while others run, or the ticket is still being closed. It grows with each time, up to a minute.
const BUSY: Duration = Duration::from_secs(1);
const BUSIEST: u32 = 60;

/// The ticket's own steps are waited for so long.
const CLOSING: Duration = Duration::from_mins(5);

/// A posted part is at most this much older, by Discord's clock, than its decision by the local one.
const CLOCKS_APART: Duration = Duration::from_hours(1);

/// What is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    ticket: TicketId,
    /// When the ticket was closed: milliseconds since 1970.
    closed_at: i64,
    /// The last message that was posted; `None`: none yet.
    after: Option<MessageId>,
    /// The number of the next part.
    part: u32,
    /// Messages in the parts before it.
    #[serde(default)]
    read: u64,
}

impl Left {
    fn closed_at(&self) -> Timestamp {
        Timestamp::from_millis(self.closed_at)
    }

    fn position(&self, thread: ThreadId) -> Position {
        let after = self.after.unwrap_or(Position::start(thread).after);
        Position { after, part: self.part, read: self.read }
    }
}

/// A ticket is being closed: stores its export, if its inbox wants one. True if the worker is to be woken.
pub async fn on_closed(app: &App, tx: &mut WriteTx, record: &Record) -> Result<bool> {
    let logs = match journal::logs_of(tx, record.guild, record.inbox).await {
        Ok(logs) => logs,
        // Reported where the line is logged.
        Err(storage::Error::Decode(_)) => return Ok(false),
        Err(error) => return Err(anyhow::Error::new(error).context("find the log of an inbox").into()),
    };
    if record.thread_id.is_none() || !logs.own.is_some_and(|log| log.settings.attach_export) {
        return Ok(false);
    }
    let now = app.now();
    let left = Left { ticket: record.ticket, closed_at: now.millis(), after: None, part: 1, read: 0 };
    let new = NewStep {
        lane: Lane::beside(record.ticket),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&left).context("write an export's payload")?,
        sealed: None,
        // The ticket's own steps come first.
        due_at: now + BUSY,
        deadline: now + RETRIED_FOR,
    };
    steps::insert(tx, &new, None).await.context("store an export")?;
    Ok(true)
}

/// Whether a ticket's export is still to be posted.
pub async fn is_pending(db: &Database, ticket: TicketId) -> Result<bool> {
    Ok(steps::is_busy(db, Lane::beside(ticket)).await.context("look for an export")?)
}

impl Kind for Attach {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(self.label, tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step))
    }
}

async fn carry_out(label: Label, tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let (app, db) = (tools.app, &tools.app.db);
    let left: Left = serde_json::from_str(&step.payload).context("read an export's payload")?;
    let Some(running) = app.exports.begin_into_log() else { return wait(app, step, "busy").await };
    let record = lifecycle::find_ticket(db, left.ticket).await.context("find a ticket")?;
    let Some(record) = record.filter(|record| record.thread != Thread::Gone) else { return end(tools, step).await };
    let Some(thread) = record.thread_id else { return end(tools, step).await };
    let Some((channel, settings)) = log_of(db, &record).await? else { return end(tools, step).await };
    let is_closing = steps::is_busy(db, record.ticket.into()).await.context("look for a ticket's steps")?;
    if is_closing && app.now().apart(left.closed_at()) < CLOSING {
        return wait(app, step, "closing").await;
    }
    // Reading costs a request for each hundred messages.
    if step.attempts > 0 && left.after.is_none() && !may_post(tools, channel, &record).await {
        return Ok(Outcome::Failed(RestError::refused_locally(Refusal::MissingPermissions)));
    }
    let locale = guilds::find_locale(db, step.guild).await.context("find a guild's language")?;
    let locale = locale.as_deref().map(Locale::from_discord).unwrap_or_default();
    let facts = Facts::new(&record, thread, Some(label(&settings.panel, &locale)), app.now());
    let order = order(app, facts, &locale, &settings, left);
    let mut log = Log { tools, step, channel, locale, left, number: record.number, thread };
    let done = read::run(tools, order, &mut log).await;
    drop(running);
    finish(tools, step, channel, done, log.left.after.is_some()).await
}

fn order(app: &App, facts: Facts, locale: &Locale, settings: &InboxSettings, left: Left) -> Order {
    Order {
        from: left.position(facts.thread),
        facts,
        format: Format::Html,
        locale: locale.clone(),
        zone: settings.hours.zone.clone().unwrap_or_else(Zone::utc),
        viewer: Viewer::default(),
        limit: None,
        until: app.clock.monotonic() + TIME,
        stop: None,
    }
}

/// The log of the ticket's inbox, if it still wants exports, and the inbox's settings.
async fn log_of(db: &Database, record: &Record) -> Result<Option<(ChannelId, InboxSettings)>> {
    let Some(inbox) = record.inbox else { return Ok(None) };
    let inbox = inboxes::find(db, inbox).await.context("find a ticket's inbox")?;
    let settings = inbox.map(|inbox| inbox.settings).filter(|settings| settings.log.attach_export);
    Ok(settings.and_then(|settings| Some((settings.log.channel?, settings))))
}

/// Whether the bot may post files there. Without an answer: yes, it is tried. Three requests.
async fn may_post(tools: Tools<'_>, channel: ChannelId, record: &Record) -> bool {
    let Some(Identity { bot, .. }) = tools.app.identity() else { return true };
    let (bot, channel) =
        tokio::join!(BotMember::fetch(tools.rest, record.guild, bot), ChannelFacts::fetch(tools.rest, channel));
    match (bot, channel) {
        (_, Err(Unseen::Hidden)) => false,
        (Ok(bot), Ok(channel)) => {
            permissions::missing(permissions::EXPORT_LOG_NEEDS, bot.permissions_in(&channel)).is_empty()
        }
        _ => true,
    }
}

/// `has_begun`: parts were posted, now or before.
async fn finish(
    tools: Tools<'_>,
    step: &Step,
    channel: ChannelId,
    done: std::result::Result<Report, Failed>,
    has_begun: bool,
) -> Result<Outcome> {
    match done {
        Ok(Report { cut: None | Some(Cut::Gone), .. }) => end(tools, step).await,
        Ok(Report { cut: Some(Cut::Time | Cut::Stopping), .. }) => wait(tools.app, step, "time").await,
        Ok(Report { cut: Some(Cut::Limited(wait)), .. }) => Ok(Outcome::Failed(RestError::Limited(wait))),
        Ok(Report { cut: Some(Cut::Silence), .. }) => Ok(Outcome::Failed(RestError::Uncertain("no answer".to_owned()))),
        Err(Failed::Empty) if has_begun => end(tools, step).await,
        // A ticket is never empty: the bot may not read the history.
        Err(Failed::Empty) => Ok(Outcome::Failed(RestError::refused_locally(Refusal::MissingPermissions))),
        Err(Failed::Unread(fault)) if fault.refusal() == Some(Refusal::Unknown) => end(tools, step).await,
        Err(Failed::Unread(fault)) => Ok(Outcome::Failed(fault)),
        Err(Failed::Undelivered { fault, .. }) => match fault.refusal() {
            Some(Refusal::Unknown | Refusal::TooLarge) => {
                tracing::warn!(channel.id = %channel, %fault, "an export could not be posted into a log");
                end(tools, step).await
            }
            _ => Ok(Outcome::Failed(fault)),
        },
        Err(Failed::Internal(cause)) => Err(cause.context("export a closed ticket").into()),
    }
}

/// Not a failure: it is simply not its turn yet.
async fn wait(app: &App, step: &Step, cause: &str) -> Result<Outcome> {
    let wait = BUSY * step.attempts.saturating_add(1).min(BUSIEST);
    work::postpone_for(app, step, wait, cause).await;
    // The lane goes on when the step is due.
    Ok(Outcome::Done)
}

async fn end(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to end an export")?;
    let is_done = steps::finish(&mut tx, step).await.context("end an export")?;
    tx.commit().await.context("commit the end of an export")?;
    Ok(if is_done { Outcome::Done } else { Outcome::Overtaken })
}

/// The log of an inbox.
struct Log<'a> {
    tools: Tools<'a>,
    step: &'a Step,
    channel: ChannelId,
    locale: Locale,
    left: Left,
    number: u32,
    thread: ThreadId,
}

impl Outlet for Log<'_> {
    const GOES_ON: bool = true;

    async fn deliver(&mut self, part: Part) -> RestResult<()> {
        let caption = self.caption(&part);
        if !self.was_posted(&caption).await? {
            // A nonce has at most 25 characters; the step's has 22.
            let nonce = format!("{}{:x}", self.step.nonce, part.number & 0xFFF);
            channel_posts::post_file(self.tools.rest, self.channel, &caption, part.file, &nonce).await?;
        }
        let Position { after, part, read } = part.next;
        self.left = Left { after: Some(after), part, read, ..self.left };
        let payload = serde_json::to_string(&self.left).map_err(|_| RestError::Broken("an export's payload"))?;
        if let Err(error) = steps::note_progress(&self.tools.app.db, self.step, &payload).await {
            tracing::error!(%error, "the progress of an export could not be stored");
        }
        Ok(())
    }

    async fn on_progress(&mut self, _: u64, _: u64) {}
}

impl Log<'_> {
    /// The first line names ticket, closing and part: by it a posted part is recognised.
    fn caption(&self, part: &Part) -> String {
        let say = |msg: ExportMsg| i18n::render(&self.locale, &msg);
        let link = ThreadLink { guild: self.step.guild, thread: self.thread };
        let closed_at = self.left.closed_at().seconds();
        let what = match (part.number, part.end) {
            (1, PartEnd::Last | PartEnd::Cut) => say(ExportMsg::Attached),
            (number, _) => say(ExportMsg::AttachedPart { part: number.into() }),
        };
        let mut caption = format!("**#{}** {link} {what} · <t:{closed_at}:f>\n", self.number);
        caption += &say(ExportMsg::AttachedCount { count: part.messages });
        if part.reads_content == Some(false) {
            caption.push(' ');
            caption += &say(ExportMsg::AttachedNoContent);
        }
        caption
    }

    /// Whether an earlier attempt has posted it. Unreadable: no, because the bot was most likely refused.
    async fn was_posted(&self, caption: &str) -> RestResult<bool> {
        let closed_at = self.left.closed_at();
        if self.step.attempts == 0 || nonce_holds(self.tools.app, closed_at) {
            return Ok(false);
        }
        let Some(Identity { bot, .. }) = self.tools.app.identity() else { return Ok(false) };
        let first = channel_posts::first_line(caption);
        let is_it = |posted: &str| channel_posts::first_line(posted) == first;
        let found = channel_posts::find(self.tools.rest, self.channel, bot, closed_at - CLOCKS_APART, is_it).await?;
        Ok(matches!(found, Found::At(_)))
    }
}
