//! Invariants that hold after anything that can happen to a bot, after one repairing pass.
//!
//! 1. The places in use are the tickets that are opening or open, at most the limit of a member in an inbox.
//! 2. Every private thread of the bot is in the database, unless it is empty and archived.
//! 3. An open ticket's owner is in its thread; nobody reads "ready" about a thread that they cannot see.
//! 4. No click is lost: everybody who saw "thinking…" gets a ticket or a private explanation.
//! 5. No notice appears twice, no thread is archived that a person opened again, no ticket waiting for staff is closed.
//! 6. Each ticket has one card, which shows its newest state; no closing is logged twice, and nobody is notified ([`staff`]).

pub mod staff;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use discord_sim::{Actor, Channel, Guild, Reply, Sim, State, Thread};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, FromRow};

use crate::support::{BETWEEN_LOOKS, LOOKS};

/// A stored ticket.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    pub id: i64,
    pub inbox_id: Option<i64>,
    pub owner_id: i64,
    pub thread_id: Option<i64>,
    pub state: String,
    pub slot: Option<i64>,
    pub thread_gone: i64,
    /// The remaining steps on Discord, of its own or of no ticket; without lines of logs that are refused.
    pub step: Option<String>,
    pub opened_at: Option<i64>,
    pub member_limit: i64,
    /// Its card does not show its newest state.
    pub card_is_due: bool,
    /// The channel of its inbox's cards, as far as the bot knows that it is in the server.
    pub card_channel: Option<i64>,
}

/// The tickets in the database.
pub struct Ledger(PathBuf);

/// A click and its outcome.
pub struct Click {
    pub member: Actor,
    pub reply: Reply,
}

/// What is known of a world besides itself.
#[derive(Default)]
pub struct Expected<'a> {
    pub guilds: Vec<&'a Guild>,
    pub clicks: Vec<Click>,
    /// How often people opened each thread again: it may have as many further notices.
    pub reopened: BTreeMap<u64, usize>,
    /// Threads that people opened again, or that wait for staff: still active, their tickets open or dormant.
    pub waiting: BTreeSet<u64>,
    /// Threads with a reason to close, if reasons are known; `None`: anything may have happened.
    pub with_reason: Option<BTreeSet<u64>>,
    /// Threads whose owner has left them since, voluntarily or not.
    pub left: BTreeSet<u64>,
    /// Everybody who ever left the server: a ticket may be opened for them at that moment or later.
    pub leavers: BTreeSet<u64>,
    /// Threads that the bot was removed from, or that a restored database does not know: it cannot finish them.
    pub out_of_reach: BTreeSet<u64>,
    /// Servers that the bot was removed from: it can promise nobody a ticket there.
    pub removed_from: BTreeSet<u64>,
    /// Where the bot keeps cards for the staff, and where it logs.
    pub cards: Vec<Channel>,
    pub logs: Vec<Channel>,
    /// Whether the bot ended without a shutdown: then Discord itself tells members that a click failed.
    pub killed: bool,
}

const CLOSED: &str = "closed";

impl Ledger {
    pub fn of(database: &Path) -> Self {
        Self(database.to_owned())
    }

