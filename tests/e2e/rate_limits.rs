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
async fn a_title_that_automod_does_not_let_through_is_replaced_by_a_plain_one() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    sim.fault(Fault::on("POST", THREADS).error(400, 200_001, "Title was blocked by automatic moderation"));

    let thread = town.open_ticket(&town.member("anna"), &inbox).await;

    assert!(!thread.name().contains("anna"), "{}", thread.name());
}
