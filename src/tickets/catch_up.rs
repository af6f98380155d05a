//! What happened to a guild's tickets, channels and roles while nobody listened: before the start, between two sessions,
//! or in an event that never came. Guilds are put on the agenda when they arrive and once a day.
//!
//! A list shows what is there. Absence from it proves nothing: what is missing is asked for, and only Discord's own "not
//! found" counts. That is one request for each active ticket and one for each guild that has any (two more on the daily
//! round, which has no list to begin with, and one for each member who is staff by name), sent one after another with a pause, so that clicks never wait behind them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use anyhow::Context as _;
use tokio::time;
use tokio_util::task::TaskTracker;

use super::close::{follow, is_news, on_channel_deleted, on_event, on_sight};
use super::taken_over;
use crate::app::{App, Missing};
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Sighting};
use crate::discord::{Fault, Refusal, guild, report};
use crate::domain::ids::{ChannelId, GuildId, RoleId, ThreadId};
use crate::domain::lifecycle::{Event, State};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::storage::lifecycle::{self, Record};
use crate::storage::{guilds, inbox_facts};

/// Between two requests: a tenth of what Discord allows a bot in all (Discord: "Rate Limits", 50 requests per second).
const PACE: Duration = Duration::from_millis(200);

/// Before a guild is tried again for which Discord did not answer.
const PAUSE: Duration = Duration::from_secs(5);

/// A guild has arrived, with its own threads that are active and all its roles, but without the channels in `missing`, on
/// which inboxes depend. Returns the sightings that are not as they are stored.
pub async fn on_arrival(
    app: &App,
    guild: GuildId,
    active: Vec<Sighting>,
    missing: BTreeSet<ChannelId>,
    roles: &HashSet<RoleId>,
) -> Result<Vec<Sighting>> {
    let staff = inbox_facts::staff_roles(&app.db, guild).await.context("list the staff's roles")?;
    let records = records_of(app, &active).await?;
    app.agenda.add(
        guild,
        Some(Missing {
            channels: missing,
            roles: staff.into_iter().filter(|role| !roles.contains(role)).collect(),
            owners: records.values().any(is_idle),
        }),
    );
    Ok(news(&records, active))
}

/// The bot sees channels that it did not see before, with these active threads: what it could not hear of them may have
/// happened. Returns the sightings that are not as they are stored.
pub async fn on_sight_again(app: &App, guild: GuildId, active: Vec<Sighting>) -> Result<Vec<Sighting>> {
    app.agenda.add(guild, Some(Missing::OWNERS));
    Ok(news(&records_of(app, &active).await?, active))
}

async fn records_of(app: &App, active: &[Sighting]) -> Result<HashMap<ThreadId, Record>> {
    let threads = active.iter().map(|seen| seen.thread);
    let records = lifecycle::list_among(&app.db, threads).await.context("list the tickets among threads")?;
    Ok(records.into_iter().map(|record| (record.id, record)).collect())
}

fn news(records: &HashMap<ThreadId, Record>, mut active: Vec<Sighting>) -> Vec<Sighting> {
    active.retain(|seen| records.get(&seen.thread).is_some_and(|record| is_news(record, seen)));
    active
}

/// Closed or dormant, with nothing left to do for it: its owner may be back in it.
fn is_idle(record: &Record) -> bool {
    matches!(record.state, State::Closed | State::Dormant) && record.remaining.is_none()
}

/// Every guild of ours is looked over, whatever was heard of it.
pub async fn begin_round(app: &App) -> Result<()> {
    let present = guilds::list_present(&app.db).await.context("list guilds")?;
    for guild in present.into_iter().filter(|&guild| app.share.has(guild)) {
        app.agenda.add(guild, None);
    }
    Ok(())
}

/// Works off the agenda until the bot stops; what is left is caught up with at the next start.
pub async fn work_off(app: &App, rest: &Rest, work: &TaskTracker) {
    loop {
        let (guild, missing) = app.agenda.next().await;
        if work.is_closed() {
            return;
        }
        let looked = work.track_future(Look { app, rest, work, guild }.over(missing.as_ref())).await;
        match looked {
            Ok(Err(fault)) if fault.is_final() => {
                tracing::warn!(guild.id = %guild, %fault, "a guild could not be looked over");
            }
            Ok(Err(fault)) => {
                tracing::warn!(guild.id = %guild, %fault, "a guild could not be looked over yet");
                app.agenda.add(guild, missing);
                time::sleep(PAUSE).await;
            }
            Ok(Ok(())) => {}
            Err(error) => report::log("look over a guild", Err(error)),
        }
    }
}

async fn see(app: &App, rest: &Rest, active: &[Sighting]) -> Result<()> {
    let records = records_of(app, active).await?;
    for seen in active {
        if let Some(record) = records.get(&seen.thread).filter(|record| is_news(record, seen)) {
            on_sight(app, rest, record, seen).await?;
        }
    }
    Ok(())
}

/// The tickets among these active threads that are closed or dormant, with nothing left to do for them.
async fn not_open(app: &App, active: &[Sighting]) -> Result<Vec<Record>> {
    Ok(records_of(app, active).await?.into_values().filter(is_idle).collect())
}

/// What inboxes depend on and lists do not show.
async fn missing(app: &App, guild: GuildId, channels: &HashSet<ChannelId>, roles: &HashSet<RoleId>) -> Result<Missing> {
    let used = guilds::inbox_channels(&app.db, guild).await.context("list the inboxes' channels")?;
    let staff = inbox_facts::staff_roles(&app.db, guild).await.context("list the staff's roles")?;
    Ok(Missing {
        channels: used.into_iter().filter(|channel| !channels.contains(channel)).collect(),
        roles: staff.into_iter().filter(|role| !roles.contains(role)).collect(),
        owners: true,
    })
}

