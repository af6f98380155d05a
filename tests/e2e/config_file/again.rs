//! Files that are applied again: later, from another system, after something that they name has gone, and to many panels.

use std::time::Duration;

use discord_sim::{Draft, Fault, Sim};
use ticketbot::domain::clock::Timestamp;

use super::{APPLY, edited, export, import, panels_in, with_cooldown};
use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::SELECT;

const READS: &str = "/channels/{id}/messages/{id}";

#[tokio::test]
async fn an_unchanged_file_changes_nothing_on_another_day_and_from_another_system() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = with_cooldown(&town, 60).await;
    let text =
        edited(&text, "style = \"buttons\"\ntext = \"\"\n", "style = \"buttons\"\ntext = \"\"\"\nNeed\nhelp?\"\"\"\n");
    let text = edited(&text, "#starter = ", "starter = \"\"\"\nHello,\n\nplease wait.\"\"\"\n#starter = ");
    let ends = Timestamp::from_millis(sim.clock().now_ms() + 3_600_000).to_rfc3339();
    let block = format!("\n[[block]]\nmember = \"member {}\"\nends = {ends}\n", town.member("anna").id());
    let shown = import(&town.admin, &town, &format!("{text}{block}")).await;
    assert_told(&town.admin.click(&shown, APPLY).await, "Done");
    bot.settled().await;

    let exported = export(&town.admin, &town).await;
    assert!(exported.contains("ends = "), "{exported}");
    for passed in [Duration::ZERO, Duration::from_mins(59), Duration::from_mins(2), Duration::from_hours(48)] {
        sim.advance(passed);
        for text in [exported.clone(), exported.replace('\n', "\r\n")] {
            let again = import(&town.admin, &town, &text).await;
            assert_told(&again, "Nothing would change.");
            assert!(again.embeds().is_empty(), "{}", preview(&again));
        }
    }
}

#[tokio::test]
async fn the_texts_of_many_panels_are_compared_and_the_numbers_of_all_that_is_new_are_told() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = |number: usize| {
        format!(
            "[[panel]]\nname = \"p{number}\"\nchannel = \"#help\"\ntext = \"Text {number}.\"\n\
             [[inbox]]\non_panel = \"p{number}\"\nopening.destination = \"#help\"\n"
        )
    };
    let many: String = (1..=51).map(panel).collect();
    let shown =
        import(&town.admin, &town, &format!("format = 1\n[server]\nid = \"{}\"\n{many}", town.guild.id())).await;

    let done = town.admin.click(&shown, APPLY).await;

    assert_told(&done, "Done: the file is applied");
    sim.wait_until("the file beside the answer", || done.messages().len() == 2).await;
    let beside = done.messages().pop().unwrap();
    assert!(beside.is_private() && beside.text().contains("`/inbox export`"), "{}", beside.text());
    let [file] = &beside.attachments()[..] else { panic!("not one file: {}", beside.text()) };
    assert_eq!(file.filename, "numbers.txt");
    let numbers = String::from_utf8(file.bytes.clone()).unwrap();
    assert_eq!(numbers.lines().count(), 102, "{numbers}");
    for line in ["The new panel in line 4 has the number 1;", "The new inbox in line 358 has the number 51;"] {
        assert!(numbers.contains(line), "{line}: {numbers}");
    }
    bot.wait_for("SELECT count(*) FROM panel WHERE message_id IS NULL", 0).await;
    assert_eq!(panels_in(&town).len(), 51);
    let text = export(&town.admin, &town).await;
    assert_eq!(text.matches("\ntext = \"Text ").count(), 51, "{text}");
    assert_told(&import(&town.admin, &town, &text).await, "Nothing would change.");
    let changed = import(&town.admin, &town, &edited(&text, "Text 50.", "Another text.")).await;
    let change = "**Panel 50** in #help";
    assert!(preview(&changed).starts_with(change), "{}", preview(&changed));
    assert_eq!(preview(&changed).matches("**Panel ").count(), 1, "{}", preview(&changed));
}

