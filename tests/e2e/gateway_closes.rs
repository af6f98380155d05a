//! Every way in which Discord ends a gateway connection, and the bot's reaction: it resumes, identifies again, or ends
//! with a message to the operator. After its return, a click works and missed events are caught up.
//!
//! <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>

use std::time::Duration;

use discord_sim::{Fault, Sim};
use futures_util::future::join_all;
use serde_json::json;

use crate::story::Story;
use crate::support::{TestBot, Town};

/// How a connection ends.
#[derive(Clone, Copy, Debug)]
enum Ending {
    Close(u16),
    /// A close frame without a code.
    NoCode,
    /// The connection breaks, which clients report as 1006.
    Cut,
    Op7,
    Op9(bool),
    MissedAcks,
}

impl Ending {
    fn happen(self, sim: &Sim) {
        let gateway = sim.gateway();
        match self {
            Self::Close(code) => gateway.close(Some(code)),
            Self::NoCode => gateway.close(None),
            Self::Cut => gateway.drop_connections(),
            Self::Op7 => gateway.reconnect(),
            Self::Op9(resumable) => gateway.invalid_session(resumable),
            Self::MissedAcks => gateway.stop_acking(),
        }
    }
}

/// A new session starts 5 s after the last one at the earliest.
const PATIENCE: Duration = Duration::from_secs(20);

/// A ticket's owner leaves it while the connection is down, and somebody else opens one afterwards. Returns the number
/// of resumed and new sessions.
async fn live_through(ending: Ending) -> (usize, usize) {
    let mut sim = Sim::builder().patience(PATIENCE);
    if matches!(ending, Ending::MissedAcks) {
        sim = sim.heartbeat(Duration::from_millis(300));
    }
    let sim = sim.start().await;
    let story = Story::begin(&sim).await;
    let Story { anna, thread, .. } = &story;
    let gateway = sim.gateway();
    let (resumed, begun) = (gateway.resume_count(), gateway.identify_count());

    ending.happen(&sim);
    if matches!(ending, Ending::Close(_) | Ending::NoCode | Ending::Cut) {
        anna.leave(thread);
    }
    let again = || gateway.resume_count() + gateway.identify_count() > resumed + begun;
    sim.wait_until(&format!("the bot to be back after {ending:?}"), || again() && gateway.connected() == 1).await;
    gateway.resume_acking();
    sim.wait_ready().await;
    if thread.has_member(anna) {
        anna.leave(thread);
    }
    sim.wait_until(&format!("the ticket to be closed after {ending:?}"), || thread.is_locked()).await;
    story.open_another("bert").await;

    story.bot.wait_for_states(&["closed", "open"]).await;
    assert_eq!(thread.messages().len(), 2, "one starter and one notice after {ending:?}");
    (gateway.resume_count() - resumed, gateway.identify_count() - begun)
}

async fn all_lead_to(endings: &[Ending], wanted: (usize, usize)) {
    for (ending, found) in endings.iter().zip(join_all(endings.iter().copied().map(live_through)).await) {
        assert_eq!(found, wanted, "resumed and begun after {ending:?}");
    }
}

#[tokio::test]
async fn what_leaves_the_session_alive_is_resumed() {
    let codes = [1000, 1001, 4000, 4001, 4002, 4005, 4008].map(Ending::Close);
    all_lead_to(&codes, (1, 0)).await;
    all_lead_to(&[Ending::NoCode, Ending::Cut, Ending::Op7, Ending::Op9(true), Ending::MissedAcks], (1, 0)).await;
}

#[tokio::test]
async fn what_ends_the_session_leads_to_a_new_one() {
    let codes = [4003, 4007, 4009].map(Ending::Close);
    all_lead_to(&codes, (0, 1)).await;
    all_lead_to(&[Ending::Op9(false)], (0, 1)).await;
}

#[tokio::test]
async fn what_only_a_person_can_mend_ends_the_bot_with_a_word_about_it() {
    for (code, exit, words) in [
        (4004, 2, "Discord refused the bot token"),
        (4010, 1, "refused the shard that it had recommended (4010)"),
        (4011, 1, "in too many servers for its 1 shards (4011)"),
        (4012, 1, "does not speak this version of its gateway any more (4012)"),
        (4013, 1, "does not know the intents that this version asks for (4013)"),
    ] {
        let sim = Sim::start().await;
        let mut bot = TestBot::start(&sim).await;

        sim.gateway().close(Some(code));
        let failure = bot.gives_up().await;

        assert_eq!(failure.code(), exit, "{code}");
        assert!(failure.to_string().contains(words), "{code}: {failure}");
        assert_eq!(sim.gateway().identify_count(), 1, "{code}");
    }
}

