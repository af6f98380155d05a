//! The place of a ticket: name, priority, what is known of it, and choices while an option is typed.

use std::time::Duration;

use discord_sim::{Actor, Fault, Sim};

use crate::admin::{assert_told, preview};
use crate::support::Town;
use crate::working::{Story, choices};

#[tokio::test]
async fn staff_rename_a_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let rename = |by: &Actor, name: &str| by.slash("ticket rename").string("name", name).at(&ticket).send();

    assert_told(&rename(&story.anna, "Mine").await, "Only the staff");
    assert_told(&rename(&story.mona, "\u{200b} \u{3164}").await, "nothing of this name can be seen");
    assert_told(&rename(&story.mona, "  Broken\u{202e} login ").await, "has a new name");

    assert_eq!(ticket.name(), "Broken login");
    assert_eq!(story.lines(&ticket).await, [format!("{} has renamed this ticket.", story.mona.mention())]);
}

#[tokio::test]
async fn discords_limit_for_names_is_told_at_once_and_holds_up_nothing_else() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    let ticket = story.open().await;
    let limit = Fault::on("PATCH", "/channels/{id}").rate_limited(Duration::from_secs(400), false);
    let limited = sim.fault(limit);
    let rename = || story.mona.slash("ticket rename").string("name", "Other").at(&ticket).send();

    assert_told(&rename().await, "two new names in ten minutes");
    limited.clear();
    let mark = sim.mark();
    assert_told(&rename().await, "two new names in ten minutes");

    assert!(!sim.requests_since(mark).iter().any(|request| request.is("PATCH", "/channels/{id}")), "it is not asked");
    assert!(story.lines(&ticket).await.is_empty());
    story.anna.leave(&ticket);
    story.bot.wait_for_states(&["closed"]).await;
    story.settled().await;
    assert!(ticket.is_archived(), "another limit");
}

