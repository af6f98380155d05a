//! The log: a line in a channel of the staff for each thing that happens to a ticket.
//!
//! Whoever decides something calls [`note`] in the deciding transaction. For each channel that logs it, a step is stored
//! in that channel's own lane; `post` carries it out. A slow or refused log delays no ticket and no other log.

mod archiver;
mod msg;
mod post;
mod words;

pub use archiver::find_archiver;
pub use msg::LogMsg;
pub use post::LINE;

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::app::{Alarm, App, TextOwner};
use crate::domain::clock::Timestamp;
use crate::domain::happening::{Destination, Happening, Logs};
use crate::domain::ids::{ChannelId, GuildId, InboxId, ThreadId, TicketId, UserId};
use crate::domain::settings::LogKind;
use crate::error::Result;
use crate::storage::lifecycle::Record;
use crate::storage::steps::{self, Lane, NewStep};
use crate::storage::{self, WriteTx, journal};

/// The name of the route behind *Re-open* in a line: its content is the ticket's id. `tickets` handles it.
pub const REOPEN: &str = "rop";

/// A line that was not posted by then is given up.
const KEPT_FOR: Duration = Duration::from_hours(7 * 24);

/// A line that comes later than this says when it happened, and leaves texts of people out.
const LATE: Duration = Duration::from_mins(5);

/// Lines were stored in a transaction. Dropping it wakes the worker: keep it until the transaction has ended.
#[must_use = "keep it until the transaction has ended"]
pub struct Noted<'a>(Option<&'a Alarm>);

impl Noted<'_> {
    /// Whether the worker is to be woken; the caller does so when the transaction has ended.
    pub fn rings(mut self) -> bool {
        self.0.take().is_some()
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        if let Some(alarm) = self.0 {
            alarm.ring();
        }
    }
}

/// A stored line: ids, times, counts and names of kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    channel: ChannelId,
    /// `None`: it is about a member.
    ticket: Option<TicketId>,
    /// The ticket's number in the guild.
    number: Option<u32>,
    /// `None`: it has none.
    thread: Option<ThreadId>,
    inbox: Option<InboxId>,
    /// The ticket's owner, or the member.
    owner: UserId,
    /// When it happened: milliseconds since 1970.
    at: i64,
    /// How long the ticket was open by then, in seconds.
    open_for: u64,
    happening: Happening,
}

/// Logs something that happened to a ticket, where that kind is logged.
pub async fn note<'a>(app: &'a App, tx: &mut WriteTx, record: &Record, happening: Happening) -> Result<Noted<'a>> {
    note_with(app, tx, record, happening, None).await
}

/// The same with the reason that a person gave. It is stored encrypted, for the logs with reasons.
pub async fn note_with<'a>(
    app: &'a App,
    tx: &mut WriteTx,
    record: &Record,
    happening: Happening,
    reason: Option<&str>,
) -> Result<Noted<'a>> {
    let logs = logs_of(tx, record.guild, record.inbox).await?;
    let now = app.now();
    let mut any = None;
    for destination in logs.destinations(happening.kind()) {
        let entry = Entry {
            channel: destination.channel,
            ticket: Some(record.ticket),
            number: Some(record.number),
            thread: record.thread_id,
            inbox: record.inbox,
            owner: record.owner,
            at: now.millis(),
            open_for: record.opened_at.map_or(0, |opened| now.since(opened).as_secs()),
            happening: happening.clone(),
        };
        store(app, tx, record.guild, &entry, reason.filter(|_| destination.reasons)).await?;
        any = Some(&app.alarm);
    }
    Ok(Noted(any))
}

/// Whether a log takes what happens of this kind to a ticket.
pub async fn takes(app: &App, record: &Record, kind: LogKind) -> Result<bool> {
    let logs = or_none(journal::find_logs(&app.db, record.guild, record.inbox).await, record.guild)?;
    Ok(!logs.destinations(kind).is_empty())
}

/// Logs what happened to a member in the whole guild, or in these inboxes, once in each log. Also returns whether a log
/// takes the reason.
pub async fn note_block<'a>(
    app: &'a App,
    tx: &mut WriteTx,
    guild: GuildId,
    inboxes: &[InboxId],
    member: UserId,
    happening: Happening,
    reason: Option<&str>,
) -> Result<(Noted<'a>, bool)> {
    let found = logs_of_block(tx, guild, inboxes, happening.kind()).await?;
    let (mut any, mut is_kept) = (None, false);
    for destination in found {
        let entry = Entry::about_member(destination.channel, member, app.now(), happening.clone());
        is_kept |= destination.reasons;
        store(app, tx, guild, &entry, reason.filter(|_| destination.reasons)).await?;
        any = Some(&app.alarm);
    }
    Ok((Noted(any), is_kept))
}

