//! `/ticket open` and, beside it, *Open a ticket for…*: who opens tickets without a click on a panel, for whom, and where.

use std::time::Duration;

use discord_sim::permissions::{MANAGE_THREADS, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use discord_sim::{Actor, Channel, Fault, Reply, Sim, State, Target};
use futures_util::future::join_all;

use crate::admin::{assert_told, preview};
use crate::support::requests_since;
use crate::town::{CREATE_TICKET, OPEN_FOR};
use crate::working::Story;

const UNKNOWN: &str = "I do not know this inbox";

/// `/ticket open` for oneself.
async fn open(by: &Actor, inbox: &str) -> Reply {
    by.slash("ticket open").string("inbox", inbox).send().await
}

/// `/ticket open` for another member.
async fn open_for(by: &Actor, inbox: &str, member: &Actor) -> Reply {
    by.slash("ticket open").string("inbox", inbox).user("member", member).send().await
}

/// What is suggested while an inbox is typed.
async fn suggested(by: &Actor, typed: &str) -> Vec<String> {
    suggested_at(by.slash("ticket open").string("inbox", typed)).await
}

async fn suggested_at(slash: discord_sim::Slash) -> Vec<String> {
    let reply = slash.try_begin_suggest("inbox").unwrap().finished().await;
    reply.choices().unwrap().iter().map(|choice| choice["name"].as_str().unwrap().to_owned()).collect()
}

/// A channel that only its staff sees.
fn staff_room(story: &Story<'_>, name: &str) -> Channel {
    let room = story.town.guild.text_channel(name).deny_everyone(VIEW_CHANNEL);
    let room = room.allow_member(&story.town.admin, VIEW_CHANNEL);
    room.allow_role(&story.town.moderators, VIEW_CHANNEL | MANAGE_THREADS).allow_bot(VIEW_CHANNEL).create()
}

#[tokio::test]
async fn a_member_opens_a_ticket_with_a_command_from_any_channel() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let elsewhere = story.town.guild.text_channel("elsewhere").create();
    let mark = sim.mark();

    let by_number = story.anna.slash("ticket open").string("inbox", "1").at(&elsewhere).send().await;
    let cost = requests_since(&sim, mark).len();
    let ticket = story.town.newest_thread();
    let by_link = open(&story.bert, &story.inbox.url()).await;

    assert!(by_number.links_to(&ticket) && by_number.is_private(), "{}", by_number.text());
    assert_eq!(ticket.parent_id(), story.town.help.id(), "wherever the command was used");
    assert!(story.anna.was_pinged_in(&ticket) && story.mona.was_pinged_in(&ticket));
    assert!(ticket.name().ends_with("anna"), "{}", ticket.name());
    assert!(by_link.links_to(&story.town.newest_thread()), "{}", by_link.text());
    assert!(story.lines(&ticket).await.is_empty(), "nobody has opened it for her");
    assert_eq!(story.bot.stored("SELECT count(opened_by) FROM ticket").await, 0);
    assert_eq!(cost, 5, "besides the guild: its channels, thread, owner, first message, answer");
}

#[tokio::test]
async fn in_the_channel_of_the_panel_a_command_costs_no_more_than_a_click() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let mark = sim.mark();

    let reply = story.anna.slash("ticket open").string("inbox", "1").at(&story.town.help).send().await;
    story.settled().await;

    assert!(reply.links_to(&story.town.newest_thread()), "{}", reply.text());
    assert_eq!(requests_since(&sim, mark).len(), 3);
}

#[tokio::test]
async fn an_inbox_whose_panel_a_member_cannot_see_does_not_exist_for_them() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.help.set_overwrite(Target::member(&story.anna), 0, VIEW_CHANNEL);
    let open_house = story.town.guild.text_channel("open-house").create();
    story.town.redirect("1", &open_house).await;

    for inbox in ["1", "#1", &story.inbox.url(), "2", "nonsense"] {
        let reply = story.anna.slash("ticket open").string("inbox", inbox).at(&open_house).send().await;
        assert_told(&reply, UNKNOWN);
    }
    let for_bert = story.anna.slash("ticket open").string("inbox", "1").user("member", &story.bert);
    assert_told(&for_bert.at(&open_house).send().await, UNKNOWN);

    let typed = story.anna.slash("ticket open").string("inbox", "").at(&open_house);
    assert!(suggested_at(typed).await.is_empty());
    assert_eq!(suggested(&story.bert, "").await, ["Inbox 1 · Create Ticket · #open-house"]);
    assert!(story.town.guild.threads().is_empty());
}

