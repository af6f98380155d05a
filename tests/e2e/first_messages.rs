//! First messages of tickets that show more than text: embeds, pictures and files, copied from a message.

use discord_sim::permissions::{ATTACH_FILES, EMBED_LINKS, MANAGE_GUILD};
use discord_sim::{Draft, Fault, Message, Reply, Sim, Target, Thread};
use serde_json::{Value, json};

use crate::admin::{assert_told, preview};
use crate::filling::{question, text};
use crate::support::{TestBot, requests_since};
use crate::town::SELECT;
use crate::working::Story;

const PNG: &str = "image/png";
const POSTS: &str = "/channels/{id}/messages";
const FILES: &str = "SELECT count(*) FROM template_file";

/// A message like a welcome: an embed with a picture, and a file beside it.
fn welcome() -> Draft {
    let embed = json!({
        "title": "Welcome $author", "description": "Hello $author, $staff will help.\nAbout: $form_order",
        "footer": { "text": "For $author" }, "image": { "url": "attachment://banner.png" },
        "fields": [{ "name": "Order", "value": "$form_order", "inline": true }],
    });
    Draft::text("").embed(embed).file("banner.png", [1, 2, 3], PNG).file("rules.pdf", [4; 10], "application/pdf")
}

impl Story<'_> {
    /// The page of what stands below the text.
    async fn below(&self) -> Reply {
        self.town.manage("new-tickets embeds", &self.inbox).await
    }

    /// Copies a message; returns what the admin reads.
    async fn copy(&self, source: &Message) -> Reply {
        let page = self.below().await;
        let prompt = self.town.admin.click(&page, "Use a message…").await;
        assert_told(&prompt, SELECT);
        self.town.select(source).await
    }

    async fn copy_welcome(&self) -> Reply {
        let source = self.town.guild.webhook_post(&self.town.help, welcome());
        let saved = self.copy(&source).await;
        assert_told(&saved, "Saved.");
        saved
    }

    fn first_post(&self, ticket: &Thread) -> Message {
        self.posts(ticket).into_iter().next().expect("a first message")
    }
}

fn names(message: &Message) -> Vec<String> {
    message.attachments().into_iter().map(|file| file.filename).collect()
}

fn texts(embed: &Value) -> [String; 4] {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    [
        text(&embed["title"]),
        text(&embed["description"]),
        text(&embed["footer"]["text"]),
        text(&embed["fields"][0]["value"]),
    ]
}

#[tokio::test]
async fn every_ticket_begins_with_the_copied_message_also_after_it_was_deleted_and_for_three_requests() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let source = story.town.guild.webhook_post(&story.town.help, welcome());
    let saved = story.copy(&source).await;
    story.town.guild.owner().delete_message(&source);
    let mark = sim.mark();

    let ticket = story.open().await;

    assert_told(&saved, "Saved.");
    assert!(preview(&saved).contains("rules\\.pdf"), "{}", preview(&saved));
    let routes: Vec<String> = requests_since(&sim, mark).iter().map(|sent| sent.route.clone()).collect();
    assert_eq!(routes.len(), 3, "{routes:?}");
    let first = story.first_post(&ticket);
    assert!(first.text().contains("thank you for your ticket"), "{}", first.text());
    let embeds = first.embeds();
    let (anna, staff) = (story.anna.mention(), story.town.moderators.mention());
    assert_eq!(
        texts(&embeds[0]),
        [
            "Welcome anna".to_owned(),
            format!("Hello {anna}, {staff} will help.\nAbout: $form_order"),
            "For anna".to_owned(),
            "$form_order".to_owned(),
        ]
    );
    assert_eq!(names(&first), ["rules.pdf"]);
    assert_eq!(first.embedded_files()[0].bytes, [1, 2, 3]);
    assert_eq!(first.buttons().len(), 1);
    assert_eq!(first.mentioned_users(), [story.anna.id()], "as without it");
}

#[tokio::test]
async fn a_text_becomes_an_embed_and_pictures_a_gallery_as_on_a_panel() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let draft = Draft::text("Read **this**, $author.").file("a.png", [1], PNG).file("b.png", [2], PNG);
    story.copy(&story.town.admin.post_with(&story.town.help, draft)).await;

    let first = story.first_post(&story.open().await);

    assert_eq!(first.embeds()[0]["description"], format!("Read **this**, {}.", story.anna.mention()));
    assert_eq!(first.embedded_files().len(), 2);
}

