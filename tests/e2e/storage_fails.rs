//! The database fails at each write that an interaction causes: the person is answered, nothing is left over, and
//! afterwards everything works again.
//!
//! As in `killed`, the writes come from a first run without accidents.

use std::time::Duration;

use discord_sim::{Actor, Channel, Fault, Message, Reply, Sim, State, Values};
use futures_util::StreamExt as _;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

use crate::discord_fails::Naming;
use crate::invariants::{Click, Expected};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const CANNOT_STORE: &str = "I cannot save anything right now";

/// Worlds that run side by side: mostly they wait.
const AT_ONCE: usize = 8;

/// More writes than an interaction causes.
const MANY: i64 = 1_000_000;

/// What people do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    OpenTicket,
    /// Discord is so slow that the member sees "thinking…" first.
    OpenTicketSlowly,
    BeginInbox,
    SelectForInbox,
    SelectReplacement,
    SelectForRepost,
    SetDestination,
    ChooseStaff,
    SubmitStarter,
    /// On the panel of the other one.
    AddInbox,
    DeleteInbox,
    /// One of two on a panel.
    DeleteOneOfTwo,
    DeleteOwnData,
}

impl Deed {
    const EACH: [Self; 13] = [
        Self::OpenTicket,
        Self::OpenTicketSlowly,
        Self::BeginInbox,
        Self::SelectForInbox,
        Self::SelectReplacement,
        Self::SelectForRepost,
        Self::SetDestination,
        Self::ChooseStaff,
        Self::SubmitStarter,
        Self::AddInbox,
        Self::DeleteInbox,
        Self::DeleteOneOfTwo,
        Self::DeleteOwnData,
    ];
}

/// What has to be there before a deed.
enum Ready {
    Nothing,
    Message(Message),
    Shown(Reply),
}

struct Stage {
    town: Town,
    inbox: Message,
    desk: Channel,
    anna: Actor,
}

