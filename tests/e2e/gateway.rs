//! What the gateway may do to a bot: disconnect it, invalidate its session, and send duplicate, reordered or unknown
//! events.

use std::time::Duration;

use discord_sim::{Fault, Sim, State};
use serde_json::json;

use crate::story::{Desk, Story};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

async fn begin_new_session(sim: &Sim) {
    let before = sim.gateway().identify_count();
    sim.gateway().close(Some(4009));
    sim.wait_until("a new session", || sim.gateway().identify_count() > before).await;
    sim.wait_ready().await;
}

#[tokio::test]
async fn a_lost_connection_is_resumed_and_nothing_is_missed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    sim.gateway().drop_connections();
    story.anna.leave(&story.thread);
    sim.wait_until("the session to be resumed", || sim.gateway().resume_count() > 0).await;

    story.bot.wait_for_closed(1).await;
    assert!(story.thread.is_archived() && story.thread.messages().len() == 2);
}

#[tokio::test]
async fn op_7_and_op_9_leave_a_bot_that_answers() {
    for what in ["op 7", "op 9, resumable", "op 9"] {
        let sim = Sim::start().await;
        let desk = Desk::begin_with(&sim, false).await;
        let gateway = sim.gateway();
        let sessions = gateway.identify_count() + gateway.resume_count();

        match what {
            "op 7" => gateway.reconnect(),
            "op 9, resumable" => gateway.invalid_session(true),
            _ => gateway.invalid_session(false),
        }
        let again = || gateway.identify_count() + gateway.resume_count() > sessions && gateway.connected() == 1;
        sim.wait_until("the bot to be back", again).await;
        sim.wait_ready().await;

        desk.open_ticket(&desk.anna).await;
    }
}

#[tokio::test]
async fn events_and_fields_that_nobody_knows_are_passed_over() {
    let sim = Sim::start().await;
    let desk = Desk::begin_with(&sim, false).await;
    let gateway = sim.gateway();

    gateway.dispatch_raw("SOMETHING_NEW", &json!({ "id": "1" }));
    gateway.dispatch_raw("THREAD_UPDATE", &json!({ "shape": "never seen" }));
    gateway.dispatch_raw("INTERACTION_CREATE", &json!({ "type": 99 }));
    gateway.send_raw(&json!({ "op": 77, "d": null, "s": null, "t": null }));

    desk.open_ticket(&desk.anna).await;
}

#[tokio::test]
async fn a_repeated_click_event_opens_nothing_twice() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));

    let reply = anna.begin_click(&inbox, CREATE_TICKET);
    sim.gateway().replay_last(1);
    reply.finished().await;
    town.open_ticket(&bert, &inbox).await;
    sim.quiet().await;

    assert_eq!(anna.threads().len(), 1);
    assert_eq!(reply.messages().len(), 1);
}

#[tokio::test]
async fn repeated_events_of_a_close_post_one_notice() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.anna.leave(&story.thread);
    sim.gateway().replay_last(2);
    story.bot.wait_for_closed(1).await;
    sim.gateway().replay_last(10);
    story.open_another("bert").await;
    sim.quiet().await;

    assert_eq!(story.thread.messages().len(), 2, "one starter and one notice");
    assert!(story.thread.is_archived() && story.thread.is_locked());
    assert_eq!(story.bot.states().await, ["closed", "open"]);
}

#[tokio::test]
async fn an_archiving_and_its_own_echoes_in_any_order_post_one_notice() {
    for reversed in [false, true] {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;

        sim.gateway().hold();
        story.anna.leave(&story.thread);
        sim.advance(Duration::from_secs(1));
        story.mona.archive(&story.thread);
        if reversed {
            sim.gateway().release_reversed();
        } else {
            sim.gateway().release();
        }
        story.bot.wait_for_closed(1).await;
        sim.quiet().await;
        sim.gateway().replay_last(8);
        story.open_another("bert").await;
        sim.quiet().await;

        assert_eq!(story.thread.messages().len(), 2, "one starter and one notice");
        assert!(story.thread.is_archived() && story.thread.is_locked());
    }
}

#[tokio::test]
async fn a_new_session_while_a_close_is_under_way_does_not_post_its_notice_again() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold());

    story.anna.leave(&story.thread);
    sim.wait_until("the notice to be on its way", || slow.waiting() == 1).await;
    begin_new_session(&sim).await;
    for name in ["bert", "carl", "dora"] {
        story.open_another(name).await;
    }
    slow.release();
    story.bot.wait_for_closed(1).await;
    sim.quiet().await;

    assert_eq!(story.thread.messages().len(), 2, "one starter and one notice");
}

#[tokio::test]
async fn a_new_session_while_a_ticket_is_being_opened_leaves_it_alone() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold());

    let reply = desk.anna.begin_click(&desk.inbox, CREATE_TICKET);
    sim.wait_until("the starter to be on its way", || slow.waiting() == 1).await;
    begin_new_session(&sim).await;
    slow.release();
    reply.finished().await;

    assert!(reply.links_to(&desk.town.newest_thread()), "{}", reply.text());
    assert!(desk.town.newest_thread().exists());
    desk.bot.wait_for_states(&["open"]).await;
}

#[tokio::test]
async fn a_bot_that_stops_lets_a_running_click_end() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin_with(&sim, false).await;
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());

    let reply = desk.anna.begin_click(&desk.inbox, CREATE_TICKET);
    sim.wait_until("the thread to be asked for", || slow.waiting() == 1).await;
    desk.bot.begin_stop();
    sim.wait_until("the bot to leave the gateway", || sim.gateway().connected() == 0).await;
    let state = reply.state();
    slow.release();
    desk.bot.stop().await;

    assert!(matches!(state, State::Waiting | State::Thinking));
    assert!(reply.links_to(&desk.town.newest_thread()), "{}", reply.text());
    assert_eq!(desk.bot.states().await, ["open"]);
}
