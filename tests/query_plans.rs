//! SQLite's query plans: no statement that people wait for, or that events repeat by the thousands, scans a whole
//! table.
//!
//! The statements are those of the running bot during the story below, taken from sqlx's log. SQLite explains each of
//! them in the bot's database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Actor, Channel, Fault, Guild, Message, Sim};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Row as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::bot::Bot;
use ticketbot::config::{self, Environment, Folders};
use ticketbot::domain::clock::SystemClock;
use ticketbot::domain::command_sync::SyncMode;
use tokio_util::sync::CancellationToken;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

/// Tables that may be scanned, and why: one row for each guild, once a session or a minute.
const WHOLE_TABLES: &[(&str, &str)] = &[
    ("SELECT id, guild_id FROM step WHERE holder IS NULL OR holder <> ", "once a start: what was left by the last run"),
    ("SELECT id FROM guild WHERE left_at IS NULL", "once a session, and once a day: every guild is looked over"),
    ("DELETE FROM guild WHERE left_at < ", "once a minute"),
    ("DELETE FROM pending_selection WHERE expires_at", "once a minute; one row for each admin who is at it"),
];

/// Indexes with few rows whatever the size of their table.
const SMALL_INDEXES: &[&str] =
    &["ticket_opening", "ticket_open", "step_due", "ticket_card_stale", "inbox_card_channel", "panel_stale"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_statement_of_a_click_or_an_event_reads_a_whole_table_and_an_arrival_takes_at_most_eight() {
    let said = Statements::default();
    // Statements run on threads of sqlx, which use only the process's global log.
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(said.clone())).unwrap();
    let home = TempDir::new().unwrap();

    live_a_day(home.path()).await;

    let arrival = arrive_with_threads(&home.path().join("arrival"), &said).await;
    let said: BTreeSet<String> = said.of_tables().into_iter().collect();
    assert!(said.len() > 25, "the story is told in only {} statements: {said:#?}", said.len());
    for table in ["guild", "panel", "inbox", "inbox_staff", "ticket", "pending_selection"] {
        assert!(said.iter().any(|sql| sql.contains(table)), "nothing was asked of {table}");
    }
    let path = home.path().join("ticketbot.db");
    let mut database = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let mut scans = Vec::new();
    for sql in &said {
        let expected = WHOLE_TABLES.iter().any(|(start, _)| sql.starts_with(start));
        let plan = plan_of(&mut database, sql).await;
        let whole: Vec<_> = plan.iter().filter(|step| reads_a_whole_table(step)).collect();
        if !whole.is_empty() && !expected {
            scans.push(format!("{sql}\n  {plan:#?}"));
        }
    }
    assert!(scans.is_empty(), "these read whole tables:\n{}", scans.join("\n"));
    assert!((4..=8).contains(&arrival.len()), "too much is asked when a server arrives: {arrival:#?}");
}

/// A server arrives with twenty tickets, and with every change that it can bring. Returns its statements.
async fn arrive_with_threads(home: &Path, said: &Statements) -> Vec<String> {
    fs::create_dir(home).unwrap();
    let sim = Sim::start().await;
    let town = Town::build(&sim);
    let stop = CancellationToken::new();
    let running = start(&sim, home, &stop).await;
    let inbox = town.create_inbox().await;
    for number in 0..20 {
        let reply = town.guild.member(&format!("member{number}")).create().click(&inbox, "create-ticket").await;
        assert_eq!(reply.links().len(), 1, "{}", reply.text());
    }
    sim.quiet().await;
    // Behind everything that the tickets have brought with them.
    town.guild.set_locale("fr");
    wait_for_locale(&home.join("ticketbot.db"), "fr").await;
    // The check afterwards starts with this request, which is held.
    let look = sim.fault(Fault::on("GET", "/guilds/{id}/threads/active").hold().always());
    town.guild.outage();
    town.guild.set_locale("de");
    town.help.set_slowmode(10);
    let before = said.of_tables().len();
    town.guild.end_outage();
    sim.wait_until("the look to begin", || look.waiting() == 1).await;
    let now = said.of_tables();
    look.clear();
    look.release();
    stop.cancel();
    running.await.unwrap();
    now[before..].iter().filter(|sql| !is_of_another_work(sql)).cloned().collect()
}

/// Of the look that follows an arrival, of the workers that look for steps and cards that are due, or once a minute.
fn is_of_another_work(sql: &str) -> bool {
    let is_of_look = sql.contains("t.state = 'open' AND t.thread_gone") || sql.contains("t.unseen = 1");
    let is_of_worker = sql.contains("FROM step s WHERE holder IS NULL AND due_at") || sql.contains("FROM timer");
    let is_of_drawers = sql.contains("t.card_shown < t.shown") || sql.contains("p.drawn < p.shown AND");
    is_of_look || is_of_worker || is_of_drawers || WHOLE_TABLES.iter().any(|(start, _)| sql.starts_with(start))
}

