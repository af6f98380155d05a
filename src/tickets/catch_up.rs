//! Reconciles a guild's tickets, channels and roles with Discord after events were missed: before the start, between
//! two sessions, or lost. Guilds are queued on arrival and once a day.
//!
//! A list proves presence, not absence: missing objects are requested one by one, and only Discord's "not found"
//! counts. That costs one request for each active ticket and one for each guild that has any (on the daily round, which
//! has no list, two more, and one for each member who is staff by name), and one for each member who has claimed a
//! ticket, sent one after another with a pause, so that clicks never wait behind them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::{Mutex, Semaphore};
use tokio::time;

use super::claimers;
use super::close::{is_news, on_channel_deleted, on_sight, start_step};
use super::machine::{self, Which};
use super::steps::look::{ask, settle_imported};
use crate::app::{App, Missing};
use crate::discord::threads::{self, ThreadSnapshot};
use crate::discord::{BotContext, RestError, guild, members, report};
use crate::domain::ids::{ChannelId, GuildId, RoleId, ThreadId};
use crate::domain::lifecycle::{self, About, Question};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::storage::lifecycle::{self as tickets, Record};
use crate::storage::{guilds, inbox_facts};

/// Between two requests: a tenth of what Discord allows a bot in all (Discord: "Rate Limits", 50 requests per second).
const REQUEST_INTERVAL: Duration = Duration::from_millis(200);

/// Guilds reconciled at once. They share the pace; a guild without answers leaves it to the others.
const AT_ONCE: usize = 8;

/// The waits before a guild is retried for which Discord did not answer; after the last, the daily round handles it.
const WAITS: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_mins(30),
    Duration::from_hours(1),
    Duration::from_hours(3),
];

/// A guild's reconciliation ends after this many unanswered requests.
const MAX_FAILURES: usize = 3;

/// A guild has arrived with its active threads and all its roles; `missing` lists channels that inboxes depend on and
/// that were absent. Returns the threads that differ from the database.
pub async fn on_arrival(
    app: &App,
    guild: GuildId,
    active: Vec<ThreadSnapshot>,
    missing: BTreeSet<ChannelId>,
    roles: &HashSet<RoleId>,
) -> Result<Vec<ThreadSnapshot>> {
    let staff = inbox_facts::staff_roles(&app.db, guild).await.context("list the staff's roles")?;
    let records = records_of(app, &active).await?;
    app.reconcile_queue.add(
        guild,
        Some(Missing {
            channels: missing,
            roles: staff.into_iter().filter(|role| !roles.contains(role)).collect(),
            owners: records.values().any(is_idle),
            claimers: true,
            guild: false,
        }),
    );
    Ok(news(&records, active))
}

/// Channels became visible to the bot, with these active threads; it may have missed their events. Returns the threads
/// that differ from the database.
pub async fn on_sight_again(app: &App, guild: GuildId, active: Vec<ThreadSnapshot>) -> Result<Vec<ThreadSnapshot>> {
    app.reconcile_queue.add(guild, Some(Missing::OWNERS));
    Ok(news(&records_of(app, &active).await?, active))
}

async fn records_of(app: &App, active: &[ThreadSnapshot]) -> Result<HashMap<ThreadId, Record>> {
    let threads = active.iter().map(|seen| seen.thread);
    let records = tickets::list_among(&app.db, threads).await.context("list the tickets among threads")?;
    Ok(records.into_iter().filter_map(|record| Some((record.thread_id?, record))).collect())
}

fn news(records: &HashMap<ThreadId, Record>, mut active: Vec<ThreadSnapshot>) -> Vec<ThreadSnapshot> {
    active.retain(|seen| records.get(&seen.thread).is_some_and(|record| is_news(record, seen)));
    active
}

/// Closed or dormant: its owner may have returned to the thread.
fn is_idle(record: &Record) -> bool {
    matches!(record.state, lifecycle::State::Closed | lifecycle::State::Dormant)
}

/// Queues every guild of this process.
pub async fn begin_round(app: &App) -> Result<()> {
    let present = guilds::list_present(&app.db).await.context("list guilds")?;
    for guild in present.into_iter().filter(|&guild| app.share.has(guild)) {
        app.reconcile_queue.add(guild, None);
    }
    Ok(())
}

/// Works through the queue until the bot stops; the next start handles the rest.
pub async fn run(state: &Arc<BotContext>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let pace = Arc::new(Mutex::new(()));
    loop {
        let (guild, missing, attempts) = state.app.reconcile_queue.next().await;
        let Ok(turn) = Arc::clone(&room).acquire_owned().await else { return };
        if state.work.is_closed() {
            return;
        }
        let (state, pace) = (Arc::clone(state), Arc::clone(&pace));
        let tracker = state.work.clone();
        tracker.spawn(async move {
            let mut look =
                Look { state: &state, pace: &pace, guild, left: Missing::default(), failed: 0, trouble: None };
            let looked = look.over(missing.as_ref()).await;
            drop(turn);
            match looked {
                Ok(()) => {
                    if let Some(fault) = look.trouble {
                        let left = missing.map(|_| look.left);
                        retry_later(&state, guild, left, attempts, &fault);
                    }
                }
                Err(error) => report::log("look over a guild", Err(error)),
            }
        });
    }
}