    /// The connection is closed before this returns, so never drop it half-way: the last process to close a database
    /// checkpoints its log, and that must be the killed program.
    pub async fn rows(&self) -> Vec<Row> {
        let mut connection = SqliteConnectOptions::new().filename(&self.0).connect().await.unwrap();
        let rows = sqlx::query_as(
            "SELECT t.id, t.inbox_id, t.owner_id, t.thread_id, t.state, t.slot, t.thread_gone,
                    (SELECT kind FROM step s WHERE (s.ticket_id = t.id OR s.ticket_id IS NULL)
                        AND NOT (s.kind = 'log' AND coalesce(s.cause, '') LIKE 'status 40%') ORDER BY id LIMIT 1) AS step,
                    t.opened_at, coalesce(i.member_limit, 0) AS member_limit,
                    (t.card_shown < t.shown OR t.card_outdated > 0 AND t.card_id IS NOT NULL) AND t.opened_at IS NOT NULL
                        AND (t.card_channel_id IS NOT NULL OR i.card_channel_id IS NOT NULL) AS card_is_due,
                    CASE WHEN g.left_at IS NULL THEN i.card_channel_id END AS card_channel
             FROM ticket t JOIN guild g ON g.id = t.guild_id LEFT JOIN inbox i ON i.id = t.inbox_id ORDER BY t.id",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
        rows
    }

    pub async fn inboxes(&self) -> i64 {
        let mut connection = SqliteConnectOptions::new().filename(&self.0).connect().await.unwrap();
        let count = sqlx::query_scalar("SELECT count(*) FROM inbox").fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        count
    }

    /// Changes stored data without the bot, with `value` for `$1`.
    pub async fn store(&self, sql: &'static str, value: u64) {
        let mut connection = SqliteConnectOptions::new().filename(&self.0).connect().await.unwrap();
        sqlx::query(sql).bind(value.cast_signed()).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// The same with a text.
    pub async fn store_text(&self, sql: &'static str, value: &str) {
        let mut connection = SqliteConnectOptions::new().filename(&self.0).connect().await.unwrap();
        sqlx::query(sql).bind(value).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Sets the clock of a bot that is a process of its own ahead.
    pub fn set_clock_ahead(&self, time: Duration) {
        fs::write(self.0.with_file_name("clock"), time.as_millis().to_string()).unwrap();
    }

    /// Lets the bot's first clean-up pass, which empties the write-ahead log: a test can count commits after it only.
    pub async fn pass_first_cleanup(&self, sim: &Sim) {
        let mut log = self.0.as_os_str().to_owned();
        log.push("-wal");
        sim.advance(Self::CLEANUP);
        self.set_clock_ahead(Self::CLEANUP);
        for _ in 0..LOOKS {
            if fs::metadata(&log).is_ok_and(|log| log.len() == 0) {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("the write-ahead log was not emptied");
    }

    /// Longer than the time until that.
    pub const CLEANUP: Duration = Duration::from_mins(2);

    /// Waits until no ticket is opening or closing.
    pub async fn settled(&self) {
        let mut rows = Vec::new();
        for _ in 0..LOOKS {
            rows = self.rows().await;
            if rows.iter().all(|row| row.state != "opening" && row.step.is_none()) {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("not settled: {rows:#?}");
    }

    /// Waits until every card shows the newest state of its ticket: cards follow within seconds.
    pub async fn cards_are_drawn(&self) {
        let mut rows = Vec::new();
        for _ in 0..LOOKS {
            rows = self.rows().await;
            if rows.iter().all(|row| !row.card_is_due && row.step.is_none()) {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        panic!("a card is still to be drawn: {rows:#?}");
    }

    /// Checks all invariants, after [`settled`](Self::settled) and [`cards_are_drawn`](Self::cards_are_drawn).
    pub async fn check(&self, sim: &Sim, expected: &Expected<'_>) {
        let broken = self.broken(sim, expected).await;
        assert!(broken.is_empty(), "{}\nstored: {:#?}", broken.join("\n"), self.rows().await);
    }

    /// The same while events may still arrive: waits until everything holds.
    pub async fn check_soon(&self, sim: &Sim, expected: &Expected<'_>) {
        for _ in 0..LOOKS {
            if self.broken(sim, expected).await.is_empty() {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        self.check(sim, expected).await;
    }

    async fn broken(&self, sim: &Sim, expected: &Expected<'_>) -> Vec<String> {
        let rows = self.rows().await;
        let mut broken = Vec::new();
        let unsettled = rows.iter().filter(|row| row.state == "opening" || row.step.is_some());
        broken.extend(unsettled.map(|row| format!("ticket {} is still on its way", row.id)));
        check_places(&rows, &mut broken);
        for guild in &expected.guilds {
            for thread in guild.threads() {
                if thread.is_private() && thread.owner_id() == sim.bot_id() {
                    check_thread(sim, &rows, &thread, expected, &mut broken);
                }
            }
        }
        for row in rows.iter().filter(|row| row.state == "open" && row.thread_gone == 0) {
            let thread = expected.guilds.iter().flat_map(|guild| guild.threads()).find(|thread| is_of(row, thread));
            match thread {
                Some(thread) if thread.members().contains(&row.owner_id.cast_unsigned()) => {}
                Some(_) => broken.push(format!("ticket {} is open without its owner", row.id)),
                None => broken.push(format!("ticket {} is open without a thread", row.id)),
            }
        }
        staff::check(sim, &rows, expected, &mut broken);
        for click in &expected.clicks {
            check_click(&rows, click, expected, &mut broken);
        }
        broken
    }
}

fn is_of(row: &Row, thread: &Thread) -> bool {
    row.thread_id == Some(thread.id().cast_signed())
}

fn check_places(rows: &[Row], broken: &mut Vec<String>) {
    let mut taken: BTreeMap<_, i64> = BTreeMap::new();
    for row in rows {
        if row.slot.is_some() != ["opening", "open"].contains(&row.state.as_str()) {
            broken.push(format!("ticket {} takes a place wrongly", row.id));
        }
        if row.slot.is_some() && row.member_limit > 0 {
            let count = taken.entry((row.inbox_id, row.owner_id)).or_default();
            *count += 1;
            if *count > row.member_limit {
                broken.push(format!("member {} has more tickets than allowed", row.owner_id));
            }
        }
    }
}

fn check_thread(sim: &Sim, rows: &[Row], thread: &Thread, expected: &Expected<'_>, broken: &mut Vec<String>) {
    let id = thread.id();
    let own: Vec<_> = thread.messages().into_iter().filter(|message| message.author_id() == sim.bot_id()).collect();
    let written = || own.iter().filter(|m| m.kind() == 0 && !m.is_private() && !is_line(&m.text()));
    let notices = written().filter(|message| is_notice(&message.text())).count();
    // A ticket that has moved quotes its former first message.
    let is_starter = |text: &str| text.contains("thank you for your ticket") && !text.contains("> ");
    let starters = written().filter(|message| is_starter(&message.text())).count();
    if starters > 1 {
        broken.push(format!("thread {id} has {starters} starter messages"));
    }
    let allowed = 1 + expected.reopened.get(&id).copied().unwrap_or(0);
    if notices > allowed {
        broken.push(format!("thread {id} has {notices} notices, not {allowed}"));
    }
    let Some(row) = rows.iter().find(|row| is_of(row, thread)) else {
        let is_empty = thread.is_archived() && own.is_empty();
        if !is_empty && !expected.out_of_reach.contains(&id) {
            broken.push(format!("nobody knows thread {id}"));
        }
        return;
    };
    let is_leavers = expected.leavers.contains(&row.owner_id.cast_unsigned());
    let has_reason = is_leavers || expected.with_reason.as_ref().is_none_or(|reasons| reasons.contains(&id));
    if row.state == CLOSED && row.opened_at.is_some() && !has_reason {
        broken.push(format!("the ticket of thread {id} was closed for no reason"));
    }
    if expected.waiting.contains(&id) && !is_leavers && (thread.is_archived() || row.state == CLOSED) {
        broken.push(format!("thread {id} is archived or its ticket closed, but waits for staff"));
    }
}

/// What notices of a closing say in this language.
fn is_notice(text: &str) -> bool {
    let parts =
        ["so it has been closed", "has closed this ticket", "so this ticket has been closed", "agreed to close"];
    text.contains("icket has been closed") || parts.iter().any(|part| text.contains(part))
}

/// What else the bot says in a ticket.
fn is_line(text: &str) -> bool {
    let parts = ["re-opened this", "claim", "asks whether", "will close this ticket", "stays open", "is open again"];
    !is_notice(text) && parts.iter().any(|part| text.contains(part))
}

fn check_click(rows: &[Row], click: &Click, expected: &Expected<'_>, broken: &mut Vec<String>) {
    let member = &click.member;
    let threads = || member.threads().into_iter().filter(|thread| rows.iter().any(|row| is_of(row, thread)));
    match click.reply.state() {
        State::Answered if !click.reply.is_private() => {
            broken.push(format!("{} was answered in public", member.name()));
        }
        State::Answered => {
            for link in click.reply.links() {
                let seen = threads().any(|thread| thread.id() == link.channel);
                let is_gone = expected.left.contains(&link.channel) || expected.leavers.contains(&member.id());
                if !seen && !is_gone {
                    broken.push(format!(
                        "{} was sent to thread {}, which they cannot see",
                        member.name(),
                        link.channel
                    ));
                }
            }
        }
        State::Failed if expected.killed => {}
        State::Thinking if expected.killed => {
            let owns = |thread: &Thread| {
                rows.iter().any(|row| is_of(row, thread) && row.owner_id == member.id().cast_signed())
            };
            if !threads().any(|thread| owns(&thread)) && !expected.removed_from.contains(&member.guild().id()) {
                broken.push(format!("{} waits for ever", member.name()));
            }
        }
        state => broken.push(format!("the click of {} is {state:?}", member.name())),
    }
}
