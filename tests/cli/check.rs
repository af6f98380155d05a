//! `ticketbot check`: reports on every server, while the bot runs or not.

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, MANAGE_GUILD, MANAGE_THREADS, VIEW_CHANNEL};
use discord_sim::{Sim, Target};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::on_discord::{Town, home_on, home_with, start};
use crate::support::{Home, Outcome, TOKEN};

/// A stopped bot that has made one inbox.
async fn with_inbox(sim: &Sim, more: &str) -> (Home, Town) {
    let home = home_with(sim, more);
    let town = Town::build(sim);
    let running = start(sim, &home, &[]).await;
    town.create_inbox().await;
    assert_eq!(running.stop().code, Some(0));
    (home, town)
}

/// Prints no name or text of the server, only ids: the report can be shared.
fn names_nobody(outcome: &Outcome) {
    for name in Town::NAMES.into_iter().chain([Town::TEXT]) {
        let all = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(!all.contains(name), "{name} is in: {all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_inboxes_there_is_nothing_to_check() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    assert_eq!(home.run(&["--sync"]).code, Some(0));

    let outcome = home.run(&["check"]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("There are no inboxes yet"), "{}", outcome.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_credentials_of_a_service_it_works_and_without_them_it_says_how() {
    let sim = Sim::start().await;
    let home = Home::with_config(&format!(
        "bot.token_file = '${{CREDENTIALS_DIRECTORY}}/token'\ndiscord.api_base = {:?}\n",
        sim.base_url()
    ));

    let outcome = home.run(&["check"]);
    outcome.is_refused_with(&[
        "uses ${CREDENTIALS_DIRECTORY}, which is not known here",
        "LoadCredential=",
        "systemd-run",
    ]);

    let token = home.write("credentials/token", sim.token());
    let home = home.with_variable("CREDENTIALS_DIRECTORY", &token.parent().expect("a folder").display().to_string());
    assert_eq!(home.run(&["--sync"]).code, Some(0));
    let outcome = home.run(&["check"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{}", outcome.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_works_but_could_be_better_is_told_and_ends_with_0() {
    let sim = Sim::start().await;
    let (home, town) = with_inbox(&sim, "").await;
    let (identified, mark) = (sim.gateway().identify_count(), sim.mark());

    let outcome = home.run(&["check"]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{}", outcome.stdout);
    let text = &outcome.stdout;
    assert!(text.contains(", one inbox:") && text.contains("tickets go to"), "{text}");
    assert!(text.contains(&town.channel.mention()), "{text}");
    // The town's inbox has no staff, and the bot neither Manage Threads nor the intent that exports need.
    for part in ["It has no staff", "Without Manage Threads in", "switch on Message Content Intent"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.ends_with("❌ Does not work: 0 · ⚠️ Risks: 0 · ℹ️ Good to know: 3\n"), "{text}");
    assert!(!text.contains('*'), "{text}");
    names_nobody(&outcome);
    assert_eq!(sim.gateway().identify_count(), identified, "no session is opened");
    let asked = sim.requests_since(mark);
    assert!(asked.iter().all(|request| request.method == "GET") && asked.len() <= 8, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_work_is_told_with_what_follows_and_ends_with_1() {
    let sim = Sim::start().await;
    let (home, town) = with_inbox(&sim, "").await;
    town.channel.set_overwrite(Target::bot(), MANAGE_THREADS, CREATE_PRIVATE_THREADS);

    let outcome = home.run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    let line = outcome.stdout.lines().find(|line| line.contains("Create Private Threads")).unwrap_or_default();
    assert!(line.trim_start().starts_with('❌') && line.contains("no tickets can be opened"), "{}", outcome.stdout);
    outcome.last_line_holds(&["One thing does not work.", "say what to do about each"]);
    names_nobody(&outcome);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_while_the_bot_runs_and_without_the_members_intent() {
    let sim = Sim::builder().members_intent(false).start().await;
    let home = home_with(&sim, "bot.intents.members = false");
    let town = Town::build(&sim);
    let running = start(&sim, &home, &[]).await;
    town.create_inbox().await;

    let outcome = home.run(&["check"]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("I run without the Server Members Intent"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("such tickets stay open until staff archive them"), "{}", outcome.stdout);
    assert_eq!(running.stop().code, Some(0), "the bot itself was not disturbed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_that_discord_does_not_allow_is_told_before_the_bot_fails_to_start() {
    let sim = Sim::builder().members_intent(false).start().await;

    let outcome = home_on(&sim).run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("❌ The configuration requests members"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("`bot.intents.members = false`"), "{}", outcome.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_is_looked_at_and_one_that_the_bot_was_removed_from_is_told() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (first, second) = (Town::build(&sim), Town::build(&sim));
    let running = start(&sim, &home, &[]).await;
    first.create_inbox().await;
    second.create_inbox().await;
    assert_eq!(running.stop().code, Some(0));
    second.channel.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
    first.guild.remove_bot();

    let outcome = home.run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    let gone = format!("Server {}: the bot is no longer in this server", first.guild.id());
    assert!(outcome.stdout.contains(&gone), "{}", outcome.stdout);
    let other = format!("Server {}, one inbox:", second.guild.id());
    assert!(outcome.stdout.contains(&other) && outcome.stdout.contains("View Channel"), "{}", outcome.stdout);
    names_nobody(&outcome);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_be_looked_at_is_no_proof_of_anything_and_ends_with_1() {
    let sim = Sim::start().await;
    let (home, _town) = with_inbox(&sim, "").await;
    sim.fault(discord_sim::Fault::on("GET", "/guilds/{guild}/channels").status(503).always());

    let outcome = home.run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("could not be checked: no usable answer"), "{}", outcome.stdout);
    outcome.last_line_holds(&["Not every server could be checked.", "Check again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_an_earlier_version_is_left_as_it_is() {
    let sim = Sim::start().await;
    let (home, _town) = with_inbox(&sim, "").await;
    let database = home.path(".local/share/ticketbot/ticketbot.db");
    let mut older = SqliteConnectOptions::new().filename(database).connect().await.expect("the bot's database");
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)")
        .execute(&mut older)
        .await
        .expect("the list of migrations");
    let applied = "SELECT count(*) FROM _sqlx_migrations";
    let before: i64 = sqlx::query_scalar(applied).fetch_one(&mut older).await.expect("a count");

    let outcome = home.run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    outcome.last_line_holds(&["is from an earlier version of ticketbot", "Start the bot once"]);
    let after: i64 = sqlx::query_scalar(applied).fetch_one(&mut older).await.expect("a count");
    assert_eq!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_or_missing_token_ends_with_2() {
    let sim = Sim::start().await;
    let wrong = Home::with_config(&format!("bot.token = {TOKEN:?}\ndiscord.api_base = {:?}\n", sim.base_url()));
    wrong.run(&["check"]).is_refused_with(&["Discord refused the bot token"]);

    let none = Home::with_config(&format!("discord.api_base = {:?}\n", sim.base_url()));
    none.run(&["check"]).is_refused_with(&["There is no bot token", "TICKETBOT_TOKEN"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_role_with_the_power_to_manage_the_server_is_no_concern_of_the_bots() {
    let sim = Sim::start().await;
    let (home, town) = with_inbox(&sim, "").await;
    town.guild.role("Heads").permissions(MANAGE_GUILD).create();

    let outcome = home.run(&["check"]);

    assert!(!outcome.stdout.contains("that I do not need"), "{}", outcome.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_keeps_from_working_is_told_and_ends_with_1() {
    let sim = Sim::start().await;
    let (home, _town) = with_inbox(&sim, "").await;
    let portal = serde_json::json!({
        "interactions_endpoint_url": "https://example.org", "bot_require_code_grant": true, "flags": 1 << 15,
    });
    sim.fault(discord_sim::Fault::on("GET", "/applications/@me").answer(200, portal));

    let outcome = home.run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    for words in ["❌ An Interactions Endpoint URL is set", "❌ Requires OAuth2 Code Grant is switched on"] {
        assert!(outcome.stdout.contains(words), "{}", outcome.stdout);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_keeps_from_working_is_logged_at_the_start() {
    let sim = Sim::start().await;
    let application = serde_json::json!({
        "id": sim.application_id().to_string(), "owner": { "id": sim.owner_id().to_string() },
        "interactions_endpoint_url": "https://example.org", "bot_require_code_grant": true,
    });
    sim.fault(discord_sim::Fault::on("GET", "/oauth2/applications/@me").answer(200, application));
    let home = home_on(&sim);

    let outcome = start(&sim, &home, &[]).await.stop();

    for words in ["Interactions Endpoint URL is set", "Requires OAuth2 Code Grant is switched on"] {
        assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_message_of_another_application_is_told() {
    let sim = Sim::start().await;
    let (home, _town) = with_inbox(&sim, "").await;
    let posted = serde_json::json!({ "id": "1", "author": { "id": "4" } });
    sim.fault(discord_sim::Fault::on("GET", "/channels/{id}/messages/{id}").answer(200, posted));

    let outcome = home.run(&["check"]);

    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("posted by another application"), "{}", outcome.stdout);
}
