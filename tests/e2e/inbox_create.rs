//! `/inbox create` and *Select this message*: every check, every kind of message, and every failure.

use std::time::Duration;

use discord_sim::permissions::{
    ATTACH_FILES, CREATE_PRIVATE_THREADS, EMBED_LINKS, MANAGE_THREADS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
};
use discord_sim::{Draft, Fault, Message, Sim, Target};
use serde_json::json;

use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

const PNG: &str = "image/png";

/// Runs the command and selects `message`; returns what the admin reads.
async fn create_from(town: &Town, message: &Message) -> String {
    let prompt = town.run_create(&town.help, None).await;
    assert!(prompt.text().contains(SELECT), "{}", prompt.text());
    town.admin.menu(SELECT, message).await.text()
}

#[tokio::test]
async fn an_admin_posts_an_inbox_in_two_private_steps() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let bert = town.member("bert");
    let text = town.admin.post(&town.help, "Do **you** need help?");
    let before = bert.messages(&town.help).len();

    let prompt = town.run_create(&town.help, None).await;
    let done = town.admin.menu(SELECT, &text).await;

    let inbox = town.inbox_message();
    assert!(prompt.is_private() && done.is_private());
    assert!(done.links_to_message(&inbox), "{}", done.text());
    assert_eq!(inbox.text(), "");
    assert_eq!(inbox.embeds().len(), 1);
    assert_eq!(inbox.embeds()[0]["description"], "Do **you** need help?");
    let button = &inbox.buttons()[0];
    assert_eq!((button.label.as_str(), button.custom_id.as_deref()), (CREATE_TICKET, Some("create-ticket")));
    assert_eq!(bert.messages(&town.help).len(), before + 1);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn members_are_not_offered_the_commands() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let anna = town.member("anna");
    let text = anna.post(&town.help, "Hello");

    assert!(anna.slash("inbox create").channel("channel", &town.help).try_send().await.is_err());
    assert!(anna.try_menu(SELECT, &text).await.is_err());
}

#[tokio::test]
async fn for_tickets_only_channels_with_private_threads_are_offered_and_for_a_panel_also_announcements() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let others = [
        town.guild.announcement_channel("news").create(),
        town.guild.voice_channel("voice").create(),
        town.guild.forum_channel("forum").create(),
        town.guild.category("category").create(),
    ];

    for other in &others {
        let as_channel = town.admin.slash("inbox create").channel("channel", other).try_send().await;
        let command = town.admin.slash("inbox create").channel("channel", &town.help);
        let as_destination = command.channel("destination", other).try_send().await;

        assert_eq!(as_channel.is_ok(), other.name() == "news", "{}", other.name());
        assert!(as_destination.is_err(), "{}", other.name());
    }
}

#[tokio::test]
async fn everything_the_bot_lacks_is_named_as_the_client_names_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let table = [
        (SEND_MESSAGES, "**Send Messages**"),
        (EMBED_LINKS, "**Embed Links**"),
        (ATTACH_FILES, "**Attach Files**"),
        (CREATE_PRIVATE_THREADS, "**Create Private Threads**"),
        (SEND_MESSAGES_IN_THREADS, "**Send Messages in Threads**"),
    ];

    for (bit, name) in table {
        town.help.set_overwrite(Target::bot(), 0, bit);
        let refused = town.run_create(&town.help, None).await;
        assert!(refused.text().contains(name) && refused.links_to(&town.help), "{name}: {}", refused.text());
        assert!(!refused.text().contains(SELECT));
    }
    town.help.set_overwrite(Target::bot(), 0, SEND_MESSAGES | EMBED_LINKS);
    tickets.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS);
    let both = town.run_create(&town.help, Some(&tickets)).await;
    town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
    let hidden = town.run_create(&town.help, None).await;

    for name in ["Send Messages**", "Embed Links", "Create Private Threads", "Send Messages in Threads"] {
        assert!(both.text().contains(name), "{}", both.text());
    }
    assert!(both.links_to(&town.help) && both.links_to(&tickets), "{}", both.text());
    assert!(hidden.text().contains("**View Channel**") && hidden.links_to(&town.help), "{}", hidden.text());
    assert_eq!(bot.stored("SELECT count(*) FROM pending_selection").await, 0);
}

