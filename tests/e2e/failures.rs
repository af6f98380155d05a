//! Failed openings: the member reads why, nothing is left behind, and neither limit nor cooldown counts them.

use std::time::Duration;

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use discord_sim::{Fault, Reply, Sim, Target};
use futures_util::future::join_all;

use crate::support::{TestBot, Town, requests_since};
use crate::town::CREATE_TICKET;

const THREADS: &str = "/channels/{id}/threads";
const MESSAGES: &str = "/channels/{id}/messages";

/// The failed click left nothing: no row, no open thread, and the member may retry at once.
async fn assert_nothing_is_left(bot: &TestBot<'_>, town: &Town) {
    bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed' OR opened_at IS NOT NULL", 0).await;
    let threads = town.guild.threads();
    assert!(threads.iter().all(discord_sim::Thread::is_archived), "{} threads are left", threads.len());
}

#[tokio::test]
async fn a_bot_that_may_not_make_threads_says_so_without_asking_discord() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    town.help.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS);
    let mark = sim.mark();

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert!(refused.text().contains("not allowed to create private threads"), "{}", refused.text());
    assert_eq!(requests_since(&sim, mark).len(), 1);
    assert_nothing_is_left(&bot, &town).await;
    town.help.clear_overwrite(Target::bot());
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn a_bot_that_may_not_make_threads_in_the_other_channel_says_so() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let inbox = town.create_inbox_to(&tickets).await;
    let anna = town.member("anna");
    for denied in [CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL] {
        tickets.set_overwrite(Target::bot(), 0, denied);

        let refused = anna.click(&inbox, CREATE_TICKET).await;

        assert!(refused.text().contains("not allowed to create private threads"), "{}", refused.text());
        assert_nothing_is_left(&bot, &town).await;
    }
    tickets.clear_overwrite(Target::bot());
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn a_deleted_destination_is_told_and_tickets_never_go_elsewhere() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let inbox = town.create_inbox_to(&tickets).await;
    let anna = town.member("anna");
    tickets.delete();

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert!(refused.text().contains("no longer exists"), "{}", refused.text());
    assert!(town.guild.threads().is_empty());
    assert_nothing_is_left(&bot, &town).await;
}

#[tokio::test]
async fn a_server_full_of_threads_is_told_and_counts_for_nothing() {
    let sim = Sim::builder().threads_cap(1).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let busy = bert.private_thread(&town.help, "chatter");

    let refused = anna.click(&inbox, CREATE_TICKET).await;
    town.guild.owner().archive(&busy);
    sim.quiet().await;

    assert!(refused.text().contains("limit of active threads"), "{}", refused.text());
    assert_nothing_is_left(&bot, &town).await;
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn discord_failing_once_costs_the_member_nothing() {
    for route in [THREADS, MESSAGES, "/interactions/{id}/{token}/callback"] {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        sim.fault(Fault::on("POST", route).status(500));

        let thread = town.open_ticket(&anna, &inbox).await;

        assert_eq!(town.guild.threads().len(), 1, "{route}");
        assert!(anna.sees(&thread) && anna.was_pinged_in(&thread), "{route}");
        bot.wait_for_states(&["open"]).await;
    }
}

#[tokio::test]
async fn a_request_done_twice_by_a_lost_answer_shows_once() {
    for route in [THREADS, MESSAGES] {
        for lose in [Fault::drop_after, |fault: Fault| fault.act_then_status(500)] {
            let sim = Sim::start().await;
            let bot = TestBot::start(&sim).await;
            let town = Town::build(&sim);
            let inbox = town.create_inbox().await;
            let anna = town.member("anna");
            sim.fault(lose(Fault::on("POST", route)));

            let thread = town.open_ticket(&anna, &inbox).await;

            assert_eq!(town.guild.threads().len(), 1, "{route}");
            assert_eq!(thread.messages().len(), 1, "{route}");
            assert!(anna.sees(&thread));
            bot.wait_for_states(&["open"]).await;
        }
    }
}

#[tokio::test]
async fn discord_failing_for_good_is_told_and_put_right_later() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let down = sim.fault(Fault::on("POST", THREADS).status(500).always());

    let told = anna.click(&inbox, CREATE_TICKET).await;
    let hits = down.hits();
    down.clear();
    bot.restart().await;

    assert!(told.text().contains("Discord did not confirm"), "{}", told.text());
    assert_eq!(hits, 2, "the thread was asked for too often");
    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn no_thread_stays_when_its_starter_cannot_be_posted() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    town.let_bot_moderate();
    sim.fault(Fault::on("POST", MESSAGES).error(403, 50013, "Missing Permissions"));

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert!(refused.text().contains("No ticket was opened"), "{}", refused.text());
    assert!(town.guild.threads().is_empty(), "the thread was not deleted");
    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn without_manage_threads_the_unused_thread_is_archived() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    sim.fault(Fault::on("POST", MESSAGES).error(403, 50013, "Missing Permissions"));

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert!(refused.text().contains("No ticket was opened"), "{}", refused.text());
    assert!(town.newest_thread().is_archived());
    bot.wait_for_states(&["closed"]).await;
    town.open_ticket(&anna, &inbox).await;
    sim.quiet().await;
    assert_eq!(bot.states().await, ["closed", "open"]);
    assert!(town.guild.threads()[0].is_archived());
    assert!(town.guild.threads()[0].messages().is_empty(), "something was posted in the unused thread");
}

