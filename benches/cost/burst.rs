//! A burst of events: peak memory, and memory kept afterwards.

use std::path::Path;
use std::time::Duration;

use discord_sim::{Fill, Guild, Sim};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tempfile::TempDir;

use crate::bot::{Bot, Contestant};
use crate::figures::mib;
use crate::town;

/// A typical guild with a ticket bot.
const GUILD: Fill = Fill { channels: 10, roles: 10, members: 10, threads: 5 };

/// Resident MiB.
struct Burst {
    idle: f64,
    peak: f64,
    settled: f64,
}

pub(crate) async fn print(who: &Contestant, events: usize, guilds: &[usize]) {
    println!("| {}: at once | resident MiB before | at the most | afterwards |\n|---|---|---|---|", who.name);
    for (name, kind) in [
        ("deleted messages", Kind::Deletion),
        ("changes of threads that the bot made", Kind::Thread),
        ("members who leave", Kind::Leaver),
    ] {
        print_line(&format!("{events} {name}"), &of_events(who, kind, events).await);
    }
    for &guilds in guilds {
        // Discord's recommendation.
        let shards = guilds.div_ceil(1_000);
        let line = format!("{guilds} guilds with an inbox each, {shards} shards");
        print_line(&line, &of_guilds(who, guilds, shards).await);
    }
}

fn print_line(name: &str, Burst { idle, peak, settled }: &Burst) {
    println!("| {name} | {idle:.1} | {peak:.1} | {settled:.1} |");
}

#[derive(Clone, Copy)]
enum Kind {
    Deletion,
    Thread,
    Leaver,
}

async fn of_events(who: &Contestant, kind: Kind, events: usize) -> Burst {
    let sim = Sim::builder().patience(Duration::from_mins(10)).start().await;
    let (bot, inboxes) = town::settle(&sim, who, 1, false).await;
    let (guild, channel) = (inboxes[0].guild.id().to_string(), inboxes[0].tickets.id().to_string());
    bot.settle().await;
    let idle = mib(bot.status("VmRSS"));
    let gateway = sim.gateway();
    for number in 0..events {
        let (name, data) = event(kind, number, &guild, &channel, sim.bot_id());
        gateway.dispatch_raw(name, &data);
    }
    end(&sim, &bot, idle).await
}

fn event(kind: Kind, number: usize, guild: &str, channel: &str, bot: u64) -> (&'static str, Value) {
    let id = (1_300_000_000_000_000_000 + number).to_string();
    let time = "2026-05-01T12:00:00.000000+00:00";
    match kind {
        Kind::Deletion => ("MESSAGE_DELETE", json!({ "id": id, "channel_id": channel, "guild_id": guild })),
        Kind::Thread => {
            let metadata = json!({
                "archived": false, "locked": false, "auto_archive_duration": 4320, "archive_timestamp": time,
                "create_timestamp": time,
            });
            let thread = json!({
                "id": id, "type": 12, "guild_id": guild, "parent_id": channel, "owner_id": bot.to_string(),
                "name": "2026-05-01 anna", "last_message_id": id, "rate_limit_per_user": 0, "message_count": 40,
                "member_count": 7, "total_message_sent": 41, "flags": 0, "thread_metadata": metadata,
            });
            ("THREAD_UPDATE", thread)
        }
        Kind::Leaver => {
            let user =
                json!({ "id": id, "username": "anna", "discriminator": "0", "global_name": null, "avatar": null });
            ("GUILD_MEMBER_REMOVE", json!({ "guild_id": guild, "user": user }))
        }
    }
}

/// The bot starts in known guilds.
async fn of_guilds(who: &Contestant, guilds: usize, shards: usize) -> Burst {
    let shards = shards.try_into().unwrap();
    let sim = Sim::builder().patience(Duration::from_mins(10)).shards(shards).max_concurrency(shards).start().await;
    let bot = who.start(&sim).await;
    bot.settle().await;
    let idle = mib(bot.status("VmRSS"));
    let home = bot.end();
    store_inboxes(&sim.bulk_guilds(guilds, GUILD), &home).await;
    let bot = who.start_in(&sim, home).await;
    end(&sim, &bot, idle).await
}

async fn store_inboxes(guilds: &[Guild], home: &TempDir) {
    let path: &Path = &home.path().join("bot.db");
    let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let mut all = connection.begin().await.unwrap();
    for guild in guilds {
        let (id, channel) = (column(guild.id()), column(guild.channels()[0].id()));
        sqlx::query("INSERT INTO guild (id, locale) VALUES ($1, 'en-US')").bind(id).execute(&mut *all).await.unwrap();
        let panel = "INSERT INTO panel (guild_id, channel_id, message_id, created_at) VALUES ($1, $2, $2 + 1, 0)";
        sqlx::query(panel).bind(id).bind(channel).execute(&mut *all).await.unwrap();
        sqlx::query(
            "INSERT INTO inbox (guild_id, panel_id, destination_id, created_at)
             SELECT guild_id, id, channel_id, 0 FROM panel WHERE guild_id = $1",
        )
        .bind(id)
        .execute(&mut *all)
        .await
        .unwrap();
    }
    all.commit().await.unwrap();
    connection.close().await.unwrap();
}

fn column(id: u64) -> i64 {
    i64::try_from(id).unwrap()
}

async fn end(sim: &Sim, bot: &Bot, idle: f64) -> Burst {
    sim.quiet().await;
    bot.settle().await;
    Burst { idle, peak: mib(bot.status("VmHWM")), settled: mib(bot.status("VmRSS")) }
}
