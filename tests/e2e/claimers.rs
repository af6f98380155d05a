//! Claims of people who are no longer staff end.

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Sim, Target, Thread};

use crate::admin::assert_told;
use crate::support::requests_since;
use crate::working::Story;

const CLAIMED: &str = "SELECT count(*) FROM ticket WHERE claimed_by IS NOT NULL";
const ONE_CLAIMER: &str = r#"{"work":{"one_claimer":true}}"#;

async fn claimed(story: &Story<'_>) -> Thread {
    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.settled().await;
    ticket
}

async fn assert_ended(story: &Story<'_>, ticket: &Thread) {
    story.bot.wait_for(CLAIMED, 0).await;
    let lines = story.lines(ticket).await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    let expected = format!("{} is no longer in the staff of this inbox", story.mona.mention());
    assert!(lines[1].starts_with(&expected), "{lines:?}");
}

#[tokio::test]
async fn who_leaves_the_server_has_claimed_nothing_any_more() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = claimed(&story).await;
    let mark = sim.mark();

    story.mona.leave_guild();

    assert_ended(&story, &ticket).await;
    assert_eq!(requests_since(&sim, mark).len(), 1, "the line");
}

#[tokio::test]
async fn who_loses_the_role_has_claimed_nothing_any_more() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = claimed(&story).await;

    story.mona.take_role(&story.town.moderators);

    assert_ended(&story, &ticket).await;
}

#[tokio::test]
async fn a_role_that_is_deleted_takes_the_claims_of_its_people_along() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = claimed(&story).await;

    story.town.moderators.delete();

    assert_ended(&story, &ticket).await;
}

#[tokio::test]
async fn who_is_dropped_from_the_list_keeps_the_claim_only_with_rights_in_the_channel() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = claimed(&story).await;
    let menu = || async { story.town.admin.slash("inbox staff").string("inbox", "1").send().await };

    let shown = menu().await;
    story.town.admin.select(&shown, "#0", discord_sim::Values::none()).await;
    story.settled().await;
    assert_eq!(story.bot.stored(CLAIMED).await, 1, "they still moderate the channel");

    story.town.help.clear_overwrite(Target::role(&story.town.moderators));
    story.mona.set_nick(Some("Mo"));
    assert_ended(&story, &ticket).await;
}

#[tokio::test]
async fn another_name_or_role_ends_no_claim() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = claimed(&story).await;
    let mark = sim.mark();

    story.mona.set_nick(Some("Mo"));
    story.mona.give_role(&story.town.guild.role("Dancers").create());
    story.bert.set_nick(Some("Bertie"));
    sim.quiet().await;
    story.settled().await;

    assert_eq!(story.bot.stored(CLAIMED).await, 1);
    assert_eq!(requests_since(&sim, mark).len(), 0, "the list says it");
    assert_eq!(story.lines(&ticket).await.len(), 1);
}

#[tokio::test]
async fn a_moderator_who_is_not_listed_keeps_the_claim() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let wardens = story.town.guild.role("Wardens").create();
    let wanda = story.town.guild.member("wanda").role(&wardens).create();
    story.town.help.set_overwrite(Target::role(&wardens), MANAGE_THREADS, 0);
    let ticket = story.open().await;
    wanda.slash("ticket claim").at(&ticket).send().await;
    story.settled().await;

    wanda.set_nick(Some("W"));
    story.settled().await;
    assert_eq!(story.bot.stored(CLAIMED).await, 1);

    wanda.take_role(&wardens);
    story.bot.wait_for(CLAIMED, 0).await;
}

#[tokio::test]
async fn without_the_members_intent_the_next_claim_finds_it_out() {
    let sim = Sim::start().await;
    let story = Story::begin_without_members(&sim).await;
    story.set(ONE_CLAIMER).await;
    let ticket = claimed(&story).await;

    let refused = story.mick.slash("ticket claim").at(&ticket).send().await;
    assert_told(&refused, "this inbox allows one claim only");
    story.mona.take_role(&story.town.moderators);
    story.settled().await;
    assert_eq!(story.bot.stored(CLAIMED).await, 1, "nobody has told");

    assert_told(&story.mick.slash("ticket claim").at(&ticket).send().await, "You have claimed this ticket.");
    assert_eq!(story.lines(&ticket).await.len(), 2);
}

#[tokio::test]
async fn without_the_members_intent_looking_at_a_ticket_finds_it_out() {
    let sim = Sim::start().await;
    let story = Story::begin_without_members(&sim).await;
    let ticket = claimed(&story).await;
    story.mona.leave_guild();

    let info = story.mick.slash("ticket info").at(&ticket).send().await;

    assert!(crate::admin::preview(&info).contains("Nobody has claimed it"), "{}", crate::admin::preview(&info));
    assert_ended(&story, &ticket).await;
}
