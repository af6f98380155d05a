//! *Open a ticket for…*: staff choose one of their inboxes. What it has in common with `/ticket open` is in `ways`.

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Sim, Values};

use crate::admin::assert_told;
use crate::town::OPEN_FOR;
use crate::working::Story;

#[tokio::test]
async fn from_a_members_menu_a_ticket_is_opened_at_once_or_in_the_inbox_that_is_chosen() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let (town, elsewhere) = (&story.town, story.town.guild.text_channel("elsewhere").create());

    let at_once = story.mona.member_menu(OPEN_FOR, &story.anna, &elsewhere).await;
    assert!(at_once.links_to(&town.newest_thread()), "{}", at_once.text());

    let billing = town.guild.text_channel("billing").allow_role(&town.moderators, MANAGE_THREADS).create();
    town.create_inbox_to(&billing).await;
    let sales = town.guild.text_channel("sales").create();
    town.create_inbox_to(&sales).await;
    let asked = story.mona.member_menu(OPEN_FOR, &story.bert, &elsewhere).await;
    assert_told(&asked, &format!("is {} to have a ticket?", story.bert.mention()));
    let menu = asked.components()[0]["components"][0].clone();
    let offered: Vec<&str> =
        menu["options"].as_array().unwrap().iter().map(|option| option["label"].as_str().unwrap()).collect();
    assert_eq!(
        offered,
        ["Inbox 1 · Create Ticket · #help", "Inbox 2 · Create Ticket · #billing"],
        "those of which mona is staff"
    );
    let chosen = story.mona.select(&asked, "#0", Values::strings(["2"])).await;

    let ticket = town.newest_thread();
    assert_eq!(ticket.parent_id(), billing.id());
    assert_told(&chosen, &format!("{} has a ticket now: {}", story.bert.mention(), ticket.url()));
    assert!(chosen.components().is_empty(), "the menu is gone");
    assert!(ticket.name().ends_with("bert") && story.bert.sees(&ticket));
    assert_eq!(story.lines(&ticket).await.len(), 1);
}

#[tokio::test]
async fn a_menu_of_inboxes_works_after_a_restart_and_checks_everything_again() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let billing = story.town.guild.text_channel("billing").create();
    story.town.create_inbox_to(&billing).await;
    story
        .bot
        .store(
            "INSERT INTO inbox_staff (inbox_id, mention, position) VALUES (2, $1, 9)",
            story.town.moderators.mention().as_str(),
        )
        .await;
    let ask = async || story.mona.member_menu(OPEN_FOR, &story.anna, &story.town.help).await;
    let [first, second, third, fourth] = [ask().await, ask().await, ask().await, ask().await];
    story.bot.restart().await;

    let works = story.mona.select(&first, "#0", Values::strings(["2"])).await;
    assert!(works.links_to(&story.town.newest_thread()), "{}", works.text());
    assert_told(&story.mona.select(&second, "#0", Values::strings(["2"])).await, "One of them");
    story.bot.store("DELETE FROM inbox WHERE id = $1", 2).await;
    assert_told(&story.mona.select(&third, "#0", Values::strings(["2"])).await, "no longer exists");
    story.mona.take_role(&story.town.moderators);
    assert_told(&story.mona.select(&fourth, "#0", Values::strings(["1"])).await, "Only the staff of this inbox");
    assert_eq!(story.town.guild.threads().len(), 1);
}
