//! Messages that cannot become an inbox: the admin reads why, and the step can be repeated.

use std::time::Duration;

use discord_sim::{Draft, Fault, Message, Sim};
use serde_json::json;

use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

/// Selects `bad`, which must be refused with `reason`; then another message, which must work.
async fn refused_then_repeated(town: &Town, bot: &TestBot<'_>, bad: &Message, reason: &str) {
    town.run_create(&town.help, None).await;

    let refused = town.admin.menu(SELECT, bad).await;
    assert!(refused.is_private() && refused.text().contains(reason), "{}", refused.text());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 0);

    let good = town.admin.post(&town.help, "Help!");
    let done = town.admin.menu(SELECT, &good).await;
    assert!(done.text().contains("is ready"), "{}", done.text());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn a_sticker_has_nothing_to_copy() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let sticker = town.admin.post_with(&town.help, Draft::text("").sticker("wave"));

    refused_then_repeated(&town, &bot, &sticker, "no text, files or embeds").await;
}

#[tokio::test]
async fn files_over_the_limit_are_refused_without_being_fetched() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let half = vec![0_u8; 2_500_001];
    let draft = Draft::text("Big").file("a.png", half.clone(), "image/png").file("b.png", half, "image/png");
    let large = town.admin.post_with(&town.help, draft);
    let mark = sim.mark();

    refused_then_repeated(&town, &bot, &large, "are too large").await;

    assert!(sim.requests_since(mark).iter().all(|request| !request.path.starts_with("/attachments/")));
}

#[tokio::test]
async fn a_file_that_is_gone_or_late_is_told_and_the_same_message_works_later() {
    for fault in [|fault: Fault| fault.status(404), Fault::drop_before] {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let draft = Draft::text("Look").file("a.png", [1_u8; 10], "image/png");
        let source = town.admin.post_with(&town.help, draft);
        let gone = sim.fault(fault(Fault::on("GET", "/attachments/{c}/{a}/{f}")).always());
        town.run_create(&town.help, None).await;

        let refused = town.admin.menu(SELECT, &source).await;
        gone.clear();
        let done = town.admin.menu(SELECT, &source).await;

        assert!(refused.text().contains("could not be fetched"), "{}", refused.text());
        assert!(done.text().contains("is ready"), "{}", done.text());
        assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
    }
}

#[tokio::test]
async fn a_copy_that_discord_refuses_is_told() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let source = town.admin.post(&town.help, "Help!");
    let errors = json!({
        "code": 50035, "message": "Invalid Form Body",
        "errors": { "embeds": { "0": { "_errors": [{ "code": "SOME_RULE", "message": "No" }] } } }
    });
    sim.fault(Fault::on("POST", "/channels/{id}/messages").answer(400, errors));

    refused_then_repeated(&town, &bot, &source, "Discord refused the copy").await;
}

#[tokio::test]
async fn a_failed_try_gives_three_more_minutes() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let sticker = town.admin.post_with(&town.help, Draft::text("").sticker("wave"));
    town.run_create(&town.help, None).await;
    sim.advance(Duration::from_secs(170));

    town.admin.menu(SELECT, &sticker).await;
    sim.advance(Duration::from_secs(170));
    let done = town.admin.menu(SELECT, &town.admin.post(&town.help, "Help!")).await;

    assert!(done.text().contains("is ready"), "{}", done.text());
}

#[tokio::test]
async fn an_unexpected_failure_shows_a_code_the_person_who_runs_the_bot_and_can_be_repeated() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let source = town.admin.post(&town.help, "Help!");
    sim.fault(Fault::on("POST", "/channels/{id}/messages").error(400, 99_999, "Never heard of"));
    town.run_create(&town.help, None).await;

    let failed = town.admin.menu(SELECT, &source).await;
    let done = town.admin.menu(SELECT, &source).await;

    assert!(failed.text().contains(&format!("<@{}>", sim.owner_id())), "{}", failed.text());
    let code = failed.text().split('`').nth(1).unwrap().to_owned();
    assert!(bot.log().contains(&code), "the code is not in the log");
    assert!(failed.message().pinged().is_empty());
    assert!(done.text().contains("is ready"), "{}", done.text());
}

#[tokio::test]
async fn a_long_text_is_kept_within_an_embed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let source = town.admin.post(&town.help, &"👩‍🚀".repeat(400));
    town.run_create(&town.help, None).await;

    let done = town.admin.menu(SELECT, &source).await;

    assert!(done.text().contains("is ready"), "{}", done.text());
    assert_eq!(town.inbox_message().embeds()[0]["description"], source.text());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn mentions_in_a_copied_text_ping_nobody() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let anna = town.member("anna");
    let source = town.admin.post(&town.help, &format!("@everyone {} {}", anna.mention(), town.moderators.mention()));
    town.run_create(&town.help, None).await;

    town.admin.menu(SELECT, &source).await;

    assert!(town.inbox_message().pinged().is_empty());
}

#[tokio::test]
async fn a_deleted_inbox_message_keeps_its_settings_and_cannot_be_clicked() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let first = town.create_inbox().await;
    let second = town.create_inbox().await;
    let anna = town.member("anna");

    town.guild.owner().bulk_delete(&[&first]);
    bot.wait_for("SELECT count(*) FROM panel WHERE message_id IS NULL", 1).await;
    town.guild.owner().delete_message(&second);
    bot.wait_for("SELECT count(*) FROM panel WHERE message_id IS NULL", 2).await;

    assert!(anna.try_click(&first, CREATE_TICKET).await.is_err());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 2);
}

#[tokio::test]
async fn a_deleted_channel_keeps_the_settings_of_its_inboxes() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    town.help.delete();

    bot.wait_for("SELECT count(*) FROM panel WHERE message_id IS NULL", 1).await;
}

#[tokio::test]
async fn a_bot_that_is_invited_again_still_knows_its_inboxes() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");

    town.guild.remove_bot();
    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 1).await;
    town.guild.return_bot();
    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 0).await;

    town.open_ticket(&anna, &inbox).await;
}
