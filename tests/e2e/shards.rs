//! A bot with several shards in one process: which shard receives which guild, and when each may identify.

use std::time::Duration;

use discord_sim::{Identify, Sim, SimBuilder};

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// Discord allows one shard of a bucket to identify every 5 seconds.
const GAP_MS: i64 = 5_000;

/// Shards of one bucket wait for each other.
fn sharded(shards: u64) -> SimBuilder {
    Sim::builder().patience(Duration::from_mins(1)).shards(shards)
}

/// Starts a bot with two shards; the second need not wait as long as Discord requires.
async fn boot_two(sim: &Sim, bot: &mut TestBot<'_>) {
    bot.launch().await;
    sim.wait_shard_ready(0).await;
    sim.advance(Duration::from_secs(6));
    sim.wait_ready().await;
    sim.quiet().await;
}

fn shards_of(identifies: &[Identify]) -> Vec<u64> {
    identifies.iter().map(|one| one.shard[0]).collect()
}

#[tokio::test]
async fn tickets_work_on_every_shard_and_each_event_is_handled_once() {
    let sim = sharded(2).start().await;
    let mut bot = TestBot::configured(&sim, "");
    boot_two(&sim, &mut bot).await;
    let towns = [Town::build_on(&sim, 0, 2), Town::build_on(&sim, 1, 2)];

    for town in &towns {
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        let reply = anna.click(&inbox, CREATE_TICKET).await;
        let thread = town.newest_thread();
        assert!(reply.links_to(&thread) && reply.messages().len() == 1, "{}", reply.text());
        anna.leave(&thread);
        sim.wait_until("the ticket to be closed", || thread.is_locked()).await;
        assert_eq!(thread.messages().len(), 2, "one starter and one notice");
        assert_eq!(town.guild.threads().len(), 1);
    }

    bot.settled().await;
    assert_eq!(bot.states().await, ["closed", "closed"]);
    assert!(bot.log().contains("connected to Discord with all shards of this process"), "{}", bot.log());
}

#[tokio::test]
async fn shards_of_one_bucket_identify_one_after_another_as_discord_demands() {
    let sim = sharded(2).start().await;
    sim.enforce_rate_limits(true);
    let mut bot = TestBot::configured(&sim, "");
    bot.launch().await;
    sim.wait_ready().await;

    let identifies = sim.gateway().identifies();

    assert_eq!(shards_of(&identifies), [0, 1], "nobody was sent away for coming too early");
    assert!(identifies[1].at_ms - identifies[0].at_ms >= GAP_MS, "{identifies:?}");
}

/// Two of them at once, where Discord allows two; a third waits for the first.
#[tokio::test]
async fn shards_of_different_buckets_do_not_wait_for_each_other() {
    let sim = sharded(3).max_concurrency(2).start().await;
    sim.enforce_rate_limits(true);
    let mut bot = TestBot::configured(&sim, "");
    sim.gateway().hold();
    bot.launch().await;
    // Neither has received READY yet.
    sim.wait_until("two shards to identify", || sim.gateway().identifies().len() == 2).await;
    sim.gateway().release();
    sim.wait_ready().await;

    let identifies = sim.gateway().identifies();

    let at = |shard: u64| identifies.iter().find(|one| one.shard[0] == shard).unwrap().at_ms;
    assert_eq!(identifies.len(), 3, "nobody was sent away for coming too early: {identifies:?}");
    assert_eq!(shards_of(&identifies)[2], 2, "the third comes last: {identifies:?}");
    assert!(at(2) - at(0) >= GAP_MS, "{identifies:?}");
}

/// The simulated Discord reports an identify without a remaining start as a violation.
#[tokio::test]
async fn no_more_shards_start_than_discord_allows_and_those_that_do_work() {
    let sim = sharded(2).session_starts(1).start().await;
    let mut bot = TestBot::configured(&sim, "");

    bot.launch().await;
    sim.wait_shard_ready(0).await;
    let town = Town::build_on(&sim, 0, 2);
    bot.wait_for_log("allows this bot no further gateway session for now").await;
    assert_eq!(shards_of(&sim.gateway().identifies()), [0]);
    let inbox = town.create_inbox().await;

    town.open_ticket(&town.member("anna"), &inbox).await;
}

#[tokio::test]
async fn a_new_session_of_one_shard_neither_asks_for_nor_drops_guilds_of_another() {
    let sim = sharded(2).start().await;
    let mut bot = TestBot::configured(&sim, "");
    boot_two(&sim, &mut bot).await;
    let (left, stayed) = (Town::build_on(&sim, 0, 2), Town::build_on(&sim, 1, 2));
    left.create_inbox().await;
    stayed.create_inbox().await;
    bot.stop().await;
    left.guild.remove_bot();

    let mark = sim.mark();
    boot_two(&sim, &mut bot).await;
    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 1).await;
    sim.quiet().await;

    let asked = format!("/guilds/{}", stayed.guild.id());
    let asked = sim.requests_since(mark).into_iter().filter(|request| request.is("GET", &asked)).count();
    assert_eq!(asked, 0, "{}", sim.transcript());
    assert_eq!(bot.stored("SELECT count(*) FROM guild WHERE left_at IS NULL").await, 1);
}

#[tokio::test]
async fn what_happens_to_one_shard_does_not_disturb_another() {
    let sim = sharded(2).start().await;
    let mut bot = TestBot::configured(&sim, "");
    boot_two(&sim, &mut bot).await;
    let (hit, other) = (Town::build_on(&sim, 0, 2), Town::build_on(&sim, 1, 2));
    let (hit_inbox, other_inbox) = (hit.create_inbox().await, other.create_inbox().await);
    let untouched = |sim: &Sim| {
        let sessions = sim.gateway().sessions();
        sessions.into_iter().find(|session| session.shard == [1, 2] && session.connected).map(|session| session.id)
    };
    let session = untouched(&sim);

    for (begun, what) in (3..).zip(["4003", "op 9", "4009"]) {
        let gateway = sim.gateway().shard(0);
        match what {
            "4003" => gateway.close(Some(4003)),
            "op 9" => gateway.invalid_session(false),
            _ => gateway.close(Some(4009)),
        }
        other.open_ticket(&other.member(what), &other_inbox).await;
        sim.advance(Duration::from_secs(6));
        sim.wait_until("another session of the first shard", || gateway.identify_count() == begun).await;
        sim.wait_ready().await;
        hit.open_ticket(&hit.member(what), &hit_inbox).await;

        assert_eq!(untouched(&sim), session, "{what}");
    }
    let identifies = sim.gateway().identifies();
    assert_eq!(shards_of(&identifies), [0, 1, 0, 0, 0]);
    assert!(identifies.windows(2).all(|pair| pair[1].at_ms - pair[0].at_ms >= GAP_MS), "{identifies:?}");
}
