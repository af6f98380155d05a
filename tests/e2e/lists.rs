//! Lists of tickets: who sees which, page by page.

use std::time::Duration;

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Actor, Fault, Reply, Sim, Target, Thread};

use crate::admin::{assert_told, preview};
use crate::support::Stored;
use crate::working::{Story, choices};

/// The values of the option `state`, and of `sort`.
const DORMANT: i64 = 1;
const CLOSED: i64 = 2;
const ALL: i64 = 3;
const OLDEST: i64 = 1;
const URGENT: i64 = 2;

/// The numbers of the tickets that an answer lists, in its order.
fn numbers(reply: &Reply) -> Vec<u32> {
    let text = preview(reply);
    let titles = text.lines().filter_map(|line| line.strip_prefix("**#")?.split("**").next());
    titles.map(|number| number.parse().unwrap()).collect()
}

fn labels(reply: &Reply) -> Vec<String> {
    reply.message().buttons().into_iter().map(|button| button.label).collect()
}

/// Stores so many closed tickets of this owner in the first inbox, whose threads nobody has made. Each was requested a
/// minute before the one that follows, the last one ten days ago.
async fn store_tickets(story: &Story<'_>, owner: &Actor, count: i64) {
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, number, reserved_at, opened_at,
             closed_at, guild_number)
         SELECT b.guild_id, b.id, 1, b.destination_id, 1000 + i, 'closed', i, 0, 0, 0, i
         FROM n, inbox b WHERE b.id = 1";
    story.bot.store(sql, count).await;
    story
        .bot
        .store("UPDATE ticket SET owner_id = $1 WHERE thread_id BETWEEN 1001 AND 1999", owner.id().cast_signed())
        .await;
    let last = story.sim.clock().now_ms() - 10 * 24 * 60 * 60 * 1_000;
    let sql = "UPDATE ticket SET reserved_at = $1 - 60000 * ((SELECT max(guild_number) FROM ticket) - guild_number)
         WHERE thread_id BETWEEN 1001 AND 1999";
    story.bot.store(sql, Stored::Number(last)).await;
    story.bot.store("UPDATE guild SET ticket_counter = $1", count).await;
}

/// Stores more of them, like the tenth, up to this number.
async fn store_more(story: &Story<'_>, last: i64) {
    let sql = "WITH RECURSIVE n (i) AS
             (SELECT max(guild_number) + 1 FROM ticket UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, number, reserved_at, opened_at,
             closed_at, guild_number)
         SELECT t.guild_id, t.inbox_id, t.owner_id, t.parent_id, 1000 + i, t.state, i, t.reserved_at, t.opened_at,
             t.closed_at, i
         FROM n, ticket t WHERE t.guild_number = 10";
    story.bot.store(sql, last).await;
}

/// A second inbox with staff of its own, and a ticket of a member in it.
async fn second_inbox(story: &Story<'_>) -> (Actor, Thread) {
    let experts = story.town.guild.role("Experts").mentionable(true).create();
    let desk = story.town.guild.text_channel("desk").allow_role(&experts, MANAGE_THREADS).create();
    let inbox = story.town.create_inbox_to(&desk).await;
    let thread = story.town.open_ticket(&story.bert, &inbox).await;
    story.settled().await;
    (story.town.guild.member("eva").role(&experts).create(), thread)
}

#[tokio::test]
async fn each_person_sees_the_tickets_that_they_may_see_and_no_others() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let of_anna = story.open().await;
    let (eva, of_bert) = second_inbox(&story).await;
    let stranger = story.town.member("stranger");

    let own = story.anna.slash("tickets list").send().await;
    assert!(own.is_private() && own.links_to(&of_anna) && !own.links_to(&of_bert), "{}", preview(&own));
    let list = preview(&own);
    assert!(list.starts_with("**#1** · https://discord.com/channels/"), "{list}");
    for part in ["Open", "inbox 1: Create Ticket", "requested <t:", &format!("owner: {}", story.anna.mention())] {
        assert!(list.contains(part), "{part}: {list}");
    }

    for (person, seen) in [(&story.mona, vec![1]), (&eva, vec![2]), (&story.town.admin, vec![2, 1])] {
        let listed = person.slash("tickets list").send().await;
        assert_eq!(numbers(&listed), seen, "{}", person.name());
    }
    let nothing = stranger.slash("tickets list").send().await;
    assert_told(&nothing, "There are no such tickets.");
    assert!(numbers(&nothing).is_empty());
}

