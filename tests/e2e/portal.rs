//! Settings in the Developer Portal that keep the bot from working.

use discord_sim::{Fault, Sim};
use serde_json::json;

use crate::admin::preview;
use crate::support::{TestBot, Town};

#[tokio::test]
async fn what_the_portal_keeps_from_working_is_told() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    town.create_inbox().await;
    let endpoint = json!({ "interactions_endpoint_url": "https://example.org", "flags": 1 << 15 });
    let code_grant = json!({ "bot_require_code_grant": true, "flags": 1 << 15 });
    for (portal, words) in [(endpoint, "Interactions Endpoint URL"), (code_grant, "Requires OAuth2 Code Grant")] {
        sim.fault(Fault::on("GET", "/applications/@me").answer(200, portal));

        let told = preview(&town.admin.slash("inbox check").send().await);

        assert!(told.contains('❌') && told.contains(words), "{told}");
    }
}
