//! Forms that come back damaged: fields that are missing, doubled, swapped, of another kind or far too long. Each is
//! answered; what the answer says about a ticket is true, and no ticket is lost or made twice.
//!
//! Every run uses a seed, which a failure names. `TICKETBOT_TEST_SEED=7` selects another one.

use std::time::Duration;

use discord_sim::{Filled, Message, Reply, Sim, State, Thread};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::filling::{file, fill, question, text, values, with};
use crate::working::Story;

const FORM: u8 = 5;

/// Damaged forms of one run.
const TRIES: usize = 60;

/// Two forms with a question of every kind, and how they are filled in.
fn forms(bert: u64) -> [Vec<(&'static str, Value, Filled)>; 2] {
    let entries: Vec<Value> = (1..=12).map(|number| json!({ "label": format!("Entry {number}") })).collect();
    let options = |count: usize| json!({ "options": entries[..count] });
    let consent = with(question("consent", "consent"), &json!({ "text": "I agree" }));
    [
        vec![
            ("what", with(question("what", "short"), &json!({ "least": 2 })), text("Help")),
            ("kind", with(question("kind", "one"), &options(3)), text("Entry 2")),
            ("tags", with(question("tags", "several"), &options(12)), values(["Entry 1", "Entry 12"])),
            ("proof", with(question("proof", "file"), &json!({ "most": 3 })), Filled::Files(vec![file("a.png", 5)])),
            ("who", question("who", "member"), Filled::Values(vec![bert.to_string()])),
        ],
        vec![
            ("story", with(question("story", "long"), &json!({ "most": 4000 })), text("It began yesterday.")),
            ("age", with(question("age", "number"), &json!({ "least": 1, "most": 99 })), text("42")),
            ("sure", question("sure", "yes_no"), text("yes")),
            ("consent", consent, values(["I agree"])),
            ("note", with(question("note", "short"), &json!({ "required": false })), text("")),
        ],
    ]
}

/// What stands where something else is expected.
fn odd(dice: &mut Rng) -> Value {
    let all = [
        json!(null),
        json!([]),
        json!({}),
        json!(""),
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!([null, 5, { "type": 18 }]),
        json!({ "type": 99, "component": { "type": 4, "custom_id": "what", "value": "Help" } }),
        json!("\u{202e}@everyone <@1> **x** `".repeat(1_000)),
        json!("\n".repeat(5_000)),
        json!("👩‍👩‍👧‍👦".repeat(700)),
        json!("\u{0}\u{feff}\u{200b}"),
    ];
    all[dice.usize(..all.len())].clone()
}

/// A place in an object, if it is one.
fn set(value: &mut Value, key: &str, new: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(key.to_owned(), new);
    }
}

fn damage(dice: &mut Rng, data: &mut Value) {
    match dice.u8(..10) {
        0 => {
            let new = odd(dice);
            set(data, "components", new);
        }
        1 | 2 => damage_somewhere(dice, &mut data["resolved"]),
        _ => {
            let Some(labels) = data["components"].as_array_mut().filter(|labels| !labels.is_empty()) else { return };
            damage_labels(dice, labels);
        }
    }
}

fn damage_labels(dice: &mut Rng, labels: &mut Vec<Value>) {
    let at = dice.usize(..labels.len());
    match dice.u8(..12) {
        0 => drop(labels.remove(at)),
        1 => {
            let again = vec![labels[at].clone(); dice.usize(1..60)];
            labels.extend(again);
        }
        2 => dice.shuffle(labels),
        3 => labels[at] = odd(dice),
        4 => {
            // The shape of older forms.
            let field = labels[at].get("component").cloned().unwrap_or_default();
            labels[at] = json!({ "type": 1, "components": [field.clone(), field] });
        }
        5 => {
            let other = labels[dice.usize(..labels.len())].pointer("/component/custom_id").cloned();
            if let Some(field) = labels[at].get_mut("component") {
                set(field, "custom_id", other.unwrap_or_default());
            }
        }
        6 => {
            let unknown = (0..dice.usize(1..60))
                .map(|number| json!({ "type": 18, "component": { "type": 4, "custom_id": format!("{number}").repeat(90), "value": "?" } }));
            labels.extend(unknown);
        }
        7 => {
            let new = odd(dice);
            set(&mut labels[at], "component", new);
        }
        _ => {
            if let Some(field) = labels[at].get_mut("component") {
                damage_field(dice, field);
            }
        }
    }
}

fn damage_field(dice: &mut Rng, field: &mut Value) {
    let (new, key) = (odd(dice), ["value", "values", "custom_id", "type"][dice.usize(..4)]);
    match (dice.u8(..5), field.get("values").and_then(Value::as_array).cloned()) {
        (0, Some(values)) => set(field, "values", Value::Array(vec![values; dice.usize(2..100)].concat())),
        (1, Some(mut values)) => {
            values.push(new);
            set(field, "values", Value::Array(values));
        }
        (2, Some(values)) => {
            set(field, "value", values.first().cloned().unwrap_or_default());
            set(field, "values", json!([]));
        }
        (2, None) => {
            let value = field.get("value").cloned().unwrap_or_default();
            set(field, "values", json!([value]));
        }
        _ => set(field, key, new),
    }
}