#[tokio::test]
async fn answers_of_a_form_stand_in_embeds_literally() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.copy_welcome().await;
    story
        .bot
        .store(
            "UPDATE inbox SET settings = json_set(settings, '$.form', json($1))",
            json!({ "questions": [question("order", "short")] }).to_string().as_str(),
        )
        .await;

    let ticket = story.open_filled(&[("order", text("*A7* @everyone $author"))]).await;

    let [_, description, _, field] = texts(&story.first_post(&ticket).embeds()[0]);
    assert!(description.ends_with("About: \\*A7\\* @\u{200b}everyone $author"), "{description}");
    assert_eq!(field, "\\*A7\\* @\u{200b}everyone $author");
    assert!(story.first_post(&ticket).text().contains("> \\*A7\\*"), "the answer stands below the text, too");
}

#[tokio::test]
async fn the_preview_shows_an_admin_how_their_own_ticket_would_begin() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let plain = story.town.admin.click(&story.below().await, "Preview").await;
    let saved = story.copy_welcome().await;

    let shown = story.town.admin.click(&saved, "Preview").await;

    assert!(plain.text().contains("thank you for your ticket") && plain.embeds().is_empty(), "{}", plain.text());
    let message = shown.messages().pop().expect("a preview");
    assert!(message.is_private(), "{}", shown.text());
    assert!(message.text().contains(&story.town.admin.mention()), "{}", message.text());
    assert_eq!(message.embeds()[0]["title"], "Welcome olga");
    assert_eq!(names(&message), ["rules.pdf"]);
    assert!(story.town.guild.threads().is_empty());
    let page = story.town.manage("settings", &story.inbox).await;
    let page = story.town.admin.select(&page, "#0", discord_sim::Values::strings(["beginning"])).await;
    assert!(preview(&page).contains("Below the text stand Embeds: 1, Files: 2"), "{}", preview(&page));
}

#[tokio::test]
async fn without_embed_links_a_ticket_begins_with_its_text_and_the_admin_reads_it_at_once_and_in_the_check() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.help.set_overwrite(Target::bot(), 0, EMBED_LINKS | ATTACH_FILES);

    let saved = story.copy_welcome().await;
    let first = story.first_post(&story.open().await);
    let check = story.town.admin.slash("inbox check").send().await;

    let lacks = "I lack **Embed Links**, **Attach Files**: new tickets begin without";
    assert_told(&saved, lacks);
    assert!(check.text().contains(lacks) || preview(&check).contains(lacks), "{}{}", check.text(), preview(&check));
    assert!(first.text().contains("thank you for your ticket"), "{}", first.text());
    assert!(first.embeds().is_empty() && first.attachments().is_empty());
    assert_eq!(first.buttons().len(), 1);
}

#[tokio::test]
async fn what_discord_refuses_below_the_text_costs_nobody_their_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.copy_welcome().await;
    for (status, code) in [(400, 50035), (403, 200_000), (413, 40005)] {
        story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
        let refused = sim.fault(Fault::on("POST", POSTS).error(status, code, "No").times(1));

        let first = story.first_post(&story.open().await);

        assert_eq!(refused.hits(), 1, "{code}");
        assert!(first.text().contains("thank you for your ticket") && first.embeds().is_empty(), "{code}");
        sim.advance(std::time::Duration::from_mins(2));
    }
}

#[tokio::test]
async fn files_that_are_gone_are_left_out_with_their_pictures_and_the_check_says_so() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.copy_welcome().await;
    story.bot.store("DELETE FROM template_file WHERE length(content) = $1", 3).await;

    let first = story.first_post(&story.open().await);
    let check = story.town.admin.slash("inbox check").send().await;

    assert_eq!(names(&first), ["rules.pdf"]);
    assert_eq!(first.embeds()[0]["title"], "Welcome anna");
    assert!(first.embeds()[0].get("image").is_none_or(Value::is_null), "{:?}", first.embeds());
    let said = check.text() + &preview(&check);
    assert!(said.contains("A file of the first message is missing here"), "{said}");
}

#[tokio::test]
async fn it_is_removed_after_asking_with_its_files_and_a_page_from_before_changes_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let admin = &story.town.admin;
    let page = story.copy_welcome().await;
    let asked = admin.click(&page, "Remove…").await;
    let kept = admin.click(&asked, "No").await;
    let asked = admin.click(&kept, "Remove…").await;
    let other = story.copy(&story.town.admin.post(&story.town.help, "Another")).await;

    let stale = admin.click(&asked, "Yes, remove it").await;
    assert_told(&other, "Saved.");
    assert_told(&stale, "somebody changed these settings");
    assert_eq!(story.bot.stored(FILES).await, 0, "those of the copy before are gone");
    let asked = admin.click(&stale, "Remove…").await;
    let removed = admin.click(&asked, "Yes, remove it").await;

    assert_told(&removed, "Removed.");
    let first = story.first_post(&story.open().await);
    assert!(first.embeds().is_empty());
}