#[tokio::test]
async fn a_priority_is_for_the_staff_and_nothing_is_said_in_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let set = |by: &Actor, level: i64| by.slash("ticket priority").integer("level", level).at(&ticket).send();
    let shown = story.bot.stored("SELECT shown FROM ticket").await;

    assert_told(&set(&story.anna, 3).await, "Only the staff");
    assert_told(&set(&story.mona, 3).await, "The priority of this ticket: Urgent.");

    assert_eq!(story.bot.stored_text("SELECT priority FROM ticket").await, "urgent");
    assert_eq!(story.bot.stored("SELECT shown FROM ticket").await, shown + 1);
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn the_owner_and_the_staff_read_what_is_known_of_a_ticket_from_anywhere() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.settled().await;
    story.mona.archive(&ticket);
    story.bot.wait_for_states(&["closed"]).await;
    story.settled().await;

    for reference in ["1", "#1", &ticket.url(), &ticket.mention()] {
        let reply = story.anna.slash("ticket info").string("ticket", reference).send().await;
        assert_told(&reply, &format!("Ticket 1 · {}", ticket.url()));
        let text = preview(&reply);
        for part in ["Closed", &story.anna.mention(), &story.mona.mention(), "Requested: <t:", "Priority: Normal"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
    let staff = story.mick.slash("ticket info").string("ticket", "1").send().await;
    assert_told(&staff, "Ticket 1");
    for reference in ["1", &ticket.url()] {
        let reply = story.bert.slash("ticket info").string("ticket", reference).send().await;
        assert_told(&reply, "Only the staff");
    }
    for reference in ["2", "0", "nonsense", "https://discord.com/channels/1/2"] {
        let reply = story.anna.slash("ticket info").string("ticket", reference).send().await;
        assert_told(&reply, "I do not know this ticket");
    }
}

#[tokio::test]
async fn what_is_planned_for_a_ticket_stands_in_its_info_until_it_has_happened() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    story.set(r#"{"closing":{"visible_hours":24,"delete_days":30}}"#).await;
    let ticket = story.open().await;
    let mona = story.mona.mention();
    let info = async |story: &Story<'_>| preview(&story.anna.slash("ticket info").string("ticket", "1").send().await);
    let within = |hours: u64| {
        let seconds = sim.now_ms() / 1_000 + i64::try_from(hours * 3_600).unwrap();
        // The seconds that the test takes.
        move |text: &str, before: &str| {
            let (_, rest) = text.split_once(&format!("{before}<t:")).unwrap_or_else(|| panic!("{before} in {text}"));
            let at: i64 = rest.split(':').next().unwrap().parse().unwrap();
            assert!((at - seconds).abs() < 3_600, "{at} is not {seconds}: {text}");
        }
    };
    for word in ["closed", "visible", "deleted", "asked"] {
        assert!(!info(&story).await.contains(word), "{}", info(&story).await);
    }

    let asked_until = within(48);
    story.mona.slash("ticket ask-to-close").at(&ticket).send().await;
    story.settled().await;
    let text = info(&story).await;
    assert!(text.contains(&format!("{mona} has asked the owner whether it can be closed\n")), "{text}");
    story.mona.slash("ticket ask-to-close").string("after", "2d").at(&ticket).send().await;
    story.settled().await;
    asked_until(&info(&story).await, "Without an answer it is closed: ");
    let scheduled = within(72);
    story.mona.slash("ticket close").string("in", "3d").at(&ticket).send().await;
    story.settled().await;
    story.bot.restart().await;
    let text = info(&story).await;
    scheduled(&text, "Will be closed: ");
    assert!(text.contains(&format!("as {mona} has set")), "{text}");

    let (visible, deletion) = (within(24), within(30 * 24));
    story.mona.slash("ticket close").at(&ticket).send().await;
    story.bot.wait_for_closed(1).await;
    story.settled().await;
    let text = info(&story).await;
    visible(&text, "Its thread stays visible until ");
    deletion(&text, "Its thread will be deleted: ");
    for word in ["Will be closed", "asked"] {
        assert!(!text.contains(word), "{text}");
    }
    story.set(r#"{"closing":{"delete_days":0}}"#).await;
    assert!(!info(&story).await.contains("deleted"));
}

#[tokio::test]
async fn tickets_of_another_server_do_not_exist_here() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let village = Town::build(&sim);
    let intruder = village.guild.join(&story.mona);

    for reference in ["1", &ticket.url(), &ticket.mention(), &ticket.id().to_string()] {
        let reply = intruder.slash("ticket info").string("ticket", reference).send().await;
        assert_told(&reply, "I do not know this ticket");
        let admin = village.admin.slash("ticket info").string("ticket", reference).send().await;
        assert_told(&admin, "I do not know this ticket");
    }
}

#[tokio::test]
async fn while_a_ticket_is_typed_each_person_is_offered_those_that_they_may_see() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.open_ticket(&story.bert, &story.inbox).await;
    story.settled().await;
    let typing = |by: &Actor, text: &str| choices(by.slash("ticket info").string("ticket", text), "ticket");
    let numbers = |choices: Vec<(String, String)>| choices.into_iter().map(|(_, value)| value).collect::<Vec<_>>();

    let own = typing(&story.anna, "").await;
    assert_eq!(numbers(own.clone()), ["1"]);
    assert!(own[0].0.starts_with("#1 · ") && own[0].0.ends_with("open · yours"), "{own:?}");
    assert_eq!(numbers(typing(&story.mona, "").await), ["2", "1"]);
    assert_eq!(numbers(typing(&story.mona, "#2").await), ["2"]);
    assert_eq!(numbers(typing(&story.town.admin, "").await), ["2", "1"]);
    assert_eq!(numbers(typing(&story.mona, &ticket.url()).await), Vec::<String>::new());
    assert_eq!(numbers(typing(&story.mona, "1' OR 1=1").await), Vec::<String>::new());
    let stranger = story.town.member("stranger");
    assert_eq!(numbers(typing(&stranger, "").await), Vec::<String>::new());
}

#[tokio::test]
async fn for_deletion_closed_tickets_are_offered_to_whoever_may_delete_them() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.open_ticket(&story.bert, &story.inbox).await;
    story.mona.archive(&ticket);
    story.bot.wait_for_states(&["closed", "open"]).await;
    story.settled().await;
    let typing = |by: &Actor| choices(by.slash("ticket delete").string("ticket", ""), "ticket");

    let offered = typing(&story.town.admin).await;

    assert_eq!(offered.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["1"]);
    assert_eq!(typing(&story.anna).await, [], "its owner");
    assert_eq!(typing(&story.mona).await, [], "staff may not delete");
}

#[tokio::test]
async fn the_staff_of_a_ticket_are_offered_the_other_inboxes_to_move_it_to() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.create_inbox().await;
    let typing = |by: &Actor| choices(by.slash("ticket move").string("inbox", "").at(&ticket), "inbox");
    let typed = |text: &str| choices(story.mona.slash("ticket move").string("inbox", text).at(&ticket), "inbox");
    assert_eq!(typed("create").await.len(), 1, "by what its button says");
    assert_eq!(typed("billing").await, []);

    assert_eq!(typing(&story.mona).await, [("Inbox 2 · Create Ticket".to_owned(), "2".to_owned())]);
    assert_eq!(typing(&story.anna).await, []);
}
