//! The bot's clock is off by minutes: what is compared with Discord's times uses Discord's times, so nobody notices.

use std::time::Duration;

use discord_sim::{Fault, Sim, State};

use crate::closing::Story;
use crate::journeys::{Journey, Scene};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// Milliseconds by which the bot's clock is off.
const OFF: [i64; 2] = [-300_000, 300_000];

async fn bot_whose_clock_is_off(sim: &Sim, off: i64) -> TestBot<'_> {
    let mut bot = TestBot::configured(sim, "");
    bot.set_clock_off(off);
    bot.boot().await;
    bot
}

#[tokio::test]
async fn a_cooldown_lasts_as_long_as_it_should() {
    for off in OFF {
        let sim = Sim::start().await;
        let bot = bot_whose_clock_is_off(&sim, off).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        let ticket = town.open_ticket(&anna, &inbox).await;
        anna.leave(&ticket);
        bot.wait_for_states(&["closed"]).await;

        let refused = anna.click(&inbox, CREATE_TICKET).await;
        sim.advance(Duration::from_secs(61));
        let another = town.open_ticket(&anna, &inbox).await;

        assert!(refused.is_private() && refused.links().is_empty(), "off by {off}: {}", refused.text());
        assert_ne!(another.id(), ticket.id(), "off by {off}");
    }
}

#[tokio::test]
async fn an_older_event_neither_closes_nor_reopens_a_ticket() {
    for off in OFF {
        let sim = Sim::start().await;
        let bot = bot_whose_clock_is_off(&sim, off).await;
        let town = Town::build(&sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        let ticket = town.open_ticket(&anna, &inbox).await;

        // The archiving comes after the un-archiving that followed it.
        sim.gateway().hold();
        mona.archive(&ticket);
        sim.advance(Duration::from_secs(1));
        mona.unarchive(&ticket);
        sim.gateway().release_reversed();
        sim.quiet().await;
        bot.settled().await;
        assert_eq!(bot.states().await, ["open"], "off by {off}");
        assert!(!ticket.is_archived(), "off by {off}");

        mona.archive(&ticket);
        bot.wait_for_states(&["closed"]).await;
        bot.settled().await;
        mona.unarchive(&ticket);
        bot.wait_for_states(&["open"]).await;
        bot.settled().await;
        assert!(!ticket.is_archived() && !ticket.is_locked(), "off by {off}");
    }
}

#[tokio::test]
async fn a_member_who_leaves_comes_back_and_clicks_gets_a_ticket() {
    for off in OFF {
        let sim = Sim::start().await;
        let bot = bot_whose_clock_is_off(&sim, off).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        sim.gateway().hold();
        anna.leave_guild();
        let anna = town.guild.join(&anna);
        sim.gateway().release();

        let reply = anna.click(&inbox, CREATE_TICKET).await;
        bot.settled().await;
        assert!(reply.links_to(&town.newest_thread()), "off by {off}: {}", reply.text());
        assert_eq!(bot.states().await, ["open"], "off by {off}");

        anna.leave_guild();
        bot.wait_for_states(&["closed"]).await;
    }
}

#[tokio::test]
async fn an_opening_whose_answer_was_lost_is_found_again_and_finished() {
    for off in OFF {
        let sim = Sim::start().await;
        let mut bot = bot_whose_clock_is_off(&sim, off).await;
        let mut scene = Scene::prepare(&sim, bot.ledger(), Journey::OpenElsewhere).await;
        let held = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold_answer());
        scene.begin(Journey::OpenElsewhere);
        let reply = scene.reply.as_ref().unwrap();
        sim.wait_until("the member to be shown that it takes time", || reply.state() == State::Thinking).await;
        bot.kill().await;
        held.clear();

        bot.boot().await;
        bot.wait_for_states(&["open"]).await;
        sim.quiet().await;

        assert_eq!(scene.town.guild.threads().len(), 1, "off by {off}: made twice");
        scene.ledger.check(&sim, &scene.expected(true)).await;
        scene.assert_served().await;
    }
}

