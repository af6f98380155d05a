//! Forms that are filled in before a ticket is opened: every kind of question, what stands in the ticket, what is given
//! back, and that the rules hold before and after.

use std::time::Duration;

use discord_sim::permissions::ATTACH_FILES;
use discord_sim::{Fault, Filled, Message, Sim, Target};
use serde_json::{Value, json};

use crate::admin::assert_told;
use crate::filling::{begin_fill, file, fill, given_back, question, text, values, with};
use crate::support::requests_since;
use crate::town::CREATE_TICKET;
use crate::working::Story;

const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
const FORM: u8 = 5;

fn options(count: usize) -> Value {
    json!({ "options": (1..=count).map(|number| json!({ "label": format!("Entry {number}") })).collect::<Vec<_>>() })
}

#[tokio::test]
async fn each_kind_of_question_is_asked_and_its_answer_stands_in_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let cases: [(Value, Filled, &str); 11] = [
        (question("q", "short"), text("Anna's <@&1> order"), "> Anna's \\<@\u{200b}&1\\> order"),
        (question("q", "long"), text("one\n\n**two** https://x.y"), "> one\n> \n> \\*\\*two\\*\\* https\\://x\\.y"),
        (question("q", "number"), text("0042"), "> 0042"),
        (with(question("q", "one"), &options(3)), text("Entry 2"), "> Entry 2"),
        (with(question("q", "one"), &options(25)), values(["Entry 25"]), "> Entry 25"),
        (with(question("q", "several"), &options(10)), values(["Entry 3", "Entry 1"]), "> Entry 1\n> Entry 3"),
        (with(question("q", "several"), &options(25)), values(["Entry 20", "Entry 3"]), "> Entry 3\n> Entry 20"),
        (question("q", "yes_no"), text("yes"), "> Yes"),
        (with(question("q", "consent"), &json!({ "text": "I agree" })), values(["I agree"]), "> I agree"),
        (question("q", "member"), Filled::Values(vec![story.bert.id().to_string()]), "> <@"),
        (question("q", "file"), Filled::Files(vec![file("a.png", 5)]), ""),
    ];
    for (question, given, shown) in cases {
        story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
        story.ask(std::slice::from_ref(&question)).await;

        let title = story.form(&story.anna).await.modal().unwrap().title;
        assert_eq!(title, CREATE_TICKET, "what the button says");
        let ticket = story.open_filled(&[("q", given)]).await;

        let posts = story.posts(&ticket);
        let first = &posts[0];
        let expected = if shown.is_empty() { String::new() } else { format!("\n\n**About q**\n{shown}") };
        assert!(first.text().contains(&expected), "{question}: {}", first.text());
        assert_eq!(first.buttons().len(), 1, "the button stays on the first message");
        assert!(!first.pinged().contains(&story.bert.id()) && !ticket.has_member(&story.bert), "{question}");
        if question["kind"] == "file" {
            assert_eq!(posts.len(), 2);
            assert_eq!(
                (posts[1].text().as_str(), posts[1].attachments()[0].filename.as_str()),
                ("**About q**", "a.png")
            );
        } else {
            assert_eq!(posts.len(), 1);
        }
        sim.advance(Duration::from_hours(7));
    }
}

#[tokio::test]
async fn a_ticket_with_a_form_costs_four_requests_in_all() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("name", "short"), question("what", "long")]).await;
    let mark = sim.mark();

    story.open_filled(&[("name", text("Anna")), ("what", text("Help"))]).await;

    let routes: Vec<String> =
        requests_since(&sim, mark).iter().map(|asked| format!("{} {}", asked.method, asked.route)).collect();
    let (thread, message) = ("POST /channels/{channel}/threads", "POST /channels/{channel}/messages");
    assert_eq!(routes, [CALLBACK, thread, message, CALLBACK]);
}

