//! What an earlier version had begun is carried on to its end: the bot is killed half-way, its database is written down as
//! that version would have, and the start migrates it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use discord_sim::{Fault, Sim, State};
use futures_util::StreamExt as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};

use crate::journeys::{Journey, Scene};
use crate::support::TestBot;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// From here on what is under way is a step.
const STEPS: i64 = 5;
/// From here on it is known who was shown that the bot is at work.
const PROMISES: i64 = 2;

const AT_ONCE: usize = 4;

/// What was under way.
#[derive(Clone, Copy, Debug)]
struct Halfway {
    journey: Journey,
    /// The request at which the bot is killed.
    request: (&'static str, &'static str),
    /// Whether Discord has acted on it.
    acted: bool,
    /// How the row says it: its `closing`, or of an opening whether it has a thread.
    row: &'static str,
    promised: bool,
}

const THREAD: (&str, &str) = ("POST", "/channels/{id}/threads");
const POST: (&str, &str) = ("POST", "/channels/{id}/messages");
const EDIT: (&str, &str) = ("PATCH", "/channels/{id}");

const fn closing(journey: Journey, request: (&'static str, &'static str), row: &'static str) -> Halfway {
    Halfway { journey, request, acted: false, row, promised: false }
}

const fn opening(request: (&'static str, &'static str), acted: bool, row: &'static str, promised: bool) -> Halfway {
    Halfway { journey: Journey::OpenElsewhere, request, acted, row, promised }
}

const EACH: [Halfway; 10] = [
    closing(Journey::OwnerLeaves, POST, "owner-left-thread"),
    closing(Journey::OwnerLeavesGuild, POST, "owner-left-guild"),
    closing(Journey::StaffArchive, POST, "archived-by-person"),
    closing(Journey::OwnerLeaves, EDIT, "archive"),
    closing(Journey::StaffBringBack, EDIT, "unlock"),
    opening(THREAD, false, "no thread", false),
    opening(THREAD, true, "no thread", false),
    opening(POST, false, "a thread", false),
    opening(THREAD, true, "no thread", true),
    opening(POST, false, "a thread", true),
];

#[tokio::test]
async fn whatever_an_earlier_version_had_begun_comes_to_its_end() {
    let worlds = (1..STEPS).flat_map(|version| EACH.map(|halfway| (version, halfway)));
    let worlds = worlds.filter(|(version, halfway)| !halfway.promised || *version >= PROMISES);
    let lives = worlds.map(|(version, halfway)| async move {
        println!("version {version}: {halfway:?}");
        Box::pin(carry_on(version, halfway)).await;
    });
    futures_util::stream::iter(lives).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

async fn carry_on(version: i64, halfway: Halfway) {
    let Halfway { journey, request: (method, route), .. } = halfway;
    let world = format!("version {version}, {halfway:?}");
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
    let fault = Fault::on(method, route);
    let held = sim.fault(if halfway.acted { fault.hold_answer() } else { fault.hold() });
    scene.begin(journey);
    if halfway.promised {
        let reply = scene.reply.as_ref().unwrap();
        sim.wait_until("the member to be shown that it takes time", || reply.state() == State::Thinking).await;
    }
    sim.wait_until("the request to be on its way", || held.waiting() == 1).await;
    bot.kill().await;
    held.clear();

    let written = write_down(version, &bot.database(), halfway.row).await;
    assert_eq!(written, format!("{}, promised: {}", halfway.row, halfway.promised), "{world}");
    if scene.reply.is_some() {
        sim.advance(Duration::from_secs(4));
    }
    bot.boot().await;
    scene.ledger.settled().await;
    if scene.thread.is_some() {
        scene.wait_for(journey.end()).await;
    }
    sim.quiet().await;

    scene.ledger.check(&sim, &scene.expected(true)).await;
    assert_eq!(bot.stored("SELECT max(version) FROM _sqlx_migrations").await, newest(), "{world}");
    match (journey.end(), halfway.row) {
        // Its notice is posted before the archiving that is left to do: the old version had posted it.
        ("closed", "archive") => {
            let thread = scene.thread.as_ref().unwrap();
            assert!(thread.is_archived() && thread.is_locked(), "{world}");
        }
        _ => scene.assert_end(journey).await,
    }
}

fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap()
}

/// Replaces the database by one of that version that says the same, with this notice where one is to be posted: of a member
/// who leaves the server Discord sends two events in any order. Returns what it says of the ticket under way.
async fn write_down(version: i64, path: &Path, notice: &str) -> String {
    let earlier = path.with_extension("earlier");
    let mut db = SqliteConnectOptions::new().filename(&earlier).create_if_missing(true).connect().await.unwrap();
    let migrations: Vec<_> = MIGRATIONS.iter().filter(|migration| migration.version <= version).cloned().collect();
    Migrator { migrations: migrations.into(), ..Migrator::DEFAULT }.run(&mut db).await.unwrap();
    let (columns, values) =
        if version >= PROMISES { (", interaction_id, promised", ", t.interaction_id, t.promised") } else { ("", "") };
    let rows = format!(
        "ATTACH '{}' AS today;
         PRAGMA foreign_keys = ON;
         INSERT INTO guild (id, locale, left_at) SELECT id, locale, left_at FROM today.guild;
         INSERT INTO inbox (id, guild_id, channel_id, message_id, destination_id, counter, member_limit,
             slowmode_seconds, created_at)
         SELECT i.id, i.guild_id, p.channel_id, p.message_id, i.destination_id, i.counter, i.member_limit,
             p.slowmode_seconds, i.created_at FROM today.inbox i JOIN today.panel p ON p.id = i.panel_id;
         INSERT INTO inbox_staff (inbox_id, mention, position)
         SELECT inbox_id, mention, position FROM today.inbox_staff;
         INSERT INTO setting (name, value) SELECT name, value FROM today.setting;
         INSERT INTO ticket (id, guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, name_digest,
             reserved_at, opened_at, closed_at, archived, locked, flags_changed_at, thread_gone, closing{columns})
         SELECT t.id, t.guild_id, t.inbox_id, t.owner_id, t.parent_id, t.thread_id, t.state, t.slot, t.number,
             t.name_digest, t.reserved_at, t.opened_at, t.closed_at, t.archived, t.locked, t.flags_changed_at,
             t.thread_gone,
             CASE s.kind WHEN 'unlock' THEN 'unlock'
                 WHEN 'close' THEN iif(t.notice_id IS NULL, '{notice}', 'archive') END
             {values}
         FROM today.ticket t LEFT JOIN today.step s ON s.ticket_id = t.id AND s.kind IN ('unlock', 'close');
         DETACH today",
        path.display()
    );
    sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut db).await.unwrap();
    let written = under_way(&mut db, version).await;
    db.close().await.unwrap();
    for log in ["db-wal", "db-shm"] {
        let _there_unless_it_was_folded_back = fs::remove_file(path.with_extension(log));
    }
    fs::rename(earlier, path).unwrap();
    written
}

async fn under_way(db: &mut SqliteConnection, version: i64) -> String {
    let promised = if version >= PROMISES { "promised" } else { "0" };
    let sql = format!(
        "SELECT coalesce(closing, iif(thread_id IS NULL, 'no thread', 'a thread')) || ', promised: ' ||
             iif(state = 'opening' AND {promised}, 'true', 'false')
         FROM ticket WHERE closing IS NOT NULL OR state = 'opening'"
    );
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(db).await.unwrap()
}
