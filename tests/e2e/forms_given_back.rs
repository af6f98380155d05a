//! Answers that opened no ticket, or none yet: what is said about the ticket is true, and the answers come back.

use std::time::Duration;

use discord_sim::permissions::{ATTACH_FILES, VIEW_CHANNEL};
use discord_sim::{Fault, Filled, Message, Reply, Sim, Target};
use serde_json::{Value, json};

use crate::admin::assert_told;
use crate::filling::{file, fill, given_back, question, text, values, with};
use crate::support::requests_since;
use crate::town::CREATE_TICKET;
use crate::working::Story;

const THREADS: &str = "/channels/{id}/threads";

fn consent(text: &str) -> Value {
    with(question("rules", "consent"), &json!({ "text": text }))
}

impl Story<'_> {
    /// As an admin does while forms are open.
    async fn change_questions(&self, questions: &[Value]) {
        self.ask(questions).await;
        self.bot.store("UPDATE inbox SET revisions = json_set(revisions, '$.form', $1)", 9).await;
    }

    /// The answers of the first message of the only ticket, once it is open.
    async fn answered_later(&self) -> String {
        self.sim.advance(Duration::from_mins(5));
        self.bot.wait_for_states(&["open"]).await;
        self.settled().await;
        assert_eq!(self.town.guild.threads().len(), 1);
        let ticket = self.town.newest_thread();
        assert!(ticket.has_member(&self.anna));
        self.posts(&ticket)[0].text()
    }
}

/// The ticket may still be opened: nobody says that there is none.
#[track_caller]
fn assert_uncertain(told: &Reply) {
    assert_told(told, "I will keep checking");
    assert!(!told.text().contains("No ticket"), "{}", told.text());
    assert_eq!(given_back(&told.message()), "About name\n\nAnna");
}

#[tokio::test]
async fn while_discord_has_not_confirmed_a_ticket_nobody_says_that_there_is_none() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let form = story.form(&story.anna).await;
    let lost = sim.fault(Fault::on("POST", THREADS).act_then_status(500));
    let blind = sim.fault(Fault::on("GET", "/guilds/{id}/threads/active").status(500).always());

    let told = fill(&story.anna, &form, &[("name", text("Anna"))]).await;
    lost.clear();
    blind.clear();

    assert_uncertain(&told);
    assert!(story.answered_later().await.ends_with("**About name**\n> Anna"));
}

#[tokio::test]
async fn while_the_thread_of_a_ticket_could_not_be_stored_nobody_says_that_there_is_none() {
    const FULL: &str = "CREATE TRIGGER full BEFORE UPDATE OF thread_id ON ticket
        BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END";
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let form = story.form(&story.anna).await;
    story.bot.store(FULL, 0).await;

    let told = fill(&story.anna, &form, &[("name", text("Anna"))]).await;
    story.bot.store("DROP TRIGGER full", 0).await;

    assert_uncertain(&told);
    assert!(story.answered_later().await.ends_with("**About name**\n> Anna"));
}

#[tokio::test]
async fn every_refusal_of_a_form_says_once_that_no_ticket_was_opened() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let questions = [question("age", "number"), with(question("proof", "file"), &json!({ "required": false }))];
    let given = |age: &str, size: usize| {
        let files = if size == 0 { Vec::new() } else { vec![file("a.png", size)] };
        [("age", text(age)), ("proof", Filled::Files(files))]
    };
    let pause = json!({ "form": { "questions": questions }, "pause": { "on": true } }).to_string();
    for trouble in ["wrong", "changed", "large", "gone", "forbidden", "blocked", "paused", "threads"] {
        story.bot.store("UPDATE inbox SET revisions = $1", "{}").await;
        story.ask(&questions).await;
        let form = story.form(&story.anna).await;
        let given = match trouble {
            "wrong" => given("nine", 0),
            "large" => given("9", 11 << 20),
            "gone" | "forbidden" => given("9", 5),
            _ => given("9", 0),
        };
        match trouble {
            "changed" => story.change_questions(&[question("other", "number")]).await,
            "forbidden" => story.town.help.set_overwrite(Target::Bot, 0, ATTACH_FILES),
            "paused" => story.set(&pause).await,
            _ => {}
        }
        let fault = match trouble {
            "gone" => Some(Fault::on("GET", "/attachments/{channel}/{attachment}/{filename}").status(404).always()),
            "blocked" => Some(Fault::on("POST", "/channels/{id}/messages").error(400, 200_000, "Blocked by AutoMod")),
            "threads" => {
                Some(Fault::on("POST", THREADS).error(400, 160_006, "Maximum number of active threads reached"))
            }
            _ => None,
        };
        let fault = fault.map(|fault| sim.fault(fault));

        let refused = fill(&story.anna, &form, &given).await;

        assert_eq!(refused.text().matches("No ticket was opened").count(), 1, "{trouble}: {}", refused.text());
        assert!(refused.text().ends_with("Your answers are in the attached file."), "{trouble}: {}", refused.text());
        assert!(given_back(&refused.message()).starts_with("About age\n\n") || trouble == "changed");
        fault.iter().for_each(discord_sim::FaultHandle::clear);
        story.town.help.clear_overwrite(Target::Bot);
        story.settled().await;
    }
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE slot IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_consent_to_what_was_changed_meanwhile_is_not_recorded_and_is_asked_for_again() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    for changed in [
        consent("I am over 16"),
        with(consent("I am over 13"), &json!({ "label": "New rules" })),
        with(consent("I am over 13"), &json!({ "help": "And my dog is" })),
    ] {
        story.bot.store("UPDATE inbox SET revisions = $1, member_limit = 0", "{}").await;
        story.ask(&[consent("I am over 13")]).await;
        let form = story.form(&story.anna).await;
        story.change_questions(std::slice::from_ref(&changed)).await;
        let tickets = story.town.guild.threads().len();

        let refused = fill(&story.anna, &form, &[("rules", values(["I am over 13"]))]).await;

        assert_told(&refused, "the questions were changed");
        assert_eq!(given_back(&refused.message()), format!("{}\n\nYes", changed["label"].as_str().unwrap()));
        assert_eq!(story.town.guild.threads().len(), tickets);
        story.bot.restart().await;
        let again = story.anna.click(&refused, "Fill in again").await;
        let text = changed["text"].as_str().unwrap();
        let opened = fill(&story.anna, &again, &[("rules", values([text]))]).await;
        assert!(opened.links_to(&story.town.newest_thread()), "{}", opened.text());
        let first = story.posts(&story.town.newest_thread())[0].text();
        assert!(first.ends_with(&format!("> {text}")), "{first}");
        sim.advance(Duration::from_hours(7));
    }
}