#[tokio::test]
async fn moderators_who_are_not_staff_see_the_tickets_of_the_channels_that_they_moderate() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.open().await;
    second_inbox(&story).await;
    let mod_of_help = story.town.member("max");
    let there = Target::member(&mod_of_help);
    let listed = || mod_of_help.slash("tickets list").send();
    assert!(numbers(&listed().await).is_empty());

    story.town.help.set_overwrite(there, MANAGE_THREADS, 0);
    assert_eq!(numbers(&listed().await), [1]);

    // Of an inbox that has moved to another channel, those that are still in this one.
    story
        .bot
        .store("UPDATE inbox SET destination_id = (SELECT destination_id FROM inbox WHERE id = 2) WHERE id = $1", 1)
        .await;
    assert!(numbers(&listed().await).is_empty(), "nothing says any more that it is an inbox of this channel");

    let silent = sim.fault(Fault::on("GET", "/guilds/{id}/channels").status(503).always());
    assert_told(&listed().await, "tickets may be missing");
    silent.clear();
}

#[tokio::test]
async fn a_list_shows_what_was_asked_for_in_the_order_that_was_asked_for() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    store_tickets(&story, &story.anna, 4).await;
    story.bot.store("UPDATE ticket SET priority = 'urgent' WHERE guild_number = $1", 2).await;
    story.bot.store("UPDATE ticket SET priority = 'low' WHERE guild_number = $1", 4).await;
    story.bot.store("UPDATE ticket SET state = 'dormant', closed_at = NULL WHERE guild_number = $1", 3).await;
    story.open().await;
    story.mona.slash("ticket claim").at(&story.town.newest_thread()).send().await;
    story.settled().await;
    let list = || story.mona.slash("tickets list");
    let all = || list().integer("state", ALL);

    let table = [
        (list(), vec![5], "**Open tickets** · newest first"),
        (list().integer("state", DORMANT), vec![3], "**Dormant tickets**"),
        (list().integer("state", CLOSED), vec![4, 2, 1], "**Closed tickets**"),
        (all(), vec![5, 4, 3, 2, 1], "**All tickets**"),
        (all().integer("sort", OLDEST), vec![1, 2, 3, 4, 5], "oldest first"),
        (all().integer("sort", URGENT), vec![2, 1, 3, 5, 4], "most urgent first"),
        (all().user("claimed-by", &story.mona), vec![5], "claimed by"),
        (all().user("owner", &story.anna), vec![5, 4, 3, 2, 1], "owner:"),
        (all().user("owner", &story.bert), vec![], "owner:"),
        (all().string("older-than", "9d"), vec![4, 3, 2, 1], "older than 9\u{a0}d"),
        (all().string("older-than", "240h 2m"), vec![2, 1], "older than 10\u{a0}d"),
        (all().string("inbox", "1"), vec![5, 4, 3, 2, 1], "**All tickets** · inbox 1: Create Ticket · newest first"),
        (all().string("inbox", &story.inbox.url()).integer("sort", OLDEST), vec![1, 2, 3, 4, 5], "inbox 1"),
    ];
    for (place, (slash, expected, heading)) in table.into_iter().enumerate() {
        let reply = slash.send().await;
        assert_eq!(numbers(&reply), expected, "{place}: {}", reply.text());
        assert_told(&reply, heading);
    }
    story.set(r#"{"panel":{"label":"Orders *now*"}}"#).await;
    assert_told(&list().string("inbox", "1").send().await, r"**Open tickets** · inbox 1: Orders \*now\* · newest");
    assert_told(&list().string("older-than", "soon").send().await, "I do not understand this time");
    assert_told(&list().string("older-than", "600w").send().await, "between one minute and ten years");
    assert_told(&list().string("inbox", "99").send().await, "I do not know this inbox");
}