#[tokio::test]
async fn a_notice_whose_answer_was_lost_is_found_again_and_not_posted_twice() {
    for (off, journey) in OFF.into_iter().flat_map(|off| [(off, Journey::OwnerLeaves), (off, Journey::StaffArchive)]) {
        let sim = Sim::start().await;
        let mut bot = bot_whose_clock_is_off(&sim, off).await;
        let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
        let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold_answer());
        scene.begin(journey);
        sim.wait_until("the notice to be posted", || held.waiting() == 1).await;
        bot.kill().await;
        held.clear();
        // Discord has forgotten the nonce.
        sim.advance(Duration::from_mins(10));

        bot.boot().await;
        scene.ledger.settled().await;
        scene.wait_for("closed").await;
        sim.quiet().await;

        scene.ledger.check(&sim, &scene.expected(true)).await;
        scene.assert_closed(Journey::StaffArchive);
    }
}

/// How the clock of the machine goes wrong.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    DaysAhead,
    HoursBack,
    HoursBackWhileItIsStopped,
    AheadAtFirst,
}

const HOUR: i64 = 3_600_000;

#[tokio::test]
async fn scheduled_closings_keep_to_discords_time_whatever_the_machines_clock_does() {
    for wrong in [Wrong::DaysAhead, Wrong::HoursBack, Wrong::HoursBackWhileItIsStopped, Wrong::AheadAtFirst] {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim).await;
        let bert = story.town.member("bert");
        let earlier = story.town.open_ticket(&bert, &story.inbox).await;
        if let Wrong::AheadAtFirst = wrong {
            story.bot.set_clock_off(5 * HOUR);
        }
        story.mona.slash("ticket close").at(&earlier).string("in", "1h").send().await;
        let reply = story.mona.slash("ticket close").at(&story.ticket).string("in", "2h").send().await;
        story.bot.settled().await;
        let announced = sim.now_ms() / 1000 + 7_200;

        match wrong {
            Wrong::DaysAhead => story.bot.set_clock_off(72 * HOUR),
            Wrong::HoursBack => story.bot.set_clock_off(-5 * HOUR),
            Wrong::HoursBackWhileItIsStopped => {
                story.bot.stop().await;
                story.bot.set_clock_off(-5 * HOUR);
                story.bot.boot().await;
            }
            Wrong::AheadAtFirst => story.bot.set_clock_off(0),
        }
        sim.advance(Duration::from_mins(61));
        story.bot.wait_for_states(&["open", "closed"]).await;
        story.bot.settled().await;
        assert_eq!(story.bot.states().await, ["open", "closed"], "{wrong:?}");
        sim.advance(Duration::from_hours(1));
        story.bot.wait_for_states(&["closed", "closed"]).await;
        story.bot.set_clock_off(0);
        sim.advance(Duration::from_hours(24));
        story.bot.settled().await;

        let text = reply.text();
        let at: i64 = text.split("<t:").nth(1).unwrap().split(':').next().unwrap().parse().unwrap();
        assert!(at.abs_diff(announced) < 60, "{wrong:?}: {text}, not {announced}");
        assert_eq!(story.lines().await.len(), 2, "{wrong:?}: the announcement and one notice");
        assert!(story.ticket.is_archived() && earlier.is_archived());
    }
}

#[tokio::test]
async fn a_machine_that_slept_closes_what_was_due_meanwhile_once() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.slash("ticket close").at(&story.ticket).string("in", "2h").send().await;
    story.bot.settled().await;

    story.bot.sleep(Duration::from_hours(8));

    story.closed().await;
    assert_eq!(story.lines().await.len(), 2, "the announcement and one notice");
}

#[tokio::test]
async fn what_waits_for_a_retry_does_not_wait_for_hours_when_the_clock_is_set_back() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let down = sim.fault(Fault::on("POST", "/channels/{id}/messages").status(503).always());
    story.anna.leave(&story.ticket);
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'close' AND cause IS NOT NULL", 1).await;

    story.bot.set_clock_off(-5 * HOUR);
    down.clear();

    story.closed().await;
    assert_eq!(story.lines().await.len(), 1, "one notice");
}
