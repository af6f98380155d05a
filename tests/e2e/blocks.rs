//! Blocks: who cannot open tickets, and who may decide that.

use std::time::Duration;

use discord_sim::permissions::{MODERATE_MEMBERS, SEND_MESSAGES, VIEW_CHANNEL};
use discord_sim::{Actor, Reply, Sim};

use crate::admin::{assert_told, preview};
use crate::town::{BLOCK as MENU, CREATE_TICKET};
use crate::working::Story;

/// A moderator of the whole server who is staff of no inbox.
fn sheriff(story: &Story<'_>) -> Actor {
    let role = story.town.guild.role("Sheriffs").permissions(MODERATE_MEMBERS).create();
    story.town.guild.member("sam").role(&role).create()
}

async fn add(by: &Actor, whom: &Actor, story: &Story<'_>) -> Reply {
    by.slash("block add").at(&story.town.help).user("member", whom).send().await
}

async fn remove(by: &Actor, whom: &Actor, story: &Story<'_>) -> Reply {
    by.slash("block remove").at(&story.town.help).user("member", whom).send().await
}

#[tokio::test]
async fn a_moderator_blocks_a_member_from_the_whole_server_and_takes_it_back() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let (sam, second) = (sheriff(&story), story.town.create_inbox().await);
    let ticket = story.open().await;

    let done = add(&sam, &story.anna, &story).await;
    assert_told(&done, &format!("{} can no longer open tickets in this server.", story.anna.mention()));
    assert!(done.text().contains("Open tickets stay as they are"));
    assert!(!ticket.is_archived(), "an open ticket stays");
    story.bot.restart().await;
    for inbox in [&story.inbox, &second] {
        assert_told(&story.anna.click(inbox, CREATE_TICKET).await, "You cannot open tickets here at the moment");
    }
    assert_eq!(story.town.guild.threads().len(), 1);

    assert_told(&remove(&sam, &story.anna, &story).await, "can open tickets in this server again");
    story.town.open_ticket(&story.anna, &second).await;
    assert_told(&remove(&sam, &story.anna, &story).await, "is not blocked");
}

#[tokio::test]
async fn staff_block_in_their_inboxes_only_and_cannot_undo_a_block_of_the_moderators() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let (sam, second) = (sheriff(&story), story.town.create_inbox().await);
    story.bot.store("DELETE FROM inbox_staff WHERE inbox_id = $1", 2).await;
    // Staff see the command only where an admin allows it to them.
    let ticket = story.open().await;
    let info = story.mona.slash("ticket info").at(&ticket).send().await;
    let form = story.mona.click(&info, "Block owner …").await;

    let done = story.mona.submit(&form, &[("time", ""), ("reason", "")]).await;
    assert_told(&done, "can no longer open tickets in these inboxes: 1.");
    story.bot.settled().await;
    story.anna.leave(&ticket);
    story.bot.wait_for_closed(1).await;
    sim.advance(Duration::from_hours(1));
    assert_told(&story.anna.click(&story.inbox, CREATE_TICKET).await, "You cannot open tickets here");
    story.town.open_ticket(&story.anna, &second).await;

    add(&sam, &story.bert, &story).await;
    let listed = sam.slash("block list").at(&story.town.help).send().await;
    assert_told(&listed, "2 blocks");
    assert!(preview(&listed).contains(&format!("{} · whole server · by {}", story.bert.mention(), sam.mention())));
    assert!(preview(&listed).contains(&format!("{} · inbox 1 · by {}", story.anna.mention(), story.mona.mention())));
}

#[tokio::test]
async fn a_block_ends_by_itself_and_its_row_is_deleted() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let sam = sheriff(&story);
    let command = sam.slash("block add").at(&story.town.help).user("member", &story.anna).string("for", "2d");

    assert_told(&command.send().await, "until <t:");
    assert_told(&story.anna.click(&story.inbox, CREATE_TICKET).await, "You can again from <t:");
    sim.advance(Duration::from_hours(48));
    story.town.open_ticket(&story.anna, &story.inbox).await;
    story.bot.wait_for("SELECT count(*) FROM block", 0).await;
    let wrong = sam.slash("block add").at(&story.town.help).user("member", &story.bert).string("for", "soon");
    assert_told(&wrong.send().await, "like `12h`");
}

#[tokio::test]
async fn a_block_is_kept_when_the_member_leaves_and_comes_back() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    add(&sheriff(&story), &story.bert, &story).await;

    story.bert.leave_guild();
    sim.quiet().await;
    let back = story.town.guild.join(&story.bert);

    assert_told(&back.click(&story.inbox, CREATE_TICKET).await, "You cannot open tickets here");
}

#[tokio::test]
async fn neither_staff_nor_admins_nor_bots_are_blocked_and_nobody_else_blocks() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let sam = sheriff(&story);
    let bot = story.town.guild.member("beep").bot(true).create();

    assert_told(&add(&sam, &story.mona, &story).await, "is staff, and staff cannot be blocked");
    assert_told(&add(&sam, &story.town.admin, &story).await, "manages this server and cannot be blocked");
    assert_told(&add(&sam, &bot, &story).await, "Bots open no tickets");
    assert_eq!(story.bot.stored("SELECT count(*) FROM block").await, 0);
    let outsider = story.bert.try_begin_member_menu(MENU, &story.anna, &story.town.help);
    assert!(outsider.is_err(), "Discord shows it to moderators only");
    let ticket = story.open().await;
    let own = story.anna.slash("ticket info").at(&ticket).send().await;
    assert!(own.buttons().is_empty(), "owners block nobody");
    let of_staff = story.mona.slash("ticket info").at(&ticket).send().await;
    assert_eq!(of_staff.buttons().len(), 1);
}