#[tokio::test]
async fn an_inbox_that_is_made_like_another_has_the_same_and_keeps_it_when_the_other_is_deleted() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.copy_welcome().await;
    let command = story.town.admin.slash("inbox create").channel("channel", &story.town.help).string("like", "1");
    command.send().await;
    story.town.select(&story.town.admin.post(&story.town.help, "The second")).await;
    let second = story.town.inbox_message();
    assert_eq!(story.bot.stored(FILES).await, 2, "both share them");

    story.town.delete_inbox(&story.inbox).await;

    let ticket = story.town.open_ticket(&story.anna, &second).await;
    assert_eq!(names(&story.first_post(&ticket)), ["rules.pdf"]);
    story.town.delete_inbox(&second).await;
    assert_eq!(story.bot.stored(FILES).await, 0);
}

#[tokio::test]
async fn all_files_of_a_servers_first_messages_have_a_limit_together() {
    let sim = Sim::start().await;
    let mut bot = TestBot::configured(&sim, "[bot.inbox]\nmax_attachment_size = 10\n");
    bot.boot().await;
    let town = crate::support::Town::build(&sim);
    town.create_inbox().await;
    for number in 2..=5 {
        town.add_inbox("1", &format!("Kind {number}")).await;
    }
    for (number, expected) in [("1", "Saved."), ("2", "Saved."), ("3", "Saved."), ("4", "Saved."), ("5", "Not saved")] {
        let draft = Draft::text("Hello").file("a.bin", number.repeat(10).into_bytes(), "application/octet-stream");
        let source = town.admin.post_with(&town.help, draft);
        let page = town.manage_named("new-tickets embeds", number).await;
        town.admin.click(&page, "Use a message…").await;
        assert_told(&town.select(&source).await, expected);
    }
    assert_eq!(bot.stored(FILES).await, 4);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox WHERE settings -> '$.message' IS NOT NULL").await, 4);
}

#[tokio::test]
async fn a_kill_between_thread_and_first_message_loses_nothing_of_it() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.copy_welcome().await;
    let held = sim.fault(Fault::on("POST", POSTS).hold());
    let click = story.anna.begin_click(&story.inbox, crate::town::CREATE_TICKET);
    sim.wait_until("the first message to be on its way", || held.waiting() == 1).await;
    story.bot.wait_for("SELECT promised FROM ticket", 1).await;

    story.bot.kill().await;
    held.clear();
    story.bot.boot().await;
    story.settled().await;

    drop(click);
    let ticket = story.town.newest_thread();
    let first = story.first_post(&ticket);
    assert_eq!(first.embeds()[0]["title"], "Welcome anna", "the name is asked for again");
    assert_eq!(names(&first), ["rules.pdf"]);
    assert_eq!(story.posts(&ticket).len(), 1);
}

#[tokio::test]
async fn the_step_survives_a_restart_and_of_two_copies_at_once_the_last_one_stands_whole() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let source = story.town.guild.webhook_post(&story.town.help, welcome());
    let page = story.below().await;
    story.town.admin.click(&page, "Use a message…").await;
    story.bot.restart().await;
    let managers = story.town.guild.role("More managers").permissions(MANAGE_GUILD).create();
    let second = story.town.guild.member("otto").role(&managers).create();
    let page = second.slash("inbox new-tickets embeds").string("inbox", "1").send().await;
    second.click(&page, "Use a message…").await;
    let other = Draft::text("Other").file("other.bin", [9; 4], "application/octet-stream");
    let other = story.town.admin.post_with(&story.town.help, other);

    let (first, last) = (story.town.admin.begin_menu(SELECT, &source), second.begin_menu(SELECT, &other));
    let (first, last) = (first.finished().await, last.finished().await);

    assert_told(&first, "Saved.");
    assert_told(&last, "Saved.");
    let post = story.first_post(&story.open().await);
    let is_first = post.embeds()[0]["title"] == "Welcome anna";
    assert_eq!(names(&post), if is_first { vec!["rules.pdf"] } else { vec!["other.bin"] });
    assert_eq!(story.bot.stored(FILES).await, if is_first { 2 } else { 1 });
}