/// Logs a block that a file has set or taken back: without a reason. The caller wakes the worker when the transaction has
/// ended.
pub async fn note_block_of_file(
    tx: &mut WriteTx,
    guild: GuildId,
    inbox: Option<InboxId>,
    member: UserId,
    happening: Happening,
    now: Timestamp,
) -> Result<()> {
    for destination in logs_of_block(tx, guild, inbox.as_slice(), happening.kind()).await? {
        let entry = Entry::about_member(destination.channel, member, now, happening.clone());
        insert(tx, guild, &entry, None, now).await?;
    }
    Ok(())
}

/// The logs that a block in the whole guild, or in these inboxes, concerns.
async fn logs_of_block(
    tx: &mut WriteTx,
    guild: GuildId,
    inboxes: &[InboxId],
    kind: LogKind,
) -> Result<Vec<Destination>> {
    let common = logs_of(tx, guild, None).await?;
    let mut found = Vec::new();
    if inboxes.is_empty() && common.common.is_some() {
        found = common.destinations(kind);
    } else {
        // Without a common log, what concerns the whole guild concerns the logs of all inboxes.
        let all = if inboxes.is_empty() {
            journal::list_inboxes(tx, guild).await.context("list inboxes")?
        } else {
            inboxes.to_vec()
        };
        for inbox in all {
            let logs = logs_of(tx, guild, Some(inbox)).await?;
            let further = logs.destinations(kind);
            found.extend(
                further
                    .into_iter()
                    .filter(|destination: &Destination| {
                        !found.iter().any(|known: &Destination| known.channel == destination.channel)
                    })
                    .collect::<Vec<_>>(),
            );
        }
    }
    Ok(found)
}

async fn logs_of(tx: &mut WriteTx, guild: GuildId, inbox: Option<InboxId>) -> Result<Logs> {
    or_none(journal::logs_of(tx, guild, inbox).await, guild)
}

/// No logs, if their settings cannot be read: nothing fails for its log.
fn or_none(found: storage::Result<Logs>, guild: GuildId) -> Result<Logs> {
    match found {
        Ok(logs) => Ok(logs),
        Err(storage::Error::Decode(error)) => {
            tracing::error!(%error, guild.id = %guild, "the settings of a log cannot be read; nothing is logged");
            Ok(Logs::default())
        }
        Err(error) => Err(anyhow::Error::new(error).context("find the logs").into()),
    }
}

async fn store(app: &App, tx: &mut WriteTx, guild: GuildId, entry: &Entry, reason: Option<&str>) -> Result<()> {
    let sealed = reason.and_then(|reason| app.text_seal.seal(entry.text_owner(), reason));
    insert(tx, guild, entry, sealed, app.now()).await
}

async fn insert(
    tx: &mut WriteTx,
    guild: GuildId,
    entry: &Entry,
    sealed: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<()> {
    let lane = Lane::from(entry.channel);
    let new = NewStep {
        lane,
        guild,
        ticket: None,
        kind: journal::KIND,
        payload: serde_json::to_string(entry).context("write a log line's payload")?,
        sealed,
        due_at: now,
        deadline: now + KEPT_FOR,
    };
    steps::insert(tx, &new, None).await.context("store a log line")?;
    Ok(journal::bound(tx, lane, false).await.context("bound the lines of a log")?)
}

/// A channel has changed: lines that wait because the bot was refused there are tried again.
pub async fn on_channel_updated(app: &App, channel: ChannelId) -> Result<()> {
    if journal::try_again(&app.db, channel, app.now()).await.context("try the lines of a log again")? {
        app.alarm.ring();
    }
    Ok(())
}

/// The bot may have other rights in the channels of a guild: the same for all of them.
pub async fn on_rights_changed(app: &App, guild: GuildId) -> Result<()> {
    for (channel, _) in journal::list_waiting(&app.db, guild).await.context("list the logs that wait")? {
        on_channel_updated(app, channel).await?;
    }
    Ok(())
}

impl Entry {
    fn about_member(channel: ChannelId, member: UserId, at: Timestamp, happening: Happening) -> Self {
        Self {
            channel,
            ticket: None,
            number: None,
            thread: None,
            inbox: None,
            owner: member,
            at: at.millis(),
            open_for: 0,
            happening,
        }
    }

    /// What its reason is sealed for.
    fn text_owner(&self) -> TextOwner {
        self.ticket.map_or(TextOwner::Person(self.owner), TextOwner::Ticket)
    }

    fn happened_at(&self) -> Timestamp {
        Timestamp::from_millis(self.at)
    }
}
