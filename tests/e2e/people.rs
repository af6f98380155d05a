//! Who is in a ticket: members and roles are added, members are removed.

use discord_sim::permissions::{MENTION_EVERYONE, VIEW_CHANNEL};
use discord_sim::{Actor, Sim, Target};

use crate::admin::assert_told;
use crate::support::requests_since;
use crate::working::Story;

const OWNERS_MAY_ADD: &str = r#"{"work":{"owners_may_add":true}}"#;

#[tokio::test]
async fn staff_add_a_member_who_reads_along_from_then_on() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;

    let reply = story.mona.slash("ticket add").user("member", &story.bert).at(&ticket).send().await;

    assert_told(&reply, &format!("{} is in this ticket now.", story.bert.mention()));
    assert!(ticket.has_member(&story.bert) && story.bert.sees(&ticket));
    let line = format!("{} has added {}.", story.mona.mention(), story.bert.mention());
    assert_eq!(story.lines(&ticket).await, [line]);
    assert!(!story.last_post(&ticket).await.pinged().contains(&story.bert.id()), "Discord has told them already");
}

#[tokio::test]
async fn who_cannot_see_the_channel_is_not_added_and_the_asker_is_told() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.help.set_overwrite(Target::member(&story.bert), 0, VIEW_CHANNEL);
    let gone = story.town.member("gone");
    gone.leave_guild();

    for person in [&story.bert, &gone] {
        let reply = story.mona.slash("ticket add").user("member", person).at(&ticket).send().await;

        assert_told(&reply, "cannot see the channel of this ticket");
        assert!(!ticket.has_member(person));
    }
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn owners_add_members_where_the_inbox_lets_them_and_nobody_else_does() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let carl = story.town.member("carl");
    let add = |by: &Actor| by.slash("ticket add").user("member", &carl).at(&ticket).send();
    story.mona.slash("ticket add").user("member", &story.bert).at(&ticket).send().await;

    assert_told(&add(&story.anna).await, "only the staff may do that");
    assert_told(&add(&story.bert).await, "Only the staff");
    assert!(!ticket.has_member(&carl));

    story.set(OWNERS_MAY_ADD).await;
    assert_told(&add(&story.bert).await, "Only the staff");
    assert_told(&add(&story.anna).await, "is in this ticket now");
    assert!(ticket.has_member(&carl));
}

#[tokio::test]
async fn one_thing_is_added_at_a_time() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;

    let reply = story.mona.slash("ticket add").at(&ticket).send().await;

    assert_told(&reply, "either a member or a role");
}

#[tokio::test]
async fn everybody_of_a_role_is_added_by_a_mention_if_the_asker_may_mention_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let helpers = story.town.guild.role("Helpers").mentionable(true).create();
    let people: Vec<Actor> = ["hans", "hilda"].map(|name| story.town.guild.member(name).role(&helpers).create()).into();

    let reply = story.mona.slash("ticket add").role("role", &helpers).at(&ticket).send().await;
    story.settled().await;

    assert_told(&reply, "I add everybody with the role");
    assert!(people.iter().all(|person| ticket.has_member(person) && person.was_pinged_in(&ticket)));
    assert_eq!(story.lines(&ticket).await.len(), 1);

    let owners = story.anna.slash("ticket add").role("role", &helpers).at(&ticket).send().await;
    story.set(OWNERS_MAY_ADD).await;
    assert_told(&owners, "Only the staff");
    assert_told(&story.anna.slash("ticket add").role("role", &helpers).at(&ticket).send().await, "Only the staff");
}