async fn wait_for_locale(database: &Path, locale: &str) {
    let options = SqliteConnectOptions::new().filename(database).disable_statement_logging();
    let mut database = options.connect().await.unwrap();
    for _ in 0..6_000 {
        let stored: String = sqlx::query_scalar("SELECT locale FROM guild").fetch_one(&mut database).await.unwrap();
        if stored == locale {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the guild never spoke {locale}");
}

#[tokio::test]
async fn a_statement_that_reads_a_whole_table_is_recognised() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("ticketbot.db");
    ticketbot::storage::open(&path, &[]).await.unwrap().close().await;
    let mut database = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    for (sql, whole) in [
        ("SELECT id FROM ticket WHERE closed_at = $1", true),
        ("SELECT count(*) FROM ticket", true),
        ("SELECT count(*) FROM ticket WHERE priority = 'low' AND inbox_id = $1", true),
        ("SELECT count(*) FROM ticket WHERE priority = 'low' AND guild_id = $1", true),
        ("SELECT count(*) FROM ticket WHERE state = 'opening' AND inbox_id = $1", false),
        ("SELECT i.id FROM inbox i JOIN ticket t ON t.parent_id = i.destination_id WHERE i.counter = $1", true),
        ("SELECT id FROM ticket WHERE thread_id = $1", false),
        ("SELECT id FROM step WHERE holder IS NULL ORDER BY due_at", false),
    ] {
        let plan = plan_of(&mut database, sql).await;
        assert_eq!(plan.iter().any(|step| reads_a_whole_table(step)), whole, "{sql}: {plan:?}");
    }
}

/// Inboxes, tickets, and everything that happens to them in a day, including a restart.
async fn live_a_day(home: &Path) {
    let sim = Sim::start().await;
    let town = Town::build(&sim);
    let stop = CancellationToken::new();
    let running = start(&sim, home, &stop).await;
    let inbox = town.create_inbox().await;
    let [anna, ben, chris] = ["anna", "ben", "chris"].map(|name| town.guild.member(name).create());
    for member in [&anna, &ben, &chris] {
        let reply = member.click(&inbox, "create-ticket").await;
        assert_eq!(reply.links().len(), 1, "{}", reply.text());
    }
    // Refused, and linked to the existing ticket.
    anna.click(&inbox, "create-ticket").await;
    look_up(&town, &inbox).await;
    town.add_inbox().await;
    anna.click(&inbox, "create-ticket:2").await;
    anna.forge_component(&inbox, 2, "create-ticket:3", serde_json::json!({})).await;
    let [of_anna, of_ben] = [&anna, &ben].map(|member| member.threads().pop().unwrap());
    anna.leave(&of_anna);
    sim.wait_until("the ticket to be closed", || of_anna.is_archived()).await;
    town.admin.unarchive(&of_anna);
    town.admin.delete_thread(&of_ben);
    chris.leave_guild();
    let text = town.admin.post(&town.help, "a message that is nobody's inbox");
    town.admin.delete_message(&text);
    town.help.set_slowmode(30);
    town.guild.set_locale("de");
    town.staff.delete();
    sim.quiet().await;
    town.admin.delete_message(&inbox);
    sim.quiet().await;
    stop.cancel();
    running.await.unwrap();
    // While nobody listens.
    town.help.delete();
    let stop = CancellationToken::new();
    let running = start(&sim, home, &stop).await;
    town.admin.delete_channel(&town.other);
    sim.quiet().await;
    stop.cancel();
    running.await.unwrap();
}

/// Lists of tickets of every shape, by people with every kind of rights, with a second page.
async fn look_up(town: &Town, inbox: &Message) {
    let visitors: Vec<Actor> = (0..12).map(|number| town.guild.member(&format!("visitor{number}")).create()).collect();
    for visitor in &visitors {
        visitor.click(inbox, "create-ticket").await;
    }
    let mona = town.guild.member("mona").role(&town.staff).create();
    town.admin.post(&town.help, "Which tickets are there?");
    // The values of the options: all states, and each order.
    for (state, sort) in [(0, 0), (3, 0), (3, 1), (3, 2)] {
        for reader in [&town.admin, &mona, &visitors[0]] {
            let list = || reader.slash("tickets list").integer("state", state).integer("sort", sort);
            for listed in [
                list(),
                list().string("older-than", "1m"),
                list().string("inbox", "1"),
                list().user("owner", reader),
                list().user("owner", reader).user("claimed-by", &mona).string("inbox", "1"),
                list().user("claimed-by", &mona),
            ] {
                let page = listed.send().await;
                assert!(page.text().contains("first"), "{}", page.text());
                if page.buttons().iter().any(|button| button.label == "Next") {
                    let next = reader.click(&page, "Next").await;
                    reader.click(&next, "Back").await;
                }
            }
        }
    }
    let form = town.admin.slash("replies add").send().await;
    town.admin.submit(&form, &[("name", "Hello"), ("value", "Hello $author!")]).await;
    let form = town.admin.slash("replies edit").string("name", "Hello").string("inbox", "1").send().await;
    town.admin.submit(&form, &[]).await;
    let sent = mona.slash("reply").string("name", "Hello").at(&visitors[0].threads()[0]).send().await;
    assert!(sent.text().contains("I post your reply"), "{}", sent.text());
    town.admin.slash("replies list").send().await;
    let asked = town.admin.slash("replies remove").string("name", "Hello").send().await;
    town.admin.click(&asked, "Remove it").await;
    town.admin.slash("tickets history").user("member", &visitors[0]).send().await;
    mona.slash("tickets history").user("member", &visitors[0]).send().await;
    visitors[0].slash("tickets history").send().await;
}

async fn start(sim: &Sim, home: &Path, stop: &CancellationToken) -> tokio::task::JoinHandle<()> {
    let file = home.join("config.toml");
    let text = format!(
        "bot.token = {:?}\ndb.path = \"ticketbot.db\"\ndiscord.api_base = {:?}\nlog.directory = \"\"\n",
        sim.token(),
        sim.base_url()
    );
    fs::write(&file, text).unwrap();
    let environment = Environment {
        token: None,
        api_base: None,
        clock_file: None,
        database_key: None,
        working_directory: home.to_path_buf(),
        folders: Folders::default(),
    };
    let loaded = config::load(&environment, Some(&file)).unwrap();
    let (settings, token) = (loaded.settings, loaded.token.unwrap().unwrap());
    let bot = Bot::prepare(&settings, &token, Arc::new(SystemClock::start()), SyncMode::Auto).await.unwrap();
    let stop = stop.clone();
    let running = tokio::spawn(async move { bot.run(stop).await.unwrap() });
    sim.wait_ready().await;
    sim.quiet().await;
    running
}

struct Town {
    guild: Guild,
    admin: Actor,
    staff: discord_sim::Role,
    help: Channel,
    other: Channel,
}

impl Town {
    fn build(sim: &Sim) -> Self {
        let guild = sim.guild("Town").create();
        let admin = guild.owner();
        let staff = guild.role("Moderators").mentionable(true).create();
        let channel = |name| guild.text_channel(name).allow_role(&staff, MANAGE_THREADS).create();
        let (help, other) = (channel("help"), channel("tickets"));
        Self { guild, admin, staff, help, other }
    }

    async fn add_inbox(&self) {
        let form = self.admin.slash("inbox create").string("panel", "1").send().await;
        self.admin.submit(&form, &[("label", "Billing"), ("emoji", ""), ("description", "")]).await;
    }

    async fn create_inbox(&self) -> Message {
        self.admin.slash("inbox create").channel("channel", &self.help).send().await;
        let text = self.admin.post(&self.help, "Do you need help?");
        self.admin.menu("Select this message", &text).await;
        let messages = self.help.messages();
        messages.into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no inbox was posted")
    }
}

async fn plan_of(database: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let asked = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(database).await;
    let steps = asked.unwrap_or_else(|error| panic!("{sql}: {error}"));
    steps.iter().map(|step| step.get("detail")).collect()
}

/// Such as `SCAN ticket` or `SCAN ticket USING COVERING INDEX …`; <https://sqlite.org/eqp.html>. All tickets of an
/// inbox count as a table, and so do those of a server, which may have one inbox and a million tickets.
fn reads_a_whole_table(step: &str) -> bool {
    let searched = step.split_once(" USING INDEX ").map(|(_, index)| index);
    if searched.is_some_and(|index| index.ends_with("(inbox_id=?)") || index.ends_with("(guild_id=?)")) {
        let is_small = |index: &str| SMALL_INDEXES.iter().any(|small| index.starts_with(small));
        return step.starts_with("SEARCH ticket") && !searched.is_some_and(is_small);
    }
    let Some(of) = step.strip_prefix("SCAN ") else { return false };
    let mut words = of.split_whitespace();
    let is_small = words.any(|word| SMALL_INDEXES.contains(&word));
    // The steps of a part of the statement are named beside it.
    let is_part = of.starts_with("SUBQUERY") || of.starts_with("(subquery");
    !is_small && !is_part && !of.starts_with("CONSTANT ROW")
}

/// Every statement that sqlx ran.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Those that name one of our tables, as often as they ran.
    fn of_tables(&self) -> Vec<String> {
        let all = self.0.lock().unwrap();
        let kinds = ["SELECT ", "UPDATE ", "DELETE ", "INSERT "];
        let ours = all.iter().filter(|sql| kinds.iter().any(|kind| sql.starts_with(kind)));
        ours.filter(|sql| !sql.contains("_sqlx_migrations") && !sql.contains("sqlite_")).cloned().collect()
    }
}

impl<S: Subscriber> Layer<S> for Statements {
    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && *metadata.level() <= Level::DEBUG
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = Said::default();
        event.record(&mut said);
        // sqlx logs a short statement only as the summary.
        let whole = if said.statement.trim().is_empty() { said.summary } else { said.statement };
        let words: Vec<&str> = whole.split_whitespace().collect();
        self.0.lock().unwrap().push(words.join(" "));
    }
}

#[derive(Default)]
struct Said {
    summary: String,
    statement: String,
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
