//! The machine fails while the bot runs: full disk, database locked by another program, read-only file. Members read
//! the truth, the log says why, and nothing is lost.

use std::fs;
use std::path::Path;

use discord_sim::{Actor, Message, Sim};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

use crate::invariants::{Click, Expected};
use crate::support::TestBot;
use crate::town::{CREATE_TICKET, Town};

const CANNOT_STORE: &str = "I cannot save anything right now";

/// Few enough that rate limits do not delay their closing.
const LEAVERS: usize = 4;

#[tokio::test]
async fn a_full_disk_is_told_and_costs_no_ticket() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    fill_the_disk(&mut bot).await;

    let (served, refused) = click_until_refused(&town, &inbox).await;

    assert!(refused.reply.text().contains(CANNOT_STORE), "{}", refused.reply.text());
    assert!(refused.reply.is_private());
    bot.wait_for_log("database or disk is full").await;
    let again = refused.member.click(&inbox, CREATE_TICKET).await;
    assert!(again.text().contains(CANNOT_STORE), "a full disk is no reason to fail differently: {}", again.text());
    let before = town.guild.threads().len();
    assert_eq!(before, served.len(), "a thread was made for a ticket that could not be stored");

    set_pragmas(&bot, "");
    bot.restart().await;
    let anna = refused.member.clone();
    town.open_ticket(&anna, &inbox).await;
    let clicks = served.into_iter().chain([refused]).collect();
    bot.ledger().check_soon(&sim, &Expected { guilds: vec![&town.guild], clicks, ..Expected::default() }).await;
}

#[tokio::test]
async fn a_disk_that_fills_up_while_tickets_close_loses_no_close() {
    for (what_needs_room, said) in [
        // The decision itself.
        ("state", "save a decision"),
        // What came of it on Discord: the notice stands there.
        ("notice_id", "carry out a step"),
    ] {
        let sim = Sim::start().await;
        let mut bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let mut open = Vec::new();
        for number in 0..LEAVERS {
            let member = town.member(&format!("member{number}"));
            open.push((town.open_ticket(&member, &inbox).await, member));
        }
        let_need_room(&bot, what_needs_room).await;
        fill_the_disk(&mut bot).await;

        for (thread, member) in &open {
            member.leave(thread);
        }
        for_each_leaver(&sim, &bot, said).await;
        set_pragmas(&bot, "");
        bot.restart().await;

        let left = i64::try_from(LEAVERS).unwrap();
        bot.wait_for_closed(left).await;
        bot.ledger().check_soon(&sim, &Expected { guilds: vec![&town.guild], ..Expected::default() }).await;
        assert!(open.iter().all(|(thread, _)| thread.is_archived() && thread.is_locked()), "{what_needs_room}");
    }
}

/// Waits until the log says it of each ticket.
async fn for_each_leaver(sim: &Sim, bot: &TestBot<'_>, said: &str) {
    let times = || bot.log().lines().filter(|line| line.contains(said) && line.contains("disk is full")).count();
    sim.wait_until(&format!("“{said}” of each ticket in the log"), || times() >= LEAVERS).await;
}

/// Whatever is written to this column of a ticket needs more room than there is left in a full database's pages.
async fn let_need_room(bot: &TestBot<'_>, column: &str) {
    let mut database = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();
    let sql = format!(
        "CREATE TABLE room (taken BLOB);
         CREATE TRIGGER needs_room AFTER UPDATE OF {column} ON ticket WHEN new.{column} IS NOT NULL
         BEGIN INSERT INTO room VALUES (zeroblob(100000)); END"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_waited_for_then_told() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let mut other = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();

    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let short = anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the answer to be deferred", || short.state() == discord_sim::State::Thinking).await;
    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    let reply = short.finished().await;
    assert!(reply.links_to(&town.newest_thread()), "{}", reply.text());

    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let long = bert.click(&inbox, CREATE_TICKET).await;
    assert!(long.text().contains(CANNOT_STORE), "{}", long.text());
    bot.wait_for_log("database is locked").await;

    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    town.open_ticket(&bert, &inbox).await;
    assert_eq!(town.guild.threads().len(), 2);
}

/// For SQLite a file that may not grow is a full disk: `SQLITE_FULL`. Pages freed by migrations are released first.
async fn fill_the_disk(bot: &mut TestBot<'_>) {
    bot.stop().await;
    let mut database = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();
    sqlx::raw_sql("VACUUM").execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    let pages = bot.stored("SELECT page_count FROM pragma_page_count").await;
    set_pragmas(bot, &format!("\"max_page_count = {pages}\""));
    bot.boot().await;
}

fn set_pragmas(bot: &TestBot<'_>, pragmas: &str) {
    let path = bot.home().join("config.toml");
    let text = without_pragmas(&path);
    fs::write(path, format!("{text}db.pragmas = [{pragmas}]\n")).unwrap();
}

fn without_pragmas(config: &Path) -> String {
    let text = fs::read_to_string(config).unwrap();
    text.lines().filter(|line| !line.starts_with("db.pragmas")).flat_map(|line| [line, "\n"]).collect()
}

/// Members open tickets until one fails.
async fn click_until_refused(town: &Town, inbox: &Message) -> (Vec<Click>, Click) {
    let mut served = Vec::new();
    for number in 0..1_000 {
        let member: Actor = town.member(&format!("member{number}"));
        let reply = member.click(inbox, CREATE_TICKET).await;
        if reply.links().is_empty() {
            return (served, Click { member, reply });
        }
        served.push(Click { member, reply });
    }
    panic!("the database never grew");
}
