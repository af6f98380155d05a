//! After a move from discord-tickets, its categories open tickets with ticketbot.

use std::fs;
use std::path::Path;
use std::process::Command;

use discord_sim::{Actor, Channel, Filled, Message, Role, Sim};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use crate::admin::{assert_told, preview};
use crate::filling::{fill, text};
use crate::support::TestBot;
use crate::town::Town;

/// What admins read of an inbox without a channel for its tickets.
const GONE: &str = "The channel for its tickets is gone";

/// A server in which discord-tickets was until now, and what its database (`tests/data/discord-tickets`) names there.
struct Story<'s> {
    bot: TestBot<'s>,
    town: Town,
    /// For tickets.
    desk: Channel,
    customers: Role,
    blocked: Role,
    mona: Actor,
}

fn sample(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/discord-tickets").join(name)).unwrap()
}

impl<'s> Story<'s> {
    /// Moves with the shipped program, as an operator does, and starts ticketbot.
    async fn moved(sim: &'s Sim) -> Self {
        let mut bot = TestBot::start(sim).await;
        bot.stop().await;
        let town = Town::build(sim);
        let [customers, old_customers, blocked] =
            ["Customers", "Old customers", "Blocked"].map(|name| town.guild.role(name).create());
        let judges = town.guild.role("Judges").mentionable(true).create();
        let log = town.guild.text_channel("log").create();
        let ids = [
            (1_323_984_066_969_600_001, town.guild.id()),
            (1_325_071_230_566_400_009, log.id()),
            (1_325_433_618_432_000_001, town.moderators.id()),
            (1_325_433_618_432_000_002, judges.id()),
            (1_325_433_618_432_000_003, customers.id()),
            (1_325_433_618_432_000_004, old_customers.id()),
            (1_325_433_618_432_000_009, blocked.id()),
        ];
        let rows = ids.iter().fold(sample("sample.sql"), |rows, (old, new): &(u64, u64)| {
            rows.replace(&old.to_string(), &new.to_string())
        });
        let source = SqliteConnectOptions::new().filename(bot.home().join("database.db")).create_if_missing(true);
        let mut theirs = source.connect().await.unwrap();
        // Servers without the bot.
        let strangers = format!("DELETE FROM guilds WHERE id <> '{}'", town.guild.id());
        for sql in [sample("schema.sql"), rows, strangers] {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut theirs).await.unwrap();
        }
        theirs.close().await.unwrap();
        let moved = Command::new(env!("CARGO_BIN_EXE_ticketbot"))
            .args(["import", "discord-tickets", "database.db", "--yes", "--config-file", "config.toml"])
            .env_clear()
            .env("HOME", bot.home())
            .current_dir(bot.home())
            .output()
            .unwrap();
        assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stderr));
        bot.boot().await;
        let (desk, mona) = (town.guild.text_channel("desk").create(), town.moderator("mona"));
        Self { bot, town, desk, customers, blocked, mona }
    }

    /// `/inbox repost` of the imported panel in the help channel: the answer, and the panel.
    async fn post_panel(&self) -> (discord_sim::Reply, Message) {
        let command = self.town.admin.slash("inbox repost").string("inbox", "1").channel("channel", &self.town.help);
        let asked = command.send().await;
        assert_told(&asked, &self.town.help.mention());
        let done = self.town.select(&self.town.admin.post(&self.town.help, "How can we help?")).await;
        self.bot.wait_for("SELECT count(*) FROM panel WHERE drawn < shown", 0).await;
        (done, self.town.inbox_message())
    }

    fn customer(&self, name: &str) -> Actor {
        self.town.guild.member(name).role(&self.customers).create()
    }
}

#[tokio::test]
async fn an_imported_category_opens_tickets_with_its_form_in_the_channel_that_an_admin_chooses() {
    let sim = Sim::start().await;
    let story = Story::moved(&sim).await;
    let anna = story.customer("anna");

    let chosen = story.town.redirect("1", &story.desk).await;
    let (_, panel) = story.post_panel().await;
    let form = anna.click(&panel, "Orders").await;
    let answers: [(&str, Filled); 3] = [
        ("number_of_your_order", text("A-77")),
        ("what_happened", text("")),
        ("what_is_wrong", Filled::Values(vec!["It is late".to_owned(), "Other".to_owned()])),
    ];
    let reply = fill(&anna, &form, &answers).await;

    assert_told(&chosen, &story.desk.mention());
    let labels: Vec<String> = panel.buttons().iter().map(|button| button.label.clone()).collect();
    assert_eq!(labels, ["Orders", "Appeals", "Closed for now"]);
    let ticket = story.town.newest_thread();
    assert!(reply.links_to(&ticket), "{}", reply.text());
    assert_eq!((ticket.name(), ticket.parent_id()), ("order-58-anna".to_owned(), story.desk.id()));
    assert!(story.mona.was_pinged_in(&ticket) && anna.was_pinged_in(&ticket));
    let first = ticket.messages().into_iter().find(|message| !message.buttons().is_empty()).unwrap();
    assert!(
        first.text().contains(&format!("Hello {}, it costs $5 to ask. {{ staff }}", anna.mention())),
        "{}",
        first.text()
    );
    assert!(
        first.text().ends_with("**Number of your order**\n> A\\-77\n**What is wrong?**\n> It is late\n> Other"),
        "{}",
        first.text()
    );
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'open' AND guild_number = 58", 1).await;
}

#[tokio::test]
async fn the_rules_of_an_imported_category_hold() {
    let sim = Sim::start().await;
    let story = Story::moved(&sim).await;
    story.town.redirect("1", &story.desk).await;
    let (_, panel) = story.post_panel().await;
    let blocked = story.town.guild.member("bert").role(&story.customers).role(&story.blocked).create();

    let stranger = story.town.member("carl").click(&panel, "Orders").await;
    let refused = blocked.click(&panel, "Orders").await;
    let paused = story.customer("anna").click(&panel, "Closed for now").await;

    assert_told(&stranger, &format!("<@&{}>", story.customers.id()));
    assert_told(&refused, &format!("<@&{}>", story.blocked.id()));
    assert_told(&paused, "paused");
    assert!(story.town.guild.threads().is_empty());
}

#[tokio::test]
async fn before_its_channel_is_chosen_an_imported_inbox_opens_nothing_and_says_why() {
    let sim = Sim::start().await;
    let story = Story::moved(&sim).await;
    let anna = story.customer("anna");

    let listed = story.town.admin.slash("inbox list").send().await;
    let unposted = anna.slash("ticket open").string("inbox", "1").send().await;
    let nowhere = story.town.manage_named("repost", "1").await;
    let (done, panel) = story.post_panel().await;
    let form = anna.click(&panel, "Orders").await;
    let answers = [
        ("number_of_your_order", text("A-77")),
        ("what_happened", text("")),
        ("what_is_wrong", Filled::Values(vec!["Other".to_owned()])),
    ];
    let refused = fill(&anna, &form, &answers).await;

    assert_eq!(preview(&listed).matches(GONE).count(), 3, "{}", preview(&listed));
    assert_told(&unposted, "I do not know this inbox");
    assert_told(&nowhere, "That channel no longer exists");
    assert!(preview(&done).contains(GONE), "{}", preview(&done));
    assert_told(&refused, "the channel for tickets of this inbox no longer exists");
    assert!(story.town.guild.threads().is_empty());
}