/// Queues a guild again after a wait that does not delay other guilds.
fn retry_later(state: &Arc<BotContext>, guild: GuildId, missing: Option<Missing>, attempts: usize, fault: &RestError) {
    let Some(&wait) = WAITS.get(attempts) else {
        tracing::warn!(guild.id = %guild, %fault, "could not reconcile a guild; the daily round will retry it");
        return;
    };
    tracing::warn!(guild.id = %guild, %fault, attempts, "could not reconcile a guild yet");
    let state = Arc::clone(state);
    // Not tracked: shutdown need not wait for it.
    tokio::spawn(async move {
        time::sleep(wait).await;
        state.app.reconcile_queue.add_again(guild, missing, attempts + 1);
    });
}

/// Facts that inboxes depend on and that the lists do not show.
async fn missing(app: &App, guild: GuildId, channels: &HashSet<ChannelId>, roles: &HashSet<RoleId>) -> Result<Missing> {
    let used = guilds::inbox_channels(&app.db, guild).await.context("list the inboxes' channels")?;
    let staff = inbox_facts::staff_roles(&app.db, guild).await.context("list the staff's roles")?;
    Ok(Missing {
        channels: used.into_iter().filter(|channel| !channels.contains(channel)).collect(),
        roles: staff.into_iter().filter(|role| !roles.contains(role)).collect(),
        owners: true,
        claimers: true,
        guild: false,
    })
}

/// The reconciliation of one guild. A request without an answer does not stop the next one.
struct Look<'a> {
    state: &'a Arc<BotContext>,
    pace: &'a Mutex<()>,
    guild: GuildId,
    /// What is still uncertain.
    left: Missing,
    failed: usize,
    trouble: Option<RestError>,
}