#[tokio::test]
async fn answers_are_placeholders_of_name_and_first_message() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let settings = json!({
        "form": { "questions": [question("order", "short"), with(question("note", "short"), &json!({ "required": false }))] },
        "beginning": { "ticket_name": "$form_order $form_note$counter", "starter": "$author: *$form_order* ${form_note}! $form_other" },
    });
    story.set(&settings.to_string()).await;

    let ticket = story.open_filled(&[("order", text("**A7** $author")), ("note", text(""))]).await;

    assert_eq!(ticket.name(), "**A7** $author 0001");
    let first = story.posts(&ticket)[0].text();
    let greeting = format!("{}: *\\*\\*A7\\*\\* $author* ! $form_other", story.anna.mention());
    assert_eq!(first, format!("{greeting}\n\n**About order**\n> \\*\\*A7\\*\\* $author"));
}

#[tokio::test]
async fn long_answers_go_on_in_further_messages_without_a_word_lost() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let long = with(question("long", "long"), &json!({ "most": 4000 }));
    story.ask(&[long, question("end", "short")]).await;
    let words = (0..440).map(|number| format!("*{number:05}@ ")).collect::<Vec<_>>().concat();

    let ticket = story.open_filled(&[("long", text(&words)), ("end", text("The end"))]).await;

    let posts = story.posts(&ticket);
    assert!(posts.len() > 2);
    let quoted: String = posts
        .iter()
        .flat_map(|post| post.text().split('\n').map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|line| line.strip_prefix("> ").map(str::to_owned))
        .collect();
    let read = quoted.replace(['\\', '\u{200b}', ' '], "");
    assert_eq!(read, words.replace(' ', "") + "Theend");
    assert!(posts[1..].iter().all(|post| post.buttons().is_empty() && post.pinged().is_empty()));
}

#[tokio::test]
async fn who_may_not_open_a_ticket_sees_no_form_and_the_rules_are_asked_again_afterwards() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let (one, two) = (story.form(&story.anna).await, story.form(&story.anna).await);

    let first = begin_fill(&story.anna, &one, &[("name", text("First"))]);
    let second = begin_fill(&story.anna, &two, &[("name", text("Second"))]);
    let (first, second) = tokio::join!(first.finished(), second.finished());
    story.settled().await;

    let ticket = story.town.newest_thread();
    assert_eq!(story.town.guild.threads().len(), 1, "one limit, one ticket");
    let refused = [&first, &second]
        .into_iter()
        .find(|reply| !reply.links_to(&ticket) || reply.text().contains("attached file"))
        .unwrap();
    assert!(["About name\n\nFirst", "About name\n\nSecond"].contains(&given_back(&refused.message()).as_str()));
    let third = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(third.modal().is_none() && third.links_to(&ticket), "{}", third.text());
}

#[tokio::test]
async fn a_form_that_is_cancelled_or_refused_spends_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("age", "number")]).await;
    story.form(&story.anna).await;
    let form = story.form(&story.anna).await;

    let refused = fill(&story.anna, &form, &[("age", text("nine"))]).await;

    assert_told(&refused, "**About age** must be a whole number");
    assert_eq!(given_back(&refused.message()), "About age\n\nnine");
    assert_eq!(story.bot.stored("SELECT count(*) + (SELECT ticket_counter FROM guild) FROM ticket").await, 0);
    let again = story.anna.click(&refused, "Fill in again").await;
    let opened = fill(&story.anna, &again, &[("age", text("9"))]).await;
    assert!(opened.links_to(&story.town.newest_thread()), "{}", opened.text());
}

#[tokio::test]
async fn a_form_may_be_open_for_hours_and_through_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let form = story.form(&story.anna).await;

    sim.advance(Duration::from_hours(5));
    story.bot.restart().await;

    let reply = fill(&story.anna, &form, &[("name", text("Anna"))]).await;
    assert!(reply.links_to(&story.town.newest_thread()), "{}", reply.text());
}