/// What only Discord could have told, and it did not.
pub(super) type Told<T> = std::result::Result<T, Fault>;

macro_rules! told {
    ($answer:expr) => {
        match $answer {
            Ok(told) => told,
            Err(fault) => return Ok(Err(fault)),
        }
    };
}

/// One look over one guild.
struct Look<'a> {
    app: &'a App,
    rest: &'a Rest,
    work: &'a TaskTracker,
    guild: GuildId,
}

impl Look<'_> {
    async fn over(&self, missing: Option<&Missing>) -> Result<Told<()>> {
        let listed = match missing {
            Some(missing) => missing.clone(),
            None => told!(self.compare().await?),
        };
        for channel in listed.channels {
            self.pause().await;
            if told!(guild::channel_is_gone(self.rest, channel).await) {
                let (threads, event) = on_channel_deleted(self.app, channel).await?;
                for thread in threads {
                    on_event(self.app, self.rest, thread, event).await?;
                }
            }
        }
        for role in listed.roles {
            self.pause().await;
            if told!(guild::role_is_gone(self.rest, self.guild, role).await) {
                self.forget(StaffMember::Role(role)).await?;
            }
        }
        // No list shows members; each is asked about, but only once a day.
        if missing.is_none() {
            told!(self.staff().await?);
        }
        self.tickets(listed.owners).await
    }

    /// The members who are staff by name, and have left the guild.
    async fn staff(&self) -> Result<Told<()>> {
        for staff in inbox_facts::staff(&self.app.db, self.guild).await.context("list the staff")? {
            let StaffMember::Member(member) = staff else { continue };
            self.pause().await;
            if self.work.is_closed() {
                return Ok(Ok(()));
            }
            if !told!(guild::has_member(self.rest, self.guild, member).await) {
                self.forget(staff).await?;
            }
        }
        Ok(Ok(()))
    }

    async fn forget(&self, gone: StaffMember) -> Result<()> {
        inbox_facts::forget_staff(&self.app.db, self.guild, gone).await.context("drop staff that is gone")?;
        Ok(())
    }

    /// Compares what is stored with Discord's lists.
    async fn compare(&self) -> Result<Told<Missing>> {
        self.pause().await;
        let roles = told!(guild::roles(self.rest, self.guild).await).into_iter().collect();
        self.pause().await;
        let channels = told!(guild::channels(self.rest, self.guild).await);
        let channels = channels.into_iter().map(|channel| channel.id).collect();
        missing(self.app, self.guild, &channels, &roles).await.map(Ok)
    }

    /// `owners`: also of tickets that are not open, and whose owners may be back in them.
    async fn tickets(&self, owners: bool) -> Result<Told<()>> {
        let (app, rest) = (self.app, self.rest);
        let open = lifecycle::list_open(&app.db, self.guild).await.context("list open tickets")?;
        let unseen = lifecycle::list_unseen(&app.db, self.guild).await.context("list tickets that were taken over")?;
        if open.is_empty() && unseen.is_empty() && !owners {
            return Ok(Ok(()));
        }
        self.pause().await;
        let made = match app.identity() {
            Some(identity) => told!(threads::list_made(rest, self.guild, identity.bot).await),
            None => Vec::new(),
        };
        let active: Vec<Sighting> = made.iter().map(|thread| thread.sighting).collect();
        see(app, rest, &active).await?;
        let idle = not_open(app, &active).await?;
        let active: HashSet<ThreadId> = active.iter().map(|seen| seen.thread).collect();
        for listed in open.into_iter().chain(idle) {
            self.pause().await;
            if self.work.is_closed() {
                return Ok(Ok(()));
            }
            // Much may have happened to it since.
            let Some(record) = lifecycle::find(&app.db, listed.id).await.context("find a ticket")? else { continue };
            match self.ask_about(&record, active.contains(&record.id)).await? {
                Err(fault) if fault.is_final() => {
                    tracing::warn!(ticket.id = %record.ticket, %fault, "could not find out what became of a ticket");
                }
                answered => told!(answered),
            }
        }
        self.taken_over(unseen).await
    }

    /// Tickets that were taken over, and that nobody has asked Discord about yet.
    async fn taken_over(&self, unseen: Vec<Record>) -> Result<Told<()>> {
        for listed in unseen {
            self.pause().await;
            if self.work.is_closed() {
                return Ok(Ok(()));
            }
            told!(taken_over::settle(self.app, self.rest, listed.id).await?);
        }
        Ok(Ok(()))
    }

    async fn ask_about(&self, record: &Record, is_active: bool) -> Result<Told<()>> {
        let (app, rest) = (self.app, self.rest);
        let event = if is_active {
            match threads::has_member(rest, record.id, record.owner).await {
                Ok(true) if record.is_open() => return Ok(Ok(())),
                Ok(true) => Event::OwnerJoined,
                Ok(false) if record.state == State::Closed => return Ok(Ok(())),
                Ok(false) => told!(how_left(rest, record).await),
                Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Event::ThreadDeleted,
                Err(fault) => return Ok(Err(fault)),
            }
        } else {
            match told!(threads::look(rest, record.id).await) {
                Some(seen) => return on_sight(app, rest, record, &seen).await.map(Ok),
                None => Event::ThreadDeleted,
            }
        };
        follow(app, rest, record, event, None).await.map(Ok)
    }

    async fn pause(&self) {
        time::sleep(PACE).await;
    }
}

/// Whether the owner, who is not in the thread, has left only that or the whole guild.
pub(super) async fn how_left(rest: &Rest, record: &Record) -> Told<Event> {
    let is_member = guild::has_member(rest, record.guild, record.owner).await?;
    Ok(if is_member { Event::OwnerLeftThread } else { Event::OwnerLeftGuild })
}