/// `GUILD_MEMBERS`.
const MEMBERS: u64 = 1 << 1;

#[tokio::test]
async fn a_members_intent_that_is_withdrawn_is_done_without_and_told() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    assert_eq!(sim.gateway().intents().unwrap() & MEMBERS, MEMBERS);
    sim.set_members_intent(false);

    sim.gateway().close(Some(4014));
    sim.wait_until("a session without members", || sim.gateway().intents().unwrap() & MEMBERS == 0).await;
    sim.wait_ready().await;
    town.open_ticket(&town.member("anna"), &inbox).await;
    let checked = town.admin.slash("inbox check").send().await;

    let warnings = bot.log().matches("does not allow this bot the Server Members intent: going on without it").count();
    assert_eq!(warnings, 1, "{}", bot.log());
    assert!(
        crate::admin::preview(&checked).contains("Discord does not allow it"),
        "{}",
        crate::admin::preview(&checked)
    );
}

#[tokio::test]
async fn intents_that_are_refused_although_none_is_asked_for_in_vain_end_the_bot() {
    let sim = Sim::start().await;
    let mut bot = TestBot::configured(&sim, "bot.intents.members = false\n");
    bot.boot().await;

    sim.gateway().close(Some(4014));
    let failure = bot.gives_up().await;

    assert!(failure.code() == 1 && failure.to_string().contains("(4014)"), "{failure}");
}

#[tokio::test]
async fn a_bot_that_has_outgrown_its_shards_starts_as_many_as_discord_recommends_now() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let limit = json!({ "total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1 });
    let two = json!({ "url": sim.base_url().replacen("http", "ws", 1), "shards": 2, "session_start_limit": limit });
    sim.fault(Fault::on("GET", "/gateway/bot").answer(200, two));

    sim.gateway().close(Some(4011));
    sim.wait_until("two shards", || sim.gateway().connected() == 2).await;
    sim.wait_ready().await;
    town.open_ticket(&town.member("anna"), &inbox).await;

    assert!(bot.log().contains("Discord asks for more shards"), "{}", bot.log());
}

/// Without backoff, every rejected resume would be followed by the next at network speed.
#[tokio::test]
async fn a_session_whose_resumes_are_all_sent_away_is_given_up_for_a_new_one() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let gateway = sim.gateway();
    let begun = gateway.identify_count();
    gateway.close_resumes(Some(4000));

    gateway.close(Some(4000));
    sim.wait_until("a new session", || gateway.identify_count() > begun).await;
    sim.wait_ready().await;
    town.open_ticket(&town.member("anna"), &inbox).await;

    assert_eq!(gateway.resume_count(), 3);
    assert!(bot.log().contains("Discord ends each resumed session at once"), "{}", bot.log());
}

#[tokio::test]
async fn a_connection_that_ends_again_and_again_is_waited_for_longer_each_time() {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    for round in 2..=3 {
        sim.gateway().close(Some(4009));
        sim.wait_until("a new session", || sim.gateway().identify_count() == round).await;
        sim.wait_ready().await;
    }
    town.open_ticket(&town.member("anna"), &inbox).await;

    let waits = waits_in(&bot.log());
    assert!(waits.len() == 2 && waits[0] <= 500 && waits[1] >= 500, "{waits:?}");
}

/// Discord asks every bot to reconnect every few hours: clicks must not wait for that.
#[tokio::test]
async fn a_connection_that_was_well_for_a_minute_is_followed_by_the_next_one_at_once() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let gateway = sim.gateway();

    for resumes in 1..=2 {
        if resumes == 2 {
            sim.advance(Duration::from_secs(61));
        }
        gateway.reconnect();
        sim.wait_until("the session to go on", || gateway.resume_count() == resumes && gateway.connected() == 1).await;
        sim.quiet().await;
    }

    let waits = waits_in(&bot.log());
    assert!(waits.len() == 2 && waits[0] > 0 && waits[1] == 0, "{waits:?}");
}

/// The waits between two connections, in milliseconds, from the log.
fn waits_in(log: &str) -> Vec<u64> {
    let after = log.split("wait_ms=").skip(1);
    after.map(|rest| rest.split(|digit: char| !digit.is_ascii_digit()).next().unwrap().parse().unwrap()).collect()
}
