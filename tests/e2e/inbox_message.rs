//! `/inbox message`: the content of an inbox message.

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Draft, Fault, Message, Sim, Target};

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::SELECT;

const COUNT_ATTACHED: &str = "SELECT count(message_id) FROM panel";

fn description(message: &Message) -> String {
    let embeds = message.embeds();
    let texts = embeds.iter().filter_map(|embed| embed["description"].as_str());
    texts.collect::<Vec<_>>().join("\n")
}

fn files(message: &Message) -> Vec<String> {
    let all = message.attachments().into_iter().chain(message.embedded_files());
    all.map(|file| file.filename).collect()
}

/// An inbox with a picture and a document.
async fn inbox_with_files(town: &Town) -> Message {
    town.run_create(&town.help, None).await;
    let draft = Draft::text("Old").file("old.png", *b"old", "image/png").file("old.txt", *b"old", "text/plain");
    town.select(&town.admin.post_with(&town.help, draft)).await;
    town.inbox_message()
}

#[tokio::test]
async fn two_selections_replace_text_and_files() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = inbox_with_files(&town).await;
    let draft = Draft::text("New").file("new.png", *b"new", "image/png").file("new.txt", *b"new", "text/plain");
    let source = town.admin.post_with(&town.help, draft);

    let asked = town.manage_selected("message", &inbox).await;
    let done = town.select(&source).await;

    assert_told(&asked, SELECT);
    assert!(asked.links_to_message(&inbox), "{}", asked.text());
    assert_told(&done, "shows the new message");
    assert!(done.links_to_message(&inbox), "{}", done.text());
    assert_eq!(description(&inbox), "New");
    assert_eq!(files(&inbox), ["new.txt", "new.png"]);
    assert_eq!(inbox.text(), "");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
    town.open_ticket(&town.member("anna"), &inbox).await;
}

#[tokio::test]
async fn a_text_without_files_takes_the_old_files_away() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = inbox_with_files(&town).await;
    let source = town.admin.post(&town.help, "Only words");
    town.manage("message", &inbox).await;

    town.select(&source).await;

    assert_eq!(description(&inbox), "Only words");
    assert!(files(&inbox).is_empty(), "{:?}", files(&inbox));
    assert_eq!(inbox.embeds().len(), 1);
}

#[tokio::test]
async fn a_file_without_text_takes_the_old_text_away() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post_with(&town.help, Draft::text("").file("rules.txt", *b"be kind", "text/plain"));
    town.manage("message", &inbox).await;

    let done = town.select(&source).await;

    assert_told(&done, "shows the new message");
    assert_eq!(description(&inbox), "");
    assert_eq!(files(&inbox), ["rules.txt"]);
    assert_eq!(inbox.buttons().len(), 1);
}

#[tokio::test]
async fn the_button_is_put_into_the_servers_language_of_today() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "Brauchst du Hilfe?");
    town.guild.set_locale("de");
    town.manage("message", &inbox).await;

    town.select(&source).await;

    assert_eq!(inbox.buttons()[0].label, "Ticket erstellen");
}

#[tokio::test]
async fn an_inbox_is_not_its_own_source_and_the_step_stays() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "New");
    town.manage_selected("message", &inbox).await;

    let refused = town.select(&inbox).await;
    let done = town.select(&source).await;

    assert_told(&refused, "That is the inbox itself");
    assert_told(&done, "shows the new message");
    assert_eq!(description(&inbox), "New");
}

#[tokio::test]
async fn a_message_with_nothing_to_copy_is_refused_and_the_step_stays() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let sticker = town.admin.post_with(&town.help, Draft::text("").sticker("wave"));
    let source = town.admin.post(&town.help, "New");
    town.manage("message", &inbox).await;

    let refused = town.select(&sticker).await;
    let done = town.select(&source).await;

    assert_told(&refused, "no text, files or embeds");
    assert_told(&done, "shows the new message");
}

#[tokio::test]
async fn another_inbox_can_be_the_source() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let first = town.create_inbox().await;
    let second = inbox_with_files(&town).await;
    town.manage("message", &first).await;

    let done = town.select(&second).await;

    assert_told(&done, "shows the new message");
    assert_eq!(description(&first), "Old");
}

#[tokio::test]
async fn an_inbox_message_deleted_half_way_can_be_posted_again_and_its_settings_are_kept() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "New");
    town.manage("message", &inbox).await;
    town.guild.owner().delete_message(&inbox);
    bot.wait_for(COUNT_ATTACHED, 0).await;

    let half_way = town.select(&source).await;
    let from_the_start = town.manage_named("message", "1").await;

    assert_told(&half_way, "`/inbox repost`");
    assert_told(&from_the_start, "`/inbox repost`");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn an_inbox_message_that_was_deleted_unnoticed_is_noticed_now() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "New");
    town.manage("message", &inbox).await;
    sim.fault(Fault::on("PATCH", "/channels/{id}/messages/{id}").error(404, 10008, "Unknown Message"));

    let told = town.select(&source).await;

    assert_told(&told, "`/inbox repost`");
    assert_eq!(bot.stored(COUNT_ATTACHED).await, 0);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn an_inbox_in_a_channel_that_the_bot_no_longer_sees_is_answered_with_what_to_grant() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let elsewhere = town.guild.text_channel("elsewhere").create();
    let source = town.admin.post(&elsewhere, "New");
    town.manage("message", &inbox).await;
    town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);

    let refused = town.select(&source).await;
    town.help.clear_overwrite(Target::bot());
    let done = town.select(&source).await;

    assert_told(&refused, "**View Channel**");
    assert!(refused.links_to(&town.help), "{}", refused.text());
    assert_told(&done, "shows the new message");
    assert_eq!(bot.stored(COUNT_ATTACHED).await, 1);
}

#[tokio::test]
async fn an_inbox_deleted_half_way_is_gone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "New");
    town.manage("message", &inbox).await;
    town.delete_inbox(&inbox).await;

    let told = town.select(&source).await;

    assert_told(&told, "no longer exists");
}

#[tokio::test]
async fn both_steps_survive_restarts() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let source = town.admin.post(&town.help, "New");
    town.admin.slash("inbox message").send().await;
    bot.restart().await;
    town.select(&inbox).await;
    bot.restart().await;

    let done = town.select(&source).await;

    assert_told(&done, "shows the new message");
    assert_eq!(description(&inbox), "New");
}
