//! Scheduled work: takes over abandoned steps (`work`), draws cards and panels, deletes expired records, and once a day backs up
//! the database and reconciles every guild of this process's shards.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time::{self, MissedTickBehavior};

use crate::app::App;
use crate::app::background::restarted;
use crate::backups::Daily;
use crate::config::Retention;
use crate::discord::rest::Route;
use crate::discord::{BotContext, report};
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::error::Result;
use crate::inboxes::panels::Panels;
use crate::storage::personal;
use crate::storage::retention::{self, Expired};
use crate::tickets::cards::Cards;
use crate::tickets::{catch_up, steps, timers};
use crate::work::{Worker, drawer};

const EVERY: Duration = Duration::from_mins(1);

/// How often the clock is read.
const TICK: Duration = Duration::from_secs(1);

/// How often Discord is asked for the time, when that is in doubt.
const ASK_AGAIN: Duration = Duration::from_secs(30);

/// How often every guild is reconciled, whatever events arrived: one may have been lost.
const ROUND: Duration = Duration::from_hours(24);

/// Runs until the bot stops, by the application's clock.
pub(super) fn start(state: Arc<BotContext>, retention: Retention, backups: Arc<Daily>) {
    let for_catch_up = Arc::clone(&state);
    tokio::spawn(async move { restarted("catch-up", || catch_up::run(&for_catch_up)).await });
    let for_cards = Arc::clone(&state);
    tokio::spawn(async move { restarted("cards", || drawer::run::<Cards>(&for_cards)).await });
    let for_panels = Arc::clone(&state);
    tokio::spawn(async move { restarted("panels", || drawer::run::<Panels>(&for_panels)).await });
    let worker = Worker::new(Arc::clone(&state), steps::KINDS, timers::on_due);
    tokio::spawn(async move { restarted("steps", || worker.run()).await });
    tokio::spawn(async move { restarted("upkeep", || keep_up(&state, retention, &backups)).await });
}

async fn keep_up(state: &Arc<BotContext>, retention: Retention, backups: &Arc<Daily>) {
    let mut ticks = time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let begun = state.app.clock.monotonic();
    let mut cleanup = Cleanup::new(retention);
    let (mut last_pass, mut last_round, mut last_question) = (begun, begun, begun);
    loop {
        ticks.tick().await;
        let work = state.work.clone();
        if work.is_closed() {
            return;
        }
        let now = state.app.clock.monotonic();
        if now.saturating_sub(last_pass) >= EVERY {
            last_pass = now;
            // Another process, such as `ticketbot config apply`, may have stored steps and changed panels.
            state.app.alarm.ring();
            state.app.panel_drawers.wake();
            report::log("delete expired records", work.track_future(cleanup.pass(&state.app)).await);
            // Processes that share the shards share the database: one of them backs it up.
            if state.app.share.ids().contains(&0) {
                let (backups, app) = (Arc::clone(backups), Arc::clone(state));
                // A backup may take long; only the end of the program waits for it. After a panic, the next pass
                // restarts it.
                work.spawn(async move { backups.run_if_due(app.app.db.live(), &*app.app.clock).await });
            }
        }
        if now.saturating_sub(last_question) >= ASK_AGAIN && state.app.discord_time.is_in_doubt() {
            last_question = now;
            let state = Arc::clone(state);
            // Any answer tells the time.
            work.spawn(async move { drop(state.rest.get(Route::GatewayBot).send().await) });
        }
        if now.saturating_sub(last_round) >= ROUND {
            last_round = now;
            report::log("begin a round", catch_up::begin_round(&state.app).await);
        }
    }
}

/// How long a guild's inboxes and tickets are kept after the bot was removed: it may return.
const GRACE: Duration = Duration::from_hours(30 * 24);

/// Expired steps report so when tried within this time, and are deleted after it.
const STEP_REMEMBERED: Duration = Duration::from_hours(24);

/// The most batches of one kind in one pass; the next pass goes on.
const BATCHES: usize = 20;

/// How long a reader may delay the truncation of the write-ahead log. The next pass tries again.
const TRUNCATE_TIMEOUT: Duration = Duration::from_millis(100);

/// Deletes expired rows in small batches, logs their number, and leaves no trace of them in the files.
///
/// `storage::retention` selects the rows; the operator or this file sets how long they stay.
pub(super) struct Cleanup {
    settings: Retention,
    /// True at first: rows deleted before a crash may still be in the write-ahead log.
    log_is_due: bool,
}

impl Cleanup {
    pub(super) fn new(settings: Retention) -> Self {
        Self { settings, log_is_due: true }
    }

    /// One pass over everything that expires.
    pub(super) async fn pass(&mut self, app: &App) -> Result<()> {
        let (db, now) = (&app.db, app.now());
        let before = now - GRACE;
        let mut tickets = 0;
        for expired in [
            Expired::Closed { before: now - days(self.settings.closed_tickets_days) },
            Expired::Dormant { before: now - days(self.settings.dormant_tickets_days) },
            Expired::DeletionRequested { cooled_down: now - LONGEST_COOLDOWN },
            Expired::TicketsOfLeftGuilds { before },
        ] {
            tickets += delete(app, expired).await?;
        }
        let empty = retention::delete_empty_guilds(db).await.context("delete guilds without records")?;
        let guilds = delete(app, Expired::LeftGuilds { before }).await? + empty;
        delete(app, Expired::Blocks { before: now }).await?;
        let steps = delete(app, Expired::Selections { before: now - STEP_REMEMBERED }).await?;
        if tickets + guilds + steps > 0 {
            self.log_is_due = true;
            // Their cards are to be removed.
            app.alarm.ring();
            tracing::info!(tickets, guilds, steps, "deleted records that have served their time");
        }
        if self.log_is_due {
            self.log_is_due = !personal::empty_log(db, TRUNCATE_TIMEOUT).await.context("empty the write-ahead log")?;
        }
        Ok(())
    }
}

/// Deletes batches until one is not full. Other writers run in between.
async fn delete(app: &App, expired: Expired) -> Result<u64> {
    let mut deleted = 0;
    for _ in 0..BATCHES {
        let gone = retention::delete_batch(&app.db, expired, app.now()).await.context("delete expired records")?;
        deleted += gone;
        if gone < retention::BATCH {
            break;
        }
        tokio::task::yield_now().await;
    }
    Ok(deleted)
}

fn days(days: u16) -> Duration {
    Duration::from_hours(u64::from(days) * 24)
}
