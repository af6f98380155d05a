//! The database's share of one click, with years of tickets stored: the functions that the click calls.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::domain::admission::{self, By, Facts, Member, Slot};
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::ids::{ChannelId, GuildId, InteractionId, MessageId, ThreadId, UserId};
use ticketbot::domain::lifecycle::State;
use ticketbot::storage::buttons::Buttons;
use ticketbot::storage::inboxes::Inbox;
use ticketbot::storage::lifecycle::{self, Change};
use ticketbot::storage::reservations::{self, Asked, NewTicket, Standing};
use ticketbot::storage::steps::{self, Holder, NewStep, Step};
use ticketbot::storage::{self, Database, WriteTx, inboxes as stored, working};

use crate::figures::{millis, tail};

/// An inbox for each guild, closed tickets spread evenly over inboxes and members, and staff for each inbox.
const FILL: [&str; 5] = [
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
     INSERT INTO guild (id, locale) SELECT i, 'en-US' FROM n WHERE $2 IS NOT NULL",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
     INSERT INTO panel (guild_id, channel_id, message_id, created_at)
     SELECT i, 1000000 + i, 2000000 + i, 0 FROM n WHERE $2 IS NOT NULL",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
     INSERT INTO inbox (guild_id, panel_id, destination_id, created_at)
     SELECT i, i, 1000000 + i, 0 FROM n WHERE $2 IS NOT NULL",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
     INSERT INTO inbox_staff (inbox_id, mention, position)
     SELECT i, '<@&' || i || '>', 0 FROM n WHERE $2 IS NOT NULL",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
     INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, number, reserved_at, opened_at,
         closed_at, interaction_id)
     SELECT 1 + i % $1, 1 + i % $1, 1 + i % 50021, 1000001 + i % $1, 3000000 + i, 'closed', i, i, i, i, 9000000 + i
     FROM n",
];

pub(crate) async fn print(tickets: u32, inboxes: u32, clicks: u32) {
    println!("{clicks} clicks; milliseconds, median / 99th percentile\n");
    println!(
        "| tickets | inboxes | reserve (7 statements, one transaction) | store the thread | open |\n|---|---|---|---|---|"
    );
    for (tickets, inboxes) in [(0, 1), (tickets, inboxes)] {
        let home = TempDir::new().unwrap();
        let path = home.path().join("bot.db");
        let db = storage::open(&path, &[]).await.unwrap();
        fill(&path, tickets, inboxes).await;
        let holder = Holder::new();
        let mut times = [const { Vec::new() }; 3];
        for click in 0..clicks {
            let taken = open(&db, &holder, click, inboxes).await;
            for (times, taken) in times.iter_mut().zip(taken) {
                times.push(millis(taken));
            }
        }
        let [reserve, thread, opened] = times.map(|times| tail(&times));
        println!("| {tickets} | {inboxes} | {reserve} | {thread} | {opened} |");
        db.close().await;
    }
}

async fn fill(path: &Path, tickets: u32, inboxes: u32) {
    let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let mut all = connection.begin().await.unwrap();
    let statements = if tickets == 0 { &FILL[..4] } else { &FILL[..] };
    for sql in statements {
        sqlx::query(*sql).bind(inboxes).bind(tickets).execute(&mut *all).await.unwrap();
    }
    all.commit().await.unwrap();
    connection.close().await.unwrap();
}

/// The queries of `tickets::admit`, after the inbox was found.
async fn admit(tx: &mut WriteTx, found: &Inbox, interaction: InteractionId, member: UserId, at: Timestamp) -> Slot {
    let guild = found.guild;
    let asked = Asked { interaction, guild, inbox: Some(found.id), counts_inbox: false, owner: member, now: at };
    let standing = reservations::standing(tx, asked).await.unwrap();
    let Standing { is_known, last_opened_at, counts, server, .. } = standing;
    assert!(!is_known);
    let held = reservations::held(tx, found.id, member).await.unwrap();
    let slowmode = found.panel.unwrap().slowmode;
    let owner = Member {
        guild,
        user: member,
        roles: &[],
        joined_at: None,
        is_pending: false,
        timed_out_until: None,
        in_destination: None,
    };
    let (now, held, server) = (at, &held[..], &server);
    let facts = Facts {
        now,
        inbox: &found.settings,
        server,
        by: By::Owner,
        member: owner,
        block: None,
        held,
        last_opened_at,
        slowmode,
        counts,
    };
    admission::check(&facts).unwrap()
}

/// The queries of `tickets::reserve`, `tickets::opening` and `tickets::machine`, in their order.
#[expect(clippy::disallowed_methods, reason = "this measures real time")]
async fn open(db: &Database, holder: &Holder, click: u32, inboxes: u32) -> [Duration; 3] {
    let inbox = u64::from(1 + click * 7 % inboxes);
    let (member, at) = (UserId::new(u64::from(100_000 + click)), Timestamp::from_millis(i64::from(click)));
    let interaction = InteractionId::new(u64::from(1 + click));
    let begin = Instant::now();
    let mut tx = db.begin_write().await.unwrap();
    let message = MessageId::new(2_000_000 + inbox);
    let found = stored::load_first_on(&mut tx, message).await.unwrap().unwrap();
    let guild = GuildId::new(inbox);
    let slot = admit(&mut tx, &found, interaction, member, at).await;
    let staff = stored::staff(&mut tx, found.id).await.unwrap();
    assert_eq!(staff.len(), 1);
    let counter = reservations::next_counter(&mut tx, found.id).await.unwrap();
    let number = working::next_number(&mut tx, guild).await.unwrap();
    let new = NewTicket {
        guild,
        inbox: found.id,
        owner: member,
        opened_by: None,
        parent: ChannelId::new(1_000_000 + inbox),
        slot,
        number,
        counter,
        name_digest: "a digest of its name".to_owned(),
        interaction,
        promised: false,
        at,
    };
    let ticket = reservations::insert(&mut tx, &new).await.unwrap();
    let step = NewStep {
        lane: ticket.into(),
        guild: new.guild,
        ticket: Some(ticket),
        kind: "open",
        payload: "{}".to_owned(),
        sealed: None,
        due_at: at,
        deadline: at,
    };
    let step = steps::insert(&mut tx, &step, Some(holder)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let reserved = begin.elapsed();
    let begin = Instant::now();
    assert!(reservations::set_thread(db, ticket, ThreadId::new(u64::from(1 + click))).await.unwrap());
    let stored = begin.elapsed();
    let begin = Instant::now();
    set_open(db, &step, MessageId::new(u64::from(1 + click)), at).await;
    [reserved, stored, begin.elapsed()]
}

/// How `tickets::machine` opens a ticket whose first message is posted.
async fn set_open(db: &Database, step: &Step, starter: MessageId, at: Timestamp) {
    let mut tx = db.begin_write().await.unwrap();
    assert!(steps::finish(&mut tx, step).await.unwrap());
    let record = lifecycle::load_ticket(&mut tx, step.ticket.unwrap()).await.unwrap().unwrap();
    assert!(steps::list(&mut tx, step.lane).await.unwrap().is_empty());
    let change = Change {
        state: State::Open,
        slot: None,
        thread: record.thread,
        opens: true,
        unopened: false,
        closed_by: None,
        closed_at: None,
        closes: false,
        buttons: Buttons::of(0),
        starter: Some(starter),
        was_imported: false,
        at,
    };
    lifecycle::save(&mut tx, &record, &change).await.unwrap();
    tx.commit().await.unwrap();
}