#[tokio::test]
async fn a_destination_needs_only_what_tickets_need_and_an_inbox_channel_what_inboxes_need() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.help.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS);
    let tickets = town.guild.text_channel("tickets").deny_bot(SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES).create();
    let inbox = town.create_inbox_to(&tickets).await;
    let anna = town.member("anna");

    let thread = town.open_ticket(&anna, &inbox).await;

    assert_eq!(thread.parent_id(), tickets.id());
}

#[tokio::test]
async fn permissions_lost_between_the_steps_are_noticed_and_the_step_can_be_repeated() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = town.admin.post(&town.help, "Help!");
    town.run_create(&town.help, None).await;
    town.help.set_overwrite(Target::bot(), 0, SEND_MESSAGES);

    let refused = town.admin.menu(SELECT, &text).await;
    town.help.clear_overwrite(Target::bot());
    let done = town.admin.menu(SELECT, &text).await;

    assert!(refused.text().contains("**Send Messages**"), "{}", refused.text());
    assert!(done.text().contains("is ready"), "{}", done.text());
}

#[tokio::test]
async fn a_channel_deleted_between_the_steps_is_told() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let text = town.admin.post(&town.help, "Help!");
    town.run_create(&town.help, Some(&tickets)).await;
    tickets.delete();

    let refused = town.admin.menu(SELECT, &text).await;

    assert!(refused.text().contains("no longer exists"), "{}", refused.text());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 0);
}

#[tokio::test]
async fn a_selection_without_a_command_or_too_late_is_answered_differently() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = town.admin.post(&town.help, "Help!");

    let nothing = town.admin.menu(SELECT, &text).await;
    town.run_create(&town.help, None).await;
    sim.advance(Duration::from_mins(3));
    let late = town.admin.menu(SELECT, &text).await;
    town.run_create(&town.help, None).await;
    sim.advance(Duration::from_secs(175));
    let in_time = town.admin.menu(SELECT, &text).await;
    let used_up = town.admin.menu(SELECT, &text).await;

    assert!(nothing.text().contains("No command is waiting for a message"), "{}", nothing.text());
    assert!(late.text().contains("Too much time has passed"), "{}", late.text());
    assert!(in_time.text().contains("is ready"), "{}", in_time.text());
    assert!(used_up.text().contains("No command is waiting for a message"), "{}", used_up.text());
}

#[tokio::test]
async fn the_newest_command_wins_and_each_admin_has_a_step_of_their_own() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let other_channel = town.guild.text_channel("other").create();
    let other_admin = town.guild.owner();
    let text = town.admin.post(&town.help, "Help!");

    town.run_create(&town.help, None).await;
    town.run_create(&other_channel, None).await;
    let of_another = other_admin.menu(SELECT, &text).await;
    let done = town.admin.menu(SELECT, &text).await;

    assert!(of_another.text().contains("No command is waiting for a message"), "{}", of_another.text());
    assert!(done.text().contains("is ready"), "{}", done.text());
    assert_eq!(other_channel.messages().iter().filter(|message| !message.buttons().is_empty()).count(), 1);
}

#[tokio::test]
async fn two_selections_of_one_step_make_one_inbox() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = town.admin.post(&town.help, "Help!");
    town.run_create(&town.help, None).await;

    let first = town.admin.begin_menu(SELECT, &text);
    let second = town.admin.begin_menu(SELECT, &text);
    let answers = [first.finished().await.text(), second.finished().await.text()];

    assert_eq!(answers.iter().filter(|text| text.contains("is ready")).count(), 1, "{answers:?}");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn a_step_survives_a_restart_and_a_crash_of_the_bot() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let text = town.admin.post(&town.help, "Help!");

    for crash in [false, true] {
        town.run_create(&town.help, None).await;
        if crash {
            bot.kill().await;
            bot.boot().await;
        } else {
            bot.restart().await;
        }
        let done = town.admin.menu(SELECT, &text).await;

        assert!(done.text().contains("is ready"), "{}", done.text());
    }
}

