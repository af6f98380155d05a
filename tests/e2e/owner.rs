//! Text commands of the bot's owners.

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Actor, Channel, Fault, Guild, Sim};

use crate::support::TestBot;

struct Place {
    guild: Guild,
    general: Channel,
    owner: Actor,
}

fn place(sim: &Sim) -> Place {
    let guild = sim.guild("Town").create();
    let general = guild.text_channel("general").create();
    let owner = sim.owner_in(&guild);
    Place { guild, general, owner }
}

/// Sends a message that mentions the bot, and waits for the bot's next message in the channel.
async fn ask(sim: &Sim, asker: &Actor, channel: &Channel, text: &str) -> String {
    let before = channel.messages().len();
    asker.post(channel, &format!("<@{}> {text}", sim.bot_id()));
    sim.wait_until("the bot answers", || channel.messages().len() > before + 1).await;
    let answer = channel.messages().pop().unwrap();
    assert!(answer.pinged().is_empty(), "an answer pings nobody");
    answer.text()
}

#[tokio::test]
async fn the_owner_can_register_the_commands_again_for_all_servers() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let place = place(&sim);
    let before = sim.mark();

    let answer = ask(&sim, &place.owner, &place.general, "sync").await;

    assert!(answer.contains("registered for all servers"), "{answer}");
    let put = |request: &discord_sim::Request| request.is("PUT", "/applications/{id}/commands");
    assert_eq!(sim.requests_since(before).iter().filter(|request| put(request)).count(), 1);
}

#[tokio::test]
async fn the_owner_can_register_the_commands_for_one_server_at_once() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let place = place(&sim);

    let answer = ask(&sim, &place.owner, &place.general, "sync guild").await;

    assert!(answer.contains("registered for this server"), "{answer}");
    assert_eq!(place.guild.commands().len(), sim.commands().len());
}

#[tokio::test]
async fn a_team_member_who_may_manage_the_application_counts_as_an_owner() {
    let sim = Sim::builder().team(true).start().await;
    let guild = sim.guild("Town").create();
    let general = guild.text_channel("general").create();
    let developer = sim.team_member(&guild, "dev", "developer");
    let _bot = TestBot::start(&sim).await;

    let answer = ask(&sim, &developer, &general, "sync").await;

    assert!(answer.contains("registered for all servers"), "{answer}");
}

#[tokio::test]
async fn nobody_else_is_answered() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let place = place(&sim);
    let anna = place.guild.member("anna").create();
    let before = sim.mark();

    for text in ["sync", "sync guild", "reload-config", "hello", ""] {
        anna.post(&place.general, &format!("<@{}> {text}", sim.bot_id()));
    }
    // The owner's command comes last: once it is answered, the others have been read.
    let answer = ask(&sim, &place.owner, &place.general, "reload-config").await;

    assert!(answer.contains("reloaded"), "{answer}");
    assert_eq!(sim.requests_since(before).len(), 1, "{}", sim.transcript());
}

#[tokio::test]
async fn a_broken_configuration_changes_nothing_and_says_so_without_naming_files() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let place = place(&sim);
    std::fs::write(bot.home().join("config.toml"), "bot.inbox.max_attachment_size = \"many\"\n").unwrap();

    let answer = ask(&sim, &place.owner, &place.general, "reload-config").await;

    assert!(answer.contains("could not be reloaded"), "{answer}");
    assert!(!answer.contains('/'), "{answer}");
}

#[tokio::test]
async fn the_commands_work_where_the_bot_may_not_answer() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let place = place(&sim);
    let quiet = place.guild.text_channel("quiet").deny_bot(discord_sim::permissions::SEND_MESSAGES).create();
    assert!(place.owner.permissions_in(&quiet) & VIEW_CHANNEL != 0);

    place.owner.post(&quiet, &format!("<@{}> sync guild", sim.bot_id()));

    sim.wait_until("the commands are there", || place.guild.commands().len() == sim.commands().len()).await;
}

#[tokio::test]
async fn where_the_bot_may_not_read_the_history_the_owner_is_answered_without_a_reference() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let place = place(&sim);
    let refers = |request: &discord_sim::Request| request.body["message_reference"].is_object();
    let refused = Fault::on("POST", "/channels/{id}/messages").only_if(refers).always();
    let no = "Cannot reply without permission to read message history";
    let refused = sim.fault(refused.error(403, 160_002, no));

    let answer = ask(&sim, &place.owner, &place.general, "sync guild").await;

    assert!(answer.contains("registered for this server"), "{answer}");
    assert_eq!(refused.hits(), 1);
}