#[tokio::test]
async fn who_cannot_see_the_channel_of_the_tickets_gets_none_and_is_told_and_it_is_not_suggested() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let room = staff_room(&story, "room");
    story.town.redirect("1", &room).await;

    let told = open(&story.anna, "1").await;

    assert_told(&told, "you cannot see the channel for tickets");
    assert!(suggested(&story.anna, "").await.is_empty());
    assert_told(&open_for(&story.mona, "1", &story.anna).await, &format!("{} cannot see", story.anna.mention()));
    room.set_overwrite(Target::member(&story.anna), VIEW_CHANNEL, SEND_MESSAGES_IN_THREADS);
    assert_told(&open(&story.anna, "1").await, "may not send messages in threads");
    assert_told(&open_for(&story.mona, "1", &story.anna).await, "could not write in the ticket");
    assert!(story.town.guild.threads().is_empty() && story.bot.states().await.is_empty());
    let own = open(&story.mona, "1").await;
    assert!(own.links_to(&story.town.newest_thread()), "{}", own.text());
}

#[tokio::test]
async fn an_inbox_without_a_panel_is_for_its_staff() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.owner().delete_message(&story.inbox);
    story.bot.wait_for("SELECT count(message_id) FROM panel", 0).await;

    assert_told(&open(&story.anna, "1").await, UNKNOWN);
    assert!(suggested(&story.anna, "1").await.is_empty());
    assert_eq!(suggested(&story.mona, "1").await, ["Inbox 1 · Create Ticket · #help"]);
    let reply = open_for(&story.mona, "1", &story.anna).await;
    assert!(reply.links_to(&story.town.newest_thread()), "{}", reply.text());
}

#[tokio::test]
async fn inboxes_are_found_by_number_and_by_a_part_of_their_channels_name_while_many_letters_ask_discord_once() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let billing = story.town.guild.text_channel("billing").create();
    story.town.create_inbox_to(&billing).await;
    let mark = sim.mark();

    for typed in ["", "b", "bi", "#BIL", "2"] {
        let found = suggested(&story.anna, typed).await;
        assert!(found.contains(&"Inbox 2 · Create Ticket · #billing".to_owned()), "{typed}: {found:?}");
        assert_eq!(found.len(), if typed.is_empty() { 2 } else { 1 }, "{typed}: {found:?}");
    }
    let reads = requests_since(&sim, mark).into_iter().filter(|request| request.method == "GET");
    assert_eq!(reads.map(|request| request.route).collect::<Vec<_>>(), ["/guilds/{guild}/channels"], "and the guild");

    billing.set_overwrite(Target::member(&story.anna), 0, VIEW_CHANNEL);
    sim.advance(Duration::from_secs(11));
    assert!(suggested(&story.anna, "bil").await.is_empty(), "a change is seen soon");
}

#[tokio::test]
async fn staff_open_a_ticket_for_a_member_who_is_notified_and_everybody_reads_who_did() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let log = story.town.guild.text_channel("log").create();
    story.bot.store("UPDATE inbox SET log_channel_id = $1", log.id().cast_signed()).await;

    let reply = open_for(&story.mona, "1", &story.anna).await;

    let ticket = story.town.newest_thread();
    let (mona, anna) = (story.mona.mention(), story.anna.mention());
    assert_told(&reply, &format!("{anna} has a ticket now: {}", ticket.url()));
    assert_eq!(story.lines(&ticket).await, [format!("{mona} has opened this ticket for {anna}.")]);
    assert!(story.anna.was_pinged_in(&ticket) && story.anna.sees(&ticket) && story.mona.sees(&ticket));
    assert!(story.last_post(&ticket).await.pinged().is_empty(), "once is enough");
    assert!(ticket.name().ends_with("anna"), "{}", ticket.name());
    let logged: Vec<String> = log.messages().iter().map(discord_sim::Message::text).collect();
    assert!(
        logged[0].contains(&format!("{mona} has opened a ticket for {anna} in inbox 1 (Create Ticket).")),
        "{logged:?}"
    );
    let info = story.anna.slash("ticket info").string("ticket", "1").send().await;
    assert!(preview(&info).contains(&mona) && preview(&info).contains(&anna), "{}", preview(&info));
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&ticket), "it counts as hers: {}", again.text());
}