impl Look<'_> {
    async fn over(&mut self, missing: Option<&Missing>) -> Result<()> {
        let (app, rest, guild) = (&self.state.app, &self.state.rest, self.guild);
        let listed = match missing {
            Some(missing) => missing.clone(),
            None => match self.compare().await? {
                Some(listed) => listed,
                None => return Ok(()),
            },
        };
        if listed.guild {
            match self.answer(guild::exists(rest, guild).await) {
                Some(true) => {}
                Some(false) => {
                    guilds::set_left(&app.db, guild, app.now()).await.context("store that the bot left a guild")?;
                    tracing::info!(guild.id = %guild, "the bot was removed from a guild while it was offline");
                    return Ok(());
                }
                None => self.left.guild = true,
            }
        }
        for channel in listed.channels {
            if !self.goes_on().await {
                return Ok(());
            }
            match self.answer(guild::channel_is_gone(rest, channel).await) {
                Some(true) => on_channel_deleted(app, channel).await?,
                Some(false) => {}
                None => _ = self.left.channels.insert(channel),
            }
        }
        for role in listed.roles {
            if !self.goes_on().await {
                return Ok(());
            }
            match self.answer(guild::role_is_gone(rest, guild, role).await) {
                Some(true) => self.forget(StaffMember::Role(role)).await?,
                Some(false) => {}
                None => _ = self.left.roles.insert(role),
            }
        }
        // No list shows members; each is requested, but only once a day.
        if missing.is_none() {
            self.staff().await?;
        }
        self.tickets(listed.owners).await?;
        if listed.claimers {
            self.claimers().await?;
        }
        Ok(())
    }

    /// Removes members who are staff by name and have left the guild.
    async fn staff(&mut self) -> Result<()> {
        let staff = inbox_facts::staff(&self.state.app.db, self.guild).await.context("list the staff")?;
        for staff in staff {
            let StaffMember::Member(member) = staff else { continue };
            if !self.goes_on().await {
                return Ok(());
            }
            let is_member = guild::has_member(&self.state.rest, self.guild, member).await;
            if self.answer(is_member) == Some(false) {
                self.forget(staff).await?;
            }
        }
        Ok(())
    }

    /// Ends the claims of members who have left the guild, and puts those in doubt whose roles do not make them staff.
    async fn claimers(&mut self) -> Result<()> {
        let (state, guild) = (self.state, self.guild);
        for claimer in claimers::list(state, guild).await? {
            if !self.goes_on().await {
                self.left.claimers = true;
                return Ok(());
            }
            match self.answer(members::find(&state.rest, guild, claimer).await) {
                Some(Some(member)) => claimers::on_member_updated(state, guild, claimer, &member.roles).await?,
                Some(None) => claimers::on_member_left(state, guild, claimer).await?,
                None => self.left.claimers = true,
            }
        }
        Ok(())
    }

    async fn forget(&self, gone: StaffMember) -> Result<()> {
        let (state, guild) = (self.state, self.guild);
        let claims = match gone {
            StaffMember::Role(role) => claimers::list_under(state, guild, role).await?,
            StaffMember::Member(_) => Vec::new(),
        };
        inbox_facts::forget_staff(&state.app.db, guild, gone).await.context("drop staff that is gone")?;
        match gone {
            StaffMember::Role(_) => claimers::doubt_all(state, claims).await,
            StaffMember::Member(member) => claimers::on_member_left(state, guild, member).await,
        }
    }

    /// Compares the database with Discord's lists.
    async fn compare(&mut self) -> Result<Option<Missing>> {
        if !self.goes_on().await {
            return Ok(None);
        }
        let roles = guild::roles(&self.state.rest, self.guild).await;
        let Some(roles) = self.answer(roles) else { return Ok(None) };
        if !self.goes_on().await {
            return Ok(None);
        }
        let channels = guild::channels(&self.state.rest, self.guild).await;
        let Some(channels) = self.answer(channels) else { return Ok(None) };
        let channels = channels.into_iter().map(|channel| channel.id).collect();
        missing(&self.state.app, self.guild, &channels, &roles.into_iter().collect()).await.map(Some)
    }

    /// `owners`: also checks tickets that are not open and whose owners may have returned.
    async fn tickets(&mut self, owners: bool) -> Result<()> {
        let (app, rest) = (&self.state.app, &self.state.rest);
        let open = tickets::list_open(&app.db, self.guild).await.context("list open tickets")?;
        let unseen = tickets::list_unseen(&app.db, self.guild).await.context("list imported tickets")?;
        if open.is_empty() && unseen.is_empty() && !owners {
            return Ok(());
        }
        if !self.goes_on().await {
            return Ok(());
        }
        let made = match app.identity() {
            Some(identity) => {
                let made = threads::list_made(rest, self.guild, identity.bot).await;
                let Some(made) = self.answer(made) else {
                    self.left.owners = owners;
                    return Ok(());
                };
                made
            }
            None => Vec::new(),
        };
        let active: Vec<ThreadSnapshot> = made.iter().map(|thread| thread.sighting).collect();
        self.see(&active).await?;
        let idle = records_of(app, &active).await?.into_values().filter(is_idle);
        let active: HashSet<ThreadId> = active.iter().map(|seen| seen.thread).collect();
        for listed in open.into_iter().chain(idle) {
            if !self.goes_on().await {
                return Ok(());
            }
            // The ticket may have changed since it was listed.
            let found = tickets::find_ticket(&app.db, listed.ticket).await.context("find a ticket")?;
            let Some(record) = found else { continue };
            let is_active = record.thread_id.is_some_and(|thread| active.contains(&thread));
            let about = if is_active { About::Owner } else { About::Thread };
            if let Some(events) = self.answer(ask(rest, &record, Question { about, ..Question::owner(None) }).await) {
                for event in events {
                    let step = machine::apply(app, Which::TicketOf(record.ticket, record.owner), event).await?;
                    start_step(self.state, step);
                }
            } else {
                self.left.owners = owners;
            }
        }
        // Imported tickets that Discord has not been asked about yet.
        for record in unseen {
            if !self.goes_on().await {
                return Ok(());
            }
            let settled = settle_imported(self.state, &record).await?;
            self.answer(settled);
        }
        Ok(())
    }

    async fn see(&self, active: &[ThreadSnapshot]) -> Result<()> {
        let app = &self.state.app;
        let records = records_of(app, active).await?;
        for seen in active {
            if records.get(&seen.thread).is_some_and(|record| is_news(record, seen)) {
                start_step(self.state, on_sight(app, seen).await?);
            }
        }
        Ok(())
    }

    /// `None`: Discord did not answer. A final refusal is logged and not retried.
    fn answer<T>(&mut self, told: std::result::Result<T, RestError>) -> Option<T> {
        match told {
            Ok(told) => Some(told),
            Err(fault) if fault.is_final() => {
                tracing::warn!(guild.id = %self.guild, %fault, "could not reconcile a part of a guild");
                None
            }
            Err(fault) => {
                self.failed += 1;
                self.trouble = Some(fault);
                None
            }
        }
    }

    /// Waits for its turn; false when continuing is pointless.
    async fn goes_on(&self) -> bool {
        if self.failed >= MAX_FAILURES || self.state.work.is_closed() {
            return false;
        }
        let _turn = self.pace.lock().await;
        time::sleep(REQUEST_INTERVAL).await;
        true
    }
}