#[tokio::test]
async fn staff_are_those_with_an_explicit_manage_threads_and_never_the_bot_or_everybody() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let (carl, dora, anna) = (town.member("carl"), town.member("dora"), town.member("anna"));
    let tickets = town.guild.text_channel("tickets").allow_everyone(MANAGE_THREADS).allow_bot(MANAGE_THREADS);
    let tickets =
        tickets.allow_role(&town.guild.bot_role(), MANAGE_THREADS).allow_role(&town.moderators, MANAGE_THREADS);
    let tickets = tickets.allow_member(&carl, MANAGE_THREADS).deny_member(&dora, MANAGE_THREADS).create();

    let inbox = town.create_inbox_to(&tickets).await;
    let thread = town.open_ticket(&anna, &inbox).await;

    let starter = thread.messages().into_iter().find(|message| message.kind() == 0).unwrap();
    assert_eq!(starter.mentioned_roles(), [town.moderators.id()]);
    assert_eq!(starter.pinged(), [anna.id(), carl.id()].into());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 2);
}

#[tokio::test]
async fn an_inbox_without_staff_says_so() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.help.clear_overwrite(Target::role(&town.moderators));
    let text = town.admin.post(&town.help, "Help!");

    let answer = create_from(&town, &text).await;

    assert!(answer.contains("is ready") && answer.contains("no staff will be mentioned"), "{answer}");
}

#[tokio::test]
async fn images_become_a_gallery_and_other_files_are_attached_again() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let draft = Draft::text("Rules").file("a.png", [1_u8; 10], PNG).file("b c.png", [2_u8; 20], PNG);
    let text = town.admin.post_with(&town.help, draft.file("rules.pdf", [3_u8; 30], "application/pdf"));

    let answer = create_from(&town, &text).await;

    assert!(answer.contains("is ready"), "{answer}");
    let inbox = town.inbox_message();
    assert_eq!(inbox.embeds().len(), 2);
    assert_eq!(inbox.embeds()[0]["description"], "Rules");
    assert_eq!(inbox.embeds()[0]["url"], inbox.embeds()[1]["url"]);
    let shown: Vec<_> = inbox.embedded_files().into_iter().map(|file| file.bytes).collect();
    assert_eq!(shown, [vec![1; 10], vec![2; 20]]);
    let attached: Vec<_> = inbox.attachments().into_iter().map(|file| (file.filename, file.bytes)).collect();
    assert_eq!(attached, [("rules.pdf".to_owned(), vec![3; 30])]);
}

#[tokio::test]
async fn a_webhooks_embeds_are_copied_whole() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let embed = json!({
        "title": "Support", "description": "Text", "color": 0x00_ff_00, "url": "https://example.org/",
        "footer": { "text": "Foot" }, "author": { "name": "Author" },
        "fields": [{ "name": "A", "value": "B", "inline": true }]
    });
    let second = json!({ "title": "Second" });
    let source = town.guild.webhook_post(&town.help, Draft::text("").embed(embed.clone()).embed(second));

    let answer = create_from(&town, &source).await;

    assert!(answer.contains("is ready"), "{answer}");
    let copies = town.inbox_message().embeds();
    assert_eq!(copies.len(), 2);
    for (key, value) in embed.as_object().unwrap() {
        assert_eq!(&copies[0][key], value, "{key}");
    }
}

#[tokio::test]
async fn a_crash_while_a_message_is_being_used_leaves_the_step_to_be_done_again() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.run_create(&town.help, None).await;
    let text = town.admin.post(&town.help, "Do you need help?");
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold());
    let _unanswered = town.admin.begin_menu(SELECT, &text);
    sim.wait_until("the inbox to be on its way", || held.waiting() == 1).await;

    bot.kill().await;
    held.clear();
    bot.boot().await;
    let reply = town.admin.menu(SELECT, &text).await;

    assert!(reply.text().contains("Your inbox is ready"), "{}", reply.text());
    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn a_message_that_is_selected_twice_at_once_is_used_once() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.run_create(&town.help, None).await;
    let text = town.admin.post(&town.help, "Do you need help?");

    let both = [town.admin.begin_menu(SELECT, &text), town.admin.begin_menu(SELECT, &text)];
    for reply in both {
        reply.finished().await;
    }

    assert_eq!(bot.stored("SELECT count(*) FROM inbox").await, 1);
}