#[tokio::test]
async fn a_consent_that_still_stands_is_given_back_as_its_text() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[consent("I agree"), question("age", "number")]).await;
    let form = story.form(&story.anna).await;

    let refused = fill(&story.anna, &form, &[("rules", values(["I agree"])), ("age", text("nine"))]).await;

    assert_eq!(given_back(&refused.message()), "About rules\n\nI agree\n\n\nAbout age\n\nnine");
}

#[tokio::test]
async fn files_that_cannot_be_posted_in_the_tickets_own_channel_are_refused_before_there_is_a_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let room = story.town.desk("room");
    story.town.redirect("1", &room).await;
    story.ask(&[question("proof", "file"), question("name", "short")]).await;
    let given = || [("proof", Filled::Files(vec![file("a.png", 5)])), ("name", text("Anna"))];
    let form = story.form(&story.anna).await;
    room.set_overwrite(Target::Bot, 0, ATTACH_FILES);
    let mark = sim.mark();

    let refused = fill(&story.anna, &form, &given()).await;

    assert_told(&refused, &format!("I may not post files in {}", room.mention()));
    assert!(given_back(&refused.message()).contains("About name\n\nAnna"));
    let fetched = requests_since(&sim, mark).iter().filter(|asked| asked.route.contains("attachments")).count();
    assert_eq!((fetched, story.town.guild.threads().len()), (0, 0));
    // Without an answer of Discord the ticket is opened, and names the files.
    let blind = sim.fault(Fault::on("GET", "/channels/{id}").status(500).always());
    let opened = fill(&story.anna, &form, &given()).await;
    blind.clear();
    let ticket = story.town.newest_thread();
    assert!(opened.links_to(&ticket), "{}", opened.text());
    story.settled().await;
    let texts: Vec<String> = story.posts(&ticket).iter().map(Message::text).collect();
    assert!(texts.iter().any(|text| text.contains("I could not post these files")), "{texts:?}");

    room.clear_overwrite(Target::Bot);
    story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    sim.advance(Duration::from_hours(7));
    fill(&story.anna, &form, &given()).await;
    story.settled().await;
    assert_eq!(story.posts(&story.town.newest_thread())[1].attachments().len(), 1);
}

#[tokio::test]
async fn who_lost_sight_of_the_panel_while_a_form_was_open_elsewhere_gets_no_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let (room, elsewhere) = (story.town.desk("room"), story.town.guild.text_channel("elsewhere").create());
    story.town.redirect("1", &room).await;
    story.ask(&[question("name", "short")]).await;
    let command = async || story.anna.slash("ticket open").string("inbox", "1").at(&elsewhere).send().await;
    let (form, other) = (command().await, command().await);
    let beside = story.anna.click(&story.inbox, CREATE_TICKET).await;
    story.town.help.set_overwrite(Target::member(&story.anna), 0, VIEW_CHANNEL);

    let refused = fill(&story.anna, &form, &[("name", text("Anna"))]).await;

    assert_told(&refused, "I do not know this inbox");
    assert_eq!(given_back(&refused.message()), "About name\n\nAnna");
    assert!(story.town.guild.threads().is_empty());
    story.town.help.clear_overwrite(Target::member(&story.anna));
    let opened = fill(&story.anna, &other, &[("name", text("Anna"))]).await;
    assert!(opened.links_to(&story.town.newest_thread()), "{}", opened.text());
    // Beside a panel whose tickets stay there, nothing more is requested.
    story.town.redirect("1", &story.town.help).await;
    story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    sim.advance(Duration::from_hours(7));
    let mark = sim.mark();
    fill(&story.anna, &beside, &[("name", text("Anna"))]).await;
    story.settled().await;
    assert!(requests_since(&sim, mark).iter().all(|asked| asked.method != "GET"));
}