#[tokio::test]
async fn whoever_becomes_staff_can_open_tickets_in_spite_of_a_block() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    add(&sheriff(&story), &story.bert, &story).await;
    assert_told(&story.bert.click(&story.inbox, CREATE_TICKET).await, "You cannot open tickets here");

    story.bert.give_role(&story.town.moderators);

    story.town.open_ticket(&story.bert, &story.inbox).await;
}

#[tokio::test]
async fn from_the_menu_of_a_member_the_reason_goes_to_the_log_and_is_stored_nowhere() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let sam = sheriff(&story);
    let log = story.town.guild.text_channel("log").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL | SEND_MESSAGES);
    let log = log.create();
    story.bot.store("UPDATE guild SET log_channel_id = $1", log.id().cast_signed()).await;
    story.bot.store("UPDATE guild SET settings = $1", r#"{"log":{"reasons":true}}"#).await;

    let form = sam.member_menu(MENU, &story.bert, &story.town.help).await;
    let done = sam.submit(&form, &[("time", "7d"), ("reason", "Spam @everyone")]).await;

    assert_told(&done, "can no longer open tickets in this server, until");
    assert!(preview(&done).is_empty(), "{}", preview(&done));
    sim.wait_until("the line", || !log.messages().is_empty()).await;
    let line = log.messages()[0].text();
    assert!(line.starts_with(&format!("{} has blocked {}", sam.mention(), story.bert.mention())), "{line}");
    assert!(line.contains("> Spam @\u{200b}everyone"), "{line}");
    story.settled().await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0);
    // Without a log that takes it, it is kept nowhere.
    story.bot.store("UPDATE guild SET settings = $1", "{}").await;
    let form = sam.member_menu(MENU, &story.anna, &story.town.help).await;
    let done = sam.submit(&form, &[("time", ""), ("reason", "Rude")]).await;
    assert!(preview(&done).contains("No log of this server takes the reason"), "{}", preview(&done));
}

#[tokio::test]
async fn of_a_block_and_a_click_at_the_same_moment_one_comes_first_and_the_next_click_is_refused() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let sam = sheriff(&story);

    let (_, clicked) = tokio::join!(add(&sam, &story.anna, &story), story.anna.click(&story.inbox, CREATE_TICKET));

    let opened = clicked.text().contains("is ready");
    assert!(opened || clicked.text().contains("You cannot open tickets here"), "{}", clicked.text());
    assert_eq!(story.town.guild.threads().len(), usize::from(opened));
    sim.advance(Duration::from_hours(1));
    assert_told(&story.anna.click(&story.inbox, CREATE_TICKET).await, "You cannot open tickets here");
}

#[tokio::test]
async fn blocks_of_another_server_are_neither_seen_nor_changed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let other = crate::support::Town::build(&sim);
    let elsewhere = other.create_inbox().await;
    add(&sheriff(&story), &story.anna, &story).await;
    let anna = other.guild.join(&story.anna);

    let role = other.guild.role("Sheriffs").permissions(MODERATE_MEMBERS).create();
    let other_sheriff = other.guild.member("sue").role(&role).create();
    let listed = other_sheriff.slash("block list").at(&other.help).send().await;
    let removed = other_sheriff.slash("block remove").at(&other.help).user("member", &anna).send().await;
    let named =
        other_sheriff.slash("block add").at(&other.help).user("member", &anna).string("inbox", "1").send().await;

    assert_told(&listed, "Nobody is blocked");
    assert_told(&removed, "is not blocked");
    assert_told(&named, "There is no such inbox");
    other.open_ticket(&anna, &elsewhere).await;
}

#[tokio::test]
async fn a_blocked_member_sees_the_block_in_their_data_and_cannot_delete_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let sam = sheriff(&story);
    add(&sam, &story.anna, &story).await;

    let shown = story.anna.slash("privacy show").at(&story.town.help).send().await;
    assert!(preview(&shown).contains("You are blocked from opening tickets in this server"), "{}", preview(&shown));
    let asked = story.anna.slash("privacy delete").at(&story.town.help).send().await;
    assert!(preview(&asked).contains("is kept, because otherwise"), "{}", preview(&asked));
    story.anna.click(&asked, "Delete it").await;

    assert_told(&story.anna.click(&story.inbox, CREATE_TICKET).await, "You cannot open tickets here");
    assert_eq!(story.bot.stored("SELECT count(*) FROM block WHERE blocked_by IS NOT NULL").await, 1);
    let asked = sam.slash("privacy delete").at(&story.town.help).send().await;
    sam.click(&asked, "Delete it").await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM block WHERE blocked_by IS NOT NULL").await, 0);
    let listed = sam.slash("block list").at(&story.town.help).send().await;
    assert!(!preview(&listed).contains("· by"), "{}", preview(&listed));
}

#[tokio::test]
async fn a_blocked_owner_cannot_re_open_a_closed_ticket_but_staff_can() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.set(r#"{"closing":{"owners_may_reopen":true}}"#).await;
    let ticket = story.open().await;
    add(&sheriff(&story), &story.anna, &story).await;
    story.mona.slash("ticket close").at(&ticket).send().await;
    story.bot.wait_for_closed(1).await;
    let reopen = |by: &Actor| by.slash("ticket reopen").at(&story.town.help).string("ticket", "1");

    assert_told(&reopen(&story.anna).send().await, "You cannot open tickets here");
    assert_told(&reopen(&story.mona).send().await, "open again");
}
