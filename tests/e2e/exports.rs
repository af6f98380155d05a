//! A ticket as a file: who gets it, and what is in it. `exports_in_trouble` is about failures.

use discord_sim::{Actor, Draft, Filled, Reply, Sim, Target, Thread, permissions};
use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::admin::assert_told;
use crate::filling::{file as form_file, question, text, with};
use crate::support::{Town, requests_since};
use crate::working::Story;
use crate::working::choices;

/// A world in which the bot reads what members write.
pub async fn readable() -> Sim {
    Sim::builder().content_intent(true).start().await
}

pub fn export(by: &Actor, ticket: &Thread) -> discord_sim::Slash {
    by.slash("ticket export").at(ticket)
}

/// Waits until nothing more follows; returns name and content of each file.
pub async fn files(sim: &Sim, reply: &Reply) -> Vec<(String, Vec<u8>)> {
    sim.wait_until("the end of the export", || !reply.text().contains("I am reading")).await;
    sim.quiet().await;
    let attached = reply.messages().into_iter().flat_map(|message| message.attachments());
    attached.map(|file| (file.filename, file.bytes)).collect()
}

/// The only file, as text.
pub async fn file(sim: &Sim, reply: &Reply) -> String {
    let mut files = files(sim, reply).await;
    assert_eq!(files.len(), 1, "{}", reply.text());
    String::from_utf8(files.remove(0).1).unwrap()
}

pub async fn page(sim: &Sim, reply: &Reply) -> Html {
    let page = Html::parse_document(&file(sim, reply).await);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

pub fn texts(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
}

pub fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).unwrap()).count()
}

#[tokio::test]
async fn staff_get_a_ticket_as_a_page_that_only_they_see() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let asked = story.anna.post(&ticket, "Where is my **key**? <script>alert(1)</script>");
    story.mona.post_with(&ticket, Draft::text("At the bar").reply_to(&asked));
    let picture = vec![0x89, 0x50, 0x4e, 0x47, 1, 2, 3];
    story.anna.post_with(&ticket, Draft::text("This one").file("key.png", picture.clone(), "image/png"));
    story.anna.edit_message(&asked, "Where is my **blue key**?");
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.settled().await;
    let mark = sim.mark();

    let reply = export(&story.mona, &ticket).send().await;
    let page = page(&sim, &reply).await;

    assert!(reply.is_private());
    assert!(reply.text().starts_with("Ticket #1: "), "{}", reply.text());
    assert_eq!(files(&sim, &reply).await[0].0, "ticket-1.html");
    assert_eq!(texts(&page, "h1"), ["Ticket #1 open"]);
    assert_eq!(texts(&page, ".server"), ["Town"]);
    assert_eq!(texts(&page, ".facts dd")[..3], ["anna @anna", "Inbox 1: Create Ticket", "mona @mona"]);
    let said = texts(&page, ".said");
    assert!(said.iter().any(|said| said.starts_with("Where is my blue key?")), "{said:?}");
    assert_eq!(texts(&page, ".said strong"), ["blue key"]);
    assert_eq!(texts(&page, "p.reply")[0], "anna Where is my **blue key**?");
    assert_eq!(count(&page, "article .mark"), 1, "one was edited");
    let source = page.select(&Selector::parse("img").unwrap()).next().unwrap().value().attr("src").unwrap();
    assert_eq!(source, "data:image/png;base64,iVBORwECAw==");
    assert!(texts(&page, ".note").is_empty());
    assert!(texts(&page, ".people li").contains(&"anna 2".to_owned()), "{:?}", texts(&page, ".people li"));
    // Beside the server: thread, intents, one page of messages, three members, the picture; the answer and its change.
    assert_eq!(requests_since(&sim, mark).len(), 9);
    assert!(!story.bot.log().contains("blue key"));
}

#[tokio::test]
async fn without_the_intent_the_page_says_what_it_could_read() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.anna.post(&ticket, "a secret");
    story.anna.post(&ticket, &format!("<@{}> can read this", sim.bot_id()));

    let reply = export(&story.mona, &ticket).send().await;
    let page = page(&sim, &reply).await;

    assert!(texts(&page, ".note")[0].contains("Message Content Intent"), "{:?}", texts(&page, ".note"));
    assert_eq!(texts(&page, ".unread"), ["text that the bot cannot read"]);
    let said = texts(&page, ".text");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("@anna") && said[1].ends_with("can read this"), "{said:?}");
    assert!(reply.text().contains("I cannot read what members write"), "{}", reply.text());
    assert!(texts(&page, ".people li").contains(&"anna 2".to_owned()));
}

