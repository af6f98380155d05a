//! Names of threads that Discord refuses: in discoverable servers also some numbers.

use discord_sim::{Fault, Sim};
use serde_json::{Value, json};

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;
use crate::working::Story;

const THREADS: &str = "/channels/{id}/threads";

/// Discord's ways to refuse a name.
fn refusals() -> [Value; 4] {
    let field = |code: &str| {
        let errors = json!({ "name": { "_errors": [{ "code": code, "message": "Refused" }] } });
        json!({ "code": 50_035, "message": "Invalid Form Body", "errors": errors })
    };
    [
        field("CONTAINS_WORDS_NOT_ALLOWED"),
        field("INVALID_COMMUNITY_PROPERTY_NAME"),
        json!({ "code": 20_031, "message": "Words that are not allowed" }),
        json!({ "code": 200_001, "message": "Title was blocked by automatic moderation" }),
    ]
}

#[tokio::test]
async fn after_each_refused_name_comes_a_plainer_one_down_to_one_without_a_number() {
    for refusal in refusals() {
        for (refused, expected) in [(1, "ticket-0001"), (2, "ticket")] {
            let sim = Sim::start().await;
            let _bot = TestBot::start(&sim).await;
            let town = Town::build(&sim);
            let inbox = town.create_inbox().await;
            sim.fault(Fault::on("POST", THREADS).answer(400, refusal.clone()).times(refused));

            let thread = town.open_ticket(&town.member("anna"), &inbox).await;

            assert_eq!(thread.name(), expected, "{refusal}");
            assert_eq!(town.guild.threads().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_thread_with_the_plainest_name_is_found_again_although_the_answer_was_lost() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let [.., refusal] = refusals();
    sim.fault(Fault::on("POST", THREADS).answer(400, refusal).times(2));
    sim.fault(Fault::on("POST", THREADS).act_then_status(502));

    let thread = town.open_ticket(&town.member("anna"), &inbox).await;

    assert_eq!(thread.name(), "ticket");
    assert_eq!((town.guild.threads().len(), bot.states().await), (1, vec!["open".to_owned()]));
}

#[tokio::test]
async fn a_member_who_waits_gets_the_ticket_after_a_restart_whatever_its_name_must_be() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let slow = sim.fault(Fault::on("POST", THREADS).hold());
    anna.begin_click(&inbox, CREATE_TICKET);
    bot.wait_for("SELECT count(*) FROM ticket WHERE promised = 1", 1).await;
    bot.kill().await;
    let [refusal, ..] = refusals();
    let refused = sim.fault(Fault::on("POST", THREADS).answer(400, refusal).times(2));
    slow.clear();
    slow.release();

    bot.boot().await;
    bot.wait_for_states(&["open"]).await;

    assert_eq!((refused.hits(), town.newest_thread().name().as_str()), (2, "ticket"));
    assert!(anna.sees(&town.newest_thread()));
}

#[tokio::test]
async fn a_refused_name_in_a_rename_is_told() {
    for refusal in refusals() {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;
        let ticket = story.open().await;
        sim.fault(Fault::on("PATCH", "/channels/{id}").answer(400, refusal.clone()));

        let reply = story.mona.slash("ticket rename").string("name", "Bad").at(&ticket).send().await;

        assert_told(&reply, "does not allow this name");
        assert!(story.lines(&ticket).await.is_empty(), "{refusal}");
    }
}