impl Stage {
    async fn build(sim: &Sim, deed: Deed) -> Self {
        let town = Town::build(sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let (desk, anna) = (town.guild.text_channel("desk").create(), town.member("anna"));
        if deed == Deed::DeleteOneOfTwo {
            town.add_inbox("1", "Billing").await;
            sim.advance(Duration::from_secs(10));
        }
        if deed == Deed::DeleteOwnData {
            town.open_ticket(&anna, &inbox).await;
        }
        if deed == Deed::OpenTicketSlowly {
            let slow = Fault::on("POST", "/channels/{id}/threads").delay_answer(Duration::from_millis(2_500));
            sim.fault(slow.always());
        }
        Self { town, inbox, desk, anna }
    }

    async fn prepare(&self, deed: Deed) -> Ready {
        let town = &self.town;
        let text = || Ready::Message(town.admin.post(&town.help, "Another text"));
        match deed {
            Deed::OpenTicket | Deed::OpenTicketSlowly | Deed::BeginInbox | Deed::SetDestination => Ready::Nothing,
            Deed::SelectForInbox => {
                town.run_create(&self.desk, None).await;
                text()
            }
            Deed::SelectReplacement => {
                town.manage("message", &self.inbox).await;
                text()
            }
            Deed::SelectForRepost => {
                town.manage_named("repost", "1").await;
                text()
            }
            Deed::ChooseStaff => Ready::Shown(town.manage("staff", &self.inbox).await),
            Deed::SubmitStarter => Ready::Shown(town.manage("new-tickets starter", &self.inbox).await),
            Deed::AddInbox => Ready::Shown(town.begin_add("1").await),
            Deed::DeleteInbox => Ready::Shown(town.manage_named("delete", "1").await),
            Deed::DeleteOneOfTwo => Ready::Shown(town.manage_named("delete", "2").await),
            Deed::DeleteOwnData => Ready::Shown(self.anna.slash("privacy delete").send().await),
        }
    }

    fn begin(&self, deed: Deed, ready: &Ready) -> Reply {
        let admin = &self.town.admin;
        match (deed, ready) {
            (Deed::BeginInbox, _) => admin.slash("inbox create").channel("channel", &self.desk).begin(),
            (Deed::SetDestination, _) => {
                let command = admin.slash("inbox destination").channel("channel", &self.desk);
                command.string("inbox", "1").begin()
            }
            (_, Ready::Message(message)) => admin.begin_menu(crate::town::SELECT, message),
            (Deed::ChooseStaff, Ready::Shown(menu)) => admin.begin_select(menu, "#0", Values::none()),
            (Deed::SubmitStarter, Ready::Shown(form)) => admin.begin_submit(form, &[("value", "Hello $author")]),
            (Deed::AddInbox, Ready::Shown(form)) => admin.begin_submit(form, &[("label", "Billing")]),
            (Deed::DeleteInbox | Deed::DeleteOneOfTwo, Ready::Shown(asked)) => admin.begin_click(asked, "Delete it"),
            (_, Ready::Shown(asked)) => self.anna.begin_click(asked, "Delete it"),
            (_, Ready::Nothing) => self.anna.begin_click(&self.inbox, CREATE_TICKET),
        }
    }

    /// Everything that is stored is shown on a panel, and the other way round.
    async fn assert_panels_are_stored(&self, bot: &TestBot<'_>, what: &str) {
        bot.panels_are_drawn().await;
        let panels = |channel: &Channel| {
            let messages = channel.messages().into_iter().filter(|message| !message.is_private());
            messages.map(|message| message.buttons().len()).filter(|buttons| *buttons > 0).collect::<Vec<_>>()
        };
        let shown = [panels(&self.town.help), panels(&self.desk)].concat();
        let stored = bot.stored("SELECT count(*) FROM panel WHERE message_id IS NOT NULL").await;
        assert_eq!(i64::try_from(shown.len()).unwrap(), stored, "{what}");
        let stored =
            bot.stored("SELECT count(*) FROM inbox i JOIN panel p ON p.id = i.panel_id AND p.message_id > 0").await;
        assert_eq!(i64::try_from(shown.iter().sum::<usize>()).unwrap(), stored, "{what}");
    }
}

/// From now on, every write to a table of the bot uses up one of so many; the next one fails.
async fn count_writes(bot: &TestBot<'_>) {
    let mut database = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut database).await.unwrap();
    assert!(tables.len() > 5, "{tables:?}");
    let mut sql = format!("CREATE TABLE budget (remaining INTEGER); INSERT INTO budget VALUES ({MANY});");
    for table in tables {
        for write in ["INSERT", "UPDATE", "DELETE"] {
            let counted = format!(
                "CREATE TRIGGER count_{write}_{table} BEFORE {write} ON {table} BEGIN
                     SELECT RAISE(ABORT, 'as the test has asked for') WHERE (SELECT remaining FROM budget) <= 0;
                     UPDATE budget SET remaining = remaining - 1;
                 END;"
            );
            sql.push_str(&counted);
        }
    }
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

async fn allow_writes(bot: &TestBot<'_>, writes: i64) {
    bot.store("UPDATE budget SET remaining = $1", writes).await;
}

/// How many writes a deed causes.
async fn writes_of(deed: Deed) -> i64 {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let stage = Stage::build(&sim, deed).await;
    let ready = stage.prepare(deed).await;
    bot.settled().await;
    count_writes(&bot).await;

    let reply = stage.begin(deed, &ready).finished().await;

    assert_eq!(reply.state(), State::Answered, "{deed:?}");
    assert!(!reply.text().contains(CANNOT_STORE), "{deed:?}: {}", reply.text());
    bot.settled().await;
    MANY - bot.stored("SELECT remaining FROM budget").await
}

async fn fail_at(deed: Deed, write: i64) {
    let what = format!("{deed:?}, write {write}");
    let _naming = Naming(what.clone());
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let stage = Stage::build(&sim, deed).await;
    let ready = stage.prepare(deed).await;
    bot.settled().await;
    count_writes(&bot).await;
    allow_writes(&bot, write).await;

    let reply = stage.begin(deed, &ready).finished().await;

    assert_eq!(reply.state(), State::Answered, "{what}");
    assert!(reply.is_private() && !reply.text().is_empty(), "{what}: {}", reply.text());
    allow_writes(&bot, MANY).await;
    sim.advance(Duration::from_mins(2));
    bot.settled().await;
    stage.assert_panels_are_stored(&bot, &what).await;
    if reply.text().contains(CANNOT_STORE) {
        let again = stage.begin(deed, &stage.prepare(deed).await).finished().await;
        assert!(again.is_private() && !again.text().contains(CANNOT_STORE), "{what}: {}", again.text());
        bot.settled().await;
        stage.assert_panels_are_stored(&bot, &what).await;
    }
    let clicks = if matches!(deed, Deed::OpenTicket | Deed::OpenTicketSlowly) {
        vec![Click { member: stage.anna.clone(), reply }]
    } else {
        Vec::new()
    };
    bot.ledger().check_soon(&sim, &Expected { guilds: vec![&stage.town.guild], clicks, ..Expected::default() }).await;
}

#[tokio::test]
async fn whatever_write_fails_the_person_is_answered_and_nothing_is_left_over() {
    let counted = futures_util::stream::iter(Deed::EACH).map(|deed| async move { (deed, writes_of(deed).await) });
    let deeds: Vec<(Deed, i64)> = counted.buffered(AT_ONCE).collect().await;
    println!("writes: {deeds:?}");
    let worlds = deeds.into_iter().flat_map(|(deed, writes)| {
        assert!(writes > 0, "{deed:?} stores nothing");
        (0..writes).map(move |write| fail_at(deed, write))
    });
    futures_util::stream::iter(worlds).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

#[tokio::test]
async fn steps_of_an_earlier_run_are_taken_over_as_soon_as_the_database_can_be_written() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let ticket = town.open_ticket(&anna, &inbox).await;
    let held = sim.fault(Fault::on("PATCH", "/channels/{id}").hold());
    anna.leave(&ticket);
    sim.wait_until("the ticket to be half closed", || held.waiting() == 1).await;
    bot.kill().await;
    held.clear();
    count_writes(&bot).await;
    allow_writes(&bot, 0).await;

    bot.launch().await;
    bot.wait_for_log("could not find the steps that are due").await;
    allow_writes(&bot, MANY).await;
    sim.advance(Duration::from_mins(1));

    sim.wait_until("the ticket to be closed", || ticket.is_archived() && ticket.is_locked()).await;
    bot.settled().await;
}

/// An event of the gateway may come again after a crash.
#[tokio::test]
async fn a_repeated_click_that_was_deferred_is_answered() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let mut other = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();

    let click = town.member("anna").begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the answer to be deferred", || click.state() == State::Thinking).await;
    let known =
        "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, number, reserved_at, closed_at, interaction_id)
         SELECT guild_id, id, 1, destination_id, 1, 'closed', 1, 0, 0, $1 FROM inbox";
    sqlx::query(known).bind(click.id().cast_signed()).execute(&mut other).await.unwrap();
    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    other.close().await.unwrap();

    let reply = click.finished().await;
    assert!(reply.is_private() && reply.text().contains("did not confirm"), "{}", reply.text());
    assert!(town.guild.threads().is_empty());
}
