//! Discord's times are compared only with Discord's times, and no race while a ticket is opened loses the ticket.

use std::collections::BTreeSet;
use std::fs;

use discord_sim::{Fault, Sim, Target};
use serde_json::json;

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const THREADS: &str = "/channels/{id}/threads";

#[tokio::test]
async fn a_thread_whose_answer_was_lost_and_that_was_renamed_at_once_is_found_again() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let held = sim.fault(Fault::on("POST", THREADS).hold_answer());
    anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the thread to be made", || held.waiting() == 1).await;

    mona.rename(&town.newest_thread(), "Something else");
    bot.kill().await;
    held.release();
    bot.boot().await;

    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    sim.wait_until("the thread to be taken away", || town.guild.threads().is_empty()).await;
}

#[tokio::test]
async fn a_member_who_leaves_comes_back_and_clicks_gets_a_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    // The event of their leaving arrives while their ticket is being opened.
    sim.gateway().hold();
    anna.leave_guild();
    let anna = town.guild.join(&anna);
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold());
    sim.gateway().release();
    let click = anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the first message to be on its way", || held.waiting() == 1).await;
    held.release();

    let reply = click.finished().await;
    bot.settled().await;

    assert!(reply.links_to(&town.newest_thread()), "{}", reply.text());
    assert_eq!(bot.states().await, ["open"]);
    assert!(anna.sees(&town.newest_thread()));
}

#[tokio::test]
async fn a_foreign_thread_of_unknown_shape_does_not_hide_the_others() {
    assert_odd_thread_hides_nothing(false).await;
}

#[tokio::test]
async fn a_server_that_arrives_with_a_thread_of_unknown_shape_is_taken_in_all_the_same() {
    assert_odd_thread_hides_nothing(true).await;
}

/// `arrives`: with the server itself, else in a list of threads.
async fn assert_odd_thread_hides_nothing(arrives: bool) {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let ticket = town.open_ticket(&anna, &inbox).await;
    let odd = json!({ "id": { "not": "an id" }, "type": "thread", "thread_metadata": 5 });
    let seen = json!({
        "id": ticket.id().to_string(),
        "type": 12,
        "guild_id": town.guild.id().to_string(),
        "parent_id": town.help.id().to_string(),
        "owner_id": sim.bot_id().to_string(),
        "name": "anna",
        "thread_metadata": {
            "archived": true, "locked": true, "invitable": false, "auto_archive_duration": 10_080,
            "archive_timestamp": "2100-01-01T00:00:00.000000+00:00",
        },
    });

    let mut arrival = sim.gateway().events("GUILD_CREATE").pop().unwrap();
    arrival["threads"] = json!([odd, seen]);
    arrival["preferred_locale"] = json!("de");

    if arrives {
        sim.gateway().dispatch_raw("GUILD_CREATE", &arrival);
        bot.wait_for("SELECT count(*) FROM guild WHERE locale = 'de'", 1).await;
    } else {
        let guild = town.guild.id().to_string();
        let list = json!({ "guild_id": guild, "threads": [odd, seen], "members": [] });
        sim.gateway().dispatch_raw("THREAD_LIST_SYNC", &list);
    }

    bot.wait_for_states(&["closed"]).await;
}

#[tokio::test]
async fn a_restored_backup_repeats_no_nonce() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.stop().await;
    let backup = bot.home().join("backup");
    fs::copy(bot.database(), &backup).unwrap();
    let mark = sim.mark();

    for name in ["anna", "bert", "carl"] {
        bot.boot().await;
        let member = town.member(name);
        let ticket = town.open_ticket(&member, &inbox).await;
        assert!(member.was_pinged_in(&ticket), "nothing was posted for {name}");
        bot.stop().await;
        fs::copy(&backup, bot.database()).unwrap();
    }

    let posts = sim.requests_since(mark).into_iter().filter(|request| request.is("POST", "/channels/{id}/messages"));
    let nonces: Vec<String> = posts.map(|post| post.body["nonce"].to_string()).collect();
    assert_eq!(nonces.iter().collect::<BTreeSet<_>>().len(), 3, "{nonces:?}");
    assert!(nonces.iter().all(|nonce| nonce.len() == 24), "22 characters and two quotes: {nonces:?}");
}

#[tokio::test]
async fn an_opening_whose_thread_is_refused_leaves_nothing_behind() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let desk = town.guild.text_channel("desk").create();
    let inbox = town.create_inbox_to(&desk).await;
    desk.set_overwrite(Target::Bot, 0, discord_sim::permissions::SEND_MESSAGES_IN_THREADS);

    let reply = town.member("anna").click(&inbox, CREATE_TICKET).await;
    bot.settled().await;

    assert!(reply.is_private() && reply.links().is_empty(), "{}", reply.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    assert!(town.guild.threads().is_empty());
}
