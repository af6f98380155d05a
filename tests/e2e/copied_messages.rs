//! What a copied message shows of its source, and what the admin reads about the rest.

use discord_sim::permissions::USE_EXTERNAL_EMOJIS;
use discord_sim::{Draft, Fault, Message, Reply, Sim, Target};
use serde_json::{Value, json};

use crate::admin::preview;
use crate::support::{TestBot, Town};
use crate::town::SELECT;

const PNG: &str = "image/png";

/// Makes an inbox of this message; returns what the admin reads.
async fn create_from(town: &Town, source: &Message) -> Reply {
    town.run_create(&town.help, None).await;
    let done = town.admin.menu(SELECT, source).await;
    assert!(done.is_private() && done.text().contains("is ready"), "{}", done.text());
    done
}

fn poll() -> Value {
    json!({ "question": { "text": "Pizza?" }, "answers": [{ "answer_id": 1, "poll_media": { "text": "Yes" } }] })
}

#[tokio::test]
async fn pictures_of_a_webhooks_embeds_outlive_its_message() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let avatar = format!("{}/avatars/1/a.png", sim.base_url());
    let first = json!({
        "title": "Help", "image": { "url": "attachment://a.png" }, "thumbnail": { "url": "attachment://b.png" },
        "footer": { "text": "us", "icon_url": "attachment://a.png" }, "author": { "name": "us", "icon_url": avatar },
    });
    let second = json!({ "description": "More", "image": { "url": "attachment://b.png" } });
    let draft = Draft::text("").embed(first).embed(second).file("a.png", [1], PNG).file("b.png", [2, 2], PNG);
    let source = town.guild.webhook_post(&town.help, draft);

    let done = create_from(&town, &source).await;
    town.guild.owner().delete_message(&source);

    let inbox = town.inbox_message();
    assert_eq!(preview(&done), "");
    let mut files: Vec<_> = inbox.embedded_files().into_iter().map(|file| (file.url, file.bytes)).collect();
    files.sort();
    files.dedup();
    assert_eq!(files.iter().map(|(_, bytes)| bytes.len()).collect::<Vec<_>>(), [1, 2]);
    let embeds = inbox.embeds();
    for (place, file) in [
        (&embeds[0]["image"]["url"], 0),
        (&embeds[0]["thumbnail"]["url"], 1),
        (&embeds[0]["footer"]["icon_url"], 0),
        (&embeds[1]["image"]["url"], 1),
    ] {
        assert_eq!(*place, files[file].0, "{embeds:?}");
    }
    assert_eq!(embeds[0]["author"]["icon_url"], avatar, "what does not go with the message stays where it is");
}

#[tokio::test]
async fn pictures_of_embeds_count_towards_the_limit_and_one_that_is_gone_is_told() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let embed = json!({ "image": { "url": "attachment://a.png" } });
    let large = Draft::text("").embed(embed.clone()).file("a.png", vec![0_u8; 5_000_001], PNG);
    let large = town.guild.webhook_post(&town.help, large);
    let small = town.guild.webhook_post(&town.help, Draft::text("").embed(embed).file("a.png", [1], PNG));
    town.run_create(&town.help, None).await;

    let too_large = town.admin.menu(SELECT, &large).await;
    let gone = sim.fault(Fault::on("GET", "/attachments/{c}/{a}/{f}").status(404).always());
    let unreachable = town.admin.menu(SELECT, &small).await;
    gone.clear();
    let done = town.admin.menu(SELECT, &small).await;

    assert!(too_large.text().contains("too large"), "{}", too_large.text());
    assert!(unreachable.text().contains("could not be fetched"), "{}", unreachable.text());
    assert!(done.text().contains("is ready"), "{}", done.text());
}

#[tokio::test]
async fn a_spoiler_stays_one_whether_its_name_or_its_flag_says_so() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let draft =
        Draft::text("Look").spoiler("end.png", [1], PNG).file("SPOILER_a.png", [2], PNG).file("b.png", [3], PNG);
    let source = town.admin.post_with(&town.help, draft);

    create_from(&town, &source).await;

    let inbox = town.inbox_message();
    let hidden: Vec<_> = inbox.attachments().into_iter().map(|file| file.filename).collect();
    assert_eq!(hidden, ["SPOILER_end.png", "SPOILER_a.png"]);
    assert_eq!(inbox.embedded_files().len(), 1, "only the picture that is none is shown");
}