#[tokio::test]
async fn the_answers_of_a_form_stand_at_the_top_however_many_messages_they_fill() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let long = "It broke. ".repeat(390);
    story
        .ask(&[
            question("order", "short"),
            with(question("what", "long"), &json!({ "most": 4000 })),
            question("proof", "file"),
        ])
        .await;
    let picture = Filled::Files(vec![form_file("a_1.png", 5)]);
    let ticket = story.open_filled(&[("order", text("<b>4711</b>")), ("what", text(&long)), ("proof", picture)]).await;
    story.anna.post(&ticket, "**Not a question**\n> but a quotation");

    let page = page(&sim, &export(&story.mona, &ticket).send().await).await;

    assert_eq!(texts(&page, ".answers dt"), ["About order", "About what", "About proof"]);
    let answers = texts(&page, ".answers dd");
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!((answers[0].as_str(), answers[2].as_str()), ("<b>4711</b>", "a_1.png"));
    assert_eq!(without_spaces(&answers[1]), without_spaces(&long));
}

#[tokio::test]
async fn programs_get_json_after_the_documented_schema_and_others_plain_text() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let first = story.anna.post_with(&ticket, Draft::text("Hello\nyou").file("a.txt", b"abc".to_vec(), "text/plain"));
    story.mona.post_with(&ticket, Draft::text("\u{1b}[31mred").reply_to(&first).sticker("Wave"));
    let poll = json!({
        "question": { "text": "Better?" }, "answers": [{ "answer_id": 1, "poll_media": { "text": "Yes" } }],
    });
    story.mona.post_with(&ticket, Draft::text("").field("poll", poll));
    let ended = json!([{ "type": "poll_result", "fields": [
        { "name": "poll_question_text", "value": "Better?" }, { "name": "victor_answer_text", "value": "Yes" },
        { "name": "victor_answer_votes", "value": "1" }, { "name": "total_votes", "value": "1" },
    ] }]);
    story.mona.post_with(&ticket, Draft::text("").kind(46).field("embeds", ended));
    let covered = json!([{ "type": 17, "spoiler": true, "components": [{ "type": 10, "content": "Covered" }] }]);
    story.mona.post_with(&ticket, Draft::text("").field("components", covered));
    story.anna.post_with(&ticket, Draft::text("").forward(&first));
    story.mona.slash("ticket rename").string("name", "renamed").at(&ticket).send().await;
    story.settled().await;

    let json = file(&sim, &export(&story.mona, &ticket).integer("format", 1).send().await).await;
    let text = file(&sim, &export(&story.mona, &ticket).integer("format", 2).send().await).await;

    let json: Value = serde_json::from_str(&json).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../docs/export.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(
        (&json["ticket"]["number"], &json["end"], &json["reads_content"]),
        (&1.into(), &"last".into(), &true.into())
    );
    let messages = json["messages"].as_array().unwrap();
    let hello = messages.iter().find(|message| message["text"] == "Hello\nyou").unwrap();
    assert_eq!((&hello["author"]["name"], &hello["attachments"][0]["size"]), (&"anna".into(), &3.into()));
    assert!(messages.iter().any(|message| message["reply_to"]["text"] == "Hello\nyou"));
    assert!(messages.iter().any(|message| message["kind"] == "renamed" && message["text"] == "renamed"));
    let forward = messages.iter().find(|message| message["forwards"][0]["text"] == "Hello\nyou").unwrap();
    assert_eq!(forward["forwards"][0]["at"], hello["at"]);
    assert_eq!(json["ticket"]["inbox_name"], "Create Ticket");

    assert!(text.starts_with("Ticket #1 · renamed\n"), "{text}");
    assert!(text.contains("    Hello\n    you\n    [File: a.txt, 1 kB]\n"), "{text}");
    assert!(text.contains("    > anna: Hello you\n    [31mred\n    [Sticker: Wave]\n"), "{text}");
    assert!(text.contains("    [Forwarded · 20") && text.contains("\nInbox: Inbox 1: Create Ticket\n"), "{text}");
    assert!(text.contains("    [Poll] Better?\n    - Yes\n"), "{text}");
    assert!(text.contains("    [Poll result] Better?\n    - Yes 1 of one vote\n"), "{text}");
    assert!(text.contains("    [Spoiler]\n    Covered\n"), "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[tokio::test]
async fn owners_export_only_what_they_can_read_and_others_nothing() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let elsewhere = |by: &Actor| by.slash("ticket export").string("ticket", "1").at(&story.town.help).send();

    assert_eq!(files(&sim, &export(&story.anna, &ticket).send().await).await.len(), 1);
    assert_eq!(files(&sim, &elsewhere(&story.anna).await).await.len(), 1);
    assert_told(&elsewhere(&story.bert).await, "Only the staff of this inbox may do that");
    story.set(r#"{"work":{"owners_may_export":false}}"#).await;
    assert_told(&elsewhere(&story.anna).await, "only the staff may do that");
    story.set("{}").await;
    story.town.help.set_overwrite(Target::member(&story.anna), 0, permissions::VIEW_CHANNEL);
    let other = story.town.guild.text_channel("other").create();
    let hidden = story.anna.slash("ticket export").string("ticket", "1").at(&other).send().await;
    assert_told(&hidden, "only while you are in its thread and can see its channel");
    story.town.help.clear_overwrite(Target::member(&story.anna));
    story.bot.store("UPDATE ticket SET state = 'closed', slot = NULL, closed_at = $1", 0).await;
    story.anna.leave(&ticket);
    story.settled().await;
    assert_told(&elsewhere(&story.anna).await, "only while you are in its thread and can see its channel");
    assert_eq!(files(&sim, &elsewhere(&story.mona).await).await.len(), 1, "staff always may");
}

#[tokio::test]
async fn an_owner_who_moderates_needs_not_be_in_the_thread() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let mona = story.town.open_ticket(&story.mona, &story.inbox).await;
    story.bot.store("DELETE FROM inbox_staff WHERE inbox_id > $1", 0).await;
    story.mona.leave(&mona);
    story.settled().await;

    let reply = story.mona.slash("ticket export").string("ticket", "1").at(&story.town.help).send().await;

    assert_eq!(files(&sim, &reply).await.len(), 1);
}

