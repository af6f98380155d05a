//! Pages of `/tickets list` in a server with many tickets: the function that reads them.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::ids::{GuildId, InboxId, TicketId, UserId};
use ticketbot::domain::priority::Priority;
use ticketbot::domain::ticket_list::{Kind, Listing, Mark, Order, States};
use ticketbot::storage::listing::{self, Reach, Readable, Wanted};
use ticketbot::storage::{self, Database};

use crate::figures::{millis, tail};

const INBOXES: u32 = 40;

/// One server. Of fifty tickets one is open, of twenty one is urgent, of three one is claimed; a minute lies between two.
/// The last inbox has five tickets.
const FILL: [&str; 3] = [
    "INSERT INTO guild (id, locale) SELECT 1, 'en-US' WHERE $1 + $2 > 0",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
     INSERT INTO inbox (guild_id, destination_id, created_at) SELECT 1, 1000 + i, 0 FROM n WHERE $2 IS NOT NULL",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
     INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, guild_number,
         reserved_at, claimed_by, claimed_at, priority)
     SELECT 1, CASE WHEN i % ($2 / 5) = 0 THEN $1 ELSE 1 + i % ($1 - 1) END, 1 + i % 5003, 1001, i,
         CASE WHEN i % 50 = 0 THEN 'open' ELSE 'closed' END, CASE WHEN i % 50 = 0 THEN i END, i, i, i * 60000,
         CASE WHEN i % 3 = 0 THEN 1 + i % 11 END, CASE WHEN i % 3 = 0 THEN i END,
         CASE WHEN i % 20 = 0 THEN 'urgent' ELSE 'none' END FROM n",
];

const EVERYTHING: Listing = Listing {
    kind: Kind::Tickets,
    states: States::All,
    inbox: None,
    claimed_by: None,
    owner: None,
    older_than: None,
    order: Order::Newest,
};

pub(crate) async fn print(tickets: u32, times: u32) {
    println!(
        "\na server with {tickets} tickets in {INBOXES} inboxes; {times} times each, milliseconds, median / 99th percentile\n"
    );
    println!("| page of a list | |\n|---|---|");
    let home = TempDir::new().unwrap();
    let path = home.path().join("bot.db");
    let db = storage::open(&path, &[]).await.unwrap();
    fill(&path, tickets).await;
    let staff = |inboxes: std::ops::RangeInclusive<u32>| Reach::Of {
        reader: UserId::new(7),
        inboxes: inboxes.map(|inbox| Readable { inbox: InboxId::new(inbox.into()), only_in: None }).collect(),
    };
    let open = Listing { states: States::Open, ..EVERYTHING };
    let old = Listing { older_than: Some(Duration::from_hours(30 * 24)), ..EVERYTHING };
    let urgent = Listing { order: Order::Priority, ..EVERYTHING };
    let claimed = Listing { claimed_by: Some(UserId::new(4)), ..open };
    let history = Listing { owner: Some(UserId::new(7)), ..EVERYTHING };
    let middle = Mark { ticket: TicketId::new(i64::from(tickets / 2)), priority: Priority::None };
    let pages = [
        ("all tickets, the first page, for admins", EVERYTHING, Reach::All, None),
        ("the same in the middle", EVERYTHING, Reach::All, Some(middle)),
        ("the same for the staff of one inbox", EVERYTHING, staff(1..=1), Some(middle)),
        ("the same for the staff of all inboxes", EVERYTHING, staff(1..=INBOXES), Some(middle)),
        ("open tickets, for the staff of an inbox with five tickets", open, staff(INBOXES..=INBOXES), None),
        ("open tickets that somebody has claimed, for admins", claimed, Reach::All, None),
        ("all tickets older than 30 days, for admins", old, Reach::All, None),
        ("all tickets, the most urgent first, in the middle, for admins", urgent, Reach::All, Some(middle)),
        ("the history of a member", history, Reach::All, None),
    ];
    for (what, listing, reach, behind) in pages {
        let mut taken = Vec::new();
        for _ in 0..times {
            taken.push(millis(read(&db, tickets, &listing, &reach, behind).await));
        }
        println!("| {what} | {} |", tail(&taken));
    }
    db.close().await;
}

async fn fill(path: &Path, tickets: u32) {
    let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let mut all = connection.begin().await.unwrap();
    for sql in FILL {
        sqlx::query(sql).bind(INBOXES).bind(tickets).execute(&mut *all).await.unwrap();
    }
    all.commit().await.unwrap();
    connection.close().await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
async fn read(db: &Database, tickets: u32, listing: &Listing, reach: &Reach, behind: Option<Mark>) -> Duration {
    let now = Timestamp::from_millis(i64::from(tickets) * 60_000);
    let asked_before = listing.older_than.map(|age| now - age);
    let wanted = Wanted { guild: GuildId::new(1), reach, listing, asked_before, behind, backward: false, most: 11 };
    let begin = Instant::now();
    let page = listing::read(db, wanted).await.unwrap();
    let taken = begin.elapsed();
    assert!(!page.is_empty(), "{listing:?}");
    taken
}