#[tokio::test]
async fn long_lists_have_pages_that_change_in_place_and_lead_on_and_back() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    store_tickets(&story, &story.anna, 25).await;
    let newest_first = |from: u32, to: u32| (to..=from).rev().collect::<Vec<_>>();

    let first = story.mona.slash("tickets list").integer("state", CLOSED).send().await;
    assert_eq!(
        (numbers(&first), labels(&first)),
        (newest_first(25, 16), vec!["Next".to_owned(), "Refresh".to_owned()])
    );
    let second = story.mona.click(&first, "Next").await;
    assert_eq!(second.message().id(), first.message().id(), "in place");
    assert_eq!(numbers(&second), newest_first(15, 6));
    assert_eq!(labels(&second), ["Back", "Next", "Refresh"]);

    // The buttons hold everything: another run of the program goes on.
    story.bot.restart().await;
    let third = story.mona.click(&second, "Next").await;
    assert_eq!((numbers(&third), labels(&third)), (newest_first(5, 1), vec!["Back".to_owned(), "Refresh".to_owned()]));
    let back = story.mona.click(&third, "Back").await;
    assert_eq!(numbers(&back), newest_first(15, 6));
    let start = story.mona.click(&back, "Back").await;
    assert_eq!(numbers(&start), newest_first(25, 16));
    assert_eq!(labels(&start), ["Next", "Refresh"]);
}

#[tokio::test]
async fn the_heading_of_a_list_with_several_pages_says_how_many_tickets_it_has() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    store_tickets(&story, &story.anna, 10).await;
    let closed = || story.mona.slash("tickets list").integer("state", CLOSED);
    assert_told(&closed().send().await, "**Closed tickets** · newest first");

    store_more(&story, 25).await;
    let first = closed().send().await;
    assert_told(&first, "**Closed tickets** · 25 in total · newest first");
    assert_told(&story.mona.click(&first, "Next").await, "**Closed tickets** · 25 in total · newest first");
    assert_told(&closed().integer("sort", URGENT).send().await, "25 in total · most urgent first");
    assert_told(&closed().string("inbox", "1").send().await, "25 in total · inbox 1: Create Ticket");
    assert!(!closed().string("inbox", "1").user("claimed-by", &story.mona).send().await.text().contains("in total"));
    let history = story.anna.slash("tickets history").send().await;
    assert_told(&history, "**Your tickets in this server** · 25 in total · newest first");
    let of_nobody = story.bert.slash("tickets list").integer("state", CLOSED).send().await;
    assert_told(&of_nobody, "**Closed tickets** · newest first");

    store_more(&story, 1_000).await;
    assert_told(&closed().send().await, "1000 in total");
    store_more(&story, 1_001).await;
    assert_told(&closed().send().await, "**Closed tickets** · more than 1,000 in total · newest first");
}

#[tokio::test]
async fn a_page_that_has_changed_meanwhile_stays_right() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    store_tickets(&story, &story.anna, 25).await;
    let newest_first = |from: u32, to: u32| (to..=from).rev().collect::<Vec<_>>();
    let first = story.mona.slash("tickets list").integer("state", CLOSED).send().await;

    // The last ticket of the page is gone, and one of the next page as well.
    story.bot.store("DELETE FROM ticket WHERE guild_number IN ($1, 15)", 16).await;
    let second = story.mona.click(&first, "Next").await;
    assert_eq!(numbers(&second), newest_first(14, 5), "none is passed over, none comes twice");

    // All that would come are gone.
    story.bot.store("DELETE FROM ticket WHERE guild_number < $1", 5).await;
    let last = story.mona.click(&second, "Next").await;
    assert_eq!((numbers(&last), labels(&last)), (newest_first(14, 5), vec!["Back".to_owned(), "Refresh".to_owned()]));

    // Fewer than a page come before.
    story.bot.store("DELETE FROM ticket WHERE guild_number > $1", 20).await;
    let start = story.mona.click(&last, "Back").await;
    assert_eq!(numbers(&start), [20, 19, 18, 17, 14, 13, 12, 11, 10, 9], "the first page is full");

    story.bot.store("DELETE FROM ticket WHERE id > $1", 0).await;
    let empty = story.mona.click(&start, "Refresh").await;
    assert_told(&empty, "There are no such tickets.");
    assert_eq!(labels(&empty), ["Refresh"]);
}