#[tokio::test]
async fn a_member_who_cannot_see_the_other_channel_is_told_and_nothing_is_left() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let staff_room = town.guild.text_channel("staff-room").deny_everyone(VIEW_CHANNEL).allow_bot(VIEW_CHANNEL);
    let staff_room = staff_room.allow_role(&town.moderators, VIEW_CHANNEL).create();
    let helpers = town.guild.member("helper").role(&town.moderators).create();
    town.admin.give_role(&town.moderators);
    let inbox = town.create_inbox_to(&staff_room).await;
    let anna = town.member("anna");

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert!(refused.text().contains("you cannot see the channel"), "{}", refused.text());
    assert!(town.guild.threads().is_empty());
    assert!(!helpers.was_pinged_in(&staff_room));
    assert_nothing_is_left(&bot, &town).await;
}

#[tokio::test]
async fn a_member_who_may_not_write_in_threads_is_told_before_anything_is_made() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    town.help.set_overwrite(Target::member(&anna), 0, SEND_MESSAGES_IN_THREADS);
    bert.time_out(Duration::from_hours(1));
    let mark = sim.mark();

    let silenced = anna.click(&inbox, CREATE_TICKET).await;
    let timed_out = bert.click(&inbox, CREATE_TICKET).await;

    assert!(silenced.text().contains("may not send messages in threads"), "{}", silenced.text());
    assert!(timed_out.text().contains("you are timed out"), "{}", timed_out.text());
    assert_eq!(requests_since(&sim, mark).len(), 2);
}

#[tokio::test]
async fn rate_limits_are_waited_out() {
    for global in [false, true] {
        let sim = Sim::start().await;
        let _bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        let wait = Duration::from_millis(400);
        sim.fault(Fault::on("POST", THREADS).rate_limited(wait, global));
        let mark = sim.mark();

        let thread = town.open_ticket(&anna, &inbox).await;

        let asked = requests_since(&sim, mark);
        assert_eq!([asked[0].status, asked[1].status], [Some(429), Some(201)]);
        assert!(asked[1].at_ms - asked[0].at_ms >= 390, "it came back too early");
        assert!(anna.sees(&thread));
        assert_eq!(town.guild.threads().len(), 1);
    }
}

#[tokio::test]
async fn real_limits_are_never_run_into_by_a_busy_hour() {
    let sim = Sim::builder().answer_within(Duration::from_mins(5)).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    sim.enforce_rate_limits(true);
    let members: Vec<_> = (0..30).map(|number| town.member(&format!("member{number}"))).collect();
    let mark = sim.mark();

    let clicks: Vec<Reply> = members.iter().map(|member| member.begin_click(&inbox, CREATE_TICKET)).collect();
    join_all(clicks.iter().map(Reply::finished)).await;

    assert!(clicks.iter().all(|reply| reply.text().contains("is ready")));
    assert!(requests_since(&sim, mark).iter().all(|request| request.status != Some(429)));
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE state = 'open'").await, 30);
}

#[tokio::test]
async fn an_inbox_without_its_row_and_a_button_of_another_version_are_answered_politely() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("DELETE FROM inbox WHERE id > $1", 0).await;
    let button = serde_json::json!({ "type": 2, "style": 1, "label": "Old", "custom_id": "t0:something:1" });
    let panel = serde_json::json!({ "content": "Old", "components": [{ "type": 1, "components": [button] }] });
    let old = town.help.arrange_message_by_bot(&panel);
    let anna = town.member("anna");

    let unknown = anna.click(&inbox, CREATE_TICKET).await;
    let outdated = anna.click(&old, "Old").await;

    assert!(unknown.is_private() && unknown.text().contains("I no longer know this inbox"), "{}", unknown.text());
    assert!(outdated.is_private() && outdated.text().contains("earlier version"), "{}", outdated.text());
    assert!(town.guild.threads().is_empty());
}

#[tokio::test]
async fn a_thread_that_is_deleted_while_it_is_made_ready_is_not_blamed_on_the_channel() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold());
    let click = anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the first message to be on its way", || held.waiting() == 1).await;

    mona.delete_thread(&town.help.threads().pop().unwrap());
    held.release();
    let reply = click.finished().await;

    assert!(reply.text().contains("was deleted while I was preparing it"), "{}", reply.text());
    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
}

#[tokio::test]
async fn a_member_who_has_not_passed_screening_is_told_so_and_gets_no_thread() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.guild.member("anna").pending(true).create();
    let mark = sim.mark();

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert!(refused.is_private() && refused.text().contains("welcome steps"), "{}", refused.text());
    assert_eq!(requests_since(&sim, mark).len(), 1);
    assert!(town.guild.threads().is_empty());
    anna.pass_screening();
    town.open_ticket(&anna, &inbox).await;
}