#[tokio::test]
async fn a_form_is_taken_after_a_change_if_its_questions_still_stand() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    let questions = [question("name", "short"), with(question("kind", "one"), &options(3))];
    let change = async |questions: &[Value]| {
        story.ask(questions).await;
        story.bot.store("UPDATE inbox SET revisions = json_set(revisions, '$.form', $1)", 9).await;
    };
    let given = [("name", text("Anna")), ("kind", text("Entry 3"))];

    story.ask(&questions).await;
    let form = story.form(&story.anna).await;
    change(&[with(questions[1].clone(), &json!({ "label": "Which?" })), questions[0].clone()]).await;
    let taken = fill(&story.anna, &form, &given).await;
    assert!(taken.links_to(&story.town.newest_thread()), "{}", taken.text());
    let first = story.posts(&story.town.newest_thread())[0].text();
    assert!(first.ends_with("**Which?**\n> Entry 3\n**About name**\n> Anna"), "{first}");

    for changed in [
        vec![questions[0].clone()],
        vec![questions[0].clone(), with(question("kind", "one"), &options(2))],
        vec![questions[0].clone(), questions[1].clone(), question("new", "short")],
        Vec::new(),
    ] {
        sim.advance(Duration::from_hours(7));
        story.bot.store("UPDATE inbox SET revisions = $1", "{}").await;
        story.ask(&questions).await;
        let form = story.form(&story.anna).await;
        change(&changed).await;

        let refused = fill(&story.anna, &form, &given).await;

        assert_told(&refused, "the questions were changed");
        let text = given_back(&refused.message());
        assert!(text.contains("Anna") && text.contains("Entry 3"), "{text}");
    }
    assert_eq!(story.town.guild.threads().len(), 1);
}

#[tokio::test]
async fn a_form_of_an_inbox_that_was_deleted_is_given_back() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let form = story.form(&story.anna).await;
    story.town.delete_inbox(&story.inbox).await;

    let refused = fill(&story.anna, &form, &[("name", text("Anna"))]).await;

    assert_told(&refused, "I no longer know this inbox");
    assert_eq!(given_back(&refused.message()), "name\n\nAnna");
    assert!(story.town.guild.threads().is_empty());
}

#[tokio::test]
async fn what_no_client_would_send_opens_no_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let consent = with(question("consent", "consent"), &json!({ "text": "I agree" }));
    story.ask(&[with(question("kind", "one"), &options(3)), consent]).await;
    let other = crate::town::Town::build(&sim);
    let form = story.form(&story.anna).await;
    fill(&story.anna, &form, &[("kind", text("Entry 1")), ("consent", values(["I agree"]))]).await;
    let sent =
        sim.gateway().events("INTERACTION_CREATE").into_iter().rev().find(|event| event["type"] == FORM).unwrap();
    let tickets = story.town.guild.threads().len();
    story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    sim.advance(Duration::from_hours(7));

    let forgeries: [fn(&mut Value, u64, u64); 7] = [
        |json, _, _| json["data"]["components"][1]["component"]["values"] = json!([]),
        |json, _, _| drop(json["data"]["components"].as_array_mut().unwrap().pop()),
        |json, _, _| json["data"]["components"][0]["component"]["value"] = json!("Entry 9"),
        |json, _, _| json["data"]["components"][0]["component"]["value"] = json!(true),
        |json, _, _| json["data"]["components"][0]["component"]["custom_id"] = json!("other"),
        |json, guild, _| json["guild_id"] = json!(guild.to_string()),
        |json, _, user| json["member"]["user"]["id"] = json!(user.to_string()),
    ];
    for (number, forge) in forgeries.into_iter().enumerate() {
        let (guild, user) = (other.guild.id(), story.bert.id());
        let reply = sim.gateway().interact_again(&sent, FORM, |json| forge(json, guild, user)).finished().await;
        story.settled().await;
        assert!(!reply.text().is_empty(), "{number} was not answered");
        assert_eq!(story.town.guild.threads().len(), tickets, "{number}: {}", reply.text());
    }
    let honest = sim.gateway().interact_again(&sent, FORM, |_| ()).finished().await;
    assert!(honest.links_to(&story.town.newest_thread()), "{}", honest.text());
}

