//! Who is added to tickets and removed from them, in the log: with Discord's own tools, by command, through a card.

use discord_sim::{Actor, Sim, Thread};

use crate::journal::{OWN, Story};
use crate::support::TestBot;

/// The last lines of the log about the ticket, without its number and link.
fn said(lines: &[String], ticket: &Thread, after: usize) -> Vec<String> {
    let of_ticket = format!("**#1** {} ", ticket.url());
    lines[after..].iter().map(|line| line.strip_prefix(&of_ticket).unwrap_or(line).to_owned()).collect()
}

#[tokio::test]
async fn who_is_added_or_removed_by_hand_is_logged_like_by_command_and_each_once() {
    for members in [true, false] {
        let sim = Sim::start().await;
        if !members {
            sim.set_members_intent(false);
        }
        let more = if members { "" } else { "bot.intents.members = false\n" };
        let mut bot = TestBot::configured(&sim, more);
        bot.boot().await;
        let story = Story::with(&sim, bot, OWN).await;
        let (bert, carl) = (story.town.member("bert"), story.town.member("carl"));
        let [mona, bert_named, carl_named] = [&story.mona, &bert, &carl].map(Actor::mention);
        let ticket = story.open().await;
        story.wait_for_lines(1).await;

        story.mona.add(&ticket, &bert);
        story.wait_for_lines(2).await;
        story.mona.remove(&ticket, &bert);
        story.wait_for_lines(3).await;
        story.mona.slash("ticket add").user("member", &carl).at(&ticket).send().await;
        story.wait_for_lines(4).await;
        story.mona.slash("ticket remove").user("member", &carl).at(&ticket).send().await;
        // Elsewhere it is no ticket.
        let private = story.mona.private_thread(&story.town.help, "staff");
        story.mona.add(&private, &bert);
        let lines = story.wait_for_lines(5).await;

        let expected = [
            format!("{mona} has added {bert_named}."),
            format!("{mona} has removed {bert_named}."),
            format!("{mona} has added {carl_named}."),
            format!("{mona} has removed {carl_named}."),
        ];
        assert_eq!(said(&lines, &ticket, 1), expected);
    }
}

#[tokio::test]
async fn who_joins_through_a_card_is_logged_when_they_join_and_not_for_each_click() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let desk = story.town.guild.text_channel("cards").create();
    story.bot.store("UPDATE inbox SET card_channel_id = $1", desk.id().cast_signed()).await;
    let nina = story.town.moderator("nina");
    let ticket = story.open().await;
    story.wait_for_lines(1).await;
    story.bot.cards_are_drawn().await;
    // As staff, she came in with the first message.
    nina.leave(&ticket);
    story.bot.settled().await;
    let card = desk.messages().pop().unwrap();

    for _ in 0..2 {
        assert!(nina.click(&card, "Join").await.text().contains("You are in the ticket now"));
    }

    let lines = story.wait_for_lines(2).await;
    assert_eq!(said(&lines, &ticket, 1), [format!("{} has joined this ticket.", nina.mention())]);
}
