//! Events of unknown kind or shape, repeated events, and threads that become visible to the bot again.

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Sim, Target};
use serde_json::json;

use crate::story::{Desk, Story};
use crate::support::{TestBot, Town, requests_since};

/// A unique text, so that a log can be searched for it.
const PRIVATE: &str = "Kummerkasten";

#[tokio::test]
async fn unknown_events_are_counted_by_kind_and_told_once_without_what_they_hold() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let gateway = sim.gateway();

    for _ in 0..3 {
        gateway.dispatch_raw("SOMETHING_NEW", &json!({ "text": PRIVATE }));
        gateway.dispatch_raw("THREAD_UPDATE", &json!({ "name": PRIVATE, "id": [] }));
    }
    gateway.dispatch_raw("INTERACTION_CREATE", &json!({ "type": 99, "token": PRIVATE }));
    gateway.dispatch_raw(PRIVATE, &json!({}));
    desk.open_another("bert").await;
    desk.bot.stop().await;

    let log = desk.bot.log();
    assert!(!log.contains(PRIVATE), "{log}");
    assert!(log.contains(r#"kinds="INTERACTION_CREATE 1, SOMETHING_NEW 3, THREAD_UPDATE 3, other 1""#), "{log}");
    let told = |words: &str| log.lines().filter(|line| line.contains("WARN") && line.contains(words)).count();
    for kind in ["SOMETHING_NEW", "THREAD_UPDATE", "INTERACTION_CREATE", "other"] {
        assert_eq!(told(&format!("kind=\"{kind}\"")), 1, "{kind}: {log}");
    }
    assert_eq!(told("tickets may be noticed late"), 2, "{log}");
}

#[tokio::test]
async fn known_events_with_broken_fields_do_no_harm() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let kinds = [
        "CHANNEL_DELETE",
        "CHANNEL_UPDATE",
        "GUILD_CREATE",
        "GUILD_DELETE",
        "GUILD_MEMBER_REMOVE",
        "GUILD_ROLE_DELETE",
        "GUILD_UPDATE",
        "INTERACTION_CREATE",
        "MESSAGE_CREATE",
        "MESSAGE_DELETE",
        "MESSAGE_DELETE_BULK",
        "READY",
        "THREAD_DELETE",
        "THREAD_LIST_SYNC",
        "THREAD_MEMBERS_UPDATE",
        "THREAD_UPDATE",
    ];

    let broken = [json!(null), json!([]), json!("x"), json!({}), json!({ "id": {}, "guild_id": -1, "threads": 7 })];
    for kind in kinds {
        for data in &broken {
            sim.gateway().dispatch_raw(kind, data);
        }
    }
    sim.quiet().await;
    desk.open_another("bert").await;
    desk.bot.stop().await;

    assert_eq!(desk.bot.states().await, ["open"]);
    for kind in kinds {
        assert!(desk.bot.log().contains(&format!("{kind} 5")), "{kind}: {}", desk.bot.log());
    }
}

/// A change at Discord is most likely to break a session's first events.
#[tokio::test]
async fn the_first_events_of_every_session_are_heard_too() {
    let sim = Sim::start().await;
    let town = Town::build(&sim);
    sim.gateway().garble("GUILD_CREATE", 1);
    let mut bot = TestBot::start(&sim).await;
    let inbox = town.create_inbox().await;
    for code in [4009, 4003] {
        let begun = sim.gateway().identify_count();
        sim.gateway().garble("GUILD_CREATE", 1);
        sim.gateway().close(Some(code));
        sim.wait_until("a new session", || sim.gateway().identify_count() > begun).await;
        sim.wait_ready().await;
        sim.quiet().await;
    }
    town.open_ticket(&town.member("anna"), &inbox).await;
    bot.stop().await;

    assert!(bot.log().contains(r#"kinds="GUILD_CREATE 3""#), "{}", bot.log());
}

#[tokio::test]
async fn a_whole_session_that_is_told_again_changes_nothing() {
    let sim = Sim::start().await;
    let Story { bot, town, inbox, anna, thread: closed, .. } = Story::begin(&sim).await;
    let bert = town.member("bert");
    anna.leave(&closed);
    bot.wait_for_closed(1).await;
    let open = town.open_ticket(&bert, &inbox).await;
    sim.quiet().await;

    sim.gateway().replay_last(usize::MAX);
    sim.quiet().await;
    town.open_ticket(&town.member("carl"), &inbox).await;
    sim.quiet().await;

    assert_eq!(bot.states().await, ["closed", "open", "open"]);
    assert_eq!((closed.messages().len(), open.messages().len()), (2, 1));
    assert_eq!((anna.threads().len(), bert.threads().len()), (0, 1));
}

#[tokio::test]
async fn a_ticket_that_was_left_out_of_sight_is_closed_when_the_bot_sees_it_again() {
    let sim = Sim::start().await;
    let Story { bot, town, inbox, anna, thread: left, .. } = Story::begin(&sim).await;
    let bert = town.member("bert");
    let kept = town.open_ticket(&bert, &inbox).await;
    town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
    anna.leave(&left);
    sim.quiet().await;
    assert_eq!(bot.states().await, ["open", "open"]);

    town.help.clear_overwrite(Target::bot());
    bot.wait_for_closed(1).await;
    sim.quiet().await;

    assert!(left.is_locked() && !kept.is_archived());
    assert_eq!(kept.messages().len(), 1);
}

/// A gap in the list is no proof: only Discord's answer about the thread counts.
#[tokio::test]
async fn a_list_of_threads_that_leaves_a_ticket_out_closes_nothing() {
    let sim = Sim::start().await;
    let Story { bot, town, inbox, thread, .. } = Story::begin(&sim).await;
    let mark = sim.mark();

    let (guild, channels) = (town.guild.id().to_string(), json!([town.help.id().to_string()]));
    let list = json!({ "guild_id": guild, "channel_ids": channels, "threads": [], "members": [] });
    sim.gateway().dispatch_raw("THREAD_LIST_SYNC", &list);
    let route = "/channels/{id}/thread-members/{user}";
    let asked = || requests_since(&sim, mark).iter().any(|request| request.is("GET", route));
    sim.wait_until("the bot to ask for the owner", asked).await;
    sim.quiet().await;
    town.open_ticket(&town.member("bert"), &inbox).await;

    assert_eq!(bot.states().await, ["open", "open"]);
    assert!(!thread.is_archived() && thread.messages().len() == 1);
}
