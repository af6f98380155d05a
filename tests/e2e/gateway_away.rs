//! An unreachable gateway: at start, later, and for how long.

use std::time::Duration;

use discord_sim::{Fault, Sim};
use serde_json::{Value, json};

use crate::story::{Desk, Story};
use crate::support::{TestBot, Town};

/// Longer than several attempts with their backoff.
const PATIENCE: Duration = Duration::from_mins(2);

fn find() -> Fault {
    Fault::on("GET", "/gateway/bot")
}

/// The answer of `/gateway/bot` if no session may start for `reset_after` milliseconds.
fn no_starts_left(sim: &Sim, reset_after: u64) -> Value {
    let limit = json!({ "total": 1000, "remaining": 0, "reset_after": reset_after, "max_concurrency": 1 });
    json!({ "url": sim.base_url().replacen("http", "ws", 1), "shards": 1, "session_start_limit": limit })
}

#[tokio::test]
async fn a_bot_starts_as_soon_as_discord_tells_it_where_the_gateway_is() {
    for broken in [find().status(500), find().status(502), find().status(503), find().drop_before()] {
        let sim = Sim::builder().patience(PATIENCE).start().await;
        // A request is tried three times: the fourth failure belongs to the second attempt.
        sim.fault(broken.times(4));

        let desk = Desk::begin(&sim).await;
        desk.open_another("bert").await;

        assert!(desk.bot.log().contains("the gateway cannot be found"), "{}", desk.bot.log());
    }
}

#[tokio::test]
async fn a_lost_gateway_is_looked_for_until_it_is_there_again() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let story = Story::begin(&sim).await;
    let lost = sim.fault(find().status(503).always());

    sim.gateway().close(Some(4009));
    sim.wait_until("two looks for the gateway", || lost.hits() > 3).await;
    story.anna.leave(&story.thread);
    lost.clear();
    sim.wait_until("the ticket to be closed", || story.thread.is_locked()).await;
    story.open_another("bert").await;

    story.bot.wait_for_states(&["closed", "open"]).await;
}

#[tokio::test]
async fn refused_connections_are_tried_until_one_is_taken_and_the_session_goes_on() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let story = Story::begin(&sim).await;
    let begun = sim.gateway().identify_count();

    sim.gateway().refuse_connections(true);
    sim.gateway().drop_connections();
    story.bot.wait_for_log("the gateway cannot be reached").await;
    story.anna.leave(&story.thread);
    let refused = || sim.transcript().matches("gateway: connection refused").count();
    sim.wait_until("four tries", || refused() == 4).await;
    assert_eq!(sim.gateway().resume_count(), 0);
    sim.gateway().refuse_connections(false);
    sim.wait_until("the ticket to be closed", || story.thread.is_locked()).await;
    story.open_another("bert").await;

    story.bot.wait_for_states(&["closed", "open"]).await;
    assert_eq!((sim.gateway().resume_count(), sim.gateway().identify_count()), (1, begun));
}

#[tokio::test]
async fn a_bot_starts_although_the_first_connection_is_refused() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    sim.gateway().refuse_connections(true);
    let allow = async {
        let refused = || sim.transcript().contains("gateway: connection refused");
        sim.wait_until("a connection to be refused", refused).await;
        sim.gateway().refuse_connections(false);
    };

    let (_bot, ()) = tokio::join!(TestBot::start(&sim), allow);
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    town.open_ticket(&town.member("anna"), &inbox).await;
}

#[tokio::test]
async fn no_session_is_begun_while_discord_allows_none() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let desk = Desk::begin(&sim).await;
    let begun = sim.gateway().identify_count();
    let blocked = sim.fault(find().answer(200, no_starts_left(&sim, 300)).always());

    sim.gateway().close(Some(4003));
    sim.wait_until("three looks", || blocked.hits() >= 3).await;
    assert_eq!(sim.gateway().identify_count(), begun);
    blocked.clear();
    sim.wait_until("a new session", || sim.gateway().connected() == 1).await;
    sim.wait_ready().await;
    desk.open_another("bert").await;

    assert!(desk.bot.log().contains("allows this bot no further gateway session for now"), "{}", desk.bot.log());
}

#[tokio::test]
async fn a_token_that_is_refused_when_the_gateway_is_looked_for_ends_the_bot() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    sim.fault(find().error(401, 0, "401: Unauthorized").always());

    sim.gateway().close(Some(4009));
    let failure = bot.gives_up().await;

    assert_eq!(failure.code(), 2);
    assert!(failure.to_string().contains("Discord refused the bot token"), "{failure}");
}

/// The connection is open, but the session never starts: only a timeout detects that.
#[tokio::test]
async fn a_session_that_never_begins_is_given_up_for_another_one() {
    let sim = Sim::builder().patience(Duration::from_mins(1)).start().await;
    let desk = Desk::begin(&sim).await;
    let begun = sim.gateway().identify_count();
    sim.gateway().garble("READY", 1);

    sim.gateway().close(Some(4009));
    sim.wait_until("another session", || sim.gateway().identify_count() == begun + 2).await;
    sim.wait_ready().await;
    desk.open_another("bert").await;

    assert!(desk.bot.log().contains("nothing is heard from the gateway"), "{}", desk.bot.log());
    assert!(desk.bot.log().contains("kind=\"READY\""), "{}", desk.bot.log());
}
