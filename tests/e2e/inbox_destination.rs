//! `/inbox destination`: the channel of new tickets.

use std::time::Duration;

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, MANAGE_GUILD, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use discord_sim::{Sim, Target};
use serde_json::json;

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::SELECT;

const COUNT_REDIRECTED: &str =
    "SELECT count(*) FROM inbox i JOIN panel p ON p.id = i.panel_id WHERE i.destination_id <> p.channel_id";

#[tokio::test]
async fn tickets_of_a_selected_inbox_go_to_the_new_channel() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();

    let prompt = town.begin_redirect(&desk).await;
    let done = town.select(&inbox).await;
    let thread = town.open_ticket(&town.member("anna"), &inbox).await;

    assert_told(&prompt, SELECT);
    assert_told(&done, &desk.mention());
    assert!(done.links_to_message(&inbox), "{}", done.text());
    assert_eq!(thread.parent_id(), desk.id());
}

#[tokio::test]
async fn an_inbox_is_named_by_its_link_or_its_number_without_a_second_step() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (desk, office) = (town.guild.text_channel("desk").create(), town.guild.text_channel("office").create());

    let by_link = town.redirect(&inbox.url(), &desk).await;
    let first = town.open_ticket(&town.member("anna"), &inbox).await;
    let by_number = town.redirect("#1", &office).await;
    let second = town.open_ticket(&town.member("bert"), &inbox).await;

    assert_told(&by_link, &desk.mention());
    assert_told(&by_number, &office.mention());
    assert_eq!((first.parent_id(), second.parent_id()), (desk.id(), office.id()));
}

#[tokio::test]
async fn a_text_that_names_no_inbox_is_answered_with_what_could_be_written() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();

    let reply = town.redirect("the blue one", &desk).await;

    assert_told(&reply, "`/inbox list`");
    assert_eq!(bot.stored(COUNT_REDIRECTED).await, 0);
}

#[tokio::test]
async fn a_wrong_message_is_refused_and_the_step_can_be_repeated() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    let wrong = town.admin.post(&town.help, "Hello!");
    town.begin_redirect(&desk).await;

    let refused = town.select(&wrong).await;
    let done = town.select(&inbox).await;

    assert_told(&refused, "not one of my inboxes");
    assert_told(&done, &desk.mention());
}

#[tokio::test]
async fn a_button_that_the_bot_does_not_know_is_no_inbox_and_can_be_created_again() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let button = json!({ "type": 2, "style": 1, "label": "Create Ticket", "custom_id": "create-ticket" });
    let panel = json!({ "content": "Help!", "components": [{ "type": 1, "components": [button] }] });
    let forgotten = town.help.arrange_message_by_bot(&panel);
    let desk = town.guild.text_channel("desk").create();
    town.begin_redirect(&desk).await;

    let refused = town.select(&forgotten).await;

    assert_told(&refused, "create it again");
}

#[tokio::test]
async fn the_destination_an_inbox_has_already_is_said_and_another_inbox_can_be_selected() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let there = town.create_inbox_to(&desk).await;
    let here = town.create_inbox().await;
    town.begin_redirect(&desk).await;

    let same = town.select(&there).await;
    let done = town.select(&here).await;

    assert_told(&same, "already");
    assert_told(&done, &desk.mention());
    assert!(done.links_to_message(&here), "{}", done.text());
}

#[tokio::test]
async fn permissions_that_are_missing_in_the_new_channel_are_named_before_anything_is_asked() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let missing = CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS;
    let desk = town.guild.text_channel("desk").deny_bot(missing).create();

    let refused = town.begin_redirect(&desk).await;
    let selected = town.select(&inbox).await;

    assert_told(&refused, "**Create Private Threads**, **Send Messages in Threads**");
    assert!(refused.links_to(&desk), "{}", refused.text());
    assert_told(&selected, "No command is waiting");
}

#[tokio::test]
async fn permissions_lost_between_the_two_steps_are_named_and_the_step_can_be_repeated() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    town.begin_redirect(&desk).await;
    desk.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS);

    let refused = town.select(&inbox).await;
    let stored = bot.stored(COUNT_REDIRECTED).await;
    desk.clear_overwrite(Target::bot());
    let done = town.select(&inbox).await;

    assert_told(&refused, "**Create Private Threads**");
    assert_eq!(stored, 0);
    assert_told(&done, &desk.mention());
}