#[tokio::test]
async fn a_role_that_the_asker_or_the_bot_may_not_mention_is_not_added_nor_is_everyone() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let secret = story.town.guild.role("Secret").create();
    let hans = story.town.guild.member("hans").role(&secret).create();
    let add = |role: &discord_sim::Role| story.mona.slash("ticket add").role("role", role).at(&ticket).send();

    assert_told(&add(&secret).await, "you can only add a role that you may mention here");
    assert_told(&add(&story.town.guild.everyone()).await, "has everybody in it");

    // A right in another channel does not count.
    let other = story.town.guild.text_channel("other").create();
    other.set_overwrite(Target::role(&story.town.moderators), MENTION_EVERYONE, 0);
    assert_told(&add(&secret).await, "you can only add a role that you may mention here");

    story.town.help.set_overwrite(Target::member(&story.mona), MENTION_EVERYONE, 0);
    assert_told(&add(&secret).await, "I may not mention this role");
    assert!(!ticket.has_member(&hans) && story.lines(&ticket).await.is_empty());

    story.town.help.set_overwrite(Target::bot(), MENTION_EVERYONE, 0);
    assert_told(&add(&secret).await, "I add everybody");
    story.settled().await;
    assert!(ticket.has_member(&hans));
}

#[tokio::test]
async fn a_large_role_is_added_only_when_the_asker_has_read_how_large_it_is() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let crowd = story.town.guild.role("Crowd").mentionable(true).create();
    for number in 0..26 {
        story.town.guild.member(&format!("member{number}")).role(&crowd).create();
    }

    let asked = story.mona.slash("ticket add").role("role", &crowd).at(&ticket).send().await;

    assert_told(&asked, "26 people have the role");
    assert!(story.lines(&ticket).await.is_empty());
    let before = ticket.members().len();

    // Meanwhile it may not be mentioned any more.
    crowd.set_mentionable(false);
    assert_told(&story.mona.click(&asked, "Add 26 people").await, "you can only add a role");
    crowd.set_mentionable(true);
    assert_told(&story.mona.click(&asked, "Add 26 people").await, "I add everybody");
    story.settled().await;
    assert_eq!(ticket.members().len(), before + 26);
}

#[tokio::test]
async fn a_role_beyond_discords_cap_is_refused_with_the_numbers() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let crowd = story.town.guild.role("Crowd").mentionable(true).create();
    for number in 0..251 {
        story.town.guild.member(&format!("member{number}")).role(&crowd).create();
    }
    let nobody = story.town.guild.role("Nobody").mentionable(true).create();

    let reply = story.mona.slash("ticket add").role("role", &crowd).at(&ticket).send().await;
    let empty = story.mona.slash("ticket add").role("role", &nobody).at(&ticket).send().await;

    assert_told(&reply, "251 people have this role, and Discord adds at most 250");
    assert_told(&empty, "nobody has this role");
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn staff_remove_a_guest_but_neither_the_owner_nor_the_bot() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.mona.add(&ticket, &story.bert);
    let remove = |who: &Actor| story.mona.slash("ticket remove").user("member", who).at(&ticket).send();

    assert_told(&remove(&story.bert).await, "is no longer in this ticket");
    assert!(!ticket.has_member(&story.bert));
    assert_told(&remove(&story.bert).await, "is not in this ticket");
    assert_told(&remove(&story.anna).await, "`/ticket transfer`");
    assert_told(&remove(&story.town.guild.bot_member()).await, "without me, this is no ticket");

    assert!(ticket.has_member(&story.anna));
    let line = format!("{} has removed {}.", story.mona.mention(), story.bert.mention());
    assert_eq!(story.lines(&ticket).await, [line]);
    assert!(!ticket.has_member(&story.bert), "the line does not bring them back");
}

#[tokio::test]
async fn owners_remove_guests_but_nobody_whom_the_list_or_rights_make_staff() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let remove = |by: &Actor, who: &Actor| by.slash("ticket remove").user("member", who).at(&ticket).send();
    for person in [&story.bert, &story.mona, &story.town.admin] {
        if !ticket.has_member(person) {
            story.mick.add(&ticket, person);
        }
    }

    assert_told(&remove(&story.anna, &story.mona).await, "is staff");
    assert_told(&remove(&story.anna, &story.town.admin).await, "is staff");
    assert_told(&remove(&story.bert, &story.mona).await, "Only the staff");
    assert!(ticket.has_member(&story.mona) && ticket.has_member(&story.town.admin));
    assert_told(&remove(&story.anna, &story.bert).await, "is no longer in this ticket");
    assert!(!ticket.has_member(&story.bert));
}

