//! What is stored: ids, settings and times. No names, message texts or tokens, neither in the database nor in the log.

use std::fs;
use std::time::Duration;

use discord_sim::{Draft, Fault, Sim};

use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

/// Words that only people have used.
const SECRETS: [&str; 8] = [
    "Annabella Nickname",
    "annabella_username",
    "Annabella Global",
    "the inbox's own words",
    "what annabella wrote",
    "secret-file",
    "secret bytes",
    "what staff wrote",
];

#[tokio::test]
async fn after_a_whole_story_no_name_no_text_and_no_token_is_kept_or_logged() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let mona = town.moderator("mona");
    let anna =
        town.guild.member("annabella_username").global_name("Annabella Global").nick("Annabella Nickname").create();
    let draft = Draft::text("the inbox's own words").file("secret-file.png", "secret bytes", "image/png");
    let source = town.admin.post_with(&town.help, draft);

    town.run_create(&town.help, None).await;
    sim.fault(Fault::on("POST", "/channels/{id}/messages").error(400, 99_999, "What annabella wrote"));
    town.admin.menu(SELECT, &source).await;
    town.admin.menu(SELECT, &source).await;
    let inbox = town.inbox_message();
    sim.fault(Fault::on("POST", "/channels/{id}/threads").error(403, 50_013, "Missing Permissions"));
    anna.click(&inbox, CREATE_TICKET).await;
    let thread = town.open_ticket(&anna, &inbox).await;
    anna.write(&thread, "what annabella wrote");
    mona.write(&thread, "what staff wrote");
    anna.click(&inbox, CREATE_TICKET).await;
    anna.leave(&thread);
    bot.wait_for_closed(1).await;
    sim.advance(Duration::from_mins(2));
    sim.fault(Fault::on("POST", "/channels/{id}/threads").drop_after());
    sim.fault(Fault::on("POST", "/interactions/{id}/{token}/callback").drop_after());
    anna.click(&inbox, CREATE_TICKET).await;
    sim.quiet().await;
    let open_files = kept_files(&bot);
    bot.stop().await;

    let log = bot.log();
    assert!(log.contains("ticket opened"), "the log was not taken");
    for (name, bytes) in open_files.into_iter().chain(kept_files(&bot)).chain([("the log".to_owned(), log.into())]) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for secret in SECRETS.into_iter().chain([sim.token(), "aW50ZXJhY3Rpb246"]) {
            assert!(!text.contains(&secret.to_lowercase()), "{secret:?} is in {name}");
        }
    }
}

/// Every file in the bot's folder except its configuration, which holds the token.
fn kept_files(bot: &TestBot<'_>) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(bot.home()).unwrap().map(|entry| entry.unwrap().path());
    let kept: Vec<_> = entries.filter(|path| !path.ends_with("config.toml")).collect();
    assert!(!kept.is_empty());
    kept.into_iter().map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}