#[tokio::test]
async fn a_text_that_cannot_be_compared_is_refused_and_not_written_again() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = with_cooldown(&town, 60).await;
    let unreadable = sim.fault(Fault::on("GET", READS).status(503).always());

    let refused = import(&town.admin, &town, &text).await;

    assert_told(&refused, "The file cannot be used; nothing was changed.");
    assert!(
        preview(&refused).contains("`panel.text`: I could not read the message of this panel"),
        "{}",
        preview(&refused)
    );
    unreadable.clear();
    assert_told(&import(&town.admin, &town, &text).await, "Nothing would change.");
    // A message that is gone shows nothing that could differ.
    town.guild.owner().delete_message(&town.inbox_message());
    sim.quiet().await;
    assert_told(&import(&town.admin, &town, &text).await, "Nothing would change.");
}

/// A town in which tickets begin with a copied message, and its file.
async fn with_picture(town: &Town) -> String {
    let inbox = town.create_inbox().await;
    let page = town.manage("new-tickets embeds", &inbox).await;
    assert_told(&town.admin.click(&page, "Use a message…").await, SELECT);
    let embed = serde_json::json!({ "title": "Welcome", "image": { "url": "attachment://banner.png" } });
    let draft = Draft::text("").embed(embed).file("banner.png", [1, 2, 3], "image/png");
    assert_told(&town.select(&town.guild.webhook_post(&town.help, draft)).await, "Saved.");
    export(&town.admin, town).await
}

#[tokio::test]
async fn a_file_names_pictures_of_first_messages_only_while_their_contents_are_here() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = with_picture(&town).await;
    assert!(text.contains("[[inbox.message.files]]\nname = \"banner.png\"\n"), "{text}");
    assert_told(&import(&town.admin, &town, &text).await, "Nothing would change.");
    let without = edited(
        &text,
        "[[inbox.message.files]]\nname = \"banner.png\"\n",
        "[[inbox.message.files]]\nname = \"other.png\"\n",
    );
    let renamed = import(&town.admin, &town, &without).await;
    assert!(preview(&renamed).contains("+ message.files: { name = \"other.png\""), "{}", preview(&renamed));

    let page = town.manage("new-tickets embeds", &town.inbox_message()).await;
    let asked = town.admin.click(&page, "Remove…").await;
    town.admin.click(&asked, "Yes, remove it").await;
    assert_eq!(bot.stored("SELECT count(*) FROM template_file").await, 0);

    // The button of an answer from before.
    let late = town.admin.click(&renamed, APPLY).await;
    let old = import(&town.admin, &town, &text).await;
    let line = 1 + text.lines().position(|line| line == "[[inbox.message.files]]").unwrap();
    for (refused, name) in [(late, "other.png"), (old, "banner.png")] {
        let problem = format!("Line {line}, `inbox.message.files`: I do not have the content of the file {name}");
        assert!(preview(&refused).contains(&problem), "{problem}: {} {}", refused.text(), preview(&refused));
    }
    assert_eq!(bot.stored("SELECT coalesce(json_array_length(settings, '$.message.files'), 0) FROM inbox").await, 0);
}

#[tokio::test]
async fn in_another_server_pictures_of_first_messages_are_left_out_and_named() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let text = with_picture(&town).await;

    let shown = import(&village.admin, &village, &text).await;

    let left_out = "**Files of panels and first messages that are not taken over**\n```diff\n  banner.png\n```";
    assert!(preview(&shown).contains(left_out), "{}", preview(&shown));
    assert!(!preview(&shown).contains("message.files"), "{}", preview(&shown));
    let values = discord_sim::Values::strings(["0", "1"]);
    let confirmed = village.admin.select(&shown, "#0", values).await;
    assert_told(&village.admin.click(&confirmed, APPLY).await, "Done");
    sim.wait_until("its panel to be posted", || !panels_in(&village).is_empty()).await;
    bot.settled().await;
    let thread = village.open_ticket(&village.member("anna"), &panels_in(&village)[0]).await;
    let first = thread.messages().into_iter().find(|message| message.kind() == 0).expect("a first message");
    assert_eq!(first.embeds()[0]["title"], "Welcome");
    assert!(first.attachments().is_empty() && first.embeds()[0]["image"].is_null(), "{:?}", first.embeds());
}