#[tokio::test]
async fn a_page_is_checked_like_the_first_one_and_for_nobody_else() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    store_tickets(&story, &story.anna, 25).await;
    let page = story.mona.slash("tickets list").integer("state", CLOSED).send().await;
    let next = page.message().buttons()[0].custom_id.clone().unwrap();

    let of_another = story.mick.forge_component(&page.message(), 2, &next, serde_json::json!({})).await;
    assert_told(&of_another, "no longer works");

    story.mona.take_role(&story.town.moderators);
    let after = story.mona.click(&page, "Next").await;
    assert_told(&after, "There are no such tickets.");

    let own = story.anna.slash("tickets list").integer("state", CLOSED).send().await;
    sim.advance(Duration::from_mins(16));
    let late = story.anna.click(&own, "Next").await;
    assert_told(&late, "too old to be used");
}

#[tokio::test]
async fn two_clicks_at_once_and_a_ticket_that_closes_meanwhile_end_in_a_right_page() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    store_tickets(&story, &story.anna, 25).await;
    let ticket = story.open().await;
    let page = story.mona.slash("tickets list").integer("state", ALL).send().await;
    assert_eq!(numbers(&page)[0], 26);

    story.mick.archive(&ticket);
    let (one, other) = tokio::join!(story.mona.click(&page, "Next"), story.mona.click(&page, "Next"));

    story.bot.wait_for_closed(26).await;
    assert_eq!(numbers(&one), (7..=16).rev().collect::<Vec<_>>());
    assert_eq!(numbers(&other), numbers(&one));
    let open = story.mona.slash("tickets list").send().await;
    assert_told(&open, "There are no such tickets.");
}

#[tokio::test]
async fn a_history_shows_members_their_own_tickets_and_staff_those_of_their_inboxes() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let (eva, _) = second_inbox(&story).await;
    story.mona.archive(&ticket);
    story.bot.wait_for_states(&["closed", "open"]).await;
    story.settled().await;
    let history = |by: &Actor, of: &Actor| by.slash("tickets history").user("member", of).send();

    let own = story.anna.slash("tickets history").send().await;
    assert_told(&own, "Your tickets in this server");
    assert_eq!(numbers(&own), [1]);
    assert!(preview(&own).contains("Closed") && preview(&own).contains("closed <t:"), "{}", preview(&own));

    assert_told(&history(&story.anna, &story.bert).await, "You can only see your own tickets");
    let theirs = history(&story.mona, &story.anna).await;
    assert_told(&theirs, &format!("**Tickets of {}**", story.anna.mention()));
    assert_eq!(numbers(&theirs), [1]);
    assert!(numbers(&history(&story.mona, &story.bert).await).is_empty(), "of another inbox");
    assert_eq!(numbers(&history(&eva, &story.bert).await), [2]);
    assert_eq!(numbers(&history(&story.town.admin, &story.bert).await), [2]);
    assert_told(&story.anna.slash("tickets list").user("owner", &story.bert).send().await, "only see your own");
}

#[tokio::test]
async fn while_an_inbox_is_typed_its_staff_are_offered_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let (eva, _) = second_inbox(&story).await;
    let typing = |by: &Actor, text: &str| choices(by.slash("tickets list").string("inbox", text), "inbox");
    let inbox = |number: &str| (format!("Inbox {number} · Create Ticket"), number.to_owned());

    assert_eq!(typing(&story.mona, "").await, [inbox("1")]);
    assert_eq!(typing(&eva, "").await, [inbox("2")]);
    assert_eq!(typing(&story.town.admin, "").await, [inbox("1"), inbox("2")]);
    assert_eq!(typing(&story.town.admin, "2").await, [inbox("2")]);
    assert_eq!(typing(&story.anna, "").await, []);
}

#[tokio::test]
async fn a_ticket_whose_thread_is_gone_is_listed_without_a_link() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.town.admin.delete_thread(&ticket);
    story.bot.wait_for_states(&["closed"]).await;

    let listed = story.anna.slash("tickets history").send().await;

    assert!(!listed.links_to(&ticket));
    assert!(preview(&listed).starts_with("**#1** · its thread no longer exists"), "{}", preview(&listed));
}
