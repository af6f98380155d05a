use super::*;
use crate::domain::settings::Revisions;
use crate::storage::{self, inbox_settings, inboxes};

const INBOX: InboxId = InboxId::new(1);
const CARDS: ChannelId = ChannelId::new(9);

async fn run(db: &Database, sql: &'static str) {
    sqlx::query(sql).execute(&db.writer).await.unwrap();
}

/// An inbox with a ticket in each of these states.
async fn store(db: &Database, states: &[&'static str]) {
    run(db, "INSERT INTO guild (id, locale) VALUES (1, 'en-US')").await;
    run(db, "INSERT INTO inbox (guild_id, destination_id, created_at) VALUES (1, 3, 0)").await;
    for (number, state) in (1_i64..).zip(states) {
        sqlx::query(
            "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number,
                 reserved_at, opened_at, shown)
             VALUES (1, 1, $1, 3, $1, $2, CASE WHEN $2 = 'open' THEN $1 END, $1, 0, 0, 2)",
        )
        .bind(number)
        .bind(*state)
        .execute(&db.writer)
        .await
        .unwrap();
    }
}

async fn choose_channel(db: &Database, channel: Option<ChannelId>) {
    let mut tx = db.begin_write().await.unwrap();
    let mut inbox = inboxes::load(&mut tx, INBOX).await.unwrap().unwrap();
    inbox.settings.work.card_channel = channel;
    inbox_settings::write(&mut tx, INBOX, &inbox.settings, &Revisions::default()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn tickets_from_before_get_no_card_by_themselves_and_the_open_ones_get_it_when_it_is_offered() {
    let home = tempfile::tempdir().unwrap();
    let db = storage::open(&home.path().join("x.db"), &[]).await.unwrap();
    store(&db, &["open", "dormant", "closed"]).await;
    assert!(list_due_channels(&db).await.unwrap().is_empty());

    choose_channel(&db, Some(CARDS)).await;
    assert!(list_due_channels(&db).await.unwrap().is_empty());
    assert_eq!(count_without(&db, INBOX).await.unwrap(), 2);
    run(&db, "UPDATE ticket SET shown = shown + 1 WHERE id = 3").await;
    assert_eq!(list_due(&db, CARDS).await.unwrap().len(), 1, "the next change brings a card, whatever it is");

    let mut tx = db.begin_write().await.unwrap();
    assert_eq!(want_all(&mut tx, INBOX).await.unwrap(), 2);
    tx.commit().await.unwrap();

    let due: Vec<i64> = list_due(&db, CARDS).await.unwrap().iter().map(|due| due.ticket.get()).collect();
    assert_eq!(due, [1, 2, 3]);
    let channels = list_due_channels(&db).await.unwrap();
    assert_eq!(channels, [(CARDS, GuildId::new(1))]);
    // Another channel is no reason to forget what is wanted.
    choose_channel(&db, Some(ChannelId::new(10))).await;
    assert_eq!(list_due(&db, ChannelId::new(10)).await.unwrap().len(), 3);
    db.close().await;
}

#[tokio::test]
async fn a_card_that_is_taken_off_leaves_a_step_that_removes_its_message() {
    let home = tempfile::tempdir().unwrap();
    let db = storage::open(&home.path().join("x.db"), &[]).await.unwrap();
    store(&db, &["open", "open", "open"]).await;
    run(&db, "UPDATE ticket SET card_channel_id = 9, card_id = 77 WHERE id = 1").await;
    run(&db, "UPDATE ticket SET card_channel_id = 9, card_begun_at = 5 WHERE id = 2").await;

    let mut tx = db.begin_write().await.unwrap();
    for ticket in 1..=3 {
        take_off(&mut tx, TicketId::new(ticket), Timestamp::from_seconds(100)).await.unwrap();
    }
    tx.commit().await.unwrap();

    let payloads: Vec<String> =
        sqlx::query_scalar("SELECT payload FROM step ORDER BY id").fetch_all(&db.reader).await.unwrap();
    let removals: Vec<Removal> = payloads.iter().map(|payload| serde_json::from_str(payload).unwrap()).collect();
    let removal = |ticket, message: Option<u64>, since| Removal {
        ticket,
        channel: CARDS,
        message: message.map(MessageId::new),
        since,
    };
    assert_eq!(removals, [removal(1, Some(77), None), removal(2, None, Some(5))]);
    assert_eq!(find(&db, TicketId::new(1)).await.unwrap().unwrap().place, Place::Nowhere);
    db.close().await;
}