#[tokio::test]
async fn staff_skip_the_cooldown_and_the_slow_mode_but_not_the_limit() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.help.set_slowmode(3_600);
    sim.quiet().await;
    let first = story.open().await;

    assert_told(&open_for(&story.mona, "1", &story.anna).await, &format!("One of them: {}", first.url()));
    story.mona.archive(&first);
    story.bot.wait_for_states(&["closed"]).await;
    let own = open(&story.anna, "1").await;
    let by_staff = open_for(&story.mona, "1", &story.anna).await;

    assert_told(&own, "You opened a ticket here just now");
    assert!(by_staff.links_to(&story.town.newest_thread()), "{}", by_staff.text());
    // As an owner, staff are members like others.
    let mine = open(&story.mona, "1").await;
    let mine_again = open_for(&story.mona, "1", &story.mona).await;
    assert!(mine.links_to(&story.town.newest_thread()), "{}", mine.text());
    assert_told(&mine_again, "You already have an open ticket");
}

#[tokio::test]
async fn only_staff_open_tickets_for_others_and_never_for_bots_or_who_is_not_there() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let robot = story.town.guild.member("robot").bot(true).create();
    let waiting = story.town.guild.member("waiting").pending(true).create();
    let gone = story.town.member("gone");

    assert_told(&open_for(&story.anna, "1", &story.bert).await, "Only the staff of this inbox");
    assert_told(&open_for(&story.mona, "1", &robot).await, "that is a bot");
    assert_told(&open_for(&story.mona, "1", &waiting).await, "has not finished the onboarding");
    gone.leave_guild();
    sim.quiet().await;
    let typed = story.mona.slash("ticket open").string("inbox", "1").typed("member", &gone.id().to_string());
    assert!(typed.try_send().await.is_err(), "a client offers members only");

    for member in [&story.bert, &robot, &waiting] {
        let menu = story.anna.member_menu(OPEN_FOR, member, &story.town.help).await;
        assert_told(&menu, "Only the staff of an inbox");
    }
    assert_told(&story.mona.member_menu(OPEN_FOR, &robot, &story.town.help).await, "that is a bot");
    assert!(story.bot.states().await.is_empty() && story.town.guild.threads().is_empty());
}

#[tokio::test]
async fn who_moderates_the_channel_of_the_tickets_may_wherever_they_ask() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let elsewhere = story.town.guild.text_channel("elsewhere").create();
    story.bot.store("DELETE FROM inbox_staff WHERE inbox_id = $1", 1).await;
    let lord = story.town.member("lord");
    elsewhere.set_overwrite(Target::member(&lord), MANAGE_THREADS, 0);

    let of_elsewhere = lord.slash("ticket open").string("inbox", "1").user("member", &story.anna);
    assert_told(&of_elsewhere.at(&elsewhere).send().await, "Only the staff of this inbox");
    let by_moderator = story.mona.slash("ticket open").string("inbox", "1").user("member", &story.anna);
    let by_moderator = by_moderator.at(&elsewhere).send().await;

    assert!(by_moderator.links_to(&story.town.newest_thread()), "{}", by_moderator.text());
}

#[tokio::test]
async fn another_server_is_never_reached() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let other = crate::town::Town::build(&sim);
    other.create_inbox().await;
    let theirs = other.inbox_message();
    let billing = story.town.guild.text_channel("billing").create();
    story.town.create_inbox_to(&billing).await;
    let olga = &story.town.admin;

    for reference in ["2", &theirs.url()] {
        assert_told(&open(olga, reference).await, UNKNOWN);
        assert_told(&open_for(olga, reference, &story.anna).await, UNKNOWN);
    }
    let asked = olga.member_menu(OPEN_FOR, &story.anna, &story.town.help).await;
    let id = asked.components()[0]["components"][0]["custom_id"].as_str().unwrap().to_owned();
    let forged = olga.forge_component(&story.inbox, 3, &id, serde_json::json!({ "values": ["2"] })).await;
    assert_told(&forged, "no longer exists");
    let stolen = story.bert.forge_component(&story.inbox, 3, &id, serde_json::json!({ "values": ["1"] })).await;
    assert_told(&stolen, "no longer works");
    assert!(story.bot.states().await.is_empty());
}

