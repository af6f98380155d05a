//! Claims of people who are no longer staff end.

use discord_sim::permissions::{BOT_DEFAULT, MANAGE_THREADS};
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

/// How a ticket is open again.
#[derive(Clone, Copy, Debug)]
enum Again {
    ByCommand,
    ByHand,
    /// The bot learns of it at its start.
    WhileAway,
}

#[tokio::test]
async fn who_left_while_the_ticket_was_closed_has_not_claimed_it_once_it_is_open_again() {
    for again in [Again::ByCommand, Again::ByHand, Again::WhileAway] {
        for leaves in [true, false] {
            let sim = Sim::start().await;
            let mut story = Story::begin(&sim).await;
            let ticket = claimed(&story).await;
            let other = story.town.open_ticket(&story.bert, &story.inbox).await;
            story.mick.slash("ticket claim").at(&other).send().await;
            for thread in [&ticket, &other] {
                story.mick.slash("ticket close").at(thread).send().await;
            }
            story.bot.wait_for_closed(2).await;
            if leaves {
                story.mona.leave_guild();
            } else {
                story.mona.take_role(&story.town.moderators);
            }
            story.settled().await;

            match again {
                Again::ByCommand => {
                    for number in ["1", "2"] {
                        story.mick.slash("ticket reopen").string("ticket", number).send().await;
                    }
                }
                Again::ByHand => {
                    story.mick.unarchive(&ticket);
                    story.mick.unarchive(&other);
                }
                Again::WhileAway => {
                    story.bot.stop().await;
                    story.mick.unarchive(&ticket);
                    story.mick.unarchive(&other);
                    story.bot.boot().await;
                }
            }
            story.bot.wait_for_states(&["open", "open"]).await;
            story.bot.wait_for(CLAIMED, 1).await;

            let lines = story.lines(&ticket).await;
            let expected = format!("{} is no longer in the staff of this inbox", story.mona.mention());
            assert!(lines.last().unwrap().starts_with(&expected), "{again:?}, leaves: {leaves}: {lines:?}");
            let of_other = story.lines(&other).await;
            assert!(!of_other.last().unwrap().contains("no longer in the staff"), "{again:?}: {of_other:?}");
        }
    }
}

#[tokio::test]
async fn a_re_opening_that_is_refused_says_nothing_about_the_claim() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    let ticket = claimed(&story).await;
    story.mick.slash("ticket close").at(&ticket).send().await;
    story.bot.wait_for_closed(1).await;
    story.mona.leave_guild();
    story.settled().await;
    story.town.guild.bot_role_permissions(BOT_DEFAULT);
    let before = story.lines(&ticket).await;

    story.mick.slash("ticket reopen").string("ticket", "1").send().await;
    story.settled().await;

    assert_eq!(story.lines(&ticket).await, before);
    assert_eq!(story.bot.states().await, ["closed"]);
}

const BY_NAME: &str = "INSERT INTO inbox_staff (inbox_id, mention, position)
                       VALUES (1, $1, (SELECT count(*) + 100 FROM inbox_staff))";

/// How somebody is no longer staff.
#[derive(Clone, Copy, Debug)]
enum Gone {
    LeavesTheServer,
    /// They are staff by name.
    LeavesTheServerByName,
    LosesTheRole,
    TheRoleIsDeleted,
}

#[tokio::test]
async fn who_is_gone_while_the_bot_was_away_has_claimed_nothing_after_its_start() {
    for gone in [Gone::LeavesTheServer, Gone::LeavesTheServerByName, Gone::LosesTheRole, Gone::TheRoleIsDeleted] {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim).await;
        if matches!(gone, Gone::LeavesTheServerByName) {
            story.bot.store("DELETE FROM inbox_staff WHERE inbox_id = $1", 1).await;
            story.bot.store(BY_NAME, story.mona.mention().as_str()).await;
        }
        story.bot.store(BY_NAME, story.mick.mention().as_str()).await;
        let ticket = claimed(&story).await;
        let other = story.town.open_ticket(&story.bert, &story.inbox).await;
        story.mick.slash("ticket claim").at(&other).send().await;
        story.settled().await;

        story.bot.stop().await;
        match gone {
            Gone::LeavesTheServer | Gone::LeavesTheServerByName => story.mona.leave_guild(),
            Gone::LosesTheRole => story.mona.take_role(&story.town.moderators),
            Gone::TheRoleIsDeleted => story.town.moderators.delete(),
        }
        story.bot.boot().await;

        story.bot.wait_for(CLAIMED, 1).await;
        let lines = story.lines(&ticket).await;
        assert_eq!(lines.len(), 2, "{gone:?}: {lines:?}");
        assert!(lines[1].contains("no longer in the staff"), "{gone:?}: {lines:?}");
        assert_eq!(story.lines(&other).await.len(), 1, "{gone:?}: who is staff keeps the claim");
    }
}