#[tokio::test]
async fn whatever_a_copy_leaves_out_is_told_beside_what_it_shows() {
    let button = json!({ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Go", "custom_id": "other" }] });
    let rich = json!({ "title": "Rules" });
    let result = json!({ "type": "poll_result", "fields": [{ "name": "poll_question_text", "value": "Pizza?" }] });
    let alert = json!({ "type": "auto_moderation_message", "fields": [{ "name": "rule_name", "value": "Words" }] });
    let snapshot = json!([{ "message": { "content": "Forwarded words" } }]);
    let table = [
        (Draft::text("Help").sticker("wave"), "Stickers cannot be copied"),
        (Draft::text("Help").field("poll", poll()), "Polls cannot be copied"),
        (Draft::text("Help").embed(result), "Poll results cannot be copied"),
        (Draft::text("Help").field("message_snapshots", snapshot), "The forwarded part"),
        (Draft::text("Help").component(button), "Buttons, menus"),
        (Draft::text("Help").embed(rich), "embeds of that message"),
        (Draft::text("Help").embed(alert), "embeds of that message"),
    ];
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    for (draft, expected) in table {
        let done = create_from(&town, &town.guild.webhook_post(&town.help, draft)).await;

        let told = preview(&done);
        assert!(told.contains(expected) && told.lines().count() == 1, "{expected}: {told}");
        let inbox = town.inbox_message();
        assert_eq!(inbox.embeds()[0]["description"], "Help", "{expected}");
        let shown = inbox.raw().to_string();
        for foreign in ["poll_question_text", "rule_name", "Forwarded words"] {
            assert!(!shown.contains(foreign), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_message_of_nothing_that_can_be_copied_is_refused_whatever_it_is_made_of() {
    let result = json!({ "type": "poll_result", "fields": [{ "name": "total_votes", "value": "3" }] });
    let snapshot = json!([{ "message": { "content": "Forwarded words" } }]);
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    for draft in [
        Draft::text("").sticker("wave"),
        Draft::text("").field("poll", poll()),
        Draft::text("").kind(46).embed(result),
        Draft::text("").field("message_snapshots", snapshot),
        Draft::text("").component(json!({ "type": 10, "content": "Components V2" })).field("flags", json!(1 << 15)),
    ] {
        let source = town.guild.webhook_post(&town.help, draft);
        town.run_create(&town.help, None).await;

        let refused = town.admin.menu(SELECT, &source).await;

        assert!(refused.text().contains("no text, files or embeds"), "{}", refused.text());
    }
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 0);
}

#[tokio::test]
async fn an_inbox_message_as_a_source_gets_its_button_again_and_is_missed_nothing_of() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    let done = create_from(&town, &inbox).await;

    assert_eq!(preview(&done), "");
    assert_eq!(town.inbox_message().embeds()[0]["description"], "Do you need help?");
}

#[tokio::test]
async fn a_voice_message_is_copied_as_the_file_that_it_is() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let draft = Draft::text("").file("voice-message.ogg", [1, 2], "audio/ogg").field("flags", json!(1 << 13));
    let source = town.admin.post_with(&town.help, draft);

    let done = create_from(&town, &source).await;

    assert_eq!(preview(&done), "");
    let files = town.inbox_message().attachments();
    assert_eq!((files[0].filename.as_str(), files[0].bytes.len()), ("voice-message.ogg", 2));
}

#[tokio::test]
async fn emoji_of_other_servers_are_told_where_the_bot_may_not_use_them() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let (own, foreign) = (town.guild.emoji("ours"), sim.guild("Elsewhere").create().emoji("theirs"));
    let with_own = town.admin.post(&town.help, &format!("Hello {own}"));
    let with_both = town.admin.post(&town.help, &format!("Hello {own} {foreign}"));
    assert_eq!(preview(&create_from(&town, &with_both).await), "", "it may use them");
    town.help.set_overwrite(Target::bot(), 0, USE_EXTERNAL_EMOJIS);

    let untold = create_from(&town, &with_own).await;
    let told = create_from(&town, &with_both).await;
    let inbox = town.inbox_message();
    town.manage("message", &inbox).await;
    let told_again = town.select(&with_both).await;

    assert_eq!(preview(&untold), "");
    for reply in [told, told_again] {
        let text = preview(&reply);
        assert!(text.contains("**Use External Emoji**") && text.contains(&town.help.mention()), "{text}");
    }
    assert_eq!(town.inbox_message().embeds()[0]["description"], format!("Hello {own} :theirs:"));
}