#[tokio::test]
async fn without_the_right_to_read_the_history_it_is_refused_with_the_permission() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.help.set_overwrite(Target::Bot, 0, permissions::READ_MESSAGE_HISTORY);

    let reply = export(&story.mona, &ticket).send().await;
    assert!(files(&sim, &reply).await.is_empty());

    assert_eq!(
        reply.text(),
        format!("I cannot read this ticket: I lack **Read Message History** in {}.", story.town.help.mention())
    );
}

#[tokio::test]
async fn a_ticket_whose_thread_is_gone_or_hidden_is_not_exported() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let elsewhere = || story.mona.slash("ticket export").string("ticket", "1").at(&story.town.help).send();
    story.bot.store("UPDATE ticket SET hidden_since = $1", 1).await;
    assert_told(&elsewhere().await, "I cannot see the thread of this ticket in");
    story.bot.store("UPDATE ticket SET hidden_since = NULL WHERE id > $1", 0).await;
    story.town.admin.delete_thread(&ticket);
    story.bot.wait_for("SELECT thread_gone FROM ticket", 1).await;
    assert_told(&elsewhere().await, "no longer exists, and I keep no copies");
}

#[tokio::test]
async fn names_of_channels_are_only_those_that_the_reader_sees() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let secret = story.town.guild.text_channel("secret-plans").deny_everyone(permissions::VIEW_CHANNEL);
    let secret = secret.allow_bot(permissions::VIEW_CHANNEL).create();
    let said = format!("{} {} {}", story.town.help.mention(), secret.mention(), story.town.moderators.mention());
    story.anna.post(&ticket, &said);

    let of_anna = page(&sim, &export(&story.anna, &ticket).send().await).await;
    let of_olga = story.town.guild.owner();
    let of_owner =
        page(&sim, &of_olga.slash("ticket export").string("ticket", "1").at(&story.town.help).send().await).await;

    let mentions = |page: &Html| texts(page, ".text a.mention");
    assert_eq!(mentions(&of_anna), ["#help".to_owned(), format!("#{}", secret.id())]);
    assert_eq!(mentions(&of_owner), ["#help", "#secret-plans"]);
    assert!(texts(&of_anna, ".text .mention").contains(&"@Moderators".to_owned()));
}

