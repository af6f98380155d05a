//! Discord's limits are respected: a limited route stays closed as long as Discord says, and people read at once until
//! when.

use std::time::Duration;

use discord_sim::{Fault, Sim};

use crate::support::{TestBot, Town, requests_since};
use crate::town::CREATE_TICKET;

const THREADS: &str = "/channels/{id}/threads";
const MESSAGES: &str = "/channels/{id}/messages";

fn asked(sim: &Sim, mark: discord_sim::Mark) -> usize {
    requests_since(sim, mark).iter().filter(|request| !request.path.starts_with("/interactions/")).count()
}

#[tokio::test]
async fn a_bucket_that_is_closed_for_long_is_told_to_everybody_at_once_and_asked_nothing_more() {
    for hours in [1, 23] {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        let closed = sim.fault(Fault::on("POST", THREADS).rate_limited(Duration::from_hours(hours), false).always());

        for number in 0..12 {
            let reply = town.member(&format!("member{number}")).click(&inbox, CREATE_TICKET).await;
            let until = sim.now_ms() / 1000 + i64::try_from(hours * 3_600).unwrap();
            let shown = (until - 60..=until + 60).any(|at| reply.text().contains(&format!("<t:{at}:R>")));
            assert!(reply.is_private() && shown, "{}", reply.text());
        }

        assert_eq!(closed.hits(), 1);
        bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed'", 0).await;
    }
}

#[tokio::test]
async fn a_bucket_that_is_used_up_for_long_is_not_waited_for_in_silence() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    sim.enforce_rate_limits(true);
    // A channel may start this many threads within five minutes; the 51st request is not sent.
    for number in 0..50 {
        town.open_ticket(&town.member(&format!("member{number}")), &inbox).await;
    }
    let mark = sim.mark();

    let reply = town.member("late").click(&inbox, CREATE_TICKET).await;

    assert!(reply.text().contains("limiting my requests") && reply.text().contains("<t:"), "{}", reply.text());
    assert_eq!(asked(&sim, mark), 0);
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE state = 'open'").await, 50);
}

#[tokio::test]
async fn what_closes_everything_closes_everything_but_answers() {
    for page in [false, true] {
        let sim = Sim::start().await;
        let _bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        let fault = Fault::on("POST", THREADS);
        let two_hours = 7_200;
        sim.fault(if page {
            fault.page(429, Some(two_hours))
        } else {
            fault.rate_limited(Duration::from_secs(two_hours), true)
        });
        let first = town.member("anna").click(&inbox, CREATE_TICKET).await;
        assert!(first.text().contains("limiting my requests"), "{}", first.text());
        let mark = sim.mark();

        let click = town.member("bert").click(&inbox, CREATE_TICKET).await;
        let check = town.admin.slash("inbox check").send().await;

        for reply in [click, check] {
            assert!(reply.text().contains("limiting my requests"), "{}", reply.text());
        }
        assert_eq!(asked(&sim, mark), 0);
    }
}

#[tokio::test]
async fn a_page_of_the_networks_edge_is_no_refusal_of_discords() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    sim.fault(Fault::on("POST", THREADS).page(403, None));

    let reply = anna.click(&inbox, CREATE_TICKET).await;

    assert!(reply.text().contains("Discord is not answering properly"), "{}", reply.text());
    assert!(bot.log().contains("blocks the address of this machine"), "{}", bot.log());
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn the_gateway_is_asked_for_once_when_discord_says_to_come_back_tomorrow() {
    let sim = Sim::start().await;
    let closed = sim.fault(Fault::on("GET", "/gateway/bot").rate_limited(Duration::from_hours(23), false).always());
    let mut bot = TestBot::configured(&sim, "");

    bot.launch().await;
    bot.wait_for_log("the gateway cannot be found").await;

    assert!(bot.log().contains("wait_ms=82"), "{}", bot.log());
    assert_eq!(closed.hits(), 1);
    bot.stop().await;
}

#[tokio::test]
async fn a_refusal_that_nobody_knows_is_not_repeated_without_end() {
    let sim = Sim::builder().patience(Duration::from_mins(2)).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let refused = sim.fault(Fault::on("POST", THREADS).error(400, 987_654, "Nobody knows this").always());

    let reply = town.member("anna").click(&inbox, CREATE_TICKET).await;

    assert!(reply.text().contains("went wrong"), "{}", reply.text());
    assert_eq!(refused.hits(), 1);
    bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed'", 0).await;
}

#[tokio::test]
async fn what_automod_does_not_let_through_is_told_and_leaves_nothing() {
    for code in [200_000, 240_000] {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        sim.fault(Fault::on("POST", MESSAGES).error(400, code, "Message was blocked by automatic moderation"));

        let reply = town.member("anna").click(&inbox, CREATE_TICKET).await;

        assert!(reply.text().contains("AutoMod"), "{}", reply.text());
        bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed'", 0).await;
        assert!(town.guild.threads().iter().all(discord_sim::Thread::is_archived));
    }
}

#[tokio::test]
async fn a_step_that_discord_limits_for_long_is_tried_again_when_the_limit_ends_and_not_before() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let ticket = town.open_ticket(&anna, &inbox).await;
    let limit = Fault::on("PATCH", "/channels/{id}").rate_limited(Duration::from_mins(10), false).always();
    let limited = sim.fault(limit);

    anna.leave(&ticket);

    bot.wait_for("SELECT count(*) FROM step WHERE cause = 'rate limit' AND holder IS NULL", 1).await;
    let waits = bot.stored("SELECT due_at FROM step WHERE kind = 'close'").await - sim.clock().now_ms();
    assert!((590_000..=600_000).contains(&waits), "it waits {waits} ms");
    sim.advance(Duration::from_mins(9));
    town.open_ticket(&bert, &inbox).await;
    assert_eq!(
        bot.stored("SELECT attempts FROM step WHERE kind = 'close'").await,
        0,
        "it was tried before the limit ended"
    );
    // The limiter goes by real time: for it the limit has just begun, so that it sends nothing.
    sim.advance(Duration::from_mins(2));
    bot.wait_for("SELECT attempts FROM step WHERE kind = 'close'", 1).await;
    assert_eq!(limited.hits(), 1);
    limited.clear();
    bot.restart().await;
    sim.wait_until("the ticket to be closed", || ticket.is_archived() && ticket.is_locked()).await;
    bot.settled().await;
    assert_eq!(ticket.messages().iter().filter(|message| message.kind() == 0).count(), 2, "a notice was posted twice");
}

#[tokio::test]
async fn a_step_that_discord_limits_beyond_its_deadline_is_given_up_at_its_deadline() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let ticket = town.open_ticket(&anna, &inbox).await;
    mona.archive(&ticket);
    bot.wait_for_states(&["closed"]).await;
    bot.settled().await;
    mona.unarchive(&ticket);
    bot.wait_for_states(&["open"]).await;
    bot.settled().await;
    let limit = Fault::on("GET", "/channels/{id}/thread-members/{user}").rate_limited(Duration::from_hours(23), false);
    sim.fault(limit.always());

    // After a re-opening, the report may be an old one: Discord is asked.
    anna.leave(&ticket);

    bot.wait_for("SELECT count(*) FROM step WHERE cause = 'rate limit' AND due_at = deadline", 1).await;
    sim.advance(Duration::from_hours(1));
    bot.wait_for("SELECT count(*) FROM step", 0).await;
    assert_eq!(bot.states().await, ["open"], "a question without an answer changes nothing");
}