#[tokio::test]
async fn a_channel_that_the_bot_cannot_see_is_refused_with_what_to_grant() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let hidden = town.guild.text_channel("hidden").deny_bot(VIEW_CHANNEL).create();

    let refused = town.redirect(&inbox.url(), &hidden).await;

    assert_told(&refused, "**View Channel**");
    assert!(refused.links_to(&hidden), "{}", refused.text());
}

#[tokio::test]
async fn channels_without_private_threads_are_not_offered() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let guild = &town.guild;
    let others = [
        guild.announcement_channel("news").create(),
        guild.voice_channel("talk").create(),
        guild.forum_channel("forum").create(),
        guild.category("category").create(),
    ];

    for channel in &others {
        let offered = town.admin.slash("inbox destination").channel("channel", channel).try_send().await;

        assert!(offered.is_err(), "{} is offered", channel.name());
    }
}

#[tokio::test]
async fn a_channel_deleted_between_the_two_steps_is_answered_kindly() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    town.begin_redirect(&desk).await;
    desk.delete();

    let refused = town.select(&inbox).await;

    assert_told(&refused, "no longer exists");
    assert_eq!(bot.stored(COUNT_REDIRECTED).await, 0);
}

#[tokio::test]
async fn an_inbox_of_another_server_does_not_exist_here() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let foreign = village.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();

    let by_link = town.redirect(&foreign.url(), &desk).await;
    let by_number = town.redirect("1", &desk).await;

    assert_told(&by_link, "no longer exists");
    assert_told(&by_number, "no longer exists");
    assert_eq!(bot.stored(COUNT_REDIRECTED).await, 0);
}

#[tokio::test]
async fn an_inbox_deleted_meanwhile_is_gone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (desk, link) = (town.guild.text_channel("desk").create(), inbox.url());
    town.delete_inbox(&inbox).await;

    let by_link = town.redirect(&link, &desk).await;
    let by_number = town.redirect("1", &desk).await;

    assert_told(&by_link, "no longer exists");
    assert_told(&by_number, "no longer exists");
}

#[tokio::test]
async fn an_inbox_without_its_message_can_be_redirected_by_its_number() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    town.guild.owner().delete_message(&inbox);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;

    let done = town.redirect("1", &desk).await;

    assert_told(&done, &desk.mention());
    assert_told(&done, "`/inbox repost`");
}

#[tokio::test]
async fn a_step_ends_after_three_minutes() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    town.begin_redirect(&desk).await;
    sim.advance(Duration::from_mins(3));

    let late = town.select(&inbox).await;
    let later = town.select(&inbox).await;

    assert_told(&late, "Too much time");
    assert_told(&later, "Too much time");
    assert_eq!(bot.stored(COUNT_REDIRECTED).await, 0);
}

#[tokio::test]
async fn a_step_belongs_to_the_admin_who_began_it() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    let deputies = town.guild.role("Deputies").permissions(MANAGE_GUILD).create();
    let other = town.guild.member("other").role(&deputies).create();
    town.begin_redirect(&desk).await;

    let foreign = other.menu(SELECT, &inbox).await;
    let own = town.select(&inbox).await;

    assert_told(&foreign, "No command is waiting");
    assert_told(&own, &desk.mention());
}

#[tokio::test]
async fn a_step_is_used_once_and_the_newest_command_counts() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (desk, office) = (town.guild.text_channel("desk").create(), town.guild.text_channel("office").create());
    town.begin_redirect(&desk).await;
    town.begin_redirect(&office).await;

    let done = town.select(&inbox).await;
    let again = town.select(&inbox).await;

    assert_told(&done, &office.mention());
    assert_told(&again, "No command is waiting");
}

#[tokio::test]
async fn a_step_survives_a_restart() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let desk = town.guild.text_channel("desk").create();
    town.begin_redirect(&desk).await;
    bot.restart().await;

    let done = town.select(&inbox).await;

    assert_told(&done, &desk.mention());
}
