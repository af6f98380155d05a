//! Compares pages with lists made in memory by the plainest means.

use std::path::Path;
use std::time::Duration;

use fastrand::Rng;
use tempfile::TempDir;

use super::*;
use crate::domain::ticket_list::{Kind, States};
use crate::storage;

const GUILD: GuildId = GuildId::new(1);
const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const TICKETS: i64 = 400;
const INBOXES: i64 = 6;

/// A guild with tickets of every kind, and some in another guild.
async fn open(path: &Path, random: &mut Rng) -> (Database, Vec<(Listed, ChannelId)>) {
    let db = storage::open(path, &[]).await.unwrap();
    sqlx::query("INSERT INTO guild (id, locale) VALUES (1, 'de'), (2, 'de')").execute(&db.writer).await.unwrap();
    for inbox in 1..=INBOXES {
        sqlx::query("INSERT INTO inbox (guild_id, destination_id, created_at) VALUES ($1, 3, 0)")
            .bind(if inbox == INBOXES { 2 } else { 1 })
            .execute(&db.writer)
            .await
            .unwrap();
    }
    let mut stored = Vec::new();
    for id in 1..=TICKETS {
        let guild = if random.u8(0..10) == 0 { 2 } else { 1 };
        let inbox = if guild == 2 { INBOXES } else { random.i64(1..INBOXES) };
        let state = random.choice(["opening", "open", "dormant", "closed"]).unwrap();
        let priority = random.choice(Priority::EACH).unwrap();
        let (owner, parent) = (random.i64(1..8), random.i64(100..103));
        let claimer = random.bool().then(|| random.i64(1..4));
        let inbox = random.u8(0..8).gt(&0).then_some(inbox);
        let is_gone = random.u8(0..5) == 0;
        let at = NOW - Duration::from_mins(random.u64(0..1_000));
        sqlx::query(
            "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, reserved_at,
                 guild_number, claimed_by, claimed_at, priority, thread_gone)
             VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $6 IN ('opening', 'open') THEN $5 END, 0, $7, $5, $8, $7, $9, $10)",
        )
        .bind(guild)
        .bind(inbox)
        .bind(owner)
        .bind(parent)
        .bind(id)
        .bind(state)
        .bind(at.to_column())
        .bind(claimer)
        .bind(priority.as_str())
        .bind(i64::from(is_gone))
        .execute(&db.writer)
        .await
        .unwrap();
        if guild == 1 && state != "opening" {
            let listed = Listed {
                mark: Mark { ticket: TicketId::new(id), priority },
                number: u32::try_from(id).unwrap(),
                state: state.parse().unwrap(),
                owner: UserId::from_column(owner),
                inbox: inbox.map(InboxId::new),
                thread: (!is_gone).then(|| ThreadId::from_column(id)),
                asked_at: at,
                closed_at: None,
                claimed_by: claimer.map(UserId::from_column),
            };
            stored.push((listed, ChannelId::from_column(parent)));
        }
    }
    (db, stored)
}

fn any_reach(random: &mut Rng) -> Reach {
    if random.u8(0..4) == 0 {
        return Reach::All;
    }
    let inboxes = (1..INBOXES).map(InboxId::new).filter(|_| random.bool()).collect::<Vec<_>>();
    let readable = inboxes.into_iter().map(|inbox| {
        let only_in = random.bool().then(|| ChannelId::new(random.u64(100..103)));
        Readable { inbox, only_in }
    });
    Reach::Of { reader: UserId::new(2), inboxes: readable.collect() }
}

fn any_listing(random: &mut Rng) -> Listing {
    let user = |random: &mut Rng| (random.u8(0..3) == 0).then(|| UserId::new(random.u64(1..5)));
    Listing {
        kind: Kind::Tickets,
        states: random.choice([States::Open, States::Dormant, States::Closed, States::All]).unwrap(),
        inbox: (random.u8(0..3) == 0).then(|| InboxId::new(random.i64(1..=INBOXES))),
        claimed_by: user(random),
        owner: user(random),
        older_than: (random.u8(0..3) == 0).then(|| Duration::from_mins(random.u64(1..1_000))),
        order: random.choice([Order::Newest, Order::Oldest, Order::Priority]).unwrap(),
    }
}

