//! *Create Ticket*: one click, and what each person sees.

use std::time::Duration;

use discord_sim::permissions::SEND_MESSAGES_IN_THREADS;
use discord_sim::{Fault, Request, Sim, State, Target};

use crate::support::{TestBot, Town, requests_since};
use crate::town::CREATE_TICKET;

#[tokio::test]
async fn a_click_opens_a_private_thread_with_the_member_and_a_link_to_it() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let mona = town.moderator("mona");
    let anna = town.guild.member("anna").nick("Änna").create();
    let bert = town.member("bert");

    let reply = anna.click(&inbox, CREATE_TICKET).await;

    let thread = town.newest_thread();
    assert!(reply.is_private());
    assert!(reply.links_to(&thread), "{}", reply.text());
    assert!(thread.is_private() && !thread.invitable());
    assert!(thread.name().ends_with("Änna"), "{}", thread.name());
    assert!(anna.sees(&thread) && anna.was_pinged_in(&thread));
    assert!(mona.sees(&thread) && mona.was_pinged_in(&thread));
    assert!(!bert.sees(&thread));
}

#[tokio::test]
async fn everybody_else_sees_no_trace_of_it() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let before = bert.messages(&town.help).len();

    town.open_ticket(&anna, &inbox).await;

    assert_eq!(bert.messages(&town.help).len(), before, "something was posted in the channel");
    assert!(bert.threads().is_empty());
}

#[tokio::test]
async fn the_audit_log_says_why_in_the_servers_language_and_names_by_its_id_for_whom() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");

    let thread = town.open_ticket(&anna, &inbox).await;

    let log = sim.audit_log(&town.guild);
    let entry = log.iter().find(|entry| entry.target_id == thread.id()).unwrap();
    assert_eq!(entry.action, "thread_create");
    assert_eq!(entry.reason, Some(format!("A ticket for the member {}", anna.id())));
}

#[tokio::test]
async fn a_ticket_costs_three_requests_one_after_another() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let mark = sim.mark();

    town.open_ticket(&anna, &inbox).await;
    sim.quiet().await;

    assert_eq!(
        routes(&requests_since(&sim, mark)),
        [
            "POST /channels/{channel}/threads",
            "POST /channels/{channel}/messages",
            "POST /interactions/{interaction}/{token}/callback",
        ]
    );
}

#[tokio::test]
async fn a_ticket_in_another_channel_costs_one_request_more_and_two_that_look_at_the_channel_at_most_every_ten_seconds()
{
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let inbox = town.create_inbox_to(&tickets).await;
    let anna = town.member("anna");
    let mark = sim.mark();

    let opening = [
        "POST /channels/{channel}/threads",
        "PUT /channels/{channel}/thread-members/{user}",
        "POST /channels/{channel}/messages",
        "POST /interactions/{interaction}/{token}/callback",
    ];

    let thread = town.open_ticket(&anna, &inbox).await;
    sim.quiet().await;
    let asked = routes(&requests_since(&sim, mark));
    let mark = sim.mark();
    town.open_ticket(&town.member("bert"), &inbox).await;
    sim.quiet().await;

    // Besides the guild.
    assert_eq!(asked[0], "GET /guilds/{guild}/channels");
    assert_eq!(asked[1..], opening);
    assert_eq!(routes(&requests_since(&sim, mark)), opening);
    assert_eq!(thread.parent_id(), tickets.id());
    assert!(anna.sees(&thread));
    assert!(town.help.threads().is_empty());
}

#[tokio::test]
async fn a_refusal_costs_one_request() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    town.open_ticket(&anna, &inbox).await;
    let mark = sim.mark();

    anna.click(&inbox, CREATE_TICKET).await;
    sim.quiet().await;

    assert_eq!(routes(&requests_since(&sim, mark)), ["POST /interactions/{interaction}/{token}/callback"]);
}

#[tokio::test]
async fn a_member_in_any_language_gets_a_complete_answer_with_its_link() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build_in(&sim, "ko");
    let inbox = town.create_inbox().await;
    for (number, locale) in ["en-US", "ja", "xx-XX", ""].into_iter().enumerate() {
        let member = town.guild.member(&format!("member{number}")).locale(locale).create();

        let thread = town.open_ticket(&member, &inbox).await;

        let again = member.click(&inbox, CREATE_TICKET).await;
        assert!(again.links_to(&thread), "{locale:?}: {}", again.text());
        assert!(thread.messages()[0].text().contains(&member.mention()));
    }
}

/// Uses real time: the bot defers after 1.8 s.
#[tokio::test]
async fn while_discord_is_slow_the_member_sees_thinking_and_then_the_link() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());

    let reply = anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the answer to be deferred", || reply.state() == State::Thinking).await;
    let deferred_after = reply.answered_after_ms().unwrap();
    slow.release();
    reply.finished().await;

    assert!(deferred_after < 2_500, "{deferred_after} ms");
    assert!(reply.is_private());
    assert!(reply.links_to(&town.newest_thread()), "{}", reply.text());
    assert_eq!(town.guild.threads().len(), 1);
}

#[tokio::test]
async fn a_member_who_gave_up_waiting_still_gets_the_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());

    let reply = anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the thread to be asked for", || slow.waiting() == 1).await;
    sim.advance(Duration::from_mins(16));
    slow.release();
    bot.wait_for_states(&["open"]).await;

    assert_eq!(reply.state(), State::Failed);
    assert!(anna.sees(&town.newest_thread()) && anna.was_pinged_in(&town.newest_thread()));
}

#[tokio::test]
async fn an_answer_that_discord_took_without_saying_so_is_given_once() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    sim.fault(Fault::on("POST", "/interactions/{id}/{token}/callback").drop_after());

    let reply = anna.click(&inbox, CREATE_TICKET).await;
    sim.quiet().await;

    assert!(reply.links_to(&town.newest_thread()));
    assert_eq!(reply.messages().len(), 1);
}

fn routes(requests: &[Request]) -> Vec<String> {
    requests.iter().map(|request| format!("{} {}", request.method, request.route)).collect()
}

#[tokio::test]
async fn what_a_member_may_do_where_they_click_does_not_matter_for_tickets_that_go_elsewhere() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let inbox = town.create_inbox_to(&desk).await;
    let anna = town.member("anna");
    town.help.set_overwrite(Target::member(&anna), 0, SEND_MESSAGES_IN_THREADS);

    let reply = anna.click(&inbox, CREATE_TICKET).await;

    let thread = desk.threads().pop().unwrap();
    assert!(reply.links_to(&thread) && anna.sees(&thread), "{}", reply.text());
}
