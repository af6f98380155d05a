//! After a move from theticketbot, its buttons and open tickets work with ticketbot.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use discord_sim::{Actor, Channel, Message, Sim, Thread};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use crate::support::TestBot;
use crate::town::{CREATE_TICKET, Town};

/// The ids of the sample (`tests/data/theticketbot`): a server, its channels, two inboxes and five of its tickets.
const GUILD: u64 = 1_323_984_066_969_600_001;
const HELP: u64 = 1_325_071_230_566_400_001;
const DESK: u64 = 1_325_071_230_566_400_002;
const ROLE: u64 = 1_325_433_618_432_000_001;
const ANNA: u64 = 1_325_433_618_432_000_003;
const BEN: u64 = 1_325_433_618_432_000_004;
const INBOX: u64 = 1_327_607_945_625_600_001;
const NAMED_INBOX: u64 = 1_327_607_945_625_600_002;
const TICKETS: [u64; 4] =
    [1_331_231_824_281_600_001, 1_331_594_212_147_200_002, 1_331_956_600_012_800_003, 1_332_318_987_878_400_004];
const STRAY: u64 = 1_333_043_763_609_600_006;

/// Every column of theticketbot that holds an id.
const COLUMNS: [(&str, &str); 12] = [
    ("guild", "id"),
    ("user", "id"),
    ("member", "guild_id"),
    ("member", "user_id"),
    ("channel", "id"),
    ("channel", "guild_id"),
    ("message", "id"),
    ("message", "channel_id"),
    ("inbox", "id"),
    ("inbox", "destination_id"),
    ("inbox_staff", "inbox_id"),
    ("ticket", "inbox_id"),
];

/// A server in which theticketbot used this bot's token so far, and a stopped ticketbot.
struct Story<'s> {
    sim: &'s Sim,
    bot: TestBot<'s>,
    town: Town,
    desk: Channel,
    anna: Actor,
    ben: Actor,
    mona: Actor,
    inbox: Message,
    named_inbox: Message,
    ids: Vec<(u64, u64)>,
}

fn panel(channel: &Channel) -> Message {
    let button = json!({ "type": 2, "style": 2, "label": CREATE_TICKET, "custom_id": "create-ticket" });
    channel.arrange_message_by_bot(
        &json!({ "content": "Need help?", "components": [{ "type": 1, "components": [button] }] }),
    )
}

async fn story(sim: &Sim) -> Story<'_> {
    let mut bot = TestBot::start(sim).await;
    bot.stop().await;
    let town = Town::build(sim);
    town.let_bot_moderate();
    let desk = town.guild.text_channel("desk").create();
    let (anna, ben, mona) = (town.member("anna"), town.member("ben"), town.moderator("mona"));
    let (inbox, named_inbox) = (panel(&town.help), panel(&town.help));
    let ids = vec![
        (GUILD, town.guild.id()),
        (HELP, town.help.id()),
        (DESK, desk.id()),
        (ROLE, town.moderators.id()),
        (ANNA, anna.id()),
        (BEN, ben.id()),
        (INBOX, inbox.id()),
        (NAMED_INBOX, named_inbox.id()),
    ];
    Story { sim, bot, town, desk, anna, ben, mona, inbox, named_inbox, ids }
}

impl Story<'_> {
    /// Makes this thread the sample's ticket.
    fn ticket(&mut self, id: u64, thread: &Thread) {
        self.ids.push((id, thread.id()));
    }

    /// Moves with the shipped program, as an operator does, and starts ticketbot.
    async fn move_over(&mut self) {
        let source = self.bot.home().join("theticketbot.db");
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/theticketbot/v7.db"), &source).unwrap();
        self.give_ids(&source).await;
        let moved = Command::new(env!("CARGO_BIN_EXE_ticketbot"))
            .args(["import", "theticketbot", "theticketbot.db", "--yes", "--config-file", "config.toml"])
            .env_clear()
            .env("HOME", self.bot.home())
            .current_dir(self.bot.home())
            .output()
            .unwrap();
        assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stderr));
        self.bot.boot().await;
    }

    /// Replaces the sample's ids with the ids of this world.
    async fn give_ids(&self, source: &Path) {
        let owned = [("ticket", "id"), ("ticket", "owner_id")];
        let put = |(old, new): &(u64, u64)| {
            let columns = COLUMNS.iter().chain(&owned);
            let ids =
                columns.map(|(table, column)| format!("UPDATE {table} SET {column} = {new} WHERE {column} = {old};"));
            let mention = format!("UPDATE inbox_staff SET mention = replace(mention, '{old}', '{new}');");
            ids.chain([mention]).collect::<String>()
        };
        // A ticket of another server, without the bot.
        let stranger = "DELETE FROM ticket WHERE id = 1332681375744000005;".to_owned();
        let sql: String = std::iter::once(stranger).chain(self.ids.iter().map(put)).collect();
        let options = SqliteConnectOptions::new().filename(source).foreign_keys(false);
        let mut theirs = options.connect().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut theirs).await.unwrap();
        theirs.close().await.unwrap();
    }

    /// Waits until every imported ticket has been checked.
    async fn settled(&self) {
        self.bot.wait_for("SELECT count(*) FROM ticket WHERE unseen = 1 AND thread_gone = 0", 0).await;
        self.bot.settled().await;
    }
}