/// The whole list.
fn expected(stored: &[(Listed, ChannelId)], listing: &Listing, reach: &Reach) -> Vec<Listed> {
    let sees = |listed: &Listed, parent: ChannelId| match reach {
        Reach::All => true,
        Reach::Of { reader, inboxes } => {
            listed.owner == *reader
                || inboxes.iter().any(|Readable { inbox, only_in }| {
                    listed.inbox == Some(*inbox) && only_in.is_none_or(|channel| channel == parent)
                })
        }
    };
    let fits = |(listed, parent): &&(Listed, ChannelId)| {
        sees(listed, *parent)
            && listing.states.states().contains(&listed.state)
            && listing.inbox.is_none_or(|inbox| listed.inbox == Some(inbox))
            && listing.claimed_by.is_none_or(|user| listed.claimed_by == Some(user))
            && listing.owner.is_none_or(|user| listed.owner == user)
            && listing.older_than.is_none_or(|age| listed.asked_at <= NOW - age)
    };
    let mut all: Vec<Listed> = stored.iter().filter(fits).map(|(listed, _)| listed.clone()).collect();
    match listing.order {
        Order::Oldest => {}
        Order::Newest => all.reverse(),
        Order::Priority => all.sort_by_key(|listed| std::cmp::Reverse(listed.mark.priority)),
    }
    all
}

#[tokio::test]
async fn pages_read_on_and_back_make_up_exactly_the_list_that_the_reader_may_see() {
    let home = TempDir::new().unwrap();
    let mut random = Rng::with_seed(7);
    let (db, stored) = open(&home.path().join("x.db"), &mut random).await;
    let mut not_empty = 0;
    for round in 0..1_000 {
        let (listing, reach) = (any_listing(&mut random), any_reach(&mut random));
        let mut all = expected(&stored, &listing, &reach);
        not_empty += u32::from(all.len() > 3);
        let asked_before = listing.older_than.map(|age| NOW - age);
        let most = random.usize(0..500);
        let whole = Wanted {
            guild: GUILD,
            reach: &reach,
            listing: &listing,
            asked_before,
            behind: None,
            backward: false,
            most,
        };
        let counted = count(&db, whole).await.unwrap();
        assert_eq!(counted, all.len().min(most), "round {round}: {listing:?} {reach:?} up to {most}");
        for backward in [false, true] {
            let (mut read_so_far, mut behind) = (Vec::new(), None);
            loop {
                let most = random.usize(1..40);
                let page = read(&db, Wanted { behind, backward, most, ..whole }).await.unwrap();
                let is_last = page.len() < most;
                read_so_far.extend(page);
                behind = read_so_far.last().map(|listed: &Listed| listed.mark);
                if is_last {
                    break;
                }
            }
            assert_eq!(read_so_far, all, "round {round}: {listing:?} {reach:?} backward: {backward}");
            all.reverse();
        }
    }
    assert!(not_empty > 100, "only {not_empty} lists have more than a few tickets");
}

#[tokio::test]
async fn more_inboxes_than_a_statement_has_parts_are_read_in_several() {
    let home = TempDir::new().unwrap();
    let mut random = Rng::with_seed(8);
    let (db, stored) = open(&home.path().join("x.db"), &mut random).await;
    let listing = Listing {
        kind: Kind::Tickets,
        states: States::All,
        inbox: None,
        claimed_by: None,
        owner: None,
        older_than: None,
        order: Order::Newest,
    };
    // At most 250 inboxes of a guild are stored.
    let inboxes = (1..=250).map(|inbox| Readable { inbox: InboxId::new(inbox), only_in: None });
    let reach = Reach::Of { reader: UserId::new(2), inboxes: inboxes.collect() };
    let most = 25;
    let wanted = Wanted {
        guild: GUILD,
        reach: &reach,
        listing: &listing,
        asked_before: None,
        behind: None,
        backward: false,
        most,
    };

    let page = read(&db, wanted).await.unwrap();
    let counted = count(&db, Wanted { most: 1_000, ..wanted }).await.unwrap();

    let all = expected(&stored, &listing, &reach);
    assert_eq!(page, all[..most]);
    assert_eq!(counted, all.len());
}
