//! Tickets that go to another channel than that of the panel: a member who could not use theirs is told before anything
//! is made.

use std::time::Duration;

use discord_sim::permissions::{SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use discord_sim::{Channel, Fault, Message, Sim, Target};
use serde_json::json;

use crate::admin::assert_told;
use crate::filling::{fill, given_back, question, text};
use crate::support::{TestBot, Town, requests_since};
use crate::town::CREATE_TICKET;

const TICKETS: &str = "SELECT count(*) FROM ticket";
const CHANNELS: &str = "/guilds/{guild}/channels";

/// A bot in a town whose tickets go to a channel in which those with a role may not write in threads.
struct Desk<'s> {
    bot: TestBot<'s>,
    town: Town,
    tickets: Channel,
    inbox: Message,
    muted: discord_sim::Role,
}

impl<'s> Desk<'s> {
    async fn begin(sim: &'s Sim) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        let muted = town.guild.role("Muted").create();
        let tickets = town.guild.text_channel("tickets").create();
        tickets.set_overwrite(Target::role(&muted), 0, SEND_MESSAGES_IN_THREADS);
        let inbox = town.create_inbox_to(&tickets).await;
        Self { bot, town, tickets, inbox, muted }
    }
}

#[tokio::test]
async fn who_could_not_write_in_the_ticket_is_told_and_nobody_is_disturbed() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let anna = desk.town.guild.member("anna").role(&desk.muted).create();
    let mark = sim.mark();

    let refused = anna.click(&desk.inbox, CREATE_TICKET).await;
    sim.quiet().await;

    assert_told(&refused, "No ticket was opened: you may not send messages in threads in");
    assert!(refused.links_to(&desk.tickets), "{}", refused.text());
    assert!(desk.town.guild.threads().is_empty());
    assert_eq!(desk.bot.stored(TICKETS).await, 0);
    assert_eq!(requests_since(&sim, mark).len(), 2, "besides the guild: its channels, answer");
}

#[tokio::test]
async fn nobody_is_refused_for_what_has_changed_a_moment_ago() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let anna = desk.town.guild.member("anna").role(&desk.muted).create();
    let bert = desk.town.member("bert");
    let refused = anna.click(&desk.inbox, CREATE_TICKET).await;
    desk.tickets.clear_overwrite(Target::role(&desk.muted));

    let opened = anna.click(&desk.inbox, CREATE_TICKET).await;

    assert_told(&refused, "you may not send messages in threads in");
    assert!(opened.links_to(&desk.town.newest_thread()), "{}", opened.text());
    desk.tickets.set_overwrite(Target::member(&bert), 0, VIEW_CHANNEL);
    sim.advance(Duration::from_secs(11));
    assert_told(&bert.click(&desk.inbox, CREATE_TICKET).await, "you cannot see the channel for tickets");
}

#[tokio::test]
async fn of_many_who_click_at_once_one_costs_the_look_at_the_channel() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let members: Vec<_> = (0..5).map(|at| desk.town.member(&format!("member-{at}"))).collect();
    let mark = sim.mark();

    let replies: Vec<_> = members.iter().map(|member| member.begin_click(&desk.inbox, CREATE_TICKET)).collect();
    for reply in replies {
        assert_told(&reply.finished().await, "is ready");
    }
    sim.quiet().await;

    let looks = requests_since(&sim, mark).into_iter().filter(|request| request.is("GET", CHANNELS)).count();
    assert_eq!((looks, desk.tickets.threads().len()), (1, 5));
}

#[tokio::test]
async fn a_look_that_discord_does_not_answer_costs_nobody_the_ticket() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let down = sim.fault(Fault::on("GET", CHANNELS).status(503).always());
    let anna = desk.town.member("anna");

    let reply = anna.click(&desk.inbox, CREATE_TICKET).await;

    assert!(down.hits() > 0);
    assert!(reply.links_to(&desk.town.newest_thread()) && anna.sees(&desk.town.newest_thread()), "{}", reply.text());
}

#[tokio::test]
async fn a_form_is_neither_shown_nor_taken_where_the_ticket_could_not_be_used() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let form = json!({ "form": { "questions": [question("name", "short")] } }).to_string();
    desk.bot.store("UPDATE inbox SET settings = $1", form.as_str()).await;
    let anna = desk.town.member("anna");
    let muted = desk.town.guild.member("bert").role(&desk.muted).create();

    let not_shown = muted.click(&desk.inbox, CREATE_TICKET).await;
    let shown = anna.click(&desk.inbox, CREATE_TICKET).await;
    anna.give_role(&desk.muted);
    desk.bot.restart().await;
    let not_taken = fill(&anna, &shown, &[("name", text("Anna"))]).await;

    assert_told(&not_shown, "you may not send messages in threads in");
    assert!(not_shown.modal().is_none() && shown.modal().is_some());
    assert_told(&not_taken, "you may not send messages in threads in");
    assert!(given_back(&not_taken.message()).contains("Anna"));
    assert!(desk.town.guild.threads().is_empty());
    anna.take_role(&desk.muted);
    let again = anna.click(&desk.inbox, CREATE_TICKET).await;
    assert!(again.modal().is_some(), "a refused form spends no cooldown: {}", again.text());
}
