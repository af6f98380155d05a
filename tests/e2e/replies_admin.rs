//! `/replies`: what admins do with canned replies.

use discord_sim::{Reply, Sim};

use crate::admin::{assert_told, preview};
use crate::support::TestBot;
use crate::town::Town;

async fn add(town: &Town, name: &str, text: &str) -> Reply {
    let form = town.admin.slash("replies add").send().await;
    town.admin.submit(&form, &[("name", name), ("value", text)]).await
}

async fn town(sim: &Sim) -> (TestBot<'_>, Town) {
    let bot = TestBot::start(sim).await;
    let town = Town::build(sim);
    town.create_inbox().await;
    (bot, town)
}

#[tokio::test]
async fn a_reply_is_changed_renamed_and_removed() {
    let sim = Sim::start().await;
    let (bot, town) = town(&sim).await;
    add(&town, "Hello", "Hello!").await;

    let form = town.admin.slash("replies edit").string("name", "hello").string("inbox", "1").send().await;
    let fields = form.modal().unwrap().fields;
    assert_eq!(fields.iter().map(|field| field.value.as_str()).collect::<Vec<_>>(), ["Hello", "Hello!"]);
    let saved = town.admin.submit(&form, &[("name", "Welcome"), ("value", "Welcome, $author!")]).await;
    assert_told(&saved, "Saved: **Welcome**, for inbox 1 (Create Ticket).");
    assert!(preview(&saved).ends_with(&format!("Welcome, {}!", town.admin.mention())), "{}", preview(&saved));
    let listed = town.admin.slash("replies list").send().await;
    assert!(preview(&listed).contains("**Welcome** · Inbox 1: Create Ticket\n"), "{}", preview(&listed));
    assert_told(&town.admin.slash("replies edit").string("name", "Hello").send().await, "no reply with this name");

    let asked = town.admin.slash("replies remove").string("name", "welcome").send().await;
    assert_told(&asked, "Remove the reply **Welcome**?");
    assert_eq!(bot.stored("SELECT count(*) FROM reply").await, 1);
    assert_told(&town.admin.click(&asked, "Remove it").await, "The reply is removed.");
    assert_eq!(bot.stored("SELECT count(*) FROM reply").await, 0);
    assert_told(&town.admin.slash("replies list").send().await, "no replies yet");
}

#[tokio::test]
async fn of_two_changes_the_second_overwrites_nothing_and_shows_both_texts() {
    let sim = Sim::start().await;
    let (bot, town) = town(&sim).await;
    add(&town, "Hello", "Hello!").await;
    let open = || town.admin.slash("replies edit").string("name", "Hello").send();
    let (first, second, third) = (open().await, open().await, open().await);

    assert_told(&town.admin.submit(&first, &[("value", "Hello there!")]).await, "Saved");
    let stale = town.admin.submit(&second, &[("value", "Good day!")]).await;

    assert_told(&stale, "somebody else has changed this reply meanwhile");
    assert!(preview(&stale).contains("Hello there!") && preview(&stale).contains("Good day!"), "{}", preview(&stale));
    assert_eq!(bot.stored_text("SELECT text FROM reply").await, "Hello there!");

    bot.store("DELETE FROM reply WHERE id >= $1", 0).await;
    let gone = town.admin.submit(&third, &[("value", "Good day!")]).await;
    assert_told(&gone, "no longer exists");
    assert!(preview(&gone).contains("Good day!"), "{}", preview(&gone));
}

#[tokio::test]
async fn what_cannot_be_saved_is_told_with_what_was_written() {
    let sim = Sim::start().await;
    let (bot, town) = town(&sim).await;
    add(&town, "Hello", "Hello!").await;

    let taken = add(&town, "HELLO", "Once more").await;
    assert_told(&taken, "another reply of this server has this name");
    assert!(preview(&taken).contains("Once more"), "{}", preview(&taken));
    assert_told(&add(&town, "\u{200b}", "Text").await, "the name needs something to read");
    assert_told(&add(&town, "Name", "\u{200b}").await, "nothing of the text can be seen");
    add(&town, "Other", "Other!").await;
    let form = town.admin.slash("replies edit").string("name", "Other").send().await;
    assert_told(&town.admin.submit(&form, &[("name", "hello")]).await, "another reply of this server has this name");

    bot.store(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO reply (guild_id, name, name_key, text) SELECT g.id, 'r' || i, 'r' || i, 'x' FROM n, guild g",
        98,
    )
    .await;
    let full = add(&town, "One more", "Text").await;
    assert_told(&full, "already has 100 replies");
    assert!(preview(&full).contains("Text"), "{}", preview(&full));
}

#[tokio::test]
async fn of_two_new_replies_with_one_name_at_the_same_time_one_is_saved() {
    let sim = Sim::start().await;
    let (bot, town) = town(&sim).await;

    let (one, other) = tokio::join!(add(&town, "Hello", "One"), add(&town, "hello", "Other"));

    let saved = [&one, &other].into_iter().filter(|reply| reply.text().contains("Saved")).count();
    assert_eq!(saved, 1, "{} / {}", one.text(), other.text());
    assert_eq!(bot.stored("SELECT count(*) FROM reply").await, 1);
}

#[tokio::test]
async fn a_long_list_has_pages_that_survive_a_restart() {
    let sim = Sim::start().await;
    let (mut bot, town) = town(&sim).await;
    for number in 10..25 {
        add(&town, &format!("Reply *{number}*"), &format!("# {}", "long ".repeat(40))).await;
    }

    let first = town.admin.slash("replies list").send().await;
    assert_told(&first, "**15 replies**");
    assert_eq!(preview(&first).lines().filter(|line| line.starts_with("**Reply")).count(), 10);
    assert!(preview(&first).contains(r"**Reply \*10\*** · All inboxes"), "{}", preview(&first));
    assert!(preview(&first).contains(r"> \# long long"), "{}", preview(&first));
    bot.restart().await;
    let second = town.admin.click(&first, "Next").await;
    assert_eq!(second.message().id(), first.message().id(), "in place");
    assert_eq!(preview(&second).lines().filter(|line| line.starts_with("**Reply")).count(), 5);
    let back = town.admin.click(&second, "Back").await;
    assert_eq!(preview(&back), preview(&first));
}

#[tokio::test]
async fn replies_of_an_inbox_go_with_it_those_of_all_stay_and_a_server_without_inboxes_has_none() {
    let sim = Sim::start().await;
    let (bot, town) = town(&sim).await;
    let form = town.admin.slash("replies add").string("inbox", "1").send().await;
    town.admin.submit(&form, &[("name", "Here"), ("value", "Text")]).await;
    add(&town, "Everywhere", "Text").await;
    let late = town.admin.slash("replies edit").string("name", "Here").send().await;

    town.delete_inbox(&town.inbox_message()).await;

    assert_eq!(bot.stored_text("SELECT group_concat(name) FROM reply").await, "Everywhere");
    assert_told(&town.admin.submit(&late, &[]).await, "no longer exists");
    assert_told(&town.admin.slash("replies add").send().await, "no inbox");

    let village = Town::build(&sim);
    assert_told(&village.admin.slash("replies list").send().await, "no replies yet");
    assert_told(&village.admin.slash("replies remove").string("name", "Everywhere").send().await, "no reply with this");
}

#[tokio::test]
async fn staff_without_manage_server_cannot_change_replies() {
    let sim = Sim::start().await;
    let (_bot, town) = town(&sim).await;

    assert!(town.moderator("mona").slash("replies add").try_send().await.is_err());
}
