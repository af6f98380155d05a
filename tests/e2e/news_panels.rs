//! Panels in channels for announcements, which cannot have private threads: their tickets go to another channel.

use discord_sim::{Channel, Message, Reply, Sim, Values};
use serde_json::json;

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

/// The newest panel there.
fn panel_in(channel: &Channel) -> Message {
    let mut messages = channel.messages().into_iter().rev();
    messages.find(|message| !message.buttons().is_empty()).expect("no panel was posted")
}

#[tokio::test]
async fn a_panel_stands_among_announcements_and_its_tickets_go_to_a_text_channel() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let news = town.guild.announcement_channel("news").create();

    assert_told(&town.run_create(&news, None).await, "cannot have private threads");
    assert_told(&town.run_create(&news, Some(&town.help)).await, SELECT);
    let text = town.admin.post(&town.help, "Do you need help?");
    assert_told(&town.admin.menu(SELECT, &text).await, "Your inbox is ready");

    let panel = panel_in(&news);
    let reply = town.member("anna").click(&panel, CREATE_TICKET).await;
    assert!(reply.links_to(&town.newest_thread()), "{}", reply.text());
    assert_eq!(town.newest_thread().parent_id(), town.help.id());
    assert_told(&town.redirect("1", &town.help).await, "already");
    assert_eq!(bot.states().await, ["open"]);

    // Posted again in the same channel.
    town.guild.owner().delete_message(&panel);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;
    assert_told(&town.manage_named("repost", "1").await, "will be posted");
    town.select(&town.admin.post(&town.help, "Again")).await;
    let reply = town.member("bert").click(&panel_in(&news), CREATE_TICKET).await;
    assert!(reply.links_to(&town.newest_thread()), "{}", reply.text());
}

#[tokio::test]
async fn a_log_may_stand_among_announcements_but_no_tickets() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let news = town.guild.announcement_channel("news").create();
    let page = async |group: &'static str| {
        let overview = town.manage("settings", &inbox).await;
        town.admin.select(&overview, "#0", Values::strings([group])).await
    };

    let offered = |page: &Reply| page.components()[0]["components"][0]["channel_types"].clone();

    let log = page("log").await;
    assert_eq!(offered(&log), json!([0, 5]));
    assert_told(&town.admin.select(&log, "#0", Values::channels([&news])).await, "Saved.");
    let opening = page("opening").await;
    assert_eq!(offered(&opening), json!([0]));
    let forged = town.admin.select(&opening, "#0", Values::channels([&news])).await;
    assert_told(&forged, "cannot have private threads");
    town.open_ticket(&town.member("anna"), &inbox).await;
    bot.settled().await;
    sim.wait_until("a line in the log", || !news.messages().is_empty()).await;
}