#[tokio::test]
async fn files_are_posted_again_and_one_that_cannot_be_is_refused_before_there_is_a_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[with(question("proof", "file"), &json!({ "most": 10 })), question("name", "short")]).await;
    let given = |files: Vec<(String, String, Vec<u8>)>| [("proof", Filled::Files(files)), ("name", text("Anna"))];
    let form = story.form(&story.anna).await;

    let too_large = fill(&story.anna, &form, &given(vec![file("large.png", 11 << 20)])).await;
    assert_told(&too_large, "large\\.png has 11.6 MB. I can post files of at most 10.4 MB here");
    assert!(given_back(&too_large.message()).contains("About name\n\nAnna"));
    let many = (0..3).map(|number| file(&format!("{number}.png"), 9 << 20)).collect();
    let together = fill(&story.anna, &form, &given(many)).await;
    assert_told(&together, "together. I can post at most 25.0 MB");
    let gone = sim.fault(Fault::on("GET", "/attachments/{channel}/{attachment}/{filename}").status(404).always());
    let vanished = fill(&story.anna, &form, &given(vec![file("a.png", 5)])).await;
    assert_told(&vanished, "fetch the file a\\.png any more");
    gone.clear();
    story.town.help.set_overwrite(Target::Bot, 0, ATTACH_FILES);
    let forbidden = fill(&story.anna, &form, &given(vec![file("a.png", 5)])).await;
    assert_told(&forbidden, "I lack **Attach Files** there");
    story.town.help.set_overwrite(Target::Bot, ATTACH_FILES, 0);
    assert!(story.town.guild.threads().is_empty());

    let ten = (0..10).map(|number| file(&format!("{number}.png"), 100_000)).collect();
    let ticket = story.open_filled(&given(ten)).await;
    let posts = story.posts(&ticket);
    assert_eq!((posts.len(), posts[1].attachments().len(), posts[1].text().as_str()), (2, 10, "**About proof**"));
    assert_eq!(posts[1].attachments()[3].bytes.len(), 100_000);
    assert!(posts[0].text().ends_with("**About name**\n> Anna"));
}

#[tokio::test]
async fn files_that_discord_refuses_are_named_in_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("proof", "file")]).await;
    let fault = Fault::on("POST", "/channels/{id}/messages").skip(1).error(413, 40005, "Request entity too large");
    let refused = sim.fault(fault);

    let ticket = story.open_filled(&[("proof", Filled::Files(vec![file("a_b.png", 5)]))]).await;

    drop(refused);
    let posts = story.posts(&ticket);
    assert_eq!(
        posts[1].text(),
        "**About proof**\n> a\\_b\\.png\nI could not post these files. Please post them here yourself."
    );
    assert_eq!(story.bot.states().await, ["open"]);
}

#[tokio::test]
async fn answers_that_automod_refuses_open_no_ticket_and_are_given_back() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let form = story.form(&story.anna).await;
    let _blocked = sim.fault(Fault::on("POST", "/channels/{id}/messages").error(400, 200_000, "Blocked by AutoMod"));

    let refused = fill(&story.anna, &form, &[("name", text("a bad word"))]).await;
    story.settled().await;

    assert_told(&refused, "AutoMod of this server does not let me post your answers");
    assert_eq!(given_back(&refused.message()), "About name\n\na bad word");
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE slot IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_kill_while_a_ticket_with_a_form_is_opened_loses_no_answer() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let long = with(question("long", "long"), &json!({ "most": 4000 }));
    story.ask(&[long, question("proof", "file")]).await;
    let form = story.form(&story.anna).await;
    let words = "word ".repeat(700);
    // The second message with answers is posted, and nobody knows.
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").skip(1).hold_answer());
    begin_fill(&story.anna, &form, &[("long", text(&words)), ("proof", Filled::Files(vec![file("a.png", 5)]))]);
    sim.wait_until("the second message", || held.waiting() == 1).await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM step WHERE sealed IS NOT NULL").await, 1);

    story.bot.kill().await;
    held.clear();
    sim.advance(Duration::from_mins(10));
    let gone = sim.fault(Fault::on("GET", "/attachments/{channel}/{attachment}/{filename}").status(404).always());
    story.bot.boot().await;
    story.bot.wait_for_states(&["open"]).await;
    story.settled().await;
    drop(gone);

    let posts = story.posts(&story.town.newest_thread());
    let quoted: String = posts.iter().map(Message::text).filter(|text| text.contains("word")).collect();
    assert_eq!(quoted.matches("word").count(), 700, "{}", posts.len());
    let last = posts.last().unwrap();
    assert_eq!(
        last.text(),
        "**About proof**\n> a\\.png\nI could not post these files. Please post them here yourself."
    );
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0, "nothing of the answers is kept");
}
