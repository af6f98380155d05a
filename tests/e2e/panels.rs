//! Panels and their inboxes. So far each inbox has a separate panel; tests of several inboxes change the database.

use discord_sim::Sim;

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// Another inbox on the first panel, with tickets in the channel of this id.
const SECOND_INBOX: &str = "INSERT INTO inbox (guild_id, panel_id, position, destination_id, created_at)
     SELECT guild_id, id, 1, $1, 0 FROM panel";

#[tokio::test]
async fn a_click_on_a_panel_with_several_inboxes_opens_a_ticket_of_the_first_by_position() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    bot.store(SECOND_INBOX, i64::try_from(desk.id()).unwrap()).await;
    let [anna, bert] = ["anna", "bert"].map(|name| town.member(name));

    let first = town.open_ticket(&anna, &panel).await;
    bot.store("UPDATE inbox SET position = $1 WHERE id = 1", 2).await;
    bert.click(&panel, CREATE_TICKET).await;

    assert_eq!(first.parent_id(), town.help.id());
    assert_eq!(desk.threads().len(), 1);
    assert_eq!(bot.stored("SELECT max(inbox_id) FROM ticket").await, 2);
}

#[tokio::test]
async fn a_panel_goes_with_the_last_inbox_on_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    bot.store(SECOND_INBOX, i64::try_from(town.help.id()).unwrap()).await;

    let first = town.manage_named("delete", "1").await;
    town.admin.click(&first, "Delete it").await;
    let stays = panel.exists();
    let thread = town.open_ticket(&town.member("anna"), &panel).await;
    let second = town.manage_named("delete", "2").await;
    town.admin.click(&second, "Delete it").await;

    assert!(stays && thread.exists() && !panel.exists());
    assert_eq!(bot.stored("SELECT count(*) FROM panel").await, 0);
}

#[tokio::test]
async fn an_inbox_on_no_panel_is_listed_and_posted_in_the_channel_of_its_tickets() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    town.create_inbox_to(&desk).await;
    bot.store("DELETE FROM panel WHERE id = $1", 1).await;

    let listed = town.admin.slash("inbox list").send().await;
    let asked = town.manage_named("repost", "1").await;
    let posted = town.select(&town.admin.post(&town.help, "Here again")).await;

    assert!(crate::admin::preview(&listed).contains(&desk.mention()), "{}", crate::admin::preview(&listed));
    assert_told(&asked, &desk.mention());
    let panel = desk.messages().into_iter().find(|message| !message.buttons().is_empty()).unwrap();
    assert!(posted.links_to_message(&panel), "{}", posted.text());
    let reply = town.member("anna").click(&panel, CREATE_TICKET).await;
    assert_eq!(reply.links().len(), 1, "{}", reply.text());
}

#[tokio::test]
async fn the_wait_between_two_tickets_is_the_inboxs_own_and_never_below_the_slow_mode() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    let anna = town.member("anna");
    let opens = async |cooldown: i64| {
        bot.store("UPDATE inbox SET settings = json_set(settings, '$.opening.cooldown', $1)", cooldown).await;
        anna.click(&panel, CREATE_TICKET).await.links().len() == 1
    };

    assert!(opens(60).await && opens(0).await && opens(0).await);
    assert!(!opens(3_600).await);
    town.help.set_slowmode(30);
    bot.wait_for("SELECT slowmode_seconds FROM panel", 30).await;
    assert!(!opens(0).await);
}

#[tokio::test]
async fn settings_that_cannot_be_read_open_no_ticket_by_defaults_and_the_member_is_answered() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    bot.store("UPDATE inbox SET settings = $1", r#"{"opening":{"cooldown":"soon"}}"#).await;

    let reply = town.member("anna").click(&panel, CREATE_TICKET).await;

    assert!(reply.is_private() && !reply.text().is_empty());
    assert_eq!(town.help.threads().len(), 0);
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    bot.wait_for_log("settings cannot be read").await;
    assert!(!bot.log().contains("soon"));
}

#[tokio::test]
async fn what_a_newer_version_has_set_survives_a_change_by_this_one() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    bot.store("UPDATE inbox SET settings = $1", r#"{"hours":{"zone":"Europe/Berlin"}}"#).await;

    let told = town.redirect("1", &desk).await;

    assert_told(&told, &desk.mention());
    assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, r#"{"hours":{"zone":"Europe/Berlin"}}"#);
    assert_eq!(bot.stored("SELECT revisions ->> '$.opening' FROM inbox").await, 1);
}