#[tokio::test]
async fn of_a_click_a_command_and_two_staff_at_the_same_moment_one_opens_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let command = |by: &Actor| by.slash("ticket open").string("inbox", "1");

    let replies = [
        story.anna.begin_click(&story.inbox, CREATE_TICKET),
        command(&story.anna).begin(),
        command(&story.mona).user("member", &story.anna).begin(),
        story.mick.try_begin_member_menu(OPEN_FOR, &story.anna, &story.town.help).unwrap(),
    ];
    join_all(replies.iter().map(Reply::finished)).await;
    story.settled().await;

    let ticket = story.town.newest_thread();
    assert_eq!(story.town.guild.threads().len(), 1);
    assert_eq!(story.bot.states().await, ["open"]);
    let done =
        replies.iter().filter(|reply| reply.text().contains("is ready:") || reply.text().contains("has a ticket now"));
    assert_eq!(done.count(), 1, "{:?}", replies.iter().map(Reply::text).collect::<Vec<_>>());
    let by_staff = story.bot.stored("SELECT count(opened_by) FROM ticket").await;
    assert_eq!(
        i64::try_from(story.lines(&ticket).await.len()),
        Ok(by_staff),
        "who has opened it is said once, if it was not she"
    );
}

#[tokio::test]
async fn a_command_that_discord_repeats_opens_one_ticket() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let reply = open_for(&story.mona, "1", &story.anna).await;
    story.settled().await;
    let sent = sim.gateway().events("INTERACTION_CREATE").pop().unwrap();

    sim.gateway().dispatch_raw("INTERACTION_CREATE", &sent);
    sim.quiet().await;
    story.bot.restart().await;
    // It does not remember the interaction now, only its ticket.
    sim.gateway().dispatch_raw("INTERACTION_CREATE", &sent);
    story.settled().await;

    assert!(reply.links_to(&story.town.newest_thread()));
    assert_eq!((story.town.guild.threads().len(), story.bot.states().await.len()), (1, 1));
    assert_eq!(story.lines(&story.town.newest_thread()).await.len(), 1);
}

#[tokio::test]
async fn an_inbox_that_moves_while_somebody_asks_opens_nothing_where_they_were_not_looked_for() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let room = staff_room(&story, "room");
    let elsewhere = story.town.guild.text_channel("elsewhere").create();
    let slow = sim.fault(Fault::on("GET", "/guilds/{id}/channels").hold_answer());

    let reply = story.anna.slash("ticket open").string("inbox", "1").at(&elsewhere).begin();
    sim.wait_until("the channels to be asked for", || slow.waiting() == 1).await;
    story.bot.store("UPDATE inbox SET destination_id = $1", room.id().cast_signed()).await;
    slow.release();
    reply.finished().await;

    assert_told(&reply, "I no longer know this inbox");
    assert!(story.town.guild.threads().is_empty());
}

#[tokio::test]
async fn whoever_was_shown_that_the_bot_is_at_work_gets_the_ticket_although_it_is_killed() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());
    let reply = story.mona.slash("ticket open").string("inbox", "1").user("member", &story.anna).begin();
    sim.wait_until("the answer to be deferred", || reply.state() == State::Thinking).await;
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE promised = 1", 1).await;

    story.bot.kill().await;
    slow.clear();
    slow.release();
    story.bot.boot().await;
    story.bot.wait_for_states(&["open"]).await;

    let ticket = story.town.newest_thread();
    assert!(story.anna.sees(&ticket) && ticket.name().ends_with("anna"), "{}", ticket.name());
    let line = format!("{} has opened this ticket for {}.", story.mona.mention(), story.anna.mention());
    assert_eq!(story.lines(&ticket).await, [line]);
}

#[tokio::test]
async fn an_opening_for_a_member_that_discord_refuses_leaves_nothing_and_spends_no_cooldown() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    sim.fault(Fault::on("PUT", "/channels/{id}/thread-members/{user}").error(403, 50_001, "Missing Access"));

    let refused = open_for(&story.mona, "1", &story.anna).await;
    story.settled().await;

    assert_told(&refused, &format!("{} cannot see the channel for tickets", story.anna.mention()));
    assert!(story.town.guild.threads().is_empty());
    let reply = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(reply.links_to(&story.town.newest_thread()), "{}", reply.text());
}