#[tokio::test]
async fn the_staff_of_another_inbox_have_no_say_here() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let desk = story.town.guild.text_channel("desk").create();
    let clerks = story.town.guild.role("Clerks").create();
    desk.set_overwrite(Target::role(&clerks), discord_sim::permissions::MANAGE_THREADS, 0);
    story.town.create_inbox_to(&desk).await;
    let clerk = story.town.guild.member("clerk").role(&clerks).create();
    let ticket = story.open().await;
    story.mona.add(&ticket, &clerk);

    for path in ["ticket add", "ticket remove", "ticket assign", "ticket transfer"] {
        let reply = clerk.slash(path).user("member", &story.bert).at(&ticket).send().await;
        let expected = if path == "ticket remove" { "Only the staff" } else { "Only the staff of this inbox" };
        assert_told(&reply, expected);
    }
    for path in ["ticket claim", "ticket release"] {
        assert_told(&clerk.slash(path).at(&ticket).send().await, "Only the staff of this inbox");
    }
    assert_told(&clerk.slash("ticket rename").string("name", "mine").at(&ticket).send().await, "Only the staff");
    assert_told(&clerk.slash("ticket info").at(&ticket).send().await, "Only the staff");
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn staff_assign_a_ticket_to_one_of_them_who_joins_and_is_mentioned() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.set(r#"{"beginning":{"mention_staff":"no"},"work":{"one_claimer":true}}"#).await;
    let ticket = story.open().await;
    let assign = |who: &Actor| story.mona.slash("ticket assign").user("member", who).at(&ticket).send();
    let bot = story.town.guild.member("robot").bot(true).role(&story.town.moderators).create();

    assert_told(&assign(&story.bert).await, "is not in the staff of this inbox");
    assert_told(&assign(&bot).await, "that is a bot");
    let mark = sim.mark();
    assert_told(&assign(&story.mick).await, "works on this ticket now");
    story.settled().await;

    assert!(ticket.has_member(&story.mick));
    let line = format!("{} has assigned this ticket to {}.", story.mona.mention(), story.mick.mention());
    assert_eq!(story.lines(&ticket).await, [line]);
    assert!(story.last_post(&ticket).await.pinged().contains(&story.mick.id()));
    assert_eq!(requests_since(&sim, mark).len(), 3, "join, answer, line");

    assert_told(&assign(&story.mick).await, "has already claimed");
    // One claimer only: that does not bind who assigns.
    assert_told(&assign(&story.mona).await, "works on this ticket now");
    assert!(story.lines(&ticket).await.pop().unwrap().contains("Before"), "{:?}", story.lines(&ticket).await);
}

#[tokio::test]
async fn a_ticket_is_assigned_to_nobody_who_cannot_see_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.help.set_overwrite(Target::member(&story.mick), 0, VIEW_CHANNEL);

    let reply = story.mona.slash("ticket assign").user("member", &story.mick).at(&ticket).send().await;

    assert_told(&reply, "cannot see the channel");
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE claimed_by IS NOT NULL").await, 0);
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn whoever_cannot_be_assigned_is_not_brought_into_the_ticket_either() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.set(r#"{"beginning":{"mention_staff":"no"}}"#).await;
    let ticket = story.open().await;
    let assign = || story.mona.slash("ticket assign").user("member", &story.mick).at(&ticket);
    assign().send().await;
    story.settled().await;
    story.mick.leave(&ticket);
    let mark = sim.mark();

    assert_told(&assign().send().await, "has already claimed");
    story.bot.store("UPDATE ticket SET state = 'closed', claimed_by = NULL, slot = NULL WHERE id >= $1", 0).await;
    assert_told(&assign().send().await, "This ticket is closed");

    assert!(!ticket.has_member(&story.mick));
    assert_eq!(requests_since(&sim, mark).len(), 2, "two answers");
}