/// Something in it becomes something else.
fn damage_somewhere(dice: &mut Rng, value: &mut Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() && dice.u8(..6) > 0 => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = &names[dice.usize(..names.len())];
            if dice.u8(..6) == 0 { drop(fields.remove(name)) } else { damage_somewhere(dice, &mut fields[name]) }
        }
        other => *other = odd(dice),
    }
}

/// What a ticket that was opened holds: nothing of it twice.
fn assert_whole(story: &Story<'_>, ticket: &Thread, sent: &str) {
    assert!(ticket.has_member(&story.anna) && !ticket.is_archived(), "{sent}");
    let posts = story.posts(ticket);
    let starters = posts.iter().filter(|post| post.text().contains("thank you for your ticket")).count();
    assert_eq!(starters, 1, "{sent}");
    let lines: Vec<String> = posts.iter().map(Message::text).collect();
    for key in ["what", "kind", "tags", "proof", "who", "story", "age", "sure", "consent", "note"] {
        let heading = format!("**About {key}**");
        let times = lines.iter().flat_map(|text| text.lines()).filter(|line| *line == heading).count();
        assert!(times <= 1, "{heading} stands {times} times in {lines:#?} of {sent}");
    }
    assert!(!posts.iter().any(|post| post.pinged().contains(&story.bert.id())), "an answer notifies: {lines:#?}");
}

async fn assert_answered(story: &Story<'_>, reply: &Reply, tickets: usize, sent: &str) -> usize {
    let reply = reply.finished().await;
    story.settled().await;
    assert_eq!(reply.state(), State::Answered, "{sent}");
    assert!(reply.is_private() && !reply.text().is_empty(), "{sent}: {}", reply.text());
    let threads = story.town.guild.threads();
    let opened = threads.last().filter(|ticket| reply.links_to(ticket));
    assert_eq!(threads.len(), tickets + usize::from(opened.is_some()), "{sent}: {}", reply.text());
    if let Some(ticket) = opened {
        assert_whole(story, ticket, sent);
    }
    let open = story.bot.stored("SELECT count(*) FROM ticket WHERE state = 'open' AND slot IS NOT NULL").await;
    assert_eq!(usize::try_from(open).unwrap(), threads.len(), "{sent}: {}", reply.text());
    threads.len()
}

async fn survive(seed: u64) {
    eprintln!("TICKETBOT_TEST_SEED={seed}");
    let mut dice = Rng::with_seed(seed);
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    let (mut tickets, mut refused) = (0, 0);
    for form in forms(story.bert.id()) {
        let questions: Vec<Value> = form.iter().map(|(_, question, _)| question.clone()).collect();
        let given: Vec<(&str, Filled)> = form.iter().map(|(key, _, given)| (*key, given.clone())).collect();
        story.ask(&questions).await;
        let shown = story.form(&story.anna).await;
        tickets = assert_answered(&story, &fill(&story.anna, &shown, &given).await, tickets, "an honest form").await;
        let sent = sim.gateway().events("INTERACTION_CREATE").pop().filter(|event| event["type"] == FORM).unwrap();
        for _ in 0..TRIES / 2 {
            // No cooldown, and no limit of Discord's, is in the way.
            sim.advance(Duration::from_mins(11));
            let mut told = String::new();
            let reply = sim.gateway().interact_again(&sent, FORM, |json| {
                for _ in 0..=dice.u8(..3) {
                    damage(&mut dice, &mut json["data"]);
                }
                told = json["data"].to_string().chars().take(1_500).collect();
            });
            let before = tickets;
            tickets = assert_answered(&story, &reply, tickets, &told).await;
            refused += usize::from(before == tickets);
        }
    }
    assert!(refused > TRIES / 4 && tickets > 2, "{refused} were refused, {tickets} opened");
    assert!(!story.bot.log().contains("panicked"));
    sim.forgive_gaps();
}

#[tokio::test]
async fn a_damaged_form_is_answered_and_what_is_said_about_a_ticket_is_true() {
    let given = std::env::var("TICKETBOT_TEST_SEED").ok().map(|seed| seed.parse().expect("a number"));
    for seed in given.map_or_else(|| vec![1, 2, 3], |seed| vec![seed]) {
        survive(seed).await;
    }
}

/// Whichever is taken first: one place, one ticket.
#[tokio::test]
async fn of_an_honest_and_a_damaged_form_at_the_same_moment_one_opens_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let [form, _] = forms(story.bert.id());
    let questions: Vec<Value> = form.iter().map(|(_, question, _)| question.clone()).collect();
    let given: Vec<(&str, Filled)> = form.iter().map(|(key, _, given)| (*key, given.clone())).collect();
    story.ask(&questions).await;
    let shown = story.form(&story.anna).await;
    let taken = story.anna.try_begin_submit_filled(&shown, &given).unwrap();
    let sent = sim.gateway().events("INTERACTION_CREATE").pop().unwrap();
    let doubled = sim.gateway().interact_again(&sent, FORM, |json| {
        let labels = json["data"]["components"].as_array_mut().unwrap();
        labels.extend(labels.clone());
    });

    let (taken, doubled) = tokio::join!(taken.finished(), doubled.finished());
    story.settled().await;

    assert_eq!(story.town.guild.threads().len(), 1);
    let ticket = story.town.newest_thread();
    assert_whole(&story, &ticket, "one of two");
    assert!([taken, doubled].iter().any(|reply| reply.links_to(&ticket)));
    assert_eq!(story.bot.states().await, ["open"]);
}
