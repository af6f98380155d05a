//! Answers to frequent questions, which members can read before they open a ticket.

use discord_sim::{Reply, Sim, Values};
use serde_json::{Value, json};

use crate::admin::{assert_told, preview};
use crate::filling::{fill, question, text};
use crate::support::requests_since;
use crate::town::CREATE_TICKET;
use crate::working::Story;

fn answers() -> Value {
    json!([{ "title": "How do I pay?", "text": "By **card**." }, { "title": "When?", "text": "Soon.\n@everyone" }])
}

impl Story<'_> {
    async fn answer(&self, questions: Value) {
        let settings = json!({ "frequent": { "answers": answers() }, "form": { "questions": questions } });
        self.set(&settings.to_string()).await;
    }

    async fn read(&self) -> Reply {
        let shown = self.anna.click(&self.inbox, CREATE_TICKET).await;
        assert_told(&shown, "Perhaps one of these answers helps you");
        shown
    }
}

#[tokio::test]
async fn a_member_reads_answers_in_place_and_opens_a_ticket_anyway() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.answer(json!([])).await;
    let shown = story.read().await;
    assert!(story.town.guild.threads().is_empty());

    let first = story.anna.select(&shown, "#0", Values::strings(["How do I pay?"])).await;
    assert_eq!((first.message().id(), preview(&first)), (shown.message().id(), "By **card**.".to_owned()));
    let second = story.anna.select(&first, "#0", Values::strings(["1"])).await;
    assert_eq!(preview(&second), "Soon.\n@everyone");
    assert!(second.message().pinged().is_empty());
    let opened = story.anna.click(&second, "Open a ticket anyway").await;

    assert!(opened.links_to(&story.town.newest_thread()), "{}", opened.text());
    let again = story.anna.click(&second, "Open a ticket anyway").await;
    assert_eq!(story.town.guild.threads().len(), 1, "{}", again.text());
}

#[tokio::test]
async fn the_button_leads_to_the_form_of_an_inbox_that_has_one_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.answer(json!([question("name", "short")])).await;
    let shown = story.read().await;
    story.bot.restart().await;
    let form = story.anna.click(&shown, "Open a ticket anyway").await;

    let opened = fill(&story.anna, &form, &[("name", text("Anna"))]).await;

    assert!(opened.links_to(&story.town.newest_thread()), "{}", opened.text());
}

#[tokio::test]
async fn who_may_not_open_a_ticket_is_told_at_once_and_what_was_changed_is_shown_anew() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.answer(json!([])).await;
    let shown = story.read().await;
    story.bot.store("UPDATE inbox SET revisions = $1", r#"{"frequent":1}"#).await;
    let anew = story.anna.select(&shown, "#0", Values::strings(["0"])).await;
    assert_eq!(preview(&anew), "", "the entry may be another one");
    let ticket = story.anna.click(&anew, "Open a ticket anyway").await;

    let refused = story.anna.click(&story.inbox, CREATE_TICKET).await;

    assert!(ticket.links_to(&story.town.newest_thread()) && refused.links_to(&story.town.newest_thread()));
    let of_another =
        story.bert.forge_component(&anew.message(), 2, &anew.buttons()[0].custom_id.clone().unwrap(), json!({})).await;
    assert!(!of_another.text().contains("https"), "{}", of_another.text());
    assert_eq!(story.town.guild.threads().len(), 1);
}

#[tokio::test]
async fn when_the_last_answer_is_removed_meanwhile_the_way_to_the_ticket_stays() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.answer(json!([])).await;
    let shown = story.read().await;
    story.set("{}").await;
    story.bot.store("UPDATE inbox SET revisions = $1", r#"{"frequent":1}"#).await;

    let anew = story.anna.select(&shown, "#0", Values::strings(["0"])).await;
    assert_told(&anew, "The answers that stood here were removed");
    assert_eq!(anew.components().len(), 1, "no menu without entries");
    story.bot.restart().await;
    let opened = story.anna.click(&anew, "Open a ticket anyway").await;

    assert!(opened.links_to(&story.town.newest_thread()), "{}", opened.text());
}

#[tokio::test]
async fn without_answers_a_click_costs_no_more_than_before() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let mark = sim.mark();
    story.open().await;
    assert_eq!(requests_since(&sim, mark).len(), 3);
}

#[tokio::test]
async fn admins_write_answers_on_a_page() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let admin = &story.town.admin;
    let overview = story.town.manage("settings", &story.inbox).await;
    let page = admin.select(&overview, "#0", Values::strings(["frequent"])).await;
    assert!(preview(&page).contains("There are no answers"));

    let form = admin.click(&page, "Add").await;
    let added = admin.submit(&form, &[("label", "How?"), ("help", "Like\n**this**.")]).await;
    assert_told(&added, "Saved.");
    let all = admin.click(&added, "All entries").await;
    let form = admin.click(&all, "Add").await;
    let refused = admin.submit(&form, &[("label", "How?"), ("help", "Again")]).await;
    assert_told(&refused, "another entry has this title");
    let form = admin.click(&refused, "Add").await;
    let second = admin.submit(&form, &[("label", "When?"), ("help", "Soon")]).await;
    let up = admin.click(&second, "Move up").await;
    let asked = admin.click(&up, "Remove").await;
    admin.click(&asked, "Remove it").await;

    let stored = story.bot.stored_text("SELECT settings -> '$.frequent.answers' FROM inbox").await;
    assert_eq!(
        serde_json::from_str::<Value>(&stored).unwrap(),
        json!([{ "title": "How?", "text": "Like\n**this**." }])
    );
}