#[tokio::test]
async fn a_card_and_suggestions_lead_to_the_export() {
    let sim = readable().await;
    let desk = crate::cards::Desk::set_up(&sim).await;
    desk.open().await;
    let card = desk.cards_in(&desk.channel).remove(0);

    let reply = desk.mona.click(&card, "Export").await;
    assert_eq!(files(&sim, &reply).await[0].0, "ticket-1.html");
    let bert = desk.town.member("bert");
    assert_told(&bert.click(&card, "Export").await, "Only the staff");

    let suggested = |by: &Actor| choices(by.slash("ticket export").string("ticket", "").at(&desk.town.help), "ticket");
    assert_eq!(suggested(&desk.mona).await.len(), 1);
    assert_eq!(suggested(&desk.anna).await.len(), 1);
    assert_eq!(suggested(&bert).await.len(), 0);
}

#[tokio::test]
async fn the_file_is_in_the_language_of_its_reader() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    for (locale, title, zone) in [("de", "Ticket Nr. 1 offen", "in UTC"), ("fr", "Ticket nº 1 ouvert", "en UTC")] {
        story.mona.set_locale(locale);
        let reply = export(&story.mona, &ticket).send().await;
        sim.wait_until("a file", || !reply.message().attachments().is_empty()).await;
        let file = String::from_utf8(reply.message().attachments().remove(0).bytes).unwrap();
        let page = Html::parse_document(&file);
        assert_eq!(texts(&page, "h1"), [title]);
        assert!(texts(&page, ".made")[0].contains(zone), "{:?}", texts(&page, ".made"));
        assert!(file.contains(&format!("<html lang=\"{locale}\">")));
    }
}

#[tokio::test]
async fn an_export_of_another_server_does_not_exist() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let other = Town::build(&sim);
    other.create_inbox().await;

    for named in [ticket.url(), ticket.id().to_string(), "1".to_owned()] {
        let reply = other.admin.slash("ticket export").string("ticket", &named).at(&other.help).send().await;
        assert!(files(&sim, &reply).await.is_empty(), "{named}");
        assert_told(&reply, "I do not know this ticket");
    }
}

#[tokio::test]
async fn times_are_in_the_zone_that_is_asked_for_or_that_of_the_hours_and_also_in_utc() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.anna.post(&ticket, "Hello");
    let first = |page: &Html| {
        let time = page.select(&Selector::parse(".at time").unwrap()).next().unwrap();
        (time.text().collect::<String>(), time.value().attr("title").unwrap().to_owned())
    };

    let utc = page(&sim, &export(&story.mona, &ticket).send().await).await;
    let asked = page(&sim, &export(&story.mona, &ticket).string("zone", "kathmandu").send().await).await;
    story.set(r#"{"hours":{"zone":"Asia/Tokyo"}}"#).await;
    let of_hours = page(&sim, &export(&story.mona, &ticket).send().await).await;
    let text = file(&sim, &export(&story.mona, &ticket).integer("format", 2).send().await).await;

    let minutes = |shown: &str| {
        let (hours, minutes) = shown.split_once(':').unwrap();
        hours.parse::<u32>().unwrap() * 60 + minutes.parse::<u32>().unwrap()
    };
    let ahead = |page: &Html| (minutes(&first(page).0) + 1_440 - minutes(&first(&utc).0)) % 1_440;
    assert_eq!((ahead(&asked), ahead(&of_hours)), (5 * 60 + 45, 9 * 60));
    assert_eq!(first(&asked).1, first(&utc).1, "UTC is there, too");
    assert!(texts(&asked, ".made")[0].contains("Times are in Asia/Kathmandu"), "{:?}", texts(&asked, ".made"));
    assert!(texts(&utc, ".made")[0].contains("All times are in UTC"));
    assert!(text.contains(" UTC)  anna (@anna)") && text.contains("    @anna, thank you"), "{text}");
    assert_told(&export(&story.mona, &ticket).string("zone", "Atlantis").send().await, "I do not know this time zone");
    let typed = export(&story.mona, &ticket).string("zone", "berl");
    assert_eq!(choices(typed, "zone").await, [("Europe/Berlin".to_owned(), "Europe/Berlin".to_owned())]);
}