#[tokio::test]
async fn the_old_button_opens_a_ticket_with_the_next_number_where_tickets_went() {
    let sim = Sim::start().await;
    let mut story = story(&sim).await;
    story.move_over().await;

    let reply = story.anna.click(&story.named_inbox, CREATE_TICKET).await;

    let ticket = story.town.newest_thread();
    assert!(reply.links_to(&ticket), "{}", reply.text());
    assert_eq!((ticket.name(), ticket.parent_id()), ("#0004 anna".to_owned(), story.desk.id()));
    assert!(story.mona.was_pinged_in(&ticket) && ticket.has_member(&story.anna));
}

#[tokio::test]
async fn an_open_ticket_counts_and_closes_when_its_owner_leaves_it() {
    let sim = Sim::start().await;
    let mut story = story(&sim).await;
    let ticket = story.town.help.arrange_thread_by_bot("2025-01-01 anna", &[&story.anna]);
    story.ticket(TICKETS[0], &ticket);
    story.move_over().await;
    story.settled().await;
    assert_eq!(ticket.messages().len(), 0);

    let refused = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(refused.links_to(&ticket), "{}", refused.text());
    story.anna.leave(&ticket);

    story.sim.wait_until("the ticket is locked", || ticket.is_locked() && ticket.is_archived()).await;
    assert_eq!(ticket.messages().len(), 1);
}

#[tokio::test]
async fn what_nobody_followed_is_followed_and_old_threads_are_left_in_peace() {
    let sim = Sim::start().await;
    let mut story = story(&sim).await;
    let (help, desk) = (story.town.help.clone(), story.desk.clone());
    let locked = help.arrange_thread_by_bot("closed by theticketbot", &[&story.anna]);
    story.mona.archive_and_lock(&locked);
    let archived = help.arrange_thread_by_bot("archived by a person", &[&story.anna]);
    story.mona.archive(&archived);
    let left = help.arrange_thread_by_bot("its owner left", &[]);
    let asleep = desk.arrange_thread_by_bot("archived by the timer", &[&story.anna]);
    let stray = help.arrange_thread_by_bot("its inbox is deleted", &[&story.ben]);
    for (id, thread) in TICKETS.into_iter().zip([&locked, &archived, &left, &asleep]) {
        story.ticket(id, thread);
    }
    story.ticket(STRAY, &stray);
    sim.advance(Duration::from_hours(8 * 24));
    sim.thread_timer_archives(&asleep);

    story.move_over().await;
    story.settled().await;

    story.bot.wait_for_states(&["closed", "closed", "closed", "dormant", "open"]).await;
    assert!(left.is_locked() && left.is_archived());
    assert_eq!(left.messages().len(), 1, "the one notice");
    for thread in [&locked, &archived, &asleep, &stray] {
        assert_eq!(thread.messages().len(), 0, "{}", thread.name());
    }
    assert!(!archived.is_locked() && archived.is_archived() && asleep.is_archived());
    story
        .bot
        .wait_for("SELECT count(*) FROM ticket t JOIN inbox i ON i.counter = 12 JOIN panel p ON p.id = i.panel_id WHERE t.parent_id = p.channel_id", 4)
        .await;

    story.anna.write(&asleep, "Is anybody there?");
    story.bot.wait_for_states(&["closed", "closed", "closed", "open", "open"]).await;
}

#[tokio::test]
async fn what_discord_did_not_answer_is_asked_again() {
    let sim = Sim::start().await;
    let mut story = story(&sim).await;
    let ticket = story.town.help.arrange_thread_by_bot("archived by a person", &[&story.anna]);
    story.mona.archive_and_lock(&ticket);
    // The others are gone.
    story.ticket(TICKETS[0], &ticket);
    let fault = sim.fault(discord_sim::Fault::on("GET", "/channels/{id}").status(500).always());

    story.move_over().await;
    sim.wait_until("it was asked about", || fault.hits() > 0).await;
    assert!(story.bot.stored("SELECT count(*) FROM ticket WHERE unseen = 1").await > 0);
    fault.clear();

    story.settled().await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE archived = 1").await, 1);
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE thread_gone = 1").await, 4);
}
